"""What was deleted in the last 30 days, and having it back."""

from __future__ import annotations

from dataclasses import replace

from services.books.ripples import Ripples
from services.books.sharing import Sharing
from services.model.books import Book, BookId, BookKind, Role
from services.model.contacts import Contact, ContactId
from services.model.errors import NotFound, ReadOnly
from services.model.events import Author, Event, EventId
from services.model.identity import Person
from services.model.times import Clock
from services.model.veil import seen_by
from services.storage.store import Store

__all__ = ["RecycleBin"]


class RecycleBin:
    """Use cases of deleted events and contacts. Restoring something twice does it once."""

    def __init__(self, store: Store, sharing: Sharing, clock: Clock) -> None:
        self._store = store
        self._sharing = sharing
        self._clock = clock
        self._ripples = Ripples(store, clock)

    async def contents(
        self, person: Person, book_id: BookId, most: int = 20
    ) -> tuple[Event | Contact, ...]:
        """Return what can be had back, the last deleted first.

        Somebody's meeting is not among it: it comes back by itself, with the meeting. Nor is what
        was moved to a calendar that this person sees: nobody has deleted it, and there it is.

        Raises:
            NotFound: there is no such book, as far as this person may know.
        """
        book = await self._sharing.book_for(person, book_id, Role.READER)
        if book.kind is BookKind.CALENDAR:
            events = await self._store.events.deleted(book, most)
            return tuple(
                [
                    seen_by(event, person)
                    for event in events
                    if event.mirror is None and not await self._is_elsewhere(person, event)
                ]
            )
        return tuple(await self._store.contacts.deleted(book, most))

    async def restore_event(self, author: Author, book_id: BookId, event_id: EventId) -> Event:
        """Take an event out of the bin.

        Raises:
            NotFound: it is not there, or no longer, or not for this person.
            NotAllowed: it is not theirs to have back.
            ReadOnly: it is somebody's meeting, or the calendar is archived.
            Stale: somebody did so at the same moment.
        """
        book = await self._book(author, book_id)
        event = await self._store.events.find(book, event_id)
        if event is None:
            raise NotFound("event")
        if event.mirror is not None:
            raise ReadOnly(event.mirror.reason)
        person = await self._require_say(author, book, event)
        if event.deleted_at is None:
            return seen_by(event, person)
        if await self._is_elsewhere(person, event):
            raise NotFound("event")
        now = self._clock.now()
        back = replace(event, deleted_at=None, went_to=None, updated_by=author, updated_at=now)
        async with self._ripples.of(book, event.id, None):
            return seen_by(await self._store.events.save(back, book), person)

    async def restore_contact(
        self, author: Author, book_id: BookId, contact_id: ContactId
    ) -> Contact:
        """Take a contact out of the bin.

        Raises:
            NotFound: it is not there, or no longer, or not for this person.
            NotAllowed: it is not theirs to have back.
            ReadOnly: the list is archived.
            Stale: somebody did so at the same moment.
        """
        book = await self._book(author, book_id)
        contact = await self._store.contacts.find(book, contact_id)
        if contact is None:
            raise NotFound("contact")
        await self._require_say(author, book, contact)
        if contact.deleted_at is None:
            return contact
        now = self._clock.now()
        back = replace(contact, deleted_at=None, updated_by=author, updated_at=now)
        async with self._ripples.of(book, contact.id, None):
            return await self._store.contacts.save(back, book)

    async def _book(self, author: Author, book_id: BookId) -> Book:
        if author.person is None:
            raise NotFound("book")
        return await self._sharing.book_for(author.person, book_id, Role.CONTRIBUTOR)

    async def _require_say(self, author: Author, book: Book, thing: Event | Contact) -> Person:
        if author.person is None:
            raise NotFound("book")
        await self._sharing.require_say(author.person, book, thing.created_by)
        return author.person

    async def _is_elsewhere(self, person: Person, event: Event) -> bool:
        """Whether somebody finds an event, or its tombstone, in the calendar it was moved to."""
        if event.went_to is None:
            return False
        try:
            book = await self._sharing.book_for(person, event.went_to.book, Role.READER)
        except NotFound:
            return False
        return await self._store.events.find(book, event.went_to.event) is not None
