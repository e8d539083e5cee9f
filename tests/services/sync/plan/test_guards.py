"""What a pass asks before it surprises somebody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.model.accounts import RemoteId
from services.model.events import EventId
from services.model.links import Preview, Tally
from services.model.pairs import Observation, Pair
from services.sync.plan.guards import asks_first, doomed_by, preview_of
from services.sync.plan.packed import Pack
from services.sync.plan.survey import Step, Survey
from services.sync.rules.steps import Action
from services.sync.sides.team import item_of
from tests._builders import a_link, an_event, an_event_content


def a_step(number: int, action: Action, *, seen: bool = False, known: bool = False) -> Step:
    content = an_event_content(title=f"Event {number}")
    observed = Observation(change_key="k", content=content) if seen else None
    pair = Pair(
        remote=RemoteId(f"r{number}"),
        team=EventId(f"e{number}"),
        agreed=content,
        observed=observed,
    )
    return Step(action, pair, item_of(an_event(content)) if known else None)


def a_survey(*steps: Step) -> Survey:
    return Survey(steps, pairs=len(steps), revision=1, tally=Tally())


def test_a_preview_counts_what_comes_goes_and_is_there() -> None:
    actions = [Action.CREATE_TEAM] * 3 + [Action.CREATE_REMOTE] * 2 + [Action.AGREE, Action.MERGE]
    steps = [a_step(number, action) for number, action in enumerate(actions)]
    assert preview_of(a_survey(*steps)) == Preview(come=3, go=2, match=2)
    new = Pack.of([item_of(an_event()), item_of(an_event())])
    assert preview_of(replace(a_survey(*steps), new=[new])) == Preview(come=3, go=4, match=2)


@pytest.mark.parametrize(
    ("come", "go", "is_ours", "asks"),
    [
        (20, 0, False, False),
        (21, 0, False, True),
        (11, 10, False, True),
        (0, 500, True, False),
        (1, 500, True, True),
    ],
)
def test_only_a_large_first_pass_asks(come: int, go: int, is_ours: bool, asks: bool) -> None:
    link = a_link(is_started=False, is_ours=is_ours)
    assert asks_first(link, Preview(come, go, 100)) is asks
    assert not asks_first(replace(link, is_started=True), Preview(come, go, 100))


def test_deletions_are_named_from_whichever_side_still_has_the_item() -> None:
    steps = [
        a_step(0, Action.DELETE_TEAM, known=True),
        a_step(1, Action.DELETE_REMOTE, seen=True),
        a_step(2, Action.DELETE_REMOTE),
        *(a_step(number, Action.DELETE_TEAM, known=True) for number in range(3, 12)),
    ]
    doomed = doomed_by(a_survey(*steps))
    assert doomed is not None and doomed.count == 12
    assert doomed.titles[:3] == ("Event 0", "Event 1", "")


def test_few_deletions_need_no_word() -> None:
    assert doomed_by(a_survey(*(a_step(n, Action.DELETE_TEAM) for n in range(10)))) is None


def test_a_list_is_told_from_another_and_not_by_its_order() -> None:
    steps = [a_step(number, Action.DELETE_TEAM) for number in range(12)]
    one, same = doomed_by(a_survey(*steps)), doomed_by(a_survey(*reversed(steps)))
    other = doomed_by(a_survey(*steps, a_step(12, Action.DELETE_TEAM)))
    assert one and same and other
    assert one.key == same.key != other.key
