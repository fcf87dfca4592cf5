"""Who the speaker of a verb is and which words its complement covers, from dependencies alone."""

from __future__ import annotations

from typing import Final, NamedTuple

from kg.reading.parse import Token
from kg.reading.speech.lexicon import CLAUSE, GERUND, INFINITIVE, OBJECT, Frames

Tokens = tuple[Token, ...]
Range = tuple[int, int]

SUBJECTS: Final = frozenset(("nsubj", "csubj"))
PASSIVE_SUBJECTS: Final = frozenset(("nsubjpass", "csubjpass"))
RELATIVES: Final = frozenset(("who", "which", "that", "whom", "whose"))
_CUE_PARTS: Final = frozenset(("aux", "auxpass", "neg", "prt"))
_CLAUSE_MARKS: Final = frozenset(("that", "whether", "if"))
_EDGE: Final = frozenset((",", ".", ";", ":", "-", "–", "—", "―", "--", "(", ")", "!", "?", "…", "..."))
_REFLEXIVE: Final = frozenset(
    ("himself", "herself", "itself", "themselves", "myself", "ourselves", "yourself", "yourselves")
)


class Source(NamedTuple):
    """A source's noun phrase: the head as it stands, and the word a relative pronoun refers back to."""

    head: int
    refers: int


def source_of(tokens: Tokens, verb: int) -> Source | None:
    """Find who does a verb: its subject or agent, or that of the clause a participle or infinitive hangs on.

    A passive without agent has nobody; so has an imperative.
    """
    i, controlled = verb, False
    for _ in range(12):
        token = tokens[i]
        subject, passive, agent, obj = -1, -1, -1, -1
        aux_passive = False
        for c in token.children:
            dep = tokens[c].dep
            if dep in SUBJECTS:
                subject = c if subject < 0 or tokens[subject].dep == "csubj" else subject
            elif dep in PASSIVE_SUBJECTS:
                passive = c
            elif dep == "agent":
                agent = next((k for k in tokens[c].children if tokens[k].dep == "pobj"), agent)
            elif dep == "auxpass":
                aux_passive = True
            elif dep == "dobj":
                obj = c
        if not controlled and (passive >= 0 or aux_passive or agent >= 0) and not contracted_has(tokens, i):
            return Source(agent, agent) if agent >= 0 else None
        if controlled and obj >= 0 and token.lemma in _OBJECT_CONTROL and obj < verb:
            return Source(obj, obj)
        found = subject if subject >= 0 else passive
        if found >= 0:
            return Source(found, _antecedent(tokens, found, i))
        dep, head = token.dep, token.head
        if dep == "ROOT":
            return None if controlled else _beside(tokens, i)
        if dep in ("acl", "relcl"):
            if token.tag in ("VBN", "VBD") and dep == "acl":
                return None
            if token.tag == "VBG" and not controlled:
                near = _noun_before(tokens, token.left, head)
                return Source(near, near)
            poss = next((c for c in tokens[head].children if tokens[c].dep == "poss"), -1)
            if poss >= 0:
                return Source(poss, poss)
            if tokens[head].dep not in ("dobj", "attr"):
                return Source(head, head) if dep == "acl" and not controlled else None
            i = tokens[head].head
        elif dep == "conj":
            i = head
            if tokens[head].pos not in ("VERB", "AUX"):
                return None
            continue
        elif dep in ("xcomp", "advcl", "ccomp", "parataxis", "dep"):
            if dep == "ccomp" and token.tag not in ("VB", "VBG"):
                return None
            if dep == "advcl" and token.tag == "VBN" and not controlled:
                return None
            i = head
            if dep == "advcl" and token.tag == "VBG" and tokens[token.left - 1].text in _PAUSES:
                i = _reporting(tokens, i)
        elif dep == "pcomp":
            i = head
            for _ in range(4):
                if tokens[i].pos in ("VERB", "AUX"):
                    break
                i = tokens[i].head
            if tokens[i].pos not in ("VERB", "AUX"):
                return None
            if tokens[head].lower == "as":
                quoted = [c for c in tokens[i].children if tokens[c].dep == "dobj" and c < verb]
                if quoted:
                    return Source(quoted[0], quoted[0])
        else:
            return None
        controlled = True
    return None


_PAUSES: Final = frozenset((",", "-", "–", "—", "―", "--", "''", '"', "”"))


def contracted_has(tokens: Tokens, verb: int) -> bool:
    """Tell "he's said that X", which the parser takes for a passive, by the content that follows."""
    aux = [c for c in tokens[verb].children if tokens[c].dep == "auxpass"]
    return (
        len(aux) == 1
        and tokens[aux[0]].text in ("'s", "’s")
        and any(tokens[c].dep == "ccomp" and c > verb for c in tokens[verb].children)
    )


