"""Keep one book and one Outlook calendar, or contact folder, in step.

:meth:`Engine.sync` makes one pass over a link: recover, pull, plan, execute. Every step can be
repeated, so whatever cuts a pass short, the next one repairs it. Plan and execute alternate until
nothing is left to do: a merge writes the team's side only and is sent after the next survey, and
whatever has changed since a survey is planned again.

The caller holds the mailbox's lease. What goes wrong with one item is stored with that item; what
concerns the whole link is raised, or returned in :class:`Outcome`.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from services.books.sharing import Sharing
from services.model.accounts import Link, LinkId
from services.model.books import Book, BookKind, Role
from services.model.errors import NotFound
from services.model.links import Word
from services.model.times import Clock
from services.storage.repositories.leases import MailboxLease
from services.storage.store import Store
from services.sync.execute.batches import Batch, batches, carry_out
from services.sync.plan.answers import answer_to, apply_answer, keep_doomed
from services.sync.plan.guards import asks_first, doomed_by, preview_of
from services.sync.plan.survey import Step, Survey, survey
from services.sync.pull.pull import pull
from services.sync.pull.replacements import restore_originals
from services.sync.recover import recover
from services.sync.rules.policy import policy_of
from services.sync.rules.steps import Action
from services.sync.sides.expanded import ExpandedCalendar
from services.sync.sides.outlook import Outlook
from services.sync.sides.pictures import TeamPictures
from services.sync.sides.team import Team
from services.sync.state.link_pass import LinkPass, Tell

__all__ = ["Engine", "Outcome"]

SURVEYS = 6
"""Alternations of plan and execute in one pass; what is left then waits for the next pass."""
STEPS_AT_ONCE = 8
"""Single steps under way at once; the client sends two requests of a mailbox at a time."""
BATCHES_AT_ONCE = 2
"""While one waits for Outlook, the intents of the next are written down."""

_RANK = {
    # The team's side first: what comes in may settle what would go out. Deletions in Outlook last.
    Action.CREATE_TEAM: 0,
    Action.AGREE: 0,
    Action.PULL: 0,
    Action.MERGE: 0,
    Action.ACCEPT: 0,
    Action.LOOK: 1,
    Action.FORGET: 1,
    Action.DELETE_TEAM: 1,
    Action.PUSH: 2,
    Action.RESTORE: 2,
    Action.CREATE_REMOTE: 3,
    Action.DELETE_REMOTE: 4,
    Action.WITHDRAW: 4,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a pass ended."""

    problem: str = ""
    """Why the link is paused: ``preview``, ``too_many_deletions``, ``calendar_gone``; empty = it is
    not."""
    is_done: bool = True
    """``False``: something is still changing; come back soon."""
    put_back: int = 0
    """How many changes it reverted in Outlook, made by somebody who may not change the book."""


class Engine:
    """Passes over links.

    Args:
        store: where both sides' records are.
        team_of: opens the book that a link names; see :func:`services.sync.sides.team.team_sides`.
        outlook_of: opens the calendar or folder that a link names; the book says its kind and zone.
        clock: the time.
    """

    def __init__(
        self,
        store: Store,
        team_of: Callable[[Link, Book], Team[Any]],
        outlook_of: Callable[[Link, Book], Outlook[Any]],
        clock: Clock,
    ) -> None:
        self._store = store
        self._team_of = team_of
        self._outlook_of = outlook_of
        self._clock = clock
        self._sharing = Sharing(store)

    async def sync(
        self,
        lease: MailboxLease,
        link_id: LinkId,
        *,
        tell: Tell | None = None,
    ) -> Outcome:
        """Make a pass over a link of the mailbox.

        Args:
            lease: the mailbox's.
            link_id: which of its links.
            tell: called after each step with how many are done, and of how many.

        Raises:
            LeaseLost: another worker has the mailbox now.
            SignInNeeded: the account has to be connected again.
            Upstream: Microsoft 365 does not answer, or asks to wait.
        """
        run = await self._begin(lease, link_id)
        run.tell = tell
        if not run.link.active:
            return Outcome(run.link.last_problem)
        try:
            await apply_answer(run)
            await recover(run)
            await pull(run)
            await restore_originals(run)
        except NotFound:
            return await _pause(run, "calendar_gone")
        outcome = await _bring_into_step(run)
        if run.failing:  # all other items are in step
            raise run.failing[0]
        return outcome

    def _team(self, link: Link, book: Book) -> Team[Any]:
        team = self._team_of(link, book)
        if book.kind is not BookKind.CALENDAR:
            return team
        return ExpandedCalendar(team, self._clock, link.settings)

    async def _begin(self, lease: MailboxLease, link_id: LinkId) -> LinkPass:
        link = await self._store.links.get(lease.person, link_id)
        book = await self._store.books.get(link.book_tenant, link.book)
        role = await self._sharing.role_of(link.person, book)
        may_write = role is not None and role >= Role.EDITOR and not book.archived
        return LinkPass(
            links=self._store.links,
            team=self._team(link, book),
            outlook=self._outlook_of(link, book),
            clock=self._clock,
            book=book,
            pictures=TeamPictures(self._store, book),
            tasks=self._store.tasks,
            lease=lease,
            link=link,
            policy=policy_of(link.settings, may_write=may_write),
            cursor=await self._store.links.cursor(link),
        )


