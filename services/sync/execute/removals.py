"""Steps that end a pair: an item is deleted on one side, our copy withdrawn, or the pair dropped.

:mod:`services.sync.execute.execute` carries out all other steps.
"""

from __future__ import annotations

from dataclasses import replace

from services.model.errors import Stale
from services.model.pairs import Pair
from services.storage.repositories.links import LinkChanges
from services.sync.execute.recheck import recheck_remote
from services.sync.plan.survey import Step
from services.sync.pull.identity import may_be_elsewhere
from services.sync.sides.expanded import series_of
from services.sync.state.link_pass import LinkPass

__all__ = ["delete_remote", "delete_team", "untie", "withdraw"]


async def delete_team(run: LinkPass, step: Step) -> None:
    """Delete in the team what is gone in Outlook, or may not cross the link any more."""
    item, pair = step.live, step.pair
    await run.team.delete(item.id, expect_revision=item.revision)
    if pair and may_be_elsewhere(pair, run.clock.now()) and series_of(item.id) is None:
        # If it shows under another id, it is the same event, with its history.
        await _put(run, replace(_untied(pair), team=item.id))
    else:
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
    """Drop a pair; if its item stays in Outlook, it is only observed from now on."""
    if step.pair is None or step.pair.observed is None:
        await _forget(run, step)
    else:
        await _put(run, _untied(step.pair))


def _untied(pair: Pair) -> Pair:
    untied = replace(pair, team=None, agreed=None, echo=None, mirror=None, is_apart=False)
    return replace(untied, refused=0, why="", lost=(), former=None, is_double=False)


async def _put(run: LinkPass, pair: Pair) -> None:
    await run.commit(LinkChanges(put_pairs=(pair,)))


async def _forget(run: LinkPass, step: Step) -> None:
    pairs = (step.pair.remote,) if step.pair else ()
    creates = (step.aside.team,) if step.aside else ()
    await run.commit(LinkChanges(drop_pairs=pairs, drop_intents=creates))
