"""A reading as the JSON object of `kg annotate`: every layer of a document with character offsets."""

from __future__ import annotations

from functools import cache
from typing import Any

from kg.model import Attribution, Form, Mention, Quantity, Reading, Span, TimeExpression
from kg.ontology import local, ontology
from kg.record import record


def annotation(reading: Reading) -> dict[str, Any]:
    """Write all layers of a reading as plain JSON; spans are `[start, end]`, end exclusive.

    A mention's "kind" is broad ("Place", "Organization", "Event"), its "class" the finest the reading knows ("City").
    """
    entities = {entity.id: entity for entity in reading.entities}

    def placed(mention: Mention) -> dict[str, Any]:
        entity = entities[mention.entity]
        return {
            "start": mention.span.start,
            "end": mention.span.end,
            "entity": entity.id,
            "name": entity.name,
            "kind": _broad(entity.kind),
            "class": entity.kind,
            "form": str(mention.form),
        }

    return {
        "doc": reading.document.id,
        "sentences": [list(span) for span in reading.sentences],
        "mentions": [placed(mention) for mention in sorted(reading.mentions, key=_outer_first)],
        "clusters": [[list(span) for span in spans] for spans in reading.clusters],
        "attributions": [_attribution(a) for a in reading.attributions],
        "times": [_time(t) for t in reading.times],
        "quantities": [_quantity(q) for q in reading.quantities],
        "claims": [record(reading, claim) for claim in reading.claims],
    }


def _outer_first(mention: Mention) -> tuple[int, int]:
    """Order mentions by their heads, but a name before those inside its phrase: "US carmaker Ford" before its "US"."""
    start = mention.span.start if mention.form is Form.NAME else mention.head.start
    return start, -mention.span.end


@cache
def _broad(kind: str) -> str:
    """Give the broad kind of a class: a city is a place; a class that is not part of a broader one keeps its name."""
    terms = ontology()
    found = (terms.value(above, "kg:broadKind") for above in terms.ancestors("kg:" + kind))
    return local(next(filter(None, found), kind))


def _attribution(attribution: Attribution) -> dict[str, Any]:
    return {
        "source": _pair(attribution.source),
        "cue": _pair(attribution.cue),
        "content": [list(span) for span in attribution.content],
        "force": attribution.force,
        "speech": str(attribution.speech),
        "parent": attribution.parent,
    }


def _time(time: TimeExpression) -> dict[str, Any]:
    return {"start": time.span.start, "end": time.span.end, "type": str(time.type), "value": time.value}


def _quantity(quantity: Quantity) -> dict[str, Any]:
    return {
        "start": quantity.span.start,
        "end": quantity.span.end,
        "low": quantity.low,
        "high": quantity.high,
        "unit": quantity.unit,
        "thing": quantity.thing,
        "comparator": str(quantity.comparator),
        "increment": quantity.increment,
    }


def _pair(span: Span | None) -> list[int] | None:
    return None if span is None else list(span)
