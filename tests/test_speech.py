"""Who says what: each row is a text and the frames it must give, as (source, cue, contents, parent's cue)."""

from __future__ import annotations

import pytest

from kg.model import Document
from kg.ontology import ontology
from kg.reading.parse import Parse, Parser
from kg.reading.speech import Frame, Sources, frames

Row = tuple[str | None, str, tuple[str, ...]]

EXAMPLES: list[tuple[str, list[Row]]] = [
    ("Whitehall sources said that the plan could fail.",
     [("Whitehall sources", "said", ("that the plan could fail",))]),
    ("\"We will go,\" said Mr Smith, the minister. \"But not today.\"",
     [("Mr Smith, the minister", "said", ("\"We will go,\"", "\"But not today.\""))]),
    ("The plan, the group said, was a disaster for the country.",
     [("the group", "said", ("The plan", "was a disaster for the country"))]),
    ("The plan failed, according to two officials who asked not to be named.",
     [("two officials who asked not to be named", "according to", ("The plan failed",))]),
    ("Mr Cook made it clear yesterday that the force was not intended to fight.",
     [("Mr Cook", "made it clear", ("that the force was not intended to fight",))]),
]  # fmt: skip


def read(parser: Parser, text: str) -> tuple[Parse, tuple[Frame, ...]]:
    (parse,) = parser.read([Document("test", text)])
    return parse, frames(parse, ontology())


def row(parse: Parse, frame: Frame) -> Row:
    source = parse.text(*frame.source) if frame.source else None
    cue = " ".join(parse.tokens[i].text for i in frame.cue)
    return source, cue, tuple(parse.text(*r) for r in frame.contents)


@pytest.mark.parametrize(("text", "expected"), EXAMPLES)
def test_frames(parser: Parser, text: str, expected: list[Row]) -> None:
    parse, found = read(parser, text)
    assert [r for r in (row(parse, f) for f in found) if r in expected] == expected


def test_chain_runs_from_the_outside_in(parser: Parser) -> None:
    text = (
        "Publishing what it said was a leaked draft of the plan, the Greek daily Nea said the takeover was near, "
        "and that NATO is warning that the disarming will be hard."
    )
    parse, found = read(parser, text)
    at = next(t.i for t in parse.tokens if t.text == "hard")
    sources = [parse.text(*f.source) for f in Sources(found).at(at) if f.source]
    assert sources == ["the Greek daily Nea", "a leaked draft of the plan", "NATO"]
