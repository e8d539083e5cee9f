"""Steps that end a pair: an item is deleted on one side, our copy withdrawn, or the pair dropped.

:mod:`services.sync.execute.execute` carries out all other steps.
"""

from __future__ import annotations

from dataclasses import replace

from services.model.errors import Stale
from services.model.pairs import Pair
from services.storage.repositories.links import LinkChanges
from services.sync.content.pictures import picture_of
from services.sync.execute.recheck import recheck_remote
from services.sync.execute.updates import keep
from services.sync.plan.survey import Step
from services.sync.pull.identity import may_show_again
from services.sync.pull.known_again import remembered, still_known
from services.sync.state.link_pass import LinkPass
from services.sync.state.pair_state import ended

__all__ = ["delete_remote", "delete_team", "untie", "withdraw"]


async def delete_team(run: LinkPass, step: Step) -> None:
    """Delete in the team what is gone in Outlook, or may not cross the link any more."""
    await run.team.delete(step.live.id, expect_revision=step.live.revision)
    await untie(run, step)


async def delete_remote(run: LinkPass, step: Step) -> None:
    """Delete in Outlook what the team has deleted."""
    pair, observed = step.seen
    seen = await recheck_remote(run, pair, observed)
    assert pair.team is not None
    item = await run.team.find(pair.team)
    if item is not None and not item.is_deleted:
        raise Stale
    await run.outlook.delete(seen)
    await _forget(run, step)


async def withdraw(run: LinkPass, step: Step) -> None:
    """Take our copy out of Outlook; the team's item stays."""
    await run.outlook.delete(await recheck_remote(run, *step.seen))
    await _forget(run, step)


async def untie(run: LinkPass, step: Step) -> None:
    """Drop a pair; if its item stays in Outlook, it is only observed from now on.

    An item that is gone from Outlook is remembered: if it shows after all, it is the same one.
    """
    pair = step.pair
    if pair is not None and pair.observed is not None:
        await keep(run, _untied(pair))
    elif pair is not None and _is_worth_it(pair, step) and may_show_again(pair, run.clock.now()):
        await keep(run, remembered(pair))
    else:
        await _forget(run, step)


def _is_worth_it(pair: Pair, step: Step) -> bool:
    """Tell whether there is anything that an item could have back: it was in the team once."""
    return step.item is not None or pair.is_double


def _untied(pair: Pair) -> Pair:
    """Return a pair whose item is only observed; if it crosses again, it is met with its base."""
    assert pair.observed is not None
    # By then its picture may be gone from the list, and is to be had from Outlook again.
    due = replace(pair.observed, picture_seen="", is_picture_due=True)
    seen = due if picture_of(pair.observed.content) else pair.observed
    if pair.is_double:  # its base is the original's
        pair = replace(pair, agreed=None, echo=None, is_double=False, double_of=None)
    return replace(ended(pair), team=None, observed=seen, former=None)


async def _forget(run: LinkPass, step: Step) -> None:
    pairs = (step.pair.remote,) if step.pair else ()
    creates = (step.aside.team,) if step.aside else ()
    first = still_known(step.pair.former, step.pair.team) if step.pair else ()
    kept = tuple(pair for pair in first if may_show_again(pair, run.clock.now()))
    await run.commit(LinkChanges(put_pairs=kept, drop_pairs=pairs, drop_intents=creates))
