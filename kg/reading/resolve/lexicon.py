"""The words of reference, read once from the ontology into plain look-ups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from kg.ontology import ONTOLOGY, Ontology, local
from kg.reading.resolve.gazetteer import Gazetteer


class Pronoun(NamedTuple):
    """What a pronoun's form says of its referent; "" where it says nothing."""

    person: str
    """ "1", "2", "3", "relative" or "demonstrative"."""
    number: str
    """ "singular", "plural" or ""."""
    gender: str
    """ "male", "female", "neuter", "person" or ""."""


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Nouns with their kinds, name words, titles, given names and pronouns, keyed by lower-case word."""

    kinds: dict[str, tuple[str, ...]]
    """Noun lemma → kinds it may denote, the likeliest first; a role's noun denotes a Person."""
    roles: frozenset[str]
    events: frozenset[str]
    """Nouns of events."""
    name_ends: dict[str, str]
    name_starts: dict[str, str]
    labels: dict[str, str]
    vessels: frozenset[str]
    """Nouns for what has a name of its own before it: "the Phoenix lander"."""
    successors: frozenset[str]
    """Adjectives that set a body apart from the one that had its name: "the merged Fiat"."""
    repeated: frozenset[str]
    """Last words of bodies' names that several states have one of."""
    waters: frozenset[str]
    """Words of texts in which a state's name with an article is a river's: "the Niger"."""
    placed: dict[str, str]
    titles: dict[str, str]
    """Title → gender or ""."""
    genders: dict[str, str]
    """Noun → gender."""
    ranks: frozenset[str]
    """Words that rank or sort a role: "foreign", "deputy"."""
    offices: frozenset[str]
    """What leaders of states are called."""
    sole: frozenset[str]
    """Offices that one holds at a time: "prime minister"."""
    officers: frozenset[str]
    """Who speaks for a company or body: "spokesman", "ceo"."""
    sporting: frozenset[str]
    """Who plays for a team, which may go by its state's name: "captain"."""
    placing: frozenset[str]
    """What only a place has: the "mayor" of York."""
    travelling: frozenset[str]
    """Verbs of going to a place: "fly"."""
    peers: frozenset[str]
    """Who has a title from a place: "duke"."""
    crew: frozenset[str]
    """What a vessel has: the "captain" of the Vincennes."""
    sailing: frozenset[str]
    """What a vessel does: "sink"."""
    sport: frozenset[str]
    """Words that tell that a text is about sport: "striker"."""
    playing: frozenset[str]
    """What a team does: "draw"."""
    beating: frozenset[str]
    """What a team does to another: "beat"."""
    hosting: frozenset[str]
    """Words of sentences in which states do not play: "host"."""
    contests: frozenset[str]
    """What teams meet in: "match", "victory"."""
    meeting: frozenset[str]
    """Verbs of talking with who is interviewed: "interview", "speak"."""
    interviews: frozenset[str]
    """Words by which a text says that it is an interview."""
    given: dict[str, str]
    """Given name → gender."""
    pronouns: dict[str, Pronoun]
    definite: frozenset[str]
    demonstrative: frozenset[str]
    indefinite: frozenset[str]
    empty_it: frozenset[str]
    weather: frozenset[str]
    """Verbs whose "it" is nobody: "rain"."""
    propositions: frozenset[str]
    resumptive: frozenset[str]
    """Nouns that may take up an event: "the decision", "the move"."""
    deciding: frozenset[str]
    """Verbs whose object such a noun may take up: "order", "propose"."""
    acts: frozenset[str]
    """Nouns that sum up what somebody did: "the move"."""
    happenings: frozenset[str]
    """Nouns that sum up what befell somebody: "the incident"."""
    outcomes: frozenset[str]
    """Nouns that sum up whatever came to pass: "the news"."""
    spoken: frozenset[str]
    """Nouns that take up what was said: "the claim"."""
    apposed: frozenset[str]
    """Nouns that may stand as an apposition to a whole clause."""
    effects: frozenset[str]
    """Verbs of what events do, so that their "which" may stand for a clause: "anger"."""
    sequels: frozenset[str]
    """Verbs whose "this" or "that", as their subject, may stand for the sentence before."""
    another: frozenset[str]
    """Words before a noun by which it is another one than before: "the previous attack"."""
    states: frozenset[str]
    """Verbs of states."""
    verbs_of: dict[str, frozenset[str]]
    """Event noun → verbs it is made of."""
    taken_up: dict[str, frozenset[str]]
    """Event noun → classes of verbs it may take up."""
    verb_classes: dict[str, tuple[str, ...]]
    """Verb → classes of its event."""
    harms: frozenset[str]
    """Classes of events that befall somebody."""
    relational: frozenset[str]
    naming: frozenset[str]
    """Verbs that give a name: "called", "dubbed"."""
    wide: frozenset[str]
    """Nouns that may take up any name of their kind: "alliance", "company"."""
    sorts: dict[str, str]
    """Nouns that say behind a name what sort it is, with its kind: "the iTunes service"."""
    amounts: frozenset[str]
    """Words that tell how much of a thing there is: "total"."""
    vacant: frozenset[str]
    """Heads that name nothing by themselves: "way", "Monday"."""
    prefixes: frozenset[str]
    """What a hyphen may tie to a noun: "co", "ex"."""
    above: dict[str, frozenset[str]]
    """Kind → itself and every kind above it."""


