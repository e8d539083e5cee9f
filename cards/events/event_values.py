"""An event as the strings of a form, and back.

Inputs that were not touched keep exactly what the event had, also where the form cannot say it:
the second of two equal hours in autumn, an end in another zone, a rare rule, a very long text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from cards.events.choices import NO_REMINDER, REMINDERS, said_minutes
from cards.events.custom_rule import FIELDS as CUSTOM_FIELDS
from cards.events.event_extras import EXTRAS, NO, YES, extra_values, read_extras
from cards.events.repeats import Repeat, repeat_of
from cards.events.rule_reading import read_rule
from cards.events.rule_values import rule_value
from cards.events.skipped import SKIPPED, cancelled, read_skipped, skipped_values
from cards.submitted import Submitted
from services.model.conversations import Member
from services.model.errors import Problem, Wrong
from services.model.events import EventContent, Importance, ShowAs
from services.model.reach import Reach
from services.model.recurrence import Rule
from services.model.times import AllDay, Start, Timed, When

__all__ = [
    "FIELDS",
    "blank_values",
    "draft_values",
    "form_values",
    "read_event_form",
    "read_reach_form",
    "typed_values",
]

WHEN = ("all_day", "start_date", "start_time", "end_date", "end_time", "zone")
ALSO = ("importance", "tags", "show_as")
"""What a form of an earlier version does not send, nor perhaps one that hides them."""
FIELDS = (
    *("title", *WHEN, "place", "repeats", "until", "reminder", *ALSO, "text"),
    *EXTRAS,
    "reach",
    SKIPPED,
    *CUSTOM_FIELDS,
)
TITLE, PLACE, TAGS, TEXT = 200, 500, 500, 10_000
TAG_ENDS = re.compile(r"[,;\n]|\s(?=#)")


def blank_values(
    now: datetime, zone: ZoneInfo, reminder_minutes: int | None = 15
) -> dict[str, str]:
    """Return what stands in an empty form: the next full hour, for half an hour."""
    hour = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    when = Timed(hour.astimezone(zone), (hour + timedelta(minutes=30)).astimezone(zone))
    return form_values(EventContent(title="", when=when, reminder_minutes=reminder_minutes), zone)


def draft_values(
    now: datetime,
    zone: ZoneInfo,
    *,
    title: str,
    when: When | None,
    place: str,
    rule: Rule | None,
    skipped: Sequence[date] = (),
    tags: tuple[str, ...] = (),
    reminder_minutes: int | None = 15,
    problems: Sequence[Problem] = (),
) -> dict[str, str]:
    """Return what stands in a form for the part of an event that a sentence told.

    Where the sentence says a time that is none, no other stands in its place.
    """
    told = {"title": title, "place": place, "tags": ", ".join(tags)}
    if any(each.wrong is Wrong.NOT_A_TIME for each in problems):
        told |= {"start_time": "", "end_time": ""}
    if any(each == Problem("start_date", Wrong.MISSING) for each in problems):
        told |= {"start_date": "", "end_date": ""}
    if when is None:
        return blank_values(now, zone, reminder_minutes) | told
    content = EventContent(
        title=title,
        when=when,
        rule=rule,
        exceptions=cancelled(when, rule, skipped),
        reminder_minutes=reminder_minutes,
    )
    return form_values(content, zone) | told


def form_values(content: EventContent, zone: ZoneInfo) -> dict[str, str]:
    """Return the content as the strings of a form; ``zone`` is offered for an all-day event."""
    rule, minutes = content.rule, content.reminder_minutes
    return {
        "title": content.title,
        **_when_values(content.when, zone),
        "place": content.place,
        "repeats": _repeats(rule, _day(content.when.start)),
        "until": rule.until.isoformat() if rule and rule.until else "",
        "reminder": NO_REMINDER if minutes is None else str(minutes),
        "show_as": content.show_as.value,
        "importance": content.importance.value,
        "tags": ", ".join(content.tags),
        "text": content.text[:TEXT],
        **skipped_values(content),
        **extra_values(content),
    }


def _repeats(rule: Rule | None, first: date) -> str:
    """Return the choice that says a rule, or the rule itself where none does."""
    repeat = repeat_of(rule, first)
    return rule_value(rule) if rule and repeat is Repeat.KEEP else repeat.value


def typed_values(data: Mapping[str, Any]) -> dict[str, str]:
    """Return what was typed, out of a submit's data or a draft that a button carries."""
    return dict(Submitted.of(data, FIELDS).values)


