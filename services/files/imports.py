"""Importing a file into a calendar or contact list: looked at first, written on somebody's word.

:meth:`Imports.look` reads a file, says what would come of it, and keeps the file, sealed, for an
hour. :meth:`Imports.begin` puts a durable task; :meth:`Imports.carry_out` reads the file again and
writes, in commits as full as they may be. Whoever is stopped in the middle begins again, and finds
what is done already as it should be.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import chain, islice
from typing import Any

from services.books.ripples import MEANWHILE, Ripples
from services.books.sharing import Sharing
from services.files.file_reading import FileReader, Here, in_one
from services.files.import_doubles import ImportDoubles
from services.files.import_plan import Plan
from services.files.import_reading import kind_said
from services.files.import_ways import ContactWay, EventWay, Given, Told, Way, nobody
from services.model.books import Book, BookId, BookKind, Role
from services.model.contacts import Contact
from services.model.conversations import Conversation
from services.model.errors import NotFound, Stale
from services.model.events import Author, Event
from services.model.identity import Person
from services.model.imports import BadFile, Doubles, FileWrong, Imported, Preview
from services.model.tasks import Task, TaskKind
from services.model.times import Clock
from services.storage.repositories.exports import WaitingFile
from services.storage.store import Store

__all__ = ["KEPT_FOR", "Imports"]

Written = Callable[[Imported], Awaitable[None]]

KEPT_FOR = timedelta(hours=1)
"""How long a file waits for its import to be confirmed."""
_TITLES = 5
_TRIES = 4
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
        self.doubles = ImportDoubles(store)
        """What becomes of each that is likely there already."""
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
        plan = await self._plan(Given(author, book, in_one(data), language))
        expires_at = self._clock.now() + KEPT_FOR
        token = await self._store.exports.put(person, data, expires_at, name=name, media=language)
        return await self._preview(book, plan, token, name, Doubles.MERGE)

    async def look_again(self, author: Author, book_id: BookId, token: str) -> Preview:
        """Return what an import of a file that waits would do to another book, or otherwise.

        Args:
            author: who asks.
            book_id: the calendar or contact list.
            token: of the first preview.

        Raises:
            BadFile: it was imported already, waits no longer, or is somebody else's.
            NotFound, NotAllowed, ReadOnly: as :meth:`look`.
        """
        book = await self._writable(author, book_id)
        waiting, given = await self._given(author, book, token)
        plan = await self._plan(given)
        return await self._preview(book, plan, token, waiting.name, given.choices.all)

    async def kind_of(self, data: bytes) -> BookKind:
        """Return what a file is imported into: a calendar, or a contact list.

        Raises:
            BadFile: the file cannot be taken.
        """
        return kind_said(data) or await self._files.kind(data)

    async def kind(self, person: Person, token: str) -> BookKind:
        """Return what a file that waits is imported into: a calendar, or a contact list.

        Raises:
            BadFile: it was imported already, waits no longer, or is somebody else's.
        """
        await self._store.exports.waiting(person, token)
        data = b"".join([piece async for piece in self._store.exports.pieces(token)])
        return await self.kind_of(data)

    async def _preview(
        self, book: Book, plan: Plan[Any], token: str, name: str, choice: Doubles
    ) -> Preview:
        """Return what people see of a plan; what is twice in it waits beside the file."""
        if plan.doubles:
            await self.doubles.keep(token, plan.doubles, choice)
        outcome, way = plan.outcome, self._ways[book.kind]
        return Preview(
            book=book,
            kind=book.kind,
            file=name or plan.name,
            token=token,
            new=outcome.new,
            changed=outcome.changed,
            same=outcome.same,
            gone=outcome.gone,
            titles=tuple(way.title(new) for _, new in islice(plan.writes, _TITLES)),
            troubles=plan.troubles,
            notes=plan.notes,
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
        message: str = "",
    ) -> Imported | None:
        """Import the file behind a token: at once where it is small, else in the background.

        Args:
            author: who does it; the file must be theirs.
            book_id: the calendar.
            token: of the preview.
            place: where they are told, once a long one is done.
            message: in whose place they are told; empty = by a new one.

        Returns:
            What was done; ``None`` = it goes on by itself.

        Raises:
            BadFile: it was imported already, waits no longer, or is somebody else's.
            NotFound, NotAllowed, ReadOnly: as :meth:`look`.
        """
        await self._writable(author, book_id)
        waiting = await self._store.exports.waiting(_person(author), token)
        now, at_once = self._clock.now(), waiting.size <= _AT_ONCE
        due_at = now + MEANWHILE if at_once else now
        task = _task(author, book_id, token, place, due_at)
        payload = {**task.payload, "message": message}
        await self._store.tasks.put(replace(task, payload=payload))
        if not at_once:
            return None
        done = await self.carry_out(author, book_id, token)
        if done is None:  # by somebody who pressed at the same moment
            raise BadFile(FileWrong.EXPIRED)
        return done

    async def carry_out(
        self,
        author: Author,
        book_id: BookId,
        token: str,
        told: Told = nobody,
        *,
        written: Written | None = None,
    ) -> Imported | None:
        """Import the file behind a token; ``None`` where that is done already.

        ``told`` hears how far it is; ``written`` what was done, before the file is let go.

        Raises:
            NotFound, NotAllowed, ReadOnly: as :meth:`look`.
            Stale: what it writes is being changed all the time.
        """
        book = await self._writable(author, book_id)
        for tries_left in reversed(range(_TRIES)):
            try:
                _, given = await self._given(author, book, token)
                plan = await self._plan(given, told)
            except BadFile:
                return None
            try:
                await self._write(book, plan, told)
                break
            except Stale:  # somebody has touched some of it meanwhile: it is planned anew
                if not tries_left:
                    raise
        if written is not None:
            await written(plan.outcome)
        await self._store.exports.drop(token)
        return plan.outcome

    async def book(self, author: Author, book_id: BookId) -> Book:
        """Return the calendar of an import; errors as of :meth:`look`."""
        return await self._writable(author, book_id)

    async def drop(self, person: Person, token: str) -> None:
        """Let go of a file that shall not be imported; of one that is gone, nothing is left to do.

        Raises:
            BadFile: it is somebody else's.
        """
        try:
            await self._store.exports.waiting(person, token)
        except BadFile as err:
            if err.why is not FileWrong.EXPIRED:
                raise
        else:
            await self._store.exports.drop(token)

    async def _given(self, author: Author, book: Book, token: str) -> tuple[WaitingFile, Given]:
        """Return the file behind a token, and how it shall be imported."""
        waiting = await self._store.exports.waiting(_person(author), token)
        choices, file = await self.doubles.choices(token), self._store.exports.pieces(token)
        return waiting, Given(author, book, file, waiting.media, choices)

    async def _plan(self, given: Given, told: Told = nobody) -> Plan[Any]:
        may_change = await self._rights(_person(given.author), given.book)
        return await self._ways[given.book.kind].plan(given, may_change, told)

    async def _rights(self, person: Person, book: Book) -> Callable[[Event | Contact], bool]:
        role = await self._sharing.role_of(person, book)
        is_editor = role is not None and role >= Role.EDITOR
        return lambda item: is_editor or item.created_by.person == person

    async def _write(self, book: Book, plan: Plan[Any], told: Told) -> None:
        if plan.number:
            # What is new was never shown: only of the others can there be posts.
            ids = {new.id for _, new in chain(plan.changed, plan.gone)}
            async with self._ripples.of_all(book, ids, None):
                await self._ways[book.kind].save(plan, book, told)

    async def _writable(self, author: Author, book_id: BookId) -> Book:
        return await self._sharing.book_for(_person(author), book_id, Role.CONTRIBUTOR)


def _task(author: Author, book: BookId, token: str, place: Conversation, due_at: datetime) -> Task:
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
        },
        due_at=due_at,
    )


def _person(author: Author) -> Person:
    if author.person is None:
        raise NotFound("book")
    return author.person
