"""Rules of repeating events as files have them that do not keep to RFC 5545.

vCalendar 1.0 of Lotus Organizer, Palm and old telephones says ``W2 MO WE #10``; others number the
days of a week (``FREQ=WEEKLY;BYDAY=1MO``) or add parts of their own. :func:`as_rrule` says the same
in the words of the standard, for whoever reads those.

versit's vCalendar 1.0, section 2.1.7, "Basic Recurrence Rule Grammar".
"""

from __future__ import annotations

import re

__all__ = ["as_rrule"]

_RULE = re.compile(
    r"(?P<kind>D|W|MP|MD|YM|YD)(?P<interval>\d{1,3})(?P<words>(?:\s+[A-Z0-9+-]+)*?)"
    r"(?:\s+(?P<end>#\d{1,5}|\d{8}T?\d{0,6}Z?))?"
)
_KINDS = {
    "D": ("DAILY", ""),
    "W": ("WEEKLY", "BYDAY"),
    "MP": ("MONTHLY", "BYDAY"),
    "MD": ("MONTHLY", "BYMONTHDAY"),
    "YM": ("YEARLY", "BYMONTH"),
    "YD": ("YEARLY", "BYYEARDAY"),
}
_PLACE = re.compile(r"(\d)([+-])")
_OWN = re.compile(r";X-[^;]*", re.I)
_WEEKLY = re.compile(r"FREQ=(?:WEEKLY|DAILY)", re.I)
_NUMBERED = re.compile(r"(?<=[=,])[+-]?\d{1,2}(?=(?:MO|TU|WE|TH|FR|SA|SU)(?:[,;]|$))", re.I)
TWICE = "#2"
"""What a rule means that says no end."""
FOR_EVER = "#0"


def as_rrule(text: str) -> str:
    """Return a rule in the words of RFC 5545; one that is in these already as it is."""
    found = _RULE.fullmatch(" ".join(text.upper().split())) if "=" not in text else None
    if found is None:
        return _standard(text)
    frequency, by = _KINDS[found["kind"]]
    parts = [f"FREQ={frequency}", f"INTERVAL={found['interval']}"]
    words = found["words"].split()
    if by and words:
        days = _in_places(words) if found["kind"] == "MP" else _signed(words)
        parts.append(f"{by}={','.join(days)}")
    end = found["end"] or TWICE
    if end != FOR_EVER:
        parts.append(f"COUNT={end[1:]}" if end.startswith("#") else f"UNTIL={end}")
    return ";".join(parts)


def _standard(text: str) -> str:
    """Return a rule without parts of a program's own, and without numbers that mean nothing."""
    if _OWN.search(text):
        text = _OWN.sub("", text)
    return _NUMBERED.sub("", text) if _WEEKLY.search(text) else text


def _in_places(words: list[str]) -> list[str]:
    """Return ``1+ MO 2- FR`` as ``1MO``, ``-2FR``."""
    days, place = [], ""
    for word in words:
        if found := _PLACE.fullmatch(word):
            place = f"{'-' if found[2] == '-' else ''}{found[1]}"
        else:
            days.append(place + word)
    return days


def _signed(words: list[str]) -> list[str]:
    """Return ``2-`` as ``-2`` and ``LD``, the last day, as ``-1``."""
    bare = ("-1" if word == "LD" else word for word in words)
    return [f"-{word[:-1]}" if word.endswith("-") else word.rstrip("+") for word in bare]
