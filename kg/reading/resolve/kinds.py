"""The kinds of names, by a vote of the whole document.

The model types surnames as organisations and towns as people. Titles, the nouns beside a name, the document's other
mentions of it, and the gazetteer mend most of that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from kg.gazetteer import fold
from kg.reading.parse import Parse, Token
from kg.reading.resolve.forms import CAMEL, MODEL, SMALL, clean, is_acronym, normal
from kg.reading.resolve.gazetteer import Gazetteer, Row, is_local
from kg.reading.resolve.lexicon import Lexicon
from kg.reading.resolve.places import placed
from kg.reading.resolve.signs import entitled, fielded, has_parts, inside, is_reached, sails

_CALLED: Final = frozenset(
    ("Publication", "Company", "Organization", "Party", "MilitaryUnit", "City", "Country", "Product")
)
_CALLED_SO: Final = 4
"""Votes of a noun beside a name for what it calls it."""
_MISTAKEN: Final = frozenset(("", "ORG", "FAC", "WORK_OF_ART"))
"""Labels that the model gives people whose names are strange to it."""
_PLACED: Final = frozenset(("GPE", "LOC", "FAC"))
_THINGS: Final = frozenset(("ORG", "GPE", "PERSON", "FAC"))
_PLACES: Final = frozenset(("Country", "Region", "City"))
_OFTEN: Final = frozenset(("the", "sunday", "saturday", "morning", "evening"))
"""Words in the names of papers that say no more than "Times" does."""
_NEITHER: Final = _PLACES | {"Person", "Publication"}
_OWN, _RUNNING = ("kg",), "gum"
"""Sources of bodies so well known that their letters alone are enough: our table of such, and names in running text."""
_STATES: Final = frozenset(("have", "lie", "stand", "see", "need", "become", "remain"))


class NameSpan(NamedTuple):
    """A name as a half-open token range, with the kind it seems to have."""

    first: int
    end: int
    kind: str
    title: str
    """The title before it, lower case, or ""."""
    row: Row | None = None
    """What the gazetteer knows it as."""


def voted(parse: Parse, words: Lexicon, found: Iterable[tuple[int, int, str]]) -> list[NameSpan]:
    """Give every name the kind that its words, its title and the document's other mentions speak for."""
    tokens = parse.tokens
    votes: dict[str, Counter[str]] = {}
    people: set[str] = set()
    surnames: set[str] = set()
    things: set[str] = set()
    """Names that are introduced as something other than a place: "the ferry Estonia"."""
    towns: set[str] = set()
    """Names that are introduced as places or of which is said what only a place has: "residents of Nokia"."""
    rows: list[tuple[int, int, str, str, str]] = []
    sure: dict[int, str] = {}
    """Head of a name → its kind, where its own words or a noun beside it tell it."""
    found = list(found)
    halves = {name.first for name in parse.names if name.label == "ORG" and name.end - name.first == 1}
    joined = {normal(parse.text(first, end)) for first, end, _ in found if first in halves and end - first == 2}
    bodies = {tokens[first].lower for first, end, label in found if label == "ORG" and end - first == 1}
    for first, end, label in found:
        key, title = normal(parse.text(first, end)), title_before(tokens, first, words)
        kind, weight = _shape(tokens, first, end, label, title, words)
        strange = kind == "Person" and not title and tokens[first].lower not in words.given and key in joined
        if strange or (kind == "Person" and _firm(tokens, first, end, label, bodies, words)):
            kind = "Organization"
        if (label, kind) == ("GPE", "Place") and _acts(tokens, first, end) and not Gazetteer.load().lookup(key.title()):
            kind, weight = "Organization", 4
        if kind == "Person" and (end - first > 1 or title):
            people.add(tokens[end - 1].lower)
            if tokens[first].lower not in bodies or tokens[first].lower in words.given:
                people.add(tokens[first].lower)  # not the maker of a "Ford Falcon"
        elif label == "PERSON" and kind == "Person":
            surnames.add(key)
        if (key not in votes and weight == _CALLED_SO and kind in ("Product", "Organization")) or (
            kind == "Person" and not title and end - first == 1 and _called(tokens, first, end, words) == "Person"
        ):
            things.add(key)
        votes.setdefault(key, Counter())[kind] += weight
        if label in _PLACED and inside(tokens, first) and kind == "Place":
            votes[key]["Place"] += 2  # "in Bangor … the mayor of Bangor", which the model takes for a body
        if (parted := has_parts(tokens, first, end, words)) or is_reached(tokens, first, end, words):
            votes[key]["Place"] += _CALLED_SO
        if parted or (weight == _CALLED_SO and kind in _PLACES):
            towns.add(key)
        if sails(tokens, first, end, words):
            votes[key]["Product"] += 2 * _CALLED_SO
            things.add(key)
        if weight >= _CALLED_SO:
            sure.update(dict.fromkeys(range(first, end), kind))
        rows.append((first, end, key, title, label))
    for first, end, key, _, _ in rows:
        for kind in _listed(tokens, first, end, sure):
            votes[key][kind] += 2
    for first, end, key, _, label in rows:
        unsure = max(votes[key].values()) <= 3
        if unsure and label in _MISTAKEN and end - first in (2, 3) and tokens[end - 1].lower in surnames:
            votes[key]["Person"] += 4  # "Oluwan Petrash … Petrash said"
            people.update((tokens[end - 1].lower, tokens[first].lower))
    known = _known(parse, words, rows, people)
    things |= entitled(tokens, [row[:3] for row in rows], words)
    teams = fielded(parse, words, [(first, end, key) for first, end, key, _, label in rows if label != "NORP"])
    known = {k: row for k, row in known.items() if k not in (things | teams if row.kind in _PLACES else towns)}
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
        elif key in teams and _first(vote) == "Place":
            vote["Organization"] += 1 + max(vote.values())
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
    out, unborne = [], frozenset(_unborne(parse, known))
    for first, end, key, title, label in rows:
        kind, row = chosen[key], known.get(key) if key not in unborne else None
        if label == "NORP" and kind in ("Group", "Country", "Region", "City"):
            # "British" as a modifier stands for the country; "the British", "Serbs" for its people
            last = tokens[end - 1]
            people_of = last.tag in ("NNS", "NNPS", "NN") or (last.tag == "JJ" and _has_article(tokens, last))
            kind = "Group" if people_of or row is None else row.kind
        out.append(NameSpan(first, end, kind, title, row if row is not None and kind == row.kind else None))
    return out


