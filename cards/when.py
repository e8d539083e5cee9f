"""Days and times as the reader writes them: ``Fri, 20 Nov 2026, 12:30``.

:func:`describe` says when an event is, in the reader's zone. The zone is named where readers sit
in different ones, and the event's own time is added where its clock shows another one.
Patterns come from the CLDR by way of Babel; each is computed once per day or minute and language.
A client's own date functions are not used: phones get them wrong in summer time.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import (
    format_date,
    format_interval,
    format_time,
    get_timezone_location,
)

from cards.viewer import Reader
from cards.wording import LANGUAGES, say
from services.model.recurrence import Weekday
from services.model.times import AllDay, Timed, When

__all__ = [
    "day_long",
    "day_short",
    "days_between",
    "days_of",
    "describe",
    "first_day",
    "first_weekday",
    "hours_on",
    "locale_of",
    "moment",
    "month_long",
    "month_short",
    "spoken_hours",
    "time_short",
    "weekday_long",
    "weekday_short",
    "zone_name",
]

DAY = timedelta(days=1)
MIDNIGHT = time()
HOME = {"en": "GB"}
"""Whose habits count where a language names no region, if not those that it has by itself."""
DASH = " \N{EN DASH} "


def describe(when: When, reader: Reader) -> str:
    """Return when it is, in one line."""
    if isinstance(when, AllDay):
        last = when.end - timedelta(days=1)
        if last == when.start:
            return say(reader.language, "{day}, all day", day=day_long(when.start, reader.language))
        return days_between(when.start, last, reader.language)
    here = _span(when, reader.zone, reader.language)
    if reader.names_zone:
        return f"{here} ({zone_name(reader.zone, reader.language)})"
    there = _own_zone(when, reader.zone)
    if there is None:
        return here
    start = when.start
    own = time_short(start.timetz(), reader.language)
    if start.date() != start.astimezone(reader.zone).date():
        own = f"{day_short(start.date(), reader.language)}, {own}"
    return f"{here} ({own} {zone_name(there, reader.language)})"


def hours_on(when: When, day: date, reader: Reader) -> tuple[str, str]:
    """Return the two lines that an agenda puts beside an event under the heading of ``day``."""
    if isinstance(when, AllDay):
        return say(reader.language, "All day"), ""
    start, end = when.start.astimezone(reader.zone), when.end.astimezone(reader.zone)
    begins = time_short(start.timetz(), reader.language)
    ends = time_short(end.timetz(), reader.language)
    first, last = days_of(when, reader.zone)
    if first < day < last:
        return say(reader.language, "All day"), ""
    if first < day:
        return say(reader.language, "until"), ends
    if day < last:
        return begins, "…"
    return begins, "" if start == end else ends


def spoken_hours(begins: str, ends: str) -> str:
    """Return these two as a reader says them before a title: ``09:00``, ``until 00:30``."""
    return begins if begins[:1].isdigit() else f"{begins} {ends}".strip()


def first_day(when: When, zone: ZoneInfo) -> date:
    """Return the first day on the reader's calendar."""
    return when.start if isinstance(when, AllDay) else when.start.astimezone(zone).date()


def days_of(when: When, zone: ZoneInfo) -> tuple[date, date]:
    """Return the first and the last day there; what ends at midnight ends the day before."""
    if isinstance(when, AllDay):
        return when.start, when.end - DAY
    start, end = when.start, when.end
    if start.tzinfo is not zone or end.tzinfo is not zone:  # which a month's thousand need not be
        start, end = start.astimezone(zone), end.astimezone(zone)
    first, last = start.date(), end.date()
    return first, last - DAY if first < last and end.time() == MIDNIGHT else last


def moment(at: datetime, reader: Reader) -> str:
    """Return a point in time: ``Fri, 20 Nov 2026, 12:30``."""
    here = at.astimezone(reader.zone)
    day, clock = day_long(here.date(), reader.language), time_short(here.timetz(), reader.language)
    return f"{day}, {clock}"


