from __future__ import annotations

from typing import Any

import pytest

from sandbox.people import PEOPLE
from sandbox.server import Sandbox
from tests.sandbox._caller import BERLIN, Caller, event_body, series_body

WINDOW = {"startDateTime": "2026-11-01T00:00:00Z", "endDateTime": "2026-12-20T00:00:00Z"}
BARE = {"@odata.type", "@odata.etag", "id", "seriesMasterId", "type", "start", "end"}
WEEKLY = {"type": "weekly", "daysOfWeek": ["friday"]}


def kinds(entries: list[dict[str, Any]]) -> list[str]:
    return [each.get("type", "removed") for each in entries]


async def test_a_second_round_tells_only_what_is_new(graph: Caller) -> None:
    old = await graph.create()
    entries, link = await graph.changes(**WINDOW)
    assert [each["id"] for each in entries] == [old["id"]]
    assert entries[0]["subject"] == "Lunch"
    new = await graph.create(event_body("Supper"))
    entries, link = await graph.changes(link)
    assert [each["id"] for each in entries] == [new["id"]]
    assert (await graph.changes(link))[0] == []


async def test_a_deleted_event_is_removed(graph: Caller) -> None:
    made = await graph.create()
    _, link = await graph.changes(**WINDOW)
    await graph("DELETE", f"/me/events/{made['id']}")
    (gone,), link = await graph.changes(link)
    assert (gone["id"], gone["@removed"]) == (made["id"], {"reason": "deleted"})
    assert (await graph.changes(link))[0] == []


async def test_leaving_the_window_looks_like_a_deletion(graph: Caller) -> None:
    made = await graph.create()
    _, link = await graph.changes(**WINDOW)
    away = {"dateTime": "2027-06-01T12:30:00", "timeZone": BERLIN}
    await graph("PATCH", f"/me/events/{made['id']}", {"start": away, "end": away})
    (gone,), _ = await graph.changes(link)
    assert gone["@removed"] == {"reason": "deleted"}
    assert (await graph("GET", f"/me/events/{made['id']}")).status == 200


async def test_a_series_comes_as_master_and_bare_occurrences(graph: Caller) -> None:
    made = await graph.create(series_body(WEEKLY, {"type": "numbered", "numberOfOccurrences": 3}))
    entries, _ = await graph.changes(**WINDOW)
    assert kinds(entries) == ["seriesMaster", "occurrence", "occurrence", "occurrence"]
    assert entries[0]["subject"] == "Stand-up"
    assert all(set(each) == BARE for each in entries[1:])
    assert {each["seriesMasterId"] for each in entries[1:]} == {made["id"]}


async def test_a_cancelled_occurrence_is_not_announced(graph: Caller) -> None:
    await graph.create(series_body(WEEKLY, {"type": "numbered", "numberOfOccurrences": 3}))
    entries, link = await graph.changes(**WINDOW)
    await graph("DELETE", f"/me/events/{entries[2]['id']}")
    after, _ = await graph.changes(link)
    assert kinds(after) == ["seriesMaster", "occurrence", "occurrence"]
    assert entries[2]["id"] not in {each["id"] for each in after}


async def test_an_exception_comes_whole(graph: Caller) -> None:
    await graph.create(series_body(WEEKLY, {"type": "numbered", "numberOfOccurrences": 2}))
    entries, link = await graph.changes(**WINDOW)
    await graph("PATCH", f"/me/events/{entries[1]['id']}", {"subject": "Longer"})
    after, _ = await graph.changes(link)
    assert kinds(after) == ["seriesMaster", "exception", "occurrence"]
    assert after[1]["subject"] == "Longer"


async def test_a_deleted_series_goes_with_all_its_occurrences(graph: Caller) -> None:
    made = await graph.create(series_body(WEEKLY, {"type": "numbered", "numberOfOccurrences": 2}))
    _, link = await graph.changes(**WINDOW)
    await graph("DELETE", f"/me/events/{made['id']}")
    after, _ = await graph.changes(link)
    assert kinds(after) == ["removed"] * 3


async def test_pages_are_as_long_as_preferred(graph: Caller) -> None:
    for _ in range(5):
        await graph.create()
    prefer = {"Prefer": "odata.maxpagesize=2"}
    first = await graph("GET", "/me/calendarView/delta()", headers=prefer, **WINDOW)
    assert len(first.json["value"]) == 2
    assert "@odata.deltaLink" not in first.json
    second = await graph("GET", first.json["@odata.nextLink"], headers=prefer)
    third = await graph("GET", second.json["@odata.nextLink"], headers=prefer)
    assert len(third.json["value"]) == 1
    assert "@odata.deltaLink" in third.json


async def test_the_window_is_frozen_in_the_token(graph: Caller) -> None:
    _, link = await graph.changes(
        startDateTime="2026-11-01T00:00:00Z", endDateTime="2026-11-02T00:00:00Z"
    )
    made = await graph.create()
    (outside,), link = await graph.changes(link)
    assert (outside["id"], "subject" in outside) == (made["id"], False)
    assert (await graph.changes(link))[0] == []


async def test_what_is_written_outside_the_window_is_removed_though_it_never_was_in_it(
    graph: Caller,
) -> None:
    far = {"dateTime": "2027-06-01T12:30:00", "timeZone": BERLIN}
    old = await graph.create(event_body("Long planned", start=far, end=far))
    entries, link = await graph.changes(**WINDOW)
    assert entries == []
    new = await graph.create(event_body("Far away", start=far, end=far))
    entries, link = await graph.changes(link)
    assert [(each["id"], each["@removed"]["reason"]) for each in entries] == [
        (new["id"], "deleted")
    ]
    await graph("PATCH", f"/me/events/{old['id']}", {"subject": "Planned anew"})
    (told,), link = await graph.changes(link)
    assert (told["id"], "@removed" in told) == (old["id"], True)
    assert (await graph.changes(link))[0] == []


async def test_a_token_of_the_past_tells_the_same_again(graph: Caller) -> None:
    _, link = await graph.changes(**WINDOW)
    await graph.create()
    first, _ = await graph.changes(link)
    again, _ = await graph.changes(link)
    assert first == again


async def test_a_lost_token_is_gone(graph: Caller, sandbox: Sandbox) -> None:
    _, link = await graph.changes(**WINDOW)
    sandbox.office.delta(PEOPLE[0]).expire()
    refused = await graph("GET", link)
    assert (refused.status, refused.code) == (410, "syncStateNotFound")
    assert refused.headers["Location"].endswith("/me/calendarView/delta")


@pytest.mark.parametrize("option", ["$select", "$filter", "$expand", "$orderby", "$search"])
async def test_options_are_refused(graph: Caller, option: str) -> None:
    refused = await graph("GET", "/me/calendarView/delta", **WINDOW, **{option: "subject"})
    assert (refused.status, refused.code) == (400, "ErrorInvalidUrlQuery")


async def test_each_calendar_has_its_own_view(graph: Caller) -> None:
    other = (await graph("POST", "/me/calendars", {"name": "Side project"})).json
    path = f"/me/calendars/{other['id']}"
    made = (await graph("POST", f"{path}/events", event_body())).json
    assert (await graph.changes(**WINDOW))[0] == []
    entries, _ = await graph.changes(f"{path}/calendarView/delta", **WINDOW)
    assert [each["id"] for each in entries] == [made["id"]]
    assert (await graph("GET", f"/me/calendar/events/{made['id']}")).status == 200
    assert (await graph("DELETE", path)).status == 204
    assert (await graph("GET", f"/me/events/{made['id']}")).status == 404
