"""Reading takes time in proportion to length, whatever the shape of the text.

Counted are the lines of Python that `kg.reading` runs, not seconds: the same on every machine, and a loop within a
loop over the text shows in them. The parser reads in pieces of bounded size.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path
from types import CodeType

import pytest

import kg.reading
from kg.model import Document, Span
from kg.reading.parse import CHUNK, Parse, Parser, _chunks, paragraphs
from kg.reading.pipeline import read
from kg.reading.render import Style, extract_lines, plain

HOUSE = str(Path(kg.reading.__file__).parent)
GROWTH = 4
LEEWAY = 1.3

CLAUSES = [
    "the council of Ashford approved a plan for 300 homes", "Mr Weir said that the bank could close on Monday",
    "the minister , who met union leaders in May , denied the report", "the old bridge was not repaired by the army",
    "about 40 per cent of the farms were sold to Norvik Holdings , a rival", "Anna Berg may resign if the vote fails",
]  # fmt: skip


def clauses(n: int) -> list[str]:
    return [CLAUSES[k % len(CLAUSES)] for k in range(n)]


SHAPES: dict[str, Callable[[int], str]] = {
    "sentences": lambda n: "\n".join(f"{c[0].upper()}{c[1:]}." for c in clauses(4 * n)),
    "one long sentence": lambda n: " , and ".join(clauses(n)) + " .",
    "a quotation that never closes": lambda n: '"' + " ; ".join(clauses(n)) + ", he said",
    "headlines in capitals": lambda n: "\n".join(c.upper() for c in clauses(3 * n)),
    "a headline without an end": lambda n: " ".join(clauses(n)).upper(),
    "a list": lambda n: "\n".join(f"- {c}" for c in clauses(3 * n)),
    "a table": lambda n: "\n".join(f"Town {k}\t{k * 37},{k % 10}00\t${k}m\t{k % 28} May 2001" for k in range(4 * n)),
    "names in a row": lambda n: ", ".join(f"{'ABCDEFGHIJ'[k % 10]}nna Berg{k % 13}" for k in range(8 * n)),
    "brackets": lambda n: "(" * n + " a " + ")" * n,
    "a word without an end": lambda n: "ab" * 400 * n,
    "dashes": lambda n: "-- " * 20 * n,
}  # fmt: skip


def lines_run(run: Callable[[], Iterable[object]]) -> int:
    """Lines of `kg.reading` that a call runs."""
    tool, events = sys.monitoring.PROFILER_ID, sys.monitoring.events
    count = 0

    def line(code: CodeType, _: int) -> object:
        nonlocal count
        if not code.co_filename.startswith(HOUSE):
            return sys.monitoring.DISABLE
        count += 1
        return None

    sys.monitoring.use_tool_id(tool, "lines run")
    try:
        sys.monitoring.register_callback(tool, events.LINE, line)
        sys.monitoring.set_events(tool, events.LINE)
        sys.monitoring.restart_events()
        for _ in run():
            pass
    finally:
        sys.monitoring.set_events(tool, events.NO_EVENTS)
        sys.monitoring.register_callback(tool, events.LINE, None)
        sys.monitoring.free_tool_id(tool)
    return count


class Parsed:
    """A parser that gives the parses it already has: what it cost to make them is not counted."""

    producer = "parsed before"

    def __init__(self, *parses: Parse) -> None:
        self._parses = parses

    def read(self, documents: Iterable[Document], together: int = 1) -> Iterable[Parse]:
        return self._parses


@pytest.mark.parametrize("shape", SHAPES)
def test_reading_is_linear(parser: Parser, shape: str) -> None:
    short, long = (Document("d", SHAPES[shape](n)) for n in (8, 8 * GROWTH))
    one, four = parser.read([short, long])
    list(read([short], Parsed(one)))  # type: ignore[arg-type]  # vocabularies are read
    few = lines_run(lambda: read([short], Parsed(one)))  # type: ignore[arg-type]
    many = lines_run(lambda: read([long], Parsed(four)))  # type: ignore[arg-type]
    assert many <= LEEWAY * GROWTH * few, f"{many / few:.2f} times the work for {GROWTH} times the text"


@pytest.mark.parametrize("style", list(Style))
def test_extraction_is_linear_in_the_sentence(parser: Parser, style: Style) -> None:
    short, long = (SHAPES["one long sentence"](n) for n in (8, 8 * GROWTH))
    assert len(long.split()) > 300
    one, four = (Parsed(*parser.read([Document("d", plain(text).text)])) for text in (short, long))
    few = lines_run(lambda: extract_lines([short], style, one))  # type: ignore[arg-type]
    many = lines_run(lambda: extract_lines([long], style, four))  # type: ignore[arg-type]
    assert many <= LEEWAY * GROWTH * few, f"{many / few:.2f} times the work for {GROWTH} times the text"


def test_a_line_of_50_megabytes_is_read_in_bounded_pieces() -> None:
    text = "The council of Ashford approved a plan for 300 homes. " * 950_000
    [whole] = paragraphs(text)
    pieces = list(_chunks(text, [whole]))
    assert len(text) > 50_000_000
    assert max(piece.end - piece.start for piece in pieces) <= CHUNK
    assert (pieces[0].start, pieces[-1].end) == whole
    assert all(a.end == b.start and text[a.end - 1] == " " for a, b in pairwise(pieces))


def test_a_word_longer_than_a_piece_is_cut() -> None:
    assert [tuple(p) for p in _chunks("x" * (CHUNK + 5), [Span(0, CHUNK + 5)])] == [(0, CHUNK), (CHUNK, CHUNK + 5)]
