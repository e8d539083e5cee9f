"""Model objects as bytes and back: what is written inside the seal.

:func:`encode` and :func:`decode` read a class's type hints once and then know the way; JSON is
the form on the outside, so that a record can be understood years later without this program.

* A dataclass is an object of its fields. A field that has its default value is left out, and an
  unknown one is skipped: a class may gain and lose such fields without touching stored records.
* Where a type is one of several dataclasses, ``"_"`` names it; but not what was there alone once,
  whose records stay what they are when another class joins it.
* A time keeps its wall clock, its zone and its fold, as in ``2026-10-25T02:30:00[Europe/Berlin]``
  with ``~1`` behind it in the second turn of a repeated hour (after RFC 9557); an instant in UTC
  ends in ``Z``. A day is ``2026-10-25``.

Reading is what an agenda of thousands of events spends its time with, so msgspec does most of it.
Classes of nothing but texts, numbers, choices, UTC instants and more of the same it reads itself.
Of the others it reads the *wire*: a ``msgspec.Struct`` made for the class, with the same fields,
in which times are still text; what is left to do here is little. Who wants a few fields of many
records reads a ``msgspec.Struct`` of those, which is faster still.
"""

from __future__ import annotations

import base64
import dataclasses
import types
import typing
from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import Enum, IntEnum, StrEnum
from functools import cache, lru_cache, reduce
from operator import attrgetter, or_
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import msgspec

from services.model.errors import Damaged, UnknownZone
from services.model.events import EventContent
from services.model.times import zone_named

__all__ = ["decode", "encode"]

T = TypeVar("T")
_Way = Callable[[Any], Any]
_TAG = "_"
_ONCE_ALONE = frozenset({EventContent})
_NULL = msgspec.Raw(b"null")
_to_json = msgspec.json.Encoder().encode


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
    if not _is_plain(cls):
        return _wire_reader(cls)
    direct = msgspec.json.Decoder(cls).decode

    def read(body: bytes) -> Any:
        try:
            return direct(body)
        except msgspec.ValidationError:  # say, a time in a named zone
            return _wire_reader(cls)(body)

    return read


@cache
def _wire_reader(cls: Any) -> Callable[[bytes], Any]:
    form = _form(cls)
    read = msgspec.json.Decoder(form.wire).decode
    return lambda body: form.unpack(read(body))


def _is_plain(hint: Any, times: bool = True) -> bool:
    """Tell whether msgspec reads a type as we do; ``times``: if all its times are instants."""
    if isinstance(hint, typing.NewType):
        return _is_plain(hint.__supertype__, times)
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        members = [arg for arg in args if arg is not type(None)]
        return len(members) == 1 and _is_plain(members[0], times)
    if origin is tuple:
        return args[1:] == (Ellipsis,) and _is_plain(args[0], times)
    if not isinstance(hint, type) or hint in (str, int, float, bool):
        return isinstance(hint, type)
    if hint is datetime:
        return times
    if not dataclasses.is_dataclass(hint):
        return hint is date or issubclass(hint, StrEnum | IntEnum | msgspec.Struct)
    hints = typing.get_type_hints(hint)
    return all(_is_plain(hints[field.name], times) for field in dataclasses.fields(hint))


@dataclasses.dataclass(frozen=True, slots=True)
class _Form:
    """Both ways of one type."""

    wire: Any
    """What msgspec reads."""
    pack_with: _Way | None = None
    """Makes plain data of a value; ``None`` = JSON has the value as it is."""
    unpack_with: _Way | None = None
    """Makes the value of what msgspec has read; ``None`` = it is the value."""

    def pack(self, value: Any) -> Any:
        return value if self.pack_with is None else self.pack_with(value)

    def unpack(self, value: Any) -> Any:
        return value if self.unpack_with is None else self.unpack_with(value)


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
        return _Form(dict)
    return _scalar(hint) if not dataclasses.is_dataclass(hint) else _dataclass(hint)


def _scalar(cls: Any) -> _Form:
    if cls in (str, int, float, bool, type(None)):
        return _Form(cls)
    if cls is datetime or cls is date:
        return _Form(str, _pack_start, _unpack_datetime if cls is datetime else date.fromisoformat)
    if cls is bytes:
        return _Form(str, lambda value: base64.b64encode(value).decode(), base64.b64decode)
    if cls is ZoneInfo:
        return _Form(str, attrgetter("key"), zone_named)
    if issubclass(cls, Enum):
        return _Form(cls, attrgetter("value"))
    raise TypeError(f"no form for {cls}")


