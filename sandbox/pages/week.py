"""A mailbox's week, where a person adds, edits and deletes events "as in Outlook".

Plain forms: a week with a form beside it, and one page for each event. What is written here goes
through the same store as Graph's writes, so its readers notice.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from html import escape
from urllib.parse import quote
from zoneinfo import ZoneInfo

from aiohttp import web

from sandbox.items import Appearance, Content
from sandbox.mailbox import Mailbox
from sandbox.office import Office
from sandbox.pages.event_form import (
    day_of,
    fields_of,
    form_of,
    inputs,
    laid_over,
    place_of,
    read_content,
)
from sandbox.pages.layout import page
from sandbox.people import find_person
from sandbox.refusal import Refusal
from sandbox.zones import zone_named

__all__ = ["WeekPages"]

_DAY = timedelta(days=1)


class WeekPages:
    """The pages of mailboxes."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def routes(self) -> list[web.RouteDef]:
        """Return the pages."""
        box = "/sandbox/mailbox/{person}"
        return [
            web.get(box, self.show_week),
            web.post(box, self.add_event),
            web.get(f"{box}/event/{{event}}", self.show_event),
            web.post(f"{box}/event/{{event}}", self.save_event),
            web.post(f"{box}/event/{{event}}/delete", self.delete_event),
        ]

    async def show_week(self, request: web.Request) -> web.Response:
        """Show the week of a day."""
        return self._week(self._mailbox(request), request.query.get("day", ""))

    async def add_event(self, request: web.Request) -> web.Response:
        """Put a new event in the default calendar."""
        mailbox = self._mailbox(request)
        form = fields_of(await request.post())
        try:
            content = read_content(form, mailbox.person.zone)
        except ValueError as err:
            return self._week(mailbox, form.get("day", ""), form, str(err))
        mailbox.add(content)
        return _to_week(mailbox, content.start.date())

    async def show_event(self, request: web.Request) -> web.Response:
        """Show one event, or occurrence, to be changed."""
        mailbox = self._mailbox(request)
        seen = _event(mailbox, request)
        zone = zone_named(mailbox.person.zone)
        return _event_page(mailbox, seen, form_of(seen.content, zone), "")

    async def save_event(self, request: web.Request) -> web.Response:
        """Change an event; of a series, the one occurrence."""
        mailbox = self._mailbox(request)
        seen = _event(mailbox, request)
        form = fields_of(await request.post())
        try:
            content = laid_over(seen.content, read_content(form, mailbox.person.zone))
            mailbox.edit(seen, content)
        except (ValueError, Refusal) as err:
            sentence = err.message if isinstance(err, Refusal) else str(err)
            return _event_page(mailbox, seen, form, sentence)
        return _to_week(mailbox, content.start.date())

    async def delete_event(self, request: web.Request) -> web.Response:
        """Delete an event; of a series, the one occurrence."""
        mailbox = self._mailbox(request)
        seen = _event(mailbox, request)
        mailbox.remove(seen)
        return _to_week(mailbox, seen.content.start.date())

    def _mailbox(self, request: web.Request) -> Mailbox:
        person = find_person(request.match_info["person"])
        if person is None:
            raise web.HTTPNotFound
        return self._office.mailbox(person)

    def _week(
        self, mailbox: Mailbox, day: str, form: Mapping[str, str] | None = None, wrong: str = ""
    ) -> web.Response:
        zone = zone_named(mailbox.person.zone)
        today = self._office.clock.now().astimezone(zone).date()
        shown = day_of(day) or today
        monday = shown - shown.weekday() * _DAY
        days = "".join(_day_column(mailbox, monday + n * _DAY, today) for n in range(7))
        empty = {
            "day": (shown if day else today).isoformat(),
            "start": "10:00",
            "end": "11:00",
            "repeats": "",
        }
        body = (
            f"{_heading(mailbox, monday)}"
            f'<div class="week">{days}</div>'
            f'<div class="sheet"><h2>New event</h2>{_wrong(wrong)}'
            f'<form method="post">{inputs(form or empty)}'
            '<button class="primary">Add event</button></form></div>'
        )
        return page(f"{mailbox.person.given_name}'s calendar", body, status=400 if wrong else 200)


