"""Rows of (sentence, claims): "subject | relation | object", by the concise core of each."""

from __future__ import annotations

import pytest

from kg.model import Document
from kg.ontology import ontology
from kg.reading.clauses import clauses
from kg.reading.extract import BareClaim, Page, Phrase
from kg.reading.extract.events import events
from kg.reading.extract.nominals import nominals
from kg.reading.extract.verbs import verbs
from kg.reading.parse import Parse, Parser
from kg.reading.resolve import Resolution

VERBS = [
    ("Anna could approve the plan.", ["Anna | approves | plan"]),
    ("The plan was approved by the council.", ["council | approves | plan"]),
    ("The plan was rejected.", ["plan | is_rejected | -"]),
    ("The firm did not rule out a merger.", ["firm | rules_out | merger"]),
    ("The general called for an inquiry.", ["general | calls_for | inquiry"]),
    ("Anna is poised to order a review.", ["Anna | orders | review"]),
    ("Anna tried to save the bank.", ["Anna | tries_to_save | bank", "Anna | saves | bank"]),
    (
        "The force is intended to protect civilians.",
        ["force | is_intended_to_protect | civilians", "force | protects | civilians"],
    ),
    (
        "The mayor is eager to deal with the strike.",
        ["mayor | is_eager_to_deal_with | strike", "mayor | deals_with | strike"],
    ),
    ("The leak was hard to find.", ["leak | is_hard_to_find | -"]),
    ("The paper printed what it called an order.", ["paper | prints | order", "it | calls | order"]),
    ("The board approved a plan to sell the mill.", ["board | approves | plan", "- | sells | mill"]),
    ("The shop closed because of the flood.", ["shop | closes | -"]),
    ("The general called on the rebels to leave the port.", ["general | calls_on | rebels", "rebels | leaves | port"]),
    ("The main thing was to save the harvest.", ["main thing | is | #save", "- | saves | harvest"]),
    ("It is safe to cross the bridge.", ["- | crosses | bridge"]),
    ("It was clear that the firm had lost the case.", ["firm | loses | case"]),
    ("They had nobody to turn to.", ["They | has | nobody", "They | turns_to | nobody"]),
    ("The roof collapsed, the walls are gone.", ["roof | collapses | -", "walls | is_gone | -"]),
    ("The bridge fell when the bombs exploded.", ["bridge | falls | -", "bombs | explodes | -"]),
    ("The noise makes people afraid of opening their windows.", ["noise | makes | people", "people | opens | windows"]),
    ("Hundreds of refugees fled the village.", ["Hundreds of refugees | flees | village"]),
    ("The team will co-moderate the debate.", ["team | co_moderates | debate"]),
    (
        "In his book, ''Make Your Home a Castle,'' Mr Dale suggested looking at old maps.",
        ["Mr Dale | suggests_looking_at | old maps", "Mr Dale | looks_at | old maps"],
    ),
    ("Some of the villagers fled.", ["Some of the villagers | flees | -"]),
    ("The judge said it was clear that the firm had lied.", ["judge | says | #lied", "firm | lies | -"]),
    ("It would be unwise to close the port.", ["- | closes | port"]),
    ("It was the mayor who closed the port.", ["mayor | closes | port"]),
    ("There is no way to reach the village.", ["way | exists | -", "- | reaches | village"]),
    ("The council sent the army to clear the mines.", ["council | sends | army", "army | clears | mines"]),
    ("Shares were down 7 percent.", ["Shares | is_down | 7 percent"]),
    ("The first ship to be built there sank.", ["first ship | is_built | -", "first ship | sinks | -"]),
    (
        "Anna, who had pledged to leave, stayed.",
        ["Anna | pledges_to_leave | -", "Anna | leaves | -", "Anna | stays | -"],
    ),
    ("Kim said she's glad.", ["Kim | says | #'s", "she | is | glad"]),
    ("Let's go home.", ["- | lets | #go"]),
    ("Nine sailors rescued off Peru", ["Nine sailors | is_rescued_off | Peru"]),
    ("Kim is the woman who runs the bank.", ["Kim | is | woman", "Kim | runs | bank"]),
    ("Kim is not the woman who runs the bank.", ["Kim | is | woman", "woman | runs | bank"]),
    ("The troops fought their way into the town.", ["troops | fights_into | town"]),
    ("The team got visas to enter Peru.", ["team | gets | visas", "team | enters | Peru"]),
    ("Closing the port was a mistake.", ["- | closes | port", "Closing the port | is | mistake"]),
    ("The firm reported fewer sales than planned.", ["firm | reports | fewer sales"]),
    ("The plane was set to land in Peru.", ["plane | lands_in | Peru"]),
    ("The shop began to sell bicycles.", ["shop | sells | bicycles", "shop | begins | #sell"]),
    ("The ship was named Hope by the queen.", ["queen | names | ship", "ship | is_named | Hope"]),
    ("Farmers grow wheat and barley.", ["Farmers | grows | wheat", "Farmers | grows | barley"]),
    ("The film was a success.", ["film | is | success"]),
    ("The museum is in Lisbon.", ["museum | is_located_in | Lisbon"]),
    ("The town is larger than the village.", ["town | is_larger_than | village"]),
    ("The minister said that the bank would close.", ["minister | says | #close", "bank | closes | -"]),
    ("The union had to be consulted.", ["union | is_consulted | -"]),
]
VERBS += [
    ("The crash sent the market tumbling 50 points.", ["crash | sends | market", "market | tumbles | 50 points"]),
    ("The dress was designed by Ada and sold in Paris.", ["Ada | designs | dress", "dress | is_sold_in | Paris"]),
    ("The tool was used to measure speed.", ["tool | is_used_to_measure | speed", "tool | measures | speed"]),
    ("She used to teach music.", ["She | teaches | music"]),
    ("The bank is considering selling its branch.",
     ["bank | considers_selling | branch", "bank | sells | branch"]),
    ("They broke the deal reached between Peru and Chile.",
     ["They | breaks | deal", "Peru | reaches | deal", "Chile | reaches | deal"]),
    ("The bridge was built between the two towns.", ["bridge | is_built_between | two towns"]),
]  # fmt: skip
VERBS += [
    ("Widow allowed to sell farm", ["Widow | is_allowed_to_sell | farm", "Widow | sells | farm"]),
]  # fmt: skip
ROLES = [
    ("The state provided the school with books.", ["other: with books", "recipient: the school"]),
    ("The bank received loans from the state.", ["place: from the state"]),
    ("The licence allows farmers to sell eggs.", ["recipient: farmers"]),
    ("The bonds lost 3 points or more than 2 percent.", 2 * ["quantity: 3 points", "quantity: more than 2 percent"]),
    (
        "The gauge, which fell 60 points or more than 4.1% to below 900, was weak.",
        ["quantity: 60 points", "quantity: more than 4.1%", "quantity: to below 900", "attribute: weak"],
    ),
    ("The index fell 30 points, or 2 percent.", ["quantity: 30 points", "quantity: 2 percent"]),
    ("The plane flew to Lima.", ["place: to Lima"]),
    ("The museum is in Lisbon.", ["place: in Lisbon"]),
    ("The film was a success.", ["attribute: a success"]),
    ("The index lost 30 points.", ["quantity: 30 points"]),
    ("The firm gave the workers a bonus.", ["recipient: the workers"]),
    ("The council approved the plan.", []),
    ("The firm sold the mill to Peru and Chile.", ["place: to Peru", "place: Chile"]),
    ("Officials sold the mill despite the protests.", ["other: despite the protests"]),
    ("The fair in Lima, where farmers sold horses, was old.", ["place: Lima", "attribute: old"]),
]
VERBS += [("There are soldiers in the village.", ["soldiers | is_located_in | village"])]
NOMINALS = [
    ("The recently closed mill will reopen.", ["recently closed mill | is_closed | -"]),
    ("The highly regarded mill will reopen.", []),
    ("The race starts at 16:30 UTC (12:30 EST).", []),
    ("The French Prime Minister, Mr Alan Dale, quit.", ["Mr Alan Dale | holds_role | French Prime Minister"]),
    ("President Garcia arrived.", ["Garcia | holds_role | President"]),
    ("A veteran NATO diplomat spoke.", ["veteran NATO diplomat | is_affiliated_with | NATO"]),
    ("A 12,000-strong force arrived.", ["12,000-strong force | has_size | 12,000"]),
    ("The Serb-dominated council met.", []),
    ("The US-backed rebels met.", ["US-backed rebels | is_backed_by | US"]),
    ("Name | Age | City", []),
    ("The word freedom is old.", []),
    ("Parts of the country, particularly the south, are dry.", []),
    ("The noise, the dust and the heat drove them away.", []),
    ("A dispute between Peru and Chile ended.", []),
    ("A convoy of 30 trucks arrived.", ["convoy | has_size | 30 trucks"]),
]
EVENTS = [
    ("Britain ordered the dispatch of troops to the island.", ["Britain | dispatches | troops"]),
    ("The bombing of the bridge by rebels shocked the town.", ["rebels | bombs | bridge"]),
    ("The arrival of the minister was delayed.", ["minister | arrives | -"]),
    ("They fear the destruction of the city.", ["city | is_destroyed | -"]),
    ("The sale of the mill pleased the village.", ["mill | is_sold | -"]),
    ("Her arrest shocked the town.", ["Her | is_arrested | -"]),
    ("The arrest of the mayor by soldiers shocked the town.", ["soldiers | arrests | mayor"]),
    ("A rise in rents angered the tenants.", ["rents | rises | -"]),
    ("The attack on the convoy failed.", ["convoy | is_attacked | -"]),
    ("The treaty between Peru and Chile failed.", ["Peru | agrees | -", "Chile | agrees | -"]),
    ("The flight of terrified families alarmed the mayor.", ["terrified families | flees | -"]),
    ("The flight of the minister to Rome was late.", ["minister | flies_to | Rome"]),
    ("Revenge attacks shook the town.", []),
    ("They left in fear of their lives.", []),
    ("The moves to ban it in Paris failed.", []),
    ("The minister made an announcement.", ["minister | announces | -"]),
    ("The Garcia campaign pleased the voters.", []),
    ("The telephone interview was long.", []),
    ("The two firms are in talks.", ["two firms | talks | -"]),
    ("The firms are in talks with Peru.", ["firms | talks_with | Peru"]),
    ("A fall of 40 percent was reported.", ["fall | occurs | -"]),
    ("The request for more nurses was refused.", ["more nurses | is_requested | -"]),
    ("The call for a strike failed.", ["strike | is_called_for | -"]),
    ("The search for the boat ended.", ["boat | is_searched_for | -"]),
    ("The opposition to the law was strong.", ["law | is_opposed | -"]),
    ("US support for the treaty pleased them.", ["US | supports | treaty"]),
    ("The interest in music was new.", []),
    ("The end of the week was sunny.", []),
    ("The earthquake in Chile was strong.", ["earthquake | occurs | -"]),
    ("The earthquake was strong.", []),
    ("The reconstruction was large-scale.", []),
    ("The carrier's number of orders with Boeing rose.", ["carrier | orders_with | Boeing"]),
    ("Ann Lee said in a statement that the mill was safe.", ["Ann Lee | states | -"]),
    ("Ann Lee said in the statement that the mill was safe.", []),
    ("The setback for Nordbank shook the town.", ["Nordbank | has | setback"]),
]


