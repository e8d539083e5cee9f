"""How quickly the addresses of subscribers answer, and what the slow ones are told.

An answer that takes longer than three seconds is a slow one. Of the answers of the last ten
minutes a tenth may be; with more, notices come late, and with three parts of twenty they are
dropped. Sources disagree about the numbers, and none says of how many answers: the hardest holds.
https://learn.microsoft.com/graph/change-notifications-delivery-webhooks
"""

from __future__ import annotations

from collections import defaultdict, deque
from datetime import datetime, timedelta
from enum import Enum

__all__ = ["Endpoints", "Standing"]

_SLOW = timedelta(seconds=2.9)
_LOOKED_BACK = timedelta(minutes=10)
_SLOW_PART, _DROPPED_PART = 0.10, 0.15


class Standing(Enum):
    """What becomes of the notices for an address."""

    GOOD = "told"
    SLOW = "late"
    DROPPED = "lost"


class Endpoints:
    """The last answers of each address."""

    def __init__(self) -> None:
        self._answers: defaultdict[str, deque[tuple[datetime, bool]]] = defaultdict(deque)

    def note(self, url: str, began: datetime, ended: datetime) -> None:
        """Remember how long an address took to answer."""
        self._answers[url].append((ended, ended - began > _SLOW))

    def standing(self, url: str, now: datetime) -> Standing:
        """Say what becomes of the next notice."""
        answers = self._answers[url]
        while answers and answers[0][0] <= now - _LOOKED_BACK:
            answers.popleft()
        slow = sum(is_slow for _, is_slow in answers)
        if slow >= _DROPPED_PART * len(answers) and slow:
            return Standing.DROPPED
        return Standing.SLOW if slow > _SLOW_PART * len(answers) else Standing.GOOD
