"""The claim record: one claim with all that was judged of it, as plain JSON.

`kg annotate`, `exports/claims.jsonl`, the page and the table exports all speak this shape, so it stands
beside the model, where both wings can reach it.
"""

from __future__ import annotations

from typing import Any

from kg.model import Argument, Claim, Reading, Role, Span, When

REPORTER = "reporter"
"""Name of the outermost link of every source chain: whoever wrote the document."""


def record(reading: Reading, claim: Claim) -> dict[str, Any]:
    """Write a claim as plain JSON; ids are those of the reading, spans are `[start, end]` or None."""
    text, evidence = reading.document.text, claim.evidence
    links = [reading.name(link.entity) for link in claim.chain]
    sentence = reading.sentences[evidence.sentence]
    inner = claim.source
    return {
        "id": claim.id,
        "doc": reading.document.id,
        "subject": reading.name(claim.subject),
        "subject_id": claim.subject,
        "relation": claim.relation,
        "object": reading.name(claim.object),
        "object_id": claim.object,
        "event": reading.name(claim.event),
        "event_id": claim.event,
        "object_phrase": _quote(text, evidence.phrase or evidence.object),
        "subject_span": _pair(evidence.subject),
        "relation_span": _pair(evidence.relation),
        "object_span": _pair(evidence.object),
        "cue_span": _pair(inner.cue if inner else None),
        "arguments": [_argument(reading, argument) for argument in claim.arguments],
        "source": reading.name(inner.entity) if inner else None,
        "source_chain": [REPORTER, *links],
        "polarity": str(claim.polarity),
        "certainty": str(claim.certainty),
        "reporter_certainty": str(claim.reporter_certainty),
        "factuality": claim.factuality,
        "modality": str(claim.modality),
        "tense": str(claim.tense),
        "condition": _quote(text, claim.condition),
        "antecedent": claim.antecedent,
        "time": {"said": _value(claim.said), "meant": _value(claim.meant)},
        "sentence": evidence.sentence,
        "sentence_span": _pair(sentence),
        "sentence_text": sentence.of(text),
        "cues": [{"kind": cue.kind, "start": cue.span.start, "end": cue.span.end} for cue in evidence.cues],
        "confidence": claim.confidence,
        "rule": evidence.rule,
    }


def _argument(reading: Reading, argument: Argument) -> dict[str, Any]:
    (start, end), words = argument.span, argument.span.of(reading.document.text)
    record = {"role": str(argument.role), "text": words, "start": start, "end": end, "span": _pair(argument.core)}
    if argument.node is not None and argument.role is not Role.TIME:
        record |= {"name": reading.name(argument.node), "id": argument.node}
    return record


def _pair(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _quote(text: str, span: Span | None) -> str | None:
    return None if span is None else span.of(text)


def _value(when: When | None) -> str | None:
    return None if when is None else when.value
