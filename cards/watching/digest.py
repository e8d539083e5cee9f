"""What somebody hears of a calendar: what is on, and what others have changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from cards.buttons import press, tap
from cards.contacts.contact_actions import ContactDetails
from cards.elements import Card, Container, Element, card, words
from cards.events.event_actions import AgendaShow, EventDetails
from cards.events.event_lines import MARKS
from cards.events.event_title import titled
from cards.parts import fold, heading, small
from cards.viewer import Reader
from cards.watching.watch_actions import WatchEdit
from cards.when import day_long, days_between, describe
from cards.wording import count, say
from services.model.books import Book, BookKind
from services.model.contacts import Contact
from services.model.events import Event, Occurrence
from services.model.notices import News, What
from services.model.settings import Holiday

__all__ = ["changes_card", "digest_card"]

MOST = 15
TITLE = 120
WHAT = {
    What.NEW: "New: {title}",
    What.CHANGED: "Changed: {title}",
    What.DELETED: "Deleted: {title}",
    What.MOVED: "Moved to another calendar: {title}",
}


def digest_card(
    found: Sequence[Occurrence],
    book: Book,
    reader: Reader,
    first: date,
    last: date,
    marks: Sequence[Holiday] = (),
) -> Card:
    """Return what is on from a day to another, both included.

    Args:
        found: the events, by start.
        book: the calendar, by the name that the reader knows.
        reader: for whom.
        first: where it begins.
        last: where it ends.
        marks: days off, and what contacts celebrate, by day.
    """
    language = reader.language
    days = day_long(first, language) if first == last else days_between(first, last, language)
    body: list[Element] = [heading(days), small(book.name)]
    body += [
        _line(None, mark.name, told) for mark, told in _marks(marks[:MOST], first, last, reader)
    ]
    for one in found[:MOST]:
        original = one.original.isoformat() if one.original else ""
        body.append(
            _line(
                EventDetails(book.id, one.event.id, original),
                titled(one.content, TITLE, language),
                describe(one.when, reader),
            )
        )
    if len(found) > MOST:
        body.append(small(count(language, "And one more", "And {n} more", len(found) - MOST)))
    fallback = count(
        language,
        "{days}: one entry in {calendar}",
        "{days}: {n} entries in {calendar}",
        len(found) + len(marks),
        days=days,
        calendar=book.name,
    )
    show = AgendaShow(book.id, first, (last - first).days + 1)
    return card(body, _ways(show, book, reader), language=language, fallback=fallback)


def _marks(
    marks: Sequence[Holiday], first: date, last: date, reader: Reader
) -> Iterator[tuple[Holiday, str]]:
    """Yield each with what it is and, of several days, on which."""
    for mark in marks:
        what = say(reader.language, MARKS[mark.what])
        yield mark, what if first == last else f"{what} · {day_long(mark.day, reader.language)}"


def changes_card(news: Sequence[News], book: Book, reader: Reader) -> Card:
    """Return what others have done to events or contacts; the newest changes come last."""
    language = reader.language
    title = count(
        language,
        "One change in {calendar}",
        "{n} changes in {calendar}",
        len(news),
        calendar=book.name,
    )
    body: list[Element] = [heading(title)]
    body += [_told(each, book, reader) for each in news[:MOST]]
    if len(news) > MOST:
        body.append(small(count(language, "And one more", "And {n} more", len(news) - MOST)))
    buttons = _ways(AgendaShow(book.id), book, reader)
    if book.kind is BookKind.CONTACTS:
        buttons = [press(WatchEdit(book.id), say(language, "Notifications"))]
    return card(body, buttons, language=language, fallback=title)


def _told(news: News, book: Book, reader: Reader) -> Element:
    language, event = reader.language, news.item
    if isinstance(event, Contact):
        title = say(language, WHAT[news.what], title=fold(event.content.name, TITLE))
        show = None if news.is_gone else ContactDetails(book.id, event.id)
        return _line(show, title, _by(event, language))
    title = say(language, WHAT[news.what], title=titled(event.content, TITLE, language))
    when = describe(event.content.when, reader)
    below = say(language, "{when} · {name}", when=when, name=_by(event, language))
    details = None if news.is_gone else EventDetails(book.id, event.id, "")
    return _line(details, title, below)


def _by(item: Event | Contact, language: str) -> str:
    return item.updated_by.name or say(language, "Somebody")


def _line(details: EventDetails | ContactDetails | None, title: str, below: str) -> Element:
    return Container(
        items=[
            words(fold(title, TITLE), weight="bolder"),
            words(below, spacing="none", subtle=True),
        ],
        spacing="medium",
        action=None if details is None else tap(details, fold(title, TITLE)),
    )


def _ways(show: AgendaShow, book: Book, reader: Reader) -> list[Element]:
    return [
        press(show, say(reader.language, "Show the agenda")),
        press(WatchEdit(book.id), say(reader.language, "Notifications"), more=True),
    ]
