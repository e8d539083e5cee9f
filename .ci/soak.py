"""Run the property tests of the sync again and again: ``python .ci/soak.py SECONDS``.

Each round gives hypothesis another seed, so it tries input that no round before it has tried.
Stops at the first failure and says the seed, with which the round can be had again.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time

TESTS = ["tests/services/sync", "tests/services/model"]


def main(seconds: float) -> int:
    """Run rounds until the time is up; the exit code of a failing one, else 0."""
    started, rounds = time.monotonic(), 0
    while rounds == 0 or time.monotonic() - started < seconds:
        seed = random.randrange(2**32)
        command = [sys.executable, "-m", "pytest", "-q", "-m", "hypothesis"]
        command.append("--hypothesis-profile=search")
        done = subprocess.run(
            [*command, f"--hypothesis-seed={seed}", *TESTS], capture_output=True, text=True
        )
        if done.returncode:
            print(done.stdout + done.stderr)
            print(f"Round {rounds + 1} failed. Again: add --hypothesis-seed={seed}")
            return done.returncode
        rounds += 1
        closing = done.stdout.strip().splitlines()[-1:]
        print(f"round {rounds}, seed {seed}: {closing[0] if closing else ''}", flush=True)
    print(f"{rounds} rounds in {time.monotonic() - started:.0f} s, no failure")
    return 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1])))
