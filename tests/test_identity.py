"""Identity across documents: merges by reason, namesakes apart, the user's word, changes equal to a fresh start."""

# ruff: noqa: E501
from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.identity import (
    Identities,
    Judgement,
    Sighting,
    Summary,
    Tells,
    decided,
    parse_judgements,
    without,
    write_judgements,
)
from kg.model import KgError

KINDS: dict[str, Tells] = {
    "Person": "much",
    "Document": "",
    "Organization": "much",
    "Place": "town",
    "State": "country",
    "Group": "",
}


def doc(id: str, *names: str, year: int = 0, day: int = 0) -> Summary:
    """Write a document as "Person:Name=row/role/role"; a family with "~" is one of many of its name.

    Nouns that stand beside it follow a "+".
    """
    sightings = []
    for text in names:
        text, _, words = text.partition(" + ")
        family, _, rest = text.partition(":")
        name, *roles = rest.split("/")
        name, _, row = name.partition("=")
        loose, family = family.endswith("~"), family.rstrip("~")
        tells: Tells = "little" if row else KINDS[family]
        kind = "Place" if family == "State" else family
        country = name if family == "State" else None
        body = "foreign ministry" if name.endswith("Foreign Ministry") else ""
        more = (tells, country, tuple(roles), loose, body, tuple(words.split()))
        sightings.append(Sighting(f"{kind}:{name}", name, kind, row or None, *more))
    return Summary(id, tuple(sightings), day or year * 365 or None)


def times(number: int, *names: str) -> list[Summary]:
    return [doc(f"k{i}", *names) for i in range(number)]


