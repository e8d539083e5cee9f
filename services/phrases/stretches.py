"""A stretch from one hour of one day to another: ``monday 9:00 to wednesday 17:00``.

The neighbours read days and hours each for themselves, so both are first put side by side.
"""

from __future__ import annotations

import re
from functools import lru_cache

from services.phrases.names import Names

__all__ = ["days_first"]


def days_first(text: str, names: Names) -> str:
    """Return ``monday 9:00 to wednesday 17:00`` as ``monday - wednesday 9:00-17:00``."""
    return _stretch(names).sub(r"\1 - \3 \2-\4", text)


@lru_cache(maxsize=64)
def _stretch(names: Names) -> re.Pattern[str]:
    words, number = names.words, r"\d{1,2}(?:st|nd|rd|th|\.|er|\u00ba)?"
    weekday, month = f"{names.weekday_pattern}|{names.short_weekday_pattern}", names.month_pattern
    of = r"\s*(?:of\s+|de\s+|d['\u2019])?"
    day = (
        rf"((?:{weekday}|{number}{of}(?:{month})|(?:{month})\s+{number}"
        r"|\d{1,2}\.\d{1,2}\.(?:\d{4})?)(?!\w))"
    )
    half = r"\s?[ap]m"
    clock = rf"(?:{words.separator})\d{{2}}|{words.hour_sign}|(?=\s(?:{words.oclock})\b|{half})"
    hour = (
        rf",?\s+(?:(?:{words.at})\s+)?(\d{{1,2}}(?:{clock})(?:{half})?)"
        rf"(?:\s+(?:{words.oclock}))?(?![\w:])"
    )
    joint = rf"\s*(?:[-\u2013\u2014]|\b(?:{words.to})\b)\s*(?:(?:{words.on})\s+)?"
    since = rf"(?:(?:{words.since})\s+)?"
    return re.compile(rf"(?<!\w){since}{day}{hour}{joint}{day}{hour}", re.I)