def _acts(tokens: Sequence[Token], first: int, end: int) -> bool:
    """Tell a single name that does something, as few towns do: "Norvex sues"."""
    verb = tokens[tokens[first].head]
    acts = tokens[first].dep == "nsubj" and verb.pos == "VERB" and verb.tag != "VBN"
    return end - first == 1 and acts and verb.lemma not in _STATES


def _listed(tokens: Sequence[Token], first: int, end: int, sure: dict[int, str]) -> set[str]:
    """Give the kinds of the names that stand beside one in a list: "Leopard, iOS 5 and iCloud"."""
    head = tokens[end - 1]
    beside = [head.head] if head.dep == "conj" else []
    beside += [c for c in head.children if tokens[c].dep == "conj"]
    return {sure[i] for i in beside if i in sure and not first <= i < end}


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
            stands_in = label != "PERSON" and inside(parse.tokens, first)
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
        if row is None and label in _PLACED:
            row = next(iter(gazetteer.places(text, day)), None)  # a small town, of which its state will tell
        if row is not None and row.kind == "City" and label not in _PLACED:
            continue  # towns have the names of everything
        if row is not None and row.kind == "Company" and label == "GPE" and fold(text) != fold(row.name):
            continue  # "in Dover" is not the Dover Corporation
        if row is not None and (row.kind != "Person" or " " in text):
            found[key] = row
    named = Counter(found[key].country for _, _, key, _, _ in rows if key in found and found[key].kind == "Country")
    most = [country for country, _ in named.most_common(1) if country]
    for key, (text, _) in texts.items():
        if key not in found and gazetteer.is_local(text) and (own := gazetteer.lookup(text, None, most, day)):
            found[key] = own  # "the Senate": of the state the text speaks of most
    names = [(first, end, key) for first, end, key, _, _ in rows]
    foreign = _foreign(parse, words, names, found)
    found = {key: row for key, row in found.items() if key not in foreign}
    return placed(parse, words, names, {key: text for key, (text, _) in texts.items()}, found)