def _heading(mailbox: Mailbox, monday: date) -> str:
    person, sunday = mailbox.person, monday + 6 * _DAY
    link = f"/sandbox/mailbox/{person.key}"
    return (
        '<div class="row apart"><div><a href="/sandbox/">Everybody</a>'
        f"<h1>{escape(person.display_name)}</h1>"
        f"<p>{monday:%-d %B} to {sunday:%-d %B %Y}, {escape(person.zone)}</p></div>"
        f'<div class="row"><a class="button" href="{link}/contacts">Contacts</a>'
        f'<a class="button" href="{link}?day={monday - 7 * _DAY}">Earlier</a>'
        f'<a class="button" href="{link}">Today</a>'
        f'<a class="button" href="{link}?day={monday + 7 * _DAY}">Later</a></div></div>'
    )


def _day_column(mailbox: Mailbox, day: date, today: date) -> str:
    zone = zone_named(mailbox.person.zone)
    start = datetime.combine(day, time(tzinfo=zone))
    end = datetime.combine(day + _DAY, time(tzinfo=zone))
    shown = [
        each
        for calendar in mailbox.calendars
        for each in mailbox.between(calendar.id, start.astimezone(UTC), end.astimezone(UTC))
    ]
    events = "".join(_event_link(mailbox, each) for each in sorted(shown, key=_by_start))
    mark = " today" if day == today else ""
    return f'<section class="day{mark}"><h2>{day:%a %-d %b}</h2>{events}</section>'


def _by_start(seen: Appearance) -> tuple[bool, datetime]:
    return not seen.content.is_all_day, seen.content.start.astimezone(UTC)


def _event_link(mailbox: Mailbox, seen: Appearance) -> str:
    content, zone = seen.content, zone_named(mailbox.person.zone)
    when = _when(content, zone) + ("" if seen.day is None else ", repeats")
    link = f"/sandbox/mailbox/{mailbox.person.key}/event/{quote(_id(mailbox, seen))}"
    return (
        f'<a class="event" href="{link}"><small>{when}</small>'
        f"{escape(content.subject) or '(no title)'}<small>{escape(place_of(content))}</small></a>"
    )


def _event_page(
    mailbox: Mailbox, seen: Appearance, form: Mapping[str, str], wrong: str
) -> web.Response:
    link = f"/sandbox/mailbox/{mailbox.person.key}"
    here = f"{link}/event/{quote(_id(mailbox, seen))}"
    note = _series_note(mailbox, seen, link)
    body = (
        f'<a href="{link}?day={seen.content.start.date()}">Back to the week</a>'
        f'<div class="sheet"><h1>{escape(seen.content.subject) or "(no title)"}</h1>{note}'
        f'{_wrong(wrong)}<form method="post" action="{here}">{inputs(form)}'
        '<div class="row"><button class="primary">Save</button></div></form>'
        f'<form method="post" action="{here}/delete"><p></p>'
        '<button class="danger">Delete event</button></form></div>'
    )
    return page(seen.content.subject, body, status=400 if wrong else 200)


def _series_note(mailbox: Mailbox, seen: Appearance, link: str) -> str:
    if seen.type == "seriesMaster":
        return "<p>A series: all of it is changed.</p>"
    if seen.day is None:
        return ""
    series = f"{link}/event/{quote(mailbox.id_of(seen.item))}"
    return (
        "<p>One of a series: only this one is changed. "
        f'<a href="{series}">Open the whole series</a></p>'
    )


def _when(content: Content, zone: ZoneInfo) -> str:
    start, end = content.start.astimezone(zone), content.end.astimezone(zone)
    return "All day" if content.is_all_day else f"{start:%H:%M} to {end:%H:%M}"


def _event(mailbox: Mailbox, request: web.Request) -> Appearance:
    seen = mailbox.find(request.match_info["event"])
    if seen is None:
        raise web.HTTPNotFound
    return seen


def _id(mailbox: Mailbox, seen: Appearance) -> str:
    return mailbox.id_of(seen.item, seen.day)


def _to_week(mailbox: Mailbox, day: date) -> web.Response:
    link = f"/sandbox/mailbox/{mailbox.person.key}?day={day}"
    return web.Response(status=303, headers={"Location": link})


def _wrong(sentence: str) -> str:
    return f'<p class="wrong" role="alert">{escape(sentence)}</p>' if sentence else ""
