"""What was read in a sentence and why, for people: its clauses, its claims with their cue words, its extractions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from kg.model import Claim, Reading, Span
from kg.ontology import ontology
from kg.reading.assemble import assemble
from kg.reading.clauses import Clause, Part
from kg.reading.extract import extract
from kg.reading.pipeline import open_page
from kg.reading.qualify import qualify
from kg.reading.render import Style, extractions, read_lines

if TYPE_CHECKING:
    from kg.reading.parse import Parse, Parser

SUBJECT: Final = {
    "own": "its own",
    "relative": "what the relative pronoun stands for",
    "conj": "shared with the verb it is coordinated with",
    "control": "that of the verb before it",
    "raising": "that of the passive verb before it",
    "object_control": "object of the verb it depends on",
    "purpose": "that of the clause whose purpose it is",
    "participle": "the noun the participle describes",
    "infinitive": "the noun the infinitive describes",
    "adverbial": "that of the main clause",
    "gerund": "that of the clause around it",
    "copula": "that of the clause it completes",
    "possessor": "owner of the noun it describes",
    "actor_of_noun": "whoever has the noun it describes",
    "none": "not found",
}
"""The rules of `clauses` that find a subject, in plain words."""


def explain_lines(lines: Iterable[str], style: Style, parser: Parser) -> Iterator[str]:
    """Show for each sentence its clauses, its claims and its extractions, a line each and what belongs to it below."""
    terms = ontology()
    for line, place, parse in read_lines(lines, parser):
        page = open_page(parse, terms)
        reading = assemble(page, qualify(page, extract(page)), ())
        yield line
        for clause in page.clauses:
            yield from _clause(parse, clause)
        for claim in reading.claims:
            yield from _claim(reading, claim)
        for found in extractions(line, place, parse, style):
            slots = "; ".join((found.arg0, found.rel, *found.args))
            yield f"  extraction {found.confidence:.2f} ({slots}) {found.polarity}, {found.certainty}; by {found.rule}"
        yield ""


def _row(name: str, said: str, *notes: str) -> str:
    return f"      {name:<12} {said}" + (f"  ({'; '.join(notes)})" if notes else "")


def _clause(parse: Parse, clause: Clause) -> Iterator[str]:
    def words(picked: Iterable[int]) -> str:
        return " ".join(parse.tokens[i].text for i in picked)

    above = f'under "{parse.tokens[clause.governor].text}"' if clause.governor is not None else "by itself"
    found = ", ".join(rule for rule in clause.trace if not rule.startswith("subject:"))
    yield f'  clause "{words(clause.group)}": {above}{", passive" if clause.passive else ""}; by {found}'
    yield _row("subject", " + ".join(parse.tokens[s].text for s in clause.subjects) or "-", _how(clause))
    for part in clause.parts:
        yield _row(part.slot, _wording(parse, part), part.role, f'{parse.tokens[part.heads[0]].dep} of "'
                   f'{parse.tokens[part.anchor].text}"')  # fmt: skip


def _how(clause: Clause) -> str:
    return SUBJECT.get(clause.inherited, clause.inherited)


def _wording(parse: Parse, part: Part) -> str:
    first = min((*part.marker, part.first))
    return parse.text(first, max(part.end, *(m + 1 for m in (*part.marker, first))))


def _claim(reading: Reading, claim: Claim) -> Iterator[str]:
    """Show a claim and each judgement with the words it rests on."""
    text, evidence = reading.document.text, claim.evidence
    thing = reading.name(claim.object)
    triple = " | ".join((reading.name(claim.subject) or "-", claim.relation, thing or "-"))
    yield f"  claim {claim.confidence:.2f} {triple}; by {evidence.rule}"

    def cues(*kinds: str) -> tuple[str, ...]:
        spans = dict.fromkeys(cue.span for cue in evidence.cues if cue.kind in kinds)
        return (", ".join(f'"{span.of(text)}"' for span in spans),) if spans else ()

    judged = ("polarity", "certainty", "modality", "condition")
    yield _row("polarity", claim.polarity, *cues("polarity"))
    yield _row("certainty", claim.certainty, *cues(*judged[1:]))
    yield _row("factuality", f"{claim.factuality:+.2f}")
    if claim.modality != "none":
        yield _row("modality", claim.modality, *cues("modality"))
    yield _row("tense", claim.tense)
    if claim.condition is not None:
        yield _row("condition", _quote(text, claim.condition), *cues("condition"))
    if claim.antecedent:
        yield _row("antecedent", "of a condition, so not told as a fact")
    for link in claim.chain:
        cue = (_quote(text, link.cue),) if link.cue else ()
        yield _row("source", reading.name(link.entity) or "-", *cue, link.force, f"{link.speech} speech")
    if claim.chain:
        yield _row("reporter", claim.reporter_certainty)
    expressions = {time.id: time.span for time in reading.times}
    for name, when in (("said", claim.said), ("time", claim.meant)):
        if when is not None:
            yield _row(name, when.value, *((_quote(text, expressions[when.expression]),) if when.expression else ()))
    for argument in claim.arguments:
        yield _row("argument", argument.span.of(text), argument.role)
    spans = [s for s in (evidence.subject, evidence.phrase, *(a.span for a in claim.arguments)) if s is not None]
    for quantity in reading.quantities:
        if any(quantity.span.touches(span) for span in spans):
            low, high = quantity.low, quantity.high
            size = f"{low:g}" if low == high and low is not None else f"{low} to {high}"
            about = (quantity.comparator, *(["on top"] if quantity.increment else []))
            value = " ".join(filter(None, (size, quantity.unit, quantity.thing)))
            yield _row("quantity", value, _quote(text, quantity.span), *about)


def _quote(text: str, span: Span) -> str:
    return f'"{span.of(text)}"'
