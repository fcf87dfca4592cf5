"""A graph that kg exported, taken back: its statements by document, and from them what people are shown.

A graph does not hold all that a reading does (no heads of mentions, no rows of the gazetteer), so no reading could be
made again that states the same. The statements themselves are kept instead, in one part for each document. What only
one document can state is told by its IRI; what documents share goes with each of them that speaks of it, so that it
stays while any of these does. Links between clashing claims are left out: they are drawn anew.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote

import pyoxigraph as ox

from kg.graph.names import Names, term
from kg.graph.rdf import TYPE
from kg.graph.terms import XSD, literal
from kg.model import (
    Argument,
    Certainty,
    Claim,
    Comparator,
    Cue,
    Document,
    Entity,
    Evidence,
    Form,
    KgError,
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
    TimexType,
    When,
)  # fmt: skip
from kg.ontology import FACT, ONTOLOGY, RELATION, local, ontology

FORMATS: Final = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
    ".nt": ox.RdfFormat.N_TRIPLES,
}
"""Endings of the files that can be taken back."""
_OWN: Final = "doc|reporter|sentence|span|local|claim|attribution|argument|quantity"
_CLASHES: Final = (term("kg:contradicts"), term("kg:inTensionWith"))
_REPORT: Final = term("kg:Report")
_ENDS: Final = tuple(term(f"rdf:{part}") for part in ("subject", "predicate", "object"))

Line = tuple[str, str, str]
Facts = Mapping[str, Mapping[str, list[str]]]
"""Subject → property (a local name, or one of ours) → values: IRIs without brackets, texts without quotes."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a graph states of one document, as sorted N-Triples lines."""

    key: str
    own: tuple[str, ...]
    shared: tuple[str, ...]


def parse(path: Path) -> list[Line]:
    """Read the statements of a file, without the names of their graphs."""
    form = FORMATS[path.suffix]
    try:
        return list({_line(quad, path): None for quad in ox.parse(path=str(path), format=form)})
    except FileNotFoundError as error:
        raise KgError(f"no such file: {path}") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise KgError(f"{path} cannot be read as {form.name}: {error}") from error


def _line(quad: ox.Quad, path: Path) -> Line:
    end = quad.object
    if not isinstance(quad.subject, ox.NamedNode) or not isinstance(end, (ox.NamedNode, ox.Literal)):
        raise KgError(f"{path} holds a blank node or a triple term: no such graph comes from kg export")
    text = str(end)
    if isinstance(end, ox.Literal) and not end.language:
        text = literal(end.value) + ("" if end.datatype.value == XSD + "string" else str(end.datatype).join(("^^", "")))
    return str(quad.subject), str(quad.predicate), text


def base_of(lines: Iterable[Line], place: str) -> str:
    """Find the base IRI under which a graph's documents lie."""
    bases = {s[1:-1].rpartition("doc/")[0] for s, p, o in lines if p == TYPE and o == _REPORT}
    if len(bases) != 1 or "" in bases:
        found = f"documents of several bases ({', '.join(sorted(bases))})" if bases else "no document"
        raise KgError(f"{place} holds {found}: import what kg export wrote of one store")
    return bases.pop()


def parts(lines: Iterable[Line], base: str) -> list[Part]:
    """Share a graph's statements out among its documents; every one but the clashes goes to at least one."""
    own_node = re.compile(f"<{re.escape(base)}(?:{_OWN})/([^:>]+)")
    clash = f"<{base}clash/"
    own: dict[str, list[Line]] = {}
    shared: list[Line] = []
    for line in lines:
        subject, relation, end = line
        if relation in _CLASHES or subject.startswith(clash) or end.startswith(clash):
            continue
        owner = own_node.match(subject) or own_node.match(end)
        if owner:
            own.setdefault(owner[1], []).append(line)
        else:
            shared.append(line)
    given = _shared_out(own, shared)
    return [Part(key, _written(own[key]), _written(given[key])) for key in sorted(own)]


