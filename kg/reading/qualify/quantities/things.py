"""What a number counts, bounds and stands in for: the second half of reading quantities, from syntax."""

from __future__ import annotations

from typing import Final

from kg.model import Comparator
from kg.reading.parse import Token
from kg.reading.qualify.quantities.numbers import noun_of
from kg.reading.qualify.quantities.page import Draft, Paragraph

_EDGES: Final = frozenset(("PUNCT", "NUM", "SYM", "ADP"))
_KEPT: Final = frozenset((Comparator.RANGE, Comparator.VAGUE))
_PERSONS: Final = frozenset(["he", "she", "i", "we", "they", "who", "you"])
_AFTER_AGE: Final = frozenset(["", ".", ",", "and", "when", "by", "at", "but"])
_QUOTES: Final = frozenset(['"', "“", "”"])
_RATIOS: Final = frozenset(["percent", "times", "percentage point", "basis point"])


def finished(page: Paragraph, draft: Draft) -> Draft:
    """Add the comparator, the increment, the size word, the thing counted and a fraction's base."""
    noun = noun_of(page, draft) if draft.unit is None else None
    draft = _compared(page, draft)
    if page.lower(draft.end) in page.known.more and draft.unit is None:
        draft = draft._replace(end=draft.end + 1, increment=True)
    elif page.lower(draft.first - 1) in page.known.more:
        draft = draft._replace(first=draft.first - 1, increment=True)
    at = draft.end + (page.lower(draft.end) == "-")
    if page.lower(at) == "strong":
        return draft._replace(end=at + 1, unit="person")
    if draft.unit and page.lower(at) in page.known.sizes:
        return draft._replace(end=at + 1)
    if page.lower(draft.end) == "of":
        return _of(page, draft)
    if draft.fraction and page.letter(draft.end) in ("A", "D"):
        return _half_the(page, draft)
    if noun is None and draft.unit is None and not draft.fraction:
        noun = _noun_after(page, draft)
    if noun is not None and not page.parse.tokens[noun].text[0].isdigit():
        return _counting(page, draft, page.token(draft.end - 1).i, _whole(page, page.parse.tokens[noun]))
    return draft if draft.unit or draft.fraction else draft._replace(unit=_age(page, draft) or _people(page, draft))


def _counting(page: Paragraph, draft: Draft, number: int, noun: Token) -> Draft:
    """Take the noun with its modifiers as the thing counted; a noun that is a unit as the unit."""
    tokens = page.parse.tokens
    start = number + 1
    for i in range(start, noun.i):
        token = tokens[i]
        hyphen = token.text == "-" and tokens[i - 1].end == token.start and i > number + 1
        named = token.pos == "NUM" and (tokens[i - 1].pos == "PROPN" or tokens[i + 1].pos == "PROPN")
        if (token.pos in _EDGES and not hyphen and not named) or token.lower in page.known.more or token.tag == "PRP$":
            start = i + 1
    place = page.place(noun.start)
    if not draft.fraction and noun.pos == "NOUN" and noun.lower in page.known.units:
        unit, end = page.named(place)
        if unit and unit != "times" and page.lower(end - 1) == noun.lower:
            near = not set(page.letters[draft.end : end]) & {"n", "c"}
            return draft._replace(end=max(draft.end, end) if near else draft.end, unit=unit)
    after = page.place(noun.end)
    rate = page.rate(after)
    draft = draft._replace(thing=(min(start, noun.i), noun.i + 1))
    if rate and (page.lower(after) == "per" or rate[0] in page.known.periods) and not draft.fraction:
        return draft._replace(unit=f"per {rate[0]}")
    return draft._replace(base=draft.thing, thing=None) if draft.fraction else draft


def _whole(page: Paragraph, noun: Token) -> Token:
    """The noun of which a hyphen makes the found one a part: "two gas-only options"."""
    tokens = page.parse.tokens
    while noun.i + 1 < noun.head and tokens[noun.i + 1].text == "-" and tokens[noun.i + 1].start == noun.end:
        noun = tokens[noun.head]
    return noun


def _noun_after(page: Paragraph, draft: Draft) -> int | None:
    """The plural noun after a number whose letters kept the parser from it: "2.7m combined sales"."""
    if not page.lower(draft.end - 1).isalpha() or page.letter(draft.end - 1) == "c":
        return None
    tokens = page.parse.tokens
    i = page.token(draft.end - 1).i + 1
    for _ in range(5):
        if i >= len(tokens):
            return None
        if tokens[i].tag == "NNS":
            return i
        if tokens[i].pos not in ("ADJ", "NOUN", "PROPN", "VERB", "CCONJ"):
            return None
        i += 1
    return None


def _age(page: Paragraph, draft: Draft) -> str | None:
    """ "Maria, 10, …" and "he is 35" tell an age."""
    first, number = draft.first, draft.low or draft.high or 0
    if not 0 < number < 120 or number % 1 or draft.comparator in _KEPT:
        return None
    tokens = page.parse.tokens
    if page.lower(first - 1) == "," and page.lower(draft.end) in (",", ".", ")", ";") and first > 1:
        before = page.token(first - 2)
        return "year of age" if before.ent in ("PERSON", "") and before.tag == "NNP" and number > 5 else None
    token = page.token(draft.end - 1)
    head = tokens[token.head]
    if token.dep not in ("attr", "acomp") or head.lemma != "be":
        return None
    verbs = (head, tokens[head.head]) if head.dep == "conj" else (head,)
    subjects = [tokens[c] for verb in verbs for c in verb.children if tokens[c].dep in ("nsubj", "nsubjpass")]
    person = any(t.lower in _PERSONS or t.ent == "PERSON" for t in subjects)
    return (
        "year of age" if person and page.lower(draft.end) in ("", ".", ",", "and", "when", "by", "at", "but") else None
    )


