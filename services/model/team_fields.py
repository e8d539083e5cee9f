"""What an event has that Outlook has no place for, and how it outlives what Outlook writes. Pure.

A sync compares, sends and receives only what both sides know (:mod:`services.sync.canonical`). So
that a new hour from Outlook takes nobody's colour or links away, whatever it writes goes through
:func:`with_kept` first. A changed date of a series has what it had, or else what its series has.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from services.model.events import EventContent, SeriesException
from services.model.times import Start

__all__ = ["FIELDS", "with_kept"]

FIELDS = ("color", "emoji", "meeting_url", "links", "people")


def with_kept(content: EventContent, kept: EventContent) -> EventContent:
    """Return what Outlook says, with what only the team's side knows as that has it."""
    known = {_instant(each.original): each.content for each in kept.exceptions}

    def filled(exception: SeriesException) -> SeriesException:
        if exception.content is None:
            return exception
        own = known.get(_instant(exception.original)) or kept
        return replace(exception, content=replace(exception.content, **_of(own)))

    return replace(content, **_of(kept), exceptions=tuple(map(filled, content.exceptions)))


def _of(content: EventContent) -> dict[str, Any]:
    return {name: getattr(content, name) for name in FIELDS}


def _instant(start: Start) -> date | datetime:
    """Return a start whichever zone it is written in."""
    return start.astimezone(UTC) if isinstance(start, datetime) else start
