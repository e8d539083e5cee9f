from __future__ import annotations

import pytest

from sandbox.people import PEOPLE, TENANT
from tests.sandbox._caller import Caller


async def test_me_is_the_person_of_the_token(graph: Caller) -> None:
    me = (await graph("GET", "/me")).json
    assert (me["id"], me["displayName"]) == (PEOPLE[0].object_id, "Mara Lindqvist")
    assert "companyName" not in me
    chosen = (await graph("GET", "/me", _select="companyName")).json
    assert chosen["companyName"] == TENANT.name


async def test_a_mailbox_tells_its_windows_zone(graph: Caller) -> None:
    settings = (await graph("GET", "/me/mailboxSettings")).json
    assert settings["timeZone"] == "W. Europe Standard Time"


async def test_calendars_are_made_renamed_and_removed(graph: Caller) -> None:
    (default,) = (await graph("GET", "/me/calendars")).json["value"]
    assert default["isDefaultCalendar"] is True
    assert (await graph("GET", "/me/calendar")).json["id"] == default["id"]
    made = await graph("POST", "/me/calendars", {"name": "Trips", "color": "lightBlue"})
    path = f"/me/calendars/{made.json['id']}"
    assert (await graph("PATCH", path, {"name": "Journeys"})).json["name"] == "Journeys"
    assert (await graph("GET", path)).json["color"] == "lightBlue"
    again = await graph("POST", "/me/calendars", {"name": "journeys"})
    assert (again.status, again.code) == (409, "ErrorFolderExists")
    assert (await graph("POST", "/me/calendars", {"name": " "})).status == 400
    assert (await graph("POST", "/me/calendars", {"title": "x"})).status == 400
    assert (await graph("DELETE", path)).status == 204
    assert (await graph("GET", path)).status == 404
    assert (await graph("DELETE", f"/me/calendars/{default['id']}")).status == 400


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ({}, 5),
        ({"_filter": "startswith(displayName,'In') or startswith(surname,'Nai')"}, 2),
        ({"_filter": "startswith(displayName,'Nobody')"}, 0),
    ],
)
async def test_people_are_found(graph: Caller, options: dict[str, str], names: int) -> None:
    answer = await graph("GET", "/users", **options)
    assert len(answer.json["value"]) == names


async def test_a_search_for_people_needs_its_header(graph: Caller) -> None:
    refused = await graph("GET", "/users", _search='"displayName:mor"')
    assert (refused.status, refused.code) == (400, "Request_UnsupportedQuery")
    eventual = {"ConsistencyLevel": "eventual"}
    found = await graph("GET", "/users", headers=eventual, _search='"displayName:mor"')
    assert [each["givenName"] for each in found.json["value"]] == ["Ines"]
    assert (await graph("GET", "/users", headers=eventual, _search="mor")).status == 400
    assert (await graph("GET", "/users", _filter="mail eq 'x'")).status == 400
