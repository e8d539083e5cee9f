"""A fake Azure Cosmos DB account on 127.0.0.1, so that the real SDK can be tested over the wire.

It is strict: every request must be signed with the account's key, name its partition and fit the
limits; what is not imitated is refused, never guessed. It imitates databases and containers, point
reads, the queries of ``_cosmos_sql``, atomic batches, etags, time to live (by the test's clock),
pages with continuations, and sessions: with ``lags`` set, a reader without a session token gets
the oldest state there is.

``fail`` plans faults: an answer of some status, or a connection that is cut, before the effect or
after it. ``is_busy_until`` makes it answer 429 until then. ``requests`` is what came in.

What is known of the service, and from where, stands in ``docs/storage.md``.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from aiohttp import web

from services.model.times import Clock
from tests.services.storage._cosmos_container import MOST_BYTES, Container, Refused, check_id
from tests.services.storage._cosmos_sql import Unknown, parse

KEY = base64.b64encode(b"the fake account's key, 64 bytes of it in the real service").decode()
REGION = "Nowhere"
RANGE = "0"
"""All partitions are in one range, as in a small account."""
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Fault:
    """``status`` 0 cuts the connection."""

    on: str
    """``batch``, ``query``, ``read``, ``create`` or ``account``."""
    status: int = 0
    sub_status: int = 0
    after: bool = False
    """After the effect, which the caller then does not hear of."""
    retry_after: float = 0.0


@dataclass
class FakeCosmos:
    clock: Clock
    url: str = ""
    databases: dict[str, dict[str, Container]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    is_busy_until: datetime | None = None
    lags: bool = False
    page_size: int = 1000
    before_batch: Callable[[], Awaitable[None]] | None = None
    """Something that happens just before the next batch arrives; it happens once."""

    def fail(self, *faults: Fault) -> None:
        self.faults += faults

    @asynccontextmanager
    async def running(self) -> AsyncIterator[FakeCosmos]:
        app = web.Application(client_max_size=2 * MOST_BYTES)
        app.router.add_route("*", "/{path:.*}", self._answer)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{port}"
        try:
            yield self
        finally:
            await runner.cleanup()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        kind = _kind(request)
        self.requests.append(kind)
        fault = next((fault for fault in self.faults if fault.on == kind), None)
        if fault is not None:
            self.faults.remove(fault)
        try:
            _check_signature(request)
            self._check_busy(kind)
            if fault is not None and not fault.after:
                return _failed(request, fault)
            answer = await self._do(kind, request)
            return answer if fault is None else _failed(request, fault)
        except Refused as refused:
            return _refusal(refused)
        except Unknown as unknown:
            return _refusal(Refused(400, f"query: {unknown}"))

    def _check_busy(self, kind: str) -> None:
        if self.is_busy_until is not None and self.clock.now() < self.is_busy_until:
            raise Refused(429, "too many requests")

    async def _do(self, kind: str, request: web.Request) -> web.StreamResponse:
        match kind, request.method, _parts(request):
            case "account", _, _:
                return web.json_response(self._account())
            case "create", "POST", ["dbs"]:
                return self._make(self.databases, await request.json(), lambda properties: {})
            case "create", "POST", ["dbs", database, "colls"]:
                return self._make(
                    self._database(database),
                    _checked(await request.json()),
                    lambda properties: Container(properties, self.clock),
                )
            case "delete", "DELETE", ["dbs", database]:
                del self.databases[database]
                return web.Response(status=204)
            case "look", "GET", ["dbs", database, "colls", name]:
                return web.json_response(self._container(database, name).properties)
            case "ranges", "GET", ["dbs", database, "colls", name, "pkranges"]:
                return _ranges(request, self._container(database, name))
            case _, _, ["dbs", database, "colls", name, "docs", *rest]:
                return await self._items(kind, request, self._container(database, name), rest)
        raise Refused(405, f"{request.method} {request.path} is not imitated")

    async def _items(
        self, kind: str, request: web.Request, container: Container, rest: list[str]
    ) -> web.StreamResponse:
        partition = _partition(request)
        at = self._seen_by(request, container)
        match kind, request.method, rest:
            case "read", "GET", [id]:
                check_id(id)
                item = container.items(partition, at).get(id)
                if item is None:
                    raise Refused(404, "there is none")
                return _items_answer(request, container, item, item["_etag"])
            case "query", "POST", []:
                return self._query(request, container, partition, at, await request.json())
            case "batch", "POST", []:
                return await self._batch(request, container, partition)
        raise Refused(405, f"{kind} is not imitated")

    def _query(
        self,
        request: web.Request,
        container: Container,
        partition: str,
        at: int | None,
        asked: Any,
    ) -> web.StreamResponse:
        values = {each["name"]: each["value"] for each in asked.get("parameters", [])}
        found = parse(asked["query"]).ask(container.items(partition, at).values(), values)
        size = min(self.page_size, int(request.headers.get("x-ms-max-item-count", 100)))
        digest = hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:8]
        start = 0
        if continuation := request.headers.get("x-ms-continuation"):
            begun, _, place = continuation.partition("/")
            if begun != digest:
                raise Refused(400, "the continuation is another query's")
            start = int(place)
        page = found[start : start + size]
        answer = _items_answer(request, container, {"_rid": "r", "Documents": page})
        answer.headers["x-ms-item-count"] = str(len(page))
        if start + size < len(found):
            answer.headers["x-ms-continuation"] = f"{digest}/{start + size}"
        return answer

    async def _batch(
        self, request: web.Request, container: Container, partition: str
    ) -> web.StreamResponse:
        if request.headers.get("x-ms-cosmos-batch-atomic") != "True":
            raise Refused(400, "only atomic batches are imitated")
        body = await request.read()
        if len(body) > MOST_BYTES:
            raise Refused(413, "a batch has 2 MB at most")
        if self.before_batch is not None:
            first, self.before_batch = self.before_batch, None
            await first()
        results = container.batch(partition, json.loads(body))
        if not self.lags:
            container.forget_the_past()
        status = 207 if any(result["statusCode"] == 424 for result in results) else 200
        status = 207 if results[0]["statusCode"] >= 400 else status
        return _items_answer(request, container, results, status=status)

    def _seen_by(self, request: web.Request, container: Container) -> int | None:
        """The state that a reader is shown: the number of a write, or ``None`` for the newest."""
        token = request.headers.get("x-ms-session-token", "")
        seen = int(token.rpartition("#")[2]) if token else 0
        if seen > container.lsn:
            raise Refused(404, "this replica does not know that session yet", 1002)
        return seen if self.lags else None

    def _make(
        self, where: dict[str, Any], properties: dict[str, Any], make: Callable[[Any], Any]
    ) -> web.StreamResponse:
        name = properties["id"]
        check_id(name)
        if name in where:
            raise Refused(409, "there is one")
        properties |= {"_rid": uuid.uuid4().hex[:8], "_self": name, "_etag": '"0"'}
        where[name] = make(properties)
        return web.json_response(properties, status=201)

    def _database(self, name: str) -> dict[str, Container]:
        if name not in self.databases:
            raise Refused(404, "no such database", 1003)
        return self.databases[name]

    def _container(self, database: str, name: str) -> Container:
        containers = self.databases.get(database, {})
        if name not in containers:
            raise Refused(404, "no such container", 0)
        return containers[name]

    def _account(self) -> dict[str, Any]:
        here = [{"name": REGION, "databaseAccountEndpoint": self.url + "/"}]
        return {
            "id": "fake",
            "_rid": "fake",
            "writableLocations": here,
            "readableLocations": here,
            "enableMultipleWriteLocations": False,
            "userConsistencyPolicy": {"defaultConsistencyLevel": "Session"},
        }


def _kind(request: web.Request) -> str:
    if request.path == "/":
        return "account"
    if _parts(request)[-1] == "pkranges":
        return "ranges"
    if "/docs" in request.path:
        if _is_query(request):
            return "query"
        return "batch" if "x-ms-cosmos-is-batch-request" in request.headers else "read"
    return {"POST": "create", "DELETE": "delete"}.get(request.method, "look")


def _is_query(request: web.Request) -> bool:
    return request.headers.get("x-ms-documentdb-isquery", "").lower() == "true"


def _parts(request: web.Request) -> list[str]:
    return [unquote(part) for part in request.raw_path.partition("?")[0].split("/") if part]


def _partition(request: web.Request) -> str:
    """What is in the header: nothing is done across partitions."""
    given = json.loads(request.headers.get("x-ms-documentdb-partitionkey", "[]"))
    if not isinstance(given, list) or len(given) != 1 or not isinstance(given[0], str):
        raise Refused(400, "one partition, please")
    return given[0]


def _check_signature(request: web.Request) -> None:
    """As https://learn.microsoft.com/rest/api/cosmos-db/access-control-on-cosmosdb-resources."""
    parts = _parts(request)
    is_feed = len(parts) % 2 == 1
    kind = "" if not parts else parts[-1] if is_feed else parts[-2]
    link = "/".join(parts[:-1] if is_feed else parts)
    date = request.headers.get("x-ms-date", "")
    text = f"{request.method.lower()}\n{kind}\n{link}\n{date.lower()}\n\n"
    digest = hmac.new(base64.b64decode(KEY), text.encode(), hashlib.sha256).digest()
    expected = f"type=master&ver=1.0&sig={base64.b64encode(digest).decode()}"
    if not date or unquote(request.headers.get("Authorization", "")) != expected:
        raise Refused(401, "the signature is wrong")


