from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.sync.content.canonical import Canonical
from services.sync.rules.steps import Action, Triple, plan_step, too_many_deletions

OLD, NEW, OTHER, SPELLED = ("old",), ("new",), ("other",), ("OLD",)


@pytest.mark.parametrize(
    ("team", "remote", "action"),
    [
        (OLD, SPELLED, Action.KEEP),
        (NEW, SPELLED, Action.PUSH),
        (OLD, NEW, Action.PULL),
        (NEW, NEW, Action.AGREE),
        (NEW, OTHER, Action.MERGE),
        (None, SPELLED, Action.DELETE_REMOTE),
        (None, NEW, Action.CREATE_TEAM),
        (OLD, None, Action.DELETE_TEAM),
        (NEW, None, Action.CREATE_REMOTE),
        (None, None, Action.FORGET),
    ],
)
def test_each_case_of_a_pair_that_agreed_has_its_step(
    team: Canonical | None, remote: Canonical | None, action: Action
) -> None:
    assert plan_step(Triple(team, remote, agreed=OLD, echo=SPELLED)) is action


@pytest.mark.parametrize(
    ("team", "remote", "action"),
    [
        (NEW, None, Action.CREATE_REMOTE),
        (None, NEW, Action.CREATE_TEAM),
        (NEW, NEW, Action.AGREE),
        (NEW, OTHER, Action.MERGE),
        (None, None, Action.FORGET),
    ],
)
def test_each_case_of_a_pair_that_never_met_has_its_step(
    team: Canonical | None, remote: Canonical | None, action: Action
) -> None:
    assert plan_step(Triple(team, remote, agreed=None, echo=None)) is action


@pytest.mark.parametrize(
    ("team", "remote", "action"),
    [
        (NEW, SPELLED, Action.PULL),
        (None, SPELLED, Action.CREATE_TEAM),
        (NEW, None, Action.DELETE_TEAM),
        (NEW, OTHER, Action.MERGE),
        (OLD, SPELLED, Action.KEEP),
    ],
)
def test_a_mirror_is_read_only(
    team: Canonical | None, remote: Canonical | None, action: Action
) -> None:
    assert plan_step(Triple(team, remote, agreed=OLD, echo=SPELLED), mirror=True) is action


def test_a_mirror_that_an_earlier_link_left_stays_as_it_is() -> None:
    assert plan_step(Triple(NEW, None, None, None), mirror=True) is Action.KEEP


def test_ten_deletions_are_always_allowed() -> None:
    assert not too_many_deletions([Action.DELETE_TEAM] * 10, pairs=10)
    assert too_many_deletions([Action.DELETE_TEAM] * 11, pairs=10)


def test_a_fifth_of_many_pairs_may_go_at_once() -> None:
    mixed = [Action.DELETE_TEAM, Action.DELETE_REMOTE] * 20 + [Action.PUSH] * 100
    assert not too_many_deletions(mixed, pairs=200)
    assert too_many_deletions([*mixed, Action.DELETE_TEAM], pairs=200)


copies = st.sampled_from([None, OLD, NEW, OTHER])
bases = st.sampled_from([None, OLD])
DELETIONS = {Action.DELETE_REMOTE, Action.DELETE_TEAM}


@given(copies, copies, bases, st.booleans())
def test_an_unseen_edit_is_never_deleted(
    team: Canonical | None, remote: Canonical | None, agreed: Canonical | None, mirror: bool
) -> None:
    action = plan_step(Triple(team, remote, agreed, agreed), mirror=mirror)
    if action is Action.DELETE_REMOTE:
        assert remote == agreed
    if action is Action.DELETE_TEAM:
        assert team == agreed or mirror


SWAPPED = {
    Action.PUSH: Action.PULL,
    Action.CREATE_REMOTE: Action.CREATE_TEAM,
    Action.DELETE_REMOTE: Action.DELETE_TEAM,
}
SWAPPED |= {there: here for here, there in SWAPPED.items()}


@given(copies, copies, bases)
def test_swapping_the_sides_swaps_the_answer(
    team: Canonical | None, remote: Canonical | None, agreed: Canonical | None
) -> None:
    here = plan_step(Triple(team, remote, agreed, agreed))
    there = plan_step(Triple(remote, team, agreed, agreed))
    assert there is SWAPPED.get(here, here)


@given(copies, copies, bases)
def test_a_mirror_is_never_written(
    team: Canonical | None, remote: Canonical | None, agreed: Canonical | None
) -> None:
    action = plan_step(Triple(team, remote, agreed, agreed), mirror=True)
    assert action not in {Action.PUSH, Action.DELETE_REMOTE, Action.CREATE_REMOTE}
