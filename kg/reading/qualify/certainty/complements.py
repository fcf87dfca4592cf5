"""What a clause inherits from where it stands: complement, relative, adverbial."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.model import Cue, Modality, Tense
from kg.reading.qualify.certainty.conditions import CONDITIONS, condition, elliptic_not, inverted, kind_of, occasion
from kg.reading.qualify.certainty.coordination import is_finite
from kg.reading.qualify.certainty.signatures import (
    apply,
    circumstance_of,
    embed,
    mandate,
    predicative,
    purpose,
    signature_of,
    tense_around,
)
from kg.reading.qualify.certainty.walk import NONE, PLAIN, PREDICATIVE, SUBJECT, VERBAL, Marks, Verdict, Walk, granted
from kg.reading.qualify.lexicon import Effect

if TYPE_CHECKING:
    from kg.reading.parse import Token


WISHES: Final = frozenset({Modality.INTENTION, Modality.ATTEMPT, Modality.PROPOSAL})


def clausal(walk: Walk, token: Token, head: Token) -> Verdict:
    """A complement clause, under the signature of its verb, noun or adjective."""
    marks = walk.marks.get(token.i, NONE)
    opener = marks.opener
    governor, prefix = head, ""
    if token.dep == "pcomp":
        governor = walk.tokens[head.head]
        if head.i in walk.severed:
            noun, effect = walk.severed[head.i]
            outer = walk.own[noun]
            if effect is not None:
                outer = outer._replace(negative=effect.sign < 0, level=effect.level, tense=Tense.FUTURE)
            return outer
        circumstance = circumstance_of(walk, head)
        if circumstance is not None:
            return unfulfilled(walk, token, governor, head, circumstance)
        prefix = f" {head.lower}"
    outer = walk.own[governor.i]
    if outer.antecedent and token.dep in ("acl", "pcomp") and outer.level == 3:
        return outer
    to = marks.to
    finite = not to and is_finite(walk, token, marks)
    table = walk.words.infinitive if to else walk.words.finite if finite else walk.words.gerund
    if opener is not None and opener.lower in ("if", "whether") and token.dep == "ccomp":
        return embed(walk, token, governor, walk.words.finite["ask"])
    if token.dep == "ccomp" and token.i < head.i and inverted(walk, token, marks):
        return condition(walk, token, marks, "condition")
    if head.tag in ("VBN", "VBG") and walk.words.subordinators.get(head.lower) == "condition":
        return condition(walk, token, marks, "condition")
    if token.dep == "ccomp" and not finite and not to and subjunctive(walk, token, marks):
        return embed(walk, token, governor, mandate(walk, governor))
    governor = predicative(walk, governor) if token.dep != "acl" else governor
    signature = signature_of(walk, table, governor, governor.lemma + prefix)
    if signature is None and to and walk.marks.get(governor.i, NONE).excess:
        signature = walk.words.infinitive["fail"]
    if signature is None and token.dep == "pcomp":
        signature = walk.words.gerund.get(head.lower)
    if signature is not None:
        return embed(walk, token, head if governor.head == head.i else governor, signature)
    if token.dep in ("pcomp", "oprd"):
        return outer._replace(negative=False) if outer.negative else outer
    if to:
        return purpose(walk, token, outer, marks)
    if finite or token.dep == "ccomp":
        return content(walk, token, governor, outer)
    if token.dep == "acl" and walk.marks.get(governor.i, NONE).definite and outer.level:
        return granted(outer)
    return outer


def unfulfilled(walk: Walk, token: Token, governor: Token, opener: Token, effect: Effect) -> Verdict:
    """What is left undone: "left without paying"; open after a wish, "seeks a deal without giving ground"."""
    outer = walk.own[governor.i]._replace(negative=False)
    wish = walk.words.infinitive.get(governor.lemma) or walk.words.nominal.get(governor.lemma)
    if governor.pos in VERBAL and wish is not None and wish.modality in WISHES:
        outer = outer._replace(level=3, tense=Tense.HYPOTHETICAL)
        return apply(walk, token, outer, effect, wish.modality, opener)
    return apply(walk, token, outer, effect, None, opener)


def subjunctive(walk: Walk, token: Token, marks: Marks) -> bool:
    """A base form with a subject of its own: "that the minister resign", "three zones be created"."""
    base = token.tag == "VB" if not marks.aux else all(a.tag == "VB" for a in marks.aux)
    return base and any(walk.tokens[c].dep in SUBJECT for c in token.children)


def content(walk: Walk, token: Token, governor: Token, outer: Verdict) -> Verdict:
    """What somebody says, finds or shows: sure to them, open if they do not say so."""
    if governor.dep == "dobj":
        denial = walk.words.finite.get(walk.tokens[governor.head].lemma)
        if denial is not None and denial.affirmed.sign < 0:
            return embed(walk, token, walk.tokens[governor.head], denial)
    tense = tense_around(walk, governor)
    if tense is Tense.PAST:
        walk.shifted.add(token.i)
    level = 3 if outer.negative or outer.level == 3 else outer.level
    if not level:
        return PLAIN
    tense = Tense.HYPOTHETICAL if outer.antecedent else Tense.PRESENT
    return Verdict(False, level, outer.modality, tense, outer.condition, outer.antecedent, outer.cues)


def relative(walk: Walk, token: Token, head: Token) -> Verdict:
    """A relative clause: a fact of a definite noun, else in the same light as the noun it describes."""
    outer = walk.own[head.i]
    marks = walk.marks.get(token.i, NONE)
    if marks.to:
        signature = signature_of(walk, walk.words.infinitive, head, head.lemma)
        if signature is not None:
            return embed(walk, token, head, signature)
        return purpose(walk, token, outer, marks)
    if walk.marks.get(head.i, NONE).definite or (token.left and walk.tokens[token.left - 1].text == ","):
        return granted(outer)
    return outer


def adverbial(walk: Walk, token: Token, head: Token) -> Verdict:
    """An adverbial clause: a condition, a purpose, or a circumstance that is taken as a fact."""
    marks = walk.marks.get(token.i, NONE)
    outer = walk.own[head.i]
    kind = kind_of(walk, marks.opener, token, marks)
    if kind in CONDITIONS and elliptic_not(walk, token, marks):
        return outer._replace(level=max(outer.level, 2))  # "reassurance if not an end to uncertainty"
    if kind in CONDITIONS:
        return condition(walk, token, marks, kind)
    if kind == "question":
        return embed(walk, token, head, walk.words.finite["ask"])
    if kind in ("threshold", "occasion"):
        return occasion(walk, token, marks, outer, kind)
    if kind == "unreal" and marks.opener is not None:
        cues = (Cue("modality", marks.opener.span),)
        return Verdict(False, 3, Modality.HYPOTHETICAL, Tense.HYPOTHETICAL, None, False, cues)
    if marks.to:
        governor = predicative(walk, head)
        signature = signature_of(walk, walk.words.infinitive, governor, governor.lemma)
        if signature is not None and (governor is not head or head.dep in PREDICATIVE or signature.affirmed.sign == 2):
            return embed(walk, token, head, signature)
        if walk.marks.get(governor.i, NONE).excess:
            return embed(walk, token, head, walk.words.infinitive["fail"])
        return purpose(walk, token, outer, marks)
    if kind == "fact":
        return granted(PLAIN)
    if marks.opener is None and any(walk.tokens[c].lower == "that" for c in token.children):
        return clausal(walk, token, head)
    return outer._replace(negative=False) if outer.negative else outer
