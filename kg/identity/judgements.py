"""Judgements on who is who, and how a user's are kept: one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

from kg.model import KgError

AT: Final = "@"
"""Stands between a node's key and a document, where only that document's sighting is meant."""

Verdict = Literal["same", "different", "possible"]


class Judgement(NamedTuple):
    """Two nodes are one, are not, or may be, and why; by "kg" or by a user.

    A user's judgement names keys, or one document's sighting as `KEY@DOCUMENT`; of two that are one, `a` goes by `b`.
    """

    verdict: Verdict
    a: str
    b: str
    reason: str
    by: str = "kg"


def parse_judgements(content: bytes, place: str) -> tuple[Judgement, ...]:
    """Read judgements, one JSON object a line; `place` names them in the error."""
    out = []
    for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), 1):
        try:
            out.append(Judgement(**json.loads(line)))
        except (ValueError, TypeError) as error:
            raise KgError(f"{place}, line {number}: no judgement ({error}): mend or remove the line") from error
    return tuple(out)


def write_judgements(judgements: Iterable[Judgement]) -> bytes:
    """Write judgements, sorted, one JSON object a line."""
    lines = [json.dumps(j._asdict(), ensure_ascii=False) + "\n" for j in sorted(set(judgements))]
    return "".join(lines).encode()


def without(judgements: Iterable[Judgement], a: str, b: str) -> tuple[Judgement, ...]:
    """Take the judgement on two nodes back."""
    return tuple(sorted(j for j in judgements if {j.a, j.b} != {a, b}))


def decided(judgements: Iterable[Judgement], new: Judgement) -> tuple[Judgement, ...]:
    """Add a user's judgement; it takes the place of an earlier one on the same two nodes."""
    return tuple(sorted({*without(judgements, new.a, new.b), new}))


def key_of(reference: str) -> str:
    """Find the key in a reference: `KEY@DOCUMENT` names one document's sighting of it."""
    return reference.partition(AT)[0]
