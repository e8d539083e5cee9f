"""Measure Almanac beside other frameworks: ``python -m bench`` (``make bench``).

One core against one core: a contender has the first, the stub of Teams and the load generator
share the second. The contenders take turns, several rounds of each, and the table shows the
median round; read ratios within one run, never numbers of different runs. Results and what they
mean are kept in ``docs/performance.md``.
"""

from __future__ import annotations

import argparse
import sys

from bench.contender import Place
from bench.match import FIELD, play, stub
from bench.peers import install_peers
from bench.process import ROOT
from bench.report import table

__all__ = ["main"]


def main(arguments: list[str] | None = None) -> int:
    """Run and print the table."""
    parser = argparse.ArgumentParser(prog="bench", description="Measure beside other frameworks.")
    parser.add_argument("--seconds", type=float, default=5, help="measured, in each round")
    parser.add_argument("--warm", type=float, default=2, help="before that, not measured")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--contacts", type=int, default=100_000)
    parser.add_argument("--only", nargs="*", default=[""], help="parts of contenders' names")
    given = parser.parse_args(arguments)
    peers_python = install_peers(ROOT / "build" / "bench-venv")
    work_dir = ROOT / "build" / "bench"
    with stub(work_dir) as (stub_url, issuer):
        place = Place(
            work_dir=work_dir,
            peers_python=peers_python,
            stub_url=stub_url,
            issuer=issuer,
            seconds=given.seconds,
            warm_seconds=given.warm,
            connections=given.connections,
            contacts=given.contacts,
        )
        field = [c for c in FIELD if any(word in c.name for word in given.only)]
        print(table(play(place, field, given.rounds)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
