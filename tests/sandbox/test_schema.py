"""The judge of the sandbox's answers: it is what the SDK says, and it sees what is wrong."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import ClientSession

from sandbox.items import PLAIN_DEFAULTS, Content
from sandbox.people import PEOPLE
from tests._fakes import FrozenClock
from tests._judge import SCHEMA_FILE, JudgedSandbox, class_of, misfits
from tests.sandbox._caller import Caller

EVENT = {
    "@odata.etag": 'W/"x"',
    "subject": "Lunch",
    "isAllDay": False,
    "reminderMinutesBeforeStart": 15,
    "createdDateTime": "2026-11-18T12:00:00.1234567Z",
    "showAs": "busy",
    "start": {"dateTime": "2026-11-20T12:30:00.0000000", "timeZone": "UTC"},
    "attendees": [{"type": "required", "emailAddress": {"address": "a@b.example"}}],
    "recurrence": {"range": {"startDate": "2026-11-20", "numberOfOccurrences": 0}},
    "onlineMeeting": None,
}


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*deprecated")
def test_the_schema_is_what_the_sdk_says() -> None:
    from tests.sandbox._sdk_schema import compute  # noqa: PLC0415  (two thousand modules)

    assert json.loads(SCHEMA_FILE.read_text()) == compute()


def test_what_fits_is_left_alone() -> None:
    assert misfits("Event", EVENT) == []
    assert misfits("EventCollectionResponse", {"value": [EVENT], "@odata.count": 1}) == []
    assert misfits("", {"responses": []}) == []


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"colour": "red"}, " has no property colour"),
        ({"subject": 7}, ".subject should be a string: 7"),
        ({"isAllDay": "no"}, ".isAllDay should be a boolean: 'no'"),
        ({"reminderMinutesBeforeStart": True}, "should be a integer: True"),
        ({"createdDateTime": "2026-11-18T12:00:00"}, "should be a datetime"),
        ({"showAs": "napping"}, "none of the words of its enumeration: 'napping'"),
        ({"showAs": 3}, "none of the words of its enumeration: 3"),
        ({"start": "12:30"}, ".start should be an object: '12:30'"),
        ({"start": {"date": "x"}}, ".start has no property date"),
        ({"attendees": {}}, ".attendees should be a list: {}"),
        ({"attendees": [{"type": "boss"}]}, ".attendees[].type is none of the words"),
        ({"recurrence": {"range": {"startDate": "20 November"}}}, "should be a date"),
    ],
)
def test_what_does_not_fit_is_named(change: dict[str, Any], complaint: str) -> None:
    (found,) = misfits("Event", EVENT | change)
    assert complaint in found


@pytest.mark.parametrize(
    ("method", "path", "status", "name"),
    [
        ("GET", "/v1.0/me", 200, "User"),
        ("GET", "/v1.0/me/events", 200, "EventCollectionResponse"),
        ("POST", "/v1.0/me/calendars/1/events", 201, "Event"),
        ("PATCH", "/v1.0/users/mara/events/1", 200, "Event"),
        ("GET", "/v1.0/me/events/1", 404, "ODataError"),
        ("POST", "/v1.0/$batch", 200, ""),
        ("GET", "/v1.0/me/contactFolders/1/contacts", 200, "ContactCollectionResponse"),
    ],
)
def test_the_class_of_an_answer(method: str, path: str, status: int, name: str) -> None:
    assert class_of(method, path, status) == name


def test_an_answer_of_no_class_is_a_complaint() -> None:
    name = class_of("GET", "/v1.0/me/messages", 200)
    assert misfits(name, {}) == ["nobody knows which class this is: nothing"]


async def test_a_sandbox_that_answered_wrongly_fails_its_test(
    clock: FrozenClock, session: ClientSession
) -> None:
    running = JudgedSandbox(clock)
    await running.start(port=0)
    moment = datetime(2026, 11, 20, 12, 30, tzinfo=UTC)
    plain = {**PLAIN_DEFAULTS, "showAs": "napping"}
    running.mailbox(PEOPLE[0]).add(
        Content(start=moment, end=moment, start_zone="UTC", end_zone="UTC", plain=plain)
    )
    graph = Caller(session, running.graph_url, running.token_for(PEOPLE[0]))
    assert (await graph("GET", "/me/events")).status == 200
    with pytest.raises(AssertionError, match="napping"):
        await running.stop()
