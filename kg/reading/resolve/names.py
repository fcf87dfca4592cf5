"""The names of a document, with their bounds repaired.

The model is often wrong at the edges of a name (titles, articles, quotes), splits acronyms with hyphens ("K-For") and
passes over products ("iPhone", "A380"). Words of the ontology, titles and the gazetteer mend most of that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kg.reading.parse import Parse, Token
from kg.reading.resolve.forms import CAMEL, MODEL, SMALL, is_acronym
from kg.reading.resolve.gazetteer import Gazetteer
from kg.reading.resolve.kinds import NameSpan, title_before, voted
from kg.reading.resolve.lexicon import Lexicon

_NOT_NAMES: Final = frozenset(("DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"))
_EDGE_LEFT: Final = frozenset(("DT", "PRP$", "CC", "IN", ",", "``", "''", "HYPH", ":", "POS", "-LRB-", "-RRB-"))
_EDGE_RIGHT: Final = frozenset(("POS", ",", "``", "''", ".", ":", "-LRB-", "-RRB-", "HYPH", "IN", "CC"))
_WORDLESS: Final = frozenset(("PRP", "PRP$", "RB", "VBZ", "VBD", "VBP", "MD", "VBG", "IN", "UH"))
_ABROAD: Final = frozenset(("Company", "Publication", "Index"))
_NUMBERED: Final = frozenset(("ORG", "PRODUCT", "PERSON", "GPE", "WORK_OF_ART", ""))
_DASHES: Final = frozenset(("-", "--", "–", "—"))
_COUNTED: Final = frozenset(("DATE", "TIME", "MONEY", "PERCENT"))
_PLACES: Final = frozenset(("GPE", "LOC"))
_QUARTERS: Final = frozenset(("North", "South", "East", "West"))
_PROPER: Final = frozenset(("NNP", "NNPS"))


def names(parse: Parse, words: Lexicon) -> list[NameSpan]:
    """Repair the model's names and let the document vote on the kind of each."""
    tokens = parse.tokens
    taken = [False] * len(tokens)
    found: list[tuple[int, int, str]] = []
    for first, end, label in _proposed(parse, words, taken):
        if first < end and not any(taken[first:end]):
            taken[first:end] = [True] * (end - first)
            if not _is_tongue(tokens, end):
                found.append((first, end, label))
    return voted(parse, words, _rejoined(parse, sorted(found), words))


def _is_tongue(tokens: Sequence[Token], end: int) -> bool:
    """Tell a language by what follows: "English-language dailies", "the Russian-speaking minority" name no state."""
    following = [token.lower for token in tokens[end : end + 2]]
    return following[:1] == ["language"] or following in (["-", "language"], ["-", "speaking"], ["-", "medium"])


def _proposed(parse: Parse, words: Lexicon, taken: list[bool]) -> Iterator[tuple[int, int, str]]:
    """Spans that may be names, the surest first; what is taken meanwhile shows in `taken`."""
    tokens = parse.tokens
    yield from ((first, end, "ORG") for first, end in _hyphenated(tokens))
    for label, start, stop in _split(parse):
        first, end = _trimmed(tokens, start, stop, words, label)
        while first < end and taken[first]:
            first += 1
        if first and first < end and CAMEL.fullmatch(tokens[first - 1].text) and tokens[first - 1].head < end:
            first -= tokens[first - 1].head >= first
        if first < end:
            if end < len(tokens) and not taken[end] and _is_company_end(tokens[end - 1], tokens[end], words):
                end += 1
            label = "GPE" if _dateline(parse, first, end) else label
            first = _unplaced(parse, first, end)
            if label in _PLACES and _quartered(tokens, first, end) and not taken[first - 1]:
                first -= 1
            if _modelled(tokens, first, end, words) and not taken[first - 1]:
                first, label = first - 1, "PRODUCT"
            longer = _completed(tokens, first, end, label, words)
            yield _numbered(tokens, first, end, label, words) if longer == end else (first, longer, "ORG")
    yield from ((first, end, "PRODUCT") for first, end in _models(tokens, taken, words))
    for token in tokens:
        if token.text == token.lower and token.text.isalpha():
            continue  # an ordinary word, as most are: neither "iPhone" nor "A380"
        if not taken[token.i] and (CAMEL.fullmatch(token.text) or MODEL.fullmatch(token.text)):
            if token.ent in ("DATE", "MONEY", "PERCENT") and not token.text[0].isalpha():
                continue
            end = token.i + 1
            while end < len(tokens) and not taken[end] and _continues(tokens[end - 1], tokens[end]):
                end += 1
            yield token.i, end, "PRODUCT"
    for first, end in _capitalised(tokens, taken, words):
        label = "GPE" if _dateline(parse, first, end) else ""
        yield _numbered(tokens, first, end, label, words)


