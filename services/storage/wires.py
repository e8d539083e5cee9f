"""What msgspec reads and writes where a class is more than it knows: the *wire* of a dataclass.

The wire is a ``msgspec.Struct`` with the same fields, but of what is written: times are text, and
what may be read later is raw. :func:`struct_of` makes one and :func:`packing` fills it, what must
be there first, so that it is filled by position; msgspec leaves out what is as its default.
:func:`built` makes the object of it again. The constructor of a frozen class takes longer than all
the reading before, so what is made is a *twin*, of a class with the same fields that is not frozen,
which then becomes one of the class (Python allows that where both are laid out alike). Nothing is
checked again: what is read was checked when it was made, and the seal tells that it is the same.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from operator import attrgetter
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
    """Makes what msgspec writes of a value; ``None`` = it writes the value as it is."""
    unpack_with: Way | None = None
    """Makes the value of what msgspec has read; ``None`` = it is the value."""

    def pack(self, value: Any) -> Any:
        """Return what msgspec writes of the value."""
        return value if self.pack_with is None else self.pack_with(value)

    def unpack(self, value: Any) -> Any:
        """Return the value that msgspec has read this of."""
        return value if self.unpack_with is None else self.unpack_with(value)


@dataclasses.dataclass(frozen=True, slots=True)
class Field:
    """A field of a stored class."""

    form: Form
    default: Any
    """``MISSING`` where it must be written."""

    @property
    def is_required(self) -> bool:
        """Whether it must be written."""
        return self.default is dataclasses.MISSING

    @property
    def has_text(self) -> bool:
        """Whether its default is a text that a value may equal without being it."""
        return type(self.default) is str and self.default != ""


def struct_of(cls: Any, fields: Mapping[str, Field], tag: str | None = None) -> Any:
    """Return the wire of a dataclass; ``tag`` is its name where it stands in a union.

    Fields that must be there come first.
    """
    written: list[Any] = [
        (name, f.form.wire) if f.is_required else (name, f.form.wire, _default(f))
        for name, f in fields.items()
    ]
    # They live for a moment and hold no circles: the garbage collector need not count them.
    return msgspec.defstruct(
        cls.__name__, written, omit_defaults=True, gc=False, tag=tag, tag_field=tag and TAG
    )


def built(cls: Any, fields: Mapping[str, Field]) -> Way:
    """Return what makes an object of a frozen dataclass out of its wire: the fields are its own.

    It is written out field by field, as ``dataclasses`` writes constructors: going through a
    list of the fields takes a fifth longer, and a month has thousands of objects.
    """
    known: dict[str, Any] = {"twin": _twin(cls, tuple(fields)), "cls": cls}
    held = []
    for name, field in fields.items():
        here, way, default = f"wire.{name}", f"way_{name}", f"default_{name}"
        if field.form.unpack_with is not None:
            known |= {way: field.form.unpack_with, default: field.default}
            unpacked = f"{way}({here})"
            here = (
                unpacked if field.is_required else f"{here} if {here} is {default} else {unpacked}"
            )
        held.append(here)
    steps = (f"value = twin({', '.join(held)})", "value.__class__ = cls", "return value")
    return _made(known, "wire", *steps)


def packing(wire: Any, fields: Mapping[str, Field]) -> Way:
    """Return what fills the wire of an object; what equals its default becomes that very object.

    For msgspec leaves out what is the same object as its default, and no more. Written out field by
    field, as in :func:`built`.
    """
    known: dict[str, Any] = {"wire": wire}
    held = [_packed(name, fields[name], known) for name in wire.__struct_fields__]
    return _made(known, "value", f"return wire({', '.join(held)})")


def _packed(name: str, field: Field, known: dict[str, Any]) -> str:
    """Return what a field of a wire is filled with, and note what that names besides."""
    here, way, default, kind = (f"{what}_{name}" for what in ("here", "way", "default", "kind"))
    pack = field.form.pack_with
    if pack is not None:
        known[way] = pack
    if field.is_required or (pack is None and not field.has_text):
        return f"value.{name}" if pack is None else f"{way}(value.{name})"
    packed = here if pack is None else f"{way}({here})"
    known |= {default: field.default, kind: type(field.default)}
    is_default = f"type({here} := value.{name}) is {kind} and {here} == {default}"
    return f"{default} if {is_default} else {packed}"


def copied(value: Any, **changes: Any) -> Any:
    """Return a frozen object with some of its fields changed, and nothing checked again."""
    cls: Any = type(value)
    read, twin = _copying(cls)
    copy = twin(*read(value))
    for name, held in changes.items():
        setattr(copy, name, held)
    copy.__class__ = cls
    return copy


@cache
def _copying(cls: Any) -> tuple[Callable[[Any], tuple[Any, ...]], Any]:
    names = tuple([field.name for field in dataclasses.fields(cls)])
    return _reading(names), _twin(cls, names)


@cache
def _twin(cls: Any, names: tuple[str, ...]) -> Any:
    return dataclasses.make_dataclass(cls.__name__, names, slots=hasattr(cls, "__slots__"))


def _default(field: Field) -> Any:
    """Return what a field of a wire is where it was left out: the very default of the class."""
    return msgspec.field(default_factory=dict) if field.default == {} else field.default


def _made(known: Mapping[str, Any], given: str, *steps: str) -> Way:
    """Return a function of one argument that takes these steps and knows these names."""
    body = "".join(f"\n        {step}" for step in steps)
    made: dict[str, Any] = {}
    exec(f"def knowing({', '.join(known)}):\n    def way({given}):{body}\n    return way", made)
    way: Way = made["knowing"](**known)
    return way


def _reading(names: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    """Return what reads fields of a wire all at once."""
    if len(names) > 1:
        return attrgetter(*names)
    return (lambda wire: (getattr(wire, names[0]),)) if names else (lambda _: ())