# (documents, one sighting, the other): the same node
SAME = [
    ([doc("1", "Person:Tony Blair", "Organization:Oxfam"), doc("2", "Person:Blair", "Organization:Oxfam")],
     "Person:Blair@2", "Person:Tony Blair@1"),
    ([doc("1", "Organization:World Trade Centre Authority"), doc("2", "Organization:WTCA")],
     "Organization:WTCA@2", "Organization:World Trade Centre Authority@1"),
    ([doc("1", "Organization:Irish Republican Army", "Person:Ann Reilly"), doc("2", "Organization:Indian Railway Association"),
      doc("3", "Organization:IRA", "Person:Ann Reilly")],
     "Organization:IRA@3", "Organization:Irish Republican Army@1"),
    ([*times(3, "Person:Slobodan Milosevic", "Organization:Oxfam"), doc("x", "Person:Slobodan Milosovic", "Organization:Oxfam")],
     "Person:Slobodan Milosovic@x", "Person:Slobodan Milosevic@k1"),
    ([*times(3, "Organization:Norwell Foods"), doc("x", "Organization:Norwall Foods")],
     "Organization:Norwall Foods@x", "Organization:Norwell Foods@k0"),
    ([doc("1", "Person:Ann Reilly/Minister of Trade of Italy"), doc("2", "Person:Ann Reilly/Minister of Trade of Italy")],
     "Person:Ann Reilly@1", "Person:Ann Reilly@2"),
    ([doc("1", "Person:Ann Reilly/painter", "Place:Leeds"), doc("2", "Person:Ann Reilly/painter", "Place:Leeds")],
     "Person:Ann Reilly@1", "Person:Ann Reilly@2"),
    ([doc("1", "Person:Ann Reilly", "Organization:NATO=NATO", "Place:Leeds"),
      doc("2", "Person:Ann Reilly/painter", "Organization:NATO=NATO", "Place:Leeds")],
     "Person:Ann Reilly@1", "Person:Ann Reilly@2"),
    ([doc("1", "Person:Kofi Annan=Kofi Annan"), doc("2", "Person:Kofi Annan=Kofi Annan")],
     "Person:Kofi Annan@1", "Person:Kofi Annan@2"),
    ([doc("1", "Organization~:Supreme Court", "State:India"), doc("2", "Organization~:Supreme Court", "State:India")],
     "Organization:Supreme Court@1", "Organization:Supreme Court@2"),
    ([doc("1", "Organization:Norwell Foods", "State:India"), doc("2", "Organization:Norwell Foods")],
     "Organization:Norwell Foods@1", "Organization:Norwell Foods@2"),
    ([doc("1", "Organization:Norwell Foods", "State:India", "Person:Ann Reilly"),
      doc("2", "Organization:Norwell Foods", "State:Italy", "Person:Ann Reilly")],
     "Organization:Norwell Foods@1", "Organization:Norwell Foods@2"),
    ([*times(3, "Person:Jonathan Smith", "Organization:Oxfam"), doc("x", "Person:Johnathan Smith", "Organization:Oxfam")],
     "Person:Johnathan Smith@x", "Person:Jonathan Smith@k0"),
    ([doc("1", "Person:Muammar Gaddafi/leader of Libya"), doc("2", "Person:Moammar Gadhafi/leader of Libya")],
     "Person:Muammar Gaddafi@1", "Person:Moammar Gadhafi@2"),
    ([doc("1", "Person:Mohammed Ali Khan", "Organization:Oxfam"), doc("2", "Person:Muhammad Ali Khan", "Organization:Oxfam")],
     "Person:Mohammed Ali Khan@1", "Person:Muhammad Ali Khan@2"),
    ([doc("1", "Person:Steve Gallagher", "Organization:Oxfam"), doc("2", "Person:Stephen Gallagher", "Organization:Oxfam")],
     "Person:Steve Gallagher@1", "Person:Stephen Gallagher@2"),
    ([doc("1", "Person:K. Bauer", "Organization:Oxfam"), doc("2", "Person:Katherine Bauer", "Organization:Oxfam")],
     "Person:K. Bauer@1", "Person:Katherine Bauer@2"),
    ([doc("1", "Person:Cristina Kirchner/president", "State:Argentina"),
      doc("2", "Person:Cristina Fernandez de Kirchner/president", "State:Argentina")],
     "Person:Cristina Kirchner@1", "Person:Cristina Fernandez de Kirchner@2"),
    ([doc("1", "Person:Ann Reilly", "Place:Leeds", day=50), doc("2", "Person:Ann Reilly/painter", "Place:Leeds", day=80)],
     "Person:Ann Reilly@1", "Person:Ann Reilly@2"),
    ([doc("1", "Organization~:Foreign Ministry", "State:China"), doc("2", "Organization~:Chinese Foreign Ministry", "State:China")],
     "Organization:Foreign Ministry@1", "Organization:Chinese Foreign Ministry@2"),
    ([doc("1", "Document:Banja Luka", "Person:Ann Reilly"), doc("2", "Organization:Banja Luka", "Person:Ann Reilly")],
     "Document:Banja Luka@1", "Organization:Banja Luka@2"),
    ([doc("1", "Person:Reilly/president", "State:Peru", year=1), doc("2", "Person:Reilly/president", "State:Peru", year=3)],
     "Person:Reilly@1", "Person:Reilly@2"),
    ([doc("1", "Person:Paris Holm", "Organization:Oxfam"), doc("2", "Place:Paris Holm", "Organization:Oxfam")],
     "Person:Paris Holm@1", "Place:Paris Holm@2"),
    ([doc("1", "Person:Ann Reilly + sprinter steroid"), doc("2", "Person:Ann Reilly + steroid sample sprinter", year=9)],
     "Person:Ann Reilly@1", "Person:Ann Reilly@2"),
    ([doc("1", "Organization~:Trinity College", "Place:Dublin"), doc("2", "Organization~:Trinity College", "Place:Dublin")],
     "Organization:Trinity College@1", "Organization:Trinity College@2"),
]  # fmt: skip

