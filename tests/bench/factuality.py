"""Event factuality on UW: the certainty table as numbers from -3 to 3.

    python -m tests.bench.factuality fit --data DIR            weights from UW train, written beside this file
    python -m tests.bench.factuality predict TEXTS --out PRED  TEXTS as `factuality.py --texts-out` writes them

`--categories` prints the categories of the graph alone, without the fitted weights. DIR holds the glue_data folder
of njjiang/factuality_bert; only its train half is read. The weights are a ridge regression on the verdict (polarity,
certainty, modality, tense, cue words, place in the tree): they turn our categories into the scale on which readers
rated the events, whatever the graph says.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from kg.model import Document, Span
from kg.ontology import ontology
from kg.reading.parse import Parse, Parser, Token
from kg.reading.qualify.certainty import Verdict, certainty

WEIGHTS = Path(__file__).parent / "factuality-weights.json"
VALUE = {"certain": 3.0, "probable": 1.75, "possible": 0.5, "unknown": 0.5}
CUTS = (-1.0, 1.0)
"""Borders of the three classes on the scale of the raters."""


def features(parse: Parse, verdicts: tuple[Verdict, ...], token: Token) -> list[str]:
    """The verdict and its cues, in words."""
    verdict = verdicts[token.i]
    head = parse.tokens[token.head]
    sign = "-" if verdict.negative else "+"
    state = f"{sign}{verdict.certainty}"
    out = [
        "bias",
        f"state={state}",
        f"state={state} modality={verdict.modality}",
        f"state={state} pos={token.pos}",
        f"state={state} dep={token.dep}",
        f"state={state} tense={verdict.tense}",
        f"state={state} head={verdicts[head.i].certainty}{verdicts[head.i].negative}",
        f"cues={min(len(verdict.cues), 4)}",
        f"dep={token.dep} tag={token.tag}",
    ]
    if verdict.condition is not None:
        out.append(f"conditional {sign}")
    if verdict.antecedent:
        out += ["antecedent", f"antecedent pos={token.pos}"]
    text = parse.document.text
    for cue in verdict.cues[-2:]:
        out.append(f"cue={cue.kind} {cue.span.of(text).lower()}")
    if verdict.cues:
        out.append(f"last={state} {cue_lemma(parse, verdict.cues[-1].span)}")
    if token.dep in ("dobj", "pobj", "xcomp", "ccomp", "acl", "pcomp", "nsubj", "advcl", "conj", "relcl"):
        out.append(f"governor={token.dep} {head.lemma}")
        if token.dep in ("pobj", "pcomp"):
            out.append(f"governor={parse.tokens[head.head].lemma} {head.lemma}")
    out.append(f"word={token.lemma}")
    for child in token.children:
        c = parse.tokens[child]
        if c.dep in ("aux", "neg", "det", "mark", "advmod", "prt"):
            out.append(f"child={c.dep} {c.lower}")
    return out


def cue_lemma(parse: Parse, span: Span) -> str:
    return next((t.lemma for t in parse.tokens if t.start == span.start), "")


def events(
    rows: Iterable[tuple[str, str, list[Span]]], parser: Parser
) -> Iterator[tuple[str, Span, list[str], Verdict]]:
    """Each event of each sentence with its features and its verdict."""
    kept = list(rows)
    terms = ontology()
    for (name, _text, spans), parse in zip(kept, parser.read(Document(n, t) for n, t, _ in kept), strict=True):
        verdicts = certainty(parse, terms)
        for span in spans:
            inside = [t for t in parse.tokens if t.start < span.end and t.end > span.start]
            token = next((t for t in inside if not span.start <= parse.tokens[t.head].start < span.end), inside[-1])
            yield name, span, features(parse, verdicts, token), verdicts[token.i]


def gold(data: Path) -> tuple[list[tuple[str, str, list[Span]]], list[float]]:
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


def ridge(found: list[list[str]], labels: list[float], penalty: float, least: int = 4) -> dict[str, float]:
    """Least squares with a penalty, on features seen at least a few times."""
    counts = Counter(f for row in found for f in set(row))
    index = {f: n for n, f in enumerate(sorted(f for f, c in counts.items() if c >= least))}
    x = np.zeros((len(found), len(index)))
    for n, row in enumerate(found):
        for f in row:
            if f in index:
                x[n, index[f]] = 1.0
    y = np.array(labels)
    weights = np.linalg.solve(x.T @ x + penalty * np.eye(len(index)), x.T @ y)
    return {f: round(float(weights[n]), 3) for f, n in index.items()}


def score(weights: dict[str, float], row: list[str]) -> float:
    return sum(weights.get(f, 0.0) for f in row)


def stretched(value: float, cuts: tuple[float, float]) -> float:
    """Bend the scale so that the fitted cuts fall on the borders of the classes; monotone."""
    low, high = cuts
    if value >= high:
        return 1.0 + (value - high) * 2.0 / (3.0 - high)
    if value <= low:
        return -1.0 - (low - value) * 2.0 / (3.0 + low)
    return -1.0 + 2.0 * (value - low) / (high - low)


def macro(labels: list[float], values: list[float], cuts: tuple[float, float]) -> float:
    """Macro F1 over not, uncertain, happened."""

    def classes(numbers: list[float], low: float, high: float) -> list[int]:
        return [1 if v >= high else -1 if v <= low else 0 for v in numbers]

    truth, said = classes(labels, *CUTS), classes(values, *cuts)
    total = 0.0
    for c in (-1, 0, 1):
        both = sum(a == b == c for a, b in zip(truth, said, strict=True))
        total += 2 * both / max(1, truth.count(c) + said.count(c))
    return total / 3


def broadest(labels: list[float], runs: list[list[float]]) -> tuple[float, float]:
    """The cuts whose neighbourhood scores best over all runs, so that they do not sit on a lucky peak."""
    steps = [(low, high) for low in range(-30, 10) for high in range(4, 40)]
    found = {c: sum(macro(labels, run, (c[0] / 20, c[1] / 20)) for run in runs) for c in steps}

    def around(c: tuple[int, int]) -> float:
        near = [(c[0] + a, c[1] + b) for a in range(-2, 3) for b in range(-2, 3)]
        scores = [found[n] for n in near if n in found]
        return sum(scores) / len(scores)

    low, high = max(steps, key=lambda c: (around(c), c))
    return low / 20, high / 20


def held_out(found: list[list[str]], labels: list[float], penalty: float, shift: int, folds: int = 5) -> list[float]:
    """Values that each fold gets from weights fitted on the others."""
    total = len(found)
    order = [(n + shift) % total for n in range(total)]
    size = -(-total // folds)
    values = [0.0] * total
    for k in range(folds):
        part = order[k * size : (k + 1) * size]
        inside = frozenset(part)
        rest = [n for n in order if n not in inside]
        weights = ridge([found[n] for n in rest], [labels[n] for n in rest], penalty)
        for n in part:
            values[n] = score(weights, found[n])
    return values


def fit(data: Path, penalty: float) -> None:
    """Fit the weights on all of train, the cuts on values that each fold got from the others."""
    rows, labels = gold(data)
    found = [row for _, _, row, _ in events(rows, Parser())]
    runs = [held_out(found, labels, penalty, shift) for shift in (0, 700, 1400)]
    cuts = broadest(labels, runs)
    for run in runs:
        r = float(np.corrcoef(run, labels)[0, 1])
        print(f"train, 5 folds: macro F1 {macro(labels, run, cuts):.3f}  r {r:.3f}  cuts {cuts}", file=sys.stderr)
    WEIGHTS.write_text(json.dumps({"cuts": cuts, "weights": ridge(found, labels, penalty)}, indent=0) + "\n")


def predict(texts: Path, out: Path, categories: bool) -> None:
    """Write one prediction an event."""
    rows = []
    for line in texts.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        rows.append((row["doc"], row["text"], [Span(*s) for s in row["spans"]]))
    model = None if categories else json.loads(WEIGHTS.read_text())
    with out.open("w", encoding="utf-8") as file:
        for name, span, row, verdict in events(rows, Parser()):
            if model is None:
                value = VALUE[verdict.certainty] * (-1 if verdict.negative else 1)
            else:
                value = stretched(score(model["weights"], row), tuple(model["cuts"]))
            file.write(json.dumps({"doc": name, "span": list(span), "value": round(value, 3)}) + "\n")


def main() -> None:
    """Read the command line."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = arguments.add_subparsers(dest="command", required=True)
    fitting = commands.add_parser("fit")
    fitting.add_argument("--data", type=Path, required=True)
    fitting.add_argument("--penalty", type=float, default=25.0)
    predicting = commands.add_parser("predict")
    predicting.add_argument("texts", type=Path)
    predicting.add_argument("--out", type=Path, required=True)
    predicting.add_argument("--categories", action="store_true")
    given = arguments.parse_args()
    if given.command == "fit":
        fit(given.data, given.penalty)
    else:
        predict(given.texts, given.out, given.categories)


if __name__ == "__main__":
    main()
