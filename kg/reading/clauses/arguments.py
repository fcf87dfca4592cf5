"""Arguments of a predicate: objects, contents, prepositional phrases, adverbials, each with its role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.model import Role
from kg.reading.clauses.clause import Part, Slot
from kg.reading.clauses.phrases import NOMINAL, conjuncts, small_subject

if TYPE_CHECKING:
    from kg.reading.clauses.lexicon import Lexicon
    from kg.reading.parse import Token

PLACES: Final = frozenset(("GPE", "LOC", "FAC"))
MEASURES: Final = frozenset(("CARDINAL", "PERCENT", "MONEY", "QUANTITY"))
_DATES: Final = frozenset(("DATE", "TIME"))
_MEASURABLE: Final = frozenset(
    (Role.PLACE, Role.RECIPIENT, Role.INSTRUMENT, Role.COMPANION, Role.PURPOSE, Role.TOPIC, Role.OTHER)
)


class Arguments:
    """Reads the arguments of a predicate."""

    def __init__(self, tokens: tuple[Token, ...], words: Lexicon) -> None:
        self.tokens = tokens
        self.words = words

    def argument(self, t: Token, child: Token, parts: list[Part]) -> None:
        """Add what one child of a predicate contributes."""
        dep = child.dep
        tokens = self.tokens
        if dep == "dobj" or dep == "attr" or dep == "oprd" or dep == "acomp" or dep == "dative":
            if child.tag == "IN" or child.tag == "TO":
                self.oblique(t, child, parts, Slot.OBLIQUE)
                return
            slot = Slot.OBJECT if dep == "dobj" else Slot.INDIRECT if dep == "dative" else Slot.COMPLEMENT
            if child.pos in NOMINAL or child.pos in ("DET", "SYM", "X"):
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
            self.oblique(t, child, parts, Slot.AGENT if self.joint(t, child) else Slot.OBLIQUE)
        elif dep == "agent":
            self.oblique(t, child, parts, Slot.AGENT)
        elif dep == "ccomp" and self.beside(t, child):
            return
        elif dep == "ccomp" and child.pos == "ADJ" and (who := small_subject(tokens, child)) is not None:
            first, end = tokens[who].left, tokens[who].right + 1
            parts.append(Part(Slot.OBJECT, Role.OTHER, (), conjuncts(tokens, who), first, end, t.i))
            parts.append(
                Part(Slot.COMPLEMENT, Role.ATTRIBUTE, (), (child.i,), max(end, child.left), child.right + 1, t.i)
            )
        elif dep == "ccomp" and tokens[child.left].lower == "when" and t.lemma not in self.words.clause_verbs:
            parts.append(Part(Slot.ADVERBIAL, Role.TIME, (child.left,), (child.i,), child.left, child.right + 1, t.i))
        elif dep == "xcomp" and child.tag == "VBG" and any(tokens[c].dep == "auxpass" for c in t.children):
            self.adverbial(t, child, parts)
        elif dep in ("ccomp", "xcomp"):
            heads = (
                child.i,
                *(c for c in child.children if tokens[c].dep == "conj" and tokens[c].pos in ("VERB", "AUX")),
            )
            parts.append(Part(Slot.CONTENT, Role.TOPIC, (), heads, child.left, child.right + 1, t.i))
        elif dep == "advcl":
            self.adverbial(t, child, parts)
        elif dep == "npadvmod":
            measured = child.ent in MEASURES or self.is_measure(child)
            role = Role.TIME if self.is_time(child) else Role.QUANTITY if measured else Role.MANNER
            heads = conjuncts(tokens, child.i) if role is Role.QUANTITY else (child.i,)
            parts.append(Part(Slot.ADVERBIAL, role, (), heads, child.left, child.right + 1, t.i))
        elif dep == "advmod":
            prep = next((c for c in child.children if c > child.i and tokens[c].dep == "prep"), None)
            if prep is not None and child.i > t.i and any(tokens[c].dep == "pobj" for c in tokens[prep].children):
                self.oblique(t, tokens[prep], parts, Slot.OBLIQUE, (child.i,))
                return
            role = Role.TIME if child.ent in _DATES or child.lemma in self.words.time_nouns else Role.MANNER
            parts.append(Part(Slot.ADVERB, role, (), (child.i,), child.left, child.right + 1, t.i))

    def joint(self, t: Token, prep: Token) -> bool:
        """As in "Reached between the two unions": of what two sides do together, "between" names both."""
        if prep.lower != "between" or t.lemma not in self.words.joint:
            return False
        return (t.dep == "acl" and t.tag in ("VBN", "VBD")) or any(self.tokens[c].dep == "auxpass" for c in t.children)

    def beside(self, t: Token, child: Token) -> bool:
        """Tell a clause that only stands beside the verb: "The roof fell, the walls are gone"."""
        if t.lemma in self.words.clause_verbs or any(self.tokens[c].dep == "mark" for c in child.children):
            return False
        if child.right < t.i:
            return True
        return child.left > t.i and self.tokens[child.left - 1].text in (",", ";", "--", "-", "–", "—")

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
            if slot is Slot.AGENT and (role is Role.TIME or child.ent in MEASURES):
                slot = Slot.OBLIQUE  # "settled by Friday", "cut by 3 percent": nobody who acts
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
        """Add an adverbial clause, its role told by the word that opens it."""
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
        """Role of a prepositional phrase, by its preposition and by what kind of thing follows."""
        tokens = self.tokens
        if self.is_time(child):
            return Role.TIME
        found = self.words.roles.get(" ".join(tokens[c].lower for c in marker))
        if found is None:
            found = self.words.roles.get(tokens[marker[-1]].lower, Role.OTHER)
        placed = child.ent in PLACES or (child.lemma in self.words.place_nouns and child.ent not in ("ORG", "PERSON"))
        if placed and found in (Role.RECIPIENT, Role.PURPOSE, Role.TOPIC):
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
        """Tell a noun that makes a phrase one of time."""
        return child.ent in _DATES or child.lemma in self.words.time_nouns
