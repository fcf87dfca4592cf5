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
from kg.reading.clauses import Clause, Kind, Part, Slot, clauses, conjuncts, extent, glued, lexicon
from kg.reading.confidence import LEAST, confidence
from kg.reading.parse import BATCH
from kg.reading.pipeline import calm_collector
from kg.reading.qualify import verdict
from kg.reading.qualify.certainty import certainty
from kg.reading.repair import repair

if TYPE_CHECKING:
    from kg.reading.parse import Parse, Parser, Token


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
        places.extend(range(at, at + len(shown)))  # what is shown is never longer than the word
        glue = treebank and (opening or shown[-1] in "([{$£€" or (shown == "-" and tight))
    return Line("".join(out), tuple(places))


def quoted(line: str, place: Line, parse: Parse, picked: Iterable[int]) -> str:
    """Write tokens as the words of the original line they came from."""
    pieces: list[str] = []
    before, last = -2, -1
    for i in picked:
        token = parse.tokens[i]
        start, end = place.places[token.start], place.places[token.end - 1] + 1
        if line[start : start + 1] in _ESCAPED:
            end = max(end, _word_end(line, start))
        if i == before + 1 and start < last:
            start = last
        if start >= end:
            continue
        if pieces and start != last:
            pieces.append(" ")
        pieces.append(line[start:end])
        before, last = i, end
    return "".join(pieces).strip()


_ESCAPED: Final = frozenset(("-", "`", "'"))


def _word_end(line: str, start: int) -> int:
    """End of a treebank bracket or quote ("-LRB-") that stands at a place, or the place itself."""
    word = line[start:].split(" ", 1)[0]
    return start + len(word) if word in _BRACKET else start


def read_lines(lines: Iterable[str], parser: Parser) -> Iterator[tuple[str, Line, Parse]]:
    """Parse one sentence a line: the line, its words' places, and the mended parse."""
    raw = [line.rstrip("\n") for line in lines]
    places = [plain(line) for line in raw]
    documents = (Document(str(n), place.text) for n, place in enumerate(places))
    for line, place, parse in zip(raw, places, parser.read(documents, together=BATCH), strict=True):
        yield line, place, repair(parse)


def extract_lines(lines: Iterable[str], style: Style, parser: Parser) -> Iterator[Extraction]:
    """Read one sentence a line and yield its extractions in order."""
    calm_collector()
    for line, place, parse in read_lines(lines, parser):
        yield from extractions(line, place, parse, style)


def extractions(line: str, place: Line, parse: Parse, style: Style) -> Iterator[Extraction]:
    """Extractions of one parsed line."""
    seen: set[tuple[str, str, tuple[str, ...]]] = set()
    verdicts = certainty(parse, ontology())
    for candidate in candidates(parse, style):
        arg0 = quoted(line, place, parse, candidate.subject)
        rel = candidate.implied or quoted(line, place, parse, candidate.relation)
        args = tuple(filter(None, (quoted(line, place, parse, a) for a in candidate.arguments)))
        key = (arg0, rel, args)
        if not arg0 or not rel or key in seen:
            continue
        seen.add(key)
        sure = confidence(style.value, features(parse, candidate))
        if style is Style.CHAINED and (sure < LEAST or not args):
            continue
        meant = verdict(parse.tokens, verdicts, candidate.clause.predicate, content(parse, candidate.clause))
        yield Extraction(line, arg0, rel, args, round(sure, 4), meant.polarity, meant.certainty, candidate.rule)


def content(parse: Parse, clause: Clause) -> tuple[int, ...]:
    """Verbs of a group that are judged: "was able to sign" tells of signing."""
    words, tokens = lexicon(ontology()), parse.tokens
    see_through = words.transparent_verbs | words.transparent_adjectives
    return tuple(v for v in clause.verbs if v == clause.predicate or tokens[v].lemma not in see_through)


