"""Clauses to plain extractions: binary chains (one link at a time) or one full tuple a clause.

The strings are the input's own white-space words (or parts of them, where punctuation is glued on), so that other
tools can find them again in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.model import Certainty, Document, Polarity, Role
from kg.ontology import ontology
from kg.reading.clauses import Clause, Slot, clauses, conjuncts, extent
from kg.reading.repair import repair

if TYPE_CHECKING:
    from kg.reading.parse import Parse, Parser


class Style(StrEnum):
    """How clauses are written out."""

    CHAINED = "chained"
    """Binary triples, one link at a time."""
    NARY = "nary"
    """One tuple a clause, with all arguments."""


class Extraction(NamedTuple):
    """One statement of one sentence, in the sentence's own words."""

    sentence: str
    arg0: str
    rel: str
    args: tuple[str, ...]
    confidence: float
    polarity: Polarity
    certainty: Certainty
    rule: str

    def record(self) -> dict[str, object]:
        """The extraction as plain JSON values."""
        return {**self._asdict(), "args": list(self.args)}


class Candidate(NamedTuple):
    """An extraction as token indices, before it is scored and written."""

    subject: tuple[int, ...]
    relation: tuple[int, ...]
    arguments: tuple[tuple[int, ...], ...]
    clause: Clause
    rule: str
    implied: str = ""
    """A relation that no word of the sentence carries: "is", "has"."""


# ---------------------------------------------------------------- sentences in and out

_BRACKET: Final = {
    "-LRB-": "(",
    "-RRB-": ")",
    "-LSB-": "[",
    "-RSB-": "]",
    "-LCB-": "{",
    "-RCB-": "}",
    "``": '"',
    "''": '"',
    "`": "'",
}
_GLUED: Final = re.compile(r"(?:[.,;:!?%)\]}]|'s|'S|n't|'re|'ve|'ll|'d|'m|\.\.\.|'|-)\Z")
_OPENS: Final = frozenset("([{$£€-")


class Line(NamedTuple):
    """A sentence as parsed: its plain text, and where each of its words came from."""

    text: str
    places: tuple[int, ...]
    """For each character of `text`, the character of the original line."""


def plain(line: str) -> Line:
    """Undo treebank tokenisation, the way print looks, and remember the places.

    >>> plain("He did n't go -LRB- home -RRB- .").text
    "He didn't go (home)."
    """
    out: list[str] = []
    places: list[int] = []
    words = [(m.group(), m.start()) for m in re.finditer(r"\S+", line)]
    treebank = any(w in (",", ".", "''", "``", "'s", "-LRB-") for w, _ in words)
    quote = False
    glue = True
    for n, (word, at) in enumerate(words):
        shown = _BRACKET.get(word, word) if treebank else word
        opening = closing = False
        if treebank and shown == '"':
            opening = word == "``" or (word == '"' and not quote)
            quote = opening
            closing = not opening
        tight = treebank and (closing or (_GLUED.match(shown) is not None and not opening))
        if treebank and shown == "-":
            tight = 0 < n < len(words) - 1 and words[n - 1][0][-1].isalnum() and words[n + 1][0][0].isalnum()
        if not glue and not tight:
            out.append(" ")
            places.append(at)
        out.append(shown)
        places.extend(at + min(k, len(word) - 1) for k in range(len(shown)))
        glue = treebank and (opening or shown[-1] in "([{$£€" or (shown == "-" and tight))
    return Line("".join(out), tuple(places))


def quoted(line: str, place: Line, parse: Parse, picked: Iterable[int]) -> str:
    """Write tokens as the words of the original line they came from."""
    pieces: list[str] = []
    last = -1
    for i in picked:
        token = parse.tokens[i]
        start = place.places[token.start]
        end = place.places[token.end - 1] + 1
        if line[start:end].strip() in ("-LRB", "-RRB"):
            end += 1
        bracket = _BRACKET.get(line[start : line.find(" ", start) if line.find(" ", start) > 0 else len(line)])
        if bracket is not None:
            end = start + len(bracket) if False else (line.find(" ", start) if line.find(" ", start) > 0 else len(line))
        if start < last:
            start = last
            if start >= end:
                continue
        if pieces and start > last:
            pieces.append(" ")
        pieces.append(line[start:end])
        last = end
    return "".join(pieces).strip()


