"""Measure expansion: ``python -m bench.recurrence`` (part of ``make bench``).

Three contenders are asked what is on in a month of the same calendar, each in processes of its own,
in turns: recurring-ical-events, python-dateutil and Almanac. All three remember what they have
worked out, as each of them can. CPU time of one process; read ratios within one run.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

from bench.process import ROOT
from bench.recurrence.contenders import CONTENDERS
from bench.report import markdown

__all__ = ["main"]

HEADINGS = ("contender", "cold ms", "of ours", "warm ms", "of ours", "another month ms", "of ours")
ASKED = ("cold", "warm", "other")


def main(arguments: list[str] | None = None) -> int:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(prog="bench.recurrence", description="Measure expansion.")
    parser.add_argument("--series", type=int, default=200)
    parser.add_argument("--singles", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args(arguments)
    for singles in (0, given.singles):
        taken = _measured(given.series, singles, given.rounds)
        print(f"\n{given.series:,} series and {singles:,} single events\n")
        print(markdown(HEADINGS, _rows(taken)))
    return 0


def _measured(series: int, singles: int, rounds: int) -> dict[str, list[dict[str, Any]]]:
    taken: dict[str, list[dict[str, Any]]] = {name: [] for name in CONTENDERS}
    for _ in range(rounds):
        for name, told in taken.items():
            told.append(_asked(name, series, singles))
    answers = {each["is"] for told in taken.values() for each in told}
    if len(answers) != 1:
        raise SystemExit("the contenders do not agree on what is on")
    return taken


def _asked(name: str, series: int, singles: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.recurrence.worker", name, str(series), str(singles)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _rows(taken: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[tuple[str, ...]]:
    middle = {
        name: {asked: median(each[asked] for each in told) for asked in ASKED}
        for name, told in taken.items()
    }
    ours = middle["Almanac"]
    return [
        (name, *(part for asked in ASKED for part in _cells(own[asked], ours[asked])))
        for name, own in middle.items()
    ]


def _cells(own: float, ours: float) -> tuple[str, str]:
    return f"{own:.2f}", f"{own / ours:.1f}"


if __name__ == "__main__":
    sys.exit(main())
