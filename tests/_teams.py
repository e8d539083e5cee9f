"""Teams, in small: its clients, its connector and its token service, for tests.

::

    async with FakeTeams(app_id, clock.now) as teams:
        ...start the bot with teams.metadata_url, teams.origin and teams.bot_token...
        teams.bot_url = "http://127.0.0.1:1234"
        ines = teams.person("Ines")
        heard = await teams.message(ines, "agenda")            # in her personal chat
        clicked = await teams.click(ines, heard.post, "Edit", {"title": "Lunch"})
        assert clicked.card ...

It does what the Playground cannot: dialogs from cards, views of single persons, redelivery
(``times=3``), several users, signed tokens, throttling. Whatever the bot answers is read with
Microsoft's own models, and an answer that a client could not show fails the test.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from itertools import count
from typing import Any, Self
from uuid import NAMESPACE_DNS, uuid5

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer
from microsoft_teams.api.models import (
    AdaptiveCardActionCardResponse,
    AdaptiveCardActionMessageResponse,
    MessagingExtensionActionResponse,
    MessagingExtensionResponse,
    TaskModuleResponse,
)

from tests._builders import TENANT
from tests._signer import Signer
from tests._teams_cards import button, filled_in
from tests._teams_connector import ADAPTIVE, Chat, Posted, Someone, TeamsConnector, check_card
from tests._teams_files import TeamsDrive, offered

__all__ = ["Answer", "Chat", "Dialog", "FakeTeams", "Posted", "Row", "Someone"]

BOT_NAME = "Almanac"


@dataclass
class Dialog:
    """A dialog that is open at somebody's client."""

    title: str
    card: dict[str, Any]
    chat: Chat
    command_id: str = ""
    """Of the action command that opened it; empty for a card's button."""


@dataclass
class Row:
    """A row of search results, and the card behind it."""

    preview: dict[str, Any]
    card: dict[str, Any]

    @property
    def title(self) -> str:
        return str(self.preview.get("title", ""))


@dataclass
class Answer:
    """What the bot answered, and what it posted meanwhile."""

    status: int
    body: Any
    text: str = ""
    """The sentence, by whichever way of asking."""
    posts: list[Posted] = field(default_factory=list)
    edited: list[Posted] = field(default_factory=list)
    dialog: Dialog | None = None
    rows: list[Row] = field(default_factory=list)
    error: str = ""
    """The code of a refusal."""
    _card: dict[str, Any] | None = None

    @property
    def post(self) -> Posted:
        assert len(self.posts) == 1, f"{len(self.posts)} messages, not one"
        return self.posts[0]

    @property
    def card(self) -> dict[str, Any]:
        """The card that took the place of the pressed one, or the one of the message."""
        return self.post.card if self._card is None else self._card

    @property
    def has_card(self) -> bool:
        return self._card is not None


