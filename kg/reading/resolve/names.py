"""The names of a document, repaired: their bounds, and by a vote of the whole document their kinds.

The model is often wrong at the edges of a name (titles, articles, quotes), splits acronyms with hyphens ("K-For"),
passes over products ("iPhone", "A380") and types surnames as organisations. Words of the ontology, titles, the
document's other mentions of the name, and the gazetteer mend most of that.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from kg.reading.parse import Parse, Token
from kg.reading.resolve.gazetteer import Gazetteer, Row
from kg.reading.resolve.lexicon import Lexicon
from kg.reading.resolve.places import placed

_NOT_NAMES: Final = frozenset(("DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"))
_SMALL: Final = frozenset(("of", "and", "the", "for", "in", "on", "&", "de", "du", "des", "la", "le"))
_ACRONYM: Final = re.compile(r"(?:[A-Z]\.?){2,}s?|[A-Z][A-Za-z]?-?[A-Z][A-Za-z]+")
_POSSESSIVE: Final = re.compile(r"['’]s?\Z")
_CAMEL: Final = re.compile(r"[a-z]{1,6}[A-Z][A-Za-z]+")
MODEL: Final = re.compile(r"[A-Z]{1,3}-?\d{1,4}[A-Za-z]{0,3}|\d{3,4}-\d{1,4}[A-Z]{0,3}|\d{1,2}(?:GS|G|S|C|X)")
_EDGE_LEFT: Final = frozenset(("DT", "PRP$", "CC", "IN", ",", "``", "''", "HYPH", ":", "POS", "-LRB-", "-RRB-"))
_EDGE_RIGHT: Final = frozenset(("POS", ",", "``", "''", ".", ":", "-LRB-", "-RRB-", "HYPH", "IN", "CC"))
_WORDLESS: Final = frozenset(("PRP", "PRP$", "RB", "VBZ", "VBD", "VBP", "MD", "VBG", "IN", "UH"))
_CALLED: Final = frozenset(("Publication", "Company", "Organization", "Party", "MilitaryUnit", "City", "Country"))
_THINGS: Final = frozenset(("ORG", "GPE", "PERSON", "FAC"))
_COUNTED: Final = frozenset(("DATE", "TIME", "MONEY", "PERCENT"))
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
    return _voted(parse, words, _rejoined(tokens, sorted(found), words))


def _proposed(parse: Parse, words: Lexicon, taken: list[bool]) -> Iterator[tuple[int, int, str]]:
    """Spans that may be names, the surest first; what is taken meanwhile shows in `taken`."""
    tokens = parse.tokens
    yield from ((first, end, "ORG") for first, end in _hyphenated(tokens))
    for name in parse.names:
        if name.label in _NOT_NAMES:
            continue
        first, end = _trimmed(tokens, name.first, name.end, words, name.label)
        while first < end and taken[first]:
            first += 1
        if first and first < end and _CAMEL.fullmatch(tokens[first - 1].text) and tokens[first - 1].head < end:
            first -= tokens[first - 1].head >= first
        if first < end:
            if end < len(tokens) and not taken[end] and _is_company_end(tokens[end - 1], tokens[end], words):
                end += 1
            label = "GPE" if _dateline(parse, first, end) else name.label
            longer = _completed(tokens, first, end, label, words)
            yield _numbered(tokens, first, end, label, words) if longer == end else (first, longer, "ORG")
    yield from ((first, end, "PRODUCT") for first, end in _models(tokens, taken))
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
        yield _numbered(tokens, first, end, "", words) if tokens[first].lower in words.name_starts else (first, end, "")


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


def _dateline(parse: Parse, first: int, end: int) -> bool:
    """Tell the place that opens a report: "LIVERPOOL, March 3 -"."""
    tokens = parse.tokens
    token = tokens[first]
    return (
        token.text.isupper()
        and len(token.text) > 3
        and first == parse.sentences[token.sent].first
        and end + 1 < len(tokens)
        and (tokens[end].text in ("(", "-", "–", "—") or (tokens[end].text == "," and tokens[end + 1].ent == "DATE"))
    )


def _rejoined(
    tokens: Sequence[Token], found: Sequence[tuple[int, int, str]], words: Lexicon
) -> list[tuple[int, int, str]]:
    """Make one name of a given name that the model took for a place and a surname: "Paris Holm, an heiress"."""
    out: list[tuple[int, int, str]] = []
    for first, end, label in found:
        if out and out[-1][1] == first and out[-1][2] == "GPE" and end - first == 1 == first - out[-1][0]:
            apposed = (tokens[c].lemma for c in tokens[first].children if tokens[c].dep == "appos")
            if any("Person" in words.kinds.get(noun, ()) for noun in apposed):
                first, label = out.pop()[0], "PERSON"
        out.append((first, end, label))
    return out


def _continues(before: Token, token: Token) -> bool:
    if token.sent != before.sent:
        return False
    return token.tag in _PROPER or (token.tag == "CD" and token.text.isdigit() and len(token.text) < 3)


def _models(tokens: Sequence[Token], taken: list[bool]) -> Iterator[tuple[int, int]]:
    """Find models that go by a number, where the text once sets it after a maker: "Boeing 787 … the 787-9"."""
    known = {
        t.text
        for t in tokens
        if t.tag == "CD" and len(t.text) == 3 and t.text.isdigit() and t.i and t.ent not in _COUNTED
        if tokens[t.i - 1].tag in _PROPER and tokens[t.i - 1].ent in ("ORG", "PRODUCT") and t.head >= t.i - 1
    }
    if not known:
        return
    known |= {f"{number}s" for number in known}
    for t in tokens:
        if t.text in known and not taken[t.i] and t.ent not in _COUNTED:
            end = t.i + 1
            if end + 1 < len(tokens) and tokens[end].text == "-" and t.end == tokens[end + 1].start - 1:
                end += 2
            while end < len(tokens) and not taken[end] and tokens[end].tag in _PROPER and tokens[end].sent == t.sent:
                end += 1
            yield t.i, end


def _numbered(tokens: Sequence[Token], first: int, end: int, label: str, words: Lexicon) -> tuple[int, int, str]:
    """Take the number of a model or an index into its name: "Boeing 747", "FTSE 100"."""
    if end >= len(tokens) or label not in ("ORG", "PRODUCT", "PERSON", "GPE", "WORK_OF_ART", ""):
        return first, end, label
    after, last = tokens[end], tokens[end - 1]
    if after.sent != last.sent or after.start != last.end + 1 or not after.text[0].isalnum():
        return first, end, label
    if MODEL.fullmatch(after.text):
        return first, end + 1, "PRODUCT"
    if after.text.isdigit() and len(after.text) <= 4 and after.ent not in ("DATE", "TIME", "MONEY", "PERCENT"):
        if after.text in words.name_ends:
            return first, end + 1, label
        if after.head <= end and label == "PRODUCT":
            return first, end + 1, label
    return first, end, label


def _trimmed(tokens: Sequence[Token], first: int, end: int, words: Lexicon, label: str) -> tuple[int, int]:
    """Leave articles, titles, possessive marks, quotes and other strays at its edges out of a name."""
    while first < end and (
        tokens[first].tag in _EDGE_LEFT
        or (tokens[first].tag == "CD" and end - first == 1)
        or (end - first > 1 and _is_title(tokens[first], tokens[first + 1], words, label))
    ):
        first += 1
    while end > first and tokens[end - 1].tag in _EDGE_RIGHT and tokens[end - 1].text[-1] in ".,:;\"'”’()[]-–—s":
        if tokens[end - 1].tag == "." and tokens[end - 1].text != ".":
            break
        end -= 1
    while end > first and tokens[end - 1].text.islower() and tokens[end - 1].lower not in _SMALL:
        end -= 1
    span = tokens[first:end]
    if any("$" in t.text for t in span):
        return first, first
    if not any(t.text[0].isupper() or _CAMEL.match(t.text) or MODEL.fullmatch(t.text) for t in span):
        return first, first  # "internet", "homeopathy": a common noun the model took for a name
    if len(span) == 1 and (
        span[0].lower.startswith("non-")
        or span[0].tag in _WORDLESS
        or span[0].lower in words.vacant
        or (label == "PERSON" and _common(span[0], words) and not _title(tokens, first, words))
    ):
        return first, first
    if _is_role(span, words) and label in ("ORG", "PERSON", "WORK_OF_ART", "PRODUCT"):
        return first, first
    return first, end


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
        yield i - 1, end


def _capitalised(tokens: Sequence[Token], taken: list[bool], words: Lexicon) -> Iterator[tuple[int, int]]:
    """Find runs of proper nouns that the model did not mark."""
    i = 0
    while i < len(tokens):
        if taken[i] or tokens[i].tag not in _PROPER or not tokens[i].text[0].isupper():
            i += 1
            continue
        end = i
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
            and tokens[first].left == first
            and (first == 0 or tokens[first - 1].sent != tokens[first].sent)
        )
        opening = opening and tokens[first].lemma != tokens[first].lower
        titled = first < end and bool(words.titles.get(_title(tokens, first, words)))
        if first < end and not opening and (titled or not all(_common(t, words) for t in tokens[first:end])):
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
    )


# ------------------------------------------------------------------ kinds


def _voted(parse: Parse, words: Lexicon, found: Iterable[tuple[int, int, str]]) -> list[NameSpan]:
    """Give every name the kind that its words, its title and the document's other mentions speak for."""
    tokens = parse.tokens
    votes: dict[str, Counter[str]] = {}
    people: set[str] = set()
    surnames: set[str] = set()
    rows: list[tuple[int, int, str, str, str]] = []
    found = list(found)
    bodies = {tokens[first].lower for first, end, label in found if label == "ORG" and end - first == 1}
    for first, end, label in found:
        key, title = normal(parse.text(first, end)), _title(tokens, first, words)
        kind, weight = _shape(tokens, first, end, label, title, words)
        if kind == "Person" and (end - first > 1 or title):
            people.add(tokens[end - 1].lower)
            if tokens[first].lower not in bodies or tokens[first].lower in words.given:
                people.add(tokens[first].lower)  # not the maker of a "Ford Falcon"
        elif label == "PERSON" and kind == "Person":
            surnames.add(key)
        votes.setdefault(key, Counter())[kind] += weight
        rows.append((first, end, key, title, label))
    for first, end, key, _, label in rows:
        unsure = votes[key].most_common(1)[0][0] == "Organization" and votes[key]["Organization"] <= 3
        if unsure and label in ("", "ORG") and end - first in (2, 3) and tokens[end - 1].lower in surnames:
            votes[key]["Person"] += 4  # "Oluwan Petrash … Petrash said"
            people.update((tokens[end - 1].lower, tokens[first].lower))
    known = _known(parse, words, rows, people)
    chosen: dict[str, str] = {}
    for key, vote in votes.items():
        row = known.get(key)
        if " " not in key and key in people:
            vote["Person"] += 4
        elif row is not None:
            vote[row.kind] += 2 + 2 * max(vote.values())
        elif " " not in key and vote["Person"] and key not in words.given:
            vote["Person"] -= 1  # news introduces a person by the full name
            vote["Organization"] += 1
        chosen[key] = max(sorted(vote), key=lambda k: vote[k])
    out = []
    for first, end, key, title, label in rows:
        kind, row = chosen[key], known.get(key)
        if label == "NORP" and kind in ("Group", "Country", "Region", "City"):
            # "British" as a modifier stands for the country; "the British", "Serbs" for its people
            last = tokens[end - 1]
            people_of = last.tag in ("NNS", "NNPS", "NN") or (last.tag == "JJ" and _has_article(tokens, last))
            kind = "Group" if people_of else "Place" if row is None else row.kind
        out.append(NameSpan(first, end, kind, title, row if row is not None and kind == row.kind else None))
    return out


