"""What is to be shown of a calendar: a view, some days, a tag, a person.

``agenda next month with Ines``, ``week 12 december``, ``week 49``, ``month march``, ``agenda
#travel``, ``agenda tomorrow in Travel``. A tag is marked by ``#``, a person follows ``with`` and
ends the sentence; what is left must be days, or nothing, and may name a calendar behind ``in``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from services.model.settings import View
from services.phrases.asker import Asker
from services.phrases.commands import ShowAgenda
from services.phrases.days import Days, read_days
from services.phrases.names import names_in
from services.phrases.vocabulary import Words

__all__ = ["VIEW_PHRASES", "Filtered", "dated_view", "filtered", "shown_in"]

AGENDA_DAYS = 7
FILTERED_DAYS = 31
"""How long an agenda is of which only a part is shown."""
MOST_WORDS = 6
"""Of days: ``from 24 may to 26 june``."""
TAG = re.compile(r"(?:^|(?<=\s))#([\w-]{1,100})(?!\S)")
WEEK = re.compile(r"(?:number\s+)?(\d{1,2})", re.I)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Filtered:
    """What is left of a sentence without its filters, and these."""

    rest: str
    tag: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class _Said:
    """The small words of views in one language."""

    leading: re.Pattern[str]
    along: re.Pattern[str]
    inside: re.Pattern[str]


@lru_cache(maxsize=8)
def _said(words: Words) -> _Said:
    within = f"{words.within}|{words.inside}"
    return _Said(
        # In 2 weeks is a day, 2 weeks are many.
        leading=re.compile(
            rf"^(?:(?:{words.leading}|(?:{within})(?!\s+(?:\d|{words.one}\b))|:|-)(?:\s+|$))+", re.I
        ),
        along=re.compile(rf"(?:^|(?<=\s))(?:{words.along})\s+(\S.{{0,99}})$", re.I),
        inside=re.compile(
            rf"(?:^|(?<=\s))(?:{words.inside})\s+(?:(?:{words.the})\s+)?(?P<name>\S.{{0,99}})$",
            re.I,
        ),
    )


def _saying(asker: Asker) -> _Said:
    return _said(names_in(asker.language).words)


def filtered(text: str, asker: Asker) -> Filtered:
    """Return the sentence without its tag and its person."""
    along = _saying(asker).along
    found = TAG.search(text)
    tag, text = (found[1], TAG.sub(" ", text, count=1)) if found else ("", text)
    named = along.search(text.strip())
    who, text = (named[1].strip(), along.sub("", text.strip())) if named else ("", text)
    return Filtered(" ".join(text.split()), tag, who)


def shown_in(view: View | None, rest: str, asker: Asker) -> ShowAgenda | None:
    """Return what the words behind ``agenda``, ``week`` ... ask for; ``None`` = no days."""
    asked, calendar = filtered(rest, asker), ""
    says = _saying(asker)
    fragment = _led(asked.rest, asker)
    days = _days(view, fragment, asked, asker)
    if days is None and (named := says.inside.search(asked.rest)):
        before = asked.rest[: named.start()].strip()
        calendar, fragment = named["name"], _led(before, asker)
        calendar, fragment = (calendar, fragment) if fragment else _days_apart(calendar, asker)
        days = _days(view, fragment, asked, asker)
    if days is None or days.wrong:
        return None
    if fragment and view is None:
        view = View.AGENDA  # who names days wants these, whatever the calendar's own view is
    return ShowAgenda(days.first, days.last, view, asked.tag, asked.who, calendar)


def dated_view(text: str, asker: Asker) -> ShowAgenda | None:
    """Read ``tomorrow`` or ``next week`` as a question for the agenda."""
    if not _saying(asker).leading.sub("", filtered(text, asker).rest):
        return None
    found = shown_in(View.AGENDA, text, asker)
    return None if found is None or found.calendar else found


def _days_apart(text: str, asker: Asker) -> tuple[str, str]:
    """Return the name of a calendar, and the days that stand behind it: ``Travel next week``."""
    words, names = text.split(), names_in(asker.language)
    for at in range(max(1, len(words) - MOST_WORDS), len(words)):
        behind = _led(" ".join(words[at:]), asker)
        if read_days(behind, asker.today, names, guess=False):
            return " ".join(words[:at]), behind
    return text, ""


def _led(text: str, asker: Asker) -> str:
    """Return days without the small words before them; of *i* morgen the first is a part."""
    bare, names = _saying(asker).leading.sub("", text), names_in(asker.language)
    known = (read_days(each, asker.today, names, guess=False) for each in (bare, text))
    return text if bare != text and not next(known) and next(known) else bare


def _days(view: View | None, fragment: str, asked: Filtered, asker: Asker) -> Days | None:
    today = asker.today
    if not fragment:
        is_part = asked.tag or asked.who
        length = 1 if view not in (None, View.AGENDA) else FILTERED_DAYS if is_part else AGENDA_DAYS
        return Days(today, today + (length - 1) * DAY)
    if view is View.DAY and fragment.casefold() == "after tomorrow":  # a day that begins so
        return read_days(f"day {fragment}", today, names_in("en"))
    if view is View.WEEK and (numbered := WEEK.fullmatch(fragment)):
        return _week_numbered(int(numbered[1]), today)
    return read_days(fragment, today, names_in(asker.language))


def _week_numbered(number: int, today: date) -> Days | None:
    """Return the Thursday of the next week with this ISO number, this one included."""
    year, this_week, _ = today.isocalendar()
    try:
        thursday = date.fromisocalendar(year + (number < this_week), number, 4)
    except ValueError:
        return None  # few years have a week 53
    return Days(thursday, thursday)


def _in_view(view: View | None) -> Callable[[str, Asker], ShowAgenda | None]:
    return lambda rest, asker: shown_in(view, rest, asker)


VIEW_PHRASES: tuple[tuple[tuple[str, ...], Callable[[str, Asker], ShowAgenda | None]], ...] = (
    (
        (
            *("agenda", "show agenda", "my agenda", "show my agenda"),
            *("what's on", "whats on", "what is on", "what's up", "what's next"),
            *("what's happening", "what is happening", "what do i have", "what have i got"),
            *("do i have anything", "my events", "show my events", "list events"),
            *("meetings", "my meetings"),
        ),
        _in_view(View.AGENDA),
    ),
    (
        ("calendar", "show calendar", "my calendar", "show my calendar", "show the calendar"),
        _in_view(None),
    ),
    (("day", "show day", "day view", "my day"), _in_view(View.DAY)),
    (("week", "show week", "week view", "my week"), _in_view(View.WEEK)),
    (("month", "show month", "month view", "my month"), _in_view(View.MONTH)),
)
"""English; the first of each is the one that is offered."""