def _reporting(tokens: Tokens, i: int) -> int:
    """Climb from a reported clause to the verb that reports it: "X said that Y …, adding" is X again."""
    for _ in range(4):
        token = tokens[i]
        head = tokens[token.head]
        reported = token.dep == "ccomp" and head.i < token.i and head.pos == "VERB"
        if not reported and not (token.dep == "conj" and head.dep == "ccomp"):
            break
        i = token.head
    return i


def _noun_before(tokens: Tokens, at: int, head: int) -> int:
    """The noun right before a participle, if the parser hung it on an earlier one of the same phrase."""
    before = tokens[at - 1] if at > 0 else tokens[head]
    if before.i > head and before.pos in ("NOUN", "PROPN") and before.dep == "pobj" and before.tag.endswith("S"):
        return before.i
    return head


def _beside(tokens: Tokens, verb: int) -> Source | None:
    """A finite verb whose subject the parser lost: the noun phrase right before it, or right after a quotation."""
    token = tokens[verb]
    if token.tag not in ("VBD", "VBZ", "VBP"):
        return None
    if verb > 0 and (tokens[verb - 1].text in _PAUSES or tokens[verb - 1].text in "?!"):
        for c in token.children:
            if c > verb and tokens[c].dep in ("dobj", "attr") and tokens[c].pos == "PROPN":
                return Source(c, c)
    i = verb - 1
    while i > 0 and tokens[i].sent == token.sent and (tokens[i].text == "," or tokens[i].pos in ("ADV", "AUX")):
        i -= 1
    if i < 0 or tokens[i].sent != token.sent:
        return None
    for _ in range(8):
        up = tokens[i].head
        if up == i or up >= verb or tokens[i].dep not in _WITHIN_PHRASE:
            break
        i = up
    return Source(i, i) if tokens[i].pos in ("NOUN", "PROPN", "PRON") and tokens[i].right < verb else None


_WITHIN_PHRASE: Final = frozenset(
    ("appos", "pobj", "prep", "compound", "conj", "amod", "nummod", "poss", "acl", "relcl", "dobj")
)

_OBJECT_CONTROL: Final = frozenset(
    ("ask", "tell", "urge", "force", "lead", "prompt", "allow", "order", "persuade", "encourage", "press", "push",
     "enable", "cause", "invite", "want", "get", "compel", "drive")
)  # fmt: skip


def _antecedent(tokens: Tokens, pronoun: int, verb: int) -> int:
    if tokens[pronoun].lower in RELATIVES:
        i = verb
        for _ in range(4):
            if tokens[i].dep == "relcl":
                return tokens[i].head
            if tokens[i].dep not in ("conj", "xcomp"):
                break
            i = tokens[i].head
    return pronoun


def phrase(tokens: Tokens, head: int, cue: int) -> Range:
    """Cover a noun phrase with all its modifiers, without the clause that holds the cue."""
    first, end = tokens[head].left, tokens[head].right + 1
    if first <= cue < end:
        for c in tokens[head].children:
            if tokens[c].left <= cue <= tokens[c].right:
                first, end = (first, tokens[c].left) if cue > head else (tokens[c].right + 1, end)
    return trimmed(tokens, first, end)


def trimmed(tokens: Tokens, first: int, end: int) -> Range:
    """Drop punctuation from both edges, except quotation marks and matched brackets."""
    while first < end - 1 and tokens[first].text in _EDGE:
        first += 1
    while first < end - 1 and (tokens[end - 1].text in _EDGE or tokens[end - 1].dep == "cc"):
        end -= 1
    return first, end


def joined(ranges: list[Range]) -> list[Range]:
    """Sort ranges and merge those that touch."""
    out: list[Range] = []
    for r in sorted(ranges):
        if out and r[0] <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], r[1]))
        else:
            out.append(r)
    return out


def cue_words(tokens: Tokens, verb: int) -> list[int]:
    """Take a verb with its auxiliaries, negation and particle."""
    words = [c for c in tokens[verb].children if tokens[c].dep in _CUE_PARTS]
    words.append(verb)
    return words


def finite(tokens: Tokens, i: int) -> bool:
    """Tell whether a clause's head has a finite verb: a tense of its own or a finite auxiliary."""
    token = tokens[i]
    if token.tag in ("VBD", "VBZ", "VBP", "MD"):
        return True
    for c in token.children:
        child = tokens[c]
        if child.dep in ("aux", "auxpass", "cop") and child.tag in ("VBD", "VBZ", "VBP", "MD"):
            return True
        if child.dep == "mark" and child.lower in _CLAUSE_MARKS:
            return True
    return False


