"""By which labels events are found: pure functions of an event, or of an interval.

A single event carries each ISO week that it touches in UTC, or ``long`` above eight of them. A
series carries each year that it can touch, or ``series`` where it has no end or a far one. So an
interval finds its events by a handful of labels, and no time of an event is stored in clear.

Labels find candidates, and the ends of series are upper bounds. An all-day event is where its
reader is: who names the reader's zone gets the weeks of the days there; for all others a day is
added on both sides of the interval, which covers every zone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.model.events import EventContent
from services.model.recurrence import Pattern, Rule, is_outlooks, last_day
from services.model.times import bounds, weeks_touched

__all__ = ["labels_between", "labels_of"]

_MOST_WEEKS = 8
_MOST_YEARS = 20
_DAY = timedelta(days=1)
_MOMENT = timedelta(microseconds=1)
_LONG = "long"
_SERIES = "series"
_LONGEST_PERIOD = {
    Pattern.DAILY: 1,
    Pattern.WEEKLY: 7,
    Pattern.MONTHLY_BY_DAY: 31,
    Pattern.MONTHLY_BY_WEEKDAY: 31,
    Pattern.YEARLY_BY_DAY: 366,
    Pattern.YEARLY_BY_WEEKDAY: 366,
}
_UTC = ZoneInfo("UTC")


def labels_of(content: EventContent) -> list[str]:
    """Return what an event with this content is found by."""
    start, end = bounds(content.when, _UTC)
    if content.rule is None:
        weeks = weeks_touched(start, end)
        return [f"week {week}" for week in weeks] if len(weeks) <= _MOST_WEEKS else [_LONG]
    last = _last_day(content.rule, start.date())
    if last is None or last.year - start.year >= _MOST_YEARS:
        return [_SERIES]
    years = _years(start, datetime(last.year, last.month, last.day, tzinfo=UTC) + (end - start))
    for exception in content.exceptions:
        if exception.content is not None:
            years |= _years(*bounds(exception.content.when, _UTC))
    return [f"year {year}" for year in sorted(years)]


def labels_between(start: datetime, end: datetime, zone: ZoneInfo | None = None) -> Sequence[str]:
    """Return the labels of all that may touch an interval, whose end is not part of it.

    Args:
        start: an aware instant.
        end: an aware instant, not before it.
        zone: where the days of all-day events begin; ``None`` = anywhere.
    """
    return [
        *(f"week {week}" for week in weeks_touched(*_reach(start, end, zone))),
        *(f"year {year}" for year in sorted(_years(start, end))),
        _LONG,
        _SERIES,
    ]


def _reach(start: datetime, end: datetime, zone: ZoneInfo | None) -> tuple[datetime, datetime]:
    """Return the first and the last instant whose weeks matter: of times, and of days in UTC."""
    if zone is None:
        return start - _DAY, end + _DAY
    last = max(start, end - _MOMENT)
    return min(start, _in_utc(start, zone)), max(last, _in_utc(last, zone))


def _in_utc(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return where the day begins in UTC that it is in a zone: by that whole days are labelled."""
    return datetime.combine(moment.astimezone(zone), time(), UTC)


def _years(start: datetime, end: datetime) -> set[int]:
    """Return the years from a day before ``start`` to a day after ``end``."""
    return set(range((start - _DAY).year, (end + _DAY).year + 1))


def _last_day(rule: Rule, first: date) -> date | None:
    """Return a day on or after the last one of a series; ``None`` = it has no end."""
    if rule.until is not None:
        return rule.until
    if rule.count is None:
        return None
    if not is_outlooks(rule):
        return last_day(rule, first)  # a period may have none of its days, so they are counted
    # Period for period, the count cannot reach further than this; the first one may be cut.
    periods = rule.interval * rule.count + 1
    days = periods * _LONGEST_PERIOD[rule.pattern]
    if first.toordinal() + days > date.max.toordinal() - 2:
        return None
    return first + timedelta(days=days)