# Where a noun may denote several kinds, the first of these is taken if the text does not decide.
_ORDER: Final = """
    Person Operation Agreement Law Publication Company Party Government MilitaryUnit Market Organization Index Currency
    City Region Country Facility Place Document Product Group Event Language Concept
""".split()  # noqa: SIM905


@lru_cache(maxsize=4)
def lexicon(ontology: Ontology) -> Lexicon:
    """Gather the words of reference of an ontology."""
    words = _Words(ontology)
    kinds, roles = _kinds(ontology)
    return Lexicon(
        kinds=kinds,
        roles=roles,
        events=frozenset(w for w, ks in kinds.items() if any(ontology.is_a(k, "Event") for k in ks[:1])),
        name_ends=words.single("kg:nameWord"),
        name_starts=words.single("kg:nameStart"),
        labels=words.single("kg:nameLabel"),
        vessels=words.set("kg:NamedThing"),
        successors=words.set("kg:SuccessorWord"),
        repeated=words.set("kg:manyStates"),
        waters=words.set("kg:WaterWord"),
        placed=words.single("kg:placedBy"),
        titles={**dict.fromkeys(words.of("kg:Honorific", "kg:title"), ""), **words.gender("kg:title")},
        genders=words.gender("kg:genderNoun"),
        ranks=words.set("kg:RankWord"),
        offices=words.set("kg:Office"),
        sole=frozenset(ontology.values("rel:holds_role", "kg:exclusive")),
        meeting=words.set("kg:MeetingVerb"),
        interviews=words.set("kg:InterviewWord"),
        officers=words.set("kg:Officer"),
        sporting=words.set("kg:Sportsman"),
        placing=words.set("kg:Placing"),
        travelling=words.set("kg:Travelling"),
        peers=words.set("kg:Peer"),
        crew=words.set("kg:Crew"),
        sailing=words.set("kg:Sailing"),
        sport=words.set("kg:Sport"),
        playing=words.set("kg:Playing"),
        beating=words.set("kg:Beating"),
        hosting=words.set("kg:Hosting"),
        contests=words.set("kg:Contest"),
        given=_given(words, kinds),
        pronouns=_pronouns(ontology),
        definite=words.set("kg:Determiner"),
        demonstrative=words.set("kg:Demonstrative"),
        indefinite=words.set("kg:Indefinite"),
        empty_it=words.set("kg:EmptySubject"),
        weather=words.set("kg:Weather"),
        propositions=words.set("kg:Proposition"),
        resumptive=words.set("kg:ResumptiveNoun"),
        deciding=words.set("kg:DecidingVerb"),
        acts=words.set("kg:ActNoun"),
        happenings=words.set("kg:HappeningNoun"),
        outcomes=words.set("kg:OutcomeNoun"),
        spoken=words.set("kg:SpokenNoun"),
        apposed=words.set("kg:ApposedNoun"),
        effects=words.set("kg:EffectVerb"),
        sequels=words.set("kg:EffectVerb") | words.set("kg:SequelVerb"),
        another=words.set("kg:AnotherWord"),
        states=words.set("cue:states"),
        verbs_of=_verbs_of(ontology),
        taken_up=_taken_up(ontology),
        verb_classes=_triggers(ontology),
        harms=frozenset(map(local, ontology.values("kg:HappeningNoun", "kg:takesUp"))),
        relational=words.set("kg:RelationalNoun"),
        naming=words.set("kg:NamingVerb"),
        wide=words.set("kg:WideNoun"),
        sorts=words.single("kg:sortNoun"),
        amounts=words.set("kg:AmountWord"),
        vacant=words.set("kg:NoReference"),
        prefixes=words.set("kg:Prefix"),
        above=_above(ontology),
    )


