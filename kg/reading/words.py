"""What a spaCy model makes of a word without looking round, worked out once a word: the same values, sooner.

Two parts of a pipeline see no context: the embedding layer, whose rows depend on a token's own form alone, and the
attribute ruler with the lemmatizer, which need a token's form, tag and dependency. Both repeat themselves on every
"the". Here each is asked once for each different word and its answer is kept.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab
    from thinc.api import Model

MOST: Final = 60_000
"""Words kept before all are forgotten: 23 MB an embedding."""

Rows = np.ndarray[tuple[int, int], np.dtype[np.uint64]]


# ---------------------------------------------------------------- embeddings


def remember_embeddings(nlp: Language) -> None:
    """Let every convolutional network of a pipeline look up the embedding of a word it has met before.

    A layer whose rows are not independent to the last bit on this machine stays as it is.
    """
    for _, pipe in nlp.pipeline:
        network = getattr(pipe, "model", None)
        for node in list(network.walk()) if network is not None else ():
            for n, layer in enumerate(node.layers):
                if _is_embedding(layer) and _rows_are_independent(layer, nlp):
                    node.layers[n] = _remembering(layer, nlp.vocab)


def _is_embedding(layer: Model[Any, Any]) -> bool:
    """Tell a whole `MultiHashEmbed`: features of documents in, one list of vectors a document out."""
    if not layer.layers or layer.layers[-1].name != "ragged2list":
        return False
    return sum(node.name == "extract_features" for node in layer.walk()) == 1


def _columns(layer: Model[Any, Any]) -> list[str | int]:
    from spacy.attrs import ORTH

    return [ORTH, *next(node for node in layer.walk() if node.name == "extract_features").attrs["columns"]]


class _Words:
    """Different words in the guise of a document, as far as an embedding layer looks at one."""

    def __init__(self, vocab: Vocab, columns: Sequence[str | int], rows: Rows) -> None:
        self.vocab = vocab
        self._place = {column: n for n, column in enumerate(columns)}
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    def to_array(self, wanted: int | str | list[int | str]) -> Rows:
        if isinstance(wanted, list):
            return np.ascontiguousarray(self._rows[:, [self._place[one] for one in wanted]])
        return np.ascontiguousarray(self._rows[:, self._place[wanted]])


def _remembering(layer: Model[Any, Any], vocab: Vocab) -> Model[Any, Any]:
    """Put a memory before a layer: equal rows of features get the vectors they got the first time."""
    from thinc.api import Model

    columns = _columns(layer)
    place: dict[bytes, int] = {}
    table = np.zeros((1024, layer.get_dim("nO")), dtype="f")

    def forward(_: Model[Any, Any], docs: list[Doc], is_train: bool) -> tuple[list[Any], Callable[..., Any]]:
        nonlocal table
        if len(place) > MOST:
            place.clear()
        rows = [np.ascontiguousarray(doc.to_array(columns)) for doc in docs]
        keys = [_keys(array) for array in rows]
        new: dict[bytes, Any] = {}
        for doc_keys, array in zip(keys, rows, strict=True):
            new.update((key, array[n]) for n, key in enumerate(doc_keys) if key not in place and key not in new)
        if new:
            [vectors] = layer.predict([_Words(vocab, columns, np.stack(list(new.values())))])
            first = len(place)
            while first + len(new) > len(table):
                table = np.concatenate((table, np.zeros_like(table)))
            table[first : first + len(new)] = vectors
            place.update(zip(new, range(first, first + len(new)), strict=True))
        return [table[[place[key] for key in one]] for one in keys], lambda _: []

    return Model(layer.name, forward, dims={"nO": layer.get_dim("nO")}, layers=[])


def _keys(rows: Rows) -> list[bytes]:
    return rows.view(f"V{rows.shape[1] * 8}").ravel().tolist() if rows.size else []


def _rows_are_independent(layer: Model[Any, Any], nlp: Language) -> bool:
    """Try whether a word's vector is the same, bit for bit, alone, among others and in another place."""
    columns = _columns(layer)
    doc = nlp.make_doc(
        "In 1999 the U.N.'s well-known envoy didn't say (at 3pm) how long \"they\" would stay, or why. " * 3
    )
    rows = np.ascontiguousarray(doc.to_array(columns))

    def vectors(picked: Rows) -> Any:
        return layer.predict([_Words(nlp.vocab, columns, picked)])[0]

    together = vectors(rows)
    alone = np.concatenate([vectors(rows[n : n + 1]) for n in range(len(rows))])
    turned = vectors(rows[::-1])[::-1]
    return bool(np.array_equal(together, alone) and np.array_equal(together, turned))


# ---------------------------------------------------------------- part of speech and lemma


class Sense(NamedTuple):
    """Part of speech and lemma."""

    pos: str
    lemma: str


_OWN: Final = frozenset(("TAG", "DEP", "LOWER", "ORTH", "TEXT", "IS_SPACE"))
_SET: Final = frozenset(("POS", "LEMMA", "MORPH"))


