"""Bring the messages that show an event up to date, wherever they were posted."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from services.model.books import BookId
from services.model.errors import NotFound
from services.model.events import EventId
from services.model.notices import Announcer, PostNotice
from services.model.tasks import Task
from services.storage.store import Store

__all__ = ["UpdatePosts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdatePosts:
    """Carries out ``update_posts``."""

    store: Store
    announcer: Announcer

    async def __call__(self, task: Task) -> None:
        """Hand each post of the task's event to the announcer, with the event as it is now."""
        with suppress(NotFound):  # the calendar is gone, and its posts with it
            book = await self.store.books.get(task.tenant, BookId(task.payload["book"]))
            event = await self.store.events.find(book, EventId(task.payload["event"]))
            if event is None:
                return
            for post in await self.store.posts.of_event(book, event.id):
                await self.announcer.announce(PostNotice(post, book, event))
