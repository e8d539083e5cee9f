"""A copy of a calendar or contact list, with its settings, rights and what is in it.

The copy stands on its own: nothing links the two. A small one is made while its author waits, a
large one by a task (:mod:`services.jobs.clone_book`), and its author is told. Each item's copy has
an id that follows from the two, so what was begun goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from services.books.calendars import Calendars
from services.books.rights import granted
from services.books.ripples import MEANWHILE, Ripples
from services.books.sharing import Sharing
from services.ids import id_of
from services.model.access import Access, Role
from services.model.books import Book, BookId, BookKind
from services.model.contact_lists import ListShape
from services.model.contacts import Contact, ContactId
from services.model.errors import NotFound
from services.model.events import Author, Event, EventId
from services.model.identity import Home, ObjectId, Person, TenantId
from services.model.tasks import Task, TaskKind
from services.model.times import Clock
from services.model.veil import is_veiled, seen_by
from services.storage.repositories.ledger import Ledger
from services.storage.store import Store

__all__ = ["AT_ONCE", "TOLD", "Cloned", "Clones", "Wanted", "author_of"]

AT_ONCE = 50
"""Items that are copied while somebody waits."""
BATCH = 400
"""Items that are written between two rounds of tasks for what follows from them."""
TOLD = "is_told"
"""In the payload of a task: whether its author waits for word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody wants a copy of, and what goes with it."""

    name: str
    items: bool = True
    """Events or contacts; without them, the copy is as empty as a new one."""
    rights: bool = True
    """Who may do what; only where the copy is in the place of the original."""


@dataclass(frozen=True, slots=True)
class Cloned:
    """A copy."""

    book: Book
    items: int
    """How many there are to copy, if any."""
    is_done: bool
    """False where a task is still at it."""


class Clones:
    """Use cases of copies."""

    def __init__(self, store: Store, sharing: Sharing, calendars: Calendars, clock: Clock) -> None:
        self._store = store
        self._sharing = sharing
        self._calendars = calendars
        self._clock = clock
        self._ripples = Ripples(store, clock)

    async def make(
        self, author: Author, source: BookId, home: Home, wanted: Wanted, draft: str
    ) -> Cloned:
        """Make a copy; the same ``draft`` makes it once.

        Args:
            author: who may look at the source, and make a book in ``home``.
            source: what is to be copied.
            home: the place of the copy.
            wanted: what goes with it.
            draft: the random name of the form.

        Raises:
            NotFound: no such book, or not of this place, as far as this person may know.
            NotAllowed: they may make none here.
            ReadOnly: the place is archived.
            InvalidInput: the name cannot be taken.
        """
        if author.person is None:
            raise NotFound("book")
        original = await self._sharing.book_for(author.person, source, Role.READER)
        profile = replace(original.profile, name=wanted.name)
        copy = await self._calendars.make(author, home, original.kind, profile, draft)
        if wanted.rights and home == original.home and copy.access != original.access:
            copy = await self._with_rights(copy, original.access, author.person)
        if copy.shape == ListShape() != original.shape:
            copy = await self._store.books.save(replace(copy, shape=original.shape))
        items = await self._ledger(original).count(original) if wanted.items else 0
        if not items:
            return Cloned(copy, 0, is_done=True)
        now = self._clock.now()
        is_large = items > AT_ONCE
        due_at = now + MEANWHILE
        task = _copying(original, copy, author, author.person, due_at, is_told=is_large)
        await self._store.tasks.put(task)
        if is_large:
            await self._store.tasks.put(replace(task, due_at=now))
            return Cloned(copy, items, is_done=False)
        await self.fill(author, original.id, copy.id)
        return Cloned(copy, items, is_done=True)

    async def fill(self, author: Author, source: BookId, target: BookId) -> tuple[Book, int]:
        """Copy what is not copied yet; return the copy, and how many items it has by that.

        Raises:
            NotFound: one of the two is gone, or out of the author's sight.
        """
        if author.person is None:
            raise NotFound("book")
        original = await self._sharing.book_for(author.person, source, Role.READER)
        copy = await self._sharing.book_for(author.person, target, Role.CONTRIBUTOR)
        ledger = self._ledger(original)
        items, _ = await ledger.changes(original, 0)
        there, _ = await ledger.changes(copy, 0)
        known = {item.id for item in there}
        copies = [self._copied(item, copy, author) for item in items if _is_shown(item, author)]
        made = [each for each in copies if each.id not in known]
        for first in range(0, len(made), BATCH):
            batch = made[first : first + BATCH]
            await self._bring_photos(batch, original, copy)
            async with self._ripples.of_all(copy, [each.id for each in batch], None):
                await ledger.save_all([(None, each) for each in batch], copy)
        return copy, len(copies)

    def _copied(self, item: Event | Contact, copy: Book, author: Author) -> Event | Contact:
        now, id = self._clock.now(), id_of("copy", copy.id, item.id)
        by: dict[str, Any] = {
            "created_by": author,
            "created_at": now,
            "updated_by": author,
            "updated_at": now,
        }
        if isinstance(item, Event):
            content = seen_by(item, author.person).content
            return Event(id=EventId(id), book=copy.id, content=content, **by)
        return Contact(id=ContactId(id), book=copy.id, content=item.content, **by)

    async def _bring_photos(
        self, made: Sequence[Event | Contact], original: Book, copy: Book
    ) -> None:
        """Give the copy the pictures that its contacts show, under the same ids."""
        for each in made:
            if isinstance(each, Contact) and each.content.photo:
                id = each.content.photo
                png = await self._store.photos.find(original.tenant, original.id, id)
                if png is not None:
                    await self._store.photos.put(copy, id, png)

    def _ledger(self, book: Book) -> Ledger[Any, Any]:
        return self._store.events if book.kind is BookKind.CALENDAR else self._store.contacts

    async def _with_rights(self, copy: Book, access: Access, person: Person) -> Book:
        """Give the copy the rights of the original; its author owns it all the same."""
        return await self._store.books.save(
            replace(copy, access=granted(access, person, Role.OWNER))
        )


def _is_shown(item: Event | Contact, author: Author) -> bool:
    """Whether an item is copied: what is deleted is not, nor somebody else's secret."""
    if item.deleted_at is not None:
        return False
    return not (isinstance(item, Event) and is_veiled(item, author.person))


def author_of(task: Task) -> Author:
    """Return who asked for the copy that a task makes."""
    person = Person(TenantId(task.payload["of"]), ObjectId(task.payload["person"]))
    return Author(person, task.payload["name"])


def _copying(
    original: Book, copy: Book, author: Author, person: Person, due_at: datetime, *, is_told: bool
) -> Task:
    return Task(
        kind=TaskKind.CLONE_BOOK,
        tenant=copy.tenant,
        key=copy.id,
        payload={
            "source": original.id,
            "person": person.object_id,
            "of": person.tenant,
            "name": author.name,
            TOLD: "yes" if is_told else "",
        },
        due_at=due_at,
    )
