"""How a form of an event or contact is to be drawn, beside what is typed in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from cards.action import Action
from cards.form import Mode
from services.model.contacts import Contact
from services.model.errors import Problem
from services.model.events import Event

__all__ = ["Sheet"]

T = TypeVar("T", bound=Event | Contact)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet(Generic[T]):
    """How a form is to be drawn."""

    mode: Mode
    draft: str = ""
    """The name of the form, for a new item."""
    item: T | None = None
    """The item that is edited; ``None`` = a new one."""
    etag: str = ""
    """Of the version that the person has seen."""
    problems: tuple[Problem, ...] = ()
    said: str = ""
    back: Action | None = None
    """What shows the list again from which the item was opened."""
