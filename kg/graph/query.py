"""Asking the store: SPARQL with our prefixes, the named questions of the ontology, and plain English mapped to them.

A named question is a file `ontology/questions/NAME.rq`: a whole SPARQL query that runs as it stands in any tool, under
a head of comments that says what it answers, which of its values may be replaced, and how people put it.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

import pyoxigraph as ox

from kg.graph.table import csv_text
from kg.model import KgError
from kg.ontology import folder

if TYPE_CHECKING:
    from kg.graph.store import Store

_HEAD: Final = re.compile(r"#\s*(title|answer|ask)\s*:\s*(.+)")
_VALUES: Final = re.compile(r'VALUES\s+\?(\w+)\s*\{\s*"((?:[^"\\]|\\.)*)"\s*\}')
_SLOT: Final = re.compile(r"\{(\w+)\}")
_ARTICLE: Final = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """A named question: what it answers, its parameters with example values, its SPARQL, and ways to put it."""

    name: str
    title: str
    """What is asked, in a line."""
    answer: str
    """What the columns mean."""
    ask: tuple[str, ...]
    """English forms with slots: "who opposes {topic}"."""
    sparql: str

    @property
    def parameters(self) -> dict[str, str]:
        """Parameters with the example values that stand in the query."""
        return {m[1]: m[2] for m in _VALUES.finditer(self.sparql)}

    def with_values(self, values: Mapping[str, str]) -> str:
        """Write the query with other values; `KgError` names an unknown parameter."""
        for name in values:
            if name not in self.parameters:
                known = ", ".join(self.parameters) or "none"
                raise KgError(f"question {self.name!r} has no parameter {name!r}; it has: {known}")

        def put(match: re.Match[str]) -> str:
            if match[1] not in values:
                return match[0]
            return f'VALUES ?{match[1]} {{ "{_escaped(values[match[1]])}" }}'

        return _VALUES.sub(put, self.sparql)

    def example(self) -> str:
        """The query without its head, with the example values."""
        return re.sub(r"\A(?:#.*\n)+", "", self.sparql)


def _escaped(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace('"', '\\"')
    return plain.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")


@cache
def questions() -> dict[str, Question]:
    """Read the named questions of this installation, by name."""
    return {path.stem: _question(path) for path in sorted((folder() / "questions").glob("*.rq"))}


def _question(path: Path) -> Question:
    text = path.read_text(encoding="utf-8")
    head: dict[str, list[str]] = {"title": [], "answer": [], "ask": []}
    for line in text.splitlines():
        match = _HEAD.fullmatch(line.strip())
        if match:
            head[match[1]].append(match[2].strip())
    if not head["title"]:
        raise KgError(f"{path} has no '# title:' line")
    forms = tuple(form.strip() for line in head["ask"] for form in line.split("|"))
    return Question(path.stem, head["title"][0], " ".join(head["answer"]), forms, text)


def question(name: str) -> Question:
    """Find a named question; `KgError` lists the names there are."""
    try:
        return questions()[name]
    except KeyError:
        raise KgError(f"no question {name!r}; there are: {', '.join(questions())}") from None


class Asked(Protocol):
    """Anything that can be asked: it has a name, and forms in which people put it."""

    @property
    def name(self) -> str:
        """What it goes by."""
        ...

    @property
    def ask(self) -> tuple[str, ...]:
        """English forms with slots."""
        ...


def understand(text: str) -> tuple[Question, dict[str, str]]:
    """Map a plain-English question to a named one: `understood` among the questions."""
    return understood(text, questions())


def understood[A: Asked](text: str, known: Mapping[str, A]) -> tuple[A, dict[str, str]]:
    """Map plain English to what can be asked by the forms each declares; the most specific form wins.

    `KgError` if no form fits, with the forms there are.
    """
    plain = re.sub(r"\s+", " ", text.strip().rstrip("?!. "))
    fits: list[tuple[int, str, A, dict[str, str]]] = []
    for asked in known.values():
        for form in asked.ask:
            match = _pattern(form).fullmatch(plain)
            if match:
                values = {k: _ARTICLE.sub("", v.strip(" \"'“”")) for k, v in match.groupdict().items() if v}
                fits.append((-len(_SLOT.sub("", form)), asked.name, asked, values))
    if not fits:
        forms = "\n  ".join(sorted(form for one in known.values() for form in one.ask))
        raise KgError(f"cannot read the question {text!r}; forms that are understood:\n  {forms}")
    _, _, asked, values = min(fits, key=lambda fit: fit[:2])
    return asked, values


@cache
def _pattern(form: str) -> re.Pattern[str]:
    """Turn "who opposes {topic}" into an expression with a group for each slot."""
    parts = _SLOT.split(form)
    pieces = [re.escape(p).replace(r"\ ", r"\s+") if n % 2 == 0 else f"(?P<{p}>.+?)" for n, p in enumerate(parts)]
    return re.compile("".join(pieces), re.IGNORECASE)


def rows(store: Store, sparql: str) -> list[dict[str, str | None]]:
    """Run a SELECT query; each solution as variable → text."""
    result = store.query(sparql)
    if not isinstance(result, ox.QuerySolutions):
        raise KgError("this query gives no rows: use SELECT")
    names = [variable.value for variable in result.variables]
    return [{name: _text(solution[name]) for name in names} for solution in result]


def render(store: Store, sparql: str, format: str) -> str:
    """Run any query and write its result as "table", "csv", "json" or "turtle" text."""
    result = store.query(sparql)
    if isinstance(result, ox.QueryTriples):
        lines = sorted({f"{t.subject} {t.predicate} {t.object} ." for t in result})
        from kg.graph.terms import turtle

        return turtle(lines, store.base).decode()
    if isinstance(result, ox.QueryBoolean):
        return "true\n" if result else "false\n"
    if format == "turtle":
        raise KgError("rows cannot be written as Turtle: use CONSTRUCT, or --format csv")
    if format == "json":
        return _serialized(result, ox.QueryResultsFormat.JSON) + "\n"
    names = [variable.value for variable in result.variables]
    return render_rows(
        names, [[_text(solution[name]) or "" for name in names] for solution in result], format, store.base
    )


def render_rows(names: Sequence[str], rows: Sequence[Sequence[str]], format: str, base: str) -> str:
    """Write rows as "table", "csv" or "json" text."""
    if format == "json":
        return json.dumps([dict(zip(names, row, strict=True)) for row in rows], ensure_ascii=False, indent=1) + "\n"
    if format == "turtle":
        raise KgError("rows cannot be written as Turtle: use --format csv")
    return csv_text(names, rows) if format == "csv" else _table(names, rows, base)


def _serialized(result: ox.QuerySolutions, format: ox.QueryResultsFormat) -> str:
    data = result.serialize(format=format)
    assert data is not None
    return data.decode()


def _text(term: Any) -> str | None:
    return None if term is None else str(getattr(term, "value", term))


def _table(names: Sequence[str], table: Sequence[Sequence[str]], base: str) -> str:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    made = Table(box=box.SIMPLE, show_edge=False, pad_edge=False)
    for name in names:
        made.add_column(Text(name), overflow="fold")
    for row in table:
        made.add_row(*(Text(_short(cell, base)) for cell in row))
    out = io.StringIO()
    console = Console(file=out, width=_width(), color_system=None)
    console.print(made)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + f"\n\n{len(table)} rows\n"


def _width() -> int:
    import shutil

    return shutil.get_terminal_size((120, 24)).columns


def _short(cell: str, base: str) -> str:
    """Write an IRI of ours by its last part, for people."""
    from kg.graph.terms import VOCABULARIES

    if cell.startswith(base):
        return cell[len(base) :]
    for prefix, namespace in VOCABULARIES.items():
        if cell.startswith(namespace):
            return f"{prefix}:{cell[len(namespace) :]}"
    return cell
