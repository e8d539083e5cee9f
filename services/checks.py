"""What a person may write into an event or a contact, and how it is tidied before it is kept.

:func:`tidy_event` and :func:`tidy_contact` return the content as it will be stored, or raise
``InvalidInput`` with every problem at once, each named after its field. What comes from Outlook is
not checked: what a mailbox holds is true, however long it is; and a person who edits such an event
is not blamed for what they left as it was.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from services.model.contacts import ContactContent, Phone
from services.model.errors import InvalidInput, Problem, Wrong
from services.model.events import EventContent
from services.model.recurrence import check, days, first_day
from services.model.times import When
from services.occurrences import moved, series_day

__all__ = [
    "MAX_NAME",
    "MAX_NOTES",
    "MAX_PLACE",
    "MAX_TEXT",
    "MAX_TITLE",
    "tidy_contact",
    "tidy_event",
]

MAX_TITLE = 200
MAX_PLACE = 500
MAX_TEXT = 10_000
MAX_TAG, MAX_TAGS = 100, 25
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
}
"""A form's names for the fields of an event's content."""
FIELDS = (*FIELD_OF.values(), "rule")

WRITTEN = ("name", "company", "job", "department", "emails", "phones", "notes")
"""The fields of a contact that a form asks for."""
MAX_NAME = 200
MAX_NOTES = 10_000
MAX_EMAIL = 254
MAX_PHONE = 50
MAX_WAYS = 10
"""Of e-mail addresses and of phones."""
EMAIL = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+\.[^\s@<>,;\".]+")
PHONE = re.compile(r"[+\d][\d\s().,/#*x-]*", re.I)
FEWEST_DIGITS = 3


def tidy_event(content: EventContent, kept: EventContent | None = None) -> EventContent:
    """Return the event as it will be kept.

    A series begins on its rule's first day, and keeps only exceptions that the rule still knows.

    Args:
        content: what the person wrote.
        kept: what the event was before, where there was one.

    Raises:
        InvalidInput: something cannot be taken.
    """
    tidied = replace(
        content,
        title=_line(content.title),
        place=_line(content.place),
        text=_lines(content.text),
        tags=_tags(content.tags),
    )
    same = {name for name in FIELDS if kept and getattr(content, name) == getattr(kept, name)}
    content = replace(tidied, **{name: getattr(content, name) for name in same}) if same else tidied
    problems = [problem for problem in _event(content) if FIELD_OF[problem.field] not in same]
    is_moved = not same.issuperset(("when", "rule"))
    if is_moved and not problems:
        problems = list(_repeating(content))
    if problems:
        raise InvalidInput(*problems)
    return _as_series(content) if is_moved else content


def _event(content: EventContent) -> Iterator[Problem]:
    yield from _length("title", content.title, MAX_TITLE, needed=True)
    yield from _length("place", content.place, MAX_PLACE)
    yield from _length("text", content.text, MAX_TEXT)
    yield from _time(content.when)
    yield from _reminder(content.reminder_minutes)
    if len(content.tags) > MAX_TAGS:
        yield Problem("tags", Wrong.OUT_OF_RANGE, MAX_TAGS)
    yield from _length("tags", max(content.tags, key=len, default=""), MAX_TAG)


def tidy_contact(content: ContactContent, kept: ContactContent | None = None) -> ContactContent:
    """Return the contact as it will be kept.

    Args:
        content: what the person wrote, in the fields that a form asks for; the others are kept.
        kept: what the contact was before, where there was one.

    Raises:
        InvalidInput: something cannot be taken.
    """
    emails = dict.fromkeys(filter(None, map(_line, content.emails)))
    phones = dict.fromkeys(Phone(p.kind, _line(p.number)) for p in content.phones)
    tidied = replace(
        content,
        name=_line(content.name),
        company=_line(content.company),
        job=_line(content.job),
        department=_line(content.department),
        emails=tuple(emails),
        phones=tuple(phone for phone in phones if phone.number),
        notes=_lines(content.notes),
    )
    same = [name for name in WRITTEN if kept and getattr(content, name) == getattr(kept, name)]
    content = replace(tidied, **{name: getattr(content, name) for name in same})
    problems = [problem for problem in _contact(content) if _field(problem) not in same]
    if problems:
        raise InvalidInput(*problems)
    return content


def _contact(content: ContactContent) -> list[Problem]:
    return [
        *_length("name", content.name, MAX_NAME, needed=True),
        *_length("company", content.company, MAX_NAME),
        *_length("job", content.job, MAX_NAME),
        *_length("department", content.department, MAX_NAME),
        *_length("notes", content.notes, MAX_NOTES),
        *_emails(content.emails),
        *_phones(content.phones),
    ]


def _field(problem: Problem) -> str:
    """Return the field of a contact in which a form's input ends up."""
    word, *_ = problem.field.split("_")
    return {"email": "emails", "phone": "phones"}.get(word, word)


def _line(text: str) -> str:
    """Return the text on one line, without control characters and overrides of direction."""
    if not text.isprintable():  # of most texts this one look tells that nothing has to go
        text = "".join(c if _is_shown(c) else " " for c in text)
    return " ".join(text.split())


def _tags(tags: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names, each once, whichever way it is spelled."""
    names: dict[str, str] = {}
    for tag in tags:
        name = _line(tag).lstrip("#").strip()
        names.setdefault(name.casefold(), name)
    return tuple(filter(None, names.values()))


def _lines(text: str) -> str:
    """Return the text with plain line ends, and without what nobody sees."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.replace("\n", "").isprintable():  # as most are
        return text.strip()
    return "".join(c for c in text if c in "\n\t" or _is_shown(c)).strip()


def _is_shown(character: str) -> bool:
    """Say whether it may stay: joiners of scripts and emoji are formats too, and are needed."""
    return character in "\u200c\u200d" or unicodedata.category(character) not in FORBIDDEN


FORBIDDEN = frozenset({"Cc", "Cf", "Cs"})


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
    content = replace(content, when=moved(content.when, begin))

    def is_kept(day: date) -> bool:
        return any(days(rule, begin, day, day))

    kept = (e for e in content.exceptions if is_kept(series_day(content, e.original)))
    return replace(content, exceptions=tuple(kept))


def _day(start: datetime | date) -> date:
    return start.date() if isinstance(start, datetime) else start


def _emails(emails: tuple[str, ...]) -> Iterator[Problem]:
    if len(emails) > MAX_WAYS:
        yield Problem("email", Wrong.OUT_OF_RANGE, MAX_WAYS)
    for field, email in zip(("email", "email_2", *["email"] * MAX_WAYS), emails, strict=False):
        if len(email) > MAX_EMAIL:
            yield Problem(field, Wrong.TOO_LONG, MAX_EMAIL)
        elif not EMAIL.fullmatch(email):
            yield Problem(field, Wrong.NOT_AN_EMAIL)


def _phones(phones: tuple[Phone, ...]) -> Iterator[Problem]:
    if len(phones) > MAX_WAYS:
        yield Problem("phone_business", Wrong.OUT_OF_RANGE, MAX_WAYS)
    for phone in phones:
        field = f"phone_{phone.kind}"
        if len(phone.number) > MAX_PHONE:
            yield Problem(field, Wrong.TOO_LONG, MAX_PHONE)
        elif not _is_phone(phone.number):
            yield Problem(field, Wrong.NOT_A_PHONE)


def _is_phone(number: str) -> bool:
    digits = sum(character.isdigit() for character in number)
    return bool(PHONE.fullmatch(number)) and digits >= FEWEST_DIGITS
