"""Who is who across documents: which nodes of different documents are one, and why.

A pure function from a set of summaries and the user's judgements to a mapping, so that the order of reading does
not matter and an incremental build equals a fresh one. Names are compared only inside blocks (one surname, one
spelling with a letter left out, one set of initials), hence in linear time. Every merge is a judgement of its own
with its reason; nothing is overwritten, and a user's judgement outweighs the rest.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, Literal, NamedTuple

from kg.gazetteer import fold
from kg.model import KgError

PEOPLE: Final = "Person"
_SHORTEST: Final = 8
"""Letters a name needs before one wrong letter is taken for a slip."""
_SMALL: Final = frozenset(("of", "and", "the", "for", "in", "on", "de", "&"))


class Sighting(NamedTuple):
    """One entity in one document."""

    key: str
    """What the graph would call it: its IRI, or any other stable text."""
    name: str
    family: str
    """Broad class within which a name means one thing: "Person", "Organization", "Place", …"""
    row: str | None = None
    """Gazetteer row it was recognised as."""


class Summary(NamedTuple):
    """What identity needs to know of a document: its world-scoped named entities."""

    document: str
    sightings: tuple[Sighting, ...]


class Judgement(NamedTuple):
    """Two nodes are one, or are not, and why; by "kg" or by the user."""

    verdict: Literal["same", "different"]
    a: str
    b: str
    reason: str
    by: str = "kg"


class _Node(NamedTuple):
    """A key with what all documents together say of it."""

    sighting: Sighting
    documents: int
    company: frozenset[str]
    """Keys it stands beside; only for those who are compared by it."""


class Identities:
    """The judgements over a set of documents and the mapping they give.

    >>> one = Summary("1", (Sighting("p/Tony_Blair", "Tony Blair", "Person"), Sighting("o/UN", "UN", "Organization")))
    >>> two = Summary("2", (Sighting("p/Blair", "Blair", "Person"), Sighting("o/UN", "UN", "Organization")))
    >>> Identities([one, two]).mapping
    {'p/Blair': 'p/Tony_Blair'}
    """

    def __init__(self, summaries: Iterable[Summary], judgements: Iterable[Judgement] = ()) -> None:
        self._nodes = _nodes(summaries)
        given = sorted(set(judgements))
        found = [j for block in (_surnames, _spellings, _acronyms) for j in block(self._nodes)]
        self.judgements: Final = tuple(_kept(self._nodes, given, sorted(set(found))))
        """All that stand, the user's first."""
        self.mapping: Final[Mapping[str, str]] = _mapping(self._nodes, self.judgements)
        """Key → key to use instead; keys that stay are left out."""

    def explain(self, key: str) -> tuple[Judgement, ...]:
        """Find the judgements that name a node or what it was merged with."""
        home = self.mapping.get(key, key)
        return tuple(j for j in self.judgements if home in (self.mapping.get(x, x) for x in (j.a, j.b)))


def _nodes(summaries: Iterable[Summary]) -> dict[str, _Node]:
    first: dict[str, Sighting] = {}
    count: Counter[str] = Counter()
    company: dict[str, set[str]] = defaultdict(set)
    for summary in sorted(summaries):
        keys = {s.key for s in summary.sightings}
        for sighting in sorted(summary.sightings, key=_order):
            if sighting.key not in first or _order(sighting) < _order(first[sighting.key]):
                first[sighting.key] = sighting
            if sighting.family == PEOPLE:
                company[sighting.key] |= keys - {sighting.key}
        count.update(keys)
    return {k: _Node(first[k], count[k], frozenset(company.get(k, ()))) for k in sorted(first)}


def _order(sighting: Sighting) -> tuple[str, ...]:
    return sighting.key, sighting.name, sighting.family, sighting.row or ""


def _surnames(nodes: Mapping[str, _Node]) -> Iterable[Judgement]:
    """A surname alone is the one person of that surname, if they keep the same company."""
    full: dict[str, list[str]] = defaultdict(list)
    for key, node in nodes.items():
        words = node.sighting.name.split()
        if node.sighting.family == PEOPLE and len(words) > 1:
            full[fold(words[-1])].append(key)
    for key, node in nodes.items():
        if node.sighting.family != PEOPLE or " " in node.sighting.name.strip() or node.sighting.row:
            continue
        found = full.get(fold(node.sighting.name), [])
        shared = node.company & nodes[found[0]].company if len(found) == 1 else ()
        if shared:
            yield Judgement("same", key, found[0], f"the only {node.sighting.name}; both beside {min(shared)}")


def _spellings(nodes: Mapping[str, _Node]) -> Iterable[Judgement]:
    """One letter apart in a long name, and the rarer spelling stands once: a slip."""
    left_out: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for key, node in nodes.items():
        name = fold(node.sighting.name)
        if len(name) < _SHORTEST or not name.isalpha():
            continue
        for cut in {name, *(name[:i] + name[i + 1 :] for i in range(1, len(name)))}:
            left_out[node.sighting.family, cut].append((name, key))
    for group in left_out.values():
        if len(group) < 2:
            continue
        name, best = max(group, key=lambda entry: (nodes[entry[1]].documents, entry))
        for other, key in group:
            if key != best and _slip(nodes[key], nodes[best], other, name):
                yield Judgement("same", key, best, f"{other!r} is {name!r} with a slip of one letter")


