"""The names of a document, repaired: their bounds, and by a vote of the whole document their kinds.

The model is often wrong at the edges of a name (titles, articles, quotes), splits acronyms with hyphens ("K-For"),
passes over products ("iPhone", "A380") and types surnames as organisations. Words of the ontology, titles, the
document's other mentions of the name, and the gazetteer mend most of that.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from kg.reading.parse import Parse, Token
from kg.reading.resolve.gazetteer import Gazetteer, Row
from kg.reading.resolve.lexicon import Lexicon
from kg.reading.resolve.places import placed, spoken_of

_NOT_NAMES: Final = frozenset(("DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"))
_SMALL: Final = frozenset(("of", "and", "the", "for", "in", "on", "&", "de", "du", "des", "la", "le"))
_ACRONYM: Final = re.compile(r"(?:[A-Z]\.?){2,}s?|[A-Z][A-Za-z]?-?[A-Z][A-Za-z]+")
_POSSESSIVE: Final = re.compile(r"['’]s?\Z")
_CAMEL: Final = re.compile(r"[a-z]{1,6}[A-Z][A-Za-z]+")
MODEL: Final = re.compile(r"[A-Z]{1,3}-?\d{1,4}[A-Za-z]{0,3}|\d{3,4}-\d{1,4}[A-Z]{0,3}|\d{1,2}(?:GS|G|S|C|X)")
_EDGE_LEFT: Final = frozenset(("DT", "PRP$", "CC", "IN", ",", "``", "''", "HYPH", ":", "POS", "-LRB-", "-RRB-"))
_EDGE_RIGHT: Final = frozenset(("POS", ",", "``", "''", ".", ":", "-LRB-", "-RRB-", "HYPH", "IN", "CC"))
_WORDLESS: Final = frozenset(("PRP", "PRP$", "RB", "VBZ", "VBD", "VBP", "MD", "VBG", "IN", "UH"))
_CALLED: Final = frozenset(
    ("Publication", "Company", "Organization", "Party", "MilitaryUnit", "City", "Country", "Product")
)
_CALLED_SO: Final = 4
"""Votes of a noun beside a name for what it calls it."""
_ABROAD: Final = frozenset(("Company", "Publication", "Index"))
_MISTAKEN: Final = frozenset(("", "ORG", "FAC", "WORK_OF_ART"))
"""Labels that the model gives people whose names are strange to it."""
_PLACED: Final = frozenset(("GPE", "LOC", "FAC"))
_INSIDE: Final = frozenset(("in", "near", "outside"))
_NUMBERED: Final = frozenset(("ORG", "PRODUCT", "PERSON", "GPE", "WORK_OF_ART", ""))
_THINGS: Final = frozenset(("ORG", "GPE", "PERSON", "FAC"))
_DASHES: Final = frozenset(("-", "--", "–", "—"))
_COUNTED: Final = frozenset(("DATE", "TIME", "MONEY", "PERCENT"))
_PLACES: Final = frozenset(("Country", "Region", "City"))
_PROPER: Final = frozenset(("NNP", "NNPS"))


class NameSpan(NamedTuple):
    """A name as a half-open token range, with the kind it seems to have."""

    first: int
    end: int
    kind: str
    title: str
    """The title before it, lower case, or ""."""
    row: Row | None = None
    """What the gazetteer knows it as."""


def names(parse: Parse, words: Lexicon) -> list[NameSpan]:
    """Repair the model's names and let the document vote on the kind of each."""
    tokens = parse.tokens
    taken = [False] * len(tokens)
    found: list[tuple[int, int, str]] = []
    for first, end, label in _proposed(parse, words, taken):
        if first < end and not any(taken[first:end]):
            taken[first:end] = [True] * (end - first)
            found.append((first, end, label))
    return _voted(parse, words, _rejoined(parse, sorted(found), words))


