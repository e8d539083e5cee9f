"""Model objects as bytes and back: what is written inside the seal.

:func:`encode` and :func:`decode` read a class's type hints once and then know the way; JSON is
the form on the outside, so that a record can be understood years later without this program.

* A dataclass is an object of its fields. A field that has its default value is left out, and an
  unknown one is skipped: a class may gain and lose such fields without touching stored records.
* Where a type is one of several dataclasses, ``"_"`` names it.
* A time keeps its wall clock, its zone and its fold, as in ``2026-10-25T02:30:00[Europe/Berlin]``
  with ``~1`` behind it in the second turn of a repeated hour (after RFC 9557); an instant in UTC
  ends in ``Z``. A day is ``2026-10-25``.

Classes of nothing but texts, numbers, choices, UTC instants and more of the same are read by
msgspec itself, which is five times as fast; what it does not take goes the way of all others.
Who wants a few fields of many records reads a ``msgspec.Struct`` of those, which is faster still.
"""

from __future__ import annotations

import base64
import dataclasses
import types
import typing
from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import Enum, IntEnum, StrEnum
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import msgspec

from services.model.errors import Damaged, UnknownZone
from services.model.times import zone_named

__all__ = ["decode", "encode"]

T = TypeVar("T")
_Way = Callable[[Any], Any]
_TAG = "_"
_to_json = msgspec.json.Encoder().encode
_from_json = msgspec.json.Decoder().decode


def encode(value: object) -> bytes:
    """Return the value, an instance of a dataclass, as JSON."""
    return _to_json(_form(type(value)).pack(value))


def decode(cls: type[T], body: bytes) -> T:
    """Return the object of class ``cls`` that :func:`encode` made ``body`` from.

    Raises:
        Damaged: it holds something else.
    """
    hint: Any = cls
    try:
        return typing.cast(T, _reader(hint)(body))
    except (
        msgspec.DecodeError,
        AttributeError,
        LookupError,
        TypeError,
        ValueError,
        UnknownZone,
    ) as err:
        raise Damaged("a record is not what it should be") from err


@cache
def _reader(cls: Any) -> Callable[[bytes], Any]:
    """Return what reads a class: msgspec alone, where that means the same."""

    def read(body: bytes) -> Any:
        return _form(cls).unpack(_from_json(body))

    def read_plain(body: bytes) -> Any:
        try:
            return direct(body)
        except msgspec.ValidationError:  # say, a time in a named zone
            return read(body)

    if not _is_plain(cls):
        return read
    direct = msgspec.json.Decoder(cls).decode
    return read_plain


def _is_plain(hint: Any) -> bool:
    if isinstance(hint, typing.NewType):
        return _is_plain(hint.__supertype__)
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        members = [arg for arg in args if arg is not type(None)]
        return len(members) == 1 and _is_plain(members[0])
    if origin is tuple:
        return args[1:] == (Ellipsis,) and _is_plain(args[0])
    if not isinstance(hint, type) or hint in (str, int, float, bool, datetime):
        return isinstance(hint, type)
    if not dataclasses.is_dataclass(hint):
        return issubclass(hint, StrEnum | IntEnum | msgspec.Struct)
    hints = typing.get_type_hints(hint)
    return all(_is_plain(hints[field.name]) for field in dataclasses.fields(hint))


@dataclasses.dataclass(frozen=True, slots=True)
class _Form:
    """Both ways of one type; ``None`` = JSON has the value as it is."""

    pack_with: _Way | None = None
    unpack_with: _Way | None = None

    def pack(self, value: Any) -> Any:
        return value if self.pack_with is None else self.pack_with(value)

    def unpack(self, value: Any) -> Any:
        return value if self.unpack_with is None else self.unpack_with(value)


_PLAIN = _Form()


def _form(hint: Any) -> _Form:
    """Return the form of a type hint, made once."""
    return _make_form(hint)


