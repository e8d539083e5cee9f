"""Files on their way out: which there are, and the way to one where a chat cannot hand it over."""

from __future__ import annotations

from cards.buttons import link, press
from cards.elements import Card, Element, card, words
from cards.file_actions import ExportGet, FeedShow, PrintGet
from cards.parts import fold, heading, quoting, small
from cards.viewer import Reader
from cards.wording import say
from services.model.books import Book

__all__ = ["export_card", "export_choice", "file_put_away"]


def export_choice(book: Book, reader: Reader) -> Card:
    """Return what a calendar can be taken along as."""
    language = reader.language
    name = fold(book.name, 80) or say(language, "Calendar")
    title = say(language, "Take {name} along", name=name)
    told = say(
        language,
        "As a table, for another calendar program, or as a page to pin up. What others keep "
        "private is only time in your file.",
    )
    buttons = [
        press(ExportGet("xlsx", book.id), say(language, "Excel")),
        press(ExportGet("ics", book.id), say(language, "Calendar file (.ics)")),
        press(PrintGet(True, book.id), say(language, "This month as a page")),
        press(PrintGet(False, book.id), say(language, "This week as a page")),
        press(FeedShow(book.id), say(language, "Follow it elsewhere")),
        press(ExportGet("csv", book.id), say(language, "Plain table (.csv)"), more=True),
    ]
    return card([quoting(title), words(told)], buttons, language=language, fallback=title)


def export_card(name: str, url: str, hours: int, reader: Reader) -> Card:
    """Return the way to a file."""
    language = reader.language
    title = say(language, "Your file is ready")
    told = say(
        language,
        "The link is good for {hours} hours, and for whoever has it.",
        hours=hours,
    )
    body: list[Element] = [heading(title), words(fold(name, 120), weight="bolder"), small(told)]
    button = link(url, say(language, "Download"), own=True)
    return card(body, [button] if button else [], language=language, fallback=title)


def file_put_away(reader: Reader) -> Card:
    """Return that a file is gone, as it was not wanted."""
    language = reader.language
    title = say(language, "Nothing was saved.")
    return card([words(title)], language=language, fallback=title)
