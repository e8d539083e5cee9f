"""People, books, mailboxes and two instances of the program around one store.

:class:`House` is what the walks of the model test happen in. Who has linked what with which mailbox
is one of :data:`SETTINGS`. The people work through a process of their own, which never dies; two
others, ``a`` and ``b``, share the queue's tasks and the mailboxes' leases, are killed at a commit
or a request, and begin anew. All of it is the real program, from the worker down to the records in
an SQLite file; in place of Microsoft 365 stand :class:`~._folder.Folder` s.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from services.accounts.links import Links
from services.books.items import Items
from services.books.sharing import Sharing
from services.contacts.contacts import Contacts
from services.events.events import Events
from services.model.accounts import Link, LinkId, RemoteId
from services.model.books import Book, BookId, BookKind
from services.model.identity import Person
from services.model.tasks import sync_task
from services.storage.repositories.ledger import Ledger
from services.storage.store import open_store
from tests._fakes import FrozenClock
from tests.services.sync._crashing import Crash
from tests.services.sync.model._contacts import ContactWords
from tests.services.sync.model._events import EventWords
from tests.services.sync.model._faces import on_the_spot
from tests.services.sync.model._file import a_row_of_random, open_file
from tests.services.sync.model._folder import Faults, Folder, Stock
from tests.services.sync.model._instance import Process, Surroundings, a_process
from tests.services.sync.model._start import BOOKS, KEYS, SETTINGS, Start, somebody
from tests.services.sync.model._values import Words

__all__ = ["AFTER_THE_DEAD", "House", "Tie"]

AFTER_THE_DEAD = 301.0
"""Seconds until nothing holds a dead process's claims and leases any more."""


@dataclass
class Tie:
    """A book and the folder of somebody's mailbox that it is linked with."""

    person: Person
    book: Book
    folder: Folder
    link: LinkId
    known: set[RemoteId] = field(default_factory=set)
    """What was there when somebody linked again: the team knows it already."""
    strayed: set[RemoteId] = field(default_factory=set)
    """What was out of sight: it may meet what has been made of it meanwhile."""
    is_deaf: bool = False
    """Whether only Outlook is told: then what somebody writes there is put back, or goes."""
    is_quiet: bool = False
    """Whether reminders stay where they are, and copies may be taken back with theirs."""
    writes: int = 0
    """How often Outlook had been written when somebody last chose a direction."""

    @property
    def words(self) -> Words[Any]:
        return self.folder.words


class House:
    """See the module. A row of random bytes begins with it and ends with :meth:`close`."""

    def __init__(self, start: Start) -> None:
        start = start.copied()
        self._rest = ExitStack()
        self._file = start.file
        self._rest.enter_context(a_row_of_random(start.random))
        self._rest.enter_context(on_the_spot())
        self.clock, self.count, self.faults = FrozenClock(start.now), start.count, Faults()
        self.words: dict[BookKind, Words[Any]] = {
            BookKind.CALENDAR: EventWords(self.count),
            BookKind.CONTACTS: ContactWords(self.count),
        }
        self.ties = [
            self._tie(number, stock, *SETTINGS[start.setting][number])
            for number, stock in enumerate(start.stocks)
        ]
        self._processes: dict[str, Process] = {}
        self._at_work: set[str] = set()

    @property
    def folders(self) -> list[Folder]:
        return [tie.folder for tie in self.ties]

    @property
    def books(self) -> list[Book]:
        return list({tie.book.id: tie.book for tie in self.ties}.values())

    async def open(self) -> None:
        self._disk, self._connection = open_file(self._file, self.clock)
        self.store = await open_store(self._disk, KEYS, self.clock)
        sharing = Sharing(self.store)
        self.events = Events(self.store, sharing, self.clock)
        self.contacts = Contacts(self.store, sharing, self.clock)
        self._around = Surroundings(
            disk=self._disk,
            keys=KEYS,
            clock=self.clock,
            faults=self.faults,
            folder_of=lambda calendar: self.ties[int(calendar.removeprefix("folder-"))].folder,
            folders_of=self._folders_of,
        )
        self.first = {item.id for book in self.books for item in await self.team(book)}
        self.links = Links(self.store, sharing, self._around.mailbox_of, self.clock)
        for name in ("a", "b"):
            self._processes[name] = await a_process(name, self._around)

    def close(self) -> bytes:
        """Return the file as it is then."""
        file = self._connection.serialize()
        self._connection.close()
        self._rest.close()
        return file

    # -- the team's side ---------------------------------------------------------------------

    def items(self, book: Book) -> Items[Any, Any, Any]:
        return self.events if book.kind is BookKind.CALENDAR else self.contacts

    def ledger(self, book: Book) -> Ledger[Any, Any]:
        is_calendar = book.kind is BookKind.CALENDAR
        return self.store.events if is_calendar else self.store.contacts

    async def team(self, book: Book) -> list[Any]:
        """What is there, in an order that does not follow from ids."""
        items, _ = await self.ledger(book).changes(book, 0)
        there = [item for item in items if item.deleted_at is None]
        return sorted(there, key=lambda item: item.created_at)

    async def link(self, tie: Tie) -> Link:
        return await self.store.links.get(tie.person, tie.link)

    async def keep_picture(self, book: Book, content: Any) -> None:
        """Keep the picture that somebody is about to give a contact."""
        if book.kind is BookKind.CONTACTS and content.photo:
            await self.store.photos.put(book, content.photo, self.count.faces.kept(content.photo))

    # -- the machines ------------------------------------------------------------------------

    async def work(
        self,
        name: str,
        dies_at: int | None = None,
        *,
        is_after: bool = False,
        between: Callable[[], Awaitable[None]] | None = None,
    ) -> bool:
        """Have an instance do what is due; it may die at its n-th commit, before it or after it.

        In place of its death something may come ``between``. Return whether it is dead.
        """
        process = self._processes[name]
        self._at_work.add(name)
        process.records.slip = between
        process.records.is_after = is_after
        process.records.countdown = dies_at
        try:
            await process.worker.drain()
        except Crash:
            await process.worker.stop(0)
        self._at_work.discard(name)
        for failure in process.failures:
            raise failure
        is_dead = process.records.is_dead
        if is_dead:
            self._processes[name] = await a_process(name, self._around)
        process.records.countdown, process.records.slip = None, None
        if process.lost:  # five have died with it, and it is tried again an hour later
            process.lost.clear()
            await self.wake()
            return await self.work(name) or is_dead
        return is_dead

    async def others_work(self) -> None:
        """Have those work that are not at it."""
        for name in sorted(self._processes.keys() - self._at_work):
            await self.work(name)

    async def wake(self) -> None:
        """Have every link looked at now, as a notification would."""
        for tie in self.ties:
            await self.store.tasks.put(sync_task(tie.person, tie.link, self.clock.now()))

    def _tie(self, number: int, stock: Stock, who: str, book: BookId) -> Tie:
        kind = BOOKS[book].kind
        is_list = kind is BookKind.CONTACTS
        folder = Folder(number, self.words[kind], self.clock, is_list=is_list, stock=stock)
        return Tie(somebody(who), BOOKS[book], folder, LinkId(f"link-{number}"))

    def tie_of(self, folder: Folder) -> Tie:
        return self.ties[folder.number]

    def _folders_of(self, person: Person) -> list[Folder]:
        return [tie.folder for tie in self.ties if tie.person == person]
