"""Events as people write them in Outlook: a few plain values become an event's content.

Used by the sandbox's own pages, by the sample data and by tests that play a person.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sandbox.items import PLAIN_DEFAULTS, Content
from sandbox.recurrence import WEEKDAYS, Recurrence
from sandbox.zones import zone_named

__all__ = [
    "all_day",
    "answered",
    "attended_by",
    "called_off",
    "repeating",
    "timed",
    "weekly",
]


def timed(
    title: str, day: date, at: time, minutes: int, zone: str, *, place: str = "", text: str = ""
) -> Content:
    """Return an event of some minutes on one day."""
    start = datetime.combine(day, at, zone_named(zone))
    end = start + timedelta(minutes=minutes)
    return _content(start, end, zone, title, place, text)


def all_day(title: str, first: date, last: date, zone: str, *, place: str = "") -> Content:
    """Return an event of whole days, the last one included; others see the person as free."""
    midnight = time(tzinfo=zone_named(zone))
    start = datetime.combine(first, midnight)
    end = datetime.combine(last + timedelta(days=1), midnight)
    content = _content(start, end, zone, title, place, "")
    return replace(content, is_all_day=True, plain={**content.plain, "showAs": "free"})


def weekly(content: Content, *weekdays: str) -> Content:
    """Return content that repeats every week without end, by default on its own weekday."""
    days = weekdays or (WEEKDAYS[content.start.weekday()],)
    return repeating(content, type="weekly", days_of_week=days)


def repeating(content: Content, **pattern: Any) -> Content:
    """Return content that repeats, with the fields of a :class:`Recurrence`."""
    rule = Recurrence(starts_on=content.start.date(), zone=content.start_zone, **pattern)
    return replace(content, recurrence=rule)


def attended_by(content: Content, *people: tuple[str, str]) -> Content:
    """Return content with attendees, each a name and an address."""
    attendees = [
        {
            "type": "required",
            "status": {"response": "none", "time": "0001-01-01T00:00:00Z"},
            "emailAddress": {"name": name, "address": address},
        }
        for name, address in people
    ]
    return _with(content, attendees=attendees)


def called_off(content: Content) -> Content:
    """Return a guest's copy of what the organiser has called off: it stays until it is removed."""
    subject = f"Canceled: {content.subject}"
    return _with(content, subject=subject, isCancelled=True, showAs="free", isReminderOn=False)


def answered(content: Content, response: str) -> Content:
    """Return a guest's copy with their answer: ``accepted``, ``tentativelyAccepted`` or so."""
    return _with(content, response=response, showAs=_SHOWN.get(response, "busy"))


_SHOWN = {"tentativelyAccepted": "tentative", "declined": "free"}


def _with(content: Content, **plain: Any) -> Content:
    return replace(content, plain={**content.plain, **plain})


def _content(
    start: datetime, end: datetime, zone: str, title: str, place: str, text: str
) -> Content:
    location = {
        "displayName": place,
        "locationType": "default",
        "uniqueId": place,
        "uniqueIdType": "private",
    }
    plain = {
        **PLAIN_DEFAULTS,
        "subject": title,
        "body": {"contentType": "text" if text else "html", "content": text},
        "locations": [location] if place else [],
    }
    return Content(start=start, end=end, start_zone=zone, end_zone=zone, plain=plain)
