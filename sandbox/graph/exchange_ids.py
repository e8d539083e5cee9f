"""``translateExchangeIds``: the other form of an id.

https://learn.microsoft.com/graph/api/user-translateexchangeids
"""

from __future__ import annotations

from typing import Any

from aiohttp import web

from sandbox.graph.call import Call, call_of, parameters_of, reply
from sandbox.graph.checks import choice, list_of, record, text
from sandbox.ids import read_id
from sandbox.refusal import Refusal

__all__ = ["routes"]

_FORMATS = "entryId ewsId immutableEntryId restId restImmutableEntryId"
_BODY = record(inputIds=list_of(text), sourceIdType=choice(_FORMATS), targetIdType=choice(_FORMATS))
_MOST = 1000
_REST = {"restId": False, "restImmutableEntryId": True}
"""The two forms that the sandbox has, and whether they are immutable."""


def routes(prefix: str) -> list[web.RouteDef]:
    """Return the action's routes under ``/me`` or ``/users/{person}``."""
    names = ("translateExchangeIds", "microsoft.graph.translateExchangeIds")
    return [web.post(f"{prefix}/{name}", translate) for name in names]


async def translate(request: web.Request) -> web.Response:
    """Answer with each id in the form that was asked for, or why there is none."""
    call = call_of(request)
    body = await parameters_of(request)
    _BODY("translateExchangeIds", body)
    given, source, target = (
        body.get(each) for each in ("inputIds", "sourceIdType", "targetIdType")
    )
    if not given or not source or not target:
        raise Refusal(400, "BadRequest", "inputIds, sourceIdType and targetIdType are required.")
    if len(given) > _MOST:
        raise Refusal(400, "BadRequest", f"At most {_MOST} ids can be translated in a request.")
    if source not in _REST or target not in _REST:
        raise Refusal(400, "BadRequest", "The sandbox knows restId and restImmutableEntryId only.")
    value = [_translated(call, each, immutable=_REST[target]) for each in given]
    context = f"{call.base_url}/$metadata#Collection(microsoft.graph.convertIdResult)"
    return reply({"@odata.context": context, "value": value})


def _translated(call: Call, source: str, *, immutable: bool) -> dict[str, Any]:
    place = read_id(call.mailbox.person.object_id, source)
    seen = call.mailbox.find(source) if place else None
    if seen is None:
        error = {"code": "ErrorInvalidIdMalformed", "message": "Id is malformed."}
        return {"sourceId": source, "errorDetails": error}
    return {
        "sourceId": source,
        "targetId": call.mailbox.id_of(seen.item, seen.day, immutable=immutable),
    }
