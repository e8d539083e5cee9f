"""Who has changed what of an event, for whoever may see it."""

from __future__ import annotations

from itertools import takewhile

from services.books.sharing import Sharing
from services.model.books import Book, BookId, Role
from services.model.errors import NotFound, ReadOnly, ReadOnlyReason
from services.model.event_changes import Change, changes_of
from services.model.events import Event, EventId
from services.model.identity import Person
from services.model.veil import is_veiled, seen_by
from services.storage.store import Store

__all__ = ["EventHistories"]


class EventHistories:
    """Use case of histories.

    They reach back for as long as what was replaced is kept, 30 days, and over every calendar of
    the organisation in which the event was.
    """

    def __init__(self, store: Store, sharing: Sharing) -> None:
        self._store = store
        self._sharing = sharing

    async def of(self, person: Person, book_id: BookId, event_id: EventId) -> tuple[Change, ...]:
        """Return what was done to an event, the newest first.

        What was private at the time is veiled as it was then.

        Raises:
            NotFound: no such event for this person.
            ReadOnly: it is private to somebody else, or its owner shows only when it is.
        """
        book = await self._sharing.book_for(person, book_id, Role.READER)
        event = await self._store.events.find(book, event_id)
        if event is None:
            raise NotFound("event")
        if is_veiled(event, person):
            raise ReadOnly(ReadOnlyReason.PRIVATE)
        if _is_masked(event, person):  # what it said before that is no longer told
            raise ReadOnly(ReadOnlyReason.BUSY_ONLY)
        versions = [*await self._before(book, event), event]
        return changes_of([seen_by(version, person) for version in versions])

    async def _before(self, book: Book, event: Event) -> list[Event]:
        """Return what was replaced, the oldest first, also where the event was before."""
        here = await self._store.events.history(book, event.id)
        origin = event.came_from
        # Another organisation's calendar is not looked into, whoever has moved it from there.
        home = await self._store.books.find(book.tenant, origin.book) if origin else None
        last = await self._store.events.find(home, origin.event) if home and origin else None
        if home is None or last is None:
            return here
        there = [*await self._before(home, last), last]
        return [*takewhile(lambda each: not _has_left(each, event.id), there), *here]


def _is_masked(event: Event, person: Person) -> bool:
    is_masked = event.mirror is not None and event.mirror.reason is ReadOnlyReason.BUSY_ONLY
    return is_masked and event.mirror_of != person


def _has_left(version: Event, to: EventId) -> bool:
    return version.went_to is not None and version.went_to.event == to
