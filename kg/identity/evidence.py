"""What tells who is who: the names of documents, the blocks they are compared in, and the clues beside them.

Blocking: Christen 2012, "Data Matching", chapter 4.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from difflib import SequenceMatcher
from functools import cache, lru_cache
from itertools import combinations
from typing import Final, Literal, NamedTuple
from urllib.parse import unquote

from kg.gazetteer import Gazetteer, fold, is_local
from kg.identity.judgements import Judgement, key_of
from kg.ontology import ontology

PERSON, ORGANIZATION, PLACE, PRODUCT = "Person", "Organization", "Place", "Product"
_BODIES: Final = (ORGANIZATION, "Group")
LOCAL: Final = "local"
_SHORTEST: Final = 8
"""Letters a name needs before one wrong letter is taken for a slip."""
_MOST: Final = 8
"""Things the world knows that are compared in pairs; those of a longer document tell little."""
_STATES: Final = 3
"""States of a document that are told of those beside them."""
_SMALL: Final = frozenset(("of", "and", "the", "for", "in", "on", "de", "&"))
_SEASON: Final = 45
"""Days within which one place beside two documents' bearers of a name is a clue."""
_SUFFIXES: Final = frozenset(("jr", "sr", "ii", "iii", "iv"))

Tells = Literal["", "much", "little", "town", "region", "country"]
Clue = tuple[str, ...]
Key = str
"""A node's IRI without the base: "entity/Person:Tony_Blair"."""


class Sighting(NamedTuple):
    """One named entity in one document."""

    key: Key
    name: str
    family: str
    """Broad class within which a name means one thing: "Person", "Organization", "Place", …"""
    row: str | None = None
    """Gazetteer row it was recognised as."""
    tells: Tells = "much"
    """What its presence tells of who stands beside it; "little" is what many stand beside."""
    country: str | None = None
    """Code of the state it belongs to, if known."""
    roles: tuple[str, ...] = ()
    """What it is called in the document: "painter", "Prime Minister of Italy"."""
    loose: bool = False
    """Things of the name are many ("Supreme Court", "Springfield"); persons always are."""
    body: str = ""
    """What it is called without its state, if every state has one: "foreign ministry"."""
    words: tuple[str, ...] = ()
    """Rarer nouns beside it: "steroid", "sprinter"."""


class Summary(NamedTuple):
    """What identity needs to know of a document."""

    document: str
    sightings: tuple[Sighting, ...]
    day: int | None = None
    """Day it was published, from the first of the calendar."""


class Name:
    """A key with its sightings, by document."""

    __slots__ = ("body", "family", "seen", "text")

    def __init__(self, sighting: Sighting) -> None:
        self.text, self.family, self.body = sighting.name, sighting.family, sighting.body
        self.seen: dict[str, Sighting] = {}

    @property
    def row(self) -> str | None:
        """Gazetteer row that some document recognised it as."""
        return min((s.row for s in self.seen.values() if s.row), default=None)

    @property
    def loose(self) -> bool:
        """Tell whether several may bear the name."""
        return self.family == PERSON or any(s.loose for s in self.seen.values())


