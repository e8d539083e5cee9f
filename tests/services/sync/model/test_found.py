"""Walks that the machines have found: each is gone again, step by step, from the same house.

Where the engine was at fault a plain test beside the others shows it too; where the machine or
its judge was, the walk here is all there is.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.services.sync.model._machine import MACHINES, WEEK, Walk


@contextmanager
def a_walk(setting: str) -> Iterator[Walk]:
    """Begin a walk; after its last step everything calms down and is judged."""
    walk = MACHINES[setting]()
    try:
        yield walk
    except BaseException:
        walk.close()
        raise
    walk.teardown()


def test_exceptions_take_what_their_series_says_now() -> None:
    """Of the judge: what an exception has in common with its series is replaced with it."""
    with a_walk("alone") as walk:
        walk.two_people_edit_one_item(0, "title", "title", 1)
        walk.somebody_edits_in_the_team(0, "except", 1)
        walk.somebody_edits_in_the_team(0, "place", 1)


def test_a_reminder_that_stays_at_home_goes_with_its_event() -> None:
    """Of the judge: somebody deletes the event, and no edit that they could know of beats that."""
    with a_walk("visited") as walk:
        walk.somebody_chooses_what_may_cross(change="reminders", tie=0)
        walk.an_instance_dies_over_a_clash(commit=1, how="reminder", is_after=False, item=0, tie=0)
        walk.somebody_deletes_in_the_team(item=3, tie=0)


def test_a_reminder_that_stays_at_home_goes_with_what_another_mailbox_deletes() -> None:
    """Of the judge: the same, deleted where it came from."""
    with a_walk("visited") as walk:
        walk.somebody_chooses_what_may_cross(change="reminders", tie=0)
        walk.somebody_deletes_in_outlook(item=0, tie=0)
        walk.an_event_is_nowhere_to_be_seen(act="mislaid", how="title", item=0, tie=0)
        walk.somebody_deletes_in_outlook(item=0, tie=1)
        walk.somebody_edits_in_outlook(how="reminder", item=1, tie=0)


def test_what_a_new_link_has_found_is_known_under_another_id_as_well() -> None:
    """Of the judge: what the team had before the link was new is no secret of that Outlook's."""
    with a_walk("alone") as walk:
        walk.somebody_links_again(keep_copies=False, tie=0)
        walk.an_instance_works(name="a")
        walk.somebody_chooses_what_may_cross(change="category", tie=0)
        walk.somebody_edits_in_outlook(how="title", item=0, tie=0)
        walk.somebody_drags_in_outlook(item=0, tie=0)


def test_a_value_that_two_people_take_from_two_places_is_gone() -> None:
    """Of the judge: one replaced a series' text, the other cancelled a date that still had it."""
    with a_walk("alone") as walk:
        walk.somebody_edits_in_outlook(0, "except", 1)
        walk.an_instance_works("a")
        walk.an_instance_works("a")
        walk.two_people_edit_one_item(tie=0, here="cancel", there="text", item=1)


def test_a_reminder_that_stays_at_home_gives_way_to_the_dates_of_a_series() -> None:
    """Of the judge: nobody but that calendar knows of it, and its item is replaced."""
    with a_walk("shared") as walk:
        walk.somebody_chooses_what_may_cross(change="reminders", tie=0)
        walk.two_people_edit_one_item(here="rare", item=0, there="reminder", tie=0)


def test_what_comes_back_keeps_what_the_team_had_changed_before_it_went() -> None:
    """Of the engine: it said what it had said when it was last seen, an hour and two names ago."""
    acts = [("mislaid", 3, 1), ("mislaid", 0, 0), ("mislaid", 0, 1), *[("mislaid", 0, 0)] * 3]
    with a_walk("shared") as walk:
        for act, item, tie in (*acts, ("strayed", 0, 0)):
            walk.lose_sight(tie=tie, act=act, how="title", item=item)


