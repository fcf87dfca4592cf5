"""Numbers with what they count or measure: value or range, unit, thing counted, comparator, increment, base.

Dates, clock times, ordinals and numbers that only name something ("Section 427") are no quantities.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.model import Comparator, Quantity
from kg.reading.qualify.numerals import lexemes
from kg.reading.qualify.quantities.numbers import numbers
from kg.reading.qualify.quantities.page import Draft, Paragraph, spell
from kg.reading.qualify.quantities.things import finished, understood
from kg.reading.qualify.quantities.words import Words, words

if TYPE_CHECKING:
    from kg.ontology import Ontology
    from kg.reading.parse import Parse

__all__ = ["quantities"]

_DIGITS: Final = re.compile("[ncgGfFox]")
_LOWER: Final = frozenset((Comparator.MORE_THAN, Comparator.AT_LEAST, Comparator.JUST_OVER))
_UPPER: Final = frozenset((Comparator.LESS_THAN, Comparator.AT_MOST))


def quantities(parse: Parse, ontology: Ontology) -> tuple[Quantity, ...]:
    """Find the quantities of a document, in text order, numbered "q1", "q2" and so on."""
    known = words(ontology)
    starts = [token.start for token in parse.tokens]
    dollar = _dollar(parse.document.text, known)
    out: list[Quantity] = []
    for paragraph in parse.paragraphs:
        cut = lexemes(parse.document.text, paragraph.start, paragraph.end)
        letters = spell(cut, known)
        if _DIGITS.search(letters):
            page = Paragraph(parse, cut, known, starts, letters, dollar)
            found = sorted((finished(page, d) for d in numbers(page)), key=lambda d: (d.first, d.end))
            for draft in understood(page, found):
                out.append(_quantity(page, draft, f"q{len(out) + 1}"))
    return tuple(out)


def _dollar(text: str, known: Words) -> str:
    """Currency of a bare "$": where the text also writes "US$", that of the one dollar country it speaks of."""
    if "US$" not in text and "US $" not in text and "$US" not in text:
        return "USD"
    homes = [name for name, places in known.homes.items() if any(place in text for place in places)]
    return homes[0] if len(homes) == 1 else "USD"


def _quantity(page: Paragraph, draft: Draft, id: str) -> Quantity:
    """Turn places into characters, and what bounds a number into its bounds."""
    thing = page.parse.text(*draft.thing) if draft.thing else None
    base = page.parse.text(*draft.base).removeprefix("of ") if draft.base else None
    low, high, unit = draft.low, draft.high, draft.unit
    if draft.comparator in _LOWER and low == high:
        high = None
    elif draft.comparator in _UPPER and low == high:
        low = None
    if unit is None and draft.thing:
        noun = page.parse.tokens[draft.thing[1] - 1]
        people = noun.lower in page.known.people or noun.lemma in page.known.people
        unit = "person" if people or (noun.ent == "NORP" and noun.tag == "NNPS") else None
    return Quantity(id, page.span(draft), low, high, unit, thing, draft.comparator, draft.increment, base)
