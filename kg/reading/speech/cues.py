"""Cues to drafts of frames: verbs, nouns, adjectives, "according to", and names before a colon or after a dash."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from kg.reading.parse import Parse, Token
from kg.reading.speech.lexicon import CLAUSE, INFINITIVE, OBJECT, QUOTE, SUBJUNCTIVE, Act, Force, Frames, Lexicon
from kg.reading.speech.syntax import (
    Range,
    Source,
    Tokens,
    complement,
    contracted_has,
    cue_words,
    finite,
    joined,
    phrase,
    source_of,
    subjunctive,
)


@dataclass(slots=True)
class Draft:
    """A frame in the making; `spread` widens its contents over quotations."""

    at: int
    """The cue's main word."""
    cue: list[int]
    source: Source | None
    phrase: Range | None
    contents: list[Range]
    force: Force
    quotes: bool = False
    """The cue may take a quotation as content."""
    lists: bool = False
    """The cue may take what follows a colon as content."""
    parent: Draft | None = field(default=None, repr=False)


def drafts(parse: Parse, words: Lexicon) -> list[Draft]:
    """Find all cues with their sources and the contents in their own sentence."""
    tokens = parse.tokens
    found: list[Draft] = []
    verbs, nouns, adjectives, according = words.verbs, words.nouns, words.adjectives, words.according
    for token in tokens:
        pos = token.pos
        if pos == "VERB":
            entry = verbs.get(token.lemma)
            if entry is not None:
                draft = _verb(tokens, token.i, entry, words)
                if draft is not None:
                    found.append(draft)
            if token.lower in according:
                found.extend(_according(tokens, token.i, according[token.lower]))
            elif token.lemma == "make" or token.lemma == "leave":
                found.extend(_made_clear(tokens, token.i, words))
        elif pos == "NOUN":
            takes = nouns.get(token.lemma)
            if takes is not None:
                found.extend(_noun(tokens, token.i, takes, words))
        elif pos == "ADJ":
            takes = adjectives.get(token.lower)
            if takes is not None:
                found.extend(_adjective(tokens, token.i, takes))
        elif pos in ("ADP", "SCONJ") and token.lower in according:
            found.extend(_according(tokens, token.i, according[token.lower]))
    found.extend(_labels(parse, words))
    return found


def _draft(tokens: Tokens, at: int, source: Source | None, contents: list[Range], force: Force) -> Draft:
    span = phrase(tokens, source.head, at) if source is not None else None
    return Draft(at, sorted(cue_words(tokens, at)), source, span, contents, force)


def _verb(tokens: Tokens, v: int, entry: dict[str, Frames], words: Lexicon) -> Draft | None:
    token = tokens[v]
    particle, passive, subject, as_mark = "", False, -1, False
    for c in token.children:
        child = tokens[c]
        dep = child.dep
        if dep == "prt":
            particle = child.lower
        elif dep in ("nsubjpass", "auxpass"):
            passive = True
            subject = c if dep == "nsubjpass" else subject
        elif dep in ("nsubj", "csubj"):
            subject = c
        elif child.lower == "as" and dep in ("mark", "advmod", "prep") and c < v:
            as_mark = True
    takes = entry.get(particle)
    if takes is None or token.dep in ("amod", "compound", "pobj"):
        return None
    reduced = token.tag in ("VBN", "VBD") and token.dep in ("acl", "advcl") and subject < 0
    passive = reduced or (passive and not contracted_has(tokens, v))
    if as_mark and (passive or subject < 0):
        return None
    if passive:
        return _passive(tokens, v, takes, words, subject)
    kind, heads, prepositions = complement(tokens, v, takes)
    source = source_of(tokens, v)
    contents = _ranges(tokens, v, heads, source)
    if kind == CLAUSE and (inverted := _inverted(tokens, v, subject, heads)) is not None:
        source, contents = inverted
    if kind == CLAUSE and SUBJUNCTIVE in takes and subjunctive(tokens, heads[0]):
        kind = SUBJUNCTIVE
    if kind == CLAUSE:
        contents = joined(contents + _resumed(tokens, v, heads))
    if kind:
        force = takes[kind]
        if kind not in (CLAUSE, SUBJUNCTIVE):
            contents = _outside(contents, _aside(tokens, [h for h in heads if tokens[h].pos in _NOMINAL]))
    elif QUOTE in takes or CLAUSE in takes:
        force = takes.get(QUOTE) or takes[CLAUSE]
        if (as_mark or token.dep == "parataxis" or _fronted(tokens, v)) and source is not None:
            contents = _around(tokens, v)
    else:
        return None
    draft = _draft(tokens, v, source, contents, force)
    draft.cue = sorted({*draft.cue, *prepositions})
    draft.quotes, draft.lists = QUOTE in takes, CLAUSE in takes or QUOTE in takes
    return draft


