"""Trap sentences: how the event of one marked word is meant."""

from __future__ import annotations

import datetime as dt
import re
import shlex
from pathlib import Path

import pytest

from kg.model import Certainty, Claim, Document, Modality, Polarity, Reading, Tense, When
from kg.ontology import ontology
from kg.reading.parse import Parse, Parser
from kg.reading.pipeline import read
from kg.reading.qualify.certainty import Verdict, certainty


def rows(name: str) -> list[list[str]]:
    """The rows of a table of cases, without its comments."""
    lines = (Path(__file__).parent / "cases" / name).read_text(encoding="utf-8").splitlines()
    return [[part.strip() for part in line.split("|")] for line in lines if line.strip() and not line.startswith("#")]


ROWS = rows("certainty.txt")
JUDGEMENTS = rows("judgements.txt")
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


@pytest.fixture(scope="module")
def readings(parser: Parser) -> dict[str, Reading]:
    texts = sorted({row[0] for row in JUDGEMENTS})
    day = dt.date(2020, 5, 6)
    return {r.document.text: r for r in read([Document(str(n), t, published=day) for n, t in enumerate(texts)], parser)}


def told(reading: Reading, claim: Claim) -> dict[str, str]:
    """All that is told of a claim, by the words a row may use."""
    text = reading.document.text
    sources = [str(reading.name(link.entity)) for link in claim.chain]

    def value(when: When | None) -> str:
        return when.value if when else "none"

    judged = (claim.polarity, claim.certainty, claim.modality, claim.tense, "antecedent" if claim.antecedent else "")
    return {
        "judged": " ".join(judged),
        "reporter": str(claim.reporter_certainty), "by": ">".join(sources) or "nobody",
        "said": value(claim.said), "meant": value(claim.meant),
        "if": claim.condition.of(text) if claim.condition else "none",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        pytest.param(*row[:3], marks=[pytest.mark.xfail(strict=True, reason=row[3])] if len(row) > 3 else [])
        for row in JUDGEMENTS
    ],
)
def test_judgement(readings: dict[str, Reading], text: str, name: str, expected: str) -> None:
    reading = readings[text]
    named = {str(reading.name(claim.id)).replace("not: ", ""): claim for claim in reading.claims}
    assert name in named, sorted(named)
    claim = named[name]
    known = told(reading, claim)
    for word in shlex.split(expected):
        key, _, value = word.partition("=")
        assert known[key] == value if value else word in known["judged"].split(), word


def test_known_failures_are_few() -> None:
    every = [*ROWS, *JUDGEMENTS]
    assert len(every) >= 400
    assert sum(len(row) > 3 for row in every) < 0.05 * len(every)