APART = [
    ([doc("1", "Person:Tony Blair", "Organization:Oxfam"), doc("2", "Person:Blair", "Organization:Mencap")],
     "Person:Blair@2", "Person:Tony Blair@1"),
    ([doc("1", "Person:Tony Blair", "Organization:Oxfam"), doc("3", "Person:Dennis Blair", "Organization:Oxfam"),
      doc("2", "Person:Blair", "Organization:Oxfam")], "Person:Blair@2", "Person:Tony Blair@1"),
    ([doc("1", "Person:Tony Blair", "Person:Blair", "Organization:Oxfam"), doc("2", "Person:Blair")],
     "Person:Blair@1", "Person:Tony Blair@1"),
    ([*times(3, "Person:Jonathan Smith", "Organization:Oxfam"), doc("x", "Person:Johnathan Smith", "Organization:Mencap")],
     "Person:Johnathan Smith@x", "Person:Jonathan Smith@k0"),
    ([*times(3, "Person:Michael Hanson", "Organization:Oxfam"), doc("x", "Person:Michael Hansen", "Organization:Mencap")],
     "Person:Michael Hansen@x", "Person:Michael Hanson@k0"),
    ([*times(3, "Place:Australia=Australia"), doc("x", "Place:Austraiia=Austria")],
     "Place:Austraiia@x", "Place:Australia@k0"),
    ([*times(3, "Person:Kim Jong-un", "Organization:Oxfam"), doc("x", "Person:Kim Jong-il", "Organization:Oxfam")],
     "Person:Kim Jong-il@x", "Person:Kim Jong-un@k0"),
    ([doc("1", "Place:Kosovo"), doc("2", "Organization:Kosovo")], "Place:Kosovo@1", "Organization:Kosovo@2"),
    ([doc("1", "Organization:Irish Republican Army"), doc("2", "Organization:Indian Railway Association"),
      doc("3", "Organization:IRA")], "Organization:IRA@3", "Organization:Irish Republican Army@1"),
    ([doc("1", "Person:Ann Reilly/painter", "Place:Leeds"), doc("2", "Person:Ann Reilly/judge", "Place:Cork")],
     "Person:Ann Reilly@1", "Person:Ann Reilly@2"),
    ([doc("1", "Person:Ann Reilly", "Organization:Oxfam"), doc("2", "Person:Ann Reilly", "Organization:Mencap")],
     "Person:Ann Reilly@1", "Person:Ann Reilly@2"),
    ([doc("1", "Person:Ann Reilly", "Organization:Oxfam"), doc("2", "Person:Ann Reilly", "Organization:Mencap"),
      doc("3", "Person:Ann Reilly")], "Person:Ann Reilly@3", "Person:Ann Reilly@2"),
    ([doc("1", "Person:Reilly"), doc("2", "Person:Reilly")], "Person:Reilly@1", "Person:Reilly@2"),
    ([doc("1", "Person:Ann Reilly/painter", "Place:Leeds", "Place:York"),
      doc("2", "Person:Ann Reilly/judge", "Place:Leeds", "Place:York")], "Person:Ann Reilly@1", "Person:Ann Reilly@2"),
    ([doc("1", "Person:George Papas/Minister of Trade of Greece", year=1931),
      doc("2", "Person:George Papas/Minister of Trade of Greece", year=1999)],
     "Person:George Papas@1", "Person:George Papas@2"),
    ([doc("1", "Organization~:Supreme Court", "State:India"), doc("2", "Organization~:Supreme Court", "State:Italy")],
     "Organization:Supreme Court@1", "Organization:Supreme Court@2"),
    ([doc("1", "Person:George Hamilton Jr.", "Organization:Oxfam"), doc("2", "Person:George Hamilton Sr.", "Organization:Oxfam")],
     "Person:George Hamilton Jr.@1", "Person:George Hamilton Sr.@2"),
    ([doc("1", "Person:Mario Lopez", "Organization:Oxfam"), doc("2", "Person:Maria Lopez", "Organization:Oxfam")],
     "Person:Mario Lopez@1", "Person:Maria Lopez@2"),
    ([doc("1", "Person:K. Bauer", "Organization:Oxfam"), doc("2", "Person:Anna Bauer", "Organization:Oxfam")],
     "Person:K. Bauer@1", "Person:Anna Bauer@2"),
    ([doc("1", "Person:Juan Pedro Ortega", "Organization:Oxfam"), doc("2", "Person:Juan Carlos Ortega", "Organization:Oxfam")],
     "Person:Juan Pedro Ortega@1", "Person:Juan Carlos Ortega@2"),
    ([doc("1", "Person:Ann Reilly", "Place:Leeds", day=1), doc("2", "Person:Ann Reilly", "Place:Leeds", day=400)],
     "Person:Ann Reilly@1", "Person:Ann Reilly@2"),
    ([doc("1", "Person:Ann Reilly/painter", "Place:Leeds", day=50), doc("2", "Person:Ann Reilly/judge", "Place:Leeds", day=60)],
     "Person:Ann Reilly@1", "Person:Ann Reilly@2"),
    ([doc("1", "Organization~:Foreign Ministry", "State:China"), doc("2", "Organization~:Russian Foreign Ministry", "State:Russia")],
     "Organization:Foreign Ministry@1", "Organization:Russian Foreign Ministry@2"),
    ([doc("1", "Place:Jaguar"), doc("2", "Organization:Jaguar")], "Place:Jaguar@1", "Organization:Jaguar@2"),
    ([doc("1", "Person:Paris Holm", "Organization:Oxfam"), doc("2", "Place:Paris Holm", "Organization:Mencap")],
     "Person:Paris Holm@1", "Place:Paris Holm@2"),
    ([doc("1", "Person:Ann Reilly + steroid test", "State:Peru"), doc("2", "Person:Ann Reilly + steroid test", "State:Chad")],
     "Person:Ann Reilly@1", "Person:Ann Reilly@2"),
    ([doc("1", "Person:Ann Reilly + steroid"), doc("2", "Person:Ann Reilly + steroid")],
     "Person:Ann Reilly@1", "Person:Ann Reilly@2"),
    ([doc("1", "Organization~:Trinity College", "State:Ireland"), doc("2", "Organization~:Trinity College", "State:Ireland")],
     "Organization:Trinity College@1", "Organization:Trinity College@2"),
    ([doc("1", "Organization~:Endeavour", "Place:London", "State:Mali"), doc("2", "Organization~:Endeavour", "Place:London", "State:Oman")],
     "Organization:Endeavour@1", "Organization:Endeavour@2"),
    ([doc("1", "Person:Ann Reilly + steroid", "State:Peru"), doc("2", "Person:Ann Reilly + steroid", "State:Peru")],
     "Person:Ann Reilly@1", "Person:Ann Reilly@2"),
    ([doc("1", "Person:Abdullah/king + kingdom", "State:Jordan"), doc("2", "Person:Abdullah/king + kingdom", "State:Saudi Arabia")],
     "Person:Abdullah@1", "Person:Abdullah@2"),
    ([doc("1", "Group~:Panthers", "State:USA"), doc("2", "Group~:Panthers", "State:USA")], "Group:Panthers@1", "Group:Panthers@2"),
    ([doc("1", "Organization~:Oil Ministry", "State:Iran"), doc("2", "Organization~:Oil Ministry", "State:Iraq")],
     "Organization:Oil Ministry@1", "Organization:Oil Ministry@2"),
    ([doc("1", "Document:Banja Luka"), doc("2", "Organization:Banja Luka")], "Document:Banja Luka@1", "Organization:Banja Luka@2"),
    ([doc("1", "Person:Reilly/president", "State:Peru", year=1), doc("2", "Person:Reilly/president", "State:Peru", year=9)],
     "Person:Reilly@1", "Person:Reilly@2"),
    ([doc("1", "Person:Ann Reilly/minister", "Place:Leeds", "Place:York"), doc("2", "Person:Reilly/general", "Place:Leeds", "Place:York")],
     "Person:Reilly@2", "Person:Ann Reilly@1"),
    ([doc("1", "Organization:El Mundo", "State:Mexico"), doc("2", "Organization:El Mundo", "State:Peru")],
     "Organization:El Mundo@1", "Organization:El Mundo@2"),
    ([doc("1", "Person:Gordon Brown=Gordon Brown"), doc("2", "Person:Gordon Brown/plumber", "Place:Leeds")],
     "Person:Gordon Brown@1", "Person:Gordon Brown@2"),
]  # fmt: skip


