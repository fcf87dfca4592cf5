"""What a query may not do: reach out. Judged on its keywords, so that words in strings or names are free."""

from __future__ import annotations

from typing import Final

from kg.graph.keywords import keywords
from kg.model import KgError

FORBIDDEN: Final = ("service", "load")
"""SPARQL keywords that open a connection or a file."""


def refuse_reaching_out(query: str) -> None:
    """Raise `KgError` for a query that uses SERVICE or LOAD.

    >>> refuse_reaching_out('SELECT * { ?service rdfs:label "SERVICE" } # SERVICE')
    >>> refuse_reaching_out("SELECT * { SERVICE <http://other.example/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    kg.model.KgError: SERVICE is not allowed here: this endpoint reads its own store only
    """
    used = keywords(query)
    for word in FORBIDDEN:
        if word in used:
            raise KgError(f"{word.upper()} is not allowed here: this endpoint reads its own store only")