def _written(lines: Iterable[Line]) -> tuple[str, ...]:
    return tuple(sorted({" ".join(line) + " ." for line in lines}))


def _shared_out(own: Mapping[str, list[Line]], shared: list[Line]) -> dict[str, set[Line]]:
    """Give each document what is said of the nodes it speaks of, and the plain triples of its claims."""
    about: dict[str, list[Line]] = defaultdict(list)
    for line in shared:
        about[" ".join(line) if _is_plain(line) else line[0]].append(line)
    given = {key: _reached(_spoken_of(lines), about) for key, lines in own.items()}
    reached = set().union(*given.values()) if given else set()
    holders: dict[str, list[str]] = defaultdict(list)
    for key, lines in given.items():
        for node in {line[0] for line in lines}:
            holders[node].append(key)
    # What no document speaks of, such as a judgement, goes with the documents of what it speaks of.
    for line in shared:
        if line not in reached:
            found = _reached([line[0]], about) | {line}
            keys = {key for _, _, end in found for key in holders.get(end, ())} or {min(own)}
            for key in keys:
                given[key] |= found
            reached |= found
    return given


def _is_plain(line: Line) -> bool:
    return line[1].startswith((f"<{RELATION}", f"<{FACT}"))


def _spoken_of(lines: Iterable[Line]) -> list[str]:
    """Name the nodes that a document's own statements speak of, and the plain triples its claims may stand for."""
    claims: dict[str, dict[str, str]] = defaultdict(dict)
    nodes: dict[str, None] = {}
    for subject, relation, end in lines:
        nodes |= {node: None for node in (subject, end) if node.startswith("<")}
        if relation in _ENDS:
            claims[subject][relation] = end
    for ends in claims.values():
        if len(ends) == len(_ENDS):
            subject, relation, end = (ends[part] for part in _ENDS)
            fact = relation.replace(RELATION, FACT)
            nodes |= {f"{subject} {relation} {end}": None, f"{subject} {fact} {end}": None, fact: None}
    return list(nodes)


def _reached(nodes: Iterable[str], about: Mapping[str, list[Line]]) -> set[Line]:
    """Follow statements from some nodes on."""
    found: set[Line] = set()
    waiting, seen = list(nodes), set[str]()
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            lines = about.get(node, ())
            found.update(lines)
            waiting += [end for _, _, end in lines if end.startswith("<")]
    return found


# ------------------------------------------------------------------ what people are shown


class GivenNames(Names):
    """The IRIs of a reading whose ids are its IRIs."""

    def __init__(self, reading: Reading, base: str) -> None:
        super().__init__(Reading(reading.document, reading.sentences, producer=reading.producer), base)
        self.reading = reading
        nodes: tuple[Entity | Quantity | Claim, ...] = (*reading.entities, *reading.quantities, *reading.claims)
        self._of = {node.id: node.id for node in nodes}


def reading_of(part: Part) -> Reading:
    """Read what a document's statements say of it; ids are the IRIs."""
    return _Reader(part).reading()


