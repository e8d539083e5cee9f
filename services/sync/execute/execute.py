"""Last step of a pass: carry out one planned step, which writes one side of one item.

:func:`execute` checks again just before each write: the team's revision, and Outlook's change key.
If either has changed since the plan was made, the step is dropped, and the next survey plans it
from what is there then. After the write the pair is committed with its new base; after a crash
before that, the next pass finds both sides equal and only commits the base. A value that loses a
merge is stored before it is written over, since afterwards nobody could find it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import replace
from typing import Any

from services.model.accounts import RemoteId
from services.model.errors import (
    AlmanacError,
    ConsentNeeded,
    Failing,
    Refused,
    Rejected,
    SignInNeeded,
    Stale,
    Unreadable,
)
from services.model.items import Content, ItemId
from services.model.pairs import Observation, Pair
from services.storage.repositories.links import LinkChanges
from services.sync.content.merge import Base, Clash, merge, winner
from services.sync.content.shape import shape_of
from services.sync.execute.base import base_of, reverted
from services.sync.execute.imports import imported_pair
from services.sync.execute.pictures import look
from services.sync.execute.removals import delete_remote, delete_team, untie, withdraw
from services.sync.execute.updates import accept, keep, push, restore
from services.sync.plan.survey import Step
from services.sync.pull.known_again import is_taken_out
from services.sync.pull.replacements import former_of
from services.sync.recover import new_intent, refused, send
from services.sync.rules.steps import Action
from services.sync.sides.refusals import is_about_the_moment
from services.sync.sides.team import TeamItem
from services.sync.state.link_pass import LinkPass
from services.sync.state.losers import losers

__all__ = ["execute"]


async def execute(run: LinkPass, step: Step) -> None:
    """Carry out a step, or drop it if something has changed since it was planned.

    Raises:
        LeaseLost: another worker has the mailbox now.
        SignInNeeded: the mailbox is closed to us.
        Upstream: Microsoft 365 does not answer, asks to wait, or fails again and again.
    """
    try:
        await _CARRY_OUT[step.action](run, step)
    except (SignInNeeded, ConsentNeeded):
        raise
    except Stale:
        _plan_again(run, step)
    except Failing as err:
        run.leave_failing(err, *_names(step))
    except (Refused, Rejected, Unreadable) as err:
        if is_about_the_moment(err):
            _plan_again(run, step)
        else:
            await _give_up(run, step, err)


def _plan_again(run: LinkPass, step: Step) -> None:
    """Have the next survey look at what is there now."""
    if step.item is not None:
        run.revisit.add(step.item.id)
    elif step.pair is not None and step.pair.team is not None:
        run.revisit.add(step.pair.team)


async def _give_up(run: LinkPass, step: Step, err: AlmanacError) -> None:
    """Leave an item that one side refuses, so that it does not keep the others waiting."""
    run.given_up |= {*_names(step)}
    if step.pair is not None:
        await keep(run, refused(step.pair, err))


def _names(step: Step) -> Iterator[RemoteId | ItemId]:
    if step.item is not None:
        yield step.item.id
    if step.pair is not None:
        yield step.pair.remote


async def _create_team(run: LinkPass, step: Step) -> None:
    pair, observed = step.seen
    assert pair.team is not None
    if step.item is None:
        new = await run.team.write(pair.team, observed.content, observed.mirror, expect_revision=0)
        await keep(run, imported_pair(run, pair, new))
        return
    content, clashes = _brought_back(pair, observed, step.item)
    with_losers = replace(pair, lost=losers(run, pair, step.item, clashes)) if clashes else pair
    async with run.offering(pair) if clashes else nullcontext():
        written = await _write_over(run, pair, with_losers, step.item, content)
        await keep(run, imported_pair(run, with_losers, written))


def _brought_back(
    pair: Pair, observed: Observation, item: TeamItem[Any]
) -> tuple[Content, tuple[Clash[Any], ...]]:
    """Return what an item says that comes back, and what lost; it may have changed as it went.

    A mailbox took it out of the team: while it was nowhere to be seen, or by a setting, while
    another mailbox's copy was edited. How Outlook spelled what was agreed on may not be known any
    more.
    """
    if pair.agreed is None or not is_taken_out(item):
        return observed.content, ()
    base = Base(pair.agreed, pair.echo or pair.agreed)
    prefer, is_meeting = winner(item.updated_at, observed.changed_at), observed.mirror is not None
    merged = merge(item.content, observed.content, base, prefer=prefer, read_only=is_meeting)
    return merged.content, merged.clashes


async def _merge(run: LinkPass, step: Step) -> None:
    """Merge into the team's copy; what remains for Outlook is a PUSH of the next survey."""
    (pair, observed), item = step.seen, step.live
    told = run.leaving(item.content, pair)
    merged = merge(
        item.content,
        observed.content,
        base_of(run.link, pair, item, told),
        prefer=winner(item.updated_at, observed.changed_at),
        read_only=observed.mirror is not None,
    )
    clashes = merged.clashes
    if item.is_anothers:
        # What another mailbox's meeting says is not lost: it still stands there.
        clashes = () if observed.mirror else reverted(pair, told)
    with_losers = replace(pair, lost=losers(run, pair, item, clashes))
    async with run.offering(pair) if clashes else nullcontext():
        agreed = merged.agreed
        if step.action is Action.AGREE:
            agreed = run.leaving(merged.content, pair)
        if _differs(merged.content, item) or item.mirror != observed.mirror:
            written = await _write_over(run, pair, with_losers, item, merged.content)
            if _differs(merged.content, written):  # not all of it is this mailbox's to change
                run.revisit.add(item.id)
                if observed.mirror is not None:
                    # A meeting is never written, so no later step would bring them together.
                    agreed = run.leaving(written.content, pair)
        merged_pair = replace(
            with_losers,
            agreed=agreed,
            echo=observed.content,
            mirror=observed.mirror,
            is_apart=False,
            refused=0,
        )
        await keep(run, merged_pair)
        run.revisit_unless_agreed(merged_pair, merged.content)


