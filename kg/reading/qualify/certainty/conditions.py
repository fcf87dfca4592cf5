"""Conditions: clauses and phrases that suppose, and what depends on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.model import Cue, Modality, Span, Tense
from kg.reading.qualify.certainty.walk import NONE, PLAIN, SUBJECT, Marks, Verdict, Walk, granted

if TYPE_CHECKING:
    from kg.reading.parse import Token


CONDITIONS: Final = frozenset({"condition", "exception"})


def kind_of(walk: Walk, opener: Token | None, token: Token, marks: Marks) -> str:
    """What an adverbial clause is to its main clause."""
    if opener is not None:
        kind = walk.words.subordinators[opener.lower]
        after = walk.tokens[opener.i + 1].lower if opener.i + 1 < len(walk.tokens) else ""
        if opener.lower == "as" and after in ("if", "though"):
            return "unreal"
        before = walk.tokens[opener.i - 1].lower if opener.i else ""
        if kind == "condition" and before == "as":
            return "unreal"
        if opener.lower == "as" and before in walk.words.words["Extent"]:  # "as long as"
            return "condition"
        return kind
    if walk.words.subordinators.get(token.lower) == "condition":  # "provided that"
        return "condition"
    return "condition" if inverted(walk, token, marks) else ""


def inverted(walk: Walk, token: Token, marks: Marks) -> bool:
    """Tell "had it failed", "should they attack", "were he to resign" by their first word."""
    first = marks.aux[0] if marks.aux else token
    if first.i != token.left or first.lower not in walk.words.words["InvertedCondition"]:
        return False
    return any(walk.tokens[c].dep in SUBJECT or (first is token and walk.tokens[c].dep == "ccomp")
               for c in token.children)  # fmt: skip


def condition(walk: Walk, token: Token, marks: Marks, kind: str) -> Verdict:
    """Inside an if-clause: supposed, never a fact."""
    opener = marks.opener or (marks.aux[0] if marks.aux else token)
    cues = (Cue("condition", opener.span),)
    return Verdict(kind == "exception", 3, Modality.CONDITIONAL, Tense.HYPOTHETICAL, None, True, cues)


def occasion(walk: Walk, token: Token, marks: Marks, outer: Verdict, kind: str) -> Verdict:
    """A temporal clause: a fact of the past, but only a prospect where the main clause is one."""
    if token.tag == "VBD" and token.i not in walk.shifted and outer.modality is not Modality.CONDITIONAL:
        return granted(PLAIN)
    open_ended = outer.tense in (Tense.FUTURE, Tense.HYPOTHETICAL) or outer.level > 0
    opener = marks.opener
    if not open_ended or opener is None:
        if kind == "threshold" and outer.tense is Tense.PRESENT and opener and opener.lower != "once":
            return Verdict(False, 3, Modality.NONE, Tense.FUTURE, None, False, (Cue("certainty", opener.span),))
        return granted(PLAIN)
    cues = (Cue("condition", opener.span),)
    if opener.lower == "once":
        return Verdict(False, 3, Modality.CONDITIONAL, Tense.HYPOTHETICAL, None, True, cues)
    level = 3 if kind == "threshold" else 0
    return Verdict(False, level, Modality.NONE, Tense.FUTURE, None, False, cues)


def condition_of(walk: Walk, verb: Token, marks: Marks) -> Span | None:
    """The clause the verb depends on, if any."""
    for opener in marks.conditions:
        return walk.parse.span(opener.i, opener.i + 2)
    for c in verb.children:
        clause = walk.tokens[c]
        if clause.dep == "prep" and c < verb.i and marks.aux and barring(walk, clause, marks):
            return walk.parse.span(c, clause.right + 1)
        if clause.dep == "advmod" and clause.lower in walk.words.words["Extent"]:
            c = next((g for g in clause.children if walk.tokens[g].dep == "advcl"), c)
            clause = walk.tokens[c]
        if clause.dep not in ("advcl", "ccomp", "xcomp") or (clause.dep == "ccomp" and c > verb.i):
            continue
        inner = walk.marks.get(c, NONE)
        kind = kind_of(walk, inner.opener, clause, inner)
        if elliptic_not(walk, clause, inner) or (inner.opener is not None and asking(walk, verb, clause, inner.opener)):
            continue
        if verb.tag == "VBD" and clause.tag in ("VBZ", "VBP"):
            continue  # "warned of a famine if roads stay closed": the warning was given
        if kind in CONDITIONS or (inner.opener is not None and inner.opener.lower == "once"):
            first = inner.opener.i if inner.opener is not None else clause.left
            before = walk.tokens[first - 1].lower if first else ""
            if clause.tag == "VBD" or any(a.tag == "VBD" for a in inner.aux):
                walk.remote.add(verb.i)
            if before not in walk.words.words["Concessive"]:
                return walk.parse.span(min(clause.left, first), end_of(walk, verb, clause) + 1)
    return None


def asking(walk: Walk, verb: Token, clause: Token, opener: Token) -> bool:
    """Tell "nobody knows if he fled" from a condition."""
    return clause.i > verb.i and f"{verb.lemma} {opener.lower}" in walk.words.finite


def barring(walk: Walk, prep: Token, marks: Marks) -> bool:
    """Tell "without a loan, the club will fail" from "without a word, he left"."""
    wanted = prep.lower in walk.words.words["ConditionPreposition"]
    return wanted and any(a.lower in walk.words.modals for a in marks.aux)


def end_of(walk: Walk, verb: Token, clause: Token) -> int:
    """Last token of a condition, with the conjunct that the parser hung on the main verb instead."""
    if walk.tokens[clause.right].dep == "cc":
        for c in verb.children:
            if c > clause.right and walk.tokens[c].dep == "conj":
                walk.adopted[c] = clause.i
                return walk.tokens[c].right
    return clause.right


def first_word(walk: Walk, condition: Span) -> Span:
    """Characters of a condition's first word."""
    text = condition.of(walk.parse.document.text)
    return Span(condition.start, condition.start + len(text.split(None, 1)[0]))