_RESUMING: Final = frozenset(("it", "this", "that", "these", "those", "there"))


def _resumed(tokens: Tokens, v: int, heads: list[int]) -> list[Range]:
    """Clauses hung beside the cue that go on with what was said: "said X was fair, but it was late"."""
    out = []
    for c in tokens[v].children:
        if tokens[c].dep == "conj" and c > v and finite(tokens, c):
            subjects = [tokens[k].lower for k in tokens[c].children if tokens[k].dep in ("nsubj", "nsubjpass")]
            if subjects and (max(heads) < v or subjects[0] in _RESUMING):
                out.append((tokens[c].left, tokens[c].right + 1))
    return out


def _inverted(tokens: Tokens, v: int, subject: int, heads: list[int]) -> tuple[Source, list[Range]] | None:
    """Read "The union, said its leader, will strike": the parser takes the union for the speaker."""
    if not 0 <= subject < v - 1 or tokens[v - 1].text != ",":
        return None
    for h in heads:
        inner = next((k for k in tokens[h].children if tokens[k].dep == "nsubj" and tokens[k].left == v + 1), None)
        if inner is None:
            continue
        comma = next((k for k in range(inner + 1, h) if tokens[k].text == ","), -1)
        if comma > 0 and tokens[inner].right <= comma:
            return Source(inner, inner), [(tokens[subject].left, v - 1), (comma + 1, tokens[h].right + 1)]
    return None


def _fronted(tokens: Tokens, v: int) -> bool:
    """A short clause of source and verb hung on its own content: "X, said the group, Y"."""
    deps = {tokens[c].dep for c in tokens[v].children}
    return tokens[v].dep in ("dep", "advcl") and "nsubj" in deps and deps.isdisjoint(("mark", "advmod", "dobj", "aux"))


def _around(tokens: Tokens, v: int) -> list[Range]:
    """What a parenthesis interrupts: the clause it hangs on, without the parenthesis."""
    head = tokens[tokens[v].head]
    own = tokens[v]
    if head.i == v:
        return []
    return _without((head.left, head.right + 1), (own.left, own.right + 1))


_NOMINAL: Final = frozenset(("NOUN", "PROPN", "PRON"))


def _outside(contents: list[Range], holes: list[Range]) -> list[Range]:
    for hole in holes:
        contents = [piece for whole in contents for piece in _without(whole, hole)]
    return contents


def _without(whole: Range, hole: Range) -> list[Range]:
    pieces = [(whole[0], min(whole[1], hole[0])), (max(whole[0], hole[1]), whole[1])]
    return [p for p in pieces if p[0] < p[1]]


