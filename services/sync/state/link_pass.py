"""One pass over one link: what its four steps share, and the only way they write.

Every write goes through :meth:`LinkPass.commit`, under the mailbox's lease. When another worker
has taken the mailbox over, the commit is refused and the pass ends with :class:`LeaseLost`;
nothing that it learned since is kept, and the other worker sees to it.
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
from services.sync.sides.team import Team
from services.sync.state.commits import Commits
from services.sync.state.held import HeldPairs
from services.sync.state.intent_batches import in_batches
from services.sync.state.uncommitted import Uncommitted

__all__ = ["MOST_FAILING", "READS_LAG", "LeaseLost", "LinkPass", "Tell", "imported_id"]


Tell = Callable[[int, int], Awaitable[None]]

READS_LAG = timedelta(minutes=2)
"""For so long after a create, *not there* proves nothing. Microsoft promises no bound; its
documentation of delta queries says that replication delays are to be expected."""


MOST_FAILING = 3
"""So many items of a pass may be at fault themselves; with more it is the service."""


class LeaseLost(AlmanacError):
    """Another worker has the mailbox now."""


@dataclass(slots=True, kw_only=True)
class LinkPass:
    """What a pass works with. The link and the lease move on with each commit.

    Both sides hold contents of one kind, which the book knows and the types here do not:
    :func:`services.sync.content.shape.shape_of` tells by each content.
    """

    links: LinkRecords
    team: Team[Any]
    outlook: Outlook[Any]
    clock: Clock
    book: Book
    tasks: TaskQueue
    lease: MailboxLease
    link: Link
    policy: Policy
    tell: Tell | None = None
    """Hears of each step that is done, of how many."""
    come_back_soon: bool = False
    """Something made lately has not shown yet, so it could not be looked at."""
    done: int = 0
    total: int = 0
    cursor: Cursor | None = None
    given_up: set[RemoteId | ItemId] = field(default_factory=set)
    """What this pass has given up; a later one tries again."""
    revisit: set[ItemId] = field(default_factory=set)
    """Items that the next survey of this pass has to look at, though nobody changed them since."""
    surveyed: int | None = None
    """The revision of the book that the last survey of this pass has seen."""
    own_revisions: set[int] = field(default_factory=set)
    """Revisions that this pass has made, and of which nothing has to be looked at."""
    places: asyncio.Semaphore = field(
        default_factory=lambda: asyncio.Semaphore(IN_FLIGHT_BACKGROUND)
    )
    """From which creates are sent. A batch keeps one until it has nothing more to send."""
    failing: list[Failing] = field(default_factory=list)
    """Answers of 5xx about single items, which are left to a later pass."""
    is_ended: bool = False
    """Something has ended the pass: no create is sent any more."""
    held: HeldPairs = field(init=False)
    uncommitted: Uncommitted = field(default_factory=Uncommitted)
    _intents: dict[ItemId, Intent] | None = None
    _commits: Commits = field(init=False)

    def __post_init__(self) -> None:
        self._commits = Commits(self._write)
        self.held = HeldPairs(self.links, self.link)

    async def intents(self) -> Mapping[ItemId, Intent]:
        """Return the creates that have begun and not ended."""
        if self._intents is None:
            self._intents = {each.team: each for each in await self.links.intents(self.link)}
        return self._intents

    async def under_way(self) -> Mapping[ItemId, Intent]:
        """Return the creates that go on by themselves: all but those that are set aside."""
        intents = await self.intents()
        return {id: intent for id, intent in intents.items() if not intent.is_set_aside}

    async def commit(self, changes: LinkChanges) -> None:
        """Write all of it or nothing; steps that write at the same moment share a commit.

        Raises:
            LeaseLost: another worker has the mailbox now, or somebody changed the link.
        """
        await self._commits.commit(changes)

    async def commit_all(self, changes: Sequence[LinkChanges]) -> None:
        """Write changes in as few commits as they fit in; raises what :meth:`commit` does."""
        await self._commits.commit_all(changes)

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
        """Have the cursor written with the last of what a round has shown for the first time.

        Where there is none, that is the next commit.
        """
        self.uncommitted.hold(pairs, self.cursor)
        self.held.note(LinkChanges(put_pairs=tuple(pairs)))

    async def keep_round(self) -> None:
        """Write what no step has written of what the round has shown, and the cursor."""
        await self.commit_all([LinkChanges(put_pairs=(pair,)) for pair in self.uncommitted.pairs])

    async def count(self, steps: int) -> None:
        """Note that so many steps are done."""
        self.done += steps
        if self.tell is not None:
            await self.tell(self.done, self.total)

    async def hold(self) -> None:
        """Keep the mailbox while nothing is written, as in a long round.

        Raises:
            LeaseLost: another worker has the mailbox now.
        """
        try:
            await self.links.hold(self.lease)
        except Stale as err:
            raise LeaseLost from err

    @asynccontextmanager
    async def offering(self, pair: Pair) -> AsyncIterator[None]:
        """Surround a merge that has losers: their authors are told once it is written.

        A crash in between leaves a task that finds them, or nothing to offer.
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
        """Return what is to be remembered of an item as it was just seen.

        Args:
            item: the item.
            pair: its own, where it has one: no more than the team may see of it is remembered.
            epoch: where it is not this one.
            content: another object that says what the item does.
        """
        if epoch is None:
            epoch = self.cursor.epoch if self.cursor else 0
        seen = Observation(
            change_key=item.change_key,
            content=item.content if content is None else content,
            mirror=item.mirror,
            keeps_text=item.keeps_text,
            transaction_id=item.transaction_id,
            uid=item.uid,
            epoch=epoch,
            changed_at=item.changed_at,
        )
        return seen if pair is None else self.entering(seen, pair)

    def entering(self, seen: Observation, pair: Pair) -> Observation:
        """Return what the team may see of an item."""
        return self.policy.entering(seen, pair, is_import=self.is_import(pair))

    def leaving(self, content: Content, pair: Pair | None) -> Content:
        """Return what Outlook is to show of an item of the team."""
        is_import = pair is not None and self.is_import(pair)
        return self.policy.leaving(content, pair, is_import=is_import)

    def is_fresh(self, pair: Pair) -> bool:
        """Whether we made an item so lately that reads of Outlook may not show it yet."""
        return pair.made_at is not None and self.clock.now() - pair.made_at < READS_LAG

    def leave_failing(self, err: Failing, *about: RemoteId | ItemId) -> None:
        """Leave what the service fails at to a later pass: others need not wait for it.

        Raises:
            Failing: that is no single item any more.
        """
        if len(self.failing) == MOST_FAILING:
            raise err
        self.failing.append(err)
        self.given_up |= {*about}
        self.come_back_soon = True

    def revisit_unless_agreed(self, pair: Pair, content: Content) -> None:
        """Have the next survey look at a pair, unless its sides say what was agreed on.

        Args:
            pair: as it has just been written.
            content: what the team's item says.
        """
        told = self.leaving(content, pair)
        if pair.team is not None and told is not pair.agreed and told != pair.agreed:
            self.revisit.add(pair.team)

    def is_import(self, pair: Pair) -> bool:
        """Whether an item came, or would come, from Outlook; else the team knew it before."""
        return pair.team is None or pair.team == imported_id(self.link, pair)


def imported_id(link: Link, pair: Pair) -> ItemId:
    """Return the id under which the team keeps what came from Outlook.

    It follows from where the item came from, so an import that crashed half-way finds itself.
    """
    return _imported_id(link.id, pair.origin or pair.remote)


@lru_cache(maxsize=1_000)
def _imported_id(link: LinkId, remote: RemoteId) -> ItemId:
    # A hash, and it is asked for some times in a row.
    return cast(ItemId, id_of("import", link, remote))