def complement(tokens: Tokens, verb: int, takes: Frames) -> tuple[str, list[int], list[int]]:
    """Find a verb's content: the kind of complement, its heads, and prepositions that belong to the cue."""
    found: dict[str, list[int]] = {}
    extra: list[int] = []
    token = tokens[verb]
    for c in token.children:
        child = tokens[c]
        dep = child.dep
        if dep == "ccomp":
            found.setdefault(_clause_kind(tokens, c), []).append(c)
        elif dep in ("conj", "advcl"):
            if any(tokens[k].dep == "mark" and tokens[k].lower == "that" for k in child.children):
                found.setdefault(CLAUSE, []).append(c)
        elif dep == "xcomp":
            found.setdefault(_clause_kind(tokens, c), []).append(c)
        elif dep == "parataxis" and c > verb and not found and child.pos not in ("NOUN", "PROPN"):
            found[CLAUSE] = [c]
        elif dep in ("dobj", "attr"):
            if child.lower not in _REFLEXIVE and child.lower not in RELATIVES:
                found.setdefault(OBJECT, []).append(c)
        elif dep in ("oprd", "acomp"):
            extra.append(c)
        elif dep == "prep":
            if child.lower in takes:
                found.setdefault(child.lower, []).extend(
                    k for k in child.children if tokens[k].dep in ("pobj", "pcomp", "prep", "amod")
                )
            elif child.lower == "as":
                extra.append(c)
    if CLAUSE in takes and CLAUSE not in found:
        strayed = _strayed(tokens, verb)
        if strayed >= 0:
            found[CLAUSE] = [strayed]
    before = [h for h in found.get(CLAUSE, ()) if h < verb and tokens[tokens[h].right + 1].text == ";"]
    if before and len(before) < len(found[CLAUSE]):  # "Critics say X; supporters say Y"
        found[CLAUSE] = [h for h in found[CLAUSE] if h not in before]
    for kind in (CLAUSE, INFINITIVE, GERUND):
        if kind in found and kind in takes:
            heads = found[kind]
            if kind != CLAUSE and OBJECT in found and OBJECT in takes:
                heads = found[OBJECT] + heads
            return kind, heads, []
    for kind in takes:
        if kind in found and kind not in (OBJECT, CLAUSE, INFINITIVE, GERUND) and found[kind]:
            preposition = tokens[found[kind][0]].head
            heads = found[kind]
            if OBJECT in found and OBJECT in takes:
                heads = found[OBJECT] + heads
            return kind, heads, [preposition]
    if OBJECT in takes and OBJECT in found:
        return OBJECT, found[OBJECT] + extra, []
    if OBJECT in takes and CLAUSE in found and not finite(tokens, found[CLAUSE][0]):
        return OBJECT, found[CLAUSE], []
    return "", [], []


def subjunctive(tokens: Tokens, i: int) -> bool:
    """Tell "that it be closed" from "that it is closed": a bare verb with a subject and no "to" or modal."""
    verbs = [tokens[c] for c in tokens[i].children if tokens[c].dep in ("aux", "auxpass")]
    bare = verbs[0].tag == "VB" if verbs else tokens[i].tag == "VB"
    return bare and any(tokens[c].dep in SUBJECTS or tokens[c].dep in PASSIVE_SUBJECTS for c in tokens[i].children)


def _strayed(tokens: Tokens, verb: int) -> int:
    """A that-clause the parser hung on a noun in between: "told the BBC in an interview that X"."""
    queue = [c for c in tokens[verb].children if c > verb and tokens[c].dep in ("dobj", "prep", "npadvmod", "dative")]
    for _ in range(8):
        if not queue:
            break
        i = queue.pop(0)
        for c in tokens[i].children:
            dep = tokens[c].dep
            if dep in ("acl", "relcl", "ccomp") and tokens[c].left > verb:
                first = tokens[tokens[c].left]
                if first.lower == "that" and first.dep == "mark":
                    return c
            elif dep in ("pobj", "prep", "npadvmod", "appos"):
                queue.append(c)
    return -1


def _clause_kind(tokens: Tokens, i: int) -> str:
    if finite(tokens, i):
        return CLAUSE
    tag = tokens[i].tag
    for c in tokens[i].children:
        if tokens[c].tag == "TO":
            return INFINITIVE
        if tokens[c].dep in ("aux", "auxpass") and any(tokens[k].tag == "TO" for k in tokens[i].children):
            return INFINITIVE
    return GERUND if tag == "VBG" else CLAUSE
