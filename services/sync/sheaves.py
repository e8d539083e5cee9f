"""Which open creates share a record, and what is written of it when one of them ends.

The creates of a portion are written down in one record (:mod:`services.sync.exports`,
:mod:`services.storage.repositories.intents`). To everybody else they are creates like any other:
:func:`in_sheaves` turns what a step wants to write of each into what is written of their records,
in the same commit. So a record always holds just those of its creates that have not ended.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from services.model.items import ItemId
from services.model.pairs import Intent
from services.storage.repositories.intents import Sheaf
from services.storage.repositories.links import LinkChanges

__all__ = ["in_sheaves"]


def in_sheaves(changes: LinkChanges, open_creates: Mapping[ItemId, Intent]) -> LinkChanges:
    """Return changes with what lies in a sheaf said of the sheaf.

    Args:
        changes: put and drop creates one by one.
        open_creates: all there are before, by the team's item.
    """
    put = {intent.team: intent for intent in changes.put_intents}
    touched = [*put, *changes.drop_intents]
    lay_in = {team: open_creates[team].sheaf for team in touched if team in open_creates}
    names = {*lay_in.values(), *(intent.sheaf for intent in put.values())} - {""}
    if not names:
        return changes
    after = {**open_creates, **put}
    for team in changes.drop_intents:
        after.pop(team, None)
    lying: dict[str, list[Intent]] = {name: [] for name in names}
    for intent in after.values():
        if intent.sheaf in names:
            lying[intent.sheaf].append(intent)
    return replace(
        changes,
        put_intents=tuple(each for each in changes.put_intents if not each.sheaf),
        drop_intents=tuple(team for team in changes.drop_intents if not lay_in.get(team)),
        put_sheaves=tuple(Sheaf(name, tuple(intents)) for name, intents in sorted(lying.items())),
    )
