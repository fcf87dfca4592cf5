"""Bare claims and their judgements to the finished reading of one document: nodes, claims, and the links between.

Every phrase becomes a node once: the entity it refers to, a quantity, another claim, or else a concept of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from kg.model import (
    UNSPECIFIED,
    Argument,
    Attribution,
    Claim,
    Entity,
    Evidence,
    Form,
    Quantity,
    Reading,
    Role,
    Scope,
    Span,
)
from kg.ontology import Ontology
from kg.reading.confidence import claim_confidence
from kg.reading.extract import BareClaim, Page, Phrase
from kg.reading.qualify import Judgement
from kg.reading.resolve.events import CLAUSE
from kg.reading.speech import Frame

_EDGE: Final = re.compile(
    r"^(?:the|a|an|this|that|these|those|some|any|its|his|her|their|our|my|your)\s+(?!of\b)", re.IGNORECASE
)
_REFLEXIVE: Final = ("self", "selves")
_PREDICATES: Final = frozenset(("VERB", "AUX"))
_KIND: Final = "is_a"
_QUOTES: Final = "\"“”'‘’ "


def assemble(page: Page, judged: Sequence[tuple[BareClaim, Judgement]], producer: tuple[str, ...]) -> Reading:
    """Join what the stages found to one reading; claims in text order, each said once."""
    nodes = _Nodes(page)
    kept = _distinct(judged)
    of_predicate: dict[int, str] = {}
    for number, (bare, _) in enumerate(kept, 1):
        of_predicate.setdefault(bare.predicate, f"c{number}")
    claims: list[Claim] = []
    for number, (bare, judgement) in enumerate(kept, 1):
        claim = _claim(page, nodes, of_predicate, f"c{number}", bare, judgement)
        if claim is not None:
            claims.append(claim)
    return Reading(
        document=page.parse.document,
        sentences=tuple(page.parse.span(s.first, s.end) for s in page.parse.sentences),
        mentions=page.resolution.mentions,
        entities=(*page.resolution.entities, *nodes.added, *_nobody(claims)),
        times=page.times,
        quantities=page.quantities,
        attributions=tuple(_attribution(page, frame) for frame in page.frames),
        claims=tuple(_linked(_grounded(claims))),
        clusters=page.resolution.clusters,
        producer=producer,
    )


class _Nodes:
    """The node each phrase stands for; makes concepts for phrases that refer to nothing known."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._quantities = sorted(page.quantities, key=lambda q: q.span)
        self._starts = [q.span.start for q in self._quantities]
        self._concepts: dict[str, Entity] = {}
        self.added: list[Entity] = []

    def of(self, phrase: Phrase) -> str:
        """Find or make the node of a phrase."""
        quantity = self.quantity(phrase)
        mention = self._page.resolution.at(phrase.head)
        named = mention is not None and mention.form is Form.NAME  # "22 new Dreamliners" are Dreamliners
        if quantity is not None and not named and self._is_number(phrase):
            return quantity.id
        if phrase.pronoun is not None and (other := self._page.resolution.at(phrase.pronoun)) is not None:
            mention = other if other.rule == CLAUSE else mention  # "raised taxes, which angered unions"
        if mention is not None:
            return mention.entity
        return self.concept(phrase)

    def event(self, bare: BareClaim) -> str | None:
        """Find the node of the event that a claim tells: its noun's own, or one that its verb is taken up by."""
        resolution = self._page.resolution
        for i in (bare.predicate, *bare.words):
            if (found := resolution.event_at(i)) is not None:
                return found
        noun = resolution.at(bare.predicate) if bare.rule.startswith("event_noun") else None
        return None if noun is None else noun.entity

    def role(self, phrase: Phrase) -> str:
        """Find the node of the role a phrase names, where its mention stands for the holder."""
        mention = self._page.resolution.role_at(phrase.head)
        return mention.entity if mention is not None else self.of(phrase)

    def quantity(self, phrase: Phrase) -> Quantity | None:
        """The quantity whose span touches the phrase's core, if any."""
        core = self._page.parse.span(*phrase.core)
        place = bisect_right(self._starts, core.end - 1)
        for quantity in reversed(self._quantities[max(0, place - 2) : place]):
            if quantity.span.touches(core):
                return quantity
        return None

    def counting(self, phrase: Phrase, deep: bool) -> list[Quantity]:
        """The quantities that count a phrase's head or, if deep, what it is of: "the dispatch of 5,000 troops"."""
        tokens = self._page.parse.tokens
        whole = self._page.parse.span(*phrase.full)
        first, end = bisect_left(self._starts, whole.start), bisect_left(self._starts, whole.end)
        if first == end:
            return []
        of = [p for p in tokens[phrase.head].children if deep and tokens[p].lower == "of"]
        heads = [phrase.head, *(c for p in of for c in tokens[p].children if tokens[c].dep == "pobj")]
        return [q for q in self._quantities[first:end] if any(q.span.touches(tokens[h].span) for h in heads)]

    def _is_number(self, phrase: Phrase) -> bool:
        """The phrase is the figure itself ("13,000 soldiers" as a size), not what is counted."""
        parse = self._page.parse
        quantity = self.quantity(phrase)
        core = parse.span(*phrase.core)
        head = parse.tokens[phrase.head]
        if any(parse.tokens[c].lower == "of" for c in head.children):
            return False  # "two-thirds of the houses" are houses
        return quantity is not None and (
            head.pos in ("NUM", "SYM") or (quantity.span.covers(core) and parse.tokens[phrase.core[0]].pos == "NUM")
        )

    def concept(self, phrase: Phrase) -> str:
        """Make a node of what refers to nothing known: one for each noun phrase, but "it" here is not "it" there."""
        parse = self._page.parse
        name = concise(parse.text(*phrase.core))
        key, id, scope = name.casefold(), f"n{len(self.added) + 1}", Scope.WORLD
        if key in _unnamed(self._page.ontology):
            key = id = f"n@{parse.tokens[phrase.head].start}"
            scope = Scope.DOCUMENT
        if key not in self._concepts:
            entity = Entity(id=id, name=name, kind="Concept", scope=scope)
            self._concepts[key] = entity
            self.added.append(entity)
        return self._concepts[key].id


