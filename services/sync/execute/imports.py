"""Bring many new items from Outlook into the book at once.

A first sync may bring ten thousand. Alone, each of them costs a look at the rights, at the book and
at its posts, and two commits; together, eighty share them. What is written is the same, in the same
order: the book first, then the pairs. A crash in between leaves items under ids that follow from
where they came from, so the next pass reads the round again and finds them.
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
    """Whether a step brings what the team never had, and an item of its own."""
    if step.action is not Action.CREATE_TEAM or step.item is not None or step.pair is None:
        return False
    return step.pair.team is not None and series_of(step.pair.team) is None


async def import_all(run: LinkPass, steps: Sequence[Step]) -> bool:
    """Import all and return true; or nothing, where not all of them can be written together."""
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
    """Return the pair of what the team has now as Outlook says it."""
    observed, agreed = pair.observed, item.content
    assert observed is not None
    is_same = agreed is observed.content or agreed == observed.content
    if observed.mirror is None and not is_same:
        # What of it is not this mailbox's to say was left as it is, and is still to be put back.
        shape = shape_of(agreed)
        kept = shape.differing(agreed, observed.content)
        agreed = shape.overlay(agreed, observed.content, kept)
    met: Pair = copied(
        pair,
        agreed=agreed,
        echo=observed.content,
        mirror=observed.mirror,
        refused=0,
        is_double=False,  # somebody has made something of its own of it
    )
    run.revisit_unless_agreed(met, item.content)
    return met
