"""What a reading tells identity: whom and what it names, as what, and beside whom."""

from __future__ import annotations

import json
from collections import defaultdict
from functools import lru_cache
from typing import Final

from kg.gazetteer import Gazetteer, Row
from kg.graph.names import Names
from kg.identity import Sighting, Summary, Tells
from kg.identity.evidence import acronym
from kg.model import Entity, Form, Reading, Scope
from kg.ontology import Ontology

_PLACES: Final[dict[str, Tells]] = {"Country": "country", "Region": "region"}
"""Kinds of places by what they tell; any other is a town."""
_HOLDS: Final = "holds_role"


def summary(reading: Reading, names: Names) -> Summary:
    """Sum up the named entities of a reading that other documents can name too."""
    named = {m.entity for m in reading.mentions if m.form is Form.NAME}
    roles = _roles(reading)
    seen: dict[str, Sighting] = {}
    for entity in reading.entities:
        if entity.scope is Scope.WORLD and (entity.id in named or entity.identity):
            key = names.minted(entity.id)
            found = _sighting(entity, key, names.vocabulary, tuple(sorted(roles[entity.id])))
            seen[key] = min(seen.get(key, found), found, key=lambda s: (s.row is None, not s.roles, s.tells, s.roles))
    if reading.document.source:
        key, name = names.organisation(reading.document.source), reading.document.source
        seen.setdefault(key, Sighting(key, name, "Organization", tells=""))
    day = reading.document.published
    return Summary(names.key, tuple(seen[key] for key in sorted(seen)), day.year if day else None)


def _roles(reading: Reading) -> dict[str, set[str]]:
    """Find what each entity is called beside its name: nouns that stand for it, and roles it is said to hold."""
    out: dict[str, set[str]] = defaultdict(set)
    kinds = {entity.id: entity.kind for entity in reading.entities}
    for mention in reading.mentions:
        if mention.form is Form.NOMINAL and kinds[mention.entity] == "Person":
            out[mention.entity].add(mention.head.of(reading.document.text).lower())
    for claim in reading.claims:
        if claim.relation == _HOLDS and claim.object and not claim.antecedent:
            name = reading.name(claim.object) or ""
            out[claim.subject].add(name[:1].lower() + name[1:])
    return out


def _sighting(entity: Entity, key: str, vocabulary: Ontology, roles: tuple[str, ...]) -> Sighting:
    family = key.partition("/")[2].partition(":")[0]
    row = Gazetteer.load().row(entity.identity) if entity.identity else None
    name = row.name if row else entity.name
    country = row.country if row and family != "Person" else None
    many = family == "Place" or (family == "Organization" and (acronym(name) or is_local(name, vocabulary)))
    loose = family == "Person" or bool(row is None and many)
    local = loose and family == "Organization"
    tells: Tells = "" if local else _tells(entity, row, family, vocabulary)
    return Sighting(key, name, family, row.id if row else None, tells, country, roles, loose)


def _tells(entity: Entity, row: Row | None, family: str, vocabulary: Ontology) -> Tells:
    """Judge what its presence tells of who stands beside it: papers and agencies stand beside everybody."""
    own = row is None and " " in entity.name
    if family == "Place":
        return "much" if own else _PLACES.get(entity.kind, "town") if row else "town"
    if family not in ("Person", "Organization", "Event", "Product") or vocabulary.is_a(entity.kind, "Government"):
        return ""
    return "much" if own and family in ("Person", "Organization") else "little"


@lru_cache(maxsize=65536)
def is_local(name: str, vocabulary: Ontology) -> bool:
    """Tell a name that every state has something of: "Supreme Court", "Labour Party", "Congress".

    >>> from kg.ontology import ontology
    >>> is_local("Ministry of Defence", ontology()), is_local("Norwell Foods", ontology())
    (True, False)
    """
    words = vocabulary.values("kg:everyState", "kg:word")
    return Gazetteer.load().is_local(name) or all(w in words for w in name.casefold().split())


def dump_summary(found: Summary) -> str:
    """Write a summary as one line of JSON."""
    return json.dumps([found.document, found.sightings, found.year], ensure_ascii=False, separators=(",", ":"))


def load_summary(line: str) -> Summary:
    """Read a summary back."""
    document, sightings, year = json.loads(line)
    return Summary(
        document, tuple(Sighting._make((*more, tuple(roles), loose)) for *more, roles, loose in sightings), year
    )
