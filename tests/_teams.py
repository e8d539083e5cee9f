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

from collections.abc import Mapping, Sequence
from typing import Any

from tests._teams_answers import Answer, Dialog, Row
from tests._teams_cards import button, filled_in
from tests._teams_connector import ADAPTIVE, Chat, Posted, Someone, check_card
from tests._teams_files import attached, offered
from tests._teams_wire import BOT_NAME, TeamsWire

__all__ = ["Answer", "Chat", "Dialog", "FakeTeams", "Posted", "Row", "Someone"]


class FakeTeams(TeamsWire):
    """Teams with people in it; :class:`~tests._teams_wire.TeamsWire` is what they write through."""

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
        sent = attached(name, url or f"{self.origin}/drive/sent/{self.drive.put(data)}")
        activity = self.activity("message", who, chat, text=words, attachments=[sent])
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
        return Posted(f"sent-{next(self.numbers)}", where, {"attachments": [attachment]})

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
