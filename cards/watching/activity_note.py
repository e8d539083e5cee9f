"""What the activity feed of Teams says of a notice: a line, and what is read below it.

Plain words, in the language of whoever is told; Teams shows 150 letters of the second.

https://learn.microsoft.com/microsoftteams/platform/tabs/send-activity-feed-notification
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cards.elements import Card
from cards.events.event_title import title_of
from cards.parts import fold, small
from cards.text import clean
from cards.viewer import Reader
from cards.when import day_long, days_between, describe
from cards.wording import count, say
from services.model.books import Book
from services.model.contacts import ContactContent
from services.model.events import EventContent
from services.model.notices import ChangesNotice, ReminderNotice, WatchNotice

__all__ = ["ActivityNote", "activity_note", "with_why_here"]

LINE, PREVIEW = 100, 150
MOST = 5


@dataclass(frozen=True, slots=True)
class ActivityNote:
    """A notification of the feed."""

    line: str
    preview: str
    topic: str
    """The name of the calendar."""


def activity_note(notice: WatchNotice, book: Book, reader: Reader) -> ActivityNote:
    """Return what is said of a notice; ``book`` bears the name that the reader knows."""
    language, name = reader.language, clean(book.name) or say(reader.language, "Calendar")
    if isinstance(notice, ReminderNotice):
        first = notice.found[0].content
        line = say(language, "Soon: {title}", title=clean(title_of(first, language)))
        told = [_in_short(one.content, reader) for one in notice.found]
    elif isinstance(notice, ChangesNotice):
        line = count(
            language,
            "One change in {calendar}",
            "{n} changes in {calendar}",
            len(notice.news),
            calendar=name,
        )
        told = [_in_short(each.item.content, reader) for each in reversed(notice.news)]
    else:
        same = notice.first == notice.last
        line = (
            day_long(notice.first, language)
            if same
            else days_between(notice.first, notice.last, language)
        )
        told = [clean(title_of(one.content, language)) for one in notice.found]
        told += [clean(mark.name) for mark in notice.marks]
    return ActivityNote(fold(line, LINE), _joined(told), fold(name, LINE))


def with_why_here(card: Card, language: str) -> Card:
    """Return a card of the chat that says why it is not in the feed."""
    why = say(
        language,
        "This comes in our chat, since your organisation does not let Almanac write under "
        "Activity.",
    )
    return {**card, "body": [*card["body"], small(why, spacing="medium").render()]}


def _in_short(content: EventContent | ContactContent, reader: Reader) -> str:
    if isinstance(content, ContactContent):
        return clean(content.name)
    return f"{clean(title_of(content, reader.language))}, {describe(content.when, reader)}"


def _joined(told: Sequence[str]) -> str:
    return fold(" · ".join(told[:MOST]), PREVIEW)
