from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.model.events import EventContent, SeriesException
from services.model.pairs import Side
from services.model.recurrence import Pattern, Rule
from services.sync.content.canonical import Group, canonical, differing, tag_key
from services.sync.content.merge import Base, Clash, first_meeting, merge, winner
from tests._builders import an_event_content, timed
from tests._fakes import NOON
from tests.services.sync._strategies import contents

LUNCH = an_event_content(title="Lunch", place="Quay 3")
AGREED = Base(LUNCH, LUNCH)
sides = st.sampled_from(Side)


def test_edits_of_different_fields_both_survive() -> None:
    renamed, moved = replace(LUNCH, title="Dinner"), replace(LUNCH, when=timed("2026-11-20T19:00"))
    merged = merge(renamed, moved, AGREED)
    assert merged.content == replace(renamed, when=moved.when)
    assert merged.clashes == ()


def test_what_the_team_alone_changed_stays_to_be_sent() -> None:
    renamed, moved = replace(LUNCH, title="Dinner"), replace(LUNCH, when=timed("2026-11-20T19:00"))
    merged = merge(renamed, moved, AGREED)
    assert merged.agreed == moved
    assert differing(merged.content, merged.agreed) == {Group.TITLE}


def test_the_loser_of_a_clash_is_handed_back() -> None:
    team, remote = replace(LUNCH, title="Dinner"), replace(LUNCH, title="Breakfast")
    merged = merge(team, remote, AGREED, prefer=Side.REMOTE)
    assert merged.content == remote
    assert merged.clashes == (Clash(Group.TITLE, Side.TEAM, team),)


def test_a_winning_team_value_stays_to_be_sent() -> None:
    team, remote = replace(LUNCH, title="Dinner"), replace(LUNCH, title="Breakfast")
    merged = merge(team, remote, AGREED, prefer=Side.TEAM)
    assert merged.content == team
    assert merged.clashes == (Clash(Group.TITLE, Side.REMOTE, remote),)
    assert differing(merged.content, merged.agreed) == {Group.TITLE}


def test_a_spelling_of_outlook_is_no_change_when_the_base_knows_it() -> None:
    spelled = replace(LUNCH, title="LUNCH")
    team = replace(LUNCH, place="Quay 4")
    merged = merge(team, spelled, Base(LUNCH, spelled))
    assert merged.content == team
    assert merged.agreed == LUNCH


def test_a_read_only_item_wins_every_group_and_the_teams_values_are_kept() -> None:
    team = replace(LUNCH, title="Dinner")
    merged = merge(team, LUNCH, AGREED, prefer=Side.TEAM, read_only=True)
    assert merged.content == LUNCH == merged.agreed
    assert merged.clashes == (Clash(Group.TITLE, Side.TEAM, team),)


def test_a_read_only_items_spelling_replaces_nothing() -> None:
    spelled = replace(LUNCH, place="QUAY 3")
    seen = replace(spelled, title="Dinner")
    merged = merge(LUNCH, seen, Base(LUNCH, spelled), read_only=True)
    assert merged.content == replace(LUNCH, title="Dinner") == merged.agreed
    assert merged.clashes == ()


def test_items_that_meet_first_fill_each_others_gaps() -> None:
    team, remote = replace(LUNCH, place=""), replace(LUNCH, text="Bring a hat")
    merged = merge(team, remote, first_meeting(team))
    assert merged.content == replace(LUNCH, text="Bring a hat")
    assert merged.clashes == ()


def test_items_that_meet_first_keep_both_texts() -> None:
    team, remote = replace(LUNCH, text="a"), replace(LUNCH, text="b")
    merged = merge(team, remote, first_meeting(team))
    assert merged.clashes == (Clash(Group.TEXT, Side.TEAM, team),)


def test_the_later_edit_wins() -> None:
    assert winner(NOON, NOON - timedelta(minutes=5)) is Side.TEAM
    assert winner(NOON - timedelta(minutes=5), NOON) is Side.REMOTE


def test_outlook_wins_when_the_times_are_too_close_or_unknown() -> None:
    assert winner(NOON, NOON - timedelta(minutes=2)) is Side.REMOTE
    assert winner(NOON, None) is Side.REMOTE


