"""Defects that the machines must find: a switch of the test plants each, the program has no hook.

:data:`MUTANTS` gives each a name; called with a ``MonkeyPatch`` it replaces one function of the
engine, for as long as the patch lasts. What is planted is what others have got wrong
(docs/sync.md, *Failure modes*), or what this engine had wrong once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from services.model.accounts import RemoteId
from services.model.errors import ReadOnly, Stale
from services.model.items import Content, ItemId
from services.model.pairs import Cursor, Former, Intent, Pair, Side
from services.storage.repositories.links import LinkChanges
from services.sync import recover
from services.sync.content import canonical
from services.sync.content.merge import Merged
from services.sync.execute import execute, recheck, removals, updates
from services.sync.plan import survey
from services.sync.plan.pair_plan import plan_pair
from services.sync.plan.survey import Step
from services.sync.pull import delta_round, pull, replacements, unshown
from services.sync.rules.steps import Action
from services.sync.sides.team import TeamCalendar, TeamContacts
from services.sync.state.link_pass import LinkPass
from services.sync.state.pair_state import NOT_SHOWN
from tests.services.sync.model._folder import Port
from tests.services.sync.model._mutants_of_choices import OF_CHOICES, Mutant
from tests.services.sync.model._mutants_of_pictures import OF_PICTURES

__all__ = ["MUTANTS", "Mutant"]


def no_intent(patch: pytest.MonkeyPatch) -> None:
    """A create is sent without having been written down."""

    async def create(run: LinkPass, step: Step) -> None:
        assert step.item is not None
        content = run.leaving(step.item.content, step.pair)
        intent = recover.new_intent(run, step.item.id, content, step.item.revision)
        if step.pair is not None:
            await run.commit(LinkChanges(drop_pairs=(step.pair.remote,)))
        item = await run.outlook.create(intent.payload)
        await run.commit(recover.adoption(run, intent, item, echo=item.content))

    patch.setitem(execute._CARRY_OUT, Action.CREATE_REMOTE, create)


def new_transaction_at_each_try(patch: pytest.MonkeyPatch) -> None:
    send = recover.send

    async def send_anew(run: LinkPass, intent: Intent, *, first: bool = False) -> None:
        anew = recover.new_intent(run, intent.team, intent.content, intent.team_revision)
        await send(run, intent if first else anew, first=first)

    patch.setattr(recover, "send", send_anew)


def no_retry(patch: pytest.MonkeyPatch) -> None:
    """What was written down and not answered is forgotten."""

    async def forget(run: LinkPass) -> None:
        for team in list(await run.intents()):
            await run.commit(LinkChanges(drop_intents=(team,)))

    patch.setattr("services.sync.engine.recover", forget)


def adopted_by_tag_alone(patch: pytest.MonkeyPatch) -> None:
    async def find_own(run: LinkPass, intent: Intent) -> Any:
        for hit in await run.outlook.tagged(intent.tag):
            await run.held.include([hit.id], ())
            if hit.id not in await run.held.pairs():
                return await run.outlook.find(hit.id)
        return None

    patch.setattr(recover, "_find_own", find_own)


def cursor_before_effects(patch: pytest.MonkeyPatch) -> None:
    store = pull._store

    async def store_late(run: LinkPass, *given: Any, **named: Any) -> None:
        await run.commit(LinkChanges(cursor=run.cursor))
        await store(run, *given, **named)

    patch.setattr(pull, "_store", store_late)


def gone_is_believed(patch: pytest.MonkeyPatch) -> None:
    """What a round reports gone, or has not met, counts as deleted."""
    read, store = delta_round.read_round, pull._store
    heard: list[Any] = []

    async def read_and_keep(*given: Any) -> Any:
        heard.append(await read(*given))
        return heard[-1]

    async def store_as_told(run: Any, pairs: Any, seen: Any, *given: Any, **named: Any) -> None:
        told = {id: item if id in heard[-1].changed else None for id, item in seen.items()}
        await store(run, pairs, told, *given, **named)

    patch.setattr(pull, "read_round", read_and_keep)
    patch.setattr(pull, "_store", store_as_told)


def unheard_is_not_asked_for(patch: pytest.MonkeyPatch) -> None:
    """What we made and no round has told of is taken to be there."""
    patch.setattr(unshown, "_not_shown", lambda pairs, cursor: set())


def dragged_is_not_known(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(pull, "moved_to", lambda pairs, seen: {})


def what_was_made_instead_stays(patch: pytest.MonkeyPatch) -> None:
    """What shows long after another was made in its place is an item of its own."""
    patch.setattr(replacements, "returned", lambda pairs, begun: [])


def what_has_ended_is_forgotten(patch: pytest.MonkeyPatch) -> None:
    """What shows days after it was gone is another one, without its history."""
    patch.setattr(removals, "may_show_again", lambda pair, now: False)


def a_replacement_knows_of_one_original(patch: pytest.MonkeyPatch) -> None:
    """Its original was a replacement itself, and nobody knows of the first one."""

    def former_of(before: Pair | Intent) -> Former | None:
        former = replacements.former_of(before)
        return former and replace(former, older=())

    patch.setattr(execute, "former_of", former_of)


def what_is_said_in_a_double_is_said_twice(patch: pytest.MonkeyPatch) -> None:
    """As it was once: what somebody has changed as it went was an event of its own."""

    async def nothing(run: LinkPass, pair: Pair) -> None:
        return None

    patch.setattr(survey, "_doubled", nothing)


def what_came_in_untied_stays(patch: pytest.MonkeyPatch) -> None:
    """Nobody asks for what a pass that died has brought in, and has not tied."""

    async def nothing(run: LinkPass, met: Any) -> Any:
        return [], []

    patch.setattr(pull, "orphans", nothing)


def gone_is_made_again_at_once(patch: pytest.MonkeyPatch) -> None:
    """Nobody waits for what is gone to show under another id, and nothing makes way for it."""
    patch.setattr(survey, "may_be_elsewhere", lambda pair, now: False)
    what_was_made_instead_stays(patch)


def no_if_match(patch: pytest.MonkeyPatch) -> None:
    """Nothing is said of the change key, so the service takes any write."""
    patch.setattr(Port, "_check", _takes_anything)


def no_second_look(patch: pytest.MonkeyPatch) -> None:
    """Neither a look before a write, nor a word of the change key."""

    async def look(run: LinkPass, pair: Pair, observed: Any) -> Any:
        seen = await run.outlook.find(pair.remote)
        if seen is None:
            raise Stale
        return seen

    patch.setattr(Port, "_check", _takes_anything)
    for steps in (updates, removals):
        patch.setattr(steps, "recheck_remote", look)


def _takes_anything(port: Port, seen: Any) -> None:
    if seen.id not in port.folder.items:
        raise Stale


def no_revision_check(patch: pytest.MonkeyPatch) -> None:
    """Between the plan and its execution the team's item may become another."""
    for side in (TeamCalendar, TeamContacts):
        for name in ("write", "delete"):
            patch.setattr(side, name, _at_any_revision(getattr(side, name)))