async def _bring_into_step(run: LinkPass) -> Outcome:
    put_back, may_delete = 0, False
    for _ in range(SURVEYS):
        found = await survey(run)
        if not found.size:
            return replace(await _finish(run, found), put_back=put_back)
        preview, doomed = preview_of(found), doomed_by(found)
        if asks_first(run.link, preview):
            return await _pause(run, "preview", preview=preview)
        if doomed is not None and not may_delete:
            word = answer_to(run.link, doomed)
            if word is Word.NONE:
                return await _pause(run, "too_many_deletions", doomed=doomed)
            if word is Word.KEEP:
                await keep_doomed(run, found.steps)
                continue
            may_delete = True
        if run.link.loose is not None:
            await run.update_link(loose=None)
        if run.link.synced_at is None and not run.total:
            run.done = found.tally.in_step  # what an earlier process has done already
        run.total = run.done + found.told
        put_back += sum(step.is_put_back for step in found.steps)
        ranks = _by_rank(found)
        del found  # what a step holds of both sides is freed as soon as the step is done
        for queues in ranks:
            for queue in queues:
                await _carry_out(run, queue)
            await run.keep_round()
    return Outcome(is_done=False, put_back=put_back)


@dataclass(frozen=True, slots=True)
class _Queue:
    """Batches of one rank, each about other items: any of them may go first."""

    batches: deque[Batch]
    at_once: int


async def _carry_out(run: LinkPass, queue: _Queue) -> None:
    """Carry out the batches of a queue, some at a time.

    An error ends the queue: what is under way is finished, and nothing else is begun.
    """
    waiting = queue.batches

    async def hand() -> None:
        try:
            while waiting:
                await carry_out(run, waiting.popleft())
        finally:
            waiting.clear()
            await run.commit_answered()

    ended = await asyncio.gather(*(hand() for _ in range(queue.at_once)), return_exceptions=True)
    for each in ended:
        if isinstance(each, BaseException):
            raise each


async def _finish(run: LinkPass, found: Survey) -> Outcome:
    await run.keep_round()
    await run.update_link(
        active=True,
        synced_at=run.clock.now(),
        last_problem="",
        # What could not be done yet is planned again by the next pass.
        team_revision=run.link.team_revision if run.come_back_soon else found.revision,
        is_started=True,
        preview=None,
        doomed=None,
        word=Word.NONE,
        tally=found.tally,
        loose=found.loose,
        coming=(),
        has_parts=found.has_parts,
    )
    # An open create waits for the delta to show its item, and a new item for a read to show it.
    return Outcome(is_done=not run.come_back_soon and not await run.under_way())


async def _pause(run: LinkPass, problem: str, **asked: Any) -> Outcome:
    await run.keep_round()
    await run.update_link(active=False, last_problem=problem, word=Word.NONE, **asked)
    return Outcome(problem)


def _by_rank(found: Survey) -> list[list[_Queue]]:
    """Return what is to be done, rank by rank; a rank begins when the one before it is done."""
    ranks: dict[int, list[_Queue]] = {
        rank: [
            _Queue(deque(some), STEPS_AT_ONCE if is_single else BATCHES_AT_ONCE)
            for is_single, some in groupby(batches(ranked), key=lambda each: len(each) == 1)
        ]
        for rank, ranked in groupby(sorted(found.steps, key=_rank), key=_rank)
    }
    if found.new:
        creates = ranks.setdefault(_RANK[Action.CREATE_REMOTE], [])
        creates.append(_Queue(deque(found.new), BATCHES_AT_ONCE))
    return [ranks[rank] for rank in sorted(ranks)]


def _rank(step: Step) -> int:
    return _RANK[step.action]