def features(parse: Parse, candidate: Candidate) -> list[str]:
    """What the ranker looks at: the rule, the kind of clause, how long each piece is and how it begins and ends."""
    tokens, clause = parse.tokens, candidate.clause
    predicate = tokens[clause.predicate]
    said = sum(map(len, candidate.arguments))
    found = [
        f"rule:{candidate.rule.split(':')[0]}",
        f"inherited:{clause.inherited}",
        f"kind:{clause.kind}",
        f"dep:{predicate.dep}",
        f"arguments:{min(len(candidate.arguments), 4)}",
        f"subject_words:{min(len(candidate.subject), 8) // 2}",
        f"argument_words:{min(said, 24) // 3}",
        f"relation_words:{min(len(candidate.relation), 10) // 2}",
        f"sentence_words:{min(len(tokens), 60) // 10}",
        f"subject_tag:{tokens[candidate.subject[-1]].tag}" if candidate.subject else "subject_tag:none",
        f"verb_tag:{predicate.tag}",
    ]
    if candidate.arguments and candidate.arguments[-1]:
        found.append(f"last_pos:{tokens[candidate.arguments[-1][-1]].pos}")
    return found


# ---------------------------------------------------------------- candidates

_MUTE: Final = frozenset(('"', "''", "``", "“", "”", "`"))


def candidates(parse: Parse, style: Style) -> Iterator[Candidate]:
    """All extractions of a parse in one style."""
    writer = _Chained(parse) if style is Style.CHAINED else _Nary(parse)
    for clause in writer.by_predicate.values():
        yield from writer.clause(clause)
    if style is Style.NARY:
        yield from writer.implied()


class _Writer:
    def __init__(self, parse: Parse) -> None:
        self.parse = parse
        self.tokens = parse.tokens
        self.by_predicate = {clause.predicate: clause for clause in clauses(parse, ontology())}

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
        cut = self.tail(head) + 1
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
        return self.clean(range(first, self.tail(head) + 1))

    def tail(self, head: int) -> int:
        """Last token of the name a head ends, with a number right behind it: "section 1", "21 September 2010"."""
        at = glued(self.tokens, head)
        while at + 1 < len(self.tokens):
            following = self.tokens[at + 1]
            if following.head != head or following.dep not in ("nummod", "nmod", "npadvmod") or following.pos != "NUM":
                break
            at += 1
        return at

    def implied(self) -> Iterator[Candidate]:
        """What no verb says: "Mlada, the bride" (is), "President Clinton" (is), "his plan" (has)."""
        for token in self.tokens:
            if token.pos not in ("NOUN", "PROPN"):
                continue
            for c in token.children:
                child = self.tokens[c]
                if child.dep == "appos" and child.pos in ("NOUN", "PROPN"):
                    yield self.unsaid(token, "is", token.i, self.bare(c), "apposition")
                elif child.dep == "poss" and child.pos in ("NOUN", "PROPN"):
                    owned = self.clean(i for i in self.bare(token.i) if i > child.right)
                    yield self.unsaid(token, "has", c, owned, "possessor")

    def unsaid(self, token: Token, relation: str, subject: int, thing: tuple[int, ...], rule: str) -> Candidate:
        clause = Clause(token.i, Kind.APPOSITION, (), (), False, (subject,), rule, (), None, (rule,))
        who = tuple(i for i in self.bare(subject) if self.tokens[i].tag != "POS")
        return Candidate(who, (), (thing,), clause, f"{rule}:{token.ent or unnamed(token)}", relation)


def unnamed(token: Token) -> str:
    """Stand in for the name label of a noun that is no name."""
    return token.pos.lower()


_CIRCUMSTANCE: Final = frozenset((Role.TIME, Role.MANNER, Role.INSTRUMENT, Role.CAUSE))


