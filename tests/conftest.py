"""Fixtures shared by all tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.reading.parse import Parser
from tests.browser import CHROMIUM, FLAGS, MISSING

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="session")
def parser() -> Parser:
    """Load the model once for the whole run."""
    return Parser()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Start Chromium once for the whole run."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def seeds_store(parser: Parser, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Read the two seed articles into a store, as `kg build seeds` does."""
    from kg.graph.store import Store
    from kg.model import Document
    from kg.reading.load import load
    from kg.reading.pipeline import read

    documents = [found for found in load([SEEDS]) if isinstance(found, Document)]
    return Store.create(tmp_path_factory.mktemp("seeds") / "store", read(documents, parser))
