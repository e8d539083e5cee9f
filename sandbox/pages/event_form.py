"""The form with which a person writes an event, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from html import escape
from zoneinfo import ZoneInfo

from sandbox.graph.event_json import text_of
from sandbox.items import Content
from sandbox.writing import all_day, repeating, timed, weekly

__all__ = [
    "day_of",
    "fields_of",
    "form_of",
    "inputs",
    "laid_over",
    "place_of",
    "read_content",
]

_YEARS = range(1980, 2200)
_REPEATS = {
    "": "Never",
    "daily": "Every day",
    "weekly": "Every week",
    "absoluteMonthly": "Every month",
    "absoluteYearly": "Every year",
}


def inputs(form: Mapping[str, str]) -> str:
    """Return the form's fields with what has been typed; only a new event may repeat."""

    def field(name: str, label: str, kind: str = "text", more: str = "") -> str:
        value = escape(form.get(name, ""))
        return f'<label>{label}<input type="{kind}" name="{name}" value="{value}" {more}></label>'

    checked = "checked" if form.get("all_day") else ""
    return (
        f"{field('title', 'Title', more='required maxlength=255')}"
        f'<div class="fields">{field("day", "Day", "date", "required")}'
        f"{field('start', 'From', 'time')}{field('end', 'To', 'time')}"
        f"{field('last_day', 'Last day, if another', 'date')}{field('place', 'Place')}"
        f"{_repeats(form['repeats']) if 'repeats' in form else ''}</div>"
        f'<label><input type="checkbox" name="all_day" value="yes" {checked}> All day</label>'
        f'<label>Notes<textarea name="text" rows="3">{escape(form.get("text", ""))}</textarea>'
        "</label>"
    )


def _repeats(chosen: str) -> str:
    options = "".join(
        f'<option value="{value}"{" selected" if value == chosen else ""}>{label}</option>'
        for value, label in _REPEATS.items()
    )
    return f'<label>Repeats<select name="repeats">{options}</select></label>'


def form_of(content: Content, zone: ZoneInfo) -> dict[str, str]:
    """Return what the fields show of an event, on the mailbox's wall clock."""
    start, end, last = content.start, content.end, content.end.date()
    if content.is_all_day:
        last = date.fromordinal(last.toordinal() - 1)
    else:
        start, end = start.astimezone(zone), end.astimezone(zone)
        last = end.date()
    return {
        "title": content.subject,
        "day": start.date().isoformat(),
        "start": f"{start:%H:%M}",
        "end": f"{end:%H:%M}",
        "last_day": "" if last == start.date() else last.isoformat(),
        "all_day": "yes" if content.is_all_day else "",
        "place": place_of(content),
        "text": text_of(content.plain["body"]),
    }


def read_content(form: Mapping[str, str], zone: str) -> Content:
    """Return what was typed.

    Raises:
        ValueError: with a sentence for the person.
    """
    day, title = day_of(form.get("day", "")), form.get("title", "").strip()
    if day is None:
        raise ValueError("That day is not in the calendar.")
    if not title:
        raise ValueError("The event needs a title.")
    last = day_of(form.get("last_day", "")) or day
    if last < day:
        raise ValueError("The event cannot end before it starts.")
    whole = bool(form.get("all_day"))
    content = _days(form, day, last, zone) if whole else _hours(form, day, last, zone)
    if content.end < content.start:
        raise ValueError("The event cannot end before it starts.")
    return _repeated(content, form.get("repeats", ""))


def _days(form: Mapping[str, str], day: date, last: date, zone: str) -> Content:
    return all_day(form["title"].strip(), day, last, zone, place=form.get("place", "").strip())


def _hours(form: Mapping[str, str], day: date, last: date, zone: str) -> Content:
    try:
        start, end = (time.fromisoformat(form.get(name, "")) for name in ("start", "end"))
    except ValueError as err:
        raise ValueError("The event needs a time from and a time to.") from err
    text, place = form.get("text", "").replace("\r\n", "\n"), form.get("place", "")
    content = timed(
        form["title"].strip(), day, start, 0, zone, place=place.strip(), text=text.strip()
    )
    return replace(content, end=datetime.combine(last, end, content.start.tzinfo))


def _repeated(content: Content, how: str) -> Content:
    day = content.start.date()
    match how:
        case "daily":
            return repeating(content, type=how)
        case "weekly":
            return weekly(content)
        case "absoluteMonthly":
            return repeating(content, type=how, day_of_month=day.day)
        case "absoluteYearly":
            return repeating(content, type=how, day_of_month=day.day, month=day.month)
        case _:
            return content


def laid_over(old: Content, new: Content) -> Content:
    """Keep what the form does not show: attendees, reminder, categories, the rule."""
    shown = ["subject", "locations"]
    if text_of(new.plain["body"]) != text_of(old.plain["body"]):
        shown.append("body")
    if new.is_all_day != old.is_all_day:
        shown.append("showAs")
    plain = {**old.plain, **{name: new.plain[name] for name in shown}}
    rule = old.recurrence and replace(old.recurrence, starts_on=new.start.date())
    return replace(new, recurrence=rule, plain=plain)


def place_of(content: Content) -> str:
    """Return where an event is, as people read it."""
    places = content.plain["locations"]
    return str(places[0]["displayName"]) if places else ""


def fields_of(form: Mapping[str, object]) -> dict[str, str]:
    """Return a posted form as plain text."""
    return {name: str(value) for name, value in form.items()}


def day_of(text: str) -> date | None:
    """Return the day that a date field holds, if it is of this age of the world."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in _YEARS else None
