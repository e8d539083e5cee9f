"""Steps that update an item of Outlook, or let it stand: pushed, restored, accepted."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from services.model.errors import Stale
from services.model.items import Content
from services.model.pairs import Pair, Side
from services.storage.repositories.links import LinkChanges
from services.sync.content.merge import Clash
from services.sync.content.shape import shape_of
from services.sync.execute.base import reverted
from services.sync.execute.pictures import pictured, recheck_picture, update
from services.sync.execute.recheck import recheck_remote, recheck_team
from services.sync.plan.survey import Step
from services.sync.state.link_pass import LinkPass
from services.sync.state.losers import losers

__all__ = ["accept", "keep", "push", "restore"]


async def push(run: LinkPass, step: Step) -> None:
    """Send what the team has changed, except for groups that Outlook has changed as well.

    There are such groups only when an import is about to leave the team: then Outlook's value
    stays, and the team's is stored as a loser. Should it not leave after all, the two are merged.
    """
    (pair, observed), item = step.seen, step.live
    content = run.leaving(item.content, pair)
    shape = shape_of(content)
    ours = shape.differing(content, pair.agreed or content)
    # The spelling is not known of what was gone and shows again; what was agreed on is.
    known = pair.echo or pair.agreed or observed.content
    both = ours & shape.differing(observed.content, known)
    if not both:
        await _send(run, step, content, ours, known=known)
        return
    apart = both & shape.differing(content, observed.content)
    clashes = tuple(Clash(group, Side.TEAM, content) for group in sorted(apart))
    lost = losers(run, pair, item, clashes)
    with_losers = replace(step, pair=replace(pair, lost=lost, is_apart=bool(apart)))
    async with run.offering(pair):
        await _send(run, with_losers, content, ours - both, known=known)


async def restore(run: LinkPass, step: Step) -> None:
    """Revert Outlook's item to what the team says; what it said instead is stored as a loser."""
    pair, observed = step.seen
    content = run.leaving(step.live.content, pair)
    shape = shape_of(content)
    if pair.agreed is None:
        # Joined just now: the person's own item stays as it is until Outlook may write to the team.
        is_apart = bool(shape.differing(content, observed.content))
        await accept(run, replace(step, pair=replace(pair, is_apart=is_apart)))
        return
    clashes = reverted(pair, content)
    with_losers = replace(pair, lost=losers(run, pair, step.live, clashes))
    groups = frozenset(clash.group for clash in clashes) | shape.differing(content, pair.agreed)
    if with_losers != pair:  # once it is written over, nothing tells what it was
        await keep(run, with_losers)
    try:
        await _send(run, replace(step, pair=with_losers), content, groups)
    except Stale:
        await keep(run, pair)  # nothing was lost: the next survey plans again
        raise


async def accept(run: LinkPass, step: Step) -> None:
    """Take what both sides say as the base, and write neither.

    Of a meeting only its own word is: nobody there has seen what another mailbox says.
    """
    pair, observed = step.seen
    is_copy = observed.mirror is None
    agreed = run.leaving(step.live.content, pair) if is_copy else observed.content
    met = replace(pair, agreed=agreed, echo=observed.content, mirror=observed.mirror, refused=0)
    await keep(run, met)


async def _send(
    run: LinkPass,
    step: Step,
    content: Content,
    groups: frozenset[StrEnum],
    known: Content | None = None,
) -> None:
    """Write some groups of a content to Outlook.

    Args:
        run: the pass.
        step: what is carried out.
        content: what Outlook is to say.
        groups: what of it is sent; none = the pair alone is written.
        known: what the team knows of Outlook's side beside these; ``None`` = all that is observed.
    """
    (pair, observed), item = step.seen, step.live
    seen = await recheck_remote(run, pair, observed)
    observed = await recheck_picture(run, pair, observed, item, groups)
    await recheck_team(run, item)
    echo = known or observed.content
    agreed = replace(pair, agreed=content, echo=echo, mirror=None, refused=0)
    groups -= run.policy.keeps(seen.content, observed.content)
    if not groups:
        await keep(run, agreed)
        return
    now = await update(run, seen, observed, content, groups)
    # If the answer differs in a group that was not sent, somebody has changed it since our check:
    # that stays a change of theirs. So does what the team may not see of it.
    agreed = replace(agreed, echo=shape_of(content).overlay(echo, now.content, groups))
    told = replace(run.observe(now, agreed), epoch=observed.epoch)
    await keep(run, pictured(run, replace(agreed, observed=told), observed, groups))


async def keep(run: LinkPass, pair: Pair) -> None:
    """Write a pair."""
    await run.commit(LinkChanges(put_pairs=(pair,)))
