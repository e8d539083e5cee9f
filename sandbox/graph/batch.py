"""``/$batch``: up to twenty requests in one, each with a status of its own.

Parts go through the front door again, over the loopback: rights, limits and ordered trouble hold
for each. Those that wait for nothing are started together, and of one mailbox only four may run
at a time, so a fifth gets a 429 of its own; a chain of ``dependsOn`` is the way round.
Answers come in another order than the parts: clients must go by ``id``.
https://learn.microsoft.com/graph/json-batching, https://learn.microsoft.com/graph/throttling-limits
"""

from __future__ import annotations

import asyncio
import json
from base64 import b64encode
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientError, ClientSession, web

from sandbox.graph.call import json_of, reply
from sandbox.graph.door import MOST_AT_ONCE
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
    depends_on: frozenset[str]


class BatchResource:
    """The resource; it holds the connection through which parts come back in."""

    def __init__(self) -> None:
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
        answers: dict[str, dict[str, Any]] = {}
        while waiting := [part for part in parts if part.id not in answers]:
            ready = [part for part in waiting if part.depends_on <= answers.keys()]
            if not ready:
                raise _bad("The dependsOn of the requests form a circle.")
            answers |= await self._wave(request, ready, answers)
        return reply({"responses": [answers[part.id] for part in reversed(parts)]})

    async def _wave(
        self,
        request: web.Request,
        ready: Sequence[_Part],
        before: Mapping[str, Mapping[str, Any]],
    ) -> dict[str, dict[str, Any]]:
        """Run the parts that wait for nothing any more; four of them, the rest is refused."""
        failed = [
            part for part in ready if any(before[each]["status"] >= 400 for each in part.depends_on)
        ]
        runnable = [part for part in ready if part not in failed]
        made = await asyncio.gather(
            *(self._call(request, part) for part in runnable[:MOST_AT_ONCE])
        )
        answers = {each["id"]: each for each in made}
        answers |= {part.id: _over_limit(part) for part in runnable[MOST_AT_ONCE:]}
        return answers | {part.id: _not_tried(part) for part in failed}

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
        if not part.depends_on <= {other.id for other in parts}:
            raise _bad(f"Request {part.id} depends on a request that does not come before it.")
        parts.append(part)
    return parts


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
    if not _is_words(headers) or not _is_words(depends_on):
        raise _bad("Invalid batch payload format.")
    names = {name.lower() for name in headers}
    if "authorization" in names:
        headers = {k: v for k, v in headers.items() if k.lower() != "authorization"}
    if given.get("body") is not None and "content-type" not in names:
        raise _bad(f"Request {part_id} has a body and no Content-Type header.")
    return _Part(part_id, method.upper(), url, headers, given.get("body"), frozenset(depends_on))


def _is_words(value: Any) -> bool:
    """Say whether this is a list of strings, or an object of printable ones."""
    if isinstance(value, dict):
        return all(isinstance(each, str) and each.isprintable() for each in value.values()) and all(
            name.isprintable() for name in value
        )
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _over_limit(part: _Part) -> dict[str, Any]:
    refused = _failed(
        part,
        429,
        "ApplicationThrottled",
        "Application is over its MailboxConcurrency limit.",
    )
    refused["headers"]["Retry-After"] = "1"
    return refused


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