def elliptic_not(walk: Walk, token: Token, marks: Marks) -> bool:
    """Tell "if not an end to uncertainty" and "if so" from a condition."""
    after = walk.tokens[marks.opener.i + 1].lower if marks.opener else ""
    return token.pos in ("NOUN", "PROPN", "ADJ", "PRON") and after in walk.words.words["EllipticCondition"]


def supposing(walk: Walk, noun: Token, prep: Token) -> bool:
    """Tell "in the event of", "in case of" and "on condition that" from a media event."""
    words = " ".join(t.lower for t in walk.tokens[prep.i : noun.i + 1][:3])
    return words in walk.words.words["ConditionPhrase"]


def supposed(walk: Walk, token: Token, opener: Token) -> Verdict:
    """Suppose, not assert, what follows "in the event of"."""
    cue = Cue("condition", walk.parse.span(opener.i, token.i + 1))
    interrupted(walk, token)
    return Verdict(False, 3, Modality.CONDITIONAL, Tense.HYPOTHETICAL, None, True, (cue,))


def interrupted(walk: Walk, noun: Token) -> None:
    """Find the "of" of "in the event – unlikely, he said – of …", which the parser hangs elsewhere."""
    tokens, first = walk.tokens, noun.i + 1
    end = min(len(tokens), first + 12)
    if first >= end or tokens[first].pos != "PUNCT":
        return
    for k in range(first + 1, end - 1):
        if tokens[k].text == tokens[first].text and tokens[k + 1].lower == "of":
            effects = [walk.words.adverbs[t.lower] for t in tokens[first:k] if t.lower in walk.words.adverbs]
            walk.severed[k + 1] = (noun.i, effects[0] if effects else None)
