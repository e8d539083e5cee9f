"""A value that lost a merge is offered to its author, who may take it, keep both, or let it be.

:class:`Offers` makes offers of the losers that a pair keeps (:meth:`Offers.open`), and carries out
the answer. A copy gets an id that is derived from the offer, so answering twice makes one copy.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from services.books.sharing import Sharing
from services.contacts.contacts import Contacts
from services.events.events import Events
from services.events.series import occurring
from services.ids import id_of
from services.model.accounts import Link, LinkId, RemoteId
from services.model.books import Book, BookKind, Role
from services.model.contacts import Contact, ContactId
from services.model.errors import NotFound, Stale
from services.model.events import Author, Event, EventContent, EventId
from services.model.identity import Person
from services.model.offers import Offer, OfferId
from services.model.pairs import Conflict, Pair
from services.model.reach import Reach
from services.model.veil import seen_by
from services.storage.codec import encode
from services.storage.store import Store
from services.sync.content.shape import shape_of
from services.sync.sides.expanded import day_of_occurrence, series_of, unmarked

__all__ = ["Offered", "Offers"]


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer beside what is there now."""

    offer: Offer
    book: Book
    item: Event | Contact
    """Maybe a tombstone by now."""


class Offers:
    """Use cases of offers."""

    def __init__(self, store: Store, sharing: Sharing, events: Events, contacts: Contacts) -> None:
        self._store = store
        self._sharing = sharing
        self._events = events
        self._contacts = contacts

    async def open(self, person: Person, link_id: LinkId, remote: RemoteId) -> list[Offered]:
        """Make offers of a pair's losers, and return those whose authors do not know yet.

        Whoever may not see the book any more is offered nothing, and keeps nobody else waiting.

        Raises:
            NotFound: the link is gone.
        """
        link = await self._store.links.get(person, link_id)
        pair = await self._store.links.pair_of_remote(link, remote)
        if pair is None or pair.team is None:
            return []
        offers = [await self._made(_offer(link, pair, lost)) for lost in pair.lost]
        found: list[Offered] = []
        for each in offers:
            if not each.is_told:
                with suppress(NotFound):
                    found.append(await self._beside(each))
        return found

    async def look(self, person: Person, id: OfferId) -> Offered:
        """Return an offer beside what is there now.

        Raises:
            NotFound: no such offer to this person, or they may not see its book any more.
        """
        return await self._of(Author(person, ""), id)

    async def told(self, offer: Offer) -> None:
        """Remember that its author has seen it."""
        await self._store.offers.put(replace(offer, is_told=True))

    async def take(self, author: Author, id: OfferId, seen: str | None = None) -> Event | Contact:
        """Put the value that lost in place of the one that shows.

        Args:
            author: who takes it.
            id: which.
            seen: the etag of what they saw beside it; ``None`` = whatever is there now.

        Raises:
            NotFound: no such offer to this person; or the item is gone.
            ReadOnly: it is changed elsewhere.
            NotAllowed: the person may only look by now.
            Stale: somebody has changed it since they saw it.
        """
        offered = await self._of(author, id)
        offer, now = offered.offer, offered.item
        if now.deleted_at is not None:
            raise NotFound(_kind(offered))
        if seen is not None and seen != now.etag:
            raise Stale("it has changed")
        content = shape_of(offer.value).overlay(now.content, offer.value, [offer.field])
        written = await self._edited(author, offered, content)
        await self.told(offer)
        return written

    async def both(self, author: Author, id: OfferId) -> Event | Contact:
        """Leave what shows, and make a copy that says all that its author had written.

        Raises:
            NotFound: no such offer to this person.
            NotAllowed: the person may only look by now.
        """
        offered = await self._of(author, id)
        made = await self._copied(author, offered)
        await self.told(offered.offer)
        return made

    async def keep(self, person: Person, id: OfferId) -> Offered:
        """Let it be as it is.

        Raises:
            NotFound: no such offer to this person.
        """
        offered = await self.look(person, id)
        await self.told(offered.offer)
        return offered

    async def _made(self, offer: Offer) -> Offer:
        known = await self._store.offers.find(offer.to, offer.id)
        if known is None:
            await self._store.offers.put(offer)
        return known or offer

    async def _of(self, author: Author, id: OfferId) -> Offered:
        offer = await self._store.offers.find(author.person, id) if author.person else None
        if offer is None:
            raise NotFound("offer")
        return await self._beside(offer)

    async def _beside(self, offer: Offer) -> Offered:
        book = await self._sharing.book_for(offer.to, offer.book, Role.READER)
        item: Event | Contact | None
        if book.kind is BookKind.CALENDAR:
            event = await self._store.events.find(book, EventId(offer.item))
            item = event and seen_by(event, offer.to)  # it may have become private since
        else:
            item = await self._store.contacts.find(book, ContactId(offer.item))
        if item is None:
            raise NotFound("offer")
        if isinstance(item, Event) and offer.day is not None:
            item = _on(item, offer.day)
        return Offered(offer, book, item)

    async def _edited(self, author: Author, offered: Offered, content: Any) -> Event | Contact:
        book, item, etag = offered.book.id, offered.item.id, offered.item.etag
        if day := offered.offer.day:
            changed = await self._events.change(
                author, book, EventId(item), day, Reach.ONE, content, etag=etag
            )
            return changed.event
        if offered.book.kind is BookKind.CALENDAR:
            return await self._events.edit(author, book, EventId(item), content, etag=etag)
        return await self._contacts.edit(author, book, ContactId(item), content, etag=etag)

    async def _copied(self, author: Author, offered: Offered) -> Event | Contact:
        book, value, key = offered.book.id, offered.offer.value, f"offer {offered.offer.id}"
        if isinstance(value, EventContent):
            return (await self._events.make(author, book, value, key)).item
        return (await self._contacts.make(author, book, value, key)).item


def _offer(link: Link, pair: Pair, lost: Conflict) -> Offer:
    """Return the offer of a value, to whoever wrote it or, unknown, to whose link it is."""
    assert pair.team is not None
    item = pair.double_of or pair.team
    value = encode(lost.value).decode("utf-8", "surrogateescape")
    series = series_of(pair.team)
    return Offer(
        id=OfferId(id_of("offer", link.id, item, lost.field, lost.side.value, value)),
        to=lost.author or link.person,
        book=link.book,
        item=series or item,
        day=day_of_occurrence(pair.team) if series else None,
        side=lost.side,
        field=lost.field,
        value=unmarked(lost.value) if isinstance(lost.value, EventContent) else lost.value,
        at=lost.at,
    )


def _on(series: Event, day: date) -> Event:
    """Return one date of a series as an event; one that is cancelled is gone."""
    content = occurring(series.content, day) if series.deleted_at is None else None
    if content is None:
        return replace(series, deleted_at=series.deleted_at or series.updated_at)
    return replace(series, content=content)


def _kind(offered: Offered) -> str:
    return "event" if offered.book.kind is BookKind.CALENDAR else "contact"
