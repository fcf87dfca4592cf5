"""Who is who across documents: which entities of different documents are one node, and why.

A pure function from what documents name and what the user judged to a mapping, so that the order of reading does not
matter and a changed document leads to the same mapping as a fresh start. A name alone is not enough for a person:
documents of one name are joined by *clues*, that is by who and what stands beside it. Names are compared inside
blocks only (one surname, one set of initials, one spelling with a letter left out), hence in linear time, and a change
is worked out for the blocks it touches. Every merge of two names is a judgement of its own with its reason; the
user's outweigh the rest.

Blocking and the union of what shares a clue: Christen 2012, "Data Matching", chapters 4 and 6.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from kg.identity.evidence import LOCAL, Index, Key, Sighting, Summary, Tells, document_of
from kg.identity.judgements import AT, Judgement, Verdict, decided, key_of, parse_judgements, without, write_judgements
from kg.identity.resolution import Bearers, Resolution

__all__ = ["AT", "LOCAL", "Change", "Identities", "Judgement", "Sighting", "Summary", "Tells", "Verdict", "decided",
           "document_of", "key_of", "parse_judgements", "without", "write_judgements"]  # fmt: skip


class Change(NamedTuple):
    """What another document or judgement changes elsewhere."""

    documents: Mapping[str, Mapping[Key, str]] = {}
    """Documents whose nodes have other names now, with the old ones."""
    gone: tuple[Judgement, ...] = ()
    new: tuple[Judgement, ...] = ()


class Identities:
    """The judgements over a set of documents and the nodes they give.

    >>> firm = Sighting("entity/Organization:Norwell_Foods", "Norwell Foods", "Organization")
    >>> one = Summary("1", (Sighting("entity/Person:Anna_Keller", "Anna Keller", "Person"), firm))
    >>> two = Summary("2", (Sighting("entity/Person:Keller", "Keller", "Person"), firm))
    >>> found = Identities([one, two])
    >>> found.names("2")
    {'entity/Person:Keller': 'entity/Person:Anna_Keller'}
    >>> found.judgements[0].reason
    "'Keller' is short for 'Anna Keller': both beside Norwell Foods"
    """

    def __init__(self, summaries: Iterable[Summary] = (), judgements: Iterable[Judgement] = ()) -> None:
        self._index = Index()
        self._nodes: dict[Key, str | dict[str, str]] = {}
        self._found: dict[Key, tuple[Judgement, ...]] = {}
        self._user = tuple(sorted(set(judgements)))
        for summary in summaries:
            self._index.enter(summary)
        self._index.give(self._user)
        self._work_out(set(self._index.names))

    # ------------------------------------------------------------------ changes

    def put(self, summary: Summary) -> Change:
        """Take a document in, or in the place of the one of its name."""
        index, old = self._index, self._index.summaries.get(summary.document)
        if old == summary:
            return Change()
        before = index.closure(index.keys(summary.document))
        index.leave(summary.document)
        index.enter(summary)
        return self._renew(index.closure(before | index.keys(summary.document)), summary.document)

    def drop(self, document: str) -> Change:
        """Take a document out."""
        before = self._index.closure(self._index.keys(document))
        self._index.leave(document)
        return self._renew(before, document)

    def judge(self, judgements: Iterable[Judgement]) -> Change:
        """Put the user's judgements in the place of the earlier ones."""
        before = self._index.closure(key_of(x) for j in self._user for x in (j.a, j.b))
        was, self._user = self._user, tuple(sorted(set(judgements)))
        self._index.give(self._user)
        change = self._renew(before | self._index.closure(key_of(x) for j in self._user for x in (j.a, j.b)))
        self._index.forget_locals()
        gone, new = set(was) - set(self._user), set(self._user) - set(was)
        return Change(change.documents, (*sorted(gone), *change.gone), (*sorted(new), *change.new))

    def _renew(self, keys: set[Key], but: str | None = None) -> Change:
        """Work out the nodes of keys that nothing outside them can touch, and what that changes."""
        gone = {j for key in keys for j in self._found.get(key, ())}
        old = {key: self._nodes[key] for key in keys if key in self._nodes}
        self._work_out(keys)
        new = {j for key in keys for j in self._found.get(key, ())}
        untouched: dict[Key, str | dict[str, str]] = dict.fromkeys(keys, "")
        before = ChainMap(old, untouched, self._nodes)
        changed = dict[str, None]()
        for key in keys & self._index.names.keys():
            alone = "" if document_of(key) else key
            was, now = old.get(key, alone), self._nodes.get(key, alone)
            if was != now:
                seen = sorted(self._index.names[key].seen.keys() - {but})
                changed |= dict.fromkeys(d for d in seen if _at(was, key, d) != _at(now, key, d))
        names = {document: self._names(document, before) for document in changed}
        return Change(names, tuple(sorted(gone - new)), tuple(sorted(new - gone)))

    def _work_out(self, keys: set[Key]) -> None:
        for key in keys:
            self._nodes.pop(key, None)
            self._found.pop(key, None)
        made = Resolution(self._index, sorted(keys & self._index.names.keys()))
        self._nodes.update(made.nodes)
        self._found.update((key, tuple(judgements)) for key, judgements in made.found.items())

    # ------------------------------------------------------------------ answers

    @property
    def user(self) -> tuple[Judgement, ...]:
        """The user's judgements."""
        return self._user

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """All that stand, the user's first."""
        return (*self._user, *sorted(j for found in self._found.values() for j in found))

    def names(self, document: str) -> dict[Key, str]:
        """Map the keys of a document to their nodes.

        Keys that are their own node are left out, unless another document speaks of a node of this one alone.
        """
        return self._names(document, self._nodes)

    def _names(self, document: str, nodes: Mapping[Key, str | dict[str, str]]) -> dict[Key, str]:
        keys = sorted(self._index.keys(document))
        found = ((key, nodes.get(key)) for key in keys)
        named = ((key, _at(node, key, document)) for key, node in found if node)
        return {key: node for key, node in named if node != key or document_of(key)}

    def node(self, key: Key, document: str) -> str:
        """Find the node that a key stands for in a document."""
        return _at(self._nodes.get(key, key), key, document)

    def text(self, node: str) -> str:
        """Name a node as the documents do that gave it its key."""
        return self._index.names[key_of(self.reference(node))].text

    def sightings(self) -> Iterator[tuple[Key, str, str]]:
        """Give every key with its name and each document it is sighted in, sorted."""
        for key, name in sorted(self._index.names.items()):
            for document in sorted(name.seen):
                yield key, name.text, document

    def nodes_of(self, reference: str) -> frozenset[str]:
        """Find what a key, `KEY@DOCUMENT` or a node stands for; nothing if there is no such."""
        key, _, document = self.reference(reference).partition(AT)
        name = self._index.names.get(key)
        if name is None or (document and document not in name.seen):
            return frozenset()
        return frozenset(self.node(key, d) for d in ([document] if document else name.seen))

    def reference(self, node: str) -> str:
        """Write a node as a user's judgement names it: a key, or `KEY@DOCUMENT`."""
        if node in self._index.names or AT in node:
            return node
        key, _, document = node.rpartition(":")
        return f"{key}{AT}{document}" if key in self._index.names else node

    def explain(self, node: str) -> tuple[Judgement, ...]:
        """Find the judgements that made a node or keep it apart, and why single documents are in it."""
        about = [j for j in self.judgements if any(node == x or node in self.nodes_of(x) for x in (j.a, j.b))]
        for key, name in sorted(self._index.names.items()):
            inside = [d for d in sorted(name.seen) if self.node(key, d) == node]
            if len(inside) > 1:
                about += Bearers(self._index, key).reasons(inside)
        return tuple(dict.fromkeys(about))


def _at(nodes: str | dict[str, str], key: Key, document: str) -> str:
    return nodes if isinstance(nodes, str) else nodes.get(document, key)