def _split(parse: Parse) -> Iterator[tuple[str, int, int]]:
    """List the model's names with their labels, in two where a dash parts them: "San Jose - Cisco"."""
    tokens = parse.tokens
    for name in parse.names:
        if name.label in _NOT_NAMES:
            continue
        first = name.first
        for i in range(name.first + 1, name.end - 1):
            if (
                tokens[i].text in _DASHES
                and tokens[i - 1].end < tokens[i].start
                and tokens[i].end < tokens[i + 1].start
            ):
                yield name.label, first, i
                first = i + 1
        yield name.label, first, name.end


def _quartered(tokens: Sequence[Token], first: int, end: int) -> bool:
    """Tell a quarter before a place that is part of its name: "East Palestine", "South Lebanon"."""
    return first > 0 and tokens[first - 1].text in _QUARTERS and first <= tokens[first - 1].head < end


def _is_company_end(last: Token, token: Token, words: Lexicon) -> bool:
    """Tell "LLC" or "Motors" that the model left out of a company's name."""
    return (
        token.tag in _PROPER
        and token.sent == last.sent
        and last.tag in _PROPER
        and words.name_ends.get(token.lower) == "Company"
    )


def _completed(tokens: Sequence[Token], first: int, end: int, label: str, words: Lexicon) -> int:
    """End a name where its phrase does: "United States | Air Force", "Ford | Australia"."""
    token = tokens[end - 1]
    far = token.head + 1
    if token.dep != "compound" or not end < far <= end + 3 or tokens[far - 1].sent != token.sent:
        return end
    rest = tokens[end:far]
    if any(t.tag not in _PROPER for t in rest):
        return end
    if label == "GPE" and not any(t.ent for t in rest) and rest[-1].lower in words.name_ends:
        return far
    if label == "ORG" and len(rest) == 1 and rest[0].ent == "GPE" and not is_acronym(tokens[first].text):
        return far
    return end


def _unplaced(parse: Parse, first: int, end: int) -> int:
    """Leave the state before a known company, paper or index out of its name: "the British FTSE 100"."""
    if end - first < 2:
        return first
    known, text = Gazetteer.load(), parse.text
    for i in range(first + 1, min(first + 3, end)):
        place, row = known.lookup(text(first, i), "Country"), known.lookup(text(i, end))
        if (
            place
            and row
            and row.kind in _ABROAD
            and not known.is_local(text(i, end))
            and not known.lookup(text(first, end))
        ):
            return i
    return first


def _dateline(parse: Parse, first: int, end: int) -> bool:
    """Tell the place that opens a report: "LIVERPOOL, March 3 -"."""
    tokens = parse.tokens
    token = tokens[first]
    return (
        token.text.isupper()
        and len(token.text) > 3
        and first == parse.sentences[token.sent].first
        and end + 1 < len(tokens)
        and (
            tokens[end].text == "("
            or tokens[end].text in _DASHES
            or (tokens[end].text == "," and tokens[end + 1].ent == "DATE")
        )
    )


def _rejoined(parse: Parse, found: Sequence[tuple[int, int, str]], words: Lexicon) -> list[tuple[int, int, str]]:
    """Make one name of two: "Paris Holm, an heiress" where Paris was a place, "Standard & Poor's 500"."""
    tokens = parse.tokens
    out: list[tuple[int, int, str]] = []
    for first, end, label in found:
        if out and first < out[-1][1]:
            continue
        if out and out[-1][1] == first and out[-1][2] == "GPE" and end - first == 1 == first - out[-1][0]:
            apposed = (tokens[c].lemma for c in tokens[first].children if tokens[c].dep == "appos")
            if any("Person" in words.kinds.get(noun, ()) for noun in apposed):
                first, label = out.pop()[0], "PERSON"
        elif out and out[-1][1] == first and _renamed(parse, out[-1], (first, end, label)):
            first, label = out.pop()[0], "PRODUCT"
        elif out and out[-1][1] == first and _halved(parse, out[-1], (first, end, label)):
            first, label = out.pop()[0], "ORG"
        elif out and out[-1][1] == first - 1 and tokens[first - 1].lower in ("&", "and") and label != "GPE":
            stop = _known_end(parse, out[-1][0], end)
            if stop:
                first, end, label = out.pop()[0], stop, "ORG"
        out.append((first, end, label))
    return out


