"""The commands on who is who: `kg entities`, `kg merge`, `kg split`."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal
from urllib.parse import unquote

import typer

from kg.model import KgError

if TYPE_CHECKING:
    from kg.graph.store import Store
    from kg.identity import Judgement

StorePlace = Annotated[Path, typer.Option("--store", help="Folder of the store.")]
One = Annotated[str, typer.Argument(help="A name, an entity/… key, or NAME@DOCUMENT for one document's, named or not.")]
Other = Annotated[str | None, typer.Argument(help="The other; without it, the same name everywhere else.")]
Reason = Annotated[str, typer.Option(help="Why; --explain shows it.")]
By = Annotated[str, typer.Option(help="Who judges.")]
Undo = Annotated[bool, typer.Option("--undo", help="Take the judgement on these two back.")]
STORE: Final = Path("exports/store")
_SHOWN: Final = 5

_ALL: Final = """SELECT ?entity (SAMPLE(?label) AS ?name) (COUNT(DISTINCT ?place) AS ?mentions)
  (COUNT(DISTINCT ?document) AS ?documents) {
  ?place kg:refersTo ?entity ; kg:document ?document . ?entity rdfs:label ?label
  FILTER (STRSTARTS(STR(?entity), STR(entity:))) $WHERE } GROUP BY ?entity ORDER BY DESC(?mentions) ?name"""
_MORE: Final = """SELECT ?entity ?kind ?alias { VALUES ?entity { $IRIS } ?entity a ?class . ?class rdfs:label ?kind
  FILTER NOT EXISTS { ?entity a ?below . ?below rdfs:subClassOf ?class }
  OPTIONAL { ?entity skos:altLabel ?alias } }"""
_NAMED: Final = """{ SELECT DISTINCT ?entity {
  ?entity rdfs:label|skos:altLabel ?n FILTER CONTAINS(LCASE(?n), $TEXT) } }"""


def entities(
    name: Annotated[str | None, typer.Argument(help="Part of a name; without it, all.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show every judgement that made or parted it.")] = False,
    facts: Annotated[bool, typer.Option("--facts", help="Show its page of facts, with the sentences.")] = False,
    limit: Annotated[int, typer.Option(help="Entities to list at most.")] = 100,
    store: StorePlace = STORE,
) -> None:
    """List the entities of a store, or say all that is known of one.

    Example: kg entities Blair --explain
    """
    from kg.graph.store import Store

    opened = Store.open(store, read_only=True)
    if (explain or facts) and name is None:
        raise typer.BadParameter("--explain and --facts take a name: kg entities NAME --explain")
    found = _found(opened, name)[:limit]
    if name and not found:
        raise KgError(f"no entity {name!r} in {store}{_similar(opened, name)}")
    if not explain and not facts:
        _print_table(found)
        return
    for row in found[:_SHOWN]:
        counts = f"{row['mentions']} mentions in {row['documents']} documents"
        print(f"{row['name']} ({row['kind']}), {counts}: {row['entity']}")
        if explain:
            _print_judgements(opened, row["entity"])
        if facts:
            _print_facts(opened, row["entity"])


def merge(a: One, b: One, reason: Reason = "", by: By = "user", undo: Undo = False, store: StorePlace = STORE) -> None:
    """Judge that two entities are one; the first goes by the second's name from now on.

    What only one document speaks of ("the spokesman") is named with it. What came by kg import keeps its names.

    Example: kg merge Blair "Tony Blair" --reason "the only Blair in these papers"

    Example: kg merge spokesman@monday "Ann Reilly" --reason "named on Tuesday"
    """
    _judge("same", a, b, reason, by, undo, store)


def split(
    a: One, b: Other = None, reason: Reason = "", by: By = "user", undo: Undo = False, store: StorePlace = STORE
) -> None:
    """Judge that two entities, or one name in two documents, are different. What came by kg import keeps its names.

    Example: kg split "John Smith@monday" "John Smith@tuesday" --reason "father and son"
    """
    _judge("different", a, b, reason, by, undo, store)


def _judge(
    verdict: Literal["same", "different"], a: str, b: str | None, reason: str, by: str, undo: bool, place: Path
) -> None:
    from kg.graph.store import Store
    from kg.identity import AT, Judgement

    with Store.open(place) as store:
        one = _reference(store, a)
        other = _reference(store, b) if b else one.partition(AT)[0]
        if one == other:
            raise KgError(f"{a!r} and {b!r} both mean {one}: name two, or one document's as NAME{AT}DOCUMENT")
        if not undo:
            _decide(store, Judgement(verdict, one, other, reason, by))
        elif any({j.a, j.b} == {one, other} and j.verdict == verdict for j in store.identities.user):
            store.forget(one, other)
        else:
            raise KgError(f"no judgement here says that {one} and {other} are {verdict}: see kg entities --explain")
        print(f"{one} is {_now(store, one)}\n{other} is {_now(store, other)}")


def _decide(store: Store, judgement: Judgement) -> None:
    """Keep a judgement, or say which earlier one of the user stands against it."""
    before = store.identities.user
    store.judge(judgement)
    if _holds(store, judgement):
        return
    store.judge_all(before)
    against = [f"{j.a} and {j.b}: {j.verdict} ({j.by})" for j in before]
    raise KgError(
        f"{judgement.a} and {judgement.b} cannot be {judgement.verdict} beside your earlier judgements: "
        f"{'; '.join(against)}: take one back with --undo"
    )


def _holds(store: Store, judgement: Judgement) -> bool:
    from kg.identity import AT

    who = store.identities
    one, other = who.nodes_of(judgement.a), who.nodes_of(judgement.b)
    if judgement.verdict == "same":
        return len(one | other) == 1
    key, _, document = judgement.a.partition(AT)
    if key == judgement.b:
        other = frozenset(who.node(key, d) for k, _, d in who.sightings() if k == key and d != document)
    return not one & other


def _now(store: Store, reference: str) -> str:
    return " and ".join(sorted(store.identities.nodes_of(reference) or {reference}))


def _reference(store: Store, text: str) -> str:
    """Find what a user means: an IRI, a key, or a name, all of them with or without a document."""
    from kg.identity import AT, document_of

    known = list(store.identities.sightings())
    name, document = _parted(text, store)
    name = name.removeprefix(store.base)
    folded = name.casefold()
    keys = {key for key, spelled, d in known if (spelled.casefold() == folded or key == name) and document in ("", d)}
    own = document if document else document_of(name)
    if not keys and own:
        keys = {key for key, spelled in _own(store, own) if spelled.casefold() == folded or key == name}
    elif not keys:
        keys = {store.identities.reference(node) for node in _nodes(store, name)}
    if not keys:
        where = f"document {document!r}" if document else "the store"
        raise KgError(f"no entity is named {name!r} in {where}{_imported(store, name) or _similar(store, name)}")
    if len(keys) > 1:
        raise KgError(f"{name!r} names {len(keys)} entities: {', '.join(sorted(keys))}: give one of these")
    [key] = keys
    return f"{key}{AT}{document}" if document and not document_of(key) else key


def _own(store: Store, document: str) -> Iterator[tuple[str, str]]:
    """Give what only one document speaks of, with its name."""
    from kg.graph.names import Names
    from kg.identity import LOCAL

    if store.is_returned(unquote(document)) or unquote(document) not in store:
        return
    reading = store.reading(unquote(document))
    names = Names(reading, store.base)
    for entity in reading.entities:
        if (key := names.minted(entity.id)).startswith(LOCAL):
            yield key, entity.name


def _imported(store: Store, name: str) -> str:
    """Say that a node came by an import, if it did."""
    found = [row["entity"] for row in _found(store, name) if name in (row["name"], row["entity"], *row["aliases"])]
    return f": {found[0]} came by kg import, which keeps its names; build the store from the texts" if found else ""


def _nodes(store: Store, name: str) -> set[str]:
    """Find nodes by their IRI or by another of their names."""
    if store.identities.nodes_of(name):
        return {name}
    nodes = {row["entity"].removeprefix(store.base) for row in _found(store, name) if name in row["aliases"]}
    return {node for node in nodes if store.identities.nodes_of(node)}


def _parted(text: str, store: Store) -> tuple[str, str]:
    from kg.graph.terms import encode_id
    from kg.identity import AT

    name, at, document = text.rpartition(AT)
    if not at:
        return text, ""
    if document not in store:
        raise KgError(f"no document {document!r} in the store, in {text!r}: see kg ask documents")
    return name, encode_id(document)


# ---------------------------------------------------------------------- showing


def _found(store: Store, name: str | None) -> list[dict[str, Any]]:
    """Find entities by part of a name; if some have just that name, only those."""
    from kg.graph.query import rows
    from kg.graph.terms import literal

    where = _NAMED.replace("$TEXT", literal(name.lower())) if name else ""
    all_rows: list[dict[str, Any]] = [{**row} for row in rows(store, _ALL.replace("$WHERE", where))]
    found = {row["entity"]: row for row in all_rows}
    kinds: dict[str, set[str]] = {iri: set() for iri in found}
    aliases: dict[str, set[str]] = {iri: set() for iri in found}
    iris = " ".join(f"<{iri}>" for iri in found)
    for row in rows(store, _MORE.replace("$IRIS", iris)) if found else ():
        kinds[str(row["entity"])].add(str(row["kind"]))
        aliases[str(row["entity"])] |= {row["alias"]} if row["alias"] else set()
    for iri, entity in found.items():
        entity["kind"], entity["aliases"] = ", ".join(sorted(kinds[iri])), sorted(aliases[iri])
    exact = [
        r for r in found.values() if name and name.casefold() in {x.casefold() for x in (r["name"], *r["aliases"])}
    ]
    return exact or list(found.values())


def _similar(store: Store, name: str) -> str:
    names = {spelled for _, spelled, _ in store.identities.sightings()}
    near = difflib.get_close_matches(name, names, 3)
    return f"; did you mean {', '.join(near)}?" if near else ": kg entities lists them"


def _print_table(found: Iterable[dict[str, Any]]) -> None:
    from kg.graph.table import csv_text

    names = ("name", "kind", "mentions", "documents", "aliases", "entity")
    table = [[str(row[n]) if n != "aliases" else "; ".join(row[n]) for n in names] for row in found]
    print(csv_text(names, table), end="")


def _print_judgements(store: Store, iri: str) -> None:
    """Tell why mentions are one or are not, a reason that joins several documents once."""
    found: dict[tuple[str, str, str, str], dict[str, None]] = {}
    for j in store.identities.explain(iri.removeprefix(store.base)):
        (a, one), (b, other) = (_told(store, x) for x in (j.a, j.b))
        both = a == b and one and other
        who = a if both else f"{a}{one and f' in {one}'} and {b}{other and f' in {other}'}"
        documents = found.setdefault((j.verdict, who, j.reason or "no reason given", j.by), {})
        documents |= dict.fromkeys((other, one)) if both else {}
    for (verdict, who, reason, by), documents in found.items():
        where = f" in {', '.join(documents)}" if documents else ""
        print(f"  {verdict}: {who}{where}: {reason} ({by})")
    if not found:
        print("  one name in one document, or one that means one thing: nothing was judged")


def _told(store: Store, reference: str) -> tuple[str, str]:
    """Name what is judged, and the document if only that one's is meant."""
    from kg.identity import AT

    key, _, document = store.identities.reference(reference).partition(AT)
    return unquote(key.partition(":")[2].replace("_", " ")), document


def _print_facts(store: Store, iri: str) -> None:
    from kg.graph.facts import facts

    for section, table in facts(store, iri).items():
        if table:
            print(f"\n  {section.replace('_', ' ')}")
        for row in table:
            first = next(v for k, v in row.items() if k not in ("claim", "body"))
            if "claim" not in row:
                print("    " + ", ".join(str(v) for v in row.values() if v))
            else:
                where = f"{str(row['document']).rpartition('/')[2]}{f', {row["day"]}' if row['day'] else ''}"
                print(f"    {first} [{row['who']}, {row['certainty']}; {where}]\n      “{row['sentence']}”")
