"""The ground that elements stand on: the ``adaptivecards`` package, made strict.

The package drops a misspelt keyword in silence and checks no values. Here each property is
declared once, by :func:`prop`, with its wire name, its types and its few values; anything else
is refused. Values become plain JSON as they are set, so a card needs no second walk, and
``render`` gives it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias, dataclass_transform

if TYPE_CHECKING:
    # The package has no types: this is the part of it that is used here.
    class BareObject:
        _data: dict[str, Any]

        def render(self) -> dict[str, Any]: ...

    class PropertyType:
        key_name: str

        def __init__(self, type: tuple[type, ...], key_name: str | None = None) -> None: ...

    class elements:
        """The module of that name."""

        TextBlock: TypeAlias = BareObject
        RichTextBlock: TypeAlias = BareObject
        TextRun: TypeAlias = BareObject

    class containers:
        """The module of that name."""

        Container: TypeAlias = BareObject
        ColumnSet: TypeAlias = BareObject
        Column: TypeAlias = BareObject
        ActionSet: TypeAlias = BareObject

else:
    from adaptivecards import containers, elements
    from adaptivecards.baseobject import BareObject, PropertyType

__all__ = ["Element", "containers", "elements", "prop"]


class Prop(PropertyType):
    """One property of an element: its wire name, its types and, where few, its values."""

    def __init__(self, types: tuple[type, ...], key: str | None, one_of: Any) -> None:
        super().__init__(types, key)
        self.types = frozenset(types)
        self.one_of = frozenset(getattr(one_of, "__args__", ()))

    def plain(self, value: Any) -> Any:
        """Return ``value`` as JSON.

        Raises:
            TypeError: the value has another type; a bool is no number here.
            ValueError: the value is none of those that Teams knows.
        """
        kind = type(value)
        if kind in self.types:
            if self.one_of and value not in self.one_of:
                raise ValueError(f"{self.key_name}: {value!r}")
            if kind is not list:
                return value
            return [item if type(item) is str else item.render() for item in value]
        if Element in self.types and isinstance(value, Element):
            return value.render()
        raise TypeError(f"{self.key_name}: {value!r}")

    def __get__(self, owner: BareObject | None, kind: type) -> Any:
        return self if owner is None else owner.render().get(self.key_name)

    def __set__(self, owner: BareObject, value: Any) -> None:
        owner.render()[self.key_name] = self.plain(value)


def prop(*types: type, key: str | None = None, one_of: Any = None, default: Any = None) -> Any:
    """Declare a property; without types it is a string. ``default=None`` makes it optional."""
    return Prop(types or (str,), key, one_of)


@dataclass_transform(kw_only_default=True, field_specifiers=(prop,))
class Element(BareObject):
    """Anything with a type: an element, an input, an action."""

    element_type: ClassVar[str] = ""
    _ways: ClassVar[dict[str, tuple[str, Callable[[Any], Any]]]] = {}
    """Of each property: its wire name, and what makes plain JSON of its value."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        own = [vars(base) for base in reversed(cls.__mro__) if issubclass(base, Element)]
        cls._ways = {
            name: (value.key_name, value.plain)
            for names in own
            for name, value in names.items()
            if isinstance(value, Prop)
        }

    def __init__(self, **values: Any) -> None:
        self._data = data = {"type": self.element_type}
        ways = self._ways
        for name, value in values.items():
            if name not in ways:
                raise TypeError(f"{type(self).__name__} has no {name}")
            if value is not None:
                key, plain = ways[name]
                data[key] = plain(value)
