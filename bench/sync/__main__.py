"""Measure the sync: ``python -m bench.sync`` (part of ``make bench``).

Almanac keeps a calendar of many events in step with the sandbox's Outlook, over HTTP and with
sealed records; a bare loop sends the same requests, and vdirsyncer syncs as many events between
two local folders, in the clear. One core for whoever is measured, the other for the office.
The sandbox answers at once: what Graph's own limits would add is printed beside it. The machine's
own speed changes from minute to minute, so we and the bare loop take turns, each turn with an
office that has just opened, and the tables show the median turn.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any, TypeAlias

from bench.peers import install_peers
from bench.process import ROOT, scratch
from bench.report import markdown
from bench.sync.office import running
from bench.sync.peer import peer_rows
from bench.sync.rows import Row, median_of, rows_of, told_by

__all__ = ["main"]

SMALL = 100
"""Events: what vdirsyncer takes for so few is its own size."""
LIMIT = 6_000 / 600
"""Requests a second that a sync takes of a mailbox's 10,000 in ten minutes."""
OURS = (
    *("row", "items", "seconds", "CPU ms an item", "requests"),
    *("of the bare loop", "times its CPU", "with limits"),
)
TOKENS_LAST = 55
"""Minutes that are surely safe; sign-in is not measured here, so nobody renews them."""
SWEPT = ("a sweep", "links", "seconds", "CPU ms a link", "MiB")
DELAYS = ("a change", "p50 ms", "p95 ms", "longest ms")
GROWTH = ("events", "out", "own echo", "out: 100 changed", "in", "in: 100 changed", "MiB")
SOAK = ("passes", "changes", "MiB", "CPU ms a change")
PEER = ("row", "ours CPU ms an item", "vdirsyncer", "ours KiB an event", "vdirsyncer")
FLOOR = ("an event that comes in", "CPU ms")


Turn: TypeAlias = Mapping[str, Mapping[str, Row]]
"""What was measured with one office: our rows and the bare loop's, each by name."""


def main(arguments: list[str] | None = None) -> int:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(prog="bench.sync", description="Measure the sync.")
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--turns", type=int, default=5, help="of ours and the bare loop")
    parser.add_argument("--links", type=int, default=1_000, help="in the crowd")
    parser.add_argument("--active", type=int, default=200, help="of them told of changes")
    parser.add_argument(
        "--growth", type=int, nargs="*", default=[1_000], help="more sizes, say 1000 100000"
    )
    parser.add_argument("--soak", type=float, default=1, help="minutes, 55 at most; 0 = none")
    given = parser.parse_args(arguments)
    if given.soak > TOKENS_LAST:
        parser.error(f"a soak takes {TOKENS_LAST} minutes at most: its tokens last an hour")
    if given.turns < 1:
        parser.error("there is nothing to tell without a turn")
    python = install_peers(ROOT / "build" / "bench-venv")
    with scratch("bench-sync") as folder:
        _one_link(folder, given.events, given.turns, given.growth, python)
        _many_links(folder, given.links, given.active)
        if given.soak:
            print(f"\nSynced for {given.soak:g} minutes without a pause\n")
            print(markdown(SOAK, [_soaked(row) for row in _soak(folder, given.soak)]))
    return 0


def _one_link(folder: Path, events: int, turns: int, growth: Sequence[int], python: Path) -> None:
    in_turns = [_turn(folder, events, number) for number in range(turns)]
    ours, bare = (_medians([turn[who] for turn in in_turns]) for who in ("ours", "bare"))
    shares = _shares(in_turns)
    with running(folder, people=3, events=events):
        floor = rows_of("floor", str(folder), str(events))
    print(f"\nOne link, {events:,} events, the median of {turns} turns\n")
    print(markdown(OURS, [_row(ours[name], bare.get(name), shares.get(name, ())) for name in ours]))
    print("\nWhat of the way in nobody can leave out\n")
    print(markdown(FLOOR, _floor(floor, ours["in: first sync"], bare["in: first sync"])))
    print("\nCPU ms an item, and MiB at the end\n")
    grown = {size: _grown(folder, size) for size in growth} | {events: ours}
    print(markdown(GROWTH, [_growth(size, grown[size]) for size in sorted(grown)]))
    print("\nBeside vdirsyncer\n")
    sizes = (events, min(SMALL, events))
    peer, least = (peer_rows(python, folder / "peer", size) for size in sizes)
    print(markdown(PEER, [_beside(events, ours[n], peer[n], least[n]) for n in peer]))


