"""Third step of a pass: look at both sides and plan a step for each pair that is not in step.

:func:`survey` reads what is stored - pairs, open intents, the team's changes - and asks
:mod:`services.sync.plan.pair_plan` about each pair that may have changed. It writes nothing, but
for the first meeting of two sides, where items that are one and the same become a pair.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any

from services.model.accounts import RemoteId
from services.model.items import Content, ItemId
from services.model.links import Tally
from services.model.pairs import Intent, Observation, Pair
from services.storage.wires import copied
from services.sync.plan.packed import Pack
from services.sync.plan.pair_plan import (
    has_changed,
    is_only_pictured,
    or_look,
    plan_pair,
    says_more,
)
from services.sync.plan.team_changes import TeamChanges, is_for_outlook, team_changes
from services.sync.pull.identity import may_be_elsewhere, may_show_again
from services.sync.rules.join import join, join_by_uid
from services.sync.rules.meetings import among_mailboxes
from services.sync.rules.steps import Action
from services.sync.sides.expanded import series_of
from services.sync.sides.team import TeamItem
from services.sync.state.link_pass import LinkPass, imported_id
from services.sync.state.losers import is_being_told
from services.sync.state.pair_state import (
    is_in_step,
    is_settled,
    named,
    tally,
)

__all__ = ["Step", "Survey", "survey"]

_REMOVALS = frozenset({Action.WITHDRAW, Action.DELETE_REMOTE, Action.DELETE_TEAM, Action.FORGET})
"""Steps that end a pair, and with it the losers that it keeps."""


@dataclass(frozen=True, slots=True)
class Step:
    """What to do about one item, and what it was planned from."""

    action: Action
    pair: Pair | None
    """``None`` for an item of the team that was never in Outlook."""
    item: TeamItem[Any] | None
    """The team's record or its tombstone, where there is one."""
    aside: Intent | None = None
    """The create that was set aside, if the step is about one."""
    is_put_back: bool = False
    """It reverts a change in Outlook by somebody who may not change the book."""

    @property
    def live(self) -> TeamItem[Any]:
        """The team's record, in a step that is about one."""
        assert self.item is not None
        return self.item

    @property
    def seen(self) -> tuple[Pair, Observation]:
        """The pair and its observation, in a step about an item that is in Outlook."""
        assert self.pair is not None and self.pair.observed is not None
        return self.pair, self.pair.observed


@dataclass(frozen=True, slots=True)
class Survey:
    """What is to be done."""

    steps: tuple[Step, ...]
    pairs: int
    """How many pairs the link has."""
    revision: int
    """The book's revision up to which this was planned."""
    tally: Tally
    loose: tuple[RemoteId, ...] | None = None
    """See ``Link.loose``."""
    has_parts: bool = True
    """See ``Link.has_parts``."""
    new: Sequence[Pack] = ()
    """Creates in Outlook, in addition to the steps."""

    @property
    def size(self) -> int:
        """How many items there is something to do about."""
        return len(self.steps) + sum(pack.count for pack in self.new)

    @property
    def told(self) -> int:
        """How many of these somebody who watches is told of: a look alone brings nothing over."""
        return self.size - sum(step.action is Action.LOOK for step in self.steps)


