"""Who is who: mentions, coreference, and the identity of entities."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kg.model import Entity, Form, Mention, Scope, Span
from kg.reading.resolve import coreference, mentions, naming
from kg.reading.resolve.events import CLAUSE
from kg.reading.resolve.lexicon import Lexicon, lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.ontology import Ontology
    from kg.reading.parse import Parse, Token
    from kg.reading.resolve.clusters import Links
    from kg.reading.speech import Frame

__all__ = ["Resolution", "resolve"]

_NESTED: Final = frozenset(("Country", "City", "Region"))
_UNNESTED: Final = frozenset(("Person", "Country", "City", "Region", "Place"))


@dataclass(frozen=True, slots=True)
class Resolution:
    """Every mention of a document with the entity it refers to."""

    mentions: tuple[Mention, ...]
    """In the order of their heads."""
    entities: tuple[Entity, ...]
    roles: tuple[Mention, ...] = ()
    """Nouns of roles as mentions of the role itself; in `mentions` they stand for its holder."""
    clusters: tuple[tuple[Span, ...], ...] = ()
    """Coreference in the convention of OntoNotes: whole noun phrases, two or more, no appositions."""
    _at: dict[int, int] = field(default_factory=dict, repr=False, compare=False)
    _covering: dict[int, int] = field(default_factory=dict, repr=False, compare=False)
    _roles: dict[int, int] = field(default_factory=dict, repr=False, compare=False)
    _events: dict[int, str] = field(default_factory=dict, repr=False, compare=False)
    _entities: dict[str, Entity] = field(default_factory=dict, repr=False, compare=False)

    def at(self, token: int) -> Mention | None:
        """Find the mention whose head covers a token."""
        found = self._at.get(token)
        return None if found is None else self.mentions[found]

    def covering(self, token: int) -> Mention | None:
        """Find the innermost mention whose whole phrase covers a token."""
        found = self._covering.get(token)
        return None if found is None else self.mentions[found]

    def in_name(self, span: Span) -> bool:
        """Tell whether a span begins with words of a name: "500 index" in "the S&P 500 index", no "five A380s"."""
        n = bisect_right(self.mentions, span.start, key=lambda m: m.head.start) - 1
        return n >= 0 and self.mentions[n].form is Form.NAME and span.start < self.mentions[n].head.end

    def role_at(self, token: int) -> Mention | None:
        """Find the mention of a role whose head covers a token."""
        found = self._roles.get(token)
        return None if found is None else self.roles[found]

    def event_at(self, token: int) -> str | None:
        """Find the entity of the event that a verb tells, where a noun or pronoun speaks of it too."""
        return self._events.get(token)

    def entity(self, id: str) -> Entity:
        """Look an entity up by its id."""
        return self._entities[id]


def resolve(parse: Parse, frames: Sequence[Frame], ontology: Ontology) -> Resolution:
    """Find the mentions of a document and join those that refer to one entity."""
    words = lexicon(ontology)
    links = coreference.link(parse, words, mentions.find(parse, words), frames)
    return _assembled(parse, words, links)


def _assembled(parse: Parse, words: Lexicon, links: Links) -> Resolution:
    names: list[str] = []
    entities: dict[str, Entity] = {}
    ids: dict[int, str] = {}
    same: dict[tuple[str, str], str] = {}
    for cluster in links.clusters:
        forms = naming.forms(links, cluster)
        if cluster.event >= 0 and not cluster.nouns:
            name = naming.clause(parse, cluster.event)
        else:
            name = naming.canonical(parse, words, forms, names, cluster)
        names.append(name)
        if not forms:
            continue
        made = naming.entity(parse, words, links, cluster, forms, name, f"e{len(entities) + 1}")
        key = (made.name.casefold(), made.kind)
        if made.scope == "world" and key in same:
            ids[cluster.number] = same[key]
            continue
        if made.scope == "world":
            same[key] = made.id
        entities[made.id] = made
        ids[cluster.number] = made.id
    roles = tuple(_roles(parse, words, links, entities, names))
    found = tuple(
        naming.mention(parse, x, ids[links.cluster[c]], links.rules[c], links.confidence[c])
        for c, x in enumerate(links.candidates)
    )
    at: dict[int, int] = {}
    covering: dict[int, int] = {}
    for c, x in enumerate(links.candidates):
        for i in range(x.first, x.end) if x.form is Form.NAME else (x.head,):
            at.setdefault(i, c)
    for c in sorted(range(len(found)), key=lambda c: links.candidates[c].left - links.candidates[c].right):
        for i in range(links.candidates[c].left, links.candidates[c].right):
            covering[i] = c
    return Resolution(
        found,
        tuple(entities.values()),
        tuple(mention for _, mention in roles),
        clusters=_clusters(parse, links),
        _at=at,
        _covering=covering,
        _roles={head: n for n, (head, _) in enumerate(roles)},
        _events={cluster.event: ids[cluster.number] for cluster in links.clusters if cluster.event >= 0},
        _entities=entities,
    )


def _roles(
    parse: Parse, words: Lexicon, links: Links, entities: dict[str, Entity], names: Sequence[str]
) -> Iterator[tuple[int, Mention]]:
    """Make an entity of every role that somebody is said to hold, one for each name of a role."""
    known: dict[str, str] = {}
    named = {x.head: c for c, x in enumerate(links.candidates) if x.form is Form.NAME}
    owners = {x.head: links.cluster[c] for c, x in enumerate(links.candidates) if x.form is Form.PRONOUN}
    for c, x in enumerate(links.candidates):
        token = parse.tokens[x.head]
        if x.form is not Form.NOMINAL or x.number == "plural":
            continue
        if token.lemma not in words.roles and token.lower not in words.roles:
            continue
        name = naming.role(parse, links, x, links.clusters[links.cluster[c]], named)
        owner = owners.get(x.owner)
        if owner is not None and links.clusters[owner].names and " of " not in name:
            name = f"{name} of {names[owner]}"  # "its chief executive"
        id = known.get(name)
        if id is None:
            id = known[name] = f"r{len(known) + 1}"
            entities[id] = Entity(id, name, "Role", scope=Scope.WORLD if name[:1].isupper() else Scope.DOCUMENT)
        yield x.head, Mention(parse.span(x.left, x.head + 1), token.span, Form.NOMINAL, id, "role", links.confidence[c])


def _clusters(parse: Parse, links: Links) -> tuple[tuple[Span, ...], ...]:
    out: dict[int, list[tuple[int, int]]] = {}
    for c, x in enumerate(links.candidates):
        if c in links.apart or x.person == "relative":
            continue
        token = parse.tokens[x.head]
        if x.form is Form.NAME and (parse.tokens[x.end - 1].tag == "JJ" or token.dep in ("attr", "oprd")):
            continue  # "British" modifies, "It is Warhol" and "named Mario" say who: no references
        out.setdefault(links.cluster[c], []).append((x.left, x.right))
        if links.rules[c] == CLAUSE and (event := links.clusters[links.cluster[c]].event) >= 0:
            out[links.cluster[c]].append((event, event + 1))
    for number, first, end in _inner(parse, links):
        out.setdefault(number, []).append((first, end))
    days: dict[str, list[tuple[int, int]]] = {}
    for day in _days(parse.tokens):
        days.setdefault(day.lower, []).append((day.i, day.i + 1))
    found = (dict.fromkeys(parse.span(*edges) for edges in members) for members in (*out.values(), *days.values()))
    return tuple(tuple(spans) for spans in found if len(spans) > 1)


def _days(tokens: Sequence[Token]) -> Iterator[Token]:
    """Find the days and months that stand alone: "Friday" twice in a report is one Friday."""
    for token in tokens:
        if token.ent == "DATE" and token.tag == "NNP":
            around = (*tokens[max(0, token.i - 1) : token.i], *tokens[token.i + 1 : token.i + 2])
            if all(t.ent not in ("DATE", "TIME") for t in around):
                yield token


def _inner(parse: Parse, links: Links) -> Iterator[tuple[int, int, int]]:
    """Find the places and people that a text names by themselves too inside other names: "the University of Texas"."""
    tokens = parse.tokens
    known: dict[tuple[str, ...], int] = {}
    for c, x in enumerate(links.candidates):
        if (
            x.form is Form.NAME
            and tokens[x.end - 1].tag != "JJ"
            and (x.kind in _NESTED or (x.kind == "Person" and x.end - x.first > 1))
        ):
            known[tuple(t.text for t in tokens[x.first : x.end])] = links.cluster[c]
    longest = max(map(len, known), default=0)
    for x in links.candidates:
        if x.form is not Form.NAME or x.end - x.first < 2 or x.kind in _UNNESTED:
            continue
        first = x.first
        while first < x.end:
            for end in range(min(x.end, first + longest), first, -1):
                number = known.get(tuple(t.text for t in tokens[first:end]))
                if number is not None and end - first < x.end - x.first:
                    yield number, first, end
                    first = end - 1
                    break
            first += 1
