"""The test of the tests: each planted defect is found by a machine, within a stated number of runs.

A :class:`~._hunt.Prey` says the smallest setting in which a defect shows. The runs are the same
each time, so a mutant that is found once is found always, until the engine or the machine changes.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import Phase, seed, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from tests.services.sync.model._hunt import Prey, hunter
from tests.services.sync.model._mutants import MUTANTS
from tests.services.sync.model._walker import walks

RUNS = 60
STEPS = 4
CALM = 4
CREATES = (("create", "after"), ("create", "before"), ("create", "dying"), ("create", "dead"))
PREY: Mapping[str, Prey] = {
    "no_intent": Prey(acts=["made"], faults=CREATES),
    "new_transaction_at_each_try": Prey(
        acts=["made"], faults=[("create", "after"), ("tagged", "late"), ("changes", "late")]
    ),
    "no_retry": Prey(acts=["made"], faults=CREATES),
    "adopted_by_tag_alone": Prey(acts=["made"], faults=[("create", "after"), ("tagged", "copied")]),
    "cursor_before_effects": Prey(acts=["added"], dies=True),
    "gone_is_believed": Prey(acts=["away"], edits=["when"]),
    "unheard_is_not_asked_for": Prey(acts=["made", "gone"], faults=[("changes", "after")]),
    "dragged_is_not_known": Prey(acts=["dragged"]),
    "what_was_made_instead_stays": Prey(
        acts=["mislaid", "team"], edits=["place"], faults=[*CREATES, ("delete", "dying")]
    ),
    "what_has_ended_is_forgotten": Prey(acts=["strayed"]),
    "a_replacement_knows_of_one_original": Prey(acts=["mislaid"], edits=["place"]),
    "what_is_said_in_a_double_is_said_twice": Prey(
        acts=["mislaid", "shown"], edits=["place"], faults=[("find", "amended")]
    ),
    "what_came_in_untied_stays": Prey(acts=["added", "fetched"], dies=True),
    "gone_is_made_again_at_once": Prey(
        acts=["dragged"], faults=[("changes", "late"), ("find", "late")]
    ),
    "no_if_match": Prey(acts=["team"], faults=[("update", "outlook")]),
    "no_second_look": Prey(acts=["team"], faults=[("find", "outlook"), ("update", "outlook")]),
    "no_revision_check": Prey(acts=["clash"], slip="team"),
    "last_writer_wins": Prey(acts=["clash"]),
    "losers_are_forgotten": Prey(acts=["clash"]),
    "losers_are_kept_too_late": Prey(acts=["clash"], dies=True),
    "losers_go_with_their_pair": Prey(acts=["clash"], faults=[("find", "gone")], setting="shared"),
    "delete_wins": Prey(acts=["torn"]),
    "no_echo": Prey(acts=["made", "team"], edits=["text"], setting="shared"),
    "exceptions_do_not_count": Prey(acts=["team", "outlook"], edits=["except", "cancel"]),
    "meetings_are_written": Prey(acts=["invited"], edits=["title"]),
    "choices_hold_for_what_comes_later": Prey(acts=["chosen"], edits=["busy only"]),
    "filters_are_forgotten": Prey(acts=["chosen"], edits=["category"], setting="contacts"),
    "creates_ignore_the_direction": Prey(
        acts=["made", "chosen"], edits=["from outlook"], faults=CREATES
    ),
    "kept_before_its_cursor_is_heard": Prey(acts=["crowded"], dies=True),
    "what_met_one_way_has_agreed": Prey(acts=["met"], edits=["place"]),
    "what_is_encoded_anew_is_another_picture": Prey(
        acts=["team", "outlook"], edits=["face"], setting="contacts"
    ),
    "pictures_are_written_over_unseen": Prey(acts=["clash"], edits=["face"], setting="contacts"),
    "pictures_are_deleted_unseen": Prey(
        acts=["dropped"], faults=[("changes", "outlook")], edits=["face"], setting="contacts"
    ),
}


def test_every_mutant_is_hunted() -> None:
    assert set(PREY) == set(MUTANTS)


@pytest.mark.slow
@pytest.mark.parametrize("name", MUTANTS)
def test_a_planted_defect_is_found(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    MUTANTS[name](monkeypatch)
    with pytest.raises(Exception):  # noqa: B017 - whatever it is that does not hold
        _hunt(hunter(PREY[name]))


@pytest.mark.slow
@pytest.mark.parametrize("name", MUTANTS)
def test_nothing_is_found_where_nothing_is_planted(name: str) -> None:
    """Else a hunter would cry wolf whatever it is shown."""
    _hunt(hunter(PREY[name]), runs=CALM)


def _hunt(machine: type[RuleBasedStateMachine], runs: int = RUNS) -> None:
    unshrunk = settings(
        walks(runs, STEPS),
        phases=[Phase.generate],
        report_multiple_bugs=False,
        print_blob=False,
    )
    run_state_machine_as_test(seed(1)(machine), settings=unshrunk)
