"""Guards: what a pass asks its link's owner before it writes or deletes very much. Pure.

A first pass over calendars that are full on both sides shows a
:class:`~services.model.links.Preview` and waits for a start. A pass that would delete very many
items shows them first. Small first passes, and a new calendar that only fills up, are not asked
about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256

from services.model.accounts import Link
from services.model.items import ItemId
from services.model.links import Doomed, Preview
from services.sync.content.shape import shape_of
from services.sync.plan.survey import Step, Survey
from services.sync.rules.steps import Action, too_many_deletions
from services.sync.sides.expanded import series_of

__all__ = ["DELETIONS", "asks_first", "doomed_by", "preview_of"]

SMALL = 20
"""So many items may come and go at the first pass without a question."""
TITLES = 5
DELETIONS = frozenset({Action.DELETE_TEAM, Action.DELETE_REMOTE})
_MEETINGS = frozenset({Action.AGREE, Action.MERGE, Action.PULL, Action.RESTORE})


def preview_of(found: Survey) -> Preview:
    """Return what a first pass would do."""
    actions = [step.action for step in found.steps]
    looks = [step for step in found.steps if step.action is Action.LOOK]
    return Preview(
        come=actions.count(Action.CREATE_TEAM),
        go=actions.count(Action.CREATE_REMOTE) + found.size - len(actions),
        match=sum(action in _MEETINGS for action in actions)
        # Two that meet are looked at first.
        + sum(step.pair is not None and step.pair.agreed is None for step in looks),
    )


def asks_first(link: Link, preview: Preview) -> bool:
    """Return whether the owner should see the preview before anything is written."""
    if link.is_started or preview.come + preview.go <= SMALL:
        return False
    return not (link.is_ours and preview.come == 0)


def doomed_by(found: Survey) -> Doomed | None:
    """Return what would be deleted, if it is so much that the owner has to confirm it."""
    if not too_many_deletions(_counted(found.steps), found.pairs):
        return None
    doomed = [step for step in found.steps if step.action in DELETIONS]
    names = sorted(f"{step.action}/{step.pair.remote}" for step in doomed if step.pair)
    key = sha256("\n".join(names).encode()).hexdigest()[:32]
    return Doomed(len(doomed), tuple(map(_title, doomed[:TITLES])), key)


def _counted(steps: Iterable[Step]) -> Iterator[Action]:
    """Yield the actions; deleting all occurrences of one expanded series counts as one."""
    taken: set[ItemId] = set()
    for step in steps:
        team = step.pair.team if step.pair and step.action is Action.DELETE_REMOTE else None
        series = series_of(team) if team else None
        if series is None or series not in taken:
            yield step.action
        if series is not None:
            taken.add(series)


def _title(step: Step) -> str:
    content = step.item.content if step.item else None
    if step.pair is not None and step.pair.observed is not None:
        content = step.pair.observed.content
    return "" if content is None else str(shape_of(content).title(content))
