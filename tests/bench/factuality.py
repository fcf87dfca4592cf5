"""Event factuality on UW (Lee et al. 2015): the product's number and categories, by word and end to end.

    python -m tests.bench.factuality fit --data DIR            weights from UW train, into qualify/factuality.json
    python -m tests.bench.factuality predict TEXTS --out PRED  TEXTS as `factuality.py --texts-out` writes them

`--by claims` reads every text as a document and takes the claim whose relation lies nearest to the event; an event
without a claim gets no prediction, which the scorer counts as sure. `--by words` judges the event's own word, claim or
no claim. `--categories` scores polarity and certainty instead of the number. DIR holds the glue_data folder of
njjiang/factuality_bert; only its train half is read.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path

import numpy as np

from kg.model import Certainty, Document, Polarity, Span
from kg.ontology import ontology
from kg.reading.parse import Parse, Parser
from kg.reading.pipeline import read
from kg.reading.qualify.certainty import Verdict, certainty
from kg.reading.qualify.factuality import WEIGHTS, factuality, features
from kg.reading.repair import repair

VALUE = {Certainty.CERTAIN: 3.0, Certainty.PROBABLE: 1.75, Certainty.POSSIBLE: 0.5, Certainty.UNKNOWN: 0.5}
BORDERS = (-1.0, 1.0)
"""Borders of the three classes on the scale of the raters."""

Row = tuple[str, str, list[Span]]


def words(rows: Iterable[Row], parser: Parser) -> Iterator[tuple[str, Span, Parse, tuple[Verdict, ...], int]]:
    """Each event of each sentence: its text, its span, the parse, the verdicts, its token."""
    kept = list(rows)
    for (name, _text, spans), parse in zip(kept, parser.read(Document(n, t) for n, t, _ in kept), strict=True):
        parse = repair(parse)
        verdicts = certainty(parse, ontology())
        for span in spans:
            inside = [t for t in parse.tokens if t.start < span.end and t.end > span.start]
            token = next((t for t in inside if not span.start <= parse.tokens[t.head].start < span.end), inside[-1])
            yield name, span, parse, verdicts, token.i


def gold(data: Path) -> tuple[list[Row], list[float]]:
    """Sentences and ratings of UW train."""
    path = next(p for p in sorted(data.rglob("UW/train.jsonl")))
    rows, labels = [], []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        starts, place = [], 0
        for word in row["text"].split(" "):
            starts.append(Span(place, place + len(word)))
            place += len(word) + 1
        targets = row["targets"]
        spans = [Span(starts[t["span1"][0]].start, starts[t["span1"][1] - 1].end) for t in targets]
        rows.append((str(number), row["text"], spans))
        labels += [float(t["label"]) for t in targets]
    return rows, labels


class Design:
    """Events as rows of ones and zeros over the features seen at least a few times."""

    def __init__(self, found: list[list[str]], least: int = 4) -> None:
        counts = Counter(f for row in found for f in set(row))
        self.names = sorted(f for f, c in counts.items() if c >= least)
        index = {f: n for n, f in enumerate(self.names)}
        self.x = np.zeros((len(found), len(index)))
        for n, row in enumerate(found):
            for f in row:
                if f in index:
                    self.x[n, index[f]] += 1.0

    def ridge(self, rows: np.ndarray, labels: np.ndarray, penalty: float) -> np.ndarray:
        """Least squares with a penalty."""
        x = self.x[rows]
        return np.linalg.solve(x.T @ x + penalty * np.eye(x.shape[1]), x.T @ labels[rows])

    def held_out(self, labels: np.ndarray, penalty: float, shift: int, folds: int = 5) -> np.ndarray:
        """Values that each fold gets from weights fitted on the others."""
        order = np.roll(np.arange(len(labels)), -shift)
        values = np.zeros(len(labels))
        for part in np.array_split(order, folds):
            rest = np.setdiff1d(order, part)
            values[part] = self.x[part] @ self.ridge(rest, labels, penalty)
        return values


def macro(labels: np.ndarray, values: np.ndarray, cuts: tuple[float, float]) -> float:
    """Macro F1 over not, uncertain, happened."""

    def classes(numbers: np.ndarray, low: float, high: float) -> np.ndarray:
        return np.where(numbers >= high, 1, np.where(numbers <= low, -1, 0))

    truth, said = classes(labels, *BORDERS), classes(values, *cuts)
    shares = [(2 * ((truth == c) & (said == c)).sum(), (truth == c).sum() + (said == c).sum()) for c in (-1, 0, 1)]
    return float(sum(both / max(1, every) for both, every in shares)) / 3


def broadest(labels: np.ndarray, runs: list[np.ndarray]) -> tuple[float, float]:
    """The cuts whose neighbourhood scores best over all runs, so that they do not sit on a lucky peak."""
    steps = list(product(range(-30, 10), range(4, 40)))
    found = {c: sum(macro(labels, run, (c[0] / 20, c[1] / 20)) for run in runs) for c in steps}

    def around(c: tuple[int, int]) -> float:
        near = [found[n] for n in product(range(c[0] - 2, c[0] + 3), range(c[1] - 2, c[1] + 3)) if n in found]
        return sum(near) / len(near)

    low, high = max(steps, key=lambda c: (around(c), c))
    return low / 20, high / 20


def fit(data: Path, penalty: float) -> None:
    """Fit the weights on all of train, the cuts on values that each fold got from the others."""
    rows, given = gold(data)
    labels = np.array(given)
    design = Design([[" ".join(f) for f in features(p, v, i)] for _, _, p, v, i in words(rows, Parser())])
    runs = [design.held_out(labels, penalty, shift) for shift in (0, 700, 1400)]
    cuts = broadest(labels, runs)
    for run in runs:
        r = float(np.corrcoef(run, labels)[0, 1])
        print(f"train, 5 folds: macro F1 {macro(labels, run, cuts):.3f}  r {r:.3f}  cuts {cuts}", file=sys.stderr)
    fitted = design.ridge(np.arange(len(labels)), labels, penalty)
    weights = {f: round(float(w), 3) for f, w in zip(design.names, fitted, strict=True) if abs(w) >= 0.001}
    WEIGHTS.write_text(json.dumps({"cuts": cuts, "weights": weights}, indent=0) + "\n", encoding="utf-8")


def category(polarity: Polarity, sure: Certainty) -> float:
    """A number for the categories of the graph."""
    return VALUE[sure] * (-1 if polarity is Polarity.NEGATIVE else 1)


def by_words(rows: list[Row], categories: bool) -> Iterator[tuple[str, Span, float]]:
    """Predict from the verdict on each event's own word."""
    for name, span, parse, verdicts, i in words(rows, Parser()):
        verdict = verdicts[i]
        value = category(verdict.polarity, verdict.certainty) if categories else factuality(parse, verdicts, i)
        yield name, span, value


