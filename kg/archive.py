"""Readings as JSON and back, exactly: how a store keeps what it was built from.

Fields that have their default value are left out; spans are `[start, end]`, days ISO dates. The layout
follows the types of `kg.model`, so that a new field needs no line here.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from kg.model import KgError, Reading

FORMAT = 1
"""Number of the layout; a store of another one says so."""

Build = Callable[[Any], Any]


def dump(reading: Reading) -> str:
    """Write a reading as one line of JSON, the same for equal readings."""
    return json.dumps({"format": FORMAT, "reading": _plain(reading)}, ensure_ascii=False, separators=(",", ":"))


def load(text: str, place: str = "the archive") -> Reading:
    """Read a reading back; `place` names it in the error."""
    try:
        content = json.loads(text)
        if content["format"] != FORMAT:
            raise KgError(f"{place} has layout {content['format']!r}, this kg reads {FORMAT}: build the store again")
        reading: Reading = _builder(Reading)(content["reading"])
    except (ValueError, KeyError, TypeError) as error:
        raise KgError(f"{place} holds no reading of kg ({error}): build the store again") from error
    return reading


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {
            name: _plain(part)
            for name, default in _layout(value.__class__)
            if (part := getattr(value, name)) != default or default is MISSING
        }
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, StrEnum) else value


@cache
def _layout(cls: Any) -> tuple[tuple[str, Any], ...]:
    """Name the fields of a type with their defaults."""
    return tuple((field.name, _default(field)) for field in fields(cls) if field.init)


def _default(field: Field[Any]) -> Any:
    return field.default_factory() if field.default_factory is not MISSING else field.default


@cache
def _builder(kind: Any) -> Build:
    """Make the function that turns JSON back into a value of the type."""
    if is_dataclass(kind) and isinstance(kind, type):
        return _record_builder(kind)
    if get_origin(kind) in (Union, UnionType):
        build = next(_builder(part) for part in get_args(kind) if part is not NoneType)
        return lambda value: None if value is None else build(value)
    if get_origin(kind) is tuple:
        part = _builder(get_args(kind)[0])
        return lambda value: tuple([part(item) for item in value])
    if isinstance(kind, type) and issubclass(kind, tuple):
        return _named_builder(kind)
    if kind is dt.date:
        return dt.date.fromisoformat
    return kind if isinstance(kind, type) and issubclass(kind, StrEnum) else _same


def _record_builder(cls: Any) -> Build:
    hints = get_type_hints(cls)
    parts = {name: _builder(hints[name]) for name, _ in _layout(cls)}
    return lambda value: cls(**{name: parts[name](part) for name, part in value.items()})


def _named_builder(cls: type[Any]) -> Build:
    parts = [_builder(hint) for hint in get_type_hints(cls).values()]
    return lambda value: cls(*[build(part) for build, part in zip(parts, value, strict=True)])


def _same(value: Any) -> Any:
    return value
