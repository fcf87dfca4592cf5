"""Time and memory of identity over synthetic documents: python -m tests.bench.identity [DOCUMENTS …]

Ten sightings a document, 5 % of them misspelled, surnames shared by many (namesakes).
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Iterator

from kg.identity import Identities, Sighting, Summary

FAMILIES = ("Person", "Person", "Organization", "Place")


def name(draw: random.Random, size: int) -> str:
    """Make one of some `size` names, the low numbers far more often."""
    number = int(size * draw.random() ** 3)
    letters = random.Random(number)
    words = ["".join(letters.choice("abdegiklmnorstu") for _ in range(7)) for _ in range(2)]
    return " ".join(w.capitalize() for w in (words[0], words[1] if number % 3 else "Smithson"))


def misspelled(draw: random.Random, text: str) -> str:
    place = draw.randrange(len(text) - 5, len(text))
    return text[:place] + draw.choice("aeiou") + text[place + 1 :]


def documents(count: int) -> Iterator[Summary]:
    draw = random.Random(7)
    for i in range(count):
        sightings = []
        for _ in range(10):
            text, family = name(draw, count), draw.choice(FAMILIES)
            text = misspelled(draw, text) if draw.random() < 0.05 else text
            sightings.append(Sighting(f"{family}:{text}", text, family))
        yield Summary(f"d{i}", tuple(sightings))


def main() -> None:
    for count in map(int, sys.argv[1:] or ("1000", "4000", "16000")):
        summaries = list(documents(count))
        start = time.perf_counter()
        found = Identities(summaries)
        seconds = time.perf_counter() - start
        megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{count * 10:>9} mentions  {seconds:7.1f} s  {megabytes:7.0f} MB peak  {len(found.judgements)} judged")


if __name__ == "__main__":
    main()
