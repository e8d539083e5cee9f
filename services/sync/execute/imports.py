"""Import many new items from Outlook into the book, with few commits.

A first sync may bring ten thousand. One by one, each costs a check of the rights, reads of the book
and of its posts, and two commits; in a batch, eighty items share them. What is written is the same,
in the same order: the book first, then the pairs. After a crash in between, the next pass reads the
delta round again and finds the imports by their ids, which are derived from the remote ids.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.model.errors import Refused, Stale, TooLarge
from services.model.pairs import Pair
from services.storage.repositories.links import LinkChanges
from services.storage.wires import copied
from services.sync.content.shape import shape_of
from services.sync.plan.survey import Step
from services.sync.rules.steps import Action
from services.sync.sides.expanded import series_of
from services.sync.sides.team import TeamItem
from services.sync.state.link_pass import LinkPass

__all__ = ["AT_ONCE", "import_all", "imported_pair", "is_bulk_import"]

AT_ONCE = 80
"""Items that come in together: each is one record of the book and one pair, and a commit holds 98.
"""


def is_bulk_import(step: Step) -> bool:
    """Whether a step imports an item that the team never had, and no occurrence of a series."""
    if step.action is not Action.CREATE_TEAM or step.item is not None or step.pair is None:
        return False
    return step.pair.team is not None and series_of(step.pair.team) is None


async def import_all(run: LinkPass, steps: Sequence[Step]) -> bool:
    """Import all and return ``True``, or none if they cannot be written in one commit."""
    pairs = {step.pair.team: step.pair for step in steps if step.pair and step.pair.team}
    seen = {id: pair.observed for id, pair in pairs.items() if pair.observed}
    try:
        items = await run.team.add({id: (each.content, each.mirror) for id, each in seen.items()})
    except (Refused, Stale, TooLarge):
        return False
    run.own_revisions |= {item.revision for item in items}
    met = [imported_pair(run, pairs[item.id], item) for item in items]
    await run.commit_all([LinkChanges(put_pairs=(pair,)) for pair in met])
    return True


def imported_pair(run: LinkPass, pair: Pair, item: TeamItem[Any]) -> Pair:
    """Return the pair of an item that the team now has as Outlook shows it."""
    observed, agreed = pair.observed, item.content
    assert observed is not None
    is_same = agreed is observed.content or agreed == observed.content
    if observed.mirror is None and not is_same:
        # What this mailbox may not change was left as it was, and is still to be reverted there.
        shape = shape_of(agreed)
        kept = shape.differing(agreed, observed.content)
        agreed = shape.overlay(agreed, observed.content, kept)
    met: Pair = copied(
        pair,
        agreed=agreed,
        echo=observed.content,
        mirror=observed.mirror,
        refused=0,
        is_double=False,  # somebody has edited it, so it is an item of its own now
        double_of=None,
    )
    run.revisit_unless_agreed(met, item.content)
    return met
