"""The calendars of one mailbox: names, colours, and the one that is always there."""

from __future__ import annotations

from dataclasses import replace

from sandbox.ids import make_id
from sandbox.items import Calendar, Tags
from sandbox.refusal import Refusal, not_found

__all__ = ["CalendarList"]


class CalendarList:
    """A mailbox's calendars in the order in which they were made; the first one is the default.

    Args:
        owner: the object id of the mailbox's owner.
    """

    def __init__(self, owner: str) -> None:
        self._owner = owner
        self._calendars: dict[str, Calendar] = {}

    @property
    def all(self) -> tuple[Calendar, ...]:
        """Every calendar, the default one first."""
        return tuple(self._calendars.values())

    def get(self, calendar_id: str) -> Calendar:
        """Return a calendar.

        Raises:
            Refusal: 404 ErrorItemNotFound.
        """
        found = self._calendars.get(calendar_id)
        if found is None:
            raise not_found()
        return found

    def add(self, name: str, color: str, tags: Tags, serial: int, change: int) -> Calendar:
        """Make a calendar; names are unique in a mailbox, whatever their case."""
        self._check_name(name)
        # A folder keeps one id, whatever kind of ids was asked for.
        new_id = make_id(self._owner, serial, None, immutable=False)
        is_default = not self._calendars
        made = Calendar(
            id=new_id, name=name, color=color, is_default=is_default, change=change, tags=tags
        )
        self._calendars[new_id] = made
        return made

    def rename(self, calendar: Calendar, name: str, color: str, *, change: int) -> Calendar:
        """Give a calendar another name or colour."""
        self._check_name(name, calendar.id)
        renamed = replace(calendar, name=name, color=color, change=change)
        self._calendars[calendar.id] = renamed
        return renamed

    def remove(self, calendar: Calendar) -> None:
        """Forget a calendar; the default one stays."""
        if calendar.is_default:
            raise Refusal(
                400, "ErrorDeleteDistinguishedFolder", "Distinguished folders cannot be deleted."
            )
        del self._calendars[calendar.id]

    def _check_name(self, name: str, own_id: str = "") -> None:
        others = (each.name.lower() for each in self.all if each.id != own_id)
        if name.lower() in others:
            raise Refusal(
                409, "ErrorFolderExists", "A folder with the specified name already exists."
            )
