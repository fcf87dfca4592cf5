"""Sentences and paragraphs survive what newspapers do; tokens quote their text."""

from __future__ import annotations

import pytest

from kg.model import Document, KgError
from kg.reading.parse import CHUNK, Parse, Parser, paragraphs

WRAPPED = """The alliance has deployed just over 17,000 troops in the
province, roughly one-third of a total of 55,000 that
were earmarked for the job by its member governments in
the weeks before the agreement was signed.

Senior officials said that had been a fair start.
"""

SENTENCES = [
    ('"If not, choices will have to be made."\nItaly\'s minister said no.',
     ['"If not, choices will have to be made."', "Italy's minister said no."]),
    ("Jane Doe reports from Belgrade:\nHundreds of refugees left.",
     ["Jane Doe reports from Belgrade:", "Hundreds of refugees left."]),
    ("TROOPS SENT TO BALKANS\nBritain sent troops on Monday.",
     ["TROOPS SENT TO BALKANS", "Britain sent troops on Monday."]),
    ("“We must go,” he said. “It is late.” They left.",
     ["“We must go,” he said.", "“It is late.”", "They left."]),
    ("The plan failed (as many had said.) The minister left.",
     ["The plan failed (as many had said.)", "The minister left."]),
    ("LEEDS, March 3 - Dockers walked out.", ["LEEDS, March 3 -", "Dockers walked out."]),
    ("ST. LOUIS, Mo. (AP) — “Go,” he said.", ["ST. LOUIS, Mo. (AP) —", "“Go,” he said."]),
    ("LYON—Farmers met. NATO-led troops left.", ["LYON—", "Farmers met.", "NATO-led troops left."]),
    ("AFL-CIO members left. MPs - all of them - agreed.", ["AFL-CIO members left.", "MPs - all of them - agreed."]),
]  # fmt: skip


def parsed(parser: Parser, text: str) -> Parse:
    [parse] = parser.read([Document("d", text)])
    return parse


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences(parser: Parser, text: str, expected: list[str]) -> None:
    parse = parsed(parser, text)
    assert [parse.text(s.first, s.end) for s in parse.sentences] == expected


def test_hard_wrapped_lines_are_one_paragraph(parser: Parser) -> None:
    parse = parsed(parser, WRAPPED)
    assert len(parse.paragraphs) == 2
    assert len(parse.sentences) == 2


def test_tokens_quote_the_text_and_trees_are_whole(parser: Parser) -> None:
    text = "“Odd\u00a0spaces”  and\ttabs,\r\nthen a line – with “quotes”.\n\n\n   Indented. \n"
    parse = parsed(parser, text)
    assert "".join(t.text for t in parse.tokens) == "".join(text.split())
    for token in parse.tokens:
        assert token.span.of(text) == token.text
        assert all(parse.tokens[c].head == token.i for c in token.children)
        assert token.left <= token.i <= token.right
        assert parse.tokens[token.head].sent == token.sent
    for sentence in parse.sentences:
        roots = [t.i for t in parse.tokens[sentence.first : sentence.end] if t.head == t.i]
        assert roots == [sentence.root]


def test_documents_come_back_in_order_and_the_same_alone(parser: Parser) -> None:
    texts = ["Britain sent troops.\nNATO agreed.", "He left.", "", "“Go,” she said.\n"] * 9
    together = list(parser.read(Document(str(n), text) for n, text in enumerate(texts)))
    assert [p.document.id for p in together] == [str(n) for n in range(len(texts))]
    alone = [parsed(parser, text).tokens for text in texts[:4]]
    assert [p.tokens for p in together[:4]] == alone


def test_a_paragraph_longer_than_a_chunk_is_read_whole(parser: Parser) -> None:
    text = "Britain sent more troops to the region. " * (CHUNK // 40 + 20)
    parse = parsed(parser, text)
    assert len(parse.sentences) == text.count(".")
    assert parse.paragraphs == paragraphs(text)


def test_an_unknown_model_is_a_clear_error() -> None:
    with pytest.raises(KgError, match="'no_such_model'"):
        Parser("no_such_model")
