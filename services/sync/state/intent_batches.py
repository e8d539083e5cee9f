"""The intents of a batch share a record: what is written of it when one of them ends. Pure.

Creates that go out together are written down in one record (:mod:`services.sync.execute.exports`,
:mod:`services.storage.repositories.intents`). Steps put and drop intents one by one;
:func:`in_batches` turns that into writes of whole records, in the same commit. So a record always
holds exactly those of its creates that have not ended.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from services.model.items import ItemId
from services.model.pairs import Intent
from services.storage.repositories.intents import IntentBatch
from services.storage.repositories.links import LinkChanges

__all__ = ["in_batches"]


def in_batches(changes: LinkChanges, open_creates: Mapping[ItemId, Intent]) -> LinkChanges:
    """Return the changes, with intents that belong to a batch written as their batch.

    Args:
        changes: they put and drop intents one by one.
        open_creates: all open creates before the changes, by the team's item.
    """
    put = {intent.team: intent for intent in changes.put_intents}
    touched = [*put, *changes.drop_intents]
    lay_in = {team: open_creates[team].batch for team in touched if team in open_creates}
    names = {*lay_in.values(), *(intent.batch for intent in put.values())} - {""}
    if not names:
        return changes
    after = {**open_creates, **put}
    for team in changes.drop_intents:
        after.pop(team, None)
    lying: dict[str, list[Intent]] = {name: [] for name in names}
    for intent in after.values():
        if intent.batch in names:
            lying[intent.batch].append(intent)
    return replace(
        changes,
        put_intents=tuple(each for each in changes.put_intents if not each.batch),
        drop_intents=tuple(team for team in changes.drop_intents if not lay_in.get(team)),
        put_batches=tuple(IntentBatch(name, tuple(some)) for name, some in sorted(lying.items())),
    )
