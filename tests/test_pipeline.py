"""From a text to what it claims, through all rooms of the reading wing."""
# ruff: noqa: E501

import pytest

from kg.model import Certainty, Document, Reading
from kg.reading.parse import Parser
from kg.reading.pipeline import read
from kg.record import record

Triple = tuple[str | None, str, str | None]

PLAN_SPEAKS = "The paper said a new body would supervise the airspace. It also proposed a green line."
ADDED = 'In Washington President Clinton used an article to insist that strikes were working, although he added that he did not rule out "other options".'

ROWS: list[tuple[str, Triple]] = [
    ("The British Prime Minister, Mr Tony Blair, spoke.", ("Tony Blair", "holds_role", "Prime Minister of the United Kingdom")),
    ("Ministers met the British Prime Minister, Mr Tony Blair.", ("Tony Blair", "holds_role", "Prime Minister of the United Kingdom")),
    ("Sources said the British Prime Minister, Mr Tony Blair, agreed.", ("Tony Blair", "holds_role", "Prime Minister of the United Kingdom")),
    ("Italy's Foreign Minister, Mr Lamberto Dini, said that he agreed.", ("Lamberto Dini", "holds_role", "Foreign Minister of Italy")),
    ("The Nato supreme commander, Gen Wesley Clark, spoke.", ("Wesley Clark", "holds_role", "supreme commander of NATO")),
    ("In Washington President Clinton met reporters.", ("Clinton", "holds_role", "President")),
    ("The West's most senior peace envoy in Bosnia, Mr Carl Weston, agreed.", ("Carl Weston", "holds_role", "most senior peace envoy of the West in Bosnia")),
    ("The UN ordered the dispatch of troops. Mr Brown approved the decision.", ("Brown", "approves", "dispatch of troops")),
    ("France proposed the withdrawal of its troops. Germany rejected the plan.", ("Germany", "rejects", "withdrawal of troops")),
    ("Gen Clark called for acceleration of the deployment.", ("Clark", "calls_for", "acceleration of deployment")),
    ("None of the 61 schools had been repaired.", ("61 schools", "is_repaired", None)),
    ("Two-thirds of the houses were destroyed.", ("Two-thirds of houses", "is_destroyed", None)),
    ("One of the two ministers resigned.", ("One of the two ministers", "resigns", None)),
    ("The quake struck, killing at least 230 people, officials said.", ("quake", "kills", "230 people")),
    ("Mr Brown, who met the union, made it clear yesterday that pay was not expected to rise.", ("Brown", "makes_clear", "not: pay rises")),
    ("In the 9 days since the first crews reached the valley the charity has delivered just over 3,000 tents in the region, roughly one-fifth of a total of 15,000 ordered for the victims.", ("one-fifth", "is_ordered_for", "victims")),
    ("Mr Brown made it clear yesterday that the strike was over.", ("Brown", "makes_clear", "strike is_over")),
    (PLAN_SPEAKS, ("paper", "proposes", "green line")),
    (ADDED, ("Clinton", "rules_out", "other options")),
    ("The mayor said no to the plan.", ("mayor", "says_no_to", "plan")),
    ("The dam's owner, Hydronor, denied the claims.", ("Hydronor", "denies", "claims")),
    ("The dam's owner, Hydronor, denied the claims.", ("Hydronor", "holds_role", "owner of the dam")),
    ("The prominent Japanese Nikkei 225 stock market index fell another 1.4%.", ("Nikkei 225", "falls", None)),
    ("At least 43 people were killed in the flood.", ("43 people", "is_killed_in", "flood")),
    ("He announced that the garrison was to be withdrawn.", ("he", "announces", "garrison is_withdrawn")),
]  # fmt: skip


ROWS += [
    ("Peru won. It beat Peru.", ("It", "beats", "Peru")),
    ("The Nikkei 225 fell.", ("Nikkei 225", "falls", None)),
    ("The bridge was named Unity after the war.", ("bridge", "is_named", "Unity")),
    ("Norwell Air, an Irish airline, sued.", ("Norwell Air", "is_a", "Irish airline")),
    ("The Russian carrier Aeroflot sued.", ("Aeroflot", "is_a", "Russian carrier")),
    ("He told a difference between Kenya and Chad, a country three times its size.", ("Chad", "is_a", "country")),
    ("General Motors named Ann Lee as its new director.", ("Ann Lee", "holds_role", "director of General Motors")),
    ("The police bought 20 new iPhones.", ("police", "buys", "iPhones")),
    ("Apple opened its annual Developers Conference in Paris.", ("Apple", "has", "Developers Conference")),
]  # fmt: skip


