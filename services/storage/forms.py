"""How each type that is stored is written and read; :mod:`services.storage.codec` is the door.

A :class:`Form` knows both ways of one type, and is made once. Most of reading is msgspec's: what it
reads is the *wire* of a form, in which times are still text.
"""

from __future__ import annotations

import base64
import dataclasses
import types
import typing
from collections.abc import Callable
from datetime import date, datetime
from enum import Enum, IntEnum, StrEnum
from functools import cache, lru_cache, reduce
from operator import attrgetter, or_
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from services.model.events import Author, EventContent
from services.model.times import zone_named
from services.storage.clock_faces import pack_start, unpack_datetime, unpack_start
from services.storage.wires import TAG, Field, Form, Way, built, packing, struct_of

__all__ = ["Form", "form_of", "is_plain", "wire_reader"]

_ONCE_ALONE = frozenset({EventContent})
_SHARED = frozenset({Author})
"""Few people write many records: each of them is read once."""
_MOST_SHARED = 1_000
_NULL = msgspec.Raw(b"null")


@cache
def wire_reader(cls: Any) -> Callable[[bytes], Any]:
    """Return what reads a class by its wire, at first as if its own times were all instants."""
    form = form_of(cls)
    read_all = msgspec.json.Decoder(form.wire).decode
    fields = _fields(cls, _of_instants)
    read, build = msgspec.json.Decoder(struct_of(cls, fields)).decode, built(cls, fields)

    def unpack(body: bytes) -> Any:
        try:
            wire = read(body)
        except msgspec.ValidationError:  # say, a time in a named zone
            return form.unpack(read_all(body))
        return build(wire)

    return unpack


def _of_instants(hint: Any) -> Form:
    return Form(hint) if is_plain(hint) and not is_plain(hint, times=False) else form_of(hint)


def is_plain(hint: Any, times: bool = True) -> bool:
    """Tell whether msgspec reads a type as we do; ``times``: if all its times are instants."""
    if isinstance(hint, typing.NewType):
        return is_plain(hint.__supertype__, times)
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        members = [arg for arg in args if arg is not type(None)]
        return len(members) == 1 and is_plain(members[0], times)
    if origin is tuple:
        return args[1:] == (Ellipsis,) and is_plain(args[0], times)
    if not isinstance(hint, type) or hint in (str, int, float, bool):
        return isinstance(hint, type)
    if hint is datetime:
        return times
    if not dataclasses.is_dataclass(hint):
        return hint is date or issubclass(hint, StrEnum | IntEnum | msgspec.Struct)
    hints = typing.get_type_hints(hint)
    return all(is_plain(hints[field.name], times) for field in dataclasses.fields(hint))


def form_of(hint: Any) -> Form:
    """Return the form of a type hint, made once."""
    return _make_form(hint)


@cache
def _make_form(hint: Any) -> Form:
    if isinstance(hint, typing.NewType):
        return form_of(hint.__supertype__)
    origin = typing.get_origin(hint)
    if origin in (types.UnionType, typing.Union):
        return _union(typing.get_args(hint))
    if origin is tuple:
        return _tuple(typing.get_args(hint))
    if origin is dict:
        return Form(dict)
    return _scalar(hint) if not dataclasses.is_dataclass(hint) else _dataclass(hint)


def _scalar(cls: Any) -> Form:
    if cls in (str, int, float, bool, type(None)):
        return Form(cls)
    if cls is datetime or cls is date:
        return Form(str, pack_start, unpack_datetime if cls is datetime else date.fromisoformat)
    if cls is bytes:
        return Form(str, None, base64.b64decode)  # msgspec writes them so by itself
    if cls is ZoneInfo:
        return Form(str, attrgetter("key"), zone_named)
    if issubclass(cls, Enum):
        return Form(cls)
    raise TypeError(f"no form for {cls}")


def _tuple(args: tuple[Any, ...]) -> Form:
    """A class may hold itself by this detour, so what is inside is looked up at the first use."""
    if len(args) != 2 or args[1] is not Ellipsis:
        raise TypeError("only tuples of one type have a form")
    inner = args[0]

    def pack(value: Any) -> Any:
        return [form_of(inner).pack(each) for each in value]

    if is_plain(inner, times=False):
        return Form(tuple.__class_getitem__((inner, ...)), pack)

    def unpack(raw: Any) -> Any:
        return tuple([form_of(inner).unpack(each) for each in _list_reader(inner)(raw)])

    return Form(msgspec.Raw, pack, unpack)


