"""Which of the entities so far an anaphor takes up, or none: a log-linear ranking of the nearest that agree.

The weights are plain numbers in `ranking.json`, one table for each sort of anaphor; `tests/bench/fit_coref.py` fits
them (mention ranking with a latent antecedent: Durrett & Klein 2013).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.model import Form

if TYPE_CHECKING:
    from kg.reading.parse import Token
    from kg.reading.resolve.clusters import Cluster
    from kg.reading.resolve.lexicon import Lexicon
    from kg.reading.resolve.mentions import Candidate

NEW: Final = -1
"""In place of a cluster: an entity not mentioned before."""

_DISTANCE: Final = ("@0", "@1", "@2", "@3", "@4", "@5", "@5", "@5", "@5", "@9", "@9", "@9", "@9")
_RANK: Final = ("#0", "#1", "#2", "#3", "#3", "#5", "#5", "#5", "#8", "#8", "#8", "#8")
_OFTEN: Final = ("*1", "*1", "*2", "*3", "*3", "*5", "*5", "*5", "*5")


class Option(NamedTuple):
    """An entity that an anaphor may take up, and what speaks for and against it."""

    cluster: int
    features: list[str]


class Ranker:
    """Scores options by the sum of their features' weights."""

    def __init__(self, weights: dict[str, dict[str, float]]) -> None:
        self._weights = weights

    def choose(self, anaphor: int, sort: str, options: Sequence[Option]) -> tuple[int, float]:
        """Choose the likeliest option, with its probability among them; `anaphor` is the candidate's index."""
        del anaphor
        known = self._weights[sort]
        weight = known.get
        scores = [sum([weight(f, 0.0) for f in option.features]) for option in options]
        top = max(scores)
        best = scores.index(top)
        return options[best].cluster, 1 / sum([math.exp(s - top) for s in scores])


@cache
def fitted() -> Ranker:
    """Load the fitted weights."""
    return Ranker(json.loads(Path(__file__).with_name("ranking.json").read_text(encoding="utf-8")))


def bucket(table: Sequence[str], number: int) -> str:
    """Name a number's range."""
    return table[number] if number < len(table) else table[-1]


def of_cluster(cluster: Cluster, last: Candidate, distance: int, rank: int) -> list[str]:
    """Tell how near and how salient an entity is, and what it was last called."""
    at = bucket(_DISTANCE, distance)
    function = last.function + at
    out = [
        at,
        bucket(_RANK, rank),
        bucket(_OFTEN, cluster.seen),
        function,
        last.form + at,
        "kind " + cluster.kind,
        "named" if cluster.names else "unnamed",
    ]
    if last.form is Form.NOMINAL:
        out.append("last " + last.determiner)
    if cluster.parts:
        out.append("conjoined" + at)
    return out


def of_pronoun(x: Candidate, cluster: Cluster, last: Candidate, distance: int, *, same: bool) -> list[str]:
    """Compare a pronoun with an entity; `same`: it was last mentioned by the same pronoun."""
    out = [x.function + "<" + last.function + ("" if distance < 2 else "+")]
    if same:
        out.append("again" + bucket(_DISTANCE, distance))
    if x.number == "plural":
        out.append("plural" if cluster.plural else "group " + cluster.kind)
    if x.gender in ("male", "female"):
        out.append("gender" if cluster.gender else "gender?")
        if not cluster.gender and cluster.seen < 2:
            out.append("gender? once")
    return out


def of_new_pronoun(x: Candidate, tokens: Sequence[Token]) -> list[str]:
    """Tell whether a pronoun may refer to nothing said before."""
    out = ["new"]
    if x.gender == "neuter":
        head = tokens[tokens[x.head].head]
        out += ["new " + x.function, "new under " + head.pos]
        if (
            x.key == "it"
            and x.function == "subject"
            and any(tokens[c].dep in _CLAUSES and c > head.i for c in head.children)
        ):
            out.append("new clause " + ("be" if head.lemma == "be" else "verb"))
    return out


_CLAUSES: Final = frozenset(("ccomp", "xcomp", "csubj", "advcl", "relcl", "acl"))


def of_new_noun(x: Candidate, tokens: Sequence[Token], modifiers: Iterable[str], words: Lexicon) -> list[str]:
    """Tell whether a noun phrase is likely to introduce what it names (Vieira & Poesio 2000)."""
    head = tokens[x.head]
    out = ["new", "new " + x.kind, "new " + x.determiner + " " + x.number, "new " + x.function]
    if x.key in words.relational:
        out.append("new relational")
    if x.key in words.vacant:
        out.append("new vacant")
    if x.key in words.roles:
        out.append("new role")
    if x.key in words.propositions:
        out.append("new proposition")
    if head.sent == 0:
        out.append("new first")
    for c in head.children:
        child = tokens[c]
        if c > x.head:
            if child.dep == "prep":
                out.append("new of" if child.lower == "of" else "new prep")
            elif child.dep in ("relcl", "acl", "appos"):
                out.append("new " + child.dep)
        elif child.tag in ("JJS", "RBS") or child.ent == "ORDINAL":
            out.append("new superlative")
        elif child.pos == "PROPN":
            out.append("new proper")
    out.append("new words " + str(min(3, sum(1 for _ in modifiers))))
    return out


def of_noun(x: Candidate, cluster: Cluster, mine: frozenset[str], *, called: bool) -> list[str]:
    """Compare a noun phrase with an entity; `called`: it has gone by this noun."""
    theirs = cluster.modifiers
    if not mine:
        fit = "bare" if theirs else "both bare"
    elif mine <= theirs:
        fit = "fits"
    elif mine & theirs:
        fit = "overlaps"
    else:
        fit = "differs" if theirs else "adds"
    noun = "noun" if called else "name" if cluster.names else "kind"
    out = [noun, noun + " " + fit, noun + " " + x.determiner, noun + bucket(_OFTEN, cluster.seen)]
    if not called:
        out.append(noun + " " + x.kind + " " + cluster.kind)
        out.append(noun + (" long" if x.right - x.left > 2 else " short"))
        if cluster.nouns:
            out.append(noun + " called otherwise")
    elif cluster.names:
        out.append("noun of name")
    if (x.number == "plural") != cluster.plural:
        out.append(noun + " number")
    if x.owner >= 0:
        out.append("owned" if cluster.owner >= 0 else "unowned")
    return out
