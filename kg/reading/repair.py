"""Repairs of what the parser is known to get wrong, each a rule with a name; everything else stays as it is.

A repair moves a token to another head, or gives it another dependency; words and sentences are never changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from kg.reading.parse import Parse, Token


class Edit(NamedTuple):
    """A token's new place in the tree."""

    token: int
    head: int
    dep: str


Rule = Callable[[tuple["Token", ...], "Token"], Iterator[Edit]]

_SUBJECTS: Final = frozenset(("nsubj", "nsubjpass", "csubj", "expl"))
_QUOTES: Final = frozenset(('"', "''", "``", "“", "”", "'"))
_SINGULAR: Final = frozenset(("NN", "NNP"))
_FINITE: Final = frozenset(("VBD", "VBZ", "VBP"))
_PHASE: Final = frozenset(
    ("start", "begin", "keep", "stop", "continue", "finish", "avoid", "consider", "try", "remember", "like", "enjoy",
     "deny", "mind", "risk", "resume", "suggest", "admit", "quit", "go", "come", "be", "help", "see", "spend", "cease")
)  # fmt: skip


def subject_of_auxiliary(tokens: tuple[Token, ...], t: Token) -> Iterator[Edit]:
    """A subject hung on the auxiliary belongs to the verb: "the takeover was code-named"."""
    if t.dep in ("aux", "auxpass") and t.children and tokens[t.head].pos in ("VERB", "AUX"):
        verb = tokens[t.head]
        if any(tokens[c].dep in _SUBJECTS for c in verb.children):
            return
        for c in t.children:
            if tokens[c].dep in _SUBJECTS:
                yield Edit(c, verb.i, "nsubjpass" if t.dep == "auxpass" else tokens[c].dep)


def participle_before_noun(tokens: tuple[Token, ...], t: Token) -> Iterator[Edit]:
    """As in "To resolve embarrassing differences": the participle modifies the noun, which is the verb's object."""
    if t.tag != "VBG" or t.dep not in ("xcomp", "pcomp") or tokens[t.head].lemma in _PHASE:
        return
    verb = tokens[t.head]
    by = verb.dep == "agent"
    if verb.i + 1 != t.i or any(tokens[c].dep in ("dobj", "aux") for c in verb.children if c > t.i):
        return
    noun = next((tokens[c] for c in t.children if tokens[c].dep == "dobj"), None)
    if noun is None or any(c < t.i for c in t.children) or any(tokens[c].dep == "det" for c in noun.children):
        return
    if (verb.pos != "VERB" and not by) or noun.left != t.i + 1:
        return
    yield Edit(noun.i, verb.i, "pobj" if by else "dobj")
    yield Edit(t.i, noun.i, "amod")


def apposition_that_acts(tokens: tuple[Token, ...], t: Token) -> Iterator[Edit]:
    """As in "In the plan "a new authority" was proposed": a quoted noun before a verb without subject."""
    if t.dep != "appos" or tokens[t.head].dep != "pobj" or t.left == 0 or tokens[t.left - 1].text not in _QUOTES:
        return
    at = t.right + 1
    while at < len(tokens) and tokens[at].text in _QUOTES:
        at += 1
    if at >= len(tokens) or tokens[at].dep not in ("aux", "auxpass", "ROOT", "conj", "ccomp"):
        return
    verb = tokens[tokens[at].head] if tokens[at].dep in ("aux", "auxpass") else tokens[at]
    if verb.pos in ("VERB", "AUX") and not any(tokens[c].dep in _SUBJECTS for c in verb.children):
        passive = any(tokens[c].dep == "auxpass" for c in verb.children)
        yield Edit(t.i, verb.i, "nsubjpass" if passive else "nsubj")


def verb_as_subject(tokens: tuple[Token, ...], t: Token) -> Iterator[Edit]:
    """As in "Boats were on the lake and plans were being made": two clauses, not a verb that is another's subject."""
    if t.tag not in _FINITE or not any(tokens[c].dep == "nsubj" for c in t.children):
        return
    verb = tokens[t.head]
    first = min((c for c in verb.children if c > t.right and tokens[c].dep in ("aux", "auxpass")), default=verb.i)
    noun = tokens[first - 1]
    if verb.i < t.i or noun.dep != "conj" or not t.left <= noun.i <= t.right:
        return
    yield Edit(noun.i, verb.i, t.dep)
    yield Edit(t.i, verb.i, "conj")


