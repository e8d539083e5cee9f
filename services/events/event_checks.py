"""What a person may write into an event, and how it is tidied before it is kept.

:func:`tidy_event` returns the content as it will be stored, or raises ``InvalidInput`` with every
problem at once, each named after its field. What comes from Outlook is not checked: what a mailbox
holds is true, however long it is; and a person who edits such an event is not blamed for what they
left as it was. Contacts are looked at by :mod:`services.contacts.contact_checks`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from services.events.occurrences import series_day
from services.model.emoji import is_emoji
from services.model.errors import InvalidInput, Problem, Wrong
from services.model.events import EventContent
from services.model.recurrence import check, days, first_day
from services.model.times import When
from services.model.wall_clocks import moved
from services.model.web_links import web_link
from services.tidy_text import names, one_line, several_lines

__all__ = ["MAX_PLACE", "MAX_TEXT", "MAX_TITLE", "tidy_event"]

MAX_TITLE = 200
MAX_PLACE = 500
MAX_TEXT = 10_000
MAX_TAG, MAX_TAGS = 100, 25
MAX_LINKS, MAX_PEOPLE, MAX_NAME = 20, 100, 200
MAX_REMINDER = 28 * 24 * 60
"""Minutes: four weeks."""
LONGEST = timedelta(days=366)
YEARS = range(1900, 2201)
MAX_EXCEPTIONS = 1000

FIELD_OF = {
    "title": "title",
    "place": "place",
    "text": "text",
    "start_date": "when",
    "end_date": "when",
    "reminder": "reminder_minutes",
    "tags": "tags",
    "emoji": "emoji",
    "meeting_url": "meeting_url",
    "links": "links",
    "others": "people",
}
"""A form's names for the fields of an event's content."""
FIELDS = (*FIELD_OF.values(), "rule")


def tidy_event(content: EventContent, kept: EventContent | None = None) -> EventContent:
    """Return the event as it will be kept.

    A series begins on its rule's first day, and keeps only exceptions that the rule still knows.

    Args:
        content: what the person wrote.
        kept: what the event was before, where there was one.

    Raises:
        InvalidInput: something cannot be taken.
    """
    same = {name for name in FIELDS if kept and getattr(content, name) == getattr(kept, name)}
    tidied = {name: value for name, value in _tidied(content) if name not in same}
    if any(getattr(content, name) != value for name, value in tidied.items()):
        content = replace(content, **tidied)
    problems = [problem for problem in _event(content) if FIELD_OF[problem.field] not in same]
    is_moved = not same.issuperset(("when", "rule"))
    if is_moved and not problems:
        problems = list(_repeating(content))
    if problems:
        raise InvalidInput(*problems)
    return _as_series(content) if is_moved else content


def _tidied(content: EventContent) -> Iterator[tuple[str, Any]]:
    """Yield the texts of an event as they are kept, each with the name of its field."""
    yield "title", one_line(content.title)
    yield "place", one_line(content.place)
    yield "text", several_lines(content.text)
    yield "tags", names(content.tags)
    yield "emoji", content.emoji.strip()
    yield "meeting_url", content.meeting_url.strip()
    yield "links", tuple(replace(each, name=one_line(each.name)) for each in content.links)
    yield "people", tuple(replace(each, name=one_line(each.name)) for each in content.people)


def _event(content: EventContent) -> Iterator[Problem]:
    yield from _length("title", content.title, MAX_TITLE, needed=True)
    yield from _length("place", content.place, MAX_PLACE)
    yield from _length("text", content.text, MAX_TEXT)
    yield from _time(content.when)
    yield from _reminder(content.reminder_minutes)
    if len(content.tags) > MAX_TAGS:
        yield Problem("tags", Wrong.OUT_OF_RANGE, MAX_TAGS)
    yield from _length("tags", max(content.tags, key=len, default=""), MAX_TAG)
    yield from _extras(content)


def _extras(content: EventContent) -> Iterator[Problem]:
    if content.emoji and not is_emoji(content.emoji):
        yield Problem("emoji", Wrong.NOT_A_CHOICE)
    if content.meeting_url and web_link(content.meeting_url) is None:
        yield Problem("meeting_url", Wrong.NOT_A_LINK)
    if any(web_link(each.url) is None for each in content.links):
        yield Problem("links", Wrong.NOT_A_LINK)
    for field, named, most in (
        ("links", content.links, MAX_LINKS),
        ("others", content.people, MAX_PEOPLE),
    ):
        if len(named) > most:
            yield Problem(field, Wrong.TOO_MANY, most)
        yield from _length(field, max((each.name for each in named), key=len, default=""), MAX_NAME)


def _length(field: str, text: str, limit: int, *, needed: bool = False) -> Iterator[Problem]:
    if needed and not text:
        yield Problem(field, Wrong.MISSING)
    if len(text) > limit:
        yield Problem(field, Wrong.TOO_LONG, limit)


def _time(when: When) -> Iterator[Problem]:
    if when.start.year not in YEARS:
        yield Problem("start_date", Wrong.OUT_OF_RANGE)
    elif when.end.year not in YEARS or when.duration > LONGEST:
        yield Problem("end_date", Wrong.OUT_OF_RANGE)


def _reminder(minutes: int | None) -> Iterator[Problem]:
    if minutes is not None and not 0 <= minutes <= MAX_REMINDER:
        yield Problem("reminder", Wrong.OUT_OF_RANGE, MAX_REMINDER)


def _repeating(content: EventContent) -> Iterator[Problem]:
    if content.rule is None:
        return
    if len(content.exceptions) > MAX_EXCEPTIONS:
        yield Problem("repeats", Wrong.OUT_OF_RANGE, MAX_EXCEPTIONS)
    try:
        check(content.rule, _day(content.when.start))
    except ValueError:
        field = "until" if content.rule.until else "repeats"
        yield Problem(field, Wrong.OUT_OF_RANGE)


def _as_series(content: EventContent) -> EventContent:
    rule = content.rule
    if rule is None:
        return replace(content, exceptions=()) if content.exceptions else content
    begin = first_day(rule, _day(content.when.start))
    when = moved(content.when, begin)
    if when is content.when and not content.exceptions:
        return content
    content = replace(content, when=when)

    def is_kept(day: date) -> bool:
        return any(days(rule, begin, day, day))

    kept = (e for e in content.exceptions if is_kept(series_day(content, e.original)))
    return replace(content, exceptions=tuple(kept))


def _day(start: datetime | date) -> date:
    return start.date() if isinstance(start, datetime) else start
