"""Events found by letters, each where it comes next: what is to come first, then what was.

The index knows words; :func:`nearest` knows time. A search that finds very much shows the best
fitting two hundred of it. Days, a tag or a person narrow it down: then each date of a series counts
by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from services.events.agenda import LONGEST, Agenda
from services.events.occurrences import by_start, expanded, occurrence_at, occurrences
from services.model.books import BookId
from services.model.events import Event, Occurrence
from services.model.filters import Sought, fits
from services.model.identity import Person
from services.model.recurrence import days, last_day
from services.model.times import bounds
from services.search import Search

__all__ = ["MOST", "EventSearch", "nearest"]

MOST = 200
DAY = timedelta(days=1)
YEAR = timedelta(days=LONGEST - 1)
AHEAD = tuple(timedelta(days=days) for days in (14, 100, 400))
"""How far the next one of a series may be, for most of them and for all but the rarest."""


class EventSearch:
    """The use case of looking for events in a chat."""

    def __init__(self, search: Search, agenda: Agenda) -> None:
        self._search = search
        self._agenda = agenda

    async def narrowed(
        self,
        person: Person,
        sought: Sought,
        now: datetime,
        zone: ZoneInfo,
        within: Sequence[BookId],
    ) -> tuple[Occurrence, ...]:
        """Return what is sought, by start.

        Args:
            person: who looks; only calendars that they may see are looked through.
            sought: words and what narrows them down; where only one end of the days is named, a
                year is looked through, and without either, what is to come.
            now: the present.
            zone: whose days are meant.
            within: the calendars.
        """
        first, last = _days(sought, now.astimezone(zone).date())
        if last < first:
            return ()
        if sought.words:
            page = await self._search.events(person, sought.words, 0, MOST, within=within)
            begin, end = (datetime.combine(day, time(), zone) for day in (first, last + DAY))
            found: Iterable[Occurrence] = expanded(page.records, begin, end, zone)
        else:
            found = await self._agenda.of_all(person, within, first, last, zone)
        fitting = [one for one in found if fits(one, tag=sought.tag, who=sought.who)]
        return tuple(by_start(fitting, zone))

    async def find(
        self,
        person: Person,
        text: str,
        now: datetime,
        zone: ZoneInfo,
        *,
        within: Collection[BookId] | None = None,
    ) -> tuple[Occurrence, ...]:
        """Return what fits, the next first, then what is over, the last first.

        Args:
            person: who looks; only calendars that they may see are looked through.
            text: letters of any field; none finds nothing.
            now: the present.
            zone: where the days of all-day events begin.
            within: some calendars only.
        """
        if not text.strip():
            return ()
        page = await self._search.events(person, text, 0, MOST, within=within)
        found = [nearest(event, now, zone) for event in page.records]
        return tuple(sorted(found, key=lambda one: _order(one, now, zone)))


def _days(sought: Sought, today: date) -> tuple[date, date]:
    """Return the days that are looked through, both included."""
    first, last = sought.first, sought.last
    if first is None:
        first = today if last is None or last >= today else last - YEAR
    return first, min(last or date.max, first + YEAR)


def nearest(event: Event, now: datetime, zone: ZoneInfo) -> Occurrence:
    """Return the occurrence that is on or comes next; of a series that is over, its last."""
    rule = event.content.rule
    if rule is None:
        return Occurrence.of(event)
    for ahead in AHEAD:
        if coming := occurrences(event, now, now + ahead, zone):
            return min(coming, key=lambda one: bounds(one.when, zone))
    start = event.content.when.start
    first = start.date() if isinstance(start, datetime) else start
    end = last_day(rule, first)
    if end is None or end > now.date():
        later = days(rule, first, now.date(), date.max)
        found = (occurrence_at(event, day.isoformat()) for day in islice(later, 3))
    else:
        found = (occurrence_at(event, day.isoformat()) for day in (end,))
    return next((one for one in found if one), Occurrence.of(event))


def _order(occurrence: Occurrence, now: datetime, zone: ZoneInfo) -> tuple[bool, timedelta]:
    start, end = bounds(occurrence.when, zone)
    present = now.astimezone(UTC)
    is_over = end < present
    return is_over, present - start if is_over else start - present
