"""Rows of (sentence, extractions): "arg0 | rel | args …", binary chains and whole tuples."""

from __future__ import annotations

import pytest

from kg.reading.explain import explain_lines
from kg.reading.parse import Parser
from kg.reading.render import Style, extract_lines

CHAINED = [
    ("Anna Berg , a lawyer from Oslo , sold the house in May .",
     ["Anna Berg | sold | the house", "Anna Berg | sold the house in | May"]),
    ("The council did n't approve the plan of the mayor .",
     ["The council | did n't approve | the plan of the mayor",
      "The council | did n't approve the plan of | the mayor"]),
    ("The bridge was destroyed by the army in 1944 .",
     ["The bridge | was destroyed by | the army", "The bridge | was destroyed by the army in | 1944"]),
    ("Maria and John left the city and opened a bakery .",
     ["Maria | left | the city", "John | left | the city", "Maria | opened | a bakery", "John | opened | a bakery"]),
    ("He served as the first governor of the island .",
     ["He | served as | the first governor of the island",
      "He | served as the first governor of | the island"]),
    ("There are three mines near the village .",
     ["There | are | three mines", "There | are three mines near | the village"]),
    ("The pilot, who survived the crash, thanked the crew.",
     ["The pilot | survived | the crash", "The pilot | thanked | the crew"]),
    ("The minister may resign, officials said.", []),
    (
        "The firm used its reserves to pay the debts .",
        ["The firm | used | its reserves", "The firm | used its reserves to pay | the debts"],
    ),
    (
        "He was talked into selling the farm .",
        ["He | was talked into | selling the farm", "He | was talked into selling | the farm"],
    ),
    (
        "They felt the need for changing the law .",
        ["They | felt | the need", "They | felt the need for changing | the law"],
    ),
    (
        "They left the town without paying the bill .",
        ["They | left | the town", "They | left the town without | paying the bill", "They | paying | the bill"],
    ),
    (
        "He said that the mine was closed .",
        ["He | said | that the mine was closed", "the mine | was | closed"],
    ),
    ("Acme is a bank founded in Oslo .", ["Acme | is | a bank", "Acme | founded in | Oslo"]),
    ("There were.", []),
    ("", []),
]  # fmt: skip

NARY = [
    ("Anna Berg , a lawyer from Oslo , sold the house in May .",
     ["Anna Berg | sold | the house | in May", "Anna Berg | is | a lawyer"]),
    ("The bridge was destroyed by the army in 1944 .", ["The bridge | was destroyed | by the army | in 1944"]),
    ("Maria and John left the city and opened a bakery .",
     ["Maria and John | left | the city", "Maria and John | opened | a bakery"]),
    ("The firm wants to sell its plant in Lyon .", ["The firm | wants to sell | its plant | in Lyon"]),
    ("There are three mines near the village .", ["There | are | three mines near the village"]),
    ("The minister may resign , officials said .",
     ["The minister | may resign", "officials | said | The minister may resign"]),
    ("The mayor 's brother owns two hotels .",
     ["The mayor 's brother | owns | two hotels", "The mayor | has | brother"]),
    ("They felt the need for changing the law .",
     ["They | felt | the need for changing the law", "They | changing | the law"]),
    ("The plan , he said , will not work .", ["he | said", "The plan | will not work"]),
    ("There were.", ["There | were"]),
    ("", []),
]  # fmt: skip

MEANT = [
    ("The council did n't approve the plan .", "approve", "negative", "certain"),
    ("The council may approve the plan .", "approve", "positive", "possible"),
    ("The council will probably approve the plan .", "approve", "positive", "probable"),
    ("The council failed to approve the plan .", "failed to approve", "positive", "certain"),
    ("The council was unable to approve the plan .", "approve", "negative", "certain"),
    ("The council never approved the plan .", "approve", "negative", "certain"),
    ("Nobody approved the plan .", "approve", "negative", "certain"),
    ("If the council approves the plan , the mayor will sign it .", "approves", "positive", "unknown"),
    ("The council approved the plan .", "approve", "positive", "certain"),
]


def rows(parser: Parser, sentence: str, style: Style) -> list[str]:
    return [" | ".join((e.arg0, e.rel, *e.args)) for e in extract_lines([sentence], style, parser)]


@pytest.mark.parametrize(("sentence", "expected"), CHAINED)
def test_chained(parser: Parser, sentence: str, expected: list[str]) -> None:
    assert rows(parser, sentence, Style.CHAINED) == expected


@pytest.mark.parametrize(("sentence", "expected"), NARY)
def test_nary(parser: Parser, sentence: str, expected: list[str]) -> None:
    assert rows(parser, sentence, Style.NARY) == expected


@pytest.mark.parametrize("style", list(Style))
@pytest.mark.parametrize(("sentence", "verb", "polarity", "certainty"), MEANT)
def test_polarity_and_certainty_are_those_of_the_graph(
    parser: Parser, sentence: str, verb: str, polarity: str, certainty: str, style: Style
) -> None:
    found = [e for e in extract_lines([sentence], style, parser) if verb in e.rel]
    assert found
    assert {(e.polarity, e.certainty) for e in found} == {(polarity, certainty)}


@pytest.mark.parametrize("style", list(Style))
def test_slots_are_white_space_words_of_the_line(parser: Parser, style: Style) -> None:
    lines = [sentence for sentence, *_ in CHAINED + NARY if "'" not in sentence and sentence.endswith(" .")]
    for found in extract_lines(lines, style, parser):
        words = set(found.sentence.split()) | {"is", "has"}
        for slot in (found.arg0, found.rel, *found.args):
            assert set(slot.split()) <= words, found


EXPLAINED = [
    ("Mr Blair said on Monday that Britain could not approve the deployment of about 5,000 more troops unless NATO "
     "agreed.",
     ['clause "could not approve": under "said"', "subject      Britain  (its own)",
      'object       the deployment of about 5,000 more troops  (other; dobj of "approve")',
      'polarity     negative  ("not")', 'modality     conditional  ("could")',
      'condition    "unless NATO agreed"  ("unless")', 'source       Blair  ("said"; says; indirect speech)',
      'time         XXXX-WXX-1  ("Monday")', '("about 5,000 more troops"; about; on top)']),
    ("The pilot, who survived the crash, thanked the crew.",
     ["subject      pilot  (what the relative pronoun stands for)"]),
    ("Maria met John and left.", ["subject      Maria  (shared with the verb it is coordinated with)"]),
    ("The village was taken by rebels, according to the army.",
     ['clause "was taken": by itself, passive', "agent        by rebels", 'source       army  ("according to"']),
    ("They probably failed to sign.",
     ['certainty    probable  ("probably")',
      "subject      They  (that of the verb before it)"]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "shown"), EXPLAINED)
def test_the_explanation_shows_each_piece_with_what_it_rests_on(
    parser: Parser, sentence: str, shown: list[str]
) -> None:
    trace = "\n".join(explain_lines([sentence], Style.CHAINED, parser))
    assert [line for line in shown if line not in trace] == [], trace
