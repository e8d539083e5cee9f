"""One day of a calendar: whole days first, then hour by hour.

What overlaps is said in words, since a list has no width to show it by.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from cards.elements import Element
from cards.events.event_lines import line_of
from cards.parts import small
from cards.views.agenda import PAGE, lines_of, nothing, page_of, which
from cards.views.sight import ByDay, Sight
from cards.wording import say
from services.model.events import Occurrence, ShowAs
from services.model.times import Timed

__all__ = ["day_body"]


def day_body(found: ByDay, sight: Sight) -> list[Element]:
    """Return a page of the day's lines."""
    lines = lines_of(found, sight)
    if not lines:
        return [nothing(sight.language)]
    page = page_of(lines, sight)
    clashing = _clashing([each for _, each in lines if isinstance(each, Occurrence)])
    body: list[Element] = []
    for day, entry in lines[page * PAGE : (page + 1) * PAGE]:
        clash = id(entry) in clashing
        note = say(sight.language, "overlaps with another") if clash else ""
        body.append(line_of(day, entry, sight, spacing="medium", note=note))
    if len(lines) > PAGE:
        body.append(small(which(page, len(lines), sight.language), spacing="medium"))
    return body


def _clashing(occurrences: Sequence[Occurrence]) -> set[int]:
    """Return which of them share some time with another; what leaves one free clashes with none."""
    times = sorted(
        (start, end, id(occurrence))
        for occurrence in occurrences
        if occurrence.written.show_as is not ShowAs.FREE
        for start, end in _instants(occurrence)
    )
    clashing: set[int] = set()
    until, last = None, 0
    for start, end, which_one in times:
        if until is not None and start < until:
            clashing |= {last, which_one}
        if until is None or end > until:
            until, last = end, which_one
    return clashing


def _instants(occurrence: Occurrence) -> list[tuple[datetime, datetime]]:
    when = occurrence.when
    if not isinstance(when, Timed):
        return []
    return [(when.start.astimezone(UTC), when.end.astimezone(UTC))]
