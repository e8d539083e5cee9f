"""Which event somebody means who speaks of one: by words of it, by its day, by its hour.

The narrower reading wins as long as it finds something: the words in the title before the words
anywhere, what is still to come before what is over, what can be changed here before what cannot.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.events.agenda import Agenda
from services.events.event_search import MOST, nearest
from services.events.occurrences import by_start, occurrences
from services.model.books import BookId
from services.model.events import Occurrence
from services.model.filters import folded
from services.model.identity import Person
from services.model.times import bounds
from services.search import Search

__all__ = ["EventChoice", "Spoken"]

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Spoken:
    """What somebody says of an event."""

    words: str = ""
    """Letters of any field; empty = the day says it all."""
    first: date | None = None
    last: date | None = None
    """The days it is on, both included; ``None`` = whenever."""
    at: int | None = None
    """The minute of the day at which it begins."""


class EventChoice:
    """The use case of finding the event that is to be changed."""

    def __init__(self, search: Search, agenda: Agenda) -> None:
        self._search = search
        self._agenda = agenda

    async def find(
        self,
        person: Person,
        readings: Iterable[Spoken],
        now: datetime,
        zone: ZoneInfo,
        within: Sequence[BookId],
    ) -> tuple[Occurrence, ...]:
        """Return what may be meant by the first reading that means anything, by start.

        Args:
            person: who speaks; only calendars that they may see are looked through.
            readings: what they may have said, the likeliest first.
            now: the present.
            zone: in which days and hours are said.
            within: the calendars.
        """
        for spoken in readings:
            if found := await self._meant(person, spoken, now, zone, within):
                return tuple(by_start(_likeliest(found, spoken, now, zone), zone))
        return ()

    async def _meant(
        self,
        person: Person,
        spoken: Spoken,
        now: datetime,
        zone: ZoneInfo,
        within: Collection[BookId],
    ) -> Sequence[Occurrence]:
        first, last = spoken.first, spoken.last
        if not spoken.words:
            if first is None or last is None:
                return ()
            return await self._agenda.of_all(person, tuple(within), first, last, zone)
        page = await self._search.events(person, spoken.words, 0, MOST, within=within)
        if first is None or last is None:
            return [nearest(event, now, zone) for event in page.records]
        begin, end = (datetime.combine(day, time(), zone) for day in (first, last + DAY))
        return [one for event in page.records for one in occurrences(event, begin, end, zone)]


def _likeliest(
    found: Sequence[Occurrence], spoken: Spoken, now: datetime, zone: ZoneInfo
) -> Sequence[Occurrence]:
    """Return those that fit best, by one question after the other."""
    wanted = folded(spoken.words).split()
    title = " ".join(wanted)
    questions: list[Callable[[Occurrence], bool]] = [
        lambda one: spoken.at is None or _begins(one, zone) == spoken.at,
        lambda one: all(word in folded(one.written.title) for word in wanted),
        lambda one: not wanted or folded(one.written.title) == title,
        lambda one: spoken.first is not None or bounds(one.when, zone)[1] > now,
        lambda one: not (one.event.mirror or one.event.feed),
    ]
    for fits in questions:
        found = [one for one in found if fits(one)] or found
    return found


def _begins(one: Occurrence, zone: ZoneInfo) -> int | None:
    """Return the minute of the day at which it begins; ``None`` for whole days."""
    start = one.when.start
    if not isinstance(start, datetime):
        return None
    local = start.astimezone(zone)
    return local.hour * 60 + local.minute
