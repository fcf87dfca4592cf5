"""Finding what refers: names, noun phrases and pronouns, with head, kind, number and gender.

The model's names are repaired by general means before use: titles and articles at their edges, acronyms with
hyphens ("K-For"), runs of capitalised words it passed over, and a vote of the document on each name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from kg.model import Form
from kg.reading.parse import Parse, Token
from kg.reading.resolve.lexicon import Lexicon

_NOT_NAMES: Final = frozenset(["DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"])
_MODIFIER: Final = frozenset(
    ("compound", "amod", "nmod", "npadvmod", "advmod", "quantmod", "nummod", "predet")
)
_SUBJECT: Final = frozenset(("nsubj", "nsubjpass", "csubj"))
_SMALL: Final = frozenset(("of", "and", "the", "for", "in", "on", "&", "de", "du", "des", "la", "le"))
_ACRONYM: Final = re.compile(r"(?:[A-Z]\.?){2,}s?|[A-Z][A-Za-z]?-?[A-Z][A-Za-z]+")
_POSSESSIVE: Final = re.compile(r"['’]s?\Z")


class Candidate(NamedTuple):
    """Something that may refer, before it is known to what."""

    head: int
    """Token of the head."""
    first: int
    """Name or core: first token."""
    end: int
    """Name or core: token after its last."""
    left: int
    """Whole noun phrase: first token."""
    right: int
    """Whole noun phrase: token after its last."""
    form: Form
    kind: str
    number: str
    gender: str
    person: str
    """Grammatical person of a pronoun, or ""."""
    key: str
    """A name in its normal form, a noun's lemma, a pronoun's form."""
    determiner: str
    """ "definite", "demonstrative", "indefinite", "possessive" or "bare"."""
    owner: int
    """Head token of the possessor, or -1."""
    function: str
    """ "subject", "object", "possessor", "modifier" or "other"."""


class NameSpan(NamedTuple):
    """A name as a half-open token range, with the kind it seems to have."""

    first: int
    end: int
    kind: str
    title: str
    """The title before it, lower case, or ""."""


def find(parse: Parse, words: Lexicon) -> list[Candidate]:
    """Find the mentions of a parse in the order of their heads."""
    spans = names(parse, words)
    named: dict[int, NameSpan] = {}
    for span in spans:
        for i in range(span.first, span.end):
            named[i] = span
    out: list[Candidate] = []
    done = -1
    for token in parse.tokens:
        span_here = named.get(token.i)
        if span_here is not None:
            if span_here.first > done:
                done = span_here.first
                out.append(_name(parse, words, span_here))
            continue
        tag = token.tag
        if tag[:2] == "NN":
            found = _nominal(parse, words, token, named)
        elif tag in ("PRP", "PRP$", "WP", "WP$", "WDT", "DT"):
            found = _pronoun(parse, words, token)
        else:
            found = None
        if found is not None:
            out.append(found)
    out.sort(key=lambda c: (c.head, c.left))
    return out


# ------------------------------------------------------------------ names


def names(parse: Parse, words: Lexicon) -> list[NameSpan]:
    """Repair the model's names and let the document vote on the kind of each."""
    tokens = parse.tokens
    taken = [False] * len(tokens)
    found: list[tuple[int, int, str]] = []

    def take(first: int, end: int, label: str) -> None:
        if first < end and not any(taken[first:end]):
            for i in range(first, end):
                taken[i] = True
            found.append((first, end, label))

    for first, end in _hyphenated(tokens):
        take(first, end, "ORG")
    for name in parse.names:
        if name.label not in _NOT_NAMES:
            first, end = _trimmed(tokens, name.first, name.end, words)
            while first < end and taken[first]:
                first += 1
            take(first, end, name.label)
    for first, end in _capitalised(tokens, taken, words):
        take(first, end, "")
    found.sort()
    return _voted(parse, words, found)


