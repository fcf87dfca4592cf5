"""From drafts to whole contents: quotations over sentences and paragraphs, colons, texts one speaks through."""

from __future__ import annotations

from kg.reading.parse import Parse
from kg.reading.speech.cues import Draft
from kg.reading.speech.lexicon import Act, Lexicon
from kg.reading.speech.quotations import Quotations
from kg.reading.speech.syntax import Range, Source, joined, phrase


def spread(parse: Parse, drafts: list[Draft], quoted: Quotations) -> list[Draft]:
    """Widen contents to the quotations they touch, give each quotation a speaker, and drop drafts without content."""
    owner: dict[int, Draft] = {}
    for draft in drafts:
        draft.contents = _widened(draft, quoted)
        for q in _touched(draft.contents, quoted):
            if quoted.at[draft.at] != q and (q not in owner or _size(draft) > _size(owner[q])):
                owner[q] = draft
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_sentence.setdefault(parse.tokens[draft.at].sent, []).append(draft)
    for q in range(len(quoted.ranges)):
        if q not in owner:
            speaker = _speaker(parse, q, quoted, by_sentence)
            if speaker is not None:
                owner[q] = speaker
                speaker.contents = joined([*speaker.contents, quoted.ranges[q]])
    _after_colons(parse, drafts)
    return [d for d in drafts if d.contents]


def _size(draft: Draft) -> int:
    return sum(end - first for first, end in draft.contents)


def _touched(contents: list[Range], quoted: Quotations) -> list[int]:
    out: dict[int, None] = {}
    for first, end in contents:
        for q in quoted.at[first:end]:
            if q >= 0:
                out[q] = None
    return list(out)


def _widened(draft: Draft, quoted: Quotations) -> list[Range]:
    """Content grows to the ends of quotations it touches; inside a quotation it stays within it."""
    own = quoted.at[draft.at]
    if own >= 0:
        low, high = quoted.ranges[own]
        clipped = [(max(a, low), min(b, high)) for a, b in draft.contents]
        return [r for r in clipped if r[0] < r[1]]
    ranges = list(draft.contents)
    for first, end in draft.contents:
        for i in (first, end - 1):
            q = quoted.at[i]
            if q >= 0:
                ranges.append(quoted.ranges[q])
    return joined(ranges)


def _speaker(parse: Parse, q: int, quoted: Quotations, by_sentence: dict[int, list[Draft]]) -> Draft | None:
    """Whose words an unclaimed quotation is."""
    tokens, sentences = parse.tokens, parse.sentences
    first, end = quoted.ranges[q]
    one, last = tokens[first].sent, tokens[end - 1].sent
    here = [d for d in by_sentence.get(one, ()) if quoted.at[d.at] < 0]
    if last != one:
        here += [d for d in by_sentence.get(last, ()) if quoted.at[d.at] < 0]
    if last + 1 < len(sentences) and sentences[last].end == end and not here:
        after = [d for d in by_sentence.get(last + 1, ()) if d.quotes and not d.contents]
        if sentences[last + 1].paragraph == sentences[last].paragraph and tokens[end - 2].text in "?!.…":
            here = [d for d in after if d.at - end <= 6]
    speaking = [d for d in here if d.quotes and d.force.act is Act.SPEECH]
    if speaking:
        return min(speaking, key=lambda d: (bool(d.contents), abs(d.at - first if d.at < first else d.at - end)))
    if here or end - first < 5 or not _whole(parse, first, end):
        return None
    return _before(parse, one, quoted, by_sentence)


def _whole(parse: Parse, first: int, end: int) -> bool:
    """The quotation fills its sentences."""
    tokens, sentences = parse.tokens, parse.sentences
    return first <= sentences[tokens[first].sent].first + 1 and end >= sentences[tokens[end - 1].sent].end - 1


def _before(parse: Parse, one: int, quoted: Quotations, by_sentence: dict[int, list[Draft]]) -> Draft | None:
    """The last to speak before a sentence, in its paragraph or, for a paragraph's first, in the one before."""
    sentences = parse.sentences
    paragraph = sentences[one].paragraph
    for n in range(one - 1, max(one - 12, -1), -1):
        if sentences[n].paragraph < paragraph - 1:
            break
        speaking = [
            d
            for d in by_sentence.get(n, ())
            if d.quotes and d.force.act is Act.SPEECH and d.contents and quoted.at[d.at] < 0 and d.source
        ]
        if speaking:
            return max(speaking, key=lambda d: (_size(d), -d.at))
        if sentences[n].paragraph < paragraph and by_sentence.get(n):
            break
    return None


def _after_colons(parse: Parse, drafts: list[Draft]) -> None:
    """ "He wrote:" at the end of a sentence hands the next paragraph or sentence to its cue."""
    tokens, sentences = parse.tokens, parse.sentences
    for draft in drafts:
        n = tokens[draft.at].sent
        if not draft.lists or draft.contents or n + 1 >= len(sentences):
            continue
        if tokens[sentences[n].end - 1].text == ":":
            draft.contents = [(sentences[n + 1].first, sentences[n + 1].end)]


def mediate(parse: Parse, drafts: list[Draft], words: Lexicon) -> list[Draft]:
    """Add the text through which a source speaks: "Publishing a leaked draft, the daily said X"."""
    tokens = parse.tokens
    added: list[Draft] = []
    for draft in drafts:
        if draft.force.act is not Act.SPEECH or draft.source is None:
            continue
        for c in tokens[draft.at].children:
            force = words.citing.get(tokens[c].lemma)
            if force is None or tokens[c].dep not in ("advcl", "prep"):
                continue
            text = _object(parse, c)
            if text is not None:
                source = Source(text, text)
                added.append(Draft(c, [c], source, phrase(tokens, text, c), list(draft.contents), force, parent=draft))
        used = tokens[draft.at].head
        force = words.citing.get(tokens[used].lemma)
        if force is not None and force.act is Act.MEDIUM and tokens[draft.at].dep in ("xcomp", "advcl"):
            paper = _object(parse, used)
            if paper is not None and tokens[paper].lemma in words.documents:
                source, cue = Source(paper, paper), [used]
                contents = list(draft.contents)
                added.append(Draft(used, cue, source, phrase(tokens, paper, draft.at), contents, force, parent=draft))
    return drafts + added


def _object(parse: Parse, verb: int) -> int | None:
    """What is published or cited; of "what it said was a leaked draft" the draft."""
    tokens = parse.tokens
    for c in tokens[verb].children:
        if tokens[c].dep in ("dobj", "pobj") and tokens[c].tag not in ("WP", "WDT"):
            return c
        if tokens[c].dep == "ccomp":
            for i in range(tokens[c].left, tokens[c].right + 1):
                if tokens[i].dep in ("attr", "oprd") and tokens[i].pos in ("NOUN", "PROPN"):
                    return i
    return None
