"""A verb with its auxiliaries, negation and adverbs, a noun with its adjectives: what they say themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.model import Cue, Modality, Span, Tense
from kg.reading.qualify.certainty.conditions import condition_of, first_word
from kg.reading.qualify.certainty.coordination import shares
from kg.reading.qualify.certainty.walk import FINITE, NONE, SUBJECT, Marks, Verdict, Walk
from kg.reading.qualify.lexicon import Effect

if TYPE_CHECKING:
    from kg.reading.parse import Token


PARTICIPIAL: Final = frozenset({"acl", "ROOT", "conj", "ccomp"})
FACT: Final = Effect(1, 0)
REPORTED: Final = frozenset({Modality.NONE, Modality.EPISTEMIC})
MEANT: Final = frozenset({Modality.PROPOSAL, Modality.INTENTION})
GUESSES: Final = frozenset({Modality.NONE, Modality.EPISTEMIC, Modality.INTENTION})
"""Modalities that give way to a condition."""


def verb(walk: Walk, token: Token, context: Verdict, marks: Marks) -> Verdict:
    """Apply tense, modal, negation, adverbs and condition of a verb to what its context says."""
    negative, level, modality, tense, condition, antecedent, cues = context
    shared = token.dep == "conj" and shares(walk, token, marks)
    if not shared:
        tense = tense_of_group(walk, token, marks, tense)
        if marks.to and modality in REPORTED and token.tag in ("VBN", "VBG"):
            lemmas = {a.lemma for a in marks.aux}
            if "have" in lemmas:
                tense = Tense.PAST  # "is believed to have died"
            elif token.tag == "VBG" and "be" in lemmas:
                tense = Tense.PRESENT  # "is believed to be hiding"
    denied = len(marks.negatives) % 2 == 1
    if marks.negatives:
        cues += tuple(Cue("polarity", n.span) for n in marks.negatives)
    modal = next((a for a in marks.aux if a.lower in walk.words.modals), None)
    if modal is not None and antecedent and modal.i == token.left:
        modal = None  # "should the talks fail"
    conditions = condition_of(walk, token, marks)
    if conditions is not None:
        condition = conditions
        cues += (Cue("condition", first_word(walk, conditions)),)
    if modal is not None:
        entry = walk.words.modals[modal.lower]
        perfect = any(a.lemma == "have" for a in marks.aux)
        effect = entry.perfect if perfect else entry.negated if denied else entry.plain
        if denied and perfect:
            effect = entry.negated if entry.negated.level < effect.level else Effect(-effect.sign, effect.level)
        sign = effect.sign < 0 if effect.level < 3 else denied
        negative, level = negative != sign, max(level, effect.level)
        cues += (Cue("modality", modal.span),)
        remote = entry.modality is Modality.HYPOTHETICAL and not perfect and not denied
        if remote and condition is None and token.i not in walk.shifted:
            level = max(level, 1)
        unreal = perfect and entry.modality is Modality.HYPOTHETICAL and condition is not None
        if (perfect and negative and level == 0) or unreal:
            condition = None  # counterfactual: it did not happen, whatever is supposed
        tense, modality = under_modal(walk, token, entry.tense, entry.modality, perfect, conditions, modality, tense)
        if unreal and denied:
            tense, modality = Tense.PAST, context.modality  # "had he braked, it would not have hit": it did
        if antecedent:
            modality = Modality.CONDITIONAL
        if modality is Modality.HYPOTHETICAL and denied and not perfect:
            modality = context.modality  # "would not have the strength" is no guess
    elif denied:
        negative = not negative
    if conditions is not None and condition is not None and modality in GUESSES:
        modality = Modality.CONDITIONAL
    for adverb in marks.adverbs:
        effect = walk.words.adverbs.get(adverb.lower, FACT)
        negative, level = negative != (effect.sign < 0), max(level, effect.level)
        cues += (Cue("certainty", adverb.span),)
    if token.dep == "ROOT" and marks.to and not imperative(walk, token, NONE):  # "Minister to resign"
        tense = Tense.FUTURE
    if token.dep == "ROOT" and token.tag == "VB" and imperative(walk, token, marks):
        level, modality, tense = 3, Modality.DEONTIC, Tense.HYPOTHETICAL
    return Verdict(negative, level, modality, tense, condition, antecedent, cues)


def under_modal(
    walk: Walk,
    token: Token,
    tense: Tense,
    modality: Modality | None,
    perfect: bool,
    condition: Span | None,
    outer: Modality,
    before: Tense,
) -> tuple[Tense, Modality]:
    """Tense and modality of a modal verb group."""
    if modality is Modality.HYPOTHETICAL:  # would: reported future, or remote
        if token.i in walk.shifted and not perfect:
            return Tense.FUTURE, outer
        if perfect or condition is not None or outer is Modality.CONDITIONAL:
            return Tense.HYPOTHETICAL, Modality.HYPOTHETICAL if perfect else Modality.CONDITIONAL
        return Tense.FUTURE, Modality.HYPOTHETICAL if outer is Modality.NONE else outer
    if perfect:
        tense = Tense.PAST
        if modality is Modality.DEONTIC:
            modality = Modality.EPISTEMIC
    elif before is Tense.HYPOTHETICAL or (condition is not None and token.i in walk.remote):
        tense = Tense.HYPOTHETICAL
    elif tense is Tense.FUTURE and modality is Modality.EPISTEMIC and token.lemma in walk.words.words["Stative"]:
        tense = Tense.PRESENT
    return tense, modality or outer


def noun(walk: Walk, token: Token, context: Verdict, marks: Marks) -> Verdict:
    """Apply "no", "alleged", "planned" to a noun or adjective."""
    verdict = context
    for adjective in marks.adjectives:
        effect, modality = walk.words.adjectives.get(adjective.lower, (FACT, None))
        if adjective.lower in walk.words.words["FailureAdjective"] and token.lemma in walk.words.infinitive:
            continue  # a failed attempt was made
        if modality in MEANT and token.lemma in walk.words.words["SpeechNoun"]:
            continue  # a proposed plan was made
        verdict = verdict._replace(
            negative=verdict.negative != (effect.sign < 0),
            level=max(verdict.level, effect.level),
            modality=modality or verdict.modality,
            tense=Tense.HYPOTHETICAL if effect.level == 3 else verdict.tense,
            cues=(*verdict.cues, Cue("certainty", adjective.span)),
        )
    if marks.negatives:
        cues = tuple(Cue("polarity", n.span) for n in marks.negatives)
        plain = any(n.dep == "det" or n.i == token.i or n.dep == "preconj" for n in marks.negatives)
        negative = True if plain else not verdict.negative
        verdict = verdict._replace(negative=negative, cues=(*verdict.cues, *cues))
    if marks.adverbs and token.pos == "ADJ":
        effect = walk.words.adverbs.get(marks.adverbs[0].lower, FACT)
        cue = Cue("certainty", marks.adverbs[0].span)
        verdict = verdict._replace(level=max(verdict.level, effect.level), cues=(*verdict.cues, cue))
    return verdict


def tense_of_group(walk: Walk, token: Token, marks: Marks, tense: Tense) -> Tense:
    """Tense of the verb group, seen from the source."""
    finite = token.tag if token.tag in FINITE else next((a.tag for a in marks.aux if a.tag in FINITE), None)
    if finite is None and token.tag == "VBN" and token.dep in PARTICIPIAL and not marks.aux and tense is Tense.PRESENT:
        return tense if token.lemma in walk.words.words["Stative"] else Tense.PAST  # "figures released on Monday"
    if finite is None or (tense is Tense.HYPOTHETICAL and finite != "VBD"):
        return tense
    if any(a.lemma == "have" for a in marks.aux):
        return Tense.PAST if tense is not Tense.HYPOTHETICAL else tense
    if finite != "VBD":
        return Tense.PRESENT if tense is not Tense.FUTURE else tense
    if tense is Tense.HYPOTHETICAL:
        return tense
    if tense is Tense.FUTURE and token.dep == "advcl":
        return tense
    ongoing = token.tag == "VBG" or any(a.tag == "VBG" for a in marks.aux)
    if token.i in walk.shifted and (ongoing or token.lemma in walk.words.words["Stative"]):
        return Tense.PRESENT
    return Tense.PAST


def imperative(walk: Walk, token: Token, marks: Marks) -> bool:
    """Whether a base form without subject is an order."""
    return all(a.lemma == "do" for a in marks.aux) and all(walk.tokens[c].dep not in SUBJECT for c in token.children)