@cache
def _list_reader(hint: Any) -> Callable[[Any], Any]:
    return msgspec.json.Decoder(list.__class_getitem__(form_of(hint).wire)).decode


def _union(args: tuple[Any, ...]) -> Form:
    members = [*dict.fromkeys(_unwrapped(arg) for arg in args if arg is not type(None))]
    if set(members) == {datetime, date}:
        form = Form(str, pack_start, unpack_start)
    elif len(members) == 1:
        form = form_of(members[0])
    else:
        named = {member.__name__: member for member in members}
        form = _joined(named) if members[0] in _ONCE_ALONE else _tagged(named)
    if type(None) not in args:
        return form
    pack = _unless_none(form.pack_with)
    if form.wire is msgspec.Raw:  # of which null is one
        return Form(msgspec.Raw, pack, lambda raw: None if raw == _NULL else form.unpack(raw))
    return Form(form.wire | None, pack, _unless_none(form.unpack_with))


def _unwrapped(hint: Any) -> Any:
    """Return what a ``NewType`` is: two kinds of ids are texts alike."""
    return _unwrapped(hint.__supertype__) if isinstance(hint, typing.NewType) else hint


def _unless_none(way: Way | None) -> Way | None:
    return None if way is None else lambda value: None if value is None else way(value)


def _tagged(members: dict[str, Any]) -> Form:
    fields = {name: _fields(member) for name, member in members.items()}
    wires = {name: struct_of(member, fields[name], name) for name, member in members.items()}
    reading = {wires[name]: built(member, fields[name]) for name, member in members.items()}
    writing = {member: packing(wires[name], fields[name]) for name, member in members.items()}

    def pack(value: Any) -> Any:
        return writing[type(value)](value)

    return Form(reduce(or_, wires.values()), pack, lambda value: reading[type(value)](value))


class _Named(msgspec.Struct):
    name: str = msgspec.field(name=TAG, default="")


_read_name = msgspec.json.Decoder(_Named).decode


def _joined(members: dict[str, Any]) -> Form:
    """Classes of which the first has no name; so the name is looked for before the rest."""
    first = next(iter(members))
    writing = {
        member: _filled(member, None if name == first else name) for name, member in members.items()
    }

    def pack(value: Any) -> Any:
        return writing[type(value)](value)

    def unpack(raw: Any) -> Any:
        return wire_reader(members[_read_name(raw).name or first])(raw)

    return Form(msgspec.Raw, pack, unpack)


def _filled(cls: Any, tag: str | None) -> Way:
    fields = _fields(cls)
    return packing(struct_of(cls, fields, tag), fields)


def _dataclass(cls: Any) -> Form:
    fields = _fields(cls)
    wire = struct_of(cls, fields)
    pack = packing(wire, fields) if _has_more_to_say(fields) else None
    if cls in _SHARED:
        return _shared(cls, pack)
    if is_plain(cls, times=False):
        return Form(cls, pack)
    return Form(wire, pack, built(cls, fields))


def _has_more_to_say(fields: dict[str, Field]) -> bool:
    """Whether msgspec, given the object itself, would not write what we do."""
    return any(not field.is_required or field.form.pack_with for field in fields.values())


def _shared(cls: Any, pack: Way | None) -> Form:
    read = lru_cache(_MOST_SHARED)(msgspec.json.Decoder(cls).decode)
    return Form(msgspec.Raw, pack, lambda raw: read(bytes(raw)))


def _fields(cls: Any, form: Callable[[Any], Form] = form_of) -> dict[str, Field]:
    """Return the fields of a class as they stand in its wire: first those that must be there."""
    hints = typing.get_type_hints(cls)
    found = {f.name: Field(form(hints[f.name]), _default(f)) for f in dataclasses.fields(cls)}
    return dict(sorted(found.items(), key=lambda each: not each[1].is_required))


def _default(field: dataclasses.Field[Any]) -> Any:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default
