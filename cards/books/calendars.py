"""The calendars or contact lists of a place, and how one of them stands.

Pressing a line of the list shows the one, with what the reader may do with it. A picture of its
days is in :mod:`cards.views.calendar`, its settings as a form in
:mod:`cards.books.calendar_settings`.
"""

from __future__ import annotations

from collections.abc import Sequence

from cards.accounts.link_actions import LinkOfList
from cards.books.calendar_actions import (
    CalendarArchive,
    CalendarClone,
    CalendarDelete,
    CalendarEdit,
    CalendarNew,
    CalendarReopen,
    CalendarShow,
    CalendarsShow,
    HolidaysEdit,
    MembersShow,
)
from cards.books.calendar_settings import VIEWS, language_name, weekday_name
from cards.books.members import MODES, ROLES
from cards.buttons import press, tap, window
from cards.colors import mark
from cards.contacts.contact_file_actions import BirthdaysShow, ContactsExportShow, DuplicatesShow
from cards.contacts.contact_list_actions import MOST_LETTERS, ContactsShow
from cards.contacts.list_actions import GroupsShow
from cards.elements import ActionSet, Card, Container, Element, card, words
from cards.events.event_actions import AgendaShow
from cards.files.file_actions import ImportHelp
from cards.parts import fact, heading, note, section, small
from cards.viewer import Reader, Viewer
from cards.watching.watch_actions import WatchEdit
from cards.when import moment, time_short, zone_name
from cards.wording import count, say
from services.model.books import Book, BookKind, Role
from services.model.identity import PersonHome
from services.model.settings import BookSettings

__all__ = ["calendars_card", "one_calendar"]

TITLES = {BookKind.CALENDAR: "Calendars here", BookKind.CONTACTS: "Contact lists here"}
NEW = {
    BookKind.CALENDAR: ("New calendar", "New calendar in a window"),
    BookKind.CONTACTS: ("New contact list", "New contact list in a window"),
}


def calendars_card(
    books: Sequence[Book], kind: BookKind, reader: Reader, *, said: str = "", may_make: bool = True
) -> Card:
    """Return the list; archived ones come last, and say so.

    Args:
        books: named, in order.
        kind: what they hold.
        reader: for whom.
        said: a sentence on top.
        may_make: whether one more may be made here.
    """
    language = reader.language
    title = say(language, TITLES[kind])
    body: list[Element] = [*([note(said, "good")] if said else []), heading(title)]
    body += [_line(book, language) for book in books]
    hint = say(language, "Choose one to open it, to set it up or to say who may do what.")
    body.append(small(hint, spacing="medium"))
    buttons: list[Element] = []
    if may_make:
        one, other = NEW[kind]
        new = CalendarNew(kind.value)
        buttons = [press(new, say(language, one)), window(new, say(language, other))]
    return card(body, buttons, language=language, fallback=title)


def one_calendar(book: Book, reader: Viewer, *, held: int, said: str = "") -> Card:
    """Return how a calendar or contact list stands, and what its reader may do with it.

    Args:
        book: named.
        reader: the one person, with their role.
        held: how many events or contacts are in it.
        said: a sentence on top.
    """
    language = reader.language
    body: list[Element] = [
        *([note(said, "good")] if said else []),
        words(mark(book), size="large", weight="bolder"),
        *_archived(book, language),
        *section(_facts(book, reader, held)),
        small(_about(book, reader), spacing="medium"),
        *_contacts(book, reader),
        ActionSet(actions=_rarely(book, reader), spacing="medium"),
    ]
    buttons = [*_uses(book, language), *_cares(book, reader)]
    return card(body, buttons, language=language, fallback=book.name)


def _line(book: Book, language: str) -> Element:
    facts = []
    if book.retired:
        facts.append(say(language, "archived"))
    if book.settings.holidays or book.settings.own_holidays:
        facts.append(say(language, "with holidays"))
    if not isinstance(book.home, PersonHome):
        facts.append(say(language, MODES[book.access.mode]))
    facts.append(zone_name(book.zone, language))
    name = mark(book)
    return Container(
        items=[words(name, weight="bolder"), small(" · ".join(facts))],
        spacing="medium",
        action=tap(CalendarShow(book.id), name),
    )


def _archived(book: Book, language: str) -> list[Element]:
    if book.retired and book.kind is BookKind.CONTACTS:
        return [note(say(language, "This is archived: it can be read, not changed."), "warning")]
    if book.retired:
        told = "This is archived: it can be read, and stands in no agenda until it is brought back."
        return [note(say(language, told), "warning")]
    if book.archived:
        told = "Its place is archived: it can be read, not changed."
        return [note(say(language, told), "warning")]
    return []


