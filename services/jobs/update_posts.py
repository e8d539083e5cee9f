"""Bring the messages that show an item up to date, or those that show days of a calendar."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from services.events.agenda import on_days
from services.events.occurrences import by_start
from services.model.answers import is_answered, tally_of
from services.model.books import Book, BookId, BookKind
from services.model.contacts import Contact, ContactId
from services.model.errors import NotFound, Throttled
from services.model.events import Event, EventId
from services.model.notices import Announcer, PostNotice
from services.model.posts import Days, Post
from services.model.tasks import Task
from services.storage.store import Store

__all__ = ["UpdatePosts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdatePosts:
    """Carries out ``update_posts``, for one item or, without one, for all posts of days."""

    store: Store
    announcer: Announcer

    async def __call__(self, task: Task) -> None:
        """Hand each post to the announcer, with what it shows as it is now."""
        with suppress(NotFound):  # the book is gone, and its posts with it
            book = await self.store.books.get(task.tenant, BookId(task.payload["book"]))
            if item := task.payload.get("item"):
                await self._update_item(book, item)
            else:
                await self._update_days(book)

    async def _update_item(self, book: Book, id: str) -> None:
        item: Event | Contact | None
        if book.kind is BookKind.CALENDAR:
            item = await self.store.events.find(book, EventId(id))
        else:
            item = await self.store.contacts.find(book, ContactId(id))
        if item is None:
            return
        posts = await self.store.posts.of_item(book, id)
        answers = None
        if isinstance(item, Event) and is_answered(item, book) and posts:
            answers = tally_of(await self.store.answers.of_event(book, item.id))
        await self._announce([PostNotice(post, book, item, answers=answers) for post in posts])

    async def _update_days(self, book: Book) -> None:
        """What is drawn for all who read a place is in the zone of the calendar."""
        notices = []
        for post in await self.store.posts.of_days(book):
            if post.days is not None:
                notices.append(await self._days_of(book, post, post.days))
        await self._announce(notices)

    async def _days_of(self, book: Book, post: Post, days: Days) -> PostNotice:
        there = [book]
        if days.every:
            books = await self.store.books.of_home(book.home, book.kind)
            there = [each for each in books if not each.retired] or [book]
            book = there[0]
        found = [
            one
            for each in there
            for one in await on_days(self.store, each, days.first, days.last, book.zone)
        ]
        calendars = tuple(there) if days.every else ()
        return PostNotice(post, book, tuple(by_start(found, book.zone)), calendars)

    async def _announce(self, notices: Sequence[PostNotice]) -> None:
        """Announce what can be announced now; what has to wait holds up no other post."""
        later: Throttled | None = None
        for notice in notices:
            try:
                await self.announcer.announce(notice)
            except Throttled as err:
                later = err
        if later is not None:
            raise later
