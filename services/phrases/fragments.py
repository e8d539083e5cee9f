"""Date fragments that our own table does not know, by dateparser with its languages fixed.

Left to guess the language, dateparser takes over a second and errs; hence one language and
English, short fragments, and no times. Importing it costs 0.1 s and its first answer as much again:
:func:`warm` pays for both, beside the first requests.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time

__all__ = ["read_fragment", "warm"]

LONGEST = 40
ALLOWED = re.compile(r"[\w .,'\u2019/-]+")


def read_fragment(fragment: str, today: date, language: str) -> date | None:
    """Return the one day that the fragment names, or ``None``."""
    if len(fragment) > LONGEST or not ALLOWED.fullmatch(fragment) or fragment.isdigit():
        return None
    import dateparser  # noqa: PLC0415  (see above)
    from dateparser.data.languages_info import language_order  # noqa: PLC0415

    languages = [language, "en"] if language in language_order and language != "en" else ["en"]
    settings = {
        "RELATIVE_BASE": datetime.combine(today, time(12)),
        "PREFER_DATES_FROM": "future",
        "RETURN_AS_TIMEZONE_AWARE": False,
        "PARSERS": ["relative-time", "absolute-time"],
    }
    try:
        found: datetime | None = dateparser.parse(fragment, languages=languages, settings=settings)
    except (ValueError, OverflowError):
        return None
    return found.date() if found else None


def warm() -> None:
    """Load dateparser and its English, which every language needs, so that nobody waits later."""
    read_fragment("in 2 days", date(2026, 1, 1), "en")