class _Chained(_Writer):
    """Binary triples: verb to object, then each prepositional phrase one link further."""

    def clause(self, clause: Clause) -> Iterator[Candidate]:
        if clause.kind is Kind.EXISTENTIAL:
            yield from self.existential(clause)
            return
        lead, how = self.lead(clause)
        for subject in clause.subjects:
            chain = self.predicative(clause, subject)
            if chain is None:
                yield from self.about(clause, self.name(subject, clause), (*lead, *clause.group), how)
                continue
            joined = (*chain.group, *self.bare(subject)) if clause.inherited == "infinitive" else ()
            for higher in chain.subjects:
                yield from self.about(clause, self.name(higher, clause), (*joined, *clause.group), "predicative")

    def lead(self, clause: Clause) -> tuple[tuple[int, ...], str]:
        """What of the clause above goes before the verb: "used its reserves to pay", "the need for paying"."""
        above = self.by_predicate.get(clause.governor) if clause.governor is not None else None
        if above is None or above.subjects != clause.subjects:
            return (), clause.inherited
        to = self.tokens[clause.group[0]].tag == "TO"
        purpose = clause.inherited == "purpose" or (clause.inherited == "adverbial" and to)
        if purpose and above.predicate < clause.predicate:
            return (*above.group, *self.thing(above)), "purpose"
        if clause.inherited == "gerund" and self.tokens[clause.predicate].dep == "pcomp":
            return self.gerund(clause, above)
        return (), clause.inherited

    def gerund(self, clause: Clause, above: Clause) -> tuple[tuple[int, ...], str]:
        """As in "feels the need for paying", "was talked into paying"; "left without paying" stands by itself."""
        prep = self.tokens[self.tokens[clause.predicate].head]
        while prep.dep == "conj":
            prep = self.tokens[prep.head]
        for part in above.parts:
            if prep.head in part.heads:
                return (*above.group, *part.marker, *self.bare(prep.head), prep.i), "of_noun"
            if clause.predicate in part.heads and part.role not in _CIRCUMSTANCE and above.predicate < prep.i:
                return (*above.group, *self.thing(above), *part.marker), "of_verb"
        return (), "gerund"

    def thing(self, clause: Clause) -> tuple[int, ...]:
        """A clause's object, if it has one."""
        found = clause.slots(Slot.OBJECT)
        return self.bare(found[0].heads[0]) if found else ()

    def name(self, subject: int, clause: Clause) -> tuple[int, ...]:
        """The subject's phrase, cut before the clause itself where that modifies it."""
        first, end = extent(self.tokens, subject)
        left = self.tokens[clause.predicate].left
        if first < left < end:
            end = left
        return self.clean(range(first, end))

    def predicative(self, clause: Clause, subject: int) -> Clause | None:
        """ "Was the only ship to conduct attacks", "is a bank founded in 1900": whose complement the subject is."""
        token = self.tokens[subject]
        if clause.inherited not in ("infinitive", "participle") or token.dep not in ("attr", "conj"):
            return None
        while token.dep == "conj":
            token = self.tokens[token.head]
        return self.by_predicate.get(token.head) if token.dep == "attr" else None

    def existential(self, clause: Clause) -> Iterator[Candidate]:
        there = next((c for c in self.tokens[clause.predicate].children if self.tokens[c].dep == "expl"), None)
        if there is None:
            return
        for subject in clause.subjects:
            yield Candidate((there,), clause.group, (self.minimal(subject),), clause, "existential")
            yield from self.links(clause, (there,), (*clause.group, *self.bare(subject)), subject, 1)

    def about(self, clause: Clause, who: tuple[int, ...], group: tuple[int, ...], how: str) -> Iterator[Candidate]:
        if not who:
            return
        before: tuple[int, ...] = ()
        for part in clause.parts:
            if part.slot in (Slot.OBJECT, Slot.COMPLEMENT):
                for head in part.heads:
                    yield Candidate(who, group, (self.minimal(head),), clause, f"{part.slot}:{how}")
                    yield from self.links(clause, who, (*group, *self.bare(head)), head, 1)
                before = before or self.bare(part.heads[0])
        for part in clause.parts:
            if part.slot is Slot.INDIRECT:
                for head in part.heads:
                    yield Candidate(who, group, (self.minimal(head),), clause, f"indirect:{how}")
            elif part.slot is Slot.CONTENT and part.first > clause.predicate and self.finite(part):
                yield Candidate(who, group, (self.clean(range(part.first, part.end)),), clause, f"content:{how}")
            elif part.slot in (Slot.OBLIQUE, Slot.AGENT):
                yield from self.oblique(clause, part, who, (*group, *before), how)
                if part.slot is Slot.AGENT and self.tokens[part.heads[0]].pos not in ("VERB", "AUX"):
                    before = (*part.marker, *self.bare(part.heads[0]))
            elif part.role is Role.TIME and part.end - part.first > 1 and self.timely(part):
                what = self.clean(range(part.first, part.end))
                yield Candidate(who, (*group, *before), (what,), clause, f"{part.slot}:{how}")

    def finite(self, part: Part) -> bool:
        """A clause of its own, as "that" opens it: not "to go"."""
        inner = self.by_predicate.get(part.heads[0])
        return inner is not None and inner.inherited == "own"

    def timely(self, part: Part) -> bool:
        return part.slot in (Slot.ADVERBIAL, Slot.ADVERB) and self.tokens[part.heads[0]].pos not in ("VERB", "AUX")

    def oblique(
        self, clause: Clause, part: Part, who: tuple[int, ...], group: tuple[int, ...], how: str
    ) -> Iterator[Candidate]:
        rel = (*group, *part.marker)
        for head in part.heads:
            if self.tokens[head].pos in ("VERB", "AUX"):
                what = self.clean(range(part.first, part.end))
                yield Candidate(who, rel, (what,), clause, f"{part.slot}_clause:{how}")
                continue
            yield Candidate(who, rel, (self.minimal(head),), clause, f"{part.slot}:{how}")
            yield from self.links(clause, who, (*rel, *self.bare(head)), head, 1)

    def links(
        self, clause: Clause, who: tuple[int, ...], rel: tuple[int, ...], head: int, depth: int
    ) -> Iterator[Candidate]:
        """Follow the prepositional phrases of a noun, one link at a time."""
        if depth > 3:
            return
        tokens = self.tokens
        for c in tokens[head].children:
            if c < head or tokens[c].dep != "prep":
                continue
            for inner in tokens[c].children:
                if tokens[inner].dep != "pobj" or (tokens[head].pos == "PROPN" and tokens[inner].pos == "NUM"):
                    continue
                for one in conjuncts(tokens, inner):
                    further = (*rel, c)
                    rule = f"link{depth}:{'of' if tokens[c].lower == 'of' else 'other'}:{clause.inherited}"
                    yield Candidate(who, further, (self.minimal(one),), clause, rule)
                    yield from self.links(clause, who, (*further, *self.bare(one)), one, depth + 1)


