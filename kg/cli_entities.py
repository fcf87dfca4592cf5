"""The commands on who is who: `kg entities`, `kg merge`, `kg split`."""

from __future__ import annotations

import difflib
import shutil
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal
from urllib.parse import unquote

import typer

from kg.model import KgError

if TYPE_CHECKING:
    from kg.graph.listing import Listed
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
_HEADS: Final = {
    "event": "what happened",
    "members": "who and what belongs to it",
    "said": "what it says",
    "said_of": "what is said of it",
}


def entities(
    name: Annotated[str | None, typer.Argument(help="Part of a name; without it, all.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show every judgement that made or parted it.")] = False,
    facts: Annotated[bool, typer.Option("--facts", help="Show its page of facts, with the sentences.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="Entities, or facts of a section, to show at most.")] = 100,
    page: Annotated[int, typer.Option(min=1, help="Show the next so many: 2, 3 and so on.")] = 1,
    store: StorePlace = STORE,
) -> None:
    """List the entities of a store, the most mentioned first, or say all that is known of one.

    Example: kg entities Blair --explain   or   kg entities NATO --facts --limit 20 --page 2
    """
    from kg.graph.store import Store

    opened = Store.open(store, read_only=True)
    if (explain or facts) and name is None:
        raise typer.BadParameter("--explain and --facts take a name: kg entities NAME --explain")
    found = _found(opened, name)
    if name and not found:
        raise KgError(f"no entity {name!r} in {store}{_similar(opened, name)}")
    if not explain and not facts:
        _print_table(found[limit * (page - 1) : limit * page])
        return
    for one in found[:_SHOWN]:
        counts = f"{_counted(one.mentions, 'mention')} in {_counted(one.mentioned_in, 'document')}"
        print(f"{one.name} ({one.kind}), {counts}: {one.iri}")
        if explain:
            _print_judgements(opened, one.iri)
        if facts:
            _print_facts(opened, one, limit, page)
    if more := found[_SHOWN:]:
        print(f"\n{len(more)} more have {name!r} in a name, such as {more[0].name}: give the whole name, or the IRI")


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
    from kg.identity import LOCAL

    part = store.part([document])
    if not store.is_returned(unquote(document)):
        yield from ((e.key, e.name) for _, named in part.named() for e in named if e.key.startswith(LOCAL))


def _imported(store: Store, name: str) -> str:
    """Say that a node came by an import, if it did."""
    found = [e.iri for e in _found(store, name) if name == e.iri or e.is_called(name)]
    return f": {found[0]} came by kg import, which keeps its names; build the store from the texts" if found else ""


def _nodes(store: Store, name: str) -> set[str]:
    """Find nodes by their IRI or by another of their names."""
    if store.identities.nodes_of(name):
        return {name}
    nodes = {e.iri.removeprefix(store.base) for e in _found(store, name) if e.is_called(name)}
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


def _found(store: Store, name: str | None) -> list[Listed]:
    """Find entities by part of a name; if some have just that name, only those; or one by its IRI or key."""
    from kg.graph.listing import listing
    from kg.identity import LOCAL

    listed = listing(store)
    if name and (one := [e for e in listed if e.iri == store.base + name.removeprefix(store.base)]):
        return one
    shared = [e for e in listed if e.mentioned_in and not e.iri.startswith(store.base + LOCAL)]
    if name is None:
        return shared
    part = name.casefold()
    return [e for e in shared if e.is_called(name)] or [
        e for e in shared if any(part in called.casefold() for called in e.labels | e.others)
    ]


def _similar(store: Store, name: str) -> str:
    names = {spelled for _, spelled, _ in store.identities.sightings()}
    near = difflib.get_close_matches(name, names, 3)
    return f"; did you mean {', '.join(near)}?" if near else ": kg entities lists them"


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}{'s' if number != 1 else ''}"


def _print_table(found: Iterable[Listed]) -> None:
    from kg.graph.table import csv_text

    names = ("name", "kind", "mentions", "documents", "aliases", "entity")
    table = [[e.name, e.kind, str(e.mentions), str(e.mentioned_in), "; ".join(e.aliases), e.iri] for e in found]
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


def _print_facts(store: Store, entity: Listed, size: int, page: int) -> None:
    from kg.graph.facts import facts

    for section, table in facts(store.part(entity.documents), entity.iri, size, page).items():
        if not table or (page > 1 and "claim" not in table[0]):
            continue
        print(f"\n  {_HEADS.get(section, section)}")
        if "claim" not in table[0]:
            for row in table:
                _print_wrapped(", ".join(value for value in row.values() if value), 4)
            continue
        for (sentence, where, day), told in groupby(table[:size], lambda r: (r["sentence"], r["document"], r["day"])):
            for row in told:
                _print_wrapped(f"{row.get('role') or row['words']} [{_judged(row)}]", 4)
            _print_wrapped(f"“{sentence}” {_document(str(where))}{f', {day}' if day else ''}", 6)
        if len(table) > size:
            _print_wrapped(f"… more: --page {page + 1}", 4)


def _judged(row: Mapping[str, str | None]) -> str:
    """Tell what is known of a claim beside its words."""
    body = row.get("body")
    of = body if body and body not in str(row["role"]) else None
    more = {"of": of, "time": row["meant"], "what happened": row["event"]}
    told = "".join(f"; {name}: {value}" for name, value in more.items() if value)
    return f"{row['who']}, {row['certainty']}{told}"


def _document(iri: str) -> str:
    return unquote(iri.rpartition("/doc/")[2])


def _print_wrapped(text: str, indent: int) -> None:
    width = max(shutil.get_terminal_size((120, 24)).columns, 40)
    print(textwrap.fill(text, width, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2),
                        break_long_words=False, break_on_hyphens=False))  # fmt: skip
