"""An event's content in canonical form: two spellings of the same are equal.

:func:`canonical` turns an event's content into plain values that can be compared, one for each
:class:`Group` of fields; :func:`differing` names the groups in which two contents differ, and
:func:`overlay` lays some groups of one content over another.

Groups are compared and merged whole: start, end, rule and exceptions belong together, since a new
start under an old rule is what neither side wants. Outlook trims titles, rewrites bodies and names
zones in its own way, so comparing letter by letter would find changes for ever.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum
from functools import lru_cache
from typing import Any

from services.model.events import EventContent, SeriesException
from services.model.recurrence import Pattern, Rule, Weekday
from services.model.rich_text import Line, Run, parse
from services.model.times import Start, Timed, When

__all__ = ["Canonical", "Group", "canonical", "differing", "overlay", "rejoined", "tag_key"]

Canonical = tuple[object, ...]
"""Comparable and hashable; one value for each group, in the order of :class:`Group`."""

_SPACES = re.compile(r"\s+")
_ZONE_SAMPLES = 27
_ZONE_STEP = timedelta(days=14)


class Group(StrEnum):
    """Fields that are compared and merged together."""

    WHEN = "when"
    TITLE = "title"
    PLACE = "place"
    TEXT = "text"
    SHOW_AS = "show_as"
    SENSITIVITY = "sensitivity"
    REMINDER = "reminder"
    IMPORTANCE = "importance"
    TAGS = "tags"
    """Merged name by name, not as a whole."""


_FIELDS: Mapping[Group, tuple[str, ...]] = {
    Group.WHEN: ("when", "rule", "exceptions", "zone_guessed"),
    Group.TITLE: ("title",),
    Group.PLACE: ("place",),
    Group.TEXT: ("text",),
    Group.SHOW_AS: ("show_as",),
    Group.SENSITIVITY: ("sensitivity",),
    Group.REMINDER: ("reminder_minutes",),
    Group.IMPORTANCE: ("importance",),
    Group.TAGS: ("tags",),
}


def canonical(content: EventContent) -> Canonical:
    """Return the content's values group by group, in a form that can be compared."""
    return (
        (
            _when(content.when, series=content.rule is not None),
            _rule(content.rule, content.when),
            tuple(sorted(map(_exception, content.exceptions), key=lambda pair: str(pair[0]))),
        ),
        _line(content.title),
        _line(content.place),
        _text(content.text),
        content.show_as,
        content.sensitivity,
        content.reminder_minutes,
        content.importance,
        frozenset(map(tag_key, content.tags)),
    )


def differing(one: EventContent, other: EventContent) -> frozenset[Group]:
    """Return the groups in which the two say different things."""
    values = zip(Group, canonical(one), canonical(other), strict=True)
    return frozenset(group for group, mine, theirs in values if mine != theirs)


def overlay(base: EventContent, top: EventContent, groups: Iterable[Group]) -> EventContent:
    """Return ``base`` with the given groups taken from ``top``."""
    taken: dict[str, Any] = {
        field: getattr(top, field) for group in groups for field in _FIELDS[group]
    }
    if taken and not base.meeting_url:
        taken["meeting_url"] = top.meeting_url  # it is no group's, and comes with any
    return replace(base, **taken)


def rejoined(content: EventContent, remote: EventContent, echo: EventContent) -> EventContent:
    """Return a content with the link to join that Outlook has replaced since ``echo``.

    One that somebody has set in the team stays.
    """
    if remote.meeting_url and content.meeting_url == echo.meeting_url:
        return replace(content, meeting_url=remote.meeting_url)
    return content


def tag_key(tag: str) -> str:
    """Return what two spellings of one tag have in common."""
    return _line(tag).casefold()


def _when(when: When, *, series: bool) -> Canonical:
    if not isinstance(when, Timed):
        return ("days", when.start, when.end)
    instants = (when.start.astimezone(UTC), when.end.astimezone(UTC))
    # A single event is its instants. A series also depends on its zone.
    return (*instants, _zone(when.start) if series else None)


def _zone(start: datetime) -> tuple[timedelta | None, ...]:
    """Return a zone's offsets over a year: zones of different names may have the same clocks."""
    return _clocks(start.astimezone(UTC), start.tzinfo)


@lru_cache(maxsize=1_000)
def _clocks(start: datetime, zone: tzinfo | None) -> tuple[timedelta | None, ...]:
    # A series is compared again and again, with the same year each time.
    moments = (start + n * _ZONE_STEP for n in range(_ZONE_SAMPLES))
    return tuple(moment.astimezone(zone).utcoffset() for moment in moments)


def _rule(rule: Rule | None, when: When) -> Rule | None:
    if rule is None or rule.parts is not None:
        return rule
    if rule.pattern is not Pattern.WEEKLY:
        return replace(rule, weekdays=tuple(sorted(rule.weekdays)), week_start=Weekday.MONDAY)
    weekdays = rule.weekdays or (Weekday(when.start.weekday()),)
    # The first day of the week only matters where weeks are skipped.
    start = rule.week_start if rule.interval > 1 else Weekday.MONDAY
    return replace(rule, weekdays=tuple(sorted(weekdays)), week_start=start)


def _exception(exception: SeriesException) -> tuple[Start, Canonical | None]:
    content = exception.content
    return _start(exception.original), None if content is None else canonical(content)


def _start(start: Start) -> Start:
    return start.astimezone(UTC) if isinstance(start, datetime) else start


def _line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


@lru_cache(maxsize=64)
def _text(text: str) -> Canonical:
    """Return the words line by line, in whatever way their marks are written.

    Outlook rewrites blank lines and runs of spaces. Cached, since a merge asks for the same text a
    dozen times in a row.
    """
    lines = ((line.item, line.depth, _runs(line)) for line in parse(text))
    return tuple(line for line in lines if line[-1])


def _runs(line: Line) -> tuple[Run, ...]:
    runs = [_saying(run, _spaced(run.text)) for run in line.runs]
    if runs:
        runs[0] = _saying(runs[0], runs[0].text.lstrip())
        runs[-1] = _saying(runs[-1], runs[-1].text.rstrip())
    return tuple(run for run in runs if run.text)


def _saying(run: Run, text: str) -> Run:
    # Nearly all are unchanged.
    return run if run.text == text else replace(run, text=text)


def _spaced(text: str) -> str:
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text))