class _Nary(_Writer):
    """One tuple a clause, arguments whole."""

    def clause(self, clause: Clause) -> Iterator[Candidate]:
        tokens = self.tokens
        if clause.kind is Kind.EXISTENTIAL:
            there = next((c for c in tokens[clause.predicate].children if tokens[c].dep == "expl"), None)
            who: tuple[int, ...] = (there,) if there is not None else ()
        elif clause.subjects:
            who = self.whole(clause)
        else:
            return
        adverbs = [p.heads[0] for p in clause.parts if p.slot is Slot.ADVERB and p.end - p.first <= 2 and not p.marker]
        group = tuple(sorted({*clause.group, *(a for a in adverbs if clause.group[0] < a < clause.predicate)}))
        args: list[tuple[int, ...]] = []
        if clause.kind is Kind.EXISTENTIAL and clause.subjects:
            args.append(self.spread(clause.subjects))
        for part in clause.parts:
            picked = self.argument(clause, part)
            if picked:
                args.append(picked)
        yield Candidate(who, group, tuple(args), clause, f"{clause.kind}:{clause.inherited}")

    def argument(self, clause: Clause, part: Part) -> tuple[int, ...]:
        tokens = self.tokens
        head = tokens[part.heads[0]]
        if part.slot is Slot.ADVERB and (part.role is not Role.TIME or part.first == part.end - 1):
            return ()
        if part.slot is Slot.CONTENT and part.first < clause.predicate < part.end:
            return ()  # "The plan, he said, is dead"
        first, end = part.first, part.end
        if head.pos in ("NOUN", "PROPN", "PRON", "NUM"):
            end = min(end, self.cut(head.i, end))
        return self.clean((*(m for m in part.marker if not first <= m < end), *range(first, end)))

    def cut(self, head: int, end: int) -> int:
        """Where an aside behind a noun begins: a relative clause after a comma."""
        tokens = self.tokens
        for c in tokens[head].children:
            if c > head and tokens[c].dep == "relcl" and tokens[tokens[c].left - 1].text in (",", "("):
                return min(end, tokens[c].left - 1)
        return end

    def whole(self, clause: Clause) -> tuple[int, ...]:
        picked = self.spread(clause.subjects)
        left = self.tokens[clause.predicate].left
        if picked and picked[0] < left < picked[-1] and left > clause.subjects[0]:
            picked = self.clean(i for i in picked if i < left)
        return picked

    def spread(self, heads: tuple[int, ...]) -> tuple[int, ...]:
        first = extent(self.tokens, heads[0])[0]
        end = extent(self.tokens, heads[-1])[1]
        return self.clean(range(first, end))
