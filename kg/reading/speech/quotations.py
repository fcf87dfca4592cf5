"""Quotations: where quotation marks open and close, over sentences and paragraphs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kg.reading.parse import Parse, Token

_OPEN: Final = frozenset("“„«")
_CLOSE: Final = frozenset("”»")
_EITHER: Final = frozenset({'"', "''", "``", '""'})
_SINGLE_OPEN: Final = frozenset("‘'`")
_SINGLE_CLOSE: Final = frozenset("’'")


@dataclass(frozen=True, slots=True)
class Quotations:
    """The quotations of a parse as half-open token ranges, marks included, in order."""

    ranges: tuple[tuple[int, int], ...]
    at: tuple[int, ...]
    """For each token the index of the quotation that holds it, or -1."""


def quotations(parse: Parse) -> Quotations:
    """Find quotations; one whose next paragraph opens again before it closed runs on into that paragraph."""
    tokens = parse.tokens
    marks = [t for t in tokens if t.text in _EITHER or t.text in _OPEN or t.text in _CLOSE]
    single = not marks
    if single:
        marks = [t for t in tokens if t.text in _SINGLE_OPEN or t.text in _SINGLE_CLOSE]
    if not marks:
        return Quotations((), (-1,) * len(tokens))
    ranges = _single(parse, marks) if single else _double(parse, marks)
    at = [-1] * len(tokens)
    for n, (first, end) in enumerate(ranges):
        at[first:end] = [n] * (end - first)
    return Quotations(tuple(ranges), tuple(at))


def _double(parse: Parse, marks: list[Token]) -> list[tuple[int, int]]:
    text = parse.document.text
    starts, ends = _paragraphs(parse)
    ranges: list[tuple[int, int]] = []
    opened: int | None = None
    close_at = 0
    for mark in marks:
        i = mark.i
        if opened is not None and i >= close_at:
            if i == close_at and i in starts and _can_open(mark, text):
                close_at = ends[parse.sentences[mark.sent].paragraph]
                continue
            ranges.append((opened, close_at))
            opened = None
        if opened is None:
            if mark.text not in _CLOSE and (mark.text in _OPEN or _can_open(mark, text)):
                opened, close_at = i, ends[parse.sentences[mark.sent].paragraph]
        elif mark.text in _CLOSE or (mark.text in _EITHER and _can_close(mark, text)):
            ranges.append((opened, i + 1))
            opened = None
        elif mark.text in _OPEN or _can_open(mark, text):
            ranges.append((opened, i))
            opened = i
    if opened is not None:
        ranges.append((opened, close_at))
    return [r for r in ranges if r[1] - r[0] > 1]


def _single(parse: Parse, marks: list[Token]) -> list[tuple[int, int]]:
    """British single marks, only where nothing else quotes: apostrophes look the same."""
    text = parse.document.text
    _, ends = _paragraphs(parse)
    ranges: list[tuple[int, int]] = []
    opened: int | None = None
    close_at = 0
    for mark in marks:
        if opened is not None and mark.i >= close_at:
            opened = None
        if opened is None:
            if mark.text in _SINGLE_OPEN and _can_open(mark, text):
                opened, close_at = mark.i, ends[parse.sentences[mark.sent].paragraph]
        elif mark.text in _SINGLE_CLOSE and _ends_phrase(mark, text):
            ranges.append((opened, mark.i + 1))
            opened = None
    return ranges


def _paragraphs(parse: Parse) -> tuple[frozenset[int], list[int]]:
    """First tokens of the paragraphs, and the end of each."""
    starts: list[int] = []
    ends: list[int] = []
    last = -1
    for sentence in parse.sentences:
        while len(ends) <= sentence.paragraph:
            ends.append(sentence.end)
        ends[sentence.paragraph] = sentence.end
        if sentence.paragraph != last:
            starts.append(sentence.first)
            last = sentence.paragraph
    return frozenset(starts), ends


def _can_open(mark: Token, text: str) -> bool:
    before = text[mark.start - 1] if mark.start else " "
    after = text[mark.end] if mark.end < len(text) else " "
    return (before.isspace() or before in "([-–—―/:‘'“\"…,") and not after.isspace()


def _can_close(mark: Token, text: str) -> bool:
    before = text[mark.start - 1] if mark.start else " "
    after = text[mark.end] if mark.end < len(text) else " "
    return not before.isspace() or after.isspace()


def _ends_phrase(mark: Token, text: str) -> bool:
    before = text[mark.start - 1] if mark.start else " "
    after = text[mark.end] if mark.end < len(text) else " "
    return not before.isspace() and not after.isalnum() and (before in ".,?!…" or before != "s" or after in ".,;:")