def _at_any_revision(act: Callable[..., Any]) -> Callable[..., Any]:
    async def act_now(side: Any, id: ItemId, *given: Any, expect_revision: int) -> Any:
        now = await side.find(id)
        return await act(side, id, *given, expect_revision=now.revision if now else 0)

    return act_now


def last_writer_wins(patch: pytest.MonkeyPatch) -> None:
    """A whole record replaces the other one."""

    def winner_takes_all(team: Any, remote: Any, base: Any, *, prefer: Side, **_: Any) -> Any:
        kept = team if prefer is Side.TEAM and base and team != base.team else remote
        return Merged(kept, remote)

    patch.setattr(execute, "merge", winner_takes_all)


def losers_are_forgotten(patch: pytest.MonkeyPatch) -> None:
    for steps in (execute, updates):
        patch.setattr(steps, "losers", lambda run, pair, item, clashes: pair.lost)


def losers_are_kept_too_late(patch: pytest.MonkeyPatch) -> None:
    """As it was once: the winner is written first."""

    async def write_over(
        run: LinkPass, pair: Pair, remembering: Pair, item: Any, content: Content
    ) -> None:
        assert pair.observed is not None
        mirror = pair.observed.mirror
        await run.team.write(item.id, content, mirror, expect_revision=item.revision)

    patch.setattr(execute, "_write_over", write_over)


