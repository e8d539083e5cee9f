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
from enum import StrEnum
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
from services.model.pairs import Observation, Pair, Side
from services.storage.repositories.links import LinkChanges
from services.sync.content.merge import Base, Clash, merge, winner
from services.sync.content.shape import shape_of
from services.sync.execute.base import base_of, echo_of
from services.sync.execute.imports import imported_pair
from services.sync.execute.pictures import look, pictured, recheck_picture, update
from services.sync.execute.recheck import recheck_remote, recheck_team
from services.sync.execute.removals import delete_remote, delete_team, untie, withdraw
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
        await _put(run, refused(step.pair, err))


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
        await _put(run, imported_pair(run, pair, new))
        return
    content, clashes = _brought_back(pair, observed, step.item)
    with_losers = replace(pair, lost=losers(run, pair, step.item, clashes)) if clashes else pair
    async with run.offering(pair) if clashes else nullcontext():
        written = await _write_over(run, pair, with_losers, step.item, content)
        await _put(run, imported_pair(run, with_losers, written))


def _brought_back(
    pair: Pair, observed: Observation, item: TeamItem[Any]
) -> tuple[Content, tuple[Clash[Any], ...]]:
    """Return what an item says that comes back, and what lost; it may have changed as it went.

    A mailbox took it out of the team: while it was nowhere to be seen, or by a setting, while
    another mailbox's copy was edited. How Outlook spelled what was agreed on may not be known any
    more.
    """
    if pair.agreed is None or observed.mirror is not None or not is_taken_out(item):
        return observed.content, ()
    base = Base(pair.agreed, pair.echo or pair.agreed)
    prefer = winner(item.updated_at, observed.changed_at)
    merged = merge(item.content, observed.content, base, prefer=prefer)
    return merged.content, merged.clashes


async def _merge(run: LinkPass, step: Step) -> None:
    """Merge into the team's copy; what remains for Outlook is a PUSH of the next survey."""
    (pair, observed), item = step.seen, step.live
    merged = merge(
        item.content,
        observed.content,
        base_of(run.link, pair, item, run.leaving(item.content, pair)),
        prefer=winner(item.updated_at, observed.changed_at),
        read_only=observed.mirror is not None,
    )
    # What another mailbox's meeting says is not lost: it still stands there.
    clashes = () if item.is_anothers else merged.clashes
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
        await _put(run, merged_pair)
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
        await _put(run, with_losers)
    try:
        return await run.team.write(
            item.id, content, pair.observed.mirror, expect_revision=item.revision
        )
    except Stale:
        await _put(run, pair)  # nothing was lost: the next survey merges again
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


async def _push(run: LinkPass, step: Step) -> None:
    """Send what the team has changed, except for groups that Outlook has changed as well.

    There are such groups only when an import is about to leave the team: then Outlook's value
    stays, and the team's is stored as a loser. Should it not leave after all, the two are merged.
    """
    (pair, observed), item = step.seen, step.live
    content = run.leaving(item.content, pair)
    shape = shape_of(content)
    ours = shape.differing(content, pair.agreed or content)
    both = ours & shape.differing(observed.content, pair.echo or observed.content)
    if not both:
        await _send(run, step, content, ours)
        return
    apart = both & shape.differing(content, observed.content)
    clashes = tuple(Clash(group, Side.TEAM, content) for group in sorted(apart))
    lost = losers(run, pair, item, clashes)
    with_losers = replace(step, pair=replace(pair, lost=lost, is_apart=bool(apart)))
    async with run.offering(pair):
        if ours > both:
            await _send(run, with_losers, content, ours - both)
        else:
            await _accept(run, with_losers)


async def _restore(run: LinkPass, step: Step) -> None:
    """Revert Outlook's item to what the team says; what it said instead is stored as a loser."""
    pair, observed = step.seen
    content = run.leaving(step.live.content, pair)
    shape = shape_of(content)
    if pair.agreed is None or pair.echo is None:
        # Joined just now: the person's own item stays as it is until Outlook may write to the team.
        is_apart = bool(shape.differing(content, observed.content))
        await _accept(run, replace(step, pair=replace(pair, is_apart=is_apart)))
        return
    theirs = shape.differing(observed.content, echo_of(pair, content))
    clashes = [Clash(group, Side.REMOTE, observed.content) for group in sorted(theirs)]
    with_losers = replace(pair, lost=losers(run, pair, step.live, tuple(clashes)))
    groups = theirs | shape.differing(content, pair.agreed)
    if with_losers != pair:  # once it is written over, nothing tells what it was
        await _put(run, with_losers)
    try:
        await _send(run, replace(step, pair=with_losers), content, groups)
    except Stale:
        await _put(run, pair)  # nothing was lost: the next survey plans again
        raise


async def _accept(run: LinkPass, step: Step) -> None:
    """Take what both sides say as the base, and write neither.

    Of a meeting only its own word is: nobody there has seen what another mailbox says.
    """
    pair, observed = step.seen
    is_copy = observed.mirror is None
    agreed = run.leaving(step.live.content, pair) if is_copy else observed.content
    met = replace(pair, agreed=agreed, echo=observed.content, mirror=observed.mirror, refused=0)
    await _put(run, met)


async def _send(run: LinkPass, step: Step, content: Content, groups: frozenset[StrEnum]) -> None:
    """Write some groups of a content to Outlook."""
    (pair, observed), item = step.seen, step.live
    seen = await recheck_remote(run, pair, observed)
    observed = await recheck_picture(run, pair, observed, item, groups)
    await recheck_team(run, item)
    shape = shape_of(content)
    groups -= run.policy.keeps(seen.content, observed.content)
    if not groups:
        await _accept(run, step)
        return
    now = await update(run, seen, observed, content, groups)
    # If the answer differs in a group that was not sent, somebody has changed it since our check:
    # that stays a change of theirs. So does what the team may not see of it.
    echo = shape.overlay(observed.content, now.content, groups)
    agreed = replace(pair, agreed=content, echo=echo, mirror=None, refused=0)
    told = replace(run.observe(now, agreed), epoch=observed.epoch)
    await _put(run, pictured(run, replace(agreed, observed=told), observed, groups))


_CARRY_OUT: Mapping[Action, Callable[[LinkPass, Step], Awaitable[None]]] = {
    Action.AGREE: _merge,
    Action.ACCEPT: _accept,
    Action.PULL: _merge,
    Action.MERGE: _merge,
    Action.PUSH: _push,
    Action.CREATE_TEAM: _create_team,
    Action.CREATE_REMOTE: _create_remote,
    Action.DELETE_TEAM: delete_team,
    Action.DELETE_REMOTE: delete_remote,
    Action.FORGET: untie,
    Action.RESTORE: _restore,
    Action.WITHDRAW: withdraw,
    Action.LOOK: look,
}


async def _put(run: LinkPass, pair: Pair) -> None:
    await run.commit(LinkChanges(put_pairs=(pair,)))


def _differs(content: Content, item: TeamItem[Any]) -> bool:
    return bool(shape_of(content).differing(content, item.content))
