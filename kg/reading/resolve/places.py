"""Which of several places of one name is meant: what stands behind it ("Paris, Texas"), and the places beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from kg.reading.parse import Parse
from kg.reading.resolve.gazetteer import Gazetteer, Row
from kg.reading.resolve.lexicon import Lexicon

_TOWNS: Final = frozenset(("City", "Place"))
_STATES: Final = frozenset(("Country", "Region"))
_PARTS: Final = frozenset(("City", "Region"))

Named = tuple[int, int, str]
"""First token, end and key of a name."""


def placed(
    parse: Parse, words: Lexicon, names: Sequence[Named], texts: Mapping[str, str], found: Mapping[str, Row]
) -> dict[str, Row]:
    """Correct the places among the rows found for a document's names, by key; unknown towns get none."""
    gazetteer, day = Gazetteer.load(), parse.document.published
    countries = spoken_of(found.values())
    out = dict(found)
    for key, country in _said(parse, words, sorted(names), found).items():
        if found[key].country != country:
            kind = "Region" if found[key].kind == "Country" else "City"
            row = gazetteer.lookup(texts.get(key, ""), kind, (country,), day)
            out.pop(key)
            if row is not None and row.country == country:
                out[key] = row
    for key, row in list(out.items()):
        if row.kind in _PARTS and row.id != row.name and row.country and row.country not in countries:
            del out[key]  # one of several of the name, and not in a state the text speaks of
        elif row.kind == "Country":
            text = texts.get(key, "")
            states = [r for r in gazetteer.candidates(text, "Country", (), day) if text in r.aliases]
            if len(states) > 1:
                del out[key]
            if one := _sibling(gazetteer, key, text, found, states):
                out[key] = one
    for key in _parts(parse, words, names, found):
        others = tuple(c for c in countries if c != found[key].country)
        out[key] = next(
            (r for r in gazetteer.candidates(texts.get(key, ""), "Region", others) if r.country in others), out[key]
        )
    return out


def _parts(parse: Parse, words: Lexicon, names: Sequence[Named], found: Mapping[str, Row]) -> Iterator[str]:
    """Find names of states that the text calls a part of one: "the Greek region of Macedonia"."""
    tokens, kinds = parse.tokens, words.kinds
    for first, end, key in names:
        if key in found and found[key].kind == "Country":
            of = first > 1 and tokens[first - 1].lower == "of" and "Region" in kinds.get(tokens[first - 2].lemma, ())
            if of or (
                end < len(tokens) and "Region" in kinds.get(tokens[end].lemma, ()) and tokens[end - 1].head == end
            ):
                yield key


def spoken_of(rows: Iterable[Row]) -> tuple[str, ...]:
    """Name the states that rows speak of; else those of places without namesakes; else what two places share."""
    rows = [row for row in rows if row.country]
    states = [row for row in rows if row.kind == "Country"]
    places = [row for row in rows if row.kind in _PARTS]
    plain = [row for row in places if row.id == row.name]
    if not states and not plain:
        shared = Counter(row.country for row in dict.fromkeys(places))
        return tuple(country for country, n in shared.items() if country and n > 1)
    return tuple(dict.fromkeys(row.country for row in states or plain if row.country))


def _said(parse: Parse, words: Lexicon, names: Sequence[Named], found: Mapping[str, Row]) -> dict[str, str]:
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
            out[key] = where.country
    return out


def _apposed(
    parse: Parse, words: Lexicon, names: Sequence[Named], found: Mapping[str, Row]
) -> Iterator[tuple[str, str]]:
    """Find places that an apposition calls a part of a state or a town in it."""
    tokens = parse.tokens
    states = {end - 1: found[key] for _, end, key in names if key in found and found[key].kind == "Country"}
    for _, end, key in names:
        if key in found and found[key].kind in ("Country", *_PARTS):
            for c in tokens[end - 1].children:
                inside = tokens[c].dep == "appos" and not _PARTS.isdisjoint(words.kinds.get(tokens[c].lemma, ()))
                for row in (states[i] for i in range(c, tokens[c].right + 1) if i in states) if inside else ():
                    if row.country:
                        yield key, row.country


def _sibling(gazetteer: Gazetteer, key: str, text: str, found: Mapping[str, Row], states: Sequence[Row]) -> Row | None:
    """Choose what a name of several states, or of a state and a part of another, means by what stands beside it.

    Places of one state decide, where no other state is named; between states its leaders do as well.
    """
    others = [row for other, row in found.items() if other != key]
    if any(row.kind == "Country" for row in others):
        return None
    beside = {row.country for row in others if row.country and (row.kind in _PARTS or (states[1:] and row.terms))}
    rows = states if states[1:] else gazetteer.candidates(text, "Region", tuple(filter(None, beside)))
    return next((row for row in rows if beside == {row.country}), None)
