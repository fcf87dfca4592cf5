"""Makes `event_nouns.ttl` and `common_nouns.ttl`: nouns of events and their verbs, and nouns everybody uses.

    python ontology/build_nouns.py DICT      DICT: WordNet 3.0's folder of data.noun, index.noun, cntlist.rev …

Source: WordNet 3.0, Princeton University (Fellbaum 1998; Debian package wordnet-base), under the WordNet licence,
free use with its notice. It gives senses, how often each is used, the verbs derived from them, and their frames.

A noun is one of events if at least half of its uses in the sense-tagged texts are acts, events, processes or phenomena,
and a verb is derived from one of these senses; one spelt with s for z counts as its twin. What `events.ttl` and
`kinds.ttl` say by hand goes before.

A noun is common if it has a dozen and more uses in those texts: to share it says little of who is meant.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Final

EVENTFUL: Final = frozenset((4, 11, 19, 22))
"""WordNet's files noun.act, noun.event, noun.phenomenon, noun.process."""
SHARE: Final = 0.5
PLAIN: Final = re.compile(r"[a-z]{4,}\Z")
DERIVED: Final = re.compile(r"(?:ion|ment|al|ance|ence|ing)\Z")
"""Nouns that name their verb's event whatever stands around them, so that claims may be read off them."""
TRANSITIVE: Final = frozenset((*range(8, 12), *range(14, 22), 24, 25, 26, 28, 30, 31, 33))
"""Verb frames with an object: 8 is "somebody …s something"."""
COMMON: Final = 15
"""Uses that make a noun a common one."""
NOTICE: Final = """# Made by build_nouns.py from WordNet 3.0; not to be edited by hand.
#
# WordNet 3.0 Copyright 2006 by Princeton University. All rights reserved. Permission to use, copy, modify and
# distribute this software and database and its documentation for any purpose and without fee or royalty is
# hereby granted, provided that you agree to comply with the following copyright notice and statements,
# including the disclaimer, and that the same appear on ALL copies of the software, database and
# documentation, including modifications that you make for internal use or for distribution. THIS SOFTWARE AND
# DATABASE IS PROVIDED "AS IS" AND PRINCETON UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES, EXPRESS OR
# IMPLIED. BY WAY OF EXAMPLE, BUT NOT LIMITATION, PRINCETON UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES
# OF MERCHANTABILITY OR FITNESS FOR ANY PARTICULAR PURPOSE OR THAT THE USE OF THE LICENSED SOFTWARE, DATABASE
# OR DOCUMENTATION WILL NOT INFRINGE ANY THIRD PARTY PATENTS, COPYRIGHTS, TRADEMARKS OR OTHER RIGHTS. The name
# of Princeton University or Princeton may not be used in advertising or publicity pertaining to distribution
# of the software and/or database. Title to copyright in this software, database and any associated
# documentation shall at all times remain with Princeton University and LICENSEE agrees to preserve same.

@prefix kg: <https://example.org/kg/ontology#> .
@prefix noun: <https://example.org/kg/noun/> .
"""


@dataclass(frozen=True, slots=True)
class Synset:
    """A sense: its file, its words, the verbs derived from it by word, and, of a verb, whether it takes an object."""

    file: int
    words: tuple[str, ...]
    derived: tuple[tuple[str, str, int], ...]
    """Own word, offset of a verb, number of the verb's word."""
    transitive: bool


def synsets(path: Path) -> dict[str, Synset]:
    """Read a data file: offset → sense."""
    found: dict[str, Synset] = {}
    for line in path.read_text(encoding="ascii").splitlines():
        if line.startswith("  "):
            continue
        field = line.partition("|")[0].split()
        number = int(field[3], 16)
        words = tuple(field[4 + 2 * k].lower() for k in range(number))
        at = 4 + 2 * number
        pointers = [field[at + 1 + 4 * k : at + 5 + 4 * k] for k in range(int(field[at]))]
        derived = tuple(
            (words[int(ends[:2], 16) - 1], offset, int(ends[2:], 16) - 1)
            for symbol, offset, part, ends in pointers
            if symbol == "+" and part == "v" and ends[:2] != "00"
        )
        frames = field[at + 2 + 4 * len(pointers) :]
        found[field[0]] = Synset(int(field[1]), words, derived, any(int(f) in TRANSITIVE for f in frames[1::3]))
    return found