def _people(page: Paragraph, draft: Draft) -> str | None:
    """ "Killed 12 and wounded 30", "95 who fled" count people."""
    token = page.token(draft.end - 1)
    while token.pos == "NUM" and token.dep in ("quantmod", "compound", "nummod"):
        token = page.parse.tokens[token.head]
    verb = page.parse.tokens[token.head]
    acts = token.dep in ("dobj", "nsubj", "nsubjpass") and verb.lemma in page.known.of_people
    if verb.lemma == "number" and token.dep == "dobj":
        subject = next((page.parse.tokens[c] for c in verb.children if page.parse.tokens[c].dep == "nsubj"), token)
        if subject.lower in ("which", "that") and verb.dep == "relcl":
            subject = page.parse.tokens[verb.head]
        acts = subject.lemma in page.known.bodies
    return "person" if acts or page.lower(draft.end) == "who" else None


def _of(page: Paragraph, draft: Draft) -> Draft:
    """Read "hundreds of people", "two-thirds of a total of 55,000", "20 percent of sales", "tonnes of grain"."""
    tokens = page.parse.tokens
    of = page.token(draft.end)
    inner = next((tokens[c] for c in of.children if tokens[c].dep == "pobj"), None)
    if inner is None or inner.pos == "PRON":
        return draft
    if draft.fraction or draft.unit == "percent":
        last = inner.i
        while last < inner.right and tokens[last + 1].pos not in ("PUNCT", "CCONJ", "SCONJ", "PRON"):
            last += 1
        first = inner.left + (tokens[inner.left].lower == "of")
        return draft._replace(base=(first, last + 1))
    if draft.unit and (inner.pos == "NUM" or draft.unit in _RATIOS):
        return draft
    first = inner.left
    while first < inner.i and (tokens[first].pos in ("DET", "NUM") or tokens[first].tag == "PRP$"):
        first += 1
    if inner.pos == "NUM":
        return draft
    partitive = first > inner.left and not draft.unit and draft.comparator is not Comparator.VAGUE
    return draft._replace(thing=(first, inner.i + 1), partitive=partitive)


def _half_the(page: Paragraph, draft: Draft) -> Draft:
    """Read "half the houses": the base follows without "of"."""
    token = page.token(draft.end)
    noun = page.parse.tokens[token.head]
    if token.pos not in ("DET", "PRON") or noun.i < token.i or noun.pos not in ("NOUN", "PROPN"):
        return draft
    return draft._replace(base=(token.i, noun.i + 1))


def _compared(page: Paragraph, draft: Draft) -> Draft:
    """Take in the words that bound a number: "more than", "or so"."""
    for parts, name in page.known.before.get(page.lower(draft.first - 1), ()):
        start = _behind(page, draft.first, parts)
        if start is not None:
            keep = draft.comparator in _KEPT
            return draft._replace(first=start, comparator=draft.comparator if keep else Comparator(name))
    for parts, name in page.known.after.get(page.lower(draft.end), ()):
        if all(page.lower(draft.end + n) == p for n, p in enumerate(parts)):
            return draft._replace(end=draft.end + len(parts), comparator=Comparator(name))
    return draft


def _behind(page: Paragraph, first: int, parts: tuple[str, ...]) -> int | None:
    """Place where the words right before a number begin: with quotation marks among them, the number alone."""
    at = first
    for part in reversed(parts):
        at -= 1
        while page.lower(at) in _QUOTES:
            at -= 1
        if page.lower(at) != part:
            return None
    return at if first - at == len(parts) else first


def understood(page: Paragraph, found: list[Draft]) -> list[Draft]:
    """Give a bare number the unit or thing of the number it stands beside: "rose from 12 km to 15"."""
    out: list[Draft] = []
    for n, draft in enumerate(found):
        hangs = page.lower(draft.end) == "-"
        if draft.unit is None and not draft.fraction and (draft.thing is None or hangs):
            after = found[n + 1] if n + 1 < len(found) else None
            if after and tuple(x.lower for x in page.cut[draft.end : after.first]) in (_HANGING if hangs else _FORWARD):
                draft = _as(draft, after)
            elif draft.thing is None:
                draft = _like(page, draft, out)
        out.append(draft)
    return out


_FORWARD: Final = frozenset([("or",), ("up",), ("down",)])
_HANGING: Final = frozenset([("-", ","), ("-", "or"), ("-", "and"), ("-", ",", "or"), ("-", ",", "and")])
_COMPARING: Final = frozenset(["to", "from", "or", "than", "with", "and", "against"])


def _as(draft: Draft, other: Draft) -> Draft:
    return draft._replace(unit=other.unit) if other.unit else draft._replace(thing=other.thing)


def _like(page: Paragraph, draft: Draft, before: list[Draft]) -> Draft:
    """Find, in the sentence, the nearest number before that the bare one is compared with."""
    sentence = page.token(draft.first).sent
    lead, converted = page.lower(draft.first - 1), page.lower(draft.end) == "("
    for other in reversed(before[-6:]):
        if page.token(other.first).sent != sentence:
            break
        if (other.unit is None and other.thing is None) or other.fraction or other.unit == "times":
            continue
        if other.unit == "year of age" and lead not in ("and", "or", ","):
            continue
        if other.unit == "percent" and (lead == "to" or (draft.low or draft.high or 0) >= 100):
            continue
        if other.unit in page.known.periods and lead not in _COMPARING:
            continue
        if page.lower(other.first - 1) == "(" or (converted and page.lower(other.end) != "("):
            continue  # money told again in another currency
        return _as(draft, other)
    return draft