class Index:
    """What documents name, by key, by document and by block, and what the user judged, by key."""

    def __init__(self) -> None:
        self.summaries: dict[str, Summary] = {}
        self.names: dict[Key, Name] = {}
        self.blocks: dict[str, Key | list[Key]] = {}
        self.given: dict[Key, list[Judgement]] = {}
        self._scenes: dict[str, Scene] = {}
        self._locals: dict[str, set[Key]] = defaultdict(set)
        """Nodes of one document alone that the user judged, by document; they are compared with nothing."""

    def enter(self, summary: Summary) -> None:
        """Take a document in."""
        self.summaries[summary.document] = summary
        self._scenes.pop(summary.document, None)
        for sighting in summary.sightings:
            known = self.names.get(sighting.key)
            if known is None:
                known = self.names[sighting.key] = Name(sighting)
                for block in blocks(known):
                    self._add(block, sighting.key)
            known.seen.setdefault(summary.document, sighting)
        self._enter_locals(summary.document)

    def leave(self, document: str) -> None:
        """Take a document out, if it is in."""
        keys = self.keys(document)
        self.summaries.pop(document, None)
        self._scenes.pop(document, None)
        for key in keys:
            known = self.names[key]
            del known.seen[document]
            if not known.seen:
                del self.names[key]
                for block in blocks(known):
                    self._discard(block, key)

    def keys(self, document: str) -> set[Key]:
        """Give the keys of a document, with those of its own that the user judged."""
        summary = self.summaries.get(document)
        return {s.key for s in summary.sightings} | self._locals.get(document, set()) if summary else set()

    def give(self, judgements: Iterable[Judgement]) -> None:
        """Put the user's judgements in the place of the earlier ones."""
        self.given = {}
        for judgement in judgements:
            for key in {key_of(judgement.a), key_of(judgement.b)}:
                self.given.setdefault(key, []).append(judgement)
                if document := document_of(key):
                    self._locals[document].add(key)
        for document in self._locals:
            self._enter_locals(document)

    def forget_locals(self) -> None:
        """Drop the nodes of one document that no judgement speaks of any more."""
        for keys in self._locals.values():
            for key in sorted(keys - self.given.keys()):
                keys.discard(key)
                self.names.pop(key, None)

    def _enter_locals(self, document: str) -> None:
        for key in self._locals.get(document, ()) if document in self.summaries else ():
            text = unquote(key.partition(":")[2].replace("_", " "))
            known = self.names.setdefault(key, Name(Sighting(key, text, "")))
            known.seen.setdefault(document, Sighting(key, text, "", tells=""))

    def _add(self, block: str, key: Key) -> None:
        held = self.blocks.setdefault(block, key)  # most blocks hold one key: no list for them
        if isinstance(held, list):
            held.append(key)
        elif held != key:
            self.blocks[block] = [held, key]

    def _discard(self, block: str, key: Key) -> None:
        rest = [k for k in self.members(block) if k != key]
        if rest:
            self.blocks[block] = rest[0] if len(rest) == 1 else rest
        else:
            self.blocks.pop(block, None)

    def shared(self, keys: Collection[Key]) -> Iterable[str]:
        """Name the blocks of these keys that hold several."""
        if len(keys) == len(self.names):
            return [block for block, held in self.blocks.items() if isinstance(held, list)]
        found = dict.fromkeys(block for key in keys for block in blocks(self.names[key]))
        return [block for block in found if isinstance(self.blocks.get(block), list)]

    def members(self, block: str) -> list[Key]:
        """Give the keys of a block."""
        held = self.blocks.get(block, [])
        return held if isinstance(held, list) else [held]

    def closure(self, keys: Iterable[Key]) -> set[Key]:
        """Find all keys that a change of these can reach, through blocks and the user's judgements."""
        reached, seen = set(keys), set[str]()
        todo = list(reached)
        while todo:
            key = todo.pop()
            near = [key_of(x) for j in self.given.get(key, ()) for x in (j.a, j.b)]
            for block in blocks(self.names[key]) if key in self.names else ():
                if block not in seen:
                    seen.add(block)
                    near += self.members(block)
            fresh = set(near) - reached
            todo += fresh
            reached |= fresh
        return reached

    def clues(self, key: Key, document: str, family: str = "") -> Iterator[Clue]:
        """Find what tells which bearer of the name a document means, as one of another family if that is given."""
        sighting = self.names[key].seen[document]
        return self.scene(document).clues(sighting._replace(family=family) if family else sighting)

    def scene(self, document: str) -> Scene:
        """Give what a document's sightings tell of each other."""
        scene = self._scenes.get(document)
        if scene is None:
            scene = self._scenes[document] = Scene(self.summaries[document])
        return scene