def _proposed(parse: Parse, words: Lexicon, taken: list[bool]) -> Iterator[tuple[int, int, str]]:
    """Spans that may be names, the surest first; what is taken meanwhile shows in `taken`."""
    tokens = parse.tokens
    yield from ((first, end, "ORG") for first, end in _hyphenated(tokens))
    for label, start, stop in _split(parse):
        first, end = _trimmed(tokens, start, stop, words, label)
        while first < end and taken[first]:
            first += 1
        if first and first < end and _CAMEL.fullmatch(tokens[first - 1].text) and tokens[first - 1].head < end:
            first -= tokens[first - 1].head >= first
        if first < end:
            if end < len(tokens) and not taken[end] and _is_company_end(tokens[end - 1], tokens[end], words):
                end += 1
            label = "GPE" if _dateline(parse, first, end) else label
            first = _unplaced(parse, first, end)
            if _modelled(tokens, first, end, words) and not taken[first - 1]:
                first, label = first - 1, "PRODUCT"
            longer = _completed(tokens, first, end, label, words)
            yield _numbered(tokens, first, end, label, words) if longer == end else (first, longer, "ORG")
    yield from ((first, end, "PRODUCT") for first, end in _models(tokens, taken, words))
    for token in tokens:
        if token.text == token.lower and token.text.isalpha():
            continue  # an ordinary word, as most are: neither "iPhone" nor "A380"
        if not taken[token.i] and (_CAMEL.fullmatch(token.text) or MODEL.fullmatch(token.text)):
            if token.ent in ("DATE", "MONEY", "PERCENT") and not token.text[0].isalpha():
                continue
            end = token.i + 1
            while end < len(tokens) and not taken[end] and _continues(tokens[end - 1], tokens[end]):
                end += 1
            yield token.i, end, "PRODUCT"
    for first, end in _capitalised(tokens, taken, words):
        label = "GPE" if _dateline(parse, first, end) else ""
        numbered = tokens[first].lower in words.name_starts
        yield _numbered(tokens, first, end, label, words) if numbered else (first, end, label)


def _split(parse: Parse) -> Iterator[tuple[str, int, int]]:
    """List the model's names with their labels, in two where a dash parts them: "San Jose - Cisco"."""
    tokens = parse.tokens
    for name in parse.names:
        if name.label in _NOT_NAMES:
            continue
        first = name.first
        for i in range(name.first + 1, name.end - 1):
            if (
                tokens[i].text in _DASHES
                and tokens[i - 1].end < tokens[i].start
                and tokens[i].end < tokens[i + 1].start
            ):
                yield name.label, first, i
                first = i + 1
        yield name.label, first, name.end


def _is_company_end(last: Token, token: Token, words: Lexicon) -> bool:
    """Tell "LLC" or "Motors" that the model left out of a company's name."""
    return (
        token.tag in _PROPER
        and token.sent == last.sent
        and last.tag in _PROPER
        and words.name_ends.get(token.lower) == "Company"
    )


def _completed(tokens: Sequence[Token], first: int, end: int, label: str, words: Lexicon) -> int:
    """End a name where its phrase does: "United States | Air Force", "Ford | Australia"."""
    token = tokens[end - 1]
    far = token.head + 1
    if token.dep != "compound" or not end < far <= end + 3 or tokens[far - 1].sent != token.sent:
        return end
    rest = tokens[end:far]
    if any(t.tag not in _PROPER for t in rest):
        return end
    if label == "GPE" and not any(t.ent for t in rest) and rest[-1].lower in words.name_ends:
        return far
    if label == "ORG" and len(rest) == 1 and rest[0].ent == "GPE" and not is_acronym(tokens[first].text):
        return far
    return end


def _unplaced(parse: Parse, first: int, end: int) -> int:
    """Leave the state before a known company, paper or index out of its name: "the British FTSE 100"."""
    if end - first < 2:
        return first
    known, text = Gazetteer.load(), parse.text
    for i in range(first + 1, min(first + 3, end)):
        place, row = known.lookup(text(first, i), "Country"), known.lookup(text(i, end))
        if (
            place
            and row
            and row.kind in _ABROAD
            and not known.is_local(text(i, end))
            and not known.lookup(text(first, end))
        ):
            return i
    return first


def _dateline(parse: Parse, first: int, end: int) -> bool:
    """Tell the place that opens a report: "LIVERPOOL, March 3 -"."""
    tokens = parse.tokens
    token = tokens[first]
    return (
        token.text.isupper()
        and len(token.text) > 3
        and first == parse.sentences[token.sent].first
        and end + 1 < len(tokens)
        and (
            tokens[end].text == "("
            or tokens[end].text in _DASHES
            or (tokens[end].text == "," and tokens[end + 1].ent == "DATE")
        )
    )


def _rejoined(parse: Parse, found: Sequence[tuple[int, int, str]], words: Lexicon) -> list[tuple[int, int, str]]:
    """Make one name of two: "Paris Holm, an heiress" where Paris was a place, "Standard & Poor's 500"."""
    tokens = parse.tokens
    out: list[tuple[int, int, str]] = []
    for first, end, label in found:
        if out and first < out[-1][1]:
            continue
        if out and out[-1][1] == first and out[-1][2] == "GPE" and end - first == 1 == first - out[-1][0]:
            apposed = (tokens[c].lemma for c in tokens[first].children if tokens[c].dep == "appos")
            if any("Person" in words.kinds.get(noun, ()) for noun in apposed):
                first, label = out.pop()[0], "PERSON"
        elif out and out[-1][1] == first and _renamed(parse, out[-1], (first, end, label)):
            first, label = out.pop()[0], "PRODUCT"
        elif out and out[-1][1] == first - 1 and tokens[first - 1].lower in ("&", "and") and label != "GPE":
            stop = _known_end(parse, out[-1][0], end)
            if stop:
                first, end, label = out.pop()[0], stop, "ORG"
        out.append((first, end, label))
    return out


