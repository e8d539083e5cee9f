"""Reads an event that was sent, and refuses what Graph refuses.

:func:`read_event` gives a draft: whole for a POST, laid over the present content for a PATCH.
Each property has a checker in one table; a name that is not in it does not exist.
https://learn.microsoft.com/graph/api/resources/event
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from typing import Any

from sandbox.graph.checks import (
    Checker,
    anything,
    boolean,
    choice,
    failed,
    integer,
    list_of,
    record,
    text,
    unknown_property,
)
from sandbox.graph.moments import read_moment
from sandbox.graph.online_meetings import as_meeting
from sandbox.graph.recurrence_body import read_recurrence
from sandbox.graph.tags import read_tags
from sandbox.items import PLAIN_DEFAULTS, Content
from sandbox.refusal import Refusal

__all__ = ["WRITABLE", "Draft", "read_event"]

_ADDRESS = record(
    type=text, street=text, city=text, state=text, countryOrRegion=text, postalCode=text
)
_LOCATION = record(
    displayName=text,
    locationEmailAddress=text,
    locationUri=text,
    locationType=choice(
        "default conferenceRoom homeAddress businessAddress geoCoordinates streetAddress hotel "
        "restaurant localBusiness postalAddress"
    ),
    uniqueId=text,
    uniqueIdType=choice("unknown locationStore directory private bing"),
    address=_ADDRESS,
    coordinates=record(),
)
_ATTENDEE = record(
    type=choice("required optional resource"),
    emailAddress=record(name=text, address=text),
    status=record(response=text, time=text),
)
_MOMENT = record(dateTime=text, timeZone=text)

_PLAIN: Mapping[str, Checker] = {
    "subject": text,
    "body": record(contentType=choice("text html"), content=text),
    "importance": choice("low normal high"),
    "sensitivity": choice("normal personal private confidential"),
    "showAs": choice("free tentative busy oof workingElsewhere unknown"),
    "isReminderOn": boolean,
    "reminderMinutesBeforeStart": integer,
    "locations": list_of(_LOCATION),
    "attendees": list_of(_ATTENDEE),
    "categories": list_of(text),
    "responseRequested": boolean,
    "allowNewTimeProposals": boolean,
    "hideAttendees": boolean,
    "isOnlineMeeting": boolean,
    "onlineMeetingProvider": choice("unknown teamsForBusiness skypeForBusiness skypeForConsumer"),
}
_SPECIAL: Mapping[str, Checker] = {
    "start": _MOMENT,
    "end": _MOMENT,
    "isAllDay": boolean,
    "location": _LOCATION,
    "recurrence": record(pattern=anything, range=anything),
    "transactionId": text,
    "singleValueExtendedProperties": list_of(record(id=text, value=text)),
}
WRITABLE = frozenset(_PLAIN) | frozenset(_SPECIAL)
"""Names of the properties that can be sent."""
_READ_ONLY = """
    id changeKey createdDateTime lastModifiedDateTime iCalUId bodyPreview hasAttachments
    isCancelled isDraft isOrganizer seriesMasterId type webLink onlineMeeting onlineMeetingUrl
    originalStart originalStartTimeZone originalEndTimeZone responseStatus organizer
    cancelledOccurrences exceptionOccurrences instances calendar
