"""``calendarView``: what a calendar shows between two instants, every occurrence in full.

https://learn.microsoft.com/graph/api/user-list-calendarview
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from aiohttp import web

from sandbox.graph.calendars import calendar_of
from sandbox.graph.call import call_of
from sandbox.graph.event_json import event_json
from sandbox.graph.filters import read_filter
from sandbox.graph.odata import check_options, page, select, sort
from sandbox.refusal import Refusal

__all__ = ["routes", "window_of"]

_WIDEST = timedelta(days=1825)
_YEARS = range(1601, 4501)


def routes(prefix: str) -> list[web.RouteDef]:
    """Return the resource's routes under ``/me`` or ``/users/{person}``."""
    places = ("", "/calendar", "/calendars/{calendar}")
    return [web.get(f"{prefix}{place}/calendarView", list_view) for place in places]


async def list_view(request: web.Request) -> web.Response:
    """Answer with single events and occurrences, by start."""
    call = call_of(request)
    query = check_options(call, "$select", "$top", "$skip", "$filter", "$orderby", "$count")
    start, end = window_of(query)
    wanted = read_filter(query.get("$filter", ""))
    shown = [
        (each.item, event_json(call, each))
        for each in call.mailbox.between(calendar_of(call).id, start, end)
    ]
    items = sort([event for item, event in shown if wanted(item, event)], query)
    return page(call, [select(each, query) for each in items], query, "calendarView")


def window_of(query: Mapping[str, str]) -> tuple[datetime, datetime]:
    """Return the window in a query.

    Raises:
        Refusal: 400, there is none, it is none, or it is too wide.
    """
    given = {name.lower(): value for name, value in query.items()}
    if "startdatetime" not in given or "enddatetime" not in given:
        raise Refusal(
            400,
            "ErrorInvalidParameter",
            "This request requires a time window specified by the query string parameters "
            "StartDateTime and EndDateTime.",
        )
    start, end = _instant(given["startdatetime"]), _instant(given["enddatetime"])
    if end < start:
        raise Refusal(400, "ErrorInvalidParameter", "The start time has to be before the end time.")
    if end - start > _WIDEST:
        raise Refusal(
            400,
            "ErrorCalendarViewRangeTooBig",
            "The requested time duration specified for calendarview is too long. "
            "The allowed limit = 1825 days.",
        )
    return start, end


def _instant(text: str) -> datetime:
    """Read a time; without an offset it is UTC, whatever zone is preferred."""
    try:
        # A plus sign that nobody escaped has become a space.
        at = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError as err:
        raise Refusal(
            400, "ErrorInvalidParameter", f"The value '{text}' of a parameter is invalid."
        ) from err
    if at.year not in _YEARS:
        raise Refusal(400, "ErrorInvalidParameter", f"The value '{text}' is out of range.")
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
