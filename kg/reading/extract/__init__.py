"""Finding bare claims: what the extractors see, what they return, and how they are discovered.

An extractor reads clause structure and spans; it never judges negation, modality, source or time, which
`kg.reading.qualify` does once for all of them. Extractors register under the entry point group
`kg.extractors`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Final, Protocol

from kg.model import KgError, Quantity, Role, TimeExpression

if TYPE_CHECKING:
    from kg.ontology import Ontology
    from kg.reading.clauses import Clause
    from kg.reading.parse import Parse
    from kg.reading.resolve import Resolution
    from kg.reading.speech import Frame

GROUP: Final = "kg.extractors"


@dataclass(frozen=True, slots=True)
class Page:
    """One document as the extractors and qualifiers see it."""

    parse: Parse
    ontology: Ontology
    clauses: tuple[Clause, ...]
    frames: tuple[Frame, ...]
    """Who says what, from syntax alone."""
    resolution: Resolution
    times: tuple[TimeExpression, ...]
    quantities: tuple[Quantity, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase as half-open token ranges: its head word, its concise core, its whole."""

    head: int
    """Token index of the head."""
    core: tuple[int, int]
    """The head with what belongs to its name: "ground troops" of "the ground troops in Kosovo"."""
    full: tuple[int, int]
    pronoun: int | None = None
    """Relative pronoun that stands for it in its clause: "which" of "the bridge, which fell"."""


@dataclass(frozen=True, slots=True)
class BareClaim:
    """A relation between phrases as the grammar shows it, not yet judged."""

    rule: str
    """What found it, as `kg extract --explain` shows it."""
    predicate: int
    """Token whose polarity, modality, source and time are the claim's: main verb, event or predicate noun."""
    relation: str
    """"approves", "calls_for": third person singular present, no auxiliary, modal or negation."""
    words: tuple[int, ...]
    """Token indices of the relation's words, for its span."""
    subject: Phrase | None
    """None where it is understood but cannot be recovered."""
    object: Phrase | int | None
    """A phrase; or the `predicate` of another bare claim, for claims about claims; or None."""
    arguments: tuple[tuple[Role, Phrase], ...] = ()
    confidence: float = 1.0
    """The extractor's own doubt; `kg.reading.confidence` multiplies it by what the parse lets one expect."""


class Extractor(Protocol):
    """Yields bare claims of a page; never judges negation, modality, source or time."""

    def __call__(self, page: Page) -> Iterable[BareClaim]:
        """Find claims."""
        ...


@cache
def extractors() -> dict[str, Extractor]:
    """Load the registered extractors, sorted by name; two of one name are an error."""
    found: dict[str, Extractor] = {}
    for point in sorted(entry_points(group=GROUP), key=lambda p: (p.name, p.value)):
        if point.name in found:
            raise KgError(f"two extractors are registered as {point.name!r} in {GROUP}: uninstall one")
        found[point.name] = point.load()
    return found


def extract(page: Page) -> tuple[BareClaim, ...]:
    """Run every registered extractor over a page."""
    return tuple(claim for find in extractors().values() for claim in find(page))