def _renamed(parse: Parse, model: tuple[int, int, str], name: tuple[int, int, str]) -> bool:
    """Tell the name of a model behind its number: "Boeing 787 | Dreamliner", not "Boeing 787 | Chinese"."""
    tokens, (first, end, _) = parse.tokens, name
    numbered = model[2] == "PRODUCT" and tokens[model[1] - 1].text.isdigit()
    if not numbered or end - first > 1 or tokens[first].sent != tokens[first - 1].sent:
        return False
    return Gazetteer.load().lookup(tokens[first].text, "Place") is None


def _halved(parse: Parse, one: tuple[int, int, str], two: tuple[int, int, str]) -> bool:
    """Tell a body's name of two words that the model took for two bodies, both strange: "Hydro | Norven"."""
    tokens, half = parse.tokens, parse.tokens[one[0]]
    if one[2] != "ORG" or two[2] not in ("ORG", "PRODUCT") or half.head != two[0] or two[1] - one[0] != 2:
        return False
    words = (half.text, tokens[two[0]].text)
    plain = all(w.isalpha() and w.istitle() for w in words) and half.sent == tokens[two[0]].sent
    return plain and not any(map(Gazetteer.load().lookup, words))


def _known_end(parse: Parse, first: int, end: int) -> int:
    """Find where a name of the gazetteer ends that has an "and" inside: "Standard & Poor's 500"; 0 if there is none."""
    tokens, stop = parse.tokens, end
    while stop < min(end + 2, len(tokens)) and (tokens[stop].tag == "POS" or tokens[stop].text.isdigit()):
        stop += 1
    known = Gazetteer.load()
    return next((i for i in range(stop, end - 1, -1) if known.lookup(parse.text(first, i)) is not None), 0)


def _continues(before: Token, token: Token) -> bool:
    if token.sent != before.sent:
        return False
    return token.tag in _PROPER or (token.tag == "CD" and token.text.isdigit() and len(token.text) < 3)


def _models(tokens: Sequence[Token], taken: list[bool], words: Lexicon) -> Iterator[tuple[int, int]]:
    """Find models that go by a number, where the text once tells them: "Boeing 787 … the 787-9", "its 777 airliner"."""
    known = {
        t.text
        for t in tokens
        if t.tag == "CD" and len(t.text) == 3 and t.text.isdigit() and t.i and t.ent not in _COUNTED
        if (tokens[t.i - 1].tag in _PROPER and tokens[t.i - 1].ent in ("ORG", "PRODUCT") and t.head >= t.i - 1)
        or (t.dep == "nummod" and tokens[t.head].tag == "NN" and _counts_one(tokens[t.head], words))
    }
    if not known:
        return
    known |= {f"{number}s" for number in known}
    for t in tokens:
        if t.text in known and not taken[t.i] and t.ent not in _COUNTED:
            end = _whole(tokens, t.i + 1)
            while end < len(tokens) and not taken[end] and tokens[end].tag in _PROPER and tokens[end].sent == t.sent:
                end += 1
            yield t.i, end


def _counts_one(token: Token, words: Lexicon) -> bool:
    """Tell a thing that a number before it cannot count, as it is one: "777 airliner", not "200 aircraft"."""
    return words.kinds.get(token.lemma, ("",))[0] == "Product" and not token.lower.endswith("craft")


def _modelled(tokens: Sequence[Token], first: int, end: int, words: Lexicon) -> bool:
    """Tell the number of a model before its name, which is singular, so it counts nothing: "the 787 Dreamliner"."""
    number, head = tokens[first - 1], tokens[end - 1]
    return (
        first > 0
        and number.tag == "CD"
        and len(number.text) == 3
        and number.text.isdigit()
        and number.head == head.i
        and number.ent not in _COUNTED
        and head.tag == "NNP"
        and head.lower not in words.name_ends
    )


