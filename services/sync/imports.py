"""Bring many new items from Outlook into the book at once.

A first sync may bring ten thousand. Alone, each of them costs a look at the rights, at the book and
at its posts, and two commits; together, forty share them. What is written is the same, in the same
order: the book first, then the pairs. A crash in between leaves items under ids that follow from
their pairs, so the next pass finds them. Where a commit fails, each goes its own way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from services.model.errors import Refused, Stale, TooLarge
from services.storage.repositories.links import LinkChanges
from services.sync.execute import execute, imported
from services.sync.link_pass import LinkPass
from services.sync.plan import Action
from services.sync.survey import Step
from services.sync.unfolded import series_of

__all__ = ["carry_out", "portions"]

AT_ONCE = 40
"""Each is a record and a line of the audit log; a commit holds 98 records."""


def portions(steps: Iterable[Step]) -> Iterator[list[Step]]:
    """Cut steps into what is carried out together: imports by the dozen, all others alone."""
    new: list[Step] = []
    for step in steps:
        if _is_new(step):
            new.append(step)
        else:
            yield [step]
    yield from (new[first : first + AT_ONCE] for first in range(0, len(new), AT_ONCE))


async def carry_out(run: LinkPass, portion: Sequence[Step]) -> None:
    """Carry out the steps of a portion; raises what :func:`execute` does."""
    if len(portion) == 1 or not await _are_imported(run, portion):
        for step in portion:
            await execute(run, step)
    await run.count(len(portion))


def _is_new(step: Step) -> bool:
    if step.action is not Action.CREATE_TEAM or step.item is not None or step.pair is None:
        return False
    return step.pair.team is not None and series_of(step.pair.team) is None


async def _are_imported(run: LinkPass, portion: Sequence[Step]) -> bool:
    """Import all and return true, or nothing."""
    pairs = {step.pair.team: step.pair for step in portion if step.pair and step.pair.team}
    seen = {id: pair.observed for id, pair in pairs.items() if pair.observed}
    try:
        items = await run.team.add({id: (each.content, each.mirror) for id, each in seen.items()})
    except (Refused, Stale, TooLarge):
        return False
    run.own |= {item.revision for item in items}
    met = [imported(run, pairs[item.id], item) for item in items]
    await run.commit_all([LinkChanges(put_pairs=(pair,)) for pair in met])
    return True
