"""Clause structure: who does what to whom, under which circumstances, read off the dependency parse.

One `Clause` for each predicate: its verb group, its subject (its own, or inherited from where the grammar hides it),
its typed arguments and the rules that found each piece. The extractors turn clauses into claims and `render` turns the
same clauses into plain extractions. The reading of clauses as verb, subject and typed arguments follows Del Corro and
Gemulla 2013 (ClausIE) and White et al. 2016 (PredPatt).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.model import Role
from kg.ontology import local

if TYPE_CHECKING:
    from kg.ontology import Ontology
    from kg.reading.parse import Parse, Token


class Kind(StrEnum):
    """What kind of word carries the predicate."""

    VERB = "verb"
    COPULA = "copula"
    EXISTENTIAL = "existential"
    APPOSITION = "apposition"
    TITLE = "title"
    POSSESSION = "possession"
    MODIFIER = "modifier"
    EVENT = "event"


class Slot(StrEnum):
    """How an argument hangs on its predicate."""

    OBJECT = "object"
    INDIRECT = "indirect"
    COMPLEMENT = "complement"
    OBLIQUE = "oblique"
    AGENT = "agent"
    CONTENT = "content"
    ADVERBIAL = "adverbial"
    ADVERB = "adverb"


class Part(NamedTuple):
    """One argument of a clause."""

    slot: Slot
    role: Role
    marker: tuple[int, ...]
    """Tokens that join it to the predicate: "because of"."""
    heads: tuple[int, ...]
    """Its head, and those of its conjuncts."""
    first: int
    end: int
    """Half-open token range of the whole, without the marker."""
    anchor: int
    """The token of the verb group it hangs on."""


class Clause(NamedTuple):
    """A predicate with its subject and arguments."""

    predicate: int
    """Token of the main verb, copula or noun."""
    kind: Kind
    group: tuple[int, ...]
    """Words of the whole verb group, in order: "were not able to reinforce"."""
    verbs: tuple[int, ...]
    """Content words of the group from the outermost in: "able", "reinforce"; the last is the predicate."""
    passive: bool
    subjects: tuple[int, ...]
    """Heads of the subject and its conjuncts."""
    inherited: str
    """The rule that found the subject; "own" where the predicate has one itself."""
    parts: tuple[Part, ...]
    governor: int | None
    """Predicate of the clause it depends on."""
    trace: tuple[str, ...]
    pronoun: int | None = None
    """Relative pronoun that stands for the subject."""

    def slots(self, slot: Slot) -> list[Part]:
        """Arguments in one slot, in order."""
        return [part for part in self.parts if part.slot is slot]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of the vocabulary that steer clause reading."""

    roles: dict[str, Role]
    time_nouns: frozenset[str]
    transparent_verbs: frozenset[str]
    transparent_adjectives: frozenset[str]
    object_control: frozenset[str]
    actor_nouns: frozenset[str]
    role_nouns: frozenset[str]
    light_verbs: frozenset[str]
    judging_verbs: frozenset[str]
    unit_words: frozenset[str]
    phase_verbs: frozenset[str]
    willing: frozenset[str]
    """Adjectives whose infinitive is done by their subject: "ready to leave", not "hard to find"."""
    manner_nouns: frozenset[str]


@lru_cache(maxsize=4)
def lexicon(ontology: Ontology) -> Lexicon:
    """Read the words once per vocabulary."""
    roles: dict[str, Role] = {}
    for marker, iris in ontology.lexicon("kg:marker").items():
        for iri in iris:
            name = local(iri)
            if name.startswith("role"):
                roles[marker] = Role(name[4:].lower())

    def words(term: str, predicate: str) -> frozenset[str]:
        return frozenset(ontology.values(term, predicate))

    return Lexicon(
        roles,
        words("kg:roleTime", "kg:noun"),
        words("kg:transparent", "kg:verb"),
        words("kg:transparent", "kg:adjective"),
        words("kg:objectControl", "kg:verb"),
        words("kg:actorOfNoun", "kg:noun"),
        words("kg:roleNoun", "kg:noun"),
        words("kg:lightVerb", "kg:verb"),
        words("kg:judges", "kg:verb"),
        frozenset(w for u in ontology.instances("kg:UnitOfMeasure") for w in ontology.values(u, "kg:word")),
        words("kg:phase", "kg:verb"),
        words("kg:willing", "kg:adjective"),
        words("kg:mannerNoun", "kg:noun"),
    )


