"""``/$batch``: up to twenty requests in one, each with a status of its own.

Parts go through the front door again, over the loopback: rights, limits and ordered trouble hold
for each, and nothing but the token is taken over from the batch's own headers. Parts that wait for
nothing are started together, and of one mailbox only four may run at a time, so a fifth gets a 429
of its own; ``dependsOn`` is the way round, in one of two forms: each part waits for the one before
it, or all that wait do so for the same one, and these run one after another.
Answers come in another order than the parts: clients must go by ``id``.
https://learn.microsoft.com/graph/json-batching, https://learn.microsoft.com/graph/known-issues,
https://learn.microsoft.com/graph/throttling-limits
"""

from __future__ import annotations

import asyncio
import json
from base64 import b64encode
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from aiohttp import ClientError, ClientSession, web

from sandbox.graph.call import call_of, json_of, reply
from sandbox.graph.door import over_concurrency
from sandbox.graph.limits import Limits
from sandbox.refusal import Refusal

__all__ = ["BatchResource"]

_MOST_PARTS = 20
_METHODS = frozenset({"GET", "POST", "PATCH", "DELETE", "PUT"})


@dataclass(frozen=True, slots=True)
class _Part:
    id: str
    method: str
    url: str
    headers: Mapping[str, str]
    body: Any
    depends_on: str
    """The one part that it waits for; empty = none."""


class BatchResource:
    """The resource; it holds the connection through which parts come back in."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._session: ClientSession | None = None

    def routes(self) -> list[web.RouteDef]:
        """Return the resource's route."""
        return [web.post("/$batch", self.run)]

    async def keep_open(self, app: web.Application) -> AsyncIterator[None]:
        """Hold a connection while the application runs; for ``cleanup_ctx``."""
        async with ClientSession() as self._session:
            yield

    async def run(self, request: web.Request) -> web.Response:
        """Answer with the answers of all parts."""
        parts = _read(await json_of(request))
        free = [part for part in parts if not part.depends_on]
        answers = await self._at_once(request, free)
        for part in parts:
            if part.depends_on:
                failed = answers[part.depends_on]["status"] >= 400
                answers[part.id] = _not_tried(part) if failed else await self._call(request, part)
        return reply({"responses": [answers[part.id] for part in reversed(parts)]})

    async def _at_once(
        self, request: web.Request, parts: Sequence[_Part]
    ) -> dict[str, dict[str, Any]]:
        """Run the parts that wait for nothing: four of them, the rest is refused and counted."""
        served = self._limits.at_once
        made = await asyncio.gather(*(self._call(request, part) for part in parts[:served]))
        late = parts[len(made) :]
        return {each["id"]: each for each in made} | {
            part.id: _refused(part, self._counted(request, part) or over_concurrency())
            for part in late
        }

    def _counted(self, request: web.Request, part: _Part) -> Refusal | None:
        call = call_of(request)
        size = 0 if part.body is None else len(json.dumps(part.body))
        return self._limits.take(
            call.client_id, call.mailbox.person.key, part.method, part.url, size
        )

    async def _call(self, request: web.Request, part: _Part) -> dict[str, Any]:
        if self._session is None:
            raise RuntimeError("not started")
        url = f"{request.url.origin()}/v1.0{part.url}"
        headers = {**part.headers, "Authorization": request.headers["Authorization"]}
        data = None if part.body is None else json.dumps(part.body)
        try:
            async with self._session.request(part.method, url, data=data, headers=headers) as got:
                raw = await got.read()
        except ClientError:
            return _failed(part, 502, "BadGateway", "The request was cut off.")
        answer = {"id": part.id, "status": got.status, "headers": dict(got.headers)}
        if raw:
            is_json = got.content_type == "application/json"
            answer["body"] = json.loads(raw) if is_json else b64encode(raw).decode()
        return answer


def _read(body: Mapping[str, Any]) -> list[_Part]:
    """Return the parts of a batch.

    Raises:
        Refusal: 400, it is none.
    """
    requests = body.get("requests")
    if not isinstance(requests, list) or not requests or set(body) != {"requests"}:
        raise _bad("Write requests to $batch must contain the property 'requests' alone.")
    if len(requests) > _MOST_PARTS:
        raise _bad(f"Number of batch request steps exceeds the max value of {_MOST_PARTS}.")
    parts: list[_Part] = []
    for each in requests:
        part = _read_part(each)
        if part.id.lower() in {other.id.lower() for other in parts}:
            raise _bad(f"Duplicate request id found, requestId = {part.id}.")
        if part.depends_on and part.depends_on not in {other.id for other in parts}:
            raise _bad(f"Invalid dependency for request Id {part.id}: it does not come before it.")
        parts.append(part)
    _check_form(parts)
    return parts


def _check_form(parts: Sequence[_Part]) -> None:
    """Refuse dependencies of any form but the three that the service knows.

    Parallel: nobody waits. Serial: each waits for the one before. Same: who waits does so for the
    same one.
    """
    waiting = [part for part in parts if part.depends_on]
    is_same = len({part.depends_on for part in waiting}) <= 1
    is_serial = all(part.depends_on == before.id for before, part in pairwise(parts))
    if not is_same and not is_serial:
        raise _bad("Batch should be either fully sequential or fully parallel.")


def _read_part(given: Any) -> _Part:
    # Names that it does not know are passed over: the SDK sends ``depends_on`` beside its own.
    if not isinstance(given, dict):
        raise _bad("Invalid batch payload format.")
    part_id, method, url = (given.get(name) for name in ("id", "method", "url"))
    if not (isinstance(part_id, str) and part_id) or not isinstance(url, str):
        raise _bad("Each request needs an id and a url.")
    if not isinstance(method, str) or method.upper() not in _METHODS:
        raise _bad("Each request needs a method.")
    if not url.startswith("/") or url.startswith(("//", "/$batch")):
        raise _bad(f"Invalid request URL {url}: it must be relative to the version.")
    headers, depends_on = given.get("headers") or {}, given.get("dependsOn") or []
    if not _is_headers(headers) or not _is_ids(depends_on):
        raise _bad("Invalid batch payload format.")
    if len(depends_on) > 1:
        raise _bad(f"Request {part_id} depends on more than one request.")
    names = {name.lower() for name in headers}
    if "authorization" in names:
        headers = {k: v for k, v in headers.items() if k.lower() != "authorization"}
    if given.get("body") is not None and "content-type" not in names:
        raise _bad(f"Request {part_id} has a body and no Content-Type header.")
    return _Part(part_id, method.upper(), url, headers, given.get("body"), "".join(depends_on))


def _is_headers(value: Any) -> bool:
    """Say whether this is an object of printable words."""
    return isinstance(value, dict) and all(
        isinstance(word, str) and word.isprintable() for each in value.items() for word in each
    )


def _is_ids(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _refused(part: _Part, refusal: Refusal) -> dict[str, Any]:
    answer = _failed(part, refusal.status, refusal.code, refusal.message)
    answer["headers"] |= refusal.headers
    return answer


def _not_tried(part: _Part) -> dict[str, Any]:
    return _failed(part, 424, "FailedDependency", "A request that this one depends on has failed.")


def _failed(part: _Part, status: int, code: str, message: str) -> dict[str, Any]:
    return {
        "id": part.id,
        "status": status,
        "headers": {"Content-Type": "application/json"},
        "body": {"error": {"code": code, "message": message}},
    }


def _bad(message: str) -> Refusal:
    return Refusal(400, "BadRequest", message)
