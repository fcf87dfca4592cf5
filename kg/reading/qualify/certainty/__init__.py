"""How surely each word's event is meant: polarity, certainty, modality, tense and condition, from syntax and cue words.

One walk from the roots down: each token gets the verdict its context passes on, then its own cues change it. What an
embedding word passes on is its signature (Karttunen 1971, 2012; Nairn, Condoravdi & Karttunen 2006), the degrees are
FactBank's (Saurí & Pustejovsky 2009). All words are in `ontology/cues.ttl`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.model import Cue, Modality
from kg.reading.qualify.certainty.complements import adverbial, clausal, relative
from kg.reading.qualify.certainty.coordination import conjoined
from kg.reading.qualify.certainty.groups import noun, verb
from kg.reading.qualify.certainty.marks import gather
from kg.reading.qualify.certainty.nominals import nominal
from kg.reading.qualify.certainty.walk import NONE, PLAIN, VERBAL, Verdict, Walk
from kg.reading.qualify.lexicon import lexicon

if TYPE_CHECKING:
    from kg.ontology import Ontology
    from kg.reading.parse import Parse, Token

__all__ = ["Verdict", "certainty"]

CLAUSAL: Final = frozenset({"ccomp", "xcomp", "csubj", "csubjpass", "acl", "pcomp", "oprd", "parataxis", "dep"})
NOMINAL: Final = frozenset({"dobj", "pobj", "nsubj", "nsubjpass", "attr", "dative", "appos", "npadvmod", "nmod"})
SILENT: Final = frozenset(
    {"det", "punct", "aux", "auxpass", "neg", "case", "mark", "cc", "expl", "intj", "quantmod", "prt",
     "nummod", "predet", "preconj", "poss", "amod", "compound", "advmod", "prep", "agent", "acomp", "meta"}
)  # fmt: skip


def certainty(parse: Parse, ontology: Ontology) -> tuple[Verdict, ...]:
    """Judge every token of a parse as if it were a predicate; linear in the number of tokens.

    >>> from kg.ontology import ontology
    >>> from kg.reading.parse import Parser
    >>> from kg.model import Document
    >>> parse = next(Parser().read([Document("d", "They failed to sign.")]))
    >>> certainty(parse, ontology())[3].polarity.value
    'negative'
    """
    walk = Walk(parse, lexicon(ontology))
    for token in walk.tokens:
        gather(walk, token)
    tokens, own = walk.tokens, walk.own
    for sentence in walk.parse.sentences:
        root = tokens[sentence.root]
        asked = tokens[sentence.end - 1].text == "?" or tokens[max(sentence.first, sentence.end - 2)].text == "?"
        judge(walk, root, of_root(walk, root, asked))
        queue = list(root.children)
        for i in queue:
            token = tokens[i]
            if token.dep == "amod":
                own[i] = walk.context[i] = walk.context[token.head]
            elif token.dep in SILENT and token.pos not in VERBAL:
                own[i] = walk.context[i] = own[token.head]
            else:
                judge(walk, token, passed(walk, token))
            queue.extend(token.children)
    return tuple(own)


def judge(walk: Walk, token: Token, context: Verdict) -> None:
    walk.context[token.i] = context
    marks = walk.marks.get(token.i)
    if token.pos in VERBAL:
        walk.own[token.i] = verb(walk, token, context, marks or NONE)
    elif marks is not None:
        walk.own[token.i] = noun(walk, token, context, marks)
    else:
        walk.own[token.i] = context


def of_root(walk: Walk, root: Token, asked: bool) -> Verdict:
    if not asked or root.pos not in VERBAL:
        return PLAIN
    first = walk.tokens[root.left]
    wh = first.tag.startswith("W") or any(walk.tokens[i].tag.startswith("W") for i in root.children)
    mark = walk.tokens[walk.parse.sentences[root.sent].end - 1]
    cue = (Cue("modality", mark.span),)
    return Verdict(level=0 if wh else 3, modality=Modality.QUESTION, cues=cue)


def passed(walk: Walk, token: Token) -> Verdict:
    """What a token's place in the sentence passes on to it."""
    dep, head = token.dep, walk.tokens[token.head]
    if head.i in walk.shifted:
        walk.shifted.add(token.i)
    if dep == "conj":
        return conjoined(walk, token, head)
    if dep in NOMINAL:
        return nominal(walk, token, head)
    if dep == "advcl":
        return adverbial(walk, token, head)
    if dep == "parataxis":
        return walk.context[head.i]
    if dep in CLAUSAL:
        return clausal(walk, token, head)
    if dep == "relcl":
        return relative(walk, token, head)
    return walk.own[head.i]
