"""One request to Graph, as a resource sees it: whose mailbox, what was preferred, what was sent.

The door (:mod:`sandbox.graph.door`) makes it; resources ask :func:`call_of`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from json import JSONDecodeError
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from aiohttp import web

from sandbox.delta import DeltaLog
from sandbox.mailbox import Mailbox
from sandbox.people import SamplePerson
from sandbox.refusal import Refusal
from sandbox.zones import zone_named

__all__ = ["Call", "Prefer", "call_of", "json_of", "parameters_of", "reply"]

_PREFERENCE = re.compile(r"([\w.-]+)\s*=\s*(?:\"([^\"]*)\"|([^\",;\s]+))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefer:
    """What the Prefer headers ask for."""

    immutable_ids: bool = False
    zone_name: str = "UTC"
    zone: ZoneInfo
    text_body: bool = False
    page_size: int | None = None

    @classmethod
    def read(cls, request: web.Request) -> Prefer:
        """Read all Prefer headers of a request.

        Raises:
            Refusal: the zone is none.
        """
        wishes = {
            name.lower(): quoted or plain
            for header in request.headers.getall("Prefer", ())
            for name, quoted, plain in _PREFERENCE.findall(header)
        }
        zone_name = wishes.get("outlook.timezone", "UTC")
        size = wishes.get("odata.maxpagesize", "")
        return cls(
            immutable_ids=wishes.get("idtype", "").lower() == "immutableid",
            zone_name=zone_name,
            zone=zone_named(zone_name),
            text_body=wishes.get("outlook.body-content-type", "").lower() == "text",
            page_size=int(size) if size.isdecimal() and int(size) > 0 else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request that has passed the door."""

    request: web.Request
    client_id: str
    scopes: frozenset[str]
    mailbox: Mailbox
    delta: DeltaLog
    subject: SamplePerson
    """Whom the path is about: a colleague, or the mailbox's owner."""
    prefer: Prefer
    now: datetime
    newest: int
    """The last serial that the mailbox had given when the call arrived."""
    activities: Mapping[str, str] = field(default_factory=dict)
    """The types of activities that the caller declares."""

    @property
    def base_url(self) -> str:
        """The address under which the caller knows Graph: ``http://127.0.0.1:3979/v1.0``."""
        return f"{self.request.scheme}://{self.request.host}/v1.0"

    def link(self, **params: str) -> str:
        """Return this request's address with other parameters, for next and delta links."""
        path = self.request.rel_url.raw_path
        # Graph spells system options with a dollar, and clients look for it.
        return f"{self.request.scheme}://{self.request.host}{path}?{urlencode(params, safe='$')}"

    def context(self, what: str) -> str:
        """Return an ``@odata.context``."""
        return f"{self.base_url}/$metadata#users('{self.mailbox.person.object_id}')/{what}"


_CALL = web.RequestKey("call", Call)


def put_call(request: web.Request, call: Call) -> None:
    """Let :func:`call_of` find a call; for the door."""
    request[_CALL] = call


def call_of(request: web.Request) -> Call:
    """Return the call that the door made of a request."""
    return request[_CALL]


async def json_of(request: web.Request) -> dict[str, Any]:
    """Return the JSON object in a request.

    Raises:
        Refusal: there is none.
    """
    try:
        body = await request.json()
    except (JSONDecodeError, UnicodeDecodeError) as err:
        raise Refusal(
            400,
            "BadRequest",
            "Unable to read JSON request payload. Please ensure Content-Type header is set "
            "and payload is of valid JSON format.",
        ) from err
    if request.content_type != "application/json" or not isinstance(body, dict):
        raise Refusal(
            400, "RequestBodyRead", "Write requests (excluding DELETE) must contain a JSON object."
        )
    return body


async def parameters_of(request: web.Request) -> dict[str, Any]:
    """Return the parameters of an action; the SDK spells them ``EndTime``, most people ``endTime``.

    Raises:
        Refusal: there are none.
    """
    body = await json_of(request)
    return {name[:1].lower() + name[1:]: value for name, value in body.items()}


def reply(
    body: Mapping[str, Any], status: int = 200, headers: Mapping[str, str] | None = None
) -> web.Response:
    """Return a JSON answer in Graph's content type."""
    answer = web.json_response(dict(body), status=status, headers=dict(headers or {}))
    answer.headers["Content-Type"] = (
        "application/json; odata.metadata=minimal; odata.streaming=true; "
        "IEEE754Compatible=false; charset=utf-8"
    )
    return answer
