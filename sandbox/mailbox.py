"""The store of one mailbox: calendars, events, the count of its changes, mails never sent.

It knows nothing of HTTP. Graph's resources, the sandbox's own pages and tests all write through
the same few methods, and whoever listens (:mod:`sandbox.notices`) is told of each write.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sandbox.address_book import AddressBook
from sandbox.calendar_list import CalendarList
from sandbox.clock import Clock
from sandbox.ids import change_key, make_id, read_id
from sandbox.items import (
    UNTAGGED,
    Appearance,
    Calendar,
    Content,
    Item,
    Mail,
    Tags,
    appearance_of,
    appearances_between,
    mails_about,
)
from sandbox.journal import Journal
from sandbox.normalising import as_it_came
from sandbox.people import SamplePerson
from sandbox.refusal import Refusal, not_found
from sandbox.series import check_neighbours, from_first_day, same_times

__all__ = ["Change", "Mailbox"]


@dataclass(frozen=True, slots=True)
class Change:
    """One write, as listeners hear of it."""

    kind: str
    """``created``, ``updated`` or ``deleted``."""
    mailbox: Mailbox
    item: Item

    @property
    def owner(self) -> str:
        """The object id of whose mailbox it is."""
        return self.mailbox.person.object_id

    @property
    def what(self) -> str:
        """Graph's name of the kind of item."""
        return "Event"

    @property
    def place(self) -> str:
        """The id of the calendar."""
        return self.item.calendar

    @property
    def key(self) -> str:
        """The change key."""
        return self.mailbox.change_key(self.item.change)

    def id(self, *, immutable: bool) -> str:
        """Return the event's id."""
        return self.mailbox.id_of(self.item, immutable=immutable)


