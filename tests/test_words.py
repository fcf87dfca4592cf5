"""What is remembered of a word is what the model says of it afresh, to the last bit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from kg.model import Document
from kg.reading.parse import Parse, Parser, load_model

if TYPE_CHECKING:
    from spacy.language import Language

ROOT = Path(__file__).parents[1]
TRAPS = [
    "He's gonna leave, they've gotta stay, y'all ain't going: c'mon, let's see what's there.",
    "There is a plan. There's another; there were three. It is what it is.",
    "US can't, won't, didn't and shouldn't. I'd've gone. The dogs' owner's dog's leash.",
    "She left. She has left. The left wing left left-handed. LEFT BEHIND!",
    "A  double  space,\ta tab, an e-mail to a@b.org, 25km, $5m, #1 and 1,000 £.",
]


@pytest.fixture(scope="module")
def stock() -> Language:
    return load_model()


def texts() -> list[str]:
    places = sorted((ROOT / "tests" / "articles").glob("*.txt")) + sorted((ROOT / "seeds").glob("*.txt"))
    return [line for place in places for line in place.read_text(encoding="utf-8").splitlines() if line] + TRAPS


def test_tokens_are_those_of_the_pipeline_as_it_is_loaded(parser: Parser, stock: Language) -> None:
    for text, parse in zip(texts(), parser.read(Document("d", text) for text in texts()), strict=True):
        plain = text.translate(str.maketrans("“”‘’\t", "\"\"'' "))
        [doc] = stock.pipe([plain])  # as a batch of one, which is how the parser reads a line
        expected = [(t.idx, t.pos_, t.tag_, t.lemma_.lower(), t.ent_type_) for t in doc if not t.is_space]
        assert [(t.start, t.pos, t.tag, t.lemma, t.ent) for t in parse.tokens] == expected, text


@pytest.mark.parametrize(
    ("text", "lemma"),
    [("They fined the bank.", "fine"), ("He rated the film.", "rate"), ("She hopes to win.", "hope"),
     ("They were staging a play.", "stage"), ("He hopped off the bus.", "hop"), ("They planned a trip.", "plan")],
)  # fmt: skip
def test_one_vowel_and_one_consonant_before_an_ending_had_a_mute_e(parser: Parser, text: str, lemma: str) -> None:
    [parse] = parser.read([Document("d", text)])
    assert lemma in [t.lemma for t in parse.tokens]


def test_vectors_are_the_same_to_the_last_bit(parser: Parser, stock: Language) -> None:
    lines = texts()
    for ours, theirs in zip(parser._nlp.pipe(lines), stock.pipe(lines), strict=True):
        assert np.array_equal(ours.tensor, theirs.tensor)


def test_a_sentence_reads_the_same_alone_and_among_others(parser: Parser) -> None:
    documents = [Document(str(n), text) for n, text in enumerate(texts())]
    together: list[Parse] = list(parser.read(documents, together=64))
    assert together == list(parser.read(documents))
