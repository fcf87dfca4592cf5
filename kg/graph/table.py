"""Tables as CSV that spreadsheets open without harm."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

_NUMBER: Final = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")


def csv_text(names: Sequence[str], table: Iterable[Iterable[str]]) -> str:
    r"""Write a head line and rows as CSV (RFC 4180 but for the plain line ends).

    >>> csv_text(["sum"], [["=1+1"], ["-2"]])
    "sum\n'=1+1\n-2\n"
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([harmless(cell) for cell in row] for row in table)
    return out.getvalue()


def harmless(cell: str) -> str:
    """Keep a spreadsheet from taking a cell for a formula."""
    return "'" + cell if cell[:1] in ("=", "+", "-", "@") and not _NUMBER.fullmatch(cell) else cell


def plain(value: Any) -> str:
    """Write a value of a claim record for one cell: nothing as "", lists and mappings as JSON.

    >>> plain(None), plain(True), plain(0.5), plain([3, 7])
    ('', 'true', '0.5', '[3, 7]')
    """
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