async def survey(run: LinkPass) -> Survey:
    """Return what is to be done so that both sides say the same."""
    run.cursor = run.cursor or await run.links.cursor(run.link)
    team = await team_changes(run)
    if run.link.loose == () and not team.to_look_at and not team.new:
        return Survey(
            steps=(),
            pairs=0,
            revision=team.revision,
            tally=run.link.tally,
            loose=(),
            has_parts=run.link.has_parts,
        )
    await run.held.include((), team.to_look_at)
    pairs = sorted((await run.held.pairs()).values(), key=lambda pair: pair.remote)
    under_way = set(await run.under_way())
    if run.link.synced_at is None:
        pairs = _meet(run, pairs, team, under_way)
    steps = [step for pair in pairs if (step := await _step_for(run, team, pair))]
    known = {pair.team for pair in pairs} | {step.item.id for step in steps if step.item}
    asides = await _asides(run, team, known)
    steps += [each for each in asides if each.aside and each.aside.team not in run.given_up]
    left_alone = known | set(await run.intents()) | run.given_up
    unknown = [each for each in team.changed.values() if each.id not in left_alone]
    steps += [Step(Action.CREATE_REMOTE, None, it) for it in unknown if is_for_outlook(run, it)]
    return Survey(
        steps=tuple(steps),
        pairs=len(pairs) + run.held.others,
        revision=team.revision,
        tally=tally(
            pairs,
            (await run.intents()).values(),
            others=run.held.others,
            unread=len(run.link.unread),
        ),
        loose=None if steps or team.new or under_way or asides else _loose(run, pairs),
        has_parts=run.held.has_parts or any(p.team and series_of(p.team) for p in pairs),
        new=team.new,
    )


def _loose(run: LinkPass, pairs: Iterable[Pair]) -> tuple[RemoteId, ...] | None:
    return named({*run.held.others_loose, *(p.remote for p in pairs if not is_settled(p))})


def _meet(
    run: LinkPass, pairs: Iterable[Pair], team: TeamChanges, under_way: Set[ItemId]
) -> list[Pair]:
    """Join items that both sides have already, so that none is doubled."""
    if not team.changed:
        return list(pairs)
    # What a crashed import has written belongs to its item, however much others are like it.
    taken = {pair.team or imported_id(run.link, pair) for pair in pairs} | under_way
    free = [item for item in team.changed.values() if item.id not in taken and not item.is_deleted]
    unknown = [pair for pair in pairs if pair.team is None]
    met = join_by_uid((pair for pair in unknown if _is_open(run, pair)), free)
    used = {item.id for item in met.values()}
    others = (pair for pair in unknown if pair.remote not in met)
    met |= join(others, (item for item in free if item.id not in used))
    return [
        replace(pair, team=met[pair.remote].id) if pair.remote in met else pair for pair in pairs
    ]


def _is_open(run: LinkPass, pair: Pair) -> bool:
    """Tell whether the team may see all of an Outlook item: a UID says nothing of what it knows."""
    return pair.observed is not None and run.policy.is_open(pair.observed.content)


async def _step_for(run: LinkPass, team: TeamChanges, pair: Pair) -> Step | None:
    """Return the step of a pair; ``None`` = there is nothing to do now."""
    id = pair.team or imported_id(run.link, pair)
    if not _needs_a_look(team, pair, id):
        return None
    seen = pair.observed
    if seen is not None and pair.agreed is None:
        # A new item was stored as it is, since the team may know it: then it is no import.
        seen = run.entering(seen, pair)
    is_untied = pair.team is None
    if is_untied or seen is not pair.observed:
        pair = copied(pair, team=id, observed=seen)
    item = await _team_side(run, team, id)
    content = item.content if item and not item.is_deleted else None
    if item and content and item.mirror and not (item.is_anothers or pair.mirror):
        pair = copied(pair, mirror=item.mirror)  # a process died before the pair said so as well
    known = pair
    if is_untied and pair.agreed is not None:  # it plans as a new one, and meets as a known one
        pair = copied(pair, agreed=None, echo=None)
    planned = plan_pair(run, pair, item)
    action = or_look(run, pair, _allowed(run, pair, item, content, planned))
    if action is Action.KEEP or pair.remote in run.given_up:
        return None
    if pair.is_remembered and not (item and is_for_outlook(run, item)):
        # A pair that has ended stays so, and is forgotten in the end.
        is_known = may_show_again(pair, run.clock.now())
        return None if is_known else Step(Action.FORGET, pair, item)
    if _has_to_wait(run, pair, action):
        return None
    if pair.is_double and action is Action.CREATE_TEAM and (of := await _doubled(run, pair)):
        return Step(Action.MERGE, pair, of)  # an edit of the double belongs to the original
    if action in (Action.PUSH, Action.RESTORE) and not _stays(run, pair, content):
        run.revisit.add(id)  # a filter removes it from one side once this is sent
    is_put_back = _puts_back(planned, action, pair)
    return Step(action, pair if action is Action.FORGET else known, item, is_put_back=is_put_back)


