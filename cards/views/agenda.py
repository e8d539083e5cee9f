"""Some days of a calendar as a list, which reads well on a phone and in a wide channel.

An event of several days stands under each of them. Pressing a line shows its details, and the
way back. A page holds 20 lines, since a message of Teams must stay small.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cards.elements import Element, words
from cards.events.event_lines import day_heading, line_of
from cards.parts import small
from cards.views.sight import ByDay, Entry, Sight
from cards.wording import count, say

__all__ = ["PAGE", "agenda_body", "lines_of", "nothing", "page_of", "which"]

PAGE = 20
Line = tuple[date, Entry]


def agenda_body(found: ByDay, sight: Sight) -> list[Element]:
    """Return a page of lines under the headings of their days."""
    lines = lines_of(found, sight)
    page = page_of(lines, sight)
    shown = lines[page * PAGE : (page + 1) * PAGE]
    if not shown:
        return [nothing(sight.language)]
    body: list[Element] = []
    heading_of: date | None = None
    for day, entry in shown:
        if day != heading_of:
            heading_of = day
            body.append(day_heading(day, sight.today, sight.language))
        body.append(line_of(day, entry, sight))
    if len(lines) > PAGE:
        body.append(small(which(page, len(lines), sight.language), spacing="medium"))
    return body


def nothing(language: str) -> Element:
    """Return the sentence for days without anything."""
    return words(say(language, "Nothing is planned."), subtle=True, spacing="large")


def lines_of(found: ByDay, sight: Sight) -> list[Line]:
    """Return each event under each of its days, behind the holidays."""
    return [(day, entry) for day in sight.span.days for entry in sight.entries(found, day)]


def page_of(lines: Sequence[Line], sight: Sight) -> int:
    """Return the page that is shown: the last one, where there are no longer so many."""
    return min(sight.shown.page, max(0, len(lines) - 1) // PAGE)


def which(page: int, lines: int, language: str) -> str:
    """Return which of the lines are on the page."""
    return count(
        language,
        "{first} to {last} of one entry",
        "{first} to {last} of {n} entries",
        lines,
        first=page * PAGE + 1,
        last=min((page + 1) * PAGE, lines),
    )