def _ranges(tokens: Tokens, v: int, heads: list[int], source: Source | None) -> list[Range]:
    """Token ranges of complements; where one spans the verb, the verb and its own words are cut out."""
    out: list[Range] = []
    for h in sorted(heads):
        whole = (tokens[h].left, tokens[h].right + 1)
        if not whole[0] <= v < whole[1]:
            out.append(whole)
            continue
        hole = [v, v + 1]
        for c in tokens[v].children:
            if c not in heads and tokens[c].dep != "punct":
                hole = [min(hole[0], tokens[c].left), max(hole[1], tokens[c].right + 1)]
        out.extend(_without(whole, (hole[0], hole[1])))
    return joined(out)


def _passive(tokens: Tokens, v: int, takes: Frames, words: Lexicon, subject: int) -> Draft | None:
    """ "X was proposed in the plan", "it is believed that X", "X is said to be Y": the subject is the content."""
    token = tokens[v]
    agent = source_of(tokens, v)
    inside = _document_inside(tokens, v, words) if agent is None else None
    kind, heads, prepositions = complement(tokens, v, takes)
    if token.dep == "acl":
        opined = kind not in ("", OBJECT) and takes[kind].act is Act.THOUGHT  # "an increase seen as necessary"
        if not opined and (agent is None or tokens[token.head].lemma in words.documents):
            return None  # "a memo seen by the paper" says what it says
        contents = [(tokens[token.head].left, token.left), *(_ranges(tokens, v, heads, None) if opined else ())]
        force = takes[kind] if opined else takes.get(OBJECT) or takes.get(CLAUSE)
    else:
        expletive = subject >= 0 and tokens[subject].lower in ("it", "there")
        told = OBJECT not in takes and kind == CLAUSE
        force = takes.get(kind) or takes.get(OBJECT) or takes.get(CLAUSE)
        if force is None or (subject < 0 and not heads):
            return None
        contents = _ranges(tokens, v, heads, None)
        own = [] if agent is not None or inside is not None else _aside(tokens, [subject, *heads])
        if not expletive and not told:
            if OBJECT not in takes and CLAUSE not in takes and INFINITIVE not in takes:
                return None
            rest = [c for c in token.children if tokens[c].dep in ("oprd", "xcomp")]
            rest += [c for c in token.children if tokens[c].dep == "prep" and tokens[c].lower == "as"]
            if OBJECT not in takes and not kind and not any(tokens[c].dep == "xcomp" for c in rest):
                return None
            if subject >= 0:
                rest.append(subject)
            elif not contents:
                return None
            contents = joined(contents + [(tokens[c].left, tokens[c].right + 1) for c in rest])
        contents = _outside(contents, own)
    if force is None or not contents:
        return None
    draft = _draft(tokens, v, agent or inside, contents, force)
    draft.cue = sorted({*draft.cue, *prepositions})
    draft.quotes = QUOTE in takes
    return draft


def _aside(tokens: Tokens, heads: list[int]) -> list[Range]:
    """What the reporter tells beside an opinion that is nobody's: "The boy, who fled, is said to be safe, as X"."""
    found = [tokens[c] for h in heads if h >= 0 for c in tokens[h].children if tokens[c].dep in ("relcl", "advcl")]
    return [(t.left, t.right + 1) for t in found if finite(tokens, t.i) and _apart(tokens, t)]


def _apart(tokens: Tokens, clause: Token) -> bool:
    """A comma, a ground or a past deed ("the boy who fled") sets a clause apart from what is said."""
    first = tokens[clause.left]
    done = first.lower == "who" and clause.tag == "VBD"
    return tokens[first.i - 1].text == "," or first.lower in _GROUNDS or done


_GROUNDS: Final = frozenset(("as", "because", "since", "although", "though", "after"))


def _document_inside(tokens: Tokens, v: int, words: Lexicon) -> Source | None:
    """The text a passive speaks in: "in the updated plan a tax was proposed"."""
    for c in tokens[v].children:
        if tokens[c].dep == "prep" and tokens[c].lower in ("in", "by", "under"):
            for k in tokens[c].children:
                if tokens[k].dep == "pobj" and tokens[k].lemma in words.documents:
                    return Source(k, k)
    return None