@cache
def _unnamed(ontology: Ontology) -> frozenset[str]:
    """Words that by themselves name nothing: "it", "this", "some", "others"."""
    lists = ("kg:Indefinite", "kg:IndefinitePronoun", "kg:Demonstrative")
    return frozenset(w for one in lists for w in ontology.values(one, "kg:word")) | ontology.lexicon("kg:form").keys()


def concise(words: str) -> str:
    """Name a phrase without its article, quotation marks and line breaks.

    >>> concise('the "only authority"')
    'only authority'
    """
    plain = re.sub(r"\s+", " ", words.replace('"', "").replace("“", "").replace("”", "")).strip(_QUOTES)
    return _EDGE.sub("", plain) or plain


def _distinct(judged: Iterable[tuple[BareClaim, Judgement]]) -> list[tuple[BareClaim, Judgement]]:
    """In text order; of two that say the same of one predicate, the surer."""
    best: dict[tuple[object, ...], tuple[BareClaim, Judgement]] = {}
    for bare, judgement in judged:
        other = bare.object.head if isinstance(bare.object, Phrase) else ("claim", bare.object)
        subject = bare.subject.head if bare.subject else None
        key = (bare.predicate, subject, bare.relation, other)
        if key not in best or bare.confidence > best[key][0].confidence:
            best[key] = (bare, judgement)
    return sorted(best.values(), key=lambda pair: _order(pair[0]))


def _order(bare: BareClaim) -> tuple[int, int, int, int, str, str]:
    """Of one predicate the fullest relation comes first: "plans to sell" before the bare "sells"."""
    subject = bare.subject.head if bare.subject else -1
    other = bare.object.head if isinstance(bare.object, Phrase) else -1
    return bare.predicate, -len(bare.words), subject, other, bare.relation, bare.rule


def _claim(
    page: Page, nodes: _Nodes, of_predicate: dict[int, str], id: str, bare: BareClaim, judgement: Judgement
) -> Claim | None:
    if bare.subject is None or page.parse.tokens[bare.subject.head].pos == "AUX":
        return None  # nobody to say it of, or a parse gone wrong
    other: str | None = None
    if isinstance(bare.object, Phrase):
        other = nodes.role(bare.object) if bare.relation == "holds_role" else nodes.of(bare.object)
    elif bare.object is not None:
        other = of_predicate.get(bare.object)
        if other == id:
            return None
    subject = nodes.of(bare.subject)
    if subject == other:
        if not isinstance(bare.object, Phrase):
            return None
        if page.parse.tokens[bare.object.head].lower.endswith(_REFLEXIVE):
            other = None  # "the firm reinvents itself"
        elif bare.relation == _KIND:
            # "The Irish airline Norwell" is Norwell, and an Irish airline.
            said = bare.object
            other = nodes.concept(replace(said, core=(said.core[0], said.head + 1)))
        elif page.parse.tokens[bare.predicate].lemma in page.ontology.values("kg:NamingVerb", "kg:word"):
            subject = nodes.concept(bare.subject)  # "the bridge was named Unity": a bridge, until then
        elif page.parse.tokens[bare.subject.head].pos == "PRON":
            subject = nodes.concept(bare.subject)  # "it flew to Oslo": whatever it was, not Oslo
        elif page.parse.tokens[bare.object.head].pos == "PRON":
            other = nodes.concept(bare.object)
        else:
            return None
    return Claim(
        id=id,
        subject=subject,
        relation=bare.relation,
        object=other,
        evidence=_evidence(page, bare, judgement),
        arguments=_arguments(page, nodes, bare),
        chain=judgement.chain,
        polarity=judgement.polarity,
        certainty=judgement.certainty,
        reporter_certainty=judgement.reporter_certainty,
        factuality=judgement.factuality,
        modality=judgement.modality,
        tense=judgement.tense,
        condition=judgement.condition,
        antecedent=judgement.antecedent,
        said=judgement.said,
        meant=judgement.meant,
        confidence=round(bare.confidence * claim_confidence(page.parse, bare), 2),
        event=nodes.event(bare),
    )


