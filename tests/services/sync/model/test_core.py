"""The model test of the pure core: five thousand walks in ``make test``, few in ``make check``."""

from __future__ import annotations

import pytest
from hypothesis import seed
from hypothesis.stateful import run_state_machine_as_test

from tests.services.sync.model._core_machine import CoreWalk
from tests.services.sync.model._walker import walks

RUNS = 1250
STEPS = 8


def test_a_few_walks_of_the_core_lose_nothing() -> None:
    run_state_machine_as_test(seed(0)(CoreWalk), settings=walks(20, STEPS))


def test_a_value_that_two_people_take_from_two_places_is_gone() -> None:
    """Of the judge: one replaced a series' place, the other dropped a date that still had it."""
    walk = CoreWalk()
    walk.people_have_lived_here(mailboxes=1)
    walk.two_people_edit_one_item(here=0, there=0, how="except", which=0)
    walk.a_pass_goes_well(where=0)
    walk.somebody_edits(where=0, how="place", which=0)
    walk.somebody_edits(where=1, how="rare", which=0)
    walk.teardown()


@pytest.mark.slow
@pytest.mark.parametrize("row", [1, 2, 3, 4])
def test_plan_and_merge_lose_nothing_and_come_to_an_end(row: int) -> None:
    run_state_machine_as_test(seed(row)(CoreWalk), settings=walks(RUNS, STEPS))