def _numbered(tokens: Sequence[Token], first: int, end: int, label: str, words: Lexicon) -> tuple[int, int, str]:
    """Take the number of a model or an index into its name: "Boeing 747", "FTSE 100"."""
    if end >= len(tokens) or label not in _NUMBERED:
        return first, end, label
    after, last = tokens[end], tokens[end - 1]
    if MODEL.fullmatch(last.text) and (whole := _whole(tokens, end)) > end:
        return first, whole, "PRODUCT"
    if after.sent != last.sent or after.start != last.end + 1 or not after.text[0].isalnum():
        return first, end, label
    if MODEL.fullmatch(after.text):
        return first, _whole(tokens, end + 1), "PRODUCT"
    if after.text.isdigit() and len(after.text) <= 4 and after.ent not in ("DATE", "TIME", "MONEY", "PERCENT"):
        if after.text in words.name_ends:
            return first, end + 1, label
        if after.head <= end and label == "PRODUCT":
            return first, end + 1, label
        version = after.dep == "nummod" and first <= after.head < end and len(after.text) < 3 and end - first > 1
        if version and tokens[min(end + 1, len(tokens) - 1)].tag not in _PROPER:
            return first, end + 1, "PRODUCT"  # "Internet Explorer 6", no "Rovers United 3 Arsenal 1"
    return first, end, label


def _whole(tokens: Sequence[Token], end: int) -> int:
    """End a model's name after what is glued to it: "A400 | M", "777 | - | 200LR"."""
    while end < len(tokens) and tokens[end].start == tokens[end - 1].end:
        step = (
            2 if tokens[end].text == "-" and end + 1 < len(tokens) and tokens[end + 1].start == tokens[end].end else 1
        )
        if not tokens[end + step - 1].text.isalnum() or tokens[end + step - 1].text.islower():
            break
        end += step
    return end


def _trimmed(tokens: Sequence[Token], first: int, end: int, words: Lexicon, label: str) -> tuple[int, int]:
    """Leave articles, titles, possessive marks, quotes and other strays at its edges out of a name."""
    while first < end and (
        tokens[first].tag in _EDGE_LEFT
        or (tokens[first].tag == "CD" and end - first == 1)
        or (
            end - first > 1
            and _is_title(tokens[first], tokens[first + 1], words, label)
            and not _named_after(tokens, first, end, words)
        )
    ):
        first += 1
    while end > first and tokens[end - 1].tag in _EDGE_RIGHT and tokens[end - 1].text[-1] in ".,:;\"'”’()[]-–—s":
        if tokens[end - 1].tag == "." and tokens[end - 1].text not in ".-–—":
            break
        end -= 1
    while end > first and tokens[end - 1].text.islower():
        if end - first > 2 and tokens[end - 2].text == "-" and tokens[end - 2].end == tokens[end - 1].start:
            break  # "Kim Dae-jung"
        end -= 1
    span = tokens[first:end]
    if any("$" in t.text for t in span) or _measured(tokens, first, end) or _office(span, words, label):
        return first, first
    if not any(t.text[0].isupper() or CAMEL.match(t.text) or MODEL.fullmatch(t.text) for t in span):
        return first, first  # "internet", "homeopathy": a common noun the model took for a name
    if len(span) == 1 and (
        len(span[0].text) == 1  # "the letter F"
        or span[0].lower.startswith("non-")
        or span[0].tag in _WORDLESS
        or span[0].lower in words.vacant
        or (label == "PERSON" and _common(span[0], words) and not title_before(tokens, first, words))
    ):
        return first, first
    if label in ("ORG", "PERSON", "WORK_OF_ART", "PRODUCT") and _is_role(span, words):
        body = label == "ORG" and Gazetteer.load().is_local(" ".join(t.text for t in span))
        return (first, end) if body else (first, first)  # "the National Guard"
    return first, end


def _measured(tokens: Sequence[Token], first: int, end: int) -> bool:
    """Tell a currency or unit from a name: "GB £20", "16 GB"."""
    before = tokens[first - 1] if first else None
    unit = end - first == 1 and len(tokens[first].text) == 2 and before is not None and before.text.isdigit()
    return (end < len(tokens) and tokens[end].tag == "$") or (unit and tokens[first].text.isupper())


