"""The model test's machine: people work, things go wrong, and in the end nothing is lost.

Random people work on both sides of several links while two instances of the program keep them in
step and are disturbed: answers that never come, edits between two steps, processes that die or
freeze, lost cursors, copied and dragged events, weeks that go by. After that everything may calm
down, and :class:`~._oracle.Oracle` judges.
"""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.services.sync.model._choices import CHANGES
from tests.services.sync.model._contacts import ContactWords
from tests.services.sync.model._events import EventWords
from tests.services.sync.model._folder import FAULTS, OPERATIONS
from tests.services.sync.model._start import SETTINGS
from tests.services.sync.model._walker import ACTS, SLIPS, Walker

__all__ = ["MACHINES", "Walk"]

MINUTE = 60.0
WEEK = 7 * 24 * 60 * MINUTE
EDITS = tuple(dict.fromkeys((*EventWords.edits, *ContactWords.edits)))

which = st.integers(min_value=0, max_value=3)
how = st.sampled_from(EDITS)
instance = st.sampled_from("ab")
acts = st.sampled_from(ACTS)
commit = st.integers(min_value=1, max_value=12)
faults = st.lists(
    st.tuples(st.sampled_from(OPERATIONS), st.sampled_from(FAULTS + SLIPS)), max_size=3
)


class Walk(Walker):
    """See the module."""

    # -- people ----------------------------------------------------------------------------------

    @rule(tie=which, shape=st.integers(min_value=0, max_value=6))
    def somebody_makes_something_in_the_team(self, tie: int, shape: int) -> None:
        self._run(self.people.make_in_team(self.people.tie(tie), shape))

    @rule(tie=which, how=how, item=which)
    def somebody_edits_in_the_team(self, tie: int, how: str, item: int) -> None:
        self._run(self.people.edit_in_team(self.people.tie(tie), how, item))

    @rule(tie=which, item=which)
    def somebody_deletes_in_the_team(self, tie: int, item: int) -> None:
        self._run(self.people.delete_in_team(self.people.tie(tie), item))

    @rule(tie=which, shape=st.integers(min_value=0, max_value=6))
    def somebody_makes_something_in_outlook(self, tie: int, shape: int) -> None:
        self.people.make_in_outlook(self.people.tie(tie), shape)

    @rule(tie=which, how=how, item=which)
    def somebody_edits_in_outlook(self, tie: int, how: str, item: int) -> None:
        self.people.edit_in_outlook(self.people.tie(tie), how, item)

    @rule(tie=which, item=which)
    def somebody_deletes_in_outlook(self, tie: int, item: int) -> None:
        self.people.delete_in_outlook(self.people.tie(tie), item)

    @rule(tie=which, item=which)
    def somebody_copies_in_outlook(self, tie: int, item: int) -> None:
        self._run(self.people.copy_in_outlook(self.people.tie(tie), item))

    @rule(tie=which, item=which)
    def somebody_drags_in_outlook(self, tie: int, item: int) -> None:
        self.people.drag_in_outlook(self.people.tie(tie), item)

    @rule(tie=which, act=st.sampled_from(["mislaid", "strayed"]), how=how, item=which)
    def an_event_is_nowhere_to_be_seen(self, tie: int, act: str, how: str, item: int) -> None:
        self.lose_sight(tie, act, how, item)

    @rule(tie=which, item=which)
    def somebody_invites_in_outlook(self, tie: int, item: int) -> None:
        self.people.invite_in_outlook(self.people.tie(tie), item)

    @rule(tie=which, here=how, there=how, item=which)
    def two_people_edit_one_item(self, tie: int, here: str, there: str, item: int) -> None:
        self._run(self.people.clash(self.people.tie(tie), here, there, item))

    @rule(tie=which, keep_copies=st.booleans())
    def somebody_links_again(self, tie: int, keep_copies: bool) -> None:
        self._run(self.people.link_again(self.people.tie(tie), keep_copies=keep_copies))

    @rule(tie=which, change=st.sampled_from([*CHANGES]))
    def somebody_chooses_what_may_cross(self, tie: int, change: str) -> None:
        self._run(self.people.choose(self.people.tie(tie), change))

    # -- the world -------------------------------------------------------------------------------

    @rule(tie=which)
    def a_cursor_is_lost(self, tie: int) -> None:
        self.people.tie(tie).folder.lose_tokens()

    @rule(tie=which)
    def transactions_are_forgotten(self, tie: int) -> None:
        """Nobody promises for how long a transaction id is remembered."""
        self.people.tie(tie).folder.forget_transactions()

    @rule(tie=which, lags=st.booleans())
    def reads_lag_behind_creates(self, tie: int, lags: bool) -> None:
        """Not for contacts: one whose answer was lost is known again by a read alone."""
        folder = self.people.tie(tie).folder
        folder.lags = lags and not folder.is_list

    @rule(seconds=st.sampled_from([MINUTE, 10 * MINUTE, 2 * WEEK, 6 * WEEK]))
    def time_passes(self, seconds: float) -> None:
        if seconds > WEEK and any(folder.dragged for folder in self.house.folders):
            self.house.count.has_deleted = True  # it may leave the window before it shows
        hidden = self.people.out_of_sight()
        self.house.clock.advance(seconds)
        self._run(self.people.let_leave(hidden))

    # -- the program -----------------------------------------------------------------------------

    @rule(name=instance)
    def an_instance_works(self, name: str) -> None:
        self._run(self._work(name))

    @rule(name=instance, act=acts, faults=faults, tie=which, how=how, item=which)
    def an_instance_is_disturbed(
        self, name: str, act: str, faults: list[tuple[str, str]], tie: int, how: str, item: int
    ) -> None:
        self.disturb(name, act, faults, tie, how, item)

    @rule(name=instance, commit=commit, is_after=st.booleans())
    def an_instance_dies(self, name: str, commit: int, is_after: bool) -> None:
        self._run(self._work(name, commit, is_after=is_after))

    @rule(tie=which, how=how, item=which, commit=commit, is_after=st.booleans())
    def an_instance_dies_over_a_clash(
        self, tie: int, how: str, item: int, commit: int, is_after: bool
    ) -> None:
        self.two_people_edit_one_item(tie, how, how, item)
        self.an_instance_dies("a", commit, is_after)


def _of(name: str) -> type[Walk]:
    return type(f"Walk_{name}", (Walk,), {"setting": name, "__module__": __name__})


MACHINES = {name: _of(name) for name in SETTINGS}
