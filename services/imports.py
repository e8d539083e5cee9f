"""Importing a file into a calendar or contact list: looked at first, written on somebody's word.

:meth:`Imports.look` reads a file, says what would come of it, and keeps the file, sealed, for an
hour. :meth:`Imports.begin` puts a durable task; :meth:`Imports.carry_out` reads the file again and
writes, in commits as full as they may be. Whoever is stopped in the middle begins again, and finds
what is done already as it should be.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from services.file_reading import FileReader, Here
from services.import_plan import Plan
from services.import_reading import kind_said
from services.import_ways import ContactWay, EventWay, Way
from services.model.books import Book, BookId, BookKind, Role
from services.model.contacts import Contact
from services.model.conversations import Conversation
from services.model.errors import NotFound
from services.model.events import Author, Event
from services.model.identity import Person
from services.model.imports import BadFile, Doubles, FileWrong, Imported, Preview, Reading
from services.model.tasks import Task, TaskKind
from services.model.times import Clock
from services.ripples import MEANWHILE, Ripples
from services.sharing import Sharing
from services.storage.repositories.exports import WaitingFile
from services.storage.store import Store

__all__ = ["KEPT_FOR", "Imports"]

KEPT_FOR = timedelta(hours=1)
"""How long a file waits for its import to be confirmed."""
_TITLES = 5
_AT_ONCE = 100_000
"""Bytes of a file that is imported while somebody waits: a few hundred events."""


class Imports:
    """Use cases of files that come in."""

    def __init__(
        self, store: Store, sharing: Sharing, clock: Clock, files: FileReader | None = None
    ) -> None:
        self._files = files = files or Here()
        self._store = store
        self._sharing = sharing
        self._clock = clock
        self._ripples = Ripples(store, clock)
        self._ways: dict[BookKind, Way] = {
            BookKind.CALENDAR: EventWay(store, files, clock),
            BookKind.CONTACTS: ContactWay(store, files, clock),
        }

    async def look(
        self, author: Author, book_id: BookId, data: bytes, *, name: str, language: str
    ) -> Preview:
        """Return what an import would do; the file waits behind the preview's token.

        Raises:
            NotFound: no such calendar or list for this person.
            NotAllowed: they may not write into it.
            ReadOnly: it is archived.
            BadFile: the file cannot be taken.
        """
        book = await self._writable(author, book_id)
        person = _person(author)
        reading = await self._ways[book.kind].read(data, book, language)
        plan = await self._plan(author, book, reading, Doubles.MERGE)
        expires_at = self._clock.now() + KEPT_FOR
        token = await self._store.exports.put(person, data, expires_at, name=name, media=language)
        return self._preview(book, reading, plan, token, name)

    async def look_again(
        self, author: Author, book_id: BookId, token: str, doubles: Doubles = Doubles.MERGE
    ) -> Preview:
        """Return what an import of a file that waits would do to another book, or otherwise.

        Args:
            author: who asks.
            book_id: the calendar or contact list.
            token: of the first preview.
            doubles: what to do with contacts that are likely there already.

        Raises:
            BadFile: it was imported already, or waits no longer.
            NotFound, NotAllowed, ReadOnly: as :meth:`look`.
        """
        book = await self._writable(author, book_id)
        waiting, reading = await self._read(author, book, token)
        plan = await self._plan(author, book, reading, doubles)
        return self._preview(book, reading, plan, token, waiting.name, doubles)

    async def kind_of(self, data: bytes) -> BookKind:
        """Return what a file is imported into: a calendar, or a contact list.

        Raises:
            BadFile: the file cannot be taken.
        """
        return kind_said(data) or await self._files.kind(data)

    async def kind(self, person: Person, token: str) -> BookKind:
        """Return what a file that waits is imported into: a calendar, or a contact list.

        Raises:
            BadFile: it was imported already, or waits no longer.
        """
        found = await self._store.exports.read(token)
        if found is None or found[0].person != person:
            raise BadFile(FileWrong.EXPIRED)
        return await self.kind_of(found[1])

    def _preview(
        self,
        book: Book,
        reading: Reading[Any],
        plan: Plan[Any],
        token: str,
        name: str,
        choice: Doubles = Doubles.MERGE,
    ) -> Preview:
        written = [*plan.new, *(new for _, new in plan.changed)]
        outcome, way = plan.outcome, self._ways[book.kind]
        return Preview(
            book=book,
            kind=book.kind,
            file=name or reading.name,
            token=token,
            new=outcome.new,
            changed=outcome.changed,
            same=outcome.same,
            gone=outcome.gone,
            titles=tuple(way.title(each) for each in written[:_TITLES]),
            troubles=plan.troubles,
            notes=reading.notes,
            doubles=plan.doubles,
            choice=choice,
            dropped=plan.dropped,
        )

    async def begin(
        self,
        author: Author,
        book_id: BookId,
        token: str,
        place: Conversation,
        doubles: Doubles = Doubles.MERGE,
        message: str = "",
    ) -> Imported | None:
        """Import the file behind a token: at once where it is small, else in the background.

        Args:
            author: who does it; the file must be theirs.
            book_id: the calendar.
            token: of the preview.
            place: where they are told, once a long one is done.
            doubles: what to do with contacts that are likely there already.
            message: in whose place they are told; empty = by a new one.

        Returns:
            What was done; ``None`` = it goes on by itself.

        Raises:
            BadFile: it was imported already, or waits no longer.
            NotFound, NotAllowed, ReadOnly: as :meth:`look`.
        """
        await self._writable(author, book_id)
        waiting = await self._store.exports.look(token)
        if waiting is None or waiting.person != author.person:
            raise BadFile(FileWrong.EXPIRED)
        now, at_once = self._clock.now(), waiting.size <= _AT_ONCE
        due_at = now + MEANWHILE if at_once else now
        task = self._task(author, book_id, token, place, due_at, doubles)
        payload = {**task.payload, "message": message}
        await self._store.tasks.put(replace(task, payload=payload))
        return await self.carry_out(author, book_id, token, doubles) if at_once else None

    async def carry_out(
        self, author: Author, book_id: BookId, token: str, doubles: Doubles = Doubles.MERGE
    ) -> Imported | None:
        """Import the file behind a token; ``None`` where that is done already.

        Raises:
            NotFound, NotAllowed, ReadOnly: as :meth:`look`.
        """
        book = await self._writable(author, book_id)
        try:
            _, reading = await self._read(author, book, token)
        except BadFile:
            return None
        plan = await self._plan(author, book, reading, doubles)
        await self._write(book, plan)
        await self._store.exports.take(token)
        return plan.outcome

    async def book(self, author: Author, book_id: BookId) -> Book:
        """Return the calendar of an import; errors as of :meth:`look`."""
        return await self._writable(author, book_id)

    async def drop(self, person: Person, token: str) -> None:
        """Let go of a file that shall not be imported."""
        waiting = await self._store.exports.look(token)
        if waiting is not None and waiting.person == person:
            await self._store.exports.take(token)

    async def _read(
        self, author: Author, book: Book, token: str
    ) -> tuple[WaitingFile, Reading[Any]]:
        found = await self._store.exports.read(token)
        if found is None or found[0].person != author.person:
            raise BadFile(FileWrong.EXPIRED)
        waiting, data = found
        way = self._ways[book.kind]
        reading = await way.read(data, book, waiting.media)
        return waiting, reading

    async def _plan(
        self, author: Author, book: Book, reading: Reading[Any], doubles: Doubles
    ) -> Plan[Any]:
        may_change = await self._rights(_person(author), book)
        return await self._ways[book.kind].plan(author, book, reading, may_change, doubles)

    async def _rights(self, person: Person, book: Book) -> Callable[[Event | Contact], bool]:
        role = await self._sharing.role_of(person, book)
        is_editor = role is not None and role >= Role.EDITOR
        return lambda item: is_editor or item.created_by.person == person

    async def _write(self, book: Book, plan: Plan[Any]) -> None:
        if plan.writes:
            ids = {new.id for _, new in plan.writes}
            async with self._ripples.of_all(book, ids, None):
                await self._ways[book.kind].save(plan, book)

    async def _writable(self, author: Author, book_id: BookId) -> Book:
        return await self._sharing.book_for(_person(author), book_id, Role.CONTRIBUTOR)

    def _task(
        self,
        author: Author,
        book: BookId,
        token: str,
        place: Conversation,
        due_at: datetime,
        doubles: Doubles,
    ) -> Task:
        person = _person(author)
        return Task(
            kind=TaskKind.IMPORT_FILE,
            tenant=person.tenant,
            key=token,
            payload={
                "person": person.object_id,
                "name": author.name,
                "book": book,
                "token": token,
                "host": place.tenant,
                "place": place.id,
                "doubles": doubles.value,
            },
            due_at=due_at,
        )


def _person(author: Author) -> Person:
    if author.person is None:
        raise NotFound("book")
    return author.person
