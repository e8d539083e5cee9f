"""Contacts: read, list, create, change and delete, and what has changed since last time.

The same resource hangs under ``/me/contacts`` and ``/me/contactFolders/{id}/contacts``. There is
no transaction id: whoever sends a create twice has two contacts.
https://learn.microsoft.com/graph/api/resources/contact
"""

from __future__ import annotations

from typing import Any

from aiohttp import web

from sandbox.address_book import Card
from sandbox.contact_rounds import Round
from sandbox.graph.call import Call, call_of, json_of, reply
from sandbox.graph.contact_body import read_contact
from sandbox.graph.contact_folders import folder_of
from sandbox.graph.contact_json import contact_json
from sandbox.graph.filters import read_tag_expand, read_tag_filter
from sandbox.graph.odata import check_options, page, select
from sandbox.refusal import Refusal, not_found

__all__ = ["card_of", "routes"]

_PAGE_SIZE = 10
_TYPE = "#microsoft.graph.contact"
_ALWAYS = ("@odata.etag", "id")
_OPTIONS = ("$select", "$expand")
_LIST_OPTIONS = (*_OPTIONS, "$top", "$skip", "$filter", "$count")
_DELTA_OPTIONS = ("$select", "$skiptoken", "$deltatoken")
_DELTA_NAMES = ("delta", "delta()", "microsoft.graph.delta()")


def routes(prefix: str) -> list[web.RouteDef]:
    """Return the resource's routes under ``/me`` or ``/users/{person}``."""
    found: list[web.RouteDef] = []
    for place in ("", "/contactFolders/{folder}"):
        contacts = f"{prefix}{place}/contacts"
        one = f"{contacts}/{{contact}}"
        # delta comes first: its name must not be taken for an id.
        found += [web.get(f"{contacts}/{name}", list_changes) for name in _DELTA_NAMES]
        found += [
            web.get(contacts, list_contacts),
            web.post(contacts, create_contact),
            web.get(one, get_contact),
            web.patch(one, update_contact),
            web.delete(one, delete_contact),
        ]
    return found


async def list_contacts(request: web.Request) -> web.Response:
    """Answer with a folder's contacts."""
    call = call_of(request)
    query = check_options(call, *_LIST_OPTIONS)
    wanted = read_tag_filter(query.get("$filter", ""))
    found = [card for card in call.mailbox.contacts.cards(folder_of(call).id) if wanted(card.tags)]
    items = [_json(call, card, query.get("$expand", "")) for card in found]
    return page(call, [select(each, query) for each in items], query, "contacts")


async def get_contact(request: web.Request) -> web.Response:
    """Answer with one contact."""
    call = call_of(request)
    query = check_options(call, *_OPTIONS)
    return _answer(call, select(_json(call, card_of(call), query.get("$expand", "")), query))


async def create_contact(request: web.Request) -> web.Response:
    """Make a contact, however often the same one is sent."""
    call = call_of(request)
    folder = folder_of(call)
    draft = read_contact(await json_of(request))
    card = call.mailbox.contacts.add(draft.says, folder.id, draft.tags)
    return _answer(call, contact_json(call, card), 201)


async def update_contact(request: web.Request) -> web.Response:
    """Change a contact."""
    call = call_of(request)
    body = await json_of(request)
    card = card_of(call)
    _check_change_key(call, card)
    draft = read_contact(body, card.says)
    return _answer(
        call, contact_json(call, call.mailbox.contacts.edit(card, draft.says, draft.tags))
    )


async def delete_contact(request: web.Request) -> web.Response:
    """Delete a contact."""
    call = call_of(request)
    card = card_of(call)
    _check_change_key(call, card)
    call.mailbox.contacts.remove(card)
    return web.Response(status=204)


async def list_changes(request: web.Request) -> web.Response:
    """Answer with the next page of a folder's round, or the first of a new one."""
    call = call_of(request)
    query = check_options(call, *_DELTA_OPTIONS)
    size = call.prefer.page_size or _PAGE_SIZE
    token = query.get("$skiptoken") or query.get("$deltatoken")
    folder, rounds = folder_of(call), call.delta.contacts
    try:
        found = rounds.resume(token, size) if token else rounds.begin(folder, size)
    except Refusal as refusal:
        if refusal.status == 410:
            refusal.headers["Location"] = str(request.url.with_query(None))
        raise
    return _round(call, found, dict(query))


def _round(call: Call, found: Round, query: dict[str, str]) -> web.Response:
    book = call.mailbox.contacts
    value = [
        {"@odata.type": _TYPE, **_part(call, card, found.before.get(card.serial), query)}
        for card in found.cards
    ]
    value += [
        {
            "@odata.type": _TYPE,
            "id": book.id_of(serial, immutable=call.prefer.immutable_ids),
            "@removed": {"reason": "deleted"},
        }
        for serial in found.removed
    ]
    body: dict[str, Any] = {
        "@odata.context": f"{call.base_url}/$metadata#Collection(contact)",
        "value": value,
    }
    chosen = {"$select": query["$select"]} if "$select" in query else {}
    if found.skip_token:
        body["@odata.nextLink"] = call.link(**chosen, **{"$skiptoken": found.skip_token})
    if found.delta_token:
        body["@odata.deltaLink"] = call.link(**chosen, **{"$deltatoken": found.delta_token})
    return reply(body, headers={"Preference-Applied": "odata.track-changes"})


def _part(call: Call, card: Card, before: Card | None, query: dict[str, str]) -> dict[str, Any]:
    """Return a contact, or what has changed of one that was told before."""
    now = select(contact_json(call, card), query)
    if before is None:
        return now
    then = contact_json(call, before)
    return {name: each for name, each in now.items() if name in _ALWAYS or each != then.get(name)}


def card_of(call: Call) -> Card:
    """Return the contact in the path; under a folder it must be in that folder."""
    card = call.mailbox.contacts.get(call.request.match_info["contact"])
    if call.request.match_info.get("folder") and card.folder != folder_of(call).id:
        raise not_found()
    return card


def _json(call: Call, card: Card, expand: str) -> dict[str, Any]:
    wanted = [tag for tag in read_tag_expand(expand) if tag in card.tags]
    held = [{"id": tag, "value": card.tags[tag]} for tag in wanted]
    return contact_json(call, card) | ({"singleValueExtendedProperties": held} if held else {})


def _check_change_key(call: Call, card: Card) -> None:
    expected = call.request.headers.get("If-Match", "*")
    if expected not in ("*", f'W/"{call.mailbox.contacts.change_key(card.change)}"'):
        raise Refusal(
            412,
            "ErrorIrresolvableConflict",
            "The send or update operation could not be performed because the change key passed "
            "in the request does not match the current change key for the item.",
        )


def _answer(call: Call, body: dict[str, Any], status: int = 200) -> web.Response:
    headers = {"ETag": body["@odata.etag"]}
    return reply({"@odata.context": call.context("contacts/$entity"), **body}, status, headers)
