"""What a clause is: its predicate, subject and arguments."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from kg.model import Role


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
    pronoun: int | None = None
    """Relative pronoun that stands for it."""


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
