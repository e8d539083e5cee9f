"""Bring the exceptions of an Outlook series to what they should be.

:func:`settle_exceptions` compares what is there with what is wanted and writes the difference,
one occurrence at a time, so it may be repeated after a crash and does nothing the second time.
It is called after the series itself was created or updated: Exchange forgets exceptions when a
series' times change.

Source: Microsoft Graph ``event: list instances``, ``event: update`` (occurrences).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from services.graph.mailbox import Mailbox, path
from services.graph.remote_event import RemoteEvent
from services.graph.series import day_of, is_same, occurrence_of
from services.graph.times import original_from_graph
from services.model.accounts import RemoteId
from services.model.errors import Rejected, Stale
from services.model.events import EventContent
from services.model.times import Start, Timed, When

__all__ = ["settle_exceptions"]

Changes = Mapping[date, EventContent | None]


async def settle_exceptions(
    mailbox: Mailbox, id: RemoteId, wanted: EventContent, seen: EventContent | None = None
) -> RemoteEvent:
    """Give a series the exceptions of ``wanted``; return the series as it is then.

    An occurrence that the series does not have is skipped.

    Args:
        mailbox: whose it is.
        id: of the series.
        wanted: what it is to say.
        seen: what it said when that was planned.

        Raises: Stale: somebody has changed another date meanwhile. An exception leaves the change
        key of its series as it was, so no precondition tells. Rejected: among others 400
        ``ErrorOccurrenceCrossingBoundary``, when one would pass its neighbour.
    """
    series = await mailbox.get_series(id)
    if series.content.rule is None:
        return series
    goal, present = _by_day(wanted), _by_day(series.content)
    _raise_if_changed(series.content, goal, seen)
    if any(content is None and day not in goal for day, content in present.items()):
        # A cancelled occurrence has no id any more, so it cannot be brought back alone.
        series = await _forget_exceptions(mailbox, series)
        present = _by_day(series.content)
    written = False
    for day in sorted(goal.keys() | present.keys()):
        regular = occurrence_of(series.content, day)
        now = present.get(day, regular)
        then = goal.get(day, regular)
        if not is_same(now, then) and now is not None:
            written |= await _write(mailbox, series, day, now, then)
    if not written:
        return series
    series = await mailbox.get_series(id)
    _raise_if_changed(series.content, goal, seen)
    return series


def _raise_if_changed(now: EventContent, goal: Changes, seen: EventContent | None) -> None:
    if seen is None:
        return
    before, present = _by_day(seen), _by_day(now)
    is_same_series = replace(now, exceptions=()) == replace(seen, exceptions=())
    for day, content in present.items():
        regular = occurrence_of(now, day)
        if is_same(content, goal.get(day, regular)):
            continue
        # If the series itself was changed, its exceptions may differ by that alone.
        if not is_same(content, before.get(day, regular)) if is_same_series else day not in before:
            raise Stale


def _by_day(series: EventContent) -> Changes:
    return {day_of(each.original, series.when): each.content for each in series.exceptions}


async def _forget_exceptions(mailbox: Mailbox, series: RemoteEvent) -> RemoteEvent:
    """Make Exchange drop every exception: it does so when it is given the rule again."""
    patch = mailbox.patch_for(None, series.content)
    anew = {field: patch[field] for field in ("start", "end", "isAllDay", "recurrence")}
    return await mailbox.update_event(series.id, anew, series.change_key)


async def _write(
    mailbox: Mailbox,
    series: RemoteEvent,
    day: date,
    now: EventContent,
    then: EventContent | None,
) -> bool:
    occurrence = await _find(mailbox, series, day, now)
    if occurrence is None:
        return False
    try:
        if then is None:
            await mailbox.request("DELETE", path(occurrence))
        else:
            await mailbox.request("PATCH", path(occurrence), json=mailbox.patch_for(now, then))
    except Rejected as err:
        if not err.is_gone:
            raise
        return False
    return True


async def _find(mailbox: Mailbox, series: RemoteEvent, day: date, now: EventContent) -> str | None:
    """Return the id of a day's occurrence, wherever it has been moved to."""
    begin, end = _window(now.when)
    params = {"startDateTime": begin, "endDateTime": end}
    async for item in mailbox.items(f"{path(series.id)}/instances", params):
        original = _original(item, series.content.when)
        if day_of(original, series.content.when) == day:
            return str(item["id"])
    return None


def _original(item: Mapping[str, Any], series: When) -> Start:
    # A regular occurrence may come without an original start: it is where it starts.
    if not item.get("originalStart"):
        item = {**item, "originalStart": f"{item['start']['dateTime'][:19]}+00:00"}
    return original_from_graph(item, series)


def _window(when: When) -> tuple[str, str]:
    """Return a span of UTC that surely touches an occurrence."""
    if isinstance(when, Timed):
        start, end = when.start.astimezone(UTC), when.end.astimezone(UTC)
    else:
        start = datetime.combine(when.start, time(), UTC)
        end = datetime.combine(when.end, time(), UTC)
    day = timedelta(days=1)
    return (start - day).isoformat(), (end + day).isoformat()