def verb_before_noun(tokens: tuple[Token, ...], t: Token) -> Iterator[Edit]:
    """As in "Dozens boarded boats or swam ashore": an "or" with nothing after it shows that a verb was missed."""
    joined = [c for c in t.children if c > t.i]
    verb = next((tokens[c] for c in t.children if c < t.i and tokens[c].tag in ("VBN", "VBD")), None)
    if verb is None or not joined or tokens[joined[-1]].dep != "cc" or tokens[t.head].i != joined[-1] + 1:
        return
    doers = [c for c in t.children if c < verb.i]
    if (
        verb.dep != "amod"
        or not doers
        or doers[-1] + 1 != verb.i
        or tokens[doers[-1]].tag not in ("NNS", "NNP", "NNPS")
    ):
        return
    yield Edit(doers[-1], t.head, t.dep)
    yield Edit(verb.i, t.head, "conj")
    yield Edit(t.i, verb.i, "dobj")


def parallel_article(tokens: tuple[Token, ...], t: Token) -> Iterator[Edit]:
    """As in "The fear of raids and the flight of families": with its own article, it stands beside "fear"."""
    near = tokens[t.head]
    if near.dep != "pobj" or _article(tokens, near) or not _article(tokens, t) or tokens[near.head].lower != "of":
        return
    far = tokens[tokens[near.head].head]
    if far.pos == "NOUN" and _article(tokens, far) and not any(tokens[c].dep == "conj" for c in far.children):
        yield Edit(t.i, far.i, "conj")


def _article(tokens: tuple[Token, ...], noun: Token) -> bool:
    return any(tokens[c].lower == "the" for c in noun.children)


def apposition_as_subject(tokens: tuple[Token, ...], t: Token) -> Iterator[Edit]:
    """As in "As of noon, the index, the Dax, fell": what follows the comma is the verb's subject, no apposition."""
    time = tokens[t.head]
    if t.dep != "appos" or time.dep != "pobj" or tokens[t.left - 1].text != "," or not _determined(tokens, t):
        return
    at = tokens[time.head]
    while at.dep == "prep" and tokens[at.head].dep == "prep":
        at = tokens[at.head]
    verb = tokens[at.head]
    if verb.tag in _FINITE and verb.i > time.right and not any(tokens[c].dep in _SUBJECTS for c in verb.children):
        yield Edit(t.i, verb.i, "nsubjpass" if any(tokens[c].dep == "auxpass" for c in verb.children) else "nsubj")


def compound_of_verb(tokens: tuple[Token, ...], t: Token) -> Iterator[Edit]:
    """As in the headline "Markets rally as banks reopen": a noun before a finite verb is its subject."""
    verb = tokens[t.head]
    if verb.tag not in _FINITE or verb.pos != "VERB" or t.i > verb.i or t.pos not in ("NOUN", "PROPN"):
        return
    if not any(tokens[c].dep in _SUBJECTS for c in verb.children):
        yield Edit(t.i, verb.i, "nsubj")


def opener_in_noun_phrase(tokens: tuple[Token, ...], t: Token) -> Iterator[Edit]:
    """As in "When unexploded shells go off": "when" opens the clause and is no part of its subject."""
    if t.tag != "WRB" or t.lower == "how":
        return
    noun = tokens[t.head]
    while noun.dep in ("amod", "compound", "nmod", "advmod", "nummod") and noun.head > noun.i:
        noun = tokens[noun.head]
    verb = tokens[noun.head]
    if noun.i != t.head and noun.dep in _SUBJECTS | {"nsubjpass"} and noun.left == t.i and verb.i > noun.i:
        yield Edit(t.i, verb.i, "advmod")


def reduced_relative(tokens: tuple[Token, ...], t: Token) -> Iterator[Edit]:
    """As in "It broke, two officials briefed on it said": the participle describes the subject of what follows."""
    noun = next((tokens[c] for c in t.children if tokens[c].dep == "nsubj"), None)
    above = tokens[t.head]
    verb = tokens[above.head] if above.pos == "PUNCT" else above
    if noun is None or t.tag not in ("VBD", "VBN") or noun.right + 1 != t.i or verb.i != t.right + 1:
        return
    deps = {tokens[c].dep for c in (*t.children, *verb.children)}
    has_subject = any(tokens[c].dep == "nsubj" for c in verb.children)
    plain = deps.isdisjoint(("aux", "auxpass", "nsubjpass", "cc", "mark"))
    if verb.tag in _FINITE and verb.pos == "VERB" and plain and not has_subject:
        yield Edit(noun.i, verb.i, "nsubj")
        yield Edit(t.i, noun.i, "acl")