def _allowed(
    run: LinkPass, pair: Pair, item: TeamItem[Any] | None, content: Content | None, planned: Action
) -> Action:
    """Return what becomes of a planned step by other mailboxes' rights and the link's settings."""
    action, theirs = planned, item if item and item.is_anothers and content is not None else None
    if theirs is not None:
        action = among_mailboxes(planned, pair, theirs, has_changed=has_changed(run, pair))
    action = run.policy.settle(
        action, pair, content, is_import=run.is_import(pair), is_anothers=theirs is not None
    )
    if action is planned is Action.KEEP and says_more(run, pair, content):
        action = Action.ACCEPT if theirs else Action.AGREE
    if action is Action.RESTORE and is_only_pictured(pair, content):
        return Action.PUSH if says_more(run, pair, content) else Action.ACCEPT
    if action is Action.CREATE_TEAM and item and item.is_expanded:
        return Action.MERGE  # edited there or new, and a series here that Outlook cannot hold
    return action


def _has_to_wait(run: LinkPass, pair: Pair, action: Action) -> bool:
    """Tell whether a step is left to a later pass, which comes soon if the step will be due."""
    if action is Action.CREATE_REMOTE and may_be_elsewhere(pair, run.clock.now()):
        run.come_back_soon = True
        return True
    if action in _REMOVALS and pair.remote in run.awaited:
        return True  # what it was made in place of would be nobody's
    if action in _REMOVALS and is_being_told(run, pair):
        run.come_back_soon = True  # its losers go with a pair, and their authors are told first
        return True
    return False


async def _doubled(run: LinkPass, pair: Pair) -> TeamItem[Any] | None:
    """Return the item that a double belongs to, if Outlook may change it."""
    of = await run.team.find(pair.double_of) if pair.double_of else None
    if of is None or of.is_deleted or of.is_anothers or of.mirror or not run.policy.lets_in:
        return None
    return None if pair.observed is None or pair.observed.mirror else of


def _stays(run: LinkPass, pair: Pair, content: Content | None) -> bool:
    """Tell whether the link's filters let a pair live once both sides say the same."""
    told = (pair.observed.content if pair.observed else None, content)
    is_import = run.is_import(pair)
    return all(run.policy.passes(each, is_import=is_import) for each in told if each is not None)


def _puts_back(planned: Action, action: Action, pair: Pair) -> bool:
    if action is planned or pair.agreed is None or planned is Action.AGREE:
        return False
    return action in (Action.RESTORE, Action.CREATE_REMOTE, Action.DELETE_REMOTE)


def _needs_a_look(team: TeamChanges, pair: Pair, id: ItemId) -> bool:
    if team.is_whole or id in team.to_look_at or series_of(id) in team.to_look_at:
        return True
    if pair.team is None:
        return team.is_first
    return not pair.is_set_aside and not is_in_step(pair)


async def _team_side(run: LinkPass, team: TeamChanges, id: ItemId) -> TeamItem[Any] | None:
    known = team.changed.get(id)
    if known is not None or (team.is_whole and series_of(id) is None):
        return known
    # Of an expanded series, only the occurrences within the window are among the changes.
    return await run.team.find(id)


async def _asides(run: LinkPass, team: TeamChanges, paired: Set[ItemId | None]) -> list[Step]:
    """Return steps about creates that were set aside and have a reason to be looked at again."""
    steps: list[Step] = []
    for intent in (await run.intents()).values():
        if not intent.is_set_aside:
            continue
        item = await _team_side(run, team, intent.team)
        if item is None or item.id in paired or not is_for_outlook(run, item):
            steps.append(Step(Action.FORGET, None, item, aside=intent))
        elif team.is_whole or item.revision != intent.team_revision:
            steps.append(Step(Action.CREATE_REMOTE, None, item, aside=intent))
    return steps
