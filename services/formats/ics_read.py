"""A calendar file as somebody else wrote it (RFC 5545): events out, and what is wrong with which.

:func:`read_calendar` is the door. It never raises for a single event: one that cannot be taken is
told as a trouble, with its number and title, and the others are read. What an event says and no
field of ours holds is kept as it stands (``Incoming.lines``), so that an export gives it back.
Pure; a file of ten thousand events takes about a second.

Written against what Outlook, Google Calendar and Apple's Calendar write; see
``tests/services/formats/samples``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from services.formats.components import Component, components
from services.formats.ics_fields import fields_of, kept_lines
from services.formats.ics_ranges import is_range, parted
from services.formats.ics_times import BadTime, moment_of, moments_of, when_of
from services.formats.ics_zones import Zones
from services.formats.quoted_printable import plain_lines
from services.formats.rrule import read_rrule
from services.formats.rule_dialects import as_rrule
from services.ids import id_of
from services.model.errors import InvalidInput, Problem, Wrong
from services.model.events import EventContent, SeriesException
from services.model.imports import BadFile, FileWrong, Incoming, Reading, Snag, Trouble
from services.model.times import AllDay, Start, Timed, When

__all__ = ["MOST_BYTES", "read_calendar"]

MOST_BYTES = 16_000_000
MOST_EXCEPTIONS = 1000
_TITLE = 100
"""Letters of a title that a trouble quotes."""


def read_calendar(data: bytes, home: ZoneInfo) -> Reading[EventContent]:
    """Return the events of a calendar file.

    Args:
        data: the file, in any usual encoding.
        home: the zone of the calendar that reads it, for times without one of their own.

    Raises:
        BadFile: it is no calendar, or larger or more tangled than an honest one.
    """
    if len(data) > MOST_BYTES:
        raise BadFile(FileWrong.TOO_LARGE)
    calendars = [each for each in components(plain_lines(data)) if each.name == "VCALENDAR"]
    if not calendars:
        raise BadFile(FileWrong.NOT_A_CALENDAR)
    reader = _Reader()
    for calendar in calendars:
        reader.read(calendar, home)
    return Reading(
        tuple(reader.items), tuple(reader.troubles), reader.name, tuple(reader.cancelled)
    )


class _Reader:
    """Collects what the calendars of a file hold."""

    def __init__(self) -> None:
        self.items: list[Incoming[EventContent]] = []
        self.troubles: list[Trouble] = []
        self.cancelled: list[str] = []
        self.name = ""
        self._row = 0
        self._is_cancellation = False

    def read(self, calendar: Component, home: ZoneInfo) -> None:
        named = calendar.first("X-WR-CALNAME") or calendar.first("NAME")
        self.name = self.name or (named.value.strip() if named else "")
        method = calendar.first("METHOD")
        self._is_cancellation = method is not None and method.value.strip().upper() == "CANCEL"
        zones = Zones((each for each in calendar.inner if each.name == "VTIMEZONE"), home)
        said = calendar.first("X-WR-TIMEZONE")
        zones.home = (zones.named(said.value) if said else None) or home
        for uid, parts in self._by_uid(calendar).items():
            self._series(uid, parts, zones)

    def _by_uid(self, calendar: Component) -> dict[str, list[tuple[int, Component]]]:
        """Return the events with their numbers, those of one name together."""
        found: dict[str, list[tuple[int, Component]]] = {}
        for each in calendar.inner:
            if each.name == "VEVENT":
                self._row += 1
                found.setdefault(_uid(each), []).append((self._row, each))
        return found

    def _series(self, uid: str, parts: list[tuple[int, Component]], zones: Zones) -> None:
        """Read what has one name: an event, or a series and the occurrences that differ."""
        heads = [part for part in parts if part[1].first("RECURRENCE-ID") is None]
        changed = [part for part in parts if part[1].first("RECURRENCE-ID") is not None]
        for row, part in heads[:-1]:  # the last one of a name counts, as in a calendar program
            self._trouble(row, part, Snag.TWICE)
        if not heads:  # occurrences of a series that is not in the file: events of their own
            for row, part in changed:
                self._alone(f"{uid} {_recurrence_id(part)}", row, part, zones)
            return
        row, head = heads[-1]
        if _is_off(head) or self._is_cancellation:
            self.cancelled.append(uid)
            return
        item = self._event(uid, row, head, zones)
        if item is not None:
            ranges = [part for part in changed if is_range(part[1])]
            single = [part for part in changed if part not in ranges]
            whole = self._with_exceptions(item, head, single, zones)
            self.items += self._in_parts(whole, ranges, zones)
            self._further_dates(item, head, zones)

    def _in_parts(
        self,
        item: Incoming[EventContent],
        ranges: list[tuple[int, Component]],
        zones: Zones,
    ) -> list[Incoming[EventContent]]:
        """Return a series parted where the file changes an occurrence and all after it."""
        parts, uid, start = [item], item.uid, item.content.when.start
        for row, part in sorted(ranges, key=lambda each: _recurrence_id(each[1])):
            try:
                original = _original(part, start, zones)
            except BadTime as err:
                self._trouble(row, part, err.snag)
                continue
            name = f"{uid} {original.isoformat()}"
            change = None if _is_off(part) else self._event(name, row, part, zones)
            if change is None and not _is_off(part):
                continue
            left = parted(parts[-1], original, change) if parts else None
            if left is None:
                self._trouble(row, part, Snag.UNKNOWN_RULE)
            else:
                parts[-1:] = left
        return parts

    def _further_dates(self, item: Incoming[EventContent], head: Component, zones: Zones) -> None:
        """Read dates that no rule says: each is an event of its own."""
        if head.first("RDATE") is None:
            return
        single = replace(item.content, rule=None, exceptions=())
        try:
            starts = [start for line in head.named("RDATE") for start in moments_of(line, zones)]
        except BadTime as err:
            self._trouble(item.row, head, err.snag, skipped=False)
            return
        if len(starts) > MOST_EXCEPTIONS:
            self._trouble(item.row, head, Snag.OUT_OF_RANGE, skipped=False)
        for start in dict.fromkeys(starts[:MOST_EXCEPTIONS]):
            start = _like(item.content.when.start, start)
            if start == item.content.when.start:
                continue
            content = replace(single, when=_begun(single.when, start))
            uid = f"{item.uid} {start.isoformat()}"
            self.items.append(Incoming(item.row, uid, content, item.lines))

    def _alone(self, uid: str, row: int, part: Component, zones: Zones) -> None:
        is_off = _is_off(part) or self._is_cancellation
        item = None if is_off else self._event(uid, row, part, zones)
        if item is not None:
            self.items.append(item)

    def _event(
        self, uid: str, row: int, part: Component, zones: Zones
    ) -> Incoming[EventContent] | None:
        try:
            content = _content(part, zones)
        except (BadTime, InvalidInput) as err:
            self._trouble(row, part, _snag(err))
            return None
        if not part.complete:
            self._trouble(row, part, Snag.CUT_OFF)
            return None
        lines, is_whole = kept_lines(part, content)
        if not is_whole:
            self._trouble(row, part, Snag.TOO_MANY_PEOPLE, skipped=False)
        return Incoming(row, uid, content, lines)

    def _with_exceptions(
        self,
        item: Incoming[EventContent],
        head: Component,
        changed: list[tuple[int, Component]],
        zones: Zones,
    ) -> Incoming[EventContent]:
        if item.content.rule is None:
            return item
        found: dict[Start, EventContent | None] = {}
        lines = list(item.lines)
        start = item.content.when.start
        try:
            for original in _cancelled(head, start, zones):
                found[original] = None
        except BadTime as err:
            self._trouble(item.row, head, err.snag, skipped=False)
        for row, part in changed:
            try:
                original = _original(part, start, zones)
                content = None if _is_off(part) else replace(_content(part, zones), rule=None)
            except (BadTime, InvalidInput) as err:
                self._trouble(row, part, _snag(err))
                continue
            found[original] = content
            kept, _ = kept_lines(part, content) if content else ((), True)
            lines += [f"RECURRENCE-ID:{original.isoformat()}", *kept] if kept else []
        if len(found) > MOST_EXCEPTIONS:
            self._trouble(item.row, head, Snag.OUT_OF_RANGE, skipped=False)
        ordered = sorted(found.items(), key=lambda one: one[0].isoformat())[:MOST_EXCEPTIONS]
        exceptions = tuple(SeriesException(original, content) for original, content in ordered)
        return replace(
            item, content=replace(item.content, exceptions=exceptions), lines=tuple(lines)
        )

    def _trouble(self, row: int, part: Component, snag: Snag, *, skipped: bool = True) -> None:
        title = part.first("SUMMARY")
        about = title.value[:_TITLE] if title else ""
        self.troubles.append(Trouble(row, about, snag, skipped))


def _content(part: Component, zones: Zones) -> EventContent:
    """Return what an event says.

    Raises:
        BadTime: it has no time, or none that can be.
        InvalidInput: it repeats in a way that no rule of ours says.
    """
    when = when_of(part, zones)
    content = fields_of(part, when)
    rules = part.named("RRULE")
    if len(rules) > 1 or part.first("EXRULE") is not None:
        raise InvalidInput(Problem("repeats", Wrong.NOT_A_RULE))
    if rules:
        content = replace(content, rule=read_rrule(as_rrule(rules[0].value), when.start))
    return content


def _begun(when: When, start: Start) -> When:
    """Return a time as long as another that begins elsewhere."""
    if isinstance(start, datetime):
        end = (start.astimezone(UTC) + when.duration).astimezone(start.tzinfo)
        return Timed(start, end)
    return AllDay(start, start + when.duration)


def _snag(err: BadTime | InvalidInput) -> Snag:
    if isinstance(err, BadTime):
        return err.snag
    is_often = err.problems[0].wrong is Wrong.TOO_OFTEN
    return Snag.TOO_OFTEN if is_often else Snag.UNKNOWN_RULE


def _uid(part: Component) -> str:
    """Return the name of an event; one without any is known by its title and its start."""
    line = part.first("UID")
    if line is not None and line.value.strip():
        return line.value.strip()
    said = (part.first("SUMMARY"), part.first("DTSTART"))
    return id_of("no uid", *(line.value.strip() if line else "" for line in said))


def _is_off(part: Component) -> bool:
    status = part.first("STATUS")
    return status is not None and status.value.strip().upper() == "CANCELLED"


def _recurrence_id(part: Component) -> str:
    line = part.first("RECURRENCE-ID")
    return line.value if line else ""


def _original(part: Component, start: Start, zones: Zones) -> Start:
    line = part.first("RECURRENCE-ID")
    if line is None:
        raise BadTime(Snag.NO_START)
    return _like(start, moment_of(line, zones))


def _cancelled(head: Component, start: Start, zones: Zones) -> Iterator[Start]:
    for line in head.named("EXDATE"):
        for moment in moments_of(line, zones):
            yield _like(start, moment)


def _like(start: Start, moment: Start) -> Start:
    """Return a moment as the series counts: as a day, or in the zone of its start."""
    if not isinstance(start, datetime):
        return moment.date() if isinstance(moment, datetime) else moment
    if not isinstance(moment, datetime):  # some write the day alone
        return datetime.combine(moment, start.timetz())
    return moment.astimezone(start.tzinfo or UTC)
