"""Turn what was measured into a table that can be pasted into ``docs/performance.md``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from bench.load import Outcome

__all__ = ["Score", "table"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What one contender did."""

    name: str
    messages: tuple[Outcome, ...]
    searches: tuple[Outcome, ...]
    replies_per_message: float
    import_ms: float
    start_ms: float
    memory_idle_mib: float
    memory_after_mib: float

    @property
    def is_clean(self) -> bool:
        """False when a request failed that should not have."""
        return not any(outcome.failures for outcome in self.messages)


HEAD = (
    *("contender", "messages/s", "x", "p50 ms", "p99 ms"),
    *("searches/s", "x", "p50 ms", "p99 ms"),
    *("import ms", "start ms", "MiB idle", "MiB after"),
)


def table(scores: Sequence[Score]) -> str:
    """Return a Markdown table; ``x`` is the ratio to Almanac's own rate in the same run."""
    ours = next((score for score in scores if score.name.startswith("almanac")), scores[0])
    rows = [HEAD, tuple("---" for _ in HEAD)]
    for score in scores:
        rows.append(
            (
                score.name,
                *_rate(score.messages, ours.messages),
                *_rate(score.searches, ours.searches),
                f"{score.import_ms:.0f}",
                f"{score.start_ms:.0f}",
                f"{score.memory_idle_mib:.0f}",
                f"{score.memory_after_mib:.0f}",
            )
        )
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _rate(outcomes: Sequence[Outcome], ours: Sequence[Outcome]) -> tuple[str, str, str, str]:
    if not outcomes:
        return ("", "", "", "")
    if any(outcome.failures for outcome in outcomes):
        status = outcomes[-1].last_failure[9:12]
        return (f"error {status}", "", "", "")
    rate = median(outcome.per_second for outcome in outcomes)
    ratio = rate / (median(outcome.per_second for outcome in ours) or 1) if ours else 0.0
    spread = (
        f"{min(o.per_second for o in outcomes):,.0f}-{max(o.per_second for o in outcomes):,.0f}"
    )
    return (
        f"{rate:,.0f} ({spread})",
        f"{ratio:.2f}",
        f"{median(outcome.p50_ms for outcome in outcomes):.1f}",
        f"{median(outcome.p99_ms for outcome in outcomes):.1f}",
    )
