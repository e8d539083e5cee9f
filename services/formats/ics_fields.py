"""The fields of an event of a calendar file, and the lines that no field holds.

:func:`fields_of` reads what we know, :func:`kept_lines` keeps the rest as it stands: people,
conferences, coordinates, alarms beyond the first, whatever a producer invented. The writer
(:mod:`services.formats.ics`) gives both back.

RFC 5545, section 3.8; Outlook's own words are those of [MS-OXCICAL].
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import lru_cache

from services.formats.components import Component
from services.formats.content_lines import Line, parameters, text_of, texts
from services.formats.ics_extras import extra_lines, extras_of
from services.formats.ics_times import BadTime, duration_of
from services.graph.bodies import text_from_graph
from services.model.events import EventContent, Importance, Sensitivity, ShowAs
from services.model.rich_text import Line as TextLine
from services.model.rich_text import Run, write
from services.model.times import When

__all__ = ["MOST_KEPT", "MOST_PEOPLE", "fields_of", "kept_lines"]

MOST_KEPT = 64_000
"""Characters of lines that are kept of one event."""
MOST_PEOPLE = 1000
MOST_REMINDER = 28 * 24 * 60
UNTITLED = "Untitled"
_MARKS = "*_[]\\"
_BREAK = re.compile(r"<(?:br|p|div|li)\b[^>]*>", re.I)
_HTML = re.compile(r"</(?:p|div|span|a|b|i|u|strong|em|ul|ol|li)>|<br\s*/?>", re.I)

SHOWN = {
    "FREE": ShowAs.FREE,
    "TENTATIVE": ShowAs.TENTATIVE,
    "BUSY": ShowAs.BUSY,
    "OOF": ShowAs.AWAY,
    "WORKINGELSEWHERE": ShowAs.ELSEWHERE,
}
"""X-MICROSOFT-CDO-BUSYSTATUS."""
CLASSES = {"PRIVATE": Sensitivity.PRIVATE, "CONFIDENTIAL": Sensitivity.CONFIDENTIAL}
OURS = frozenset(
    {
        *("UID", "DTSTAMP", "LAST-MODIFIED", "DTSTART", "DTEND", "DURATION", "RRULE", "EXDATE"),
        "RDATE",
        *("RECURRENCE-ID", "SUMMARY", "LOCATION", "DESCRIPTION", "X-ALT-DESC", "TRANSP", "CLASS"),
        *("PRIORITY", "CATEGORIES", "X-MICROSOFT-CDO-BUSYSTATUS", "X-MICROSOFT-CDO-IMPORTANCE"),
        *("X-MICROSOFT-CDO-ALLDAYEVENT", "X-MICROSOFT-CDO-INTENDEDSTATUS", "X-ALMANAC-CLASS"),
    }
)
"""Lines that fields of ours say, or that say nothing more than those."""


def fields_of(part: Component, when: When) -> EventContent:
    """Return the content of an event, without what repeats."""
    said = part.said
    return EventContent(
        title=" ".join(_text(said, "SUMMARY").split("\n")).strip() or UNTITLED,
        when=when,
        place=", ".join(_text(said, "LOCATION").split("\n")).strip(" ,"),
        text=_description(said),
        show_as=_shown(said),
        sensitivity=_sensitivity(said),
        importance=_importance(said),
        tags=_tags(part),
        reminder_minutes=next(_reminders(part), None),
        **extras_of(part),
    )


def kept_lines(part: Component, content: EventContent) -> tuple[tuple[str, ...], bool]:
    """Return the lines that no field of the content holds, and whether these are all of them."""
    kept: list[str] = []
    size, people, is_whole = 0, 0, True
    for line in _unsaid(part, frozenset(extra_lines(content))):
        people += line.startswith("ATTENDEE")
        if people > MOST_PEOPLE and line.startswith("ATTENDEE"):
            is_whole = False
            continue
        size += len(line)
        if size > MOST_KEPT:
            return tuple(kept), False
        kept.append(line)
    return tuple(kept), is_whole


def _unsaid(part: Component, said: frozenset[str]) -> Iterator[str]:
    """Yield what is not ours, nor ``said`` word for word: what others write otherwise, they get."""
    for line in part.lines:
        if line.name in OURS:
            continue
        if line.name == "STATUS" and line.value.strip().upper() == "TENTATIVE":
            continue
        whole = line.whole
        if whole not in said:
            yield whole
    reminded = False
    for each in part.inner:
        if not reminded and _minutes(each) is not None:
            reminded = True  # a field says this one
            continue
        yield from each.written()


def _text(said: Mapping[str, Line], name: str) -> str:
    return text_of(said[name].value) if name in said else ""


def _description(said: Mapping[str, Line]) -> str:
    html = said.get("X-ALT-DESC")
    if html is not None and "text/html" in html.parameters.lower():
        body = {"contentType": "html", "content": text_of(html.value)}
        if text := text_from_graph(body):
            return text
    text = _text(said, "DESCRIPTION").replace("\r", "").strip()
    if _HTML.search(text):  # as Google writes what was typed with its buttons
        lines = text if _BREAK.search(text) else text.replace("\n", "<br>")
        return text_from_graph({"contentType": "html", "content": lines})
    if not any(mark in text for mark in _MARKS) and not ("\n" in text and "://" in text):
        return text
    return write(TextLine((Run(line),)) for line in text.split("\n"))


def _shown(said: Mapping[str, Line]) -> ShowAs:
    status = said.get("X-MICROSOFT-CDO-BUSYSTATUS")
    if status is not None and status.value.strip().upper() in SHOWN:
        return SHOWN[status.value.strip().upper()]
    if "TRANSP" in said and said["TRANSP"].value.strip().upper() == "TRANSPARENT":
        return ShowAs.FREE
    if "STATUS" in said and said["STATUS"].value.strip().upper() == "TENTATIVE":
        return ShowAs.TENTATIVE
    return ShowAs.BUSY


def _sensitivity(said: Mapping[str, Line]) -> Sensitivity:
    if "X-ALMANAC-CLASS" in said and said["X-ALMANAC-CLASS"].value == "PERSONAL":
        return Sensitivity.PERSONAL
    name = said["CLASS"].value.strip().upper() if "CLASS" in said else ""
    return CLASSES.get(name, Sensitivity.NORMAL)


def _importance(said: Mapping[str, Line]) -> Importance:
    outlooks = (
        said["X-MICROSOFT-CDO-IMPORTANCE"].value if "X-MICROSOFT-CDO-IMPORTANCE" in said else ""
    )
    if outlooks.strip() in ("0", "2"):
        return Importance.HIGH if outlooks.strip() == "2" else Importance.LOW
    priority = said["PRIORITY"].value.strip() if "PRIORITY" in said else ""
    if priority.isdigit() and 1 <= int(priority) <= 9 and priority != "5":
        return Importance.HIGH if int(priority) < 5 else Importance.LOW
    return Importance.NORMAL


def _tags(part: Component) -> tuple[str, ...]:
    names: dict[str, str] = {}
    for line in part.named("CATEGORIES"):
        for tag in filter(None, map(str.strip, texts(line.value))):
            names.setdefault(tag.casefold(), tag)
    return tuple(names.values())


def _reminders(part: Component) -> Iterator[int]:
    for each in part.inner:
        minutes = _minutes(each)
        if minutes is not None:
            yield minutes


def _minutes(alarm: Component) -> int | None:
    """Return how long before the start an alarm is; ``None`` for one that a field cannot say."""
    trigger, action = alarm.first("TRIGGER"), alarm.first("ACTION")
    if alarm.name != "VALARM" or trigger is None or action is None:
        return None
    if action.value.strip().upper() != "DISPLAY":
        return None
    return _before_start(trigger)


@lru_cache(maxsize=256)
def _before_start(trigger: Line) -> int | None:
    if parameters(trigger).get("RELATED", "START") != "START":
        return None
    try:
        before = -duration_of(trigger.value)
    except (BadTime, OverflowError):
        return None
    minutes, rest = divmod(before, timedelta(minutes=1))
    return minutes if not rest and 0 <= minutes <= MOST_REMINDER else None
