"""The connector of Teams, in small and strict: it takes what the bot sends and remembers it.

What Teams refuses is refused: unknown conversations and messages, messages that are too big,
cards of too new a version, wrong tokens. Faults are told beforehand (:meth:`fail`, :meth:`block`,
:meth:`hold`).
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from aiohttp import web
from microsoft_teams.api.models import Attachment

__all__ = ["ADAPTIVE", "Chat", "Posted", "Someone", "TeamsConnector", "check_card"]

ADAPTIVE = "application/vnd.microsoft.card.adaptive"
MOST_BYTES = 100_000


@dataclass(frozen=True)
class Someone:
    """A person at a Teams client."""

    name: str
    object_id: str
    tenant: str
    zone: str = "Europe/Berlin"
    language: str = "en-GB"

    @property
    def teams_id(self) -> str:
        return f"29:{self.object_id}"

    @property
    def account(self) -> dict[str, Any]:
        return {"id": self.teams_id, "name": self.name, "aadObjectId": self.object_id}


@dataclass
class Chat:
    """A conversation that the bot may write to."""

    id: str
    kind: str
    tenant: str
    name: str = ""
    team_id: str = ""
    team_name: str = ""
    members: list[Someone] = field(default_factory=list)
    owners: list[Someone] = field(default_factory=list)
    guests: list[Someone] = field(default_factory=list)
    blocked: bool = False


@dataclass
class Posted:
    """A message of the bot, as it stands now."""

    id: str
    chat: Chat
    activity: dict[str, Any]
    reply_to: str = ""
    thread: str = ""
    edits: int = 0
    deleted: bool = False
    views: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What single people see in its place, by their Teams id."""

    @property
    def text(self) -> str:
        return str(self.activity.get("text", ""))

    @property
    def card(self) -> dict[str, Any]:
        for attachment in self.activity.get("attachments", ()):
            if attachment["contentType"] == ADAPTIVE:
                content: dict[str, Any] = attachment["content"]
                return content
        raise AssertionError(f"no card in this message, but: {self.text!r}")

    def card_for(self, who: Someone) -> dict[str, Any]:
        return self.views.get(who.teams_id) or self.card


@dataclass
class _Fault:
    status: int
    code: str
    retry_after: str


def check_card(card: dict[str, Any]) -> None:
    """What a client could not show, or would lose."""
    assert card.get("type") == "AdaptiveCard", card.get("type")
    assert tuple(map(int, card["version"].split("."))) <= (1, 5), card["version"]
    text = json.dumps(card, ensure_ascii=False)
    assert "null" not in json.dumps(_values(card)), "a null in a card"
    assert len(text.encode("utf-16-le")) <= 80_000, "the card is too big"