class _Words:
    """Look-ups of word properties."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology

    def of(self, term: str, predicate: str) -> list[str]:
        return self._ontology.values(term, predicate)

    def set(self, term: str) -> frozenset[str]:
        return frozenset(self.of(term, "kg:word"))

    def gender(self, predicate: str) -> dict[str, str]:
        found = dict.fromkeys(self.of("kg:Female", predicate), "female")
        return found | dict.fromkeys(self.of("kg:Male", predicate), "male")

    def single(self, predicate: str) -> dict[str, str]:
        """Map a word to the one kind that has it, by the order of preference."""
        found = self._ontology.lexicon(predicate)
        return {word: _preferred(local(iri) for iri in iris)[0] for word, iris in found.items()}


def _given(words: _Words, kinds: Mapping[str, object]) -> dict[str, str]:
    """Gather given names with their gender, those of the world's leaders without."""
    others = {*kinds, *words.of("kg:Honorific", "kg:title"), *words.gender("kg:title"), *words.single("kg:nameStart")}
    gazetteer = Gazetteer.load()
    abroad = (name for name in gazetteer.first_names.difference(others) if gazetteer.lookup(name.title()) is None)
    return dict.fromkeys(sorted(abroad), "") | words.gender("kg:givenName")


def _preferred(kinds: object) -> tuple[str, ...]:
    rank = {kind: n for n, kind in enumerate(_ORDER)}
    listed = dict.fromkeys(str(k) for k in kinds)  # type: ignore[attr-defined]
    return tuple(sorted(listed, key=lambda k: (rank.get(k, len(rank)), k)))


def _kinds(ontology: Ontology) -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
    nouns: dict[str, list[str]] = {}
    for word, iris in ontology.lexicon("kg:noun").items():
        # Grammar has lists of nouns too, which are no kinds of things.
        kinds = [local(iri) for iri in iris if iri.startswith(ONTOLOGY) and ontology.is_a(iri, "Entity")]
        if kinds:
            nouns[word] = kinds
    roles = frozenset(word for word, kinds in nouns.items() if "Role" in kinds)
    triggers = _triggers(ontology)
    out: dict[str, tuple[str, ...]] = {}
    for word in sorted({*nouns, *triggers}):
        plain = _preferred("Person" if k == "Role" else k for k in nouns.get(word, ()))
        event = tuple(sorted(triggers.get(word, ())))
        # The finer class of an event replaces the bare "Event".
        out[word] = tuple(k for k in plain if k != "Event" or not event) + event
    return out, roles


@lru_cache(maxsize=4)
def _triggers(ontology: Ontology) -> dict[str, tuple[str, ...]]:
    """Map nouns and verbs to the classes of their events."""
    return {
        word: tuple(local(iri) for iri in iris if iri.startswith(ONTOLOGY) and ontology.is_a(iri, "Event"))
        for word, iris in ontology.lexicon("kg:trigger").items()
    }


def _verbs_of(ontology: Ontology) -> dict[str, frozenset[str]]:
    """Map an event noun to its verb, where the one is made of the other: "sale" of "sell", not "war" of "fight"."""
    classes = _triggers(ontology)

    def akin(noun: str, verb: str) -> bool:
        alike = not set(classes.get(noun, ())).isdisjoint(classes.get(verb, ()))
        return noun[:2] == verb[:2] or (noun[0] == verb[0] and alike)

    return {
        noun: frozenset(verb for verb in ontology.values(iri, "kg:verb") if akin(noun, verb))
        for iri in ontology.instances("kg:EventNoun")
        for noun in ontology.values(iri, "kg:noun")
    }


def _taken_up(ontology: Ontology) -> dict[str, frozenset[str]]:
    return {
        word: frozenset(local(up) for c in classes for up in ontology.values("kg:" + c, "kg:takesUp"))
        for word, classes in _triggers(ontology).items()
    }


def _pronouns(ontology: Ontology) -> dict[str, Pronoun]:
    out: dict[str, Pronoun] = {}
    for iri in ontology.instances("kg:Pronoun"):
        person, number, gender = (
            ontology.value(iri, p) or "" for p in ("kg:grammaticalPerson", "kg:number", "kg:gender")
        )
        for form in ontology.values(iri, "kg:form"):
            if form not in out or person == "demonstrative":  # "that": relative only by its tag
                out[form] = Pronoun(person, number, gender)
    return out


def _above(ontology: Ontology) -> dict[str, frozenset[str]]:
    return {
        local(iri): frozenset(local(a) for a in ontology.ancestors(iri))
        for iri in ontology.instances("http://www.w3.org/2002/07/owl#Class")
    }
