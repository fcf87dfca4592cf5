"""What a query may not do: reach out. Judged on the query's tokens, so that words in strings or names are free."""

from __future__ import annotations

import re
from typing import Final

from kg.model import KgError

FORBIDDEN: Final = frozenset({"service", "load"})
"""SPARQL keywords that open a connection or a file."""

_TOKEN: Final = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n\r]|\\.)*"'
    r"|'(?:[^'\\\n\r]|\\.)*'"
    r"|<[^<>\"{}|^`\\\x00-\x20]*>"
    r"|\#[^\n\r]*"
    r"|[?$@][\w-]+"
    r"|[\w.-]*:[\w.:%\\-]*"
    r"|(?P<word>[A-Za-z_]\w*)"
    r"|.",
    re.DOTALL,
)
_ESCAPE: Final = re.compile(r"\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})")


def refuse_reaching_out(query: str) -> None:
    """Raise `KgError` for a query that names SERVICE or LOAD outside strings, IRIs, names and comments.

    >>> refuse_reaching_out('SELECT * { ?service rdfs:label "SERVICE" } # SERVICE')
    >>> refuse_reaching_out("SELECT * { SERVICE <http://other.example/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    kg.model.KgError: SERVICE is not allowed here: this endpoint reads its own store only
    """
    # SPARQL 1.1, section 19.2: code point escapes are replaced before the grammar is applied.
    plain = _ESCAPE.sub(lambda m: _character(m[1] or m[2]), query)
    for match in _TOKEN.finditer(plain):
        word = match["word"]
        if word and word.lower() in FORBIDDEN:
            raise KgError(f"{word.upper()} is not allowed here: this endpoint reads its own store only")


def _character(code: str) -> str:
    number = int(code, 16)
    return chr(number) if number <= 0x10FFFF else "\N{REPLACEMENT CHARACTER}"
