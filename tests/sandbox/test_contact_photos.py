from __future__ import annotations

import pytest
from aiohttp import ServerDisconnectedError

from sandbox.server import Sandbox
from tests.sandbox._caller import FACE, Answer, Caller, picture


async def a_contact(graph: Caller) -> str:
    return str((await graph("POST", "/me/contacts", {"displayName": "Ada"})).json["id"])


async def put(graph: Caller, id: str, data: bytes, method: str = "PUT") -> Answer:
    return await graph.put(f"/me/contacts/{id}/photo/$value", data, method)


async def shown(graph: Caller, id: str) -> bytes:
    url = f"{graph.base_url}/me/contacts/{id}/photo/$value"
    headers = {"Authorization": f"Bearer {graph.token}"}
    async with graph.session.get(url, headers=headers) as answer:
        assert (answer.status, answer.content_type) == (200, "image/jpeg")
        return await answer.read()


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
async def test_a_contact_has_the_photo_that_it_was_given(graph: Caller, method: str) -> None:
    id = await a_contact(graph)
    for path in (f"/me/contacts/{id}/photo", f"/me/contacts/{id}/photo/$value"):
        assert (await graph("GET", path)).code == "ErrorItemNotFound"
    assert (await put(graph, id, FACE, method)).status == 200
    described = (await graph("GET", f"/me/contacts/{id}/photo")).json
    assert (described["id"], described["width"], described["height"]) == ("96X96", 96, 96)
    assert (await shown(graph, id)).startswith(b"\xff\xd8\xff")


async def test_a_photo_is_kept_in_other_bytes_and_not_too_large(graph: Caller) -> None:
    id = await a_contact(graph)
    await put(graph, id, FACE)
    first = await shown(graph, id)
    assert first != FACE
    await put(graph, id, picture(1296, 648, "PNG"))
    assert (await graph("GET", f"/me/contacts/{id}/photo")).json["id"] == "648X324"


async def test_a_photo_moves_the_change_key_and_no_round_tells_of_it(graph: Caller) -> None:
    folder = (await graph("POST", "/me/contactFolders", {"displayName": "Suppliers"})).json["id"]
    contacts = f"/me/contactFolders/{folder}/contacts"
    made = (await graph("POST", contacts, {"displayName": "Ada"})).json
    link = (await graph("GET", f"{contacts}/delta")).json["@odata.deltaLink"]
    path = f"{contacts}/{made['id']}/photo/$value"
    assert (await graph.put(path, FACE)).status == 200
    (told,) = (await graph("GET", link)).json["value"]
    assert told["changeKey"] != made["changeKey"]
    assert told.keys() == made.keys() - {"@odata.context"} | {"@odata.type"}


async def test_what_is_no_photo_is_refused(graph: Caller) -> None:
    id = await a_contact(graph)
    for data in (b"", b"no picture", FACE[:100]):
        assert (await put(graph, id, data)).code == "ErrorInvalidRequest"
    path = f"/me/contacts/{id}/photo/$value"
    assert (await graph("PUT", path, {"photo": "me"})).code == "BadRequest"
    assert (await put(graph, id, bytes(4 * 1024**2 + 1))).status == 413
    assert (await graph("GET", f"/me/contacts/{id}/photo")).status == 404


async def test_a_photo_cannot_be_taken_away(graph: Caller) -> None:
    id = await a_contact(graph)
    await put(graph, id, FACE)
    for path in (f"/me/contacts/{id}/photo", f"/me/contacts/{id}/photo/$value"):
        assert (await graph("DELETE", path)).status == 405


async def test_a_contact_that_is_not_there_has_no_photo(graph: Caller) -> None:
    assert (await put(graph, "nobody", FACE)).code == "ErrorItemNotFound"


async def test_trouble_with_a_photo_can_be_ordered(graph: Caller, sandbox: Sandbox) -> None:
    id = await a_contact(graph)
    sandbox.order("PUT */photo/$value -> throttle")
    assert (await put(graph, id, FACE)).status == 429
    assert (await put(graph, id, FACE)).status == 200
    sandbox.order("PUT */photo/$value -> cut when=after times=2")
    with pytest.raises(ServerDisconnectedError):
        await put(graph, id, picture(48, 48))
    assert (await graph("GET", f"/me/contacts/{id}/photo")).json["id"] == "48X48"


async def test_a_copy_has_the_photo_of_its_original(graph: Caller, sandbox: Sandbox) -> None:
    id = await a_contact(graph)
    await put(graph, id, FACE)
    book = sandbox.office.mailboxes[0].contacts
    copy = book.copy(book.get(id))
    assert copy.picture == book.get(id).picture