def _slip(rare: _Node, known: _Node, one: str, other: str) -> bool:
    """Words agree in number and first letters, and at most one differs; given names must be equal."""
    a, b = rare.sighting.name.split(), known.sighting.name.split()
    if rare.sighting.row or len(a) != len(b) or rare.documents > 1 or known.documents < 3 or one == other:
        return False
    different = [(x, y) for x, y in zip(a, b, strict=True) if fold(x) != fold(y)]
    if rare.sighting.family == PEOPLE and (len(a) < 2 or fold(a[0]) != fold(b[0])):
        return False
    return len(different) == 1 and all(fold(x)[:1] == fold(y)[:1] and len(fold(x)) > 4 for x, y in different)


def _acronyms(nodes: Mapping[str, _Node]) -> Iterable[Judgement]:
    """An acronym is the organisation of those initials, if only one has them."""
    spelled: dict[str, list[str]] = defaultdict(list)
    for key, node in nodes.items():
        words = [w for w in node.sighting.name.replace("-", " ").split() if w.lower() not in _SMALL]
        if node.sighting.family == "Organization" and len(words) > 2:
            spelled["".join(w[0] for w in words).upper()].append(key)
    for key, node in nodes.items():
        name = node.sighting.name.replace(".", "").replace("-", "")
        if node.sighting.family != "Organization" or not name.isupper() or len(name) < 3 or " " in name:
            continue
        found = spelled.get(name, [])
        if len(found) == 1 and not (node.sighting.row and nodes[found[0]].sighting.row):
            yield Judgement("same", key, found[0], f"{name} are the initials of {nodes[found[0]].sighting.name}")


class _Sets:
    """Union-find that never joins what was judged different."""

    def __init__(self, apart: Iterable[tuple[str, str]]) -> None:
        self._up: dict[str, str] = {}
        self._apart: dict[str, set[str]] = defaultdict(set)
        for a, b in apart:
            self._apart[a].add(b)
            self._apart[b].add(a)

    def root(self, key: str) -> str:
        while (up := self._up.get(key, key)) != key:
            self._up[key] = self._up.get(up, up)
            key = up
        return key

    def join(self, a: str, b: str) -> bool:
        a, b = sorted((self.root(a), self.root(b)))
        if a == b:
            return True
        if any(self.root(x) == b for x in self._apart.get(a, ())):
            return False
        self._up[b] = a
        if b in self._apart:
            self._apart[a] |= self._apart.pop(b)
        return True


def _kept(nodes: Mapping[str, _Node], given: list[Judgement], found: list[Judgement]) -> Iterable[Judgement]:
    yield from given
    sets = _Sets((j.a, j.b) for j in given if j.verdict == "different")
    for judgement in [j for j in given if j.verdict == "same"]:
        if not sets.join(judgement.a, judgement.b):
            raise KgError(f"{judgement.a!r} and {judgement.b!r} are judged both the same and different: remove one")
    rows: dict[str, str] = {}
    for judgement in found:
        known = [
            rows.get(sets.root(k)) or (nodes[k].sighting.row if k in nodes else None)
            for k in (judgement.a, judgement.b)
        ]
        if len({row for row in known if row}) < 2 and sets.join(judgement.a, judgement.b):
            row = known[0] or known[1]
            if row:
                rows[sets.root(judgement.a)] = row
            yield judgement


def _mapping(nodes: Mapping[str, _Node], judgements: Iterable[Judgement]) -> dict[str, str]:
    sets = _Sets(())
    touched: dict[str, None] = {}
    for judgement in judgements:
        if judgement.verdict == "same":
            sets.join(judgement.a, judgement.b)
            touched |= {judgement.a: None, judgement.b: None}
    groups: dict[str, list[str]] = defaultdict(list)
    for key in sorted(touched):
        groups[sets.root(key)].append(key)
    out: dict[str, str] = {}
    for keys in groups.values():
        head = max(keys, key=lambda k: _standing(nodes.get(k), k))
        out |= {k: head for k in keys if k != head}
    return dict(sorted(out.items()))


def _standing(node: _Node | None, key: str) -> tuple[bool, bool, int, str]:
    if node is None:
        return False, False, 0, key
    return node.sighting.row is not None, " " in node.sighting.name, node.documents, key


def read_judgements(path: Path) -> tuple[Judgement, ...]:
    """Read the user's judgements, one JSON object a line; none if there is no file."""
    if not path.is_file():
        return ()
    out = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            out.append(Judgement(**json.loads(line)))
        except (ValueError, TypeError) as error:
            raise KgError(f"{path}:{number}: no judgement ({error}): mend or remove the line") from error
    return tuple(out)


def write_judgements(path: Path, judgements: Iterable[Judgement]) -> None:
    """Write the user's judgements, sorted, one JSON object a line."""
    lines = [json.dumps(j._asdict(), ensure_ascii=False) + "\n" for j in sorted(set(judgements))]
    path.write_text("".join(lines), encoding="utf-8")


def decided(judgements: Iterable[Judgement], new: Judgement) -> tuple[Judgement, ...]:
    """Add a user's judgement; it takes the place of an earlier one on the same two nodes."""
    kept = [j for j in judgements if {j.a, j.b} != {new.a, new.b}]
    return tuple(sorted({*kept, new}))
