"""A day that is written out, so that no test depends on the hour at which it runs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

__all__ = ["DAY", "SPOKEN"]

DAY = datetime.now(UTC).date() + timedelta(days=3)
SPOKEN = f"{DAY.day} {DAY:%B}"
"""As a person writes it: ``24 December``."""
