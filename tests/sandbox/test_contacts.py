from __future__ import annotations

from typing import Any

import pytest

from sandbox.people import PEOPLE
from sandbox.server import Sandbox
from tests.sandbox._caller import Caller

TAG = "String {5e5c1a46-0b3d-4f3a-9a5c-30b5d4a0a001} Name almanac"
ADA = {"displayName": "Ada Byron", "companyName": "Engines", "businessPhones": ["+45 70"]}


async def made(graph: Caller, folder: str = "", **more: Any) -> dict[str, Any]:
    path = f"/me/contactFolders/{folder}/contacts" if folder else "/me/contacts"
    answer = await graph("POST", path, {**ADA, **more})
    assert answer.status == 201, answer.json
    return answer.json


async def a_folder(graph: Caller, name: str = "Suppliers (Almanac)") -> str:
    answer = await graph("POST", "/me/contactFolders", {"displayName": name})
    assert answer.status == 201, answer.json
    return str(answer.json["id"])


async def round_of(graph: Caller, link: str) -> tuple[list[dict[str, Any]], str]:
    entries: list[dict[str, Any]] = []
    while True:
        answer = await graph("GET", link)
        assert answer.status == 200, answer.json
        entries += answer.json["value"]
        if "@odata.deltaLink" in answer.json:
            return entries, answer.json["@odata.deltaLink"]
        link = answer.json["@odata.nextLink"]


async def test_a_contact_is_made_read_changed_and_deleted(graph: Caller) -> None:
    contact = await made(graph, emailAddresses=[{"address": "ada@engines.example"}])
    path = f"/me/contacts/{contact['id']}"
    assert contact["emailAddresses"] == [
        {"name": "ada@engines.example", "address": "ada@engines.example"}
    ]
    unnamed = {"name": None, "address": "ada@home.example"}
    again = await graph("PATCH", path, {"emailAddresses": [unnamed]})
    assert again.json["emailAddresses"] == [{**unnamed, "name": "ada@home.example"}]
    changed = await graph("PATCH", path, {"jobTitle": "Analyst", "companyName": None})
    assert (changed.json["jobTitle"], changed.json["companyName"]) == ("Analyst", None)
    assert changed.json["changeKey"] != contact["changeKey"]
    assert (await graph("GET", path)).json["displayName"] == "Ada Byron"
    assert (await graph("DELETE", path)).status == 204
    assert (await graph("GET", path)).code == "ErrorItemNotFound"


async def test_a_repeated_create_makes_a_second_contact(graph: Caller) -> None:
    first, second = await made(graph), await made(graph)
    assert first["id"] != second["id"]
    assert len((await graph("GET", "/me/contacts")).json["value"]) == 2


@pytest.mark.parametrize(
    ("name", "most"), [("emailAddresses", 3), ("businessPhones", 2), ("homePhones", 2)]
)
async def test_more_than_exchange_has_places_for_is_refused(
    graph: Caller, name: str, most: int
) -> None:
    each: Any = {"address": "a@b.example"} if name == "emailAddresses" else "+45 70"
    assert (await graph("POST", "/me/contacts", {**ADA, name: [each] * most})).status == 201
    refused = await graph("POST", "/me/contacts", {**ADA, name: [each] * (most + 1)})
    assert refused.status == 400
    assert f"exceeds the max allowed value of {most}" in refused.json["error"]["message"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"faxNumber": "1"}, "RequestBodyRead"),
        ({"displayName": 5}, "RequestBodyRead"),
        ({"homeAddress": {"planet": "Mars"}}, "RequestBodyRead"),
        ({"changeKey": "mine"}, "ErrorInvalidPropertySet"),
        ({"birthday": "1815-12-10"}, "ErrorPropertyValidationFailure"),
        ({"birthday": "1815-02-30T00:00:00Z"}, "ErrorPropertyValidationFailure"),
        ({"singleValueExtendedProperties": [{"id": "x", "value": "y"}]}, "ErrorInvalidPropertyId"),
    ],
)
async def test_what_a_contact_cannot_say_is_refused(
    graph: Caller, body: dict[str, Any], code: str
) -> None:
    refused = await graph("POST", "/me/contacts", body)
    assert (refused.status, refused.code) == (400, code)


async def test_an_update_without_a_display_name_has_one_made_of_the_parts(graph: Caller) -> None:
    contact = await made(graph, givenName="Augusta", surname="Lovelace")
    path = f"/me/contacts/{contact['id']}"
    assert (await graph("GET", path)).json["displayName"] == "Ada Byron"
    assert (await graph("PATCH", path, {"jobTitle": "Analyst"})).json["displayName"] == (
        "Augusta Lovelace"
    )
    kept = await graph("PATCH", path, {"jobTitle": "", "displayName": "Ada"})
    assert (kept.json["displayName"], kept.json["jobTitle"]) == ("Ada", None)


async def test_a_change_with_an_old_change_key_is_refused(graph: Caller) -> None:
    contact = await made(graph)
    path = f"/me/contacts/{contact['id']}"
    now = {"If-Match": contact["@odata.etag"]}
    assert (await graph("PATCH", path, {"jobTitle": "One"}, headers=now)).status == 200
    for method in ("PATCH", "DELETE"):
        body = {"jobTitle": "Two"} if method == "PATCH" else None
        refused = await graph(method, path, body, headers=now)
        assert (refused.status, refused.code) == (412, "ErrorIrresolvableConflict")