def test_a_copy_that_shows_again_follows_a_meeting_that_has_shown_as_well() -> None:
    """Of the engine: it was taken for one's own that had met the meeting just then."""
    with a_walk("shared") as walk:
        for _ in range(3):
            walk.somebody_deletes_in_the_team(0, 1)
        walk.an_instance_works("a")
        walk.time_passes(600.0)
        walk.an_instance_works("a")
        for act, tie in (("invited", 0), ("mislaid", 0), ("strayed", 1)):
            walk.lose_sight(tie, act, "title", 0)


def test_what_lost_is_told_before_a_deletion_takes_its_pair() -> None:
    """Of the engine: whoever deleted the event in the same minute had not seen what lost."""
    with a_walk("shared") as walk:
        for _ in range(3):
            walk.disturb("a", "invited", [], 1, "title", 0)
        walk.disturb("a", "gone", [("find", "gone")], 1, "title", 0)
        walk.disturb("a", "clash", [("find", "gone")], 0, "title", 0)


def test_what_loses_to_anothers_meeting_is_kept() -> None:
    """Of the engine: what one meeting said was the base of the other, which had never seen it."""
    with a_walk("shared") as walk:
        walk.somebody_deletes_in_the_team(0, 0)
        walk.somebody_deletes_in_the_team(0, 0)
        walk.somebody_deletes_in_the_team(0, 0)
        walk.an_instance_works("a")
        for act, tie in (("invited", 0), ("invited", 1), ("outlook", 0), ("invited", 0)):
            walk.disturb("a", act, [], tie, "title", 0)


@pytest.mark.parametrize("slip", ["outlook", "copied", "gone"])
def test_what_changes_while_pages_are_read_is_told_by_the_next_round(slip: str) -> None:
    """Of the Outlook in memory: its delta link said that such a change had been told."""
    with a_walk("alone") as walk:
        walk.disturb("a", "made", [("changes", "outlook"), ("changes", slip)], 0, "title", 0)


def test_what_was_made_lately_and_a_new_round_does_not_show_is_asked_for_again() -> None:
    """Of the engine: no later round told of its deletion, and nobody asked."""
    with a_walk("contacts") as walk:
        walk.disturb("a", "added", [], 1, "notes", 0)
        walk.disturb("b", "gone", [], 3, "when", 3)
        walk.disturb("b", "dropped", [], 0, "untag", 2)
        walk.disturb("a", "torn", [("changes", "expired")], 2, "untag", 2)


def test_what_lost_against_a_series_that_outlook_cannot_say_is_kept() -> None:
    """Of the engine: the pair went in the pass that had kept the loser with it."""
    with a_walk("alone") as walk:
        walk.an_instance_dies_over_a_clash(0, "title", 0, 1, False)
        walk.somebody_edits_in_the_team(0, "rare", 1)


def test_one_date_of_a_series_that_is_a_meeting_in_outlook_comes_to_rest() -> None:
    """Of the engine: the series could never be the meeting that its date was."""
    with a_walk("alone") as walk:
        walk.somebody_edits_in_the_team(0, "rare", 0)
        walk.an_instance_works("a")
        for item in range(3):
            walk.somebody_invites_in_outlook(0, item)
        walk.somebody_links_again(0, True)


@pytest.mark.parametrize("is_after", [False, True])
@pytest.mark.parametrize("commit", range(7, 11))
def test_a_clash_among_imports_outlives_the_process(commit: int, is_after: bool) -> None:
    """Of the engine: dead before it had kept what lost, a pass had forgotten a title."""
    with a_walk("alone") as walk:
        walk.somebody_makes_something_in_outlook(0, 0)
        walk.somebody_makes_something_in_outlook(0, 0)
        walk.two_people_edit_one_item(0, "title", "title", 1)
        walk.an_instance_dies("a", commit, is_after)