class Mailbox:
    """One person's calendars and events.

    Attributes:
        contacts: their contact folders.
        mails: messages that the real service would have sent.
        listeners: told of each write.
        lag: how much later than they happen writes are seen by :meth:`replica`.
        normalise: what becomes of the content of an event before it is kept.
        serials: how many serials have been given.
    """

    def __init__(self, person: SamplePerson, clock: Clock) -> None:
        self.person = person
        self.contacts = AddressBook(person.object_id, clock.now)
        self.mails: list[Mail] = []
        self.listeners: list[Callable[[Change], None]] = []
        self.lag = timedelta()
        self.normalise: Callable[[Content], Content] = as_it_came
        self._journal = Journal[Item]()
        self._clock = clock
        self._items: dict[int, Item] = {}
        self._made: dict[str, int] = {}
        """Serials by transaction id, of what is gone as well."""
        self._calendars = CalendarList(person.object_id)
        self._changes = self.serials = 0
        self.add_calendar("Calendar")

    # -- calendars ---------------------------------------------------------------------------

    @property
    def calendars(self) -> tuple[Calendar, ...]:
        """All calendars, the default one first."""
        return self._calendars.all

    @property
    def default_calendar(self) -> Calendar:
        """The calendar that every mailbox has."""
        return self.calendars[0]

    def calendar(self, calendar_id: str) -> Calendar:
        """Return a calendar, or refuse with 404 ErrorItemNotFound."""
        return self._calendars.get(calendar_id)

    def add_calendar(self, name: str, color: str = "auto", tags: Tags = UNTAGGED) -> Calendar:
        """Make a calendar; names are unique in a mailbox."""
        self.serials += 1
        return self._calendars.add(name, color, tags, self.serials, self._next_change())

    def rename_calendar(self, calendar: Calendar, name: str, color: str) -> Calendar:
        """Give a calendar another name or colour."""
        return self._calendars.rename(calendar, name, color, change=self._next_change())

    def remove_calendar(self, calendar: Calendar) -> None:
        """Delete a calendar and what is in it; the default one stays."""
        self._calendars.remove(calendar)
        for item in self.items(calendar.id):
            self._put(item.serial, None)

    # -- reading -----------------------------------------------------------------------------

    def replica(self) -> Mailbox:
        """Return the mailbox as readers see it: events as they were :attr:`lag` ago."""
        past = copy(self)
        past.contacts = self.contacts.replica()
        past._items = self._journal.as_of(self._clock.now() - self.lag, self._items)
        return past

    def items(self, calendar_id: str) -> list[Item]:
        """Return a calendar's single events and series, oldest first."""
        return [item for item in self._items.values() if item.calendar == calendar_id]

    def find(self, event_id: str) -> Appearance | None:
        """Return what an id stands for, in either form of id."""
        place = read_id(self.person.object_id, event_id)
        item = self._items.get(place[0]) if place else None
        return appearance_of(item, place[1]) if place and item else None

    def get(self, event_id: str) -> Appearance:
        """Return what an id stands for.

        Raises:
            Refusal: 404 ErrorItemNotFound.
        """
        found = self.find(event_id)
        if found is None:
            raise not_found()
        return found

    def between(self, calendar_id: str, start: datetime, end: datetime) -> list[Appearance]:
        """Return what a calendar shows between two instants, by start."""
        items = self.items(calendar_id)
        shown = [each for item in items for each in appearances_between(item, start, end)]
        return sorted(shown, key=lambda each: (each.content.start, each.item.serial))

    def by_transaction(self, transaction_id: str, newest: int) -> Item | None:
        """Return the event that was made under a transaction id, up to a serial."""
        serial = self._made.get(transaction_id, 0)
        return self._items.get(serial) if serial <= newest else None

    def id_of(self, item: Item, day: date | None = None, *, immutable: bool = True) -> str:
        """Return the id of an item, or of one of its occurrences."""
        return make_id(self.person.object_id, item.serial, day, immutable=immutable)

    def change_key(self, change: int) -> str:
        """Return the change key of a change."""
        return change_key(self.person.object_id, change)

    # -- writing -----------------------------------------------------------------------------

    def add(
        self,
        content: Content,
        *,
        calendar_id: str = "",
        tags: Mapping[str, str] | None = None,
        transaction_id: str | None = None,
        request_digest: str = "",
        organizer: tuple[str, str] | None = None,
    ) -> Item:
        """Put a new event in a calendar, by default the mailbox's first one."""
        now = self._clock.now()
        self.serials += 1
        item = Item(
            serial=self.serials,
            calendar=calendar_id or self.default_calendar.id,
            content=from_first_day(self.normalise(content)),
            organizer=organizer or (self.person.display_name, self.person.mail),
            is_organizer=organizer is None,
            created_at=now,
            modified_at=now,
            change=self._next_change(),
            transaction_id=transaction_id,
            request_digest=request_digest,
            tags=dict(tags or {}),
        )
        self._put(item.serial, item)
        self._tell("created", item)
        self.mails += mails_about("invitation", item, content)
        return item

    def edit(
        self, seen: Appearance, content: Content, tags: Mapping[str, str] | None = None
    ) -> Appearance:
        """Change an item, or make one occurrence an exception."""
        item, content = seen.item, self.normalise(content)
        if seen.day is not None:
            if content.recurrence is not None:
                raise Refusal(
                    400, "ErrorInvalidRequest", "An occurrence cannot have a recurrence of its own."
                )
            check_neighbours(seen, content)
            item = replace(item, exceptions={**item.exceptions, seen.day: content})
        else:
            content = from_first_day(content)
            # As in Outlook: a series that gets other times forgets its exceptions.
            if not same_times(content, item.content):
                item = replace(item, exceptions={}, cancelled=frozenset())
            item = replace(item, content=content)
        saved = self._save(replace(item, tags={**item.tags, **(tags or {})}))
        self.mails += mails_about("update", saved, content)
        return Appearance(saved, content, seen.day)

    def remove(self, seen: Appearance) -> None:
        """Delete an item, or cancel one occurrence."""
        item = seen.item
        if seen.day is not None:
            kept = {day: each for day, each in item.exceptions.items() if day != seen.day}
            item = self._save(replace(item, exceptions=kept, cancelled=item.cancelled | {seen.day}))
        else:
            self._put(item.serial, None)
            self._next_change()
            self._tell("deleted", item)
        self.mails += mails_about("cancellation", item, seen.content)

    def copy(self, item: Item) -> Item:
        """Copy an event as people do in Outlook: its tags go along, its transaction id does not."""
        return self.add(item.content, calendar_id=item.calendar, tags=item.tags)

    def move(self, item: Item, calendar_id: str) -> Item:
        """Move an event to another calendar: its immutable id stays."""
        return self._save(replace(item, calendar=calendar_id))

    def drag(self, item: Item, calendar_id: str = "") -> Item:
        """Move an event as desktop Outlook does: its ids alone change (F29). It may be gone."""
        self.serials += 1
        origin, calendar = item.origin or item.serial, calendar_id or item.calendar
        moved = replace(item, serial=self.serials, origin=origin, calendar=calendar)
        moved = replace(moved, change=self._next_change())
        if item.serial in self._items:
            self._put(item.serial, None)
            self._tell("deleted", item)
        self._put(moved.serial, moved)
        self._tell("created", moved)
        return moved

    def tag(self, item: Item, tags: Mapping[str, str]) -> Item:
        """Set extended properties."""
        return self._save(replace(item, tags={**item.tags, **tags}))

    # -- inside ------------------------------------------------------------------------------

    def _save(self, item: Item) -> Item:
        saved = replace(item, modified_at=self._clock.now(), change=self._next_change())
        self._put(item.serial, saved)
        self._tell("updated", saved)
        return saved

    def _put(self, serial: int, item: Item | None) -> None:
        """Keep an item, or forget it; while reads lag, remember what was there before."""
        if self.lag:
            self._journal.note(self._clock.now(), serial, self._items.get(serial))
        if item is None:
            del self._items[serial]
            return
        self._items[serial] = item
        if item.transaction_id:
            self._made[item.transaction_id] = serial

    def _next_change(self) -> int:
        self._changes += 1
        return self._changes

    def _tell(self, kind: str, item: Item) -> None:
        for listener in self.listeners:
            listener(Change(kind, self, item))
