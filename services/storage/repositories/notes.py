"""What somebody writes down about a contact for themselves: in a partition of their own."""

from __future__ import annotations

from services.model.contacts import ContactId
from services.model.identity import Person
from services.model.notes import Note
from services.storage.codec import decode, encode
from services.storage.emptying import empty
from services.storage.repositories import places
from services.storage.sealed import Remove, Seal
from services.storage.vault import Vault

__all__ = ["NoteRecords"]

_KIND = "note"


class NoteRecords:
    """The notes of each person, one a contact."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def find(self, person: Person, contact: ContactId) -> Note | None:
        """Return what somebody has noted about a contact."""
        opened = await (await places.notes(self._vault, person)).get(_KIND, contact)
        return None if opened is None else decode(Note, opened.body)

    async def of_person(self, person: Person) -> tuple[Note, ...]:
        """Return all that somebody has noted, the oldest first."""
        opened = await (await places.notes(self._vault, person)).find(_KIND)
        notes = [decode(Note, each.body) for each in opened]
        return tuple(sorted(notes, key=lambda note: (note.written_at, note.contact)))

    async def put(self, person: Person, note: Note) -> None:
        """Keep a note in the place of the one before; an empty one is none."""
        partition = await places.notes(self._vault, person)
        if note.text:
            await partition.commit([Seal(kind=_KIND, id=note.contact, body=encode(note))])
        elif await partition.get(_KIND, note.contact) is not None:
            await partition.commit([Remove(kind=_KIND, id=note.contact)])

    async def erase(self, person: Person) -> None:
        """Forget all of them."""
        partition = await places.notes(self._vault, person)
        await empty(self._vault.records, partition.name, self._vault.clock.now())
