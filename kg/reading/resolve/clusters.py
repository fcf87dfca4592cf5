"""The entities of a document while they are gathered: which candidates belong to each, and what is known of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.model import Form
from kg.reading.parse import Parse
from kg.reading.resolve.gazetteer import Row
from kg.reading.resolve.lexicon import Lexicon
from kg.reading.resolve.mentions import Candidate


@dataclass(slots=True)
class Cluster:
    """The mentions of one entity as they are gathered."""

    number: int
    kind: str
    plural: bool = False
    gender: str = ""
    members: list[int] = field(default_factory=list)
    """Indices of candidates."""
    nouns: set[str] = field(default_factory=set)
    """Lemmas of the nouns it has been called by."""
    modifiers: set[str] = field(default_factory=set)
    """Words that stood before or after those nouns."""
    names: list[str] = field(default_factory=list)
    last: int = -1
    """The candidate that mentioned it last."""
    seen: int = 0
    """How often it has been mentioned so far."""
    owner: int = -1
    """Cluster that possesses it, or -1."""
    row: Row | None = None
    """What the gazetteer knows it as."""
    parts: tuple[int, ...] = ()
    """Clusters that it is a group of."""
    event: int = -1
    """Token of the verb that tells it, or -1."""


@dataclass(frozen=True, slots=True)
class Links:
    """For every candidate the cluster it belongs to, how it came to it, and how sure that is."""

    candidates: tuple[Candidate, ...]
    cluster: tuple[int, ...]
    rules: tuple[str, ...]
    confidence: tuple[float, ...]
    clusters: tuple[Cluster, ...]
    apart: frozenset[int]
    """Candidates that say what another one is (appositions, titles): no second reference to it."""


class Board:
    """Candidates and the clusters they have been put in so far."""

    def __init__(self, parse: Parse, words: Lexicon, candidates: Sequence[Candidate]) -> None:
        self.parse, self.tokens, self.words = parse, parse.tokens, words
        self.candidates = candidates
        n = len(candidates)
        self.cluster = [-1] * n
        self.rules = [""] * n
        self.sure = [1.0] * n
        self.apart: set[int] = set()
        self.clusters: list[Cluster] = []
        self.at: dict[int, int] = {}
        """Head token → candidate."""
        for c, candidate in enumerate(candidates):
            for i in range(candidate.first, candidate.end) if candidate.form is Form.NAME else (candidate.head,):
                self.at.setdefault(i, c)

    def open(self, c: int) -> int:
        """Open a cluster for an entity first mentioned by a candidate."""
        x = self.candidates[c]
        cluster = Cluster(len(self.clusters), x.kind or "Concept", x.number == "plural")
        if x.owner >= 0 and (owner := self.at.get(x.owner)) is not None:
            cluster.owner = self.cluster[owner]
        self.clusters.append(cluster)
        return cluster.number

    def add(self, c: int, number: int, rule: str, sure: float) -> None:
        """Put a candidate into a cluster."""
        x, cluster = self.candidates[c], self.clusters[number]
        self.cluster[c], self.rules[c], self.sure[c] = number, rule, sure
        cluster.members.append(c)
        if x.form is Form.NAME:
            cluster.names.append(x.key)
        elif x.form is Form.NOMINAL:
            cluster.nouns.add(x.key)
        if not cluster.gender and x.gender in ("male", "female"):
            cluster.gender = x.gender

    def links(self) -> Links:
        """Freeze what was found."""
        return Links(
            tuple(self.candidates), tuple(self.cluster), tuple(self.rules), tuple(self.sure),
            tuple(self.clusters), frozenset(self.apart),
        )  # fmt: skip