def _foreign(parse: Parse, words: Lexicon, names: Sequence[tuple[int, int, str]], found: dict[str, Row]) -> set[str]:
    """Find bodies known in one state that the text gives to another: "Nigeria's Guardian", "…, the Lagos daily".

    Papers called a "Daily Telegraph" are many, and fronts, unions and letters; in a text on other states they are
    another's.
    """
    tokens, out = parse.tokens, set[str]()
    states = {end - 1: found[key] for _, end, key in names if key in found and found[key].kind in ("Country", "City")}
    spoken = {row.country for row in found.values() if row.kind in _PLACES or row.terms}
    for first, end, key in names:
        row = found.get(key)
        if row is None or not row.country or row.kind in _PLACES or row.kind == "Person":
            continue
        beside = [c for i in range(first, end) for c in tokens[i].children if c < first]
        apposed = [c for c in tokens[end - 1].children if tokens[c].dep == "appos"] if row.kind == "Publication" else []
        beside += [c for noun in apposed for c in tokens[noun].children if c < noun]
        many = row.kind == "Publication" and all(
            word in _OFTEN or words.name_ends.get(word) == "Publication" for word in row.name.casefold().split()
        )
        many = many or (row.kind != "Company" and tokens[end - 1].lower in words.repeated)
        many = many or (end - first == 1 and row.kind != "Company" and is_acronym(tokens[first].text))
        elsewhere = many and spoken and row.country not in spoken
        if elsewhere or any(states[c].country != row.country for c in beside if c in states):
            out.add(key)
    return out


def _unborne(parse: Parse, found: Mapping[str, Row]) -> Iterator[str]:
    """Find bodies of one word that a text on other states does not bear out by a word of their longer names.

    "Apple" in London is no maker of computers, nor "WWF" the fund where neither nature nor wildlife is spoken of; nor
    is a "Security Council" that of the United Nations where these are not named.
    """
    spoken = {row.country for row in found.values() if row.kind in _PLACES or row.terms}
    said = {token.lower.replace(".", "") for token in parse.tokens}
    for key, row in found.items():
        known = row.country is None and (row.source == _OWN or _RUNNING in row.source)
        bare = " " not in key and not known
        if row.kind in _NEITHER or row.country in spoken or not (bare or is_local(key)):
            continue
        if (spoken or not bare) and said.isdisjoint(row.longer([key])):
            yield key


def title_before(tokens: Sequence[Token], first: int, words: Lexicon) -> str:
    """Find the title before a name, in small letters, or ""."""
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
    if any(CAMEL.fullmatch(t.text) or MODEL.fullmatch(t.text) for t in tokens[first:end]):
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
    return token.lower not in SMALL and not (token.text.isupper() and token.text.isalpha())


def _called(tokens: Sequence[Token], first: int, end: int, words: Lexicon) -> str:
    """Find the kind that a noun beside the name calls it: "the Dutch daily Trouw", "Florence, a woman who …"."""
    before, head = tokens[first - 1] if first else None, tokens[end - 1]
    if before is not None and before.head == head.i and before.pos in ("NOUN", "ADJ"):
        called = words.kinds.get(before.lemma, ("",))[0]
        if called in _CALLED or (called == "Person" and not is_acronym(head.text)):
            return called
    if (
        before is not None
        and (before.tag, tokens[first].tag, tokens[before.left].dep) == ("NN", "NNP", "det")
        and before.sent == head.sent
        and "Product" in words.kinds.get(before.lemma, ())
    ):
        return "Product"  # "the ferry Estonia"
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
    if label == "PRODUCT" and head.text.isdigit() and end - first > 1:
        return "Product", 4  # "Windows 7"
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
