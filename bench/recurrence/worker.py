"""One contender in a process of its own: ``python -m bench.recurrence.worker NAME SERIES SINGLES``.

Prints one line of JSON: CPU milliseconds of the first question, of the same question again, and of
a month that was not asked for before, and what the first answer was.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from statistics import median

from bench.recurrence.contenders import CONTENDERS, Ask
from bench.recurrence.samples import BEGIN, END, samples
from services.model.times import Start

__all__ = ["main"]

TIMES = 9
MONTH = timedelta(days=30)


def main(name: str, series: int, singles: int) -> None:
    """Measure and print."""
    ask = CONTENDERS[name](samples(series, singles))
    cold, found = _timed(ask, BEGIN, END)
    warm = median(_timed(ask, BEGIN, END)[0] for _ in range(TIMES))
    others = [BEGIN + n * MONTH for n in range(-1, -TIMES - 1, -1)]
    other = median(_timed(ask, begin, begin + MONTH)[0] for begin in others)
    told = {"cold": cold, "warm": warm, "other": other, "found": len(found), "is": _sum(found)}
    print(json.dumps(told))


def _timed(ask: Ask, begin: datetime, end: datetime) -> tuple[float, Sequence[Start]]:
    began = time.process_time()
    found = ask(begin, end)
    return (time.process_time() - began) * 1000, found


def _sum(found: Sequence[Start]) -> str:
    """Return what two contenders agree on when their answers are the same."""
    instants = sorted(each.astimezone(UTC) for each in found if isinstance(each, datetime))
    return hashlib.sha256("".join(map(str, instants)).encode()).hexdigest()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
