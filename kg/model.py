"""The frozen types both wings share: a document, what was read in it, and the claims it makes.

Standard library only. A `Reading` is the seam: `kg.reading` makes one for each document and
`kg.graph` turns readings into triples; neither wing imports the other.

Everything the text says is tied to it by a `Span`, and `span.of(document.text)` is always the exact wording.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple


class KgError(Exception):
    """A fault of the input or the call: the message names the value, the place and the remedy."""


class Span(NamedTuple):
    """A half-open range of characters in a document's original text.

    >>> Span(0, 7).of("Britain is poised")
    'Britain'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """Quote the span from the text it points into."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Tell whether the other span lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end

    def touches(self, other: Span) -> bool:
        """Tell whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Document:
    """A text as it was read, with what is known of its publication."""

    id: str
    text: str
    title: str | None = None
    source: str | None = None
    """Publisher or agency."""
    url: str | None = None
    published: dt.date | None = None
    note: str | None = None
    """Where the metadata come from, if not from the document itself."""


class Form(StrEnum):
    """How a mention refers."""

    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"


class Polarity(StrEnum):
    """Whether the claim says that it is so or that it is not."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Certainty(StrEnum):
    """How sure the one who speaks is (Saurí & Pustejovsky 2009, FactBank)."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    UNKNOWN = "unknown"


class Modality(StrEnum):
    """The kind of non-fact a claim is, if it is one."""

    NONE = "none"
    EPISTEMIC = "epistemic"
    DEONTIC = "deontic"
    ABILITY = "ability"
    PERMISSION = "permission"
    INTENTION = "intention"
    PROPOSAL = "proposal"
    ATTEMPT = "attempt"
    CONDITIONAL = "conditional"
    HYPOTHETICAL = "hypothetical"
    QUESTION = "question"


class Tense(StrEnum):
    """When the claim is meant to hold, seen from its source."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"
    HYPOTHETICAL = "hypothetical"


class Speech(StrEnum):
    """How a source's words are given."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Role(StrEnum):
    """What an argument is to its predicate."""

    TIME = "time"
    PLACE = "place"
    QUANTITY = "quantity"
    PURPOSE = "purpose"
    CAUSE = "cause"
    CONDITION = "condition"
    INSTRUMENT = "instrument"
    TOPIC = "topic"
    MANNER = "manner"
    RECIPIENT = "recipient"
    COMPANION = "companion"
    ATTRIBUTE = "attribute"
    """What a copula or a verb of naming says of somebody: "is a teacher", "named her chairman"."""
    OTHER = "other"


class TimexType(StrEnum):
    """The TIMEX3 types of TimeML."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class Comparator(StrEnum):
    """How a number is meant to bound the true one."""

    EXACT = "exact"
    ABOUT = "about"
    ALMOST = "almost"
    JUST_OVER = "just_over"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    RANGE = "range"
    VAGUE = "vague"
    """"Hundreds", "dozens": an order of magnitude."""


class Scope(StrEnum):
    """Where an entity's name means the same thing."""

    WORLD = "world"
    """A name or a generic concept: one node over all documents."""
    DOCUMENT = "document"
    """"A veteran diplomat", "the dispatch of 5,000 troops": one node within its document."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in the text that refers to an entity."""

    span: Span
    head: Span
    """The head noun, pronoun or name, without articles, titles and modifiers."""
    form: Form
    entity: str
    """Id of the `Entity` in the same reading."""
    rule: str = ""
    """How the mention came to its entity: "name", "acronym", "apposition", "pronoun", …"""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something that claims speak of: a person, place, group, concept or event."""

    id: str
    """Unique in its reading, over entities, quantities and claims."""
    name: str
    """Canonical name."""
    kind: str
    """Local name of a class of the ontology: "Person", "MilitaryUnit", "Deployment", …"""
    aliases: tuple[str, ...] = ()
    scope: Scope = Scope.WORLD
    identity: str | None = None
    """Gazetteer row the entity was recognised as, if any."""
    same_as: tuple[str, ...] = ()
    """IRIs of the same thing elsewhere (Wikidata, GeoNames), each given by a source."""
    anonymous: bool = False
    """A source without a name: "a veteran NATO diplomat", "Whitehall sources"."""
    plural: bool = False
    gender: str | None = None


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """An expression of time with its TIMEX3 value and, where known, the days it covers."""

    id: str
    span: Span
    type: TimexType
    value: str
    """TIMEX3 value: "1999-05-27", "1999-W21", "P12D", "PXW", "PAST_REF"; relative if no date is known."""
    first: dt.date | None = None
    """First day of the interval, inclusive."""
    last: dt.date | None = None
    """Last day of the interval, inclusive."""
    mod: str | None = None
    """TIMEX3 mod: "APPROX", "START", "MORE_THAN", …"""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it counts or measures."""

    id: str
    span: Span
    """The whole phrase: "just over 17,000 troops"."""
    low: float | None
    high: float | None
    """Equal to `low` unless a range; None where the text gives no bound on that side."""
    unit: str | None = None
    """ "percent", "kilometre", "USD", "person", …; None for a bare count."""
    thing: str | None = None
    """What is counted: "troops"."""
    comparator: Comparator = Comparator.EXACT
    increment: bool = False
    """"5,000 more": on top of what there is."""
    fraction_of: str | None = None
    """Text of the base of a fraction: "a total of 55,000"."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """One link of who-says-what: a source, the words that show it speaks, and what it says."""

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    entity: str | None = None
    """Id of the source's `Entity`; None if the source is not in the text."""
    speech: Speech = Speech.INDIRECT
    force: str = "says"
    """Local name of the cue's force in the ontology: "says", "denies", "warns", "promises", …"""
    parent: int | None = None
    """Index, in the reading's attributions, of the attribution whose content holds this one."""