def document_of(key: Key) -> str:
    """Name the document that a node belongs to; nothing if it is of the world."""
    room, _, rest = key.partition("/")
    return rest.partition(":")[0] if room == LOCAL else ""


# ---------------------------------------------------------------------- blocks


def blocks(name: Name) -> Iterator[str]:
    """Name the blocks within which a name is compared."""
    if not name.family:
        return
    if name.family == PERSON:
        yield "surname " + fold(surname(name.text))
        if " " in name.text:
            yield f"sound {' '.join(_sounds(name.text))}"
    if name.body:
        yield "body " + name.body
    if name.family == ORGANIZATION:
        yield from ("initials " + letters for letters in (acronym(name.text), _initials(name.text)) if letters)
    if " " in name.text:
        yield f"name {fold(name.text)}"
    yield from _spellings(name)


def surname(name: str) -> str:
    """Find a person's last name.

    >>> surname("John Carey Jr.")
    'Carey'
    """
    words = [w for w in name.split() if w.strip(".,").casefold() not in _SUFFIXES]
    return words[-1].strip(",") if words else name


def is_full(name: Name) -> bool:
    """Tell a name of which others may be short forms."""
    if name.family == PERSON:
        return name.text != surname(name.text) and not initial(name.text)
    return bool(_initials(name.text))


def initial(name: str) -> str:
    """Give the letter that stands for a given name: "J" in "J. Smith"."""
    first, _, rest = name.partition(" ")
    return first[0] if rest and len(first.strip(".")) == 1 else ""


def _initials(name: str) -> str:
    words = [w for w in name.replace("-", " ").split() if w.lower() not in _SMALL]
    return "".join(w[0] for w in words).upper() if len(words) > 2 else ""


def acronym(name: str) -> str:
    """Give the letters of a name that is an acronym, or nothing."""
    name = name.replace(".", "").replace("-", "")
    return name if name.isupper() and len(name) > 2 and " " not in name else ""


def is_word(name: str) -> bool:
    """Tell a name of one word, which many bodies of one state may bear: "Delta"."""
    return " " not in name and not acronym(name) and not is_local(name)


@lru_cache(maxsize=65536)
def is_shared(name: str) -> bool:
    """Tell a name that many towns have one of: "Trinity College"."""
    return _ends(name, "kg:manyTowns")


@lru_cache(maxsize=65536)
def is_repeated(name: str) -> bool:
    """Tell a name that several states have one of: "National Front", "National Union of Mineworkers"."""
    return _ends(name, "kg:manyStates") or _ends(name.partition(" of ")[0], "kg:manyStates")


def _ends(name: str, words: str) -> bool:
    return name.rpartition(" ")[2].casefold() in ontology().values(words, "kg:word")


def _spellings(name: Name) -> Iterator[str]:
    """Leave one letter of one long word out, never the first; of a person's name, of the last word only."""
    words = [fold(w) for w in name.text.split()]
    if sum(map(len, words)) < _SHORTEST or not "".join(words).isalpha():
        return
    for n, word in enumerate(words):
        if len(word) > 4 and not (name.family == PERSON and (n == 0 or n < len(words) - 1)):
            head, tail = " ".join([name.family, *words[:n], ""]), " ".join(["", *words[n + 1 :]])
            for cut in {word, *(word[:i] + word[i + 1 :] for i in range(1, len(word)))}:
                yield f"spelling {head}{cut}{tail}"


def is_slip(one: str, other: str) -> bool:
    """Words agree in number and first letters, and one long word differs."""
    a, b = [fold(w) for w in one.split()], [fold(w) for w in other.split()]
    if len(a) != len(b) or a == b:
        return False
    different = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    return len(different) == 1 and all(x[:1] == y[:1] and len(x) > 4 and len(y) > 4 for x, y in different)


def _parted(name: str) -> tuple[list[str], set[str]]:
    """Part a person's name into words without generation marks, and those marks."""
    words = [w.strip(".,").casefold() for w in name.split()]
    return [w for w in words if w not in _SUFFIXES], {w for w in words if w in _SUFFIXES}


