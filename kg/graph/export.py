"""Files of the graph for other tools, each written whole or not at all, and the same for the same store."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.graph.network import claim_record
from kg.graph.rdf import Names
from kg.graph.shelf import write_aside
from kg.graph.store import Store


def write_turtle(store: Store, path: Path) -> None:
    """Write everything as canonical Turtle."""
    write_aside(path, store.turtle())


def write_claims(store: Store, path: Path) -> None:
    """Write the claim records as JSON lines, in the order of documents and text."""
    lines = [json.dumps(content, ensure_ascii=False) + "\n" for content in claim_records(store)]
    write_aside(path, "".join(lines).encode())


def claim_records(store: Store) -> Iterator[dict[str, Any]]:
    """Give all claims as records, in the order of documents and text."""
    for reading in store.readings():
        names = Names(reading, store.base)
        found = [claim_record(reading, claim, names) for claim in reading.claims]
        yield from sorted(found, key=lambda c: (c["sentence"], c["relation_span"], c["id"]))
