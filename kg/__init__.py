"""News text in, a knowledge graph of claims out.

>>> import kg
>>> graph = kg.build(["tests/articles"])  # doctest: +SKIP
>>> graph.ask("who opposes ground troops?")  # doctest: +SKIP
[{'who': 'Petra Holm', 'firmness': 'certain', …}, …]
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.graph.store import Store

__version__ = "0.1.0"
__all__ = ["build", "open"]


def build(places: Iterable[Path | str], store: Path | str | None = None, base: str | None = None) -> Store:
    """Read documents (files, folders) into a store: of a folder, or of memory if none is named.

    `KgError` if nothing can be read; a document that cannot be is left out.
    """
    from kg.graph.store import Store
    from kg.model import Document, KgError
    from kg.reading.load import load
    from kg.reading.parse import Parser
    from kg.reading.pipeline import read

    named = [str(place) for place in places]
    documents = [document for document in load(named, {}) if isinstance(document, Document)]
    if not documents:
        raise KgError(f"nothing could be read in {', '.join(named) or 'no place'}")
    readings = read(documents, Parser())
    if store is not None:
        return Store.create(store, readings, base=base)
    made = Store(base=base)
    for reading in readings:
        made.add(reading)
    return made


def open(store: Path | str, *, read_only: bool = True) -> Store:
    """Open the store that `build`, here or on the command line, made in a folder."""
    from kg.graph.store import Store

    return Store.open(store, read_only=read_only)