def losers_go_with_their_pair(patch: pytest.MonkeyPatch) -> None:
    """As it was once: whoever deletes the item, who has not seen what lost, takes that along."""
    patch.setattr(survey, "is_being_told", lambda run, pair: False)


def delete_wins(patch: pytest.MonkeyPatch) -> None:
    """An edit that the deleter never saw goes with it."""

    decide = plan_pair

    def plan_away(run: LinkPass, pair: Pair, item: Any) -> Action:
        action = decide(run, pair, item)
        if pair.agreed is None or pair.mirror is not None:
            return action
        losing = {
            Action.CREATE_REMOTE: Action.DELETE_TEAM,
            Action.CREATE_TEAM: Action.DELETE_REMOTE,
        }
        return losing.get(action, action)

    patch.setattr(survey, "plan_pair", plan_away)


def no_echo(patch: pytest.MonkeyPatch) -> None:
    """What the service makes of our own write is news."""
    keep, adoption = updates.keep, recover.adoption

    async def keep_agreed(run: LinkPass, pair: Pair) -> None:
        await keep(run, replace(pair, echo=pair.agreed))

    def adopted(*given: Any, echo: Any = None, **named: Any) -> LinkChanges:
        return adoption(*given, **named)

    for steps in (execute, removals, updates):
        patch.setattr(steps, "keep", keep_agreed)
    patch.setattr(recover, "adoption", adopted)


def exceptions_do_not_count(patch: pytest.MonkeyPatch) -> None:
    """A series is compared without what has become of its dates."""
    patch.setattr(canonical, "_exception", lambda exception: ("", None))


def meetings_are_written(patch: pytest.MonkeyPatch) -> None:
    """Somebody's meeting is an event like any other."""
    decide, look = plan_pair, recheck.recheck_remote

    def plan_blindly(run: LinkPass, pair: Pair, item: Any) -> Action:
        seen = pair.observed and replace(pair.observed, mirror=None)
        item = item and replace(item, mirror=None)
        return decide(run, replace(pair, observed=seen, mirror=None), item)

    async def look_away(run: LinkPass, pair: Pair, observed: Any) -> Any:
        with suppress(ReadOnly):
            return await look(run, pair, observed)
        return await run.outlook.find(pair.remote)

    patch.setattr(survey, "plan_pair", plan_blindly)
    for steps in (updates, removals):
        patch.setattr(steps, "recheck_remote", look_away)


def kept_before_its_cursor_is_heard(patch: pytest.MonkeyPatch) -> None:
    """As it was once: whoever died before the cursor was kept has been told all the same."""

    def unheard(pairs: Mapping[RemoteId, Pair], cursor: Cursor) -> set[RemoteId]:
        seen = ((id, pair.observed) for id, pair in pairs.items())
        return {id for id, each in seen if each and each.epoch == NOT_SHOWN}

    patch.setattr(unshown, "_not_shown", unheard)


MUTANTS: Mapping[str, Mutant] = {
    mutant.__name__: mutant
    for mutant in (
        no_intent,
        new_transaction_at_each_try,
        no_retry,
        adopted_by_tag_alone,
        cursor_before_effects,
        gone_is_believed,
        unheard_is_not_asked_for,
        dragged_is_not_known,
        what_was_made_instead_stays,
        what_has_ended_is_forgotten,
        a_replacement_knows_of_one_original,
        what_is_said_in_a_double_is_said_twice,
        what_came_in_untied_stays,
        gone_is_made_again_at_once,
        no_if_match,
        no_second_look,
        no_revision_check,
        last_writer_wins,
        losers_are_forgotten,
        losers_are_kept_too_late,
        losers_go_with_their_pair,
        delete_wins,
        no_echo,
        exceptions_do_not_count,
        meetings_are_written,
        kept_before_its_cursor_is_heard,
        *OF_CHOICES,
        *OF_PICTURES,
    )
}