SUBJECTS: Final = frozenset(("nsubj", "nsubjpass", "csubj", "csubjpass"))
_AUXILIARY: Final = frozenset(("aux", "auxpass", "neg", "prt"))
_NOT_PREDICATE: Final = frozenset(
    ("aux", "auxpass", "amod", "compound", "det", "punct", "prt", "case", "mark", "nmod", "cc", "nummod", "quantmod",
     "advmod", "npadvmod", "intj", "meta", "prep", "nsubj", "nsubjpass", "attr", "poss", "pobj", "neg",
     "preconj", "predet")
)  # fmt: skip
_CLAUSAL: Final = frozenset(("ccomp", "xcomp", "advcl", "relcl", "acl", "pcomp", "csubj", "csubjpass", "parataxis"))
_NONE: Final = frozenset(("nothing", "nobody", "none"))
_NOMINAL: Final = frozenset(("NOUN", "PROPN", "PRON", "NUM"))
_RELATIVE: Final = frozenset(("who", "whom", "which", "that"))
_PLACES: Final = frozenset(("GPE", "LOC", "FAC"))
_DATES: Final = frozenset(("DATE", "TIME"))
_MEASURABLE: Final = frozenset((Role.PLACE, Role.RECIPIENT, Role.INSTRUMENT, Role.COMPANION, Role.OTHER))
MEASURES: Final = frozenset(("CARDINAL", "PERCENT", "MONEY", "QUANTITY"))
_STOPS: Final = frozenset(("cc", "conj", "appos", "preconj"))
_QUOTES: Final = frozenset("\"'`“”‘’()[]") | {"``", "''", "-LRB-", "-RRB-"}


def clauses(parse: Parse, ontology: Ontology) -> tuple[Clause, ...]:
    """Find the verbal clauses of a parse, in the order of their predicates."""
    words = lexicon(ontology)
    found: list[Clause] = []
    for sentence in parse.sentences:
        found.extend(_Sentence(parse.tokens, words).read(sentence.root))
    found.sort(key=lambda clause: clause.predicate)
    return tuple(found)


def conjuncts(tokens: tuple[Token, ...], head: int) -> tuple[int, ...]:
    """A head noun and those coordinated with it, in order: "Kosovo, Serbia and Montenegro"."""
    found = [head]
    at: int | None = head
    while at is not None:
        following = [
            c
            for c in tokens[at].children
            if c > at and tokens[c].dep == "conj" and tokens[c].pos not in ("VERB", "AUX")
        ]
        if following and _excepts(tokens, head, at):
            break
        if not following and at == head and tokens[head].tag not in ("NNS", "NNPS"):
            for c in tokens[head].children:
                if c > head and tokens[c].dep == "appos":
                    following = [g for g in tokens[c].children if tokens[g].dep == "conj" and tokens[g].pos in _NOMINAL]
        found.extend(following)
        at = following[-1] if following else None
    return tuple(found)


def _excepts(tokens: tuple[Token, ...], head: int, at: int) -> bool:
    """Tell an exception from a list: "no one but the police", "nothing but trouble"."""
    none = tokens[head].lower in _NONE or any(tokens[c].lower == "no" for c in tokens[head].children if c < head)
    return none and any(tokens[c].dep == "cc" and tokens[c].lower == "but" for c in tokens[at].children)


def glued(tokens: tuple[Token, ...], i: int) -> int:
    """Last token of what is written without a space from a token on: "Plus" is not in, "-For" is."""
    last = len(tokens) - 1
    while (
        i + 2 <= last
        and tokens[i + 1].text in ("-", "/")
        and tokens[i].end == tokens[i + 1].start
        and tokens[i + 1].end == tokens[i + 2].start
        and tokens[i + 2].text[:1].isalnum()
    ):
        i += 2
    return i