def one_node(found: Identities, a: str, b: str) -> bool:
    return found.nodes_of(a) == found.nodes_of(b)


@pytest.mark.parametrize(("summaries", "one", "other"), SAME)
def test_same(summaries: list[Summary], one: str, other: str) -> None:
    found = Identities(summaries)
    assert one_node(found, one, other)
    [node] = found.nodes_of(one)
    assert found.explain(node)[0].reason


@pytest.mark.parametrize(("summaries", "one", "other"), APART)
def test_apart(summaries: list[Summary], one: str, other: str) -> None:
    assert not one_node(Identities(summaries), one, other)


def test_a_doubtful_namesake_is_noted() -> None:
    found = Identities(APART[10][0])
    [note] = found.judgements
    assert (note.verdict, note.a, note.b) == ("possible", "Person:Ann Reilly:2", "Person:Ann Reilly")


def test_the_known_bearer_has_the_plain_name() -> None:
    summaries, _, _ = APART[-1]
    renamed = [summaries[0]._replace(document="9"), summaries[1]]
    assert Identities(renamed).nodes_of("Person:Gordon Brown@9") == {"Person:Gordon Brown"}


# (the user's judgements on SAME[0] or on the namesakes of APART[10], one node or not)
JUDGED = [
    (SAME[0], [("different", "Person:Blair", "Person:Tony Blair")], False),
    (SAME[0], [("different", "Person:Blair@2", "Person:Tony Blair@1")], False),
    (SAME[5], [("different", "Person:Ann Reilly@1", "Person:Ann Reilly@2")], False),
    (SAME[5], [("different", "Person:Ann Reilly@2", "Person:Ann Reilly")], False),
    (SAME[8], [("different", "Person:Kofi Annan@1", "Person:Kofi Annan@2")], False),
    (SAME[10], [("different", "Organization:Norwell Foods@1", "Organization:Norwell Foods@2")], False),
    (APART[0], [("same", "Person:Blair", "Person:Tony Blair")], True),
    (APART[10], [("same", "Person:Ann Reilly@1", "Person:Ann Reilly@2")], True),
    (APART[10], [("same", "Person:Ann Reilly", "Person:Ann Reilly@2")], True),
    (APART[10], [("same", "Person:Ann Reilly", "Person:Ann Reilly")], True),
    (APART[7], [("same", "Place:Kosovo", "Organization:Kosovo")], True),
    (APART[0], [("same", "Person:Blair", "Person:Nobody")], False),
]  # fmt: skip


