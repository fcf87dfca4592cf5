"""Who says what: the table `cases/speech.txt`, known failures, chains and speed of growth."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.model import Document
from kg.ontology import ontology
from kg.reading import pipeline
from kg.reading.parse import Parse, Parser
from kg.reading.speech import Act, Frame, Sources, chain, frames

CASES = Path(__file__).parent / "cases" / "speech.txt"


def rows() -> list[tuple[str, list[str]]]:
    out: list[tuple[str, list[str]]] = []
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if line.startswith("    "):
            out[-1][1].append(line.strip())
        elif line and not line.startswith("#"):
            out.append((line.replace("\\n", "\n"), []))
    return out


def read(parser: Parser, text: str) -> tuple[Parse, tuple[Frame, ...]]:
    (parse,) = parser.read([Document("test", text)])
    return parse, frames(parse, ontology())


def words(parse: Parse, frame: Frame) -> str:
    return " ".join(parse.tokens[i].text for i in frame.cue)


def shown(parse: Parse, found: tuple[Frame, ...], frame: Frame) -> str:
    contents = " ## ".join(parse.text(*r) for r in frame.contents).replace("\n", "\\n")
    parent = words(parse, found[frame.parent]) if frame.parent is not None else "-"
    source = parse.text(*frame.source) if frame.source else "-"
    return " | ".join([source, words(parse, frame), frame.force, frame.act, frame.speech, parent, contents])


@pytest.mark.parametrize(("text", "expected"), rows())
def test_case(parser: Parser, text: str, expected: list[str]) -> None:
    parse, found = read(parser, text)
    assert [shown(parse, found, f) for f in found] == expected


KNOWN_FAILURES = [
    ("Mr Brown pointed to support for the plan in Washington.", "support for the plan in Washington",
     "the parser hangs the prepositional phrase elsewhere"),
    ("The plan was described as a disaster by the mayor.", "The plan ## as a disaster",
     "the parser hangs the agent on the noun"),
    ("The bank will close – officials.", "The bank will close", "only names, not nouns, are read after a dash"),
    ("The union's demand that wages rise was rejected.", "that wages rise",
     "the parser takes 'rise was rejected' for one verb"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "content"),
    [pytest.param(t, c, marks=pytest.mark.xfail(strict=True, reason=r)) for t, c, r in KNOWN_FAILURES],
)
def test_known_failure(parser: Parser, text: str, content: str) -> None:
    parse, found = read(parser, text)
    contents = [" ## ".join(parse.text(*r) for r in f.contents) for f in found if f.source]
    assert content in contents


def test_chain_runs_from_the_outside_in(parser: Parser) -> None:
    text = (
        "Publishing what it said was a leaked draft of the plan, the Greek daily Nea said the takeover was near, "
        "and that NATO is warning that the disarming will be hard."
    )
    parse, found = read(parser, text)
    at = next(t.i for t in parse.tokens if t.text == "hard")
    sources = [parse.text(*f.source) for f in Sources(found).at(at) if f.source]
    assert sources == ["the Greek daily Nea", "a leaked draft of the plan", "NATO"]
    assert chain(found, at) == Sources(found).at(at)


def test_wanting_is_no_claim(parser: Parser) -> None:
    parse, found = read(parser, "NATO wants to send more troops.")
    assert [f.act for f in found] == [Act.ATTITUDE]
    assert Sources(found).at(next(t.i for t in parse.tokens if t.text == "send")) == ()


CHAINS = [
    # text, relation of the claim, its source, its chain below the reporter
    ("Publishing what it said was a leaked draft of the budget, the daily Nea said taxes would rise. Nea said the levy "
     "would double.", "doubles", "Nea", ["Nea", "leaked draft of budget"]),
    ("Publishing a leaked memo, the daily Nea said taxes would rise. In the evening the mayor said the levy would "
     "double.", "doubles", "mayor", ["mayor"]),
    ("Publishing a leaked draft of the plan, the daily Nea said the border was open, and that NATO is warning that "
     "the roads are mined.", "is_mined", "NATO", ["Nea", "leaked draft of plan", "NATO"]),
    ("The minister said the report claimed that a tax would hurt farmers.", "hurts", "report", ["minister", "report"]),
    ("The Post reported that Mr Green had said the bank would close.", "closes", "Green", ["Post", "Green"]),
    ("The town has 300 men, an increase seen as necessary.", "is_seen_as", "unspecified", ["unspecified"]),
    ("It is believed that the rebels burned the bridge.", "burns", "unspecified", ["unspecified"]),
    ("The bridge was named Unity after the war.", "is_named", None, []),
    ("Two officers said the start was fair, but it was not enough.", "is", "Two officers", ["Two officers"]),
    ("The bank is safe, the minister told parliament, and no depositor will lose money.", "loses", "minister",
     ["minister"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "relation", "source", "chain"), CHAINS)
def test_chain_of_a_claim(parser: Parser, text: str, relation: str, source: str | None, chain: list[str]) -> None:
    (reading,) = pipeline.read([Document("test", text)], parser)
    found = [c for c in reading.claims if c.relation == relation]
    assert [[reading.name(link.entity) for link in c.chain] for c in found[-1:]] == [chain]
    assert reading.name(found[-1].source.entity if found[-1].source else None) == source


CONTINUED = [
    ("The newspaper said the plan proposed a tax. It also suggested a levy.", "suggested", "plan"),
    ("The mayor met Mr Brown. Mr Green said the bank would close. He added that jobs would go.", "added", "Green"),
    ("Publishing what it said was a leaked memo, the paper said the bank would close.", "said was", "paper"),
    ("Mr Green said the bank would close. It would cost jobs, he said.", "he said", None),
]


@pytest.mark.parametrize(("text", "cue", "speaker"), CONTINUED)
def test_who_goes_on_speaking(parser: Parser, text: str, cue: str, speaker: str | None) -> None:
    parse, found = read(parser, text)
    at = text.index(cue) + cue.index("said") if "said" in cue else text.index(cue)
    frame = next(f for f in found if any(parse.tokens[i].start == at for i in f.cue))
    assert frame.source_head is not None
    assert parse.tokens[frame.source_head].text == (speaker or "he")


def test_parents_never_loop(parser: Parser) -> None:
    text = "\n".join(text for text, _ in rows())
    _, found = read(parser, text)
    for frame in found:
        seen = 0
        while frame.parent is not None:
            frame, seen = found[frame.parent], seen + 1
            assert seen < 10