@dataclass(frozen=True, slots=True)
class SourceLink:
    """One link of a claim's source chain."""

    entity: str
    span: Span | None = None
    cue: Span | None = None
    speech: Speech = Speech.INDIRECT
    force: str = "says"
    medium: bool = False
    """A text that the link before speaks through: the paper's leaked draft, the president's article."""


UNSPECIFIED: Final = "unspecified"
"""Id and name of the source nobody names: "it is believed that", "seen as necessary"."""


@dataclass(frozen=True, slots=True)
class Argument:
    """A further participant or circumstance of a claim."""

    role: Role
    span: Span
    node: str | None = None
    """Id of the entity, quantity or time expression it stands for, if any."""
    core: Span | None = None
    """Where it is said, concisely, as `Evidence.object` does for the object: of a clause, its predicate."""


class Cue(NamedTuple):
    """Words that a judgement rests on."""

    kind: str
    """What was judged: "polarity", "certainty", "modality", "source", "condition", "tense"."""
    span: Span


@dataclass(frozen=True, slots=True)
class When:
    """A point or stretch of time a claim is tied to."""

    value: str
    """TIMEX3 value."""
    type: TimexType = TimexType.DATE
    first: dt.date | None = None
    last: dt.date | None = None
    expression: str | None = None
    """Id of the `TimeExpression` it came from; None if it is the document's date."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words one claim stands on."""

    sentence: int
    """Index in the reading's sentences."""
    span: Span
    subject: Span | None
    """None where the subject is understood and not in the sentence."""
    relation: Span
    object: Span | None
    phrase: Span | None = None
    """The fuller phrase of the object: "the dispatch of 5,000 troops to the Balkans"."""
    cues: tuple[Cue, ...] = ()
    rule: str = ""
    """The extractor's rule that found it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody says, with some certainty, that a relation holds or does not hold."""

    id: str
    subject: str
    """Id of an entity (or quantity, or claim) of the same reading."""
    relation: str
    """Third person singular present, underscores: "approves", "calls_for", "holds_role"."""
    object: str | None
    """Id of an entity, quantity or claim; None if intransitive."""
    evidence: Evidence
    arguments: tuple[Argument, ...] = ()
    chain: tuple[SourceLink, ...] = ()
    """From the outside in; the reporter, always outermost, is left out. Empty: the reporter's own claim."""
    polarity: Polarity = Polarity.POSITIVE
    certainty: Certainty = Certainty.CERTAIN
    """Of the innermost source."""
    reporter_certainty: Certainty = Certainty.CERTAIN
    modality: Modality = Modality.NONE
    tense: Tense = Tense.PRESENT
    condition: Span | None = None
    conditions: tuple[str, ...] = ()
    """Ids of the claims that make up the condition."""
    antecedent: bool = False
    """The claim is itself a condition ("if the bombing failed"): never a fact."""
    said: When | None = None
    meant: When | None = None
    factuality: float = 3.0
    """How far readers take it for a fact: 3 surely so, 0 open, -3 surely not."""
    confidence: float = 1.0
    event: str | None = None
    """Id of the entity of the event it tells, where a noun or pronoun speaks of it too: "withdrew … the move"."""

    @property
    def source(self) -> SourceLink | None:
        """The innermost link that speaks for itself, not a text another speaks through; None for the reporter."""
        return next((link for link in reversed(self.chain) if not link.medium), None)


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read in one document."""

    document: Document
    sentences: tuple[Span, ...]
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    claims: tuple[Claim, ...] = ()
    clusters: tuple[tuple[Span, ...], ...] = ()
    """Coreference in the convention of OntoNotes: whole noun phrases, two or more, an apposition within its phrase."""
    producer: tuple[str, ...] = ()
    """Names and versions of the tool and the model: ("kg 0.1.0", "en_core_web_md 3.8.0")."""
    _nodes: dict[str, Entity | Quantity | Claim] = field(
        default_factory=dict, init=False, repr=False, compare=False, hash=False
    )

    def __post_init__(self) -> None:
        nodes: tuple[Entity | Quantity | Claim, ...] = (*self.entities, *self.quantities, *self.claims)
        for node in nodes:
            if node.id in self._nodes:
                raise ValueError(f"two nodes of {self.document.id} have the id {node.id!r}")
            self._nodes[node.id] = node

    def node(self, id: str) -> Entity | Quantity | Claim:
        """Look up what a claim's subject or object stands for."""
        return self._nodes[id]

    def name(self, id: str | None) -> str | None:
        """Name a node for people: an entity's name, a quantity's words, a claim in one line, with its "not"."""
        if id is None:
            return None
        node = self._nodes[id]
        if isinstance(node, Entity):
            return node.name
        if isinstance(node, Quantity):
            return node.span.of(self.document.text)
        negation = "not: " if node.polarity is Polarity.NEGATIVE else ""
        return f"{negation}{self.name(node.subject)} {node.relation} {self.name(node.object) or ''}".strip()