def relative_across(tokens: tuple[Token, ...], t: Token) -> Iterator[Edit]:
    """As in "Shells hit a school, according to doctors there, who said X": "who" is of the noun before the comma."""
    first, noun = tokens[t.left], tokens[t.left - 2]
    if first.lower not in ("who", "whose") or tokens[t.left - 1].text != "," or t.head >= t.left - 2:
        return
    end = noun.i
    while noun.pos not in ("NOUN", "PROPN", "PRON") and noun.head != noun.i and tokens[noun.head].right <= end:
        noun = tokens[noun.head]
    while noun.dep in ("compound", "conj") and noun.right <= end and noun.head != t.head:
        noun = tokens[noun.head]
    crossed = t.head < noun.left and noun.dep == "pobj" and tokens[noun.head].lower == "to"
    if crossed and tokens[tokens[noun.head].head].lower == "according":
        yield Edit(t.i, noun.i, "relcl")


def remark(tokens: tuple[Token, ...], t: Token) -> Iterator[Edit]:
    """As in "Accused him of lying, a charge he rejects": a noun that takes up the whole clause is no part of it."""
    verb = tokens[t.head]
    if tokens[t.left - 1].text != "," or not any(tokens[c].dep == "relcl" for c in t.children):
        return
    if t.dep == "dobj" and any(tokens[c].dep == "dobj" and c < t.left for c in verb.children):
        yield Edit(t.i, verb.i, "parataxis")
    elif t.dep == "appos" and verb.tag == "VBG":
        above = tokens[verb.head]
        yield Edit(t.i, above.head if above.dep == "prep" else above.i, "parataxis")


def trailing_report(tokens: tuple[Token, ...], t: Token) -> Iterator[Edit]:
    """As in "The dam could fail if the rain goes on, experts fear": the last words govern the rest."""
    said = tokens[t.head]
    subject = next((tokens[c] for c in t.children if tokens[c].dep == "nsubj"), None)
    if said.dep != "ROOT" or said.i > t.i or subject is None or tokens[subject.left - 1].text != ",":
        return
    if t.tag not in _FINITE or any(c > t.i and tokens[c].dep != "punct" for c in t.children):
        return
    yield Edit(t.i, t.i, "ROOT")
    yield Edit(said.i, t.i, "ccomp")
    for c in t.children:
        if c < subject.left and tokens[c].dep == "advcl":
            yield Edit(c, said.i, "advcl")


def name_given(tokens: tuple[Token, ...], t: Token) -> Iterator[Edit]:
    """As in "A man who gave his name as Hassan said X": it is the man who speaks."""
    mark = tokens[t.left]
    name = next((tokens[c] for c in t.children if tokens[c].dep == "nsubj"), None)
    verb = tokens[t.head]
    man = tokens[verb.head]
    if mark.lower != "as" or mark.head != t.i or name is None or name.pos != "PROPN" or name.left != mark.i + 1:
        return
    if verb.dep == "relcl" and man.dep == "ROOT" and man.i < verb.i and man.pos in ("NOUN", "PROPN", "PRON"):
        yield Edit(t.i, t.i, "ROOT")
        yield Edit(man.i, t.i, "nsubj")
        yield Edit(mark.i, verb.i, "prep")
        yield Edit(name.i, mark.i, "pobj")


def bare_infinitive(tokens: tuple[Token, ...], t: Token) -> Iterator[Edit]:
    """As in "Lets users share photos and print them": after a finite verb, an infinitive goes with the one before."""
    verb = tokens[t.head]
    if t.tag != "VB" or verb.tag not in _FINITE or any(tokens[c].dep in ("aux", *_SUBJECTS) for c in t.children):
        return
    between = [tokens[c] for c in verb.children if verb.i < c < t.i]
    first = next((c for c in reversed(between) if c.tag == "VB" and c.dep in ("xcomp", "ccomp", "advcl")), None)
    if first is not None:
        yield Edit(t.i, first.i, "conj")
        yield from (Edit(c.i, first.i, "cc") for c in between if c.dep == "cc" and c.i > first.i)