async def test_a_contact_is_found_by_its_tag_and_so_is_its_copy(
    sandbox: Sandbox, graph: Caller
) -> None:
    tags = [{"id": TAG, "value": "T-1"}]
    contact = await made(graph, singleValueExtendedProperties=tags)
    assert "singleValueExtendedProperties" not in contact
    book = sandbox.mailbox(PEOPLE[0]).contacts
    book.copy(book.get(contact["id"]))
    by_tag = f"singleValueExtendedProperties/Any(ep: ep/id eq '{TAG}' and ep/value eq 't-1')"
    expand = f"singleValueExtendedProperties($filter=id eq '{TAG}')"
    found = await graph("GET", "/me/contacts", _filter=by_tag, _expand=expand)
    assert [each["singleValueExtendedProperties"] for each in found.json["value"]] == [tags, tags]
    refused = await graph("GET", "/me/contacts", _filter="displayName eq 'Ada'")
    assert refused.code == "ErrorInvalidUrlQueryFilter"


async def test_a_folder_holds_its_own_contacts(graph: Caller) -> None:
    folder = await a_folder(graph)
    contact = await made(graph, folder)
    assert contact["parentFolderId"] == folder
    assert (await graph("GET", "/me/contacts")).json["value"] == []
    own = f"/me/contactFolders/{folder}/contacts/{contact['id']}"
    assert (await graph("GET", own)).status == 200
    other = await a_folder(graph, "Others")
    assert (await graph("GET", own.replace(folder, other))).status == 404
    listed = (await graph("GET", "/me/contactFolders")).json["value"]
    assert [each["displayName"] for each in listed] == ["Suppliers (Almanac)", "Others"]


async def test_folders_have_names_of_their_own(graph: Caller) -> None:
    folder = await a_folder(graph)
    for name in ("suppliers (almanac)", "Contacts"):
        refused = await graph("POST", "/me/contactFolders", {"displayName": name})
        assert (refused.status, refused.code) == (409, "ErrorFolderExists")
    assert (await graph("POST", "/me/contactFolders", {"displayName": " "})).status == 400
    path = f"/me/contactFolders/{folder}"
    assert (await graph("PATCH", path, {"displayName": "Buyers"})).json["displayName"] == "Buyers"
    assert (await graph("GET", path)).json["displayName"] == "Buyers"


async def test_a_deleted_folder_is_gone_with_all_that_was_in_it(
    sandbox: Sandbox, graph: Caller
) -> None:
    folder = await a_folder(graph)
    contact = await made(graph, folder)
    _, link = await round_of(graph, f"/me/contactFolders/{folder}/contacts/delta")
    assert (await graph("DELETE", f"/me/contactFolders/{folder}")).status == 204
    for path in (f"/me/contacts/{contact['id']}", f"/me/contactFolders/{folder}", link):
        assert (await graph("GET", path)).status == 404
    own = sandbox.mailbox(PEOPLE[0]).contacts.default_folder.id
    refused = await graph("DELETE", f"/me/contactFolders/{own}")
    assert refused.code == "ErrorDeleteDistinguishedFolder"


async def test_a_round_tells_what_has_changed_since_the_last_one(graph: Caller) -> None:
    folder = await a_folder(graph)
    first = await made(graph, folder)
    delta = f"/me/contactFolders/{folder}/contacts/delta"
    entries, link = await round_of(graph, delta)
    assert [each["id"] for each in entries] == [first["id"]]
    second = await made(graph, folder)
    await graph("DELETE", f"/me/contacts/{first['id']}")
    entries, link = await round_of(graph, link)
    assert entries[0]["id"] == second["id"]
    assert (entries[1]["id"], entries[1]["@removed"]) == (first["id"], {"reason": "deleted"})
    assert (await round_of(graph, link))[0] == []


async def test_a_long_round_comes_in_pages_and_keeps_its_selection(graph: Caller) -> None:
    for _ in range(12):
        await made(graph)
    entries, link = await round_of(graph, "/me/contacts/delta?$select=displayName")
    assert len(entries) == 12
    assert all("jobTitle" not in each for each in entries)
    await made(graph)
    ((entry), *_), _ = await round_of(graph, link)
    assert entry["displayName"] == "Ada Byron" and "jobTitle" not in entry


async def test_a_forgotten_delta_token_is_refused_with_the_way_back(
    sandbox: Sandbox, graph: Caller
) -> None:
    _, link = await round_of(graph, "/me/contacts/delta")
    sandbox.office.delta(PEOPLE[0]).expire()
    refused = await graph("GET", link)
    assert (refused.status, refused.code) == (410, "syncStateNotFound")
    assert refused.headers["Location"].endswith("/me/contacts/delta")


async def test_contacts_need_their_own_permission(sandbox: Sandbox, graph: Caller) -> None:
    token = sandbox.token_for(PEOPLE[0], "User.Read Calendars.ReadWrite Contacts.Read")
    reader = Caller(graph.session, graph.base_url, token)
    assert (await reader("GET", "/me/contacts")).status == 200
    assert (await reader("POST", "/me/contacts", ADA)).status == 403
    calendars = sandbox.token_for(PEOPLE[0], "User.Read Calendars.ReadWrite")
    stranger = Caller(graph.session, graph.base_url, calendars)
    assert (await stranger("GET", "/me/contactFolders")).status == 403


async def test_an_event_is_no_contact(graph: Caller) -> None:
    event = await graph.create()
    assert (await graph("GET", f"/me/contacts/{event['id']}")).status == 404
