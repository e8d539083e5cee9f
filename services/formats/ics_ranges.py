"""A series of which a file changes one occurrence and all after it: it is parted there.

No calendar program of today writes ``RANGE=THISANDFUTURE``, but groupware of yesterday did, and
what it exported is still around. The series ends before that day, and another goes on.

RFC 5545, sections 3.2.13 and 3.8.4.4.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from services.events.occurrences import series_day
from services.events.series import cancelled, changed
from services.formats.components import Component
from services.formats.content_lines import parameters
from services.model.events import EventContent
from services.model.imports import Incoming
from services.model.reach import Reach
from services.model.recurrence import Pattern, Rule, Weekday, days
from services.model.times import Start

__all__ = ["is_range", "parted"]


def is_range(part: Component) -> bool:
    """Whether a part of a file changes an occurrence and all after it."""
    line = part.first("RECURRENCE-ID")
    return line is not None and parameters(line).get("RANGE", "").upper() == "THISANDFUTURE"


def parted(
    item: Incoming[EventContent], original: Start, change: Incoming[EventContent] | None
) -> tuple[Incoming[EventContent], ...] | None:
    """Return a series as it is up to an occurrence, and as it goes on from there.

    Args:
        item: the series.
        original: which occurrence.
        change: what it becomes; ``None`` = it is off, with all after it.

    Returns:
        What is left of it, at most two; ``None`` where it has no such occurrence.
    """
    series, day = item.content, series_day(item.content, original)
    if series.rule is None or not any(days(series.rule, _day(series.when.start), day, day)):
        return None
    if change is None:
        left = cancelled(series, day, Reach.FOLLOWING)
        return (replace(item, content=left),) if left else ()
    shift = (_day(change.content.when.start) - day).days
    content = replace(change.content, rule=_later(series.rule, shift))
    before, after = changed(series, day, Reach.FOLLOWING, content)
    kept = replace(item, content=before)
    return (kept,) if after is None else (kept, replace(change, content=after))


def _later(rule: Rule, shift: int) -> Rule:
    """Return a rule for what happens so many days later: a Monday's becomes a Tuesday's."""
    if rule.pattern is not Pattern.WEEKLY:
        return rule
    moved = sorted(Weekday((day + shift) % 7) for day in rule.weekdays)
    return replace(rule, weekdays=tuple(moved))


def _day(start: Start) -> date:
    return date(start.year, start.month, start.day)
