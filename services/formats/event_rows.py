"""Events as rows of a table: the template that we offer, and what an export holds.

:mod:`services.formats.event_table` reads both again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from services.formats.rrule import to_rrule
from services.formats.tables import Row
from services.model.event_links import typed_link
from services.model.events import Event, Sensitivity
from services.model.rich_text import plain
from services.model.settings import Color
from services.model.times import AllDay

__all__ = ["HEADINGS", "TEMPLATE", "table_of"]

HEADINGS = (
    *("Title", "Start date", "Start time", "End date", "End time", "All day", "Time zone"),
    *("Place", "Description", "Tags", "Show as", "Private", "Reminder", "Repeats"),
    *("Importance", "Color", "Emoji", "Meeting link", "Links", "People", "UID"),
)
TEMPLATE: tuple[Row, ...] = (
    HEADINGS,
    (
        *("Team lunch", date(2027, 3, 15), time(12, 30), date(2027, 3, 15), time(13, 30), "no"),
        *("", "Harbour canteen", "Bring an appetite", "food, team", "busy", "no", 15, ""),
        *("normal", "green", "\N{POT OF FOOD}", "", "Menu https://canteen.example"),
        *("Ines; Tom", ""),
    ),
    (
        *("Spring fair", date(2027, 4, 2), "", date(2027, 4, 4), "", "yes"),
        *("", "Hall 5", "", "fair", "away", "no", "", "FREQ=YEARLY"),
        *("high", "", "", "https://meet.example/fair", "", "", ""),
    ),
)
"""What an empty one looks like, with two rows to be written over."""


def table_of(events: Iterable[Event]) -> list[Row]:
    """Return events as rows under the template's headings."""
    return [HEADINGS, *(_row(event) for event in events)]


def _row(event: Event) -> Row:
    content = event.content
    when = content.when
    if isinstance(when, AllDay):
        last = when.end - timedelta(days=1)
        times: Row = (when.start, None, last, None, True, "")
    else:
        zone = when.start.tzinfo
        end = when.end.astimezone(zone)
        name = zone.key if isinstance(zone, ZoneInfo) else ""
        at, until = when.start.time(), end.time()
        times = (when.start.date(), at, end.date(), until, False, name)
    return (
        content.title,
        *times,
        content.place,
        plain(content.text),
        ", ".join(content.tags),
        content.show_as.value,
        content.sensitivity is not Sensitivity.NORMAL,
        content.reminder_minutes,
        to_rrule(content.rule, when.start) if content.rule else "",
        content.importance.value,
        "" if content.color is Color.NONE else content.color.value,
        content.emoji,
        content.meeting_url,
        "\n".join(map(typed_link, content.links)),
        "; ".join(each.name for each in content.people),
        event.uid or event.id,
    )