def _trimmed(tokens: Sequence[Token], first: int, end: int, words: Lexicon) -> tuple[int, int]:
    """Leave articles, titles, possessive marks, quotes and other strays at its edges out of a name."""
    while first < end:
        token = tokens[first]
        if token.tag in (
            "DT",
            "PRP$",
            "CC",
            "IN",
            ",",
            "``",
            "''",
            "HYPH",
            ":",
            "POS",
            "-LRB-",
            "-RRB-",
            "CD",
        ) or (
            end - first > 1
            and token.lower.rstrip(".") in words.titles
            and tokens[first + 1].text[:1].isupper()
        ):
            if token.tag == "CD" and end - first > 1:
                break
            first += 1
        else:
            break
    while end > first and tokens[end - 1].tag in (
        "POS",
        ",",
        "``",
        "''",
        ".",
        ":",
        "-LRB-",
        "-RRB-",
        "HYPH",
        "IN",
        "CC",
    ):
        if tokens[end - 1].tag == "." and tokens[end - 1].text != ".":
            break
        end -= 1
    if not any(tokens[i].text[:1].isupper() or tokens[i].text[:1].isdigit() for i in range(first, end)):
        # "internet", "homeopathy": a common noun the model took for a name
        return first, first
    if end - first == 1 and tokens[first].tag in ("PRP", "PRP$", "RB", "VBZ", "VBD", "VBP", "MD"):
        return first, first
    return first, end