def _renamed(parse: Parse, model: tuple[int, int, str], name: tuple[int, int, str]) -> bool:
    """Tell the name of a model behind its number: "Boeing 787 | Dreamliner", not "Boeing 787 | Chinese"."""
    tokens, (first, end, _) = parse.tokens, name
    numbered = model[2] == "PRODUCT" and tokens[model[1] - 1].text.isdigit()
    if not numbered or end - first > 1 or tokens[first].sent != tokens[first - 1].sent:
        return False
    return Gazetteer.load().lookup(tokens[first].text, "Place") is None


def _known_end(parse: Parse, first: int, end: int) -> int:
    """Find where a name of the gazetteer ends that has an "and" inside: "Standard & Poor's 500"; 0 if there is none."""
    tokens, stop = parse.tokens, end
    while stop < min(end + 2, len(tokens)) and (tokens[stop].tag == "POS" or tokens[stop].text.isdigit()):
        stop += 1
    known = Gazetteer.load()
    return next((i for i in range(stop, end - 1, -1) if known.lookup(parse.text(first, i)) is not None), 0)


def _continues(before: Token, token: Token) -> bool:
    if token.sent != before.sent:
        return False
    return token.tag in _PROPER or (token.tag == "CD" and token.text.isdigit() and len(token.text) < 3)


def _models(tokens: Sequence[Token], taken: list[bool], words: Lexicon) -> Iterator[tuple[int, int]]:
    """Find models that go by a number, where the text once tells them: "Boeing 787 … the 787-9", "its 777 airliner"."""
    known = {
        t.text
        for t in tokens
        if t.tag == "CD" and len(t.text) == 3 and t.text.isdigit() and t.i and t.ent not in _COUNTED
        if (tokens[t.i - 1].tag in _PROPER and tokens[t.i - 1].ent in ("ORG", "PRODUCT") and t.head >= t.i - 1)
        or (t.dep == "nummod" and tokens[t.head].tag == "NN" and _counts_one(tokens[t.head], words))
    }
    if not known:
        return
    known |= {f"{number}s" for number in known}
    for t in tokens:
        if t.text in known and not taken[t.i] and t.ent not in _COUNTED:
            end = _whole(tokens, t.i + 1)
            while end < len(tokens) and not taken[end] and tokens[end].tag in _PROPER and tokens[end].sent == t.sent:
                end += 1
            yield t.i, end


def _counts_one(token: Token, words: Lexicon) -> bool:
    """Tell a thing that a number before it cannot count, as it is one: "777 airliner", not "200 aircraft"."""
    return words.kinds.get(token.lemma, ("",))[0] == "Product" and not token.lower.endswith("craft")


def _modelled(tokens: Sequence[Token], first: int, end: int, words: Lexicon) -> bool:
    """Tell the number of a model before its name, which is singular, so it counts nothing: "the 787 Dreamliner"."""
    number, head = tokens[first - 1], tokens[end - 1]
    return (
        first > 0
        and number.tag == "CD"
        and len(number.text) == 3
        and number.text.isdigit()
        and number.head == head.i
        and number.ent not in _COUNTED
        and head.tag == "NNP"
        and head.lower not in words.name_ends
    )


def _numbered(tokens: Sequence[Token], first: int, end: int, label: str, words: Lexicon) -> tuple[int, int, str]:
    """Take the number of a model or an index into its name: "Boeing 747", "FTSE 100"."""
    if end >= len(tokens) or label not in _NUMBERED:
        return first, end, label
    after, last = tokens[end], tokens[end - 1]
    if MODEL.fullmatch(last.text) and (whole := _whole(tokens, end)) > end:
        return first, whole, "PRODUCT"
    if after.sent != last.sent or after.start != last.end + 1 or not after.text[0].isalnum():
        return first, end, label
    if MODEL.fullmatch(after.text):
        return first, _whole(tokens, end + 1), "PRODUCT"
    if after.text.isdigit() and len(after.text) <= 4 and after.ent not in ("DATE", "TIME", "MONEY", "PERCENT"):
        if after.text in words.name_ends:
            return first, end + 1, label
        if after.head <= end and label == "PRODUCT":
            return first, end + 1, label
    return first, end, label


def _whole(tokens: Sequence[Token], end: int) -> int:
    """End a model's name after what is glued to it: "A400 | M", "777 | - | 200LR"."""
    while end < len(tokens) and tokens[end].start == tokens[end - 1].end:
        step = (
            2 if tokens[end].text == "-" and end + 1 < len(tokens) and tokens[end + 1].start == tokens[end].end else 1
        )
        if not tokens[end + step - 1].text.isalnum() or tokens[end + step - 1].text.islower():
            break
        end += step
    return end


