"""The model test of the real engine: a thousand walks in ``make test``, a few in ``make check``.

A walk that fails prints its steps and a blob; ``make soak`` walks on with other seeds. What was
found that way is a test of its own in ``test_found.py``.
"""

from __future__ import annotations

import pytest
from hypothesis import seed
from hypothesis.stateful import run_state_machine_as_test

from services.sync.state import held
from tests.services.sync.model._machine import MACHINES
from tests.services.sync.model._walker import walks

RUNS = {"alone": 135, "shared": 70, "several": 40, "contacts": 60, "visited": 30}


@pytest.mark.parametrize("setting", ["alone", "shared"])
def test_a_few_walks_end_with_both_sides_equal_and_no_edit_lost(setting: str) -> None:
    run_state_machine_as_test(seed(0)(MACHINES[setting]), settings=walks(4))


@pytest.mark.slow
@pytest.mark.parametrize("row", [1, 2, 3])
@pytest.mark.parametrize("setting", MACHINES)
def test_whatever_happens_both_sides_end_equal_and_no_edit_is_lost(
    setting: str, row: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    if row == 3:
        monkeypatch.setattr(held, "MOST_HELD", 1)  # what is in step is let go, as of thousands
    run_state_machine_as_test(seed(row)(MACHINES[setting]), settings=walks(RUNS[setting]))
