"""Canonical names, kinds and scopes: from clusters of mentions to entities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from kg.model import Entity, Form, Mention, Scope, Span
from kg.reading.resolve.coreference import RESUMED
from kg.reading.resolve.gazetteer import Gazetteer
from kg.reading.resolve.names import MODEL, clean

if TYPE_CHECKING:
    from kg.gazetteer import Row
    from kg.reading.parse import Parse
    from kg.reading.resolve.coreference import Cluster, Links
    from kg.reading.resolve.lexicon import Lexicon
    from kg.reading.resolve.mentions import Candidate

_LEFT_OUT: Final = frozenset(
    ("det", "predet", "poss", "case", "punct", "cc", "mark", "preconj", "appos", "relcl", "acl", "prep")
)
_LINKING: Final = frozenset(["of", "by", "for", "in", "on", "over", "between", "against"])
_COUNTS: Final = frozenset(("CD",))
_PEOPLE: Final = frozenset(("Person", "Group"))


def canonical(parse: Parse, words: Lexicon, links: Links, names: Sequence[str], cluster: Cluster) -> str:
    """Choose the name that a cluster goes by; `names` are those of the clusters before it."""
    named = [links.candidates[m] for m in sorted(cluster.members) if links.candidates[m].form is Form.NAME]
    if cluster.row is not None:
        return cluster.row.name_on(parse.document.published)
    if named:
        full = _full_name(parse, named)
        return _model(full) if cluster.kind == "Product" else full
    nominal = [links.candidates[m] for m in sorted(cluster.members) if links.candidates[m].form is Form.NOMINAL]
    if nominal:
        return concise(parse, words, links, names, nominal[0])
    if cluster.parts:
        return " and ".join(names[p] for p in cluster.parts if p < len(names))
    first = links.candidates[min(cluster.members)]
    return parse.text(first.first, first.end).lower().replace("i", "I") if first.key == "i" else first.key


def _full_name(parse: Parse, named: Sequence[Candidate]) -> str:
    """Choose the longest form, and among equals the one most often written."""
    texts = [clean(parse.text(x.first, x.end)) for x in named]
    counts: dict[str, int] = {}
    for text in texts:
        counts[text] = counts.get(text, 0) + 1
    return max(counts, key=lambda t: (len(t.split()), sum(ch.islower() for ch in t) > 0, counts[t], len(t)))


def _model(name: str) -> str:
    """Name a model without its maker and number: "Airbus A380" and "A380s" are the A380."""
    maker, _, model = name.rpartition(" ")
    single = model.removesuffix("s") if MODEL.fullmatch(model.removesuffix("s")) else model
    if MODEL.fullmatch(single) and not single[0].isdigit():
        row = Gazetteer.load().lookup(maker, "Company") if maker else None
        return single if row is not None or not maker else f"{maker} {single}"
    return name


def concise(parse: Parse, words: Lexicon, links: Links, names: Sequence[str], x: Candidate) -> str:
    """Name a noun phrase by its head with what belongs to it, without articles, numbers and clauses."""
    tokens = parse.tokens
    keep: list[int] = []
    for i in range(x.left, x.head + 1):
        if i == x.head or _inner(parse, i, x.head):
            keep.append(i)
    text = _joined(parse, keep)
    tail = _tail(parse, x)
    if tail:
        text = f"{text} {tail}"
    return text or tokens[x.head].text


def _inner(parse: Parse, i: int, head: int) -> bool:
    """Tell whether a token before the head belongs to the name of the thing."""
    token = parse.tokens[i]
    while True:
        if token.dep in _LEFT_OUT and not (token.dep == "punct" and token.text == "-"):
            return False
        if token.head == head:
            return True
        if token.head == token.i or token.head > head:
            return False
        token = parse.tokens[token.head]


def _joined(parse: Parse, keep: Sequence[int]) -> str:
    """Write tokens with the spaces they have in the text."""
    out = ""
    for n, i in enumerate(keep):
        token = parse.tokens[i]
        if n and (keep[n - 1] != i - 1 or parse.tokens[i - 1].end != token.start):
            out += " "
        out += token.text
    return out


def _tail(parse: Parse, x: Candidate) -> str:
    """Keep a short prepositional phrase that tells which one: "of arms", "in Brussels"."""
    tokens = parse.tokens
    for c in tokens[x.head].children:
        child = tokens[c]
        if c < x.head or child.dep != "prep":
            continue
        if child.lower not in _LINKING or c != x.head + 1:
            return ""
        inner = [tokens[g] for g in child.children if tokens[g].dep == "pobj"]
        if len(inner) != 1:
            return ""
        thing = inner[0]
        keep = [i for i in range(thing.left, thing.i + 1) if i == thing.i or _inner(parse, i, thing.i)]
        if len(keep) > 3 or any(tokens[i].tag in _COUNTS for i in keep) or thing.tag.startswith("PRP"):
            return ""
        if any(tokens[g].dep in ("conj", "prep", "relcl") for g in thing.children):
            return ""
        return f"{child.lower} {_joined(parse, keep)}"
    return ""


def role(parse: Parse, links: Links, x: Candidate, named: Mapping[int, int]) -> str:
    """Name a role with the place or body it belongs to: "Prime Minister of the United Kingdom"."""
    tokens = parse.tokens
    body, keep = "", []
    for i in range(x.left, x.head + 1):
        if i in named:
            cluster = links.clusters[links.cluster[named[i]]]
            body = cluster.row.name_on(parse.document.published) if cluster.row else _plain(parse, links, named[i])
        elif tokens[i].ent not in ("GPE", "NORP", "ORG", "LOC") and (i == x.head or _inner(parse, i, x.head)):
            keep.append(i)
    title = _joined(parse, keep) or tokens[x.head].text
    if body:
        if title.islower() and tokens[x.head].tag not in ("NNP", "NNPS"):
            return f"{title} of {body}"
        return f"{title} of {'the ' if body.startswith('United ') else ''}{body}"
    tail = _tail(parse, x)
    return f"{title} {tail}" if tail else title


def _plain(parse: Parse, links: Links, c: int) -> str:
    x = links.candidates[c]
    return clean(parse.text(x.first, x.end))


def _fits(parse: Parse, words: Lexicon, links: Links, forms: Sequence[Candidate], row: Row) -> bool:
    """Tell a leader of the gazetteer from a namesake, who has another trade, or nothing to do with the state."""
    if row.kind != "Person":
        return True
    called = {parse.tokens[x.head].lemma for x in forms if x.form is Form.NOMINAL} & words.roles
    if called and called.isdisjoint(words.offices):
        return False
    if row.country is None or (parse.document.published and row.roles(parse.document.published)):
        return True
    return any(c.row is not None and c.row.country == row.country and c.row.kind != "Person" for c in links.clusters)


def entity(parse: Parse, words: Lexicon, links: Links, cluster: Cluster, name: str, id: str) -> Entity:
    """Make the entity of a cluster."""
    forms = [links.candidates[m] for m in sorted(cluster.members)]
    named = [x for x in forms if x.form is Form.NAME]
    aliases = dict.fromkeys(clean(parse.text(x.first, x.end)) for x in named)
    # "The decision" to dispatch troops is another name of the dispatch.
    resumed = (
        parse.text(x.first, x.end)
        for m in sorted(cluster.members)
        if links.rules[m] == RESUMED and (x := links.candidates[m])
    )
    aliases |= dict.fromkeys(resumed)
    generic = not named and bool(forms) and all(x.form is Form.NOMINAL and x.determiner == "bare" for x in forms)
    plural = cluster.plural
    row = cluster.row if cluster.row is None or _fits(parse, words, links, forms, cluster.row) else None
    return Entity(
        id=id,
        name=name,
        kind=cluster.kind or "Concept",
        aliases=tuple(a for a in aliases if a != name),
        identity=row.id if row else None,
        same_as=row.same_as if row else (),
        scope=Scope.WORLD if named or generic else Scope.DOCUMENT,
        anonymous=not named and cluster.kind in ("Person", "Group", "Organization"),
        plural=plural,
        gender=cluster.gender or None,
    )


def mention(parse: Parse, x: Candidate, entity_id: str, rule: str, confidence: float) -> Mention:
    """Make the mention of a candidate; a possessive mark is no part of it."""
    tokens = parse.tokens
    right = x.end if x.form is Form.NAME else x.right
    while right > x.head + 1 and tokens[right - 1].tag == "POS":
        right -= 1
    head = parse.span(x.first, x.end) if x.form is Form.NAME else tokens[x.head].span
    return Mention(Span(tokens[x.left].start, tokens[right - 1].end), head, x.form, entity_id, rule, confidence)
