"""Read what has changed in an Outlook calendar, page by page.

:func:`read_changes` starts a full round over a window, or goes on from a delta link. Graph names
the occurrences of a series one by one, without content, and says nothing when one was cancelled. So
whatever a page says of a series, the series is fetched as a whole and yielded as one
:class:`RemoteEvent`. An item that cannot be read is named and skipped: the rest of the calendar
goes on.

Source: Microsoft Graph ``event: delta``; delta query overview.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from services.graph.client import quoted
from services.graph.delta_pages import pages
from services.graph.mailbox import Mailbox, is_series
from services.graph.remote_event import RemoteEvent
from services.graph.remote_item import UNANSWERED, DeltaPage, UnreadItem
from services.model.accounts import RemoteId
from services.model.errors import Failing, Rejected, Unreadable
from services.model.events import EventContent

__all__ = ["Window", "read_changes"]

NEEDED = frozenset(
    {"subject", "start", "end", "body", "isAllDay", "showAs", "changeKey", "categories"}
    | {"attendees", "importance", "isOrganizer", "location", "sensitivity", "isReminderOn"}
)
"""An update may come with what changed alone; without these the item is asked for again."""


@dataclass(frozen=True, slots=True)
class Window:
    """The window of a round, frozen in its delta link."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class _Gone:
    id: RemoteId


_Found = RemoteEvent | UnreadItem | _Gone


async def read_changes(
    mailbox: Mailbox, calendar: RemoteId, since: Window | str
) -> AsyncIterator[DeltaPage[EventContent]]:
    """Yield the pages of a round; the last one has a delta link.

    Args:
        mailbox: whose calendar it is.
        calendar: which one.
        since: a window for a full round, or the delta link of the round before.

    Raises:
        Expired: the delta link is no longer known; start a full round.
        Unreadable: ``delta``: a page that leads nowhere.
    """
    if isinstance(since, Window):
        target = f"/me/calendars/{quoted(calendar)}/calendarView/delta"
        params = {"startDateTime": _utc(since.start), "endDateTime": _utc(since.end)}
    else:
        target, params = since, {}
    async for page in pages(mailbox, target, params):
        yield _page(await _read(mailbox, page.items), page.delta_link)


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _page(found: Sequence[_Found], delta_link: str | None) -> DeltaPage[EventContent]:
    return DeltaPage(
        changed=tuple(each for each in found if isinstance(each, RemoteEvent)),
        removed=tuple(each.id for each in found if isinstance(each, _Gone)),
        unread=tuple(each for each in found if isinstance(each, UnreadItem)),
        delta_link=delta_link,
    )


async def _read(mailbox: Mailbox, items: Sequence[Mapping[str, Any]]) -> list[_Found]:
    """Read the items of a page; of an item that comes several times the last one counts."""
    latest: dict[str, Mapping[str, Any]] = {}
    for item in items:
        owner = _owner(item)
        known = latest.get(owner)
        # Of a series the master says most, then an exception; a bare occurrence says nothing.
        if known is None or item.get("id") == owner or _says_more(item, known, owner):
            latest[owner] = item
    told = {owner: _told(mailbox, RemoteId(owner), item) for owner, item in latest.items()}
    unsaid = [owner for owner, each in told.items() if each is None]
    # All requests run to their end: a page is read as a whole or not at all.
    answers = await asyncio.gather(
        *(_asked_for(mailbox, RemoteId(owner), latest[owner]) for owner in unsaid),
        return_exceptions=True,
    )
    for owner, each in zip(unsaid, answers, strict=True):
        if isinstance(each, BaseException):
            raise each
        told[owner] = each
    return [each for each in told.values() if each is not None]


def _says_more(item: Mapping[str, Any], known: Mapping[str, Any], owner: str) -> bool:
    return known.get("id") != owner and "subject" in item


def _owner(item: Mapping[str, Any]) -> str:
    """Return the id under which an item is read: that of its series, where it is part of one."""
    owner = item.get("seriesMasterId") or item.get("id")
    if not isinstance(owner, str) or not owner:
        raise Unreadable("delta")
    return owner


def _told(mailbox: Mailbox, owner: RemoteId, item: Mapping[str, Any]) -> _Found | None:
    """Return what a page says of an item; ``None`` = it has to be fetched, as few have to."""
    if "@removed" in item:
        return _Gone(owner)
    if item.get("id") != owner or is_series(item) or not item.keys() >= NEEDED:
        return None
    try:
        return mailbox.read(item)
    except Unreadable as err:
        return UnreadItem.of(owner, err)


async def _asked_for(mailbox: Mailbox, owner: RemoteId, item: Mapping[str, Any]) -> _Found:
    try:
        return await _event(mailbox, owner, item)
    except Unreadable as err:
        return UnreadItem.of(owner, err)
    except Failing:
        # A series that Exchange fails to put together must not stop the calendar.
        return UnreadItem.of(owner, Unreadable(UNANSWERED, item.get("subject")))
    except Rejected as err:
        if not err.is_gone:
            raise
        return _Gone(owner)


async def _event(mailbox: Mailbox, owner: RemoteId, item: Mapping[str, Any]) -> RemoteEvent:
    is_part = item.get("id") != owner
    if not is_part and not is_series(item):
        return await mailbox.get_event(owner)
    try:
        return await mailbox.get_series(owner, None if is_part else item)
    except Rejected as err:
        # Somebody invited to one occurrence alone has an exception without its series.
        if err.is_gone and is_part and item.keys() >= NEEDED:
            return mailbox.read(item)
        raise
