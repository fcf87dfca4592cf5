"""The data of a page as one JSON text: columns, string tables, offsets; small, and safe inside HTML."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

Record = Mapping[str, Any]

COMPRESS_ABOVE: Final = 400_000
"""Characters of JSON from which the data are deflated; below, they stay readable in the file."""

_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
SPANS: Final = ("subject_span", "relation_span", "object_span", "cue_span")


class Table:
    """Numbers values in the order they come, each once."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self._at: dict[Any, int] = {}

    def __call__(self, value: Any) -> int:
        """Give the number of a value; -1 for None."""
        if value is None:
            return -1
        key = json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value
        if key not in self._at:
            self._at[key] = len(self.values)
            self.values.append(value)
        return self._at[key]


def colour(value: object, otherwise: str = "#64748b") -> str:
    """Let nothing through but a plain colour.

    >>> colour("#1d4ed8"), colour("red;}</style>")
    ('#1d4ed8', '#64748b')
    """
    return value if isinstance(value, str) and _COLOUR.fullmatch(value) else otherwise


def text(value: object) -> str:
    """Show any attribute as text; a missing one as nothing."""
    return "" if value is None else str(value)


def prefix(iris: Iterable[str]) -> str:
    """Find what all IRIs begin with, up to a slash or hash."""
    iris = list(iris)
    if not iris:
        return ""
    low, high = min(iris), max(iris)
    pairs = enumerate(zip(low, high, strict=False))
    same = next((i for i, (a, b) in pairs if a != b), min(len(low), len(high)))
    return low[: max(low.rfind("/", 0, same), low.rfind("#", 0, same)) + 1]


def _span(claim: Record, name: str) -> Sequence[int] | None:
    value = claim.get(name)
    if value is None or len(value) != 2 or value[0] is None or value[1] is None:
        return None
    return int(value[0]), int(value[1])


def quantities(document: Record) -> list[list[Any]]:
    """List a document's numbers: where they stand, their bounds, unit and what they count."""
    names = ("start", "end", "low", "high", "unit", "thing")
    return [[quantity.get(name) for name in names] for quantity in document.get("quantities") or ()]


def columns(
    claims: Sequence[Record],
    documents: Mapping[str, Record],
    node_at: Mapping[str, int],
    iri: Callable[[str], str],
) -> tuple[dict[str, Any], list[Any], list[list[int]]]:
    """Turn claim records into columns, the string table and the table of source chains."""
    strings, chains = Table(), Table()
    doc_at = {doc: k for k, doc in enumerate(documents)}
    names = [
        "id",
        "doc",
        "s",
        "r",
        "o",
        "phrase",
        "chain",
        "polarity",
        "certainty",
        "reporter",
        "modality",
        "tense",
        "condition",
        "antecedent",
        "said",
        "meant",
        "sentence",
        "from",
        "length",
        "confidence",
        "rule",
    ]
    out: dict[str, Any] = {name: [] for name in names}
    out.update({"spans": [], "arguments": {}, "cues": {}, "own": {}, "names": {}})
    put = {name: out[name].append for name in names}
    for k, claim in enumerate(claims):
        doc = text(claim.get("doc"))
        time = claim.get("time") or {}
        start, end = _span(claim, "sentence_span") or (0, 0)
        put["id"](iri(text(claim["id"])))
        put["doc"](doc_at.get(doc, -1))
        put["s"](node_at[text(claim["subject_id"])])
        put["r"](strings(text(claim["relation"])))
        put["o"](node_at.get(text(claim.get("object_id")), -1) if claim.get("object_id") is not None else -1)
        put["phrase"](strings(claim.get("object_phrase")))
        chain = [text(name) for name in claim.get("source_chain") or ["reporter"]]
        put["chain"](chains([strings(name) for name in chain]))
        put["polarity"](strings(text(claim.get("polarity") or "positive")))
        put["certainty"](strings(text(claim.get("certainty") or "certain")))
        put["reporter"](strings(text(claim.get("reporter_certainty") or "certain")))
        put["modality"](strings(text(claim.get("modality") or "none")))
        put["tense"](strings(text(claim.get("tense"))))
        put["condition"](strings(claim.get("condition")))
        put["antecedent"](1 if claim.get("antecedent") else 0)
        put["said"](strings(time.get("said")))
        put["meant"](strings(time.get("meant")))
        put["sentence"](int(claim.get("sentence") or 0))
        put["from"](start)
        put["length"](end - start)
        put["confidence"](round(100 * float(claim.get("confidence") or 0)))
        put["rule"](strings(text(claim.get("rule"))))
        for name in SPANS:
            span = _span(claim, name)
            out["spans"] += [0, -1] if span is None else [span[0] - start, span[1] - span[0]]
        body = text(documents.get(doc, {}).get("text"))
        if claim.get("sentence_text") not in (None, body[start:end]):
            out["own"][k] = text(claim["sentence_text"])
        if claim.get("arguments"):
            out["arguments"][k] = [
                [strings(text(a.get("role"))), strings(text(a.get("text"))), a.get("start"), a.get("end")]
                for a in claim["arguments"]
            ]
        if claim.get("cues"):
            out["cues"][k] = [[strings(text(c.get("kind"))), c.get("start"), c.get("end")] for c in claim["cues"]]
    return out, strings.values, chains.values


def dump(data: object) -> str:
    """Write JSON that cannot end a script element or break a line in any HTML parser."""
    raw = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=text)
    raw = raw.encode("utf-8", "replace").decode("utf-8")  # a lone surrogate cannot be written to any file
    return "".join(_UNSAFE.get(c, c) for c in raw) if _needs(raw) else raw


def _needs(raw: str) -> bool:
    return any(c in raw for c in _UNSAFE)


def element(data: object) -> str:
    """Write the data as a script element the browser never runs."""
    raw = dump(data)
    if len(raw) <= COMPRESS_ABOVE:
        return f'<script type="application/json" id="data">{raw}</script>'
    packed = base64.b64encode(zlib.compress(raw.encode("utf-8"), 9)).decode("ascii")
    return f'<script type="application/octet-stream" id="data" data-form="deflate">{packed}</script>'
