from __future__ import annotations

from typing import Any

import pytest

from sandbox.people import PEOPLE
from sandbox.server import Sandbox
from tests.sandbox._caller import Caller

MARA, INES, _, SAMUEL, _ = PEOPLE


async def test_a_colleague_is_shown(graph: Caller) -> None:
    for name in (INES.object_id, INES.user_principal_name):
        shown = await graph("GET", f"/users/{name}")
        assert (shown.json["id"], shown.json["displayName"]) == (INES.object_id, "Ines Moreau")
    chosen = await graph("GET", f"/users/{INES.object_id}", _select="companyName")
    assert set(chosen.json) == {"@odata.context", "id", "companyName"}


async def test_nobody_is_not_found(graph: Caller) -> None:
    for path in ("/users/nobody", "/users/nobody/photo"):
        missing = await graph("GET", path)
        assert (missing.status, missing.code) == (404, "Request_ResourceNotFound")


async def test_a_list_of_people_goes_on_by_a_token(graph: Caller) -> None:
    first = (await graph("GET", "/users", _top="3")).json
    second = (await graph("GET", first["@odata.nextLink"])).json
    assert "$skiptoken=" in first["@odata.nextLink"]
    assert [len(each["value"]) for each in (first, second)] == [3, len(PEOPLE) - 3]
    assert "@odata.nextLink" not in second
    assert len((await graph("GET", "/users", headers={})).json["value"]) == len(PEOPLE)


@pytest.mark.parametrize("option", ["$top=1000", "$skip=1", "$orderby=displayName", "$skiptoken=x"])
async def test_a_list_of_people_takes_no_other_options(graph: Caller, option: str) -> None:
    assert (await graph("GET", f"/users?{option}")).status == 400


async def test_people_have_photos(graph: Caller) -> None:
    for path in ("/me/photo", f"/users/{INES.object_id}/photo", "/me/photos/48x48"):
        described = await graph("GET", path)
        assert (described.json["width"], described.json["height"]) == (48, 48)
        async with graph.session.get(
            f"{graph.base_url}{path}/$value", headers={"Authorization": f"Bearer {graph.token}"}
        ) as answer:
            assert answer.content_type == "image/jpeg"
            assert (await answer.read()).startswith(b"\xff\xd8\xff")


async def test_some_people_have_none(graph: Caller) -> None:
    for path in (f"/users/{SAMUEL.object_id}/photo", "/me/photos/648x648/$value"):
        missing = await graph("GET", path)
        assert (missing.status, missing.code) == (404, "ImageNotFound")


async def test_profiles_of_others_need_a_scope_of_their_own(
    graph: Caller, sandbox: Sandbox
) -> None:
    reader = Caller(graph.session, graph.base_url, sandbox.token_for(MARA, "User.Read"))
    assert (await reader("GET", "/me/photo")).status == 200
    assert (await reader("GET", f"/users/{INES.object_id}")).status == 403


async def translate(graph: Caller, *ids: str, **more: Any) -> Any:
    body = {
        "inputIds": list(ids),
        "sourceIdType": "restId",
        "targetIdType": "restImmutableEntryId",
        **more,
    }
    return await graph("POST", "/me/translateExchangeIds", body)


async def test_ids_are_translated_there_and_back(graph: Caller) -> None:
    immutable = (await graph.create())["id"]
    plain = (await graph("GET", "/me/events", headers={})).json["value"][0]["id"]
    assert plain != immutable
    there = await translate(graph, plain, "nonsense")
    found, lost = there.json["value"]
    assert found == {"sourceId": plain, "targetId": immutable}
    assert lost["errorDetails"]["code"] == "ErrorInvalidIdMalformed"
    back = await translate(graph, immutable, targetIdType="restId")
    assert back.json["value"][0]["targetId"] == plain


@pytest.mark.parametrize(
    "change",
    [
        {"inputIds": []},
        {"inputIds": ["x"] * 1001},
        {"sourceIdType": None},
        {"targetIdType": "ewsId"},
        {"targetIdType": "other"},
        {"colour": "red"},
    ],
)
async def test_a_wrong_translation_is_refused(graph: Caller, change: dict[str, Any]) -> None:
    assert (await translate(graph, "x", **change)).status == 400


async def test_calendars_are_made_renamed_and_deleted(graph: Caller) -> None:
    made = (await graph("POST", "/me/calendars", {"name": "Choir"})).json
    path = f"/me/calendars/{made['id']}"
    renamed = await graph("PATCH", path, {"name": "Band", "color": "lightTeal"})
    assert (renamed.json["name"], renamed.json["color"]) == ("Band", "lightTeal")
    assert renamed.json["changeKey"] != made["changeKey"]
    assert (await graph("PATCH", path, {"name": "band"})).status == 200
    for method, where in (("POST", "/me/calendars"), ("PATCH", "/me/calendar")):
        twin = await graph(method, where, {"name": "BAND"})
        assert (twin.status, twin.code) == (409, "ErrorFolderExists")
    default = (await graph("GET", "/me/calendar")).json["id"]
    stays = await graph("DELETE", f"/me/calendars/{default}")
    assert (stays.status, stays.code) == (400, "ErrorDeleteDistinguishedFolder")
    assert (await graph("DELETE", path)).status == 204
    assert (await graph("GET", path)).status == 404
