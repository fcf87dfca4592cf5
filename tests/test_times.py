"""Expressions of time: what is found, and its TIMEX3 value in a document of Monday 24 May 1999."""

import datetime as dt

import pytest

from kg.model import Document
from kg.ontology import ontology
from kg.reading.parse import Parser
from kg.reading.qualify.times import times
from kg.reading.qualify.times.calendar import VALUE, days, easter

ROWS = [
    ("The ministers met on Monday.", "Monday=1999-05-24"),
    ("The ministers will meet on Monday.", "Monday=1999-05-24"),
    ("He resigned on Thursday.", "Thursday=1999-05-20"),
    ("The force will enter on Thursday.", "Thursday=1999-05-27"),
    ("Sources said last night that the plan was ready.", "last night=1999-05-23TNI"),
    ("He spent two days in Washington last week.", "two days=P2D; last week=1999-W20"),
    ("They will order the dispatch this week.", "this week=1999-W21"),
    ("He said yesterday that he would resign.", "yesterday=1999-05-23"),
    ("She arrives tomorrow.", "tomorrow=1999-05-25"),
    ("He spoke today.", "today=1999-05-24"),
    ("The war began in March 1998.", "March 1998=1998-03"),
    ("It was signed on May 26, 1999.", "May 26, 1999=1999-05-26"),
    ("It was signed on 26 May 1999.", "26 May 1999=1999-05-26"),
    ("The talks start on June 10.", "June 10=1999-06-10"),
    ("They fought in August.", "August=1998-08"),
    ("They will vote in August.", "August=1999-08"),
    ("In 1995 the war ended.", "1995=1995"),
    ("The 1990s were hard.", "The 1990s=199"),
    ("In the early 1990s it grew.", "the early 1990s=199"),
    ("Profit fell in the third quarter of 1998.", "the third quarter of 1998=1998-Q3"),
    ("He was elected in the fall of 1998.", "the fall of 1998=1998-FA"),
    ("He left last summer.", "last summer=1998-SU"),
    ("They meet every Tuesday.", "every Tuesday=XXXX-WXX-2"),
    ("The council meets every two weeks.", "every two weeks=P2W"),
    ("The bombing lasted 12 days.", "12 days=P12D"),
    ("It lasted for weeks.", "weeks=PXW"),
    ("In the next two to three weeks we need a breakthrough.", "the next two to three weeks=P2W/P3W"),
    ("He left two years ago.", "two years ago=1997"),
    ("He left five months ago.", "five months ago=1998-12"),
    ("It happened 10 days ago.", "10 days ago=1999-05-14"),
    ("The attack came at 10:30 p.m. on Monday.", "10:30 p.m. on Monday=1999-05-24T22:30"),
    ("It began on Friday evening.", "Friday evening=1999-05-21TEV"),
    ("At the moment it is unlikely.", "At the moment=PRESENT_REF"),
    ("Recently it fell.", "Recently=PAST_REF"),
    ("It is now needed.", "now=PRESENT_REF"),
    ("He died on Christmas Day.", "Christmas Day=1998-12-25"),
    ("In the past two months it rose.", "the past two months=P2M"),
    ("He may resign.", ""),
    ("They march on the city.", ""),
    ("Prices fall.", ""),
    ("The second man left.", ""),
    ("It takes half an hour.", "half an hour=PT30M"),
    ("It took two and a half years.", "two and a half years=P2Y6M"),
    ("The 20th century was long.", "The 20th century=19"),
    ("By the end of 1990 it had grown.", "the end of 1990=1990"),
    ("It will open later this year.", "later this year=1999"),
    ("He waited for several hours.", "several hours=PTXH"),
    ("He has a five-year plan.", "five-year=P5Y"),
    ("The decade saw growth; a decade is long.", "a decade=P10Y"),
    ("It was filed on 1999-05-27.", "1999-05-27=1999-05-27"),
    ("They met in mid-November.", "mid-November=1998-11"),
    ("Next month they will return.", "Next month=1999-06"),
    ("This year it rose.", "This year=1999"),
    ("Last year it fell.", "Last year=1998"),
    ("It rose in fiscal 1998.", "fiscal 1998=1998"),
    ("They left this morning.", "this morning=1999-05-24TMO"),
    ("He comes tonight.", "tonight=1999-05-24TNI"),
    ("It met on Tuesday nights.", "Tuesday nights=XXXX-WXX-2TNI"),
    ("The seminar is held each July.", "each July=XXXX-07"),
    ("A year earlier it had lost.", "A year earlier=1998"),
    ("He sold 2000 cars.", ""),
    ("The future is bright.", "The future=FUTURE_REF"),
]
UNDATED = [
    ("He resigned on Thursday.", "Thursday=XXXX-WXX-4"),
    ("He resigned yesterday.", "yesterday=XXXX-XX-XX"),
    ("He resigned last week.", "last week=XXXX-WXX"),
    ("He resigned in August.", "August=XXXX-08"),
    ("He resigned on May 20.", "May 20=XXXX-05-20"),
    ("He resigned in May 1998.", "May 1998=1998-05"),
    ("He resigned last year.", "last year=XXXX"),
]


def shown(parser: Parser, text: str, date: dt.date | None) -> str:
    (parse,) = parser.read([Document("x", text, published=date)])
    found = times(parse, ontology())
    for time in found:
        assert VALUE.fullmatch(time.value), time
        assert (time.first is None) == (time.last is None)
        assert date is not None or time.first is None or any(c.isdigit() for c in time.span.of(text))
    assert [t.id for t in found] == [f"t{n}" for n in range(1, len(found) + 1)]
    return "; ".join(f"{t.span.of(text)}={t.value}" for t in found)


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_dated(parser: Parser, text: str, expected: str) -> None:
    assert shown(parser, text, dt.date(1999, 5, 24)) == expected


@pytest.mark.parametrize(("text", "expected"), UNDATED)
def test_undated_never_invents_a_day(parser: Parser, text: str, expected: str) -> None:
    assert shown(parser, text, None) == expected


def test_calendar() -> None:
    assert easter(1999) == dt.date(1999, 4, 4)
    assert days("1999-WI") == (dt.date(1999, 12, 1), dt.date(2000, 2, 29))
    assert days("P2W") is None
