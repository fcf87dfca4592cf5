"""What a noun phrase inherits from where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Modality, Tense
from kg.reading.qualify.certainty.conditions import supposed, supposing
from kg.reading.qualify.certainty.signatures import apply, circumstance_of, embed, signature_of
from kg.reading.qualify.certainty.walk import ARGUMENT, NONE, PLAIN, VERBAL, Verdict, Walk, granted

if TYPE_CHECKING:
    from kg.reading.parse import Token


def nominal(walk: Walk, token: Token, head: Token) -> Verdict:
    """A noun phrase: under its verb's or noun's signature, else asserted if definite, else as its verb."""
    marks = walk.marks.get(token.i, NONE)
    governor, key = head, head.lemma
    if token.dep == "pobj":
        governor = walk.tokens[head.head]
        key = f"{governor.lemma} {head.lower}"
        circumstance = circumstance_of(walk, head)
        if circumstance is not None:
            return apply(walk, token, walk.own[governor.i]._replace(negative=False), circumstance, None, head)
        if supposing(walk, token, head):
            return supposed(walk, token, head)
    outer = walk.own[governor.i]
    subject = token.dep in ("nsubj", "nsubjpass")
    if token.dep != "nsubj":
        prep = head.i if token.dep == "pobj" else -1
        signature = signature_of(walk, walk.words.nominal, governor, key, prep)
        if signature is None and token.tag == "VBG" and not subject:
            signature = signature_of(walk, walk.words.gerund, governor, key)
        if signature is not None:
            said = token.lemma in walk.words.words["SpeechNoun"] and signature.modality is None
            if said and signature.affirmed.sign < 0:
                return granted(outer)  # "denied the allegations": they were made
            return embed(walk, token, governor, signature)
        if token.dep == "pobj" and governor.pos in VERBAL and head.lower in walk.words.words["Adjunct"]:
            return granted(outer)
    if any(n.dep == "det" or n.i == token.i for n in marks.negatives) and token.dep in ARGUMENT:
        return walk.context[governor.i]
    if subject and outer.modality is Modality.HYPOTHETICAL and outer.level == 1 and not outer.negative:
        return outer._replace(level=3, tense=Tense.HYPOTHETICAL)  # "the collapse would be a blow"
    definite = marks.definite or token.pos == "PROPN"
    if outer is PLAIN or shares_fate(walk, token, governor, subject):
        return outer
    if definite or token.pos not in ("NOUN", "VERB"):
        return granted(outer)
    if outer.negative and (subject or (token.dep == "pobj" and governor.pos in VERBAL)):
        goal = token.dep == "pobj" and head.lower in walk.words.words["Goal"]
        return outer if goal or marks.any else outer._replace(negative=False)
    return outer


def shares_fate(walk: Walk, token: Token, verb: Token, subject: bool) -> bool:
    """Whether the verb only says that the noun's event takes place: "make a deal", "talks begin"."""
    lists = walk.words.words
    if subject:
        if token.dep == "nsubjpass" and verb.lemma in lists["LightVerb"]:
            return True
        return verb.lemma in lists["Occurrence"] and not any(walk.tokens[c].dep == "dobj" for c in verb.children)
    if token.dep == "pobj":
        return False
    return verb.lemma in lists["LightVerb"]