def test_what_somebody_made_a_meeting_of_is_theirs_to_show() -> None:
    """Of the judge: a copy had become another mailbox's meeting before its details were hidden."""
    with a_walk("shared") as walk:
        walk.somebody_chooses_what_may_cross(0, "busy only")
        walk.somebody_invites_in_outlook(1, 3)
        walk.somebody_deletes_in_outlook(1, 0)


def test_what_lost_is_told_before_a_category_takes_the_copy_back() -> None:
    """Of the engine: the copy went in the pass that had kept the loser with its pair."""
    with a_walk("shared") as walk:
        walk.an_instance_dies_over_a_clash(0, "title", 1, 1, False)
        walk.somebody_chooses_what_may_cross(0, "category")


def test_ones_own_item_that_meets_anothers_meeting_stays_as_it_was_written() -> None:
    """Of the judge: it was to be equal, though neither mailbox has a say in the other."""
    with a_walk("shared") as walk:
        walk.somebody_invites_in_outlook(0, 2)
        walk.somebody_edits_in_outlook(1, "marks", 2)
        walk.somebody_links_again(1, False)


def test_what_met_while_outlook_had_no_say_meets_again_once_it_has() -> None:
    """Of the engine: they stayed apart, also when the way was opened."""
    with a_walk("alone") as walk:
        walk.an_instance_dies_over_a_clash(0, "place", 0, 1, False)
        walk.somebody_links_again(0, False)
        walk.somebody_chooses_what_may_cross(0, "to outlook")


def test_an_old_copy_does_not_take_the_place_of_what_was_hidden_meanwhile() -> None:
    """Of the engine: of two that met and differed by now, the old name won, and told nobody."""
    with a_walk("shared") as walk:
        walk.somebody_edits_in_outlook(0, "title", 0)
        walk.somebody_chooses_what_may_cross(0, "busy only")
        walk.somebody_links_again(1, False)


def test_what_may_not_leave_the_team_is_not_taken_for_agreed_on() -> None:
    """Of the engine: both had changed a reminder, and nothing was to come in or to cross."""
    with a_walk("shared") as walk:
        walk.an_instance_dies_over_a_clash(3, "reminder", 0, 3, True)
        walk.somebody_chooses_what_may_cross(1, "category")
        walk.somebody_chooses_what_may_cross(1, "to outlook")


def test_reminders_that_stayed_at_home_meet_once_they_may_cross() -> None:
    """Of the engine: what the team may not see was taken for agreed on."""
    with a_walk("shared") as walk:
        walk.somebody_chooses_what_may_cross(1, "reminders")
        walk.two_people_edit_one_item(1, "reminder", "reminder", 3)


def test_what_is_dragged_twice_around_a_crash_is_still_the_same_event() -> None:
    """Of the engine: its second id was kept, and no round told that it had gone."""
    with a_walk("alone") as walk:
        walk.somebody_copies_in_outlook(0, 0)
        walk.somebody_drags_in_outlook(0, 0)
        walk.an_instance_dies("a", 9, False)
        walk.somebody_drags_in_outlook(0, 0)


def test_what_somebody_made_lately_is_not_gone_because_one_read_says_so() -> None:
    """Of the engine: a read by its id lagged behind the round, and it was made a second time."""
    with a_walk("shared") as walk:
        torn = [("tagged", "copied"), ("delete", "after"), ("tagged", "dropped")]
        walk.an_instance_is_disturbed("b", "torn", torn, 2, "repeat", 2)
        walk.somebody_makes_something_in_outlook(3, 2)
        dropped = [("update", "refused"), ("find", "other"), ("tagged", "expired")]
        walk.an_instance_is_disturbed("b", "dropped", dropped, 2, "repeat", 2)
        walk.reads_lag_behind_creates(3, True)
        walk.an_instance_is_disturbed("a", "clash", [], 3, "when", 2)