def _made_clear(tokens: Tokens, v: int, words: Lexicon) -> Iterator[Draft]:
    """ "Made it clear that X": an adjective and a clause, however the parser hung them."""
    for c in tokens[v].children:
        clear = words.clear.get(tokens[c].lower)
        if clear is None or tokens[c].pos not in ("ADJ", "ADV", "NOUN", "VERB"):
            continue
        clauses = [
            k
            for h in (v, c)
            for k in tokens[h].children
            if k > c and tokens[k].dep in ("ccomp", "advcl", "acl", "xcomp") and finite(tokens, k)
        ]
        source = source_of(tokens, v)
        if not clauses or source is None:
            continue
        draft = _draft(tokens, v, source, _ranges(tokens, v, clauses, source), clear[CLAUSE])
        it = [k for k in range(v + 1, c) if tokens[k].lower == "it"]
        draft.cue = sorted({*draft.cue, *it, c})
        yield draft


def _noun(tokens: Tokens, n: int, takes: Frames, words: Lexicon) -> Iterator[Draft]:
    """ "His claim that X", "a warning by the UN that X", "issued a call for X"."""
    token = tokens[n]
    heads: list[int] = []
    kind = ""
    owner: Source | None = None
    extra: list[int] = []
    for c in token.children:
        child = tokens[c]
        dep = child.dep
        if dep in ("acl", "ccomp", "relcl", "advcl") and CLAUSE in takes and c > n and _has(tokens, c, "that"):
            kind, heads = CLAUSE, [c]
        if dep in ("acl", "xcomp") and INFINITIVE in takes and child.tag == "VB" and _has(tokens, c, "to"):
            kind, heads = INFINITIVE, [c]
        if dep == "poss":
            owner = Source(c, c)
        elif dep == "prep":
            inner = [k for k in child.children if tokens[k].dep in ("pobj", "pcomp")]
            if child.lower in takes and not kind and inner:
                kind, heads, extra = child.lower, inner, [c]
            elif inner and (child.lower in ("by", "from") or (child.lower == "of" and owner is None)):
                owner = Source(inner[0], inner[0])
    if kind != CLAUSE and token.dep in ("nsubj",) and CLAUSE in takes and tokens[token.head].lemma == "be":
        clauses = [c for c in tokens[token.head].children if tokens[c].dep == "ccomp" and c > n]
        if clauses and finite(tokens, clauses[0]):
            kind, heads, extra = CLAUSE, clauses, [token.head]
    if not kind:
        return
    light = [] if owner is not None else _light(tokens, n)
    if light:
        owner = source_of(tokens, light[0])
    draft = _draft(tokens, n, owner, _ranges(tokens, n, heads, owner), takes[kind])
    draft.cue = sorted({n, *extra, *light})
    yield draft


def _has(tokens: Tokens, i: int, word: str) -> bool:
    """Tell whether a clause has the complementiser "that" or the infinitive's "to"."""
    return any(tokens[k].lower == word and tokens[k].dep in ("mark", "aux") for k in tokens[i].children)


def _light(tokens: Tokens, n: int) -> list[int]:
    """The verb a cue noun is the object of: "made the claim", "in the hope"."""
    token = tokens[n]
    if token.dep == "dobj" and tokens[token.head].pos == "VERB":
        return [token.head]
    if token.dep == "pobj" and tokens[token.head].dep == "prep":
        verb = tokens[tokens[token.head].head]
        if verb.pos in ("VERB", "AUX"):
            return [verb.i, token.head]
    return []


