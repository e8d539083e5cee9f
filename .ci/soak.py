"""Walk through the model of the sync again and again: ``python .ci/soak.py SECONDS``.

Each batch gives hypothesis another seed, so it tries what no batch before it has tried. Stops at
the first failure and prints the walk, its blob and the seed, with which it can be had again: put
``@reproduce_failure(...)``, as it says, above the machine. At the end it says how many walks there
were.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from hypothesis import seed, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from tests.services.sync.model._core_machine import CoreWalk
from tests.services.sync.model._machine import MACHINES
from tests.services.sync.model._walker import walks

BATCH = 25
CORE = 250


def main(seconds: float) -> int:
    """Walk until the time is up; return 1 where a walk has failed, else 0."""
    started, made = time.monotonic(), Counter[str]()
    while not made or time.monotonic() - started < seconds:
        for name, machine in {**MACHINES, "core": CoreWalk}.items():
            number = random.randrange(2**32)
            if not _walk(machine, number, CORE if name == "core" else BATCH):
                print(f"{name} failed with seed {number}, after {_said(made)}")
                return 1
            made[name] += CORE if name == "core" else BATCH
        print(f"{time.monotonic() - started:.0f} s: {_said(made)}", flush=True)
    return 0


def _walk(machine: type[RuleBasedStateMachine], number: int, runs: int) -> bool:
    one_by_one = settings(walks(runs), report_multiple_bugs=False)
    try:
        run_state_machine_as_test(seed(number)(machine), settings=one_by_one)
    except Exception as err:  # whatever it is, it is what was looked for
        print("".join(getattr(err, "__notes__", [])) or repr(err))
        return False
    return True


def _said(made: Counter[str]) -> str:
    return ", ".join(f"{runs} walks of {name}" for name, runs in made.items()) or "none"


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1])))
