"""Readings as RDF.

A claim is a node of its own (an n-ary relation, https://www.w3.org/TR/swbp-n-aryRelations/) that also
carries rdf:subject, rdf:predicate and rdf:object; beside it stands the plain triple `rel:` for every positive
claim, and `fact:` only where the document itself asserts it. There are no blank nodes: every IRI comes from
content, that is from the document's id, character offsets and names, so that one text always gives one graph.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from json import dumps
from typing import Final

import pyoxigraph as ox

from kg.gazetteer import Gazetteer
from kg.graph.names import ALT_LABEL, LABEL, Identity, Names, classes, is_indefinite, organisation_key, term
from kg.graph.terms import (
    BASE,
    VOCABULARIES,
    digest,
    encode,
    iri,
    is_iri,
    literal,
    number,
    relation_name,
    slug,
    turtle,
    typed,
)
from kg.model import (
    Argument,
    Attribution,
    Certainty,
    Claim,
    Document,
    Entity,
    Modality,
    Polarity,
    Quantity,
    Reading,
    Scope,
    SourceLink,
    Span,
    Tense,
    TimeExpression,
    When,
)  # fmt: skip
from kg.ontology import FACT, RELATION, Ontology
from kg.record import REPORTER

TYPE: Final = term("rdf:type")
_SUBJECT, _PREDICATE, _OBJECT = term("rdf:subject"), term("rdf:predicate"), term("rdf:object")
_SAME_AS: Final = term("owl:sameAs")
_START, _END, _EXACT = term("oa:start"), term("oa:end"), term("oa:exact")
_GENERATED, _ASSOCIATED = term("prov:wasGeneratedBy"), term("prov:wasAssociatedWith")
_DOCUMENT, _SPAN, _SOURCE, _CUE = term("kg:document"), term("kg:span"), term("kg:source"), term("kg:cue")
_CLAIM, _ENTITY, _IN_SENTENCE, _RULE = term("kg:Claim"), term("kg:Entity"), term("kg:sentence"), term("kg:rule")
_TRUE: Final = typed("true", "boolean")
FACTUAL: Final = frozenset((Modality.NONE,))
"""Modalities that leave a claim a statement of fact."""


@dataclass(frozen=True, slots=True)
class Statements:
    """What one reading states, as sorted N-Triples lines without repeats."""

    own: tuple[str, ...]
    """No other document can state these."""
    shared: tuple[str, ...]
    """Other documents may state them too: of people, places, relations, days."""

    def __iter__(self) -> Iterator[str]:
        yield from self.own
        yield from self.shared


def statements(reading: Reading, base: str = BASE, identity: Identity | None = None) -> Statements:
    """Write all that a reading says as N-Triples lines."""
    writer = _Writer(reading, Names(reading, base, identity))
    writer.write()
    own, shared = set(writer.lines), set(writer.shared)
    return Statements(tuple(sorted(own)), tuple(sorted(shared)))


def triples(reading: Reading, base: str = BASE, identity: Identity | None = None) -> Iterator[ox.Triple]:
    """Write all that a reading says as triples, in canonical order."""
    lines = sorted(statements(reading, base, identity))
    for triple in ox.parse("\n".join(lines), format=ox.RdfFormat.N_TRIPLES):
        yield ox.Triple(triple.subject, triple.predicate, triple.object)


def turtle_of(readings: Iterable[Reading], base: str = BASE, identity: Identity | None = None) -> bytes:
    """Write readings as one canonical Turtle text."""
    return turtle((line for reading in readings for line in statements(reading, base, identity)), base)


def is_asserted(claim: Claim) -> bool:
    """Tell whether some source claims the relation to hold, so that it stands as a plain `rel:` triple."""
    return claim.polarity is Polarity.POSITIVE and not claim.antecedent and claim.object is not None


def is_fact(claim: Claim) -> bool:
    """Tell whether the document itself asserts the claim, without condition or doubt."""
    return (
        is_asserted(claim)
        and claim.certainty is Certainty.CERTAIN
        and claim.reporter_certainty is Certainty.CERTAIN
        and claim.modality in FACTUAL
        and claim.tense is not Tense.HYPOTHETICAL
        and claim.condition is None
        and not claim.conditions
    )


@lru_cache(maxsize=4096)
def _head(name: str, vocabulary: Ontology) -> str:
    """Cut a name before its first preposition: "flood in Velden" to "flood"."""
    ends = vocabulary.values("kg:head", "kg:endsBefore")
    words = name.split()
    return " ".join(takewhile(lambda word: word not in ends, words)) or name


def _tellers(quantity: Quantity, claims: Sequence[Claim]) -> list[Claim]:
    """Choose the claims that tell a number: those it is a part of, else the closest around it."""
    parts = [claim for claim in claims if any(part.covers(quantity.span) for part in _parts(claim))]
    around = [claim for claim in claims if claim.evidence.span.covers(quantity.span)]
    shortest = min((claim.evidence.span.end - claim.evidence.span.start for claim in around), default=0)
    return parts or [c for c in around if c.evidence.span.end - c.evidence.span.start == shortest]


def _parts(claim: Claim) -> Iterator[Span]:
    evidence = claim.evidence
    spans = (evidence.subject, evidence.object, evidence.phrase, *(argument.span for argument in claim.arguments))
    return (span for span in spans if span is not None)


class _Writer:
    """Collects the lines of one reading."""

    def __init__(self, reading: Reading, names: Names) -> None:
        self.reading, self.names = reading, names
        self.text = reading.document.text
        self.doc = iri(names.document)
        self.lines: list[str] = []
        self.shared: list[str] = []
        self._spans: dict[Span, str] = {}
        self._moments: dict[When, str] = {}
        self._links: dict[tuple[object, ...], str] = {}
        self._link_names: dict[str, tuple[object, ...]] = {}
        self._times = {time.id: time for time in reading.times}
        self._sentences = [f"<{names.own('sentence', f'{s.start}-{s.end}')}>" for s in reading.sentences]

    def write(self) -> None:
        reading = self.reading
        self._document(reading.document)
        self._run()
        for i, sentence in enumerate(reading.sentences):
            self._sentence(i, sentence)
        for entity in reading.entities:
            self._entity(entity)
        for mention in reading.mentions:
            span = self._span(mention.span)
            self.lines += (
                f"{span} {TYPE} {term('kg:Mention')} .",
                f"{span} {term('kg:refersTo')} {iri(self.names[mention.entity])} .",
                f"{span} {term('kg:form')} {term(f'kg:{mention.form}')} .",
            )
        for time in reading.times:
            self._time_expression(time)
        for quantity in reading.quantities:
            self._quantity(quantity)
        self._attributions()
        for claim in reading.claims:
            self._claim(claim)
        self._figures()

    # ------------------------------------------------------------------ the document and its making

    def _document(self, document: Document) -> None:
        add, doc = self.lines.append, self.doc
        reporter = iri(self.names.reporter)
        add(f"{doc} {TYPE} {term('kg:Report')} .")
        add(f"{doc} {TYPE} {term('schema:NewsArticle')} .")
        add(f"{doc} {term('schema:articleBody')} {literal(document.text)} .")
        add(f"{doc} {term('dcterms:identifier')} {literal(document.id)} .")
        add(f"{doc} {LABEL} {literal(document.title or document.id)} .")
        add(f"{doc} {term('kg:reporter')} {reporter} .")
        add(f"{reporter} {TYPE} {term('kg:Reporter')} .")
        add(f"{reporter} {LABEL} {literal(REPORTER)} .")
        add(f"{reporter} {_DOCUMENT} {doc} .")
        if document.title:
            add(f"{doc} {term('dcterms:title')} {literal(document.title)} .")
        if document.published:
            add(f"{doc} {term('schema:datePublished')} {typed(document.published.isoformat(), 'date')} .")
        if document.url:
            add(f"{doc} {term('schema:url')} {literal(document.url)} .")
        if document.note:
            add(f"{doc} {term('skos:note')} {literal(document.note)} .")
        if document.source:
            self._publisher(document.source, reporter)

    def _publisher(self, name: str, reporter: str) -> None:
        node = self.names.organisation(name)
        publisher, label = iri(node), self.names.label_of(node, organisation_key(name))
        self.lines.append(f"{self.doc} {term('schema:publisher')} {publisher} .")
        self.lines.append(f"{reporter} {term('kg:publisher')} {publisher} .")
        self.shared.append(f"{publisher} {TYPE} {term('kg:Organization')} .")
        self.shared.append(f"{publisher} {TYPE} {_ENTITY} .")
        self.shared.append(f"{publisher} {label} {literal(name)} .")

    def _run(self) -> None:
        if self.names.run is None:
            return
        run = iri(self.names.run)
        self.lines.append(f"{self.doc} {term('kg:readBy')} {run} .")
        self.shared.append(f"{run} {TYPE} {term('prov:Activity')} .")
        for producer in self.reading.producer:
            tool = f"<{self.names.base}tool/{slug(producer)}>"
            name, _, version = producer.rpartition(" ")
            self.shared += (
                f"{run} {_ASSOCIATED} {tool} .",
                f"{tool} {TYPE} {term('prov:SoftwareAgent')} .",
                f"{tool} {LABEL} {literal(name or version)} .",
                f"{tool} {term('schema:softwareVersion')} {literal(version)} .",
            )

    def _sentence(self, index: int, span: Span) -> None:
        sentence = self._sentences[index]
        self.lines += (
            f"{sentence} {TYPE} {term('kg:Sentence')} .",
            f"{sentence} {term('kg:index')} {number(index)} .",
        )
        self._selector(sentence, span)

    def _selector(self, node: str, span: Span) -> None:
        self.lines += (
            f"{node} {_START} {number(span.start)} .",
            f"{node} {_END} {number(span.end)} .",
            f"{node} {_EXACT} {literal(span.of(self.text))} .",
            f"{node} {_DOCUMENT} {self.doc} .",
        )

    def _span(self, span: Span) -> str:
        node = self._spans.get(span)
        if node is None:
            node = self._spans[span] = f"<{self.names.own('span', f'{span.start}-{span.end}')}>"
            self.lines.append(f"{node} {TYPE} {term('kg:Span')} .")
            self._selector(node, span)
        return node

    # ------------------------------------------------------------------ who and what

    def _entity(self, entity: Entity) -> None:
        node = iri(self.names[entity.id])
        lines = self.lines if self.names.owns(node[1:-1]) else self.shared
        for kind in classes(entity.kind, self.names.vocabulary):
            lines.append(f"{node} {TYPE} <{kind}> .")
        label = self.names.label_of(node[1:-1], self.names.minted(entity.id))
        lines.append(f"{node} {label} {literal(entity.name)} .")
        lines += [f"{node} {ALT_LABEL} {literal(a)} ." for a in entity.aliases if a != entity.name]
        known = not self.names.is_parted(entity.id)
        lines += [f"{node} {_SAME_AS} {iri(s)} ." for s in entity.same_as if known and is_iri(s)]
        if entity.scope is Scope.DOCUMENT and not self.names.is_renamed(entity.id):
            self.lines.append(f"{node} {_DOCUMENT} {self.doc} .")
            head = _head(entity.name, self.names.vocabulary)
            if head != entity.name:
                self.lines.append(f"{node} {term('kg:head')} {literal(head)} .")
        if entity.anonymous and not self.names.is_renamed(entity.id):
            lines.append(f"{node} {term('kg:anonymous')} {_TRUE} .")
        if is_indefinite(entity.name, self.names.vocabulary):
            lines.append(f"{node} {term('kg:indefinite')} {_TRUE} .")
        if entity.identity and known:
            self._geometry(node, entity.identity)

    def _geometry(self, node: str, identity: str) -> None:
        row = Gazetteer.load().row(identity)
        if row is None or row.lat is None or row.lon is None:
            return
        longitude, latitude = str(row.lon), str(row.lat)
        geometry = f"<{self.names.base}geometry/{encode(longitude)}_{encode(latitude)}>"
        point = f'"POINT({longitude} {latitude})"^^<{VOCABULARIES["geo"]}wktLiteral>'
        self.shared += (
            f"{node} {term('geo:hasGeometry')} {geometry} .",
            f"{geometry} {TYPE} {term('geo:Geometry')} .",
            f"{geometry} {term('geo:asWKT')} {point} .",
        )

    def _quantity(self, quantity: Quantity) -> None:
        add, node = self.lines.append, iri(self.names[quantity.id])
        add(f"{node} {TYPE} {term('kg:Quantity')} .")
        add(f"{node} {LABEL} {literal(quantity.span.of(self.text))} .")
        add(f"{node} {_SPAN} {self._span(quantity.span)} .")
        add(f"{node} {_DOCUMENT} {self.doc} .")
        add(f"{node} {term('kg:comparator')} {term(f'kg:{quantity.comparator}')} .")
        if quantity.low is not None:
            add(f"{node} {term('kg:low')} {number(quantity.low)} .")
        if quantity.high is not None:
            add(f"{node} {term('kg:high')} {number(quantity.high)} .")
        if quantity.low is not None and quantity.low == quantity.high:
            add(f"{node} {term('qudt:numericValue')} {number(quantity.low)} .")
        if quantity.unit:
            add(f"{node} {term('kg:unit')} {literal(quantity.unit)} .")
            for measure in self.names.vocabulary.lexicon("kg:unitName").get(quantity.unit, ()):
                for unit in self.names.vocabulary.values(measure, "kg:qudtUnit"):
                    add(f"{node} {term('qudt:hasUnit')} {iri(unit)} .")
        if quantity.thing:
            add(f"{node} {term('kg:thing')} {literal(quantity.thing)} .")
        if quantity.increment:
            add(f"{node} {term('kg:increment')} {_TRUE} .")
        if quantity.fraction_of:
            add(f"{node} {term('kg:fractionOf')} {literal(quantity.fraction_of)} .")

    def _figures(self) -> None:
        """Tie each number to the sentence it stands in and to the claims that tell it."""
        told: dict[int, list[Claim]] = {}
        for claim in self.reading.claims:
            if claim.object is None or not isinstance(self.reading.node(claim.object), Claim):
                told.setdefault(claim.evidence.sentence, []).append(claim)
        starts = [sentence.start for sentence in self.reading.sentences]
        for quantity in self.reading.quantities:
            at = bisect_right(starts, quantity.span.start) - 1
            if at < 0:
                continue
            node = iri(self.names[quantity.id])
            self.lines.append(f"{node} {_IN_SENTENCE} {self._sentences[at]} .")
            for claim in _tellers(quantity, told.get(at, [])):
                self.lines.append(f"{iri(self.names[claim.id])} {term('kg:figure')} {node} .")

    # ------------------------------------------------------------------ when

    def _moment(self, when: When) -> str:
        node = self._moments.get(when)
        if node is not None:
            return node
        name = encode(when.value) if when.type == "DATE" else f"{when.type}:{encode(when.value)}"
        days = [day.isoformat() if day else "" for day in (when.first, when.last)]
        if days != ["", ""] and days != [when.value, when.value]:
            name += f":{days[0]}_{days[1]}"
        node = self._moments[when] = f"<{self.names.base}when/{name}>"
        add = self.shared.append
        add(f"{node} {TYPE} {term('time:Interval')} .")
        add(f"{node} {LABEL} {literal(when.value)} .")
        add(f"{node} {term('kg:timexValue')} {literal(when.value)} .")
        add(f"{node} {term('kg:timexClass')} {literal(str(when.type))} .")
        bounds = (("kg:firstDay", "time:hasBeginning"), ("kg:lastDay", "time:hasEnd"))
        for day, (literal_property, property_) in zip(days, bounds, strict=True):
            if day:
                instant = f"<{self.names.base}day/{day}>"
                add(f"{node} {term(literal_property)} {typed(day, 'date')} .")
                add(f"{node} {term(property_)} {instant} .")
                add(f"{instant} {TYPE} {term('time:Instant')} .")
                add(f"{instant} {term('time:inXSDDate')} {typed(day, 'date')} .")
        return node

    def _time_expression(self, time: TimeExpression) -> None:
        span = self._span(time.span)
        moment = self._moment(When(time.value, time.type, time.first, time.last))
        self.lines.append(f"{span} {TYPE} {term('kg:TimeExpression')} .")
        self.lines.append(f"{span} {term('kg:denotes')} {moment} .")
        if time.mod:
            self.lines.append(f"{span} {term('kg:timexModifier')} {literal(time.mod)} .")

    # ------------------------------------------------------------------ who says

    def _attributions(self) -> None:
        done: dict[int, str] = {}
        for i in range(len(self.reading.attributions)):
            self._attribution(i, done)

    def _attribution(self, i: int, done: dict[int, str]) -> str | None:
        if i in done:
            return done[i]
        found: Attribution = self.reading.attributions[i]
        outer = self._attribution(found.parent, done) if found.parent is not None else None
        if found.entity is None:
            return outer
        link = SourceLink(found.entity, found.source, found.cue, found.speech, found.force)
        node = done[i] = self._link(link, outer)
        self.lines += [f"{node} {term('kg:content')} {self._span(span)} ." for span in found.content]
        return node

    def _chain(self, chain: Sequence[SourceLink]) -> str | None:
        node = None
        for link in chain:
            node = self._link(link, node)
        return node

    def _link(self, link: SourceLink, outer: str | None) -> str:
        key = (link.entity, link.span, link.cue, link.speech, link.force, outer)
        node = self._links.get(key)
        if node is not None:
            return node
        place = link.cue or link.span
        gist = slug(self.reading.name(link.entity) or "")
        name = f"{place.start}-{place.end}:{gist}" if place else f"unplaced:{gist}"
        if self._link_names.setdefault(name, key) != key:
            spans = [list(s) if s else None for s in (link.span, link.cue)]
            speaker = self.names[link.entity]
            name += ":" + digest(dumps([speaker, spans, link.speech, link.force, outer]))
        node = self._links[key] = f"<{self.names.own('attribution', name)}>"
        self._link_lines(node, link, outer)
        return node

    def _link_lines(self, node: str, link: SourceLink, outer: str | None) -> None:
        add = self.lines.append
        add(f"{node} {TYPE} {term('kg:Attribution')} .")
        add(f"{node} {term('kg:speaker')} {iri(self.names[link.entity])} .")
        add(f"{node} {term('kg:speech')} {term(f'kg:{link.speech}')} .")
        add(f"{node} {term('kg:force')} {literal(link.force)} .")
        add(f"{node} {_DOCUMENT} {self.doc} .")
        if outer:
            add(f"{node} {term('kg:within')} {outer} .")
        if link.span:
            add(f"{node} {term('kg:speakerSpan')} {self._span(link.span)} .")
        if link.cue:
            add(f"{node} {term('kg:cueSpan')} {self._span(link.cue)} .")

    # ------------------------------------------------------------------ claims

    def _claim(self, claim: Claim) -> None:
        names, node = self.names, iri(self.names[claim.id])
        subject, relation = iri(names[claim.subject]), relation_name(claim.relation)
        predicate = f"<{RELATION}{relation}>"
        self._relation(relation, claim.relation)
        source = iri(names[claim.source.entity]) if claim.source else iri(names.reporter)
        self.lines += (
            f"{node} {TYPE} {_CLAIM} .",
            f"{node} {_SUBJECT} {subject} .",
            f"{node} {_PREDICATE} {predicate} .",
            f"{node} {LABEL} {literal(self._told(claim.id))} .",
            f"{node} {term('kg:proposition')} {literal(self._proposition(claim).casefold())} .",
            f"{node} {term('kg:polarity')} {term(f'kg:{claim.polarity}')} .",
            f"{node} {term('kg:certainty')} {term(f'kg:{claim.certainty}')} .",
            f"{node} {term('kg:reporterCertainty')} {term(f'kg:{claim.reporter_certainty}')} .",
            f"{node} {term('kg:tense')} {term(f'kg:{claim.tense}')} .",
            f"{node} {_SOURCE} {source} .",
            f"{node} {_DOCUMENT} {self.doc} .",
            f"{node} {term('kg:factuality')} {number(claim.factuality)} .",
            f"{node} {term('kg:confidence')} {number(round(claim.confidence, 4))} .",
        )
        if names.run:
            self.lines.append(f"{node} {_GENERATED} {iri(names.run)} .")
        if claim.object is not None:
            self._object(claim, node, subject, relation)
        if claim.event is not None:
            self.lines.append(f"{node} {term('kg:event')} {iri(names[claim.event])} .")
        self._judgement(claim, node)
        self._evidence(claim, node)
        for argument in claim.arguments:
            self.lines.append(f"{node} {term('kg:argument')} {self._argument(argument)} .")

    def _object(self, claim: Claim, node: str, subject: str, relation: str) -> None:
        assert claim.object is not None
        end = iri(self.names[claim.object])
        self.lines.append(f"{node} {_OBJECT} {end} .")
        if isinstance(self.reading.node(claim.object), Claim):
            self.lines.append(f"{node} {term('kg:tells')} {end} .")
        if is_asserted(claim):
            owned = self.names.owns(subject[1:-1]) or self.names.owns(end[1:-1])
            lines = self.lines if owned else self.shared
            lines.append(f"{subject} <{RELATION}{relation}> {end} .")
            if is_fact(claim):
                lines.append(f"{subject} <{FACT}{relation}> {end} .")

    def _relation(self, encoded: str, relation: str) -> None:
        rel, fact = f"<{RELATION}{encoded}>", f"<{FACT}{encoded}>"
        label = literal(relation.replace("_", " "))
        self.shared += (
            f"{rel} {TYPE} {term('kg:Relation')} .",
            f"{rel} {LABEL} {label} .",
            f"{fact} {term('rdfs:subPropertyOf')} {rel} .",
        )

    def _told(self, id: str) -> str:
        """Name a node for people; a claim is told whole, with its negation."""
        node = self.reading.node(id)
        if not isinstance(node, Claim):
            return str(self.reading.name(id))
        return ("not: " if node.polarity is Polarity.NEGATIVE else "") + self._proposition(node)

    def _proposition(self, claim: Claim) -> str:
        """Say what a claim is about, whether it affirms or denies it."""
        told = f"{self._told(claim.subject)} {claim.relation.replace('_', ' ')}"
        if claim.object is None:
            return told
        between = ": " if isinstance(self.reading.node(claim.object), Claim) else " "
        return told + between + self._told(claim.object)

    def _judgement(self, claim: Claim, node: str) -> None:
        add = self.lines.append
        if claim.modality is not Modality.NONE:
            add(f"{node} {term('kg:modality')} {term(f'kg:{claim.modality}')} .")
        if claim.chain:
            add(f"{node} {term('kg:attribution')} {self._chain(claim.chain)} .")
        if claim.condition:
            add(f"{node} {term('kg:conditionSpan')} {self._span(claim.condition)} .")
        for condition in claim.conditions:
            add(f"{node} {term('kg:dependsOn')} {iri(self.names[condition])} .")
        if claim.antecedent:
            add(f"{node} {term('kg:antecedent')} {_TRUE} .")
        if claim.said:
            add(f"{node} {term('kg:said')} {self._moment(claim.said)} .")
        if claim.meant:
            add(f"{node} {term('kg:meant')} {self._moment(claim.meant)} .")

    def _evidence(self, claim: Claim, node: str) -> None:
        add, evidence = self.lines.append, claim.evidence
        add(f"{node} {_IN_SENTENCE} {self._sentences[evidence.sentence]} .")
        add(f"{node} {_SPAN} {self._span(evidence.span)} .")
        add(f"{node} {term('kg:relationSpan')} {self._span(evidence.relation)} .")
        if evidence.subject:
            add(f"{node} {term('kg:subjectSpan')} {self._span(evidence.subject)} .")
        if evidence.object:
            add(f"{node} {term('kg:objectSpan')} {self._span(evidence.object)} .")
        if evidence.phrase:
            add(f"{node} {term('kg:phraseSpan')} {self._span(evidence.phrase)} .")
        if evidence.rule:
            add(f"{node} {_RULE} {literal(evidence.rule)} .")
        for kind, span in evidence.cues:
            add(f"{node} {term(f'kg:{encode(kind)}Cue')} {self._span(span)} .")

    def _argument(self, argument: Argument) -> str:
        span = argument.span
        rest = f"{span.start}-{span.end}:{argument.role}"
        value = self._argument_value(argument)
        if argument.node and argument.node in self.names:
            rest += ":" + slug(self.reading.name(argument.node) or "")
        node = f"<{self.names.own('argument', rest)}>"
        self.lines += (
            f"{node} {TYPE} {term('kg:Argument')} .",
            f"{node} {term('kg:role')} {term(f'kg:{argument.role}')} .",
            f"{node} {_SPAN} {self._span(span)} .",
        )
        if value:
            self.lines.append(f"{node} {term('kg:value')} {value} .")
        return node

    def _argument_value(self, argument: Argument) -> str | None:
        if argument.node is None:
            return None
        time = self._times.get(argument.node)
        if time:
            return self._moment(When(time.value, time.type, time.first, time.last))
        return iri(self.names[argument.node]) if argument.node in self.names else None
