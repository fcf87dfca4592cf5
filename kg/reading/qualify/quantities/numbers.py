"""Numbers with their unit or money, and ranges: the first half of reading quantities, from lexemes."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Final

from kg.model import Comparator
from kg.reading.qualify.numerals import value
from kg.reading.qualify.quantities.page import Draft, Paragraph

_NUMBER: Final = re.compile(
    r"(?P<times>x(?=[AD_]))"
    r"|(?P<part>(?:[cn]|A)-?[fF]|f(?=[ADO]))"
    r"|(?P<vague>(?:GO)?G|A?vg)"
    r"|(?P<plain>nn/n|n/n|n(?:-?g)*|(?:A(?=g))?[cg](?:-?[cg]|(?<=g)&c)*)"
)
_HALF_OF_DAY: Final = frozenset(["am", "pm", "a.m.", "p.m.", "a.m", "p.m.", "gmt", "utc"])
_JOINTS: Final = frozenset([("to",), ("-",), ("–",), ("-", "to", "-"), ("to", "-"), ("-", "to"), ("or",)])
_WITHIN: Final = frozenset(["nummod", "quantmod", "compound", "pobj", "prep", "conj", "nmod", "amod"])
_OPENED: Final = frozenset([("between", "and"), ("from", "up", "to")])
_SHARES: Final = frozenset([("in",), ("out", "of"), ("in", "every")])


def numbers(page: Paragraph) -> list[Draft]:
    """Read the numbers of a paragraph from left to right and join the two ends of a range."""
    out: list[Draft] = []
    at = 0
    while match := _NUMBER.search(page.letters, at):
        at = match.end()
        draft = _measured(page, match)
        if draft is None:
            continue
        at = max(at, draft.end)
        whole = (_range(page, out[-1], draft) or _share(page, out[-1], draft)) if out else None
        if whole is not None:
            out[-1] = whole
        else:
            out.append(draft)
    return [*out, *_parallels(page)]


def _parallels(page: Paragraph) -> Iterator[Draft]:
    """Read degrees of latitude: "the 44th parallel" measures, as no other ordinal does."""
    for i, lexeme in enumerate(page.cut[:-1]):
        if lexeme.shape == "ordinal" and page.lower(i + 1) == "parallel":
            number = float(lexeme.lower[:-2])
            yield Draft(i, i + 2, number, number, "degree of latitude")


def _measured(page: Paragraph, match: re.Match[str]) -> Draft | None:
    """Read a number with the unit or currency beside it."""
    first, end = match.span()
    kind = match.lastgroup
    said = [x.lower for x in page.cut[first:end]]
    if kind == "vague":
        low = math.prod(_plural(page, word) for word in said)
        return Draft(first, end, low, low * 10, comparator=Comparator.VAGUE)
    if kind == "part":
        return _fraction(page, first, end, said)
    if kind == "times":
        return _multiple(page, first)
    number = _number(page, said)
    if number is None or said[0] in ("k", "m", "bn") or _no_number(page, first, end):
        return None
    sign, start = page.sign(first)
    scale = page.scale(end, sign is not None)
    if scale > 1:
        number, end = number * scale, end + 1
    if _negative(page, start):
        start, number = start - 1 - (page.lower(start - 2) == "minus"), -number
    unit, stop = page.unit(end, sign)
    if unit in (None, "year"):
        unit = page.lead(first) or unit
    if unit is None and "/" in page.letters[first:end]:
        unit, stop = _of_unit(page, end)
    return Draft(start, stop, number, number, unit)


def _plural(page: Paragraph, word: str) -> float:
    return {"tens": 10.0, "scores": 20.0}.get(word) or page.known.numerals.scales.get(word.removesuffix("s"), 1.0)


def _number(page: Paragraph, said: list[str]) -> float | None:
    if "/" in said or "⁄" in said:
        parts = [float(w.replace(",", "")) for w in said if w not in "/⁄"]
        if not parts[-1]:
            return None
        return (parts[0] if len(parts) == 3 else 0.0) + parts[-2] / parts[-1]
    return value(said, page.known.numerals)


def _fraction(page: Paragraph, first: int, end: int, said: list[str]) -> Draft | None:
    """Read "a third of", "two-thirds", "half the", "a quarter of a mile"."""
    word = said[-1]
    table = page.known.numerals.fractions
    single = 0.5 if word == "halves" else table.get(word) or table.get(word.removesuffix("s"))
    if single is None:
        return None
    alone = (
        page.lower(end) not in ("of", "-") and word not in ("half", "halves") and said[0] not in ("two", "three", "one")
    )
    if alone and page.lower(first - 1) != "by" and page.lower(first - 1) not in page.known.before:
        return None  # "a third man", "three quarters of growth"
    if len(said) == 1 and (word not in ("half", "halves") or page.lower(first - 1) in page.known.numerals.ordinals):
        return None  # "the third of May", "the second half of the game"
    number = single * (value([w for w in said[:-1] if w != "-"], page.known.numerals) or 1.0)
    at = end + (page.lower(end) == "of")
    if page.letters[at : at + 2] == "Ag":
        number *= page.known.numerals.scales[page.lower(at + 1)]
        return Draft(first, at + 2, number, number)  # "half a million"
    unit, stop = _of_unit(page, end)
    return Draft(first, stop, number, number, unit, fraction=unit is None)


def _of_unit(page: Paragraph, end: int) -> tuple[str | None, int]:
    """Read the unit that a fraction is of: "of a mile", "an hour"."""
    at = end + (page.lower(end) == "of")
    if page.lower(at) not in ("a", "an"):
        return None, end
    name, stop = page.named(at + 1)
    return (name, stop) if name else (None, end)


def _multiple(page: Paragraph, first: int) -> Draft | None:
    """Read "twice its size", "tenfold"; "twice" alone counts occasions."""
    word, after = page.lower(first), page.lower(first + 1)
    compares = after in page.known.bases and (after != "as" or page.token(first + 2).pos in ("ADJ", "ADV"))
    if not word.endswith("fold") and not compares:
        return None
    number = page.known.numerals.multiples[word]
    return Draft(first, first + 1, number, number, "times")


def _negative(page: Paragraph, first: int) -> bool:
    if page.lower(first - 1) == "minus" or page.lower(first - 2) == "minus":
        return page.lower(first - 1) in ("minus", "-")
    if page.lower(first - 1) not in ("-", "−") or not page.glued(first):
        return False
    at = page.cut[first - 1].start
    return at == 0 or page.parse.document.text[at - 1] in " (\n"


# ------------------------------------------------------------------ numbers that count nothing


def _no_number(page: Paragraph, first: int, end: int) -> bool:
    """Tell a date, a clock time, a name's number or a pronoun from a count."""
    if page.lower(first) == "one" and end == first + 1:
        return _pronoun(page, first, end)
    if _of_date(page, first, end):
        return True
    if page.letters[first] != "n":
        return False
    sign, _ = page.sign(first)
    unit, _ = page.unit(end, None)
    if sign:
        return _version(page, first, end)
    return not unit and _names(page, first, end)