@pytest.mark.parametrize(("case", "given_", "expected"), JUDGED)
def test_the_user_outweighs(
    case: tuple[list[Summary], str, str], given_: list[tuple[str, str, str]], expected: bool
) -> None:
    summaries, one, other = case
    judgements = [Judgement(v, a, b, "asked", "user") for v, a, b in given_]  # type: ignore[arg-type]
    found = Identities(summaries, judgements)
    assert one_node(found, one, other) is expected
    assert found.judgements[: len(judgements)] == tuple(judgements)
    later = Identities(summaries)
    later.judge(judgements)
    assert state(later) == state(found)
    later.judge([])
    assert state(later) == state(Identities(summaries))


def test_a_document_split_off_leaves_the_others_together() -> None:
    summaries = [doc(str(i), "Organization:Norwell Foods") for i in range(4)]
    found = Identities(
        summaries, [Judgement("different", "Organization:Norwell Foods@2", "Organization:Norwell Foods", "")]
    )
    assert [found.node("Organization:Norwell Foods", str(i)) for i in range(4)] == [
        "Organization:Norwell Foods", "Organization:Norwell Foods", "Organization:Norwell Foods:2",
        "Organization:Norwell Foods",
    ]  # fmt: skip


def test_judgements_are_kept_as_they_were() -> None:
    split = Judgement("different", "a", "b", "another “one”", "Ann")
    merge = Judgement("same", "b", "a", "asked", "user")
    assert decided([split], merge) == (merge,)
    assert parse_judgements(write_judgements([split, merge]), "x") == (split, merge)
    assert without([split], "b", "a") == ()
    with pytest.raises(KgError, match=r"judgements\.jsonl, line 2"):
        parse_judgements(write_judgements([split]) + b'{"a": 1}\n', "judgements.jsonl")