def read_event_form(
    data: Mapping[str, Any],
    zone: ZoneInfo,
    kept: EventContent | None = None,
    around: Sequence[Member] | None = None,
) -> EventContent:
    """Return the content that a submitted form describes.

    Args:
        data: the submit's data.
        zone: the zone of times where the form names none.
        kept: the event's content before, for an event that exists.
        around: who can be meant by a name; ``None`` = people are not read.

    Raises:
        InvalidInput: something cannot be taken; names each input and what is wrong.
    """
    got = Submitted.of(data, FIELDS)
    before = form_values(kept, zone) if kept else {}
    same = {name for name in before if got.raw(name) == before[name].strip()}
    same |= {name for name in ALSO if kept and name not in got.values}
    title = got.text("title", TITLE, required=True)
    when = kept.when if kept and same.issuperset(WHEN) else _read_when(got, zone)
    content = EventContent(
        title=title,
        when=when or AllDay(date.min, date.max),
        place=got.text("place", PLACE),
        text=kept.text if kept and "text" in same else got.text("text", TEXT),
        show_as=kept.show_as
        if kept and "show_as" in same
        else got.choice("show_as", ShowAs, ShowAs.BUSY),
        reminder_minutes=_read_reminder(got, kept),
        importance=kept.importance
        if kept and "importance" in same
        else got.choice("importance", Importance, Importance.NORMAL),
        tags=kept.tags if kept and "tags" in same else _read_tags(got),
        rule=(rule := read_rule(got, _day(when.start), kept) if when else None),
        exceptions=cancelled(when, rule, read_skipped(got)) if when and not kept else (),
        **read_extras(got, kept, around),
    )
    return _with_kept(got.settle(content), kept)


def read_reach_form(
    data: Mapping[str, Any],
    zone: ZoneInfo,
    kept: EventContent,
    around: Sequence[Member] | None = None,
) -> tuple[Reach, EventContent]:
    """Return what the form of an occurrence describes, and how far that reaches.

    Args:
        data: the submit's data.
        zone: the zone of times where the form names none.
        kept: the occurrence before, with the rule of its series.
        around: as of :func:`read_event_form`.

    Raises:
        InvalidInput: something cannot be taken; names each input and what is wrong.
    """
    reach = Submitted.of(data, FIELDS).choice("reach", Reach, Reach.ONE)
    if reach is Reach.ONE:  # it may go where the rule has no day
        data = {**data, "repeats": Repeat.NONE.value, "until": ""}
    return reach, read_event_form(data, zone, kept, around)


def _with_kept(content: EventContent, kept: EventContent | None) -> EventContent:
    """Return the content with what no input shows."""
    if kept is None:
        return content
    exceptions = kept.exceptions if content.rule else ()
    return replace(
        content,
        exceptions=exceptions,
        zone_guessed=kept.zone_guessed and content.when == kept.when,
    )


def _day(start: Start) -> date:
    return start.date() if isinstance(start, datetime) else start


def _when_values(when: When, zone: ZoneInfo) -> dict[str, str]:
    if isinstance(when, AllDay):
        last = when.end - timedelta(days=1)
        days = (YES, when.start.isoformat(), "", _other(last, when.start), "", zone.key)
        return dict(zip(WHEN, days, strict=True))
    own = when.start.tzinfo
    end = when.end.astimezone(own)
    key = own.key if isinstance(own, ZoneInfo) else ""
    first = when.start.date()
    times = (f"{when.start:%H:%M}", _other(end.date(), first), f"{end:%H:%M}")
    return dict(zip(WHEN, (NO, first.isoformat(), *times, key), strict=True))


def _other(last: date, first: date) -> str:
    """Return the last day if it is another one: who moves the first day then moves one input."""
    return "" if last == first else last.isoformat()


def _read_when(got: Submitted, default: ZoneInfo) -> When | None:
    """Return when it is; an end without a day is on the first one."""
    first = got.day("start_date", required=True)
    last = got.day("end_date") or first
    if got.raw("all_day") == YES:
        if first is None or last is None:
            return None
        if last < first:
            got.refuse("end_date", Wrong.ENDS_BEFORE_START)
            return None
        return AllDay(first, last + timedelta(days=1))
    zone = got.zone("zone", default)
    start = _instant(got, "start_time", first, zone)
    end = _instant(got, "end_time", last, zone)
    if start is None or end is None:
        return None
    if end.astimezone(UTC) < start.astimezone(UTC):
        got.refuse("end_time" if last == first else "end_date", Wrong.ENDS_BEFORE_START)
        return None
    return Timed(start, end)


def _instant(got: Submitted, name: str, day: date | None, zone: ZoneInfo) -> datetime | None:
    """Return a time on a day; one that the clocks leave out in spring is refused."""
    at = got.clock(name)
    if at is None or day is None:
        return None
    wall = datetime.combine(day, at, tzinfo=zone)
    if wall.astimezone(UTC).astimezone(zone).time() != at:
        got.refuse(name, Wrong.SKIPPED_BY_CLOCK_CHANGE)
        return None
    return wall


def _read_reminder(got: Submitted, kept: EventContent | None) -> int | None:
    value = got.raw("reminder")
    if value in ("", NO_REMINDER):
        return None
    possible = {str(minutes): minutes for minutes in REMINDERS}
    if kept is not None and kept.reminder_minutes is not None:
        possible[str(kept.reminder_minutes)] = kept.reminder_minutes
    if kept is None and (minutes := said_minutes(value)) is not None:
        return minutes
    if value not in possible:
        got.refuse("reminder", Wrong.NOT_A_CHOICE)
    return possible.get(value)


def _read_tags(got: Submitted) -> tuple[str, ...]:
    """Return the names, parted by commas or each behind a ``#``."""
    parts = TAG_ENDS.split(got.text("tags", TAGS))
    return tuple(filter(None, (part.strip().lstrip("#").strip() for part in parts)))