def _pronoun(page: Paragraph, first: int, end: int) -> bool:
    """ "One must be careful", "the one": no count."""
    token, before, after = page.token(first), page.lower(first - 1), page.lower(end)
    if after in ("to", "or", "in") and page.letter(end + 1) in ("c", "n"):
        return False
    noun = token.head > token.i and token.dep == "nummod" and after != "-"
    counted = noun or (after == "of" and before not in ("no", "any", "every", "each"))
    return not counted and (after == "-" or page.unit(end, None)[0] is None) and page.lower(end) != "out"


def _of_date(page: Paragraph, first: int, end: int) -> bool:
    """Numbers of a date or clock time: "May 14, 2007", "Sept. 20-24", "10 p.m.", "1:36.6"."""
    before, after, word = page.lower(first - 1), page.lower(end), page.lower(first)
    months = page.known.months
    if before in ("-", "–") and page.letter(first - 2) == "n":
        at = first - 3
        if page.lower(at) in months or (page.lower(at) == "." and page.lower(at - 1) in months):
            return True
    if before in months or (before == "." and page.lower(first - 2) in months):
        return len(word) <= 2 or (len(word) == 4 and word.isdigit())
    if after in months and len(word) <= 2:
        return True
    year = len(word) == 4 and word.isdigit()
    if year and page.lower(first - 2) in months and page.letter(first - 1) == "n":
        return True
    if year and before == "," and len(page.lower(first - 2)) <= 2:
        return True
    return (before in (":", "#", ".") and page.glued(first)) or after in _HALF_OF_DAY


def _version(page: Paragraph, first: int, end: int) -> bool:
    """Letters glued to a single digit are a name, "PS5", unless a scale or decimals make them money."""
    return (
        page.raw(first - 1).isalpha()
        and page.glued(first)
        and len(page.lower(first)) == 1
        and end == first + 1
        and page.scale(end, True) == 1
    )


def _names(page: Paragraph, first: int, end: int) -> bool:
    """The number is part of a name, a label, a score, a code or a year."""
    before, word = page.lower(first - 1), page.lower(first)
    if page.glued(first):
        if page.raw(first - 1)[-1:].isalpha():
            return True
        if before == "-" and first > 1 and page.raw(first - 2)[-1:].isalpha() and page.lower(first - 2) != "to":
            return True
    if before in page.known.labels or (word[0] == "0" and len(word) > 1 and word.isdigit()):
        return True
    return _in_name(page, first, end) or _score(page, first, end) or _year(page, first, end)


