"""Finding what refers: names, noun phrases and pronouns, with head, kind, number and gender."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from kg.model import Form
from kg.reading.parse import Parse, Token
from kg.reading.resolve.forms import normal
from kg.reading.resolve.gazetteer import Row
from kg.reading.resolve.kinds import NameSpan
from kg.reading.resolve.lexicon import Lexicon
from kg.reading.resolve.names import names

_NOT_NAMES: Final = frozenset(["DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"])
_MODIFIER: Final = frozenset(("compound", "amod", "nmod", "npadvmod", "advmod", "quantmod", "nummod", "predet"))
_OPENED: Final = {")": "(", "]": "[", '"': '"', "”": "“"}
_DASHES: Final = frozenset(("-", "--", "–", "—"))
_NAMED: Final = frozenset(("NNP", "NNPS", "DT", "PRP$"))
_SUBJECT: Final = frozenset(("nsubj", "nsubjpass", "csubj"))


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
    row: Row | None = None
    """What the gazetteer knows a name as."""


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
    first, row = span.first, span.row
    if not modifier and _reborn(tokens, span, words):
        first, row = first - 1, None
    left, right = (span.first, span.end) if modifier else _edges(parse, head)
    left, right = _alone(tokens, min(left, span.first), span.first), max(right, span.end)
    left = tokens[left - 1].left if _strayed(tokens, left, token) else left
    if span.title:
        left = min(left, span.first - (2 if tokens[span.first - 1].text == "." else 1))
    return Candidate(
        head, first, span.end, left, right, Form.NAME, span.kind, number, gender, "",
        normal(parse.text(first, span.end)), "definite", -1,
        "modifier" if modifier else _function(parse.tokens, token), row,
    )  # fmt: skip


def _alone(tokens: Sequence[Token], left: int, first: int) -> int:
    """Open the phrase of a name after what stands beside it alone: "Norven and | parent Hydro", "Oslo - | Hydro"."""
    for i in range(first - 1, left - 1, -1):
        token = tokens[i]
        parted = token.text in ("(", ")") or (token.text in _DASHES and token.end < tokens[i + 1].start)
        if parted or (token.tag == "CC" and tokens[i - 1].tag in ("NNP", "NNPS") and tokens[i + 1].tag in _NAMED):
            return i + 1
    return left


def _reborn(tokens: Sequence[Token], span: NameSpan, words: Lexicon) -> bool:
    """Tell a body that is set apart from the known one of its name: "the old Fiat", "the merged Fiat"."""
    if span.row is None or "Organization" not in words.above.get(span.kind, (span.kind,)) or span.first < 2:
        return False
    adjective, article = tokens[span.first - 1], tokens[span.first - 2]
    return adjective.lower in words.successors and article.lower == "the" and adjective.head == span.end - 1


def _strayed(tokens: Sequence[Token], left: int, name: Token) -> bool:
    """Tell a noun that the parser hangs beside the name it is said of: "US carmaker | Ford"."""
    noun = tokens[left - 1] if left else name
    return noun.dep == "dep" and noun.tag == "NN" and noun.head == name.head and noun.sent == name.sent


def _nominal(parse: Parse, words: Lexicon, token: Token, named: dict[int, NameSpan]) -> Candidate | None:
    tokens = parse.tokens
    if token.ent in _NOT_NAMES and token.lower in words.vacant:
        return None
    dep = token.dep
    said_more_of = any(tokens[c].dep in ("relcl", "acl") for c in token.children)  # "…, a move that angered Oslo"
    within = dep in ("compound", "nmod", "punct", "intj") or (dep == "npadvmod" and not said_more_of)
    if within or (dep == "amod" and token.tag == "NN"):
        if not _titular(tokens, token, words, named):
            return None
        left, right = _prefix(tokens, token)
    else:
        left, right = _edges(parse, token.i)
    if token.text[0].isdigit() or not any(ch.isalpha() for ch in token.text) or token.lower in ("%", "percent"):
        return None
    if token.lower in words.prefixes and token.i + 1 < len(tokens) and tokens[token.i + 1].text == "-":
        return None  # the parser takes the "co" of "co-founder" for a noun
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
        words.genders.get(token.lemma, ""), "", token.lemma, determiner, owner, _function(parse.tokens, token),
    )  # fmt: skip


def _titular(tokens: Sequence[Token], token: Token, words: Lexicon, named: dict[int, NameSpan]) -> bool:
    """Tell what somebody is before a name ("spokesman Jamie Shea", "student Ahmed") from other noun modifiers."""
    after = token.i + 1
    return (
        (token.lemma in words.roles or token.lower in words.roles or _noun_kind(token, words) == "Person")
        and after in named
        and named[after].kind == "Person"
        and named[after].first == after
        and tokens[after].sent == token.sent
    )


def _prefix(tokens: Sequence[Token], token: Token) -> tuple[int, int]:
    """Cover the modifiers before a role that stands before its bearer's name."""
    left = token.i
    while left > 0 and tokens[left - 1].sent == token.sent and tokens[left - 1].head in (token.i, token.head, left):
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
    kind = (
        "Group"
        if person == "1" and number == "plural"
        else "Person"
        if person in ("1", "2") or gender in ("male", "female", "person")
        else ""
    )
    possessor = token.tag in ("PRP$", "WP$")
    return Candidate(
        token.i, token.i, token.i + 1, token.i, token.i + 1, Form.PRONOUN, kind, number, gender, person,
        token.lower, "definite", -1, "possessor" if possessor else _function(parse.tokens, token),
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
        tokens[c].dep in ("ccomp", "xcomp", "csubj", "advcl", "relcl", "acl") and c > verb.i for c in verb.children
    )
    if token.dep == "nsubjpass" and any(tokens[c].dep == "ccomp" and c > verb.i for c in verb.children):
        return True  # "it was rumoured that …"
    if verb.lemma == "be":
        for c in verb.children:
            child = tokens[c]
            if child.dep in ("acomp", "attr") and c > verb.i:
                inner = any(tokens[g].dep in ("ccomp", "xcomp", "relcl", "acl", "prep") for g in child.children)
                return ((clausal or inner) and child.lemma in words.empty_it) or child.ent in ("DATE", "TIME")
        return False
    return verb.lemma in words.weather or (clausal and verb.lemma in words.empty_it)


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
    while left < i and (
        tokens[left].tag in (",", ".", ":", "``", "''", "CC", "HYPH", "RB")
        or (tokens[left].tag in ("RBS", "JJS") and tokens[left + 1].tag == "CD")  # "(at) least 230 people"
    ):
        left += 1
    if right < len(tokens) and tokens[right].text in _OPENED and tokens[right].sent == token.sent:
        inside = [t.text for t in tokens[left:right]]
        opened, closes = _OPENED[tokens[right].text], tokens[right].text
        if inside.count(opened) - (inside.count(closes) if opened != closes else inside.count(opened) // 2 * 2) == 1:
            right += 1  # a phrase keeps its closing bracket or quote
    return left, right


def _function(tokens: Sequence[Token], token: Token) -> str:
    if token.dep == "appos":
        token = tokens[token.head]
    if token.dep in _SUBJECT:
        return "subject"
    if token.dep in ("dobj", "dative", "agent", "oprd"):
        return "object"
    if token.dep == "poss":
        return "possessor"
    if token.dep in _MODIFIER:
        return "modifier"
    return token.dep if token.dep in ("appos", "attr", "conj") else "other"
