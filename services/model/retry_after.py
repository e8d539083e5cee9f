"""How long a server asks to be let be: its ``Retry-After``, a number of seconds or a date.

Source: RFC 9110, section 10.2.3. Some services say fractions of a second, which it does not know.
"""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from math import isfinite

__all__ = ["seconds_asked"]


def seconds_asked(retry_after: str, now: datetime) -> float | None:
    """Return the seconds, below zero for a date that is over; ``None`` = nothing readable."""
    try:
        seconds = float(retry_after)
    except ValueError:
        try:
            until = parsedate_to_datetime(retry_after)
        except ValueError:
            return None
        until = until if until.tzinfo else until.replace(tzinfo=UTC)
        return (until - now).total_seconds()
    return seconds if isfinite(seconds) else None
