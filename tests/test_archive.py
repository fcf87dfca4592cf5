"""A reading written as JSON comes back as it was."""

# ruff: noqa: E501
from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.archive import dump, load
from kg.model import Claim, Document, KgError, Mention, Reading, TimeExpression
from tests.readings import nasty, plan, reports


@pytest.mark.parametrize("reading", [plan(), nasty(), *reports()], ids=lambda r: r.document.id)
def test_round_trip(reading: Reading) -> None:
    assert load(dump(reading)) == reading
    assert dump(load(dump(reading))) == dump(reading)


st.register_type_strategy(float, st.floats(allow_nan=False))


def several(kind: type) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(st.from_type(kind), max_size=2, unique_by=lambda value: getattr(value, "id", value)).map(tuple)


@settings(max_examples=60, deadline=None)
@given(st.from_type(Document), several(Mention), several(TimeExpression), several(Claim))
def test_any_reading_round_trips(
    document: Document, mentions: tuple[Mention, ...], times: tuple[TimeExpression, ...], claims: tuple[Claim, ...]
) -> None:
    reading = Reading(document, (), mentions, times=times, claims=claims)
    assert load(dump(reading)) == reading


# (broken archive, what the message says)
BROKEN = [
    ("", "no reading"),
    ("[]", "no reading"),
    ('{"format": 99, "reading": {}}', "layout 99"),
    ('{"format": 1, "reading": {}}', "no reading"),
    (dump(plan())[:-40], "no reading"),
    (json.dumps({"format": 1, "reading": {"document": {"id": "a", "text": "b", "colour": 1}, "sentences": []}}), "colour"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), BROKEN)
def test_a_broken_archive_says_what_to_do(text: str, message: str) -> None:
    with pytest.raises(KgError, match=message) as error:
        load(text, "documents/x.json")
    assert "documents/x.json" in str(error.value)
    assert "build the store again" in str(error.value)
