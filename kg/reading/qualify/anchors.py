"""Which word each time expression belongs to, by the grammar."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from kg.model import Role

if TYPE_CHECKING:
    from kg.model import TimeExpression
    from kg.reading.extract import BareClaim
    from kg.reading.parse import Parse

_UP: Final = frozenset({"ADP", "ADV", "SCONJ", "NUM", "DET", "ADJ", "PART", "PRON", "PUNCT", "SYM"})
_NOMINAL: Final = frozenset({"NOUN", "PROPN"})


class Anchors:
    """Time expressions by the predicate they tell the time of."""

    def __init__(self, parse: Parse, times: tuple[TimeExpression, ...]) -> None:
        self._parse = parse
        self._times = times
        self._of: dict[int, list[TimeExpression]] = {}
        starts = [t.start for t in parse.tokens] if times else []
        for time in times:
            first = max(0, bisect_right(starts, time.span.start) - 1)
            end = max(first + 1, bisect_right(starts, time.span.end - 1))
            self._of.setdefault(self._anchor(first, end), []).append(time)

    def _anchor(self, first: int, end: int) -> int:
        """Climb from the expression, over prepositions and adverbs, to the word whose time it is."""
        tokens = self._parse.tokens
        i = next((k for k in range(first, end) if not first <= tokens[k].head < end), first)
        while tokens[i].head != i and (first <= i < end or tokens[i].pos in _UP):
            i = tokens[i].head
        return i

    def at(self, token: int) -> tuple[TimeExpression, ...]:
        """Times that hang on the token itself."""
        return tuple(self._of.get(token, ()))

    def of_claim(self, bare: BareClaim) -> tuple[TimeExpression, ...]:
        """Times of a claim: its time arguments, else those of its predicate or of the verb it shares a clause with."""
        for role, phrase in bare.arguments:
            if role is Role.TIME and self._times:
                span = self._parse.span(*phrase.full)
                found = tuple(t for t in self._times if span.covers(t.span))
                if found:
                    return found
        return self._inherited(bare.predicate)

    def _inherited(self, token: int) -> tuple[TimeExpression, ...]:
        tokens = self._parse.tokens
        for _ in range(3):
            if token in self._of:
                return tuple(self._of[token])
            t = tokens[token]
            below = next((c for c in t.children if tokens[c].dep == "dobj" and c in self._of), None)
            if below is not None:
                return tuple(self._of[below])
            if t.dep == "xcomp" or (t.dep == "dobj" and t.pos in _NOMINAL):
                token = t.head
            else:
                return ()
        return ()