def _hyphenated(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Find glued names with a hyphen whose first part is one or two letters: "K-For", "F-16", "al-Qaeda"."""
    for i in range(1, len(tokens) - 1):
        dash = tokens[i]
        if dash.text != "-":
            continue
        before, after = tokens[i - 1], tokens[i + 1]
        if before.end != dash.start or dash.end != after.start or len(before.text) > 2:
            continue
        if not (before.text[0].isupper() or before.lower in ("al", "el")) or not (
            after.text[0].isupper() or after.text[0].isdigit()
        ):
            continue
        end = i + 2
        while (
            end < len(tokens)
            and tokens[end].text[:1].isupper()
            and tokens[end].tag in ("NNP", "NNPS", "CC", "JJ")
        ):
            end += 1
        yield i - 1, end


def _capitalised(tokens: Sequence[Token], taken: list[bool], words: Lexicon) -> Iterator[tuple[int, int]]:
    """Find runs of proper nouns that the model did not mark."""
    i = 0
    while i < len(tokens):
        if taken[i] or tokens[i].tag not in ("NNP", "NNPS") or not tokens[i].text[:1].isupper():
            i += 1
            continue
        end = i
        while end < len(tokens) and not taken[end] and tokens[end].tag in ("NNP", "NNPS"):
            end += 1
        first, stop = i, end
        while first < stop and (
            tokens[first].lower.rstrip(".") in words.titles
            or tokens[first].lower in words.vacant
            or tokens[first].ent in _NOT_NAMES
        ):
            first += 1
        run = tokens[first:stop]
        if run and not all(_common(t, words) for t in run):
            yield first, stop
        i = end


def _common(token: Token, words: Lexicon) -> bool:
    """Tell a capitalised role, title or kind word ("Foreign Minister") from a name's."""
    return (
        token.lemma in words.roles
        or token.lower in words.roles
        or token.lower in words.titles
        or token.lower in words.vacant
        or token.lower
        in ("foreign", "prime", "vice", "deputy", "defence", "defense", "senior", "former", "home", "supreme")
        or (token.lower in words.kinds and len(token.text) > 3)
        or not any(ch.isalpha() for ch in token.text)
    )


def _voted(parse: Parse, words: Lexicon, found: list[tuple[int, int, str]]) -> list[NameSpan]:
    """Give every name the kind that its words, title, context and the document's other mentions speak for."""
    tokens = parse.tokens
    votes: dict[str, Counter[str]] = {}
    rows: list[tuple[int, int, str, str, str]] = []
    people: dict[str, int] = {}
    for first, end, label in found:
        key = normal(parse.text(first, end))
        title = _title(tokens, first, words)
        kind, weight = _shape(tokens, first, end, label, title, words)
        if kind == "Person" and end - first > 1:
            for part in (tokens[end - 1].lower, tokens[first].lower):
                people[part] = people.get(part, 0) + 1
        votes.setdefault(key, Counter())[kind] += weight
        rows.append((first, end, key, title, label))
    out = []
    for first, end, key, title, label in rows:
        vote = votes[key]
        if (
            end - first == 1
            and tokens[first].lower in people
            and vote["Person"] + 3 * people[tokens[first].lower] > 2
        ):
            vote["Person"] += 4
        kind = max(sorted(vote), key=lambda k: vote[k])
        if label == "NORP" and tokens[end - 1].tag in ("JJ", "NNP") and kind == "Group":
            kind = "Place"  # "British" as a modifier stands for the country
        out.append(NameSpan(first, end, kind, title))
    return out


def _title(tokens: Sequence[Token], first: int, words: Lexicon) -> str:
    before = first - 1
    if (
        before >= 0
        and tokens[before].text == "."
        and tokens[before].end <= tokens[first].start
        and before > 0
    ):
        before -= 1
    if before < 0 or tokens[before].sent != tokens[first].sent:
        return ""
    word = tokens[before].lower.rstrip(".")
    return word if word in words.titles and tokens[before].text[:1].isupper() else ""


def _shape(
    tokens: Sequence[Token], first: int, end: int, label: str, title: str, words: Lexicon
) -> tuple[str, int]:
    """Guess a kind from one mention alone; the weight says how much the guess is worth."""
    last, start = tokens[end - 1].lower, tokens[first].lower
    if title:
        return "Person", 8
    if end - first > 1:
        if start in words.name_starts and label != "PERSON":
            return words.name_starts[start], 6
        if last in words.name_ends and (label != "PERSON" or start not in words.given):
            return words.name_ends[last], 5
        if start == "the" or "of" in [t.lower for t in tokens[first:end]]:
            for token in tokens[first:end]:
                if token.lower in words.name_ends:
                    return words.name_ends[token.lower], 4
        if start in words.given and label in ("PERSON", "ORG", ""):
            return "Person", 4
    if label:
        kind = words.labels.get(label, "Concept")
        if kind == "Organization" and end - first == 1 and start in words.given:
            return "Person", 1
        return kind, 3 if end - first > 1 else 2
    head = tokens[end - 1]
    if start in words.given:
        return "Person", 2
    if end < len(tokens) and tokens[end].lemma in words.placed and tokens[end].head != end:
        return "Place", 2
    if head.dep in _SUBJECT and tokens[head.head].lemma in ("say", "tell", "add"):
        return "Person", 1
    return "Organization", 1


def normal(text: str) -> str:
    """Write a name in its normal form: one case, no stops, no article, no possessive.

    >>> normal("the U.S.'s")
    'us'
    """
    text = _POSSESSIVE.sub("", text.strip()).casefold().replace("’", "'")
    text = re.sub(r"\.(?=\s|\Z|\w)", "", text)
    text = re.sub(r"[\"“”,]", "", text)
    return re.sub(r"\s+", " ", text.removeprefix("the ")).strip()


# ------------------------------------------------------------------ phrases


def _name(parse: Parse, words: Lexicon, span: NameSpan) -> Candidate:
    tokens = parse.tokens
    head = span.end - 1
    for i in range(span.end - 1, span.first - 1, -1):
        if not span.first <= tokens[i].head < span.end or tokens[i].head == i:
            head = i
            break
    token = tokens[head]
    gender = words.titles.get(span.title, "")
    number = "singular"
    if span.kind == "Person":
        gender = (
            gender or words.given.get(tokens[span.first].lower, "")
            if span.end - span.first > 1 or not gender
            else gender
        )
        if tokens[span.end - 1].tag == "NNPS" and span.end - span.first == 1:
            number = "plural"
    elif span.kind == "Group" and (token.tag in ("NNPS", "NNS") or token.lower.endswith("s")):
        number = "plural"
    modifier = (
        token.dep in _MODIFIER and tokens[token.head].pos in ("NOUN", "PROPN", "ADJ", "VERB")
    ) or token.tag == "JJ"
    left, right = (span.first, span.end) if modifier else _edges(parse, head)
    left, right = min(left, span.first), max(right, span.end)
    if span.title:
        left = min(left, span.first - (2 if tokens[span.first - 1].text == "." else 1))
    return Candidate(
        head, span.first, span.end, left, right, Form.NAME, span.kind, number, gender, "",
        normal(parse.text(span.first, span.end)), "definite", -1,
        "modifier" if modifier else _function(token),
    )  # fmt: skip


def _nominal(parse: Parse, words: Lexicon, token: Token, named: dict[int, NameSpan]) -> Candidate | None:
    tokens = parse.tokens
    if token.ent in _NOT_NAMES and token.lower in words.vacant:
        return None
    dep = token.dep
    if dep in ("compound", "nmod", "npadvmod", "punct", "intj") or (dep == "amod" and token.tag == "NN"):
        if not _titular(tokens, token, words, named):
            return None
        left, right = _prefix(tokens, token)
    else:
        left, right = _edges(parse, token.i)
    if (
        token.text[0].isdigit()
        or not any(ch.isalpha() for ch in token.text)
        or token.lower in ("%", "percent")
    ):
        return None
    determiner, owner = _determiner(tokens, token, words)
    kind = _noun_kind(token, words)
    plural = token.tag in ("NNS", "NNPS") or token.lemma in ("people", "police", "personnel")
    if plural and kind == "Person":
        kind = "Group"
    first = token.i
    while first > left and tokens[first - 1].tag not in (
        "DT",
        "PRP$",
        "POS",
        "PDT",
        "WDT",
        "WP$",
        "``",
        "-LRB-",
    ):
        first -= 1
    return Candidate(
        token.i, first, token.i + 1, left, right, Form.NOMINAL, kind, "plural" if plural else "singular",
        words.genders.get(token.lemma, ""), "", token.lemma, determiner, owner, _function(token),
    )  # fmt: skip


def _titular(tokens: Sequence[Token], token: Token, words: Lexicon, named: dict[int, NameSpan]) -> bool:
    """Tell a role before a name ("spokesman Jamie Shea", "President Clinton") from other noun modifiers."""
    after = token.i + 1
    return (
        (token.lemma in words.roles or token.lower in words.roles)
        and after in named
        and named[after].kind == "Person"
        and named[after].first == after
        and tokens[after].sent == token.sent
    )


def _prefix(tokens: Sequence[Token], token: Token) -> tuple[int, int]:
    """Cover the modifiers before a role that stands before its bearer's name."""
    left = token.i
    while (
        left > 0
        and tokens[left - 1].sent == token.sent
        and tokens[left - 1].head in (token.i, token.head, left)
    ):
        if tokens[left - 1].tag in (",", "CC", "``", "IN") or tokens[left - 1].pos in ("VERB", "AUX"):
            break
        left -= 1
    return left, token.i + 1


def _noun_kind(token: Token, words: Lexicon) -> str:
    kinds = words.kinds.get(token.lemma) or words.kinds.get(token.lower)
    if kinds:
        return kinds[0]
    if token.lemma.endswith(("man", "woman")) and len(token.lemma) > 5:
        return "Person"
    return "Concept"


def _determiner(tokens: Sequence[Token], token: Token, words: Lexicon) -> tuple[str, int]:
    for c in token.children:
        child = tokens[c]
        if child.dep == "poss":
            return "possessive", c
        if child.dep in ("det", "predet", "nummod", "amod") and c < token.i:
            if child.lower in words.demonstrative:
                return "demonstrative", -1
            if child.lower in words.definite:
                return "definite", -1
            if (child.dep != "amod" and child.lower in words.indefinite) or child.dep == "det":
                return "indefinite", -1
    return "bare", -1


def _pronoun(parse: Parse, words: Lexicon, token: Token) -> Candidate | None:
    known = words.pronouns.get(token.lower)
    if known is None:
        return None
    person, number, gender = known
    if token.tag in ("WP", "WP$", "WDT"):
        if not any(parse.tokens[a].dep == "relcl" for a in _up(parse.tokens, token)):
            return None
        person, number = "relative", ""
    elif (
        token.tag == "DT" and (person != "demonstrative" or token.dep in ("det", "mark", "advmod", "predet"))
    ) or person == "relative":
        return None
    if token.lower == "it" and _is_empty(parse.tokens, token, words):
        return None
    kind = "Person" if person in ("1", "2") or gender in ("male", "female", "person") else ""
    possessor = token.tag in ("PRP$", "WP$")
    return Candidate(
        token.i, token.i, token.i + 1, token.i, token.i + 1, Form.PRONOUN, kind, number, gender, person,
        token.lower, "definite", -1, "possessor" if possessor else _function(token),
    )  # fmt: skip


def _up(tokens: Sequence[Token], token: Token) -> Iterator[int]:
    """Walk the heads above a token, at most four."""
    for _ in range(4):
        if token.head == token.i:
            return
        token = tokens[token.head]
        yield token.i


def _is_empty(tokens: Sequence[Token], token: Token, words: Lexicon) -> bool:
    """Tell an "it" that refers to nothing: "it is clear that …", "it seems", "it takes time to …"."""
    if token.dep == "expl":
        return True
    if token.dep not in _SUBJECT:
        return False
    verb = tokens[token.head]
    clausal = any(
        tokens[c].dep in ("ccomp", "xcomp", "csubj", "advcl", "relcl", "acl") and c > verb.i
        for c in verb.children
    )
    if verb.lemma == "be":
        for c in verb.children:
            child = tokens[c]
            if child.dep in ("acomp", "attr") and c > verb.i:
                inner = any(
                    tokens[g].dep in ("ccomp", "xcomp", "relcl", "acl", "prep") for g in child.children
                )
                return ((clausal or inner) and child.lemma in words.empty_it) or child.ent in ("DATE", "TIME")
        return False
    return (clausal and verb.lemma in words.empty_it and verb.lemma not in ("be", "take")) or (
        verb.lemma in ("take", "rain", "snow") and clausal
    )


def _edges(parse: Parse, i: int) -> tuple[int, int]:
    """Bound the whole noun phrase of a head: its subtree less conjuncts and outer punctuation."""
    tokens = parse.tokens
    token = tokens[i]
    left, right = i, i + 1
    for c in token.children:
        child = tokens[c]
        if c < i:
            if child.dep in (
                "cc",
                "preconj",
                "punct",
                "mark",
                "conj",
                "intj",
                "prep",
                "advcl",
                "parataxis",
            ) and not (child.dep == "punct" and child.text in ("$", "-")):
                continue
            left = min(left, child.left)
        elif child.dep in ("conj", "cc", "punct", "parataxis", "advcl", "intj", "dep", "meta", "ccomp"):
            if child.dep in ("conj", "cc"):
                break
        else:
            right = max(right, child.right + 1)
    # A clause's words may hang below a fronted modifier: never run over the head's own verb.
    if token.head < i < right and left <= token.head:
        left = token.head + 1
    if token.head > i and right > token.head:
        right = token.head
    while right > i + 1 and tokens[right - 1].tag in (",", ".", ":", "``", "''", "CC", "-LRB-", "HYPH"):
        right -= 1
    while left < i and tokens[left].tag in (",", ".", ":", "``", "''", "CC", "HYPH", "RB"):
        left += 1
    return left, right


def _function(token: Token) -> str:
    if token.dep in _SUBJECT:
        return "subject"
    if token.dep in ("dobj", "dative", "agent", "oprd"):
        return "object"
    if token.dep == "poss":
        return "possessor"
    if token.dep in _MODIFIER:
        return "modifier"
    return token.dep if token.dep in ("appos", "attr", "conj") else "other"


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
