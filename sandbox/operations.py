"""All that can be asked of the sandbox's Graph, one line an operation.

Data for :mod:`sandbox.openapi`; a test holds it against the routes, both ways.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["PICTURE", "Operation", "operations"]

PICTURE = "image/jpeg"
"""Stands for a body that is no JSON."""
_LIST = "$select $top $skip $count"
_ONE = "$select $expand"
_VIEW = f"{_LIST} $filter $orderby"
_EVENTS = f"{_VIEW} $expand"
_USERS = "$select $top $count $search $filter"
_WINDOW = "startDateTime! endDateTime!"
_DELTAS = ("delta", "delta()", "microsoft.graph.delta()")
_DELTA_ANSWER = "users.item.calendar_view.delta.delta_get_response"
_CONTACT_DELTA_ANSWER = "users.item.contact_folders.item.contacts.delta.delta_get_response"
_FOLDER_DELTA_ANSWER = "users.item.contact_folders.delta.delta_get_response"
_SCHEDULE_ANSWER = "users.item.calendar.get_schedule.get_schedule_post_response"
_IDS_ANSWER = "users.item.translate_exchange_ids.translate_exchange_ids_post_response"


@dataclass(frozen=True, slots=True)
class Operation:
    """A method of a path, under ``/v1.0``."""

    method: str
    path: str
    answer: str = ""
    """Class that the answer is read into; empty = no JSON."""
    options: str = ""
    """Names in the query; ``!`` marks what cannot be left out."""
    body: str = ""
    """Schema of what is sent, in :mod:`sandbox.openapi`; or :data:`PICTURE`."""
    status: int = 200


def operations() -> Iterator[Operation]:
    """Yield every operation."""
    yield Operation("POST", "/$batch", body="Batch")
    yield Operation("GET", "/users", "UserCollectionResponse", _USERS)
    yield Operation("GET", "/users/{colleague}", "User", "$select")
    yield from _photos("/users/{colleague}")
    yield from _subscriptions()
    yield Operation("POST", "/users/{person}/teamwork/sendActivityNotification", status=204)
    yield Operation("GET", "/me", "User", "$select")
    yield from _photos("/me")
    for owner in ("/me", "/users/{person}"):
        yield Operation("GET", f"{owner}/mailboxSettings", "MailboxSettings", "$select")
        yield from _actions(owner)
        yield from _calendars(owner)
        for place in ("", "/calendar", "/calendars/{calendar}"):
            yield from _events(f"{owner}{place}")
        yield from _folders(owner)
        for place in ("", "/contactFolders/{folder}"):
            yield from _contacts(f"{owner}{place}")


def _photos(person: str) -> Iterator[Operation]:
    for photo in (f"{person}/photo", f"{person}/photos/{{size}}"):
        yield Operation("GET", photo, "ProfilePhoto")
        yield Operation("GET", f"{photo}/$value")


def _subscriptions() -> Iterator[Operation]:
    every, one = "/subscriptions", "/subscriptions/{subscription}"
    yield Operation("GET", every, "SubscriptionCollectionResponse")
    yield Operation("POST", every, "Subscription", body="NewSubscription", status=201)
    yield Operation("GET", one, "Subscription")
    yield Operation("PATCH", one, "Subscription", body="Renewal")
    yield Operation("DELETE", one, status=204)
    yield Operation("POST", f"{one}/reauthorize", status=204)


def _actions(owner: str) -> Iterator[Operation]:
    for space in ("", "microsoft.graph."):
        action = f"{owner}/calendar/{space}getSchedule"
        yield Operation("POST", action, _SCHEDULE_ANSWER, body="ScheduleQuestion")
        action = f"{owner}/{space}translateExchangeIds"
        yield Operation("POST", action, _IDS_ANSWER, body="IdQuestion")


def _calendars(owner: str) -> Iterator[Operation]:
    every, one = f"{owner}/calendars", f"{owner}/calendars/{{calendar}}"
    yield Operation("GET", every, "CalendarCollectionResponse", _LIST)
    yield Operation("POST", every, "Calendar", body="CalendarText", status=201)
    for each in (one, f"{owner}/calendar"):
        yield Operation("GET", each, "Calendar", "$select")
        yield Operation("PATCH", each, "Calendar", body="CalendarText")
    yield Operation("DELETE", one, status=204)


def _events(calendar: str) -> Iterator[Operation]:
    every, one = f"{calendar}/events", f"{calendar}/events/{{event}}"
    yield Operation("GET", every, "EventCollectionResponse", _EVENTS)
    yield Operation("POST", every, "Event", body="NewEvent", status=201)
    yield Operation("GET", one, "Event", _ONE)
    yield Operation("PATCH", one, "Event", body="EventText")
    yield Operation("DELETE", one, status=204)
    yield Operation("GET", f"{one}/calendar", "Calendar", "$select")
    for action in ("accept", "tentativelyAccept", "decline"):
        yield Operation("POST", f"{one}/{action}", body="MeetingAnswer", status=202)
    yield Operation("POST", f"{one}/cancel", body="Cancellation", status=202)
    instances = f"{one}/instances"
    yield Operation("GET", instances, "EventCollectionResponse", f"{_EVENTS} {_WINDOW}")
    view = f"{calendar}/calendarView"
    yield Operation("GET", view, "EventCollectionResponse", f"{_VIEW} {_WINDOW}")
    for name in _DELTAS:
        yield Operation("GET", f"{view}/{name}", _DELTA_ANSWER, _WINDOW)


def _folders(owner: str) -> Iterator[Operation]:
    every, one = f"{owner}/contactFolders", f"{owner}/contactFolders/{{folder}}"
    yield Operation("GET", every, "ContactFolderCollectionResponse", _LIST)
    yield Operation("POST", every, "ContactFolder", body="FolderText", status=201)
    yield Operation("GET", one, "ContactFolder", "$select")
    yield Operation("PATCH", one, "ContactFolder", body="FolderText")
    yield Operation("DELETE", one, status=204)
    for name in _DELTAS:
        yield Operation("GET", f"{every}/{name}", _FOLDER_DELTA_ANSWER)


def _contacts(folder: str) -> Iterator[Operation]:
    every, one = f"{folder}/contacts", f"{folder}/contacts/{{contact}}"
    yield Operation("GET", every, "ContactCollectionResponse", f"{_LIST} $filter $expand")
    yield Operation("POST", every, "Contact", body="ContactText", status=201)
    yield Operation("GET", one, "Contact", _ONE)
    yield Operation("PATCH", one, "Contact", body="ContactText")
    yield Operation("DELETE", one, status=204)
    for name in _DELTAS:
        yield Operation("GET", f"{every}/{name}", _CONTACT_DELTA_ANSWER, "$select")
    yield Operation("GET", f"{one}/photo", "ProfilePhoto")
    yield Operation("GET", f"{one}/photo/$value")
    for method in ("PUT", "PATCH"):
        yield Operation(method, f"{one}/photo/$value", body=PICTURE)
