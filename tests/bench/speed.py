"""What reading costs beside the bare parser: CPU time a token, stage by stage, all in one run.

    python -m tests.bench.speed [FOLDER …]      default: seeds tests/articles

The bare parser is the spaCy model as it is loaded, `nlp.pipe` over the same texts: once a document, as `kg build` reads
them, and once for all sentences together, as `kg extract` does. Every measurement runs in a process of its own, just
loaded, so that neither side profits from words that it has met in another; each repeat takes all of them in turn, so
that a slow spell of the machine falls on all. Figures are medians of the repeats.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from functools import partial
from multiprocessing import get_context
from statistics import median
from typing import Any, Final

from kg.model import Document
from kg.ontology import ontology
from kg.reading.assemble import assemble
from kg.reading.clauses import clauses
from kg.reading.extract import Page, extract
from kg.reading.parse import Parse, Parser, load_model, paragraphs
from kg.reading.pipeline import calm_collector, read
from kg.reading.qualify import qualify
from kg.reading.qualify.quantities import quantities
from kg.reading.qualify.times import times
from kg.reading.render import Style, extract_lines
from kg.reading.repair import repair
from kg.reading.resolve import resolve
from kg.reading.speech import frames

REPEATS: Final = 5
QUALIFIERS: Final = ("speech", "times", "quantities", "qualify")


def timed(seconds: dict[str, float], stage: str, run: Callable[[], Any]) -> Any:
    """Run a stage and note the CPU seconds it took."""
    start = time.process_time()
    result = run()
    seconds[stage] = time.process_time() - start
    return result


def stages(documents: list[Document], parser: Parser) -> dict[str, float]:
    """Take every document through the pipeline, one stage at a time."""
    terms, seconds = ontology(), dict[str, float]()
    time_of = partial(timed, seconds)
    calm_collector()
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
    return seconds


def apart(measure: Callable[[], dict[str, float]]) -> dict[str, float]:
    """Run a measurement in a child of this process and return its seconds by stage."""
    ours, theirs = get_context("fork").Pipe(duplex=False)
    child = get_context("fork").Process(target=lambda: theirs.send(measure()))
    child.start()
    theirs.close()
    seconds: dict[str, float] = ours.recv()
    child.join()
    return seconds


def one(stage: str, run: Callable[[], Iterable[Any]]) -> Callable[[], dict[str, float]]:
    """Make a measurement of a single stage, whose results are thrown away one by one."""

    def measure() -> dict[str, float]:
        seconds: dict[str, float] = {}
        timed(seconds, stage, lambda: deque(run(), maxlen=0))
        return seconds

    return measure


def lines_of(parses: Iterable[Parse]) -> list[str]:
    """The sentences of some texts, each on a line."""
    return [" ".join(p.text(s.first, s.end).split()) for p in parses for s in p.sentences]


def main(places: list[str]) -> None:
    """Measure and print."""
    from kg.reading.load import load

    documents = [d for d in load(places) if isinstance(d, Document)]
    parses = list(Parser().read(documents))
    lines, tokens = lines_of(parses), sum(len(p.tokens) for p in parses)
    texts = [[span.of(d.text) for span in paragraphs(d.text)] for d in documents]
    nlp, parser, _ = load_model(), Parser(), ontology()
    measures = [
        one("bare", lambda: (doc for text in texts for doc in nlp.pipe(text))),
        lambda: stages(documents, parser),
        one("whole", lambda: read(documents, parser)),
        one("bare lines", lambda: nlp.pipe(lines)),
        *(one(f"kg extract {style}", lambda style=style: extract_lines(lines, style, parser)) for style in Style),
    ]
    seconds: dict[str, list[float]] = defaultdict(list)
    for _ in range(REPEATS):
        for measure in measures:
            for stage, took in apart(measure).items():
                seconds[stage].append(took)
    words = sum(len(d.text.split()) for d in documents)
    print(f"{words} words, {tokens} tokens, {len(lines)} sentences; median of {REPEATS} repeats, CPU time")
    report(seconds, tokens, len(lines))


def report(seconds: dict[str, list[float]], tokens: int, sentences: int) -> None:
    """One line a stage, then the ratios."""

    def against(stages: Iterable[str], base: str) -> float:
        columns = [seconds[stage] for stage in stages]
        return median(sum(column[n] for column in columns) / bare for n, bare in enumerate(seconds[base]))

    for stage, took in seconds.items():
        base = "bare lines" if stage.startswith("kg extract") or stage == "bare lines" else "bare"
        share = against([stage], base)
        print(f"{stage:20} {1e6 * median(took) / tokens:7.2f} µs a token {100 * share:6.1f} % of the bare parser")
    print(f"qualifiers ({', '.join(QUALIFIERS)}): {100 * against(QUALIFIERS, 'bare'):.1f} % of the bare parser")
    print(f"whole pipeline: {1 / against(['whole'], 'bare'):.3f} of the bare parser's speed")
    for style in Style:
        stage = f"kg extract {style}"
        speed = sentences / median(seconds[stage])
        print(f"{stage}: {speed:.0f} sentences a second, {1 / against([stage], 'bare lines'):.3f} of the bare parser's")


if __name__ == "__main__":
    main(sys.argv[1:] or ["seeds", "tests/articles"])
