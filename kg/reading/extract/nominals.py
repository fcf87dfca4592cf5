"""Claims that noun phrases make: roles, appositions, affiliations, sizes and parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from kg.reading.clauses import conjuncts, core, extent, lexicon
from kg.reading.extract import BareClaim, Page, Phrase
from kg.reading.extract.events import event_nouns
from kg.reading.extract.verbs import phrase
from kg.reading.resolve.events import APPOSED

if TYPE_CHECKING:
    from kg.reading.parse import Token

_NOUNS: Final = frozenset(("NOUN", "PROPN"))
_GROUPS: Final = frozenset(("ORG", "GPE", "NORP"))
_BETWEEN: Final = frozenset(("between", "near"))
_MEASURES: Final = {
    "strong": "has_size", "wide": "has_width", "long": "has_length", "high": "has_height", "deep": "has_depth",
    "old": "has_age",
}  # fmt: skip
_COUNTERS: Final = frozenset(
    (
        "total",
        "number",
        "thousand",
        "hundred",
        "group",
        "majority",
        "half",
        "one",
        "some",
        "none",
        "all",
        "most",
        "many",
        "few",
        "several",
        "two",
        "third",
        "quarter",
        "percent",
        "average",
        "mean",
        "margin",
        "error",
        "rate",
        "level",
        "dozen",
        "score",
        "million",
        "each",
        "any",
    )
)
_BESIDE: Final = frozenset((",", "(", "-", "–", "—", "--", "["))
_QUOTES: Final = frozenset(('"', "``", "“", "''", "'", "‘", "”", "’"))
_PICKING: Final = frozenset(
    ("particularly", "especially", "notably", "mainly", "mostly", "chiefly", "including", "not")
)
_NUMBERS: Final = frozenset(("CARDINAL", "QUANTITY", "MONEY", "PERCENT", "DATE", "TIME"))


def nominals(page: Page) -> Iterable[BareClaim]:
    """Find the claims made by noun phrases rather than verbs."""
    reader = _Nominals(page)
    for token in page.parse.tokens:
        if token.pos in _NOUNS:
            yield from reader.claims(token)


class _Nominals:
    def __init__(self, page: Page) -> None:
        self.tokens = page.parse.tokens
        self.words = lexicon(page.ontology)
        self.events = event_nouns(page.ontology)
        self.in_name = page.resolution.in_name
        self.apart = frozenset(m.head.start for m in page.resolution.mentions if m.rule == APPOSED)
        """Where an apposition speaks of its whole clause: "raised taxes, a decision that …"."""

    def claims(self, noun: Token) -> Iterator[BareClaim]:
        tokens = self.tokens
        for c in noun.children:
            child = tokens[c]
            dep = child.dep
            if dep == "appos" and child.start not in self.apart:
                yield from self.apposition(noun, child)
            elif dep in ("compound", "amod", "nmod"):
                if c < noun.i:
                    yield from self.modifier(noun, child)
            elif dep == "prep" and c > noun.i:
                yield from self.prepositional(noun, child)

    def apposition(self, noun: Token, other: Token) -> Iterator[BareClaim]:
        """As in "The British Prime Minister, Mr Tony Blair"; "Kathy Jones, a teacher"."""
        if other.pos not in _NOUNS or other.ent in _NUMBERS or noun.ent in _NUMBERS:
            return
        if self.counts_units(other) or not self.beside(noun, other):
            return
        if any(self.tokens[c].lower in _PICKING for c in other.children):
            return  # "parts of the country, particularly the south"
        if any(one.lemma in self.events and self.counts(two) for one, two in ((noun, other), (other, noun))):
            return  # "an increase, some 13,000 soldiers"
        if any(self.tokens[c].dep == "neg" for c in (*noun.children, *other.children)):
            return  # "camps, not their homes" sets two things apart
        name, rest = (
            (other, noun) if (other.pos == "PROPN" and noun.pos != "PROPN") or other.ent == "PERSON" else (noun, other)
        )
        if name.ent == "PERSON":
            relation = "holds_role" if self.is_role(rest) else "is"
        elif name.ent == rest.ent and name.ent in ("GPE", "LOC"):
            relation = "is_located_in"
            name, rest = noun, other
        elif rest.ent == "PERSON" or (rest.pos == "PROPN" and name.pos == "PROPN"):
            return
        else:
            if any(self.tokens[c].dep == "conj" for c in other.children) or noun.dep == "appos":
                return  # a list: "the noise, the dust and the heat"
            relation = "is_a"
        others = conjuncts(self.tokens, rest.i) if rest is other else (rest.i,)
        for one in others:
            if self.tokens[one].pos in _NOUNS:
                yield self.claim("apposition", one, relation, name.i, one)

    def modifier(self, noun: Token, child: Token) -> Iterator[BareClaim]:
        """As in "President Clinton", "a veteran NATO diplomat", "a NATO-led force", "a 28,000-strong force"."""
        tokens = self.tokens
        if noun.ent == "PERSON" and child.dep in ("compound", "nmod") and self.is_role(child):
            yield self.title(noun, child)
        elif noun.pos == "NOUN" and child.ent in _GROUPS and self.is_role(noun):
            yield BareClaim(
                "affiliation", noun.i, "is_affiliated_with", (child.i,), self.phrase(noun.i), self.phrase(child.i)
            )
        elif child.tag == "VBN" and any(tokens[c].lower in self.words.lately for c in child.children):
            yield BareClaim("participle", child.i, f"is_{child.lower}", (child.i,), self.phrase(noun.i), None)
        elif child.tag in ("VBN", "VBD") and child.children:
            doer = next((c for c in child.children if c < child.i and tokens[c].pos == "PROPN"), None)
            if doer is not None and tokens[doer].ent == "NORP" and child.lemma in self.words.people_verbs:
                return  # "Serb-dominated": by people, not by the state that their name also stands for
            if doer is not None and doer + 2 == child.i and tokens[doer + 1].text == "-":
                marker = "in" if child.lemma in ("base", "hold", "bear") else "by"
                yield BareClaim(
                    "compound_participle", child.i, f"is_{child.lower}_{marker}", (child.i,),
                    self.phrase(noun.i), Phrase(doer, (doer, doer + 1), (doer, doer + 1)),
                )  # fmt: skip
        elif child.lower in _MEASURES:
            number = self.measure(child)
            if number is not None:
                size = Phrase(number, (child.left, number + 1), (child.left, number + 1))
                yield BareClaim("measure", noun.i, _MEASURES[child.lower], (child.i,), self.phrase(noun.i), size)

    def measure(self, child: Token) -> int | None:
        for c in range(child.i - 1, child.left - 1, -1):
            if self.tokens[c].text != "-" and (
                self.tokens[c].pos in ("NUM", "NOUN") or self.tokens[c].text[:1].isdigit()
            ):
                return c
        return None

    def title(self, person: Token, role: Token) -> BareClaim:
        first = min((c for c in role.children if self.tokens[c].dep in ("compound", "amod", "nmod")), default=role.i)
        start = self.tokens[first].left if first < role.i else role.left
        name = core(self.tokens, person.i)
        inside = (max(role.i + 1, name[0]), name[1])
        who = Phrase(person.i, inside, extent(self.tokens, person.i))
        return BareClaim(
            "title", role.i, "holds_role", (role.i,), who, Phrase(role.i, (start, role.i + 1), (start, role.i + 1))
        )

    def prepositional(self, noun: Token, prep: Token) -> Iterator[BareClaim]:
        """As in "A force of 45,000 troops", "a zone between A and B", "zones including X"."""
        tokens = self.tokens
        objects = [c for c in prep.children if tokens[c].dep == "pobj"]
        if not objects:
            return
        inner = tokens[objects[0]]
        if prep.lower == "of":
            event = self.events.get(noun.lemma)
            acts = event is not None and event.relation != "has"
            if noun.lemma not in _COUNTERS and noun.pos != "NUM" and not acts and self.counts(inner):
                yield BareClaim("size", noun.i, "has_size", (prep.i,), self.phrase(noun.i), self.phrase(inner.i))
        elif prep.lower in _BETWEEN and noun.lemma not in self.events and inner.pos != "NUM":
            for one in conjuncts(tokens, inner.i):
                yield BareClaim(
                    "location", noun.i, f"lies_{prep.lower}", (prep.i,), self.phrase(noun.i), self.phrase(one)
                )
        elif prep.lower == "including":
            for one in conjuncts(tokens, inner.i):
                yield BareClaim("part", noun.i, "includes", (prep.i,), self.phrase(noun.i), self.phrase(one))

    def counts(self, noun: Token) -> bool:
        """Tell whether a noun is counted: "45,000 troops", no "777 airliner"."""
        figures = [self.tokens[c] for c in noun.children if self.tokens[c].dep == "nummod"]
        return (
            noun.pos == "NOUN"
            and noun.ent not in ("DATE", "TIME", "MONEY", "PERCENT")
            and noun.lemma not in self.words.time_nouns
            and any(not self.in_name(figure.span) for figure in figures)
        )

    def beside(self, noun: Token, other: Token) -> bool:
        """An apposition follows a comma or a bracket, or is a name beside its noun: "the carrier Aeroflot"."""
        before = other.left - 1
        while before > noun.i and self.tokens[before].text in _QUOTES:
            before -= 1
        if before == noun.i:
            return "PROPN" in (noun.pos, other.pos)
        return self.tokens[before].text in _BESIDE

    def counts_units(self, noun: Token) -> bool:
        return noun.lower in self.words.unit_words and any(self.tokens[c].dep == "nummod" for c in noun.children)

    def claim(self, rule: str, predicate: int, relation: str, subject: int, thing: int) -> BareClaim:
        return BareClaim(rule, predicate, relation, (thing,), self.phrase(subject), self.phrase(thing))

    def is_role(self, noun: Token) -> bool:
        return noun.lemma in self.words.role_nouns

    def phrase(self, head: int) -> Phrase:
        return phrase(self.tokens, head)