def frequencies(path: Path) -> dict[str, Counter[int]]:
    """Count the tagged uses of each noun by the file of their sense."""
    found: dict[str, Counter[int]] = defaultdict(Counter)
    for line in path.read_text(encoding="ascii").splitlines():
        key, _, count = line.split()
        lemma, _, sense = key.partition("%")
        kind, file, *_ = sense.split(":")
        if kind == "1":
            found[lemma][int(file)] += int(count)
    return found


def senses(path: Path) -> dict[str, list[str]]:
    """Read the index: noun → offsets of its senses, most frequent first."""
    found: dict[str, list[str]] = {}
    for line in path.read_text(encoding="ascii").splitlines():
        if not line.startswith("  "):
            field = line.split()
            found[field[0]] = field[6 + int(field[3]) :]
    return found


def known(place: Path) -> tuple[set[str], set[str]]:
    """Words whose kind, and nouns whose verb, is told by hand."""
    text = "".join((place / name).read_text(encoding="utf-8") for name in ("events.ttl", "kinds.ttl"))
    nouns = set(re.findall(r'a kg:EventNoun ; kg:noun "([^"]+)"', text))
    return set(re.findall(r'"([^"]+)"', text)) | nouns, nouns


def shared(one: str, other: str) -> int:
    """How many letters two words begin with alike."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def derivation(noun: str, verbs: dict[str, Synset], found: list[Synset]) -> tuple[str, bool] | None:
    """The verb a noun of events comes from, and whether it takes an object: the one most like it, if any is."""
    options = [
        (shared(verb := verbs[offset].words[k], noun), verbs[offset].transitive, verb)
        for sense in found
        for own, offset, k in sense.derived
        if own == noun and sense.file in EVENTFUL and PLAIN.match(verbs[offset].words[k])
    ]
    if not options:
        return None
    most = max(options, key=lambda o: (o[0], -len(o[2]), o[1], o[2]))
    return (most[2], most[1]) if most[0] >= min(4, len(noun) - 1) else None


def common(folder: Path) -> str:
    """Write the common nouns as Turtle."""
    uses = frequencies(folder / "cntlist.rev")
    listed = ", ".join(f'"{noun}"' for noun in sorted(uses) if PLAIN.match(noun) and uses[noun].total() >= COMMON)
    label = 'rdfs:label "common noun"@en ; rdfs:comment "To share it says little of who is meant."@en'
    prefix = "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."
    return f"{NOTICE}{prefix}\n\nkg:CommonNoun {label} ;\n    kg:word {listed} .\n"


def events(folder: Path, place: Path) -> str:
    """Write the nouns of events as Turtle."""
    nouns, verbs = synsets(folder / "data.noun"), synsets(folder / "data.verb")
    counts, told = frequencies(folder / "cntlist.rev"), known(place)
    triggers: list[str] = []
    rows: list[str] = []
    for noun, offsets in sorted(senses(folder / "index.noun").items()):
        if not PLAIN.match(noun):
            continue
        files = counts.get(noun) or counts.get(noun.replace("isation", "ization"))
        if not files or sum(files[f] for f in EVENTFUL) < SHARE * files.total():
            continue
        verb = derivation(noun, verbs, [nouns[o] for o in offsets])
        if verb is None:
            continue
        if noun not in told[0]:
            triggers.append(noun)
        if noun not in told[1] and DERIVED.search(noun):
            of = "object" if verb[1] else "subject"
            rows.append(f'noun:{noun} a kg:EventNoun ; kg:noun "{noun}" ; kg:verb "{verb[0]}" ; kg:of "{of}" .')
    listed = ", ".join(f'"{noun}"' for noun in triggers)
    return f"{NOTICE}\nkg:Event kg:trigger {listed} .\n\n" + "\n".join(rows) + "\n"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    given, here = parser.parse_args().folder, Path(__file__).parent
    (here / "event_nouns.ttl").write_text(events(given, here), encoding="utf-8")
    (here / "common_nouns.ttl").write_text(common(given), encoding="utf-8")
