"""What Outlook demands of a series: where it begins, and how far its occurrences may move."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sandbox.items import Appearance, Content, appearance_of
from sandbox.recurrence import Recurrence, days
from sandbox.refusal import Refusal

__all__ = ["check_neighbours", "from_first_day", "same_times"]


def check_neighbours(seen: Appearance, content: Content) -> None:
    """Refuse to move an occurrence to or past the day of the one before or after it.

    Raises:
        Refusal: 400 ErrorOccurrenceCrossingBoundary.
    """
    rule, day = seen.item.content.recurrence, seen.day
    if rule is None or day is None or content.start == seen.content.start:
        return
    here = content.start.date()
    for other in _near(days(rule, _horizon(rule, day)), day):
        neighbour = appearance_of(seen.item, other)
        if neighbour is None:
            continue
        there = neighbour.content.start.date()
        if (other < day and here <= there) or (other > day and here >= there):
            raise Refusal(
                400,
                "ErrorOccurrenceCrossingBoundary",
                "Modified occurrence is crossing or overlapping adjacent occurrence.",
            )


def _near(all_days: Iterable[date], day: date) -> list[date]:
    """Return the day before and the day after one of a series' days, where there are any."""
    before: date | None = None
    for each in all_days:
        if each < day:
            before = each
        elif each > day:
            return [each] if before is None else [before, each]
    return [] if before is None else [before]


def from_first_day(content: Content) -> Content:
    """Let a series begin on the first day that its own pattern has.

    Raises:
        Refusal: 400, it has none.
    """
    rule = content.recurrence
    if rule is None:
        return content
    first = next(days(rule, _horizon(rule, rule.starts_on)), None)
    if first is None:
        raise Refusal(
            400,
            "ErrorRecurrenceHasNoOccurrence",
            "The recurrence pattern specified does not have any occurrence in the range.",
        )
    moved = content.moved_to(first)
    return replace(moved, recurrence=replace(rule, starts_on=first))


def same_times(one: Content, other: Content) -> bool:
    """Say whether two contents happen at the same times; else a series forgets its exceptions."""
    return (one.start, one.end, one.is_all_day, one.recurrence) == (
        other.start,
        other.end,
        other.is_all_day,
        other.recurrence,
    )


def _horizon(rule: Recurrence, day: date) -> date:
    """Return a day by which the next one of any pattern has come: eight years for a leap day."""
    return date.fromordinal(min(day.toordinal() + 366 * (rule.interval + 8), date.max.toordinal()))
