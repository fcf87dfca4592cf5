"""Score which clauses nouns and pronouns take up, on rows like those of `tests/cases/events.txt`.

python -m tests.bench.events tests/bench/events-unseen.txt
"""

import sys
from collections import Counter
from pathlib import Path

from kg.model import Document
from kg.ontology import ontology
from kg.reading.parse import Parser
from kg.reading.repair import repair
from kg.reading.resolve import resolve
from kg.reading.speech import frames
from tests.test_resolve import mention


def main(path: str) -> None:
    lines = [line for line in Path(path).read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    rows = [[part.strip() for part in line.split("|")] for line in lines]
    count: Counter[str] = Counter()
    parses = Parser().read([Document(f"d{n}", text) for n, (text, _) in enumerate(rows)])
    for parse, (text, expected) in zip(map(repair, parses), rows, strict=True):
        resolution = resolve(parse, frames(parse, ontology()), ontology())
        events = {e: t.text for t in parse.tokens if (e := resolution.event_at(t.i)) is not None}
        for check in expected.split(";"):
            anaphor, verb = (part.strip() for part in check.split("="))
            found = mention(parse, resolution, anaphor)
            taken = None if found is None else events.get(found.entity)
            if found is not None and found.rule == "resumed event":
                noun = None if verb == "-" else mention(parse, resolution, verb)
                taken = verb if noun is not None and noun.entity == found.entity else "another noun"
            right = "-" if taken is None else taken
            kind = "right" if right == verb else "missed" if taken is None else "wrong"
            count["none" if kind == "right" and verb == "-" else kind] += 1
            if kind != "right":
                print(f"{kind}: {check} ({taken}) | {text}")
    right, wrong, missed = count["right"], count["wrong"], count["missed"]
    precision, recall = right / (right + wrong), right / (right + missed + wrong)
    print(
        f"right {right}, wrong {wrong}, missed {missed}, rightly none {count['none']}: P {precision:.3f} R {recall:.3f}"
    )


if __name__ == "__main__":
    main(sys.argv[1])
