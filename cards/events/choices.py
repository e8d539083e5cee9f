"""What an event form lets people choose from, in words: zones, reminders, how it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cards.elements import Choice
from cards.events.repeats import TITLES, in_words
from cards.events.rule_values import rule_value
from cards.wording import count, say
from services.model.events import Importance, ShowAs
from services.model.reach import Reach
from services.model.recurrence import Rule

__all__ = [
    "NO_REMINDER",
    "REACHES",
    "before",
    "importances",
    "important",
    "reaches",
    "reminders",
    "repeats",
    "said_minutes",
    "shown_as",
    "shown_as_choices",
    "zones",
]

REACHES = {
    Reach.ONE: "Only this date",
    Reach.FOLLOWING: "This and all following",
    Reach.ALL: "The whole series",
}
NO_REMINDER = "none"
REMINDERS = (0, 5, 10, 15, 30, 60, 120, 1_440, 2_880, 10_080)
LISTABLE = re.compile(r"[0-9]{1,5}")
"""What stands in the list of reminders; 28 days are the most that an event can have."""
SHOWN_AS = {
    ShowAs.BUSY: "Busy",
    ShowAs.FREE: "Free",
    ShowAs.TENTATIVE: "Tentative",
    ShowAs.AWAY: "Away",
    ShowAs.ELSEWHERE: "Working elsewhere",
}
IMPORTANCES = {
    Importance.NORMAL: "Normal",
    Importance.HIGH: "High",
    Importance.LOW: "Low",
}
ZONES = (
    *("Pacific/Honolulu", "America/Anchorage", "America/Los_Angeles", "America/Denver"),
    *("America/Phoenix", "America/Chicago", "America/Regina", "America/Mexico_City"),
    *("America/New_York", "America/Toronto", "America/Bogota", "America/Halifax"),
    *("America/St_Johns", "America/Sao_Paulo", "America/Argentina/Buenos_Aires"),
    *("Atlantic/Azores", "UTC", "Europe/London", "Europe/Dublin", "Europe/Lisbon"),
    *("Africa/Casablanca", "Africa/Lagos", "Europe/Berlin", "Europe/Madrid", "Europe/Paris"),
    *("Europe/Rome", "Europe/Zurich", "Europe/Amsterdam", "Europe/Brussels"),
    *("Europe/Copenhagen", "Europe/Oslo", "Europe/Stockholm", "Europe/Vienna"),
    *("Europe/Warsaw", "Europe/Prague", "Africa/Cairo", "Africa/Johannesburg"),
    *("Europe/Athens", "Europe/Helsinki", "Europe/Kyiv", "Asia/Jerusalem"),
    *("Europe/Istanbul", "Africa/Nairobi", "Asia/Riyadh", "Asia/Tehran", "Asia/Dubai"),
    *("Asia/Karachi", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Dhaka", "Asia/Bangkok"),
    *("Asia/Jakarta", "Asia/Ho_Chi_Minh", "Asia/Shanghai", "Asia/Hong_Kong"),
    *("Asia/Singapore", "Asia/Manila", "Australia/Perth", "Asia/Tokyo", "Asia/Seoul"),
    *("Australia/Adelaide", "Australia/Brisbane", "Australia/Sydney", "Pacific/Auckland"),
)
"""Common zones from west to east."""


def zones(also: Iterable[str]) -> list[Choice]:
    """Return the zones of the list; those that matter here come first."""
    first = dict.fromkeys(name for name in also if name)
    names = dict.fromkeys((*first, *ZONES))
    return [Choice(title=name.replace("_", " "), value=name) for name in names]


def repeats(kept: Rule | None, language: str) -> list[Choice]:
    """Return how an event may repeat; ``kept`` is a rule that the list cannot say otherwise."""
    choices = [Choice(title=say(language, title), value=key.value) for key, title in TITLES.items()]
    if kept is not None:
        choices.append(Choice(title=in_words(kept, language), value=rule_value(kept)))
    return choices


def reaches(language: str) -> list[Choice]:
    """Return how far a change of one occurrence may reach."""
    return [Choice(title=say(language, title), value=key.value) for key, title in REACHES.items()]


def reminders(also: int | None, language: str) -> list[Choice]:
    """Return when somebody may be reminded; ``also`` is what the event has now."""
    minutes = sorted({*REMINDERS, *(() if also is None else (also,))})
    never = Choice(title=say(language, "No reminder"), value=NO_REMINDER)
    return [never, *(Choice(title=before(n, language), value=str(n)) for n in minutes)]


def said_minutes(value: str) -> int | None:
    """Return the minutes of a reminder that no choice has, as a sentence may say; else ``None``."""
    return int(value) if LISTABLE.fullmatch(value) else None


def before(minutes: int, language: str) -> str:
    """Return how long before the start that is."""
    for size, one, many in (
        (10_080, "1 week before", "{n} weeks before"),
        (1_440, "1 day before", "{n} days before"),
        (60, "1 hour before", "{n} hours before"),
    ):
        if minutes and minutes % size == 0:
            return count(language, one, many, minutes // size)
    if not minutes:
        return say(language, "At the start")
    return count(language, "1 minute before", "{n} minutes before", minutes)


def important(value: Importance, language: str) -> str:
    """Return how much an event matters."""
    return say(language, IMPORTANCES[value])


def importances(language: str) -> list[Choice]:
    """Return how much an event may matter."""
    return [Choice(title=important(value, language), value=value.value) for value in IMPORTANCES]


def shown_as(value: ShowAs, language: str) -> str:
    """Return how others see the time."""
    return say(language, SHOWN_AS[value])


def shown_as_choices(language: str) -> list[Choice]:
    """Return the ways in which others may see the time."""
    return [Choice(title=shown_as(value, language), value=value.value) for value in SHOWN_AS]