def _sounds(name: str) -> tuple[str, str]:
    words, _ = _parted(name)
    return (sound(words[0]), sound(words[-1])) if words else ("", "")


_SOUNDS: Final = {"sch": "s", "ph": "f", "ck": "k", "th": "t", "dh": "d", "gh": "k", "kh": "k", "x": "ks", "q": "k",
                  "c": "k", "g": "k", "z": "s", "w": "v"}  # fmt: skip
"""What letters of a name stand for in other spellings and transliterations, in this order."""


@cache
def sound(word: str) -> str:
    """Reduce a word of a name to what its transliterations and spellings share, a short given name to the long one.

    >>> sound("Gaddafi") == sound("Qadhafi"), sound("Yevgeny") == sound("Evgeni"), sound("Steve") == sound("Stephen")
    (True, True, True)
    """
    word = fold(word)
    word = _long_names().get(word, word)
    for written, heard in _SOUNDS.items():
        word = word.replace(written, heard)
    word = word.lstrip("yj") or word
    first, rest = word[:1], "".join(c for c in word[1:] if c not in "aeiouyjh")
    whole = ("a" if first in "aeiou" else first) + rest
    return "".join(c for i, c in enumerate(whole) if whole[i - 1 : i] != c)


@cache
def _long_names() -> dict[str, str]:
    return dict(pair.split() for pair in ontology().values("kg:GivenName", "kg:shortName"))


def is_variant(one: str, other: str) -> bool:
    """Tell two spellings of a person's name, which may leave out middle names, from two names.

    >>> is_variant("Moammar Gadhafi", "Muammar Gaddafi"), is_variant("Anna K. Keller", "Anna Keller")
    (True, True)
    >>> is_variant("John Carey Jr.", "John Carey"), is_variant("Maria Lopez", "Mario Lopez")
    (False, False)
    """
    (a, marks), (b, others) = _parted(one), _parted(other)
    if marks != others or min(len(a), len(b)) < 2 or not (_alike(a[0], b[0]) and _alike(a[-1], b[-1])):
        return False
    fewer, more = sorted((a[1:-1], b[1:-1]), key=len)
    rest = iter(more)
    return all(any(_alike(x, y) or (x[0] == y[0] and 1 in (len(x), len(y))) for y in rest) for x in fewer)


def _alike(a: str, b: str) -> bool:
    if a == b or fold(a) == fold(b) or fold(b) == _long_names().get(fold(a)) or fold(a) == _long_names().get(fold(b)):
        return True
    return sound(a) == sound(b) and a[-1:] not in _ENDINGS.get(b[-1:], "") and SequenceMatcher(None, a, b).ratio() > 0.6


_ENDINGS: Final = {"a": "oe", "o": "a", "e": "a"}
"""Vowels that end the names of men and women apart: "Mario" and "Maria"."""


# ---------------------------------------------------------------------- clues


