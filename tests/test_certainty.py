"""Trap sentences: how the event of one marked word is meant."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.model import Certainty, Document, Modality, Polarity, Tense
from kg.ontology import ontology
from kg.reading.parse import Parse, Parser
from kg.reading.qualify.certainty import Verdict, certainty

ROWS = [
    [part.strip() for part in line.split("|")]
    for line in (Path(__file__).parent / "cases" / "certainty.txt").read_text().splitlines()
    if line.strip() and not line.startswith("#")
]
PARAMETERS = [
    pytest.param(
        row[1], row[2], id=f"{row[0]}: {row[1]}",
        marks=[pytest.mark.xfail(strict=True, reason=row[-1])] if len(row) > 3 else [],
    )
    for row in ROWS
]  # fmt: skip


@pytest.fixture(scope="module")
def parses(parser: Parser) -> dict[str, Parse]:
    sentences = [row[1] for row in ROWS]
    documents = [Document(str(n), re.sub(r"[\[\]]", "", s)) for n, s in enumerate(sentences)]
    return dict(zip(sentences, parser.read(documents), strict=True))


def verdict(parse: Parse, start: int) -> Verdict:
    token = next(t for t in parse.tokens if t.start == start)
    return certainty(parse, ontology())[token.i]


def described(found: Verdict, expected: str, text: str) -> str:
    """The verdict in the words of the row, as far as the row asks."""
    condition = re.search(r' if="([^"]*)"', expected)
    rest = expected.replace(condition[0], "") if condition else expected
    words: list[str] = []
    place = 0
    for word in rest.split():
        kinds = (
            (Polarity, found.polarity), (Certainty, found.certainty), (Modality, found.modality), (Tense, found.tense)
        )  # fmt: skip
        if word == "antecedent":
            words.append("antecedent" if found.antecedent else "no-antecedent")
            continue
        while word not in list(kinds[place][0]):
            place += 1
        words.append(str(kinds[place][1]))
        place += 1
    said = " ".join(words)
    if condition:
        said += f' if="{found.condition.of(text)}"' if found.condition else " if=none"
    elif found.condition is not None:
        said += " unexpected condition"
    return said


@pytest.mark.parametrize(("sentence", "expected"), PARAMETERS)
def test_trap(parses: dict[str, Parse], sentence: str, expected: str) -> None:
    parse = parses[sentence]
    found = verdict(parse, sentence.index("["))
    order = re.sub(r'( if="[^"]*")(.*)', r"\2\1", expected)
    assert described(found, expected, parse.document.text) == order


def test_known_failures_are_few() -> None:
    assert len(ROWS) >= 180
    assert sum(len(row) > 3 for row in ROWS) < 0.05 * len(ROWS)
