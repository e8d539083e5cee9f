"""A whole calendar or contact list that is about to go, or has gone into the recycle bin."""

from __future__ import annotations

from cards.books.book_actions import BinRestoreBook, BookDeleteYes
from cards.buttons import press
from cards.elements import Card, Element, card, words
from cards.general_actions import FormCancel
from cards.parts import fold, heading, note, small
from cards.viewer import Reader
from cards.wording import count, say
from services.model.books import Book, BookKind
from services.model.deleted_books import Stock

__all__ = ["book_deleted", "book_question", "contents_of"]

QUESTIONS = {
    BookKind.CALENDAR: "Delete the whole calendar?",
    BookKind.CONTACTS: "Delete the whole contact list?",
}
CONTENTS = {
    BookKind.CALENDAR: ("{n} event", "{n} events"),
    BookKind.CONTACTS: ("{n} contact", "{n} contacts"),
}
DELETED = {
    BookKind.CALENDAR: "This calendar is in the recycle bin",
    BookKind.CONTACTS: "This contact list is in the recycle bin",
}
FOLLOWS = (
    "For 30 days everybody who could edit it can have it back from the recycle bin, with all that "
    "is in it, just as it is now. After that it is gone for good. Whoever needs one here meanwhile "
    "gets a new, empty one."
)


def contents_of(book: Book, things: int, reader: Reader) -> str:
    """Return how much a book holds, in words."""
    one, many = CONTENTS[book.kind]
    return count(reader.language, one, many, things)


def book_question(stock: Stock, reader: Reader) -> Card:
    """Return the question before a book goes, and what goes with it."""
    language, book = reader.language, stock.book
    question = say(language, QUESTIONS[book.kind])
    body: list[Element] = [
        heading(question),
        words(fold(book.name, 120), weight="bolder"),
        small(contents_of(book, stock.things, reader)),
        words(say(language, FOLLOWS), spacing="medium"),
    ]
    if stock.links:
        linked = count(
            language,
            "It is kept in step with the Outlook of {n} person. That rests meanwhile; copies that "
            "Almanac made there stay for the 30 days, and are taken away after them.",
            "It is kept in step with the Outlook of {n} people. That rests meanwhile; copies that "
            "Almanac made there stay for the 30 days, and are taken away after them.",
            stock.links,
        )
        body.append(words(linked, spacing="small"))
    yes = press(BookDeleteYes(book.id), say(language, "Delete all of it"), grave=True)
    no = press(FormCancel(), say(language, "Keep it"))
    return card(body, [yes, no], language=language, fallback=question)


def book_deleted(book: Book, by: str, reader: Reader) -> Card:
    """Return what is left: its name, who did it, and the way back."""
    language = reader.language
    title = say(language, DELETED[book.kind])
    body: list[Element] = [
        heading(title),
        words(fold(book.name, 120), weight="bolder", strikethrough=True),
        note(say(language, "Deleted by {name}.", name=fold(by, 80) or say(language, "somebody"))),
        small(say(language, "It can be had back for 30 days."), spacing="medium"),
    ]
    restore = press(BinRestoreBook(book.id), say(language, "Restore"))
    return card(body, [restore], language=language, fallback=title)
