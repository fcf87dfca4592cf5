"""Subjects that the grammar hides: of relatives, participles, infinitives, gerunds and coordinated verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Role
from kg.reading.clauses.clause import Clause, Kind, Slot
from kg.reading.clauses.phrases import NOMINAL, small_subject

if TYPE_CHECKING:
    from kg.reading.clauses.lexicon import Lexicon
    from kg.reading.parse import Token


class Subjects:
    """Finds the subject of a predicate that has none of its own."""

    def __init__(self, tokens: tuple[Token, ...], words: Lexicon) -> None:
        self.tokens = tokens
        self.words = words
        self.merged: dict[int, int] = {}
        """Predicates that became part of their infinitive's verb group."""

    def antecedent(self, t: Token) -> int | None:
        """The noun a relative clause speaks of, also from a verb coordinated or embedded in it."""
        at = t
        for _ in range(4):
            if at.dep == "relcl":
                head = self.tokens[at.head]
                return head.i if head.pos in NOMINAL or head.pos == "DET" else None
            if at.dep not in ("conj", "ccomp", "xcomp") or at.head == at.i:
                return None
            at = self.tokens[at.head]
        return None

    def inherit(self, t: Token, governor: Clause | None) -> tuple[tuple[int, ...], str, Clause | None]:
        """Subject of a predicate without one, the rule that found it, and the clause it merges with if any."""
        tokens = self.tokens
        dep = t.dep
        head = tokens[t.head]
        existential = governor is not None and governor.kind is Kind.EXISTENTIAL
        if existential and dep in ("acl", "relcl") and t.tag == "VB" and head.lemma in self.words.actor_nouns:
            return (), "none", None  # "there is no way to stop it"
        infinitive = t.tag == "VB" or any(tokens[c].tag == "TO" for c in t.children if c < t.i)
        if (dep == "acl" or (dep == "relcl" and infinitive)) and head.pos in NOMINAL:
            if infinitive and self.stranded(t) and governor is not None:
                return governor.subjects, "infinitive_of_object", None
            if not infinitive and (inner := self.inside_event(head, t)) is not None:
                return (inner,), "participle", None
            if infinitive and (head.lemma in self.words.actor_nouns or head.lemma in self.words.event_nouns):
                owner = next((c for c in head.children if tokens[c].dep == "poss"), None)
                if owner is not None:
                    return (owner,), "possessor", None
                judged = governor is not None and self.tokens[governor.predicate].lemma in self.words.judging_verbs
                if governor is not None and not governor.passive and not judged and self.undertaken(head, governor):
                    return governor.subjects, "actor_of_noun", None
                return (), "none", None
            if t.tag == "VBG" and head.dep == "attr" and governor is not None and governor.subjects:
                return governor.subjects, "participle", None  # "it is the only body controlling the sky"
            return (head.i,), "infinitive" if infinitive else "participle", None
        if dep == "relcl":
            return (), "infinitive", None
        if governor is None:
            return (), "none", None
        if dep == "conj" and governor.predicate == head.i:
            return governor.subjects, "conj", None
        if dep == "xcomp" and t.tag == "VBG" and governor.passive and governor.predicate == head.i:
            return governor.subjects, "adverbial", None
        if dep in ("xcomp", "ccomp"):
            return self.controlled(t, head, governor)
        if dep == "pcomp" and (blamed := self.blamed(head, governor)):
            return blamed, "object_control", None
        if dep in ("advcl", "pcomp", "dep", "prep", "npadvmod"):
            sent = self.sent_to(t, governor)
            if sent:
                return sent, "object_control", None
            if any(tokens[c].lower == "than" for c in t.children if c < t.i):
                return (), "none", None
            if dep == "pcomp" and (who := small_subject(tokens, tokens[head.head])) is not None:
                return (who,), "gerund", None
            if dep == "advcl" and self.impersonal(governor) and any(tokens[c].tag == "TO" for c in t.children):
                return (), "none", None
            if dep == "advcl" and governor.predicate != head.i and head.pos in NOMINAL:
                return (head.i,), "participle", None
            return governor.subjects, "adverbial" if dep == "advcl" else "gerund", None
        return (), "none", None

    def sent_to(self, t: Token, governor: Clause) -> tuple[int, ...]:
        """Whoever is sent, hired or trained to do it: the object of the governing verb."""
        verb = self.tokens[governor.predicate].lemma
        if t.dep == "advcl" and t.tag == "VBG" and verb in self.words.object_control:  # "sent shares tumbling"
            return next((p.heads for p in governor.slots(Slot.OBJECT) if p.end == t.left), ())
        if t.dep != "advcl" or t.tag != "VB" or verb not in self.words.sending_verbs:
            return ()
        thing = next((p for p in governor.parts if p.slot is Slot.OBJECT and p.first < t.i), None)
        return thing.heads if thing is not None else governor.subjects if governor.passive else ()

    def stranded(self, t: Token) -> bool:
        """A preposition at the end waits for the noun before: "nobody to turn to"."""
        tokens = self.tokens
        return any(
            tokens[c].dep == "prep" and not any(tokens[g].dep in ("pobj", "pcomp", "prep") for g in tokens[c].children)
            for c in t.children if c > t.i
        )  # fmt: skip

    def inside_event(self, head: Token, t: Token) -> int | None:
        """As in "The flight of civilians leaving homes": those who take part in an event act, not the event."""
        if head.lemma not in self.words.event_nouns:
            return None
        tokens = self.tokens
        for c in head.children:
            if c > head.i and tokens[c].lower == "of" and tokens[c].right + 1 == t.left:
                return next((g for g in tokens[c].children if tokens[g].dep == "pobj"), None)
        return None

    def blamed(self, prep: Token, governor: Clause) -> tuple[int, ...]:
        """As in "Accused him of hiding", "thanked her for coming": the object does what the gerund says."""
        verb = self.tokens[governor.predicate]
        thing = next((p.heads for p in governor.slots(Slot.OBJECT) if p.first < prep.i), ())
        known = verb.lemma in self.words.blames and prep.head in (verb.i, *thing)
        if governor.passive or not (known or (prep.head == verb.i and prep.lower in self.words.object_gerund)):
            return ()
        return thing

    def undertaken(self, noun: Token, governor: Clause) -> bool:
        """Tell "launched an effort to", "in an effort to" from "on the third day of an effort to": whose it is."""
        at = self.tokens[noun.head] if noun.dep == "pobj" else noun
        if at.dep == "prep" and self.tokens[at.head].lemma in self.words.time_nouns:
            return False
        return noun.i not in governor.subjects

    def controlled(self, t: Token, head: Token, governor: Clause) -> tuple[tuple[int, ...], str, Clause | None]:
        """Subject of an infinitive, gerund or participle that a verb or adjective governs."""
        tokens = self.tokens
        objects = [
            p for p in governor.parts if p.slot in (Slot.OBJECT, Slot.INDIRECT) and p.anchor == governor.predicate
        ]
        if head.lemma in self.words.oblique_control and governor.predicate == head.i and not objects:
            asked = [
                p for p in governor.parts if p.slot is Slot.OBLIQUE and p.end == t.left and p.role is not Role.TIME
            ]
            if asked:
                return asked[0].heads, "object_control", None
        if objects and governor.predicate == head.i:
            if head.lemma in self.words.object_control:
                return objects[0].heads, "object_control", None
            if t.tag in ("VBD", "VBZ", "VBP", "MD"):
                return (), "none", None  # "what it said was a draft": neither it nor who says so
            return governor.subjects, "purpose", None
        if head.dep == "prep" and head.pos == "VERB":
            return (), "none", None  # "following moves to ban it"
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
            if self.impersonal(governor):
                return (), "none", None
            if governor.kind is Kind.COPULA and head.i == governor.predicate:
                explains = any(tokens[s].lemma in self.words.aim_nouns for s in governor.subjects)
                return (() if explains else governor.subjects), "copula", None
            if t.i < governor.predicate or governor.predicate in self.merged:
                return (governor.subjects if t.i > governor.predicate else ()), "none", None
            self.merged[governor.predicate] = t.i
            return governor.subjects, "raising" if governor.passive else "control", prefix
        return governor.subjects, "control", None

    def impersonal(self, governor: Clause) -> bool:
        """As in "It is safe to return": "it" only keeps the place of the infinitive."""
        if governor.kind is not Kind.COPULA or len(governor.subjects) != 1:
            return False
        if self.tokens[governor.subjects[0]].lower != "it":
            return False
        said = next((self.tokens[p.heads[0]] for p in governor.parts if p.slot is Slot.COMPLEMENT), None)
        return (
            said is not None
            and said.pos == "ADJ"
            and said.lemma not in self.words.willing
            and said.lemma not in self.words.transparent_adjectives
        )
