"""What a button carries: one frozen dataclass for each verb, here what all have in common.

A card puts ``to_data()`` into its button, and the handler of that verb gets the same object back
from ``from_data()``, so both sides share one spelling. What a person typed into a form arrives in
the same mapping and is left alone here: each form's own module reads it. Verbs are
``subject.action``, and are spelled in the modules called ``*_actions`` only.

Actions become plain JSON, and are read from it strictly. The fields of a dataclass say what its
data holds: texts, whole numbers, truths, days, and other actions. Nothing is converted on the way
in: a ``"7"`` is no number, since a card of ours never wrote it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Any, ClassVar, Self, TypeVar, cast, get_args, get_type_hints

from services.model.books import BookId
from services.model.contacts import ContactId
from services.model.events import EventId

__all__ = ["ALL", "HERE", "Action", "OfContact", "OfEvent"]

Kind = TypeVar("Kind")

HERE = BookId("")
"""Stands for the default book of the place in which the button is pressed."""
ALL = BookId("*")
"""Stands for all calendars of the place in which the button is pressed, in an agenda."""


@dataclass(frozen=True, slots=True)
class Action:
    """Anything that a button can ask for."""

    verb: ClassVar[str] = ""

    def to_data(self) -> dict[str, Any]:
        """Return plain JSON that names the verb, so that it also serves where Teams sends none."""
        data: dict[str, Any] = {"verb": self.verb}
        for name in _kinds(cast(Any, type(self))):
            value = getattr(self, name)
            if value is not None:
                data[name] = _plain(value)
        return data

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Return the action that ``data`` holds; other keys, such as a form's inputs, are ignored.

        Raises:
            KeyError: something is missing, as in a button from before a change of this module.
            ValueError: another verb, or a value that is not what it should be.
        """
        if data["verb"] != cls.verb:
            raise ValueError("the data of another verb")
        kinds = _kinds(cast(Any, cls))
        return cls(**{name: _read(kind, data, name) for name, kind in kinds.items()})


@dataclass(frozen=True, slots=True)
class OfEvent(Action):
    """Anything about an event that exists."""

    book: BookId
    event: EventId


@dataclass(frozen=True, slots=True)
class OfContact(Action):
    """Anything about a contact that exists."""

    book: BookId
    contact: ContactId


def _plain(value: str | int | date | Action) -> Any:
    if isinstance(value, Action):
        return value.to_data()
    return value.isoformat() if isinstance(value, date) else value


@cache
def _kinds(action: Any) -> dict[str, Any]:
    """Return the fields of an action with their types; a ``NewType`` stands for what it wraps."""
    hints = get_type_hints(action)
    kinds = {field.name: hints[field.name] for field in fields(action)}
    return {name: getattr(kind, "__supertype__", kind) for name, kind in kinds.items()}


def _read(kind: Any, data: Mapping[str, Any], name: str) -> Any:
    """Return one value of ``data`` as ``kind``; only what may be ``None`` may be missing."""
    choices = get_args(kind)
    if not choices:
        return _exact(kind, data[name])
    if name not in data:
        return None
    if choices[0] is str:
        return _exact(str, data[name])
    if choices[0] is date:
        return date.fromisoformat(_exact(str, data[name]))
    value = _exact(dict, data[name])
    actions = {choice.verb: choice for choice in choices if choice is not type(None)}
    return actions[value["verb"]].from_data(value)


def _exact(kind: type[Kind], value: object) -> Kind:
    if type(value) is not kind:
        raise ValueError(f"a {kind.__name__} was expected")
    return value
