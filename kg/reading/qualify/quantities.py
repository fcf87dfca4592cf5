"""Numbers with what they count or measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.model import Quantity
    from kg.ontology import Ontology
    from kg.reading.parse import Parse


def quantities(parse: Parse, ontology: Ontology) -> tuple[Quantity, ...]:
    """Find the quantities of a document, in text order."""
    return ()
