"""The bare words of a SPARQL query: its keywords, without what stands in strings, IRIs, names and comments."""

from __future__ import annotations

import re
from typing import Final

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


def keywords(query: str) -> frozenset[str]:
    """Collect the bare words of a query, in lower case.

    >>> sorted(keywords('SELECT ?service { ?service rdfs:label "LOAD" } # FROM'))
    ['select']
    """
    # SPARQL 1.1, section 19.2: code point escapes are replaced before the grammar is applied.
    plain = _ESCAPE.sub(lambda m: _character(m[1] or m[2]), query)
    return frozenset(match["word"].lower() for match in _TOKEN.finditer(plain) if match["word"])


def _character(code: str) -> str:
    number = int(code, 16)
    return chr(number) if number <= 0x10FFFF else "\N{REPLACEMENT CHARACTER}"
