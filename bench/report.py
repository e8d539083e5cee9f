"""Turn what was measured into tables that can be pasted into ``docs/performance.md``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from bench.contender import Measure

__all__ = ["Score", "markdown", "table"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What one contender did."""

    name: str
    messages: tuple[Measure, ...]
    searches: tuple[Measure, ...]
    import_ms: float
    start_ms: float
    first_search_ms: float
    warm_search_ms: float
    memory_idle_mib: float
    memory_after_mib: float


LOAD = ("contender", "per second", "rounds", "ratio", "p50 ms", "p99 ms", "CPU ms")
COST = (
    *("contender", "import ms", "start ms", "first search ms", "index complete after ms"),
    *("MiB idle", "MiB after load"),
)


def table(scores: Sequence[Score]) -> str:
    """Return Markdown; the ratio is to the first contender's rate, in the same run."""
    messages = [(score.name, score.messages) for score in scores]
    searches = [(score.name, score.searches) for score in scores]
    cost = [
        (
            score.name,
            f"{score.import_ms:.0f}",
            f"{score.start_ms:.0f}",
            f"{score.first_search_ms:.0f}" if score.first_search_ms else "fails",
            f"{score.warm_search_ms:.0f}" if score.first_search_ms else "",
            f"{score.memory_idle_mib:.0f}",
            f"{score.memory_after_mib:.0f}",
        )
        for score in scores
    ]
    return "\n\n".join(
        (
            "Messages\n\n" + markdown(LOAD, _load(messages)),
            "Searches\n\n" + markdown(LOAD, _load(searches)),
            "Being there\n\n" + markdown(COST, cost),
        )
    )


def _load(rows: Sequence[tuple[str, Sequence[Measure]]]) -> list[tuple[str, ...]]:
    first = median(measure.outcome.per_second for measure in rows[0][1]) or 1.0
    return [_row(name, measures, first) for name, measures in rows]


def _row(name: str, measures: Sequence[Measure], first: float) -> tuple[str, ...]:
    outcomes = [measure.outcome for measure in measures]
    failed = next((outcome.last_failure for outcome in outcomes if outcome.failures), "")
    if failed:
        return (name, f"fails ({failed[9:12]})", "", "", "", "", "")
    rates = sorted(outcome.per_second for outcome in outcomes)
    return (
        name,
        f"{median(rates):,.0f}",
        f"{rates[0]:,.0f} to {rates[-1]:,.0f}",
        f"{median(rates) / first:.2f}",
        f"{median(outcome.p50_ms for outcome in outcomes):.1f}",
        f"{median(outcome.p99_ms for outcome in outcomes):.1f}",
        f"{median(measure.cpu_ms for measure in measures):.2f}",
    )


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
