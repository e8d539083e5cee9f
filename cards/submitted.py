"""Read what was typed into a form: every value, or what is wrong with it.

Each method returns the value or ``None``, and notes the problem; :meth:`Submitted.settle` raises
them all at once, so that a person mends a form in one go. Clients differ in what they check
and in how they send it, so nothing is taken on trust.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from services.model.errors import InvalidInput, Problem, UnknownZone, Wrong
from services.model.times import zone_named

__all__ = ["Submitted", "as_choice", "choices_in"]

Choice = TypeVar("Choice", bound=StrEnum)
Value = TypeVar("Value")
YEARS = range(1900, 2201)


@dataclass(slots=True)
class Submitted:
    """The strings of a form while they are read."""

    values: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)

    @classmethod
    def of(cls, data: Mapping[str, Any], fields: tuple[str, ...]) -> Submitted:
        """Take the inputs out of a button's data; whatever is no text counts as nothing."""
        values = {name: data.get(name) for name in fields}
        return cls({name: value for name, value in values.items() if isinstance(value, str)})

    def refuse(self, name: str, wrong: Wrong, limit: int | None = None) -> None:
        """Note what is wrong with an input."""
        self.problems.append(Problem(name, wrong, limit))

    def settle(self, value: Value | None) -> Value:
        """Return what was read, if all is well.

        Raises:
            InvalidInput: it is not; holds every problem.
        """
        if self.problems or value is None:
            raise InvalidInput(*self.problems)
        return value

    def raw(self, name: str) -> str:
        """Return what was typed, without the white space around it."""
        return self.values.get(name, "").strip()

    def text(self, name: str, most: int, *, required: bool = False) -> str:
        """Return a text of at most so many letters, its lines ending in one way."""
        value = self.raw(name).replace("\r\n", "\n").replace("\r", "\n")
        if required and not value:
            self.refuse(name, Wrong.MISSING)
        if len(value) > most:
            self.refuse(name, Wrong.TOO_LONG, most)
        return value

    def day(self, name: str, *, required: bool = False) -> date | None:
        """Return a day."""
        value = self.raw(name)
        if not value:
            if required:
                self.refuse(name, Wrong.MISSING)
            return None
        try:
            day = date.fromisoformat(value)
        except ValueError:
            self.refuse(name, Wrong.NOT_A_DATE)
            return None
        if day.year not in YEARS:
            self.refuse(name, Wrong.OUT_OF_RANGE)
            return None
        return day

    def clock(self, name: str) -> time | None:
        """Return a time of day."""
        value = self.raw(name)
        if not value:
            self.refuse(name, Wrong.MISSING)
            return None
        try:
            at = time.fromisoformat(value)
        except ValueError:
            self.refuse(name, Wrong.NOT_A_TIME)
            return None
        if at.tzinfo is not None:
            self.refuse(name, Wrong.NOT_A_TIME)
            return None
        return at.replace(second=0, microsecond=0)

    def zone(self, name: str, default: ZoneInfo) -> ZoneInfo:
        """Return a zone; an unknown one is refused, never guessed."""
        value = self.raw(name)
        try:
            return zone_named(value) if value else default
        except UnknownZone:
            self.refuse(name, Wrong.UNKNOWN_ZONE)
            return default

    def choice(self, name: str, kind: type[Choice], default: Choice) -> Choice:
        """Return one of a few words."""
        value = self.raw(name)
        if value in kind.__members__.values():
            return kind(value)
        if value:
            self.refuse(name, Wrong.NOT_A_CHOICE)
        return default


def as_choice(text: str) -> str:
    """Return a text as the value of a choice: several that were chosen are parted by commas."""
    return text.replace("%", "%25").replace(",", "%2C")


def choices_in(value: str) -> tuple[str, ...]:
    """Return the texts of the choices that were made, each once."""
    parts = filter(None, map(str.strip, value.split(",")))
    return tuple(dict.fromkeys(part.replace("%2C", ",").replace("%25", "%") for part in parts))