class Senses:
    """Part of speech and lemma of tokens by form, tag and dependency; replaces the ruler and the lemmatizer."""

    def __init__(self, nlp: Language) -> None:
        from spacy.matcher import Matcher

        self._pipes: list[Any] = [nlp.get_pipe(name) for name in ("attribute_ruler", "lemmatizer")]
        self._vocab = nlp.vocab
        self._known: dict[tuple[int, int, int], Sense] = {}
        self._pairs = Matcher(nlp.vocab)
        """Rules that look at two words together: where one holds, the pipes read the text themselves."""
        self._triggers: set[int] = set()
        """Lower-case forms and dependencies without which none of these rules holds."""
        for n, rule in enumerate(self._pipes[0].patterns):
            longer = [pattern for pattern in rule["patterns"] if len(pattern) > 1]
            if longer:
                self._pairs.add(str(n), longer)
            for pattern in longer:
                self._triggers.update(_signed(nlp.vocab.strings.add(word)) for word in _anchor(pattern))

    @staticmethod
    def of(nlp: Language) -> Senses | None:
        """Take the two pipes out of a pipeline, if they look at a word's form, tag and dependency only."""
        from spacy.pipeline import AttributeRuler, Lemmatizer

        if not {"attribute_ruler", "lemmatizer"} <= set(nlp.pipe_names):
            return None
        ruler, lemmatizer = nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer")
        if not isinstance(ruler, AttributeRuler) or not isinstance(lemmatizer, Lemmatizer):
            return None
        if lemmatizer.mode != "rule" or not all(_is_local(rule) for rule in ruler.patterns):
            return None
        patterns: list[Any] = [pattern for rule in ruler.patterns for pattern in cast(Any, rule["patterns"])]
        if not all(_anchor(pattern) for pattern in patterns if len(pattern) > 1):
            return None
        senses = Senses(nlp)
        index = lemmatizer.lookups.get_table("lemma_index", {})
        for pos in list(index):  # lists of up to 80,000 words that are only asked what they hold
            index[pos] = frozenset(index[pos])
        for name in ("attribute_ruler", "lemmatizer"):
            nlp.disable_pipe(name)
        return senses

    def read(self, doc: Doc, forms: list[int], lowers: list[int], tags: list[int], deps: list[int]) -> list[Sense]:
        """Look up the senses of a document's tokens that are no white space, given as signed hashes."""
        alone = self._triggers.isdisjoint(lowers) and self._triggers.isdisjoint(deps)
        if not alone and self._pairs(doc, allow_missing=True):
            for pipe in self._pipes:
                doc = pipe(doc)
            return [_sense(token) for token in doc if not token.is_space]
        known = self._known
        keys = list(zip(forms, tags, deps, strict=True))
        new = [key for key in dict.fromkeys(keys) if key not in known]
        if new:
            if len(known) > MOST:
                known.clear()
                new = list(dict.fromkeys(keys))
            known.update(zip(new, self._worked_out(new), strict=True))
        return [known[key] for key in keys]

    def _worked_out(self, forms: Sequence[tuple[int, int, int]]) -> Iterator[Sense]:
        """Ask the pipes: the words in a row, or so far apart that none sees another where two of them would meet."""
        doc = self._row(forms, apart=1)
        step = 2 if self._pairs(doc, allow_missing=True) else 1
        if step == 2:
            doc = self._row(forms, apart=2)
        for pipe in self._pipes:
            doc = pipe(doc)
        for n in range(0, len(doc), step):
            yield _sense(doc[n])

    def _row(self, forms: Sequence[tuple[int, int, int]], apart: int) -> Doc:
        from spacy.attrs import DEP, TAG
        from spacy.tokens import Doc

        words = ["\n"] * (len(forms) * apart)
        words[::apart] = [self._vocab.strings[orth % _WRAP] for orth, _, _ in forms]
        values: Any = np.zeros((len(words), 2), dtype="int64")
        values[::apart] = [(tag, dep) for _, tag, dep in forms]
        return Doc(self._vocab, words=words).from_array([TAG, DEP], values.view("uint64"))


_SINGLE: Final = re.compile(r"([^aeiou]*[^aeiou][aeiou][^aeiouwxyhs])(ed|ing|es)")


def _sense(token: Any) -> Sense:
    """Read "fined" as "fine", where the rules of a lemmatizer stop at "fin": that would be "finned"."""
    lemma, form = token.lemma_.lower(), token.lower_
    found = _SINGLE.fullmatch(form) if token.pos_ == "VERB" else None
    return Sense(token.pos_, lemma + "e" if found is not None and found[1] == lemma else lemma)


_WRAP: Final = 1 << 64


def _signed(number: int) -> int:
    return number - _WRAP if number >> 63 else number


def _anchor(pattern: list[dict[str, Any]]) -> list[str]:
    """Words, or dependencies, of which one must be there for a pattern of several tokens to hold."""
    for token in pattern:
        for key in ("LOWER", "DEP"):
            wanted = token.get(key)
            if isinstance(wanted, str):
                return [wanted]
            if isinstance(wanted, dict) and list(wanted) == ["IN"]:
                return list(wanted["IN"])
    return []


def _is_local(rule: dict[str, Any]) -> bool:
    """A rule that reads a word's own form, tag and dependency, and rewrites neither tag nor dependency of a word."""
    patterns = rule["patterns"]
    reads = {key for pattern in patterns for token in pattern for key in token}
    space = all(token.get("IS_SPACE") is True for pattern in patterns for token in pattern)
    return reads <= _OWN and (space or set(rule["attrs"]) <= _SET)
