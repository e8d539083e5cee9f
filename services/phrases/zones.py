"""The zone of a time, where a sentence names one: ``15:00 UTC``, ``3pm New York time``.

Letters that mean one zone to nearly everybody are known, the names of the tz database
(``Europe/London``), and its cities before the word *time*. What may mean several (IST is India's,
Israel's and Ireland's) is not guessed: it stays in the title, where it is seen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from services.model.errors import UnknownZone
from services.model.times import zone_named
from services.phrases.text import GAP, Sentence

__all__ = ["take_zone"]

LETTERS = {
    **dict.fromkeys(("UTC", "GMT"), "UTC"),
    **dict.fromkeys(("BST",), "Europe/London"),
    **dict.fromkeys(("CET", "CEST"), "Europe/Berlin"),
    **dict.fromkeys(("EET", "EEST"), "Europe/Athens"),
    **dict.fromkeys(("ET", "EST", "EDT"), "America/New_York"),
    **dict.fromkeys(("CT", "CST", "CDT"), "America/Chicago"),
    **dict.fromkeys(("MT", "MST", "MDT"), "America/Denver"),
    **dict.fromkeys(("PT", "PST", "PDT"), "America/Los_Angeles"),
    **dict.fromkeys(("JST",), "Asia/Tokyo"),
    **dict.fromkeys(("SGT",), "Asia/Singapore"),
    **dict.fromkeys(("AEST", "AEDT"), "Australia/Sydney"),
    **dict.fromkeys(("NZST", "NZDT"), "Pacific/Auckland"),
}
"""Whose clocks show it: *EST* in July means New York all the same."""
CITY = r"(?P<city>[^\W\d][\w.'-]*(?:\s[^\W\d][\w.'-]*){0,2})\s+time"
NAME = r"(?P<name>[A-Z][A-Za-z]+(?:/[A-Z][A-Za-z_-]+){1,2})"
TYPED = rf"(?:{'|'.join(each.lower() for each in LETTERS if len(each) > 2)})(?=\)?\s*(?:$|{GAP}|,))"
"""In small letters, where nothing follows of which it could be a word: *est* is French."""
SAID = re.compile(
    rf"(?<={GAP})\s*\(?(?:(?P<letters>{'|'.join(LETTERS)}|{TYPED})|{NAME}|(?i:{CITY}))\)?"
    r"(?!\w|[+-]\d)"
)


def take_zone(sentence: Sentence) -> ZoneInfo | None:
    """Take the zone out of a sentence of which the time was taken before."""
    return sentence.take(SAID, _zone)


def _zone(match: re.Match[str]) -> ZoneInfo | None:
    if match["letters"]:
        return ZoneInfo(LETTERS[match["letters"].upper()])
    key = match["name"] or _cities().get(match["city"].casefold(), "")
    try:
        return zone_named(key)
    except UnknownZone:
        return None


@cache
def _cities() -> Mapping[str, str]:
    """Return the zones by their cities; looked for once, when somebody names one."""
    return {
        key.rpartition("/")[2].replace("_", " ").casefold(): key
        for key in sorted(available_timezones())
        if "/" in key and not key.startswith(("Etc/", "posix/", "right/", "SystemV/"))
    }
