"""The forms a name is written in: normal, clean, and short."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

SMALL: Final = frozenset(("of", "and", "the", "for", "in", "on", "&", "de", "du", "des", "la", "le"))
COMPANY_FORMS: Final = frozenset(
    [
        "inc",
        "inc.",
        "corp",
        "corp.",
        "corporation",
        "co",
        "co.",
        "company",
        "ltd",
        "ltd.",
        "plc",
        "llc",
        "ag",
        "nv",
        "n.v.",
        "spa",
        "gmbh",
        "group",
    ]
)
"""Words at the end of a company's name that it may go without."""
_ACRONYM: Final = re.compile(r"(?:[A-Z]\.?){2,}s?|[A-Z][A-Za-z]?-?[A-Z][A-Za-z]+")
_POSSESSIVE: Final = re.compile(r"['’]s?\Z")
CAMEL: Final = re.compile(r"[a-z]{1,6}[A-Z][A-Za-z]+")
MODEL: Final = re.compile(r"[A-Z]{1,3}-?\d{1,4}[A-Za-z]{0,3}|\d{3,4}-\d{1,4}[A-Z]{0,3}|\d{1,2}(?:GS|G|S|C|X)")


@lru_cache(maxsize=1 << 16)
def normal(text: str) -> str:
    """Write a name in its normal form: one case, no stops, no article, no possessive.

    >>> normal("the U.S.'s")
    'us'
    """
    text = _POSSESSIVE.sub("", text.strip()).casefold().replace("’", "'")
    text = re.sub(r"\.(?=\s|\Z|\w)|[\"“”,]", "", text)
    return re.sub(r"\s+", " ", text.removeprefix("the ")).strip()


def clean(name: str) -> str:
    r"""Tidy a name's white space, quotes, article and possessive.

    >>> clean("the  New York\nTimes'")
    'New York Times'
    """
    name = " ".join(name.split()).strip("\"'“”‘’,;: ")
    name = name.removesuffix("'s").removesuffix("’s")
    return name[4:] if name[:4].lower() == "the " and len(name) > 4 else name


def initials(text: str) -> Iterator[str]:
    """Spell the acronyms a name may have, lower case.

    >>> sorted(set(initials("Kosovo Liberation Army")))
    ['kla']
    >>> sorted(set(initials("European Aeronautic Defence and Space Company")))
    ['eadasc', 'eads', 'eadsc']
    """
    parts = [w for w in re.split(r"[\s\-/]+", text) if w[:1].isalnum() or w == "&"]
    big = [w for w in parts if w.lower() not in SMALL]
    for chosen in (big, parts):
        letters = "".join(w[0] for w in chosen).lower()
        if len(letters) > 1:
            yield letters
    if len(big) > 3:
        yield "".join(w[0] for w in big[:-1]).lower()


def is_acronym(text: str) -> bool:
    """Tell whether a name looks like an acronym.

    >>> is_acronym("NATO"), is_acronym("U.S."), is_acronym("Blair")
    (True, True, False)
    """
    return " " not in text and _ACRONYM.fullmatch(text) is not None and sum(c.isupper() for c in text) > 1
