"""The reading wing in one breath: documents in, readings out."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator

import kg
from kg.model import Document, Reading
from kg.ontology import Ontology, ontology
from kg.reading.assemble import assemble
from kg.reading.clauses import clauses
from kg.reading.extract import Page, extract
from kg.reading.parse import Parse, Parser
from kg.reading.qualify import qualify
from kg.reading.qualify.quantities import quantities
from kg.reading.qualify.times import times
from kg.reading.repair import repair
from kg.reading.resolve import resolve
from kg.reading.speech import frames


def read(documents: Iterable[Document], parser: Parser) -> Iterator[Reading]:
    """Read documents in order, each to the claims it makes.

    >>> [reading] = read([Document("d", "Mr Blair approved the deployment.")], Parser())
    >>> [(reading.name(c.subject), c.relation) for c in reading.claims]
    [('Blair', 'approves')]
    """
    terms = ontology()
    producer = (f"kg {kg.__version__}", parser.producer)
    calm_collector()
    for parse in parser.read(documents):
        page = open_page(repair(parse), terms)
        yield assemble(page, qualify(page, extract(page)), producer)


def calm_collector() -> None:
    """Let the garbage collector come seldom: what is read is frozen tuples without cycles, it finds nothing there."""
    gc.set_threshold(200_000, 20, 20)
    gc.freeze()  # model and vocabulary live to the end: the collector need not visit them at every turn


def open_page(parse: Parse, terms: Ontology) -> Page:
    """Find what syntax alone shows, and who is who: all that extractors and qualifiers see."""
    speech = frames(parse, terms)
    who = resolve(parse, speech, terms)
    return Page(
        parse=parse,
        ontology=terms,
        clauses=clauses(parse, terms),
        frames=speech,
        resolution=who,
        times=times(parse, terms),
        quantities=tuple(q for q in quantities(parse, terms) if not who.in_name(q.span)),
    )
