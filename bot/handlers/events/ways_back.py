"""Where *Back* leads from what is made or done with an event: what its card was opened from."""

from __future__ import annotations

from cards.action import Action
from cards.events.event_actions import EventDetails, Listed

__all__ = ["copied", "listed"]


def listed(back: Action | None) -> Listed | None:
    """Return the list, also where something that was opened from it is in between."""
    back = back.back if isinstance(back, EventDetails) else back
    return back if isinstance(back, Listed) else None


def copied(back: Action | None) -> EventDetails | None:
    """Return what shows the event that a new one is a copy of, if it is one."""
    return back if isinstance(back, EventDetails) else None
