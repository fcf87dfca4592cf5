"""Rows of (sentence, clauses): "subjects | verb group | arguments, each with its slot"."""

from __future__ import annotations

import pytest

from kg.model import Document
from kg.ontology import ontology
from kg.reading.clauses import Clause, clauses
from kg.reading.parse import Parse, Parser

ROWS = [
    ("The council approved the plan.", ["council | approved | object:plan"]),
    ("The dress was designed by Ada and sold in Paris.",
     ["dress | was designed | agent:Ada", "dress | was sold | oblique:Paris"]),
    ("The plan was approved by the council.", ["plan | was approved | agent:council"]),
    ("They bought and sold shares.", ["They | bought | object:shares", "They | sold | object:shares"]),
    ("Anna wrote a book and left Paris.", ["Anna | wrote | object:book", "Anna | left | object:Paris"]),
    ("The troops were able to reinforce the town.", ["troops | were able to reinforce | object:town"]),
    ("He did not rule out a strike.", ["He | did not rule out | object:strike"]),
    ("Maria tried to resolve the dispute.", ["Maria | tried to resolve | object:dispute"]),
    ("Maria met John, who runs the bank.", ["Maria | met | object:John", "John | runs | object:bank"]),
    ("The bridge that the army destroyed was old.",
     ["army | destroyed | object:bridge", "bridge | was | complement:old"]),
    ("The city the army took fell.", ["army | took | object:city", "city | fell | "]),
    ("The rebels holding the town fled.", ["rebels | holding | object:town", "rebels | fled | "]),
    ("They left the town without paying the bill.",
     ["They | left | object:town, oblique:paying", "They | paying | object:bill"]),
    ("The minister urged the firm to pay its debts.",
     ["minister | urged | object:firm, content:pay", "firm | to pay | object:debts"]),
    ("The firm used its reserves to pay the debts.",
     ["firm | used | object:reserves, content:pay", "firm | to pay | object:debts"]),
    ("The pilot and the crew left the airport.", ["pilot, crew | left | object:airport"]),
    ("There are soldiers in the village.", ["soldiers | are | "]),
    ("Angry farmers blocked roads because of the new tax.",
     ["farmers | blocked | object:roads, oblique:tax"]),
    ("Anna accused the minister of hiding the truth.",
     ["Anna | accused | object:minister", "minister | hiding | object:truth"]),
    ("Voters blamed the mayor for closing the pool.",
     ["Voters | blamed | object:mayor, oblique:closing", "mayor | closing | object:pool"]),
    ("The mayor paid the fine for closing the pool.",
     ["mayor | paid | object:fine, oblique:closing", "mayor | closing | object:pool"]),
    ("The court has tried 40 men, half of them convicted.",
     ["court | has tried | object:men, adverbial:convicted", "half | convicted | "]),
    ("The dispute was settled by Friday.", ["dispute | was settled | oblique:Friday"]),
    ("Prices were cut by 3 percent.", ["Prices | were cut | oblique:percent"]),
    ("The firm, Acme, and two rivals closed.", ["firm, rivals | closed | "]),
]  # fmt: skip


def read(parser: Parser, text: str) -> Parse:
    return next(iter(parser.read([Document("d", text)])))


def shown(parse: Parse, clause: Clause) -> str:
    def word(i: int) -> str:
        return parse.tokens[i].text

    parts = ", ".join(f"{p.slot}:{word(p.heads[0])}" for p in clause.parts if p.slot != "adverb")
    return f"{', '.join(map(word, clause.subjects))} | {' '.join(map(word, clause.group))} | {parts}"


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_clauses(parser: Parser, text: str, expected: list[str]) -> None:
    parse = read(parser, text)
    assert [shown(parse, clause) for clause in clauses(parse, ontology())] == expected


def test_no_clause_governs_itself(parser: Parser) -> None:
    parse = read(parser, "Anna said the firm was unable to pay and had hoped to be allowed to sell.")
    found = {parse.tokens[c.predicate].text: c.governor for c in clauses(parse, ontology())}
    assert found.keys() == {"said", "pay", "sell"}
    assert parse.tokens[found["pay"] or 0].text == "said"
    assert parse.tokens[found["sell"] or 0].text == "pay"


@pytest.mark.parametrize(
    "text",
    [
        "MINISTERS AGREE DEAL AFTER ALL-NIGHT TALKS AS BANK CRISIS DEEPENS",
        "- bread\n- milk\n- two pounds of butter\n",
        "the man who saw " * 100 + "the dog barked.",
        "and " * 400,
        "",
    ],
)
def test_odd_text_is_read_without_fault(parser: Parser, text: str) -> None:
    found = clauses(read(parser, text), ontology())
    assert len(found) <= 450
