"""What msgspec reads where a class is more than it can read: the *wire* of a dataclass.

The wire is a ``msgspec.Struct`` with the same fields, but of what is written: times are text, and
what may be read later is raw. :func:`struct_of` makes one, :func:`built` makes the object of it, by
the slots of the class: the constructor of a frozen one takes longer than all the reading before.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from functools import cache
from operator import attrgetter
from types import MemberDescriptorType
from typing import Any

import msgspec

__all__ = ["TAG", "Field", "Form", "Way", "built", "copied", "packing", "struct_of"]

Way = Callable[[Any], Any]
TAG = "_"


@dataclasses.dataclass(frozen=True, slots=True)
class Form:
    """Both ways of one type."""

    wire: Any
    """What msgspec reads."""
    pack_with: Way | None = None
    """Makes plain data of a value; ``None`` = JSON has the value as it is."""
    unpack_with: Way | None = None
    """Makes the value of what msgspec has read; ``None`` = it is the value."""

    def pack(self, value: Any) -> Any:
        """Return the value as plain data."""
        return value if self.pack_with is None else self.pack_with(value)

    def unpack(self, value: Any) -> Any:
        """Return the value that plain data stands for."""
        return value if self.unpack_with is None else self.unpack_with(value)


@dataclasses.dataclass(frozen=True, slots=True)
class Field:
    """A field of a stored class."""

    form: Form
    default: Any
    """``MISSING`` where it must be written."""


def struct_of(cls: Any, fields: Mapping[str, Field], tag: str | None = None) -> Any:
    """Return the wire of a dataclass; ``tag`` is its name where it stands in a union."""
    written = [
        (name, field.form.wire)
        if field.default is dataclasses.MISSING
        else (name, field.form.wire, _default(field))
        for name, field in fields.items()
    ]
    # They live for a moment and hold no circles: the garbage collector need not count them.
    return msgspec.defstruct(
        cls.__name__, written, kw_only=True, gc=False, tag=tag, tag_field=tag and TAG
    )


def built(cls: Any, fields: Mapping[str, Field]) -> Way:
    """Return what makes an object of a frozen dataclass out of its wire."""
    same = [name for name, field in fields.items() if field.form.unpack_with is None]
    puts, read = [_putting(cls, name) for name in same], _reading(same)
    ways = [
        (_putting(cls, name), attrgetter(name), field.form.unpack_with, field.default)
        for name, field in fields.items()
        if field.form.unpack_with is not None
    ]
    check = getattr(cls, "__post_init__", None)
    new = object.__new__

    def build(wire: Any) -> Any:
        value = new(cls)
        for put, held in zip(puts, read(wire), strict=True):
            put(value, held)
        for put, get, way, default in ways:
            held = get(wire)
            put(value, held if held is default else way(held))
        if check is not None:
            check(value)
        return value

    return build


def packing(fields: Mapping[str, Field]) -> Callable[[Any], dict[str, Any]]:
    """Return what makes plain data of an object: all fields that are not as their default."""
    required = [name for name, field in fields.items() if field.default is dataclasses.MISSING]
    optional = [name for name in fields if name not in required]
    read_required, read_optional = _reading(required), _reading(optional)
    must = [(name, fields[name].form.pack_with) for name in required]
    may = [(name, fields[name].default, fields[name].form.pack_with) for name in optional]

    def pack(value: Any) -> dict[str, Any]:
        packed: dict[str, Any] = {}
        for (name, way), held in zip(must, read_required(value), strict=True):
            packed[name] = held if way is None else way(held)
        for (name, default, way), held in zip(may, read_optional(value), strict=True):
            if held is not default and held != default:
                packed[name] = held if way is None else way(held)
        return packed

    return pack


def copied(value: Any, **changes: Any) -> Any:
    """Return a frozen object with some of its fields changed, and nothing checked again."""
    cls: Any = type(value)
    read, puts = _copying(cls)
    copy = object.__new__(cls)
    for put, held in zip(puts, read(value), strict=True):
        put(copy, held)
    for name, held in changes.items():
        object.__setattr__(copy, name, held)
    return copy


@cache
def _copying(cls: Any) -> tuple[Callable[[Any], tuple[Any, ...]], list[Callable[[Any, Any], None]]]:
    names = [field.name for field in dataclasses.fields(cls)]
    return _reading(names), [_putting(cls, name) for name in names]


def _default(field: Field) -> Any:
    """Return what a field of a wire is where it was left out: the very default of the class."""
    return msgspec.field(default_factory=dict) if field.default == {} else field.default


def _putting(cls: Any, name: str) -> Callable[[Any, Any], None]:
    """Return what gives a field its value while nobody else has the object."""
    slot = getattr(cls, name, None)
    if isinstance(slot, MemberDescriptorType):
        return slot.__set__
    return lambda value, held: object.__setattr__(value, name, held)


def _reading(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    """Return what reads fields of a wire all at once."""
    if len(names) > 1:
        return attrgetter(*names)
    return (lambda wire: (getattr(wire, names[0]),)) if names else (lambda _: ())