@given(contents(), contents())
def test_the_result_is_the_base_when_nothing_changed(
    team: EventContent, remote: EventContent
) -> None:
    merged = merge(team, remote, Base(team, remote))
    assert merged.content == team == merged.agreed
    assert merged.clashes == ()


@given(contents(), contents(), contents(), contents(), sides)
def test_a_merge_repeated_changes_nothing_more(
    team: EventContent, remote: EventContent, ours: EventContent, theirs: EventContent, prefer: Side
) -> None:
    once = merge(team, remote, Base(ours, theirs), prefer=prefer)
    again = merge(once.content, remote, Base(once.agreed, remote), prefer=prefer)
    assert again.content == once.content
    assert canonical(again.agreed) == canonical(once.agreed)
    assert again.clashes == ()


@given(contents(), contents(), contents(), sides)
def test_swapping_the_sides_swaps_the_winner_only(
    team: EventContent, remote: EventContent, agreed: EventContent, prefer: Side
) -> None:
    other = Side.TEAM if prefer is Side.REMOTE else Side.REMOTE
    one = merge(team, remote, Base(agreed, agreed), prefer=prefer)
    turned = merge(remote, team, Base(agreed, agreed), prefer=other)
    assert canonical(one.content) == canonical(turned.content)
    assert {clash.group for clash in one.clashes} == {clash.group for clash in turned.clashes}


@given(contents(), contents(), contents(), sides, st.booleans())
def test_no_changed_group_is_dropped_unrecorded(
    team: EventContent, remote: EventContent, agreed: EventContent, prefer: Side, read_only: bool
) -> None:
    merged = merge(team, remote, Base(agreed, agreed), prefer=prefer, read_only=read_only)
    lost = {(clash.side, clash.group) for clash in merged.clashes}
    for side, content in ((Side.TEAM, team), (Side.REMOTE, remote)):
        dropped = differing(content, agreed) & differing(content, merged.content)
        for group in dropped if read_only else dropped - {Group.TAGS}:
            assert (side, group) in lost


SERIES = replace(LUNCH, rule=Rule(pattern=Pattern.DAILY, count=4))
FIRST, SECOND, THIRD = (
    replace(LUNCH, when=timed(f"2026-11-{day}T12:30"), title="Longer") for day in (20, 21, 22)
)


def excepted(*dates: EventContent | SeriesException) -> EventContent:
    told = (
        each if isinstance(each, SeriesException) else SeriesException(each.when.start, each)
        for each in dates
    )
    return replace(SERIES, exceptions=tuple(told))


def excepted_on(date: EventContent, told: EventContent) -> EventContent:
    return excepted(SeriesException(date.when.start, told))


def test_what_each_side_makes_of_another_date_is_so_on_both() -> None:
    cancelled = SeriesException(THIRD.when.start, None)
    base = excepted(SECOND)
    merged = merge(excepted(FIRST, SECOND), excepted(cancelled), Base(base, base))
    assert merged.content == excepted(FIRST, cancelled)
    assert merged.clashes == ()
    assert differing(merged.content, merged.agreed) == {Group.WHEN}  # the first is still to be sent


@pytest.mark.parametrize(
    "theirs",
    [
        replace(excepted(SECOND), rule=Rule(pattern=Pattern.DAILY, count=9)),
        replace(excepted(SECOND), when=timed("2026-11-20T13:00")),
    ],
    ids=["another rule", "another time"],
)
def test_where_the_times_of_the_series_are_changed_one_side_wins(theirs: EventContent) -> None:
    ours = excepted(FIRST)
    merged = merge(ours, theirs, Base(SERIES, SERIES))
    assert merged.content == theirs
    assert merged.clashes == (Clash(Group.WHEN, Side.TEAM, ours),)