class _Reader:
    """Reads the statements of one document."""

    def __init__(self, part: Part) -> None:
        self.facts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        lines = "\n".join((*part.own, *part.shared))
        for triple in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES):
            self.facts[triple.subject.value][_property(triple.predicate.value)].append(triple.object.value)
        self.typed: dict[str, list[str]] = defaultdict(list)
        for node, said in self.facts.items():
            for kind in said.get("type", ()):
                self.typed[kind].append(node)

    def one(self, node: str, name: str) -> str | None:
        """Give the least of a node's values; None if it has none."""
        return min(self.facts[node][name], default=None) if node in self.facts else None

    def must(self, node: str, name: str) -> str:
        """Give the least of a node's values."""
        found = self.one(node, name)
        if found is None:
            raise KgError(f"{node} has no {name}: the graph is not what kg exported, or not the whole of it")
        return found

    def of(self, kind: str) -> list[str]:
        """Name the nodes of a class of ours, in the order of their places or names."""
        return sorted(self.typed[ONTOLOGY + kind], key=lambda node: (self._place(node), node))

    def _place(self, node: str) -> Span:
        at = node if self.one(node, "start") else self.one(node, "span") or node
        return self.span(at) if self.one(at, "start") else Span(0, 0)

    def span(self, node: str) -> Span:
        """Read a span."""
        return Span(int(self.must(node, "start")), int(self.must(node, "end")))

    def spans(self, node: str, name: str) -> Span | None:
        """Read the span a node has for a property."""
        found = self.one(node, name)
        return self.span(found) if found else None

    def code(self, node: str, name: str, default: str | None = None) -> str:
        """Read a code of a closed list."""
        found = self.one(node, name)
        return local(found) if found else default if default is not None else self.must(node, name)

    def reading(self) -> Reading:
        """Put everything together."""
        (document,) = self.of("Report")
        sentences = sorted(self.of("Sentence"), key=lambda node: int(self.must(node, "index")))
        self.sentences = {node: number for number, node in enumerate(sentences)}
        entities = tuple(map(self.entity, sorted(self.typed[ONTOLOGY + "Entity"])))
        known = {entity.id for entity in entities}
        self.nodes = known.union(self.of("Quantity"), self.of("Claim"))
        return Reading(
            self.document(document),
            tuple(map(self.span, sentences)),
            tuple(m for node in self.of("Mention") for m in self.mentions(node) if m.entity in known),
            entities,
            quantities=tuple(map(self.quantity, self.of("Quantity"))),
            claims=tuple(map(self.claim, self.of("Claim"))),
            producer=self.producer(self.one(document, "readBy")),
        )

    def document(self, node: str) -> Document:
        """Read what is known of the document."""
        publisher, day = self.one(node, "publisher"), self.one(node, "datePublished")
        return Document(
            self.must(node, "identifier"),
            self.must(node, "articleBody"),
            self.one(node, "title"),
            (self.one(publisher, "label") or _gist(publisher)) if publisher else None,
            self.one(node, "url"),
            dt.date.fromisoformat(day) if day else None,
            self.one(node, "note"),
        )

    def producer(self, run: str | None) -> tuple[str, ...]:
        """Name the tools of a run in the order its IRI names them."""
        tools = self.facts[run]["wasAssociatedWith"] if run else []
        order = (run or "").partition("run/")[2]
        tools = sorted(tools, key=lambda tool: order.find(tool.rpartition("/")[2]))
        return tuple(f"{self.must(tool, 'label')} {self.must(tool, 'softwareVersion')}" for tool in tools)

    def mentions(self, node: str) -> Iterator[Mention]:
        """Read the mentions that stand at a span."""
        span, form = self.span(node), Form(self.code(node, "form"))
        return (Mention(span, span, form, entity) for entity in sorted(self.facts[node]["refersTo"]))

    def entity(self, node: str) -> Entity:
        """Read somebody or something."""
        known = ontology()
        kinds = [kind for kind in self.facts[node]["type"] if kind.startswith(ONTOLOGY)]
        kind = max(kinds, key=lambda kind: (len(list(known.ancestors(kind))), kind))
        return Entity(
            node,
            self.one(node, "label") or _gist(node),
            local(kind),
            tuple(sorted(self.facts[node]["altLabel"])),
            Scope.DOCUMENT if self.one(node, "document") else Scope.WORLD,
            same_as=tuple(sorted(self.facts[node]["sameAs"])),
            anonymous=self.one(node, "anonymous") == "true",
        )

    def quantity(self, node: str) -> Quantity:
        """Read a number."""
        low, high = self.one(node, "low"), self.one(node, "high")
        return Quantity(
            node,
            self.span(self.must(node, "span")),
            float(low) if low else None,
            float(high) if high else None,
            self.one(node, "unit"),
            self.one(node, "thing"),
            Comparator(self.code(node, "comparator")),
            self.one(node, "increment") == "true",
            self.one(node, "fractionOf"),
        )

    def claim(self, node: str) -> Claim:
        """Read a claim."""
        relation = self.must(node, "predicate")
        return Claim(
            node,
            self.must(node, "subject"),
            self.must(relation, "label").replace(" ", "_"),
            self.one(node, "object"),
            self.evidence(node),
            self.arguments(node),
            self.chain(node),
            Polarity(self.code(node, "polarity")),
            Certainty(self.code(node, "certainty")),
            Certainty(self.code(node, "reporterCertainty")),
            Modality(self.code(node, "modality", Modality.NONE)),
            Tense(self.code(node, "tense")),
            self.spans(node, "conditionSpan"),
            tuple(sorted(self.facts[node]["dependsOn"])),
            self.one(node, "antecedent") == "true",
            self.when(self.one(node, "said")),
            self.when(self.one(node, "meant")),
            float(self.must(node, "factuality")),
            float(self.must(node, "confidence")),
            self.one(node, "event"),
        )

    def evidence(self, node: str) -> Evidence:
        """Read the words a claim stands on."""
        cues = [
            Cue(name.removesuffix("Cue"), self.span(span))
            for name, spans in self.facts[node].items()
            if name.endswith("Cue")
            for span in spans
        ]
        return Evidence(
            self.sentences[self.must(node, "sentence")],
            self.span(self.must(node, "span")),
            self.spans(node, "subjectSpan"),
            self.span(self.must(node, "relationSpan")),
            self.spans(node, "objectSpan"),
            self.spans(node, "phraseSpan"),
            tuple(sorted(cues)),
            self.one(node, "rule") or "",
        )

    def arguments(self, node: str) -> tuple[Argument, ...]:
        """Read a claim's further participants, in the order of the text."""
        found = [self.argument(argument) for argument in self.facts[node]["argument"]]
        return tuple(sorted(found, key=lambda argument: (argument.span, argument.role, argument.node or "")))

    def argument(self, node: str) -> Argument:
        """Read a further participant; a time is told by its words alone."""
        role, value = Role(self.code(node, "role")), self.one(node, "value")
        named = value if role is not Role.TIME and value in self.nodes else None
        return Argument(role, self.span(self.must(node, "span")), named)

    def chain(self, node: str) -> tuple[SourceLink, ...]:
        """Read who says it, from the outside in; a link inside of the claim's source is a medium."""
        source, link = self.one(node, "source"), self.one(node, "attribution")
        found: list[SourceLink] = []
        medium = True
        while link:
            speaker = self.must(link, "speaker")
            medium = medium and speaker != source
            spans = self.spans(link, "speakerSpan"), self.spans(link, "cueSpan")
            speech, force = Speech(self.code(link, "speech")), self.must(link, "force")
            found.append(SourceLink(speaker, *spans, speech, force, medium))
            link = self.one(link, "within")
        return tuple(reversed(found))

    def when(self, node: str | None) -> When | None:
        """Read a time."""
        if node is None:
            return None
        days = (self.one(node, name) for name in ("firstDay", "lastDay"))
        first, last = (dt.date.fromisoformat(day) if day else None for day in days)
        return When(self.must(node, "timexValue"), TimexType(self.must(node, "timexClass")), first, last)


def _property(name: str) -> str:
    """Cut a property to its local name; those of claims' own relations stay whole."""
    return name if name.startswith((RELATION, FACT)) else re.split(r"[/#]", name)[-1]


def _gist(node: str) -> str:
    """Name a node that its documents only give other names, by its IRI."""
    return unquote(node.rpartition("/")[2].partition(":")[2]).replace("_", " ")