def _adjective(tokens: Tokens, a: int, takes: Frames) -> Iterator[Draft]:
    """ "Officials are confident that X", "ready to X", "critical of X"."""
    token = tokens[a]
    verb = token.head
    if token.dep not in ("acomp", "oprd") or tokens[verb].pos not in ("VERB", "AUX"):
        return
    kind, heads, prepositions = complement(tokens, a, takes)
    if not kind and CLAUSE in takes:
        heads = [c for c in tokens[verb].children if tokens[c].dep == "ccomp" and c > a and finite(tokens, c)]
        kind = CLAUSE if heads else ""
    source = source_of(tokens, verb)
    if not kind or source is None or tokens[source.head].lower in ("it", "there"):
        return
    draft = _draft(tokens, a, source, _ranges(tokens, a, heads, source), takes[kind])
    draft.cue = sorted({a, verb, *prepositions})
    yield draft


def _according(tokens: Tokens, a: int, force: Force) -> Iterator[Draft]:
    """ "According to X": the clause it hangs on, without the phrase."""
    sources = [k for c in (*tokens[a].children, a) for k in tokens[c].children if tokens[k].dep == "pobj"]
    cue = [a, *(c for c in tokens[a].children if tokens[c].lower == "to")]
    if not sources or (tokens[a].lower == "according" and len(cue) < 2):
        return
    own = tokens[a]
    i = own.head
    for _ in range(8):
        token = tokens[i]
        if token.dep == "ROOT" or (token.pos in ("VERB", "AUX") and token.dep not in ("xcomp", "auxpass", "aux")):
            break
        i = token.head
    clause = tokens[i]
    contents = _without((clause.left, clause.right + 1), (own.left, own.right + 1))
    if not contents or i == a:
        return
    source = Source(sources[0], sources[0])
    yield Draft(a, sorted(cue), source, phrase(tokens, source.head, a), contents, force)


_NAMES: Final = frozenset(("PERSON", "ORG", "NORP", "GPE"))
_CLOSED: Final = frozenset(('"', "”", "''", "’", "'"))
_DASHES: Final = frozenset(("—", "–", "―", "-", "--", "~"))


def _labels(parse: Parse, words: Lexicon) -> Iterator[Draft]:
    """ "Name: claim" at the head of a line, and a name after a dash that follows a whole quotation."""
    tokens = parse.tokens
    last = -1
    for n, sentence in enumerate(parse.sentences):
        first = sentence.first
        if sentence.paragraph != last:
            last = sentence.paragraph
            end = _paragraph_end(parse, n)
            dash = next((i for i in range(end - 2, max(end - 12, first + 4), -1) if tokens[i].text in _DASHES), -1)
            if dash > 0 and tokens[dash - 1].text in _CLOSED and _speaker(tokens, dash + 1, end):
                source = Source(end - 1, end - 1)
                yield Draft(dash, [dash], source, (dash + 1, end), [(first, dash)], words.says, quotes=True)
                continue
            colon = next((i for i in range(first, min(first + 9, sentence.end)) if tokens[i].text == ":"), -1)
            if first < colon < end - 3 and _speaker(tokens, first, colon, words.agents):
                head = Source(colon - 1, colon - 1)
                yield Draft(colon, [colon], head, (first, colon), [(colon + 1, end)], words.says)


def _speaker(tokens: Tokens, first: int, end: int, nouns: frozenset[str] = frozenset()) -> bool:
    """Only a name, perhaps with a title, or a noun of somebody: no verb, no number."""
    names = False
    for i in range(first, end):
        token = tokens[i]
        if token.pos in ("VERB", "AUX", "NUM", "PRON", "ADP", "SCONJ") or token.tag == "WP":
            return False
        names = names or token.ent in _NAMES
    last = tokens[end - 1]
    return (names and last.pos == "PROPN" and last.ent != "GPE") or (
        last.lemma in nouns and last.pos in ("NOUN", "PROPN") and tokens[first].text[0].isupper()
    )


def _paragraph_end(parse: Parse, n: int) -> int:
    paragraph = parse.sentences[n].paragraph
    while n + 1 < len(parse.sentences) and parse.sentences[n + 1].paragraph == paragraph:
        n += 1
    return parse.sentences[n].end
