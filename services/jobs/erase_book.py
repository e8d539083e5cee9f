"""Take a deleted book away for good, once it has lain in the recycle bin for its time.

Its links go with it, and the copies that they made in people's Outlooks are taken back; then its
place on people's shelves; last the book with all its records. Every step may be repeated.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass, replace

from services.accounts.withdrawals import added_by, withdrawals
from services.books.book_bin import GONE_AFTER, WHILE_EMPTY
from services.model.accounts import LinkId
from services.model.books import Book, BookId
from services.model.errors import NotFound
from services.model.identity import Person, PersonHome
from services.model.tasks import Task
from services.model.times import Clock
from services.storage.store import Store

__all__ = ["EraseBook"]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseBook:
    """Carries out ``erase_book``; the key is the book's id."""

    store: Store
    clock: Clock

    async def __call__(self, task: Task) -> None:
        """Do it, unless it was taken out of the bin, or makes way and is not empty after all."""
        book = await self.store.books.find(task.tenant, BookId(task.key))
        if book is None or book.deleted_at is None:
            return
        due_at = book.deleted_at + GONE_AFTER
        if due_at > self.clock.now():  # it came back once, and was deleted again
            await self.store.tasks.put(replace(task, due_at=due_at))
            return
        if WHILE_EMPTY in task.payload and await self.store.events.revision(book):
            await self.store.books.save(replace(book, deleted_at=None))
            return
        for person, link in await self.store.links.of_book(book.tenant, book.id):
            with suppress(NotFound):  # it is only in the index
                await self._unlink(person, link)
        for person in await self._people(book):
            await self.store.shelves.remove(person, book.id)
        await self.store.books.erase(book)
        log.info("a deleted book is gone for good")

    async def _unlink(self, person: Person, id: LinkId) -> None:
        """Remove a link. No pass runs over it meanwhile, so its copies may go first."""
        link = await self.store.links.get(person, id)
        account = await self.store.accounts.get(person)
        if account is not None:
            added = await added_by(self.store, link)
            for each in withdrawals(account, added, self.clock.now(), stays=True):
                await self.store.tasks.put(each)
        if link.subscription is not None:  # Graph lets it lapse within a week
            await self.store.subscriptions.remove(link.subscription.id)
        await self.store.links.remove(link)

    async def _people(self, book: Book) -> list[Person]:
        """Return on whose shelves it stands; who has left the place is not let in by theirs."""
        if isinstance(book.home, PersonHome):
            return [book.home.person]
        home = book.home
        roster = await self.store.conversations.roster(home.tenant, home.conversation)
        return [member.person for member in roster]
