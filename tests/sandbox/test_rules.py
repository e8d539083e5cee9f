"""Rules of Graph that a client can break, one by one, that no other test here is about."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from aiohttp import ClientSession

from sandbox.people import PEOPLE, TENANT
from sandbox.server import Sandbox
from tests._fakes import FrozenClock
from tests.sandbox._caller import BERLIN, CLIENT, Caller, event_body, series_body

MARA = PEOPLE[0]
WINDOW = {"startDateTime": "2026-11-01T00:00:00Z", "endDateTime": "2026-12-20T00:00:00Z"}
TAG = "String {6f1d4f2e-0a52-4d5d-9d0c-6c5f8c3f6d0a} Name Almanac"
PLAIN: dict[str, str] = {}


# -- ids -------------------------------------------------------------------------------------


async def test_ids_are_case_sensitive(graph: Caller) -> None:
    made = await graph.create()
    assert (await graph("GET", f"/me/events/{made['id'].swapcase()}")).status == 404
    contact = (await graph("POST", "/me/contacts", {"displayName": "Jo"})).json["id"]
    assert (await graph("GET", f"/me/contacts/{contact.swapcase()}")).status == 404


async def test_calendars_and_folders_have_one_id_whatever_is_preferred(graph: Caller) -> None:
    await graph("POST", "/me/contactFolders", {"displayName": "Suppliers"})
    for path in ("/me/calendars", "/me/contactFolders"):
        both = [await graph("GET", path, headers=each) for each in (None, PLAIN)]
        assert len({each.json["value"][0]["id"] for each in both}) == 1


async def test_a_token_of_a_round_works_with_both_kinds_of_id_and_each_call_says_which(
    graph: Caller,
) -> None:
    made = await graph.create()
    _, link = await graph.changes(**WINDOW)
    await graph("PATCH", f"/me/events/{made['id']}", {"subject": "Brunch"})
    (immutable,) = (await graph("GET", link)).json["value"]
    (plain,) = (await graph("GET", link, headers=PLAIN)).json["value"]
    assert immutable["id"] == made["id"] != plain["id"]
    assert (await graph("GET", f"/me/events/{plain['id']}")).json["id"] == made["id"]


async def test_the_dates_of_a_series_may_share_a_name_of_the_world(graph: Caller) -> None:
    made = await graph.create(series_body({"type": "daily"}, {"type": "noEnd"}))
    dates = await graph("GET", f"/me/events/{made['id']}/instances", **WINDOW)
    assert {each["iCalUId"] for each in dates.json["value"]} == {made["iCalUId"]}


# -- writing ---------------------------------------------------------------------------------


async def test_a_transaction_id_stays_and_is_told_only_where_there_is_one(graph: Caller) -> None:
    without, having = await graph.create(), await graph.create(event_body(transactionId="t-1"))
    assert "transactionId" not in without and having["transactionId"] == "t-1"
    path = f"/me/events/{having['id']}"
    assert (await graph("PATCH", path, {"transactionId": "t-2"})).status == 400
    assert (await graph("PATCH", path, {"transactionId": "t-1"})).status == 200
    told, _ = await graph.changes(**WINDOW)
    assert [each.get("transactionId") for each in told] == [None, "t-1"]


async def test_a_tag_is_not_echoed_and_its_name_is_exact_and_its_value_is_not(
    graph: Caller,
) -> None:
    tags = [{"id": TAG, "value": "Harbour"}]
    made = await graph.create(event_body(singleValueExtendedProperties=tags))
    assert "singleValueExtendedProperties" not in made
    (told,), _ = await graph.changes(**WINDOW)
    assert "singleValueExtendedProperties" not in told

    async def found(name: str, value: str) -> int:
        test = f"ep/id eq '{name}' and ep/value eq '{value}'"
        wanted = f"singleValueExtendedProperties/Any(ep: {test})"
        return len((await graph("GET", "/me/events", _filter=wanted)).json["value"])

    assert await found(TAG, "hARBOUR") == 1
    assert await found(TAG.replace("Almanac", "almanac"), "Harbour") == 0


@pytest.mark.parametrize("name", ["Almanac", "String {x} Name Almanac", "Word {} Name Almanac"])
async def test_a_tag_has_a_name_of_its_own_kind(graph: Caller, name: str) -> None:
    tags = [{"id": name, "value": "7"}]
    refused = await graph("POST", "/me/events", event_body(singleValueExtendedProperties=tags))
    assert (refused.status, refused.code) == (400, "ErrorInvalidPropertyId")


WEEKLY = {"type": "weekly", "daysOfWeek": ["friday"], "firstDayOfWeek": "sunday"}


@pytest.mark.parametrize(
    ("pattern", "end"),
    [
        ({**WEEKLY, "firstDayOfWeek": None}, {"type": "noEnd"}),
        ({**WEEKLY, "index": "second"}, {"type": "noEnd"}),
        ({"type": "daily", "index": "last"}, {"type": "noEnd"}),
        ({"type": "daily"}, {"type": "noEnd", "endDate": "2026-12-01"}),
        ({"type": "daily"}, {"type": "noEnd", "numberOfOccurrences": 3}),
        ({"type": "daily"}, {"type": "endDate", "endDate": "2026-12-01", "numberOfOccurrences": 3}),
        (
            {"type": "daily"},
            {"type": "numbered", "endDate": "2026-12-01", "numberOfOccurrences": 3},
        ),
    ],
)
async def test_a_rule_says_what_its_kind_needs_and_no_more(
    graph: Caller, pattern: dict[str, Any], end: dict[str, Any]
) -> None:
    refused = await graph("POST", "/me/events", series_body(pattern, end))
    assert (refused.status, refused.code) == (400, "ErrorPropertyValidationFailure")


# -- windows ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "is_in"),
    [
        ("2026-11-20T11:00:00", "2026-11-20T12:00:00", True),  # 12:00 to 13:00 in Berlin
        ("2026-11-20T12:30:00", "2026-11-20T13:30:00", False),  # none said: UTC
        ("2026-11-20T12:30:00+01:00", "2026-11-20T13:30:00+01:00", True),
    ],
)
@pytest.mark.parametrize("path", ["/me/calendarView", "/me/calendarView/delta"])
async def test_what_is_in_a_window_is_said_by_the_offset_in_it_alone(
    graph: Caller, path: str, start: str, end: str, is_in: bool
) -> None:
    await graph.create()
    headers = {"Prefer": f'outlook.timezone="{BERLIN}"'}
    window = {"startDateTime": start, "endDateTime": end}
    shown = await graph("GET", path, headers=headers, **window)
    assert len(shown.json["value"]) == is_in


# -- rights ----------------------------------------------------------------------------------


async def test_a_scope_for_what_others_share_subscribes_to_nothing(
    graph: Caller, sandbox: Sandbox
) -> None:
    shared = sandbox.token_for(MARA, "Calendars.ReadWrite.Shared Contacts.ReadWrite.Shared")
    other = Caller(graph.session, graph.base_url, shared)
    wish = {
        "changeType": "created",
        "notificationUrl": "https://almanac.example/hook",
        "resource": "/me/events",
        "expirationDateTime": "2026-11-20T12:00:00Z",
    }
    refused = await other("POST", "/subscriptions", wish)
    assert (refused.status, refused.code) == (403, "ErrorAccessDenied")


async def test_resource_data_is_nothing_that_could_be_asked_for(graph: Caller) -> None:
    wish = {"includeResourceData": True, "resource": "/me/events"}
    assert (await graph("POST", "/subscriptions", wish)).code == "RequestBodyRead"


async def test_who_keeps_the_first_refresh_token_is_out_after_ninety_days(
    sandbox: Sandbox, session: ClientSession, clock: FrozenClock
) -> None:
    scopes = frozenset({"User.Read", "offline_access"})
    sandbox.directory.approve(CLIENT.client_id, MARA, frozenset({"User.Read"}))
    first = sandbox.directory.issue_tokens(CLIENT.client_id, MARA, scopes).refresh_token
    assert first is not None

    async def refresh(token: str) -> dict[str, Any]:
        form = {
            "client_id": CLIENT.client_id,
            "client_secret": CLIENT.client_secret,
            "grant_type": "refresh_token",
            "refresh_token": token,
        }
        url = f"{sandbox.page_url}/{TENANT.id}/oauth2/v2.0/token"
        async with session.post(url, data=form) as answer:
            body: dict[str, Any] = await answer.json()
            return body

    clock.advance(timedelta(days=60))
    second = (await refresh(first))["refresh_token"]
    assert second != first and "access_token" in await refresh(first)
    clock.advance(timedelta(days=31))
    assert (await refresh(first))["error"] == "invalid_grant"
    assert "access_token" in await refresh(second)
