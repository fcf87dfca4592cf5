"""Claims of nouns that speak of events: "the dispatch of troops by Britain" says that Britain dispatches troops."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product
from typing import TYPE_CHECKING, Final

from kg.model import Role
from kg.ontology import Ontology
from kg.reading.clauses import Clause, conjuncts, core, extent, lexicon
from kg.reading.extract import BareClaim, Page, Phrase
from kg.reading.extract.verbs import phrase, third_person

if TYPE_CHECKING:
    from kg.reading.parse import Token

_ACTORS: Final = frozenset(("ORG", "GPE", "NORP", "PERSON"))
_MOST: Final = 24


@dataclass(frozen=True, slots=True)
class EventNoun:
    """A noun and the verb it stands for."""

    relation: str
    of_subject: bool
    """Whether "the … of X" names the one who acts."""
    place_before: bool
    """Whether a place before it ("the Kyoto treaty") is only where."""


@lru_cache(maxsize=4)
def event_nouns(ontology: Ontology) -> dict[str, EventNoun]:
    """Read the event nouns of the vocabulary once."""
    found: dict[str, EventNoun] = {}
    for iri in ontology.instances("kg:EventNoun"):
        noun, verb = ontology.value(iri, "kg:noun"), ontology.value(iri, "kg:verb")
        if noun is None or verb is None:
            continue
        first, *rest = verb.split()
        relation = "_".join((third_person(first), *rest))
        found[noun] = EventNoun(
            relation, ontology.value(iri, "kg:of") == "subject", ontology.value(iri, "kg:before") == "place"
        )
    return found


def events(page: Page) -> Iterable[BareClaim]:
    """Find the claims of event nouns."""
    reader = _Events(page)
    for token in page.parse.tokens:
        if token.pos == "NOUN" and token.dep != "npadvmod":
            noun = reader.nouns.get(token.lemma)
            if noun is not None:
                yield from reader.claims(token, noun)


class _Events:
    def __init__(self, page: Page) -> None:
        self.tokens = page.parse.tokens
        self.words = lexicon(page.ontology)
        self.nouns = event_nouns(page.ontology)
        self.clauses = {clause.predicate: clause for clause in page.clauses}

    def claims(self, token: Token, noun: EventNoun) -> Iterator[BareClaim]:
        tokens = self.tokens
        agents: list[int] = []
        patients: list[int] = []
        arguments: list[tuple[Role, Phrase]] = []
        aim: tuple[str, list[int]] | None = None
        for c in token.children:
            child = tokens[c]
            if child.dep == "poss":
                agents.extend(conjuncts(tokens, c)) if child.ent not in ("DATE", "TIME") else None
            elif child.dep in ("compound", "amod", "nmod") and c < token.i:
                self.modifier(child, noun, agents, patients, arguments)
            elif child.dep in ("prep", "agent") and c > token.i:
                aim = self.phrase_after(child, noun, agents, patients, arguments) or aim
        if not agents:
            agents = self.doer(token, noun) if patients or aim is not None else []
        relation, words = noun.relation, (token.i,)
        if relation == "has":
            for agent in agents:
                yield BareClaim(
                    "event_noun_has",
                    token.i,
                    "has",
                    words,
                    phrase(tokens, agent),
                    phrase(tokens, token.i),
                    tuple(arguments),
                )
            return
        if not patients and aim is not None:
            relation, patients = f"{relation}_{aim[0]}", aim[1]
        if token.dep in ("compound", "amod") and not (agents and patients):
            return
        acted = self.content(token) if agents and not patients else None
        if acted is not None:
            for agent in agents:
                yield BareClaim(
                    "event_noun_content", token.i, relation, words, phrase(tokens, agent), acted, tuple(arguments)
                )
            return
        if not agents and patients and not noun.of_subject:
            yield from self.passive(token, noun, patients, tuple(arguments))
            return
        subjects: list[Phrase | None] = [phrase(tokens, a) for a in agents] or [None]
        things: list[Phrase | None] = [phrase(tokens, p) for p in patients] or [None]
        if subjects == [None] and things == [None]:
            return
        for subject, thing in islice(product(subjects, things), _MOST):
            if subject is not None and thing is not None and subject.head == thing.head:
                continue
            yield BareClaim("event_noun", token.i, relation, words, subject, thing, tuple(arguments))

    def passive(
        self, token: Token, noun: EventNoun, patients: list[int], arguments: tuple[tuple[Role, Phrase], ...]
    ) -> Iterator[BareClaim]:
        """Nobody known to act: "the disarming of the rebels"."""
        for patient in patients[:_MOST]:
            yield BareClaim(
                "event_noun_object", token.i, noun.relation, (token.i,), None, phrase(self.tokens, patient), arguments
            )

    def modifier(
        self,
        child: Token,
        noun: EventNoun,
        agents: list[int],
        patients: list[int],
        arguments: list[tuple[Role, Phrase]],
    ) -> None:
        """As in "NATO air strikes", "troop deployment"."""
        if child.ent in ("GPE", "LOC") and noun.place_before:
            arguments.append((Role.PLACE, phrase(self.tokens, child.i)))
        elif child.ent in _ACTORS:
            if not noun.place_before:
                agents.append(child.i)
        elif child.dep == "compound" and child.pos == "NOUN" and not child.ent and not self.timely(child):
            if child.lemma in self.words.manner_nouns:
                return
            (agents if noun.of_subject else patients).append(child.i)

    def timely(self, token: Token) -> bool:
        return token.ent in ("DATE", "TIME") or token.lemma in self.words.time_nouns

    def phrase_after(
        self,
        prep: Token,
        noun: EventNoun,
        agents: list[int],
        patients: list[int],
        arguments: list[tuple[Role, Phrase]],
    ) -> tuple[str, list[int]] | None:
        tokens = self.tokens
        objects = [c for c in prep.children if tokens[c].dep == "pobj"]
        if not objects:
            return None
        head = tokens[objects[0]]
        heads = list(conjuncts(tokens, head.i))
        timely = self.timely(head)
        role = Role.TIME if timely else self.words.roles.get(prep.lower, Role.OTHER)
        if prep.lower == "of" and not timely:
            if noun.of_subject and not agents:
                agents.extend(heads)
            else:
                patients.extend(heads)
            return None
        if prep.lower == "by" and not timely:
            agents.extend(heads)
            return None
        whole = (prep.i, extent(tokens, heads[-1])[1])
        arguments.append((role, Phrase(head.i, core(tokens, head.i), whole)))
        if not timely and prep.lower in ("on", "over", "against", "with", "for", "to", "about", "between", "into"):
            return prep.lower, heads
        return None

    def content(self, token: Token) -> int | None:
        """As in "US support for NATO to update planning": what the noun is about is a clause of its own."""
        for c in token.children:
            if c > token.i and c in self.clauses and self.clauses[c].inherited == "own":
                return c
        return None

    def doer(self, token: Token, noun: EventNoun) -> list[int]:
        """Who does what the governing verb orders, plans, makes or announces: its subject."""
        if token.dep not in ("dobj", "pobj"):
            return []
        at = self.tokens[token.head]
        if token.dep == "pobj":
            at = self.tokens[at.head]
        clause: Clause | None = self.clauses.get(at.i)
        if clause is None or (noun.of_subject and token.dep != "dobj"):
            return []
        if token.dep == "dobj" and at.lemma in self.words.light_verbs:
            if clause.passive:
                return []
            return [s for s in clause.subjects if self.tokens[s].tag not in ("WDT", "WP", "EX")]
        return []
