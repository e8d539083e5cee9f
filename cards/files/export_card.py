"""Files on their way out: which there are, and the way to one where a chat cannot hand it over."""

from __future__ import annotations

from cards.buttons import link, press
from cards.contacts.contact_file_actions import ContactsExport
from cards.elements import Card, Choice, ChoiceSet, Element, card, words
from cards.files.file_actions import ExportGet, FeedShow, PrintGet
from cards.parts import fold, heading, quoting, small
from cards.text import clean
from cards.viewer import Reader
from cards.wording import say
from services.model.books import Book

__all__ = [
    "EVERY",
    "GROUP",
    "contacts_export_choice",
    "export_card",
    "export_choice",
    "file_put_away",
]


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


def contacts_export_choice(book: Book, reader: Reader, text: str = "") -> Card:
    """Return what a contact list can be taken along as.

    Args:
        book: the list; where it has groups, one can be chosen.
        reader: for whom.
        text: only who is found by these words; empty = all.
    """
    language = reader.language
    name = fold(book.name, 80) or say(language, "Contact list")
    title = say(language, "Take {name} along", name=name)
    body: list[Element] = [quoting(title)]
    if text:
        body.append(small(say(language, "for “{text}”", text=fold(text, 60))))
    groups = book.shape.groups
    if groups:
        every = Choice(title=say(language, "All groups"), value=EVERY)
        chosen = [Choice(title=clean(fold(each, 32)), value=each) for each in groups[:MOST_GROUPS]]
        body.append(
            ChoiceSet(
                id=GROUP,
                label=say(language, "Group"),
                choices=[every, *chosen],
                value=EVERY,
                style="compact",
            )
        )
    only = text or None
    buttons = [
        press(ContactsExport(ending, book.id, only), say(language, label), form=bool(groups))
        for ending, label in (("xlsx", "Excel"), ("vcf", "vCard"), ("csv", "Plain table (.csv)"))
    ]
    return card(body, buttons, language=language, fallback=title)


GROUP = "group"
"""The input for the group that is taken along."""
EVERY = "*"
"""Chosen where no one group is meant."""
MOST_GROUPS = 50


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