def extract_lines(lines: Iterable[str], style: Style, parser: Parser) -> Iterator[Extraction]:
    """Read one sentence a line and yield its extractions in order."""
    raw = [line.rstrip("\n") for line in lines]
    plains = [plain(line) for line in raw]
    documents = [Document(str(n), line.text) for n, line in enumerate(plains)]
    for line, place, parse in zip(raw, plains, parser.read(documents), strict=True):
        yield from extractions(line, place, repair(parse), style)


def explain_lines(lines: Iterable[str], style: Style, parser: Parser) -> Iterator[str]:
    """Show for people, sentence by sentence, each clause with the rules that found it and what was made of it."""
    raw = [line.rstrip("\n") for line in lines]
    plains = [plain(line) for line in raw]
    documents = [Document(str(n), line.text) for n, line in enumerate(plains)]
    for line, place, parse in zip(raw, plains, parser.read(documents), strict=True):
        parse = repair(parse)
        yield line
        for clause in clauses(parse, ontology()):
            yield "  clause  " + described(parse, clause)
        for found in extractions(line, place, parse, style):
            slots = "; ".join((found.arg0, found.rel, *found.args))
            yield f"  {found.confidence:.2f}  ({slots})  {found.rule}"


def described(parse: Parse, clause: Clause) -> str:
    """One line for one clause: group, subject, arguments with slot and role, rules."""

    def words(picked: Iterable[int]) -> str:
        return " ".join(parse.tokens[i].text for i in picked)

    parts = " ".join(
        f"{p.slot}/{p.role}[{' '.join(filter(None, (words(p.marker), words(p.heads))))}]" for p in clause.parts
    )
    return f"[{words(clause.group)}] subject[{words(clause.subjects)}] {parts} by {', '.join(clause.trace)}"


def extractions(line: str, place: Line, parse: Parse, style: Style) -> Iterator[Extraction]:
    """Extractions of one parsed line."""
    seen: set[tuple[str, str, tuple[str, ...]]] = set()
    for candidate in candidates(parse, style):
        arg0 = quoted(line, place, parse, candidate.subject)
        rel = candidate.implied or quoted(line, place, parse, candidate.relation)
        args = tuple(filter(None, (quoted(line, place, parse, a) for a in candidate.arguments)))
        key = (arg0, rel, args)
        if not arg0 or not rel or key in seen:
            continue
        seen.add(key)
        polarity, certainty = told(parse, candidate.clause)
        yield Extraction(line, arg0, rel, args, 1.0, polarity, certainty, candidate.rule)


def told(parse: Parse, clause: Clause) -> tuple[Polarity, Certainty]:
    """Polarity and certainty as the verb group alone shows them."""
    words = [parse.tokens[g] for g in clause.group]
    polarity = Polarity.NEGATIVE if any(w.dep == "neg" for w in words) else Polarity.POSITIVE
    modal = any(w.tag == "MD" and w.lower in ("may", "might", "could", "can") for w in words)
    return polarity, Certainty.POSSIBLE if modal else Certainty.CERTAIN


# ---------------------------------------------------------------- candidates

_MUTE: Final = frozenset(('"', "''", "``", "“", "”", "`"))


def candidates(parse: Parse, style: Style) -> Iterator[Candidate]:
    """All extractions of a parse in one style."""
    writer = _Chained(parse) if style is Style.CHAINED else _Nary(parse)
    for clause in clauses(parse, ontology()):
        yield from writer.clause(clause)


class _Writer:
    def __init__(self, parse: Parse) -> None:
        self.parse = parse
        self.tokens = parse.tokens

    def clean(self, picked: Iterable[int]) -> tuple[int, ...]:
        """Drop quotes, and punctuation at the edges."""
        kept = [i for i in picked if self.tokens[i].text not in _MUTE]
        while kept and self.tokens[kept[-1]].pos == "PUNCT" and self.tokens[kept[-1]].text not in (".", ")", "]"):
            kept.pop()
        while kept and self.tokens[kept[0]].pos == "PUNCT" and self.tokens[kept[0]].text not in ("(", "["):
            kept.pop(0)
        return tuple(kept)

    def phrase(self, head: int) -> tuple[int, ...]:
        first, end = extent(self.tokens, head)
        return self.clean(range(first, end))

    def minimal(self, head: int) -> tuple[int, ...]:
        """A noun phrase up to its head, with a following "of" phrase."""
        first, end = extent(self.tokens, head)
        cut = head + 1
        for c in self.tokens[head].children:
            if c > head and c < end and self.tokens[c].lower == "of" and c == cut:
                cut = min(end, self.tokens[c].right + 1)
                cut = min(cut, self.of_end(c))
        return self.clean(range(first, cut))

    def of_end(self, prep: int) -> int:
        inner = next((c for c in self.tokens[prep].children if self.tokens[c].dep == "pobj"), None)
        return extent(self.tokens, inner)[1] if inner is not None else self.tokens[prep].right + 1

    def bare(self, head: int) -> tuple[int, ...]:
        """A noun phrase up to its head."""
        first, _ = extent(self.tokens, head)
        return self.clean(range(first, head + 1))


