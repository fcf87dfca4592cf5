"""Content negotiation (RFC 9110, section 12.5.1): which of the formats on offer a client likes best."""

from __future__ import annotations

from collections.abc import Sequence


def accepted(header: str | None) -> tuple[tuple[str, float, int], ...]:
    """Read an Accept header: (media range, quality, how exact the range is), in the header's order.

    >>> accepted("text/csv;q=0.5, */*;q=0.1")
    (('text/csv', 0.5, 2), ('*/*', 0.1, 0))
    """
    ranges = []
    for part in (header or "*/*").split(","):
        media, *parameters = (piece.strip() for piece in part.split(";"))
        if not media:
            continue
        quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        exact = 0 if media == "*/*" else 1 if media.endswith("/*") else 2
        ranges.append((media.lower(), _number(quality), exact))
    return tuple(ranges) or (("*/*", 1.0, 0),)


def best(header: str | None, offered: Sequence[str]) -> str | None:
    """Choose the offered media type the header likes best, the first offered of equals; None if it likes none.

    >>> best("text/*", ["application/json", "text/csv"])
    'text/csv'
    """
    ranges = accepted(header)
    scored = [(_quality(ranges, media), -place, media) for place, media in enumerate(offered)]
    quality, _, media = max(scored)
    return media if quality > 0 else None


def _quality(ranges: tuple[tuple[str, float, int], ...], media: str) -> float:
    """The most exact range that fits decides."""
    kind = media.split("/")[0] + "/*"
    fitting = [(exact, quality) for name, quality, exact in ranges if name in (media, kind, "*/*")]
    return max(fitting)[1] if fitting else 0.0


def _number(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 0.0
