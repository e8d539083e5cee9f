"""The people and places that an activity names, in the words of the model."""

from __future__ import annotations

import re

from bot.wire import Json, Malformed, needed, part, text
from services.model.conversations import Conversation, Member
from services.model.identity import ConversationId, ConversationKind, ObjectId, Person, TenantId

__all__ = ["find_person", "member", "read_person", "read_place", "tenant_of"]

NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,63}")
"""Entra ids are GUIDs; the Playground and samples use other short words."""
OWNER, GUEST = "owner", "guest"
"""The ``userRole`` of a team's owner, and of a guest; others are ``user``."""


def tenant_of(body: Json) -> TenantId:
    """Return the tenant in which this happens.

    Raises:
        Malformed: none is named.
    """
    tenant = text(part(part(body, "channelData"), "tenant"), "id") or text(
        part(body, "conversation"), "tenantId"
    )
    if not NAME.fullmatch(tenant):
        raise Malformed("the tenant is missing")
    return TenantId(tenant.lower())


def find_person(account: Json, tenant: TenantId) -> Person | None:
    """Return who an account of Teams belongs to; ``None`` for bots and strangers.

    An activity calls the Entra id ``aadObjectId``, a roster ``objectId``:
    https://learn.microsoft.com/microsoftteams/platform/bots/how-to/get-teams-context
    """
    object_id = account.get("aadObjectId") or account.get("objectId")
    if not isinstance(object_id, str) or not NAME.fullmatch(object_id):
        return None
    own = account.get("tenantId")
    if isinstance(own, str) and NAME.fullmatch(own):
        tenant = TenantId(own.lower())
    return Person(tenant, ObjectId(object_id.lower()))


def read_person(account: Json, body: Json) -> Person:
    """Return the sender.

    Raises:
        Malformed: Teams does not say who it is.
    """
    person = find_person(account, tenant_of(body))
    if person is None:
        raise Malformed("from.aadObjectId is missing")
    return person


def member(account: Json, tenant: TenantId) -> Member | None:
    """Return a member as the roster keeps them; ``None`` for bots."""
    person = find_person(account, tenant)
    if person is None:
        return None
    role = text(account, "userRole")
    return Member(
        person, _name_of(account), text(account, "id"), role == OWNER, is_guest=role == GUEST
    )


def read_place(body: Json) -> Conversation:
    """Return the conversation, without the thread that a channel's id may carry."""
    conversation, channel_data = part(body, "conversation"), part(body, "channelData")
    kind = _kind(text(conversation, "conversationType"))
    team, channel = part(channel_data, "team"), part(channel_data, "channel")
    in_channel, is_personal = kind is ConversationKind.CHANNEL, kind is ConversationKind.PERSONAL
    tenant = tenant_of(body)
    return Conversation(
        tenant=tenant,
        id=ConversationId(needed(conversation, "id").partition(";")[0]),
        kind=kind,
        name=text(channel if in_channel else conversation, "name"),
        team_id=text(team, "id"),
        team_name=text(team, "name"),
        group_id=text(team, "aadGroupId"),
        service_url=needed(body, "serviceUrl"),
        bot_id=text(part(body, "recipient"), "id"),
        person=find_person(part(body, "from"), tenant) if is_personal else None,
    )


def _name_of(account: Json) -> str:
    """Return what somebody is called; some rosters have the parts of their name alone."""
    parts = (text(account, "givenName"), text(account, "surname"))
    return text(account, "name") or " ".join(filter(None, parts))


def _kind(name: str) -> ConversationKind:
    if name in ("", "personal"):
        return ConversationKind.PERSONAL
    return ConversationKind.CHANNEL if name == "channel" else ConversationKind.GROUP
