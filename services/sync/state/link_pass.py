"""One pass over one link: the state that its four steps share, and their only way to write.

Every write goes through :meth:`LinkPass.commit`, which rewrites the mailbox's lease in the same
transaction: that is the fence. If another worker has taken the mailbox over, the commit is refused
and the pass ends with :class:`LeaseLost`; the other worker does what this one could not write.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import lru_cache
from typing import Any, cast

from services.books.ripples import MEANWHILE
from services.graph.client import IN_FLIGHT_BACKGROUND
from services.graph.remote_item import RemoteItem
from services.ids import id_of
from services.model.accounts import Link, LinkId, RemoteId
from services.model.books import Book
from services.model.errors import AlmanacError, Failing, Stale
from services.model.items import Content, ItemId
from services.model.pairs import Cursor, Intent, Observation, Pair
from services.model.tasks import offer_task
from services.model.times import Clock
from services.storage.queue import TaskQueue
from services.storage.repositories.leases import MailboxLease
from services.storage.repositories.links import LinkChanges, LinkRecords
from services.sync.rules.policy import Policy
from services.sync.sides.outlook import Outlook
from services.sync.sides.pictures import TeamPictures
from services.sync.sides.team import Team
from services.sync.state.commits import Commits
from services.sync.state.held import HeldPairs
from services.sync.state.intent_batches import in_batches
from services.sync.state.seen import observation
from services.sync.state.uncommitted import Uncommitted

__all__ = ["HANDS", "MOST_FAILING", "READS_LAG", "LeaseLost", "LinkPass", "Tell", "imported_id"]


Tell = Callable[[int, int], Awaitable[None]]

READS_LAG = timedelta(minutes=2)
"""Reads may lag behind writes: for so long after a create, *not there* proves nothing. Microsoft
promises no bound; its documentation of delta queries tells clients to expect replication delays."""

HANDS = IN_FLIGHT_BACKGROUND + 1
"""Creates under way at once: while one reads its answer, the others' requests are with Graph."""

MOST_FAILING = 3
"""Up to so many items of a pass may themselves cause a 5xx; beyond, it is the service."""


class LeaseLost(AlmanacError):
    """Another worker has the mailbox now."""