def _evidence(page: Page, bare: BareClaim, judgement: Judgement) -> Evidence:
    parse = page.parse
    subject = parse.span(*_place(bare.subject)) if bare.subject else None
    other = phrase = None
    if isinstance(bare.object, Phrase):
        other, phrase = parse.span(*_place(bare.object)), parse.span(*bare.object.full)
    elif bare.object is not None:
        edge = parse.subtree(bare.object)
        other, phrase = parse.tokens[bare.object].span, parse.span(edge.start, edge.stop)
    words = sorted(bare.words) or [bare.predicate]
    relation = parse.span(words[0], words[-1] + 1)
    spans = [s for s in (subject, relation, other, phrase) if s is not None]
    whole = Span(min(s.start for s in spans), max(s.end for s in spans))
    number = parse.tokens[bare.predicate].sent
    return Evidence(number, whole, subject, relation, other, phrase, judgement.cues, bare.rule)


def _place(phrase: Phrase) -> tuple[int, int]:
    """Where it is said in its clause: by its concise core, or by a relative pronoun."""
    return phrase.core if phrase.pronoun is None else (phrase.pronoun, phrase.pronoun + 1)


def _arguments(page: Page, nodes: _Nodes, bare: BareClaim) -> tuple[Argument, ...]:
    """The arguments an extractor found, and the numbers that count subject and object or what these are of."""
    given = [_argument(page, nodes, role, phrase) for role, phrase in bare.arguments]
    known = {argument.node for argument in given}
    counted = [
        Argument(Role.QUANTITY, quantity.span, quantity.id, quantity.span)
        for phrase in (bare.subject, bare.object)
        if isinstance(phrase, Phrase)
        for quantity in nodes.counting(phrase, deep=phrase is bare.object)
        if quantity.id not in known
    ]
    return (*given, *dict.fromkeys(counted))


def _argument(page: Page, nodes: _Nodes, role: Role, phrase: Phrase) -> Argument:
    span, head = page.parse.span(*phrase.full), page.parse.tokens[phrase.head]
    if head.pos in _PREDICATES:
        return Argument(role, span, None, head.span)
    node: str | None = None
    if role is Role.TIME:
        node = next((t.id for t in page.times if t.span.touches(span)), None)
    elif (quantity := nodes.quantity(phrase)) is not None:
        node = quantity.id
    elif (mention := page.resolution.at(phrase.head)) is not None:
        node = mention.entity
    return Argument(role, span, node, page.parse.span(*_place(phrase)))


def _attribution(page: Page, frame: Frame) -> Attribution:
    parse = page.parse
    mention = page.resolution.at(frame.source_head) if frame.source_head is not None else None
    return Attribution(
        source=parse.span(*frame.source) if frame.source else None,
        cue=parse.span(min(frame.cue), max(frame.cue) + 1) if frame.cue else None,
        content=tuple(parse.span(*content) for content in frame.contents),
        entity=mention.entity if mention else None,
        speech=frame.speech,
        force=frame.force,
        parent=frame.parent,
    )


def _nobody(claims: Sequence[Claim]) -> list[Entity]:
    """The source that nobody names, where a claim has it."""
    if not any(link.entity == UNSPECIFIED for claim in claims for link in claim.chain):
        return []
    return [Entity(UNSPECIFIED, UNSPECIFIED, "Agent", scope=Scope.DOCUMENT, anonymous=True)]


def _grounded(claims: Sequence[Claim]) -> list[Claim]:
    """Drop claims about a claim that was itself dropped, or that lead round to themselves: they stand on nothing."""
    about: dict[str | None, list[Claim]] = {}
    for claim in claims:
        about.setdefault(claim.object if claim.object and claim.object.startswith("c") else None, []).append(claim)
    grounded = about.get(None, [])
    for claim in grounded:
        grounded.extend(about.get(claim.id, ()))
    return sorted(grounded, key=lambda claim: int(claim.id[1:]))


def _linked(claims: Sequence[Claim]) -> Iterable[Claim]:
    """Tie each conditional claim to the claims that make up its condition."""
    antecedents = [c for c in claims if c.antecedent]
    for claim in claims:
        if claim.condition is None:
            yield claim
            continue
        inside = tuple(a.id for a in antecedents if a.id != claim.id and claim.condition.covers(a.evidence.relation))
        yield replace(claim, conditions=inside)
