"""Who comes to an event: what people answer in Teams, and the counts that everybody sees.

An answer is kept beside the calendar, not in the event: it changes nothing that Outlook knows, and
nobody is mailed. What somebody answers to a meeting in Outlook stays Outlook's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from services.model.books import Book
from services.model.events import Event, EventId, Occurrence
from services.model.identity import ConversationHome, Person

__all__ = ["Answer", "Given", "Tally", "from_day", "is_answered", "own_answer", "tally_of"]

DAY = slice(10)
"""Of an ISO form: a series has one date a day, which stays the same at another hour."""


class Answer(StrEnum):
    """What can be said."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What somebody has answered, last."""

    event: EventId
    original: str = ""
    """Which date of a series, by the ISO form of its original start; empty = all of them."""
    person: Person
    name: str
    answer: Answer
    at: datetime


@dataclass(frozen=True, slots=True)
class Tally:
    """All answers to an event, or to one date of a series."""

    given: tuple[Given, ...] = ()
    """One a person, by name."""

    def count(self, answer: Answer) -> int:
        """Return how many have said so."""
        return len(self.names(answer))

    def names(self, answer: Answer) -> tuple[str, ...]:
        """Return who has said so."""
        return tuple(each.name for each in self.given if each.answer is answer)

    def of(self, person: Person | None) -> Answer | None:
        """Return what somebody has said."""
        return next((each.answer for each in self.given if each.person == person), None)


def tally_of(given: Iterable[Given], original: str = "") -> Tally:
    """Return the answers to a date: those to the whole series, unless somebody said otherwise."""
    whole, dated = {}, {}
    for each in sorted(given, key=lambda each: each.at):
        if not each.original:
            whole[each.person] = each
        elif each.original[DAY] == original[DAY]:
            dated[each.person] = each
    return Tally(tuple(sorted((whole | dated).values(), key=lambda each: each.name.casefold())))


def own_answer(given: Iterable[Given], one: Occurrence) -> Answer | None:
    """Return what somebody has said to an event, or to one date of it.

    Args:
        given: all that this person has said in the calendar.
        one: what they see.
    """
    in_order = sorted(given, key=lambda each: each.at)
    theirs = {each.original[DAY]: each.answer for each in in_order if each.event == one.event.id}
    day = one.original.isoformat()[DAY] if one.original is not None else ""
    return theirs.get(day, theirs.get(""))


def from_day(given: Iterable[Given], day: date) -> list[Given]:
    """Return the answers that count for a day of a series, or for one that follows."""
    first = day.isoformat()
    return [each for each in given if not each.original or each.original[DAY] >= first]


def is_answered(event: Event, book: Book) -> bool:
    """Whether people answer to an event here: to what a team shares, and can be changed here."""
    is_ours = event.mirror is None and not event.feed and event.deleted_at is None
    return is_ours and isinstance(book.home, ConversationHome)
