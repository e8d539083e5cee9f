"""Events as iCalendar (RFC 5545), for any calendar program. The writing itself is ``icalendar``'s.

A series keeps its zone and its rule; a cancelled occurrence is an ``EXDATE``, a changed one an
event of its own with a ``RECURRENCE-ID``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, timedelta

from icalendar import Alarm, Calendar, vRecur
from icalendar import Event as Component

from services.formats.rrule import to_rrule
from services.model.events import Event, EventContent, Importance, Sensitivity, ShowAs
from services.model.rich_text import plain

__all__ = ["calendar_file"]

CLASSES = {
    Sensitivity.PERSONAL: "PRIVATE",
    Sensitivity.PRIVATE: "PRIVATE",
    Sensitivity.CONFIDENTIAL: "CONFIDENTIAL",
}
PRIORITIES = {Importance.HIGH: 1, Importance.LOW: 9}


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
        rule = to_rrule(content.rule, content.when.start)
        component.add("rrule", vRecur.from_ical(rule))
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
