"""Fit the confidence of the graph's claims on development data, cross-validated; gold article for checking only.

python -m tests.bench.fit_claims --scorer DIR_OF_SCORERS --data DIR --out kg/reading/confidence.json

Data (manifest):
- CaRB dev (MIT, 638 sentences) and BenchIE dev (CC BY 4.0, 157 of them): a claim of a verb is right where a gold tuple
  has its subject's head in the subject, its verb in the relation and its object's head in an argument (or, chained,
  in the relation); one whose verb no gold relation of the sentence has is left out, for the gold is not complete.
- MEANTIME dev (CC BY 4.0, 60 documents): a claim of an annotated event is right where every slot that holds an
  annotated thing is that event's participant in that slot; a claim without such a slot is left out.
- `claims-judged.tsv`: claims of noun phrases (titles, appositions, sizes, places), which those golds do not hold,
  from MEANTIME dev, judged by hand from sentence and claim, before any weight was fitted.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from kg.model import Document
from kg.ontology import ontology
from kg.reading.confidence import claim_features
from kg.reading.extract import BareClaim, Page, Phrase, extract
from kg.reading.parse import Parser
from kg.reading.pipeline import open_page
from kg.reading.render import Line, plain
from kg.reading.repair import repair
from tests.bench.fit import FOLDS, chance, fit

PENALTY: Final = 6.0
JUDGED: Final = Path(__file__).with_name("claims-judged.tsv")


class Row(NamedTuple):
    """One claim: what it was found in, its features, and whether it is right."""

    group: str
    features: list[str]
    right: float


def pages(documents: list[Document], parser: Parser) -> Iterator[Page]:
    for parse in parser.read(documents):
        yield open_page(repair(parse), ontology())


# ---------------------------------------------------------------- sentences


def of_sentences(scorer: Any, data: Any, parser: Parser) -> Iterator[Row]:
    carb, benchie = scorer.Carb(data, "dev"), scorer.Benchie(data, "dev")
    lines = list(carb.sentences.items())
    places = [plain(line) for _, line in lines]
    documents = [Document(str(n), place.text) for n, place in enumerate(places)]
    for (key, line), place, page in zip(lines, places, pages(documents, parser), strict=True):
        golds = [[set(slot) for slot in gold] for gold in carb.gold[key]]
        for synset in benchie.synsets.get(key, ()):
            golds += [[words(gold[1]), words(gold[0]), words(gold[2])] for gold in synset]
        for bare in extract(page):
            right = judged(line, place, page, bare, golds)
            if right is not None:
                yield Row(f"sentence {key}", claim_features(page.parse, bare), right)


def words(pattern: Any) -> set[str]:
    """All words of a BenchIE slot, optional ones too."""
    return {word for piece, _ in pattern for word in piece}


def judged(line: str, place: Line, page: Page, bare: BareClaim, golds: list[list[set[str]]]) -> float | None:
    """Right, wrong, or None where the gold does not speak of the verb."""
    tokens = page.parse.tokens

    def word(i: int) -> str:
        start = place.places[tokens[i].start]
        first = line.rfind(" ", 0, start) + 1
        end = line.find(" ", start)
        return line[first : end if end >= 0 else len(line)]

    if tokens[bare.predicate].pos not in ("VERB", "AUX") or bare.subject is None:
        return None
    verb = word(bare.predicate)
    about = [gold for gold in golds if verb in gold[0] or (tokens[bare.predicate].lemma == "be" and "is" in gold[0])]
    if not about:
        return None
    subject = word(bare.subject.head)
    thing = None if bare.object is None else word(bare.object if isinstance(bare.object, int) else bare.object.head)
    for gold in about:
        others = set().union(*gold[2:], gold[0])
        if len(gold) > 1 and subject in gold[1] and (thing is None or thing in others):
            return 1.0
    return 0.0


# ---------------------------------------------------------------- documents


def of_documents(scorer: Any, data: Path, parser: Parser) -> Iterator[Row]:
    docs = scorer.Corpus(str(data / "meantime")).split("dev")
    documents = [Document(doc.name, doc.text) for doc in docs]
    for doc, page in zip(docs, pages(documents, parser), strict=True):
        for bare in extract(page):
            right = participant(doc, page, bare)
            if right is not None:
                yield Row(f"document {doc.name}", claim_features(page.parse, bare), right)


def participant(doc: Any, page: Page, bare: BareClaim) -> float | None:
    """Every annotated thing in a slot takes that part in the annotated event; None where nothing can be told."""
    picked = sorted(bare.words) or [bare.predicate]
    _, spoken = doc.relation(page.parse.span(picked[0], picked[-1] + 1))
    event = next((doc.event_at[w] for w in spoken if w in doc.event_at), None)
    if event is None or event not in doc.events:
        return None
    mine = [gold for key, gold in doc.roles.items() if key[0] == event]
    has = {group for gold in mine for group in gold["groups"]}
    fits = {
        "Arg0": {"Arg0"} if "Arg0" in has else {"Arg1"},
        "Arg1": {"Arg1"} if "Arg1" in has else {"rest"},
    }
    told = []
    for slot, phrase in (("Arg0", bare.subject), ("Arg1", bare.object)):
        if not isinstance(phrase, Phrase):
            continue
        head = doc.point(page.parse.span(*phrase.core))
        if head is None or not (head in doc.markable or any(head in gold["heads"] for gold in mine)):
            continue
        told.append(any(head in gold["heads"] and fits[slot] & gold["groups"] for gold in mine))
    return float(all(told)) if told else None


NOMINAL: Final = frozenset(
    ("apposition", "title", "affiliation", "compound_participle", "measure", "size", "location", "part")
)


def of_noun_phrases(scorer: Any, data: Path, parser: Parser) -> Iterator[Row]:
    """The hand-judged claims; a claim is known by document, rule and the places of subject and object."""
    with JUDGED.open(encoding="utf-8", newline="") as file:
        known = {(r["doc"], r["rule"], int(r["subject"]), int(r["object"])): float(r["right"])
                 for r in csv.DictReader(file, delimiter="\t")}  # fmt: skip
    for name, page, bare in noun_claims(scorer, data, parser):
        right = known.get((name, bare.rule, *heads(page, bare)))
        if right is not None:
            yield Row(f"document {name}", claim_features(page.parse, bare), right)


def noun_claims(scorer: Any, data: Path, parser: Parser) -> Iterator[tuple[str, Page, BareClaim]]:
    docs = scorer.Corpus(str(data / "meantime")).split("dev")
    documents = [Document(doc.name, doc.text) for doc in docs]
    for doc, page in zip(docs, pages(documents, parser), strict=True):
        for bare in extract(page):
            if bare.rule in NOMINAL and bare.subject is not None and isinstance(bare.object, Phrase):
                yield doc.name, page, bare


def heads(page: Page, bare: BareClaim) -> tuple[int, int]:
    assert bare.subject is not None
    assert isinstance(bare.object, Phrase)
    return page.parse.tokens[bare.subject.head].start, page.parse.tokens[bare.object.head].start


# ---------------------------------------------------------------- fitting


def reliability(title: str, pairs: list[tuple[float, float]]) -> None:
    """Told against right, by tenths; the expected calibration error; how well it ranks."""
    bins: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for sure, right in pairs:
        bins[min(9, int(sure * 10))].append((sure, right))
    told = " ".join(
        f"{np.mean([s for s, _ in b]):.2f}:{np.mean([y for _, y in b]):.2f}({len(b)})" for _, b in sorted(bins.items())
    )
    error = sum(abs(sum(s - y for s, y in b)) for b in bins.values()) / len(pairs)
    good = np.array([s for s, y in pairs if y >= 0.5])
    bad = np.array([s for s, y in pairs if y < 0.5])
    auc = ((good[:, None] > bad).mean() + (good[:, None] == bad).mean() / 2) if len(good) and len(bad) else 0
    base = np.mean([y for _, y in pairs])
    print(f"{title}: {len(pairs)} claims, right {base:.3f}, calibration error {error:.3f}, AUC {auc:.3f}")
    print(f"  told:right(count) {told}")


def crossed(rows: list[Row]) -> list[tuple[float, float]]:
    """Each row's chance from the folds without its sentence or document."""
    place = {group: n for n, group in enumerate(dict.fromkeys(row.group for row in rows))}
    held: list[tuple[float, float]] = [(0.0, 0.0)] * len(rows)
    for fold in range(FOLDS):
        known = fit([(r.features, r.right) for r in rows if place[r.group] % FOLDS != fold], PENALTY)
        for n, row in enumerate(rows):
            if place[row.group] % FOLDS == fold:
                held[n] = chance(known, row.features), row.right
    return held


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--scorer", type=Path, required=True)
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--out", type=Path)
    arguments.add_argument("--to-judge", type=int, metavar="N", help="print N noun claims to judge by hand, and stop")
    chosen = arguments.parse_args()
    sys.path.insert(0, str(chosen.scorer))
    import meantime
    import oie

    parser = Parser()
    if chosen.to_judge:
        every = list(noun_claims(meantime, chosen.data, parser))
        for name, page, bare in every[:: max(1, len(every) // chosen.to_judge)]:
            assert bare.subject is not None
            assert isinstance(bare.object, Phrase)
            sentence = page.parse.sentences[page.parse.tokens[bare.predicate].sent]
            text = " ".join(page.parse.text(sentence.first, sentence.end).split())
            print(name, bare.rule, *heads(page, bare), sep="\t", end="\t")
            print(page.parse.text(*bare.subject.core), bare.relation, page.parse.text(*bare.object.core), sep=" | ")
            print("    ", text)
        return
    parts = {
        "verbs of sentences (CaRB, BenchIE)": list(of_sentences(oie, oie.Data(chosen.data), parser)),
        "events of documents (MEANTIME)": list(of_documents(meantime, chosen.data, parser)),
        "noun phrases (by hand)": list(of_noun_phrases(meantime, chosen.data, parser)),
    }
    rows = [row for part in parts.values() for row in part]
    held = crossed(rows)
    reliability("all, cross-validated", held)
    at = 0
    for title, part in parts.items():
        reliability(title, held[at : at + len(part)])
        at += len(part)
    if chosen.out:
        fitted = json.loads(chosen.out.read_text(encoding="utf-8"))
        fitted["claim"] = fit([(row.features, row.right) for row in rows], PENALTY)
        chosen.out.write_text(json.dumps(fitted, indent=0, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