def test_what_comes_back_by_anothers_copy_keeps_what_lost() -> None:
    """Of the engine: it was merged with what it had said when it went, and nobody was told."""
    with a_walk("visited") as walk:
        for commit, is_after in ((2, False), (3, False), (3, False), (2, True)):
            walk.an_instance_dies(name="a", commit=commit, is_after=is_after)
        walk.somebody_chooses_what_may_cross(change="category", tie=0)
        walk.an_instance_dies_over_a_clash(commit=3, how="title", is_after=False, item=0, tie=1)
        walk.an_instance_dies_over_a_clash(commit=6, how="title", is_after=True, item=3, tie=1)


def test_who_dies_over_the_sixth_of_a_task_is_followed_as_well() -> None:
    """Of the house: it died in the work that told of five dead before it, and nobody came after."""
    with a_walk("several") as walk:
        for commit in (2, 2, 2, 10):
            walk.an_instance_dies_over_a_clash(
                commit=commit, how="title", is_after=False, item=0, tie=0
            )
        walk.an_instance_dies(name="a", commit=1, is_after=True)
        walk.an_instance_dies(name="b", commit=5, is_after=False)
        walk.an_instance_dies(name="a", commit=1, is_after=False)
        walk.an_instance_dies(name="a", commit=5, is_after=False)


def test_what_crosses_again_loses_nothing_unrecorded() -> None:
    """Of the engine: it replaced the series that the team had made of it, name and all."""
    with a_walk("shared") as walk:
        walk.somebody_edits_in_the_team(how="rare", item=2, tie=0)
        walk.an_instance_dies_over_a_clash(commit=1, how="title", is_after=False, item=0, tie=0)
        walk.somebody_chooses_what_may_cross(change="category", tie=0)


def test_what_crosses_again_meets_anothers_meeting_with_what_it_had_been() -> None:
    """Of the engine: nobody knew any more what was agreed on, so each kept its own title."""
    with a_walk("shared") as walk:
        walk.somebody_chooses_what_may_cross(change="category", tie=1)
        walk.somebody_invites_in_outlook(item=0, tie=0)
        walk.lose_sight(act="mislaid", how="title", item=0, tie=1)
        walk.disturb(act="dropped", faults=[], how="title", item=0, name="a", tie=0)
        walk.somebody_deletes_in_the_team(item=1, tie=0)
        walk.somebody_invites_in_outlook(item=2, tie=0)


def test_what_is_out_of_sight_is_not_made_again_where_it_may_not_cross() -> None:
    """Of the engine: its replacement was taken back, and it was the team's own from then on."""
    with a_walk("alone") as walk:
        walk.lose_sight(act="mislaid", how="title", item=0, tie=0)
        walk.somebody_chooses_what_may_cross(change="category", tie=0)
        walk.an_instance_works(name="a")
        walk.lose_sight(act="strayed", how="title", item=0, tie=0)


def test_an_original_waits_for_its_place_for_longer_than_a_week() -> None:
    """Of the engine: it was forgotten in the very pass that had seen it, and was there twice."""
    with a_walk("shared") as walk:
        walk.lose_sight(act="mislaid", how="title", item=0, tie=0)
        walk.an_instance_works(name="a")
        walk.time_passes(seconds=WEEK * 2)
        walk.an_instance_dies_over_a_clash(commit=1, how="title", is_after=False, item=3, tie=0)


def test_a_reminder_that_was_set_just_before_they_stay_at_home_is_not_written_over() -> None:
    """Of the engine: it had not come in yet, and was taken off as the team's was."""
    with a_walk("shared") as walk:
        faults = [("changes", "outlook"), ("changes", "outlook")]
        walk.an_instance_is_disturbed(
            act="invited", faults=faults, how="reminder", item=1, name="a", tie=0
        )
        walk.somebody_chooses_what_may_cross(change="reminders", tie=0)
        walk.somebody_invites_in_outlook(item=1, tie=0)