class FakeTeams:
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
        self._numbers = count(1)
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

    # -- what people do --------------------------------------------------------------------

    async def message(
        self,
        who: Someone,
        text: str,
        where: Chat | None = None,
        *,
        mention: bool = True,
        thread: str = "",
        times: int = 1,
        **given: Any,
    ) -> Answer:
        """Write to the bot; outside of a personal chat it is mentioned, as it must be."""
        chat = where or self.personal_chat(who)
        activity = self.activity("message", who, chat, text=text, textFormat="plain", **given)
        if chat.kind != "personal" and mention:
            spoken = f"<at>{BOT_NAME}</at>"
            activity["text"] = f"{spoken} {text}"
            activity["entities"].append(
                {
                    "type": "mention",
                    "text": spoken,
                    "mentioned": {"id": self.bot_id, "name": BOT_NAME},
                }
            )
        if chat.kind == "channel":
            activity["conversation"]["id"] += f";messageid={thread or activity['id']}"
        return await self.deliver(activity, chat, times=times)

    async def send_file(
        self, who: Someone, name: str, data: bytes, *, words: str = "", url: str = ""
    ) -> Answer:
        """Send a file in the personal chat, as OneDrive shares it."""
        chat = self.personal_chat(who)
        where = url or f"{self.origin}/drive/sent/{self.drive.put(data)}"
        attachment = {
            "contentType": "application/vnd.microsoft.teams.file.download.info",
            "contentUrl": f"https://harbour-my.sharepoint.com/personal/x/Documents/{name}",
            "name": name,
            "content": {"downloadUrl": where, "uniqueId": "1", "fileType": name.split(".")[-1]},
        }
        activity = self.activity("message", who, chat, text=words, attachments=[attachment])
        return await self.deliver(activity, chat)

    async def decide_file(
        self, who: Someone, posted: Posted, decision: str = "accept", *, times: int = 1
    ) -> Answer:
        """Press Accept or Decline on a file that the bot offers."""
        card = offered(posted)
        context = card["content"][f"{decision}Context"]
        value: dict[str, Any] = {"type": "fileUpload", "action": decision, "context": context}
        if decision == "accept":
            value["uploadInfo"] = {
                "contentUrl": "https://harbour-my.sharepoint.com/personal/x/file",
                "name": card["name"],
                "uploadUrl": f"{self.origin}/drive/upload/{posted.id}",
                "uniqueId": "abc",
                "fileType": card["name"].split(".")[-1],
            }
        return await self.invoke(
            who, posted.chat, "fileConsent/invoke", value, times=times, replyToId=posted.id
        )

    async def click(
        self,
        who: Someone,
        posted: Posted,
        title: str,
        typed: Mapping[str, str] | None = None,
        *,
        times: int = 1,
    ) -> Answer:
        """Press a button of a message's card, as this person sees it, with the form filled in."""
        card = posted.card_for(who)
        action = button(card, title)
        data = filled_in(card, action, typed or {})
        if action["type"] == "Action.Execute":
            return await self.execute(who, posted, action["verb"], data, times=times)
        assert action["type"] == "Action.Submit", f"{action['type']} asks nothing of the bot"
        assert "msteams" not in data, "this button opens a dialog: open_dialog()"
        activity = self.activity("message", who, posted.chat, value=data, replyToId=posted.id)
        return await self.deliver(activity, posted.chat, times=times)

    async def execute(
        self,
        who: Someone,
        posted: Posted,
        verb: str,
        data: Mapping[str, Any],
        *,
        trigger: str = "manual",
        times: int = 1,
    ) -> Answer:
        """Send an ``Action.Execute``, whether or not there is such a button."""
        action = {"type": "Action.Execute", "verb": verb, "data": dict(data)}
        answer = await self.invoke(
            who,
            posted.chat,
            "adaptiveCard/action",
            {"action": action, "trigger": trigger},
            times=times,
            replyToId=posted.id,
        )
        if answer.has_card:
            posted.views[who.teams_id] = answer.card
        return answer

    async def refresh(self, who: Someone, posted: Posted) -> Answer:
        """Look at a card that has a view of its own for this person."""
        refresh = posted.card["refresh"]
        named = {who.teams_id, f"8:orgid:{who.object_id}"}
        assert named & set(refresh["userIds"]), "no view of their own"
        action = refresh["action"]
        data = action.get("data", {})
        return await self.execute(who, posted, action["verb"], data, trigger="automatic")

    async def open_dialog(self, who: Someone, posted: Posted, title: str) -> Answer:
        """Press a button of a card that opens a dialog."""
        card = posted.card_for(who)
        action = button(card, title)
        data = filled_in(card, action, {})
        assert data.get("msteams", {}).get("type") == "task/fetch", "this button opens no dialog"
        value = {"data": data, "context": {"theme": "default"}}
        return await self.invoke(who, posted.chat, "task/fetch", value, replyToId=posted.id)

    async def submit_dialog(
        self,
        who: Someone,
        dialog: Dialog,
        title: str,
        typed: Mapping[str, str] | None = None,
        *,
        times: int = 1,
    ) -> Answer:
        """Press a button inside a dialog."""
        action = button(dialog.card, title)
        assert action["type"] == "Action.Submit", "only Action.Submit works in a dialog"
        data = filled_in(dialog.card, action, typed or {})
        if dialog.command_id:
            return await self.action_submit(
                who, dialog.command_id, data, where=dialog.chat, times=times
            )
        value = {"data": data, "context": {"theme": "default"}}
        return await self.invoke(who, dialog.chat, "task/submit", value, times=times)

    async def query(
        self,
        who: Someone,
        command_id: str,
        text: str = "",
        *,
        where: Chat | None = None,
        skip: int = 0,
    ) -> Answer:
        """Search from the compose box; without a text, as when it has just been opened."""
        parameter = (
            {"name": "text", "value": text} if text else {"name": "initialRun", "value": "true"}
        )
        value = {
            "commandId": command_id,
            "parameters": [parameter],
            "queryOptions": {"skip": skip, "count": 25},
        }
        chat = where or self.personal_chat(who)
        return await self.invoke(who, chat, "composeExtension/query", value)

    async def choices(
        self, who: Someone, chat: Chat, dataset: str, text: str
    ) -> list[tuple[str, str]]:
        """Type into a field that proposes what fits; return titles and values."""
        value = {"queryText": text, "queryOptions": {"skip": 0, "top": 15}, "dataset": dataset}
        answer = await self.invoke(who, chat, "application/search", value)
        assert answer.body["type"] == "application/vnd.microsoft.search.searchResponse"
        return [(one["title"], one["value"]) for one in answer.body["value"]["results"]]

    async def action_fetch(
        self,
        who: Someone,
        command_id: str,
        *,
        where: Chat | None = None,
        message: str = "",
        sender: str = "Somebody",
        mentioned: Sequence[Someone] = (),
    ) -> Answer:
        """Call an action command, from the compose box or from the menu of a message."""
        value: dict[str, Any] = {"commandId": command_id, "commandContext": "compose"}
        if message:
            value["commandContext"] = "message"
            value["messagePayload"] = {
                "id": "1600000000001",
                "messageType": "message",
                "body": {"contentType": "html", "content": f"<div>{message}</div>"},
                "from": {"user": {"id": "x", "displayName": sender}},
                "mentions": [
                    {"id": 0, "mentionText": "Almanac", "mentioned": {"application": {"id": "x"}}},
                    *(
                        {
                            "id": number,
                            "mentionText": one.name.split()[0],
                            "mentioned": {"user": {"id": one.object_id, "displayName": one.name}},
                        }
                        for number, one in enumerate(mentioned, 1)
                    ),
                ],
                "linkToMessage": "https://teams.microsoft.com/l/message/19:x/1600000000001",
            }
        chat = where or self.personal_chat(who)
        answer = await self.invoke(who, chat, "composeExtension/fetchTask", value)
        if answer.dialog:
            answer.dialog.command_id = command_id
        return answer

    async def action_submit(
        self,
        who: Someone,
        command_id: str,
        data: Mapping[str, Any],
        *,
        where: Chat | None = None,
        times: int = 1,
    ) -> Answer:
        """Send what was filled in after an action command."""
        value = {"commandId": command_id, "commandContext": "compose", "data": dict(data)}
        chat = where or self.personal_chat(who)
        answer = await self.invoke(who, chat, "composeExtension/submitAction", value, times=times)
        if answer.dialog:
            answer.dialog.command_id = command_id
        return answer

    async def unfurl(self, who: Someone, url: str, *, where: Chat | None = None) -> Answer:
        """Paste an address into a message."""
        chat = where or self.personal_chat(who)
        return await self.invoke(who, chat, "composeExtension/queryLink", {"url": url})

    def insert(self, who: Someone, row: Row, where: Chat) -> Posted:
        """Send what was picked: a message of the person, which the bot cannot edit."""
        check_card(row.card)
        attachment = {"contentType": ADAPTIVE, "content": row.card}
        return Posted(f"sent-{next(self._numbers)}", where, {"attachments": [attachment]})

    # -- what happens to places ------------------------------------------------------------

    async def install(self, who: Someone, where: Chat | None = None) -> Answer:
        """Add the app; Teams tells it twice, in its two ways."""
        chat = where or self.personal_chat(who)
        first = await self.deliver(
            self.activity("installationUpdate", who, chat, action="add"), chat
        )
        added = [{"id": self.bot_id}]
        update = self.activity("conversationUpdate", who, chat, membersAdded=added)
        second = await self.deliver(update, chat)
        first.posts += second.posts
        return first

    async def uninstall(self, who: Someone, where: Chat | None = None) -> Answer:
        chat = where or self.personal_chat(who)
        gone = self.activity("installationUpdate", who, chat, action="remove")
        return await self.deliver(gone, chat)

    async def members_added(self, where: Chat, *people: Someone) -> Answer:
        where.members.extend(people)
        accounts = [{"id": p.teams_id, "aadObjectId": p.object_id} for p in people]
        activity = self.activity("conversationUpdate", people[0], where, membersAdded=accounts)
        return await self.deliver(activity, where)

    async def members_removed(self, where: Chat, *people: Someone) -> Answer:
        where.members[:] = [one for one in where.members if one not in people]
        accounts = [{"id": person.teams_id} for person in people]
        activity = self.activity("conversationUpdate", people[0], where, membersRemoved=accounts)
        return await self.deliver(activity, where)

    async def place_event(self, event_type: str, who: Someone, where: Chat) -> Answer:
        """``channelRenamed``, ``teamArchived`` and their like; change the chat's names before."""
        activity = self.activity("conversationUpdate", who, where)
        activity["channelData"]["eventType"] = event_type
        activity["conversation"]["id"] = where.team_id or where.id
        return await self.deliver(activity, where)

    # -- the wire --------------------------------------------------------------------------

    def activity(self, type: str, who: Someone, chat: Chat, **given: Any) -> dict[str, Any]:
        """An activity as Teams writes it; ``given`` adds and replaces."""
        data: dict[str, Any] = {"tenant": {"id": chat.tenant}}
        if chat.team_id:
            data["team"] = {"id": chat.team_id, "name": chat.team_name}
            data["channel"] = {"id": chat.id, "name": chat.name}
        conversation: dict[str, Any] = {
            "id": chat.id,
            "conversationType": chat.kind,
            "tenantId": chat.tenant,
        }
        if chat.kind != "personal":
            conversation["isGroup"] = True
        whole: dict[str, Any] = {
            "type": type,
            "id": f"1600000{next(self._numbers):06}",
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
            _read(activity["name"], answer, chat)
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


def _read(name: str, answer: Answer, chat: Chat) -> None:
    """Read the answer of an invoke as a client of Teams does, with Microsoft's models."""
    status, body = answer.status, answer.body
    assert status < 500 or status == 501, f"{name}: {status} shows nothing in Teams"
    if status != 200:
        answer.error = body["error"]["code"]
    elif name == "adaptiveCard/action":
        _read_card_answer(answer)
    elif body and name != "application/search":
        _read_task_or_extension(name, answer, chat)


def _read_card_answer(answer: Answer) -> None:
    body = answer.body
    assert body.keys() == {"statusCode", "type", "value"}, body.keys()
    if body["type"] == "application/vnd.microsoft.error":
        answer.error, answer.text = body["value"]["code"], body["value"]["message"]
        assert body["statusCode"] in (400, 500)
    elif body["type"] == "application/vnd.microsoft.activity.message":
        answer.text = AdaptiveCardActionMessageResponse.model_validate(body).value
    else:
        AdaptiveCardActionCardResponse.model_validate(body)
        check_card(body["value"])
        answer._card = body["value"]


def _read_task_or_extension(name: str, answer: Answer, chat: Chat) -> None:
    body = answer.body
    if name.startswith("task/"):
        TaskModuleResponse.model_validate(body)
    elif name in ("composeExtension/query", "composeExtension/queryLink"):
        MessagingExtensionResponse.model_validate(body)
    else:
        MessagingExtensionActionResponse.model_validate(body)
    [kind] = body
    if kind == "task":
        _read_task(body["task"], answer, chat)
    else:
        _read_extension(body["composeExtension"], answer)


def _read_task(task: dict[str, Any], answer: Answer, chat: Chat) -> None:
    if task["type"] == "message":
        answer.text = task["value"]
        return
    info = task["value"]
    assert info["card"]["contentType"] == ADAPTIVE
    check_card(info["card"]["content"])
    answer.dialog = Dialog(info["title"], info["card"]["content"], chat)


def _read_extension(extension: dict[str, Any], answer: Answer) -> None:
    if extension["type"] == "message":
        answer.text = extension["text"]
    elif extension["type"] == "auth":
        answer.text = extension["suggestedActions"]["actions"][0]["value"]
    else:
        assert extension["type"] == "result", extension["type"]
        assert len(extension["attachments"]) <= 25
        for attachment in extension["attachments"]:
            assert attachment["contentType"] == ADAPTIVE
            check_card(attachment["content"])
            preview = attachment["preview"]
            assert preview["contentType"].endswith((".card.thumbnail", ".card.hero"))
            answer.rows.append(Row(preview["content"], attachment["content"]))
