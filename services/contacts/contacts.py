"""Contacts of a list: :mod:`items <services.books.items>` that anybody who may write can change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from services.books.mailbox_items import MailboxItems
from services.books.sharing import Sharing
from services.contacts.contact_checks import tidy_contact
from services.contacts.contact_groups import list_groups
from services.contacts.phone_numbers import region_of
from services.model.books import Book, BookId, Role
from services.model.contacts import ONLY_HERE, Contact, ContactContent, ContactId
from services.model.identity import Person
from services.model.times import Clock
from services.storage.store import Store

__all__ = ["Contacts"]


class Contacts(MailboxItems[Contact, ContactId, ContactContent]):
    """Use cases of contacts."""

    KIND = "contact"

    def __init__(self, store: Store, sharing: Sharing, clock: Clock) -> None:
        super().__init__(Contact, store.contacts, store, sharing, clock)
        self._store = store

    async def history(
        self, person: Person, book_id: BookId, contact_id: ContactId
    ) -> tuple[Contact, ...]:
        """Return a contact as it is and as it was in the last 30 days, the newest first.

        Raises:
            NotFound: there is none, as far as this person may know.
        """
        contact = await self.get(person, book_id, contact_id)
        book = await self._sharing.book_for(person, book_id, Role.READER)
        before = await self._ledger.history(book, contact_id)
        return (contact, *reversed(before))

    async def write_from_sync(
        self,
        person: Person,
        book_id: BookId,
        contact_id: ContactId | None,
        content: ContactContent,
        *,
        expect_revision: int,
    ) -> Contact:
        """Write what Outlook says; a contact that was deleted here comes back.

        Args:
            person: whose mailbox says it.
            book_id: the contact list.
            contact_id: the contact; ``None`` = a new one.
            content: as Outlook has it.
            expect_revision: the revision that this was planned from; 0 = there was no contact.

        Raises:
            NotFound: no such list for this person.
            ReadOnly: the list is archived.
            Stale: the contact has another revision.
        """
        return await self._write_from_sync(
            person, book_id, contact_id, content, expect_revision=expect_revision
        )

    async def add_from_sync(
        self, person: Person, book_id: BookId, new: Mapping[ContactId, ContactContent]
    ) -> tuple[Contact, ...]:
        """Write contacts that Outlook has and the list never had, all in one commit.

        Args:
            person: whose mailbox has them.
            book_id: the contact list.
            new: by the id that each shall have, its content.

        Raises:
            NotFound: no such list for this person.
            ReadOnly: the list is archived.
            Stale: one of them is there already, or was; nothing is written.
            TooLarge: they are more than a commit holds.
        """
        told: dict[ContactId, tuple[ContactContent, Mapping[str, Any]]] = {
            id: (content, {}) for id, content in new.items()
        }
        return await self._add_from_sync(person, book_id, told)

    async def _save_together(
        self, items: Sequence[Contact], book: Book, source: Person | None = None
    ) -> tuple[Contact, ...]:
        """Write contacts, and put groups on the list that it does not have yet."""
        saved = await super()._save_together(items, book, source)
        live = [item for item in saved if item.deleted_at is None]
        await list_groups(self._store, book, [name for one in live for name in one.content.groups])
        return saved

    def _saying(self, item: Contact, content: ContactContent, person: Person) -> Contact:
        """Return the contact as a mailbox says it, with what has no place there as it was."""
        kept = {name: getattr(item.content, name) for name in ONLY_HERE}
        return super()._saying(item, replace(content, **kept), person)

    def _tidy(
        self, content: ContactContent, book: Book, kept: ContactContent | None = None
    ) -> ContactContent:
        region = region_of(book.zone.key, book.language)
        return tidy_contact(content, kept, shape=book.shape, region=region)
