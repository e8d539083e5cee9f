"""Rounds as the documents allow them and a client seldom meets them: in parts, silent, in bits."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.people import PEOPLE
from sandbox.server import Sandbox
from tests.sandbox._caller import Caller, event_body, series_body

WINDOW = {"startDateTime": "2026-11-01T00:00:00Z", "endDateTime": "2026-12-20T00:00:00Z"}
CONTACTS = "/me/contacts/delta"
WEEKLY = {"type": "weekly", "daysOfWeek": ["friday"], "firstDayOfWeek": "sunday"}
MARA = PEOPLE[0]


def said(entry: dict[str, Any]) -> set[str]:
    return set(entry) - {"@odata.type", "@odata.etag"}


async def test_an_event_that_was_told_is_told_by_what_has_changed(
    graph: Caller, sandbox: Sandbox
) -> None:
    sandbox.order("NOW mara -> partial-items")
    made = await graph.create()
    (whole,), link = await graph.changes(**WINDOW)
    assert whole["subject"] == "Lunch" and len(whole) > 30
    await graph("PATCH", f"/me/events/{made['id']}", {"subject": "Brunch", "showAs": "oof"})
    await graph.create(event_body("Supper"))
    (part, new), link = await graph.changes(link)
    assert said(part) == {"id", "changeKey", "subject", "showAs"}
    assert (part["id"], part["subject"]) == (made["id"], "Brunch")
    assert new["subject"] == "Supper" and len(new) > 30
    assert (await graph.changes(link))[0] == []


async def test_of_a_series_as_well_and_its_dates_name_it(graph: Caller, sandbox: Sandbox) -> None:
    sandbox.order("NOW mara -> partial-items")
    made = await graph.create(series_body(WEEKLY, {"type": "numbered", "numberOfOccurrences": 3}))
    entries, link = await graph.changes(**WINDOW)
    second, third = entries[2]["id"], entries[3]["id"]
    await graph("PATCH", f"/me/events/{second}", {"subject": "Longer"})
    (master, _, date, _), link = await graph.changes(link)
    assert said(master) == {"id", "changeKey"}
    assert date["type"] == "exception" and date["subject"] == "Longer" and "body" in date
    await graph("PATCH", f"/me/events/{second}", {"importance": "high"})
    (_, _, date, plain), link = await graph.changes(link)
    named = {"id", "changeKey", "seriesMasterId", "type", "start", "end"}
    assert said(date) == {*named, "importance"}
    assert date["seriesMasterId"] == made["id"]
    assert (plain["id"], said(plain)) == (third, named - {"changeKey"})


async def test_of_contacts_as_well_and_of_what_was_chosen_alone(
    graph: Caller, sandbox: Sandbox
) -> None:
    sandbox.order("NOW mara -> partial-items")
    made = (await graph("POST", "/me/contacts", {"displayName": "Jo", "jobTitle": "Cook"})).json
    (whole,), link = await graph.changes(CONTACTS)
    (chosen,), few = await graph.changes(f"{CONTACTS}?$select=jobTitle,department")
    assert "personalNotes" in whole and said(chosen) == {"id", "jobTitle", "department"}
    await graph("PATCH", f"/me/contacts/{made['id']}", {"displayName": "Jo", "jobTitle": "Chef"})
    (part,), link = await graph.changes(link)
    assert said(part) == {"id", "changeKey", "jobTitle"}
    (part,), _ = await graph.changes(few)
    assert said(part) == {"id", "jobTitle"}
    sandbox.order("NOW mara -> usual-rounds")
    await graph("PATCH", f"/me/contacts/{made['id']}", {"displayName": "Jo", "jobTitle": "Cook"})
    (whole,), _ = await graph.changes(link)
    assert "personalNotes" in whole


@pytest.mark.parametrize("path", ["/me/calendarView/delta", CONTACTS])
async def test_a_token_goes_silent_and_a_full_round_does_not(
    graph: Caller, sandbox: Sandbox, path: str
) -> None:
    window = WINDOW if "calendar" in path else {}
    _, link = await graph.changes(path, **window)
    sandbox.order("NOW mara -> silence-delta")
    await graph.create()
    await graph("POST", "/me/contacts", {"displayName": "Jo"})
    for _ in range(3):
        told, link = await graph.changes(link)
        assert told == []
    told, link = await graph.changes(path, **window)
    assert len(told) == 1
    await graph.create()
    await graph("POST", "/me/contacts", {"displayName": "Jo"})
    assert len((await graph.changes(link))[0]) == 1


async def test_what_goes_silent_in_the_middle_of_a_round_tells_the_rest_of_it(
    graph: Caller, sandbox: Sandbox
) -> None:
    for number in range(11):
        await graph.create(event_body(f"Event {number}"))
    first = await graph("GET", "/me/calendarView/delta", **WINDOW)
    sandbox.order("NOW mara -> silence-delta")
    rest, link = await graph.changes(first.json["@odata.nextLink"])
    await graph.create()
    assert (len(rest), (await graph.changes(link))[0]) == (1, [])


@pytest.mark.parametrize(("of", "pages"), [("", 3), ("of=2", 2)])
async def test_pages_are_as_small_as_it_pleases(
    graph: Caller, sandbox: Sandbox, of: str, pages: int
) -> None:
    for number in range(3):
        await graph.create(event_body(f"Event {number}"))
        await graph("POST", "/me/contacts", {"displayName": f"Jo {number}"})
    sandbox.order(f"NOW mara -> small-pages {of}")
    for path, window in (("/me/calendarView/delta", WINDOW), (CONTACTS, {})):
        sandbox.door.seen.clear()
        headers = {"Prefer": "odata.maxpagesize=50"}
        answer = await graph("GET", path, headers=headers, **window)
        while "@odata.nextLink" in answer.json:
            answer = await graph("GET", answer.json["@odata.nextLink"], headers=headers)
        assert len(sandbox.door.seen) == pages
    sandbox.order("NOW mara -> usual-rounds")
    assert len((await graph("GET", CONTACTS)).json["value"]) == 3


async def test_what_a_round_looks_at_is_said_once(graph: Caller) -> None:
    _, link = await graph.changes(**WINDOW)
    refused = await graph("GET", f"{link}&endDateTime=2026-12-01T00:00:00Z")
    assert (refused.status, refused.code) == (400, "ErrorInvalidUrlQuery")


async def test_there_are_no_rounds_over_events_without_a_window(graph: Caller) -> None:
    for name in ("delta", "delta()", "microsoft.graph.delta()"):
        assert (await graph("GET", f"/me/events/{name}")).status == 404
