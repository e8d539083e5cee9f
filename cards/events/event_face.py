"""What cards of an event have in common: the leaf of its day, and what, when and where.

A calendar without a name of its own is shown by the name of its home: the caller passes
``replace(book, name=…)``.
"""

from __future__ import annotations

from cards.elements import Column, ColumnSet, Element, words
from cards.events.event_title import title_of, titled
from cards.events.repeats import in_words
from cards.parts import calendar_leaf, fold, note, small
from cards.viewer import Reader
from cards.when import describe, first_day
from cards.wording import count, say
from services.model.books import Book
from services.model.errors import ReadOnlyReason
from services.model.events import Author, Event, EventContent, Response

__all__ = ["head", "in_short", "place_in", "who", "whose_meeting", "zone_guessed"]

ANSWERS = {
    Response.WAITING: "The invitation is not answered yet.",
    Response.TENTATIVE: "The invitation is accepted tentatively.",
    Response.ACCEPTED: "The invitation is accepted.",
    Response.DECLINED: "The invitation is declined.",
}

GUESSED = "Outlook gives it a time zone that Almanac does not know. The time shown is right."
GUESSED_SERIES = (
    "Outlook gives it a time zone that Almanac does not know, so it repeats by the clocks of your "
    "mailbox: after a change of the clocks it may be an hour off."
)


def head(content: EventContent, book: Book, reader: Reader) -> Element:
    """Return the leaf of the day, and beside it what, when and where."""
    lines: list[Element] = [
        small(place_in(book, reader)),
        words(titled(content, 200, reader.language), size="large", weight="bolder", spacing="none"),
        words(describe(content.when, reader), spacing="small"),
    ]
    if content.place:
        lines.append(words(fold(content.place, 200), subtle=True, spacing="none"))
    if content.people:
        names = ", ".join(each.name for each in content.people)
        lines.append(small(say(reader.language, "With {names}", names=fold(names, 200))))
    if content.rule:
        lines.append(small(in_words(content.rule, reader.language), spacing="small"))
    leaf = calendar_leaf(first_day(content.when, reader.zone), reader.language)
    return ColumnSet(columns=[leaf, Column(items=lines, width="stretch", vertical="center")])


def place_in(book: Book, reader: Reader) -> str:
    """Return what the calendar is called."""
    return book.name or say(reader.language, "Calendar")


def who(author: Author, language: str) -> str:
    """Return who did something."""
    if author.person is None:
        return "Outlook"
    return author.name or say(language, "somebody")


def whose_meeting(event: Event, reader: Reader) -> list[Element]:
    """Return whose meeting it is or of which calendar, and that it is changed elsewhere."""
    language, mirror = reader.language, event.mirror
    if event.feed:
        name = fold(event.feed_name, 80)
        told = say(language, "From the calendar “{name}”, which is only read here.", name=name)
        return [note(told)]
    if mirror is None:
        return []
    if mirror.reason is ReadOnlyReason.PRIVATE:
        return [note(say(language, "This is private: only its author sees more of it."))]
    organiser = mirror.organiser or say(language, "somebody else")
    whose = say(language, "A meeting of {name}.", name=organiser)
    if mirror.attendees:
        people = count(
            language, "One person is invited.", "{n} people are invited.", mirror.attendees
        )
        whose = f"{whose} {people}"
    if mirror.response in ANSWERS:
        whose = f"{whose} {say(language, ANSWERS[mirror.response])}"
    where = say(language, "It can be changed in Outlook only.")
    return [note(f"{whose} {where}")]


def zone_guessed(content: EventContent, reader: Reader) -> list[Element]:
    """Return that nobody knows the zone which Outlook gives, where that is so."""
    if not content.zone_guessed:
        return []
    told = GUESSED_SERIES if content.rule else GUESSED
    return [note(say(reader.language, told), "warning")]


def in_short(content: EventContent, reader: Reader) -> str:
    """Return the event in one line."""
    return f"{fold(title_of(content, reader.language), 200)}, {describe(content.when, reader)}"
