"""A new event in words: ``new event lunch friday 12:30``, ``add …``, ``remind me to …``.

What a sentence says of an event is read by :mod:`services.phrases.drafts`; these are the phrases
that lead there, in the shape of :mod:`services.phrases.table`'s table, which takes them in.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from services.phrases.asker import Asker
from services.phrases.commands import FindEvents, NewEvent
from services.phrases.drafts import read_draft

__all__ = ["EVENT_PHRASES"]

EventCommand = NewEvent | FindEvents
Reader = Callable[[str, Asker], EventCommand | None]

TO_DO = re.compile(r"to\s+(?P<what>\S.*)", re.I)
WHEN_TO_DO = re.compile(r"(?P<when>.{1,60}?)\s+to\s+(?P<what>\S.*)", re.I)
REMINDED = re.compile(r"(?:.*?\s)?(?:before|of|about)\s+(?:the\s+|my\s+)?(?P<what>\S.*)", re.I)


def _new_event(rest: str, asker: Asker) -> NewEvent:
    return NewEvent(read_draft(rest, asker.now, asker.zone, asker.language) if rest else None)


def _timed_event(rest: str, asker: Asker) -> EventCommand | None:
    """Accept what says when: much else can be added."""
    draft = read_draft(rest, asker.now, asker.zone, asker.language)
    return NewEvent(draft) if draft.when and draft.title else None


def _remind(rest: str, asker: Asker) -> EventCommand | None:
    """Read ``to call Bo tomorrow``, ``tomorrow to call Bo``, or ``10 min before standup``.

    What is found comes with the form in which its reminder is set.
    """
    if found := TO_DO.fullmatch(rest):
        return _timed_event(found["what"], asker)
    if found := REMINDED.fullmatch(rest):
        return FindEvents(found["what"])
    found = WHEN_TO_DO.fullmatch(rest)
    return _timed_event(f"{found['what']} {found['when']}", asker) if found else None


EVENT_PHRASES: tuple[tuple[tuple[str, ...], Reader], ...] = (
    (
        (
            *("new event", "add event", "create event", "schedule", "new meeting", "add meeting"),
            *("new appointment", "add an event", "add a meeting", "create a meeting"),
            *("create an event", "create meeting", "schedule a meeting", "schedule an event"),
            *("set up a meeting", "book a meeting"),
        ),
        _new_event,
    ),
    (("add to the calendar", "add"), _timed_event),
    (("remind me", "reminder"), _remind),
)
"""English; the first of each is the one that is offered."""
