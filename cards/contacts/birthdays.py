"""The next birthdays and anniversaries of a contact list, and whether its calendars show them."""

from __future__ import annotations

from collections.abc import Sequence

from cards.buttons import press, tap
from cards.contacts.contact_actions import ContactDetails
from cards.contacts.contact_file_actions import BirthdaysFile, BirthdaysSet, BirthdaysShow
from cards.elements import Card, Column, ColumnSet, Element, card, words
from cards.parts import fold, quoting, small
from cards.viewer import Reader
from cards.when import day_short
from cards.wording import count, say
from services.model.access import Role
from services.model.books import Book
from services.model.celebrations import Celebration
from services.model.settings import Marked

__all__ = ["MOST", "birthdays_card"]

MOST = 20
"""Lines that a card shows."""
WIDE = "88px"


def birthdays_card(book: Book, found: Sequence[Celebration], days: int, reader: Reader) -> Card:
    """Return what a list celebrates next.

    Args:
        book: the list.
        found: the celebrations, by day.
        days: how far is looked ahead.
        reader: for whom; an owner decides whether the calendars of the place show them.
    """
    language = reader.language
    name = fold(book.name, 80) or say(language, "Contacts")
    title = say(language, "Birthdays in {name}", name=name)
    body: list[Element] = [quoting(title)]
    if not found:
        told = count(language, "None within a day.", "None within the next {n} days.", days)
        body.append(words(told, subtle=True))
    body += [_line(book, each, reader) for each in found[:MOST]]
    if len(found) > MOST:
        body.append(small(count(language, "and one more", "and {n} more", len(found) - MOST)))
    shown = book.settings.celebrations
    told = (
        "The calendars of this place show them."
        if shown
        else "The calendars of this place do not show them."
    )
    body.append(small(say(language, told), spacing="medium"))
    is_owner = reader.may(Role.OWNER) and not book.archived
    change = say(language, "Take them out of the calendar" if shown else "Show in the calendar")
    buttons = [
        *([press(BirthdaysSet(book.id, not shown), change)] if is_owner else []),
        # In a message for all, owners find what is theirs to choose in a view of their own.
        *(
            [press(BirthdaysShow(book.id), say(language, "Show again"))]
            if reader.names_zone
            else []
        ),
        press(BirthdaysFile(book.id), say(language, "Calendar file (.ics)")),
    ]
    return card(body, buttons, language=language, fallback=title)


def _line(book: Book, each: Celebration, reader: Reader) -> Element:
    language, name = reader.language, fold(each.of.name, 120)
    beside = say(language, "Birthday" if each.of.what is Marked.BIRTHDAY else "Anniversary")
    if each.years:
        years = count(language, "one year", "{n} years", each.years)
        beside = f"{beside} · {years}"
    return ColumnSet(
        columns=[
            Column(items=[words(day_short(each.day, language), color="accent")], width=WIDE),
            Column(
                items=[words(name, weight="bolder"), small(beside, spacing="none")],
                width="stretch",
            ),
        ],
        spacing="small",
        min_height="24px",
        action=tap(ContactDetails(book.id, each.of.contact), name),
    )
