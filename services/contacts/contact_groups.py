"""The groups of a contact list: made, renamed, taken away, and what that does to their members.

A contact bears its groups by name (see docs/decisions.md), so a new name reaches each member by a
write of its own: while its author waits, or by a task (:mod:`services.jobs.carry_group`) where
there are many. The list knows the new name first; doing any of it again does no harm.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from msgspec import Struct

from services.books.ripples import MEANWHILE, Ripples
from services.books.sharing import Sharing
from services.model.audit import AuditEntry
from services.model.books import Book, BookId, BookKind, Role
from services.model.contacts import Contact
from services.model.deeds import Deed
from services.model.errors import InvalidInput, NotFound, Problem, Stale, Wrong
from services.model.events import Author
from services.model.identity import ObjectId, Person, TenantId
from services.model.tasks import Task, TaskKind
from services.model.times import Clock
from services.storage.codec import decode
from services.storage.store import Store
from services.tidy_text import names, one_line

__all__ = ["MAX_GROUPS", "ContactGroups", "Group", "Regrouped", "author_of", "list_groups"]

MAX_GROUPS = 200
MAX_NAME = 100
AT_ONCE = 200
"""Members that are written while somebody waits."""
BATCH = 400
TRIES = 5


class _Grouped(Struct):
    groups: tuple[str, ...] = ()


class _Contact(Struct):
    content: _Grouped
    deleted_at: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A group, and how many are in it."""

    name: str
    members: int


@dataclass(frozen=True, slots=True)
class Regrouped:
    """What became of a group's members."""

    book: Book
    members: int
    is_done: bool
    """False where a task is still at it."""


class ContactGroups:
    """Use cases of groups; whoever edits the list cares for its groups."""

    def __init__(self, store: Store, sharing: Sharing, clock: Clock) -> None:
        self._store = store
        self._sharing = sharing
        self._clock = clock
        self._ripples = Ripples(store, clock)

    async def of(self, person: Person, book_id: BookId) -> tuple[Group, ...]:
        """Return the groups of a list by their names, also those that nobody is in.

        Raises:
            NotFound: no such contact list for this person.
        """
        book = await self._sharing.book_for(person, book_id, Role.READER)
        members: Counter[str] = Counter()
        async for page, _ in self._store.contacts.unread(book, 0):
            for record in page:
                held = decode(_Contact, record.body)
                members.update(() if held.deleted_at else held.content.groups)
        known = names((*book.shape.groups, *members))
        return tuple(Group(name, members[name]) for name in sorted(known, key=str.casefold))

    async def make(self, author: Author, book_id: BookId, name: str) -> Book:
        """Make a group that nobody is in yet.

        Raises:
            NotFound, NotAllowed, ReadOnly: no such list, not an editor, or archived.
            InvalidInput: the name cannot be taken.
        """
        book = await self._editable(author, book_id)
        name = _tidied(name)
        if book.shape.group(name) is not None:
            raise InvalidInput(Problem("group_name", Wrong.TAKEN))
        if len(book.shape.groups) >= MAX_GROUPS:
            raise InvalidInput(Problem("group_name", Wrong.TOO_MANY, MAX_GROUPS))
        await self._note(author, book)
        return await list_groups(self._store, book, [name])

    async def rename(self, author: Author, book_id: BookId, old: str, new: str) -> Regrouped:
        """Give a group another name, here and in each of its members.

        Raises:
            NotFound, NotAllowed, ReadOnly: no such list or group, not an editor, or archived.
            InvalidInput: the name cannot be taken.
        """
        book = await self._editable(author, book_id)
        new = _tidied(new)
        old = self._known(book, old)
        there = book.shape.group(new)
        if there is not None and there != old:
            raise InvalidInput(Problem("group_name", Wrong.TAKEN))
        return await self._regroup(author, book, old, new)

    async def remove(self, author: Author, book_id: BookId, name: str) -> Regrouped:
        """Take a group away; its members stay, without it.

        Raises:
            NotFound, NotAllowed, ReadOnly: no such list or group, not an editor, or archived.
        """
        book = await self._editable(author, book_id)
        return await self._regroup(author, book, self._known(book, name), "")

    async def carry(self, author: Author, book_id: BookId, old: str, new: str) -> int:
        """Write into all members of a group what it is called now; return how many there were.

        Args:
            author: who renamed it or took it away.
            book_id: the list.
            old: its name before.
            new: its name now; empty = it is gone.

        Raises:
            NotFound, NotAllowed, ReadOnly: no such list, not an editor, or archived.
        """
        book = await self._editable(author, book_id)
        members = await self._members(book, old)
        now = self._clock.now()
        for first in range(0, len(members), BATCH):
            batch = members[first : first + BATCH]
            changed = [
                replace(
                    contact,
                    content=replace(
                        contact.content, groups=_renamed(contact.content.groups, old, new)
                    ),
                    updated_by=author,
                    updated_at=now,
                )
                for contact in batch
            ]
            async with self._ripples.of_all(book, [each.id for each in batch], None):
                await self._store.contacts.save_all(list(zip(batch, changed, strict=True)), book)
        return len(members)

    async def _regroup(self, author: Author, book: Book, old: str, new: str) -> Regrouped:
        members = len(await self._members(book, old))
        now, is_large = self._clock.now(), members > AT_ONCE
        task = _carrying(book, author, old, new, now + MEANWHILE)
        await self._store.tasks.put(task)
        await self._note(author, book)
        kept = [group for group in book.shape.groups if group != old]
        book = await _saved(self._store, book, [*kept, new] if new else kept)
        if is_large:
            await self._store.tasks.put(replace(task, due_at=now))
        else:
            await self.carry(author, book.id, old, new)
        return Regrouped(book, members, is_done=not is_large)

    async def _members(self, book: Book, name: str) -> list[Contact]:
        found = []
        async for page, _ in self._store.contacts.unread(book, 0):
            for record in page:
                held = decode(_Contact, record.body)
                if held.deleted_at is None and name in held.content.groups:
                    found.append(record)
        read = self._store.contacts.read
        return [read(record.body, record.revision) for record in found]

    def _known(self, book: Book, name: str) -> str:
        found = book.shape.group(name)
        if found is None:
            raise NotFound("group")
        return found

    async def _editable(self, author: Author, book_id: BookId) -> Book:
        if author.person is None:
            raise NotFound("book")
        book = await self._sharing.book_for(author.person, book_id, Role.EDITOR)
        if book.kind is not BookKind.CONTACTS:
            raise NotFound("book")
        return book

    async def _note(self, author: Author, book: Book) -> None:
        now = self._clock.now()
        entry = AuditEntry(at=now, by=author, deed=Deed.SET, kind="book", item=book.id)
        await self._store.audit.add(book, entry)