def extent(tokens: tuple[Token, ...], head: int) -> tuple[int, int]:
    """A noun phrase from its determiner to its last modifier, without conjuncts, appositions and relative clauses."""
    token = tokens[head]
    first = head
    for child in token.children:
        if child > head:
            break
        if tokens[child].dep in ("cc", "preconj") or (tokens[child].dep == "punct" and first == head == child + 1):
            continue
        if tokens[child].dep == "appos":
            continue
        left = tokens[child].left
        first = min(first, left)
        if tokens[child].dep in ("cc", "punct", "preconj") and child == first and child + 1 <= head:
            first = child + 1
    while first < head and (
        tokens[first].dep in ("punct", "cc", "preconj") and tokens[first].text not in ("$", "£", "€")
    ):
        first += 1
    end = glued(tokens, head) + 1
    for child in token.children:
        if child < end:
            continue
        other = tokens[child]
        if (
            other.dep in _STOPS
            or other.dep in ("relcl", "advcl")
            or (other.dep == "punct" and other.lower in (",", ";", ":", "-", "--"))
        ):
            break
        if other.dep == "punct" and other.right + 1 > token.right:
            break
        end = max(end, other.right + 1)
    while end > head + 1 and tokens[end - 1].pos == "PUNCT" and tokens[end - 1].text not in (".",):
        end -= 1
    return first, end


_CORE: Final = frozenset(("amod", "compound", "nummod", "quantmod", "nmod", "advmod", "npadvmod", "punct"))


def core(tokens: tuple[Token, ...], head: int) -> tuple[int, int]:
    """A noun with the words that belong to its name: "ground troops" of "the ground troops in Kosovo"."""
    first = head
    for child in reversed(tokens[head].children):
        if child > head:
            continue
        other = tokens[child]
        if other.dep not in _CORE or other.right + 1 != first or other.text in _QUOTES:
            break
        first = other.left
    while first < head and (tokens[first].dep == "punct" or tokens[first].tag == "WRB"):
        first += 1
    return first, glued(tokens, head) + 1