def zone_name(zone: ZoneInfo, language: str) -> str:
    """Return how people call a zone: ``Berlin time``."""
    if zone.key in ("UTC", "Etc/UTC"):
        return "UTC"
    return say(language, "{city} time", city=_city(zone, language))


@lru_cache(maxsize=2048)
def day_long(day: date, language: str) -> str:
    """Return ``Fri, 20 Nov 2026``."""
    return _by_skeleton("yMMMEd", day, language)


@lru_cache(maxsize=2048)
def day_short(day: date, language: str) -> str:
    """Return ``Fri 20 Nov``."""
    return _by_skeleton("MMMEd", day, language)


@lru_cache(maxsize=2048)
def days_between(first: date, last: date, language: str) -> str:
    """Return both days and what is between, saying once what they have in common."""
    if first == last:
        return day_long(first, language)
    return format_interval(first, last, "yMMMEd", locale=locale_of(language))


@lru_cache(maxsize=2048)
def time_short(at: time, language: str) -> str:
    """Return ``12:30``, or ``12:30 PM`` where people write that."""
    return format_time(at.replace(tzinfo=None), "short", locale=locale_of(language))


@lru_cache(maxsize=512)
def weekday_short(day: date, language: str) -> str:
    """Return ``Fri``."""
    return format_date(day, "ccc", locale=locale_of(language))


@lru_cache(maxsize=512)
def weekday_long(weekday: Weekday, language: str) -> str:
    """Return ``Monday``."""
    monday = date(2024, 1, 1)
    return format_date(monday + timedelta(days=weekday), "EEEE", locale=locale_of(language))


def month_short(day: date, language: str) -> str:
    """Return ``Nov``."""
    return format_date(day, "LLL", locale=locale_of(language))


@lru_cache(maxsize=512)
def month_long(day: date, language: str) -> str:
    """Return ``November 2026``."""
    return _by_skeleton("yMMMM", day, language)


def first_weekday(language: str) -> Weekday:
    """Return where a week begins for whoever speaks the language: Monday, or Sunday in en-US."""
    return Weekday(locale_of(language).first_week_day)


def _span(when: Timed, zone: ZoneInfo, language: str) -> str:
    start, end = when.start.astimezone(zone), when.end.astimezone(zone)
    begins, ends = time_short(start.timetz(), language), time_short(end.timetz(), language)
    day = day_long(start.date(), language)
    if start == end:
        return f"{day}, {begins}"
    if start.date() == end.date():
        return f"{day}, {begins}{DASH}{ends}"
    return f"{day}, {begins}{DASH}{day_long(end.date(), language)}, {ends}"


def _own_zone(when: Timed, zone: ZoneInfo) -> ZoneInfo | None:
    """Return the event's zone when its clock shows another time than the reader's."""
    own = when.start.tzinfo
    if not isinstance(own, ZoneInfo) or own.key in ("UTC", "Etc/UTC"):
        return None  # what comes from Outlook in UTC has lost its zone; nobody lives by it
    instant = when.start.astimezone(UTC)
    differs = instant.astimezone(own).utcoffset() != instant.astimezone(zone).utcoffset()
    return own if differs else None


@lru_cache(maxsize=1024)
def _city(zone: ZoneInfo, language: str) -> str:
    place = get_timezone_location(zone, locale=locale_of(language), return_city=True)
    return place.rpartition("/")[2]


@lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    """Return the locale whose habits the reader has, in a language that the sentences speak."""
    name, _, region = language.replace("_", "-").partition("-")
    spoken = name.lower() if name.lower() in LANGUAGES else "en"
    try:
        return Locale(spoken, territory=region.upper() or HOME.get(spoken))
    except (UnknownLocaleError, ValueError):
        return Locale(spoken, territory=HOME.get(spoken))


def _by_skeleton(skeleton: str, day: date, language: str) -> str:
    """Return a day by one of the patterns that each of our languages has, without a search."""
    locale = locale_of(language)
    written: str = locale.datetime_skeletons[skeleton].apply(day, locale)
    return written