def _office(span: Sequence[Token], words: Lexicon, label: str) -> bool:
    """Tell "Transport Minister" and "Chief Financial Officer" from the name of a body."""
    if len(span) < 2 or label not in ("", "ORG") or span[-2].lower in SMALL:
        return False
    if span[-1].lower not in words.offices and span[-1].lower not in words.officers:
        return False
    return Gazetteer.load().lookup(" ".join(t.text for t in span)) is None


def _is_role(span: Sequence[Token], words: Lexicon) -> bool:
    """Tell "Prime Minister" from "State Department", which keeps its own kind word."""
    if not span or len(span) > 3 or not all(_common(t, words) for t in span):
        return False
    return span[-1].lemma in words.roles or span[-1].lower in words.titles


def _named_after(tokens: Sequence[Token], first: int, end: int, words: Lexicon) -> bool:
    """Tell what bears a ruler's name: "Queen Elizabeth Hospital"."""
    royal = words.titles.get(tokens[first].lower) and tokens[first].lower in words.roles
    return bool(royal) and end - first > 2 and tokens[end - 1].lower in words.name_ends


def _is_title(token: Token, after: Token, words: Lexicon, label: str) -> bool:
    """Tell a title from a name's own first word ("General Motors")."""
    word = token.lower.rstrip(".")
    if word not in words.titles or not after.text[0].isupper():
        return False
    return (
        (label == "PERSON" and after.lower not in words.name_ends) or bool(words.titles[word]) or token.text[-1] == "."
    )


def _hyphenated(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Find glued names with a hyphen whose first part is one or two letters: "K-For", "al-Qaeda"."""
    for i in range(1, len(tokens) - 1):
        dash = tokens[i]
        if dash.text != "-":
            continue
        before, after = tokens[i - 1], tokens[i + 1]
        if before.end != dash.start or dash.end != after.start or len(before.text) > 2:
            continue
        if not (before.text[0].isupper() or before.lower in ("al", "el")) or not after.text[0].isupper():
            continue
        end = i + 2
        while end < len(tokens) and tokens[end].text[0].isupper() and tokens[end].tag in ("NNP", "NNPS", "CC", "JJ"):
            end += 1
        first = i - 1
        while before.lower in ("al", "el") and first and tokens[first - 1].ent == "PERSON":
            first -= 1  # "Saif al-Islam Gaddafi"
        yield first, end


def _capitalised(tokens: Sequence[Token], taken: list[bool], words: Lexicon) -> Iterator[tuple[int, int]]:
    """Find runs of proper nouns that the model did not mark, and the surnames it did elsewhere: "Woods said"."""
    surnames = {t.text for t in tokens if t.ent == "PERSON" and t.i and tokens[t.i - 1].ent == "PERSON"}
    i = 0
    while i < len(tokens):
        surname = tokens[i].text in surnames and tokens[i].tag[:2] == "NN"
        if taken[i] or not (surname or tokens[i].tag in _PROPER) or not tokens[i].text[0].isupper():
            i += 1
            continue
        end = i + surname
        while (
            end < len(tokens) and not taken[end] and tokens[end].tag in _PROPER and tokens[end].sent == tokens[i].sent
        ):
            end += 1
        first = i
        while first < end and (
            tokens[first].lower.rstrip(".") in words.titles
            or (tokens[first].lower in words.vacant and not _quartered(tokens, first + 1, end))
            or tokens[first].ent in _NOT_NAMES
        ):
            first += 1
        opening = (
            end - first == 1
            and not surname
            and tokens[first].left == first
            and (first == 0 or tokens[first - 1].sent != tokens[first].sent)
        )
        opening = opening and tokens[first].lemma != tokens[first].lower
        titled = first < end and bool(words.titles.get(title_before(tokens, first, words)))
        none = first < end and (_measured(tokens, first, end) or _office(tokens[first:end], words, ""))
        if (
            first < end
            and not opening
            and not none
            and (titled or not all(_common(t, words) for t in tokens[first:end]))
        ):
            yield first, end
        i = end


def _common(token: Token, words: Lexicon) -> bool:
    """Tell a capitalised role, title or kind word ("Foreign Minister") from a name's."""
    return (
        token.lemma in words.roles
        or token.lower in words.roles
        or token.lower.rstrip(".") in words.titles
        or token.lower in words.vacant
        or token.lower in words.ranks
        or (token.lower in words.kinds and len(token.text) > 3)
        or not any(ch.isalpha() for ch in token.text)
        or len(token.text) == 1
    )
