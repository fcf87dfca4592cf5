"""Names of MEANTIME grouped over documents, as the graph has them: python -m tests.bench.crossdoc SCORERS DATA [SPLIT]

SCORERS is the folder of meantime.py and coref.py. Prints pairwise precision and recall over named mentions of different
documents, and B3, by the nodes of the graph and by canonical names alone.
"""

from __future__ import annotations

import datetime as dt
import importlib
import sys
from collections import Counter, defaultdict
from collections.abc import Hashable
from typing import Any

from kg.graph.names import Names
from kg.graph.sightings import summary
from kg.identity import Identities
from kg.model import Document
from kg.reading.annotate import annotation
from kg.reading.parse import Parser
from kg.reading.pipeline import read


def main() -> None:
    sys.path.insert(0, sys.argv[1])
    meantime, coref = (importlib.import_module(name) for name in ("meantime", "coref"))
    docs = meantime.Corpus(sys.argv[2]).split(sys.argv[3] if len(sys.argv) > 3 else "dev")
    readings = list(read([Document(d.name, d.text, published=_day(d.date)) for d in docs], Parser()))
    names = [Names(reading) for reading in readings]
    who = Identities(map(summary, readings, names))
    gold: dict[Any, str] = {}
    node: dict[Any, Hashable] = {}
    name: dict[Any, Hashable] = {}
    for doc, reading, named in zip(docs, readings, names, strict=True):
        mapping = who.names(named.key)
        at: dict[int, dict[str, Any]] = {}
        for mention in meantime.Scorer().mentions(doc, annotation(reading)):
            at.setdefault(mention["head"], mention)
        for head in doc.at_head:
            entity = doc.entities.get(doc.entity[head])
            if entity and entity["instance"] and doc.form[head] == "name":
                gold[doc.name, head] = entity["instance"]
                if head in at:
                    key = named[at[head]["entity"]].partition("data/")[2]
                    node[doc.name, head] = mapping.get(key, key)
                    name[doc.name, head] = " ".join(meantime.tidy(at[head]["name"]))
    for title, found in (("nodes", node), ("names", name)):
        groups, wanted = _groups(found), _groups(gold)
        b3 = coref.prf(*coref.b3(wanted, groups), *coref.b3(groups, wanted))
        precision, recall = _pairs(groups, gold), _pairs(wanted, found)
        print(f"{title}: B3 {b3}; pairs over documents: precision {precision:.3f}, recall {recall:.3f}")


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _groups(of: dict[Any, Any]) -> list[list[Any]]:
    groups: dict[Any, list[Any]] = defaultdict(list)
    for mention, group in of.items():
        groups[group].append(mention)
    return list(groups.values())


def _pairs(groups: list[list[Any]], other: dict[Any, Any]) -> float:
    """Share of the pairs of different documents in one group that are in one group of the other grouping too."""
    both = right = 0
    for group in groups:
        cells = Counter((document, other.get((document, head))) for document, head in group)
        for (doc_a, a), n in cells.items():
            for (doc_b, b), m in cells.items():
                both += n * m * (doc_a < doc_b)
                right += n * m * (doc_a < doc_b and a is not None and a == b)
    return right / both


if __name__ == "__main__":
    main()
