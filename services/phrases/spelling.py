"""Ways to write a time that nobody else needs to know: they are written anew before all is read.

``2026-12-24T18:00:00Z`` as programs have it, ``5.30am``, ``8h et demie``, ``las 9 menos cuarto``,
``6 tonight``.
"""

from __future__ import annotations

import re
from functools import lru_cache

from services.phrases.vocabulary import Words

__all__ = ["spelled"]

ISO = re.compile(r"(?<=\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z\b)?")
"""A time behind its day as programs write it."""
DOTTED = re.compile(r"(?<![\w.])(\d{1,2})\.([0-5]\d)(?=\s?[ap]\.?m\b)", re.I)


def spelled(text: str, words: Words) -> str:
    """Return the text with its times as most people write them."""
    text = ISO.sub(_as_people_write, text)
    text = DOTTED.sub(r"\1:\2", text)
    text = _of_tonight(words).sub(r"\1pm", text)
    return _parts_of_hours(words).sub(lambda match: _with_minutes(match, words), text)


def _as_people_write(match: re.Match[str]) -> str:
    """Return ``T18:00:00Z`` as `` 18:00 UTC``."""
    return f" {match[1]} UTC" if match[2] else f" {match[1]}"


@lru_cache(maxsize=8)
def _of_tonight(words: Words) -> re.Pattern[str]:
    """Return the hour right before *tonight*; ``dinner for 6 tonight`` has none."""
    beside = r"(?<!\bfor\s)(?<!\bof\s)(?<!\bwith\s)(?<!\bat\s)"
    return re.compile(rf"(?<=\s){beside}([5-9]|1[01])(?=\s+(?:{words.tonight})(?!\w))", re.I)


@lru_cache(maxsize=8)
def _parts_of_hours(words: Words) -> re.Pattern[str]:
    hour = rf"(?:((?:{words.at})\s+)?(\d{{1,2}})(?:\s*(?:{words.oclock}))?|({words.noon}))"
    parts = rf"(?:({words.and_half})|({words.and_quarter})|({words.less_quarter}))"
    return re.compile(rf"(?<!\w){hour}\s+{parts}(?!\w)", re.I)


def _with_minutes(match: re.Match[str], words: Words) -> str:
    """Return ``8h et demie`` as ``8:30``; a number is an hour only where something says so."""
    led, digits, noon, half, quarter, _less = match.groups()
    is_hour = noon or led or re.search(rf"\d\s*(?:{words.oclock})", match[0], re.I)
    hour = 12 if noon else int(digits)
    if not is_hour or not 1 <= hour <= 24:
        return match[0]
    minutes = hour * 60 + (30 if half else 15 if quarter else -15)
    if led and not noon and minutes < 7 * 60 and not re.search(words.oclock, match[0], re.I):
        minutes += 12 * 60  # at 3, as of a bare hour, is in the afternoon
    return f"{led or ''}{minutes // 60 % 24}:{minutes % 60:02}"
