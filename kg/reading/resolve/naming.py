"""Canonical names, kinds and scopes: from clusters of mentions to entities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from kg.model import Entity, Form, Mention, Scope, Span
from kg.reading.resolve.events import RESUMED
from kg.reading.resolve.forms import COMPANY_FORMS, MODEL, clean
from kg.reading.resolve.gazetteer import Gazetteer

if TYPE_CHECKING:
    from kg.gazetteer import Row
    from kg.reading.parse import Parse
    from kg.reading.resolve.clusters import Cluster, Links
    from kg.reading.resolve.lexicon import Lexicon
    from kg.reading.resolve.mentions import Candidate

_LEFT_OUT: Final = frozenset(
    ("det", "predet", "poss", "case", "punct", "cc", "mark", "preconj", "appos", "relcl", "acl", "prep")
)
_LONGER: Final = frozenset(("conj", "prep", "relcl"))
_PARTITIVE: Final = frozenset(["PRON", "DET", "NUM"])
_LINKING: Final = frozenset(["of", "by", "for", "in", "on", "over", "between", "against"])
_PREDICATE: Final = frozenset(("aux", "auxpass", "neg", "prt"))
_CORE: Final = frozenset(("nsubj", "nsubjpass", "dobj", "attr", "acomp"))
_COUNTS: Final = frozenset(("CD",))
_EITHER: Final = frozenset(("Market", "Index"))
"""Kinds of which one and many say the same: "stock markets" are the stock market."""
_HELD: Final = frozenset(("new", "current", "incumbent", "present"))
"""Words that tell when somebody holds a role, whoever it is."""
_PEOPLE: Final = frozenset(("Person", "Group"))


def forms(links: Links, cluster: Cluster) -> list[Candidate]:
    """List the mentions of a cluster in text order."""
    return [links.candidates[m] for m in sorted(cluster.members)]


def canonical(parse: Parse, words: Lexicon, found: Sequence[Candidate], names: Sequence[str], cluster: Cluster) -> str:
    """Choose the name that a cluster goes by; `names` are those of the clusters before it."""
    if cluster.row is not None:
        return cluster.row.name_on(parse.document.published)
    if cluster.names:
        full = _full_name(parse, [x for x in found if x.form is Form.NAME])
        return _model(full) if cluster.kind == "Product" else full
    nominal = next((x for x in found if x.form is Form.NOMINAL), None)
    if nominal is not None:
        return concise(parse, words, nominal)
    if cluster.parts:
        return " and ".join(names[p] for p in cluster.parts if p < len(names))
    if not found:
        return ""
    first = found[0]
    return parse.text(first.first, first.end).lower().replace("i", "I") if first.key == "i" else first.key


def _full_name(parse: Parse, named: Sequence[Candidate]) -> str:
    """Choose the longest form, and among equals the one most often written."""
    texts = [clean(parse.text(x.first, x.end)) for x in named]
    counts: dict[str, int] = {}
    for text in texts:
        counts[text] = counts.get(text, 0) + 1
    best = max(counts, key=lambda t: (len(t.split()), sum(ch.islower() for ch in t) > 0, counts[t], len(t)))
    stem, _, form = best.rpartition(" ")
    bare = {best.removesuffix("s"), stem.rstrip(",") if form.casefold() in COMPANY_FORMS else best} - {best}
    return next(
        (t for t in counts if t in bare), best
    )  # the text has "Dreamliner" for "Dreamliners", "Fiat" for "Fiat Group"


def _model(name: str) -> str:
    """Name a model without its maker and number: "Airbus A380" and "A380s" are the A380."""
    maker, _, model = name.rpartition(" ")
    single = model.removesuffix("s") if MODEL.fullmatch(model.removesuffix("s")) else model
    if MODEL.fullmatch(single) and not single[0].isdigit():
        row = Gazetteer.load().lookup(maker, "Company") if maker else None
        return single if row is not None or not maker else f"{maker} {single}"
    return name


def concise(parse: Parse, words: Lexicon, x: Candidate) -> str:
    """Name a noun phrase by its head with what belongs to it, without articles, numbers and clauses."""
    tokens = parse.tokens
    keep: list[int] = []
    for i in range(x.left, x.head + 1):
        if i == x.head or (_inner(parse, i, x.head) and tokens[i].lower not in words.amounts):
            keep.append(i)
    keep = _unmeasured(parse, keep, x.head)
    if x.owner >= 0 and tokens[x.owner].pos == "PROPN":  # "Malta's airspace": whose it is tells which
        owner = range(tokens[x.owner].left, tokens[x.owner].right + 1)
        keep = [i for i in owner if tokens[i].dep != "det"] + [i for i in keep if i not in owner]
    text = _joined(parse, keep)
    if x.kind in _EITHER and x.number == "plural" and x.determiner in ("bare", "definite"):
        text = text.removesuffix(tokens[x.head].text) + tokens[x.head].lemma
    tail = _tail(parse, x)
    if tail:
        text = f"{text} {tail}"
    return text or tokens[x.head].text


def _inner(parse: Parse, i: int, head: int) -> bool:
    """Tell whether a token before the head belongs to the name of the thing."""
    token = parse.tokens[i]
    while True:
        if token.dep in _LEFT_OUT and not (token.dep == "punct" and token.text == "-") and not _hyphened(parse, i):
            return False
        if token.head == head:
            return True
        if token.head == token.i or token.head > head:
            return False
        token = parse.tokens[token.head]


def _unmeasured(parse: Parse, keep: list[int], head: int) -> list[int]:
    """Leave a measure ("25km-wide") out of a name that other words tell apart."""
    tokens = parse.tokens
    if len(keep) < 3 or not any(tokens[i].text[0].isdigit() for i in keep):
        return keep
    measures = [
        i
        for i in keep
        if tokens[i].head == head
        and tokens[i].pos == "ADJ"
        and any(c.isdigit() for c in parse.text(tokens[i].left, i + 1))
    ]
    rest = [i for i in keep if not any(tokens[m].left <= i <= m for m in measures)]
    return rest if len(rest) > 1 else keep


def _hyphened(parse: Parse, i: int) -> bool:
    """Tell the "no" of "no-fly" from a determiner."""
    after = parse.tokens[i + 1] if i + 1 < len(parse.tokens) else None
    return after is not None and after.text == "-" and after.start == parse.tokens[i].end


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
        counted = len(keep) > 3 or any(tokens[i].tag in _COUNTS for i in keep)
        if child.lower == "of" and tokens[x.head].pos in _PARTITIVE and not thing.tag.startswith("PRP"):
            keep = [thing.i] if counted else keep  # "none of the schools": without it the name is empty
        elif counted or thing.tag.startswith("PRP") or any(tokens[g].dep in _LONGER for g in thing.children):
            return ""
        return f"{child.lower} {_joined(parse, keep)}"
    return ""


def clause(parse: Parse, verb: int) -> str:
    """Name an event in the words of its clause: "Serbia withdrew its troops"."""
    tokens, keep = parse.tokens, [verb]
    for c in tokens[verb].children:
        if tokens[c].dep in _PREDICATE:
            keep.append(c)
        elif tokens[c].dep in _CORE:
            left = max(tokens[c].left, c - 3)
            keep += [i for i in range(left, c + 1) if i == c or _inner(parse, i, c) or tokens[i].dep == "poss"]
    return _joined(parse, sorted(keep))


def role(parse: Parse, links: Links, x: Candidate, holder: Cluster, named: Mapping[int, int]) -> str:
    """Name a role with the place or body it belongs to: "Prime Minister of the United Kingdom"."""
    tokens = parse.tokens
    body, keep = "", []
    for i in range(x.left, x.head + 1):
        if i in named:
            cluster = links.clusters[links.cluster[named[i]]]
            body = cluster.row.name_on(parse.document.published) if cluster.row else _plain(parse, links, named[i])
            if body.startswith("United "):
                body = f"the {body}"
        elif tokens[i].ent not in ("GPE", "NORP", "ORG", "LOC") and (i == x.head or _inner(parse, i, x.head)):
            keep.append(i)
    keep = [i for i in keep if tokens[i].lower not in _HELD]
    title = _joined(parse, keep) or tokens[x.head].text
    if not body and x.owner >= 0 and tokens[x.owner].pos != "PRON":
        body = parse.text(tokens[x.owner].left, x.owner + 1)  # "the West's most senior envoy"
        body = body[:1].lower() + body[1:] if tokens[tokens[x.owner].left].dep == "det" else body
    tail = _tail(parse, x)
    if not body and not tail:
        return _office(parse, holder, title) or title
    if body and title.islower() and tokens[x.head].tag not in ("NNP", "NNPS"):
        body = body.removeprefix("the ") if body.startswith("the United ") else body
    return " ".join(filter(None, (title, body and f"of {body}", tail if x.owner >= 0 or not body else "")))


def _office(parse: Parse, holder: Cluster, title: str) -> str:
    """Name the office a known person held on the day, where the text gives its first word alone: "President"."""
    day = parse.document.published
    if holder.row is None or day is None:
        return ""
    held = [t.role for t in holder.row.terms if t.since <= day and (t.until is None or day <= t.until)]
    return next((r for r in held if r.casefold().startswith(title.casefold() + " ")), "")


def _plain(parse: Parse, links: Links, c: int) -> str:
    x = links.candidates[c]
    return clean(parse.text(x.first, x.end))


def _fits(parse: Parse, words: Lexicon, links: Links, forms: Sequence[Candidate], row: Row) -> bool:
    """Tell a leader of the gazetteer from a namesake: the text names an office of his or speaks of his state."""
    if row.kind != "Person":
        return True
    before = [range(x.left, x.first if x.form is Form.NAME else x.head + 1) for x in forms]
    text = parse.document.text.casefold()
    held = row.roles(parse.document.published)
    titles = {role.rpartition(" of ")[0].casefold() for role in held or row.roles()}
    if guessed := "leader" in titles:  # the source tells no office
        titles |= words.sole
    called = {parse.tokens[i].lemma for span in before for i in span} & words.roles
    doubtful = not held or (called and called.isdisjoint(words.offices))  # out of office, or called otherwise
    if doubtful and not any(title in text for title in titles):
        return False
    states = {c.row.country for c in links.clusters if c.row and c.row is not row and c.row.country}
    if row.country is None or row.country in states:
        return True
    if guessed and states:
        return False
    called_so = " ".join(parse.text(span.start, span.stop).casefold() for span in before if span)
    return any(title in called_so or (title.count(" ") > 1 and title in text) for title in titles)


def entity(
    parse: Parse, words: Lexicon, links: Links, cluster: Cluster, found: Sequence[Candidate], name: str, id: str
) -> Entity:
    """Make the entity of a cluster."""
    aliases: dict[str, None] = {}
    nominal, generic = False, not cluster.names
    for x in found:
        if x.form is Form.NAME:
            aliases[clean(parse.text(x.first, x.end))] = None
        elif x.form is Form.NOMINAL:
            nominal, generic = True, generic and x.determiner == "bare"
    # "The decision" to dispatch troops is another name of the dispatch.
    resumed = [links.candidates[m] for m in sorted(cluster.members) if links.rules[m] == RESUMED]
    aliases |= dict.fromkeys(parse.text(x.first, x.end) for x in resumed)
    if cluster.event >= 0:
        aliases[clause(parse, cluster.event)] = None
    named, generic = bool(cluster.names), generic and nominal
    row = cluster.row if cluster.row is None or _fits(parse, words, links, found, cluster.row) else None
    return Entity(
        id=id,
        name=name,
        kind=cluster.kind or "Concept",
        aliases=tuple(a for a in aliases if a != name),
        identity=row.id if row else None,
        same_as=row.same_as if row else (),
        scope=Scope.WORLD if named or generic else Scope.DOCUMENT,
        anonymous=not named and cluster.kind in ("Person", "Group", "Organization"),
        plural=cluster.plural,
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