def _trimmed(tokens: Sequence[Token], first: int, end: int, words: Lexicon, label: str) -> tuple[int, int]:
    """Leave articles, titles, possessive marks, quotes and other strays at its edges out of a name."""
    while first < end and (
        tokens[first].tag in _EDGE_LEFT
        or (tokens[first].tag == "CD" and end - first == 1)
        or (end - first > 1 and _is_title(tokens[first], tokens[first + 1], words, label))
    ):
        first += 1
    while end > first and tokens[end - 1].tag in _EDGE_RIGHT and tokens[end - 1].text[-1] in ".,:;\"'”’()[]-–—s":
        if tokens[end - 1].tag == "." and tokens[end - 1].text not in ".-–—":
            break
        end -= 1
    while end > first and tokens[end - 1].text.islower():
        if end - first > 2 and tokens[end - 2].text == "-" and tokens[end - 2].end == tokens[end - 1].start:
            break  # "Kim Dae-jung"
        end -= 1
    span = tokens[first:end]
    if any("$" in t.text for t in span) or _measured(tokens, first, end) or _office(span, words, label):
        return first, first
    if not any(t.text[0].isupper() or _CAMEL.match(t.text) or MODEL.fullmatch(t.text) for t in span):
        return first, first  # "internet", "homeopathy": a common noun the model took for a name
    if len(span) == 1 and (
        len(span[0].text) == 1  # "the letter F"
        or span[0].lower.startswith("non-")
        or span[0].tag in _WORDLESS
        or span[0].lower in words.vacant
        or (label == "PERSON" and _common(span[0], words) and not _title(tokens, first, words))
    ):
        return first, first
    if label in ("ORG", "PERSON", "WORK_OF_ART", "PRODUCT") and _is_role(span, words):
        body = label == "ORG" and Gazetteer.load().is_local(" ".join(t.text for t in span))
        return (first, end) if body else (first, first)  # "the National Guard"
    return first, end


def _measured(tokens: Sequence[Token], first: int, end: int) -> bool:
    """Tell a currency or unit from a name: "GB £20", "16 GB"."""
    before = tokens[first - 1] if first else None
    unit = end - first == 1 and len(tokens[first].text) == 2 and before is not None and before.text.isdigit()
    return (end < len(tokens) and tokens[end].tag == "$") or (unit and tokens[first].text.isupper())


def _office(span: Sequence[Token], words: Lexicon, label: str) -> bool:
    """Tell "Transport Minister" and "Chief Financial Officer" from the name of a body."""
    if len(span) < 2 or label not in ("", "ORG") or span[-2].lower in _SMALL:
        return False
    if span[-1].lower not in words.offices and span[-1].lower not in words.officers:
        return False
    return Gazetteer.load().lookup(" ".join(t.text for t in span)) is None


def _is_role(span: Sequence[Token], words: Lexicon) -> bool:
    """Tell "Prime Minister" from "State Department", which keeps its own kind word."""
    if not span or len(span) > 3 or not all(_common(t, words) for t in span):
        return False
    return span[-1].lemma in words.roles or span[-1].lower in words.titles


def _is_title(token: Token, after: Token, words: Lexicon, label: str) -> bool:
    """Tell a title from a name's own first word ("General Motors")."""
    word = token.lower.rstrip(".")
    if word not in words.titles or not after.text[0].isupper():
        return False
    return (
        (label == "PERSON" and after.lower not in words.name_ends) or bool(words.titles[word]) or token.text[-1] == "."
    )


