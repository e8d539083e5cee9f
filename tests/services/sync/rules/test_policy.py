"""What may cross a link: the settings, the rights, and what becomes of a step that may not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.model.accounts import RemoteId
from services.model.contacts import PhotoId
from services.model.errors import ReadOnlyReason
from services.model.events import (
    EventContent,
    EventId,
    Mirror,
    Sensitivity,
    SeriesException,
    ShowAs,
)
from services.model.links import Direction, LinkSettings, Privacy
from services.model.pairs import Observation, Pair
from services.model.veil import BUSY
from services.sync.rules.policy import Policy, policy_of
from services.sync.rules.steps import Action
from tests._builders import a_contact_content, an_event_content, timed
from tests.services.sync._strategies import contents

LUNCH = an_event_content(title="Lunch", place="Quay 3", text="Bring a hat", reminder_minutes=15)
FREE = replace(LUNCH, show_as=ShowAs.FREE)
SECRET = replace(LUNCH, sensitivity=Sensitivity.PRIVATE)
MEETING = Mirror(ReadOnlyReason.HAS_ATTENDEES)
WRITES_OUTLOOK = {
    Action.PUSH,
    Action.RESTORE,
    Action.CREATE_REMOTE,
    Action.DELETE_REMOTE,
    Action.WITHDRAW,
}
WRITES_TEAM = {Action.PULL, Action.MERGE, Action.CREATE_TEAM, Action.DELETE_TEAM}
PLANNED = sorted(set(Action) - {Action.RESTORE, Action.WITHDRAW})


def reminder_of(content: Any) -> Any:
    assert isinstance(content, EventContent)
    return content.reminder_minutes


def policy(*, may_write: bool = True, **chosen: Any) -> Policy:
    return policy_of(LinkSettings(**chosen), may_write=may_write)


def seen(content: Any = LUNCH, mirror: Mirror | None = None) -> Observation:
    return Observation(change_key="k1", content=content, mirror=mirror)


def a_pair(observed: Observation | None = None, **given: Any) -> Pair:
    pair = Pair(
        remote=RemoteId("r1"), team=EventId("e1"), agreed=LUNCH, echo=LUNCH, observed=observed
    )
    return replace(pair, **given)


# -- what is seen ----------------------------------------------------------------------------


def test_without_settings_everything_crosses_as_it_is() -> None:
    plain = policy()
    assert plain.entering(seen(SECRET), None, is_import=True) == seen(SECRET)
    assert plain.leaving(LUNCH, None, is_import=False) == LUNCH
    assert plain.passes(SECRET, is_import=True) and plain.passes(FREE, is_import=True)


def test_busy_only_shows_the_time_and_nothing_else() -> None:
    moved = SeriesException(timed("2026-11-27T12:30").start, replace(SECRET, title="Dentist"))
    gone = SeriesException(timed("2026-12-04T12:30").start, None)
    whole = replace(SECRET, exceptions=(moved, gone))
    hidden = policy(privacy=Privacy.BUSY_ONLY).entering(
        seen(whole, Mirror(ReadOnlyReason.OTHER_ORGANISER, "Ben", 3, "https://join.example")),
        None,
        is_import=True,
    )
    assert hidden.mirror == Mirror(ReadOnlyReason.BUSY_ONLY)
    told = repr(hidden)
    assert not [
        w for w in ("Lunch", "Dentist", "Quay", "Bring", "'Ben'", "join.example") if w in told
    ]
    assert isinstance(hidden.content, EventContent)
    assert hidden.content.title == BUSY and hidden.content.when == LUNCH.when
    assert [each.content is None for each in hidden.content.exceptions] == [False, True]


def test_what_the_team_wrote_itself_is_not_hidden_from_it() -> None:
    hiding = policy(privacy=Privacy.BUSY_ONLY)
    assert hiding.entering(seen(), a_pair(), is_import=False) == seen()


@pytest.mark.parametrize("sensitivity", Sensitivity)
def test_private_and_confidential_items_stay_in_outlook(sensitivity: Sensitivity) -> None:
    skipping = policy(privacy=Privacy.SKIP_PRIVATE)
    content = replace(LUNCH, sensitivity=sensitivity)
    secret = sensitivity in (Sensitivity.PRIVATE, Sensitivity.CONFIDENTIAL)
    assert skipping.passes(content, is_import=True) is not secret
    assert skipping.passes(content, is_import=False)


@pytest.mark.parametrize("is_import", [True, False])
def test_a_link_for_busy_time_leaves_free_time_out_on_both_sides(is_import: bool) -> None:
    busy = policy(busy_only=True)
    assert busy.passes(LUNCH, is_import=is_import)
    assert not busy.passes(FREE, is_import=is_import)


# -- reminders -------------------------------------------------------------------------------


def test_without_reminders_a_copy_in_outlook_has_none() -> None:
    quiet = policy(reminders=False)
    assert reminder_of(quiet.leaving(LUNCH, None, is_import=False)) is None
    assert reminder_of(quiet.leaving(LUNCH, a_pair(), is_import=False)) is None


def test_without_reminders_the_persons_own_stay_as_they_are() -> None:
    quiet = policy(reminders=False)
    later = replace(LUNCH, reminder_minutes=60)
    assert reminder_of(quiet.leaving(later, a_pair(), is_import=True)) == 15
    assert reminder_of(quiet.leaving(later, a_pair(agreed=None), is_import=True)) is None


def test_without_reminders_one_that_is_set_in_outlook_is_no_change() -> None:
    quiet = policy(reminders=False)
    later = seen(replace(LUNCH, reminder_minutes=60))
    assert quiet.entering(later, a_pair(), is_import=True) == seen()
    new = quiet.entering(later, None, is_import=True)
    assert reminder_of(new.content) is None
    unmet = quiet.entering(later, a_pair(echo=None), is_import=False)
    assert reminder_of(unmet.content) is None


def test_a_contact_crosses_as_it_is() -> None:
    strict = policy(privacy=Privacy.BUSY_ONLY, busy_only=True, reminders=False)
    ada = a_contact_content()
    assert strict.entering(seen(ada), None, is_import=True) == seen(ada)
    assert strict.leaving(ada, None, is_import=False) == ada
    assert strict.passes(ada, is_import=True)
    pictured = replace(ada, photo=PhotoId("p1"))
    assert strict.keeps(ada, pictured) == frozenset(), "Outlook tells of the picture elsewhere"


# -- which way -------------------------------------------------------------------------------

READER = policy(may_write=False)
OUTWARD = policy(direction=Direction.TO_OUTLOOK)
INWARD = policy(direction=Direction.FROM_OUTLOOK)


@pytest.mark.parametrize("action", PLANNED)
def test_both_ways_changes_no_step(action: Action) -> None:
    assert policy().settle(action, a_pair(seen()), LUNCH, is_import=False) is action


@pytest.mark.parametrize("outward", [READER, OUTWARD])
@pytest.mark.parametrize(
    ("planned", "instead"),
    [
        (Action.PULL, Action.RESTORE),
        (Action.MERGE, Action.RESTORE),
        (Action.AGREE, Action.RESTORE),
        (Action.CREATE_TEAM, Action.DELETE_REMOTE),
        (Action.PUSH, Action.PUSH),
        (Action.DELETE_REMOTE, Action.DELETE_REMOTE),
        (Action.FORGET, Action.FORGET),
        (Action.KEEP, Action.KEEP),
    ],
)
def test_only_to_outlook_puts_back_what_was_changed_there(
    outward: Policy, planned: Action, instead: Action
) -> None:
    assert outward.settle(planned, a_pair(seen()), LUNCH, is_import=False) is instead


@pytest.mark.parametrize("outward", [READER, OUTWARD])
def test_only_to_outlook_makes_again_what_was_deleted_there(outward: Policy) -> None:
    gone = a_pair(None)
    assert outward.settle(Action.DELETE_TEAM, gone, LUNCH, is_import=False) is Action.CREATE_REMOTE
    meeting = replace(gone, mirror=MEETING)
    assert outward.settle(Action.DELETE_TEAM, meeting, LUNCH, is_import=False) is Action.FORGET


@pytest.mark.parametrize("outward", [READER, OUTWARD])
def test_what_a_person_adds_in_outlook_stays_theirs(outward: Policy) -> None:
    new = a_pair(seen(), agreed=None, echo=None)
    assert outward.settle(Action.CREATE_TEAM, new, None, is_import=True) is Action.KEEP


@pytest.mark.parametrize("planned", [Action.PULL, Action.MERGE, Action.CREATE_TEAM])
def test_a_meeting_is_never_put_back(planned: Action) -> None:
    meeting = a_pair(seen(mirror=MEETING))
    assert READER.settle(planned, meeting, LUNCH, is_import=False) is Action.KEEP


@pytest.mark.parametrize(
    ("planned", "instead"),
    [
        (Action.PUSH, Action.KEEP),
        (Action.DELETE_REMOTE, Action.KEEP),
        (Action.CREATE_REMOTE, Action.FORGET),
        (Action.PULL, Action.PULL),
        (Action.MERGE, Action.MERGE),
        (Action.DELETE_TEAM, Action.DELETE_TEAM),
    ],
)
def test_only_from_outlook_writes_nothing_there(planned: Action, instead: Action) -> None:
    assert INWARD.settle(planned, a_pair(seen()), LUNCH, is_import=False) is instead


# -- what does not pass ----------------------------------------------------------------------


def test_what_came_from_outlook_and_may_not_cross_any_more_leaves_the_team() -> None:
    skipping = policy(privacy=Privacy.SKIP_PRIVATE)
    secret = a_pair(seen(SECRET))
    assert skipping.settle(Action.PULL, secret, LUNCH, is_import=True) is Action.DELETE_TEAM
    gone = skipping.settle(Action.CREATE_TEAM, secret, None, is_import=True)
    assert (
        gone is Action.FORGET
    )  # the person's own item stays as it is, and is new if it comes again
    unmet = replace(secret, agreed=None, echo=None)
    assert skipping.settle(Action.CREATE_TEAM, unmet, None, is_import=True) is Action.KEEP


def test_our_copy_of_what_may_not_go_out_any_more_is_taken_back() -> None:
    busy = policy(busy_only=True)
    ours = a_pair(seen(), ours=True)
    assert busy.settle(Action.PUSH, ours, FREE, is_import=False) is Action.WITHDRAW
    theirs = a_pair(seen())
    assert busy.settle(Action.PUSH, theirs, FREE, is_import=False) is Action.KEEP
    meeting = a_pair(seen(mirror=MEETING), ours=True)
    assert busy.settle(Action.PUSH, meeting, FREE, is_import=False) is Action.KEEP
    assert busy.settle(Action.PUSH, ours, LUNCH, is_import=False) is Action.PUSH
    assert busy.settle(Action.DELETE_REMOTE, ours, None, is_import=False) is Action.DELETE_REMOTE


def test_what_may_not_cross_is_not_made_again_in_outlook() -> None:
    gone, again = a_pair(None), Action.CREATE_REMOTE
    for busy in (policy(busy_only=True), policy(busy_only=True, may_write=False)):
        for is_import in (True, False):
            assert busy.settle(again, gone, LUNCH, is_import=is_import) is again
            assert busy.settle(again, gone, FREE, is_import=is_import) is Action.FORGET
    reader = policy(busy_only=True, may_write=False)
    assert reader.settle(Action.DELETE_TEAM, gone, FREE, is_import=False) is Action.FORGET


def test_nobody_without_the_right_deletes_in_the_team() -> None:
    reader = policy(may_write=False, privacy=Privacy.SKIP_PRIVATE)
    assert reader.settle(Action.PULL, a_pair(seen(SECRET)), LUNCH, is_import=True) is Action.KEEP


# -- whatever happens ------------------------------------------------------------------------

settings = st.builds(
    LinkSettings,
    direction=st.sampled_from(Direction),
    privacy=st.sampled_from(Privacy),
    busy_only=st.booleans(),
    reminders=st.booleans(),
)
pairs = st.builds(
    a_pair,
    st.none() | st.builds(seen, contents(), st.none() | st.just(MEETING)),
    agreed=st.none() | contents(),
    ours=st.booleans(),
)


@given(settings, pairs, st.none() | contents(), st.booleans(), st.booleans())
def test_no_step_writes_a_side_that_may_not_be_written(
    chosen: LinkSettings, pair: Pair, content: Any, is_import: bool, may_write: bool
) -> None:
    made = policy_of(chosen, may_write=may_write)
    for action in PLANNED:
        step = made.settle(action, pair, content, is_import=is_import)
        assert made.lets_in or step not in WRITES_TEAM
        assert made.lets_out or step not in WRITES_OUTLOOK
