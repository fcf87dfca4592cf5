"""What a clause inherits from where it stands: complement, relative, adverbial."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.model import Cue, Modality, Tense
from kg.reading.qualify.certainty.conditions import (
    CONDITIONS,
    asking,
    condition,
    elliptic_not,
    inverted,
    kind_of,
    occasion,
)
from kg.reading.qualify.certainty.coordination import finite_above, is_finite
from kg.reading.qualify.certainty.signatures import (
    apply,
    circumstance_of,
    embed,
    mandate,
    predicative,
    purpose,
    shift,
    signature_of,
)
from kg.reading.qualify.certainty.walk import NONE, PLAIN, SUBJECT, VERBAL, Marks, Verdict, Walk, granted
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
    if token.dep == "ccomp" and not finite and not to and token.tag == "VB":
        return tenseless(walk, token, governor, marks, outer)
    if finite and token.dep in ("ccomp", "pcomp") and asks_what(walk, token):
        return granted(outer)
    if token.dep == "acl" and not to and not finite:
        return described(walk, token, governor)
    governor = predicative(walk, governor) if token.dep != "acl" else governor
    signature = signature_of(walk, table, governor, governor.lemma + prefix)
    if signature is None and to and walk.marks.get(governor.i, NONE).excess:
        signature = walk.words.infinitive["fail"]
    if signature is None and token.dep == "pcomp":
        if governor.dep == "dobj":  # "accused the rebels of staging it", hung on the rebels
            verb = walk.tokens[governor.head]
            if (raised := walk.words.gerund.get(f"{verb.lemma} {head.lower}")) is not None:
                return embed(walk, token, verb, raised)
        signature = walk.words.gerund.get(head.lower)
    if signature is not None:
        found = embed(walk, token, head if governor.head == head.i else governor, signature)
        return found._replace(tense=Tense.PRESENT) if finite and found.tense is Tense.FUTURE else found
    if token.dep == "oprd":
        return outer
    if token.dep == "pcomp":
        return outer._replace(negative=False) if outer.negative else outer
    if to:
        return purpose(walk, token, outer, marks)
    if finite or token.dep == "ccomp":
        return content(walk, token, governor, outer)
    return outer


def unfulfilled(walk: Walk, token: Token, governor: Token, opener: Token, effect: Effect) -> Verdict:
    """What is left undone: "left without paying"; open after a wish, "seeks a deal without giving ground"."""
    outer = walk.own[governor.i]._replace(negative=False)
    wish = walk.words.infinitive.get(governor.lemma) or walk.words.nominal.get(governor.lemma)
    if governor.pos in VERBAL and wish is not None and wish.modality in WISHES:
        outer = outer._replace(level=3, tense=Tense.HYPOTHETICAL)
        return apply(walk, token, outer, effect, Modality.INTENTION, opener)
    return apply(walk, token, outer, effect, None, opener)


def tenseless(walk: Walk, token: Token, governor: Token, marks: Marks, outer: Verdict) -> Verdict:
    """A base form: what is made or seen to happen, what is demanded, or an order that is quoted."""
    if any(walk.tokens[c].dep in SUBJECT for c in token.children):
        happens = walk.words.bare.get(governor.lemma) if marks.opener is None else None
        return embed(walk, token, governor, happens or mandate(walk, governor))
    if not marks.aux and token.i < governor.i:
        return Verdict(level=3, modality=Modality.DEONTIC, tense=Tense.HYPOTHETICAL)
    return content(walk, token, governor, outer)


def asks_what(walk: Walk, token: Token) -> bool:
    """Tell "asked why he left", which takes it for granted that he did, from "asked whether he left"."""
    first = walk.tokens[token.left]
    return first.tag in ("WRB", "WP", "WP$") or (first.tag == "WDT" and first.lower != "that")


def content(walk: Walk, token: Token, governor: Token, outer: Verdict) -> Verdict:
    """What somebody says, finds or shows: sure to them, open if they do not say so."""
    if governor.dep == "dobj":
        verb = walk.tokens[governor.head]
        denial = signature_of(walk, walk.words.finite, verb, verb.lemma)
        if denial is not None and denial.affirmed.sign < 0:
            return embed(walk, token, verb, denial)
    shift(walk, token, governor)
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
    if any(walk.tokens[c].dep == "mark" and walk.tokens[c].lower == "that" for c in token.children):
        return clausal(walk, token, head)  # what the noun says, not which one it is
    return described(walk, token, head)


def described(walk: Walk, token: Token, noun: Token) -> Verdict:
    """What describes a noun: a fact if that is definite, and denied only where the noun itself is ("no man who …")."""
    outer, marks = walk.own[noun.i], walk.marks.get(noun.i, NONE)
    apart = token.left > 0 and walk.tokens[token.left - 1].text == ","
    denied = outer.negative and not marks.negatives and not marks.any
    return granted(outer) if marks.definite or apart or denied else outer


def alongside(walk: Walk, token: Token, outer: Verdict, marks: Marks) -> Verdict:
    """A reason is a fact; what goes along with something that may happen ("as the crisis deepens") is no surer."""
    opener = marks.opener
    changes = token.tag in ("VBZ", "VBP") and token.lemma not in walk.words.words["Stative"]
    acts = any(walk.tokens[c].dep == "dobj" for c in token.children)  # "as NATO seeks an agreement"
    if opener is None or opener.lower != "as" or outer.modality is not Modality.EPISTEMIC or not changes or acts:
        return granted(PLAIN)
    cues = (Cue("certainty", opener.span),)
    return Verdict(False, outer.level, outer.modality, Tense.FUTURE, None, outer.antecedent, cues)


def adverbial(walk: Walk, token: Token, head: Token) -> Verdict:
    """An adverbial clause: a condition, a purpose, or a circumstance that is taken as a fact."""
    marks = walk.marks.get(token.i, NONE)
    outer = walk.own[head.i]
    kind = kind_of(walk, marks.opener, token, marks)
    if kind in CONDITIONS and elliptic_not(walk, token, marks):
        return outer._replace(level=max(outer.level, 2))  # "reassurance if not an end to uncertainty"
    if kind == "question" or (marks.opener is not None and asking(walk, head, token, marks.opener)):
        return embed(walk, token, head, walk.words.finite["ask"])
    if kind in CONDITIONS:
        return condition(walk, token, marks, kind)
    if kind in ("threshold", "occasion"):
        return occasion(walk, token, marks, outer, kind)
    if kind == "unreal" and marks.opener is not None:
        cues = (Cue("modality", marks.opener.span),)
        return Verdict(False, 3, Modality.HYPOTHETICAL, Tense.HYPOTHETICAL, None, False, cues)
    if marks.to:
        governor = predicative(walk, head)
        signature = signature_of(walk, walk.words.infinitive, governor, governor.lemma)
        joined = signature is not walk.words.infinitive.get(governor.lemma)  # "did little to help"
        whole = joined or governor is not head or head.pos == "ADJ"
        if signature is not None and (whole or signature.affirmed.sign == 2):
            return embed(walk, token, head, signature)
        if walk.marks.get(governor.i, NONE).excess:
            return embed(walk, token, head, walk.words.infinitive["fail"])
        return purpose(walk, token, outer, marks)
    if kind == "fact":
        return alongside(walk, token, outer, marks)
    if marks.opener is None and any(walk.tokens[c].lower == "that" for c in token.children):
        return clausal(walk, token, head)
    if token.tag == "VBG" and token.left and walk.tokens[token.left - 1].text == ",":
        outer = walk.own[finite_above(walk, head).i]  # "met to talk, offering help"
    return outer._replace(negative=False) if outer.negative else outer