def comma_for_and(tokens: tuple[Token, ...], t: Token) -> Iterator[Edit]:
    """As in the headline "Peru, Chile sign treaty": before a plural verb, a comma joins two singular subjects."""
    near = tokens[t.head]
    if t.dep == "appos":
        verb = tokens[near.head]
        if near.dep == "nsubj" and t.right + 1 == verb.i and _plural(tokens, verb) and {t.tag, near.tag} <= _SINGULAR:
            yield Edit(t.i, near.i, "conj")
        return
    second = next((tokens[c] for c in near.children if tokens[c].dep == "nsubj"), t)
    joined = second.left == t.right + 2 and second.i < near.i and tokens[t.right + 1].text == ","
    if joined and t.tag == "NNP" and second.tag in _SINGULAR and _plural(tokens, near):
        yield Edit(t.i, near.i, "nsubj")
        yield Edit(second.i, t.i, "conj")


def apposition_to_last(tokens: tuple[Token, ...], t: Token) -> Iterator[Edit]:
    """As in "Kenya and Chad, a country of deserts": what is singular says what the last of several is."""
    joined = [c for c in tokens[t.head].children if t.head < c < t.i and tokens[c].dep == "conj"]
    if joined and t.tag in _SINGULAR and _determined(tokens, t):
        yield Edit(t.i, joined[-1], "appos")


def _plural(tokens: tuple[Token, ...], verb: Token) -> bool:
    bare = verb.tag == "VB" and verb.dep == "ROOT" and not any(tokens[c].dep == "aux" for c in verb.children)
    return verb.tag == "VBP" or bare


def _determined(tokens: tuple[Token, ...], noun: Token) -> bool:
    return any(tokens[c].dep in ("det", "poss") for c in noun.children)


RULES: Final[dict[str, tuple[Rule, ...]]] = {
    "aux": (subject_of_auxiliary,),
    "auxpass": (subject_of_auxiliary,),
    "xcomp": (participle_before_noun,),
    "pcomp": (participle_before_noun,),
    "appos": (apposition_that_acts, apposition_as_subject, comma_for_and, apposition_to_last, remark),
    "npadvmod": (comma_for_and,),
    "relcl": (relative_across,),
    "dobj": (remark,),
    "ccomp": (trailing_report, reduced_relative),
    "dep": (reduced_relative,),
    "csubj": (reduced_relative,),
    "advcl": (name_given,),
    "compound": (compound_of_verb,),
    "advmod": (opener_in_noun_phrase,),
    "nsubj": (verb_as_subject, verb_before_noun, reduced_relative),
    "nsubjpass": (verb_as_subject,),
    "conj": (parallel_article, bare_infinitive),
}
"""The rules that look at a token, by its dependency."""


_LEAVES: Final = frozenset(("appos", "compound", "advmod", "npadvmod"))


def repair(parse: Parse) -> Parse:
    """Apply the rules once; a parse without known faults is returned as it is."""
    tokens = parse.tokens
    edits: dict[int, Edit] = {}
    for t in tokens:
        rules = RULES.get(t.dep)
        if rules is not None and (t.children or t.dep in _LEAVES):
            for rule in rules:
                for edit in rule(tokens, t):
                    edits.setdefault(edit.token, edit)
    return _moved(parse, edits) if edits else parse


def _moved(parse: Parse, edits: dict[int, Edit]) -> Parse:
    tokens, sentences = list(parse.tokens), list(parse.sentences)
    for number in sorted({tokens[i].sent for i in edits}):
        sentence = parse.sentences[number]
        inside = range(sentence.first, sentence.end)
        heads = {i: edits[i].head if i in edits else tokens[i].head for i in inside}
        if not _is_tree(heads):
            continue
        children: dict[int, list[int]] = {i: [] for i in inside}
        for i in inside:
            if heads[i] != i:
                children[heads[i]].append(i)
        left, right = dict(zip(inside, inside, strict=True)), dict(zip(inside, inside, strict=True))
        order = [i for i in inside if heads[i] == i]
        sentences[number] = sentence._replace(root=order[0])
        for i in order:
            order.extend(children[i])
        for i in reversed(order):
            left[heads[i]] = min(left[heads[i]], left[i])
            right[heads[i]] = max(right[heads[i]], right[i])
        for i in inside:
            tokens[i] = tokens[i]._replace(
                dep=edits[i].dep if i in edits else tokens[i].dep,
                head=heads[i], children=tuple(children[i]), left=left[i], right=right[i],
            )  # fmt: skip
    return replace(parse, tokens=tuple(tokens), sentences=tuple(sentences))


def _is_tree(heads: dict[int, int]) -> bool:
    """No token may come to govern itself."""
    safe: set[int] = set()
    for i in heads:
        path: list[int] = []
        at = i
        while at not in safe and heads[at] != at:
            if at in path:
                return False
            path.append(at)
            at = heads[at]
        safe.update(path)
    return True
