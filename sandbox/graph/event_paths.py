"""The event that a path names: the same one under ``/me/events`` and under its calendar."""

from __future__ import annotations

from sandbox.graph.calendars import calendar_of
from sandbox.graph.call import Call
from sandbox.items import Appearance
from sandbox.refusal import not_found

__all__ = ["event_of"]


def event_of(call: Call) -> Appearance:
    """Return the event in the path; under a calendar it must be in that calendar.

    Raises:
        Refusal: 404 ErrorItemNotFound.
    """
    seen = call.mailbox.get(call.request.match_info["event"])
    if call.request.match_info.get("calendar") and seen.item.calendar != calendar_of(call).id:
        raise not_found()
    return seen