def _tuple(args: tuple[Any, ...]) -> _Form:
    """A class may hold itself by this detour, so what is inside is looked up at the first use."""
    if len(args) != 2 or args[1] is not Ellipsis:
        raise TypeError("only tuples of one type have a form")
    inner = args[0]

    def pack(value: Any) -> Any:
        return [_form(inner).pack(each) for each in value]

    if _is_plain(inner, times=False):
        return _Form(tuple.__class_getitem__((inner, ...)), pack)

    def unpack(raw: Any) -> Any:
        return tuple([_form(inner).unpack(each) for each in _list_reader(inner)(raw)])

    return _Form(msgspec.Raw, pack, unpack)


@cache
def _list_reader(hint: Any) -> Callable[[Any], Any]:
    return msgspec.json.Decoder(list.__class_getitem__(_form(hint).wire)).decode


def _union(args: tuple[Any, ...]) -> _Form:
    members = [*dict.fromkeys(_unwrapped(arg) for arg in args if arg is not type(None))]
    if set(members) == {datetime, date}:
        form = _Form(str, _pack_start, _unpack_start)
    elif len(members) == 1:
        form = _form(members[0])
    else:
        named = {member.__name__: member for member in members}
        form = _joined(named) if members[0] in _ONCE_ALONE else _tagged(named)
    if type(None) not in args:
        return form
    pack = _unless_none(form.pack_with)
    if form.wire is msgspec.Raw:  # of which null is one
        return _Form(msgspec.Raw, pack, lambda raw: None if raw == _NULL else form.unpack(raw))
    return _Form(form.wire | None, pack, _unless_none(form.unpack_with))


def _unwrapped(hint: Any) -> Any:
    """Return what a ``NewType`` is: two kinds of ids are texts alike."""
    return _unwrapped(hint.__supertype__) if isinstance(hint, typing.NewType) else hint


def _unless_none(way: _Way | None) -> _Way | None:
    return None if way is None else lambda value: None if value is None else way(value)


def _tagged(members: dict[str, Any]) -> _Form:
    wires = {name: _wire(member, name) for name, member in members.items()}
    ways = {wires[name]: _from_wire(member) for name, member in members.items()}

    def pack(value: Any) -> Any:
        name = type(value).__name__
        return {_TAG: name, **_form(members[name]).pack(value)}

    return _Form(reduce(or_, wires.values()), pack, lambda value: ways[type(value)](value))


class _Named(msgspec.Struct):
    name: str = msgspec.field(name=_TAG, default="")


_read_name = msgspec.json.Decoder(_Named).decode


def _joined(members: dict[str, Any]) -> _Form:
    """Classes of which the first has no name; so the name is looked for before the rest."""
    first = next(iter(members))

    def pack(value: Any) -> Any:
        name = type(value).__name__
        packed = _form(members[name]).pack(value)
        return packed if name == first else {_TAG: name, **packed}

    def unpack(raw: Any) -> Any:
        return _reader(members[_read_name(raw).name or first])(raw)

    return _Form(msgspec.Raw, pack, unpack)


def _dataclass(cls: Any) -> _Form:
    fields = lru_cache(maxsize=1)(lambda: _fields(cls))

    def pack(value: Any) -> Any:
        packed = {}
        for name, (form, default) in fields().items():
            held = getattr(value, name)
            if held is not default and (default is dataclasses.MISSING or held != default):
                packed[name] = form.pack(held)
        return packed

    if _is_plain(cls, times=False):
        return _Form(cls, pack)
    return _Form(_wire(cls), pack, _from_wire(cls))


def _wire(cls: Any, tag: str | None = None) -> Any:
    """Return the ``msgspec.Struct`` that has a class's fields as they are written."""
    fields = [
        (name, form.wire) if default is dataclasses.MISSING else (name, form.wire, msgspec.UNSET)
        for name, (form, default) in _fields(cls).items()
    ]
    # They live for a moment and hold no circles: the garbage collector need not count them.
    return msgspec.defstruct(
        cls.__name__, fields, kw_only=True, gc=False, tag=tag, tag_field=tag and _TAG
    )


def _from_wire(cls: Any) -> _Way:
    ways = [(name, form.unpack_with) for name, (form, _) in _fields(cls).items()]

    def unpack(wire: Any) -> Any:
        taken = {}
        for name, way in ways:
            held = getattr(wire, name)
            if held is not msgspec.UNSET:
                taken[name] = held if way is None else way(held)
        return cls(**taken)

    return unpack


def _fields(cls: Any) -> dict[str, tuple[_Form, Any]]:
    """Return the form and the default value of each field."""
    hints = typing.get_type_hints(cls)
    return {f.name: (_form(hints[f.name]), _default(f)) for f in dataclasses.fields(cls)}


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
    moment = datetime.fromisoformat(wall)
    if fold:
        moment = moment.replace(fold=int(fold == "~1"))
    return datetime.combine(moment, moment.time(), zone_named(name))  # a quarter of ``replace``