def _hyphenated(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Find glued names with a hyphen whose first part is one or two letters: "K-For", "al-Qaeda"."""
    for i in range(1, len(tokens) - 1):
        dash = tokens[i]
        if dash.text != "-":
            continue
        before, after = tokens[i - 1], tokens[i + 1]
        if before.end != dash.start or dash.end != after.start or len(before.text) > 2:
            continue
        if not (before.text[0].isupper() or before.lower in ("al", "el")) or not after.text[0].isupper():
            continue
        end = i + 2
        while end < len(tokens) and tokens[end].text[0].isupper() and tokens[end].tag in ("NNP", "NNPS", "CC", "JJ"):
            end += 1
        first = i - 1
        while before.text.islower() and first and tokens[first - 1].ent == "PERSON":
            first -= 1  # "Saif al-Islam Gaddafi"
        yield first, end


def _capitalised(tokens: Sequence[Token], taken: list[bool], words: Lexicon) -> Iterator[tuple[int, int]]:
    """Find runs of proper nouns that the model did not mark, and the surnames it did elsewhere: "Woods said"."""
    surnames = {t.text for t in tokens if t.ent == "PERSON" and t.i and tokens[t.i - 1].ent == "PERSON"}
    i = 0
    while i < len(tokens):
        surname = tokens[i].text in surnames and tokens[i].tag[:2] == "NN"
        if taken[i] or not (surname or tokens[i].tag in _PROPER) or not tokens[i].text[0].isupper():
            i += 1
            continue
        end = i + surname
        while (
            end < len(tokens) and not taken[end] and tokens[end].tag in _PROPER and tokens[end].sent == tokens[i].sent
        ):
            end += 1
        first = i
        while first < end and (
            tokens[first].lower.rstrip(".") in words.titles
            or tokens[first].lower in words.vacant
            or tokens[first].ent in _NOT_NAMES
        ):
            first += 1
        opening = (
            end - first == 1
            and not surname
            and tokens[first].left == first
            and (first == 0 or tokens[first - 1].sent != tokens[first].sent)
        )
        opening = opening and tokens[first].lemma != tokens[first].lower
        titled = first < end and bool(words.titles.get(_title(tokens, first, words)))
        none = first < end and (_measured(tokens, first, end) or _office(tokens[first:end], words, ""))
        if (
            first < end
            and not opening
            and not none
            and (titled or not all(_common(t, words) for t in tokens[first:end]))
        ):
            yield first, end
        i = end


def _common(token: Token, words: Lexicon) -> bool:
    """Tell a capitalised role, title or kind word ("Foreign Minister") from a name's."""
    return (
        token.lemma in words.roles
        or token.lower in words.roles
        or token.lower.rstrip(".") in words.titles
        or token.lower in words.vacant
        or token.lower in words.ranks
        or (token.lower in words.kinds and len(token.text) > 3)
        or not any(ch.isalpha() for ch in token.text)
        or len(token.text) == 1
    )


# ------------------------------------------------------------------ kinds


def _voted(parse: Parse, words: Lexicon, found: Iterable[tuple[int, int, str]]) -> list[NameSpan]:
    """Give every name the kind that its words, its title and the document's other mentions speak for."""
    tokens = parse.tokens
    votes: dict[str, Counter[str]] = {}
    people: set[str] = set()
    surnames: set[str] = set()
    things: set[str] = set()
    """Names that are introduced as something other than a place: "the ferry Estonia"."""
    rows: list[tuple[int, int, str, str, str]] = []
    found = list(found)
    bodies = {tokens[first].lower for first, end, label in found if label == "ORG" and end - first == 1}
    for first, end, label in found:
        key, title = normal(parse.text(first, end)), _title(tokens, first, words)
        kind, weight = _shape(tokens, first, end, label, title, words)
        if kind == "Person" and _firm(tokens, first, end, label, bodies, words):
            kind = "Organization"
        if kind == "Person" and (end - first > 1 or title):
            people.add(tokens[end - 1].lower)
            if tokens[first].lower not in bodies or tokens[first].lower in words.given:
                people.add(tokens[first].lower)  # not the maker of a "Ford Falcon"
        elif label == "PERSON" and kind == "Person":
            surnames.add(key)
        if key not in votes and weight == _CALLED_SO and kind in ("Product", "Organization"):
            things.add(key)
        votes.setdefault(key, Counter())[kind] += weight
        rows.append((first, end, key, title, label))
    for first, end, key, _, label in rows:
        unsure = max(votes[key].values()) <= 3
        if unsure and label in _MISTAKEN and end - first in (2, 3) and tokens[end - 1].lower in surnames:
            votes[key]["Person"] += 4  # "Oluwan Petrash … Petrash said"
            people.update((tokens[end - 1].lower, tokens[first].lower))
    known = _known(parse, words, rows, people)
    known = {key: row for key, row in known.items() if row.kind not in _PLACES or key not in things}
    firms = {key.split()[0] for key, vote in votes.items() if " " in key and _first(vote) == "Company"}
    goods = {_single(key.split()[-1]) for key, vote in votes.items() if " " in key and _first(vote) == "Product"}
    among = {tokens[first].sent for first, _, key, _, _ in rows if _first(votes[key]) == "Product"}
    sold = {key for first, end, key, _, _ in rows if _sold(parse, first, end, words, among)}
    chosen: dict[str, str] = {}
    for key, vote in votes.items():
        row = known.get(key)
        if " " not in key and key in people:
            # A "William Ford" may be known from Ford the maker; no other surname is a body's as well.
            vote["Person"] += 4 if Gazetteer.load().lookup(key.title()) else 4 + max(vote.values())
        elif row is not None:
            vote[row.kind] += 2 + 2 * max(vote.values())
        elif key in firms and _first(vote) in ("Person", "Place"):
            vote["Company"] += max(vote.values())  # "Cerberus Capital … Cerberus"
        elif _single(key) in goods:
            vote["Product"] += 1 + max(vote.values())  # "the Boeing 787 Dreamliner … the Dreamliner"
        elif key in sold:
            vote["Product"] += 1 + max(vote.values())  # "the Focus and the Fiesta", where the text names products
        elif " " not in key and vote["Person"] and len(vote) > 1 and key not in words.given:
            vote["Person"] -= 1  # news introduces a person by the full name
            vote["Organization"] += 1
        chosen[key] = _first(vote)
    out = []
    for first, end, key, title, label in rows:
        kind, row = chosen[key], known.get(key)
        if label == "NORP" and kind in ("Group", "Country", "Region", "City"):
            # "British" as a modifier stands for the country; "the British", "Serbs" for its people
            last = tokens[end - 1]
            people_of = last.tag in ("NNS", "NNPS", "NN") or (last.tag == "JJ" and _has_article(tokens, last))
            kind = "Group" if people_of or row is None else row.kind
        out.append(NameSpan(first, end, kind, title, row if row is not None and kind == row.kind else None))
    return out


def _first(vote: Counter[str]) -> str:
    """Give the kind with most votes, of equals the first by the alphabet."""
    return max(sorted(vote), key=lambda k: vote[k])


def _firm(tokens: Sequence[Token], first: int, end: int, label: str, bodies: set[str], words: Lexicon) -> bool:
    """Tell a firm from a person, who does not go by the first word: "Lockheed Martin … Lockheed"."""
    start = tokens[first].lower
    return end - first == 2 and label == "PERSON" and start in bodies and start not in words.given


def _sold(parse: Parse, first: int, end: int, words: Lexicon, among: set[int]) -> bool:
    """Tell a single name with an article, as few bodies have it, beside products: "Two models go, the Fiesta …"."""
    token = parse.tokens[first]
    if end - first > 1 or token.tag != "NNP" or is_acronym(token.text):
        return False
    if token.lower in words.kinds or token.lower in words.name_ends:
        return False
    if not any(parse.tokens[c].lower == "the" for c in token.children):
        return False
    sentence = parse.sentences[token.sent]
    nouns = (words.kinds.get(t.lemma, ("",))[0] for t in parse.tokens[sentence.first : sentence.end])
    return token.sent in among or "Product" in nouns


def _single(key: str) -> str:
    """Take the plural off a product's name: "Dreamliners"."""
    return key.removesuffix("s")


def _has_article(tokens: Sequence[Token], token: Token) -> bool:
    return any(tokens[c].dep == "det" for c in token.children)


def _known(
    parse: Parse, words: Lexicon, rows: Sequence[tuple[int, int, str, str, str]], people: set[str]
) -> dict[str, Row]:
    """Look the names up in the gazetteer, the states first: they decide between namesakes."""
    gazetteer, day = Gazetteer.load(), parse.document.published
    found: dict[str, Row] = {}
    texts: dict[str, tuple[str, str]] = {}
    titled = {key for _, _, key, title, _ in rows if title}
    for first, end, key, title, label in rows:
        if " " in key or (not title and key not in people):
            text, before = texts.get(key, (clean(parse.text(first, end)), label))
            stands_in = label != "PERSON" and first > 0 and parse.tokens[first - 1].lower in _INSIDE
            texts[key] = text, "GPE" if label in _PLACED or stands_in else before
        elif title and day is not None and label != "ORG" and title in words.roles:
            leader = gazetteer.surname(clean(parse.text(first, end)), (), day)
            if leader is not None:
                found[key] = leader
    for key, (text, label) in texts.items():
        kind = "Country" if label == "NORP" else "Person" if key in titled else None
        row = gazetteer.lookup(text, kind, (), day)
        if row is None and label == "NORP":
            row = gazetteer.lookup(text, "Region", (), day)  # "European"
        if row is not None and row.kind == "City" and label not in _PLACED:
            continue  # towns have the names of everything
        if row is not None and (row.kind != "Person" or " " in text):
            found[key] = row
    named = Counter(found[key].country for _, _, key, _, _ in rows if key in found and found[key].kind == "Country")
    most = [country for country, _ in named.most_common(1) if country]
    for key, (text, _) in texts.items():
        if key not in found and gazetteer.is_local(text) and (own := gazetteer.lookup(text, None, most, day)):
            found[key] = own  # "the Senate": of the state the text speaks of most
    near = spoken_of(found.values())
    for key, row in found.items():
        if row.kind in ("City", "Region", "Place") and row.country not in near:
            found[key] = gazetteer.lookup(texts[key][0], None, near, day) or row
    names = [(first, end, key) for first, end, key, _, _ in rows]
    foreign = _foreign(parse, names, found)
    found = {key: row for key, row in found.items() if key not in foreign}
    return placed(parse, names, {key: text for key, (text, _) in texts.items()}, found)


def _foreign(parse: Parse, names: Sequence[tuple[int, int, str]], found: dict[str, Row]) -> set[str]:
    """Find bodies known in one state that the text gives to another: "Nigeria's Guardian"."""
    states = {end - 1: found[key] for _, end, key in names if key in found and found[key].kind == "Country"}
    out = set()
    for first, end, key in names:
        row = found.get(key)
        if row is None or not row.country or row.kind in _PLACES or row.kind == "Person":
            continue
        owners = [states[c] for i in range(first, end) for c in parse.tokens[i].children if c in states and c < first]
        if any(owner.country != row.country for owner in owners):
            out.add(key)
    return out


def _title(tokens: Sequence[Token], first: int, words: Lexicon) -> str:
    before = first - 1
    if before > 0 and tokens[before].text == ".":
        before -= 1
    if before < 0 or tokens[before].sent != tokens[first].sent:
        return ""
    word = tokens[before].lower.rstrip(".")
    return word if word in words.titles and tokens[before].text[0].isupper() else ""


def _shape(tokens: Sequence[Token], first: int, end: int, label: str, title: str, words: Lexicon) -> tuple[str, int]:
    """Guess a kind from one mention alone; the weight says how much the guess is worth."""
    last, start = tokens[end - 1].lower, tokens[first].lower
    if title and (label in ("PERSON", "") or words.titles[title] or end - first == 1):
        return "Person", 8
    if (start in words.name_starts and label != "PERSON") or (start in words.name_starts and end - first > 1):
        return words.name_starts[start], 6
    if any(_CAMEL.fullmatch(t.text) or MODEL.fullmatch(t.text) for t in tokens[first:end]):
        return "Product", 4
    if _made(tokens, first, end, label, words):
        return "Product", 5
    called = _called(tokens, first, end, words)
    if called:
        return called, 6 if called == "Person" else _CALLED_SO
    if end - first > 1:
        if last in words.name_ends and (label != "PERSON" or start not in words.given):
            kind = words.name_ends[last]
            return ("Facility" if label == "FAC" and kind == "Organization" else kind), 5
        for token in tokens[first:end]:
            if token.lower in ("of", "for") and tokens[token.i - 1].lower in words.name_ends and token.i > first:
                return words.name_ends[tokens[token.i - 1].lower], 4
        if start in words.given and label in ("PERSON", "ORG", "") and all(map(_personal, tokens[first:end])):
            return "Person", 4
    return _labelled(tokens, first, end, label, words)


def _made(tokens: Sequence[Token], first: int, end: int, label: str, words: Lexicon) -> bool:
    """Tell a maker's product from its divisions: "a Ford Falcon", "Apple Macintosh computers", not "Ford Australia"."""
    head = tokens[end - 1]
    if end - first < 2 or label in ("EVENT", "FAC") or head.lower in words.name_ends or head.lower in words.kinds:
        return False
    if Gazetteer.load().lookup(tokens[first].text, "Company") is None:
        return False
    sold = head.dep == "compound" and words.kinds.get(tokens[head.head].lemma, ("",))[0] == "Product"
    return sold or label in ("PERSON", "PRODUCT") or any(tokens[c].dep == "det" for c in head.children)


def _personal(token: Token) -> bool:
    """Tell a word that may stand in a person's name from those of "Mac OS X" and "Royal Courts of Justice"."""
    return token.lower not in _SMALL and not (token.text.isupper() and token.text.isalpha())


def _called(tokens: Sequence[Token], first: int, end: int, words: Lexicon) -> str:
    """Find the kind that a noun beside the name calls it: "the Dutch daily Trouw", "Florence, a woman who …"."""
    before, head = tokens[first - 1] if first else None, tokens[end - 1]
    if before is not None and before.head == head.i and before.pos in ("NOUN", "ADJ"):
        called = words.kinds.get(before.lemma, ("",))[0]
        if called in _CALLED or (called == "Person" and not is_acronym(head.text)):
            return called
    if before is not None and before.tag == "NN" and before.sent == head.sent and tokens[before.left].dep == "det":
        thing = words.kinds.get(before.lemma, ("",))[0]
        if thing == "Product" and tokens[first].tag == "NNP":
            return thing  # "the ferry Estonia"
    after = tokens[end] if end < len(tokens) else None
    if after is not None and after.i == head.head and head.dep == "compound" and after.lemma in words.vessels:
        return words.kinds[after.lemma][0]  # "the Phoenix lander"
    for c in head.children:
        child = tokens[c]
        if c < end:
            continue
        if child.dep == "appos":
            if child.tag == "CD" and child.text.isdigit() and tokens[c - 1].text == "," and int(child.text) < 100:
                return "Person"  # "John Brown, 42"
            if called := _sort(child, words):
                return called
        elif child.dep == "relcl" and any(tokens[g].lower == "who" for g in child.children):
            return "Person"
    described = tokens[head.head]
    if head.dep == "appos" and described.i < first:
        return _sort(described, words)  # "its newest jet, the Dreamliner"
    return ""


def _sort(noun: Token, words: Lexicon) -> str:
    """Give the kind that a noun beside a name tells of its bearer, or ""."""
    kinds = words.kinds.get(noun.lemma, ("",)) if noun.tag == "NN" else ("",)
    return kinds[0] if kinds[0] in _CALLED or kinds[0] == "Person" else ""


def _labelled(tokens: Sequence[Token], first: int, end: int, label: str, words: Lexicon) -> tuple[str, int]:
    start, head = tokens[first].lower, tokens[end - 1]
    if tokens[first].text[:3].isdigit() and (label == "PRODUCT" or (end - first > 1 and label in _THINGS)):
        return "Product", 4  # "747 Jumbo"
    if label == "PERSON" and end - first == 1 and head.text.isupper() and len(head.text) > 2 and is_acronym(head.text):
        label = "ORG"
    if label == "NORP" and head.tag == "NNP" and not head.text.endswith("s"):
        label = "PERSON"  # a people has an adjective or a plural
    if label == "PRODUCT":
        article = any(tokens[c].dep == "det" for c in head.children)
        return ("Product" if article or head.dep == "dobj" or head.tag == "NNPS" else "Organization"), 2
    if (
        label == "PERSON"
        and first > 0
        and tokens[first - 1].lower in ("the", "a", "an")
        and tokens[first - 1].head == head.i
    ):
        # "the Beatles", "the Dreamliner": persons take no article
        return ("Organization" if head.text.endswith("s") else "Product"), 3
    noun = tokens[head.head].lemma if head.dep == "compound" else ""
    if label != "ORG" and noun in words.wide and words.kinds.get(noun, ("",))[0] == "Product":
        return "Product", 3  # "an Aura sedan"
    if label:
        kind = words.labels.get(label, "Concept")
        if kind == "Organization" and end - first == 1 and start in words.given:
            return "Person", 1
        placing = end < len(tokens) and tokens[end].lemma in words.placed and head.dep == "compound"
        if placing and kind == "Organization" and not is_acronym(head.text):
            return "Place", 2  # "the Dayton agreement"
        return kind, 3 if end - first > 1 else 2
    if start in words.given:
        return "Person", 2
    if head.dep in ("nsubj", "nsubjpass") and tokens[head.head].lemma in ("say", "tell", "add"):
        return "Person", 1
    return "Organization", 1


# ------------------------------------------------------------------ forms


@lru_cache(maxsize=1 << 16)
def normal(text: str) -> str:
    """Write a name in its normal form: one case, no stops, no article, no possessive.

    >>> normal("the U.S.'s")
    'us'
    """
    text = _POSSESSIVE.sub("", text.strip()).casefold().replace("’", "'")
    text = re.sub(r"\.(?=\s|\Z|\w)|[\"“”,]", "", text)
    return re.sub(r"\s+", " ", text.removeprefix("the ")).strip()


def clean(name: str) -> str:
    r"""Tidy a name's white space, quotes, article and possessive.

    >>> clean("the  New York\nTimes'")
    'New York Times'
    """
    name = " ".join(name.split()).strip("\"'“”‘’,;: ")
    name = name.removesuffix("'s").removesuffix("’s")
    return name[4:] if name[:4].lower() == "the " and len(name) > 4 else name


def initials(text: str) -> Iterator[str]:
    """Spell the acronyms a name may have, lower case.

    >>> sorted(set(initials("Kosovo Liberation Army")))
    ['kla']
    >>> sorted(set(initials("European Aeronautic Defence and Space Company")))
    ['eadasc', 'eads', 'eadsc']
    """
    parts = [w for w in re.split(r"[\s\-/]+", text) if w[:1].isalnum() or w == "&"]
    big = [w for w in parts if w.lower() not in _SMALL]
    for chosen in (big, parts):
        letters = "".join(w[0] for w in chosen).lower()
        if len(letters) > 1:
            yield letters
    if len(big) > 3:
        yield "".join(w[0] for w in big[:-1]).lower()


def is_acronym(text: str) -> bool:
    """Tell whether a name looks like an acronym.

    >>> is_acronym("NATO"), is_acronym("U.S."), is_acronym("Blair")
    (True, True, False)
    """
    return " " not in text and _ACRONYM.fullmatch(text) is not None and sum(c.isupper() for c in text) > 1
