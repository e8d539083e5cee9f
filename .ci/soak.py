"""Walk through the model of the sync again and again: ``python .ci/soak.py SECONDS``.

Between the walks the rules of series are held against python-dateutil. Each batch gives hypothesis
another seed, so it tries what no batch before it has tried. Stops at the first failure and prints
the walk, its blob and the seed, with which it can be had again: put ``@reproduce_failure(...)``, as
it says, above the machine. At the end it says how many walks there were.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from hypothesis import given, seed, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from tests.services.model._rules import agrees, part_rules
from tests.services.sync.model._core_machine import CoreWalk
from tests.services.sync.model._machine import MACHINES
from tests.services.sync.model._walker import walks

Search = Callable[[int, settings], None]
"""Tries so much as the settings say, from a seed on; raises what it has found."""


def main(seconds: float) -> int:
    """Walk until the time is up; return 1 where a walk has failed, else 0."""
    started, made = time.monotonic(), Counter[str]()
    searches: dict[str, tuple[int, Search]] = {
        **{name: (25, partial(_walk, machine)) for name, machine in MACHINES.items()},
        "core": (250, partial(_walk, CoreWalk)),
        "rules": (250, _hold_rules),
    }
    while not made or time.monotonic() - started < seconds:
        for name, (runs, search) in searches.items():
            number = random.randrange(2**32)
            if not _is_clean(search, number, runs):
                print(f"{name} failed with seed {number}, after {_said(made)}")
                return 1
            made[name] += runs
        print(f"{time.monotonic() - started:.0f} s: {_said(made)}", flush=True)
    return 0


def _walk(machine: type[RuleBasedStateMachine], number: int, how: settings) -> None:
    run_state_machine_as_test(seed(number)(machine), settings=how)


def _hold_rules(number: int, how: settings) -> None:
    seed(number)(how(given(made=part_rules())(agrees)))()


def _is_clean(search: Search, number: int, runs: int) -> bool:
    try:
        search(number, settings(walks(runs), report_multiple_bugs=False))
    except Exception as err:  # whatever it is, it is what was looked for
        print("".join(getattr(err, "__notes__", [])) or repr(err))
        return False
    return True


def _said(made: Counter[str]) -> str:
    return ", ".join(f"{runs} of {name}" for name, runs in made.items()) or "no walk"


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1])))