def by_claims(rows: list[Row], categories: bool) -> Iterator[tuple[str, Span, float]]:
    """Predict from the claims that the whole pipeline makes of each text."""
    parser = Parser()
    for name, text, spans in rows:
        [reading] = read([Document(name, text)], parser)
        for span in spans:
            near = [c for c in reading.claims if c.evidence.relation.touches(span)]
            claim = min(near, key=lambda c: abs(c.evidence.relation.start - span.start), default=None)
            if claim is not None:
                yield name, span, category(claim.polarity, claim.certainty) if categories else claim.factuality


def predict(texts: Path, out: Path, by: str, categories: bool) -> None:
    """Write one prediction an event."""
    rows = []
    for line in texts.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        rows.append((row["doc"], row["text"], [Span(*s) for s in row["spans"]]))
    with out.open("w", encoding="utf-8") as file:
        for name, span, value in (by_claims if by == "claims" else by_words)(rows, categories):
            file.write(json.dumps({"doc": name, "span": list(span), "value": value}) + "\n")


def main() -> None:
    """Read the command line."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = arguments.add_subparsers(dest="command", required=True)
    fitting = commands.add_parser("fit")
    fitting.add_argument("--data", type=Path, required=True)
    fitting.add_argument("--penalty", type=float, default=10.0)
    predicting = commands.add_parser("predict")
    predicting.add_argument("texts", type=Path)
    predicting.add_argument("--out", type=Path, required=True)
    predicting.add_argument("--by", choices=("words", "claims"), default="claims")
    predicting.add_argument("--categories", action="store_true")
    given = arguments.parse_args()
    if given.command == "fit":
        fit(given.data, given.penalty)
    else:
        predict(given.texts, given.out, given.by, given.categories)


if __name__ == "__main__":
    main()