def _facts(book: Book, reader: Viewer, held: int) -> list[Element]:
    language, settings = reader.language, book.settings
    facts: list[Element] = [fact(say(language, "Holds"), _held(book, held, language))]
    if not isinstance(book.home, PersonHome):
        facts.append(fact(say(language, "Who writes"), say(language, MODES[book.access.mode])))
        role = reader.role or Role.READER
        facts.append(fact(say(language, "You are"), say(language, ROLES[role])))
    if book.kind is BookKind.CALENDAR:
        facts += [
            fact(say(language, "Shown first"), say(language, VIEWS[settings.view])),
            fact(say(language, "Business"), _business(settings, language)),
        ]
        if settings.holidays or settings.own_holidays:
            facts.append(fact(say(language, "Holidays"), _holidays(settings, language)))
    facts.append(
        fact(
            say(language, "Posts are in"),
            f"{zone_name(book.zone, language)} · {language_name(book.language)}",
        )
    )
    return facts


def _held(book: Book, held: int, language: str) -> str:
    if book.kind is BookKind.CALENDAR:
        return count(language, "one event", "{n} events", held)
    return count(language, "one contact", "{n} contacts", held)


def _business(settings: BookSettings, language: str) -> str:
    days = ", ".join(weekday_name(day, language) for day in settings.business_days)
    begins, ends = (time_short(at, language) for at in (settings.opens_at, settings.closes_at))
    return f"{days}, {begins}\N{EN DASH}{ends}"


def _holidays(settings: BookSettings, language: str) -> str:
    places = [
        f"{each.country}-{each.region}" if each.region else each.country
        for each in settings.holidays
    ]
    if settings.own_holidays:
        own = count(
            language, "one day of its own", "{n} days of its own", len(settings.own_holidays)
        )
        places.append(own)
    return ", ".join(places)


def _about(book: Book, reader: Viewer) -> str:
    since = moment(book.created_at, reader)
    return say(reader.language, "Since {when} · its id is {id}", when=since, id=book.id)


def _uses(book: Book, language: str) -> list[Element]:
    back = press(CalendarsShow(book.kind.value), say(language, "All of this place"))
    if book.kind is BookKind.CALENDAR:
        return [press(AgendaShow(book.id), say(language, "Open"), main=True), back]
    return [
        press(GroupsShow(book.id), say(language, "Groups")),
        press(LinkOfList(book.id), say(language, "In my Outlook")),
        back,
    ]


def _contacts(book: Book, reader: Viewer) -> list[Element]:
    """Return what can be done with all contacts of a list."""
    if book.kind is BookKind.CALENDAR:
        return []
    language, adds = reader.language, reader.may(Role.CONTRIBUTOR) and not book.archived
    buttons: list[Element] = [
        press(ContactsShow(f"in {book.name}"[:MOST_LETTERS]), say(language, "Open")),
        *([press(ImportHelp(book.kind.value), say(language, "Import"))] if adds else []),
        press(ContactsExportShow(book.id), say(language, "Export")),
        press(DuplicatesShow(book.id), say(language, "Duplicates")),
        press(BirthdaysShow(book.id), say(language, "Birthdays")),
    ]
    return [ActionSet(actions=buttons, spacing="medium")]


def _cares(book: Book, reader: Viewer) -> list[Element]:
    """Return what owners do with it; everybody looks at its members."""
    language = reader.language
    owns, shared = reader.may(Role.OWNER), not isinstance(book.home, PersonHome)
    buttons: list[Element] = []
    if owns and not book.archived:
        buttons.append(press(CalendarEdit(book.id), say(language, "Settings")))
        if book.kind is BookKind.CALENDAR:
            buttons.append(press(HolidaysEdit(book.id), say(language, "Holidays")))
    if shared:
        buttons.append(press(MembersShow(book.id), say(language, "Members")))
    if owns and book.retired:
        buttons.append(press(CalendarReopen(book.id), say(language, "Bring it back"), main=True))
    if owns and not book.archived:
        buttons.append(window(CalendarEdit(book.id), say(language, "Settings in a window")))
    return buttons


def _rarely(book: Book, reader: Viewer) -> list[Element]:
    """Return what is done once in a while; a card has room for six buttons below it."""
    language, owns = reader.language, reader.may(Role.OWNER)
    buttons: list[Element] = [press(CalendarClone(book.id), say(language, "Make a copy"))]
    if book.kind is BookKind.CONTACTS:
        buttons.append(press(WatchEdit(book.id), say(language, "Notifications")))
        if reader.may(Role.EDITOR) and not isinstance(book.home, PersonHome):
            told = say(language, "Notifications for everybody")
            buttons.append(press(WatchEdit(book.id, everyone=True), told))
    if owns and not book.retired:
        buttons.append(press(CalendarArchive(book.id), say(language, "Archive")))
    if owns and not book.archived:
        buttons.append(press(CalendarDelete(book.id), say(language, "Delete"), grave=True))
    return buttons
