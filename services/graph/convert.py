"""Translate events to and from Graph's JSON; pure, and the only place that knows both.

:func:`to_graph` makes the body of a create, :func:`patch_for` that of an update: of the groups
that changed alone, so that a join link in a body or a colleague's new room is never overwritten.
Neither ever names attendees: people send invitations, a sync does not.
:func:`from_graph` reads an item, with the exceptions of a series where it is one.

Source: Microsoft Graph ``event``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from services.graph.bodies import body_to_graph, is_cut, text_from_graph
from services.graph.recurrence import rule_from_graph, rule_to_graph
from services.graph.remote_event import RemoteEvent
from services.graph.series import day_of, is_same, occurrence_of, start_on
from services.graph.tags import tag_of
from services.graph.times import (
    Zones,
    instant_from_graph,
    original_from_graph,
    when_from_graph,
    when_to_graph,
)
from services.graph.zones import UTC_ZONE, zone_to_graph
from services.model.accounts import RemoteId
from services.model.errors import ReadOnlyReason, Unreadable
from services.model.events import (
    EventContent,
    Importance,
    Mirror,
    Response,
    Sensitivity,
    SeriesException,
    ShowAs,
)
from services.model.recurrence import Rule
from services.model.times import AllDay, Start, When

__all__ = ["from_graph", "patch_for", "to_graph"]

SHOW_AS = {
    ShowAs.FREE: "free",
    ShowAs.TENTATIVE: "tentative",
    ShowAs.BUSY: "busy",
    ShowAs.AWAY: "oof",
    ShowAs.ELSEWHERE: "workingElsewhere",
}
SHOWN_AS = {word: show_as for show_as, word in SHOW_AS.items()}
SENSITIVITIES = {"": Sensitivity.NORMAL, **{each.value: each for each in Sensitivity}}
IMPORTANCES = {each.value: each for each in Importance}
RESPONSES = {
    "organizer": Response.ORGANISER,
    "notResponded": Response.WAITING,
    "tentativelyAccepted": Response.TENTATIVE,
    "accepted": Response.ACCEPTED,
    "declined": Response.DECLINED,
}


def to_graph(content: EventContent, *, all_day_zone: ZoneInfo = UTC_ZONE) -> dict[str, Any]:
    """Return the whole event as Graph says it, without exceptions and never with attendees."""
    body = {
        **_when(content, all_day_zone),
        "subject": content.title,
        "location": {"displayName": content.place},
        "body": body_to_graph(content.text),
        "showAs": SHOW_AS[content.show_as],
        "sensitivity": content.sensitivity.value,
        "importance": content.importance.value,
        "categories": list(content.tags),
        **_reminder(content.reminder_minutes),
    }
    if content.rule is not None:
        body["recurrence"] = _recurrence(content.rule, content.when, all_day_zone)
    return body


def patch_for(
    old: EventContent | None, new: EventContent, *, all_day_zone: ZoneInfo = UTC_ZONE
) -> dict[str, Any]:
    """Return what to send so that an item that says ``old`` says ``new``; empty = nothing to do.

    ``old`` of ``None`` means that nothing is known of it: everything is sent. Exceptions are not
    part of it: see :mod:`services.graph.series_exceptions`.
    """
    whole = to_graph(new, all_day_zone=all_day_zone)
    if old is None:
        return whole
    before = to_graph(old, all_day_zone=all_day_zone)
    patch = {field: whole[field] for field in whole if whole[field] != before.get(field)}
    if is_cut(old.text):
        # Outlook has more of the text than we have read.
        patch.pop("body", None)
    if patch.keys() & {"start", "end", "isAllDay"}:
        # Graph cannot check a part of a time alone: the three go together.
        patch |= {field: whole[field] for field in ("start", "end", "isAllDay")}
    if old.rule is not None and new.rule is None:
        patch["recurrence"] = None
    return patch


def _when(content: EventContent, all_day_zone: ZoneInfo) -> dict[str, Any]:
    return when_to_graph(content.when, all_day_zone, repeats=content.rule is not None)


def _recurrence(rule: Rule, when: When, all_day_zone: ZoneInfo) -> dict[str, Any]:
    if isinstance(when, AllDay):
        return rule_to_graph(rule, when.start, zone_to_graph(all_day_zone))
    zone = when.start.tzinfo
    if not isinstance(zone, ZoneInfo):
        raise ValueError("a series needs a named zone")
    return rule_to_graph(rule, when.start.date(), zone_to_graph(zone))


def _reminder(minutes: int | None) -> dict[str, Any]:
    if minutes is None:
        return {"isReminderOn": False}
    return {"isReminderOn": True, "reminderMinutesBeforeStart": minutes}


def from_graph(
    item: Mapping[str, Any],
    *,
    fallback: ZoneInfo = UTC_ZONE,
    exceptions: Sequence[Mapping[str, Any]] = (),
    cancelled: Iterable[date] = (),
) -> RemoteEvent:
    """Read an item; for a series also its changed occurrences and the days of cancelled ones.

    ``fallback`` is the zone of a series whose own is unknown.

    Raises:
        Unreadable: the model cannot express it; ``why`` names the part.
    """
    try:
        return _event(item, fallback, exceptions, cancelled)
    except Unreadable as err:
        raise Unreadable(err.why, item.get("subject")) from err
    except (AttributeError, KeyError, TypeError) as err:
        # A list in place of an object, or the like: one such item must not stop the calendar.
        raise Unreadable("shape", item.get("subject")) from err


def _event(
    item: Mapping[str, Any],
    fallback: ZoneInfo,
    exceptions: Sequence[Mapping[str, Any]],
    cancelled: Iterable[date],
) -> RemoteEvent:
    if not item.get("id"):
        raise Unreadable("id")
    zones = Zones.of(item, fallback)
    content, mirror = _content(item, zones), _mirror(item)
    keeps_text = mirror is None and bool(item.get("isOnlineMeeting"))
    if keeps_text:
        content = replace(content, meeting_url=_join_url(item))
    if content.rule is not None:
        content = replace(content, exceptions=_exceptions(content, exceptions, cancelled))
    if zones.guessed and not isinstance(content.when, AllDay):
        content = replace(content, zone_guessed=True)
    return RemoteEvent(
        id=RemoteId(_text(item, "id")),
        change_key=_text(item, "changeKey"),
        content=content,
        mirror=mirror,
        keeps_text=keeps_text,
        transaction_id=_text(item, "transactionId"),
        uid=_text(item, "iCalUId"),
        tag=tag_of(item),
        is_cancelled=bool(item.get("isCancelled")),
        changed_at=instant_from_graph(item.get("lastModifiedDateTime")),
    )


def _content(item: Mapping[str, Any], zones: Zones) -> EventContent:
    when = when_from_graph(item, zones)
    recurrence = item.get("recurrence")
    first = when.start.date() if isinstance(when.start, datetime) else when.start
    return EventContent(
        title=_text(item, "subject"),
        when=when,
        place=_text(item.get("location") or {}, "displayName"),
        text=text_from_graph(item.get("body")),
        rule=rule_from_graph(recurrence, first) if recurrence else None,
        # "unknown", and values that Graph may add, block time: the careful reading.
        show_as=SHOWN_AS.get(_text(item, "showAs"), ShowAs.BUSY),
        # A value that Graph may add hides rather than shows.
        sensitivity=SENSITIVITIES.get(_text(item, "sensitivity"), Sensitivity.PRIVATE),
        reminder_minutes=_reminder_minutes(item),
        importance=IMPORTANCES.get(_text(item, "importance"), Importance.NORMAL),
        tags=_tags(item),
    )


def _exceptions(
    series: EventContent, items: Sequence[Mapping[str, Any]], cancelled: Iterable[date]
) -> tuple[SeriesException, ...]:
    found: dict[Start, EventContent | None] = {
        start_on(day, series.when): None for day in cancelled
    }
    for item in items:
        original = original_from_graph(item, series.when)
        found[original] = _exception(item, series.when)
    return tuple(
        SeriesException(original, found[original])
        for original in sorted(found)
        # Once touched, an occurrence stays an exception in Graph, even if nothing differs.
        if not is_same(found[original], occurrence_of(series, day_of(original, series.when)))
    )


def _exception(item: Mapping[str, Any], series: When) -> EventContent | None:
    if item.get("isCancelled"):
        return None
    zones = Zones.of({**item, "recurrence": None}, UTC_ZONE)
    home = None if isinstance(series, AllDay) else series.start.tzinfo
    if zones.guessed and isinstance(home, ZoneInfo):
        # An exception whose own zone is unknown takes its series'.
        zones = Zones(home, home, guessed=True)
    return _content({**item, "recurrence": None}, zones)


def _mirror(item: Mapping[str, Any]) -> Mirror | None:
    """Return whose meeting it is; ``None`` for an event that may be written.

    An online meeting without guests may be written: a change mails nobody. Of an online series each
    occurrence has a text that must be left alone, so a series may not.
    """
    attendees = item.get("attendees") or ()
    if item.get("isOrganizer") is False:
        reason = ReadOnlyReason.OTHER_ORGANISER
    elif attendees:
        reason = ReadOnlyReason.HAS_ATTENDEES
    elif item.get("isOnlineMeeting") and (item.get("recurrence") or not item.get("isOrganizer")):
        reason = ReadOnlyReason.ONLINE_MEETING
    else:
        return None
    organiser = (item.get("organizer") or {}).get("emailAddress") or {}
    return Mirror(
        reason,
        organiser=_text(organiser, "name") or _text(organiser, "address"),
        attendees=len(attendees),
        join_url=_join_url(item),
        response=RESPONSES.get(_text(item.get("responseStatus") or {}, "response"), Response.NONE),
    )


def _join_url(item: Mapping[str, Any]) -> str:
    """Return where to join; what is not a web address is no button."""
    url = _text(item.get("onlineMeeting") or {}, "joinUrl") or _text(item, "onlineMeetingUrl")
    return url if url.startswith("https://") else ""


def _tags(item: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the categories; two spellings of one are one, by the first of them."""
    names: dict[str, str] = {}
    for name in item.get("categories") or ():
        if not isinstance(name, str):
            raise Unreadable("categories")
        names.setdefault(name.strip().casefold(), name.strip())
    return tuple(filter(None, names.values()))


def _reminder_minutes(item: Mapping[str, Any]) -> int | None:
    minutes = item.get("reminderMinutesBeforeStart")
    return minutes if item.get("isReminderOn") and isinstance(minutes, int) else None


def _text(item: Mapping[str, Any], field: str) -> str:
    value = item.get(field)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Unreadable(field)
    return value
