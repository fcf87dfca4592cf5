"""What reading costs beside the bare parser: CPU time a token, stage by stage, all in one run.

    python -m tests.bench.speed [FOLDER …]      default: seeds tests/articles

What the reader remembers of words is forgotten before every repeat: its first meetings are counted.
The bare parser is the spaCy model as it is loaded, `nlp.pipe` over the same texts: once a document, as `kg build` reads
them, and once for all sentences together, as `kg extract` does. Each figure is the median of several repeats; each
repeat takes all stages in turn, so that a slow spell of the machine falls on all of them.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from statistics import median
from typing import Any, Final

from kg.model import Document
from kg.ontology import ontology
from kg.reading.assemble import assemble
from kg.reading.clauses import clauses
from kg.reading.extract import Page, extract
from kg.reading.parse import Parse, Parser, load_model, paragraphs
from kg.reading.pipeline import read
from kg.reading.qualify import qualify
from kg.reading.qualify.quantities import quantities
from kg.reading.qualify.times import times
from kg.reading.render import Style, extract_lines
from kg.reading.repair import repair
from kg.reading.resolve import resolve
from kg.reading.speech import frames

LEAST_WORDS: Final = 8_000
REPEATS: Final = 5
QUALIFIERS: Final = ("speech", "times", "quantities", "qualify")


class Clock:
    """CPU seconds by stage, one figure a repeat."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = defaultdict(list)

    def time(self, stage: str, run: Callable[[], Any]) -> Any:
        """Run a stage and note what it took."""
        start = time.process_time()
        result = run()
        self.seconds[stage].append(time.process_time() - start)
        return result


def stages(clock: Clock, documents: list[Document], parser: Parser) -> None:
    """Take every document through the pipeline, one stage at a time."""
    terms, time_of = ontology(), clock.time
    raw: list[Parse] = time_of("parse", lambda: list(parser.read(documents)))
    parses = time_of("repair", lambda: list(map(repair, raw)))
    found = time_of("clauses", lambda: [clauses(p, terms) for p in parses])
    speech = time_of("speech", lambda: [frames(p, terms) for p in parses])
    when = time_of("times", lambda: [times(p, terms) for p in parses])
    many = time_of("quantities", lambda: [quantities(p, terms) for p in parses])
    who = time_of("resolve", lambda: [resolve(p, s, terms) for p, s in zip(parses, speech, strict=True)])
    columns = zip(parses, found, speech, who, when, many, strict=True)
    pages = [Page(p, terms, c, s, r, t, q) for p, c, s, r, t, q in columns]
    bare = time_of("extract", lambda: [extract(page) for page in pages])
    pairs = list(zip(pages, bare, strict=True))
    judged = time_of("qualify", lambda: [qualify(page, claims) for page, claims in pairs])
    time_of("assemble", lambda: [assemble(p, j, ()) for p, j in zip(pages, judged, strict=True)])


def whole(clock: Clock, documents: list[Document], parser: Parser) -> None:
    """Documents to readings."""
    clock.time("whole", lambda: list(read(documents, parser)))


def extracted(clock: Clock, lines: list[str], style: Style, parser: Parser) -> None:
    """Sentences to extractions."""
    clock.time(f"kg extract {style}", lambda: list(extract_lines(lines, style, parser)))


def lines_of(parses: Iterable[Parse]) -> list[str]:
    """The sentences of some texts, each on a line."""
    return [" ".join(p.text(s.first, s.end).split()) for p in parses for s in p.sentences]


def main(places: list[str]) -> None:
    """Measure and print."""
    from kg.reading.load import load

    documents = [d for d in load(places) if isinstance(d, Document)]
    documents *= max(1, LEAST_WORDS // sum(len(d.text.split()) for d in documents))
    nlp, clock = load_model(), Clock()
    texts = [[span.of(d.text) for span in paragraphs(d.text)] for d in documents]
    parses = list(Parser().read(documents))
    lines, tokens = lines_of(parses), sum(len(p.tokens) for p in parses)
    for _ in range(REPEATS):
        clock.time("bare", lambda: [list(nlp.pipe(one)) for one in texts])
        stages(clock, documents, Parser())
        whole(clock, documents, Parser())
        clock.time("bare lines", lambda: list(nlp.pipe(lines)))
        for style in Style:
            extracted(clock, lines, style, Parser())
    report(clock, tokens, len(lines), sum(len(d.text.split()) for d in documents))


def report(clock: Clock, tokens: int, sentences: int, words: int) -> None:
    """One line a stage, then the ratios."""

    def against(stages: Iterable[str], base: str) -> float:
        columns = [clock.seconds[stage] for stage in stages]
        return median(sum(column[n] for column in columns) / bare for n, bare in enumerate(clock.seconds[base]))

    print(f"{words} words, {tokens} tokens, {sentences} sentences; median of {REPEATS} repeats, CPU time")
    for stage, seconds in clock.seconds.items():
        base = "bare lines" if stage.startswith("kg extract") or stage == "bare lines" else "bare"
        share = against([stage], base)
        print(f"{stage:20} {1e6 * median(seconds) / tokens:7.2f} µs a token {100 * share:6.1f} % of the bare parser")
    print(f"qualifiers ({', '.join(QUALIFIERS)}): {100 * against(QUALIFIERS, 'bare'):.1f} % of the bare parser")
    print(f"whole pipeline: {1 / against(['whole'], 'bare'):.3f} of the bare parser's speed")
    for style in Style:
        stage = f"kg extract {style}"
        speed = sentences / median(clock.seconds[stage])
        print(f"{stage}: {speed:.0f} sentences a second, {1 / against([stage], 'bare lines'):.3f} of the bare parser's")


if __name__ == "__main__":
    main(sys.argv[1:] or ["seeds", "tests/articles"])
