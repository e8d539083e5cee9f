"""Who has answered what to the events of a calendar."""

from __future__ import annotations

from datetime import timedelta

from services.model.answers import Given
from services.model.books import Book
from services.model.events import EventId
from services.model.identity import Person
from services.storage.codec import decode, encode
from services.storage.repositories import places
from services.storage.sealed import Remove, Seal
from services.storage.vault import Vault

__all__ = ["AnswerRecords"]

_KIND = "answer"
_KEPT = timedelta(days=400)
_MOST = 90
"""Removals in one commit."""


class AnswerRecords:
    """One answer for each person and date, for a year after it was given."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def of_event(self, book: Book, event: EventId) -> tuple[Given, ...]:
        """Return all answers to an event and to its dates."""
        partition = await places.answers(self._vault, book.tenant, book.id)
        found = await partition.find(_KIND, [event])
        return tuple(decode(Given, each.body) for each in found)

    async def of_person(self, book: Book, person: Person) -> tuple[Given, ...]:
        """Return all that somebody has answered."""
        partition = await places.answers(self._vault, book.tenant, book.id)
        found = await partition.find(_KIND, [_of(person)])
        return tuple(decode(Given, each.body) for each in found)

    async def put(self, given: Given, book: Book) -> None:
        """Keep an answer, in place of what the same person said before."""
        seal = Seal(
            kind=_KIND,
            id=_id(given),
            body=encode(given),
            labels=[given.event, _of(given.person)],
            expires_at=given.at + _KEPT,
        )
        await (await places.answers(self._vault, book.tenant, book.id)).commit([seal])

    async def remove_of(self, book: Book, person: Person) -> int:
        """Forget what somebody has answered; return how many times that was."""
        partition = await places.answers(self._vault, book.tenant, book.id)
        found = await self.of_person(book, person)
        for first in range(0, len(found), _MOST):
            batch = found[first : first + _MOST]
            await partition.commit([Remove(kind=_KIND, id=_id(each)) for each in batch])
        return len(found)


def _id(given: Given) -> str:
    return f"{given.event}/{_of(given.person)}/{given.original}"


def _of(person: Person) -> str:
    return f"{person.tenant}/{person.object_id}"