def test_a_copy_that_shows_again_says_no_more_than_its_owner_shows_by_then() -> None:
    """Of the engine: nobody knew any more what was agreed on, and it kept its details."""
    with a_walk("visited") as walk:
        walk.somebody_chooses_what_may_cross(change="busy only", tie=1)
        walk.lose_sight(act="mislaid", how="notes", item=3, tie=0)
        walk.an_instance_works(name="a")
        walk.somebody_links_again(keep_copies=False, tie=1)
        walk.an_instance_works(name="a")


def test_what_shows_its_time_alone_is_no_edit_where_its_pair_was_not_written() -> None:
    """Of the engine: *Busy* was written over what the event is, in its owner's Outlook."""
    with a_walk("shared") as walk:
        walk.somebody_chooses_what_may_cross(change="busy only", tie=0)
        walk.somebody_chooses_what_may_cross(change="busy only", tie=1)
        walk.an_instance_dies_over_a_clash(commit=9, how="title", is_after=False, item=0, tie=1)
        walk.an_instance_dies_over_a_clash(commit=10, how="title", is_after=True, item=1, tie=0)
        walk.somebody_chooses_what_may_cross(change="no private", tie=0)


def test_what_shows_again_once_it_is_back_loses_nothing_that_the_team_has_set() -> None:
    """Of the engine: how Outlook had spelled it was not known, so nothing was, and a mark went."""
    acts = [("mislaid", 0), ("mislaid", 0), ("mislaid", 0), ("strayed", 0), ("strayed", 0)]
    acts += [("mislaid", 0), ("strayed", 0), ("mislaid", 1), ("mislaid", 0), ("mislaid", 1)]
    edits = {0: "single", 1: "plain", 7: "reminder", 9: "plain"}
    with a_walk("shared") as walk:
        for number, (act, tie) in enumerate((*acts, ("strayed", 0))):
            walk.lose_sight(act=act, how=edits.get(number, "title"), item=0, tie=tie)
        walk.lose_sight(act="strayed", how="title", item=1, tie=0)


def test_where_no_reminder_crosses_the_picture_of_a_contact_does() -> None:
    """Of the engine: it was taken for a reminder that may not enter, and never sent."""
    with a_walk("contacts") as walk:
        walk.a_cursor_is_lost(tie=0)
        walk.a_cursor_is_lost(tie=0)
        walk.somebody_chooses_what_may_cross(change="reminders", tie=1)
        walk.an_instance_dies_over_a_clash(commit=1, how="face", is_after=False, item=0, tie=0)


def test_what_outlook_says_as_an_import_leaves_is_not_written_over_later() -> None:
    """Of the engine: both had changed a mark alike, so a new title counted as known as well."""
    with a_walk("shared") as walk:
        walk.somebody_chooses_what_may_cross(change="category", tie=1)
        walk.an_instance_dies_over_a_clash(commit=1, how="marks", is_after=False, item=0, tie=1)
        walk.an_instance_dies(commit=1, is_after=False, name="a")
        walk.an_instance_is_disturbed(
            act="outlook", faults=[], how="title", item=0, name="a", tie=1
        )


def test_a_meeting_of_one_date_of_a_series_stays_as_it_is_beside_anothers_word() -> None:
    """Of the judge: no mailbox owns a date, so the team shows who wrote last, and no meeting is
    written."""
    with a_walk("visited") as walk:
        for act, faults, how, item, tie in (
            ("dropped", [], "title", 0, 0),
            ("made", [], "unmail", 3, 0),
            ("torn", [("changes", "before")], "job", 0, 0),
            ("invited", [("delete", "before")], "title", 2, 0),
            ("outlook", [], "title", 3, 1),
        ):
            walk.an_instance_is_disturbed(
                act=act, faults=faults, how=how, item=item, name="a", tie=tie
            )