async def _write_over(
    run: LinkPass, pair: Pair, with_losers: Pair, item: TeamItem[Any], content: Content
) -> TeamItem[Any]:
    """Write the team's copy and return it; its losers are stored first.

    After a crash in between both sides would be equal, and nobody could tell that there was a
    loser.
    """
    assert pair.observed is not None
    if with_losers != pair:
        await keep(run, with_losers)
    try:
        return await run.team.write(
            item.id, content, pair.observed.mirror, expect_revision=item.revision
        )
    except Stale:
        await keep(run, pair)  # nothing was lost: the next survey merges again
        raise


async def _create_remote(run: LinkPass, step: Step) -> None:
    """Write the create down, then send it."""
    item = step.live
    content = run.leaving(item.content, step.pair)
    intent = new_intent(run, item.id, content, item.revision)
    if before := step.pair or step.aside:
        intent = replace(intent, lost=before.lost, former=former_of(before))
    gone = (step.pair.remote,) if step.pair else ()
    await run.commit(LinkChanges(put_intents=(intent,), drop_pairs=gone))
    await send(run, intent, first=True)
    if intent.content != content:
        run.revisit.add(item.id)


_CARRY_OUT: Mapping[Action, Callable[[LinkPass, Step], Awaitable[None]]] = {
    Action.AGREE: _merge,
    Action.ACCEPT: accept,
    Action.PULL: _merge,
    Action.MERGE: _merge,
    Action.PUSH: push,
    Action.CREATE_TEAM: _create_team,
    Action.CREATE_REMOTE: _create_remote,
    Action.DELETE_TEAM: delete_team,
    Action.DELETE_REMOTE: delete_remote,
    Action.FORGET: untie,
    Action.RESTORE: restore,
    Action.WITHDRAW: withdraw,
    Action.LOOK: look,
}


def _differs(content: Content, item: TeamItem[Any]) -> bool:
    return bool(shape_of(content).differing(content, item.content))