NEVER: list[tuple[str, Triple]] = [
    ("A new version of Boeing's 777 airliner flew from Hong Kong.", ("new version", "has_size", "777 airliner")),
    ("A new version of Boeing's 777 airliner flew from Hong Kong.", ("new version", "has_size", "777")),
    ("They have no one to turn to but the KLA or the nearest soldier.", ("they", "has", "Kosovo Liberation Army")),
    ("Publishing what it said was a draft, the Gazette said the firm was broke.", ("The Gazette", "is", "draft")),
    ("On the third day of an effort to free the miners, dozens boarded buses.", ("dozens", "frees", "miners")),
    ("Nothing but the force replaced them.", ("force", "replaces", "them")),
    ("The lottery lost 40 million euros between 2009 and 2012.", ("40 million euros", "lies_between", "2009")),
    ("She said it might be days before the team left.", ("it", "is", "days")),
    ("He protested against the remarks of the alderman.", ("alderman", "is_remarked", None)),
    ("The garrison was to be withdrawn.", ("garrison", "is", "garrison is_withdrawn")),
    ("The treaty failed. It was rumoured that the rebels had won.", ("treaty", "is_rumoured", "rebels wins")),
    ("He told a difference between Kenya and Chad, a country three times its size.", ("Kenya", "is_a", "country")),
    ("Nothing helped the Nato force, which was stretched.", ("NATO", "is_stretched", None)),
    ("Officials said some were going to camps, not their homes.", ("camps", "is_a", "homes")),
]


def reading(parser: Parser, text: str) -> Reading:
    [found] = read([Document("d", text)], parser)
    return found


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[row[0][:50] for row in ROWS])
def test_rows(parser: Parser, text: str, expected: Triple) -> None:
    found = reading(parser, text)
    assert expected in [(found.name(c.subject), c.relation, found.name(c.object)) for c in found.claims]


@pytest.mark.parametrize(("text", "wrong"), NEVER, ids=[row[0][:50] for row in NEVER])
def test_what_is_not_said_is_not_claimed(parser: Parser, text: str, wrong: Triple) -> None:
    found = reading(parser, text)
    assert wrong not in [(found.name(c.subject), c.relation, found.name(c.object)) for c in found.claims]


def test_an_argument_tells_where_it_is_said_and_whom_it_names(parser: Parser) -> None:
    found = reading(parser, "Anna sent the letter to the bank in May to warn Maria, according to the mayor.")
    told = {a["role"]: a for a in record(found, found.claims[0])["arguments"]}
    words = {role: found.document.text[slice(*a["span"])] for role, a in told.items()}
    assert words == {"recipient": "bank", "time": "May", "purpose": "warn"}, "who says it takes no part in it"
    assert told["recipient"]["name"] == "bank"


def test_who_may_be_given_a_role_does_not_hold_it_for_sure(parser: Parser) -> None:
    (reading,) = read([Document("d", "The firm may name Ann Lee as its new director.")], parser)
    (claim,) = [claim for claim in reading.claims if claim.relation == "holds_role"]
    assert claim.certainty is Certainty.POSSIBLE


def test_claims_about_claims_never_run_in_a_circle(parser: Parser) -> None:
    found = reading(
        parser, "Cooper and Martha Raddatz of ABC News are scheduled to co-moderate the debate in St., Louis."
    )
    at = {claim.id: claim.object for claim in found.claims}
    for start in at:
        steps = [start]
        while (following := at.get(steps[-1])) is not None:
            assert following not in steps
            steps.append(following)


def test_a_decision_taken_up_has_the_kind_of_its_event(parser: Parser) -> None:
    found = reading(parser, "The UN ordered the dispatch of troops. Mr Brown approved the decision.")
    [event] = [e for e in found.entities if "decision" in e.aliases]
    assert event.kind == "Deployment"
    [mention] = [m for m in found.mentions if m.span.of(found.document.text) == "the decision"]
    assert mention.rule == "resumed event"
    assert mention.confidence <= 0.5


def test_a_role_told_in_passing_is_the_reporter_s(parser: Parser) -> None:
    found = reading(parser, 'Sources said the British Prime Minister, Mr Tony Blair, could resign "very soon".')
    [role] = [c for c in found.claims if c.relation == "holds_role"]
    assert role.chain == ()
    assert role.reporter_certainty is Certainty.CERTAIN


def test_who_goes_on_speaking_stays_under_whoever_quoted_it(parser: Parser) -> None:
    text = "The Times said that in the updated plan a new body was proposed. It also suggested a green line."
    found = reading(parser, text)
    [claim] = [c for c in found.claims if c.relation == "suggests"]
    assert (found.name(claim.subject), [found.name(link.entity) for link in claim.chain]) == (
        "updated plan",
        ["The Times"],
    )
