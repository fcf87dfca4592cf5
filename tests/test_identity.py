"""Identity across documents: merges by reason, namesakes apart, the user's word, independence of order."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from kg.identity import Identities, Judgement, Sighting, Summary, decided, read_judgements, write_judgements
from kg.model import KgError


def doc(id: str, *names: str) -> Summary:
    sightings = []
    for text in names:
        family, _, name = text.partition(":")
        name, _, row = name.partition("=")
        sightings.append(Sighting(f"{family}:{name}", name, family, row or None))
    return Summary(id, tuple(sightings))


def knows(name: str, times: int) -> list[Summary]:
    return [doc(f"k{i}", name) for i in range(times)]


SAME = [
    ([doc("1", "Person:Tony Blair", "Place:London"), doc("2", "Person:Blair", "Place:London")],
     "Person:Blair", "Person:Tony Blair"),
    ([doc("1", "Organization:World Trade Centre Authority"), doc("2", "Organization:WTCA")],
     "Organization:WTCA", "Organization:World Trade Centre Authority"),
    ([*knows("Person:Slobodan Milosevic", 3), doc("x", "Person:Slobodan Milosovic")],
     "Person:Slobodan Milosovic", "Person:Slobodan Milosevic"),
]  # fmt: skip


@pytest.mark.parametrize(("summaries", "rare", "known"), SAME)
def test_same(summaries: list[Summary], rare: str, known: str) -> None:
    found = Identities(summaries)
    assert found.mapping.get(rare) == known
    assert found.explain(rare)[0].reason


APART = [
    [doc("1", "Person:Tony Blair", "Place:London"), doc("2", "Person:Blair", "Place:Ohio")],
    [doc("1", "Person:Tony Blair", "Place:London"), doc("3", "Person:Dennis Blair", "Place:London"),
     doc("2", "Person:Blair", "Place:London")],
    [*knows("Person:Jonathan Smith", 3), doc("x", "Person:Johnathan Smith")],
    [*knows("Place:Australia=Australia", 3), doc("x", "Place:Austraiia=Austria")],
    [*knows("Person:Kim Jong-un", 3), doc("x", "Person:Kim Jong-il")],
    [doc("1", "Place:Kosovo"), doc("2", "Organization:Kosovo")],
    [doc("1", "Organization:Irish Republican Army"), doc("2", "Organization:Indian Railway Association"),
     doc("3", "Organization:IRA")],
]  # fmt: skip


@pytest.mark.parametrize("summaries", APART)
def test_apart(summaries: list[Summary]) -> None:
    assert not Identities(summaries).mapping


def test_the_user_outweighs_and_may_take_it_back(tmp_path: Path) -> None:
    summaries, rare, known = SAME[0]
    split = Judgement("different", rare, known, "another one", "user")
    assert not Identities(summaries, [split]).mapping
    merge = Judgement("same", rare, known, "asked", "user")
    path = tmp_path / "judgements.jsonl"
    write_judgements(path, decided([split], merge))
    assert read_judgements(path) == (merge,)
    assert Identities(summaries, read_judgements(path)).mapping == {rare: known}


def test_both_the_same_and_different_is_an_error() -> None:
    with pytest.raises(KgError, match="both the same and different"):
        Identities([], [Judgement("same", "a", "b", ""), Judgement("different", "b", "a", "")])


def test_order_of_documents_does_not_matter() -> None:
    summaries = [s for case, _, _ in SAME for s in case] + [s for case in APART for s in case]
    summaries = [Summary(f"d{i}", s.sightings) for i, s in enumerate(summaries)]
    wanted = Identities(summaries)
    for seed in range(5):
        random.Random(seed).shuffle(summaries)
        again = Identities(summaries)
        assert (again.mapping, again.judgements) == (wanted.mapping, wanted.judgements)


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
