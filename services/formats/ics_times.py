"""When an event of a calendar file happens: days, times with a zone, durations.

:func:`when_of` reads a whole event, :func:`moment_of` one line. A time without a zone is one of
the calendar that reads it; a time that a zone skips stays as it is written, since a wall clock is
what people mean.

RFC 5545, sections 3.3.4 to 3.3.6, 3.8.2.2, 3.8.2.4 and 3.8.2.5; [MS-OXCICAL] 2.1.3.1.1.20.28.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.formats.components import Component
from services.formats.content_lines import Line, parameters
from services.formats.ics_zones import Zones
from services.model.imports import Snag
from services.model.times import AllDay, Start, Timed, When

__all__ = ["BadTime", "duration_of", "moment_of", "moments_of", "when_of"]

YEARS = range(1900, 2201)
LONGEST = timedelta(days=366 * 5)
DAY = timedelta(days=1)
UTC_ZONE = ZoneInfo("UTC")
_MOMENT = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})(?:T(\d{2}):?(\d{2}):?(\d{2})?(?:\.\d{1,9})?(Z)?)?", re.I
)
"""With dashes and colons, too, which some write there."""
_SPAN = re.compile(
    r"([+-]?)P(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?",
    re.I,
)


class BadTime(ValueError):
    """A time that cannot be; ``snag`` says in which way."""

    def __init__(self, snag: Snag) -> None:
        super().__init__(snag.value)
        self.snag = snag


def when_of(part: Component, zones: Zones) -> When:
    """Return the time of an event.

    Raises:
        BadTime: it has none, or one that cannot be.
    """
    line = part.first("DTSTART")
    if line is None or not line.value.strip():
        raise BadTime(Snag.NO_START)
    start = moment_of(line, zones)
    end = _end(part, start, zones)
    if start.year not in YEARS or end.year not in YEARS:
        raise BadTime(Snag.OUT_OF_RANGE)
    if not isinstance(start, datetime):
        last = end.date() if isinstance(end, datetime) else end
        return _all_day(start, last)
    if not isinstance(end, datetime):
        end = datetime.combine(end, start.timetz())
    try:
        when = Timed(start, end)
    except ValueError:
        raise BadTime(Snag.ENDS_BEFORE_START) from None
    if end - start > LONGEST:
        raise BadTime(Snag.OUT_OF_RANGE)
    return _all_day(start.date(), end.date()) if _is_whole_days(part, when) else when


def _is_whole_days(part: Component, when: Timed) -> bool:
    """Whether Outlook says of an event from midnight to midnight that it is one of whole days."""
    said = part.first("X-MICROSOFT-CDO-ALLDAYEVENT")
    if said is None or said.value.strip().upper() != "TRUE":
        return False
    return when.start.time() == when.end.time() == time() and when.start < when.end


def _all_day(start: date, end: date) -> AllDay:
    if end < start:
        raise BadTime(Snag.ENDS_BEFORE_START)
    if end - start > LONGEST:
        raise BadTime(Snag.OUT_OF_RANGE)
    # Some write the last day itself where the standard wants the day after it.
    return AllDay(start, max(end, start + DAY))


def _end(part: Component, start: Start, zones: Zones) -> Start:
    line = part.first("DTEND")
    if line is not None and line.value.strip():
        return moment_of(line, zones)
    line = part.first("DURATION")
    if line is not None:
        try:
            if isinstance(start, datetime):  # in real time, whatever the clocks do meanwhile
                return (start.astimezone(UTC) + duration_of(line.value)).astimezone(start.tzinfo)
            return start + duration_of(line.value)
        except OverflowError:
            raise BadTime(Snag.OUT_OF_RANGE) from None
    return start if isinstance(start, datetime) else _day_after(start)


def _day_after(day: date) -> date:
    try:
        return day + DAY
    except OverflowError:
        raise BadTime(Snag.OUT_OF_RANGE) from None


def moment_of(line: Line, zones: Zones) -> Start:
    """Return the time of a line.

    Raises:
        BadTime: it is none, or of a zone that nothing explains.
    """
    return _moment(line.value, line, zones)


def moments_of(line: Line, zones: Zones) -> Iterator[Start]:
    """Yield the times of a line that lists several, of a period its start; ``BadTime`` as above."""
    for value in line.value.replace(";", ",").split(","):
        if value.strip():
            yield _moment(value.partition("/")[0], line, zones)


def duration_of(value: str) -> timedelta:
    """Return ``-PT15M`` as a span of time; ``BadTime`` for what is none."""
    found = _SPAN.fullmatch(value.strip())
    if found is None or not any(found.groups()[1:]):
        raise BadTime(Snag.NOT_A_TIME)
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    span = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -span if found[1] == "-" else span


def _moment(value: str, line: Line, zones: Zones) -> Start:
    found = _MOMENT.fullmatch(value.strip())
    if found is None:
        raise BadTime(Snag.NOT_A_DATE)
    year, month, day, hour, minute, second, is_utc = found.groups()
    zone = UTC_ZONE if is_utc or hour is None else _zone(line, zones)
    try:
        if hour is None:
            return date(int(year), int(month), int(day))
        is_midnight = (hour, minute) == ("24", "00")  # of the next day, as some say it
        at = (0 if is_midnight else int(hour), int(minute), min(int(second or 0), 59))
        moment = datetime(int(year), int(month), int(day), *at, tzinfo=zone)
        moment += DAY * is_midnight
        if not MINYEAR < moment.year < MAXYEAR:
            moment.astimezone(UTC)  # at the ends of all time there is no such instant
    except (ValueError, OverflowError):
        raise BadTime(Snag.NOT_A_DATE) from None
    return moment


def _zone(line: Line, zones: Zones) -> ZoneInfo:
    if not line.parameters:
        return zones.home
    name = parameters(line).get("TZID", "")
    zone = zones.named(name) if name else zones.home
    if zone is None:
        raise BadTime(Snag.UNKNOWN_ZONE)
    return zone
