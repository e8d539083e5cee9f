"""A calendar in which a series that Outlook cannot hold is expanded into single events.

:class:`ExpandedCalendar` is a team's side like any other. A series whose rule is not one of
Outlook's six patterns shows as deleted, and in its place there is an item for each occurrence
within the link's window, under an id of its own (:func:`occurrence_id`) and with the tag ``MARK``.
A change of such an item in Outlook becomes an exception of the series, a deletion a cancelled
occurrence. So the engine need not know that these are not events.

Occurrences are added as the window reaches them, with each full round. One that the window has left
stays as it is.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from typing import TypeGuard

from services.events.occurrences import series_day
from services.model.events import EventContent, EventId, Mirror, SeriesException
from services.model.items import ItemId
from services.model.links import LinkSettings
from services.model.recurrence import days, is_outlooks
from services.model.times import Clock
from services.model.wall_clocks import moved
from services.sync.content.canonical import differing, tag_key
from services.sync.content.window import window_at
from services.sync.sides.team import Team, TeamItem

__all__ = [
    "MARK",
    "ExpandedCalendar",
    "day_of_occurrence",
    "occurrence_id",
    "series_of",
    "unmarked",
]

MARK = "Series (Almanac)"
"""The category that tells people in Outlook that an event belongs to a series."""
MOST = 400
"""Occurrences of one series that are expanded: more than one a day for a year."""
SIGN = "~"

Item = TeamItem[EventContent]


def occurrence_id(series: ItemId, day: date) -> ItemId:
    """Return the id of the occurrence that a series has on a day."""
    return EventId(f"{series}{SIGN}{day.isoformat()}")


def series_of(id: ItemId) -> ItemId | None:
    """Return the series that an occurrence belongs to; ``None`` if the id is an event's own."""
    series, sign, _ = id.partition(SIGN)
    return EventId(series) if sign else None


@dataclass(frozen=True, slots=True)
class ExpandedCalendar:
    """See :class:`services.sync.sides.team.Team`."""

    inner: Team[EventContent]
    clock: Clock
    settings: LinkSettings
    """The link's, which has a window of its own."""

    async def changes(self, since: int) -> AsyncIterator[tuple[list[Item], int]]:
        """See :meth:`Team.changes`."""
        async for items, revision in self.inner.changes(since):
            yield [shown for item in items for shown in self._shown(item)], revision

    async def find(self, id: ItemId) -> Item | None:
        """See :meth:`Team.find`."""
        item = await self.inner.find(id)
        if item is not None:
            return _without(item) if _is_expanded(item) else item
        series_id = series_of(id)
        series = await self.inner.find(series_id) if series_id else None
        return _part(series, day_of_occurrence(id)) if _is_expanded(series) else None

    async def write(
        self, id: ItemId, content: EventContent, mirror: Mirror | None, *, expect_revision: int
    ) -> Item:
        """See :meth:`Team.write`; an occurrence whose series is gone becomes an event."""
        content = unmarked(content)
        series = await self._series(id)
        if series is None:
            return await self.inner.write(id, content, mirror, expect_revision=expect_revision)
        day = day_of_occurrence(id)
        told = replace(content, rule=None, exceptions=())
        written = await self._except(series, day, told, expect_revision)
        return _part(written, day) or replace(written, id=id, content=told)

    async def add(self, new: Mapping[ItemId, tuple[EventContent, Mirror | None]]) -> Sequence[Item]:
        """See :meth:`Team.add`; none of them is an occurrence of a series that was unfolded."""
        told = {id: (unmarked(content), mirror) for id, (content, mirror) in new.items()}
        return await self.inner.add(told)

    async def delete(self, id: ItemId, *, expect_revision: int) -> None:
        """See :meth:`Team.delete`."""
        series = await self._series(id)
        if series is None:
            await self.inner.delete(id, expect_revision=expect_revision)
        else:
            await self._except(series, day_of_occurrence(id), None, expect_revision)

    def _shown(self, item: Item) -> Iterator[Item]:
        if not _is_expanded(item):
            yield item
            return
        yield _without(item)
        start, end = (at.date() for at in window_at(self.clock.now(), self.settings))
        series = item.content
        assert series.rule is not None
        found = set(days(series.rule, _first(series), start, end))
        found |= {series_day(series, each.original) for each in series.exceptions}
        parts = (_part(item, day) for day in sorted(found) if start <= day <= end)
        yield from islice(filter(None, parts), MOST)

    async def _series(self, id: ItemId) -> Item | None:
        """Return the series of an occurrence, if the series still has that occurrence."""
        series_id = series_of(id)
        if series_id is None or await self.inner.find(id) is not None:
            return None
        series = await self.inner.find(series_id)
        return series if _is_expanded(series) and _part(series, day_of_occurrence(id)) else None

    async def _except(
        self, series: Item, day: date, content: EventContent | None, expect_revision: int
    ) -> Item:
        """Write an occurrence into its series: as an exception, or as cancelled (``None``)."""
        whole = series.content
        others = [each for each in whole.exceptions if series_day(whole, each.original) != day]
        regular = _regular(whole, day)
        if content is None or differing(content, regular):
            others.append(SeriesException(regular.when.start, content))
        exceptions = sorted(others, key=lambda each: series_day(whole, each.original))
        return await self.inner.write(
            series.id,
            replace(whole, exceptions=tuple(exceptions)),
            None,
            expect_revision=expect_revision,
        )


def _is_expanded(item: Item | None) -> TypeGuard[Item]:
    if item is None or item.is_deleted or item.mirror is not None:
        return False
    return item.content.rule is not None and not is_outlooks(item.content.rule)


def _without(item: Item) -> Item:
    return replace(item, is_deleted=True, is_expanded=True)


def _part(series: Item, day: date) -> Item | None:
    """Return the occurrence of a day as Outlook is to show it, if the series has one then."""
    whole = series.content
    assert whole.rule is not None
    if not any(days(whole.rule, _first(whole), day, day)):
        return None
    content: EventContent | None = _regular(whole, day)
    for exception in whole.exceptions:
        if series_day(whole, exception.original) == day:
            content = exception.content
    if content is None:
        return None
    return replace(series, id=occurrence_id(series.id, day), content=_marked(content), uid="")


def _regular(series: EventContent, day: date) -> EventContent:
    return replace(series, when=moved(series.when, day), rule=None, exceptions=())


def _marked(content: EventContent) -> EventContent:
    return replace(content, tags=(*unmarked(content).tags, MARK))


def unmarked(content: EventContent) -> EventContent:
    """Return an occurrence's content without what tells it apart in Outlook."""
    kept = tuple(tag for tag in content.tags if tag_key(tag) != tag_key(MARK))
    return content if kept == content.tags else replace(content, tags=kept)


def _first(content: EventContent) -> date:
    start = content.when.start
    return start.date() if isinstance(start, datetime) else start


def day_of_occurrence(id: ItemId) -> date:
    """Return the day of a series that an occurrence's id names."""
    return date.fromisoformat(id.partition(SIGN)[2])