def page(parser: Parser, text: str) -> Page:
    parse = next(iter(parser.read([Document("d", text)])))
    words = ontology()
    return Page(parse, words, clauses(parse, words), (), Resolution((), ()), (), ())


def shown(parse: Parse, claim: BareClaim) -> str:
    def side(of: Phrase | int | None) -> str:
        if of is None:
            return "-"
        return f"#{parse.tokens[of].text}" if isinstance(of, int) else parse.text(*of.core)

    return f"{side(claim.subject)} | {claim.relation} | {side(claim.object)}"


@pytest.mark.parametrize(("text", "expected"), VERBS)
def test_verbs(parser: Parser, text: str, expected: list[str]) -> None:
    read = page(parser, text)
    assert [shown(read.parse, claim) for claim in verbs(read)] == expected


@pytest.mark.parametrize(("text", "expected"), ROLES)
def test_what_is_no_plain_object_tells_its_role(parser: Parser, text: str, expected: list[str]) -> None:
    read = page(parser, text)
    told = [argument for claim in verbs(read) for argument in claim.arguments]
    assert [f"{role}: {read.parse.text(*phrase.full)}" for role, phrase in told] == expected


@pytest.mark.parametrize(("text", "expected"), NOMINALS)
def test_nominals(parser: Parser, text: str, expected: list[str]) -> None:
    read = page(parser, text)
    assert [shown(read.parse, claim) for claim in nominals(read)] == expected


@pytest.mark.parametrize(("text", "expected"), EVENTS)
def test_events(parser: Parser, text: str, expected: list[str]) -> None:
    read = page(parser, text)
    assert [shown(read.parse, claim) for claim in events(read)] == expected
