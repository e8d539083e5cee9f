"""Tell somebody what others have changed in a calendar or list, many changes in one message."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from services.events.reminders import quiet_end
from services.events.watching import Watching
from services.model.books import Book, BookKind
from services.model.contacts import Contact
from services.model.errors import TooOld
from services.model.events import Event
from services.model.identity import PersonHome
from services.model.notices import Announcer, ChangesNotice, News, What
from services.model.tasks import Task
from services.model.times import Clock
from services.model.veil import seen_by
from services.model.watching import Changes, Watcher
from services.storage.repositories.ledger import Ledger
from services.storage.store import Store

__all__ = ["TellChanges", "news_for"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TellChanges:
    """Carries out ``tell_changes``, for one watcher of a calendar."""

    store: Store
    watching: Watching
    announcer: Announcer
    clock: Clock

    async def __call__(self, task: Task) -> None:
        """Tell them what has happened since they were told last."""
        current = await self.watching.current(task)
        if current is None:
            return
        book, watcher = current
        now = self.clock.now()
        quiet = quiet_end(watcher.wishes, now, watcher.zone)
        if quiet is not None:
            await self.store.tasks.put(replace(task, due_at=quiet, attempts=0))
            return
        ledger = self._ledger(book)
        try:
            items, reached = await ledger.changes(book, watcher.told_revision)
        except TooOld:  # nobody has looked for a month: too much to be news
            items, reached = [], await ledger.revision(book)
        news = news_for(watcher, book, items)
        if news:
            await self.announcer.announce(ChangesNotice(watcher, book, news))
        await self.watching.told(watcher, book, partial(_told, reached, now))

    def _ledger(self, book: Book) -> Ledger[Any, Any]:
        return self.store.events if book.kind is BookKind.CALENDAR else self.store.contacts


def _told(revision: int, at: datetime, watcher: Watcher) -> Watcher:
    return replace(
        watcher,
        told_revision=max(watcher.told_revision, revision),
        told_until=max(watcher.told_until, at),
    )


def news_for(watcher: Watcher, book: Book, items: Iterable[Event | Contact]) -> tuple[News, ...]:
    """Return what is news to a watcher: not what they did themselves, or undid again. Pure."""
    news = []
    for item in items:
        is_new = item.created_at >= watcher.told_until
        is_gone = item.deleted_at is not None
        if (is_new and is_gone) or not _concerns(watcher, book, item):
            continue
        what = _gone(item) if is_gone else What.NEW if is_new else What.CHANGED
        shown = seen_by(item, watcher.to) if isinstance(item, Event) else item
        news.append(News(what, shown))
    return tuple(news)


def _gone(item: Event | Contact) -> What:
    is_moved = isinstance(item, Event) and item.went_to is not None
    return What.MOVED if is_moved else What.DELETED


def _concerns(watcher: Watcher, book: Book, item: Event | Contact) -> bool:
    me, by = watcher.to, item.updated_by.person
    if me is not None and (by == me or (by is None and book.home == PersonHome(me))):
        return False  # they did it, here or in their own Outlook
    is_mine = me is not None and item.created_by.person == me
    return watcher.wishes.changes is Changes.ALL or (
        watcher.wishes.changes is Changes.MINE and is_mine
    )