"""


_MOST_ATTENDEES = 500


@dataclass(frozen=True, slots=True)
class Draft:
    """An event as somebody wants it."""

    content: Content
    tags: Mapping[str, str] = field(default_factory=dict)
    transaction_id: str | None = None


def read_event(body: Mapping[str, Any], base: Content | None = None) -> Draft:
    """Return the event in a POST, or with ``base`` in a PATCH.

    Raises:
        Refusal: 400, with the code that Graph has for it.
    """
    given = {name: value for name, value in body.items() if "@" not in name}
    for name, value in given.items():
        _check(name, value)
    content = Content(
        **_times(given, base),
        recurrence=base.recurrence if base else None,
        plain=_plain(given, base),
    )
    if given.get("recurrence") is not None:
        content = replace(content, recurrence=read_recurrence(given["recurrence"], content))
    elif "recurrence" in given:
        content = replace(content, recurrence=None)
    elif content.recurrence and content.start.date() != content.recurrence.starts_on:
        # The series follows when only its start is moved.
        moved = replace(content.recurrence, starts_on=content.start.date())
        content = replace(content, recurrence=moved)
    return Draft(content, read_tags(given), given.get("transactionId"))


def _check(name: str, value: Any) -> None:
    checker = _PLAIN.get(name) or _SPECIAL.get(name)
    if checker is None and name in _READ_ONLY.split():
        raise Refusal(
            400, "ErrorInvalidPropertySet", f"The property '{name}' is read-only and cannot be set."
        )
    if checker is None:
        raise unknown_property(name, "microsoft.graph.event")
    checker(name, value)


def _plain(given: Mapping[str, Any], base: Content | None) -> dict[str, Any]:
    plain = dict(base.plain if base else PLAIN_DEFAULTS)
    for name in _PLAIN:
        if name in given:
            plain[name] = PLAIN_DEFAULTS[name] if given[name] is None else given[name]
    if "location" in given and "locations" not in given:
        place = given["location"] or {}
        plain["locations"] = [_full_location(place)] if place.get("displayName") else []
    elif "locations" in given:
        plain["locations"] = [_full_location(each) for each in plain["locations"]]
    plain["body"] = {"contentType": "text", "content": "", **_given_of(plain["body"])}
    if len(plain["attendees"]) > _MOST_ATTENDEES:
        raise failed()
    plain["attendees"] = [_full_attendee(each) for each in plain["attendees"]]
    if plain["isOnlineMeeting"] or (base and base.plain["isOnlineMeeting"]):
        plain = as_meeting(plain, given, base)  # once it is one, it stays one
    return plain


def _given_of(value: Mapping[str, Any]) -> dict[str, Any]:
    return {name: part for name, part in value.items() if part is not None}


def _full_attendee(guest: Mapping[str, Any]) -> dict[str, Any]:
    address = guest.get("emailAddress") or {}
    if not address.get("address"):
        raise Refusal(400, "ErrorInvalidRecipients", "At least one recipient is not valid.")
    return {
        "type": "required",
        "status": {"response": "none", "time": "0001-01-01T00:00:00Z"},
        **_given_of(guest),
        "emailAddress": {"name": address["address"], **_given_of(address)},
    }


def _full_location(place: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "displayName": "",
        "locationType": "default",
        "uniqueId": place.get("displayName") or "",
        "uniqueIdType": "private",
        **_given_of(place),
    }


def _times(given: Mapping[str, Any], base: Content | None) -> dict[str, Any]:
    start, start_zone = _moment(given, "start", base)
    end, end_zone = _moment(given, "end", base)
    is_all_day = given.get("isAllDay", base.is_all_day if base else False)
    if is_all_day:
        _check_all_day(start, end)
    elif end < start:
        raise failed()
    return {
        "start": start,
        "end": end,
        "start_zone": start_zone,
        "end_zone": end_zone,
        "is_all_day": bool(is_all_day),
    }


def _moment(given: Mapping[str, Any], name: str, base: Content | None) -> tuple[datetime, str]:
    value = given.get(name)
    if value is None:
        if base is None:
            raise failed()
        return (base.start, base.start_zone) if name == "start" else (base.end, base.end_zone)
    return read_moment(value)


def _check_all_day(start: datetime, end: datetime) -> None:
    for name, at in (("Start", start), ("End", end)):
        if at.time() != time():
            raise Refusal(
                400,
                "ErrorInvalidRequest",
                f"The Event.{name} property for an all-day event needs to be set to midnight.",
            )
    if start.tzinfo != end.tzinfo:
        raise Refusal(
            400,
            "ErrorInvalidRequest",
            "The Event.Start and Event.End properties for an all-day event need to be in the "
            "same time zone.",
        )
    if end.date() <= start.date():
        raise Refusal(
            400,
            "ErrorInvalidRequest",
            "The duration of an event marked as All day must be at least 24 hours.",
        )