class _Sentence:
    """Reads one sentence from its root down, so that a governor is known before what depends on it."""

    def __init__(self, tokens: tuple[Token, ...], words: Lexicon) -> None:
        self.tokens = tokens
        self.words = words
        self.clause: dict[int, Clause] = {}
        self.merged: dict[int, int] = {}
        """Predicates that became part of their infinitive's verb group."""

    def read(self, root: int) -> list[Clause]:
        tokens = self.tokens
        order = [(root, root)]
        for i, owner in order:
            t = tokens[i]
            if self.is_predicate(t):
                self.clause[i] = self.build(t, owner if owner != i else None)
                owner = i
            for c in t.children:
                order.append((c, owner))
        found = [c for i, c in self.clause.items() if i not in self.merged]
        return [self.pointed(c) for c in found] if self.merged else found

    def pointed(self, clause: Clause) -> Clause:
        """Let contents and governors that were merged into their infinitive point there."""
        merged = self.merged
        if clause.governor in merged:
            clause = clause._replace(governor=self.final(clause.governor))
        if any(p.heads[0] in merged for p in clause.parts):
            parts = tuple(
                p._replace(heads=tuple(self.final(h) for h in p.heads)) if p.heads[0] in merged else p
                for p in clause.parts
            )
            clause = clause._replace(parts=parts)
        return clause

    def final(self, predicate: int) -> int:
        while predicate in self.merged:
            predicate = self.merged[predicate]
        return predicate

    def is_predicate(self, t: Token) -> bool:
        if t.pos not in ("VERB", "AUX"):
            return False
        if t.dep not in _NOT_PREDICATE:
            return t.dep != "conj" or self.tokens[t.head].dep not in ("amod", "compound")
        if t.dep in ("prep", "npadvmod", "nsubj", "attr", "nmod", "advmod", "pobj"):
            return any(self.tokens[c].dep in ("dobj", "nsubj", "nsubjpass", "auxpass") for c in t.children)
        return False

    # -------------------------------------------------------------- one clause

    def build(self, t: Token, owner: int | None) -> Clause:
        tokens = self.tokens
        group = [t.i]
        subjects: tuple[int, ...] = ()
        expletive = False
        passive = False
        parts: list[Part] = []
        relative: int | None = None
        for c in t.children:
            child = tokens[c]
            dep = child.dep
            if dep in _AUXILIARY:
                group.append(c)
                passive = passive or dep == "auxpass"
            elif dep in SUBJECTS:
                also = conjuncts(tokens, c) if child.pos in _NOMINAL or child.pos == "DET" else (c,)
                if not subjects or any(tokens[g].dep == "cc" for g in tokens[subjects[0]].children):
                    subjects += also
                passive = passive or dep == "nsubjpass"
            elif dep == "expl":
                expletive = True
            else:
                self.argument(t, child, parts)
        group.sort()
        rule = "own"
        pronoun: int | None = None
        if subjects and tokens[subjects[0]].tag in ("WDT", "WP") and (relative := self.antecedent(t)) is not None:
            pronoun, subjects, rule = subjects[0], (relative,), "relative"
        governor = self.clause.get(owner) if owner is not None else None
        if not passive and t.tag == "VBN" and not any(tokens[c].dep == "aux" for c in t.children):
            passive = t.dep in ("acl", "advcl", "relcl") or (
                t.dep == "conj" and governor is not None and governor.passive and governor.predicate == t.head
            )
        verbs: tuple[int, ...] = (t.i,)
        if not subjects and not expletive:
            subjects, rule, prefix = self.inherit(t, governor)
            if prefix is not None:
                verbs = (*prefix.verbs, t.i) if t.i not in prefix.verbs else prefix.verbs
                group = sorted({*(g for g in prefix.group), *group})
                parts = [*(p for p in prefix.parts if p.slot is not Slot.CONTENT or p.heads[0] != t.i), *parts]
            elif rule == "conj" and governor is not None:
                pronoun = governor.pronoun
                group = self.shared(t, governor, group)
                if len(governor.verbs) > 1:
                    verbs = (*governor.verbs[:-1], t.i)
        if t.dep == "relcl":
            self.gap(t, parts, relative is not None)
        kind = self.kind(t, parts, expletive)
        parts = self.typed(parts, kind)
        trace = (f"{kind}:{t.dep}", f"subject:{rule}")
        if kind is Kind.EXISTENTIAL:
            thing = next((p for p in parts if p.slot in (Slot.COMPLEMENT, Slot.OBJECT)), None)
            if thing is not None:
                subjects = thing.heads
                parts.remove(thing)
        return Clause(
            t.i, kind, tuple(group), verbs, passive, subjects, rule, tuple(parts),
            governor.predicate if governor is not None else None, trace, pronoun,
        )  # fmt: skip

    def kind(self, t: Token, parts: list[Part], expletive: bool) -> Kind:
        if t.lemma == "be" or t.lower in ("'s", "'re", "'m"):
            if expletive:
                return Kind.EXISTENTIAL
            return Kind.COPULA
        return Kind.VERB

    def typed(self, parts: list[Part], kind: Kind) -> list[Part]:
        parts.sort(key=lambda p: p.first)
        return parts

    # -------------------------------------------------------------- arguments

    def argument(self, t: Token, child: Token, parts: list[Part]) -> None:
        dep = child.dep
        tokens = self.tokens
        if dep == "dobj" or dep == "attr" or dep == "oprd" or dep == "acomp" or dep == "dative":
            if child.tag == "IN" or child.tag == "TO":
                self.oblique(t, child, parts, Slot.OBLIQUE)
                return
            slot = Slot.OBJECT if dep == "dobj" else Slot.INDIRECT if dep == "dative" else Slot.COMPLEMENT
            if child.pos in _NOMINAL or child.pos in ("DET", "SYM", "X"):
                heads = conjuncts(tokens, child.i)
            elif dep == "acomp":
                heads = (
                    child.i,
                    *(c for c in child.children if tokens[c].dep == "conj" and tokens[c].pos in ("ADJ", "VERB")),
                )
            else:
                heads = (child.i,)
            parts.append(Part(slot, self.role_of_object(child, slot), (), heads, child.left, child.right + 1, t.i))
        elif dep == "prep":
            self.oblique(t, child, parts, Slot.OBLIQUE)
        elif dep == "agent":
            self.oblique(t, child, parts, Slot.AGENT)
        elif dep in ("ccomp", "xcomp"):
            heads = (
                child.i,
                *(c for c in child.children if tokens[c].dep == "conj" and tokens[c].pos in ("VERB", "AUX")),
            )
            parts.append(Part(Slot.CONTENT, Role.TOPIC, (), heads, child.left, child.right + 1, t.i))
        elif dep == "advcl":
            self.adverbial(t, child, parts)
        elif dep == "npadvmod":
            role = Role.TIME if self.is_time(child) else Role.QUANTITY if child.ent in MEASURES else Role.MANNER
            parts.append(Part(Slot.ADVERBIAL, role, (), (child.i,), child.left, child.right + 1, t.i))
        elif dep == "advmod":
            prep = next((c for c in child.children if c > child.i and tokens[c].dep == "prep"), None)
            if prep is not None and child.i > t.i and any(tokens[c].dep == "pobj" for c in tokens[prep].children):
                self.oblique(t, tokens[prep], parts, Slot.OBLIQUE, (child.i,))
                return
            role = Role.TIME if child.ent in _DATES or child.lemma in self.words.time_nouns else Role.MANNER
            parts.append(Part(Slot.ADVERB, role, (), (child.i,), child.left, child.right + 1, t.i))

    def oblique(self, t: Token, prep: Token, parts: list[Part], slot: Slot, before: tuple[int, ...] = ()) -> None:
        """A prepositional phrase: the marker may be several words ("because of", "out of", "as part of")."""
        tokens = self.tokens
        marker = [*before, prep.i]
        at = prep
        for _ in range(3):
            inner = [c for c in at.children if c > at.i]
            if not any(tokens[c].dep in ("pobj", "pcomp") for c in inner):
                deeper = next((c for c in inner if tokens[c].dep in ("prep", "fixed", "mwe")), None)
                if deeper is not None:
                    marker.append(deeper)
                    at = tokens[deeper]
                    continue
            break
        objects = [c for c in at.children if tokens[c].dep in ("pobj", "pcomp")]
        if not objects and prep.lower == "as":
            objects = [c for c in prep.children if c > prep.i and tokens[c].pos == "ADJ"]
        if len(objects) > 1 and tokens[objects[0]].pos == "ADP" and not tokens[objects[0]].children:
            marker.append(objects.pop(0))
        if not objects:
            parts.append(Part(Slot.ADVERB, Role.OTHER, tuple(marker), (prep.i,), prep.left, prep.right + 1, t.i))
            return
        compound = self.complex_preposition(marker, objects)
        if compound is not None:
            marker, objects = compound
        for c in objects:
            child = tokens[c]
            if child.dep == "pcomp" and child.pos == "ADP":
                nested = [g for g in child.children if tokens[g].dep in ("pobj", "pcomp")]
                if nested:
                    marker.append(c)
                    child = tokens[nested[0]]
            heads = conjuncts(tokens, child.i) if child.pos not in ("VERB", "AUX") else (child.i,)
            role = self.role(marker, child)
            first = marker[-1] + 1 if child.left <= marker[-1] < child.i else child.left
            parts.append(Part(slot, role, tuple(marker), heads, first, child.right + 1, t.i))
            for other in prep.children:
                if tokens[other].dep == "conj" and tokens[other].pos == "ADP":
                    self.oblique(t, tokens[other], parts, slot)
            return

    def complex_preposition(self, marker: list[int], objects: list[int]) -> tuple[list[int], list[int]] | None:
        """As in "In respect of", "in front of": preposition, bare noun and preposition that stand for one."""
        tokens = self.tokens
        noun = tokens[objects[0]]
        if len(objects) > 1 or not noun.children:
            return None
        prep = next((c for c in noun.children if c > noun.i and tokens[c].dep == "prep"), None)
        if prep is None or prep != noun.i + 1:
            return None
        whole = list(range(marker[0], prep + 1))
        if " ".join(tokens[i].lower for i in whole) not in self.words.roles:
            return None
        inner = [c for c in tokens[prep].children if tokens[c].dep in ("pobj", "pcomp")]
        return (whole, inner) if inner else None

    def adverbial(self, t: Token, child: Token, parts: list[Part]) -> None:
        tokens = self.tokens
        marker = tuple(c for c in child.children if tokens[c].dep == "mark" or tokens[c].tag in ("WRB", "TO"))
        word = " ".join(tokens[c].lower for c in marker)
        role = self.words.roles.get(word, Role.OTHER)
        if role is Role.OTHER and marker:
            role = self.words.roles.get(
                tokens[marker[0]].lower, Role.PURPOSE if tokens[marker[-1]].tag == "TO" else Role.OTHER
            )
        if word == "to":
            role = Role.PURPOSE
        parts.append(Part(Slot.ADVERBIAL, role, marker, (child.i,), child.left, child.right + 1, t.i))

    def role_of_object(self, child: Token, slot: Slot) -> Role:
        """A plain object has no role of its own; measures, attributes and receivers do."""
        if slot is Slot.INDIRECT:
            return Role.RECIPIENT
        if child.ent in MEASURES or self.is_measure(child):
            return Role.QUANTITY
        return Role.ATTRIBUTE if slot is Slot.COMPLEMENT else Role.OTHER

    def role(self, marker: list[int], child: Token) -> Role:
        tokens = self.tokens
        if self.is_time(child):
            return Role.TIME
        found = self.words.roles.get(" ".join(tokens[c].lower for c in marker))
        if found is None:
            found = self.words.roles.get(tokens[marker[-1]].lower, Role.OTHER)
        if child.ent in _PLACES and found in (Role.RECIPIENT, Role.PURPOSE, Role.TOPIC):
            return Role.PLACE
        if found in _MEASURABLE and self.is_measure(child):
            return Role.QUANTITY
        return found

    def is_measure(self, child: Token) -> bool:
        """A figure or so many units: "by 5%", "to 30 points"."""
        return (
            child.pos == "NUM"
            or child.ent in ("MONEY", "PERCENT", "QUANTITY")
            or (child.lower in self.words.unit_words and any(self.tokens[c].dep == "nummod" for c in child.children))
        )

    def is_time(self, child: Token) -> bool:
        return child.ent in _DATES or child.lemma in self.words.time_nouns

    # -------------------------------------------------------------- subjects

    def antecedent(self, t: Token) -> int | None:
        """The noun a relative clause speaks of, also from a verb coordinated or embedded in it."""
        at = t
        for _ in range(4):
            if at.dep == "relcl":
                head = self.tokens[at.head]
                return head.i if head.pos in _NOMINAL or head.pos == "DET" else None
            if at.dep not in ("conj", "ccomp", "xcomp") or at.head == at.i:
                return None
            at = self.tokens[at.head]
        return None

    def inherit(self, t: Token, governor: Clause | None) -> tuple[tuple[int, ...], str, Clause | None]:
        """Subject of a predicate without one, the rule that found it, and the clause it merges with if any."""
        tokens = self.tokens
        dep = t.dep
        head = tokens[t.head]
        if dep == "acl" and head.pos in _NOMINAL:
            infinitive = t.tag == "VB"
            if infinitive and head.lemma in self.words.actor_nouns:
                owner = next((c for c in head.children if tokens[c].dep == "poss"), None)
                if owner is not None:
                    return (owner,), "possessor", None
                judged = governor is not None and self.tokens[governor.predicate].lemma in self.words.judging_verbs
                if governor is not None and not governor.passive and not judged:
                    return governor.subjects, "actor_of_noun", None
                return (), "none", None
            return (head.i,), "infinitive" if infinitive else "participle", None
        if dep == "relcl":
            return ((head.i,) if head.pos in _NOMINAL and t.tag == "VB" else ()), "infinitive", None
        if governor is None:
            return (), "none", None
        if dep == "conj" and governor.predicate == head.i:
            return governor.subjects, "conj", None
        if dep in ("xcomp", "ccomp"):
            return self.controlled(t, head, governor)
        if dep in ("advcl", "pcomp", "dep", "prep", "npadvmod"):
            if dep == "advcl" and governor.predicate != head.i and head.pos in _NOMINAL:
                return (head.i,), "participle", None
            return governor.subjects, "adverbial" if dep == "advcl" else "gerund", None
        return (), "none", None

    def controlled(self, t: Token, head: Token, governor: Clause) -> tuple[tuple[int, ...], str, Clause | None]:
        tokens = self.tokens
        objects = [
            p for p in governor.parts if p.slot in (Slot.OBJECT, Slot.INDIRECT) and p.anchor == governor.predicate
        ]
        if objects and governor.predicate == head.i:
            if head.lemma in self.words.object_control:
                return objects[0].heads, "object_control", None
            return governor.subjects, "purpose", None
        if head.pos == "ADP":
            noun = next((c for c in head.children if tokens[c].dep == "pobj"), None)
            return ((noun,), "infinitive", None) if noun is not None else (governor.subjects, "gerund", None)
        if t.tag in ("VBD", "VBZ", "VBP", "MD") or (t.dep == "ccomp" and t.tag != "VB" and t.tag != "VBG"):
            return (), "none", None
        if governor.predicate == head.i or (
            tokens[head.i].dep == "acomp" and tokens[head.i].head == governor.predicate
        ):
            prefix = governor
            if head.i != governor.predicate:
                kept = tuple(p for p in governor.parts if p.heads[0] != head.i)
                words = (*governor.group, *(c for c in head.children if tokens[c].dep == "neg"), head.i)
                prefix = governor._replace(group=words, verbs=(*governor.verbs[:-1], head.i), parts=kept)
            if governor.kind is Kind.COPULA and head.i == governor.predicate:
                return governor.subjects, "copula", None
            self.merged[governor.predicate] = t.i
            return governor.subjects, "raising" if governor.passive else "control", prefix
        return governor.subjects, "control", None

    def shared(self, t: Token, governor: Clause, group: list[int]) -> list[int]:
        """A coordinated verb shares the auxiliaries before the first one ("was cut and flushed")."""
        tokens = self.tokens
        if any(tokens[c].dep in ("aux", "auxpass") for c in t.children):
            return group
        wanted = tokens[governor.predicate].tag
        if t.tag != wanted or (t.tag == "VBN" and any(tokens[c].dep == "dobj" for c in t.children)):
            return group
        own = governor.predicate
        taken = [g for g in governor.group if g < own and tokens[g].dep != "prt" and g < group[0]]
        return sorted({*taken, *group}) if taken else group

    def gap(self, t: Token, parts: list[Part], subject_is_relative: bool) -> None:
        """Put the antecedent where the relative pronoun, or nothing, stands."""
        noun = self.antecedent(t)
        if noun is None:
            return
        tokens = self.tokens
        for n, part in enumerate(parts):
            head = tokens[part.heads[0]]
            if head.tag in ("WDT", "WP") or (head.lower in _RELATIVE and head.dep in ("dobj", "pobj")):
                parts[n] = part._replace(heads=(noun,), first=noun, end=noun + 1)
                return
        if subject_is_relative or any(tokens[c].tag in ("WRB", "WP$") for c in range(t.left, t.i)):
            return
        stranded = next(
            (n for n, p in enumerate(parts) if p.slot is Slot.ADVERB and p.marker and p.end == p.heads[0] + 1), None
        )
        if stranded is not None:
            part = parts[stranded]
            parts[stranded] = part._replace(slot=Slot.OBLIQUE, heads=(noun,), first=noun, end=noun + 1)
        elif (
            not any(p.slot in (Slot.OBJECT, Slot.COMPLEMENT, Slot.CONTENT) for p in parts)
            and t.lemma != "be"
            and tokens[noun].lemma not in self.words.time_nouns
            and tokens[noun].lemma not in ("way", "reason", "place")
        ):
            parts.append(Part(Slot.OBJECT, Role.OTHER, (), (noun,), noun, noun + 1, t.i))
