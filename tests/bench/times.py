"""Write times and quantities for the scorers: `python -m tests.bench.times TEXTS DATES OUT`.

TEXTS is a folder of *.txt (or a JSONL of doc, dct, text), DATES a TSV of file stem and date ("-" with JSONL);
OUT gets one JSON object a document, as `kg annotate` prints them.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
from pathlib import Path

from kg.model import Document
from kg.ontology import ontology
from kg.reading.parse import Parser
from kg.reading.qualify.quantities import quantities
from kg.reading.qualify.times import times
from kg.reading.repair import repair


def day(text: str) -> dt.date | None:
    """Read the day of a date or time, if it is one."""
    match = re.match(r"(\d{4})-?(\d\d)-?(\d\d)", text)
    return dt.date(*(int(part) for part in match.groups())) if match else None


def documents(texts: Path, dates: str) -> list[Document]:
    """Load the texts with their dates."""
    if texts.is_file():
        rows = [json.loads(line) for line in texts.read_text(encoding="utf-8").splitlines()]
        return [Document(row["doc"], row["text"], published=day(row["dct"])) for row in rows]
    known = dict(line.split("\t") for line in Path(dates).read_text(encoding="utf-8").splitlines())
    return [
        Document(path.stem, path.read_text(encoding="utf-8"), published=day(known.get(path.stem, "")))
        for path in sorted(texts.glob("*.txt"))
    ]


def main(texts: str, dates: str, out: str) -> None:
    """Annotate and write."""
    with Path(out).open("w", encoding="utf-8") as file:
        for parse in map(repair, Parser().read(documents(Path(texts), dates))):
            found = [
                {"start": t.span.start, "end": t.span.end, "type": t.type, "value": t.value}
                for t in times(parse, ontology())
            ]
            numbers = [
                {
                    "start": q.span.start, "end": q.span.end, "low": q.low, "high": q.high, "unit": q.unit,
                    "thing": q.thing, "comparator": q.comparator,
                }
                for q in quantities(parse, ontology())
            ]  # fmt: skip
            row = {"doc": parse.document.id, "timexes": found, "times": found, "quantities": numbers}
            file.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
