"""Who is who in small texts: rows of `cases/resolve.txt`, and what every resolution keeps."""

import re
from pathlib import Path

import pytest

from kg.model import Document, Form, Mention
from kg.ontology import ontology
from kg.reading import pipeline
from kg.reading.annotate import annotation
from kg.reading.parse import Parse, Parser
from kg.reading.resolve import Resolution, resolve
from kg.reading.speech import frames


def rows(name: str) -> list[list[str]]:
    lines = (Path(__file__).parent / "cases" / name).read_text(encoding="utf-8").splitlines()
    return [[part.strip() for part in line.split("|")] for line in lines if line and not line.startswith("#")]


ROWS, KINDS, PLACES = rows("resolve.txt"), rows("kinds.txt"), rows("places.txt")


def read(parser: Parser, text: str) -> tuple[Parse, Resolution]:
    parse = next(iter(parser.read([Document("d", text)])))
    return parse, resolve(parse, frames(parse, ontology()), ontology())


def mention(parse: Parse, resolution: Resolution, words: str) -> Mention | None:
    surface, _, nth = words.partition("#")
    found = list(re.finditer(rf"(?<!\w){re.escape(surface)}(?!\w)", parse.document.text))[int(nth or 1) - 1]
    token = next(t for t in reversed(parse.tokens) if t.start < found.end())
    return resolution.at(token.i)


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[row[0][:50] for row in ROWS])
def test_rows(parser: Parser, text: str, expected: str) -> None:
    parse, resolution = read(parser, text.replace("¶", "\n"))
    for check in expected.split(";"):
        left, sign, right = (part.strip() for part in re.split(r"(!?=)", check, maxsplit=1))
        one = mention(parse, resolution, left)
        assert one is not None, left
        if sign == "=":
            assert resolution.entity(one.entity).name.casefold() == right.casefold(), check
        else:
            other = mention(parse, resolution, right)
            assert other is None or other.entity != one.entity, check


@pytest.mark.parametrize(("text", "expected"), KINDS, ids=[row[0][:50] for row in KINDS])
def test_kinds(parser: Parser, text: str, expected: str) -> None:
    parse, resolution = read(parser, text)
    for check in expected.split(";"):
        name, kind = (part.strip() for part in check.split("="))
        one = mention(parse, resolution, name)
        assert one is not None, name
        assert ontology().is_a(resolution.entity(one.entity).kind, kind), (check, resolution.entity(one.entity).kind)


@pytest.mark.parametrize(("text", "expected"), PLACES, ids=[row[0][:50] for row in PLACES])
def test_places(parser: Parser, text: str, expected: str) -> None:
    parse, resolution = read(parser, text)
    name, row = (part.strip() for part in expected.split("="))
    one = mention(parse, resolution, name)
    assert one is not None, name
    assert (resolution.entity(one.entity).identity or "") == row


CLUSTERS = [
    ("Ann Lee left Texas. The University of Texas paid Lee.", "Texas + Texas ; Ann Lee + Lee"),
    ("Mary Stone died. The Mary Stone Foundation helps others.", "Mary Stone + Mary Stone"),
    ("Talks began on Friday. On Friday night troops left. Guards came on Friday.", "Friday + Friday"),
    ("North Dakota is cold. Dakota Motors left.", ""),
]


@pytest.mark.parametrize(("text", "expected"), CLUSTERS, ids=[row[0][:50] for row in CLUSTERS])
def test_clusters(parser: Parser, text: str, expected: str) -> None:
    parse, resolution = read(parser, text)
    found = [" + ".join(span.of(parse.document.text) for span in cluster) for cluster in resolution.clusters]
    assert sorted(found) == sorted(filter(None, (part.strip() for part in expected.split(";"))))


def test_a_role_is_an_entity_beside_its_holder(parser: Parser) -> None:
    parse, resolution = read(parser, "The British Prime Minister, Mr Tony Blair, spoke on Monday.")
    noun = next(t.i for t in parse.tokens if t.text == "Minister")
    role, holder = resolution.role_at(noun), resolution.at(noun)
    assert role is not None
    assert holder is not None
    assert resolution.entity(role.entity).name == "Prime Minister of the United Kingdom"
    assert resolution.entity(role.entity).kind == "Role"
    assert resolution.entity(holder.entity).name == "Tony Blair"


def test_every_mention_quotes_its_text_and_has_an_entity(parser: Parser) -> None:
    text = 'NATO sent troops to Kosovo. "We will win," said its leader, Mr Brown, who came from Paris\'s north.'
    _, resolution = read(parser, text)
    kinds = {ontology().is_a(entity.kind, "Entity") for entity in resolution.entities}
    assert kinds == {True}
    for found in resolution.mentions:
        assert found.span.covers(found.head), found
        assert resolution.entity(found.entity).id == found.entity
        assert found.rule
        assert 0 < found.confidence <= 1
    assert {m.form for m in resolution.mentions} == set(Form)


def test_resolution_is_the_same_every_time(parser: Parser) -> None:
    text = "Mary Smith and John Brown of NATO met the European Union. They agreed. She left it."
    assert read(parser, text)[1] == read(parser, text)[1]


def test_linear_in_length(parser: Parser) -> None:
    from time import process_time

    line = "Mr Brown met Mary Smith in Paris. She told him about the plan. "
    parse, long = parser.read([Document("short", line * 100), Document("long", line * 400)])

    def once(of: Parse) -> float:
        start = process_time()
        resolve(of, (), ontology())
        return process_time() - start

    def seconds(of: Parse) -> float:
        return min(once(of) for _ in range(3))  # the first loads the vocabulary, any may meet a slow spell

    assert seconds(long) < 12 * max(seconds(parse), 0.005)


def test_annotate_gives_a_broad_kind_beside_the_class(parser: Parser) -> None:
    text = "Troops flew from Marseille to Chad, Le Monde said."
    [reading] = pipeline.read([Document("d", text)], parser)
    found = annotation(reading)["mentions"]
    kinds = {text[m["start"] : m["end"]]: (m["kind"], m["class"]) for m in found if m["form"] == "name"}
    assert kinds["Marseille"] == ("Place", "City")
    assert kinds["Chad"] == ("Place", "Country")
    assert kinds["Le Monde"] == ("Organization", "Publication")


def test_a_name_is_listed_before_those_inside_its_phrase(parser: Parser) -> None:
    text = "United States airframer Boeing has announced that development of the jet has been delayed."
    [reading] = pipeline.read([Document("d", text)], parser)
    first = annotation(reading)["mentions"][0]
    assert (text[first["start"] : first["end"]], first["name"]) == ("United States airframer Boeing", "Boeing")
