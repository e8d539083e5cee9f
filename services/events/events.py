"""Events of a calendar: items that may repeat, some of which can only be looked at.

What its author keeps private is given to others veiled (:mod:`services.model.veil`); they can
neither change it nor, unless they own the calendar, delete it. Nor can they make it private: not by
a form, not by taking a change back, and not in their Outlook.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from services.books.mailbox_items import MailboxItems
from services.events.event_checks import tidy_event
from services.events.series import following_along
from services.events.series_items import SeriesItems
from services.model.books import Book, BookId, Role
from services.model.errors import OnlyOwn, ReadOnly, ReadOnlyReason
from services.model.events import Author, Event, EventContent, EventId, Mirror
from services.model.identity import Person
from services.model.team_fields import with_kept
from services.model.veil import is_authors, is_veiled, laid_open, seen_by, time_alone

__all__ = ["Events"]


class Events(SeriesItems, MailboxItems[Event, EventId, EventContent]):
    """Use cases of events."""

    async def get(self, person: Person, book_id: BookId, id: EventId) -> Event:
        """Return an event as the person may see it; see :meth:`Items.get`."""
        return seen_by(await super().get(person, book_id, id), person)

    async def of_draft(self, person: Person, book_id: BookId, draft: str) -> Event:
        """Return what a draft has become; see :meth:`Items.of_draft`."""
        return seen_by(await super().of_draft(person, book_id, draft), person)

    async def delete(self, author: Author, book_id: BookId, id: EventId) -> Event:
        """Delete an event and return its tombstone as the author may see it.

        Raises:
            ReadOnly: as :meth:`Items.delete`; and it is private to somebody else, and the author
                does not own the calendar.
        """
        book, event = await self._deletable(author, book_id, id)
        if event.deleted_at is None:
            self._check(event)
            gone = self._touched(event, author, deleted_at=self._clock.now())
            event = await self._save(gone, book)
        return seen_by(event, author.person)

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
            person,
            book_id,
            event_id,
            content,
            expect_revision=expect_revision,
            **_shown_for(person, mirror),
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
        told = {
            id: (content, {"mailbox": person, **_shown_for(person, mirror)})
            for id, (content, mirror) in new.items()
        }
        return await self._add_from_sync(person, book_id, told)

    async def _changeable(self, author: Author, book_id: BookId, id: EventId) -> tuple[Book, Event]:
        book, event = await super()._changeable(author, book_id, id)
        if seen_by(event, author.person) is not event:  # or one of its dates is private
            raise ReadOnly(ReadOnlyReason.PRIVATE)
        return book, event

    async def _deletable(self, author: Author, book_id: BookId, id: EventId) -> tuple[Book, Event]:
        """What nobody who is still there can see must not stand in a calendar for ever."""
        book, event = await super()._changeable(author, book_id, id)
        if is_veiled(event, author.person) and author.person is not None:
            role = await self._sharing.role_of(author.person, book)
            if role is not Role.OWNER:
                raise ReadOnly(ReadOnlyReason.PRIVATE)
        return book, event

    def _saying(self, item: Event, content: EventContent, person: Person) -> Event:
        mailbox = item.mailbox if item.etag else person
        if _shows_time_alone(item):
            content = time_alone(content)
        else:
            if item.deleted_at is not None:  # nothing was merged: it comes back
                link = item.content.meeting_url or content.meeting_url
                content = replace(content, meeting_url=link)
            content = with_kept(content, item.content)
        if not is_authors(item, person):
            content = laid_open(content)
        return replace(item, content=content, mailbox=mailbox)

    def _touched(self, item: Event, author: Author, **changes: Any) -> Event:
        touched = super()._touched(item, author, **changes)
        if touched.deleted_at is None and touched.went_to is not None:
            touched = replace(touched, went_to=None)  # it has come back by itself
        is_left = touched.deleted_at is None and author.person is not None
        if is_left and seen_by(touched, author.person) is not touched:
            raise OnlyOwn("author")  # they could not see what they have written
        return touched

    def _tidy(
        self, content: EventContent, book: Book, kept: EventContent | None = None
    ) -> EventContent:
        return tidy_event(content if kept is None else following_along(kept, content), kept)

    def _check(self, item: Event) -> None:
        if item.mirror is not None:
            raise ReadOnly(item.mirror.reason)
        if item.feed:
            raise ReadOnly(ReadOnlyReason.SUBSCRIBED)


def _shows_time_alone(item: Event) -> bool:
    """Whether its mailbox's owner lets nobody see more: then nothing else stands beside it."""
    return item.mirror is not None and item.mirror.reason is ReadOnlyReason.BUSY_ONLY


def _shown_for(person: Person, mirror: Mirror | None) -> dict[str, Any]:
    return {"mirror": mirror, "mirror_of": person if mirror else None}
