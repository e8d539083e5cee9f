"""Who has answered what to the events of a calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from services.model.answers import Given
from services.model.books import Book
from services.model.events import EventId
from services.model.identity import Person
from services.storage.codec import decode, encode
from services.storage.repositories import places
from services.storage.sealed import Remove, Seal, SealedWrite
from services.storage.vault import Vault

__all__ = ["AnswerRecords"]

_KIND = "answer"
_KEPT = timedelta(days=400)
_MOST = 90
"""Writes in one commit."""


class AnswerRecords:
    """One answer for each person and date, for 400 days after it was given."""

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
        await self.put_all([given], book)

    async def put_all(self, given: Sequence[Given], book: Book) -> None:
        """Keep answers, each in place of what the same person said before."""
        await self._commit([_seal(each) for each in given], book)

    async def remove_all(self, given: Sequence[Given], book: Book) -> None:
        """Forget answers."""
        await self._commit([Remove(kind=_KIND, id=_id(each)) for each in given], book)

    async def remove_of(self, book: Book, person: Person) -> int:
        """Forget what somebody has answered; return how many times that was."""
        found = await self.of_person(book, person)
        await self.remove_all(found, book)
        return len(found)

    async def _commit(self, writes: Sequence[SealedWrite], book: Book) -> None:
        partition = await places.answers(self._vault, book.tenant, book.id)
        for first in range(0, len(writes), _MOST):
            await partition.commit(writes[first : first + _MOST])


def _seal(given: Given) -> Seal:
    return Seal(
        kind=_KIND,
        id=_id(given),
        body=encode(given),
        labels=[given.event, _of(given.person)],
        expires_at=given.at + _KEPT,
    )


def _id(given: Given) -> str:
    return f"{given.event}/{_of(given.person)}/{given.original}"


def _of(person: Person) -> str:
    return f"{person.tenant}/{person.object_id}"