@pytest.mark.parametrize("prefer", Side)
def test_of_a_date_that_both_have_changed_only_that_clashes(prefer: Side) -> None:
    ours = excepted(FIRST, replace(SECOND, title="Here"))
    theirs = excepted(replace(SECOND, title="There"), THIRD)
    merged = merge(ours, theirs, Base(SERIES, SERIES), prefer=prefer)
    title, other = ("Here", "There") if prefer is Side.TEAM else ("There", "Here")
    assert merged.content == excepted(FIRST, replace(SECOND, title=title), THIRD)
    lost = excepted(FIRST, replace(SECOND, title=other), THIRD)
    loser = Side.REMOTE if prefer is Side.TEAM else Side.TEAM
    assert merged.clashes == (Clash(Group.WHEN, loser, lost),)
    assert differing(merged.content, merged.agreed) == {Group.WHEN}


def test_two_fields_of_one_date_are_both_meant() -> None:
    later = timed("2026-11-21T18:00")
    base = excepted(SECOND)
    ours, theirs = replace(SECOND, when=later), replace(SECOND, title="Dinner")
    merged = merge(excepted_on(SECOND, ours), excepted(theirs), Base(base, base))
    assert merged.content == excepted_on(SECOND, replace(theirs, when=later))
    assert merged.clashes == ()


@pytest.mark.parametrize("prefer", Side)
@pytest.mark.parametrize("is_ours", [True, False])
def test_an_edit_of_a_date_beats_its_cancellation(prefer: Side, is_ours: bool) -> None:
    cancelled = excepted(SeriesException(SECOND.when.start, None))
    team, remote = (excepted(SECOND), cancelled) if is_ours else (cancelled, excepted(SECOND))
    merged = merge(team, remote, Base(SERIES, SERIES), prefer=prefer)
    assert merged.content == excepted(SECOND)
    assert merged.clashes == ()


def test_a_date_follows_the_series_that_was_renamed_meanwhile() -> None:
    moved = replace(LUNCH, when=timed("2026-11-21T18:00"))
    there = replace(SERIES, exceptions=(SeriesException(SECOND.when.start, moved),))
    merged = merge(replace(SERIES, title="Dinner"), there, Base(SERIES, SERIES))
    (date,) = merged.content.exceptions
    assert date.content == replace(moved, title="Dinner")
    assert differing(merged.content, merged.agreed) == {Group.TITLE, Group.WHEN}  # to be sent


def test_a_date_is_written_as_the_team_writes_its_series() -> None:
    spelled = replace(SERIES, text="Bring  your own")
    moved = replace(spelled, when=timed("2026-11-21T18:00"), rule=None)
    there = replace(spelled, exceptions=(SeriesException(SECOND.when.start, moved),))
    here = replace(SERIES, text="Bring your own")
    merged = merge(here, there, Base(here, spelled))
    (date,) = merged.content.exceptions
    assert date.content == replace(moved, text=here.text)
    assert merged.agreed == merged.content  # nothing is to be sent


@given(contents(), contents(), contents(), contents(), sides)
def test_a_tag_stays_if_one_side_added_it_and_goes_if_one_side_took_it_out(
    team: EventContent, remote: EventContent, ours: EventContent, theirs: EventContent, prefer: Side
) -> None:
    theirs = replace(theirs, tags=tuple(reversed(ours.tags)))  # a server keeps no order
    merged = names(merge(team, remote, Base(ours, theirs), prefer=prefer).content)
    agreed = names(ours)
    for side in (names(team), names(remote)):
        assert side - agreed <= merged
        assert not (agreed - side) & merged
    assert merged <= names(team) | names(remote)


def names(content: EventContent) -> set[str]:
    return {tag_key(tag) for tag in content.tags}


def test_items_that_meet_first_keep_the_tags_of_both() -> None:
    team, remote = replace(LUNCH, tags=("fair",)), replace(LUNCH, tags=("print", "Fair"))
    assert names(merge(team, remote, first_meeting(team)).content) == {"fair", "print"}


@given(contents(), contents(), contents())
def test_a_read_only_merge_leaves_nothing_to_send(
    team: EventContent, remote: EventContent, agreed: EventContent
) -> None:
    merged = merge(team, remote, Base(agreed, agreed), read_only=True)
    assert canonical(merged.content) == canonical(remote)
    assert canonical(merged.agreed) == canonical(remote)
