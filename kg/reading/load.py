"""Files, folders and standard input to documents; what cannot be read is reported, never raised.

Plain text, HTML, PDF and JSON Lines. A folder may hold a `metadata.tsv` (columns `file`, `title`, `source`,
`published`, `url`, `note`) that dates and names the files beside it.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.model import Document, KgError

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

METADATA: Final = "metadata.tsv"
LIMIT: Final = 10_000_000
"""Bytes of one text; a book has about one million."""
_FOREIGN: Final = 0.999
"""Probability from which a text is taken to be in another language than English."""
_LANGUAGE_SAMPLE: Final = 2_000
_LANGUAGE_LEAST: Final = 60
"""Characters a text must have before its language is judged."""


@dataclass(frozen=True, slots=True)
class Problem:
    """An input, or a part of one, that could not be read or was read with a doubt."""

    place: str
    message: str
    fatal: bool = True
    """False for a warning: the document was read all the same."""

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.place}: {self.message}"


Found = Document | Problem


def load(places: Iterable[str | Path], dates: dict[str, dt.date] | None = None) -> Iterator[Found]:
    """Read documents from files, folders (all readable files below, by name) or `-` for standard input.

    `dates` maps document ids to publication dates and wins over what the files say. Documents come with unique
    ids (the file's stem); a second file of the same stem gets a suffix from its path.
    """
    seen: dict[str, str] = {}
    for place in places:
        for found in _place(place):
            if isinstance(found, Problem):
                yield found
                continue
            document = _named_apart(found, seen)
            if dates and document.id in dates:
                document = replace(document, published=dates[document.id])
            yield from _checked(document)


def read_date(text: str) -> dt.date:
    """Read an ISO date.

    >>> read_date("1999-05-24")
    datetime.date(1999, 5, 24)
    """
    try:
        return dt.date.fromisoformat(text.strip()[:10])
    except ValueError as error:
        raise KgError(f"{text!r} is no date: write YYYY-MM-DD, as in 1999-05-24") from error


def read_dates(path: str | Path) -> tuple[dict[str, dt.date], list[Problem]]:
    """Read a table of dates, one `file stem<TAB>date` a line; lines that cannot be read come back as problems."""
    dates: dict[str, dt.date] = {}
    problems: list[Problem] = []
    for number, line in enumerate(_text_of(Path(path)).splitlines(), 1):
        if line.strip():
            stem, _, date = line.partition("\t")
            try:
                dates[stem.strip()] = read_date(date)
            except KgError as error:
                problems.append(Problem(f"{path}, line {number}", str(error), fatal=False))
    return dates, problems


def _place(place: str | Path) -> Iterator[Found]:
    if str(place) == "-":
        yield from _read("stdin", "-", sys.stdin.buffer.read(LIMIT + 1), {})
        return
    path = Path(place)
    if not path.exists():
        yield Problem(str(place), "no such file or folder")
    elif path.is_dir():
        yield from _folder(path)
    else:
        yield from _file(path, _metadata(path.parent))


def _folder(path: Path) -> Iterator[Found]:
    metadata: dict[Path, dict[str, dict[str, str]] | Problem] = {}
    files = sorted(p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in _READERS)
    if not files:
        yield Problem(str(path), f"nothing to read: no file ends in {', '.join(sorted(_READERS))}")
    for file in files:
        if file.name == METADATA or any(part.startswith(".") for part in file.relative_to(path).parts):
            continue
        if file.parent not in metadata:
            try:
                metadata[file.parent] = _metadata(file.parent)
            except KgError as error:
                metadata[file.parent] = {}
                yield Problem(str(file.parent / METADATA), str(error))
        rows = metadata[file.parent]
        yield from _file(file, rows if isinstance(rows, dict) else {})


def _file(path: Path, metadata: dict[str, dict[str, str]]) -> Iterator[Found]:
    try:
        size = path.stat().st_size
        if size > LIMIT and path.suffix.lower() != ".jsonl":
            yield Problem(
                str(path),
                f"{size / 1e6:.1f} MB is more than the {LIMIT // 10**6} MB one text may have; cut it up",
            )
            return
        data = path.read_bytes()
    except OSError as error:
        yield Problem(str(path), f"cannot be read: {error.strerror}")
        return
    yield from _read(path.stem, str(path), data, metadata.get(path.name, {}))


def _read(stem: str, place: str, data: bytes, row: dict[str, str]) -> Iterator[Found]:
    reader = _READERS.get(Path(place).suffix.lower(), _plain)
    if reader is _plain and data[:5] == b"%PDF-":
        reader = _pdf
    for found in reader(stem, place, data):
        if isinstance(found, Problem):
            yield found
            continue
        try:
            yield replace(found, **_fields(row))
        except KgError as error:
            yield Problem(place, f"{METADATA}: {error}")


def _metadata(folder: Path) -> dict[str, dict[str, str]]:
    path = folder / METADATA
    if not path.is_file():
        return {}
    rows = list(csv.DictReader(io.StringIO(_text_of(path)), delimiter="\t"))
    if rows and "file" not in rows[0]:
        raise KgError(f"no column 'file' in {path}: the first line must name the columns")
    return {row["file"]: {k: v for k, v in row.items() if k and v and k != "file"} for row in rows}


def _fields(row: dict[str, str]) -> dict[str, Any]:
    fields: dict[str, Any] = {k: row[k] for k in ("title", "source", "url", "note") if row.get(k)}
    if row.get("published"):
        fields["published"] = read_date(row["published"])
    return fields


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise KgError(f"{path} cannot be read: {error}") from error


def _plain(stem: str, place: str, data: bytes) -> Iterator[Found]:
    text, problem = _decoded(place, data)
    if problem:
        yield problem
    if text is not None:
        yield Document(stem, text)


def _decoded(place: str, data: bytes) -> tuple[str | None, Problem | None]:
    """Decode as UTF-8, else by detection with a warning; None for what is no text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace"), None
    if b"\0" in data[:100_000]:
        return None, Problem(place, "not a text but binary data")
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        from charset_normalizer import from_bytes

        best = from_bytes(data[:500_000]).best()
        if best is None:
            return None, Problem(place, f"no known text encoding (not UTF-8 at byte {error.start})")
        text = data.decode(best.encoding, errors="replace")
        message = f"not UTF-8 at byte {error.start}; read as {best.encoding}"
        return text, Problem(place, message, fatal=False)


def _html(stem: str, place: str, data: bytes) -> Iterator[Found]:
    import trafilatura

    page = trafilatura.bare_extraction(data, with_metadata=True, include_comments=False)
    fields = page if isinstance(page, dict) else page.as_dict() if page else {}
    if not fields.get("text"):
        yield Problem(place, "no article found in this HTML page")
        return
    yield Document(
        stem,
        fields["text"],
        title=fields.get("title") or None,
        source=fields.get("sitename") or None,
        url=fields.get("url") or None,
        published=read_date(fields["date"]) if fields.get("date") else None,
    )


def _pdf(stem: str, place: str, data: bytes) -> Iterator[Found]:
    import logging

    import pypdf

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        pages = pypdf.PdfReader(io.BytesIO(data)).pages
        text = "\n\n".join(page.extract_text() for page in pages)
    except Exception as error:  # pypdf raises many kinds for a broken file
        yield Problem(place, f"not a readable PDF: {error}")
        return
    if not text.strip():
        yield Problem(place, "this PDF holds pictures of text only; run it through character recognition first")
        return
    yield Document(stem, text)


def _jsonl(stem: str, place: str, data: bytes) -> Iterator[Found]:
    text, problem = _decoded(place, data)
    if problem:
        yield problem
    for number, line in enumerate((text or "").splitlines(), 1):
        if not line.strip():
            continue
        where = f"{place}, line {number}"
        try:
            yield _article(f"{stem}-{number}", json.loads(line))
        except (ValueError, KgError) as error:
            yield Problem(where, f"no article: {error}")


def _article(default: str, row: Any) -> Document:
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise KgError('a line must be an object with a "text", as in {"id": "a1", "text": "…", "date": "1999-05-24"}')
    if len(row["text"]) > LIMIT:
        raise KgError(f"{len(row['text']) / 1e6:.1f} million characters are too many for one text")
    date = row.get("date") or row.get("published")
    return Document(
        id=str(row.get("id") or default),
        text=row["text"],
        title=row.get("title"),
        source=row.get("source"),
        url=row.get("url"),
        published=read_date(str(date)) if date else None,
    )


def _named_apart(document: Document, seen: dict[str, str]) -> Document:
    """Give a second document of one id a suffix from its content; the same text again keeps its id."""
    mark = hashlib.sha256(document.text.encode()).hexdigest()[:8]
    if seen.setdefault(document.id, mark) == mark:
        return document
    return replace(document, id=f"{document.id}-{mark}")


def _checked(document: Document) -> Iterator[Found]:
    if not document.text.strip():
        yield Problem(document.id, "empty: no words in it")
        return
    language, sure = _language(document.text)
    if language != "en" and sure >= _FOREIGN:
        yield Problem(document.id, f"written in another language ({language!r}); kg reads English")
        return
    yield document


def _language(text: str) -> tuple[str, float]:
    sample = re.sub(r"\s+", " ", text[:_LANGUAGE_SAMPLE]).strip()
    if len(sample) < _LANGUAGE_LEAST:
        return "en", 0.0
    language, sure = _identifier().classify(sample.lower() if sample.isupper() else sample)
    return str(language), float(sure)


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


_READERS: Final[dict[str, Callable[[str, str, bytes], Iterator[Found]]]] = {
    ".txt": _plain,
    ".text": _plain,
    ".html": _html,
    ".htm": _html,
    ".pdf": _pdf,
    ".jsonl": _jsonl,
}
