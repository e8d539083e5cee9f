"""The settings of a calendar as the strings of a form, and back.

``profile_values`` gives those of one that exists or is to be, ``typed_profile`` those that were
submitted, ``read_profile`` turns them into what an owner has chosen. Drawn by
:mod:`cards.books.calendar_settings`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import time
from typing import Any

from cards.submitted import Submitted
from services.model.books import BookKind
from services.model.errors import Wrong
from services.model.recurrence import Weekday
from services.model.settings import BookSettings, Color, Profile, View

__all__ = [
    "AS_READER",
    "FIELDS",
    "LANGUAGES",
    "NAME",
    "NO",
    "NO_REMINDER",
    "REMINDERS",
    "YES",
    "Field",
    "profile_values",
    "read_profile",
    "typed_profile",
]

NAME = 100
YES, NO = "true", "false"
NO_REMINDER = "none"
AS_READER = "reader"
REMINDERS = (0, 5, 10, 15, 30, 60, 120, 1_440, 2_880, 10_080)
LANGUAGES = (
    *("en-GB", "en-US", "en-IE", "en-CA", "en-AU", "en-IN"),
    *("da-DK", "de-DE", "de-AT", "de-CH", "es-ES", "es-MX"),
    *("fr-FR", "fr-BE", "fr-CA", "fr-CH"),
)
"""What the sentences of Almanac speak, with the days and times of these countries."""
MIDNIGHT = "00:00"


class Field:
    """The names of the inputs."""

    NAME = "set_name"
    COLOR = "set_color"
    VIEW = "set_view"
    FIRST_WEEKDAY = "set_first_weekday"
    WEEK_NUMBERS = "set_week_numbers"
    WEEKENDS = "set_weekends"
    DAYS = "set_business_days"
    OPENS = "set_opens"
    CLOSES = "set_closes"
    ZONE = "set_zone"
    LANGUAGE = "set_language"
    REMINDER = "set_reminder"


FIELDS = (
    *(Field.NAME, Field.COLOR, Field.VIEW, Field.FIRST_WEEKDAY, Field.WEEK_NUMBERS),
    *(Field.WEEKENDS, Field.DAYS, Field.OPENS, Field.CLOSES, Field.ZONE),
    *(Field.LANGUAGE, Field.REMINDER),
)


def profile_values(profile: Profile) -> dict[str, str]:
    """Return what stands in the form of a calendar or contact list."""
    settings = profile.settings
    first, minutes = settings.first_weekday, settings.reminder_minutes
    return {
        Field.NAME: profile.name,
        Field.COLOR: settings.color.value,
        Field.VIEW: settings.view.value,
        Field.FIRST_WEEKDAY: AS_READER if first is None else str(int(first)),
        Field.WEEK_NUMBERS: YES if settings.week_numbers else NO,
        Field.WEEKENDS: YES if settings.weekends else NO,
        Field.DAYS: ",".join(str(int(day)) for day in settings.business_days),
        Field.OPENS: _clock(settings.opens),
        Field.CLOSES: _clock(settings.closes),
        Field.ZONE: profile.zone.key,
        Field.LANGUAGE: profile.language,
        Field.REMINDER: NO_REMINDER if minutes is None else str(minutes),
    }


def typed_profile(data: Mapping[str, Any]) -> dict[str, str]:
    """Return what was typed."""
    return dict(Submitted.of(data, FIELDS).values)


def read_profile(data: Mapping[str, Any], kept: Profile, kind: BookKind) -> Profile:
    """Return what a submitted form describes; what it does not ask for stays as ``kept`` has it.

    Raises:
        InvalidInput: something cannot be taken; names each input and what is wrong.
    """
    got = Submitted.of(data, FIELDS)
    settings = replace(kept.settings, color=got.choice(Field.COLOR, Color, kept.settings.color))
    if kind is BookKind.CALENDAR:
        settings = _read_settings(got, settings)
    profile = Profile(
        name=got.text(Field.NAME, NAME),
        zone=got.zone(Field.ZONE, kept.zone),
        language=_read_language(got, kept.language),
        settings=settings,
    )
    return got.settle(profile)


def _read_settings(got: Submitted, kept: BookSettings) -> BookSettings:
    opens, closes = _minutes(got, Field.OPENS, kept.opens), _minutes(got, Field.CLOSES, kept.closes)
    if got.raw(Field.CLOSES) == MIDNIGHT:
        closes = 24 * 60
    if opens >= closes:
        got.refuse(Field.CLOSES, Wrong.ENDS_BEFORE_START)
    return replace(
        kept,
        view=got.choice(Field.VIEW, View, kept.view),
        first_weekday=_read_first(got, kept),
        week_numbers=_read_toggle(got, Field.WEEK_NUMBERS, kept.week_numbers),
        weekends=_read_toggle(got, Field.WEEKENDS, kept.weekends),
        business_days=_read_days(got),
        opens=opens,
        closes=closes,
        reminder_minutes=_read_reminder(got, kept.reminder_minutes),
    )


def _read_first(got: Submitted, kept: BookSettings) -> Weekday | None:
    value = got.raw(Field.FIRST_WEEKDAY)
    known = {str(int(day)): day for day in Weekday}
    if value == AS_READER:
        return None
    if value and value not in known:
        got.refuse(Field.FIRST_WEEKDAY, Wrong.NOT_A_CHOICE)
    return known.get(value, kept.first_weekday)


def _read_days(got: Submitted) -> tuple[Weekday, ...]:
    """Return the days that are ticked, as a client joins them."""
    known = {str(int(day)): day for day in Weekday}
    values = [value.strip() for value in got.raw(Field.DAYS).split(",") if value.strip()]
    if not values:
        got.refuse(Field.DAYS, Wrong.MISSING)
    elif not set(values) <= known.keys():
        got.refuse(Field.DAYS, Wrong.NOT_A_CHOICE)
    return tuple(sorted({known[value] for value in values if value in known}))


def _read_reminder(got: Submitted, kept: int | None) -> int | None:
    value = got.raw(Field.REMINDER)
    if value == NO_REMINDER:
        return None
    allowed = {str(n): n for n in (*REMINDERS, *(() if kept is None else (kept,)))}
    if value and value not in allowed:
        got.refuse(Field.REMINDER, Wrong.NOT_A_CHOICE)
    return allowed.get(value, kept)


def _read_language(got: Submitted, kept: str) -> str:
    value = got.raw(Field.LANGUAGE) or kept
    if value not in (*LANGUAGES, kept):
        got.refuse(Field.LANGUAGE, Wrong.NOT_A_CHOICE)
    return value


def _read_toggle(got: Submitted, name: str, kept: bool) -> bool:
    return (got.raw(name) or (YES if kept else NO)) == YES


def _minutes(got: Submitted, name: str, kept: int) -> int:
    """Return a time of day in minutes; an empty input leaves it as it was."""
    if not got.raw(name):
        return kept
    at = got.clock(name)
    return kept if at is None else at.hour * 60 + at.minute


def _clock(minutes: int) -> str:
    return MIDNIGHT if minutes == 24 * 60 else f"{time(*divmod(minutes, 60)):%H:%M}"
