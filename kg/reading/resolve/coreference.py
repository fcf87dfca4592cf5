"""Which mentions are one: names by form, roles and appositions by syntax, the rest by ranking.

Names are joined over the whole document first. Then one walk from left to right keeps the entities seen so
far in the order of their last mention and asks, for each nominal and pronoun, which of the nearest compatible
ones it takes up.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kg.model import Form, Speech
from kg.reading.resolve.gazetteer import Row
from kg.reading.resolve.mentions import Candidate
from kg.reading.resolve.names import initials, is_acronym

if TYPE_CHECKING:
    from kg.reading.parse import Parse
    from kg.reading.resolve.lexicon import Lexicon
    from kg.reading.speech import Frame

RESUMED: Final = "resumed event"
"""The rule by which "the decision" comes to the event that was decided."""
REACH: Final = 24
"""Entities looked back over for an antecedent, nearest first."""
_SUFFIXES: Final = frozenset(
    [
        "inc",
        "inc.",
        "corp",
        "corp.",
        "corporation",
        "co",
        "co.",
        "company",
        "ltd",
        "ltd.",
        "plc",
        "llc",
        "ag",
        "nv",
        "n.v.",
        "spa",
        "gmbh",
        "group",
    ]
)
_UNSHORTENED: Final = frozenset(("Place", "City", "Country", "Region", "Facility", "Product", "Index", "Group"))
_JUNIOR: Final = frozenset(("jr", "sr", "ii", "iii"))
_GROUPS: Final = frozenset(
    ("Organization", "Company", "Government", "Party", "MilitaryUnit", "Market", "Publication", "Group")
)


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


def link(parse: Parse, words: Lexicon, candidates: Sequence[Candidate], frames: Sequence[Frame]) -> Links:
    """Join the candidates of a document that refer to one entity."""
    linker = _Linker(parse, words, candidates, frames)
    linker.join_names()
    linker.join_syntax()
    linker.walk()
    return linker.links()


class _Linker:
    def __init__(self, parse: Parse, words: Lexicon, candidates: Sequence[Candidate], frames: Sequence[Frame]) -> None:
        self.parse, self.tokens, self.words = parse, parse.tokens, words
        self.candidates = candidates
        self.frames = frames
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
        self.speaker = self._speakers()
        self.told = {
            f.source[0]: f.source_head
            for f in frames
            if f.source is not None and f.source_head is not None and f.source[1] - f.source[0] == 1
            if f.source_head != f.source[0]
        }
        """Speaking pronoun → token of whom the discourse of speech takes it for."""
        self.recent: dict[int, None] = {}
        self.by_noun: dict[str, list[int]] = {}
        self.by_core: dict[str, int] = {}
        self.groups: dict[tuple[int, ...], int] = {}
        self.selves: dict[tuple[str, int], int] = {}

    # -------------------------------------------------------------- names

    def join_names(self) -> None:
        """Join names by their forms over the whole document, the longest first."""
        named = [c for c, x in enumerate(self.candidates) if x.form is Form.NAME]
        by_key: dict[str, int] = {}
        by_part: dict[str, list[int]] = {}
        by_row: dict[str, int] = {}
        acronyms: dict[str, int] = {}
        order = sorted(named, key=lambda c: (-self.candidates[c].key.count(" "), c))
        for c in order:
            x = self.candidates[c]
            home = by_key.get(x.key)
            rule = "name"
            if home is not None and {x.gender, self.clusters[home].gender} == {"male", "female"}:
                home = by_key.get(f"{x.gender} {x.key}")  # "Mr Smith and Mrs Smith"
            if home is None and x.row is not None:
                home, rule = by_row.get(x.row.id), "gazetteer"
            if home is None:
                home, rule = self._variant(c, by_part, acronyms)
            if home is None:
                home, rule = self._open(c), "name"
                text = self.parse.text(x.first, x.end)
                for letters in initials(text) if " " in x.key else ():
                    acronyms.setdefault(letters, home)
                self._index_parts(x, home, by_part)
            by_key.setdefault(x.key, home)
            if x.gender:
                by_key.setdefault(f"{x.gender} {x.key}", home)
            if x.row is not None:
                by_row.setdefault(x.row.id, home)
                self.clusters[home].row = self.clusters[home].row or x.row
            self._add(c, home, rule, 0.95 if rule == "name" else 0.85)

    def _index_parts(self, x: Candidate, home: int, by_part: dict[str, list[int]]) -> None:
        parts = [w for w in x.key.split() if w not in _JUNIOR]
        if len(parts) < 2:
            return
        keys = {parts[-1], parts[0]} if x.kind == "Person" else {parts[0], " ".join(parts[:2])}
        if x.kind != "Person":
            while len(parts) > 1 and parts[-1] in _SUFFIXES:
                parts = parts[:-1]
            keys.add(" ".join(parts))
            keys.add(parts[-1])
        for key in sorted(keys):
            by_part.setdefault(key, []).append(home)

    def _variant(self, c: int, by_part: dict[str, list[int]], acronyms: dict[str, int]) -> tuple[int | None, str]:
        """Find the longer name that a short one stands for: a surname, a first part, an acronym."""
        x = self.candidates[c]
        text = self.parse.text(x.first, x.end)
        if is_acronym(text) and (home := acronyms.get(x.key.replace(" ", "").rstrip("'s") or x.key)) is not None:
            return home, "acronym"
        parts = x.key.split()
        while len(parts) > 1 and parts[-1] in _SUFFIXES:
            parts = parts[:-1]
        key = parts[-1] if x.kind == "Person" and len(parts) > 1 else " ".join(parts)
        fitting = [h for h in by_part.get(key, ()) if self._may_shorten(x, self.clusters[h])]
        if not fitting:
            return None, ""
        before = [h for h in fitting if self.clusters[h].members and min(self.clusters[h].members) < c]
        home = max(before, key=lambda h: max(m for m in self.clusters[h].members if m < c)) if before else fitting[0]
        return home, "part of name"

    def _may_shorten(self, x: Candidate, cluster: Cluster) -> bool:
        if x.gender and cluster.gender and x.gender != cluster.gender:
            return False
        parts, long = x.key.split(), [w for w in cluster.names[0].split() if w not in _JUNIOR]
        if cluster.kind == "Person":
            if x.kind not in ("Person", "Organization", "Place", "Concept") or x.number == "plural":
                return False
            if len(parts) == 1:
                return parts[0] in (long[-1], long[0]) and (x.kind == "Person" or parts[0] == long[-1])
            # "J. Smith" or "Tony C. Blair"; never "Cherie Blair" for "Tony Blair"
            return parts[-1] == long[-1] and parts[0][0] == long[0][0] and (len(parts[0]) == 1 or parts[0] == long[0])
        if x.kind == "Person" or x.row is not None or {x.kind, cluster.kind} & _UNSHORTENED:
            return False
        if "-" in parts[0] and len(parts) == 1:
            return False  # "K-For" and "K-For Plus" are two
        bare = [w for w in long if w not in _SUFFIXES]
        return parts == bare or (len(parts) == 1 and parts[0] == long[0] and len(parts[0]) > 3)

    # -------------------------------------------------------------- syntax

    def join_syntax(self) -> None:
        """Join titles and appositions to the name they describe."""
        for c, x in enumerate(self.candidates):
            if x.form is not Form.NOMINAL:
                continue
            other, rule = self._described(c, x)
            if other is not None and self.cluster[c] < 0 <= self.cluster[other]:
                self._add(c, self.cluster[other], rule, 0.9)
                # The whole phrase counts once: the part that hangs below the other adds no reference.
                self.apart.add(other if self.tokens[self.candidates[other].head].dep == "appos" else c)

    def _described(self, c: int, x: Candidate) -> tuple[int | None, str]:
        token = self.tokens[x.head]
        if token.dep in ("compound", "nmod", "amod", "npadvmod") and (found := self.at.get(x.head + 1)) is not None:
            return found, "title"
        if token.dep == "appos":
            found = self.at.get(token.head)
            if found is not None and self._is_name(found) and self._fits(x, self.candidates[found]):
                return found, "apposition"
        for child in token.children:
            if self.tokens[child].dep == "appos":
                found = self.at.get(child)
                if found is not None and self._is_name(found) and self._fits(x, self.candidates[found]):
                    return found, "apposition"
        return None, ""

    def _is_name(self, c: int) -> bool:
        return self.candidates[c].form is Form.NAME

    def _fits(self, nominal: Candidate, name: Candidate) -> bool:
        """Tell whether a noun may describe a name: an unknown noun may describe anything."""
        if nominal.number == "plural" and name.kind == "Person":
            return False
        return nominal.kind == "Concept" or self._compatible(
            nominal.head, self.clusters[self.cluster[self.at[name.head]]]
        )

    def _compatible(self, head: int, cluster: Cluster) -> bool:
        lemma = self.tokens[head].lemma
        kinds = self.words.kinds.get(lemma, ())
        above = self.words.above.get(cluster.kind, frozenset((cluster.kind,)))
        return any(k in above or cluster.kind in self.words.above.get(k, ()) for k in kinds)

    # -------------------------------------------------------------- the walk

    def walk(self) -> None:
        """Go through the candidates in order and find an antecedent for each that is not a name."""
        for c, x in enumerate(self.candidates):
            if self.cluster[c] < 0:
                if x.form is Form.PRONOUN:
                    home, rule, sure = self._pronoun(c, x)
                else:
                    home, rule, sure = self._nominal(c, x)
                if home is None or home < 0:  # nobody, or one who is not settled himself
                    home = self._open(c)
                self._add(c, home, rule, sure)
            self._mention(c)
            self._conjoin(c, x)

    def _mention(self, c: int) -> None:
        """Note that a candidate's cluster has just been mentioned."""
        number = self.cluster[c]
        cluster, x = self.clusters[number], self.candidates[c]
        cluster.last = c
        cluster.seen += 1
        self.recent.pop(number, None)
        self.recent[number] = None
        if x.form is Form.NOMINAL:
            cluster.nouns.add(x.key)
            homes = self.by_noun.setdefault(x.key, [])
            if not homes or homes[-1] != number:
                homes.append(number)
            self.by_core[self._core(x)] = number
        elif x.form is Form.NAME and cluster.seen == 1:
            last = x.key.rsplit(" ", 1)[-1]
            if " " in x.key and last in self.words.kinds:
                self.by_noun.setdefault(last, []).append(number)

    def _core(self, x: Candidate) -> str:
        return " ".join(t.lower for t in self.tokens[x.first : x.end])

    def _conjoin(self, c: int, x: Candidate) -> None:
        """Make a group of conjoined people, places or things once its last member has been seen."""
        token = self.tokens[x.head]
        if token.dep != "conj" or x.form is Form.PRONOUN or any(self.tokens[k].dep == "conj" for k in token.children):
            return
        parts = [self.cluster[c]]
        while token.dep == "conj":
            token = self.tokens[token.head]
            found = self.at.get(token.i)
            if found is None or self.cluster[found] < 0:
                return
            parts.append(self.cluster[found])
        key = tuple(sorted(set(parts)))
        if len(key) < 2:
            return
        if key not in self.groups:
            kind = self.clusters[key[0]].kind
            group = Cluster(len(self.clusters), "Group" if kind == "Person" else kind, True, parts=key)
            self.clusters.append(group)
            self.groups[key] = group.number
        group = self.clusters[self.groups[key]]
        group.last, group.seen = c, group.seen + 1
        self.recent.pop(group.number, None)
        self.recent[group.number] = None

    # -------------------------------------------------------------- nominals

    def _nominal(self, c: int, x: Candidate) -> tuple[int | None, str, float]:
        owner = self.at.get(x.owner) if x.owner >= 0 else None
        if owner is not None and self.cluster[owner] >= 0:
            holder = self.cluster[owner]
            for number in reversed(self.by_noun.get(x.key, ())):
                if self.clusters[number].owner == holder and self._same_number(x, self.clusters[number]):
                    return number, "same owner", 0.7
            return None, "new", 0.8
        if x.determiner == "bare":
            number = self.by_core.get(self._core(x), -1)
            if number >= 0 and self._same_number(x, self.clusters[number]):
                return number, "same words", 0.6
            return None, "new", 0.8
        if x.determiner not in ("definite", "demonstrative"):
            return None, "new", 0.9
        home = self._same_noun(c, x)
        if home is not None:
            return home, "same noun", 0.7
        home = self._kind_of_name(c, x)
        if home is not None:
            return home, "kind", 0.6
        home = self._decided(c, x)
        if home is not None:
            return home, RESUMED, 0.5
        return None, "new", 0.6

    def _decided(self, c: int, x: Candidate) -> int | None:
        """Take the event last ordered or decided, here or a sentence before, for "the decision" alone."""
        if x.key not in self.words.resumptive or x.number == "plural" or x.right - x.left > 2:
            return None
        for before in range(c - 1, -1, -1):
            if self._sentence(c) - self._sentence(before) > 1:
                return None
            other = self.candidates[before]
            if other.form is not Form.NOMINAL or "Event" not in self.words.above.get(other.kind, ()):
                continue
            verb = self._governor(other.head)
            if verb in (other.head, self._governor(x.head)) or self.tokens[verb].pos != "VERB":
                continue
            if self.tokens[verb].lemma in self.words.deciding:
                return self.cluster[before]
        return None

    def _governor(self, head: int) -> int:
        """Find what a noun is the object of, also through a preposition; itself where it is none."""
        token = self.tokens[head]
        if token.dep == "pobj" and self.tokens[self.tokens[token.head].head].pos == "VERB":
            return self.tokens[token.head].head
        return token.head if token.dep in ("dobj", "nsubjpass") else head

    def _same_number(self, x: Candidate, cluster: Cluster) -> bool:
        return (x.number == "plural") == cluster.plural or cluster.kind in _GROUPS

    def _same_noun(self, c: int, x: Candidate) -> int | None:
        """Find the nearest entity called by the same noun whose modifiers do not contradict."""
        mine = self._modifiers(x)
        for number in self.by_noun.get(x.key, ())[: -8 - 1 : -1]:
            cluster = self.clusters[number]
            if not self._same_number(x, cluster) or cluster.last == c:
                continue
            if self._inside(x, cluster):
                continue
            theirs: set[str] = set()
            for m in cluster.members[:6] if cluster.seen else ():
                if m < c:
                    theirs |= self._modifiers(self.candidates[m])
            if mine <= theirs or (not cluster.names and not theirs and len(mine) == 0):
                return number
        return None

    def _modifiers(self, x: Candidate) -> set[str]:
        out = set()
        for t in self.tokens[x.left : x.right]:
            if t.i != x.head and t.pos in ("NOUN", "PROPN", "ADJ", "NUM") and t.dep not in ("det", "poss"):
                out.add(t.lower)
        return out

    def _inside(self, x: Candidate, cluster: Cluster) -> bool:
        """Tell whether the cluster's last mention lies in this phrase: none refers to its own part."""
        if cluster.last < 0:
            return False
        other = self.candidates[cluster.last]
        return x.left <= other.head < x.right or other.left <= x.head < other.right

    def _kind_of_name(self, c: int, x: Candidate) -> int | None:
        """Take the most salient name of a kind for a bare definite noun ("the alliance")."""
        if x.right - x.left > 2 or x.kind in ("Concept", "Event") or x.key in self.words.vacant:
            return None
        best, found = 0.0, None
        for n, number in enumerate(reversed(self.recent)):
            if n >= REACH:
                break
            cluster = self.clusters[number]
            if not cluster.names or cluster.plural != (x.number == "plural") or not self._compatible(x.head, cluster):
                continue
            if cluster.nouns and x.key not in cluster.nouns and cluster.kind == "Person":
                continue
            if self._inside(x, cluster) or (x.kind == "Region" and not self._may_be_region(cluster)):
                continue
            score = math.log2(1 + cluster.seen) - 0.3 * self._distance(c, cluster)
            if x.key in cluster.nouns:
                score += 3
            if score > best:
                best, found = score, number
        return found

    def _may_be_region(self, cluster: Cluster) -> bool:
        """Tell a province from states that have citizens ("British") and from "the Balkans"."""
        named = [self.candidates[m] for m in cluster.members if self.candidates[m].form is Form.NAME]
        return not any(self.tokens[x.head].tag in ("JJ", "NNPS") for x in named)

    # -------------------------------------------------------------- pronouns

    def _pronoun(self, c: int, x: Candidate) -> tuple[int | None, str, float]:
        if x.person == "relative":
            found = self._relative(x)
            return (self.cluster[found], "relative", 0.9) if found is not None else (None, "new", 0.3)
        if x.person in ("1", "2"):
            return self._self(c, x)
        if x.person == "demonstrative":
            return None, "new", 0.3
        told = self._told(x)
        if told is not None:
            return told, "speech", 0.8
        best, found = 0.0, None
        scores = sorted(((s, n) for n, s in self._ranked(c, x)), reverse=True)
        if scores:
            best, found = scores[0]
        if found is None or best < 0:
            return None, "new", 0.3
        gap = best - (scores[1][0] if len(scores) > 1 else best - 3)
        return found, "pronoun", round(min(0.95, 0.5 + 0.15 * gap), 3)

    def _told(self, x: Candidate) -> int | None:
        """Follow the discourse of speech where it says who a speaking pronoun is."""
        source = self.told.get(x.head)
        found = self.at.get(source) if source is not None else None
        if found is None or self.cluster[found] < 0 or not self._agrees(x, self.clusters[self.cluster[found]]):
            return None
        return self.cluster[found]

    def _ranked(self, c: int, x: Candidate) -> Iterator[tuple[int, float]]:
        for n, number in enumerate(reversed(self.recent)):
            if n >= REACH:
                return
            cluster = self.clusters[number]
            if not self._agrees(x, cluster):
                continue
            distance = self._distance(c, cluster)
            if distance > 4:
                return
            last = self.candidates[cluster.last]
            if self._bound(x, last):
                continue
            score = (2.0, 1.2, 0.2, -0.6, -1.2)[distance] - 0.06 * n
            score += {"subject": 1.0, "object": 0.3, "modifier": -0.8, "possessor": 0.3, "appos": -0.3}.get(
                last.function, 0.0
            )
            if (
                distance < 2
                and last.form is Form.PRONOUN
                and self.words.pronouns[last.key] == self.words.pronouns[x.key]
            ):
                score += 1.0
            score += 0.4 * min(3.0, math.log2(1 + cluster.seen))
            if cluster.kind in ("Concept", "Event"):
                score -= 0.6
            if x.gender == "neuter" and cluster.kind in ("Place", "City", "Region"):
                score -= 0.5
            if x.number == "plural" and not cluster.plural:
                score -= 1.0
            yield number, score

    def _agrees(self, x: Candidate, cluster: Cluster) -> bool:
        if x.gender in ("male", "female"):
            return cluster.kind == "Person" and not cluster.plural and cluster.gender in ("", x.gender)
        if x.number == "plural":
            return cluster.plural or cluster.kind in _GROUPS
        if x.gender == "neuter":
            return (
                cluster.kind != "Person"
                and (not cluster.plural or (cluster.kind in _GROUPS - {"Group"} and bool(cluster.names)))
                and cluster.kind != "Group"
            )
        return True

    def _bound(self, x: Candidate, last: Candidate) -> bool:
        """Tell what binding forbids: an object is not its clause's own subject, no one holds himself."""
        token, other = self.tokens[x.head], self.tokens[last.head]
        if last.left <= x.head < last.right and last.head != x.head and last.form is not Form.NAME:
            return True
        if x.function == "possessor":
            return token.head == last.head
        if x.key.endswith(("self", "selves")):
            return False
        verb = token.head
        if token.dep == "pobj":
            verb = self.tokens[verb].head
        return other.head == verb and other.i != token.i

    def _distance(self, c: int, cluster: Cluster) -> int:
        """Count the sentences between a candidate and the last mention of a cluster."""
        return abs(self._sentence(c) - self._sentence(cluster.last))

    def _sentence(self, c: int) -> int:
        return self.tokens[self.candidates[c].head].sent

    def _relative(self, x: Candidate) -> int | None:
        token = self.tokens[x.head]
        for _ in range(5):
            if token.dep == "relcl":
                return self.at.get(token.head)
            if token.head == token.i:
                return None
            token = self.tokens[token.head]
        return None

    # -------------------------------------------------------------- speakers

    def _speakers(self) -> dict[int, int]:
        """Map a token to the innermost quoting frame that holds it."""
        out: dict[int, int] = {}
        order = sorted(range(len(self.frames)), key=lambda f: -sum(e - s for s, e in self.frames[f].contents))
        for f in order:
            if self.frames[f].speech is not Speech.INDIRECT:
                for first, end in self.frames[f].contents:
                    for i in range(first, end):
                        out[i] = f
        return out

    def _self(self, c: int, x: Candidate) -> tuple[int | None, str, float]:
        """Take "I" for the speaker; "we" and "you" stay the same within one speaker's words."""
        frame = self.speaker.get(x.head, -1)
        speaker = self._source(frame)
        if x.person == "1" and x.number == "singular" and speaker is not None:
            return speaker, "speaker", 0.9
        word = x.person + x.number
        key = (word, speaker if speaker is not None else -1)
        known = self.selves.get(key)
        if known is None:
            self.selves[key] = len(self.clusters)  # the one about to be opened
            return None, "new", 0.5
        return known, "speaker", 0.7

    def _source(self, frame: int) -> int | None:
        if frame < 0:
            return None
        head = self.frames[frame].source_head
        found = self.at.get(head) if head is not None else None
        if found is None:
            return None
        if self.cluster[found] < 0:
            # '"…", he said': the speaker is named only after the words; settle who it is first.
            x = self.candidates[found]
            if x.person in ("1", "2"):
                return None
            home, rule, sure = self._pronoun(found, x) if x.form is Form.PRONOUN else self._nominal(found, x)
            self._add(found, self._open(found) if home is None else home, rule, sure)
        return self.cluster[found]

    # -------------------------------------------------------------- clusters

    def _open(self, c: int) -> int:
        x = self.candidates[c]
        cluster = Cluster(len(self.clusters), x.kind or "Concept", x.number == "plural")
        if x.owner >= 0 and (owner := self.at.get(x.owner)) is not None:
            cluster.owner = self.cluster[owner]
        self.clusters.append(cluster)
        return cluster.number

    def _add(self, c: int, number: int, rule: str, sure: float) -> None:
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