def _has_article(tokens: Sequence[Token], token: Token) -> bool:
    return any(tokens[c].dep == "det" for c in token.children)


def _known(
    parse: Parse, words: Lexicon, rows: Sequence[tuple[int, int, str, str, str]], people: set[str]
) -> dict[str, Row]:
    """Look the names up in the gazetteer, the states first: they decide between namesakes."""
    gazetteer, day = Gazetteer.load(), parse.document.published
    found: dict[str, Row] = {}
    texts: dict[str, tuple[str, str]] = {}
    for first, end, key, title, label in rows:
        if not title and (" " in key or key not in people):
            texts.setdefault(key, (clean(parse.text(first, end)), label))
        elif title and day is not None and " " not in key and label != "ORG" and title in words.roles:
            leader = gazetteer.surname(clean(parse.text(first, end)), (), day)
            if leader is not None:
                found[key] = leader
    countries: dict[str, None] = {}
    for key, (text, label) in texts.items():
        row = gazetteer.lookup(text, "Country" if label == "NORP" else None, (), day)
        if row is None and label == "NORP":
            row = gazetteer.lookup(text, "Region", (), day)  # "European"
        if row is not None and row.kind == "City" and label not in ("GPE", "LOC", "FAC"):
            continue  # towns have the names of everything
        if row is not None and (row.kind != "Person" or " " in text):
            found[key] = row
            if row.kind == "Country" and row.country:
                countries[row.country] = None
    named = Counter(found[key].country for _, _, key, _, _ in rows if key in found and found[key].kind == "Country")
    told = [country for country, _ in named.most_common(1) if country]
    for key, (text, _) in texts.items():
        if key not in found and gazetteer.is_local(text) and (own := gazetteer.lookup(text, None, told, day)):
            found[key] = own  # "the Senate": of the state the text speaks of most
    for key, row in found.items():
        if row.kind in ("City", "Region", "Place") and row.country not in countries:
            found[key] = gazetteer.lookup(texts[key][0], None, tuple(countries), day) or row
    names = ((first, end, key) for first, end, key, _, _ in rows)
    return placed(parse, names, {key: text for key, (text, _) in texts.items()}, found)


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
    called = _called(tokens, first, end, words)
    if called:
        return called, 6 if called == "Person" else 4
    if end - first > 1:
        if last in words.name_ends and (label != "PERSON" or start not in words.given):
            return words.name_ends[last], 5
        for token in tokens[first:end]:
            if token.lower in ("of", "for") and tokens[token.i - 1].lower in words.name_ends and token.i > first:
                return words.name_ends[tokens[token.i - 1].lower], 4
        if start in words.given and label in ("PERSON", "ORG", ""):
            return "Person", 4
    return _labelled(tokens, first, end, label, words)