class Scene:
    """What a document's sightings tell of each other, put into clues once for all of them."""

    __slots__ = ("countries", "day", "much", "places")

    def __init__(self, summary: Summary) -> None:
        self.much: list[tuple[Sighting, Clue]] = []
        self.places: list[Sighting] = []
        """Towns, regions and what many stand beside."""
        for sighting in summary.sightings:
            if sighting.tells == "much":
                self.much.append((sighting, ("beside", sighting.name)))
            elif sighting.tells in ("town", "region", "little"):
                self.places.append(sighting)
        self.countries = _countries(summary)
        self.day = summary.day

    def clues(self, sighting: Sighting) -> Iterator[Clue]:
        """Find what tells which bearer of the name is meant; sharing one of them joins two documents."""
        if sighting.row:
            yield ("row", sighting.row)
        key, any_kind = sighting.key, sighting.family != PLACE
        for other, clue in self.much:
            if other.key != key and (any_kind or other.family == PERSON):
                yield clue
        if sighting.family == PERSON:
            if sighting.roles or self.places or sighting.words:
                yield from self._circumstances(sighting)
            return
        if is_shared(sighting.name):
            yield from (("in", town) for town in self._names("town", key))
            return
        if sighting.family != PLACE and sighting.loose:
            yield from self._pairs(sighting)
        if sighting.family == PRODUCT:  # its maker is enough
            yield from (("beside", x.name) for x in self.places if x.tells == "little" and x.family == ORGANIZATION)
        if sighting.family == PLACE and not sighting.tells:  # "the Balkans": one of the states in it is enough
            yield from (("in", state) for state in self.countries)
            return
        regions = self._names("region", key) if sighting.family == PLACE else []
        where = [sighting.country] if sighting.country else regions or self.countries
        if len(where) == 1 and (sighting.family not in _BODIES or sighting.row or not is_word(sighting.name)):
            yield ("in", where[0])
        elif len(where) == 1:
            yield from (("as", role, where[0]) for role in sighting.roles)

    def _names(self, tells: Tells, key: Key) -> list[str]:
        return sorted({s.name for s in self.places if s.tells == tells and s.key != key})

    def _circumstances(self, sighting: Sighting) -> Iterator[Clue]:
        """Put together what says little alone: roles, places, days, nouns and whom many stand beside."""
        towns, known = self._names("town", sighting.key), self._names("little", sighting.key)[:_MOST]
        states, words = self.countries[:_STATES], sighting.words
        for role in sighting.roles:
            if " of " in role:
                yield ("as", role)
            trade = role.partition(" of ")[0]
            yield from (("as", trade, x) for x in (*known, *towns, *states))
            yield from (("with", trade, word) for word in words)
        yield from self._pairs(sighting)
        if self.day and " " in sighting.name:
            seasons = (self.day // _SEASON, self.day // _SEASON + 1)
            trades = sorted({role.partition(" of ")[0] for role in sighting.roles})
            yield from (("then", what, str(n)) for what in (*self._told(sighting), *trades) for n in seasons)

    def _told(self, sighting: Sighting) -> list[str]:
        sorts: tuple[Tells, ...] = ("little", "town", "region")
        return [*(n for tells in sorts for n in self._names(tells, sighting.key)[:_MOST]), *sighting.words]

    def _pairs(self, sighting: Sighting) -> Iterator[Clue]:
        """Pair what is told beside it, but no place with what it lies in."""
        key, words = sighting.key, sighting.words
        towns, wide = self._names("town", key)[:_MOST], self._names("region", key)[:_MOST]
        known = [s for s in self.places if s.tells == "little" and s.key != key][:_MOST]
        near = (*(s.name for s in known), *words)
        yield from (("besides", *pair) for pair in combinations(sorted((*near, *towns)), 2))
        yield from (("besides", *sorted((one, place))) for one in near for place in wide)
        abroad = ((s.name, state) for s in known for state in self.countries[:_STATES] if s.country != state)
        yield from (("besides", *sorted(pair)) for pair in abroad)


def _countries(summary: Summary) -> list[str]:
    """Name the states that a document speaks of; where it names none, those of its leaders."""
    people = {s.country for s in summary.sightings if s.country and s.family == PERSON}
    rest = {s.country for s in summary.sightings if s.country and s.family != PERSON}
    return sorted(rest or people)


def said(clue: Clue) -> str:
    """Put a clue in words."""
    states = Gazetteer.load().states
    kind, first, *rest = (states.get(part, part) for part in clue)
    if kind == "as":
        return f"both {first}" + (f" in {rest[0]}" if rest else "")
    if kind == "with":
        return f"both {first}, beside {rest[0]}"
    if kind == "row":
        return f"both are the gazetteer's {first}"
    if kind == "then":
        return f"both {first if first.islower() else 'beside ' + first} in one season"
    if kind == "name":
        return "one name, which is one thing's"
    if kind == "called":
        return "one name, and no state or role speaks against it"
    return f"both {'in' if kind == 'in' else 'beside'} {' and '.join((first, *rest))}"
