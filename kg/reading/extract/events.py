"""Claims of nouns that speak of events: "the dispatch of troops by Britain" says that Britain dispatches troops."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice, product
from typing import TYPE_CHECKING, Final

from kg.model import Form, Role
from kg.ontology import Ontology, local
from kg.reading.clauses import MEASURES, PLACES, Clause, conjuncts, core, extent, lexicon
from kg.reading.extract import BareClaim, Page, Phrase
from kg.reading.extract.verbs import CIRCUMSTANCES, phrase, third_person

if TYPE_CHECKING:
    from kg.reading.parse import Token

_ACTORS: Final = frozenset(("ORG", "GPE", "NORP", "PERSON"))
_STATES: Final = frozenset(("be", "remain", "stay"))
_LEANING: Final = frozenset(("on", "over", "against", "with", "for", "to", "about", "between", "into"))
_COUNTS: Final = frozenset(("number", "total", "series", "string", "round"))
_MOST: Final = 24


@dataclass(frozen=True, slots=True)
class EventNoun:
    """A noun and the verb it stands for."""

    relation: str
    passive: str
    """The relation of what it is done to: "is_dispatched"."""
    of_subject: bool
    """Whether "the … of X" names the one who acts."""
    owner_suffers: bool
    """Whether "X's …" alone names the one it is done to: "his arrest"."""
    place_before: bool
    """Whether a place before it ("the Kyoto treaty") is only where."""
    patient_markers: frozenset[str]
    """Prepositions of the one it is done to, or of what changes: "attack on", "rise in"."""
    aim_markers: frozenset[str]
    """Prepositions that stay with the verb: "the search for X"."""
    manner_before: bool
    """Whether a bare noun before it says how, not whom it is done to: "student loans"."""
    mutual: bool
    """Whether those "with" or "between" whom it is act alike."""
    of_people: str | None
    """The relation if it is people who act: their "flight" is no journey by air."""


BEFALLING: Final = EventNoun("has", "has", True, False, True, frozenset(), frozenset(), True, False, None)
"""An event that stands for no verb: it only befalls somebody."""


@lru_cache(maxsize=4)
def event_nouns(ontology: Ontology) -> dict[str, EventNoun]:
    """Read the event nouns of the vocabulary once."""
    found: dict[str, EventNoun] = {}
    classes = ontology.lexicon("kg:trigger")
    irregular = {verb: forms[0] for verb, forms in _participles(ontology).items()}
    for iri in ontology.instances("kg:EventNoun"):
        noun, verb = ontology.value(iri, "kg:noun"), ontology.value(iri, "kg:verb")
        if noun is None or verb is None:
            continue
        first, *rest = verb.split()
        of_class = classes.get(noun, ())
        found[noun] = EventNoun(
            "_".join((third_person(first), *rest)),
            "_".join(("is", irregular.get(first) or participle(first), *rest)),
            ontology.value(iri, "kg:of") == "subject",
            ontology.value(iri, "kg:possessor") == "object",
            ontology.value(iri, "kg:before") == "place",
            frozenset(m for c in (iri, *of_class) for m in ontology.values(c, "kg:patientMarker")),
            frozenset(m for c in (iri, *of_class) for m in ontology.values(c, "kg:aimMarker")),
            any(ontology.value(c, "kg:compound") == "manner" for c in of_class),
            any(ontology.value(c, "kg:mutual") == "true" for c in of_class),
            None if (people := ontology.value(iri, "kg:ofPeople")) is None else third_person(people),
        )
    for noun in ontology.values("kg:Event", "kg:noun"):
        found.setdefault(noun, BEFALLING)
    return found


def _participles(ontology: Ontology) -> dict[str, list[str]]:
    return {
        verb: ontology.values(iri, "kg:participle")
        for verb, iris in ontology.lexicon("kg:base").items()
        for iri in iris
    }


def participle(verb: str) -> str:
    """Past participle of a regular verb.

    >>> participle("deploy"), participle("close"), participle("carry"), participle("ban")
    ('deployed', 'closed', 'carried', 'banned')
    """
    vowels = "aeiou"
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in vowels:
        return verb[:-1] + "ied"
    short = sum(c in vowels for c in verb) == 1 and verb[-1] not in "aeiouwxy" and verb[-2:-1] in vowels
    return verb + verb[-1] + "ed" if short else verb + "ed"


def events(page: Page) -> Iterable[BareClaim]:
    """Find the claims of event nouns."""
    reader = _Events(page)
    for token in page.parse.tokens:
        if token.pos == "NOUN" and token.dep != "npadvmod":
            noun = reader.nouns.get(token.lemma)
            if noun is not None:
                yield from reader.claims(token, noun)
        elif token.pos == "PROPN" and reader.is_event(token):
            yield from reader.named(token)


@dataclass(slots=True)
class _Roles:
    """Who takes part in one event, as the words around its noun tell."""

    agents: list[int] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)
    patients: list[int] = field(default_factory=list)
    partners: list[int] = field(default_factory=list)
    aim: tuple[str, list[int]] | None = None
    """Preposition and heads of what the event leans on: "support for …"."""
    arguments: list[tuple[Role, Phrase]] = field(default_factory=list)
    placed: bool = False
    """Whether a phrase after the noun tells where, when or how much."""


class _Events:
    def __init__(self, page: Page) -> None:
        self.tokens = page.parse.tokens
        self.words = lexicon(page.ontology)
        self.nouns = event_nouns(page.ontology)
        self.telling = frozenset(third_person(verb) for verb in self.words.clause_verbs if " " not in verb)
        self.groups = frozenset(n for kind in ("kg:Group", "kg:Person") for n in page.ontology.values(kind, "kg:noun"))
        self.clauses = {clause.predicate: clause for clause in page.clauses}
        self.resolution = page.resolution
        self.kinds = frozenset(
            local(kind)
            for kind in page.ontology.instances("http://www.w3.org/2002/07/owl#Class")
            if page.ontology.is_a(kind, "Event")
        )

    def claims(self, token: Token, noun: EventNoun) -> Iterator[BareClaim]:
        if self.in_preposition(token):
            return
        roles = self.roles(token, noun)
        if token.dep in ("compound", "amod") and not (roles.agents and roles.patients):
            return
        if noun.relation == "has":
            yield from self.having(token, roles)
            return
        if not roles.agents:
            roles.agents = self.doer(token, noun, not roles.patients and roles.aim is None)
        if not roles.agents and noun.mutual and roles.partners:
            roles.agents, roles.aim = roles.partners, None
        if roles.agents and not self.named_after(token, roles):
            yield from self.active(token, noun, roles)
        elif roles.patients:
            for patient in roles.patients[:_MOST]:
                yield self.claim("event_noun_object", token, noun.passive, patient, None, roles)
        elif roles.aim is not None and roles.aim[0] in noun.aim_markers:
            for thing in roles.aim[1][:_MOST]:
                yield self.claim("event_noun_object", token, f"{noun.passive}_{roles.aim[0]}", thing, None, roles)
        else:
            yield from self.occurring(token, roles)

    def is_event(self, token: Token) -> bool:
        """Tell the head of a name that an event has: "the Lisbon Conference"."""
        mention = self.resolution.at(token.i)
        if mention is None or mention.form is not Form.NAME or not mention.head.covers(token.span):
            return False
        last = self.tokens[token.head].i == token.i or not mention.head.covers(self.tokens[token.head].span)
        return last and self.resolution.entity(mention.entity).kind in self.kinds

    def named(self, token: Token) -> Iterator[BareClaim]:
        """As in "The firm's Developers Conference at the Palace": who holds it, or at least where it is."""
        yield from self.having(token, self.roles(token, BEFALLING))

    def in_preposition(self, token: Token) -> bool:
        """As in "(left) in fear of their lives": the noun makes a preposition and tells of no event by itself."""
        before, after = self.tokens[token.i - 1], self.tokens[min(token.i + 1, len(self.tokens) - 1)]
        bare = token.dep == "pobj" and before.i == token.head and before.lower == "in" and token.tag == "NN"
        return bare and after.lower in ("of", "to", "for", "that")

    def named_after(self, token: Token, roles: _Roles) -> bool:
        """As in "The Obama campaign", "a Bloomberg poll": a name before a noun, and nothing else, may only label it."""
        if roles.patients or roles.aim is not None or roles.arguments or self.content(token) is not None:
            return False
        return all(
            a < token.i and self.tokens[a].dep != "poss" and self.tokens[a].head == token.i for a in roles.agents
        )

    def occurring(self, token: Token, roles: _Roles) -> Iterator[BareClaim]:
        """Nobody takes part, but it is told where, when or how much: "the accident at the airport"."""
        planned = any(self.tokens[c].tag == "VB" for c in token.children if c > token.i)  # "moves in Paris to ban it"
        if roles.placed and not planned:
            yield self.claim("event_noun_occurs", token, "occurs", token.i, None, roles)

    def roles(self, token: Token, noun: EventNoun) -> _Roles:
        """Gather the roles of an event noun from what stands around it."""
        tokens, roles = self.tokens, _Roles()
        for c in token.children:
            child = tokens[c]
            if child.dep == "poss":
                if child.ent not in ("DATE", "TIME"):
                    roles.owners.extend(conjuncts(tokens, c))
            elif child.dep in ("compound", "amod", "nmod", "nummod") and c < token.i:
                self.modifier(child, noun, roles)
            elif child.dep in ("prep", "agent") and c > token.i:
                self.phrase_after(child, noun, roles)
        if not roles.owners:
            roles.owners.extend(self.owners_of_many(token))
        suffers = noun.owner_suffers and not roles.patients
        (roles.patients if suffers else roles.agents).extend(roles.owners)
        return roles

    def owners_of_many(self, token: Token) -> Iterator[int]:
        """As in "The carrier's number of orders": what is counted is the carrier's."""
        of = self.tokens[token.head]
        many = self.tokens[of.head]
        if token.dep == "pobj" and of.lower == "of" and many.lemma in _COUNTS:
            for c in many.children:
                if self.tokens[c].dep == "poss" and self.tokens[c].ent not in ("DATE", "TIME"):
                    yield from conjuncts(self.tokens, c)

    def having(self, token: Token, roles: _Roles) -> Iterator[BareClaim]:
        """As in "The bank's crisis": an event that stands for no verb befalls somebody."""
        suffering = roles.owners or roles.agents or roles.patients
        holders = [h for h in suffering if self.tokens[h].ent or h in roles.owners]
        for holder in holders[:_MOST]:
            yield self.claim("event_noun_has", token, "has", holder, token.i, roles)
        if not holders:
            yield from self.occurring(token, roles)

    def active(self, token: Token, noun: EventNoun, roles: _Roles) -> Iterator[BareClaim]:
        relation = noun.of_people if noun.of_people and self.people(roles.agents) else noun.relation
        things: list[int | None] = [*roles.patients]
        if not things and roles.aim is not None:
            relation, things = f"{relation}_{roles.aim[0]}", [*roles.aim[1]]
        if not things and (told := self.content(token)) is not None:
            for agent in roles.agents:
                who = phrase(self.tokens, agent)
                yield BareClaim("event_noun_content", token.i, relation, (token.i,), who, told, tuple(roles.arguments))
            return
        for agent, thing in islice(product(roles.agents, things or [None]), _MOST):
            if agent != thing:
                yield self.claim("event_noun", token, relation, agent, thing, roles)

    def people(self, heads: list[int]) -> bool:
        return all(self.tokens[h].tag == "NNS" and self.tokens[h].lemma in self.groups for h in heads)

    def claim(
        self, rule: str, token: Token, relation: str, subject: int, thing: int | None, roles: _Roles
    ) -> BareClaim:
        who = phrase(self.tokens, subject)
        what = None if thing is None else phrase(self.tokens, thing)
        return BareClaim(rule, token.i, relation, (token.i,), who, what, tuple(roles.arguments))

    def modifier(self, child: Token, noun: EventNoun, roles: _Roles) -> None:
        """As in "NATO air strikes", "troop deployment", "a 49% decline"."""
        if child.ent in MEASURES or child.dep == "nummod":
            if child.ent in MEASURES and child.ent != "CARDINAL":
                roles.placed = True
                roles.arguments.append((Role.QUANTITY, phrase(self.tokens, child.i)))
        elif noun.place_before and (child.ent in ("GPE", "LOC") or (child.ent == "NORP" and not noun.mutual)):
            roles.arguments.append((Role.PLACE, phrase(self.tokens, child.i)))
        elif child.ent in _ACTORS:
            if not (noun.place_before and noun.mutual):
                roles.agents.append(child.i)
        elif child.dep == "compound" and child.pos in ("NOUN", "PROPN") and not self.timely(child):
            how = noun.manner_before or self.tokens[child.i - 1].text == "-" or child.lemma in self.words.manner_nouns
            how = how or (child.pos == "PROPN" and noun.place_before)
            if not how:
                (roles.agents if noun.of_subject else roles.patients).append(child.i)

    def timely(self, token: Token) -> bool:
        return token.ent in ("DATE", "TIME") or token.lemma in self.words.time_nouns

    def phrase_after(self, prep: Token, noun: EventNoun, roles: _Roles) -> None:
        """As in "The dispatch of troops by Britain to the island": whom a preposition after the noun names."""
        tokens = self.tokens
        objects = [c for c in prep.children if tokens[c].dep == "pobj"]
        if not objects:
            return
        head = tokens[objects[0]]
        heads = list(conjuncts(tokens, head.i))
        whole = Phrase(head.i, core(tokens, head.i), (prep.i, extent(tokens, heads[-1])[1]))
        marker = prep.lower
        if self.timely(head):
            if marker != "of":  # "the end of the week" is a time, no event
                roles.arguments.append((Role.TIME, whole))
        elif head.ent in MEASURES and (head.ent != "CARDINAL" or head.pos == "NUM"):
            roles.arguments.append((Role.QUANTITY, whole))
        elif marker == "by":
            roles.agents.extend(heads)
        elif marker == "for" and noun.relation == "has" and head.ent in _ACTORS:
            roles.patients.extend(heads)  # "a setback for the bank"
        elif marker == "of" or (marker in noun.patient_markers and not (marker == "in" and head.ent in PLACES)):
            acts = noun.of_subject and marker in ("of", "in") and not roles.agents and not roles.owners
            (roles.agents if acts else roles.patients).extend(heads)
        else:
            role = self.words.roles.get(marker, Role.OTHER)
            if marker in ("on", "over"):
                role = Role.TOPIC
            elif head.ent in PLACES and role is not Role.COMPANION:
                role = Role.PLACE
            if marker == "from" and (head.ent in ("PERSON", "ORG") or self.people([head.i])):
                roles.agents.extend(heads)
                return
            roles.arguments.append((role, whole))
            if marker in ("with", "between", "among"):
                roles.partners.extend(heads)
            if marker in _LEANING and head.lemma not in ("extent", "degree", "point", "end"):
                roles.aim = marker, heads
        if any(self.circumstance(role, told) for role, told in roles.arguments if told.head > prep.i):
            roles.placed = True

    def circumstance(self, role: Role, told: Phrase) -> bool:
        """Time, measure, or a place in earnest: "in Peru", not "in politics"."""
        head = self.tokens[told.head]
        if role is Role.PLACE:
            return head.ent in PLACES or head.lemma in self.words.place_nouns
        return role in CIRCUMSTANCES

    def content(self, token: Token) -> int | None:
        """As in "US support for NATO to update planning": what the noun is about is a clause of its own."""
        for c in token.children:
            if c > token.i and c in self.clauses and self.clauses[c].inherited == "own":
                return c
        return None

    def message(self, token: Token, noun: EventNoun) -> bool:
        """Tell a noun of saying that is brought in anew: "(said) in a statement"."""
        anew = any(self.tokens[c].lower in ("a", "an", "another") for c in token.children)
        return anew and noun.relation in self.telling

    def doer(self, token: Token, noun: EventNoun, alone: bool) -> list[int]:
        """Who does what the governing verb orders, plans, makes or announces, or is "in talks" or says "in a speech".

        Where the noun stands alone, only a verb that means no more than the noun tells: "made an announcement".
        """
        tokens = self.tokens
        at = tokens[token.head]
        within = token.dep == "pobj" and at.lower in ("in", "on") and tokens[token.i - 1].tag != "DT"
        message = token.dep == "pobj" and at.lower == "in" and self.message(token, noun)
        if within or message:
            at = tokens[at.head]
        clause: Clause | None = self.clauses.get(at.i)
        said = message and at.lemma in self.words.clause_verbs
        if clause is None or clause.passive or not (token.dep == "dobj" or (within and at.lemma in _STATES) or said):
            return []
        light = self.words.support_verbs if alone else self.words.light_verbs
        if token.dep == "dobj" and at.lemma not in light:
            return []
        return [s for s in clause.subjects if tokens[s].tag not in ("WDT", "WP", "EX")]
