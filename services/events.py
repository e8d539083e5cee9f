"""Events of a calendar: items that may repeat, some of which can only be looked at."""

from __future__ import annotations

from collections.abc import Mapping

from services.checks import tidy_event
from services.model.books import Book, BookId
from services.model.errors import ReadOnly, ReadOnlyReason
from services.model.events import Event, EventContent, EventId, Mirror
from services.model.identity import Person
from services.model.times import Clock
from services.series import following_along
from services.series_items import SeriesItems
from services.sharing import Sharing
from services.storage.store import Store

__all__ = ["Events"]


class Events(SeriesItems):
    """Use cases of events."""

    def __init__(self, store: Store, sharing: Sharing, clock: Clock) -> None:
        super().__init__(Event, store.events, store, sharing, clock)

    async def write_from_sync(
        self,
        person: Person,
        book_id: BookId,
        event_id: EventId | None,
        content: EventContent,
        mirror: Mirror | None,
        *,
        expect_revision: int,
    ) -> Event:
        """Write what Outlook says; an event that was deleted here comes back.

        Args:
            person: whose mailbox says it.
            book_id: the calendar.
            event_id: the event; ``None`` = a new one.
            content: as Outlook has it.
            mirror: set when it can be changed in Outlook alone.
            expect_revision: the revision that this was planned from; 0 = there was no event.

        Raises:
            NotFound: no such calendar for this person.
            ReadOnly: the calendar is archived.
            Stale: the event has another revision.
        """
        return await self._write_from_sync(
            person, book_id, event_id, content, expect_revision=expect_revision, mirror=mirror
        )

    async def add_from_sync(
        self,
        person: Person,
        book_id: BookId,
        new: Mapping[EventId, tuple[EventContent, Mirror | None]],
    ) -> tuple[Event, ...]:
        """Write events that Outlook has and the calendar never had, all in one commit.

        Args:
            person: whose mailbox has them.
            book_id: the calendar.
            new: by the id that each shall have, what :meth:`write_from_sync` takes.

        Raises:
            NotFound: no such calendar for this person.
            ReadOnly: the calendar is archived.
            Stale: one of them is there already, or was; nothing is written.
            TooLarge: they are more than a commit holds.
        """
        told = {id: (content, {"mirror": mirror}) for id, (content, mirror) in new.items()}
        return await self._add_from_sync(person, book_id, told)

    def _tidy(
        self, content: EventContent, book: Book, kept: EventContent | None = None
    ) -> EventContent:
        return tidy_event(content if kept is None else following_along(kept, content), kept)

    def _check(self, item: Event) -> None:
        if item.mirror is not None:
            raise ReadOnly(item.mirror.reason)
        if item.feed:
            raise ReadOnly(ReadOnlyReason.SUBSCRIBED)