async def list_groups(store: Store, book: Book, found: Iterable[str]) -> Book:
    """Put groups that contacts bear on their list, as many as it holds; return the list.

    Called for every contact that is written, so nothing is read where all are there already.
    """
    new = [name for name in names(found) if book.shape.group(name) is None]
    if not new:
        return book
    return await _saved(store, book, [*book.shape.groups, *new])


async def _saved(store: Store, book: Book, groups: list[str]) -> Book:
    """Store the groups of a list, over whatever else somebody changes about it meanwhile."""
    before = book.shape.groups
    for _ in range(TRIES):
        added = [each for each in book.shape.groups if each not in before]
        kept = sorted(names((*groups, *added)), key=str.casefold)[:MAX_GROUPS]
        shape = replace(book.shape, groups=tuple(kept))
        try:
            return await store.books.save(replace(book, shape=shape))
        except Stale:
            book = await store.books.get(book.tenant, book.id)
    raise Stale("the list keeps changing")


def _tidied(name: str) -> str:
    name = one_line(name)
    if not name:
        raise InvalidInput(Problem("group_name", Wrong.MISSING))
    if len(name) > MAX_NAME:
        raise InvalidInput(Problem("group_name", Wrong.TOO_LONG, MAX_NAME))
    return name


def _renamed(groups: Iterable[str], old: str, new: str) -> tuple[str, ...]:
    def each() -> Iterator[str]:
        for group in groups:
            yield new if group == old else group

    return names(each())


def author_of(task: Task) -> Author:
    """Return who renamed the group that a task is about, or took it away."""
    person = Person(TenantId(task.payload["of"]), ObjectId(task.payload["person"]))
    return Author(person, task.payload["name"])


def _carrying(book: Book, author: Author, old: str, new: str, due_at: datetime) -> Task:
    assert author.person is not None, "somebody who may edit"
    return Task(
        kind=TaskKind.CARRY_GROUP,
        tenant=book.tenant,
        key=f"{book.id}/{old}",
        payload={
            "book": book.id,
            "old": old,
            "new": new,
            "person": author.person.object_id,
            "of": author.person.tenant,
            "name": author.name,
        },
        due_at=due_at,
    )
