"""Which mentions are one: names by form, roles and appositions by syntax, the rest by ranking.

Names are joined over the whole document first. Then one walk from left to right keeps the entities seen so
far in the order of their last mention and asks, for each nominal and pronoun, which of the nearest compatible
ones it takes up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.model import Form
from kg.reading.resolve import namesakes, ranking
from kg.reading.resolve.clusters import Board, Cluster, Links
from kg.reading.resolve.events import Events
from kg.reading.resolve.mentions import Candidate
from kg.reading.resolve.ranking import NEW, Option, Ranker
from kg.reading.resolve.speakers import SPEAKING, Speakers
from kg.reading.speech import Act

if TYPE_CHECKING:
    from kg.reading.parse import Parse
    from kg.reading.resolve.gazetteer import Row
    from kg.reading.resolve.lexicon import Lexicon
    from kg.reading.speech import Frame

LEAD: Final = 2
"""Sentences, from 0, that may tell what somebody is before his name is told."""
REACH: Final = 24
"""Entities looked back over for an antecedent, nearest first."""
_SPOKEN: Final = frozenset((Act.SPEECH, Act.THOUGHT))
_ABLE: Final = frozenset(("Person", "Group", "Organization", "Document"))
"""Kinds of what can speak or think without a name: a report for those who wrote it."""
_BEFORE: Final = frozenset(("compound", "nmod", "amod", "nummod"))
_SORTED: Final = frozenset(("Product", "Index", "Publication", "City", "Region"))
"""Kinds whose names may stand before a noun that says of what sort the thing is."""
_BODIES: Final = frozenset(("Organization", "Party", "MilitaryUnit"))
"""Kinds whose names may stand so after "the"."""
_OF: Final = re.compile(r" (?:of|for) ")
_MODIFYING: Final = frozenset(("NOUN", "PROPN", "ADJ", "NUM"))
_STRANGE: Final = frozenset(("Organization", "Document", "Product", "Concept", "Place"))
"""Kinds that names get for want of a better one."""
_GROUPS: Final = SPEAKING | {"Group"}


@lru_cache(maxsize=4096)
def _long_nouns(row: Row | None) -> tuple[str, ...]:
    """Name the heads of the longer names of what the gazetteer knows: the IMF is a fund."""
    if row is None or row.kind == "Person":
        return ()
    cores = (_OF.split(name.casefold(), maxsplit=1)[0].split() for name in (row.name, *row.aliases))
    return tuple(dict.fromkeys(core[-1] for core in cores if len(core) > 1))


def link(
    parse: Parse,
    words: Lexicon,
    candidates: Sequence[Candidate],
    frames: Sequence[Frame],
) -> Links:
    """Join the candidates of a document that refer to one entity."""
    return Linker(parse, words, candidates, frames, ranking.fitted()).run()


class Linker(Board):
    """Joins the candidates of one document."""

    def __init__(
        self,
        parse: Parse,
        words: Lexicon,
        candidates: Sequence[Candidate],
        frames: Sequence[Frame],
        ranker: Ranker,
    ) -> None:
        super().__init__(parse, words, candidates)
        self.ranker = ranker
        self.speakers = Speakers(self, frames)
        self.told = {
            f.source[0]: f.source_head
            for f in frames
            if f.source is not None and f.source_head is not None and f.source[1] - f.source[0] == 1
            if f.source_head != f.source[0]
        }
        """Speaking pronoun → token of whom the discourse of speech takes it for."""
        self.speaking = {f.source[0] for f in frames if f.source is not None and f.act in _SPOKEN}
        """First tokens of what speaks or thinks."""
        self.modifiers: dict[int, frozenset[str]] = {}
        self.described: dict[str, list[int]] = {}
        """Noun → candidates that describe a name by it."""
        self.recent: dict[int, None] = {}
        self.by_noun: dict[str, list[int]] = {}
        self.groups: dict[tuple[int, ...], int] = {}
        self.events = Events(self, frames)

    def run(self) -> Links:
        """Join names, then what syntax describes, then the rest."""
        namesakes.join(self)
        self.join_syntax()
        self.speakers.meet()
        self.walk()
        return self.links()

    # -------------------------------------------------------------- syntax

    def join_syntax(self) -> None:
        """Join titles and appositions to the name they describe."""
        for c, x in enumerate(self.candidates):
            if x.form is not Form.NOMINAL:
                continue
            other, rule = self._described(c, x)
            if other is not None and self.cluster[c] < 0 <= self.cluster[other]:
                self.add(c, self.cluster[other], rule, 0.9)
                cluster = self.clusters[self.cluster[other]]
                if rule == "called" and cluster.row is None and x.kind != "Concept":
                    cluster.kind = x.kind  # a boat named Freya is no woman
                self.described.setdefault(x.key, []).append(c)
                # The whole phrase counts once: the part that hangs below the other adds no reference.
                self.apart.add(other if self.tokens[self.candidates[other].head].head == x.head else c)

    def _described(self, c: int, x: Candidate) -> tuple[int | None, str]:
        token = self.tokens[x.head]
        if token.dep in ("compound", "nmod", "amod", "npadvmod") and (found := self.at.get(x.head + 1)) is not None:
            return found, "title"
        if token.dep == "appos":
            found = self.at.get(token.head)
            if found is not None and self.is_name(found) and self._fits(x, self.candidates[found]):
                return found, "apposition"
        if x.key in self.words.roles and (found := self._bearer_behind(x)) is not None:
            return found, "apposition"
        if (found := self._named(x)) is not None:
            return found, "called"
        for child in token.children:
            if self.tokens[child].dep == "acl" and self.tokens[child].lemma in self.words.naming and child > x.head:
                called = [self.at[c] for c in self.tokens[child].children if c > child and c in self.at]
                if len(called) == 1 and self.is_name(called[0]) and self._fits(x, self.candidates[called[0]]):
                    return called[0], "called"
            found = self.at.get(child)
            if found is None or not self.is_name(found):
                continue
            if self.tokens[child].dep == "appos" and self._fits(x, self.candidates[found]):
                return found, "apposition"
            if self.tokens[child].dep in _BEFORE and self._sorts(x, found):
                return found, "sort"
        return None, ""

    def _named(self, x: Candidate) -> int | None:
        """Find the name that a verb gives: "they called their boat Freya", "the boat was named Freya"; no event."""
        token = self.tokens[x.head]
        verb = self.tokens[token.head]
        if token.dep not in ("dobj", "nsubj", "nsubjpass") or verb.lemma not in self.words.naming:
            return None
        children = [self.tokens[c] for c in verb.children]
        if any(t.dep == "neg" or t.tag == "MD" for t in children):
            return None
        names = [self.at[t.i] for t in children if t.dep == "oprd" and t.i > verb.i and t.i in self.at]
        if len(names) != 1 or not self.is_name(names[0]) or x.number == "plural":
            return None
        return None if "Event" in self.words.above.get(x.kind, ()) else names[0]

    def _sorts(self, x: Candidate, name: int) -> bool:
        """Tell a noun that says what sort its name is of: "the FTSE 100 index", "A380 jets"; never "an A380 engine"."""
        kind = self.clusters[self.cluster[name]].kind
        if self.words.sorts.get(x.key) == kind:
            return x.determiner == "definite" and x.number == "singular" and self.candidates[name].end == x.head
        if x.key not in self.words.wide or x.kind != kind:
            return False
        if kind in _BODIES:  # "the Ecology party", but never "a Boeing jet", "a Union team", "the Nato force"
            return x.determiner == "definite" and x.number == "singular"
        named = self.candidates[name]
        text = self.parse.text(named.first, named.end)
        # One device of many is no plural of its maker's system: "A380 jets", but not "iOS devices".
        return kind in _SORTED and (x.number == "singular" or any(ch.isdigit() for ch in text))

    def _bearer_behind(self, x: Candidate) -> int | None:
        """Find who bears a role, wherever the parser hangs him: "guests, among them the mayor of Nice, Mr Leroy"."""
        tokens, comma = self.tokens, x.right
        found = self.at.get(comma + 2, self.at.get(comma + 3)) if comma + 1 < len(tokens) else None
        if found is None or tokens[comma].text != "," or x.number == "plural" or not self.is_name(found):
            return None
        name = self.candidates[found]
        return found if name.kind == "Person" and name.left == comma + 1 < name.first else None

    def is_name(self, c: int) -> bool:
        """Tell a candidate that is a name."""
        return self.candidates[c].form is Form.NAME

    def _fits(self, nominal: Candidate, name: Candidate) -> bool:
        """Tell whether a noun may describe a name: an unknown noun may describe anything."""
        if nominal.number == "plural" and (name.kind == "Person" or name.number == "singular"):
            return False
        return nominal.kind == "Concept" or self._compatible(
            nominal.head, self.clusters[self.cluster[self.at[name.head]]]
        )

    def _compatible(self, head: int, cluster: Cluster) -> bool:
        lemma = self.tokens[head].lemma
        kinds = self.words.kinds.get(lemma, ())
        above = self.words.above.get(cluster.kind, frozenset((cluster.kind,)))
        if "Organization" in above and "Person" in kinds:
            return True  # "the owner, Hydronor": firms own and compete too
        return any(k in above or cluster.kind in self.words.above.get(k, ()) for k in kinds)

    # -------------------------------------------------------------- the walk

    def walk(self) -> None:
        """Go through the candidates in order and find an antecedent for each that is not a name."""
        for c, x in enumerate(self.candidates):
            if self.cluster[c] < 0:
                self.settle(c)
            self._mention(c)
            self._conjoin(c, x)

    def settle(self, c: int) -> None:
        """Put a candidate that is no name into the cluster it takes up, or into one of its own."""
        x = self.candidates[c]
        home, rule, sure = self._pronoun(c, x) if x.form is Form.PRONOUN else self._nominal(c, x)
        if home is None or home < 0:  # nobody, or one who is not settled himself
            home = self.open(c)
        self.add(c, home, rule, sure)

    def _mention(self, c: int) -> None:
        """Note that a candidate's cluster has just been mentioned."""
        number = self.cluster[c]
        cluster, x = self.clusters[number], self.candidates[c]
        cluster.last = c
        cluster.seen += x.function != "modifier" or not cluster.seen  # "Nato officials" are not about Nato
        self.recent.pop(number, None)
        self.recent[number] = None
        if x.form is Form.NOMINAL:
            bearer = self._bearer(x)
            if bearer is not None:
                number, cluster = bearer, self.clusters[bearer]
            cluster.nouns.add(x.key)
            cluster.modifiers |= self._modifiers(x)
            self._call(x.key, number)
        elif x.form is Form.NAME and cluster.seen == 1:
            own = (x.key.rsplit(" ", 1)[-1], self.tokens[x.head].lower) if " " in x.key else ()
            for noun in dict.fromkeys((*own, *_long_nouns(cluster.row))):
                if noun in self.words.kinds:
                    self._call(noun, number)

    def _call(self, noun: str, number: int) -> None:
        """Note that a cluster goes by a noun."""
        homes = self.by_noun.setdefault(noun, [])
        if not homes or homes[-1] != number:
            homes.append(number)

    def _bearer(self, x: Candidate) -> int | None:
        """Find the person who is said to be or become what a noun names: "Anne Martin was elected mayor"."""
        token = self.tokens[x.head]
        if token.dep not in ("attr", "oprd") or x.key not in self.words.roles or x.number == "plural":
            return None
        children = [self.tokens[c] for c in self.tokens[token.head].children]
        if any(t.dep == "neg" or t.tag == "MD" for t in children):
            return None
        subject = next((self.at.get(t.i) for t in children if t.dep in ("nsubj", "nsubjpass")), None)
        if subject is None or self.cluster[subject] < 0 or self.clusters[self.cluster[subject]].kind != "Person":
            return None
        return self.cluster[subject]

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
        if x.determiner == "bare":
            return self._introduced(c, x) or self.events.noun(c, x) or (None, "new", 0.8)
        if x.determiner == "indefinite":
            return self._introduced(c, x) or self.events.noun(c, x) or (None, "new", 0.9)
        sort = {"definite": "the", "demonstrative": "this"}.get(x.determiner, "his")
        if sort == "his" and x.key not in self.by_noun:
            return self.events.noun(c, x) or (None, "new", 0.8)
        options = list(self._noun_options(c, x))
        if len(options) == 1 and self.clusters[options[0].cluster].names:
            options[0].features.append("only name")
        home, sure = self.ranker.choose(c, sort, [self._new_noun(x), *options])
        if home != NEW:
            return home, "same noun" if x.key in self.clusters[home].nouns else "kind", sure
        return self.events.noun(c, x) or (None, "new", sure)

    def _introduced(self, c: int, x: Candidate) -> tuple[int, str, float] | None:
        """Find who is named only after the headline told what she is: "Woman held. … Ann Lee, a woman of 30"."""
        if x.kind != "Person" or x.number == "plural" or self._sentence(c) > LEAD:
            return None
        mine = self._modifiers(x)
        found = {
            self.cluster[d]
            for d in self.described.get(x.key, ())
            if d > c and mine <= self._modifiers(self.candidates[d])
        }
        return (found.pop(), "introduced", 0.7) if len(found) == 1 else None

    def _new_noun(self, x: Candidate) -> Option:
        return Option(NEW, ranking.of_new_noun(x, self.tokens, self._modifiers(x), self.words))

    def _noun_options(self, c: int, x: Candidate) -> Iterator[Option]:
        """Offer the entities that have gone by the noun, and the nearest ones whose kind it may denote."""
        mine = self._modifiers(x)
        called = dict.fromkeys(self.by_noun.get(x.key, ())[: -8 - 1 : -1])
        rank = 0
        for number in called:
            if (option := self._noun_option(c, x, number, mine, rank, called=True)) is not None:
                rank += 1
                yield option
        if x.key not in self.words.wide or x.determiner == "possessive" or self._holds_name(x):
            return
        rank = 0
        for n, number in enumerate(reversed(self.recent)):
            if n >= REACH:
                return
            if number in called or not self._may_call(x, self.clusters[number]):
                continue
            if (option := self._noun_option(c, x, number, mine, rank, called=False)) is not None:
                rank += 1
                yield option

    def _holds_name(self, x: Candidate) -> bool:
        """Tell a phrase with a name inside, which says by itself which one it means: "the NATO-led force"."""
        return any(
            i != x.head and (c := self.at.get(i)) is not None and self.is_name(c) for i in range(x.left, x.right)
        )

    def _named_otherwise(self, x: Candidate, cluster: Cluster) -> bool:
        """Tell the Dayton agreement from an earlier one that was told by other words."""
        names = {m for m in self._modifiers(x) if m[0] == "#"}
        return bool(names) and not names & cluster.modifiers

    def _ranked_otherwise(self, x: Candidate, cluster: Cluster) -> bool:
        """Tell the prime minister from the finance minister."""
        mine, theirs = (modifiers & self.words.ranks for modifiers in (self._modifiers(x), cluster.modifiers))
        return bool(mine and theirs) and not mine & theirs

    def _may_call(self, x: Candidate, cluster: Cluster) -> bool:
        """Tell whether a wide noun may take up a name: its own kind or a finer one is known, or it may be a company."""
        if not cluster.names:
            return False
        if x.kind == "Person" and x.gender != cluster.gender:
            return False
        above = self.words.above.get(cluster.kind, frozenset((cluster.kind,)))
        if x.kind == "Company" and cluster.kind == "Organization":
            return cluster.row is None
        return any(k in above for k in self.words.kinds.get(x.key, ()))

    def _noun_option(
        self, c: int, x: Candidate, number: int, mine: frozenset[str], rank: int, *, called: bool
    ) -> Option | None:
        cluster = self.clusters[number]
        if cluster.last < 0 or self._inside(x, cluster):
            return None
        if called and cluster.modifiers and (self._named_otherwise(x, cluster) or self._ranked_otherwise(x, cluster)):
            return None
        if not called and (
            (cluster.plural != (x.number == "plural") and cluster.kind not in _GROUPS)
            or (x.kind == "Region" and not self._may_be_region(cluster))
        ):
            return None
        features = ranking.of_cluster(cluster, self.candidates[cluster.last], self._distance(c, cluster), rank)
        features += ranking.of_noun(x, cluster, mine, called=called)
        return Option(number, features)

    def _same_number(self, x: Candidate, cluster: Cluster) -> bool:
        return (x.number == "plural") == cluster.plural or cluster.kind in _GROUPS

    def _modifiers(self, x: Candidate) -> frozenset[str]:
        found = self.modifiers.get(x.head)
        if found is None:
            out = set()
            for t in self.tokens[x.left : x.right]:
                if t.i == x.head or t.pos not in _MODIFYING or t.dep == "det":
                    continue
                name = self.at.get(t.i)
                if name is not None and self.is_name(name):
                    out.add(f"#{self.cluster[name]}")  # "Italy's", "Italian": who it is, however it is written
                elif t.dep != "poss":
                    out.add(t.lower)
            found = self.modifiers[x.head] = frozenset(out)
        return found

    def _inside(self, x: Candidate, cluster: Cluster) -> bool:
        """Tell whether the cluster's last mention lies in this phrase: none refers to its own part."""
        if cluster.last < 0:
            return False
        other = self.candidates[cluster.last]
        return x.left <= other.head < x.right or other.left <= x.head < other.right

    def _may_be_region(self, cluster: Cluster) -> bool:
        """Tell a province from states that have citizens ("British") and from "the Balkans"."""
        named = [self.candidates[m] for m in cluster.members if self.candidates[m].form is Form.NAME]
        return not any(self.tokens[x.head].tag in ("JJ", "NNPS") for x in named)

    # -------------------------------------------------------------- pronouns

    def _pronoun(self, c: int, x: Candidate) -> tuple[int | None, str, float]:
        if x.person == "relative":
            if (event := self.events.relative(c, x)) is not None:
                return event
            found = self._relative(x)
            return (self.cluster[found], "relative", 0.9) if found is not None else (None, "new", 0.3)
        if x.person in ("1", "2"):
            return self.speakers.of(x)
        told = self._told(x)
        if told is not None:
            return told, "speech", 0.8
        sort = (
            "that"
            if x.person == "demonstrative"
            else "he"
            if x.gender in ("male", "female")
            else "they"
            if x.number == "plural"
            else "it"
        )
        if sort == "that" and (event := self.events.effect(c, x)) is not None:
            return event
        new = Option(NEW, ranking.of_new_pronoun(x, self.tokens))
        options = list(self._pronoun_options(c, x))
        if sort == "he" and not options:
            options = list(self._pronoun_options(c, x, strange=True))
        lone = sort == "he" and len(options) == 1 and self._distance(c, self.clusters[options[0].cluster]) < 2
        home, sure = self.ranker.choose(c, sort, options if lone else [new, *options])
        if home != NEW:
            if sort == "he" and self.clusters[home].kind in _STRANGE:
                self.clusters[home].kind = "Person"
            return home, "pronoun", sure
        return self.events.pronoun(c, x) or (None, "new", 0.3)

    def _told(self, x: Candidate) -> int | None:
        """Follow the discourse of speech where it says who a speaking pronoun is."""
        source = self.told.get(x.head)
        found = self.at.get(source) if source is not None else None
        if found is None or self.cluster[found] < 0 or not self._agrees(x, self.clusters[self.cluster[found]]):
            return None
        return self.cluster[found]

    def _pronoun_options(self, c: int, x: Candidate, *, strange: bool = False) -> Iterator[Option]:
        """Offer the nearest entities that agree with a pronoun; `strange`: or names that may be a person's."""
        rank = 0
        subjects, nearest = self._subjects(x), REACH
        for n, number in enumerate(reversed(self.recent)):
            if n >= REACH:
                return
            cluster = self.clusters[number]
            if not (self._may_be_person(cluster) if strange else self._agrees(x, cluster)):
                continue
            distance = self._distance(c, cluster)
            if distance > 5:
                return
            last = self.candidates[cluster.last]
            if self._bound(x, last):
                continue
            features = ranking.of_cluster(cluster, last, distance, rank)
            same = last.form is Form.PRONOUN and self.words.pronouns[last.key] == self.words.pronouns[x.key]
            features += ranking.of_pronoun(x, cluster, last, distance, same=same)
            features += self._ties(c, cluster, subjects)
            if distance > nearest:
                features.append("behind a subject")
            elif last.function == "subject":
                nearest = distance
            rank += 1
            yield Option(number, features)

    def _may_be_person(self, cluster: Cluster) -> bool:
        """Tell a name of nothing known, which may be that of a person: "… a painter called Meadow. She …"."""
        return bool(cluster.names) and cluster.row is None and not cluster.plural and cluster.kind in _STRANGE

    def _subjects(self, x: Candidate) -> dict[int, str]:
        """Find the subjects of the clauses that a pronoun stands in, from the inside out."""
        out: dict[int, str] = {}
        token, level = self.tokens[x.head], 0
        while token.head != token.i and level < 3:
            token = self.tokens[token.head]
            if token.pos not in ("VERB", "AUX"):
                continue
            for child in token.children:
                if self.tokens[child].dep in ("nsubj", "nsubjpass") and child != x.head:
                    out.setdefault(child, f"subject {level}")
            level += 1
        return out

    def _ties(self, c: int, cluster: Cluster, subjects: dict[int, str]) -> list[str]:
        """Tell what ties an entity to a pronoun besides its last mention."""
        sentence = self._sentence(c)
        found = set()
        for m in cluster.members[:-5:-1]:
            other = self.candidates[m]
            if m < c:
                at = self.tokens[other.head].sent
                if at == sentence and other.head in subjects:
                    found.add(subjects[other.head])
                elif other.function == "subject" and sentence - at == 1:
                    head = self.tokens[other.head].head
                    found.add("topic" if self.tokens[head].head == head else "topic inner")
        return sorted(found)

    def _agrees(self, x: Candidate, cluster: Cluster) -> bool:
        if self.candidates[cluster.last].person in ("1", "2") and not (cluster.names or cluster.nouns):
            return False
        mute = cluster.nouns and not cluster.names and _ABLE.isdisjoint(self.words.above.get(cluster.kind, ()))
        if mute and x.head in self.speaking:
            return False  # "they estimated": people, not roads
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
        if self.tokens[verb].dep == "relcl" and last.head in (self.tokens[verb].head, self.tokens[verb].left):
            return True  # "Acme, which it said had failed": somebody else says so
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
