"""What the sync writes into a book, events and contacts alike.

It goes the same way as what people write (role, history, the tasks that follow), but takes content
as it is and names the revision that it was planned from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar, cast

from services.books.items import Items
from services.ids import new_id
from services.model.books import BookId, Role
from services.model.contacts import Contact, ContactContent
from services.model.errors import NotFound, Stale
from services.model.events import Author, Event, EventContent
from services.model.identity import Person

__all__ = ["OUTLOOK", "MailboxItems"]

OUTLOOK = Author(None, "Outlook")
"""Who did what came from a mailbox."""

T = TypeVar("T", bound=Event | Contact)
Id = TypeVar("Id", bound=str)
C = TypeVar("C", bound=EventContent | ContactContent)


class MailboxItems(Items[T, Id, C]):
    """Use cases of one kind of item, as far as a mailbox has a say in it."""

    async def delete_from_sync(
        self, person: Person, book_id: BookId, id: Id, *, expect_revision: int
    ) -> T:
        """Delete what is gone in a mailbox, whether or not people may change it here.

        Raises:
            NotFound: no such item for this person.
            ReadOnly: the book is archived.
            Stale: the item has another revision.
        """
        book = await self._sharing.book_for(person, book_id, Role.EDITOR)
        item = await self._ledger.find(book, id)
        if item is None:
            raise NotFound(self.KIND)
        if item.revision != expect_revision:
            raise Stale(f"the {self.KIND} has changed")
        if item.deleted_at is not None:
            return item
        deleted = self._touched(item, OUTLOOK, deleted_at=self._clock.now())
        return await self._save(deleted, book, source=person)

    async def _write_from_sync(
        self,
        person: Person,
        book_id: BookId,
        id: Id | None,
        content: C,
        *,
        expect_revision: int,
        **particular: Any,
    ) -> T:
        """Write what a mailbox says; an item that was deleted here comes back.

        Args:
            person: whose mailbox says it.
            book_id: the book.
            id: the item; ``None`` = a new one.
            content: as the mailbox has it.
            expect_revision: the revision that this was planned from; 0 = there was no item.
            particular: fields that only this kind of item has.

        Raises:
            NotFound: no such book for this person.
            ReadOnly: the book is archived.
            Stale: the item has another revision.
        """
        book = await self._sharing.book_for(person, book_id, Role.EDITOR)
        item = await self._ledger.find(book, id) if id else None
        if (item.revision if item else 0) != expect_revision:
            raise Stale(f"the {self.KIND} has changed")
        if item is None:
            item = self._new(id or cast(Id, new_id()), book, OUTLOOK, content)
        said = self._saying(replace(item, **particular), content, person)
        written = self._touched(said, replace(OUTLOOK, mailbox=person), deleted_at=None)
        return await self._save(written, book, source=person)

    async def _add_from_sync(
        self, person: Person, book_id: BookId, new: Mapping[Id, tuple[C, Mapping[str, Any]]]
    ) -> tuple[T, ...]:
        """Write what a mailbox has and the book never had: all in one commit, or nothing.

        ``new`` holds content and particular fields of each, by its id.

        Raises:
            NotFound: no such book for this person.
            ReadOnly: the book is archived.
            Stale: one of them is there already, or was.
            TooLarge: they are more than a commit holds.
        """
        book = await self._sharing.book_for(person, book_id, Role.EDITOR)
        items = [
            self._new(id, book, OUTLOOK, said, **particular)
            for id, (said, particular) in new.items()
        ]
        async with self._ripples.of_all(book, [item.id for item in items], person):
            return await self._ledger.save_together(items, book)

    def _saying(self, item: T, content: C, person: Person) -> T:
        """Return an item, maybe new, with what the mailbox of a person says of it."""
        return replace(item, **{"content": cast(Any, content)})
