"""What leaves a calendar as a file or a feed, as the one who gets it may see it. Pure.

What somebody keeps private is to others the time that it takes, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from services.model.events import Author, Event, EventContent, Sensitivity
from services.model.identity import Person

__all__ = ["BUSY", "busy_only", "for_person"]

BUSY = "Busy"
SECRET = frozenset({Sensitivity.PERSONAL, Sensitivity.PRIVATE, Sensitivity.CONFIDENTIAL})
_NOBODY = Author(None, "")


def for_person(events: Iterable[Event], person: Person) -> list[Event]:
    """Return the events as somebody may see them: their own whole, secrets of others as time."""
    return [
        busy_only(event)
        if event.content.sensitivity in SECRET and event.created_by.person not in (person, None)
        else event
        for event in events
    ]


def busy_only(event: Event) -> Event:
    """Return an event that says when, and no more."""
    content = _bare(event.content)
    exceptions = tuple(
        replace(each, content=each.content and _bare(each.content))
        for each in event.content.exceptions
    )
    content = replace(content, rule=event.content.rule, exceptions=exceptions)
    return replace(
        event,
        content=content,
        created_by=_NOBODY,
        updated_by=_NOBODY,
        mirror=None,
        uid="",
        lines=(),
    )


def _bare(content: EventContent) -> EventContent:
    return EventContent(title=BUSY, when=content.when, show_as=content.show_as)
