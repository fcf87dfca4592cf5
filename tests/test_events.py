"""Which clause "the move" and "this" take up: rows of `cases/events.txt`, and what the graph has of it."""

from pathlib import Path

import pytest

from kg.reading.parse import Parser
from tests.test_resolve import mention, read

ROWS = [
    [part.strip() for part in line.split("|")]
    for line in (Path(__file__).parent / "cases" / "events.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[row[0][:50] for row in ROWS])
def test_rows(parser: Parser, text: str, expected: str) -> None:
    parse, resolution = read(parser, text)
    events = {resolution.event_at(t.i): t.text for t in parse.tokens if resolution.event_at(t.i) is not None}
    for check in expected.split(";"):
        anaphor, verb = (part.strip() for part in check.split("="))
        found = mention(parse, resolution, anaphor)
        entity = found.entity if found is not None else None
        if verb == "-":
            first = min((m.span for m in resolution.mentions if m.entity == entity), default=None)
            assert entity not in events, f"{check}: takes up {events.get(entity)}"
            assert found is None or found.rule != "resumed event" or first == found.span, check
        elif entity not in events:
            noun = mention(parse, resolution, verb)  # an event noun
            assert noun is not None and noun.entity == entity, check  # noqa: PT018
        else:
            assert events[entity] == verb.partition("#")[0], check