def test_a_date_that_is_a_meeting_is_no_other_mailboxs_word() -> None:
    """Of the engine: its own mailbox had renamed the series, and the date kept that name here."""
    with a_walk("alone") as walk:
        walk.somebody_edits_in_outlook(how="title", item=0, tie=0)
        walk.an_event_is_nowhere_to_be_seen(act="mislaid", how="rare", item=0, tie=0)
        walk.somebody_invites_in_outlook(item=2, tie=0)
        walk.an_instance_works(name="b")


def test_an_edit_of_what_becomes_a_hidden_series_is_kept() -> None:
    """Of the engine: it could not enter, and went with the copy that gave way to the dates."""
    with a_walk("visited") as walk:
        walk.somebody_edits_in_outlook(how="title", item=2, tie=0)
        walk.somebody_edits_in_the_team(how="rare", item=1, tie=0)
        walk.somebody_edits_in_the_team(how="title", item=0, tie=0)
        walk.somebody_edits_in_the_team(how="marks", item=2, tie=1)


def test_a_picture_that_cannot_be_put_back_keeps_nothing_else_back() -> None:
    """Of the engine: what another mailbox had written counted as sent beside it."""
    with a_walk("contacts") as walk:
        walk.somebody_chooses_what_may_cross(change="to outlook", tie=0)
        walk.somebody_edits_in_outlook(how="face", item=2, tie=0)
        walk.somebody_edits_in_outlook(how="job", item=2, tie=1)


def test_a_picture_that_a_read_does_not_show_yet_comes_in_later() -> None:
    """Of the engine: a contact that had just been made counted as one without a picture."""
    with a_walk("contacts") as walk:
        walk.an_instance_is_disturbed(
            act="added", faults=[("picture", "late")], how="title", item=1, name="a", tie=0
        )


def test_what_outlook_says_beside_an_edit_of_the_team_as_it_leaves_is_not_lost() -> None:
    """Of the engine: the team's edit was sent first, and all that Outlook said counted as known."""
    with a_walk("alone") as walk:
        walk.somebody_chooses_what_may_cross(change="category", tie=0)
        walk.two_people_edit_one_item(here="title", item=0, there="place", tie=0)


def test_what_is_out_of_sight_until_its_window_has_left_it_is_another_one() -> None:
    """Of the judge: what is gone is known again for a week alone."""
    with a_walk("alone") as walk:
        walk.somebody_chooses_what_may_cross(change="narrow", tie=0)
        walk.an_event_is_nowhere_to_be_seen(act="mislaid", how="title", item=0, tie=0)
        walk.time_passes(seconds=3_628_800.0)


def test_ones_own_event_that_shows_again_stays_beside_anothers_meeting() -> None:
    """Of the judge: somebody had made a meeting of it while it was out of sight."""
    with a_walk("visited") as walk:
        walk.somebody_copies_in_outlook(item=0, tie=0)
        walk.somebody_chooses_what_may_cross(change="to outlook", tie=1)
        walk.an_event_is_nowhere_to_be_seen(act="mislaid", how="title", item=0, tie=1)
        walk.an_event_is_nowhere_to_be_seen(act="strayed", how="title", item=3, tie=0)
        walk.an_event_is_nowhere_to_be_seen(act="mislaid", how="title", item=0, tie=0)
        walk.an_instance_is_disturbed(
            act="invited", faults=[], how="title", item=3, name="a", tie=0
        )


def test_a_meeting_that_was_a_date_of_a_series_stays_when_that_date_is_deleted() -> None:
    """Of the judge: the series has the date no more, so the meeting is an event beside it."""
    with a_walk("shared") as walk:
        for _ in range(4):
            walk.somebody_deletes_in_outlook(item=0, tie=0)
        walk.two_people_edit_one_item(here="rare", item=0, there="title", tie=1)
        walk.an_instance_is_disturbed(
            act="outlook", faults=[], how="title", item=0, name="a", tie=0
        )
        walk.somebody_deletes_in_outlook(item=0, tie=1)
        walk.somebody_invites_in_outlook(item=0, tie=0)
