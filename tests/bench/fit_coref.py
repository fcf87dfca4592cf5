"""Fit the weights that rank antecedents on OntoGUM news and interviews (train and dev), cross-validated by document.

python -m tests.bench.fit_coref --scorer DIR_OF_coref.py --data DIR --out kg/reading/resolve/ranking.json

Every anaphor the linker asks about is an example: its options, and which of them hold a mention of the gold cluster.
The first round follows the gold links, the later ones the model's own (Ross et al. 2011), so that it learns to go
on from its own mistakes. Loss: cross-entropy of all right options together, L2 penalty, full-batch Adam.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from kg.model import Document, Form
from kg.ontology import ontology
from kg.reading.parse import Parse, Parser
from kg.reading.repair import repair
from kg.reading.resolve import mentions, resolve
from kg.reading.resolve.coreference import Linker
from kg.reading.resolve.lexicon import lexicon
from kg.reading.resolve.ranking import NEW, Option, Ranker
from kg.reading.speech import Frame, frames

FOLDS, ROUNDS, PENALTY = 5, 3, 3.5
LEAN = {
    "the": {"name": 0.7, "noun differs": -0.7},
    "this": {"name": 0.7, "noun differs": -0.7},
    "they": {"conjoined@0": 1.5, "conjoined@1": 1.5},
}
"""Added to fitted weights, by sort of anaphor: a graph gains more by a named node than it loses by a wrong one, the old
plan is never the new plan, and of "A and B" the gold has too few to learn from."""
Example = tuple[str, list[list[str]], list[bool], float]


@dataclass
class Text:
    """A document with its gold clusters."""

    name: str
    tokens: list[dict[str, Any]]
    clusters: list[list[tuple[int, int]]]
    parse: Parse
    frames: Sequence[Frame]
    gold: dict[int, object] = field(default_factory=dict)
    """Character → gold cluster of the mention whose head covers it."""
    first: dict[object, int] = field(default_factory=dict)
    """Gold cluster → where it is first mentioned."""
    spans: dict[object, list[tuple[int, int]]] = field(default_factory=dict)
    """Gold cluster → its phrases, in characters."""
    partly: bool = False
    """Only some kinds of entities, in some sentences, are annotated: what is not in the gold says nothing."""


class Recorder(Ranker):
    """Notes every question with its right answers, and answers by the gold or by the weights."""

    def __init__(self, weights: dict[str, dict[str, float]], text: Text, *, follow: bool) -> None:
        super().__init__(weights)
        self.text, self.follow = text, follow
        self.examples: list[Example] = []
        self.linker: Linker

    def choose(self, anaphor: int, sort: str, options: Sequence[Option]) -> tuple[int, float]:
        want = self._gold(anaphor)
        if want is None and self.text.partly:
            return super().choose(anaphor, sort, options)
        right = [o.cluster != NEW and want is not None and self._is(o.cluster, anaphor, want) for o in options]
        weight = 1.0
        if not any(right):
            right[0] = True
            # What it takes up was said, but is not among the options: teaches nothing.
            weight = 0.0 if want is not None and self._seen(want, anaphor) else 1.0
        self.examples.append((sort, [list(o.features) for o in options], right, weight))
        if self.follow:
            return options[right.index(True)].cluster, 1.0
        return super().choose(anaphor, sort, options)

    def _gold(self, candidate: int) -> object:
        tokens, x = self.linker.tokens, self.linker.candidates[candidate]
        found = self.text.gold.get(tokens[x.head].start)
        if found is None and x.form is Form.NAME:
            found = self.text.gold.get(tokens[x.first].start)  # the gold trees hang "Smith" below "John"
            if found is None and x.first:
                before, end = tokens[x.first - 1].start, tokens[x.end - 1].end
                title = self.text.gold.get(before)  # and "John Smith" below "actor"
                if any(start <= before and end == stop for start, stop in self.text.spans.get(title, ())):
                    found = title
        return found

    def _is(self, cluster: int, anaphor: int, want: object) -> bool:
        """Tell whether a cluster is the gold one; "A and B" is where a gold phrase spans its last part."""
        found = self.linker.clusters[cluster]
        if found.parts and not any(m < anaphor for m in found.members):
            at = self.linker.tokens[self.linker.candidates[found.last].head].start
            return self._gold(found.last) != want and any(s < at < e for s, e in self.text.spans.get(want, ()))
        return self._of(cluster, anaphor) == want

    def _of(self, cluster: int, anaphor: int) -> object:
        known = [g for m in self.linker.clusters[cluster].members if m < anaphor and (g := self._gold(m)) is not None]
        return known[-1] if known else None

    def _seen(self, want: object, anaphor: int) -> bool:
        at = self.linker.tokens[self.linker.candidates[anaphor].head].start
        return self.text.first[want] < at


def texts(scorer: Any, data: str, genres: Collection[str] = ("news", "interview")) -> list[Text]:
    """Read and parse the documents."""
    repo, out = scorer.Repo(data), []
    names = [d for d, s in sorted(scorer.splits(repo).items()) if s in ("train", "dev")]
    names = [d for d in names if d.split("_")[1] in genres]
    gold = {d: scorer.load(repo, d, "ontogum", False) for d in names}
    for parse in map(repair, Parser().read([Document(d, gold[d][0]) for d in names])):
        _, tokens, clusters = gold[parse.document.id]
        text = Text(parse.document.id, tokens, clusters, parse, frames(parse, ontology()))
        for number, cluster in enumerate(clusters):
            for span in sorted(cluster, key=lambda s: s[0] - s[1]):
                head = tokens[scorer.head_of(tokens, span)]
                text.spans.setdefault(number, []).append((tokens[span[0]]["start"], tokens[span[1]]["end"]))
                text.gold.update(dict.fromkeys(range(head["start"], head["end"]), number))
        text.first = {g: min(at for at, h in text.gold.items() if h == g) for g in set(text.gold.values())}
        out.append(text)
    return out


def wikinews(scorer: Any, data: str) -> list[Text]:
    """Read and parse the development half of MEANTIME."""
    docs = {doc.name: doc for doc in scorer.Corpus(data).split("dev")}
    out = []
    for parse in map(repair, Parser().read([Document(name, doc.text) for name, doc in docs.items()])):
        doc = docs[parse.document.id]
        text = Text(parse.document.id, [], [], parse, frames(parse, ontology()), partly=True)
        for head, entity in doc.entity.items():
            if entity is not None and doc.form[head] != "list":
                text.gold.update(dict.fromkeys(range(doc.tokens[head].start, doc.tokens[head].end), entity))
        text.first = {g: min(at for at, h in text.gold.items() if h == g) for g in set(text.gold.values())}
        out.append(text)
    return out


def record(text: Text, weights: dict[str, dict[str, float]], *, follow: bool) -> list[Example]:
    """Resolve a document and note what the linker asked."""
    words = lexicon(ontology())
    recorder = Recorder(weights, text, follow=follow)
    recorder.linker = Linker(text.parse, words, mentions.find(text.parse, words), text.frames, recorder)
    recorder.linker.run()
    return recorder.examples


def fit(examples: list[Example]) -> dict[str, dict[str, float]]:
    """Fit one table of weights for each sort of anaphor."""
    return {sort: _fit([e for e in examples if e[0] == sort]) for sort in SORTS}


def prior(sort: str, feature: str) -> float:
    """Where a weight is drawn to: the weights that were set by hand before there was anything to fit."""
    function, _, at = feature.partition("@")
    weight = {
        "@0": 2.0, "@1": 1.2, "@2": 0.2, "@3": -0.6, "@4": -1.2, "@5": -2.0, "@9": -2.0,
        "#1": -0.06, "#2": -0.1, "#3": -0.2, "#5": -0.4, "#8": -0.8,
        "*1": 0.4, "*2": 0.63, "*3": 0.9, "*5": 1.2,
        "topic": 0.8, "topic inner": 0.2, "subject 0": 0.6, "subject 1": 0.6, "behind a subject": -0.8,
        "kind Concept": -0.6, "kind Event": -0.6, "again@0": 1.0, "again@1": 1.0,
    }.get(feature, 0.0)  # fmt: skip
    if at:
        weight += {"subject": 1.0, "object": 0.3, "modifier": -0.8, "possessor": 0.3, "appos": -0.3}.get(function, 0.0)
    if sort == "it":
        weight -= {"kind Place": 0.5, "kind City": 0.5, "kind Region": 0.5, "topic": 0.8, "topic inner": 0.2}.get(
            feature, 0.0
        )
    if sort == "they" and feature.startswith("group "):
        weight -= 1.0
    if sort in ("he", "they") and feature == "new":
        weight -= 3.0
    if sort in ("the", "this", "his"):
        weight = weight * 0.3 + {
            "noun": 3.0, "noun adds": -4.0, "noun overlaps": -3.0, "noun differs": -4.0,
            "name": 1.5, "name long": -4.0, "only name": 1.5, "kind": -3.0, "new": 1.0, "new words 0": -1.0,
        }.get(feature, 0.0)  # fmt: skip
    return weight


class Prior(dict[str, float]):
    """The weights set by hand, for any feature."""

    def __init__(self, sort: str) -> None:
        super().__init__()
        self.sort = sort

    def __contains__(self, feature: object) -> bool:
        return True

    def __missing__(self, feature: str) -> float:
        return prior(self.sort, feature)


SORTS = ("he", "his", "it", "that", "the", "they", "this")


def _fit(examples: list[Example]) -> dict[str, float]:
    names = sorted({f for _, options, _, _ in examples for o in options for f in o})
    place = {name: n for n, name in enumerate(names)}
    rows = [[place[f] for f in o] for _, options, _, _ in examples for o in options]
    size = len(names)
    x = np.full((len(rows), max(map(len, rows))), size)  # the last column of weights stays 0
    for n, row in enumerate(rows):
        x[n, : len(row)] = row
    of = np.repeat(np.arange(len(examples)), [len(e[1]) for e in examples])
    right = np.array([r for e in examples for r in e[2]], dtype=float)
    weight = np.array([e[3] for e in examples])[of]
    starts = np.flatnonzero(np.r_[True, of[1:] != of[:-1]])
    drawn = np.array([prior(examples[0][0], name) for name in names])
    w, m, v = drawn.copy(), np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, 401):
        e = np.exp(np.clip(np.append(w, 0.0)[x].sum(axis=1), -30, 30))
        p = e / np.add.reduceat(e, starts)[of]
        q = e * right / np.add.reduceat(e * right, starts)[of]
        of_rows = np.repeat((p - q) * weight, x.shape[1])
        gradient = np.bincount(x.ravel(), of_rows, size + 1)[:size] + PENALTY * (w - drawn)
        m, v = 0.9 * m + 0.1 * gradient, 0.99 * v + 0.01 * gradient**2
        w -= 0.05 * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.99**step)) + 1e-8)
    for name, lean in LEAN.get(examples[0][0], {}).items():
        if name in place:
            w[place[name]] += lean
    return {name: round(float(w[n]), 3) for n, name in enumerate(names) if abs(w[n]) >= 0.0005}


def learn(documents: list[Text]) -> dict[str, dict[str, float]]:
    """Fit in rounds, each on the questions that the round before would ask."""
    examples = [e for text in documents for e in record(text, {sort: Prior(sort) for sort in SORTS}, follow=True)]
    weights = fit(examples)
    for _ in range(ROUNDS - 1):
        examples += [e for text in documents for e in record(text, weights, follow=False)]
        weights = fit(examples)
    return weights


def score(scorer: Any, documents: list[Text], weights: list[dict[str, dict[str, float]]]) -> dict[str, Any]:
    """Score each document under its own weights."""
    from kg.reading.resolve import coreference

    out = {}
    ranking_of = coreference.ranking.fitted
    sums = {(match, genre): scorer.Sums() for match in ("exact", "head") for genre in ("all", "news", "interview")}
    hits = asked = 0
    for text, known in zip(documents, weights, strict=True):
        if text.partly:
            for answered, want in answers(text, known):
                hits, asked = hits + (answered == want), asked + 1
            continue
        coreference.ranking.fitted = lambda known=known: Ranker(known)  # type: ignore[assignment]
        found = resolve(text.parse, text.frames, ontology()).clusters
        mine = [[scorer.to_tokens(text.tokens, *span) for span in cluster] for cluster in found]
        for (match, genre), total in sums.items():
            if genre in ("all", text.name.split("_")[1]):
                gold, got = (scorer.key_clusters(text.tokens, c, match) for c in (text.clusters, mine))
                total.add(gold, [c for c in got if len(c) > 1])
                total.add_names(text.tokens, text.clusters, mine)
    coreference.ranking.fitted = ranking_of
    for (match, genre), total in sums.items():
        r = total.report()
        keys = ("conll_f1", *(("to_name_pronoun", "to_name_nominal") if match == "exact" else ()))
        out[f"{match} {genre}"] = [r[k] if k == "conll_f1" else r[k]["f1"] for k in keys]
    out["meantime links"] = [round(100 * hits / asked, 1), asked]
    return out


def answers(text: Text, weights: dict[str, dict[str, float]]) -> list[tuple[object, object]]:
    """Pair what the model takes each anaphor for with what it is."""
    recorder = Recorder(weights, text, follow=False)
    words = lexicon(ontology())
    recorder.linker = linker = Linker(text.parse, words, mentions.find(text.parse, words), text.frames, recorder)
    linker.run()
    return [
        (recorder._of(linker.cluster[c], c), want)
        for c, x in enumerate(linker.candidates)
        if x.form is not Form.NAME and (want := recorder._gold(c)) is not None and recorder._seen(want, c)
    ]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--scorer", type=Path, required=True)
    arguments.add_argument("--data", required=True)
    arguments.add_argument("--out", type=Path)
    arguments.add_argument("--more", help="checkout of GUM whose other genres are learned from as well")
    arguments.add_argument("--genres", default="bio,speech,voyage,textbook,academic,court,essay,letter,podcast")
    chosen = arguments.parse_args()
    sys.path.insert(0, str(chosen.scorer))
    import coref
    import meantime

    documents = texts(coref, chosen.data) + wikinews(meantime, chosen.data)
    more = texts(coref, chosen.more, chosen.genres.split(",")) if chosen.more else []
    weights: list[Any] = [None] * len(documents)
    for fold in range(FOLDS):
        known = learn([text for n, text in enumerate(documents) if n % FOLDS != fold] + more)
        for n in range(fold, len(documents), FOLDS):
            weights[n] = known
    print(f"{FOLDS}-fold:", score(coref, documents, weights))
    known = learn(documents + more)
    print("on its own training data:", score(coref, documents, [known] * len(documents)))
    if chosen.out:
        chosen.out.write_text(json.dumps(known, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
