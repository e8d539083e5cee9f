"""Measure Almanac beside other frameworks: ``python -m bench`` (``make bench``).

One core against one core: a contender has the first, the stub of Teams and the load generator
share the second. The contenders take turns, several rounds of each, and the table shows the
median round; read ratios within one run, never numbers of different runs. Results and what they
mean are kept in ``docs/performance.md``.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bench.match import Match
from bench.peers import install_peers
from bench.report import table

__all__ = ["main"]

ROOT = Path(__file__).resolve().parents[1]


def main(arguments: list[str] | None = None) -> int:
    """Run and print; 0 when no contender failed a request."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=5, help="measured, in each round")
    parser.add_argument("--warm", type=float, default=2, help="before that, not measured")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--contacts", type=int, default=100_000)
    parser.add_argument("--only", nargs="*", default=[], help="names of contenders")
    given = parser.parse_args(arguments)
    peers = install_peers(ROOT / "build" / "bench-venv")
    match = Match(
        peers_python=peers,
        work_dir=ROOT / "build" / "bench",
        seconds=given.seconds,
        warm_seconds=given.warm,
        rounds=given.rounds,
        connections=given.connections,
        contacts=given.contacts,
        only=given.only,
    )
    scores = match.play()
    print(table(scores))
    return 0 if all(score.is_clean for score in scores) else 1


if __name__ == "__main__":
    sys.exit(main())
