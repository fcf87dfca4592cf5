"""Which word each time expression belongs to, by the grammar."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from kg.model import Role

if TYPE_CHECKING:
    from kg.model import TimeExpression
    from kg.reading.extract import BareClaim
    from kg.reading.parse import Parse, Token

_UP: Final = frozenset({"ADP", "ADV", "SCONJ", "NUM", "DET", "ADJ", "PART", "PRON", "PUNCT", "SYM"})
_OPENING: Final = frozenset({"mark", "nsubj", "nsubjpass"})
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
        if bare.rule == "measure" and (found := self._of_participle(bare.predicate)):
            return found
        return self._inherited(bare.predicate)

    def _of_participle(self, noun: int) -> tuple[TimeExpression, ...]:
        """A size is of the time of the participle beside it: "the 28,000-strong force first planned in 1998"."""
        tokens = self._parse.tokens
        return next((tuple(self._of[c]) for c in tokens[noun].children if tokens[c].dep == "acl" and c in self._of), ())

    def _inherited(self, token: int) -> tuple[TimeExpression, ...]:
        tokens = self._parse.tokens
        for _ in range(3):
            if token in self._of:
                return tuple(self._of[token])
            t = tokens[token]
            below = next((c for c in t.children if tokens[c].dep == "dobj" and c in self._of), None)
            if below is not None:
                return tuple(self._of[below])
            if t.dep == "xcomp" or (t.dep == "dobj" and t.pos in _NOMINAL) or self._beside(t):
                token = t.head
            else:
                return self._of_noun(t)
        return ()

    def _beside(self, t: Token) -> bool:
        """A participle's clause is of one time with its verb: "he spent two days there last week trying to …"."""
        tokens = self._parse.tokens
        return t.dep == "advcl" and t.tag == "VBG" and not any(tokens[c].dep in _OPENING for c in t.children)

    def _of_noun(self, t: Token) -> tuple[TimeExpression, ...]:
        """Times beside the noun a word describes or completes: "in the event, unlikely now, of X agreeing"."""
        tokens = self._parse.tokens
        head = tokens[t.head]
        noun = tokens[head.head] if t.dep == "pcomp" and head.dep == "prep" else head if t.dep == "amod" else None
        if noun is None or noun.pos not in _NOMINAL:
            return ()
        own = tuple(time for time in self._times if time.span.covers(noun.span))
        return own or next((tuple(self._of[c]) for c in noun.children if c != t.i and c in self._of), ())