# ---------------------------------------------------------------------- changes equal a fresh start


def state(found: Identities) -> object:
    documents = {document for _, _, document in found.sightings()}
    return found.judgements, {d: found.names(d) for d in documents}


NAMES = [
    "Person:Ann Reilly", "Person:Ann Reilly/judge", "Person:Reilly", "Person:Tom Reilly", "Person:Ann Reilli",
    "Organization:Oxfam", "Organization:Mencap", "Organization:NATO=NATO", "Place:Leeds", "State:Italy", "State:India",
    "Organization~:Supreme Court", "Organization:World Trade Centre Authority", "Organization:WTCA",
    "Organization:World Tyre Cutting Authority", "Person:Ann Reilly=Ann Reilly",
]  # fmt: skip
REFERENCES = ["Person:Ann Reilly", "Person:Ann Reilly@1", "Person:Ann Reilly@2", "Person:Reilly@3", "Organization:WTCA"]
documents = st.builds(
    lambda id, names: doc(str(id), *{name.split("/")[0].split("=")[0]: name for name in names}.values()),
    st.integers(0, 7), st.lists(st.sampled_from(NAMES), max_size=6),
)  # fmt: skip
judged = st.builds(
    lambda v, a, b: Judgement(v, a, b, "", "user"),
    st.sampled_from(["same", "different"]), st.sampled_from(REFERENCES), st.sampled_from(REFERENCES),
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(st.one_of(documents, st.integers(0, 7), judged), max_size=20))
def test_any_history_equals_a_fresh_start(history: list[Summary | int | Judgement]) -> None:
    found, kept, said = Identities(), dict[str, Summary](), tuple[Judgement, ...]()
    told = set(found.judgements)
    for step in history:
        before = {d: found.names(d) for d in kept}
        if isinstance(step, Summary):
            change, kept[step.document] = found.put(step), step
            before.pop(step.document, None)
        elif isinstance(step, Judgement):
            said = decided(said, step)
            change = found.judge(said)
        elif str(step) in kept:
            del kept[str(step)], before[str(step)]
            change = found.drop(str(step))
        else:
            continue
        assert {d: names for d, names in before.items() if found.names(d) != names} == change.documents
        assert not told & set(change.new)
        assert set(change.gone) <= told
        told = (told - set(change.gone)) | set(change.new)
    assert told == set(found.judgements)
    assert state(found) == state(Identities(kept.values(), said))


def test_order_of_documents_does_not_matter() -> None:
    summaries = [s for case, _, _ in [*SAME, *APART] for s in case]
    summaries = [s._replace(document=f"d{i}") for i, s in enumerate(summaries)]
    wanted = state(Identities(summaries))
    for seed in range(5):
        random.Random(seed).shuffle(summaries)
        assert state(Identities(summaries)) == wanted


def test_time_grows_linearly() -> None:
    def seconds(n: int) -> float:
        draw = random.Random(1)
        summaries = [
            doc(str(i), *(f"Person:Name{draw.randrange(n)} Sur{draw.randrange(n)}" for _ in range(5))) for i in range(n)
        ]
        start = time.process_time()
        Identities(summaries)
        return time.process_time() - start

    assert seconds(4000) < 10 * max(seconds(1000), 0.05)
