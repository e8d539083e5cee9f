"""The SDK's adapter, with its doors replaced by ours.

``process(request, bot)`` is what :mod:`bot.web.routes` calls for ``/api/messages``. The SDK keeps
what it is good at: turn, middleware, the answer of an invoke. Replaced are the parts that block the
loop, log in at every turn or answer 500: the check of the token (:mod:`bot.trust.gate`), the way
out (:mod:`bot.connector`) and the reading of JSON. The gate's verdict is handed over as the SDK's
``AuthenticateRequestResult``, so nothing of the SDK's own validation runs.

The SDK's ``Activity`` holds only what its turn needs; the activity as it came is in
``additional_properties`` and is what the bot reads. Filling the whole model costs as much as
everything else in a turn (docs/performance.md).

Reference: https://github.com/microsoft/botbuilder-python, ``CloudAdapterBase.process_activity``
"""

from __future__ import annotations

import logging
from typing import Any, NoReturn, Protocol

import msgspec
from aiohttp import web
from botbuilder.core import InvokeResponse, TurnContext
from botbuilder.integration.aiohttp import CloudAdapter
from botbuilder.schema import (
    Activity,
    ActivityTypes,
    ChannelAccount,
    ConversationAccount,
    ResourceResponse,
)
from botframework.connector.auth import (
    AuthenticateRequestResult,
    BotFrameworkAuthentication,
    ClaimsIdentity,
    ConnectorFactory,
)

from bot.activity_bot import Answer
from bot.connector import Connector
from bot.trust.gate import Gate, NotProven
from bot.wire import Json, Malformed, needed, part, text

__all__ = ["AlmanacAdapter"]

log = logging.getLogger(__name__)

DEEPEST = 32
encode = msgspec.json.Encoder().encode
decode = msgspec.json.Decoder().decode


class Bot(Protocol):
    """What the adapter needs of a bot."""

    async def respond(self, body: Json) -> Answer:
        """Answer one activity; raises ``Malformed``."""


class AlmanacAdapter(CloudAdapter):  # type: ignore[misc]  # the SDK has no types
    """Answers ``/api/messages``."""

    def __init__(self, gate: Gate, connector: Connector, app_id: str) -> None:
        self._gate = gate
        self._factory = _Factory(connector)
        self._claims = ClaimsIdentity({"aud": app_id, "appid": app_id}, True)
        super().__init__(_GateInstead(self._factory))

    async def process(
        self, request: web.Request, bot: Bot, ws_response: web.WebSocketResponse | None = None
    ) -> web.Response:
        """Answer one request: 401, 415, 413 and 400 before the bot has heard of it."""
        try:
            if request.content_type != "application/json":
                raise web.HTTPUnsupportedMediaType
            proof = await self._gate.verify(request.headers.get("Authorization", ""))
            body = _parse(await request.read())
            proof.covers(body["serviceUrl"], body["channelId"])
            answer = await self._run(body, bot)
        except NotProven as err:
            log.warning("refused at the gate: %s", err)
            raise web.HTTPUnauthorized(headers={"WWW-Authenticate": "Bearer"}) from err
        except Malformed as err:
            raise web.HTTPBadRequest(text=str(err)) from err
        if answer is None or answer.body is None:
            return web.Response(status=answer.status if answer else 201)
        return web.Response(
            status=answer.status,
            body=encode(answer.body),
            content_type="application/json",
            charset="utf-8",
        )

    async def _run(self, body: Json, bot: Bot) -> InvokeResponse | None:
        async def turn(context: TurnContext) -> None:
            answer = await bot.respond(context.activity.additional_properties)
            response = InvokeResponse(status=answer.status, body=answer.body)
            context.turn_state[self._INVOKE_RESPONSE_KEY] = Activity(
                type=ActivityTypes.invoke_response, value=response
            )

        proven = AuthenticateRequestResult()
        proven.claims_identity = self._claims
        proven.connector_factory = self._factory
        return await self.process_activity(proven, _shallow(body), turn)