def _called(tokens: Sequence[Token], first: int, end: int, words: Lexicon) -> str:
    """Find the kind that a noun beside the name calls it: "the Dutch daily Trouw", "Florence, a woman who …"."""
    before, head = tokens[first - 1] if first else None, tokens[end - 1]
    if before is not None and before.head == head.i and before.pos in ("NOUN", "ADJ"):
        called = words.kinds.get(before.lemma, ("",))[0]
        if called in _CALLED or (called == "Person" and not is_acronym(head.text)):
            return called
    for c in head.children:
        child = tokens[c]
        if c < end:
            continue
        if child.dep == "appos":
            if child.tag == "CD" and child.text.isdigit() and tokens[c - 1].text == "," and int(child.text) < 100:
                return "Person"  # "John Brown, 42"
            if child.pos == "NOUN" and words.kinds.get(child.lemma, ("",))[0] == "Person" and child.tag == "NN":
                return "Person"
        elif child.dep == "relcl" and any(tokens[g].lower == "who" for g in child.children):
            return "Person"
    return ""


def _labelled(tokens: Sequence[Token], first: int, end: int, label: str, words: Lexicon) -> tuple[str, int]:
    start, head = tokens[first].lower, tokens[end - 1]
    if any(_CAMEL.fullmatch(t.text) or MODEL.fullmatch(t.text) for t in tokens[first:end]):
        return "Product", 4
    if tokens[first].text[:3].isdigit() and (label == "PRODUCT" or (end - first > 1 and label in _THINGS)):
        return "Product", 4  # "747 Jumbo"
    if label == "PRODUCT":
        article = any(tokens[c].dep == "det" for c in head.children)
        return ("Product" if article or head.dep == "dobj" else "Organization"), 2
    if (
        label == "PERSON"
        and first > 0
        and tokens[first - 1].lower in ("the", "a", "an")
        and tokens[first - 1].head == head.i
    ):
        # "the Beatles", "the Dreamliner": persons take no article
        return ("Organization" if head.text.endswith("s") else "Product"), 2
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
