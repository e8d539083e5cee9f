"""What was deleted in a place, line by line, each with a button that brings it back.

Whole books come first: what they hold is not among the lines below them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cards.action import Action
from cards.books.book_actions import BinRestoreBook
from cards.books.whole_book import contents_of
from cards.buttons import press
from cards.elements import ActionSet, Card, Column, ColumnSet, Element, card, words
from cards.events.event_title import title_of
from cards.general_actions import BinRestoreContact, BinRestoreEvent, BinShow
from cards.parts import fold, heading, note, small
from cards.viewer import Reader
from cards.when import describe, moment
from cards.wording import say
from services.model.books import BookKind, Role
from services.model.contacts import Contact
from services.model.deleted_books import DeletedBook
from services.model.events import Event, Occurrence

__all__ = ["MOST", "recycle_bin_card"]

MOST = 15
WHOLE = {BookKind.CALENDAR: "A calendar", BookKind.CONTACTS: "A contact list"}
"""What a book is called that has no name."""


def recycle_bin_card(
    deleted: Sequence[Event | Contact],
    reader: Reader,
    *,
    books: Sequence[DeletedBook] = (),
    said: str = "",
) -> Card:
    """Return the bin, the last deleted first; ``said`` is a sentence on top."""
    language = reader.language
    title = say(language, "Recycle bin")
    body: list[Element] = [*([note(said, "good")] if said else []), heading(title)]
    if not deleted and not books:
        body.append(words(say(language, "Nothing was deleted in the last 30 days."), subtle=True))
    body += [_book_line(each, reader) for each in books[:MOST]]
    body += [_line(thing, reader) for thing in deleted[:MOST]]
    if len(deleted) > MOST:
        more = say(language, "Only the last {n} are shown.", n=MOST)
        body.append(small(more, spacing="medium"))
    if deleted or books:
        kept = say(language, "After 30 days deleted things are gone for good.")
        body.append(small(kept, spacing="medium"))
    again = press(BinShow(), say(language, "Show again"))
    return card(body, [again], language=language, fallback=title)


def _line(thing: Event | Contact, reader: Reader) -> Element:
    if isinstance(thing, Event):
        thing = reader.sees(Occurrence.of(thing)).event
        name = title_of(thing.content, reader.language)
        beside = describe(thing.content.when, reader)
        restore: Action = BinRestoreEvent(thing.book, thing.id)
    else:
        name, beside = thing.content.name, thing.content.company
        restore = BinRestoreContact(thing.book, thing.id)
    by = _deleted(thing.updated_by.name, thing.updated_at, reader)
    return _restorable(name, (beside, by), restore, reader)


def _book_line(deleted: DeletedBook, reader: Reader) -> Element:
    book = deleted.book
    holds = contents_of(book, deleted.things, reader)
    by = _deleted(deleted.by.name, deleted.deleted_at, reader)
    name = book.name or say(reader.language, WHOLE[book.kind])
    return _restorable(name, (holds, by), BinRestoreBook(book.id), reader)


def _restorable(name: str, beside: Sequence[str], restore: Action, reader: Reader) -> Element:
    language = reader.language
    lines: list[Element] = [words(fold(name, 120), weight="bolder")]
    lines += [small(fold(line, 120)) for line in beside if line]
    columns = [Column(items=lines, width="stretch", vertical="center")]
    if reader.may(Role.EDITOR):
        tooltip = say(language, "Restore “{name}”", name=fold(name, 60))
        button = press(restore, say(language, "Restore"), tooltip=tooltip)
        columns.append(Column(items=[ActionSet(actions=[button])], width="auto", vertical="center"))
    return ColumnSet(columns=columns, spacing="medium")


def _deleted(by: str, at: datetime, reader: Reader) -> str:
    return say(
        reader.language,
        "Deleted by {name}, {when}",
        name=by or say(reader.language, "somebody"),
        when=moment(at, reader),
    )
