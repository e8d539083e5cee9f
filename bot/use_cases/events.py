"""Events: themselves, and views over them, answers to them, and word of what comes."""

from __future__ import annotations

from dataclasses import dataclass

from bot.ground import Ground
from services.contacts.birthdays import Birthdays
from services.events.agenda import Agenda
from services.events.answers import Answers
from services.events.away import Away
from services.events.event_histories import EventHistories
from services.events.events import Events
from services.events.holidays import Holidays
from services.events.marks import Marks
from services.events.transfers import Transfers
from services.events.watching import Watching

__all__ = ["EventCases", "event_cases"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventCases:
    """What is done with events."""

    events: Events
    answers: Answers
    transfers: Transfers
    histories: EventHistories
    agenda: Agenda
    away: Away
    holidays: Holidays
    marks: Marks
    watching: Watching


def event_cases(ground: Ground, birthdays: Birthdays) -> EventCases:
    """Build the use cases of events; ``birthdays`` are shown among those of a day."""
    store, sharing, clock = ground.store, ground.sharing, ground.clock
    holidays = Holidays()
    return EventCases(
        events=Events(store, sharing, clock),
        answers=Answers(store, sharing, clock),
        transfers=Transfers(store, sharing, clock),
        histories=EventHistories(store, sharing),
        agenda=Agenda(store, sharing),
        away=Away(store, sharing),
        holidays=holidays,
        marks=Marks(holidays, birthdays),
        watching=Watching(store, sharing, clock),
    )
