"""Subscriptions: the calendar of somebody else, read again and again, shown in one of ours.

What such a calendar says is written into ours like an import, marked with the subscription: nobody
changes it here, what is gone there goes here, and ending the subscription takes all of it away. An
address is asked about once an hour, with what is known already, and more and more seldom while it
fails. It may hold a secret, so it is sealed like everything else and never logged or shown whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from services.books.ripples import Ripples
from services.books.sharing import Sharing
from services.files.fetching import Fetched, Fetcher
from services.files.file_reading import FileReader, Here
from services.files.import_plan import Plan, plan_import
from services.ids import id_of
from services.model.books import Book, BookId, Role
from services.model.errors import InvalidInput, NotFound, Problem, Wrong
from services.model.events import Author, Event, EventContent
from services.model.feeds import FeedState, Subscription
from services.model.identity import Person, TenantId
from services.model.imports import BadFile, Incoming, Reading
from services.model.tasks import Task, TaskKind
from services.model.times import Clock, bounds
from services.model.web_links import NotFetched
from services.storage.store import Store

__all__ = ["MOST_SUBSCRIPTIONS", "Subscriptions"]

MOST_SUBSCRIPTIONS = 20
"""Of one calendar."""
MOST_BYTES = 8_000_000
MOST_EVENTS = 5_000
OLDEST = timedelta(days=366)
"""What was over for longer is left out."""
EVERY, SELDOM = timedelta(hours=1), timedelta(days=1)
ACCEPTED = "text/calendar, text/plain;q=0.5, */*;q=0.1"
_NAME = 80
_UTC = ZoneInfo("UTC")


class Subscriptions:
    """Use cases of calendars that are followed."""

    def __init__(
        self,
        store: Store,
        sharing: Sharing,
        fetcher: Fetcher,
        clock: Clock,
        files: FileReader | None = None,
    ) -> None:
        self._files = files or Here()
        self._store = store
        self._sharing = sharing
        self._fetcher = fetcher
        self._clock = clock
        self._ripples = Ripples(store, clock)

    async def of(self, person: Person, book_id: BookId) -> list[Subscription]:
        """Return the subscriptions of a calendar.

        Raises:
            NotFound: no such calendar for this person.
        """
        book = await self._sharing.book_for(person, book_id, Role.READER)
        return await self._store.subscribed.of_book(book)

    async def add(self, author: Author, book_id: BookId, url: str) -> Subscription:
        """Subscribe to an address, after a first look at what is there.

        An address that is subscribed to already is looked at again. So is one that somebody asks
        for twice while it is slow: what it shows has ids that follow from the address.

        Raises:
            NotFound: no such calendar for this person.
            NotAllowed: they may not write all over it.
            InvalidInput: there are as many subscriptions as there may be.
            NotFetched: the address cannot be read.
            BadFile: there is no calendar at it.
        """
        person = _person(author)
        book = await self._sharing.book_for(person, book_id, Role.EDITOR)
        known = await self._store.subscribed.of_book(book)
        there = next((each for each in known if each.url == url), None)
        if there is None and len(known) >= MOST_SUBSCRIPTIONS:
            raise InvalidInput(Problem("address", Wrong.OUT_OF_RANGE, MOST_SUBSCRIPTIONS))
        subscription = there or Subscription(
            id=id_of("feed", book.id, url),
            book=book.id,
            url=url,
            name=(urlsplit(url).hostname or "")[:_NAME],
            by=person,
            by_name=author.name,
            made_at=self._clock.now(),
        )
        fetched = await self._fetch(replace(subscription, tag="", modified=""))
        reading = await self._files.calendar(fetched.body, book.zone)
        return await self._take(book, subscription, fetched, reading)

    async def look_again(self, person: Person, book_id: BookId, id: str) -> Subscription:
        """Read a subscribed calendar now; a failure is written down, not raised.

        Raises:
            NotFound: no such subscription for this person.
        """
        book = await self._sharing.book_for(person, book_id, Role.READER)
        return await self._refresh(book, await self._named(book, id))

    async def refresh(self, tenant: TenantId, book_id: BookId, id: str) -> None:
        """Read a subscribed calendar because it is time; nothing happens where it has ended."""
        book = await self._store.books.find(tenant, book_id)
        if book is None:
            return
        subscription = await self._store.subscribed.find(tenant, book_id, id)
        if subscription is None:
            return
        if book.deleted_at is not None or book.archived:
            await self._store.tasks.put(self._task(book, subscription, SELDOM))
            return
        await self._refresh(book, subscription)

    async def end(self, author: Author, book_id: BookId, id: str) -> Subscription:
        """End a subscription and take its events away.

        Raises:
            NotFound: no such subscription for this person.
            NotAllowed: they may not write all over the calendar.
        """
        book = await self._sharing.book_for(_person(author), book_id, Role.EDITOR)
        subscription = await self._named(book, id)
        now = self._clock.now()
        writes = [
            (event, replace(event, updated_by=author, updated_at=now, deleted_at=now))
            for event in (await self._written(book, subscription)).values()
            if event.deleted_at is None
        ]
        await self._write(book, Plan((), (), tuple(writes), 0, ()))
        await self._store.subscribed.remove(subscription, book)
        return subscription

    async def _refresh(self, book: Book, subscription: Subscription) -> Subscription:
        try:
            fetched = await self._fetch(subscription)
            if fetched.is_unchanged:
                return await self._keep(book, replace(subscription, failures=0), FeedState.FINE)
            reading = await self._files.calendar(fetched.body, book.zone)
        except NotFetched as err:
            state = FeedState.TOO_LARGE if err.is_too_large else FeedState.UNREACHABLE
            return await self._failed(book, subscription, state)
        except BadFile:
            return await self._failed(book, subscription, FeedState.UNREADABLE)
        return await self._take(book, subscription, fetched, reading)

    async def _fetch(self, subscription: Subscription) -> Fetched:
        return await self._fetcher.get(
            subscription.url,
            most=MOST_BYTES,
            accept=ACCEPTED,
            etag=subscription.tag,
            modified=subscription.modified,
        )

    async def _take(
        self,
        book: Book,
        subscription: Subscription,
        fetched: Fetched,
        reading: Reading[EventContent],
    ) -> Subscription:
        """Make our calendar say what theirs says."""
        name = reading.name[:_NAME] or subscription.name
        shown = self._shown(reading, subscription)
        plan = self._plan(
            book, replace(subscription, name=name), shown, await self._written(book, subscription)
        )
        await self._write(book, plan)
        taken = replace(
            subscription,
            name=name,
            tag=fetched.etag,
            modified=fetched.modified,
            read_at=self._clock.now(),
            failures=0,
            events=len(shown.items),
            left_out=plan.outcome.left_out + len(reading.items) - len(shown.items),
        )
        return await self._keep(book, taken, FeedState.FINE)

    def _shown(
        self, reading: Reading[EventContent], subscription: Subscription
    ) -> Reading[EventContent]:
        """Return what of a calendar is shown; its UIDs are those of this subscription alone."""
        oldest = self._clock.now() - OLDEST
        items = [
            replace(item, uid=f"{subscription.id}/{item.uid}", lines=())
            for item in reading.items
            if _lasts(item, oldest)
        ]
        return replace(reading, items=tuple(items[:MOST_EVENTS]), cancelled=())

    def _plan(
        self,
        book: Book,
        subscription: Subscription,
        reading: Reading[EventContent],
        known: Mapping[str, Event],
    ) -> Plan[Event]:
        now = self._clock.now()
        author = Author(subscription.by, subscription.by_name)
        plan = plan_import(
            reading,
            book.id,
            known,
            author=author,
            now=now,
            may_change=lambda _: True,
            feed=subscription.id,
        )
        name = subscription.name
        kept = {item.uid for item in reading.items}
        gone = [
            (event, replace(event, updated_at=now, deleted_at=now))
            for event in known.values()
            if event.uid not in kept and event.deleted_at is None
        ]
        return replace(
            plan,
            new=tuple(replace(event, feed_name=name) for event in plan.new),
            changed=tuple((old, replace(new, feed_name=name)) for old, new in plan.changed),
            gone=tuple(gone),
        )

    async def _written(self, book: Book, subscription: Subscription) -> Mapping[str, Event]:
        """Return by id what a subscription has written, tombstones too."""
        found: dict[str, Event] = {}
        marker = subscription.id.encode()
        async for page, _ in self._store.events.unread(book, 0):
            for opened in page:
                if marker in opened.body:
                    event = self._store.events.read(opened.body, opened.revision)
                    if event.feed == subscription.id:
                        found[event.id] = event
        return found

    async def _write(self, book: Book, plan: Plan[Event]) -> None:
        if plan.number:
            async with self._ripples.of_all(book, {new.id for _, new in plan.writes}, None):
                await self._store.events.save_all(list(plan.writes), book)

    async def _failed(
        self, book: Book, subscription: Subscription, state: FeedState
    ) -> Subscription:
        return await self._keep(
            book, replace(subscription, failures=subscription.failures + 1), state
        )

    async def _keep(self, book: Book, subscription: Subscription, state: FeedState) -> Subscription:
        """Write down how it stands, and put the next time."""
        kept = replace(subscription, state=state)
        await self._store.subscribed.put(kept, book)
        wait = min(EVERY * 2 ** min(kept.failures, 5), SELDOM)
        await self._store.tasks.put(self._task(book, kept, wait))
        return kept

    def _task(self, book: Book, subscription: Subscription, wait: timedelta) -> Task:
        spread = timedelta(seconds=int(subscription.id[:4], 16) % 600)
        due_at: datetime = self._clock.now() + wait + spread
        return Task(
            kind=TaskKind.REFRESH_FEED,
            tenant=book.tenant,
            key=subscription.id,
            payload={"book": book.id, "feed": subscription.id},
            due_at=due_at,
        )

    async def _named(self, book: Book, id: str) -> Subscription:
        found = await self._store.subscribed.find(book.tenant, book.id, id)
        if found is None:
            raise NotFound("subscription")
        return found


def _lasts(item: Incoming[EventContent], oldest: datetime) -> bool:
    return item.content.rule is not None or bounds(item.content.when, _UTC)[1] >= oldest


def _person(author: Author) -> Person:
    if author.person is None:
        raise NotFound("book")
    return author.person
