"""Three ways to ask what is on in a month: each is handed its data once, and is asked again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import recurring_ical_events
from dateutil import rrule
from icalendar import Calendar, vRecur
from icalendar import Event as Component

from bench.recurrence.samples import ZONE, Sample
from services.events.expansions import Expansions
from services.model.books import BookId
from services.model.times import Start

__all__ = ["CONTENDERS", "Ask"]

Ask = Callable[[datetime, datetime], Sequence[Start]]
"""Returns the starts of what is on from one moment until another."""


def almanac(samples: Sequence[Sample]) -> Ask:
    """Return how Almanac is asked: with the events that its store has handed out."""
    events, expansions = [sample.event for sample in samples], Expansions()

    def ask(begin: datetime, end: datetime) -> list[Start]:
        found = expansions.between(BookId("b"), events, begin, end, ZONE)
        return [one.when.start for one in found]

    return ask


def dateutil(samples: Sequence[Sample]) -> Ask:
    """Return how python-dateutil is asked: rules are read and kept at the first time.

    It works on naive times here, which it is quicker with, and knows nothing of events.
    """
    singles = [sample for sample in samples if not sample.rrule]
    series = [sample for sample in samples if sample.rrule]
    rules: list[tuple[rrule.rrule, timedelta]] = []

    def ask(begin: datetime, end: datetime) -> list[datetime]:
        if not rules:
            rules.extend((_rule(sample), timedelta(minutes=sample.minutes)) for sample in series)
        found = [sample.start for sample in singles if _is_on(sample, begin, end)]
        low, high = begin.replace(tzinfo=None), end.replace(tzinfo=None)
        for rule, length in rules:
            starts = rule.between(low - length, high - timedelta(seconds=1))
            found += [start.replace(tzinfo=ZONE) for start in starts]
        return sorted(found)

    return ask


def recurring(samples: Sequence[Sample]) -> Ask:
    """Return how recurring-ical-events is asked: of a calendar that is parsed already."""
    calendar = Calendar()
    for sample in samples:
        calendar.add_component(_component(sample))
    queries: list[recurring_ical_events.CalendarQuery] = []

    def ask(begin: datetime, end: datetime) -> list[Start]:
        if not queries:
            queries.append(recurring_ical_events.of(calendar))
        found = queries[0].between(begin, end)
        return sorted(component["DTSTART"].dt for component in found)

    return ask


CONTENDERS: dict[str, Callable[[Sequence[Sample]], Ask]] = {
    "Almanac": almanac,
    "python-dateutil": dateutil,
    "recurring-ical-events": recurring,
}


def _rule(sample: Sample) -> rrule.rrule:
    naive = sample.rrule
    # Its rules want an end that is naive like their start.
    until = naive.partition("UNTIL=")[2]
    if until:
        naive = naive.replace(until, until.removesuffix("Z"))
    parsed = rrule.rrulestr(naive, dtstart=sample.start.replace(tzinfo=None), cache=True)
    assert isinstance(parsed, rrule.rrule)
    return parsed


def _is_on(sample: Sample, begin: datetime, end: datetime) -> bool:
    return sample.start < end and sample.start + timedelta(minutes=sample.minutes) > begin


def _component(sample: Sample) -> Component:
    component = Component()
    component.add("uid", sample.event.id)
    component.add("summary", sample.event.content.title)
    component.add("location", sample.event.content.place)
    component.add("dtstart", sample.start)
    component.add(
        "dtend", (sample.start.astimezone(UTC) + timedelta(minutes=sample.minutes)).astimezone(ZONE)
    )
    if sample.rrule:
        component.add("rrule", vRecur.from_ical(sample.rrule))
    return component
