"""Bring one link into step, and see to it that it happens again.

Each pass puts its own successor, due in about a quarter of an hour: the net below notifications,
which may be late, lost or never come. Where there are none at all, it comes in five minutes. Only a
link that is paused, or whose account is closed, has none; whoever opens it again puts one.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from services.accounts.accounts import Accounts
from services.accounts.links import Links
from services.accounts.outlook_folders import OutlookFolders
from services.graph.answers import LONGEST_WAIT
from services.jobs.first_sync import FirstSync
from services.jobs.mailbox_turn import mailbox_turn
from services.jobs.now_and_then import NowAndThen
from services.jobs.tell_person import telling
from services.model.accounts import Account, AccountState, Link, LinkId
from services.model.budgets import Budgets
from services.model.errors import (
    AlmanacError,
    ConsentNeeded,
    Damaged,
    NoMailbox,
    NotFound,
    SignInNeeded,
    Stale,
    StoreAway,
    StoreBusy,
    Throttled,
    Unreachable,
    Upstream,
)
from services.model.identity import Person
from services.model.notices import Announcer
from services.model.tasks import Task, link_of, sync_task
from services.model.times import Clock
from services.storage.store import Store
from services.sync.engine import Engine, Outcome

__all__ = ["SyncLink"]

LEASED_FOR = 180.0
SWEPT_EVERY = timedelta(minutes=15)
SWEPT_ALONE_EVERY = timedelta(minutes=5)
"""Where nobody tells of changes: there is no public address, or Graph makes no subscription."""
JITTER = 120.0
SOON = timedelta(seconds=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncLink:
    """Carries out ``sync_link``."""

    store: Store
    engine: Engine
    accounts: Accounts
    links: Links
    folders: OutlookFolders
    announcer: Announcer
    clock: Clock
    random: Random
    owner: str
    budgets: Budgets

    async def __call__(self, task: Task) -> None:
        """Make a pass over the link of the task."""
        person, link_id = link_of(task)
        account = await self.store.accounts.get(person)
        if account is None or account.state is not AccountState.CONNECTED:
            return  # signing in queues its links anew
        self._wait_for(account)
        with suppress(NotFound):  # the link was removed meanwhile
            link = await self.store.links.get(person, link_id)
            if await self.links.is_lost(link):
                await self._let_go(link)
            else:
                await self._attempt(link)

    async def _let_go(self, link: Link) -> None:
        """Take from a person what they may not see any more, and tell them."""
        await self.links.remove(link.person, link.id, keep_copies=False)
        await self.store.tasks.put(telling(link, "link_lost", self.clock.now()))

    def _wait_for(self, account: Account) -> None:
        if account.not_before is None:
            return
        wait = (account.not_before - self.clock.now()).total_seconds()
        if 0 < wait <= LONGEST_WAIT:  # else it was written before the clock was set back
            raise Throttled(wait)

    async def _attempt(self, link: Link) -> None:
        person, link_id = link.person, link.id
        try:
            outcome = await self._pass(person, link_id)
        except SignInNeeded:
            await self._close(person, link_id, AccountState.SIGN_IN_NEEDED)
            return
        except ConsentNeeded:
            await self._close(person, link_id, AccountState.AWAITING_APPROVAL)
            return
        except (StoreBusy, StoreAway):
            raise  # of Microsoft 365 that says nothing
        except (Upstream, Damaged) as err:
            await self._note(person, link_id, _problem(err))
            if isinstance(err, Throttled):
                await self._rest(person, self.clock.now() + timedelta(seconds=err.retry_after))
            raise
        if not outcome.problem:
            await self.store.tasks.put(sync_task(person, link_id, self._next(link, outcome)))
        elif link.active or link.told != outcome.problem:
            # A chat may be out of reach now, and this process may end here.
            await self.store.tasks.put(telling(link, "link_paused", self.clock.now()))
        if outcome.put_back:
            await self.store.tasks.put(telling(link, "put_back", self.clock.now()))
        if link.told != outcome.problem:
            await self._told(link, outcome.problem)

    async def _told(self, link: Link, problem: str) -> None:
        with suppress(Stale):  # they are told once more: better than never
            now = await self.store.links.get(link.person, link.id)
            await self.store.links.save(replace(now, told=problem))

    async def _pass(self, person: Person, link_id: LinkId) -> Outcome:
        turn = mailbox_turn(self.store.links, self.budgets, person, self.owner, LEASED_FOR)
        async with turn as lease:
            link = await self.folders.settle(await self.store.links.get(person, link_id))
            tell = FirstSync(link, self.announcer, self.store.counts, NowAndThen(self.clock))
            outcome = await self.engine.sync(lease, link_id, tell=tell)
        now = await self.store.links.get(person, link_id)
        if now.synced_at is not None:
            await tell.finish(now.tally.in_step)
        return outcome

    def _next(self, link: Link, outcome: Outcome) -> datetime:
        now, told_by = self.clock.now(), link.subscription
        is_told = told_by is not None and told_by.expires_at > now
        wait = SOON if not outcome.is_done else SWEPT_EVERY if is_told else SWEPT_ALONE_EVERY
        return now + wait + timedelta(seconds=self.random.uniform(0, JITTER))

    async def _close(self, person: Person, link_id: LinkId, state: AccountState) -> None:
        await self._note(person, link_id, state.value)
        await self.accounts.close(person, state)

    async def _note(self, person: Person, link_id: LinkId, problem: str) -> None:
        link = await self.store.links.get(person, link_id)
        if link.last_problem != problem:
            with suppress(Stale):  # another worker knows better
                await self.store.links.save(replace(link, last_problem=problem))

    async def _rest(self, person: Person, until: datetime) -> None:
        account = await self.store.accounts.get(person)
        if account is not None:
            with suppress(Stale):  # the next request is told to wait as well
                await self.store.accounts.save(replace(account, not_before=until))


def _problem(failure: AlmanacError) -> str:
    """Return the word for what kept a pass from its end; see ``Link.last_problem``."""
    match failure:
        case Throttled():
            return "throttled"
        case Unreachable():
            return "unreachable"
        case NoMailbox():
            return "no_mailbox"
        case _:
            return "failed"
