"""What an event has that Outlook has no place for, and how it outlives what Outlook writes. Pure.

A sync compares, sends and receives only what both sides know
(:mod:`services.sync.content.canonical`). So that a new hour from Outlook takes nobody's colour or
links away, whatever it writes goes through :func:`with_kept` first. A changed date of a series has
what it had, or else what its series has.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from services.model.events import EventContent, SeriesException
from services.model.times import AllDay, Start

__all__ = ["FIELDS", "with_kept", "with_unsaid"]

FIELDS = ("color", "emoji", "meeting_url", "links", "people")
_BARE = EventContent(title="", when=AllDay(date.min, date.max))


def with_kept(content: EventContent, kept: EventContent) -> EventContent:
    """Return what Outlook says, with what only the team's side knows as that has it."""
    return _merged(content, kept, _of_the_team)


def with_unsaid(content: EventContent, kept: EventContent) -> EventContent:
    """Return what a file says, with what it says nothing of as the team's side has it.

    A file knows people by name alone: who was meant by a name is meant again.
    """
    return _merged(content, kept, _unsaid)


def _merged(
    content: EventContent,
    kept: EventContent,
    ours: Callable[[EventContent, EventContent], dict[str, Any]],
) -> EventContent:
    known = {_instant(each.original): each.content for each in kept.exceptions}

    def filled(exception: SeriesException) -> SeriesException:
        if exception.content is None:
            return exception
        own = known.get(_instant(exception.original)) or kept
        given = exception.content
        return replace(exception, content=replace(given, **ours(given, own)))

    exceptions = tuple(map(filled, content.exceptions))
    return replace(content, **ours(content, kept), exceptions=exceptions)


def _of_the_team(content: EventContent, kept: EventContent) -> dict[str, Any]:
    ours = {name: getattr(kept, name) for name in FIELDS}
    # Outlook names the link of an online meeting of one's own, which it may become at any time.
    # Whether it is the one of the team or of Outlook that counts, a merge has told.
    return ours | {"meeting_url": content.meeting_url or kept.meeting_url}


def _unsaid(content: EventContent, kept: EventContent) -> dict[str, Any]:
    meant = {each.name: each for each in kept.people}
    people = tuple(meant.get(each.name, each) for each in content.people)
    empty = (name for name in FIELDS if getattr(content, name) == getattr(_BARE, name))
    return {"people": people} | {name: getattr(kept, name) for name in empty}


def _instant(start: Start) -> date | datetime:
    """Return a start whichever zone it is written in."""
    return start.astimezone(UTC) if isinstance(start, datetime) else start
