"""What an owner may choose about a calendar or contact list, and how it is tidied.

The counterpart of :mod:`services.events.event_checks`, for the book itself. Countries and regions
of holidays are checked where they are known, in :mod:`services.events.holidays`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from services.model.errors import InvalidInput, Problem, Wrong
from services.model.settings import BookSettings, Holiday, Profile

__all__ = ["MAX_HOLIDAY_SETS", "MAX_NAME", "MAX_OWN_HOLIDAYS", "tidy_profile"]

MAX_NAME = 100
MAX_HOLIDAY_SETS = 20
MAX_OWN_HOLIDAYS = 200
MAX_REMINDER = 28 * 24 * 60
"""Minutes: four weeks, as for an event."""
DAY = 24 * 60
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")


def tidy_profile(profile: Profile, *, named: bool, kept: BookSettings | None = None) -> Profile:
    """Return the profile as it will be kept.

    Args:
        profile: what was chosen.
        named: whether it needs a name: the first book of a place goes by that of the place.
        kept: the settings that it had before; what is left as it was is never refused.

    Raises:
        InvalidInput: something cannot be taken.
    """
    tidied = replace(
        profile,
        name=_line(profile.name),
        settings=_tidy_settings(profile.settings),
    )
    problems = [*_named(tidied, named=named)]
    if tidied.settings != kept:
        problems += _problems(tidied.settings)
    if problems:
        raise InvalidInput(*problems)
    return tidied


def _tidy_settings(settings: BookSettings) -> BookSettings:
    own = {Holiday(each.day, _line(each.name)) for each in settings.own_holidays}
    return replace(
        settings,
        business_days=tuple(sorted(set(settings.business_days))),
        holidays=tuple(sorted(set(settings.holidays))),
        own_holidays=tuple(sorted(own)),
    )


def _named(profile: Profile, *, named: bool) -> Iterator[Problem]:
    if named and not profile.name:
        yield Problem("set_name", Wrong.MISSING)
    if len(profile.name) > MAX_NAME:
        yield Problem("set_name", Wrong.TOO_LONG, MAX_NAME)
    if not LANGUAGE.fullmatch(profile.language):
        yield Problem("set_language", Wrong.NOT_A_CHOICE)


def _problems(settings: BookSettings) -> Iterator[Problem]:
    if not settings.business_days:
        yield Problem("set_business_days", Wrong.MISSING)
    if not 0 <= settings.opens < settings.closes <= DAY:
        yield Problem("set_closes", Wrong.ENDS_BEFORE_START)
    minutes = settings.reminder_minutes
    if minutes is not None and not 0 <= minutes <= MAX_REMINDER:
        yield Problem("set_reminder", Wrong.OUT_OF_RANGE)
    if len(settings.holidays) > MAX_HOLIDAY_SETS:
        yield Problem("holidays", Wrong.TOO_MANY, MAX_HOLIDAY_SETS)
    if len(settings.own_holidays) > MAX_OWN_HOLIDAYS:
        yield Problem("own_holidays", Wrong.TOO_MANY, MAX_OWN_HOLIDAYS)
    if any(not each.name or len(each.name) > MAX_NAME for each in settings.own_holidays):
        yield Problem("own_holidays", Wrong.TOO_LONG, MAX_NAME)


def _line(text: str) -> str:
    """Return a text on one line, without what has no place in a name."""
    plain = "".join(" " if unicodedata.category(each) == "Cc" else each for each in text)
    return " ".join(plain.split())