@dataclass(slots=True, kw_only=True)
class LinkPass:
    """The state of a pass; the link and the lease are replaced with each commit.

    Both sides hold contents of one kind, events or contacts. The types here do not say which:
    :func:`services.sync.content.shape.shape_of` tells for each content.
    """

    links: LinkRecords
    team: Team[Any]
    outlook: Outlook[Any]
    clock: Clock
    book: Book
    pictures: TeamPictures
    """Those of the book, if it is a contact list."""
    tasks: TaskQueue
    lease: MailboxLease
    link: Link
    policy: Policy
    tell: Tell | None = None
    """Called after each step with how many are done, and of how many."""
    come_back_soon: bool = False
    """Something could not be decided or done yet: reads lag, or the service failed at an item."""
    done: int = 0
    total: int = 0
    cursor: Cursor | None = None
    given_up: set[RemoteId | ItemId] = field(default_factory=set)
    """What this pass leaves alone from now on; a later one tries again."""
    awaited: set[RemoteId] = field(default_factory=set)
    """Replacements whose original has shown, and has its place back once they are in step."""
    revisit: set[ItemId] = field(default_factory=set)
    """Items that the next survey of this pass must look at, although nobody has changed them."""
    surveyed: int | None = None
    """The book's revision as of the last survey of this pass; ``None`` = there was none yet."""
    own_revisions: set[int] = field(default_factory=set)
    """Revisions of the book that this pass has written, and that no survey has to read."""
    hands: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(HANDS))
    """A batch of creates takes some, and keeps each until it has nothing more to send."""
    failing: list[Failing] = field(default_factory=list)
    """Answers of 5xx about single items; those items are left to a later pass."""
    is_ended: bool = False
    """An error has ended the pass: no create is sent any more."""
    answered: list[LinkChanges] = field(default_factory=list)
    """What is to be kept of creates that were answered: it goes with what is written next."""
    held: HeldPairs = field(init=False)
    uncommitted: Uncommitted = field(default_factory=Uncommitted)
    _intents: dict[ItemId, Intent] | None = None
    _commits: Commits = field(init=False)

    def __post_init__(self) -> None:
        self._commits = Commits(self._write)
        self.held = HeldPairs(self.links, self.link)

    @property
    def crosses(self) -> bool:
        """Whether anything may cross the link, in either direction."""
        return self.policy.lets_in or self.policy.lets_out

    async def intents(self) -> Mapping[ItemId, Intent]:
        """Return the open creates: those that were written down and have not ended."""
        if self._intents is None:
            self._intents = {each.team: each for each in await self.links.intents(self.link)}
        return self._intents

    async def under_way(self) -> Mapping[ItemId, Intent]:
        """Return the open creates that are still to be sent or found: not those set aside."""
        intents = await self.intents()
        return {id: intent for id, intent in intents.items() if not intent.is_set_aside}

    async def commit(self, changes: LinkChanges) -> None:
        """Write all or nothing; steps that write at the same moment share a commit.

        Raises:
            LeaseLost: another worker has the mailbox now, or somebody changed the link.
        """
        await self._commits.commit(changes)

    async def commit_all(self, changes: Sequence[LinkChanges]) -> None:
        """Write changes in as few commits as they fit in; raises what :meth:`commit` does."""
        await self._commits.commit_all(changes)

    async def commit_answered(self, changes: Sequence[LinkChanges] = ()) -> None:
        """Write what was answered, and changes behind it; raises what :meth:`commit` does."""
        answered, self.answered = self.answered, []
        await self.commit_all([*answered, *changes])

    async def commit_all_but_last(self, changes: Iterable[LinkChanges]) -> LinkChanges:
        """Write changes as they are made, and return the last; raises what :meth:`commit` does."""
        return await self._commits.commit_all_but_last(changes)

    async def _write(self, changes: LinkChanges) -> None:
        changes = self.uncommitted.with_cursor(changes)
        written = changes
        if changes.put_intents or changes.drop_intents:
            written = in_batches(changes, await self.intents())
        try:
            self.link = await self.links.commit(self.lease, self.link, written)
        except Stale as err:
            self.is_ended = True
            raise LeaseLost from err
        self.uncommitted.note(changes)
        self.held.note(changes)
        if self._intents is not None:
            self._intents |= {intent.team: intent for intent in changes.put_intents}
            for team in changes.drop_intents:
                self._intents.pop(team, None)

    def hold_back(self, pairs: Sequence[Pair]) -> None:
        """Hold the new pairs of a delta round in memory; the cursor is written with the last one.

        Without any new pair, the cursor is written with the next commit.
        """
        self.uncommitted.hold(pairs, self.cursor)
        self.held.note(LinkChanges(put_pairs=tuple(pairs)))

    async def keep_round(self) -> None:
        """Write the pairs of the delta round that no step has written, and the cursor."""
        await self.commit_all([LinkChanges(put_pairs=(pair,)) for pair in self.uncommitted.pairs])

    async def count(self, steps: int) -> None:
        """Count steps as done, and tell who listens."""
        self.done += steps
        if self.tell is not None:
            await self.tell(self.done, self.total)

    async def hold(self) -> None:
        """Renew the lease while nothing else is written, as in a long delta round.

        Raises:
            LeaseLost: another worker has the mailbox now.
        """
        try:
            await self.links.hold(self.lease)
        except Stale as err:
            raise LeaseLost from err

    @asynccontextmanager
    async def offering(self, pair: Pair) -> AsyncIterator[None]:
        """Wrap the writes of a merge with losers: afterwards a task offers them to their authors.

        The task is queued first, due later: after a crash it still runs, and offers what it finds.
        """
        task = offer_task(self.link.person, self.link.id, pair.remote, self.clock.now() + MEANWHILE)
        await self.tasks.put(task)
        yield
        await self.tasks.put(replace(task, due_at=self.clock.now()))

    async def update_link(self, **fields: Any) -> None:
        """Change fields of the link."""
        await self.commit(LinkChanges(link=replace(self.link, **fields)))

    def observe(
        self,
        item: RemoteItem[Any],
        pair: Pair | None = None,
        *,
        epoch: int | None = None,
        content: Content | None = None,
    ) -> Observation:
        """Return what is stored of an item as it was just seen.

        Args:
            item: the item.
            pair: its pair, if it has one: then only what the team may see is stored.
            epoch: another one than the current round's.
            content: an equal content, to be stored in place of the item's own object.
        """
        if epoch is None:
            epoch = self.cursor.epoch if self.cursor else 0
        content = item.content if content is None else content
        seen = observation(item, pair, content, epoch=epoch, crosses=self.crosses)
        return seen if pair is None else self.entering(seen, pair)

    def entering(self, seen: Observation, pair: Pair) -> Observation:
        """Return what the team may see of an item."""
        return self.policy.entering(seen, pair, is_import=self.is_import(pair))

    def leaving(self, content: Content, pair: Pair | None) -> Content:
        """Return what Outlook is to show of an item of the team."""
        is_import = pair is not None and self.is_import(pair)
        return self.policy.leaving(content, pair, is_import=is_import)

    def is_fresh(self, pair: Pair) -> bool:
        """Whether we made an item so recently that reads of Outlook may not show it yet."""
        return pair.made_at is not None and self.clock.now() - pair.made_at < READS_LAG

    def was_changed_lately(self, seen: Observation) -> bool:
        """Whether somebody changed an item in Outlook so recently that reads of it may lag."""
        return seen.changed_at is not None and self.clock.now() - seen.changed_at < READS_LAG

    def leave_failing(self, err: Failing, *about: RemoteId | ItemId) -> None:
        """Leave an item that the service fails at to a later pass, and go on with the others.

        Raises:
            Failing: too many items: it is the service.
        """
        if len(self.failing) == MOST_FAILING:
            raise err
        self.failing.append(err)
        self.given_up |= {*about}
        self.come_back_soon = True

    def revisit_unless_agreed(self, pair: Pair, content: Content) -> None:
        """Have the next survey look at a pair, unless the team's side equals the base.

        Args:
            pair: as it has just been written.
            content: what the team's item says.
        """
        told = self.leaving(content, pair)
        if pair.team is not None and told is not pair.agreed and told != pair.agreed:
            self.revisit.add(pair.team)

    def is_import(self, pair: Pair) -> bool:
        """Whether an item came, or would come, from Outlook; otherwise it is the team's own."""
        return pair.team is None or pair.team == imported_id(self.link, pair)


def imported_id(link: Link, pair: Pair) -> ItemId:
    """Return the id under which the team keeps what came from Outlook.

    It is derived from the remote id, so an import that was cut short finds what it has written.
    """
    return _imported_id(link.id, pair.origin or pair.remote)


@lru_cache(maxsize=1_000)
def _imported_id(link: LinkId, remote: RemoteId) -> ItemId:
    # A hash, and asked for several times in a row.
    return cast(ItemId, id_of("import", link, remote))
