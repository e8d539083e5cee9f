"""Feeds that people publish, and subscriptions to those of others.

A feed is found by the hash of its secret, since that is all that a request brings; who it belongs
to is known once it is opened. A person's feeds are listed in a partition of their own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from services.model.books import Book, BookId
from services.model.feeds import Feed, Subscription
from services.model.identity import NOBODY, Person, TenantId
from services.storage.codec import decode, encode
from services.storage.repositories import places
from services.storage.repositories.batches import remove_all
from services.storage.sealed import Remove, Seal
from services.storage.vault import Vault

__all__ = ["FeedRecords", "SubscriptionRecords"]

_FEED, _SUBSCRIPTION = "feed", "subscription"


@dataclass(frozen=True, slots=True)
class _Pointer:
    person: Person
    book: BookId


class FeedRecords:
    """One feed at most for each person and calendar."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def put(self, feed: Feed) -> None:
        """Keep a feed in the place of the one before it, whose address then leads nowhere."""
        before = await self.of(feed.person, feed.book)
        own = await places.feeds_of(self._vault, feed.person)
        # First the feed, then what leads to it: an address works when all of it is there.
        await own.commit([Seal(kind=_FEED, id=feed.book, body=encode(feed))])
        index = await places.feeds(self._vault)
        pointer = encode(_Pointer(feed.person, feed.book))
        await index.commit([Seal(kind=_FEED, id=feed.secret, body=pointer)])
        if before is not None:
            await index.commit([Remove(kind=_FEED, id=before.secret)])

    async def find(self, secret: str) -> Feed | None:
        """Return the feed with this hash of a secret."""
        opened = await (await places.feeds(self._vault)).get(_FEED, secret)
        if opened is None:
            return None
        pointer = decode(_Pointer, opened.body)
        feed = await self.of(pointer.person, pointer.book)
        return feed if feed is not None and feed.secret == secret else None

    async def of(self, person: Person, book: BookId) -> Feed | None:
        """Return a person's feed of a calendar."""
        opened = await (await places.feeds_of(self._vault, person)).get(_FEED, book)
        return None if opened is None else decode(Feed, opened.body)

    async def of_person(self, person: Person) -> tuple[Feed, ...]:
        """Return all that a person has published."""
        opened = await (await places.feeds_of(self._vault, person)).find(_FEED)
        return tuple(decode(Feed, each.body) for each in opened)

    async def remove(self, feed: Feed) -> None:
        """Take a feed back."""
        index = await places.feeds(self._vault)
        await index.commit([Remove(kind=_FEED, id=feed.secret)])
        own = await places.feeds_of(self._vault, feed.person)
        await own.commit([Remove(kind=_FEED, id=feed.book)])

    async def remove_all_of(self, person: Person) -> None:
        """Take back all that a person has published."""
        own = await places.feeds_of(self._vault, person)
        opened = await own.find(_FEED)
        index = await places.feeds(self._vault)
        for each in opened:
            await index.commit([Remove(kind=_FEED, id=decode(Feed, each.body).secret)])
        await remove_all(own, opened)


class SubscriptionRecords:
    """The subscriptions of each calendar."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def put(self, subscription: Subscription, book: Book) -> None:
        """Keep a subscription as it is now."""
        partition = await places.subscribed(self._vault, book.tenant, book.id)
        body = encode(subscription)
        await partition.commit([Seal(kind=_SUBSCRIPTION, id=subscription.id, body=body)])

    async def find(self, tenant: TenantId, book: BookId, id: str) -> Subscription | None:
        """Return a subscription of a calendar."""
        partition = await places.subscribed(self._vault, tenant, book)
        opened = await partition.get(_SUBSCRIPTION, id)
        return None if opened is None else decode(Subscription, opened.body)

    async def of_book(self, book: Book) -> list[Subscription]:
        """Return all subscriptions of a calendar, the oldest first."""
        partition = await places.subscribed(self._vault, book.tenant, book.id)
        found = [decode(Subscription, each.body) for each in await partition.find(_SUBSCRIPTION)]
        return sorted(found, key=lambda each: (each.made_at, each.id))

    async def anonymise(self, book: Book, person: Person) -> None:
        """Take somebody's name out of the subscriptions of a calendar; these go on."""
        for each in await self.of_book(book):
            if each.by == person:
                await self.put(replace(each, by=NOBODY, by_name=""), book)

    async def remove(self, subscription: Subscription, book: Book) -> None:
        """Forget a subscription."""
        partition = await places.subscribed(self._vault, book.tenant, book.id)
        await partition.commit([Remove(kind=_SUBSCRIPTION, id=subscription.id)])
