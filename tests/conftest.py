"""Fixtures shared by all tests."""

from __future__ import annotations

import pytest

from kg.reading.parse import Parser


@pytest.fixture(scope="session")
def parser() -> Parser:
    """Load the model once for the whole run."""
    return Parser()
