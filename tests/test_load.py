"""Reading files: every format gives text and metadata, every bad input a clear message and the rest goes on."""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path

import pytest

from kg.model import Document, KgError
from kg.reading.load import LIMIT, Problem, load, read_dates

ENGLISH = "Britain sent more troops to the Balkans on Monday, officials said in London after the meeting."
FRENCH = (
    "Le premier ministre a annoncé hier que le gouvernement ne changera pas sa politique étrangère, malgré les "
    "critiques de l'opposition et les manifestations qui se poursuivent dans la capitale depuis deux semaines."
)
HTML = """<html><head><title>Troops sent</title><meta property="article:published_time" content="1999-05-24T08:00:00Z"/>
<meta property="og:site_name" content="The Daily"/></head><body><nav><a href="/">Home</a></nav><article>
<h1>Troops sent</h1>
<p>Britain sent troops to Kosovo on Monday, officials said in London after a long meeting about it.</p>
<p>"It is right," said Mr Blair.</p></article><footer>All rights reserved</footer></body></html>"""


def one(path: Path) -> Document:
    [found] = load([path])
    assert isinstance(found, Document), found
    return found


def problems(*paths: Path | str) -> list[Problem]:
    return [found for found in load(paths) if isinstance(found, Problem)]


def write(path: Path, data: str | bytes) -> Path:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def pdf(text: str) -> bytes:
    """The smallest PDF that shows one line."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % p for p in places))
    out.write(b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def test_plain_text_is_read_unchanged(tmp_path: Path) -> None:
    text = f"{ENGLISH}\n\n“Quoted.”\t{ENGLISH}\n"
    document = one(write(tmp_path / "a.txt", text))
    assert (document.id, document.text) == ("a", text)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_other_encodings_are_detected(tmp_path: Path, encoding: str) -> None:
    text = "The café’s owner, Señor Muñoz, said the fiancée’s naïve résumé was “très élégant” in Zürich. " * 3
    found = list(load([write(tmp_path / "a.txt", text.encode(encoding))]))
    [document] = [f for f in found if isinstance(f, Document)]
    assert "café" in document.text
    assert "Zürich" in document.text
    warnings = [f for f in found if isinstance(f, Problem)]
    assert all(not w.fatal and "read as" in w.message for w in warnings)
    assert bool(warnings) == (encoding == "cp1252")


def test_html_gives_title_date_publisher_and_body(tmp_path: Path) -> None:
    document = one(write(tmp_path / "a.html", HTML))
    assert (document.title, document.source) == ("Troops sent", "The Daily")
    assert document.published == dt.date(1999, 5, 24)
    assert "Britain sent troops" in document.text
    assert "Home" not in document.text
    assert "rights reserved" not in document.text


def test_pdf_gives_its_text(tmp_path: Path) -> None:
    assert ENGLISH in one(write(tmp_path / "a.pdf", pdf(ENGLISH))).text


def test_jsonl_gives_one_document_a_line_and_reports_bad_ones(tmp_path: Path) -> None:
    rows = [
        json.dumps({"id": "x", "text": ENGLISH, "date": "1999-05-24", "source": "AP", "title": "T", "url": "u:1"}),
        '{"id": "broken"',
        json.dumps({"id": "textless"}),
        json.dumps({"text": ENGLISH, "date": "yesterday"}),
        json.dumps({"text": ENGLISH}),
    ]
    found = list(load([write(tmp_path / "a.jsonl", "\n".join(rows))]))
    assert found[0] == Document("x", ENGLISH, "T", "AP", "u:1", dt.date(1999, 5, 24))
    assert found[4] == Document("a-5", ENGLISH)
    assert [f.place.rsplit(", ", 1)[1] for f in found if isinstance(f, Problem)] == [
        "line 2",
        "line 3",
        "line 4",
    ]


def test_a_folder_reads_its_metadata_table(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    write(tmp_path / "deep" / "a.txt", ENGLISH)
    write(tmp_path / "b.txt", ENGLISH + " Twice.")
    write(tmp_path / "skip.png", b"\x89PNG")
    write(tmp_path / "metadata.tsv", "file\ttitle\tpublished\tnote\nb.txt\tB\t1999-05-24\tdeduced\n")
    documents = {d.id: d for d in load([tmp_path]) if isinstance(d, Document)}
    assert sorted(documents) == ["a", "b"]
    assert (documents["b"].title, documents["b"].published, documents["b"].note) == (
        "B",
        dt.date(1999, 5, 24),
        "deduced",
    )


def test_two_files_of_one_name_stay_apart(tmp_path: Path) -> None:
    for folder, text in (("x", ENGLISH), ("y", ENGLISH + " Other.")):
        (tmp_path / folder).mkdir()
        write(tmp_path / folder / "a.txt", text)
    ids = [d.id for d in load([tmp_path]) if isinstance(d, Document)]
    assert ids[0] == "a"
    assert ids[1].startswith("a-")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.txt", "", "empty"),
        ("a.txt", " \n\t ", "empty"),
        ("a.txt", b"\x7fELF\0\0\0\1", "binary"),
        ("a.txt", FRENCH, "'fr'"),
        ("a.txt", b"x" * (LIMIT + 1), "10.0 MB"),
        ("a.pdf", b"%PDF-1.4 broken", "not a readable PDF"),
        ("a.html", "<html></html>", "no article"),
    ],
)
def test_what_cannot_be_read_is_reported(tmp_path: Path, name: str, data: str | bytes, message: str) -> None:
    [problem] = problems(write(tmp_path / name, data))
    assert problem.fatal
    assert message in str(problem)


def test_a_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", b"\0\0\0")
    write(tmp_path / "b.txt", ENGLISH)
    found = list(load([tmp_path, tmp_path / "missing.txt"]))
    assert [type(f) for f in found] == [Problem, Document, Problem]


def test_an_empty_folder_is_reported(tmp_path: Path) -> None:
    [problem] = problems(tmp_path)
    assert "nothing to read" in problem.message


def test_a_bad_date_in_the_metadata_names_value_and_place(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", ENGLISH)
    write(tmp_path / "metadata.tsv", "file\tpublished\na.txt\t24 May\n")
    [problem] = problems(tmp_path)
    assert "24 May" in str(problem)
    assert "YYYY-MM-DD" in str(problem)


def test_a_bad_line_in_a_table_of_dates_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    dates, [problem] = read_dates(write(tmp_path / "dates.tsv", "a\t1999-05-24\nb\tsoon\nc\t1999-05-25\n"))
    assert sorted(dates) == ["a", "c"]
    assert "line 2" in str(problem)
    assert "'soon'" in str(problem)


def test_a_missing_table_of_dates_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"none\.tsv"):
        read_dates(tmp_path / "none.tsv")