def _in_name(page: Paragraph, first: int, end: int) -> bool:
    """ "787 Dreamliner", "iPhone 11 cameras", "two new 737 jets"."""
    tokens, token = page.parse.tokens, page.token(first)
    head = tokens[token.head]
    counts = _counts(page, first)
    alone = end == first + 1 and page.scale(end, False) == 1 and "." not in page.lower(first)
    if counts and head.tag == "NNP" and alone:
        return True
    last = tokens[token.i - 1]
    if (
        token.i
        and last.tag in ("NNP", "NNPS")
        and (not counts or head.pos == "PROPN" or last.head in (token.i, head.i))
    ):
        return True
    return counts and any(c < token.i - 1 and tokens[c].dep == "nummod" for c in head.children)


def _counts(page: Paragraph, first: int) -> bool:
    token = page.token(first)
    return token.dep == "nummod" and token.head > token.i


def _year(page: Paragraph, first: int, end: int) -> bool:
    word, token = page.lower(first), page.token(first)
    year = end == first + 1 and word.isdigit() and len(word) == 4 and "1400" <= word < "2150"
    plural = _counts(page, first) and page.parse.tokens[token.head].tag == "NNS"
    return year and not (plural and token.ent != "DATE")


def _score(page: Paragraph, first: int, end: int) -> bool:
    """Tell the result of a game, "2-0", from a range."""
    for a, dash, b in ((first, end, end + 1), (first - 2, first - 1, first)):
        if page.lower(dash) == "-" and page.lower(a).isdigit() and page.lower(b).isdigit():
            unit, _ = page.unit(b + 1, None)
            if unit is None and int(page.lower(a)) >= int(page.lower(b)):
                return True
    return False


# ------------------------------------------------------------------ two numbers that are one quantity


def _range(page: Paragraph, a: Draft, b: Draft) -> Draft | None:
    """Join "45,000 to 48,000", "between $62 and $68", "15-22 mph"; a unit or scale said once holds for both."""
    between = tuple(x.lower for x in page.cut[a.end : b.first])
    before = page.lower(a.first - 1)
    opened = before == "between"
    if (
        between not in _JOINTS
        and not (opened and between == ("and",))
        and not (before == "from" and between == ("up", "to"))
    ):
        return None
    if a.low is None or b.low is None or a.fraction or b.fraction or a.comparator is not Comparator.EXACT:
        return None
    if before == "by" and between == ("to",) and a.unit:
        return None  # "rose by $3 to $40"
    told = before == "from" or a.unit == "year of age"
    if a.unit and not (b.unit and b.unit.startswith(a.unit)) and not (b.unit is None and told):
        return None
    low, high = a.low, b.low
    if between == ("or",) and (high - low not in (1, 10) or high > 10 > high - low or _signed(page, b)):
        return None
    scales = page.known.numerals.scales
    scale = next((scales[w] for i in range(b.first, b.end) if (w := page.lower(i)) in scales), None)
    own = any(page.lower(i) in scales for i in range(a.first, a.end))
    if scale and not own and low < high / scale:
        low *= scale
    if between == ("-",) and not (b.unit or a.unit) and (low >= high or noun_of(page, b) is None):
        return None
    return Draft(a.first - opened, b.end, min(low, high), max(low, high), b.unit or a.unit, Comparator.RANGE)


def _signed(page: Paragraph, draft: Draft) -> bool:
    return page.letter(draft.first) not in ("n", "c", "g", "A")


def _share(page: Paragraph, a: Draft, b: Draft) -> Draft | None:
    """Join "one in five", "nine out of 10" to a fraction."""
    between = tuple(x.lower for x in page.cut[a.end : b.first])
    if between not in _SHARES or a.unit or b.unit or not a.low or not b.low or not a.low < b.low:
        return None
    if a.comparator is not Comparator.EXACT or a.low % 1 or b.low % 1 or b.comparator is not Comparator.EXACT:
        return None
    if between == ("in",) and not (b.low <= 10 or b.low in (12, 20, 100, 1000, 1e4, 1e5, 1e6)):
        return None
    part = a.low / b.low
    return Draft(a.first, b.end, part, part, fraction=True)


def noun_of(page: Paragraph, draft: Draft) -> int | None:
    """Find the token of the noun that a number stands with."""
    tokens = page.parse.tokens
    token = page.token(draft.end - 1)
    while token.dep in ("nummod", "quantmod", "compound", "pobj", "prep", "conj", "nmod", "amod") and (
        token.pos in ("NUM", "SYM", "ADP")
        or token.lower in page.known.numerals.scales
        or token.lower in page.known.more
    ):
        head = tokens[token.head]
        if head.i == token.i:
            return None
        if head.i > token.i and head.pos in ("NOUN", "PROPN", "ADJ") and head.lower not in page.known.more:
            return head.i
        if head.pos != "NUM" and head.lower not in page.known.more:
            return None
        token = head
    return None
