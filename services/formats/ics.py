"""Events as iCalendar (RFC 5545), for any calendar program.

A series keeps its zone and its rule; a cancelled occurrence is an ``EXDATE``, a changed one an
event of its own with a ``RECURRENCE-ID``. Lines that an event came with and no field of ours holds
go out again (``Event.lines``), and it keeps the UID that it has elsewhere. Lines are written by
ourselves, since a feed of thousands of events is asked for again and again; what a zone is like
is told by ``icalendar``, which knows how to put that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from services.formats.content_lines import escaped, folded
from services.formats.ics_extras import extra_lines, is_outdated
from services.formats.rrule import to_rrule
from services.graph.bodies import body_to_graph
from services.model.events import Event, EventContent, Importance, Sensitivity, ShowAs
from services.model.rich_text import plain
from services.model.times import Start

__all__ = ["calendar_file"]

CLASSES = {
    Sensitivity.PERSONAL: "PRIVATE",
    Sensitivity.PRIVATE: "PRIVATE",
    Sensitivity.CONFIDENTIAL: "CONFIDENTIAL",
}
PRIORITIES = {Importance.HIGH: 1, Importance.LOW: 9}
BUSY = {ShowAs.AWAY: "OOF", ShowAs.ELSEWHERE: "WORKINGELSEWHERE"}
"""What only Outlook has a word for: X-MICROSOFT-CDO-BUSYSTATUS, [MS-OXCICAL] 2.1.3.1.1.20.31."""
_CHANGED = "RECURRENCE-ID:"
_END = b"\r\n"


def calendar_file(name: str, events: Iterable[Event]) -> bytes:
    """Return the events as one calendar."""
    written = [line for event in events for line in _event(event)]
    zones = sorted({line.partition("TZID=")[2].split(":")[0] for line in written if _names(line)})
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Almanac//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escaped(name)}",
        *(line for zone in zones for line in _zone(zone)),
        *written,
        "END:VCALENDAR",
    ]
    return b"".join(piece + _END for line in lines for piece in folded(line))


def _event(event: Event) -> Iterator[str]:
    content = event.content
    kept = _kept(event.lines)
    yield "BEGIN:VEVENT"
    yield from _component(event, content, kept.get("", ()))
    if content.rule is not None:
        yield f"RRULE:{to_rrule(content.rule, content.when.start)}"
    for exception in content.exceptions:
        if exception.content is None:
            yield _moment("EXDATE", exception.original)
    yield from _inside(content, kept.get("", ()))
    yield "END:VEVENT"
    for exception in content.exceptions:
        if exception.content is not None:
            lines = kept.get(exception.original.isoformat(), ())
            yield "BEGIN:VEVENT"
            yield _moment("RECURRENCE-ID", exception.original)
            yield from _component(event, exception.content, lines)
            yield from _inside(exception.content, lines)
            yield "END:VEVENT"


def _component(event: Event, content: EventContent, kept: Sequence[str]) -> Iterator[str]:
    named = {line.partition(":")[0].partition(";")[0] for line in kept}
    yield f"UID:{escaped(event.uid or event.id)}"
    yield f"DTSTAMP:{_utc(event.updated_at)}"
    if "CREATED" not in named:
        yield f"CREATED:{_utc(event.created_at)}"
    yield f"LAST-MODIFIED:{_utc(event.updated_at)}"
    yield f"SUMMARY:{escaped(content.title)}"
    yield _moment("DTSTART", content.when.start)
    yield _moment("DTEND", content.when.end)
    yield from _words(content)
    yield f"TRANSP:{'TRANSPARENT' if content.show_as is ShowAs.FREE else 'OPAQUE'}"
    if content.show_as is ShowAs.TENTATIVE:
        yield "STATUS:TENTATIVE"
    if content.show_as in BUSY:
        yield f"X-MICROSOFT-CDO-BUSYSTATUS:{BUSY[content.show_as]}"
    if content.sensitivity in CLASSES:
        yield f"CLASS:{CLASSES[content.sensitivity]}"
    if content.sensitivity is Sensitivity.PERSONAL:
        yield "X-ALMANAC-CLASS:PERSONAL"
    if content.importance in PRIORITIES:
        yield f"PRIORITY:{PRIORITIES[content.importance]}"
    yield from extra_lines(content, kept)
    if content.tags:
        yield f"CATEGORIES:{','.join(map(escaped, content.tags))}"
    for line in _properties(kept):
        is_said = content.show_as is ShowAs.TENTATIVE and line.startswith("STATUS")
        if not is_said and not is_outdated(line, content):
            yield line


def _words(content: EventContent) -> Iterator[str]:
    if content.place:
        yield f"LOCATION:{escaped(content.place)}"
    if content.text:
        yield f"DESCRIPTION:{escaped(plain(content.text))}"
        body = body_to_graph(content.text)
        if body["contentType"] == "html":
            yield f"X-ALT-DESC;FMTTYPE=text/html:{escaped(body['content'])}"


def _inside(content: EventContent, kept: Sequence[str]) -> Iterator[str]:
    """Yield what stands inside of an event, behind its own lines."""
    if content.reminder_minutes is not None:
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"DESCRIPTION:{escaped(content.title)}"
        yield f"TRIGGER:{'-' if content.reminder_minutes else ''}PT{content.reminder_minutes}M"
        yield "END:VALARM"
    begins = next((n for n, line in enumerate(kept) if line.startswith("BEGIN:")), len(kept))
    yield from kept[begins:]


def _kept(lines: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """Return the lines that an event came with, by the occurrence that they are of."""
    found: dict[str, list[str]] = {}
    of = ""
    for line in lines:
        if line.startswith(_CHANGED):
            of = line.removeprefix(_CHANGED)
        else:
            found.setdefault(of, []).append(line)
    return found


def _properties(kept: Sequence[str]) -> Iterator[str]:
    """Yield the lines of the event itself, which come before what is inside of it."""
    for line in kept:
        if line.startswith("BEGIN:"):
            return
        yield line


def _moment(name: str, moment: Start) -> str:
    if not isinstance(moment, datetime):
        return f"{name};VALUE=DATE:{moment:%Y%m%d}"
    zone = moment.tzinfo
    if isinstance(zone, ZoneInfo) and zone.key and zone.key != "UTC":
        return f"{name};TZID={zone.key}:{moment:%Y%m%dT%H%M%S}"
    return f"{name}:{_utc(moment)}"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _names(line: str) -> bool:
    """Whether a line is one of ours that names a zone."""
    return line.startswith(("DTSTART;TZID=", "DTEND;TZID=", "RECURRENCE-ID;TZID=", "EXDATE;TZID="))


@lru_cache(maxsize=64)
def _zone(name: str) -> tuple[str, ...]:
    """Return the definition of a zone."""
    # Not above: the library is large, and read when somebody takes a calendar along.
    from icalendar import Timezone  # noqa: PLC0415

    text = Timezone.from_tzid(name).to_ical().decode()
    return tuple(text.replace("\r\n ", "").split("\r\n")[:-1])
