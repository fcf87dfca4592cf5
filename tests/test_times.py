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
    ("In the 12 days since the first units entered it rained.", "the 12 days=P12D"),
    ("The talks were postponed until Tuesday.", "Tuesday=1999-05-25"),
    ("An election planned for October was called off.", "October=1999-10"),
    ("He had been due to leave Friday.", "Friday=1999-05-21"),
    ("He is to speak on Friday.", "Friday=1999-05-28"),
    ("The rent is due by Friday.", "Friday=1999-05-28"),
    ("It will soon begin.", "soon=FUTURE_REF"),
    ("He was soon released.", ""),
    ("He will come as soon as he can.", ""),
    ("The shop is shut until Thursday.", "Thursday=1999-05-27"),
    ("Two members had filed by Friday.", "Friday=1999-05-21"),
    ("It wants to close 20 shops by early June.", "early June=1999-06"),
    ("A plan to vote in July was dropped.", "July=1999-07"),
    ("The December figures will help.", "December=1998-12"),
    ("Friday's ruling will be appealed.", "Friday=1999-05-21"),
    ("He was last seen Nov. 3.", "Nov. 3=1998-11-03"),
    ("He died last Oct. 23.", "last Oct. 23=1998-10-23"),
    ("The year ended Aug. 31 was good.", "The year=P1Y; Aug. 31=1998-08-31"),
    ("The week of March 6 was hard.", "The week of March 6=1999-W09"),
    ("Shares fell on Friday. They lost 3 percent on the day.", "Friday=1999-05-21; the day=1999-05-21"),
    ("It was a good idea in the day.", ""),
    (
        "Profit rose in the third quarter to $3 million from $2 million a year earlier. Sales fell in the quarter.",
        "the third quarter=1998-Q3; a year earlier=1997-Q3; the quarter=1998-Q3",
    ),
    (
        "In the first nine months profit fell from that of a year earlier.",
        "the first nine months=P9M; a year earlier=1998",
    ),
    ("He was born in nineteen forty-five.", "nineteen forty-five=1945"),
    ("The nineties were kind.", "The nineties=199"),
    ("She is in her nineties.", ""),
    ("The raid ended at 0800 UTC.", "0800 UTC=1999-05-24T08:00Z"),
    ("He was shot at 10 p.m. as he left.", "10 p.m.=1999-05-24T22:00"),
    ("The current mood is bad after recent losses.", "current=PRESENT_REF; recent=PAST_REF"),
    ("In recent years it grew.", "recent years=PAST_REF"),
    ("In coming months it will slow.", "coming months=FUTURE_REF"),
    ("Jan Kavan met April Brown.", ""),
    ('He was on "This Week" and "60 Minutes" again.', ""),
    ("Three-quarters of them left.", ""),
    ("It lasted a minute and a half.", "a minute and a half=PT1M30S"),
    ("He left. An hour later he was dead.", "An hour later=PT1H"),
    ("They meet twice a year.", "a year=P1Y"),
    ("Before Christmas he will resign.", "Christmas=1999-12-25"),
    ("He left the day before yesterday.", "the day before yesterday=1999-05-22"),
    ("He will leave by the end of June.", "the end of June=1999-06"),
    ("The firm cut its quarterly dividend.", ""),
    ("On the third day of the march they rested.", "the third day=XXXX-XX-XX"),
    ("Year-earlier results were better.", "Year-earlier=1998-Q1"),
    ("They introduced it in April. One is left.", "April=1999-04"),
    ("It rained on Monday. In the week before it was dry.", "Monday=1999-05-24; the week=1999-W21"),
    ("He spoke on Friday and the next day he left.", "Friday=1999-05-21; the next day=1999-05-22"),
]
KNOWN_FAILURES = [("The 1998-99 season is over.", "1998-99=1998/1999", "two years under one value")]
UNDATED = [
    ("He resigned on Thursday.", "Thursday=XXXX-WXX-4"),
    ("He resigned yesterday.", "yesterday=XXXX-XX-XX"),
    ("He resigned last week.", "last week=XXXX-WXX"),
    ("He resigned in August.", "August=XXXX-08"),
    ("He resigned on May 20.", "May 20=XXXX-05-20"),
    ("He resigned in May 1998.", "May 1998=1998-05"),
    ("He resigned last year.", "last year=XXXX"),
    ("He left the day before yesterday.", "the day before yesterday=XXXX-XX-XX"),
    ("The week of March 6 was hard.", "The week of March 6=XXXX-WXX"),
    ("In the 12 days since they came it rained.", "the 12 days=P12D"),
    ("It ended at Christmas.", "Christmas=XXXX-12-25"),
    ("Profit fell from that of a year earlier.", "a year earlier=XXXX"),
    ("The day was long.", ""),
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [*ROWS, *(pytest.param(t, e, marks=pytest.mark.xfail(strict=True, reason=r)) for t, e, r in KNOWN_FAILURES)],
)
def test_dated(parser: Parser, text: str, expected: str) -> None:
    assert shown(parser, text, dt.date(1999, 5, 24)) == expected


@pytest.mark.parametrize(("text", "expected"), UNDATED)
def test_undated_never_invents_a_day(parser: Parser, text: str, expected: str) -> None:
    assert shown(parser, text, None) == expected


BOUNDED = [
    ("In the 12 days since the first units entered it rained.", "1999-05-12/1999-05-24"),
    ("It rose in the past two months.", "1999-03-24/1999-05-24"),
    ("It falls in the next two weeks.", "1999-05-24/1999-06-07"),
    ("It falls in the next two to three weeks.", None),
    ("It fell in the past few weeks.", None),
    ("It lasted three months.", None),
    ("It fell in May 1998.", "1998-05-01/1998-05-31"),
    ("It opened last week.", "1999-05-17/1999-05-23"),
]


@pytest.mark.parametrize(("text", "days_covered"), BOUNDED)
def test_days_covered(parser: Parser, text: str, days_covered: str | None) -> None:
    (parse,) = parser.read([Document("x", text, published=dt.date(1999, 5, 24))])
    (time,) = times(parse, ontology())
    assert (f"{time.first}/{time.last}" if time.first else None) == days_covered
    (undated,) = parser.read([Document("x", text)])
    assert days_covered is None or "1998" in text or times(undated, ontology())[0].first is None


def test_calendar() -> None:
    assert easter(1999) == dt.date(1999, 4, 4)
    assert days("1999-WI") == (dt.date(1999, 12, 1), dt.date(2000, 2, 29))
    assert days("P2W") is None
