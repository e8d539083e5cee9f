"""Private notes: what each person keeps about a contact for themselves.

They are in the person's own partition, so no way out of the list (an export, a sync, a search, a
copy) ever meets them. They go with "export my data" and "erase my data".
"""

from __future__ import annotations

from services.contacts.contacts import Contacts
from services.model.books import BookId
from services.model.contacts import Contact, ContactId
from services.model.errors import InvalidInput, Problem, Wrong
from services.model.identity import Person
from services.model.notes import Note
from services.model.times import Clock
from services.storage.store import Store
from services.tidy_text import several_lines

__all__ = ["MAX_NOTE", "MyNotes"]

MAX_NOTE = 5_000


class MyNotes:
    """Use cases of private notes."""

    def __init__(self, store: Store, contacts: Contacts, clock: Clock) -> None:
        self._store = store
        self._contacts = contacts
        self._clock = clock

    async def read(
        self, person: Person, book_id: BookId, contact_id: ContactId
    ) -> tuple[Contact, str]:
        """Return a contact and what this person has noted about it.

        Raises:
            NotFound: there is no such contact, as far as this person may know.
        """
        contact = await self._contacts.get(person, book_id, contact_id)
        note = await self._store.notes.find(person, contact.id)
        return contact, note.text if note else ""

    async def write(
        self, person: Person, book_id: BookId, contact_id: ContactId, text: str
    ) -> Contact:
        """Keep what a person notes about a contact, in the place of what was noted before.

        Raises:
            NotFound: there is no such contact, as far as this person may know.
            InvalidInput: it is too long.
        """
        contact = await self._contacts.get(person, book_id, contact_id)
        text = several_lines(text)
        if len(text) > MAX_NOTE:
            raise InvalidInput(Problem("my_note", Wrong.TOO_LONG, MAX_NOTE))
        now = self._clock.now()
        note = Note(book=contact.book, contact=contact.id, text=text, written_at=now)
        await self._store.notes.put(person, note)
        return contact
