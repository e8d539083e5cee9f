"""When people are free: from Outlook for those who are connected, from the calendars for the rest.

:meth:`FreeTime.of` is the door. Outlook is asked with the token of whoever asks, so that they learn
no more than Microsoft 365 lets them see anyway, and for so long only as an answer may take: what
has not come by then is not waited for, and the answer says so.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from services.books.sharing import Sharing
from services.events.agenda import on_days
from services.graph.mailbox import Mailbox
from services.graph.schedule import Schedule, schedules
from services.model.accounts import AccountState
from services.model.availability import (
    MOST_PEOPLE,
    Block,
    Diary,
    Known,
    Live,
    Source,
    WorkHours,
)
from services.model.books import Book, BookId, Role
from services.model.concerns import concerned
from services.model.conversations import Member
from services.model.errors import ConsentNeeded, Rejected, SignInNeeded, Unreadable, Upstream
from services.model.events import Occurrence, ShowAs
from services.model.identity import ConversationHome, Person
from services.model.times import bounds
from services.storage.store import Store

__all__ = ["FreeTime"]

PATIENCE = 2.5
"""Seconds that Microsoft 365 is waited for: Teams itself waits for five."""


class FreeTime:
    """The use case of free and busy times.

    Args:
        store: where everything is kept.
        sharing: who may see which calendar.
        mailbox: somebody's mailbox.
    """

    def __init__(
        self, store: Store, sharing: Sharing, mailbox: Callable[[Person], Mailbox]
    ) -> None:
        self._store = store
        self._sharing = sharing
        self._mailbox = mailbox

    async def of(
        self,
        asker: Person,
        members: Sequence[Member],
        books: Sequence[BookId],
        start: datetime,
        end: datetime,
        *,
        live: bool,
    ) -> Known:
        """Return what is known of some people between two instants.

        Args:
            asker: who wants to know.
            members: of whom; the first twenty.
            books: the calendars to look into; business hours are the first one's.
            start: an instant.
            end: an instant after it.
            live: whether to ask Outlook, too.

        Raises:
            NotFound: one of the calendars is not for the person who asks.
        """
        members = members[:MOST_PEOPLE]
        seen = [await self._sharing.book_for(asker, book, Role.READER) for book in books]
        blocks = await self._blocks(seen, members, start, end)
        hours = _hours(seen[0])
        diaries = [
            Diary(
                person=member.person,
                name=member.name,
                blocks=tuple(sorted(blocks[member.person])),
                hours=hours,
            )
            for member in members
        ]
        if not live:
            return Known(tuple(diaries), Live.NOT_ASKED)
        state, told = await self._told(asker, members, start, end)
        return Known(tuple(_with(diary, told.get(diary.person)) for diary in diaries), state)

    async def _blocks(
        self, books: Sequence[Book], members: Sequence[Member], start: datetime, end: datetime
    ) -> dict[Person, list[Block]]:
        """Return what the calendars say takes time of whom."""
        found: dict[Person, list[Block]] = {member.person: [] for member in members}
        for book in books:
            first, last = start.astimezone(book.zone), end.astimezone(book.zone)
            there = await self._there(book, members)
            days = await on_days(self._store, book, first.date(), last.date(), book.zone)
            for occurrence in days:
                if (block := _block(occurrence, book)) is not None:
                    for member in concerned(occurrence, there):
                        found.get(member.person, []).append(block)
        return found

    async def _there(self, book: Book, members: Sequence[Member]) -> Sequence[Member]:
        """Return everybody whose time a calendar may speak of."""
        if not isinstance(book.home, ConversationHome):
            owner = book.home.person
            return [member for member in members if member.person == owner]
        return await self._store.conversations.roster(book.home.tenant, book.home.conversation)

    async def _told(
        self, asker: Person, members: Sequence[Member], start: datetime, end: datetime
    ) -> tuple[Live, Mapping[Person, Schedule]]:
        """Return what Outlook tells of those who are connected."""
        colleagues = [one.person for one in members if one.person.tenant == asker.tenant]
        addresses = await self._connected(colleagues)
        if asker not in await self._connected([asker]):
            return Live.NOT_CONNECTED, {}
        if not addresses:
            return Live.ANSWERED, {}
        try:
            async with asyncio.timeout(PATIENCE):
                told = await schedules(self._mailbox(asker), list(addresses.values()), start, end)
        except (SignInNeeded, ConsentNeeded):
            return Live.NOT_CONNECTED, {}
        except (Rejected, Unreadable):
            return Live.REFUSED, {}
        except (Upstream, TimeoutError):
            return Live.SLOW, {}
        by_person = {person: told.get(at.casefold()) for person, at in addresses.items()}
        return Live.ANSWERED, {person: one for person, one in by_person.items() if one}

    async def _connected(self, people: Sequence[Person]) -> dict[Person, str]:
        """Return under which name those sign in who are connected."""
        accounts = await asyncio.gather(*(self._store.accounts.get(one) for one in people))
        return {
            account.person: account.username
            for account in accounts
            if account is not None and account.state is AccountState.CONNECTED
        }


def _with(diary: Diary, told: Schedule | None) -> Diary:
    """Return a diary with what Outlook tells; the calendar still counts, it may not be linked."""
    if told is None:
        return diary
    blocks = tuple(sorted({*diary.blocks, *told.blocks}))
    return replace(diary, blocks=blocks, hours=told.hours or diary.hours, source=Source.OUTLOOK)


def _block(occurrence: Occurrence, book: Book) -> Block | None:
    start, end = bounds(occurrence.when, book.zone)
    if occurrence.written.show_as is ShowAs.FREE or start == end:
        return None
    return Block(start, end, occurrence.written.show_as)


def _hours(book: Book) -> WorkHours:
    settings = book.settings
    return WorkHours(
        zone=book.zone,
        days=settings.business_days,
        opens=settings.opens,
        closes=settings.closes,
    )
