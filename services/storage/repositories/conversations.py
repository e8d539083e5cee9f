"""Conversations in which the app is installed, and who is in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from services.model.conversations import Conversation, Member
from services.model.identity import ConversationId, ConversationKind, Person, TenantId
from services.storage.codec import decode, encode
from services.storage.repositories import places
from services.storage.repositories.batches import commit_all
from services.storage.repositories.stamps import bare, restamped, stamping
from services.storage.sealed import Remove, Seal, SealedWrite
from services.storage.vault import Vault

__all__ = ["ConversationDirectory"]

_KIND = "conversation"
_MEMBER = "member"
_DEPARTURE = "departure"
_ASKED = "asked"
_REMEMBERED = 500


class ConversationDirectory:
    """Finds conversations by id, by person and by team, and keeps their rosters."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._open = stamping(Conversation, remember=_REMEMBERED)

    async def get(self, tenant: TenantId, id: ConversationId) -> Conversation | None:
        """Return a conversation of a tenant, or ``None``."""
        opened = await (await places.conversations(self._vault, tenant)).get(_KIND, id)
        return None if opened is None else self._open(opened)

    async def save(self, conversation: Conversation) -> Conversation:
        """Store it; a new one has no etag.

        Raises:
            Stale: it has changed since it was read, or a new one exists already.
        """
        partition = await places.conversations(self._vault, conversation.tenant)
        seal = Seal(
            kind=_KIND,
            id=conversation.id,
            body=bare(conversation),
            labels=_labels(conversation),
            expect=conversation.etag,
        )
        return restamped(conversation, await partition.commit([seal]))

    async def all(self, tenant: TenantId) -> tuple[Conversation, ...]:
        """Return every place of a tenant, in no order."""
        partition = await places.conversations(self._vault, tenant)
        return tuple(map(self._open, await partition.find(_KIND)))

    async def remove(self, conversation: Conversation) -> None:
        """Forget a place."""
        partition = await places.conversations(self._vault, conversation.tenant)
        await partition.commit([Remove(kind=_KIND, id=conversation.id)])

    async def of_person(self, person: Person) -> Conversation | None:
        """Return the personal chat with somebody, the newest if there are several."""
        partition = await places.conversations(self._vault, person.tenant)
        opened = await partition.find(_KIND, [_person_label(person)])
        newest = max(opened, key=lambda each: each.revision, default=None)
        return None if newest is None else self._open(newest)

    async def of_team(self, tenant: TenantId, team_id: str) -> tuple[Conversation, ...]:
        """Return the channels of a team."""
        partition = await places.conversations(self._vault, tenant)
        channels = map(self._open, await partition.find(_KIND, [_team_label(team_id)]))
        return tuple(sorted(channels, key=lambda channel: channel.id))

    async def is_installed_in(self, tenant: TenantId) -> bool:
        """Tell whether the app is in any place of a tenant."""
        return any(place.installed for place in await self.all(tenant))

    async def departed_at(self, tenant: TenantId) -> datetime | None:
        """Return when the app was gone from the last of a tenant's places; ``None`` = it is not."""
        partition = await places.conversations(self._vault, tenant)
        opened = await partition.get(_DEPARTURE, _DEPARTURE)
        return None if opened is None else datetime.fromisoformat(opened.body.decode())

    async def put_departure(self, tenant: TenantId, since: datetime | None) -> None:
        """Remember since when the app is gone, or that it is back."""
        partition = await places.conversations(self._vault, tenant)
        if since is None:
            await partition.commit([Remove(kind=_DEPARTURE, id=_DEPARTURE)])
        else:
            body = since.isoformat().encode()
            await partition.commit([Seal(kind=_DEPARTURE, id=_DEPARTURE, body=body)])

    async def end_asked_at(self, tenant: TenantId) -> datetime | None:
        """Return when an administrator asked for the tenant's end; ``None`` = nobody did."""
        partition = await places.conversations(self._vault, tenant)
        opened = await partition.get(_DEPARTURE, _ASKED)
        return None if opened is None else datetime.fromisoformat(opened.body.decode())

    async def put_end_asked(self, tenant: TenantId, since: datetime | None) -> None:
        """Remember since when the end is asked for, or that it is no longer."""
        partition = await places.conversations(self._vault, tenant)
        if since is None:
            await partition.commit([Remove(kind=_DEPARTURE, id=_ASKED)])
        else:
            body = since.isoformat().encode()
            await partition.commit([Seal(kind=_DEPARTURE, id=_ASKED, body=body)])

    async def roster(self, tenant: TenantId, id: ConversationId) -> tuple[Member, ...]:
        """Return the members, by name."""
        opened = await (await places.roster(self._vault, tenant, id)).find(_MEMBER)
        members = [decode(Member, each.body) for each in opened]
        return tuple(sorted(members, key=lambda member: (member.name, member.teams_id)))

    async def member(self, tenant: TenantId, id: ConversationId, person: Person) -> Member | None:
        """Return one member, or ``None`` where this person is not in the conversation."""
        partition = await places.roster(self._vault, tenant, id)
        opened = await partition.get(_MEMBER, _member_id(person))
        return None if opened is None else decode(Member, opened.body)

    async def put_members(
        self, tenant: TenantId, id: ConversationId, members: Sequence[Member]
    ) -> None:
        """Add members, or bring up to date those that are there."""
        partition = await places.roster(self._vault, tenant, id)
        await commit_all(partition, map(_sealed_member, _one_each(members)))

    async def remove_member(self, tenant: TenantId, id: ConversationId, person: Person) -> None:
        """Take a member away; nothing happens where there is none."""
        partition = await places.roster(self._vault, tenant, id)
        await partition.commit([Remove(kind=_MEMBER, id=_member_id(person))])

    async def replace_roster(
        self, tenant: TenantId, id: ConversationId, members: Sequence[Member]
    ) -> None:
        """Make these the members, and write only what differs."""
        partition = await places.roster(self._vault, tenant, id)
        stored = {each.id: each.body for each in await partition.find(_MEMBER)}
        wanted = {seal.id: seal for seal in map(_sealed_member, _one_each(members))}
        gone: list[SealedWrite] = [
            Remove(kind=_MEMBER, id=member) for member in stored if member not in wanted
        ]
        changed = [seal for member, seal in wanted.items() if stored.get(member) != seal.body]
        await commit_all(partition, [*gone, *changed])


def _labels(conversation: Conversation) -> list[str]:
    labels = []
    if conversation.kind is ConversationKind.PERSONAL and conversation.person is not None:
        labels.append(_person_label(conversation.person))
    if conversation.team_id:
        labels.append(_team_label(conversation.team_id))
    return labels


def _person_label(person: Person) -> str:
    return f"chat with {person.object_id}"


def _team_label(team_id: str) -> str:
    return f"channel of {team_id}"


def _one_each(members: Sequence[Member]) -> list[Member]:
    return list({member.person: member for member in members}.values())


def _sealed_member(member: Member) -> Seal:
    return Seal(kind=_MEMBER, id=_member_id(member.person), body=encode(member))


def _member_id(person: Person) -> str:
    # With the tenant: guests and people of shared channels come from other organisations.
    return f"{person.tenant}/{person.object_id}"
