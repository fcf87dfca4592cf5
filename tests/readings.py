"""Hand-made readings for the tests of the graph wing: no parser needed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from kg.model import (
    Argument,
    Attribution,
    Certainty,
    Claim,
    Comparator,
    Cue,
    Document,
    Entity,
    Evidence,
    Form,
    Mention,
    Modality,
    Polarity,
    Quantity,
    Reading,
    Role,
    Scope,
    SourceLink,
    Span,
    Speech,
    Tense,
    TimeExpression,
    TimexType,
    When,
)  # fmt: skip

PRODUCER = ("kg 0.1.0", "en_core_web_md 3.8.0")


def span(text: str, words: str, nth: int = 0) -> Span:
    """Find words in a text."""
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return Span(at, at + len(words))


class Scribe:
    """Writes a reading by hand, quoting the text."""

    def __init__(self, id: str, text: str, **document: Any) -> None:
        self.document = Document(id, text, **document)
        self.text = text
        self.sentences = _sentences(text)
        self.parts: dict[str, list[Any]] = {
            name: [] for name in ("mentions", "entities", "times", "quantities", "attributions", "claims")
        }

    def at(self, words: str, nth: int = 0) -> Span:
        return span(self.text, words, nth)

    def entity(self, name: str, kind: str, words: str | None = None, **more: Any) -> str:
        id = f"e{len(self.parts['entities'])}"
        self.parts["entities"].append(Entity(id, name, kind, **more))
        if words:
            place = self.at(words)
            self.parts["mentions"].append(Mention(place, place, Form.NAME, id, "name"))
        return id

    def quantity(self, words: str, low: float | None, high: float | None, **more: Any) -> str:
        id = f"q{len(self.parts['quantities'])}"
        self.parts["quantities"].append(Quantity(id, self.at(words), low, high, **more))
        return id

    def time(self, words: str, value: str, first: str | None = None, last: str | None = None) -> str:
        id = f"t{len(self.parts['times'])}"
        days = [dt.date.fromisoformat(day) if day else None for day in (first, last or first)]
        self.parts["times"].append(TimeExpression(id, self.at(words), TimexType.DATE, value, *days))
        return id

    def link(self, source: str, words: str | None, cue: str | None, **more: Any) -> SourceLink:
        at, cued = (self.at(w) if w else None for w in (words, cue))
        return SourceLink(source, at, cued, **more)

    def claim(self, subject: tuple[str, str | None], relation: tuple[str, str], object: Any, **more: Any) -> str:
        """Subject, object: (id, words in the text); relation: (name, words in the text)."""
        id = f"c{len(self.parts['claims'])}"
        end, end_words = object if object else (None, None)
        s, r, o = (self.at(w) if w else None for w in (subject[1], relation[1], end_words))
        assert r is not None
        known = [part for part in (s, r, o) if part]
        whole = Span(min(k.start for k in known), max(k.end for k in known))
        sentence = next(i for i, s in enumerate(self.sentences) if s.start <= r.start < s.end)
        phrase = self.at(more.pop("phrase")) if "phrase" in more else None
        cues = tuple(Cue(kind, self.at(w)) for kind, w in more.pop("cues", ()))
        evidence = Evidence(sentence, whole, s, r, o, phrase, cues, more.pop("rule", "verbs.object"))
        self.parts["claims"].append(Claim(id, subject[0], relation[0], end, evidence, **more))
        return id

    def reading(self) -> Reading:
        parts = {name: tuple(values) for name, values in self.parts.items()}
        return Reading(self.document, self.sentences, producer=PRODUCER, **parts)


def _sentences(text: str) -> tuple[Span, ...]:
    out, start = [], 0
    for i, character in enumerate(text):
        if character == "\n" or i == len(text) - 1:
            end = i if character == "\n" else i + 1
            if end > start:
                out.append(Span(start, end))
            start = i + 1
    return tuple(out)


PLAN = """Mr Blair could approve the deployment of ground troops, Whitehall sources said yesterday.
Gen Clark called for an acceleration of the campaign. He did not rule out a ground war.
If the bombing fails, NATO will send just over 17,000 troops, according to a leaked plan, Kathimerini reported.
The alliance wants Mr Cook to back the force of 55,000 by June."""


def plan(id: str = "000_plan") -> Reading:
    """A reading with every kind of judgement: possible, negative, conditional, attributed twice, nested."""
    s = Scribe(id, PLAN, title="The plan", source="The Daily", url="https://news.example/plan?a=1&b=2",
               published=dt.date(1999, 5, 24), note="date deduced")  # fmt: skip
    blair = s.entity("Tony Blair", "Person", "Blair", aliases=("Mr Blair", "Blair"),
                     same_as=("http://www.wikidata.org/entity/Q9545",))  # fmt: skip
    whitehall = s.entity("Whitehall sources", "Group", "Whitehall sources", scope=Scope.DOCUMENT,
                         anonymous=True, plural=True)  # fmt: skip
    deployment = s.entity("deployment of ground troops", "Deployment", "deployment", scope=Scope.DOCUMENT)
    clark = s.entity("Wesley Clark", "Person", "Clark")
    acceleration = s.entity("acceleration", "Concept", "acceleration")
    war = s.entity("ground war", "Concept", "ground war")
    nato = s.entity("NATO", "Organization", "NATO", aliases=("the alliance",))
    bombing = s.entity("bombing", "Bombing", "bombing", scope=Scope.DOCUMENT)
    leak = s.entity("leaked plan", "Text", "leaked plan", scope=Scope.DOCUMENT)
    paper = s.entity("Kathimerini", "Organization", "Kathimerini")
    cook = s.entity("Robin Cook", "Person", "Cook")
    force = s.entity("force of 55,000", "MilitaryUnit", "force", scope=Scope.DOCUMENT)
    troops = s.quantity("just over 17,000 troops", 17000, None, unit="person", thing="troops",
                        comparator=Comparator.JUST_OVER)  # fmt: skip
    size = s.quantity("55,000", 55000, 55000)
    yesterday = s.time("yesterday", "1999-05-23", "1999-05-23")
    june = s.time("June", "1999-06", "1999-06-01", "1999-06-30")
    said = When("1999-05-23", TimexType.DATE, dt.date(1999, 5, 23), dt.date(1999, 5, 23), yesterday)
    today = When("1999-05-24", TimexType.DATE, dt.date(1999, 5, 24), dt.date(1999, 5, 24))
    by_june = When("1999-06", TimexType.DATE, dt.date(1999, 6, 1), dt.date(1999, 6, 30), june)

    first = s.link(whitehall, "Whitehall sources", "said")
    s.claim((blair, "Blair"), ("approves", "approve"), (deployment, "deployment"), chain=(first,),
            phrase="the deployment of ground troops", certainty=Certainty.POSSIBLE, said=said,
            reporter_certainty=Certainty.UNKNOWN, modality=Modality.EPISTEMIC, tense=Tense.FUTURE,
            cues=(("certainty", "could"), ("source", "said")), confidence=0.87)  # fmt: skip
    s.claim((clark, "Clark"), ("calls_for", "called for"), (acceleration, "acceleration"), tense=Tense.PAST,
            phrase="an acceleration of the campaign", said=today)  # fmt: skip
    s.claim((clark, "He"), ("rules_out", "rule out"), (war, "ground war"), polarity=Polarity.NEGATIVE,
            tense=Tense.PAST, cues=(("polarity", "not"),), said=today)  # fmt: skip
    outer = s.link(paper, "Kathimerini", "reported")
    inner = s.link(leak, "leaked plan", "according to", speech=Speech.INDIRECT)
    chain = (outer, inner)
    fails = s.claim((bombing, "bombing"), ("fails", "fails"), None, chain=chain, antecedent=True,
                    certainty=Certainty.UNKNOWN, reporter_certainty=Certainty.UNKNOWN,
                    modality=Modality.CONDITIONAL, tense=Tense.HYPOTHETICAL)  # fmt: skip
    s.claim((nato, "NATO"), ("sends", "send"), (troops, "just over 17,000 troops"), chain=chain, conditions=(fails,),
            condition=s.at("If the bombing fails"), reporter_certainty=Certainty.UNKNOWN, tense=Tense.FUTURE,
            arguments=(Argument(Role.CONDITION, s.at("If the bombing fails"), bombing),))  # fmt: skip
    backs = s.claim((cook, "Cook"), ("backs", "back"), (force, "force"), certainty=Certainty.UNKNOWN,
                    modality=Modality.INTENTION, tense=Tense.FUTURE, meant=by_june, said=today,
                    arguments=(Argument(Role.TIME, s.at("June"), june), Argument(Role.QUANTITY, s.at("55,000"), size),
                               Argument(Role.MANNER, s.at("by June"))))  # fmt: skip
    s.claim((nato, "The alliance"), ("wants", "wants"), (backs, "Mr Cook to back the force"), said=today)
    content = (s.at("If the bombing fails, NATO will send just over 17,000 troops"),)
    s.parts["attributions"] += [
        Attribution(s.at("Kathimerini"), s.at("reported"), content, paper),
        Attribution(s.at("leaked plan"), s.at("according to"), content, leak, parent=0),
    ]
    return s.reading()


def reports() -> tuple[Reading, ...]:
    """Short dated reports that share people and organisations and differ in numbers."""
    rows = (
        ("may", "1999-05-10", "The Daily", "NATO", "28,000 troops", 28000.0, None),
        ("june", "1999-06-01", "The Herald", "NATO", "45,000 troops", 45000.0, None),
        ("july", "1999-07-02", "The Daily", "Robin Cook", "55,000 troops", 55000.0, "Robin Cook"),
    )
    return tuple(_report(*row) for row in rows)


def _report(id: str, date: str, paper: str, who: str, words: str, number: float, speaker: str | None) -> Reading:
    text = f"{who} will send {words}, {speaker or 'it'} said."
    s = Scribe(id, text, source=paper, published=dt.date.fromisoformat(date))
    sender = s.entity(who, "Person" if " " in who else "Organization", who)
    amount = s.quantity(words, number, number, unit="person", thing="troops")
    day = dt.date.fromisoformat(date)
    said = When(date, TimexType.DATE, day, day)
    chain = (s.link(sender, None, "said"),) if speaker else ()
    certainty = Certainty.UNKNOWN if speaker else Certainty.CERTAIN
    s.claim((sender, who), ("sends", "send"), (amount, words), chain=chain, said=said, tense=Tense.FUTURE,
            reporter_certainty=certainty)  # fmt: skip
    return s.reading()


NASTY = """<script>alert("x")</script> & "Anna \\ O'Neil" met\tJosé Müller 👍 in {Reşadiye}|[x]^`y`.
=SUM(A1) said: "No."\r
\u2028End\u0007 of it."""


def nasty() -> Reading:
    """A reading whose names and quotes hold everything that breaks careless writers."""
    s = Scribe("weird id/ä?#[1]%20 é:", NASTY, title='A "title" \\ with\nall', source="<b>Paper</b>",
               url="not a url")  # fmt: skip
    anna = s.entity('"Anna \\ O\'Neil"', "Person", "Anna \\ O'Neil", aliases=("<script>", "{x}|^`"),
                    same_as=("not an iri", "http://ok.example/ü?q=1"))  # fmt: skip
    jose = s.entity("José Müller 👍", "Person", "José Müller 👍")
    formula = s.entity("=SUM(A1)", "NoSuchKind", "=SUM(A1)", scope=Scope.DOCUMENT)
    twin = s.entity("=SUM(A1)", "NoSuchKind", scope=Scope.DOCUMENT)
    long = s.entity("a very " * 30 + "long name_with % and ü", "Concept", scope=Scope.DOCUMENT)
    s.claim((anna, "Anna \\ O'Neil"), ("meets", "met"), (jose, "José Müller 👍"))
    s.claim((anna, "Anna \\ O'Neil"), ("meets", "met"), (jose, "José Müller 👍"), polarity=Polarity.NEGATIVE)
    s.claim((formula, "=SUM(A1)"), ("says", "said"), (twin, None))
    s.claim((twin, None), ("is-über_50%", "No."), (long, None), tense=Tense.PAST)
    return s.reading()


# Three people of one surname, two of one full name, an acronym, and documents that tell them apart.
_PEOPLE = (
    ("Ann Reilly", "Person", "Norwell Foods", "Company"),
    ("Reilly", "Person", "Norwell Foods", "Company"),
    ("Ann Reilly", "Person", "Harbour Choir", "Organization"),
    ("Tom Reilly", "Person", "Norwell Foods", "Company"),
    ("Reilly", "Person", "Harbour Choir", "Organization"),
    ("Ann Reilly", "Person", "World Tyre Cutting Authority", "Organization"),
    ("WTCA", "Organization", "Tom Reilly", "Person"),
    ("World Tyre Cutting Authority", "Organization", "Harbour Choir", "Organization"),
)


def namesake(number: int, id: str | None = None) -> Reading:
    """One of eight short reports whose names other reports share."""
    who, kind, body, body_kind = _PEOPLE[number]
    s = Scribe(id or f"people{number}", f"{who} praised {body}.", title=f"Report {number}")
    praised = s.entity(body, body_kind, body)
    s.claim((s.entity(who, kind, who), who), ("praises", "praised"), (praised, body))
    return s.reading()
