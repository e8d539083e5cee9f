"""The door of Graph: who calls, with which rights, how many at once, and what trouble is due.

A middleware around every resource. In this order: the token, ordered faults, what Graph serves in
a stretch of time, how many calls at a time, the call itself; a refusal becomes Graph's error shape.
https://learn.microsoft.com/graph/errors, https://learn.microsoft.com/graph/throttling-limits
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from uuid import uuid4

from aiohttp import web

from sandbox.entra.tellers import Grant
from sandbox.faults import Fault, Faults
from sandbox.graph.call import Call, Prefer, put_call, reply
from sandbox.graph.limits import Limits
from sandbox.graph.odata import check_names
from sandbox.graph.scopes import check_scopes
from sandbox.graph.trouble import Trouble
from sandbox.mishaps import Scene
from sandbox.people import SamplePerson, find_person
from sandbox.refusal import Refusal

__all__ = ["Door", "SeenCall", "over_concurrency"]

_LOG_LENGTH = 10_000
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class SeenCall:
    """One call as the log keeps it."""

    method: str
    path: str
    person: str
    immutable_ids: bool
    status: int


class Door:
    """Checks calls and keeps count of them.

    Attributes:
        seen: the last calls, for tests to look at.
        most_in_flight: the highest number of calls at a time, by person's key.
        limits: what Graph serves, and what it has served of that.
    """

    def __init__(self, scene: Scene, faults: Faults) -> None:
        self.seen: deque[SeenCall] = deque(maxlen=_LOG_LENGTH)
        self.most_in_flight: Counter[str] = Counter()
        self.limits = Limits(scene.office.clock)
        self._in_flight: Counter[tuple[str, str]] = Counter()
        self._office = scene.office
        self._directory = scene.directory
        self._faults = faults
        self._trouble = Trouble(scene)

    @web.middleware
    async def let_in(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Let a request in, or say why not."""
        person = ""
        try:
            grant = self._grant_of(request)
            person = grant.person.key
            fault = self._faults.take(request.method, request.rel_url.path, person)
            answer = await self._admit(request, handler, grant, fault)
            self._trouble.remember(request, person, answer)
        except Refusal as refusal:
            answer = self._refused(request, refusal)
        except web.HTTPNotFound:
            answer = self._refused(
                request,
                Refusal(400, "BadRequest", "Resource not found for the segment."),
            )
        except web.HTTPRequestEntityTooLarge:
            answer = self._refused(
                request, Refusal(413, "RequestEntityTooLarge", "The request is larger than 4 MB.")
            )
        except web.HTTPMethodNotAllowed:
            answer = self._refused(
                request, Refusal(405, "Request_BadRequest", "Specified HTTP method is not allowed.")
            )
        self._note(request, person, answer.status)
        return answer

    async def _admit(
        self, request: web.Request, handler: Handler, grant: Grant, fault: Fault | None
    ) -> web.StreamResponse:
        newest = self._office.mailbox(grant.person).serials

        async def go_on() -> web.StreamResponse:
            return await self._answer(request, handler, grant, newest)

        # A batch is no call to a mailbox: its parts are, and they come here one by one.
        is_batch = request.rel_url.path.endswith("/$batch")
        if not is_batch:
            await self._rationed(request, grant)
        with nullcontext() if is_batch else self._counted(grant):
            if fault is None:
                return await go_on()
            return await self._trouble.suffer(request, grant.person, fault, go_on)

    async def _rationed(self, request: web.Request, grant: Grant) -> None:
        """Count a call against what Graph serves."""
        size = request.content_length
        if size is None:  # sent in chunks, or nothing at all
            size = len(await request.read()) if request.can_read_body else 0
        path = request.rel_url.path
        refusal = self.limits.take(grant.client_id, grant.person.key, request.method, path, size)
        if refusal:
            raise refusal

    @contextmanager
    def _counted(self, grant: Grant) -> Iterator[None]:
        """Count a call as long as it takes, unless it is one too many."""
        place = (grant.client_id, grant.person.key)
        self._in_flight[place] += 1
        try:
            most = self.most_in_flight[grant.person.key]
            self.most_in_flight[grant.person.key] = max(most, self._in_flight[place])
            if self.limits.at_once is not None and self._in_flight[place] > self.limits.at_once:
                raise over_concurrency()
            yield
        finally:
            self._in_flight[place] -= 1

    async def _answer(
        self, request: web.Request, handler: Handler, grant: Grant, newest: int
    ) -> web.StreamResponse:
        check_names(request)
        check_scopes(request.method, request.rel_url.path, grant.scopes)
        wanted = request.match_info.get("person")
        if wanted is not None and find_person(wanted) is not grant.person:
            raise Refusal(
                403, "ErrorAccessDenied", "Access is denied. Check credentials and try again."
            )
        mailbox, delta = self._office.mailbox(grant.person), self._office.delta(grant.person)
        if request.method == "GET" and mailbox.lag:
            mailbox = mailbox.replica()
            delta = delta.over(mailbox)
        call = Call(
            request=request,
            client_id=grant.client_id,
            scopes=grant.scopes,
            mailbox=mailbox,
            delta=delta,
            subject=_subject(request, grant),
            prefer=Prefer.read(request),
            now=self._office.clock.now(),
            newest=newest,
            activities=self._directory.activities_of(grant.client_id),
        )
        put_call(request, call)
        return await handler(request)

    def _grant_of(self, request: web.Request) -> Grant:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise _no_entry("Access token is empty.")
        person = find_person(request.match_info.get("person", ""))
        own = self._directory.tellers.grant_of(token, person) if person else None
        return own or self._directory.grant_of(token)

    def _refused(self, request: web.Request, refusal: Refusal) -> web.Response:
        """Return a refusal in Graph's error shape."""
        request_id = str(uuid4())
        inner = {
            "date": f"{self._office.clock.now():%Y-%m-%dT%H:%M:%S}",
            "request-id": request_id,
            "client-request-id": request.headers.get("client-request-id", request_id),
        }
        body = {"error": {"code": refusal.code, "message": refusal.message, "innerError": inner}}
        headers = {**refusal.headers, "request-id": request_id}
        if refusal.status == 401:
            headers.setdefault(
                "WWW-Authenticate", 'Bearer realm="", authorization_uri="", error="invalid_token"'
            )
        return reply(body, refusal.status, headers)

    def _note(self, request: web.Request, person: str, status: int) -> None:
        wishes = ",".join(request.headers.getall("Prefer", ())).lower()
        self.seen.append(
            SeenCall(
                request.method,
                request.rel_url.path_qs,
                person,
                'idtype="immutableid"' in wishes,
                status,
            )
        )


def over_concurrency() -> Refusal:
    """Return the refusal of a call that is one too many at a time."""
    return Refusal(
        429,
        "ApplicationThrottled",
        "Application is over its MailboxConcurrency limit.",
        {"Retry-After": "1"},
    )


def _subject(request: web.Request, grant: Grant) -> SamplePerson:
    named = request.match_info.get("colleague")
    person = grant.person if named is None else find_person(named)
    if person is None:
        raise Refusal(
            404,
            "Request_ResourceNotFound",
            f"Resource '{named}' does not exist or one of its queried reference-property objects "
            "are not present.",
        )
    return person


def _no_entry(message: str) -> Refusal:
    return Refusal(401, "InvalidAuthenticationToken", message)
