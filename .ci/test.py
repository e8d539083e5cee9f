"""Run every check and every test: ``python .ci/test.py``, which is ``make test``.

Two lanes side by side: the tests that need no browser, on each core, and beside them the types and
then the browser's tests, which often wait for a page or a timer. What the second lane says is shown
when each of its commands has ended. It uses the standard library alone.
"""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTEST = ("pytest", "-q")
FORM = (("ruff", "check"), ("ruff", "format", "--check"))
BROWSER = ("tests/browser", "tests/cards/test_gallery.py")
"""Where all tests with a browser are: who names them need not collect all others."""
BESIDE = (("mypy",), (*PYTEST, "-m", "browser", *BROWSER))
REST = (*PYTEST, "-n", "auto", "--dist", "worksteal", "-m", "not browser")


def main() -> int:
    """Return 0 when all is well, else 1."""
    if not all([is_well(command) for command in FORM]):
        return 1
    with ThreadPoolExecutor(max_workers=1) as lane:
        beside = [lane.submit(is_well_at_its_end, command) for command in BESIDE]
        try:
            found = [is_well(REST)]
        except KeyboardInterrupt:
            lane.shutdown(cancel_futures=True)
            raise
        found += [each.result() for each in beside]
    return 0 if all(found) else 1


def is_well(command: tuple[str, ...]) -> bool:
    """Run a Python module; what it says is shown as it says it."""
    print(f"python -m {' '.join(command)}", flush=True)
    return subprocess.run([sys.executable, "-m", *command], cwd=ROOT, check=False).returncode == 0


def is_well_at_its_end(command: tuple[str, ...]) -> bool:
    """Run a Python module; what it says is shown in one piece."""
    ended = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    said = f"\npython -m {' '.join(command)}\n".encode() + ended.stdout
    sys.stdout.buffer.write(said)
    sys.stdout.flush()
    return ended.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
