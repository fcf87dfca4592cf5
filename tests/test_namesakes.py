"""Namesakes told apart by what stands beside them: precision first, from raw text to nodes."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.graph.names import Names
from kg.graph.sightings import summary
from kg.model import Document
from kg.reading.parse import Parser
from kg.reading.pipeline import read
from tests.bench.namesakes import CASES, pairs, scores

FLOORS = {
    "namesakes": (0.99, 0.94),
    "namesakes-unseen": (0.99, 0.70),
    "namesakes-third": (0.99, 0.65),
    "namesakes-fourth": (0.99, 0.76),
    "namesakes-fifth": (0.95, 0.71),
    "namesakes-sixth": (0.99, 0.54),
    "namesakes-seventh": (0.99, 0.63),
    "namesakes-eighth": (0.95, 0.50),
    "namesakes-ninth": (0.99, 0.53),
    "namesakes-tenth": (0.99, 0.52),
    "namesakes-twelfth": (0.85, 0.18),
    "namesakes-fourteenth": (0.74, 0.14),
    "namesakes-fifteenth": (0.82, 0.22),
    "namesakes-sixteenth": (0.87, 0.27),
    "namesakes-seventeenth": (0.99, 0.34),
    "namesakes-eighteenth": (0.66, 0.09),
    "namesakes-nineteenth": (0.85, 0.35),
    "namesakes-twentieth": (0.57, 0.25),
    "namesakes-thirteenth": (0.93, 0.11),
}
"""Precision and recall of each file."""


EARLY = ("namesakes", "namesakes-unseen", "namesakes-third", "namesakes-fourth", "namesakes-fifth", "namesakes-sixth")
CASED = [pytest.param(path, marks=() if path.stem in EARLY else pytest.mark.slow, id=path.stem) for path in CASES]


@pytest.mark.parametrize("path", CASED)
def test_namesakes_stay_apart(path: Path, parser: Parser) -> None:
    found = pairs(path, parser)
    assert len(found) >= 100
    wrong = [f"{a.document.text} | {b.document.text}" for a, b, one in found if one and a.who != b.who]
    precision, recall = scores(found)
    assert precision >= FLOORS[path.stem][0], wrong
    assert recall >= FLOORS[path.stem][1]


BORNE = [
    ("The Jamaican runners flew home to Jamaica.", "Jamaica", True),
    ("Trains stop in Jamaica on the way to Kennedy.", "Jamaica", False),
    ("Tourists stay away from Salisbury after the attack.", "Salisbury", False),
    ("Salisbury voted. Zimbabwe waits.", "Salisbury", True),
    ("Storms hit Panama City and the rest of Florida.", "Panama City", False),
    ("Gunmen from Kaduna crossed into Niger.", "Kaduna", False),
    ("Trains to Nairobi leave Kenya's coast at eight.", "Nairobi", True),
    ("The WTO will meet in March.", "WTO", False),
    ("The WTO will meet on trade in March.", "WTO", True),
    ("Shares of Airbus fell.", "Airbus", False),
    ("Shares of Airbus, the French planemaker, fell.", "Airbus", True),
    ("The firm moved to Frankfurt.", "Frankfurt", True),
    ("Police in Lucknow arrested the boss of the Sahara group.", "Sahara", False),
]


@pytest.mark.parametrize(("text", "name", "borne"), BORNE, ids=[row[0][:40] for row in BORNE])
def test_a_place_of_many_namesakes_must_be_borne_out(parser: Parser, text: str, name: str, borne: bool) -> None:
    [reading] = read([Document("d", text)], parser)
    names = Names(reading)
    [id] = {m.entity for m in reading.mentions if m.head.of(text) == name}
    [found] = [s for s in summary(reading, names).sightings if s.key == names.minted(id)]
    assert (found.row is not None) == borne
    assert found.loose != borne
