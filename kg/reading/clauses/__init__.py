"""Clause structure: who does what to whom, under which circumstances, read off the dependency parse.

One `Clause` for each predicate: its verb group, its subject (its own, or inherited from where the grammar hides it),
its typed arguments and the rules that found each piece. The extractors turn clauses into claims and `render` turns the
same clauses into plain extractions. The reading of clauses as verb, subject and typed arguments follows Del Corro and
Gemulla 2013 (ClausIE) and White et al. 2016 (PredPatt).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.model import Role
from kg.reading.clauses.arguments import MEASURES, PLACES, Arguments
from kg.reading.clauses.clause import Clause, Kind, Part, Slot
from kg.reading.clauses.lexicon import Lexicon, lexicon
from kg.reading.clauses.phrases import NOMINAL, conjuncts, core, extent, glued
from kg.reading.clauses.subjects import Subjects

if TYPE_CHECKING:
    from kg.ontology import Ontology
    from kg.reading.parse import Parse, Token

__all__ = [
    "MEASURES", "PLACES", "Clause", "Kind", "Lexicon", "Part", "Slot", "clauses", "conjuncts", "core", "extent",
    "glued", "lexicon",
]  # fmt: skip

SUBJECTS: Final = frozenset(("nsubj", "nsubjpass", "csubj", "csubjpass"))
_AUXILIARY: Final = frozenset(("aux", "auxpass", "neg", "prt"))
_NOT_PREDICATE: Final = frozenset(
    ("aux", "auxpass", "amod", "compound", "det", "punct", "prt", "case", "mark", "nmod", "cc", "nummod", "quantmod",
     "advmod", "npadvmod", "intj", "meta", "prep", "nsubj", "nsubjpass", "attr", "poss", "pobj", "neg",
     "preconj", "predet")
)  # fmt: skip
_TITLES: Final = frozenset(("WORK_OF_ART", "ORG", "LAW", "FAC"))
_INFINITIVES: Final = frozenset(("xcomp", "acl", "advcl"))
_RELATIVE: Final = frozenset(("who", "whom", "which", "that"))


def clauses(parse: Parse, ontology: Ontology) -> tuple[Clause, ...]:
    """Find the verbal clauses of a parse, in the order of their predicates."""
    words = lexicon(ontology)
    found: list[Clause] = []
    for sentence in parse.sentences:
        found.extend(_Sentence(parse.tokens, words).read(sentence.root))
    found.sort(key=lambda clause: clause.predicate)
    return tuple(found)


class _Sentence:
    """Reads one sentence from its root down, so that a governor is known before what depends on it."""

    def __init__(self, tokens: tuple[Token, ...], words: Lexicon) -> None:
        self.tokens = tokens
        self.words = words
        self.clause: dict[int, Clause] = {}
        self.arguments = Arguments(tokens, words)
        self.subjects = Subjects(tokens, words)
        self.merged = self.subjects.merged

    def read(self, root: int) -> list[Clause]:
        tokens = self.tokens
        order = [(root, root)]
        for i, owner in order:
            t = tokens[i]
            if self.is_predicate(t):
                clause = self.clause[i] = self.build(t, owner if owner != i else None)
                if clause.inherited == "conj":
                    self.share(clause)
                owner = i
            for c in t.children:
                order.append((c, owner))
        found = [c for i, c in self.clause.items() if i not in self.merged]
        return [self.pointed(c) for c in found] if self.merged else found

    def share(self, clause: Clause) -> None:
        """What follows the last of two verbs belongs to both: "bought and sold shares"."""
        first = self.clause.get(self.tokens[clause.predicate].head)
        if first is None or first.passive != clause.passive or any(p.first > first.predicate for p in first.parts):
            return
        if first.predicate + 2 != clause.predicate or self.tokens[first.predicate + 1].dep != "cc":
            return
        shared = [p for p in clause.parts if p.slot in (Slot.OBJECT, Slot.AGENT) and p.first > clause.predicate]
        if shared:
            parts = (*first.parts, *(p._replace(anchor=first.predicate) for p in shared))
            self.clause[first.predicate] = first._replace(parts=parts)

    def pointed(self, clause: Clause) -> Clause:
        """Let contents and governors that were merged into their infinitive point there."""
        merged = self.merged
        if clause.governor in merged:
            above: int | None = clause.governor
            while above in merged and self.final(above) == clause.predicate:
                above = self.clause[above].governor  # what was merged into this clause does not govern it
            clause = clause._replace(governor=self.final(above) if above is not None else None)
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
        """Tell a verb with a clause of its own, also one taken for a noun: "was set to land"."""
        if t.pos not in ("VERB", "AUX"):
            if t.dep == "ROOT":
                known = t.pos == "ADJ" and t.lemma in self.words.event_verbs
                return known and any(self.tokens[c].dep == "nsubj" for c in t.children)
            return t.tag == "NN" and t.dep in _INFINITIVES and any(self.tokens[c].tag == "TO" for c in t.children)
        if not any(c.isalpha() for c in t.text) or (t.ent in _TITLES and t.dep != "ROOT"):
            return False
        if t.tag == "MD":
            return False  # "I would": the verb is left out
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
                also = conjuncts(tokens, c) if child.pos in NOMINAL or child.pos == "DET" else (c,)
                if not subjects or any(tokens[g].dep == "cc" for g in tokens[subjects[0]].children):
                    subjects += also
                passive = passive or dep == "nsubjpass"
            elif dep == "expl":
                expletive = True
            elif c == t.i + 2 and self.glued_to(t):
                for g in child.children:
                    self.arguments.argument(t, tokens[g], parts)
            elif child.text != "-":
                self.arguments.argument(t, child, parts)
        group.sort()
        rule = "own"
        pronoun: int | None = None
        if (
            subjects
            and tokens[subjects[0]].tag in ("WDT", "WP")
            and (relative := self.subjects.antecedent(t)) is not None
        ):
            pronoun, subjects, rule = subjects[0], (relative,), "relative"
        governor = self.clause.get(owner) if owner is not None else None
        if not passive and t.tag in ("VBN", "VBD") and not any(tokens[c].dep == "aux" for c in t.children):
            passive = self.is_participle(t, parts) or (t.dep == "conj" and self.adds(t, governor, parts))
        verbs: tuple[int, ...] = (t.i,)
        if not subjects and not expletive:
            subjects, rule, prefix = self.subjects.inherit(t, governor)
            if prefix is not None:
                verbs = (*prefix.verbs, t.i) if t.i not in prefix.verbs else prefix.verbs
                group = sorted({*(g for g in prefix.group), *group})
                parts = [*(p for p in prefix.parts if p.slot is not Slot.CONTENT), *parts]
            elif rule == "conj" and governor is not None:
                pronoun = governor.pronoun
                group = self.shared(t, governor, group, passive)
                if len(governor.verbs) > 1:
                    verbs = (*governor.verbs[:-1], t.i)
        if t.dep == "relcl":
            self.gap(t, parts, relative is not None or t.head in subjects)
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

    def is_participle(self, t: Token, parts: list[Part]) -> bool:
        """A past participle without auxiliary: "the troops promised", "Mayor cleared of fraud"."""
        if t.dep == "acl":
            return True
        if t.dep == "ROOT" and t.lemma in self.words.transitive and self.unstopped(t):
            return not any(p.slot in (Slot.OBJECT, Slot.CONTENT, Slot.COMPLEMENT) for p in parts)
        bidden = t.lemma in self.words.letting or t.lemma in self.words.sending_verbs
        if t.dep == "ROOT" and bidden and self.unstopped(t) and any(p.slot is Slot.CONTENT for p in parts):
            return not any(p.slot is Slot.OBJECT for p in parts)  # "Widow allowed to keep house"
        if t.tag == "VBD":
            return False
        bare = not any(p.slot in (Slot.OBJECT, Slot.CONTENT) and self.tokens[p.heads[0]].tag != "VB" for p in parts)
        if t.dep == "ROOT":  # a headline: "Mayor asked to resign", "Town hit by storm"
            return bare and any(p.slot is Slot.AGENT or p.slot is Slot.CONTENT for p in parts)
        return t.dep in ("advcl", "relcl") or (t.dep == "ccomp" and bare)

    def lacks_object(self, t: Token, parts: list[Part]) -> bool:
        """As in "Was made by Ada and sold in Paris": a verb that needs an object and has none is a participle."""
        return t.lemma in self.words.transitive and not any(p.slot in (Slot.OBJECT, Slot.CONTENT) for p in parts)

    def unstopped(self, root: Token) -> bool:
        """A headline has no full stop."""
        return self.tokens[root.right].text[-1:].isalnum()

    def glued_to(self, prefix: Token) -> bool:
        """As in "co-moderate", which the parser takes for three words."""
        return glued(self.tokens, prefix.i) == prefix.i + 2

    def kind(self, t: Token, parts: list[Part], expletive: bool) -> Kind:
        if t.lemma == "be" or t.lower in ("'s", "'re", "'m"):
            if expletive:
                return Kind.EXISTENTIAL
            return Kind.COPULA
        return Kind.VERB

    def typed(self, parts: list[Part], kind: Kind) -> list[Part]:
        parts.sort(key=lambda p: p.first)
        return parts

    def adds(self, t: Token, governor: Clause | None, parts: list[Part]) -> bool:
        """Tell a passive participle among conjuncts: after a passive, or joined by nothing ("…, half of them lost")."""
        if governor is not None and governor.passive and governor.predicate == t.head:
            return t.tag == "VBN" or self.lacks_object(t, parts)
        if t.tag == "VBD":
            return False
        own = any(self.tokens[c].dep == "nsubj" for c in t.children)
        joined = any(self.tokens[c].dep == "cc" for c in self.tokens[t.head].children)
        linked = joined or any(self.tokens[c].dep == "dobj" for c in t.children)
        return own and not linked

    def shared(self, t: Token, governor: Clause, group: list[int], passive: bool) -> list[int]:
        """A coordinated verb shares the auxiliaries before the first one ("was cut and flushed")."""
        tokens = self.tokens
        if any(tokens[c].dep in ("aux", "auxpass") for c in t.children):
            return group
        wanted = tokens[governor.predicate].tag
        if (t.tag != wanted and not (passive and governor.passive)) or (
            t.tag == "VBN" and any(tokens[c].dep == "dobj" for c in t.children)
        ):
            return group
        own = governor.predicate
        taken = [g for g in governor.group if g < own and tokens[g].dep != "prt" and g < group[0]]
        return sorted({*taken, *group}) if taken else group

    def place(self, noun: int, where: int) -> int | None:
        """What "where" stands for: the noun before it, or the last place named before it."""
        tokens = self.tokens
        if tokens[noun].ent in PLACES or tokens[noun].lemma in self.words.place_nouns:
            return noun
        if tokens[where - 1].text != ",":
            return None
        first = where
        while first > 0 and tokens[first - 1].sent == tokens[where].sent:
            first -= 1
        return next((i for i in range(where - 1, first - 1, -1) if tokens[i].ent in PLACES), None)

    def gap(self, t: Token, parts: list[Part], subject_is_relative: bool) -> None:
        """Put the antecedent where the relative pronoun, or nothing, stands."""
        noun = self.subjects.antecedent(t)
        if noun is None:
            return
        tokens = self.tokens
        for n, part in enumerate(parts):
            head = tokens[part.heads[0]]
            if head.tag in ("WDT", "WP") or (head.lower in _RELATIVE and head.dep in ("dobj", "pobj")):
                parts[n] = part._replace(heads=(noun,), first=noun, end=noun + 1, pronoun=head.i)
                return
        where = next((c for c in range(t.left, t.i) if tokens[c].tag in ("WRB", "WP$")), None)
        if where is not None and tokens[where].lower == "where" and (place := self.place(noun, where)) is not None:
            parts.append(Part(Slot.ADVERB, Role.PLACE, (), (place,), place, place + 1, t.i))
        if subject_is_relative or where is not None:
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