def _many_links(folder: Path, links: int, active: int) -> None:
    first, idle, *delays = _crowd(folder, links, active)
    print(f"\n{links:,} links, {active:,} of them active\n")
    print(markdown(SWEPT, [_swept(first), _swept(idle)]))
    print()
    print(markdown(DELAYS, [_delay(each) for each in delays]))


def _turn(folder: Path, events: int, number: int) -> Turn:
    """Measure both; every second time the bare loop goes first."""
    order = ("ours", "bare") if number % 2 == 0 else ("bare", "ours")
    with running(folder, people=3, events=events):
        return {who: rows_of(who, str(folder), str(events)) for who in order}


def _medians(turns: Sequence[Mapping[str, Row]]) -> dict[str, Row]:
    """Return the median turn of each row."""
    return {name: median_of([turn[name] for turn in turns]) for name in turns[0]}


def _shares(turns: Sequence[Turn]) -> dict[str, list[float]]:
    """Return how much of the bare loop's speed each row has reached in each turn."""
    names = turns[0]["bare"]
    return {
        name: [turn["bare"][name].seconds / turn["ours"][name].seconds for turn in turns]
        for name in names
    }


def _grown(folder: Path, events: int) -> Mapping[str, Row]:
    with running(folder, people=3, events=events):
        return rows_of("ours", str(folder), str(events))


def _growth(events: int, rows: Mapping[str, Row]) -> tuple[str, ...]:
    names = ("out: first sync", "out: own echo", "out: 100 changed", "in: first sync")
    cells = [_each(rows[name]) for name in (*names, "in: 100 changed")]
    return f"{events:,}", *cells, f"{max(row.memory_mib for row in rows.values()):.0f}"


def _soak(folder: Path, minutes: float) -> list[dict[str, Any]]:
    with running(folder, people=3, events=1_000):
        return told_by("soak", str(folder), str(minutes))


def _soaked(row: dict[str, Any]) -> tuple[str, ...]:
    cpu = row["cpu_seconds"] / row["changes"] * 1000
    return f"{row['passes']:,}", f"{row['changes']:,}", f"{row['memory_mib']:.0f}", f"{cpu:.2f}"


def _crowd(folder: Path, links: int, active: int) -> list[dict[str, Any]]:
    with running(folder, people=links, events=0):
        return told_by("crowd", str(folder), str(links), str(active))


def _row(row: Row, bare: Row | None, shares: Sequence[float]) -> tuple[str, ...]:
    asked = sum(row.requests.values())
    return (
        row.name,
        f"{row.items:,}",
        f"{row.seconds:.2f}",
        _each(row),
        " ".join(f"{count:,} {method}" for method, count in sorted(row.requests.items())),
        f"{median(shares):.0%}, {min(shares):.0%} to {max(shares):.0%}" if shares else "",
        f"{row.cpu_seconds / bare.cpu_seconds:.1f}" if bare else "",
        f"{max(asked / LIMIT, row.seconds):,.0f} s",
    )


def _each(row: Row) -> str:
    return f"{row.cpu_seconds / row.items * 1000:.2f}"


def _floor(steps: Mapping[str, Row], ours: Row, bare: Row) -> list[tuple[str, str]]:
    least = sum(row.cpu_seconds / row.items for row in steps.values()) * 1000
    return [
        *((row.name, _each(row)) for row in steps.values()),
        ("all of these", f"{least:.2f}"),
        ("our sync", _each(ours)),
        ("the bare loop, which does the first alone", _each(bare)),
    ]


def _beside(events: int, ours: Row, peer: Row, least: Row) -> tuple[str, ...]:
    """Compare a row; memory is what it takes beyond the process as it was before."""
    more = peer.memory_mib - least.memory_mib
    memory = (f"{mib * 1024 / events:.1f}" for mib in (ours.grown_mib, more))
    return ours.name, _each(ours), _each(peer), *memory


def _swept(row: dict[str, Any]) -> tuple[str, ...]:
    return (
        row["name"].removeprefix("crowd: "),
        f"{row['items']:,}",
        f"{row['seconds']:.1f}",
        f"{row['cpu_seconds'] / row['items'] * 1000:.1f}",
        f"{row['memory_mib']:.0f}",
    )


def _delay(row: dict[str, Any]) -> tuple[str, ...]:
    times = (f"{row[key] * 1000:,.0f}" for key in ("p50", "p95", "longest"))
    return (row["name"].removeprefix("crowd: "), *times)


if __name__ == "__main__":
    sys.exit(main())
