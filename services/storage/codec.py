"""Model objects as bytes and back: what is written inside the seal.

:func:`encode` and :func:`decode` read a class's type hints once and then know the way; JSON is
the form on the outside, so that a record can be understood years later without this program.

* A dataclass is an object of its fields. A field that has its default value is left out, and an
  unknown one is skipped: a class may gain and lose such fields without touching stored records.
* Where a type is one of several dataclasses, ``"_"`` names it; but not what was there alone once,
  whose records stay what they are when another class joins it.
* Times and days are written as :mod:`services.storage.clock_faces` says.

Reading is what an agenda of thousands of events spends its time with, so msgspec does most of it.
Classes of nothing but texts, numbers, choices, UTC instants and more of the same it reads itself.
Of the others it reads the *wire*: a ``msgspec.Struct`` made for the class, with the same fields,
in which times are still text; what is left to do here is little. Who wants a few fields of many
records reads a ``msgspec.Struct`` of those, which is faster still.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

import msgspec

from services.model.errors import Damaged, UnknownZone
from services.storage.forms import form_of, is_plain, wire_reader

__all__ = ["decode", "decoder", "encode"]

T = TypeVar("T")
_to_json = msgspec.json.Encoder().encode


def encode(value: object, **instead: object) -> bytes:
    """Return the value, an instance of a dataclass, as JSON; some of its fields said otherwise."""
    wire = form_of(type(value)).pack(value)
    for name, held in instead.items():
        setattr(wire, name, held)
    return _to_json(wire)


def decode(cls: type[T], body: bytes) -> T:
    """Return the object of class ``cls`` that :func:`encode` made ``body`` from.

    Raises:
        Damaged: it holds something else.
    """
    hint: Any = cls
    value: T = decoder(hint)(body)
    return value


@cache
def decoder(cls: Any) -> Callable[[bytes], Any]:
    """Return a :func:`decode` for one class, which knows the way already."""
    read = _reader(cls)

    def decode(body: bytes) -> Any:
        try:
            return read(body)
        except (
            msgspec.DecodeError,
            AttributeError,
            LookupError,
            TypeError,
            ValueError,
            UnknownZone,
        ) as err:
            raise Damaged("a record is not what it should be") from err

    return decode


def _reader(cls: Any) -> Callable[[bytes], Any]:
    """Return what reads a class: msgspec alone, where that means the same."""
    if not is_plain(cls):
        return wire_reader(cls)
    direct = msgspec.json.Decoder(cls).decode

    def read(body: bytes) -> Any:
        try:
            return direct(body)
        except msgspec.ValidationError:  # say, a time in a named zone
            return wire_reader(cls)(body)

    return read
