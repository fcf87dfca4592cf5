"""Namesakes told apart: python -m tests.bench.namesakes [FILE…] [--errors]

The documents of each file (tests/cases/namesakes*.txt) are read and resolved together, those of all names in one graph.
Precision is over the pairs of documents of one name that share a node, recall over those that should.
"""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from kg.graph.names import Names
from kg.graph.sightings import summary
from kg.identity import Identities, Summary
from kg.model import Document, Form, Reading
from kg.reading.parse import Parser
from kg.reading.pipeline import read

CASES = sorted((Path(__file__).parent.parent / "cases").glob("namesakes*.txt"))


@dataclass(frozen=True)
class Case:
    """A document that uses a name, and whom it means."""

    names: tuple[str, ...]
    who: str
    document: Document


def cases(path: Path) -> Iterator[Case]:
    names: tuple[str, ...] = ()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        if line.startswith("="):
            names = tuple(name.strip() for name in line[1:].split("|"))
        elif line and not line.startswith("#"):
            who, day, text = line.split(maxsplit=2)
            yield Case(names, who, Document(f"n{number:03}", text, published=dt.date.fromisoformat(day)))


def meant(case: Case, reading: Reading) -> str | None:
    """Id of the entity that the document names."""
    for mention in sorted(reading.mentions, key=lambda m: m.span):
        words = mention.span.of(reading.document.text)
        if mention.form is Form.NAME and any(re.search(rf"\b{re.escape(name)}\b", words) for name in case.names):
            return mention.entity
    return None


def pairs(path: Path, parser: Parser) -> list[tuple[Case, Case, bool]]:
    """All pairs of documents of one name in a file, and whether they share its node."""
    found = list(cases(path))
    summaries: list[Summary] = []
    keys: dict[str, str] = {}
    for case, reading in zip(found, read([case.document for case in found], parser), strict=True):
        names = Names(reading)
        summaries.append(summary(reading, names))
        id = meant(case, reading)
        if id is not None and names[id].partition("data/")[2].startswith("entity/"):
            keys[case.document.id] = names.minted(id)
    who = Identities(summaries)
    nodes = {document: who.node(key, document) for document, key in keys.items()}
    return [
        (a, b, a.document.id in nodes and nodes[a.document.id] == nodes.get(b.document.id))
        for a, b in combinations(found, 2)
        if a.names == b.names
    ]


def scores(found: list[tuple[Case, Case, bool]]) -> tuple[float, float]:
    """Pairwise precision and recall."""
    joined = [a.who == b.who for a, b, one in found if one]
    same = [one for a, b, one in found if a.who == b.who]
    return sum(joined) / len(joined), sum(same) / len(same)


def report(title: str, found: list[tuple[Case, Case, bool]]) -> None:
    """Print the scores of a file, or of all together."""
    precision, recall = scores(found)
    same = sum(a.who == b.who for a, b, _ in found)
    print(f"{title}: {len(found)} pairs, {same} the same: precision {precision:.3f}, recall {recall:.3f}")


def main() -> None:
    errors = "--errors" in sys.argv
    whole: list[tuple[Case, Case, bool]] = []
    for path in [Path(name) for name in sys.argv[1:] if name != "--errors"] or CASES:
        found = pairs(path, Parser())
        whole += found
        report(path.stem, found)
        for a, b, one in found if errors else ():
            if one != (a.who == b.who):
                print(f"{'JOINED' if one else 'PARTED'} {a.names[0]}: {a.who} | {b.who}")
                print(f"    {a.document.text}\n    {b.document.text}")
    report("all", whole)


if __name__ == "__main__":
    main()