def _parse(raw: bytes) -> Json:
    """Return the activity, once it has what every activity of Teams has."""
    try:
        body = decode(raw)
    except (msgspec.DecodeError, ValueError, RecursionError) as err:
        raise Malformed("the body is not JSON") from err
    if not isinstance(body, dict):
        raise Malformed("the body must be an object")
    if raw.count(b"{") + raw.count(b"[") > DEEPEST and _depth(body) > DEEPEST:
        raise Malformed("the body is nested too deeply")
    for key in ("type", "channelId", "serviceUrl"):
        needed(body, key)
    needed(part(body, "conversation"), "id")
    for key in ("from", "recipient", "channelData"):
        part(body, key)
    for key in ("id", "name", "text"):
        text(body, key)
    return body


def _depth(value: Any) -> int:
    """Return how deep lists and objects go, without recursion: the input is a stranger's."""
    depth, level = 0, [value]
    while level:
        depth += 1
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
    return depth - 1


def _shallow(body: Json) -> Activity:
    sender, recipient = part(body, "from"), part(body, "recipient")
    activity = Activity(
        type=body["type"],
        id=body.get("id"),
        name=body.get("name"),
        text=body.get("text"),
        value=body.get("value"),
        service_url=body["serviceUrl"],
        channel_id=body["channelId"],
        channel_data=body.get("channelData"),
        conversation=ConversationAccount(id=body["conversation"]["id"]),
        from_property=ChannelAccount(id=text(sender, "id"), name=text(sender, "name")),
        recipient=ChannelAccount(id=text(recipient, "id"), name=text(recipient, "name")),
    )
    activity.additional_properties = body
    return activity


class _GateInstead(BotFrameworkAuthentication):  # type: ignore[misc]
    """Keeps the SDK from checking tokens on its own: whoever gets here has been checked."""

    def __init__(self, factory: ConnectorFactory) -> None:
        self._factory = factory

    async def authenticate_request(self, activity: Activity, auth_header: str) -> NoReturn:
        raise PermissionError("tokens are checked at the gate")

    async def authenticate_streaming_request(
        self, auth_header: str, channel_id_header: str
    ) -> NoReturn:
        raise PermissionError("there are no streams")

    def create_connector_factory(self, claims_identity: ClaimsIdentity) -> ConnectorFactory:
        return self._factory

    async def create_user_token_client(self, claims_identity: ClaimsIdentity) -> None:
        return None  # people's tokens are ours to keep (docs/decisions.md)


class _Factory(ConnectorFactory):  # type: ignore[misc]
    """Gives the SDK our connector, whatever it asks for."""

    def __init__(self, connector: Connector) -> None:
        self._connector = connector

    async def create(self, service_url: str, audience: str) -> _SdkConnector:
        return _SdkConnector(self._connector, service_url)


class _SdkConnector:
    """The four calls that the SDK makes (``context.send_activity`` and its like)."""

    def __init__(self, connector: Connector, service_url: str) -> None:
        self._connector = connector
        self._service_url = service_url

    @property
    def conversations(self) -> _SdkConnector:
        return self

    async def send_to_conversation(self, conversation: str, activity: Activity) -> Any:
        body = activity.serialize()
        return _sent(await self._connector.send(self._service_url, conversation, body))

    async def reply_to_activity(self, conversation: str, to: str, activity: Activity) -> Any:
        body = activity.serialize()
        return _sent(await self._connector.reply(self._service_url, conversation, to, body))

    async def update_activity(self, conversation: str, id: str, activity: Activity) -> Any:
        body = activity.serialize()
        await self._connector.update(self._service_url, conversation, id, body)
        return _sent(id)

    async def delete_activity(self, conversation: str, id: str) -> None:
        await self._connector.delete(self._service_url, conversation, id)


def _sent(id: str) -> ResourceResponse:
    return ResourceResponse(id=id)
