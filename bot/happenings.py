"""What Teams reports about places: installed, renamed, people who came and went.

One activity can hold several happenings (people joined while the bot was added), and most hold
none that the bot has a use for; :func:`read_happenings` returns what there is. The bot's own
arrival is told by ``installationUpdate``, so its entry among the new members is left out.

Reference:
https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/subscribe-to-conversation-events
"""

from __future__ import annotations

from dataclasses import replace

from bot.places import find_person, member, read_place, tenant_of
from bot.reading import client_language, client_zone
from bot.turn import Change, Happening
from bot.wire import Json, items, part, text
from services.model.identity import ConversationId, ConversationKind

__all__ = ["read_happenings"]

EVENTS = {
    "channelCreated": Change.CHANNEL_CREATED,
    "channelRenamed": Change.CHANNEL_RENAMED,
    "channelDeleted": Change.CHANNEL_DELETED,
    "channelRestored": Change.CHANNEL_RESTORED,
    "teamRenamed": Change.TEAM_RENAMED,
    "teamDeleted": Change.TEAM_DELETED,
    "teamHardDeleted": Change.TEAM_DELETED,
    "teamArchived": Change.TEAM_ARCHIVED,
    "teamUnarchived": Change.TEAM_UNARCHIVED,
    "teamRestored": Change.TEAM_RESTORED,
}
OF_A_CHANNEL = frozenset({"channelMemberAdded", "channelMemberRemoved"})
"""Somebody came to, or left, a private or shared channel: of its team they may know nothing."""
INSTALLATIONS = {
    "add": Change.INSTALLED,
    "add-upgrade": Change.INSTALLED,
    "remove": Change.UNINSTALLED,
    "remove-upgrade": Change.UNINSTALLED,
}


def read_happenings(body: Json) -> list[Happening]:
    """Return what an ``installationUpdate`` or ``conversationUpdate`` reports.

    Raises:
        Malformed: a field is missing or of a wrong type.
    """
    if body.get("type") == "installationUpdate":
        action = text(body, "action")
        change = INSTALLATIONS.get(action)
        return [_happening(body, change, fresh=action == "add")] if change else []
    if body.get("type") == "conversationUpdate":
        return _updates(body)
    return []


def _updates(body: Json) -> list[Happening]:
    found = []
    change = EVENTS.get(text(part(body, "channelData"), "eventType"))
    if change:
        found.append(_happening(body, change))
    elif text(body, "topicName"):
        renamed = _happening(body, Change.CHAT_RENAMED)
        place = replace(renamed.conversation, name=text(body, "topicName"))
        found.append(replace(renamed, conversation=place))
    bot, tenant = text(part(body, "recipient"), "id"), tenant_of(body)
    came = [member(a, tenant) for a in items(body, "membersAdded") if a.get("id") != bot]
    members = tuple(somebody for somebody in came if somebody)
    if members:
        found.append(replace(_happening(body, Change.MEMBERS_ADDED), members=members))
    left = [text(account, "id") for account in items(body, "membersRemoved")]
    if others := tuple(one for one in left if one != bot):
        found.append(replace(_happening(body, Change.MEMBERS_REMOVED), left=others))
    return found


def _happening(body: Json, change: Change, *, fresh: bool = True) -> Happening:
    place = read_place(body)
    channel_data = part(body, "channelData")
    team, channel = part(channel_data, "team"), part(channel_data, "channel")
    if change.startswith("channel") or text(channel_data, "eventType") in OF_A_CHANNEL:
        place = replace(
            place,
            id=ConversationId(text(channel, "id") or place.id),
            name=text(channel, "name"),
            kind=ConversationKind.CHANNEL,
        )
    elif team:  # a team's General channel has the team's id
        place = replace(
            place,
            id=ConversationId(text(team, "id") or place.id),
            kind=ConversationKind.CHANNEL,
            name=place.name if text(team, "id") == place.id else "",
        )
    return Happening(
        change=change,
        conversation=place,
        person=find_person(part(body, "from"), tenant_of(body)),
        zone=client_zone(body),
        language=client_language(body),
        fresh=fresh,
    )
