"""Which names are one: the same form, a part of a longer one, an acronym, or one row of the gazetteer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.model import Form
from kg.reading.resolve.clusters import Board, Cluster
from kg.reading.resolve.forms import COMPANY_FORMS, initials, is_acronym

if TYPE_CHECKING:
    from kg.reading.resolve.mentions import Candidate

_UNSHORTENED: Final = frozenset(("Place", "City", "Country", "Region", "Facility", "Product", "Index", "Group"))
_UNBRACKETED: Final = frozenset(("Person", "Place", "City", "Country", "Region"))
_JUNIOR: Final = frozenset(("jr", "sr", "ii", "iii"))


def join(board: Board) -> None:
    """Join names by their forms over the whole document, the longest first."""
    _Names(board).join()


class _Names:
    def __init__(self, board: Board) -> None:
        self.board = board

    def join(self) -> None:
        """Join names by their forms over the whole document, the longest first."""
        named = [c for c, x in enumerate(self.board.candidates) if x.form is Form.NAME]
        by_key: dict[str, int] = {}
        by_part: dict[str, list[int]] = {}
        by_row: dict[str, int] = {}
        acronyms: dict[str, int] = {}
        order = sorted(named, key=lambda c: (-self.board.candidates[c].key.count(" "), c))
        for c in order:
            x = self.board.candidates[c]
            key = x.key.removesuffix("s") if x.kind == "Product" else x.key  # "the 787 Dreamliners"
            home = by_key.get(key)
            rule = "name"
            if home is not None and {x.gender, self.board.clusters[home].gender} == {"male", "female"}:
                home = by_key.get(f"{x.gender} {x.key}")  # "Mr Smith and Mrs Smith"
            if home is None and x.row is not None:
                home, rule = by_row.get(x.row.id), "gazetteer"
            if home is None:
                home, rule = self._variant(c, by_part, acronyms)
            if home is None and (full := self._bracketed(x)) is not None:
                home, rule = full, "acronym"
            if home is None:
                home, rule = self.board.open(c), "name"
                text = self.board.parse.text(x.first, x.end)
                for letters in initials(text) if " " in x.key else ():
                    acronyms.setdefault(letters, home)
                self._index_parts(x, home, by_part)
            by_key.setdefault(key, home)
            if x.gender:
                by_key.setdefault(f"{x.gender} {x.key}", home)
            if x.row is not None:
                by_row.setdefault(x.row.id, home)
                if rule in ("name", "gazetteer"):  # a short form may be another's in the gazetteer
                    self.board.clusters[home].row = self.board.clusters[home].row or x.row
            self.board.add(c, home, rule, 0.95 if rule == "name" else 0.85)

    def _bracketed(self, x: Candidate) -> int | None:
        """Find what a name in brackets abbreviates: "Singapore Airlines (SIA)"; no person has his party for a name."""
        tokens, at = self.board.tokens, self.board.at
        enclosed = x.first > 1 and x.end < len(tokens) and tokens[x.first - 1].text == "(" and tokens[x.end].text == ")"
        found = at.get(x.first - 2) if enclosed else None
        if found is None or self.board.cluster[found] < 0 or not is_acronym(tokens[x.first].text):
            return None
        cluster = self.board.clusters[self.board.cluster[found]]
        initial = any(w[0] == x.key[0] for w in self.board.candidates[found].key.split())
        return cluster.number if initial and cluster.kind not in _UNBRACKETED else None

    def _index_parts(self, x: Candidate, home: int, by_part: dict[str, list[int]]) -> None:
        parts = [w for w in x.key.split() if w not in _JUNIOR]
        if len(parts) < 2:
            return
        keys = {parts[-1], parts[0]} if x.kind == "Person" else {parts[0], " ".join(parts[:2])}
        if x.kind != "Person":
            while len(parts) > 1 and parts[-1] in COMPANY_FORMS:
                parts = parts[:-1]
            keys.add(" ".join(parts))
            keys.add(parts[-1])
        for key in sorted(keys):
            by_part.setdefault(key, []).append(home)

    def _variant(self, c: int, by_part: dict[str, list[int]], acronyms: dict[str, int]) -> tuple[int | None, str]:
        """Find the longer name that a short one stands for: a surname, a first part, an acronym."""
        x = self.board.candidates[c]
        text = self.board.parse.text(x.first, x.end)
        if is_acronym(text) and (home := acronyms.get(x.key.replace(" ", "").rstrip("'s") or x.key)) is not None:
            return home, "acronym"
        parts = x.key.split()
        while len(parts) > 1 and parts[-1] in COMPANY_FORMS:
            parts = parts[:-1]
        key = parts[-1] if x.kind == "Person" and len(parts) > 1 else " ".join(parts)
        fitting = [h for h in by_part.get(key, ()) if self._may_shorten(x, self.board.clusters[h])]
        if not fitting:
            return None, ""
        before = [h for h in fitting if self.board.clusters[h].members and min(self.board.clusters[h].members) < c]
        home = (
            max(before, key=lambda h: max(m for m in self.board.clusters[h].members if m < c)) if before else fitting[0]
        )
        return home, "part of name"

    def _may_shorten(self, x: Candidate, cluster: Cluster) -> bool:
        if x.gender and cluster.gender and x.gender != cluster.gender:
            return False
        parts, long = x.key.split(), [w for w in cluster.names[0].split() if w not in _JUNIOR]
        if cluster.kind == "Person":
            if x.kind not in ("Person", "Organization", "Place", "Concept") or x.number == "plural":
                return False
            if len(parts) == 1:
                return parts[0] in (long[-1], long[0]) and (x.kind == "Person" or parts[0] == long[-1])
            # "J. Smith" or "Tony C. Blair"; never "Cherie Blair" for "Tony Blair"
            return parts[-1] == long[-1] and parts[0][0] == long[0][0] and (len(parts[0]) == 1 or parts[0] == long[0])
        if cluster.kind == "Publication" and len(parts) == 1 and x.kind in ("Publication", "Organization"):
            return parts[0] == long[-1]  # "The New York Times … the Times"
        if x.kind == cluster.kind == "Product" and long[0].isdigit():
            return parts in (long[:1], long[1:])  # "787 Dreamliner … the Dreamliner"
        if x.kind == "Person" or x.row is not None or {x.kind, cluster.kind} & _UNSHORTENED:
            return False
        if "-" in parts[0] and len(parts) == 1:
            return False  # "K-For" and "K-For Plus" are two
        bare = [w for w in long if w not in COMPANY_FORMS]
        return parts == bare or (len(parts) == 1 and parts[0] == long[0] and len(parts[0]) > 3)
