"""Nodes out of evidence: the bearers of one name told apart, names of one bearer joined.

Union of what shares a clue, under constraints: Christen 2012, "Data Matching", chapter 6.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Final

from kg.gazetteer import fold
from kg.identity.evidence import (
    PERSON,
    Clue,
    Index,
    Key,
    Sighting,
    acronym,
    document_of,
    initial,
    is_full,
    is_slip,
    is_variant,
    said,
)
from kg.identity.judgements import AT, Judgement, key_of

_KNOWN: Final = 3
"""Documents that make a spelling the known one."""
_WEAK: Final = ("besides", "called", "then", "with")
"""Clues that join only those whose roles and states do not differ."""
_GENERATION: Final = 30 * 365
"""Days between documents after which one name is no longer one person."""
_TERM: Final = 5 * 365
"""And after which a surname alone is not: "President Roh" of 1995 and 2003."""


class Sets:
    """Union-find that never joins what was judged different."""

    def __init__(self, apart: Iterable[tuple[str, str]] = ()) -> None:
        self._up: dict[str, str] = {}
        self._apart: dict[str, set[str]] = defaultdict(set)
        for a, b in apart:
            self._apart[a].add(b)
            self._apart[b].add(a)

    def root(self, key: str) -> str:
        """Find what stands for the set of a key."""
        while (up := self._up.get(key, key)) != key:
            self._up[key] = self._up.get(up, up)
            key = up
        return key

    def join(self, a: str, b: str) -> bool:
        """Make two sets one; tell whether they are now."""
        a, b = sorted((self.root(a), self.root(b)))
        if a == b:
            return True
        if not self.may_join(a, b):
            return False
        self._up[b] = a
        if b in self._apart:
            self._apart[a] |= self._apart.pop(b)
        return True

    def may_join(self, a: str, b: str) -> bool:
        """Tell whether nothing keeps two sets apart."""
        return all(self.root(x) != self.root(b) for x in self._apart.get(self.root(a), ()))


class Bearers:
    """The documents of one name, joined where a clue says that they mean one bearer of it."""

    def __init__(self, index: Index, key: Key) -> None:
        self._index, self._key, self._name = index, key, index.names[key]
        self._seen = self._name.seen
        self._loose, self._known = self._name.loose, self._name.row is not None
        given = [
            (j.verdict, *(x.partition(AT)[2] for x in (j.a, j.b)))
            for j in index.given.get(key, ())
            if key_of(j.a) == key_of(j.b)
        ]
        apart = [(a, b) for verdict, a, b in given if verdict == "different"]
        self._sets = Sets((a, b) for a, b in apart if a and b)
        self._alone = {a or b for a, b in apart if not (a and b)}
        self._roles = {d: _trades(s) for d, s in self._seen.items()}
        self._lands = {d: set(index.scene(d).countries) for d in self._seen}
        days = ((d, index.summaries[d].day) for d in self._seen)
        self._days = {d: (day, day) for d, day in days if day}
        self._generation = _TERM if self._name.family == PERSON and " " not in self._name.text else _GENERATION
        self._links: list[tuple[Clue, str, str]] = []
        for verdict, a, b in given:
            if verdict == "same":
                self._join_all([*self._documents(a), *self._documents(b)])
        self._join_by_clues()

    def _documents(self, document: str) -> list[str]:
        return [d for d in ([document] if document else sorted(self._seen)) if d in self._seen]

    def _join_all(self, documents: list[str]) -> None:
        for document in documents[1:]:
            self._join(documents[0], document)

    def _join_by_clues(self) -> None:
        shared: dict[Clue, list[str]] = defaultdict(list)
        weak = []
        for document in sorted(self._seen.keys() - self._alone):
            for clue in self._clues(document):
                if clue[0] in _WEAK:
                    weak.append((clue, document))
                else:
                    self._gather(shared[clue], clue, document)
        for clue, document in sorted(weak):
            self._gather(shared[clue], clue, document)

    def _gather(self, others: list[str], clue: Clue, document: str) -> None:
        """Join a document with the first of those of its clue that it may be joined with."""
        if not any(self._link(clue, other, document) for other in others):
            others.append(document)

    def _clues(self, document: str) -> Iterable[Clue]:
        """Find what joins a document with others: a known name by itself, a strange one weakly."""
        if self._known and not self._loose:
            return [("name", self._key)]
        alone = [] if self._loose else [("called", self._key)]
        return [*self._index.clues(self._key, document), *alone]

    def _link(self, clue: Clue, a: str, b: str) -> bool:
        """Join two documents for a clue they share, unless roles or dates speak against it; tell whether they are."""
        if self._sets.root(a) == self._sets.root(b):
            return True
        if not self._one_generation(a, b) or (clue[0] in _WEAK and not self._one_story(a, b)):
            return False
        if joined := self._join(a, b):
            self._links.append((clue, b, a))
        return joined

    def _one_story(self, a: str, b: str) -> bool:
        for told in (self._roles, self._lands):
            one, two = (told[self._sets.root(d)] for d in (a, b))
            if one and two and one.isdisjoint(two):
                return False
        return True

    def _one_generation(self, a: str, b: str) -> bool:
        one, two = (self._days.get(self._sets.root(d)) for d in (a, b))
        return not one or not two or max(one[0] - two[1], two[0] - one[1]) < self._generation

    def _join(self, a: str, b: str) -> bool:
        """Join two documents; tell whether that was new."""
        one, two = sorted((self._sets.root(a), self._sets.root(b)))
        if one == two or not self._sets.join(one, two):
            return False
        self._roles[one] |= self._roles[two]
        self._lands[one] |= self._lands[two]
        days = [*self._days.get(one, ()), *self._days.get(two, ())]
        if days:
            self._days[one] = min(days), max(days)
        return True

    def nodes(self) -> dict[str, str]:
        """Name the bearer that each document means: the known one or else the first by the key alone."""
        groups: dict[str, list[str]] = defaultdict(list)
        for document in sorted(self._seen):
            groups[self._sets.root(document)].append(document)
        ordered = sorted(groups.values(), key=lambda docs: (not any(self._seen[d].row for d in docs), docs))
        return {d: self._key if n == 0 else f"{self._key}:{docs[0]}" for n, docs in enumerate(ordered) for d in docs}

    def reasons(self, documents: list[str]) -> Iterator[Judgement]:
        """Tell why documents mean one bearer."""
        for clue, a, b in self._links:
            if a in documents and b in documents:
                yield Judgement("same", f"{self._key}{AT}{a}", f"{self._key}{AT}{b}", said(clue))


def _trades(sighting: Sighting) -> set[str]:
    """Take from roles whose they are: "president" of "president of South Korea"."""
    return {role.partition(" of ")[0] for role in sighting.roles}


class Resolution:
    """Nodes and judgements of a set of keys that nothing outside it touches."""

    def __init__(self, index: Index, keys: list[Key]) -> None:
        self._index = index
        self._names = {key: index.names[key] for key in keys}
        self._given = sorted({j for key in keys for j in index.given.get(key, ())})
        self._bearers: dict[Key, dict[str, str]] = {}
        self._told: dict[tuple[str, str], dict[Clue, None]] = {}
        self.nodes: dict[Key, str | dict[str, str]] = {}
        """Node of a key, or of each document that sights it; keys that are their own node are left out."""
        self.found: dict[Key, list[Judgement]] = defaultdict(list)
        """Judgements of kg, each by the key of what goes by another name."""
        named = {key_of(x) for j in self._given for x in (j.a, j.b) if AT in x}
        for key, name in self._names.items():
            if len(name.seen) > 1 and (name.loose or not name.row or key in named):
                nodes = Bearers(index, key).nodes()
                if any(node != key for node in nodes.values()):
                    self._bearers[key] = nodes
        self._merge(sorted(set(self._compared())))

    def _node(self, key: Key, document: str) -> str:
        found = self._bearers.get(key)
        return found[document] if found else key

    def _nodes_of(self, key: Key) -> dict[str, list[str]]:
        """Give the bearers of a name before any goes by another name, with their documents."""
        out: dict[str, list[str]] = defaultdict(list)
        for document in sorted(self._names[key].seen):
            out[self._node(key, document)].append(document)
        return out

    def _home(self, node: str) -> Key:
        return node if node in self._names else node.rpartition(":")[0]

    # ------------------------------------------------------------------ names that differ

    def _compared(self) -> Iterator[Judgement]:
        for block in self._index.shared(self._names):
            self._told.clear()
            rule = self._RULES.get(block.partition(" ")[0], Resolution._short_forms)
            yield from rule(self, sorted(self._index.members(block)))

    def _short_forms(self, keys: list[Key]) -> Iterator[Judgement]:
        """A surname or an acronym alone is the full name that it shares a clue with, if it is one only."""
        full = [key for key in keys if is_full(self._names[key])]
        short = [key for key in keys if not is_full(self._names[key]) and not self._names[key].row]
        if not full or not short:
            return
        bearers: dict[Clue, set[str]] = defaultdict(set)
        roles: dict[str, set[str]] = {}
        for key in full:
            for node, documents in self._nodes_of(key).items():
                roles[node] = {trade for d in documents for trade in _trades(self._names[key].seen[d])}
                for clue in self._shared(key, documents):
                    bearers[clue].add(node)
        for key in short:
            alone = full[0] if len(full) == 1 and len(acronym(self._names[key].text)) > 3 else None
            for node, documents in self._nodes_of(key).items():
                yield from self._short_form(key, node, documents, bearers, roles, alone)

    def _shared(self, key: Key, documents: Iterable[str], family: str = "") -> dict[Clue, None]:
        return dict.fromkeys(clue for d in documents for clue in self._index.clues(key, d, family))

    def _short_form(
        self,
        key: Key,
        node: str,
        documents: list[str],
        bearers: Mapping[Clue, set[str]],
        roles: Mapping[str, set[str]],
        alone: Key | None,
    ) -> Iterator[Judgement]:
        votes: Counter[str] = Counter()
        reason: dict[str, Clue] = {}
        for document in documents:
            # Two names that one document keeps apart are two.
            there = {s.key for s in self._index.summaries[document].sightings}
            called = _trades(self._names[key].seen[document])
            for clue in self._index.clues(key, document):
                for full in bearers.get(clue, ()):
                    otherwise = clue[0] in _WEAK and called and roles[full] and called.isdisjoint(roles[full])
                    fits = not otherwise and self._text(full).startswith(initial(self._names[key].text))
                    if fits and self._home(full) not in there:
                        votes[full] += 1
                        reason[full] = min(reason.get(full, clue), clue)
        best = sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))[:2]
        if best and (len(best) == 1 or best[0][1] > best[1][1]):
            full = best[0][0]
            why = f"{self._text(node)!r} is short for {self._text(full)!r}: {said(reason[full])}"
            yield Judgement("same", node, full, why)
        elif alone:
            why = f"{self._text(node)!r} are the initials of {self._text(alone)!r}, and of no other here"
            yield Judgement("same", node, alone, why)

    def _slips(self, keys: list[Key]) -> Iterator[Judgement]:
        """One letter of a long name differs, the rarer spelling stands once, and a clue is shared: a slip."""
        known = max(keys, key=lambda k: (self._names[k].row is not None, len(self._names[k].seen), k))
        name = self._names[known]
        if not name.row and len(name.seen) < _KNOWN:
            return
        for key in keys:
            rare = self._names[key]
            if len(rare.seen) > 1 or rare.row or not is_slip(rare.text, name.text):
                continue
            why = f"{rare.text!r} is {name.text!r} with one wrong letter"
            if not name.loose:
                yield Judgement("same", key, known, why)
                continue
            clues = self._shared(key, rare.seen)
            for node, documents in self._nodes_of(known).items():
                if shared := clues.keys() & self._shared(known, documents).keys():
                    yield Judgement("same", key, node, f"{why}; {said(min(shared))}")
                    break

    def _variants(self, keys: list[Key]) -> Iterator[Judgement]:
        """Two spellings of a person's name that share a clue are one: the rarer goes by the other."""
        ranked = sorted(keys, key=lambda k: (self._names[k].row is None, -len(self._names[k].seen), k))
        for known, rare in combinations(ranked, 2):
            one, other = self._names[rare].text, self._names[known].text
            if is_variant(one, other):
                yield from self._alike(rare, known, f"{one!r} is {other!r} spelt otherwise")

    def _bodies(self, keys: list[Key]) -> Iterator[Judgement]:
        """A body that every state has is one with that of its state: "China's ministry", "the Chinese ministry"."""
        ranked = sorted(keys, key=lambda k: (self._names[k].row is None, -len(self._names[k].text), k))
        for known, short in combinations(ranked, 2):
            yield from self._alike(short, known, f"{self._names[short].text!r} is {self._names[known].text!r}")

    def _kinds(self, keys: list[Key]) -> Iterator[Judgement]:
        """A name of several words taken for two kinds of things is one thing's, if a clue is shared."""
        ranked = sorted(keys, key=lambda k: (self._names[k].row is None, -len(self._names[k].seen), k))
        for known, rare in combinations(ranked, 2):
            one, other = self._names[rare], self._names[known]
            if one.row or one.body or len(one.seen) > _KNOWN or fold(one.text) != fold(other.text):
                continue
            why = f"{one.text!r} is one name, of which the kind is doubtful"
            yield from self._alike(rare, known, why, PERSON if PERSON in (one.family, other.family) else "")

    def _alike(self, key: Key, known: Key, why: str, family: str = "") -> Iterator[Judgement]:
        """Join each bearer of a name with the first of another name that it shares a clue with."""
        for one, documents in self._nodes_of(key).items():
            clues = self._told_of(one, key, documents, family)
            for node, theirs in self._nodes_of(known).items() if clues else ():
                if shared := clues.keys() & self._told_of(node, known, theirs, family).keys():
                    yield Judgement("same", one, node, f"{why}: {said(min(shared))}")
                    break

    def _told_of(self, node: str, key: Key, documents: list[str], family: str) -> dict[Clue, None]:
        """Find the clues of a bearer, once for all the names of a block that are compared with it."""
        told = self._told.get((node, family))
        if told is None:
            told = self._told[node, family] = self._shared(key, documents, family)
        return told

    _RULES: Final = {"spelling": _slips, "sound": _variants, "body": _bodies, "name": _kinds}
    """How the names of a block are compared, by the block's first word; the rest may be short forms."""

    # ------------------------------------------------------------------ one node for those that are one

    def _merge(self, found: list[Judgement]) -> None:
        sets = Sets((a, b) for j in self._given if j.verdict == "different" for a, b in self._pairs(j))
        standing = [
            (a, b) for j in self._given if j.verdict == "same" for a, b in self._pairs(j) if sets.join(a, b)
        ]  # fmt: skip
        rows: dict[str, str] = {}
        for judgement in found:
            a, b = judgement.a, judgement.b
            known = [rows.get(sets.root(x)) or self._row(x) for x in (a, b)]
            if len({row for row in known if row}) < 2 and sets.join(a, b):
                if row := known[0] or known[1]:
                    rows[sets.root(a)] = row
                standing.append((a, b))
                self.found[self._home(a)].append(judgement)
        heads = self._heads(sets, standing)
        self._name(heads)
        for node in {n for nodes in self._bearers.values() for n in nodes.values()}:
            key = self._home(node)
            if node not in (key, heads.get(key)) and heads.get(node, node) == node and sets.may_join(node, key):
                why = f"both are called {self._text(node)}, but nothing beside them is the same"
                self.found[key].append(Judgement("possible", node, key, why))

    def _pairs(self, judgement: Judgement) -> list[tuple[str, str]]:
        """Find the pairs of nodes that a user's judgement speaks of."""
        one, two = (self._meant(x) for x in (judgement.a, judgement.b))
        return [(a, b) for a in sorted(one) for b in sorted(two) if a != b]

    def _meant(self, reference: str) -> set[str]:
        key, _, document = reference.partition(AT)
        name = self._names.get(key)
        if name is None or (document and document not in name.seen):
            return set()
        return {self._node(key, d) for d in ([document] if document else name.seen)}

    def _heads(self, sets: Sets, standing: list[tuple[str, str]]) -> dict[str, str]:
        """Choose the name that each group of nodes goes by: one that goes by no other, the best known of those."""
        groups: dict[str, set[str]] = defaultdict(set)
        for a, b in standing:
            groups[sets.root(a)] |= {a, b}
        going = {a for a, _ in standing}

        def rank(node: str) -> tuple[bool, bool, bool, bool, bool, str]:
            known = self._row(node) is not None
            return not document_of(node), node not in going, known, " " in self._text(node), node in self._names, node

        return {node: max(nodes, key=rank) for nodes in groups.values() for node in nodes}

    def _name(self, heads: Mapping[str, str]) -> None:
        for key in {self._home(node) for node in heads} | self._bearers.keys():
            bearers = self._bearers.get(key)
            if bearers is None:
                if heads[key] != key or document_of(key):
                    self.nodes[key] = heads[key]
            else:
                nodes = {d: heads.get(node, node) for d, node in bearers.items()}
                self.nodes[key] = {d: node for d, node in nodes.items() if node != key}

    def _row(self, node: str) -> str | None:
        return self._names[node].row if node in self._names else None

    def _text(self, node: str) -> str:
        return self._names[self._home(node)].text
