"""The card of one link, what else could be linked, and the question before one is let go.

For the person whose mailbox it is, and for nobody else.
"""

from __future__ import annotations

from collections.abc import Sequence

from cards.accounts.account_actions import AccountShow, AccountSyncNow
from cards.accounts.link_actions import (
    LinkAdd,
    LinkAgain,
    LinkAnswer,
    LinkListYes,
    LinkRemove,
    LinkRemoveYes,
    LinkSettingsEdit,
    LinkShow,
)
from cards.accounts.linked import (
    GONE,
    PREVIEW,
    TOO_MANY,
    Fate,
    Linked,
    facts,
    fate_of_copies,
    names,
    question,
    state,
)
from cards.accounts.set_aside import set_aside
from cards.books.calendar_actions import CalendarShow
from cards.buttons import press, window
from cards.elements import Card, Choice, ChoiceSet, Element, card, words
from cards.parts import fold, heading, note, section, small
from cards.text import clean
from cards.viewer import Reader
from cards.wording import say
from services.model.accounts import RemoteId
from services.model.books import Book, BookKind
from services.model.links import Word

__all__ = [
    "BOOK",
    "CALENDAR",
    "NEW",
    "link_card",
    "list_offer",
    "offers_card",
    "unlink_question",
    "unlinked_card",
]

BOOK, CALENDAR = "linked_book", "linked_calendar"
"""The inputs of :func:`offers_card`."""
NEW = "new"
"""Chosen there: an Outlook calendar of its own, made for the link."""
UNLINK_CALENDAR, UNLINK_LIST = "Unlink this calendar?", "Unlink this contact list?"
MOST = 5


def link_card(linked: Linked, reader: Reader, *, said: str = "") -> Card:
    """Return how a link stands, what it asks, and what can be done."""
    language, link = reader.language, linked.link
    title = names(linked, language)
    body: list[Element] = [
        *([note(said, "good")] if said else []),
        words(title, size="large", weight="bolder"),
        state(linked, language),
        *question(linked, language),
        *section(facts(linked, reader)),
        *section(set_aside(linked.set_aside, language, most=MOST)),
    ]
    buttons = [
        *_answers(linked, language),
        press(LinkSettingsEdit(link.id), say(language, "Settings")),
        press(LinkRemove(link.id), say(language, "Unlink"), grave=True),
        press(AccountShow(), say(language, "Back")),
        window(LinkSettingsEdit(link.id), say(language, "Settings in a window")),
    ]
    return card(body, buttons, language=language, fallback=title)


def list_offer(book: Book, reader: Reader) -> Card:
    """Return what it means to have a contact list in Outlook, and the way there."""
    language = reader.language
    title = say(language, "Have these contacts in your Outlook?")
    body: list[Element] = [
        heading(title),
        words(fold(book.name, 80) or say(language, "Contact list"), spacing="none"),
        words(
            say(
                language,
                "They get a folder of their own among your Outlook contacts, and are kept in step "
                "both ways. A phone that syncs Outlook then shows who is calling.",
            )
        ),
        small(say(language, "This is for you alone; others link the list for themselves.")),
    ]
    buttons = [
        press(LinkListYes(book.id), say(language, "Link"), main=True),
        press(CalendarShow(book.id), say(language, "Back")),
    ]
    return card(body, buttons, language=language, fallback=title)


def offers_card(
    books: Sequence[Book], calendars: Sequence[tuple[RemoteId, str]], reader: Reader
) -> Card:
    """Return the choice of what to link.

    Args:
        books: calendars here that have no link yet, named.
        calendars: the person's free Outlook calendars.
        reader: the person.
    """
    language = reader.language
    title = say(language, "Link another")
    back = press(AccountShow(), say(language, "Back"))
    if not books:
        told = say(
            language,
            "All that you have met here is linked already. Open Almanac in a channel or chat to "
            "meet its calendar and contacts.",
        )
        return card([heading(title), words(told)], [back], language=language, fallback=title)
    own = Choice(title=say(language, "A new one of its own"), value=NEW)
    body: list[Element] = [
        heading(title),
        ChoiceSet(
            id=BOOK,
            label=say(language, "Calendar or contacts in Almanac"),
            choices=[_choice(book.id, _named(book, language), language) for book in books],
            value=books[0].id,
            style="compact",
        ),
        ChoiceSet(
            id=CALENDAR,
            label=say(language, "Calendar in Outlook"),
            choices=[own, *(_choice(id, name, language) for id, name in calendars)],
            value=NEW,
            style="compact",
            spacing="medium",
        ),
        small(
            say(
                language,
                "A new calendar is called like yours here and is made in your mailbox only. A "
                "contact list always gets a contact folder of its own. Nobody is e-mailed.",
            ),
            spacing="medium",
        ),
    ]
    add = press(LinkAdd(), say(language, "Link"), main=True, form=True)
    return card(body, [add, back], language=language, fallback=title)


def unlink_question(linked: Linked, reader: Reader) -> Card:
    """Return the question what should become of the copies."""
    language, id = reader.language, linked.link.id
    title = say(language, UNLINK_LIST if linked.is_list else UNLINK_CALENDAR)
    told = say(
        language,
        "The two no longer follow each other. What is here stays as it is. What should become of "
        "what Almanac added to your Outlook?",
    )
    body = [heading(title), words(names(linked, language), weight="bolder"), words(told)]
    buttons = [
        press(LinkRemoveYes(id, keep=True), say(language, "Unlink, keep the copies")),
        press(
            LinkRemoveYes(id, keep=False), say(language, "Unlink, remove the copies"), grave=True
        ),
        press(LinkShow(id), say(language, "Keep the link")),
    ]
    return card(body, buttons, language=language, fallback=title)


def unlinked_card(reader: Reader, fate: Fate) -> Card:
    """Return what has happened."""
    language = reader.language
    title = say(language, "Unlinked")
    told = fate_of_copies(language, fate)
    back = press(AccountShow(), say(language, "Account"))
    return card([heading(title), words(told)], [back], language=language, fallback=title)


def _answers(linked: Linked, language: str) -> list[Element]:
    """Return the buttons that answer what the link asks; without a question, *Sync now*."""
    link = linked.link
    if link.last_problem == PREVIEW:
        start = LinkAnswer(link.id, Word.START.value)
        return [press(start, say(language, "Start"), main=True)]
    if link.last_problem == TOO_MANY:
        key = link.doomed.key if link.doomed else ""
        keep, delete = (LinkAnswer(link.id, each.value, key) for each in (Word.KEEP, Word.DELETE))
        return [
            press(keep, say(language, "Keep them"), main=True),
            press(delete, say(language, "Delete them"), grave=True),
        ]
    if link.last_problem == GONE:
        return [press(LinkAgain(link.id), say(language, "Make it again"), main=True)]
    retry = LinkAnswer(link.id, Word.RETRY.value)
    again = [press(retry, say(language, "Retry"))] if linked.set_aside else []
    return [press(AccountSyncNow(), say(language, "Sync now"), main=True), *again]


def _named(book: Book, language: str) -> str:
    if book.kind is BookKind.CALENDAR:
        return book.name
    return say(language, "{name} (contacts)", name=book.name)


def _choice(id: str, name: str, language: str) -> Choice:
    return Choice(title=fold(clean(name), 80) or say(language, "A calendar"), value=id)
