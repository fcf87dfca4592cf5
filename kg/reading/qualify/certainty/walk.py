"""What one walk over a parse knows: the verdicts so far and the cue words under each head."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kg.model import Certainty, Cue, Modality, Polarity, Span, Tense

if TYPE_CHECKING:
    from kg.reading.parse import Parse, Token
    from kg.reading.qualify.lexicon import Effect, Lexicon

DEGREES: Final = (Certainty.CERTAIN, Certainty.PROBABLE, Certainty.POSSIBLE, Certainty.UNKNOWN)


class Verdict(NamedTuple):
    """How the event of one token is meant by the innermost source that speaks of it."""

    negative: bool = False
    level: int = 0
    """0 certain, 1 probable, 2 possible, 3 unknown."""
    modality: Modality = Modality.NONE
    tense: Tense = Tense.PRESENT
    condition: Span | None = None
    """The clause that it depends on."""
    antecedent: bool = False
    """It lies inside a condition."""
    cues: tuple[Cue, ...] = ()

    @property
    def polarity(self) -> Polarity:
        """Whether it is so or not so."""
        return Polarity.NEGATIVE if self.negative else Polarity.POSITIVE

    @property
    def certainty(self) -> Certainty:
        """How surely."""
        return DEGREES[self.level]


PLAIN: Final = Verdict()
SUBJECT: Final = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
ARGUMENT: Final = frozenset({"nsubj", "nsubjpass", "dobj", "attr", "dative", "expl"})
PREDICATIVE: Final = ("acomp", "attr", "oprd")
FINITE: Final = frozenset({"VBD", "VBZ", "VBP"})
QUOTES: Final = frozenset({'"', "“", "”", "``", "''", "‘", "’", "«", "»"})
VERBAL: Final = frozenset({"VERB", "AUX"})


def granted(outer: Verdict) -> Verdict:
    """What is taken for granted, whatever surrounds it."""
    tense = outer.tense if outer.tense is Tense.PAST else Tense.PRESENT
    return PLAIN if tense is Tense.PRESENT else Verdict(tense=tense)


class Marks:
    """The cue tokens among one head's children."""

    __slots__ = (
        "adjectives",
        "adverbs",
        "any",
        "aux",
        "companions",
        "conditions",
        "definite",
        "excess",
        "negatives",
        "opener",
        "rank",
        "to",
    )

    def __init__(self) -> None:
        self.aux: list[Token] = []
        self.negatives: list[Token] = []
        self.adverbs: list[Token] = []
        self.adjectives: list[Token] = []
        self.conditions: list[Token] = []
        self.companions: list[Token] = []
        self.opener: Token | None = None
        self.definite = False
        self.any = False
        self.rank = False
        self.excess = False
        self.to = False


NONE: Final = Marks()


class Walk:
    """One pass over a parse: marks gathered left to right, verdicts from the roots down."""

    __slots__ = ("adopted", "context", "marks", "own", "parse", "remote", "severed", "shifted", "tokens", "words")

    def __init__(self, parse: Parse, words: Lexicon) -> None:
        self.parse = parse
        self.tokens = parse.tokens
        self.words = words
        self.marks: dict[int, Marks] = {}
        self.context: list[Verdict] = [PLAIN] * len(parse.tokens)
        """What a token's surroundings pass on to it."""
        self.own: list[Verdict] = [PLAIN] * len(parse.tokens)
        """That, changed by the token's own cues."""
        self.adopted: dict[int, int] = {}
        """Conjuncts of a condition that hang on its main verb → the condition's verb."""
        self.severed: dict[int, tuple[int, Effect | None]] = {}
        """ "Of" cut off by an insertion → the noun it belongs to, and what the insertion says of it."""
        self.remote: set[int] = set()
        """Verbs under a condition in the past tense."""
        self.shifted: set[int] = set()
        """Tokens under a past verb of speech or thought."""

    def of(self, i: int) -> Marks:
        """Marks under a head, made if there are none yet."""
        marks = self.marks.get(i)
        if marks is None:
            marks = self.marks[i] = Marks()
        return marks
