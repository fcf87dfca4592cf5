"""Fit the confidence weights on the development data, with five-fold cross-validation over sentences.

python -m tests.bench.fit --scorer DIR_OF_oie.py --data DIR --out kg/reading/confidence.json
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

from kg.model import Document
from kg.reading import confidence, render
from kg.reading.parse import Parser
from kg.reading.render import Style, plain, quoted
from kg.reading.repair import repair

FOLDS = 5
PENALTY = {Style.CHAINED: 20.0, Style.NARY: 10.0}
"""The best log loss in cross-validation among 5, 10, 20 and 40."""


def rows(style: Style, bench: Any, oie: Any, parser: Parser) -> list[tuple[int, list[str], float, Any, str]]:
    """One row a candidate: sentence number, features, how right it is, the extraction, the sentence's key."""
    found = []
    lines = list(bench.sentences.values())
    plains = [plain(line) for line in lines]
    parses = parser.read([Document(str(n), place.text) for n, place in enumerate(plains)])
    for number, (line, place, parse) in enumerate(zip(lines, plains, parses, strict=True)):
        mended, key, seen = repair(parse), oie.sentence_key(line), set()
        for candidate in render.candidates(mended, style):
            arg0 = quoted(line, place, mended, candidate.subject)
            rel = candidate.implied or quoted(line, place, mended, candidate.relation)
            args = tuple(filter(None, (quoted(line, place, mended, a) for a in candidate.arguments)))
            if not arg0 or not rel or (arg0, rel, args) in seen or (style is Style.CHAINED and not args):
                continue
            seen.add((arg0, rel, args))
            if style is Style.CHAINED:
                triple = (tuple(arg0.split()), tuple(rel.split()), tuple(args[0].split()))
                right = float(bench.synset_of(key, triple) is not None)
            else:
                slots = bench._slots(rel, [arg0, *args])
                right = max((bench.match(gold, slots)[0] for gold in bench.gold[key]), default=0.0)
            found.append((number, render.features(mended, candidate), right, oie.Extraction(arg0, rel, args), key))
    return found


def fit(data: list[tuple[list[str], float]], penalty: float) -> dict[str, float]:
    """Logistic regression with an L2 penalty by Newton's method; targets may be fractions."""
    names = sorted({f for features, _ in data for f in features})
    place = {name: n + 1 for n, name in enumerate(names)}
    x = np.zeros((len(data), len(names) + 1))
    x[:, 0] = 1.0
    for n, (features, _) in enumerate(data):
        for f in features:
            x[n, place[f]] = 1.0
    y = np.array([target for _, target in data])
    ridge = penalty * np.eye(x.shape[1])
    ridge[0, 0] = 1e-3
    w = np.zeros(x.shape[1])
    for _ in range(12):
        p = 1 / (1 + np.exp(-x @ w))
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + ridge, x.T @ (y - p) - ridge @ w)
        w += step
        if np.abs(step).max() < 1e-6:
            break
    return {"bias": round(float(w[0]), 4), **{name: round(float(w[place[name]]), 4) for name in names}}


def chance(known: dict[str, float], features: list[str]) -> float:
    return float(1 / (1 + np.exp(-(known["bias"] + sum(known.get(f, 0.0) for f in features)))))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--scorer", type=Path, required=True)
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--out", type=Path, required=True)
    chosen = arguments.parse_args()
    sys.path.insert(0, str(chosen.scorer))
    import oie

    data, parser = oie.Data(chosen.data), Parser()
    fitted = json.loads(chosen.out.read_text(encoding="utf-8")) if chosen.out.exists() else {}
    for style, bench in ((Style.CHAINED, oie.Benchie(data, "dev")), (Style.NARY, oie.Carb(data, "dev"))):
        made = rows(style, bench, oie, parser)
        penalty = PENALTY[style]
        held: list[tuple[float, float, Any, str]] = []
        for fold in range(FOLDS):
            known = fit([(f, y) for n, f, y, _, _ in made if n % FOLDS != fold], penalty)
            held += [(chance(known, f), y, e, k) for n, f, y, e, k in made if n % FOLDS == fold]
        report(style, bench, penalty, held)
        fitted[str(style.value)] = fit([(f, y) for _, f, y, _, _ in made], penalty)
    chosen.out.write_text(json.dumps(fitted, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    print(f"least confidence of a chained extraction: {confidence.LEAST}")


def report(style: Style, bench: Any, penalty: float, held: list[tuple[float, float, Any, str]]) -> None:
    for least in (0.0, 0.2, 0.3) if style is Style.CHAINED else (0.0,):
        predictions = defaultdict(list)
        for sure, _, e, key in held:
            if sure >= least:
                predictions[key].append(e._replace(confidence=round(sure, 3)))
        print(style, "penalty", penalty, "least", least, bench.score(predictions))
    bins: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for sure, right, _, _ in held:
        bins[int(sure * 10)].append((sure, right))
    told = ", ".join(
        f"{np.mean([s for s, _ in b]):.2f}:{np.mean([y for _, y in b]):.2f}({len(b)})" for _, b in sorted(bins.items())
    )
    print("  reliability, told:right(count)", told)


if __name__ == "__main__":
    main()
