"""Where the app is, and who is there: what Teams tells about its places, followed.

Two doors. :meth:`Conversations.seen` is for every turn whose place is about to be used: whoever
speaks somewhere is a member there, which is how people get rights before any roster was read.
The others each take one happening. A place that is archived or gone has archived books: they can
still be read. Rosters of a team's channels differ (private and shared ones), so people who join a
team are added to the place that was named, and the others are put down to be read anew; people
who leave it lose all of its channels at once.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.books.book_changes import change_book
from services.books.left_roles import forget_roles
from services.books.rosters import met, with_owners
from services.model.books import BookKind
from services.model.conversations import Conversation, Member
from services.model.errors import Stale
from services.model.identity import (
    ConversationHome,
    ConversationId,
    ConversationKind,
    Person,
    TenantId,
)
from services.model.tasks import Task, TaskKind, sync_task
from services.model.times import Clock
from services.people.departures import Departures
from services.storage.store import Store

__all__ = ["Conversations"]

REMEMBERED = 4096
"""People in places whose last turn is kept in mind."""
FRESH = timedelta(minutes=5)
"""For so long the next turn of the same person in the same place writes and reads nothing."""
AT_ONCE = timedelta()
LOOKED_AT_EVERY = timedelta(minutes=14)
"""After so long a roster is read anew: whoever left unnoticed loses their access by then."""
TRIES = 5


@dataclass(frozen=True, slots=True)
class Sighting:
    """Who was seen where, and when."""

    conversation: Conversation
    member: Member
    known: Conversation
    """The place as it is kept."""
    at: datetime

    def shows(self, conversation: Conversation, member: Member) -> bool:
        """Whether a turn tells nothing that this one did not."""
        return self.conversation == conversation and self.member == member


class Conversations:
    """Use cases of places."""

    def __init__(self, store: Store, clock: Clock, departures: Departures | None = None) -> None:
        self._departures = departures or Departures(store, clock)
        self._directory = store.conversations
        self._books = store.books
        self._links = store.links
        self._tasks = store.tasks
        self._clock = clock
        self._recent: OrderedDict[tuple[ConversationId, Person], Sighting] = OrderedDict()

    async def find(self, tenant: TenantId, id: ConversationId) -> Conversation | None:
        """Return what is known of a place, or ``None``."""
        return await self._directory.get(tenant, id)

    async def seen(
        self, conversation: Conversation, member: Member, *, is_installed: bool = True
    ) -> Conversation:
        """Keep what a turn shows: the place as it is now, and that this person is in it.

        Args:
            conversation: the place; empty names are not known rather than gone.
            member: who speaks.
            is_installed: whether the app must be installed for this turn to happen; it need not
                be where somebody only used the compose box.
        """
        key = conversation.id, member.person
        last = self._recent.get(key)
        now = self._clock.now()
        if last and last.shows(conversation, member) and now - last.at < FRESH:
            return last.known
        known = await self._keep(conversation, is_installed=is_installed)
        before = await self._directory.member(known.tenant, known.id, member.person)
        after = met(member, before, known)
        if before != after:
            await self._directory.put_members(known.tenant, known.id, [after])
        self._recent[key] = Sighting(conversation, member, known, now)
        self._recent.move_to_end(key)
        while len(self._recent) > REMEMBERED:
            self._recent.popitem(last=False)
        return known

    async def installed(self, conversation: Conversation) -> Conversation:
        """Follow an installation: the place is in use, and its roster is to be read."""
        known = await self._keep(conversation, is_installed=True)
        await self._follow(known)
        return known

    async def uninstalled(self, tenant: TenantId, id: ConversationId) -> None:
        """Follow a removal: nothing is sent there any more.

        The books stay, unless this was the last place of the organisation: then for a while.
        """
        known = await self._directory.get(tenant, id)
        if known is not None:
            for each in await self._with_channels(known):
                await self._change(each, lambda one: replace(one, installed=False))
            await self._departures.left(tenant)
        self._recent.clear()

    async def members_added(self, conversation: Conversation, members: Sequence[Member]) -> None:
        """Follow people who came to a place, or to a team by its General channel."""
        known = await self._keep(conversation, is_installed=True)
        before = [
            await self._directory.member(known.tenant, known.id, member.person)
            for member in members
        ]
        pairs = zip(members, before, strict=True)
        come = [met(member, known_as, known) for member, known_as in pairs]
        await self._directory.put_members(known.tenant, known.id, come)
        for channel in await self._with_channels(known):
            if channel.id != known.id:
                await self._follow(channel)

    async def members_removed(
        self, tenant: TenantId, id: ConversationId, teams_ids: Iterable[str]
    ) -> None:
        """Follow people who left a place; a team's, and they have left all of its channels."""
        left = frozenset(teams_ids)
        known = await self._directory.get(tenant, id)
        for each in await self._with_channels(known) if known else ():
            for member in await self._directory.roster(tenant, each.id):
                if member.teams_id in left:
                    await self._directory.remove_member(tenant, each.id, member.person)
                    await self._look_again(member.person)
            await forget_roles(self._books, each, await self.roster(tenant, each.id))
        self._recent.clear()

    async def roster_read(
        self, tenant: TenantId, id: ConversationId, members: Sequence[Member]
    ) -> None:
        """Make these the members, as Teams has just listed them."""
        known = await self._directory.get(tenant, id)
        listed = with_owners(members, known) if known else members
        before = {member.person for member in await self._directory.roster(tenant, id)}
        await self._directory.replace_roster(tenant, id, listed)
        gone = before - {member.person for member in listed}
        for person in gone:
            await self._look_again(person)
        if known is not None:
            if gone:
                await forget_roles(self._books, known, listed)
            if known.installed and known.kind is not ConversationKind.PERSONAL:
                # Teams does not tell of everybody who goes: so their time is bounded.
                await self._follow(known, LOOKED_AT_EVERY)
        self._recent.clear()

    async def roster(self, tenant: TenantId, id: ConversationId) -> tuple[Member, ...]:
        """Return who is in a place, as far as it is known."""
        return await self._directory.roster(tenant, id)

    async def created(self, conversation: Conversation) -> None:
        """Follow a new channel."""
        await self._follow(await self._keep(conversation, is_installed=True))

    async def renamed(self, conversation: Conversation) -> None:
        """Follow a new name of a channel or chat."""
        known = await self._directory.get(conversation.tenant, conversation.id)
        if known is not None:
            await self._change(known, lambda one: replace(one, name=conversation.name))

    async def team_renamed(self, tenant: TenantId, team_id: str, name: str) -> None:
        """Follow a new name of a team."""
        for channel in await self._directory.of_team(tenant, team_id):
            await self._change(channel, lambda one: replace(one, team_name=name))

    async def deleted(self, tenant: TenantId, id: ConversationId) -> None:
        """Follow a channel that is gone; it may be restored for some weeks."""
        known = await self._directory.get(tenant, id)
        if known is not None:
            await self._set_archived(known, archived=True)

    async def restored(self, tenant: TenantId, id: ConversationId) -> None:
        """Follow a channel that came back."""
        known = await self._directory.get(tenant, id)
        if known is not None:
            await self._set_archived(known, archived=False)

    async def team_archived(self, tenant: TenantId, team_id: str) -> None:
        """Follow a team that is archived or deleted: nothing can be written there."""
        for channel in await self._directory.of_team(tenant, team_id):
            await self._set_archived(channel, archived=True)

    async def team_restored(self, tenant: TenantId, team_id: str) -> None:
        """Follow a team that is in use again."""
        for channel in await self._directory.of_team(tenant, team_id):
            await self._set_archived(channel, archived=False)

    async def _keep(self, seen: Conversation, *, is_installed: bool) -> Conversation:
        """Store a place that is new, or what has changed of one that is known."""
        known = await self._directory.get(seen.tenant, seen.id)
        if is_installed and not (known and known.installed):
            await self._departures.came(seen.tenant)
        if known is None:
            try:
                new = await self._directory.save(replace(seen, installed=is_installed, etag=""))
            except Stale:  # another turn was faster
                return await self._keep(seen, is_installed=is_installed)
            if is_installed and new.person is None:
                # Teams tells of a team's General channel alone, and of nobody who is here already.
                await self._follow(new)
            return new
        return await self._change(known, lambda one: _updated(one, seen, is_installed))

    async def _change(
        self, known: Conversation, change: Callable[[Conversation], Conversation]
    ) -> Conversation:
        """Write a change, unless it changes nothing; again when somebody was faster."""
        for _ in range(TRIES):
            changed = change(known)
            if changed == known:
                return known
            try:
                return await self._directory.save(changed)
            except Stale:
                known = await self._directory.get(known.tenant, known.id) or known
        raise Stale("the conversation keeps changing")

    async def _set_archived(self, known: Conversation, *, archived: bool) -> Conversation:
        """Archive a place with its books, or bring them back."""
        known = await self._change(known, lambda one: replace(one, archived=archived))
        home = ConversationHome(known.tenant, known.id)
        for kind in BookKind:
            for book in await self._books.of_home(home, kind, even_deleted=True):
                await change_book(
                    self._books, book, lambda one: replace(one, archived=archived or one.retired)
                )
        self._recent.clear()
        return known

    async def _with_channels(self, known: Conversation) -> tuple[Conversation, ...]:
        """Return the place, and all channels of its team where it stands for the team."""
        if not known.team_id or known.team_id != known.id:
            return (known,)
        return await self._directory.of_team(known.tenant, known.team_id)

    async def _look_again(self, person: Person) -> None:
        """Have the links of somebody looked at who may have lost sight of what they are with."""
        for link in await self._links.of_person(person):
            await self._tasks.put(sync_task(person, link.id, self._clock.now()))

    async def _follow(self, conversation: Conversation, after: timedelta = AT_ONCE) -> None:
        """Put down that a roster is to be read from Teams."""
        await self._tasks.put(
            Task(
                kind=TaskKind.FOLLOW_CONVERSATION,
                tenant=conversation.tenant,
                key=conversation.id,
                payload={"conversation": conversation.id},
                due_at=self._clock.now() + after,
            )
        )


def _updated(known: Conversation, seen: Conversation, is_installed: bool) -> Conversation:
    """Return what is known after another look; what a look does not tell stays as it was."""
    return replace(
        known,
        name=seen.name or known.name,
        team_id=seen.team_id or known.team_id,
        team_name=seen.team_name or known.team_name,
        group_id=seen.group_id or known.group_id,
        service_url=seen.service_url or known.service_url,
        bot_id=seen.bot_id or known.bot_id,
        person=seen.person or known.person,
        installed=known.installed or is_installed,
    )