@cache
def _make_form(hint: Any) -> _Form:
    if isinstance(hint, typing.NewType):
        return _form(hint.__supertype__)
    origin = typing.get_origin(hint)
    if origin in (types.UnionType, typing.Union):
        return _union(typing.get_args(hint))
    if origin is tuple:
        return _tuple(typing.get_args(hint))
    if origin is dict:
        return _PLAIN
    return _scalar(hint) if not dataclasses.is_dataclass(hint) else _dataclass(hint)


def _scalar(cls: Any) -> _Form:
    if cls in (str, int, float, bool, type(None)):
        return _PLAIN
    if cls is datetime or cls is date:
        return _Form(_pack_start, _unpack_datetime if cls is datetime else date.fromisoformat)
    if cls is bytes:
        return _Form(lambda value: base64.b64encode(value).decode(), base64.b64decode)
    if cls is ZoneInfo:
        return _Form(attrgetter("key"), zone_named)
    if issubclass(cls, Enum):
        return _Form(attrgetter("value"), cls)
    raise TypeError(f"no form for {cls}")


def _tuple(args: tuple[Any, ...]) -> _Form:
    if len(args) != 2 or args[1] is not Ellipsis:
        raise TypeError("only tuples of one type have a form")
    item = _form(args[0])
    return _Form(
        lambda value: [item.pack(each) for each in value],
        lambda value: tuple([item.unpack(each) for each in value]),
    )


def _union(args: tuple[Any, ...]) -> _Form:
    members = [arg for arg in args if arg is not type(None)]
    if set(members) == {datetime, date}:
        form = _Form(_pack_start, _unpack_start)
    elif len(members) == 1:
        form = _form(members[0])
    else:
        form = _tagged({member.__name__: member for member in members})
    if len(members) == len(args) or form == _PLAIN:
        return form
    return _Form(
        lambda value: None if value is None else form.pack(value),
        lambda value: None if value is None else form.unpack(value),
    )


def _tagged(members: dict[str, Any]) -> _Form:
    def pack(value: Any) -> Any:
        name = type(value).__name__
        return {_TAG: name, **_form(members[name]).pack(value)}

    return _Form(pack, lambda value: _form(members[value[_TAG]]).unpack(value))


def _dataclass(cls: Any) -> _Form:
    """Fields are looked up at the first use: a class may hold itself, by a detour."""

    @lru_cache(maxsize=1)
    def fields() -> dict[str, tuple[_Form, Any]]:
        hints = typing.get_type_hints(cls)
        return {f.name: (_form(hints[f.name]), _default(f)) for f in dataclasses.fields(cls)}

    @lru_cache(maxsize=1)
    def ways() -> dict[str, _Way | None]:
        return {name: form.unpack_with for name, (form, _) in fields().items()}

    def pack(value: Any) -> Any:
        packed = {}
        for name, (form, default) in fields().items():
            held = getattr(value, name)
            if held is not default and (default is dataclasses.MISSING or held != default):
                packed[name] = form.pack(held)
        return packed

    def unpack(value: Any) -> Any:
        known = ways()
        taken = {}
        for name, held in value.items():
            if name in known:
                way = known[name]
                taken[name] = held if way is None else way(held)
        return cls(**taken)

    return _Form(pack, unpack)


def _default(field: dataclasses.Field[Any]) -> Any:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default


def _pack_start(value: date) -> str:
    if not isinstance(value, datetime):
        return value.isoformat()
    if value.tzinfo is UTC:
        return value.replace(tzinfo=None).isoformat() + "Z"
    zone = value.tzinfo
    if not isinstance(zone, ZoneInfo) or zone.key is None:
        raise ValueError("a time needs a named zone")
    return f"{value.replace(tzinfo=None).isoformat()}[{zone.key}]" + "~1" * value.fold


def _unpack_start(text: str) -> date:
    return _unpack_datetime(text) if "T" in text else date.fromisoformat(text)


def _unpack_datetime(text: str) -> datetime:
    if text.endswith("Z"):
        return datetime.fromisoformat(text)
    wall, _, place = text.partition("[")
    name, _, fold = place.partition("]")
    return datetime.fromisoformat(wall).replace(tzinfo=zone_named(name), fold=int(fold == "~1"))
