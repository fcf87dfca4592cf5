"""What an embedding word does to its complement: signatures, and what a verdict becomes under one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Cue, Modality, Tense
from kg.reading.qualify.certainty.walk import NONE, PREDICATIVE, QUOTES, VERBAL, Marks, Verdict, Walk, granted
from kg.reading.qualify.lexicon import Effect, Signature

if TYPE_CHECKING:
    from kg.reading.parse import Token


def signature_of(
    walk: Walk, table: dict[str, Signature], governor: Token, key: str, prep: int = -1
) -> Signature | None:
    """Look an embedder up, with the second word it stands with first."""
    marks = walk.marks.get(governor.i)
    if marks is not None:
        for word in marks.companions:
            if prep >= 0 and word.dep == "prep" and word.i != prep:
                continue  # "despite protests, it looks like war": the protests stand with another preposition
            if governor.lemma in walk.words.companions[word.lower]:
                found = table.get(f"{governor.lemma} {word.lower}")
                if found is not None:
                    return found
    return table.get(key)


def embed(walk: Walk, token: Token, governor: Token, signature: Signature) -> Verdict:
    """Pass a governor's verdict on through its signature."""
    outer = walk.own[governor.i]
    shift(walk, token, governor)
    denied = outer.negative or any(
        walk.words.adjectives[a.lower][0].sign < 0 for a in walk.marks.get(governor.i, NONE).adjectives
    )
    effect = signature.denied if denied else signature.affirmed
    if signature.modality is Modality.DEONTIC and outer.tense is Tense.FUTURE and not outer.level and not denied:
        effect = Effect(1, 0)  # "will have to": what must be done will be
    if effect.sign == 0:
        return granted(outer)
    return apply(walk, token, outer, effect, signature.modality, governor)


def apply(walk: Walk, token: Token, outer: Verdict, effect: Effect, modality: Modality | None, cue: Token) -> Verdict:
    """Weaken, turn and shift an outer verdict by an effect; the cue says why."""
    negative, level = effect.sign < 0, max(outer.level, effect.level)
    if effect.sign == 2:
        negative = outer.negative
    elif effect.level == 3:
        negative = False
    tense = outer.tense
    if effect.level == 3 or (effect.level and modality is Modality.PROPOSAL):
        ahead = tense is Tense.FUTURE or (tense is not Tense.HYPOTHETICAL and modality is Modality.INTENTION)
        tense = Tense.FUTURE if ahead and not negative else Tense.HYPOTHETICAL
    elif (effect.level and tense is not Tense.HYPOTHETICAL) or (modality is None and cue.lemma == "go"):
        tense = Tense.FUTURE
    if effect == (2, 0):
        return outer
    if outer.antecedent and outer.modality is Modality.CONDITIONAL:
        modality = Modality.CONDITIONAL
    kind = "polarity" if negative else "modality" if modality else "certainty"
    return Verdict(
        negative,
        level,
        modality or outer.modality,
        tense,
        outer.condition,
        outer.antecedent,
        (*outer.cues, Cue(kind, cue.span)),
    )


def shift(walk: Walk, token: Token, governor: Token) -> None:
    """Mark a clause under a past verb, whose own past may be its source's present, unless its words are quoted."""
    if tense_around(walk, governor) is Tense.PAST:
        tokens, first = walk.tokens, token.left
        if tokens[first].text not in QUOTES and (not first or tokens[first - 1].text not in QUOTES):
            walk.shifted.add(token.i)


def tense_around(walk: Walk, governor: Token) -> Tense:
    """Tense of an embedder: a noun has that of its verb."""
    if governor.pos in VERBAL:
        return walk.own[governor.i].tense
    head = walk.tokens[governor.head]
    if head.dep == "prep":  # "announced in a memo that …"
        head = walk.tokens[head.head]
    return walk.own[head.i].tense if head.pos in VERBAL else Tense.PRESENT


def circumstance_of(walk: Walk, opener: Token) -> Effect | None:
    """Effect of "without", "instead of", "rather than"."""
    circumstances = walk.words.circumstances
    before = walk.tokens[opener.i - 1].lower if opener.i else ""
    return circumstances.get(opener.lower) or circumstances.get(f"{before} {opener.lower}")


def mandate(walk: Walk, governor: Token) -> Signature:
    """Signature of a governor whose clause is subjunctive: what is demanded or proposed."""
    for table in (walk.words.infinitive, walk.words.finite, walk.words.nominal):
        found = table.get(governor.lemma)
        if found is not None and found.modality is Modality.PROPOSAL:
            return found
    return walk.words.finite["demand"]


def purpose(walk: Walk, token: Token, outer: Verdict, marks: Marks) -> Verdict:
    """An infinitive of purpose, or one whose embedder is not known: meant, not done."""
    if walk.marks.get(token.head, NONE).rank:
        return outer  # "the first model to be built"
    noun = astray(walk, token)
    if noun is not None:
        return embed(walk, token, noun, walk.words.infinitive[noun.lemma])
    if outer.negative and outer.level == 0 and walk.tokens[token.head].pos not in VERBAL:
        return outer
    head = walk.tokens[token.head]
    if head.head == head.i and head.pos in ("NOUN", "PROPN"):
        return outer._replace(tense=Tense.FUTURE)  # a headline: "Minister to resign"
    to = next((a for a in marks.aux if a.tag == "TO"), token)
    cues = (*outer.cues, Cue("modality", to.span))
    open_ended = outer.level > 1 or outer.negative
    level, tense = (3, Tense.HYPOTHETICAL) if open_ended else (1, Tense.FUTURE)
    return Verdict(False, level, Modality.INTENTION, tense, outer.condition, outer.antecedent, cues)


def astray(walk: Walk, token: Token) -> Token | None:
    """Find the noun that embeds an infinitive which the parser hung above it: "pointed to support for them to go"."""
    tokens = walk.tokens
    found: Token | None = None
    for c in tokens[token.head].children:
        child = tokens[c]
        if child.dep == "prep":
            child = next((tokens[g] for g in child.children if tokens[g].dep == "pobj"), child)
        if token.head < child.i < token.i and child.dep in ("dobj", "pobj") and child.lemma in walk.words.infinitive:
            found = child
    return found if found is not None and walk.words.infinitive[found.lemma].modality is not None else None


def predicative(walk: Walk, verb: Token) -> Token:
    """The adjective or noun of a copula, which decides about the clause hung on the copula."""
    if verb.pos in VERBAL:
        for c in verb.children:
            if walk.tokens[c].dep in PREDICATIVE:
                return walk.tokens[c]
    return verb
