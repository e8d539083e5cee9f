"""What somebody wants to hear of a calendar: changes, reminders, a digest, and when to be quiet.

Everybody chooses for themselves, for each calendar that they may see; editors of a channel's or
chat's calendar also choose for the conversation. Nobody is told of a team's calendar unasked. The
owner of a calendar of their own is reminded as its events say, unless it is linked with their
Outlook, which reminds them already.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from services.books.sharing import Sharing
from services.events.reminders import next_digest
from services.model.books import Book, BookId, BookKind, Role
from services.model.errors import NotFound, Stale
from services.model.events import EventId
from services.model.identity import ConversationHome, Person, PersonHome
from services.model.tasks import Task, TaskKind, watch_task
from services.model.times import Clock
from services.model.watching import Changes, Watcher, Wishes
from services.storage.repositories.ledger import Ledger
from services.storage.store import Store

__all__ = ["Watching"]


class Watching:
    """Use cases of notifications."""

    def __init__(self, store: Store, sharing: Sharing, clock: Clock) -> None:
        self._store = store
        self._sharing = sharing
        self._clock = clock

    async def wishes(self, person: Person, book_id: BookId, *, everyone: bool = False) -> Wishes:
        """Return what somebody, or the calendar's conversation, has chosen so far.

        Raises:
            NotFound: no such calendar for this person, or it has no conversation.
        """
        book = await self._sharing.book_for(person, book_id, Role.READER)
        watcher = await self._store.watchers.find(book, _key(person, book, everyone))
        if watcher is not None:
            return watcher.wishes
        return Wishes(as_event_says=book.home == PersonHome(person))

    async def choose(
        self,
        person: Person,
        book_id: BookId,
        wishes: Wishes,
        *,
        zone: ZoneInfo,
        language: str,
        everyone: bool = False,
    ) -> None:
        """Keep what was chosen; it counts from now on.

        Args:
            person: who chooses.
            book_id: the calendar.
            wishes: all of them.
            zone: whose clock counts: the person's, or the calendar's for everyone.
            language: in which they are told.
            everyone: it is for the calendar's conversation.

        Raises:
            NotFound: no such calendar for this person, or it has no conversation.
            NotAllowed: only its editors choose for everyone.
            ReadOnly: the calendar is archived, and the choice would be for everyone.
        """
        role = Role.EDITOR if everyone else Role.READER
        book = await self._sharing.book_for(person, book_id, role)
        key = _key(person, book, everyone)
        kept = await self._store.watchers.find(book, key)
        if kept is None:
            kept = await self._new(book, None if everyone else person)
        if kept.wishes.changes is Changes.NONE:
            kept = await self._from_now(kept, book)
        chosen = replace(kept, wishes=wishes, is_unasked=False, zone=zone, language=language)
        try:
            saved = await self._store.watchers.save(chosen, book)
        except Stale:  # they were just told of something
            return await self.choose(
                person, book_id, wishes, zone=zone, language=language, everyone=everyone
            )
        await self._schedule(saved, book)

    async def again(
        self, person: Person, book_id: BookId, event: EventId, original: str, later: timedelta
    ) -> None:
        """Remind somebody once more of an event.

        Raises:
            NotFound: no such calendar for this person.
        """
        book = await self._sharing.book_for(person, book_id, Role.READER)
        key = Watcher.key_of(person)
        task = watch_task(
            TaskKind.REMIND_AGAIN, book.tenant, book.id, key, self._clock.now() + later
        )
        about = {"event": event, "original": original}
        await self._store.tasks.put(
            replace(task, key=f"{task.key}/{event}/{original}", payload=task.payload | about)
        )

    async def unasked(self, book: Book) -> Watcher | None:
        """Return a new watcher for a calendar that nobody has chosen anything for."""
        if not isinstance(book.home, PersonHome) or book.kind is not BookKind.CALENDAR:
            return None
        new = await self._new(book, book.home.person)
        return await self._store.watchers.save(replace(new, is_unasked=True), book)

    async def current(self, task: Task) -> tuple[Book, Watcher] | None:
        """Return whose task it is and of which calendar; ``None`` where there is nobody to tell.

        A watcher who may no longer see the calendar is forgotten. Somebody is told by the clock and
        in the language that they have set for themselves, if they have.
        """
        try:
            book = await self._store.books.get(task.tenant, BookId(task.payload["book"]))
        except NotFound:
            return None
        watcher = await self._store.watchers.find(book, task.payload["watcher"])
        if watcher is None:
            return None
        if watcher.to is not None and await self._sharing.role_of(watcher.to, book) is None:
            await self._store.watchers.remove(book, watcher.to)
            return None
        return book, await self._as_preferred(watcher)

    async def told(
        self, watcher: Watcher, book: Book, further: Callable[[Watcher], Watcher]
    ) -> None:
        """Keep how far somebody was told, though they or another task changed them meanwhile.

        ``further`` moves on what was told, and nothing back that has moved on further.
        """
        # Looked up anew: what they have set for themselves is told by, and not kept here.
        while (known := await self._store.watchers.find(book, watcher.key)) is not None:
            with suppress(Stale):
                await self._store.watchers.save(further(known), book)
                return

    async def heard_of(self, watcher: Watcher, book: Book) -> Wishes:
        """Return what they want to hear, Outlook's own reminders taken into account."""
        if watcher.is_unasked:
            linked = {person for person, _ in await self._store.links.of_book(book.tenant, book.id)}
            if watcher.to in linked:
                return replace(watcher.wishes, as_event_says=False)
        return watcher.wishes

    async def _as_preferred(self, watcher: Watcher) -> Watcher:
        if watcher.to is None:
            return watcher
        own = await self._store.preferences.get(watcher.to)
        zone, language = own.zone or watcher.zone, own.language or watcher.language
        return replace(watcher, zone=zone, language=language)

    async def _new(self, book: Book, to: Person | None) -> Watcher:
        now = self._clock.now()
        bare = Watcher(
            book=book.id,
            to=to,
            zone=book.zone,
            language=book.language,
            reminded_until=now,
            told_until=now,
        )
        return await self._from_now(bare, book)

    async def _from_now(self, watcher: Watcher, book: Book) -> Watcher:
        ledger: Ledger[Any, Any] = self._store.contacts
        if book.kind is BookKind.CALENDAR:
            ledger = self._store.events
        revision = await ledger.revision(book)
        now: datetime = self._clock.now()
        return replace(watcher, told_revision=revision, told_until=now, reminded_until=now)

    async def _schedule(self, watcher: Watcher, book: Book) -> None:
        """Put the tasks that carry the wishes out; each looks for itself what there is to do."""
        if book.kind is not BookKind.CALENDAR:
            return  # nothing in it has an hour: news alone follow, from its writes
        now = self._clock.now()
        due = {TaskKind.REMIND: now}
        digest = next_digest(watcher.wishes, now, watcher.zone)
        if digest is not None:
            due[TaskKind.SEND_DIGEST] = digest
        for kind, at in due.items():
            await self._store.tasks.put(watch_task(kind, book.tenant, book.id, watcher.key, at))


def _key(person: Person, book: Book, everyone: bool) -> str:
    if everyone and not isinstance(book.home, ConversationHome):
        raise NotFound("book")
    return Watcher.key_of(None if everyone else person)
