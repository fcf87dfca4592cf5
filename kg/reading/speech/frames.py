"""Frames of reported speech: what they are, how they are gathered, and how they nest."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kg.model import Speech
from kg.ontology import Ontology
from kg.reading.parse import Parse
from kg.reading.speech.cues import Draft, drafts
from kg.reading.speech.discourse import continued, published
from kg.reading.speech.lexicon import Act, Force, lexicon
from kg.reading.speech.quotations import Quotations, quotations
from kg.reading.speech.spread import mediate, spread
from kg.reading.speech.syntax import Range, trimmed

CLAIMING: Final = frozenset((Act.SPEECH, Act.THOUGHT, Act.MEDIUM))
"""Acts that make a source answer for the claims inside."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A source, the words that show it speaks (thinks, wants), and what it says, as token ranges."""

    source: tuple[int, int] | None
    """The whole noun phrase; None where nobody is named."""
    source_head: int | None
    """The token to resolve: the phrase's head, or for "who" the word it refers to."""
    cue: tuple[int, ...]
    contents: tuple[tuple[int, int], ...]
    speech: Speech
    force: str
    """Local name of a `kg:Force`."""
    parent: int | None
    """Index of the frame whose content holds this one."""
    act: Act = Act.SPEECH
    through: int | None = None
    """Index of the frame of the text the source still speaks through: the draft its paper published before."""


def frames(parse: Parse, ontology: Ontology) -> tuple[Frame, ...]:
    """Find who says what, in the order of the cues."""
    words = lexicon(ontology)
    quoted = quotations(parse)
    found = spread(parse, drafts(parse, words), quoted)
    found = [d for d in mediate(parse, found, words) if any(_worded(parse, *r) for r in d.contents)]
    found.sort(key=lambda d: (d.cue[0] if d.cue else d.at, d.force.act is Act.MEDIUM, d.at))
    parents = _parents(found)
    nested = [_frame(parse, d, quoted, p) for d, p in zip(found, parents, strict=True)]
    return tuple(published(parse, continued(parse, nested, words)))


def _frame(parse: Parse, draft: Draft, quoted: Quotations, parent: int | None) -> Frame:
    contents = tuple(trimmed(parse.tokens, *r) for r in draft.contents if _worded(parse, *r))
    source = draft.source
    return Frame(
        draft.phrase, source.refers if source else None, tuple(draft.cue), contents,
        _speech(contents, draft, quoted), draft.force.name, parent, draft.force.act,
    )  # fmt: skip


def _worded(parse: Parse, first: int, end: int) -> bool:
    return any(t.pos not in ("PUNCT", "CCONJ", "SPACE") for t in parse.tokens[first:end])


def _speech(contents: Sequence[Range], draft: Draft, quoted: Quotations) -> Speech:
    """Direct if all of it stands in quotation marks that the cue stands outside of, mixed if some does."""
    own = quoted.at[draft.at]
    inside = total = 0
    for first, end in contents:
        total += end - first
        inside += sum(q not in (-1, own) for q in quoted.at[first:end])
    return Speech.DIRECT if inside == total and draft.quotes else Speech.MIXED if inside else Speech.INDIRECT


def _size(contents: Iterable[Range]) -> int:
    return sum(end - first for first, end in contents)


def _parents(found: list[Draft]) -> list[int | None]:
    """For each draft the smallest larger one whose content holds its cue."""
    weight = [2 * _size(d.contents) - (d.force.act is Act.MEDIUM) for d in found]
    starts = sorted((first, end, j) for j, d in enumerate(found) for first, end in d.contents)
    parents: list[int | None] = [None] * len(found)
    active: list[tuple[int, int]] = []
    n = 0
    for i in sorted(range(len(found)), key=lambda k: found[k].at):
        at = found[i].at
        while n < len(starts) and starts[n][0] <= at:
            active.append(starts[n][1:])
            n += 1
        active = [a for a in active if a[0] > at]
        holders = [j for _, j in active if j != i and weight[j] > weight[i]]
        parents[i] = min(holders, key=lambda j: (weight[j], j), default=None)
    place = {id(d): k for k, d in enumerate(found)}
    for i, d in enumerate(found):
        if d.parent is not None:
            parents[i] = place[id(d.parent)]
    return parents


class Sources:
    """Looks up, for a token, the frames whose content holds it, from the outside in."""

    def __init__(self, found: Sequence[Frame], acts: frozenset[Act] = CLAIMING) -> None:
        self._frames = found
        self._acts = acts
        weight = [2 * _size(f.contents) - (f.act is Act.MEDIUM) for f in found]
        edges: list[tuple[int, int, int]] = []
        for j, f in enumerate(found):
            if f.act in acts:
                for first, end in f.contents:
                    edges.append((first, 1, j))
                    edges.append((end, 0, j))
        edges.sort()
        # "It also proposed …": who goes on speaking stays under whoever quoted it, though outside the content.
        self._under = {
            i: f.parent
            for f in found
            if f.act is Act.SPEECH and f.parent is not None
            for i in f.cue
            if i not in found[f.parent].cue
        }
        self._bounds: list[int] = []
        self._inner: list[int | None] = []
        active: list[int] = []
        for at, opens, j in edges:
            if opens:
                active.append(j)
            else:
                active.remove(j)
            inner = min(active, key=lambda k: (weight[k], k), default=None)
            if self._bounds and self._bounds[-1] == at:
                self._inner[-1] = inner
            else:
                self._bounds.append(at)
                self._inner.append(inner)

    def at(self, token: int) -> tuple[Frame, ...]:
        """Give the chain of frames that hold a token, outermost first; empty for the reporter's own words."""
        n = bisect_right(self._bounds, token) - 1
        i = self._inner[n] if n >= 0 else None
        if i is None:
            i = self._under.get(token)
        out: list[Frame] = []
        while i is not None:
            if self._frames[i].act in self._acts:
                out.append(self._frames[i])
            i = self._frames[i].parent
        return tuple(reversed(out))


def chain(found: Sequence[Frame], token: int) -> tuple[Frame, ...]:
    """Give the chain of frames that hold one token; for many tokens keep a `Sources`."""
    return Sources(found).at(token)


__all__ = ["CLAIMING", "Force", "Frame", "Sources", "chain", "frames"]