def _checked(properties: dict[str, Any]) -> dict[str, Any]:
    if properties.get("partitionKey", {}).get("kind") != "Hash":
        raise Refused(400, "a container needs a partition key")
    if properties.get("defaultTtl", -1) != -1:
        raise Refused(400, "only items with a time of their own expire here")
    return properties


def _ranges(request: web.Request, container: Container) -> web.StreamResponse:
    if request.headers.get("If-None-Match") == '"1"':
        return web.Response(status=304, headers={"etag": '"1"'})
    everything = {"id": RANGE, "minInclusive": "", "maxExclusive": "FF", "parents": []}
    answer = {"_rid": container.properties["_rid"], "PartitionKeyRanges": [everything]}
    return web.json_response(answer, headers={"etag": '"1"'})


def _items_answer(
    request: web.Request, container: Container, body: Any, etag: str = "", status: int = 200
) -> web.Response:
    _, database, _, name, *_ = _parts(request)
    headers = {
        "x-ms-request-charge": "1.25",
        "x-ms-session-token": f"{RANGE}:-1#{container.lsn}",
        "x-ms-alt-content-path": f"dbs/{database}/colls/{name}",
        "x-ms-documentdb-partitionkeyrangeid": RANGE,
    }
    if etag:
        headers["etag"] = etag
    return web.json_response(body, status=status, headers=headers)


def _failed(request: web.Request, fault: Fault) -> web.StreamResponse:
    if fault.status:
        raise _Planned(fault)
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


class _Planned(Refused):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.status, "as planned", fault.sub_status)
        self.retry_after = fault.retry_after


def _refusal(refused: Refused) -> web.Response:
    headers = {"x-ms-substatus": str(refused.sub_status)} if refused.sub_status else {}
    if refused.status == 429:
        seconds = refused.retry_after if isinstance(refused, _Planned) else 1.0
        headers["x-ms-retry-after-ms"] = str(int(seconds * 1000))
    body = {"code": str(refused.status), "message": str(refused)}
    return web.json_response(body, status=refused.status, headers=headers)
