"""``/me/contactFolders``: the folders that people have made beside everybody's own.

https://learn.microsoft.com/graph/api/resources/contactfolder
"""

from __future__ import annotations

from typing import Any

from aiohttp import web

from sandbox.address_book import Folder
from sandbox.graph.call import Call, call_of, json_of, reply
from sandbox.graph.checks import record, text
from sandbox.graph.filters import read_tag_filter
from sandbox.graph.odata import check_options, page, select
from sandbox.graph.tags import TAGS, read_tags
from sandbox.refusal import Refusal

__all__ = ["folder_of", "routes"]

_DELTA_NAMES = ("delta", "delta()", "microsoft.graph.delta()")
_BODY = record(displayName=text, parentFolderId=text)
_NEW = record(displayName=text, parentFolderId=text, **TAGS)


def routes(prefix: str) -> list[web.RouteDef]:
    """Return the resource's routes under ``/me`` or ``/users/{person}``."""
    one = f"{prefix}/contactFolders/{{folder}}"
    return [
        # delta comes first: its name must not be taken for an id.
        *(web.get(f"{prefix}/contactFolders/{name}", list_changes) for name in _DELTA_NAMES),
        web.get(f"{prefix}/contactFolders", list_folders),
        web.post(f"{prefix}/contactFolders", create_folder),
        web.get(one, get_folder),
        web.patch(one, update_folder),
        web.delete(one, delete_folder),
    ]


def folder_of(call: Call) -> Folder:
    """Return the folder in the path, everybody's own where none is named."""
    named = call.request.match_info.get("folder")
    book = call.mailbox.contacts
    return book.folder(named) if named else book.default_folder


async def list_folders(request: web.Request) -> web.Response:
    """Answer with the folders, without everybody's own."""
    call = call_of(request)
    query = check_options(call, "$filter", "$select", "$top", "$skip", "$count")
    is_wanted = read_tag_filter(query.get("$filter", ""))
    found = [each for each in call.mailbox.contacts.folders if is_wanted(each.tags)]
    items = [select(_json(call, each), query) for each in found]
    return page(call, items, query, "contactFolders")


async def get_folder(request: web.Request) -> web.Response:
    """Answer with one folder."""
    call = call_of(request)
    query = check_options(call, "$select")
    return _answer(call, select(_json(call, folder_of(call)), query))


async def create_folder(request: web.Request) -> web.Response:
    """Make a folder."""
    call = call_of(request)
    body = await json_of(request)
    _NEW("contactFolder", body)
    made = call.mailbox.contacts.add_folder(_name(body), read_tags(body))
    return _answer(call, _json(call, made), 201)


async def update_folder(request: web.Request) -> web.Response:
    """Give a folder another name."""
    call = call_of(request)
    body = await json_of(request)
    _BODY("contactFolder", body)
    renamed = call.mailbox.contacts.rename_folder(folder_of(call), _name(body))
    return _answer(call, _json(call, renamed))


async def delete_folder(request: web.Request) -> web.Response:
    """Delete a folder with all that is in it."""
    call = call_of(request)
    call.mailbox.contacts.remove_folder(folder_of(call))
    return web.Response(status=204)


async def list_changes(request: web.Request) -> web.Response:
    """Answer with the folders that are new since last time, or all of them."""
    call = call_of(request)
    query = check_options(call, "$deltatoken")
    rounds, token = call.delta.folders, query.get("$deltatoken")
    try:
        found = rounds.resume(token) if token else rounds.begin()
    except Refusal as refusal:
        refusal.headers["Location"] = str(request.url.with_query(None))
        raise
    kind = {"@odata.type": "#microsoft.graph.contactFolder"}
    value = [{**kind, **_json(call, each)} for each in found.folders]
    value += [{**kind, "id": each, "@removed": {"reason": "deleted"}} for each in found.removed]
    body = {
        "@odata.context": f"{call.base_url}/$metadata#Collection(contactFolder)",
        "value": value,
        "@odata.deltaLink": call.link(**{"$deltatoken": found.delta_token}),
    }
    return reply(body, headers={"Preference-Applied": "odata.track-changes"})


def _name(body: dict[str, Any]) -> str:
    name = str(body.get("displayName") or "").strip()
    if not name:
        raise Refusal(400, "ErrorInvalidRequest", "The folder needs a name.")
    return name


def _answer(call: Call, body: dict[str, Any], status: int = 200) -> web.Response:
    return reply({"@odata.context": call.context("contactFolders/$entity"), **body}, status)


def _json(call: Call, folder: Folder) -> dict[str, Any]:
    return {
        "id": folder.id,
        "parentFolderId": call.mailbox.contacts.default_folder.id,
        "displayName": folder.name,
    }
