"""Processor time and memory of identity over synthetic documents: python -m tests.bench.identity [DOCUMENTS …]

Ten sightings a document, 5 % of them misspelled, surnames shared by many (namesakes); with --nouns every one has eight
of 8,000 nouns beside it and is one of many of its name. With --store N: the time that adding and removing one document
takes in a store of N.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from kg.graph.store import Store
from kg.identity import Identities, Sighting, Summary
from kg.model import Reading
from kg.reading.parse import Parser
from kg.reading.pipeline import read
from tests.bench.namesakes import CASES, cases

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


def documents(count: int, *, nouns: bool = False) -> Iterator[Summary]:
    draw = random.Random(7)
    for i in range(count):
        sightings = []
        for _ in range(10):
            text, family = name(draw, count), draw.choice(FAMILIES)
            text = misspelled(draw, text) if draw.random() < 0.05 else text
            found = Sighting(f"{family}:{text}", text, family)
            if nouns and family != "Place":
                found = found._replace(loose=True, words=tuple(sorted(f"noun{n}" for n in draw.sample(range(8000), 8))))
            sightings.append(found)
        yield Summary(f"d{i}", tuple(sightings))


def time_changes(count: int) -> None:
    """Add and remove one document in a store of so many, on disk, asked before and not."""
    found = [case.document for case in cases(CASES[0])]
    readings = list(read(found, Parser()))

    def copies() -> Iterator[Reading]:
        for i in range(count):
            reading = readings[i % len(readings)]
            yield replace(reading, document=replace(reading.document, id=f"{reading.document.id}-{i}"))

    one = replace(readings[7], document=replace(readings[7].document, id="new"))
    with tempfile.TemporaryDirectory() as place:
        Store.create(Path(place) / "store", copies()).close()
        for asked in (False, True):
            with Store.open(Path(place) / "store") as store:
                if asked:
                    print(f"{count} documents loaded and asked in {timed(lambda: store.query('ASK {}')):.1f} s")
                print(f"  add {timed(lambda: store.add(one)):.3f} s, remove {timed(lambda: store.remove('new')):.3f} s")


def timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def main() -> None:
    if sys.argv[1:2] == ["--store"]:
        time_changes(int(sys.argv[2]))
        return
    nouns = "--nouns" in sys.argv
    for count in map(int, [a for a in sys.argv[1:] if a != "--nouns"] or ("1000", "4000", "16000")):
        summaries = list(documents(count, nouns=nouns))
        start = time.process_time()
        found = Identities(summaries)
        seconds = time.process_time() - start
        megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{count * 10:>9} mentions  {seconds:7.1f} s  {megabytes:7.0f} MB peak  {len(found.judgements)} judged")


if __name__ == "__main__":
    main()
