"""Events as iCalendar (RFC 5545), for any calendar program. The writing itself is ``icalendar``'s.

A series keeps its zone and its rule; a cancelled occurrence is an ``EXDATE``, a changed one an
event of its own with a ``RECURRENCE-ID``. Where our rules mean more than RFC 5545 says in one word
(on the 31st, or on the last day of shorter months) the rule is written out: ``BYMONTHDAY=28,29,30,
31;BYSETPOS=-1``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar
from icalendar import Event as Component

from services.model.events import Event, EventContent, Importance, Sensitivity, ShowAs
from services.model.recurrence import Pattern, Rule
from services.model.rich_text import plain
from services.model.times import Start

__all__ = ["calendar_file"]

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCIES = {
    Pattern.DAILY: "DAILY",
    Pattern.WEEKLY: "WEEKLY",
    Pattern.MONTHLY_BY_DAY: "MONTHLY",
    Pattern.MONTHLY_BY_DAYS: "MONTHLY",
    Pattern.MONTHLY_BY_WEEKDAY: "MONTHLY",
    Pattern.YEARLY_BY_DAY: "YEARLY",
    Pattern.YEARLY_BY_WEEKDAY: "YEARLY",
}
CLASSES = {
    Sensitivity.PERSONAL: "PRIVATE",
    Sensitivity.PRIVATE: "PRIVATE",
    Sensitivity.CONFIDENTIAL: "CONFIDENTIAL",
}
PRIORITIES = {Importance.HIGH: 1, Importance.LOW: 9}
SHORTEST_MONTH = 28


def calendar_file(name: str, events: Iterable[Event]) -> bytes:
    """Return the events as one calendar."""
    calendar = Calendar()
    calendar.add("prodid", "-//Almanac//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for event in events:
        for component in _components(event):
            calendar.add_component(component)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _components(event: Event) -> Iterator[Component]:
    content = event.content
    component = _component(event, content)
    if content.rule is not None:
        component.add("rrule", _rule(content.rule, content.when.start))
    for exception in content.exceptions:
        if exception.content is None:
            component.add("exdate", exception.original)
    yield component
    for exception in content.exceptions:
        if exception.content is not None:
            changed = _component(event, exception.content)
            changed.add("recurrence-id", exception.original)
            yield changed


def _component(event: Event, content: EventContent) -> Component:
    component = Component()
    component.add("uid", event.id)
    component.add("dtstamp", event.updated_at.astimezone(UTC))
    component.add("created", event.created_at.astimezone(UTC))
    component.add("last-modified", event.updated_at.astimezone(UTC))
    component.add("summary", content.title)
    component.add("dtstart", content.when.start)
    component.add("dtend", content.when.end)
    if content.place:
        component.add("location", content.place)
    if content.text:
        component.add("description", plain(content.text))
    component.add("transp", "TRANSPARENT" if content.show_as is ShowAs.FREE else "OPAQUE")
    if content.show_as is ShowAs.TENTATIVE:
        component.add("status", "TENTATIVE")
    if content.sensitivity in CLASSES:
        component.add("class", CLASSES[content.sensitivity])
    if content.importance in PRIORITIES:
        component.add("priority", PRIORITIES[content.importance])
    if content.tags:
        component.add("categories", list(content.tags))
    if content.reminder_minutes is not None:
        component.add_component(_alarm(content.title, content.reminder_minutes))
    return component


def _alarm(title: str, minutes: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", timedelta(minutes=-minutes))
    return alarm


def _rule(rule: Rule, start: Start) -> dict[str, Any]:
    parts: dict[str, Any] = {"freq": FREQUENCIES[rule.pattern], "interval": rule.interval}
    if rule.weekdays:
        parts["byday"] = [DAYS[day] for day in rule.weekdays]
    if rule.pattern is Pattern.WEEKLY:
        parts["wkst"] = DAYS[rule.week_start]
    if rule.week is not None:
        parts["bysetpos"] = int(rule.week)
    if rule.month is not None:
        parts["bymonth"] = rule.month
    if rule.day is not None:
        parts |= _month_day(rule.day)
    if rule.days:
        parts["bymonthday"] = list(rule.days)
    if rule.months:
        parts["bymonth"] = list(rule.months)
    if rule.count is not None:
        parts["count"] = rule.count
    if rule.until is not None:
        parts["until"] = _until(rule.until, start)
    return parts


def _month_day(day: int) -> dict[str, Any]:
    if day <= SHORTEST_MONTH:
        return {"bymonthday": day}
    return {"bymonthday": list(range(SHORTEST_MONTH, day + 1)), "bysetpos": -1}


def _until(last: date, start: Start) -> Start:
    """Return the end of a series: a day where its start is one, else an instant in UTC."""
    if not isinstance(start, datetime):
        return last
    zone = start.tzinfo if isinstance(start.tzinfo, ZoneInfo) else UTC
    return datetime.combine(last, time(23, 59, 59), zone).astimezone(UTC)
