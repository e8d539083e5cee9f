"""Stand-ins for ports, small enough to be read: a clock that a test moves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

__all__ = ["NOON", "FrozenClock"]

NOON = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
"""A Wednesday in winter: the present of most tests."""


class FrozenClock:
    """A :class:`services.model.times.Clock` that stands still until it is moved."""

    def __init__(self, now: datetime = NOON) -> None:
        self._now = now.astimezone(UTC)

    def now(self) -> datetime:
        return self._now

    def advance(self, by: timedelta | float) -> datetime:
        """Move on by a duration (a number is seconds) and return the new present."""
        self._now += by if isinstance(by, timedelta) else timedelta(seconds=by)
        return self._now

    def move_to(self, moment: datetime) -> None:
        self._now = moment.astimezone(UTC)
