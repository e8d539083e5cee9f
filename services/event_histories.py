"""Who has changed what of an event, for whoever may see it."""

from __future__ import annotations

from services.model.books import BookId, Role
from services.model.errors import NotFound, ReadOnly, ReadOnlyReason
from services.model.event_changes import Change, changes_of
from services.model.events import EventId
from services.model.identity import Person
from services.model.veil import is_veiled, seen_by
from services.sharing import Sharing
from services.storage.store import Store

__all__ = ["EventHistories"]


class EventHistories:
    """Use case of histories. They reach back for as long as what was replaced is kept: 30 days."""

    def __init__(self, store: Store, sharing: Sharing) -> None:
        self._store = store
        self._sharing = sharing

    async def of(self, person: Person, book_id: BookId, event_id: EventId) -> tuple[Change, ...]:
        """Return what was done to an event, the newest first.

        What was private at the time is veiled as it was then.

        Raises:
            NotFound: no such event for this person.
            ReadOnly: it is private to somebody else.
        """
        book = await self._sharing.book_for(person, book_id, Role.READER)
        event = await self._store.events.find(book, event_id)
        if event is None:
            raise NotFound("event")
        if is_veiled(event, person):
            raise ReadOnly(ReadOnlyReason.PRIVATE)
        before = await self._store.events.history(book, event_id)
        return changes_of([seen_by(version, person) for version in (*before, event)])
