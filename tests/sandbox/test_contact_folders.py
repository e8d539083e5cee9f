"""The list of contact folders, and what can befall contacts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sandbox.server import Sandbox
from tests._fakes import FrozenClock
from tests.sandbox._caller import Caller

FOLDERS = "/me/contactFolders"


async def make(graph: Caller, name: str, folder: str = "") -> dict[str, Any]:
    if folder:
        path = f"{FOLDERS}/{folder}/contacts"
        return (await graph("POST", path, {"displayName": name})).json
    return (await graph("POST", FOLDERS, {"displayName": name})).json


async def told(graph: Caller, link: str) -> tuple[list[str], str]:
    """Return the names in a round, or ids of what has gone, and the delta link."""
    answer = await graph("GET", link)
    assert answer.status == 200, answer.json
    names = [each.get("displayName", each["id"]) for each in answer.json["value"]]
    return names, answer.json["@odata.deltaLink"]


async def test_rounds_of_the_list_of_folders(graph: Caller, sandbox: Sandbox) -> None:
    one, two = await make(graph, "Suppliers"), await make(graph, "Choir")
    names, link = await told(graph, f"{FOLDERS}/delta")
    assert names == ["Suppliers", "Choir"]
    await graph("PATCH", f"{FOLDERS}/{one['id']}", {"displayName": "Buyers"})
    await graph("DELETE", f"{FOLDERS}/{two['id']}")
    names, link = await told(graph, link)
    assert names == ["Buyers", two["id"]]
    assert (await told(graph, link))[0] == []
    sandbox.order("NOW mara -> expire-delta")
    lost = await graph("GET", link)
    assert (lost.status, lost.code) == (410, "syncStateNotFound")
    assert lost.headers["Location"].endswith("/contactFolders/delta")


async def test_reads_of_contacts_see_writes_later(
    graph: Caller, sandbox: Sandbox, clock: FrozenClock
) -> None:
    folder = (await make(graph, "Suppliers"))["id"]
    old = await make(graph, "Ana", folder)
    _, link = await told(graph, f"{FOLDERS}/{folder}/contacts/delta")
    sandbox.order("NOW mara -> lag seconds=5")
    await make(graph, "Björn", folder)
    await graph("PATCH", f"/me/contacts/{old['id']}", {"displayName": "Ana B."})
    names, link = await told(graph, link)
    assert names == []
    assert (await graph("GET", f"/me/contacts/{old['id']}")).json["displayName"] == "Ana"
    clock.advance(timedelta(seconds=6))
    names, _ = await told(graph, link)
    assert names == ["Ana B.", "Björn"]


async def test_contacts_get_other_ids_and_keep_all_else(graph: Caller, sandbox: Sandbox) -> None:
    folder = (await make(graph, "Suppliers"))["id"]
    ana, other = await make(graph, "Ana", folder), await make(graph, "Björn", folder)
    _, link = await told(graph, f"{FOLDERS}/{folder}/contacts/delta")
    sandbox.order("NOW mara -> change-ids of=Ana")
    names, _ = await told(graph, link)
    assert names == ["Ana", ana["id"]]
    assert (await graph("GET", f"/me/contacts/{ana['id']}")).status == 404
    assert (await graph("GET", f"/me/contacts/{other['id']}")).status == 200


async def test_a_folder_is_deleted_under_the_hands_of_a_reader(
    graph: Caller, sandbox: Sandbox
) -> None:
    suppliers, choir = await make(graph, "Suppliers"), await make(graph, "Choir")
    sandbox.order("GET */contacts/delta -> delete-folder of=Suppliers")
    gone = await graph("GET", f"{FOLDERS}/{suppliers['id']}/contacts/delta")
    assert (gone.status, gone.code) == (404, "ErrorItemNotFound")
    assert (await graph("GET", f"{FOLDERS}/{choir['id']}")).status == 200
    sandbox.order("NOW mara -> delete-folder")
    assert (await graph("GET", FOLDERS)).json["value"] == []