class _Chained(_Writer):
    """Binary triples: verb to object, then each prepositional phrase one link further."""

    def clause(self, clause: Clause) -> Iterator[Candidate]:
        for subject in clause.subjects:
            who = self.phrase(subject)
            if who:
                yield from self.about(clause, who)

    def about(self, clause: Clause, who: tuple[int, ...]) -> Iterator[Candidate]:
        group = clause.group
        direct = [p for p in clause.parts if p.slot in (Slot.OBJECT, Slot.COMPLEMENT)]
        objects: list[tuple[int, ...]] = []
        for part in direct:
            for head in part.heads:
                objects.append(self.bare(head))
                what = self.minimal(head)
                yield Candidate(who, group, (what,), clause, f"{part.slot}:{clause.inherited}")
                yield from self.links(clause, who, (*group, *self.bare(head)), head, 1)
        for part in clause.parts:
            if part.slot is Slot.INDIRECT:
                for head in part.heads:
                    yield Candidate(who, group, (self.minimal(head),), clause, f"indirect:{clause.inherited}")
            elif part.slot in (Slot.OBLIQUE, Slot.AGENT):
                before = objects[0] if objects else ()
                for head in part.heads:
                    if self.tokens[head].pos in ("VERB", "AUX"):
                        what = self.clean(range(part.first, part.end))
                    else:
                        what = self.minimal(head)
                    rel = (*group, *before, *part.marker)
                    yield Candidate(who, rel, (what,), clause, f"{part.slot}:{clause.inherited}")
                    yield from self.links(clause, who, (*rel, *self.bare(head)), head, 1)
            elif (
                part.slot is Slot.ADVERBIAL
                and part.role is Role.TIME
                and self.tokens[part.heads[0]].pos in ("NOUN", "PROPN", "NUM")
            ):
                before = objects[0] if objects else ()
                yield Candidate(
                    who,
                    (*group, *before),
                    (self.clean(range(part.first, part.end)),),
                    clause,
                    f"{part.slot}:{clause.inherited}",
                )

    def links(
        self, clause: Clause, who: tuple[int, ...], rel: tuple[int, ...], head: int, depth: int
    ) -> Iterator[Candidate]:
        """Follow the prepositional phrases of a noun, one link at a time."""
        if depth > 3:
            return
        for c in self.tokens[head].children:
            if c < head or self.tokens[c].dep != "prep":
                continue
            for inner in self.tokens[c].children:
                if self.tokens[inner].dep != "pobj":
                    continue
                for one in conjuncts(self.tokens, inner):
                    further = (*rel, c)
                    yield Candidate(
                        who,
                        further,
                        (self.minimal(one),),
                        clause,
                        f"link{depth}:{self.tokens[c].lower == 'of'}:{clause.inherited}",
                    )
                    yield from self.links(clause, who, (*further, *self.bare(one)), one, depth + 1)


class _Nary(_Writer):
    """One tuple a clause, arguments whole."""

    def clause(self, clause: Clause) -> Iterator[Candidate]:
        if not clause.subjects:
            return
        who = self.whole(clause.subjects)
        adverbs = [p.heads[0] for p in clause.parts if p.slot is Slot.ADVERB and p.end - p.first <= 2 and not p.marker]
        group = sorted({*clause.group, *(a for a in adverbs if clause.group[0] < a < clause.predicate)})
        args: list[tuple[int, ...]] = []
        for part in clause.parts:
            if part.slot is Slot.ADVERB:
                continue
            marker = part.marker
            span = tuple(range(part.first, part.end)) if len(part.heads) < 2 or True else ()
            picked = self.clean((*(m for m in marker if not part.first <= m < part.end), *span))
            if picked:
                args.append(picked)
        yield Candidate(who, tuple(group), tuple(args), clause, f"{clause.kind}:{clause.inherited}")

    def whole(self, heads: tuple[int, ...]) -> tuple[int, ...]:
        first = extent(self.tokens, heads[0])[0]
        end = extent(self.tokens, heads[-1])[1]
        return self.clean(range(first, end))
