"""Rows of (sentence, what hangs where after the repair), one or more for each rule: "word dependency head"."""

from __future__ import annotations

import pytest

from kg.model import Document
from kg.reading.parse import Parser
from kg.reading.repair import RULES, Rule, repair

ROWS: list[tuple[str, str, list[str]]] = [
    ("subject_of_auxiliary", "The mission was code-named Hawk.", ["mission nsubjpass named"]),
    ("participle_before_noun", "They were killed by exploding shells.",
     ["exploding amod shells", "shells pobj by"]),
    ("apposition_that_acts", "In the revised plan 'a joint council' will be created by the two states.",
     ["council nsubjpass created"]),
    ("apposition_as_subject",
     "As of 10:15 GMT, the broader Spanish index, the Ibex, rose in value by 2.1% to a record.",
     ["index nsubj rose"]),
    ("compound_of_verb", "Markets rally as central banks infuse cash", ["Markets nsubj rally"]),
    ("opener_in_noun_phrase", "Two boys died when unexploded army shells stored in a barn went off.",
     ["when advmod went"]),
    ("verb_as_subject", "Mr Ortiz said more NATO troops and clearance specialists were on their way to Albania and "
     "arrangements were being made for United Nations police.", ["were conj made", "arrangements nsubjpass made"]),
    ("verb_before_noun", "On Monday, hundreds boarded boats or swam ashore.",
     ["hundreds nsubj swam", "boarded conj swam", "boats dobj boarded"]),
    ("apposition_to_last", "There was a major difference between Kenya and Chad, a country three times its size.",
     ["country appos Chad"]),
    ("comma_for_and", "Renault, Nissan agree merger", ["Renault nsubj agree", "Nissan conj Renault"]),
    ("comma_for_and", "Minister, union leader clash over pay", ["Minister nsubj clash", "leader conj Minister"]),
    ("bare_infinitive", "The camera enabled users to share photos and then print them.",
     ["print conj share", "and cc share"]),
    ("parallel_article", "The fear of reprisal attacks and the flight of terrified families worried the mayor.",
     ["flight conj fear"]),
    ("relative_across", "Warplanes struck a hospital, according to doctors there, who said nine patients had died.",
     ["said relcl doctors"]),
    ("reduced_relative", "Hackers broke into the email of 30 lawmakers, two officials briefed on the inquiry said.",
     ["officials nsubj said", "briefed acl officials"]),
    ("remark", "Critics accused Keller of lying, a charge she rejects.", ["charge parataxis accused"]),
    ("trailing_report", "A second dam upstream could fail if heavy rain continues, experts fear.",
     ["fear ROOT fear", "fail ccomp fear", "continues advcl fail"]),
    ("name_given", "A man who gave his name as Hassan said he had seen the documents in March.",
     ["said ROOT said", "man nsubj said", "Hassan pobj as"]),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text", "expected"), ROWS)
def test_repair(parser: Parser, rule: str, text: str, expected: list[str]) -> None:
    parse = next(iter(parser.read([Document("d", text)])))
    fixed = repair(parse).tokens
    found = {f"{t.text} {t.dep} {fixed[t.head].text}" for t in fixed}
    assert found >= set(expected)
    assert rule in {r.__name__ for t in parse.tokens for r in RULES.get(t.dep, ()) if list(r(parse.tokens, t))}


def test_every_rule_has_a_row() -> None:
    rules: set[Rule] = {rule for rules in RULES.values() for rule in rules}
    assert {rule.__name__ for rule in rules} == {row[0] for row in ROWS}


@pytest.mark.parametrize("text", ["The council approved the plan.", "Farmers grow wheat and the army buys it.", ""])
def test_a_sound_parse_is_left_alone(parser: Parser, text: str) -> None:
    parse = next(iter(parser.read([Document("d", text)])))
    assert repair(parse) is parse
