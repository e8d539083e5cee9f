"""The wire between Teams and the bot: who and what there is, activities, and their delivery.

:class:`TeamsWire` runs Teams' servers (connector, token service, OneDrive) and posts activities to
the bot as Teams would; :class:`tests._teams.FakeTeams` has what people do with it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from itertools import count
from typing import Any, Self
from uuid import NAMESPACE_DNS, uuid5

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests._builders import TENANT
from tests._signer import Signer
from tests._teams_answers import Answer, read_invoke
from tests._teams_connector import Chat, Someone, TeamsConnector
from tests._teams_files import TeamsDrive

__all__ = ["BOT_NAME", "TeamsWire"]

BOT_NAME = "Almanac"


class TeamsWire:
    def __init__(
        self, app_id: str, now: Callable[[], datetime], *, bot_token: str = "the-bots-own-token"
    ) -> None:
        self.app_id = app_id
        self.bot_id = f"28:{app_id}"
        self.bot_url = ""
        self.bot_token = bot_token
        self.signer = Signer(app_id, now)
        self.connector = TeamsConnector(bot_token)
        self.drive = TeamsDrive()
        self._people: dict[str, Someone] = {}
        self.numbers = count(1)  # of activities, and of messages that people send
        app = web.Application(client_max_size=64 * 1024**2)
        self.signer.add_routes(app)
        self.connector.add_routes(app)
        self.drive.add_routes(app)
        self._server = TestServer(app)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        await self._server.start_server()
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        self.connector.release()
        if self._session:
            await self._session.close()
        await self._server.close()

    # -- where it is -----------------------------------------------------------------------

    @property
    def origin(self) -> str:
        """Scheme, host and port of the connector: what the bot must be told to trust."""
        return f"http://127.0.0.1:{self._server.port}"

    @property
    def service_url(self) -> str:
        return f"{self.origin}/emea/"

    @property
    def metadata_url(self) -> str:
        return f"{self.origin}/openid/configuration"

    # -- people and places -----------------------------------------------------------------

    def person(self, name: str, *, tenant: str = TENANT, **given: Any) -> Someone:
        """The same name is the same person; ids as in ``tests._builders.a_person``."""
        key = f"{name}/{tenant}"
        if key not in self._people:
            object_id = str(uuid5(NAMESPACE_DNS, f"{name.lower()}.{tenant}"))
            self._people[key] = Someone(name, object_id, tenant, **given)
        return self._people[key]

    def personal_chat(self, who: Someone) -> Chat:
        return self._chat(f"a:{who.object_id}", "personal", who.tenant, members=[who])

    def group_chat(self, name: str, members: Sequence[Someone]) -> Chat:
        id = f"19:{name}@thread.v2"
        return self._chat(id, "groupChat", members[0].tenant, name=name, members=list(members))

    def channel(
        self,
        name: str,
        members: Sequence[Someone],
        *,
        team: str = "Harbour",
        owners: Sequence[Someone] = (),
    ) -> Chat:
        """A channel; the one called General has the team's id."""
        team_id = f"19:{team.lower()}@thread.tacv2"
        id = team_id if name == "General" else f"19:{name.lower()}@thread.tacv2"
        return self._chat(
            id,
            "channel",
            members[0].tenant,
            name=name,
            team_id=team_id,
            team_name=team,
            members=list(members),
            owners=list(owners),
        )

    def _chat(self, id: str, kind: str, tenant: str, **given: Any) -> Chat:
        return self.connector.chats.setdefault(id, Chat(id, kind, tenant, **given))

    # -- the wire --------------------------------------------------------------------------

    def activity(self, type: str, who: Someone, chat: Chat, **given: Any) -> dict[str, Any]:
        """An activity as Teams writes it; ``given`` adds and replaces."""
        data: dict[str, Any] = {"tenant": {"id": chat.tenant}}
        if chat.team_id:
            data["team"] = {"id": chat.team_id, "name": chat.team_name}
            data["channel"] = {"id": chat.id, "name": chat.name}
            if type in ("conversationUpdate", "installationUpdate"):
                data["team"]["aadGroupId"] = f"group-of-{chat.team_name}"
        conversation: dict[str, Any] = {
            "id": chat.id,
            "conversationType": chat.kind,
            "tenantId": chat.tenant,
        }
        if chat.kind != "personal":
            conversation["isGroup"] = True
        whole: dict[str, Any] = {
            "type": type,
            "id": f"1600000{next(self.numbers):06}",
            "timestamp": "2026-11-18T12:00:00.000Z",
            "channelId": "msteams",
            "serviceUrl": self.service_url,
            "from": who.account,
            "recipient": {"id": self.bot_id, "name": BOT_NAME},
            "conversation": conversation,
            "channelData": data,
            "locale": who.language,
            "localTimezone": who.zone,
            "entities": [{"type": "clientInfo", "locale": who.language, "timezone": who.zone}],
        }
        return whole | given

    async def invoke(
        self,
        who: Someone,
        chat: Chat,
        name: str,
        value: Any,
        *,
        times: int = 1,
        **given: Any,
    ) -> Answer:
        activity = self.activity("invoke", who, chat, name=name, value=value, **given)
        return await self.deliver(activity, chat, times=times)

    async def deliver(self, activity: dict[str, Any], chat: Chat, *, times: int = 1) -> Answer:
        """Post an activity, ``times`` over if asked, and read the last answer as a client does."""
        before = len(self.connector.posts)
        edits = {posted.id: posted.edits for posted in self.connector.posts}
        for _ in range(times):
            status, body = await self.post(activity)
        answer = Answer(status, body)
        answer.posts = self.connector.posts[before:]
        answer.edited = [p for p in self.connector.posts[:before] if p.edits > edits[p.id]]
        if activity["type"] == "invoke":
            read_invoke(activity["name"], answer, chat)
        else:
            assert status in (200, 201, 202, 400), status
            answer.text = "\n".join(posted.text for posted in answer.posts)
        return answer

    async def post(
        self,
        activity: Any = None,
        *,
        raw: bytes | None = None,
        token: str | None = None,
        headers: Mapping[str, str] | None = None,
        method: str = "POST",
    ) -> tuple[int, Any]:
        """Send anything to ``/api/messages``; ``token=""`` sends none."""
        data = BytesIO(json.dumps(activity).encode() if raw is None else raw)
        if token is None:
            url = activity.get("serviceUrl") if isinstance(activity, dict) else None
            token = self.signer.token(url if isinstance(url, str) else self.service_url)
        sent = {"Content-Type": "application/json; charset=utf-8"}
        if token:
            sent["Authorization"] = f"Bearer {token}"
        assert self._session, "not started"
        async with self._session.request(
            method, f"{self.bot_url}/api/messages", data=data, headers=sent | dict(headers or {})
        ) as response:
            content = await response.read()
            is_json = response.content_type == "application/json" and content
            return response.status, json.loads(content) if is_json else content.decode()