def _values(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [inner for item in value.values() for inner in _values(item)]
    if isinstance(value, list):
        return [inner for item in value for inner in _values(item)]
    return [None] if value is None else []


def _account(one: Someone, chat: Chat) -> dict[str, Any]:
    """Somebody in a roster, as Microsoft's page on it shows them: other words than an activity's.

    https://learn.microsoft.com/microsoftteams/platform/bots/how-to/get-teams-context
    """
    role = "owner" if one in chat.owners else "guest" if one in chat.guests else "user"
    given, _, surname = one.name.partition(" ")
    return {
        "id": one.teams_id,
        "objectId": one.object_id,
        "givenName": given,
        "surname": surname,
        "tenantId": one.tenant,
        "userRole": role,
    }


class TeamsConnector:
    """Serves ``/{region}/v3/...``."""

    def __init__(self, bot_token: str) -> None:
        self.bot_token = bot_token
        self.chats: dict[str, Chat] = {}
        self.posts: list[Posted] = []
        self.calls: list[tuple[str, str]] = []
        """Method and path of every request, refused ones too."""
        self._faults: deque[_Fault] = deque()
        self._open = asyncio.Event()
        self._open.set()
        self._arrival = asyncio.Event()
        self._numbers = count(1)

    # -- what a test may say beforehand --

    def fail(self, status: int, code: str = "", *, retry_after: str = "", times: int = 1) -> None:
        """The next requests fail like this."""
        self._faults.extend([_Fault(status, code, retry_after)] * times)

    def block(self, chat: Chat) -> None:
        """The bot may no longer write here."""
        chat.blocked = True

    def hold(self) -> None:
        """Requests hang until :meth:`release`."""
        self._open.clear()

    def release(self) -> None:
        self._open.set()

    async def arrived(self, requests: int) -> None:
        """Return when so many requests have come in all, held ones too."""
        while len(self.calls) < requests:
            self._arrival.clear()
            await self._arrival.wait()

    # -- the REST side --

    def add_routes(self, app: web.Application) -> None:
        root = "/emea/v3/conversations"
        routes = app.router
        routes.add_post(f"{root}/{{chat}}/activities", self._send)
        routes.add_post(f"{root}/{{chat}}/activities/{{activity}}", self._send)
        routes.add_put(f"{root}/{{chat}}/activities/{{activity}}", self._update)
        routes.add_delete(f"{root}/{{chat}}/activities/{{activity}}", self._delete)
        routes.add_get(f"{root}/{{chat}}/pagedmembers", self._members)

    async def _enter(self, request: web.Request) -> None:
        self.calls.append((request.method, request.path))
        self._arrival.set()
        await self._open.wait()
        if self._faults:
            fault = self._faults.popleft()
            headers = {"Retry-After": fault.retry_after} if fault.retry_after else {}
            raise _refusal(fault.status, fault.code or "Fault", headers)
        if request.headers.get("Authorization") != f"Bearer {self.bot_token}":
            raise _refusal(401, "Unauthorized")

    def _chat(self, request: web.Request) -> tuple[Chat, str]:
        id, _, thread = request.match_info["chat"].partition(";messageid=")
        chat = self.chats.get(id)
        if chat is None:
            raise _refusal(404, "ConversationNotFound")
        if chat.blocked:
            raise _refusal(403, "Forbidden", sub_code="MessageWritesBlocked")
        return chat, thread

    def _post(self, request: web.Request, chat: Chat) -> Posted:
        for posted in self.posts:
            is_it = posted.id == request.match_info["activity"] and posted.chat is chat
            if is_it and not posted.deleted:
                return posted
        raise _refusal(404, "ActivityNotFoundInConversation")

    async def _send(self, request: web.Request) -> web.Response:
        await self._enter(request)
        chat, thread = self._chat(request)
        activity = await _message(request)
        reply_to = request.match_info.get("activity", "")
        posted = Posted(f"1700000{next(self._numbers):06}", chat, activity, reply_to, thread)
        self.posts.append(posted)
        return web.json_response({"id": posted.id}, status=201)

    async def _update(self, request: web.Request) -> web.Response:
        await self._enter(request)
        chat, _ = self._chat(request)
        posted = self._post(request, chat)
        posted.activity = await _message(request)
        posted.edits += 1
        posted.views.clear()
        return web.json_response({"id": posted.id})

    async def _delete(self, request: web.Request) -> web.Response:
        await self._enter(request)
        chat, _ = self._chat(request)
        self._post(request, chat).deleted = True
        return web.Response(status=200)

    async def _members(self, request: web.Request) -> web.Response:
        await self._enter(request)
        chat, _ = self._chat(request)
        size = int(request.query["pageSize"])
        begin = int(request.query.get("continuationToken", "0"))
        accounts = [_account(one, chat) for one in chat.members]
        page: dict[str, Any] = {"members": accounts[begin : begin + size]}
        if begin + size < len(accounts):
            page["continuationToken"] = str(begin + size)
        return web.json_response(page)


def _refusal(
    status: int, code: str, headers: dict[str, str] | None = None, sub_code: str = ""
) -> web.HTTPException:
    error = {"code": code, "message": code} | ({"subCode": sub_code} if sub_code else {})
    refused = web.HTTPException(
        headers=headers, text=json.dumps({"error": error}), content_type="application/json"
    )
    refused.set_status(status)
    return refused


async def _message(request: web.Request) -> dict[str, Any]:
    assert request.content_type == "application/json"
    raw = await request.text()
    if len(raw.encode("utf-16-le")) > MOST_BYTES:
        raise _refusal(413, "MessageSizeTooBig")
    activity: dict[str, Any] = json.loads(raw)
    attachments = activity.get("attachments", [])
    if activity.get("type") != "message" or not (activity.get("text") or attachments):
        raise _refusal(400, "BadSyntax")
    for attachment in attachments:
        Attachment.model_validate(attachment)
        if attachment["contentType"] == ADAPTIVE:
            check_card(attachment["content"])
    return activity
