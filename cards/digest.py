"""What somebody hears of a calendar: what is on, and what others have changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cards.actions import AgendaShow, EventDetails
from cards.buttons import press, tap
from cards.elements import Card, Container, Element, card, words
from cards.event_title import titled
from cards.parts import fold, heading, small
from cards.viewer import Reader
from cards.watch_actions import WatchEdit
from cards.when import day_long, days_between, describe
from cards.wording import count, say
from services.model.books import Book
from services.model.events import Event, Occurrence
from services.model.notices import News, What

__all__ = ["changes_card", "digest_card"]

MOST = 15
TITLE = 120
WHAT = {
    What.NEW: "New: {title}",
    What.CHANGED: "Changed: {title}",
    What.DELETED: "Deleted: {title}",
}


def digest_card(
    found: Sequence[Occurrence], book: Book, reader: Reader, first: date, last: date
) -> Card:
    """Return what is on from a day to another, both included."""
    language = reader.language
    days = day_long(first, language) if first == last else days_between(first, last, language)
    body: list[Element] = [heading(days), small(book.name)]
    for one in found[:MOST]:
        original = one.original.isoformat() if one.original else ""
        body.append(
            _line(
                EventDetails(book.id, one.event.id, original),
                titled(one.content, TITLE),
                describe(one.content.when, reader),
            )
        )
    if len(found) > MOST:
        body.append(small(count(language, "And one more", "And {n} more", len(found) - MOST)))
    fallback = count(
        language,
        "{days}: one entry in {calendar}",
        "{days}: {n} entries in {calendar}",
        len(found),
        days=days,
        calendar=book.name,
    )
    show = AgendaShow(book.id, first, (last - first).days + 1)
    return card(body, _ways(show, book, reader), language=language, fallback=fallback)


def changes_card(news: Sequence[News], book: Book, reader: Reader) -> Card:
    """Return what others have done to events; the newest changes come last."""
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
    return card(body, buttons, language=language, fallback=title)


def _told(news: News, book: Book, reader: Reader) -> Element:
    language, event = reader.language, news.event
    title = say(language, WHAT[news.what], title=titled(event.content, TITLE))
    when = describe(event.content.when, reader)
    below = say(language, "{when} · {name}", when=when, name=_by(event, language))
    details = EventDetails(book.id, event.id, "") if news.what is not What.DELETED else None
    return _line(details, title, below)


def _by(event: Event, language: str) -> str:
    return event.updated_by.name or say(language, "Somebody")


def _line(details: EventDetails | None, title: str, below: str) -> Element:
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
