"""Who may do what in a calendar or contact list, for all; the form is in ``members_form``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cards.books.calendar_actions import CalendarShow, MembersEdit, MembersShow
from cards.buttons import press, window
from cards.elements import Card, Container, Element, card, words
from cards.parts import fact, fold, heading, note, section, small
from cards.viewer import Viewer
from cards.wording import count, say
from services.model.access import Access, Role
from services.model.access import Mode as Sharing
from services.model.books import Book
from services.model.identity import Person

__all__ = ["MODES", "NAMES", "PAGE", "ROLES", "Row", "members_card", "which"]

PAGE = 12
MODES = {
    Sharing.EVERYBODY: "everybody here writes",
    Sharing.OWNERS: "only owners write",
    Sharing.CUSTOM: "each as said by name",
}
ROLES = {
    Role.OWNER: "an owner",
    Role.EDITOR: "an editor",
    Role.CONTRIBUTOR: "a contributor: adds, and changes their own",
    Role.READER: "a reader",
}
"""As in "You are ..."."""
NAMES = {
    Role.OWNER: "Owner",
    Role.EDITOR: "Editor",
    Role.CONTRIBUTOR: "Contributor (their own only)",
    Role.READER: "Reader",
}


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody in the place, as the list shows them."""

    person: Person
    name: str
    role: Role
    is_named: bool
    """Whether the role is theirs by name."""
    is_guest: bool


def members_card(
    book: Book, rows: Sequence[Row], shown: MembersShow, reader: Viewer, *, said: str = ""
) -> Card:
    """Return a page of the list, owners first.

    Args:
        book: named.
        rows: everybody whose name fits.
        shown: which page, and which names.
        reader: the one person, with their role.
        said: a sentence on top.
    """
    language = reader.language
    title = say(language, "Who may do what")
    page = rows[shown.page * PAGE : (shown.page + 1) * PAGE]
    body: list[Element] = [
        *([note(said, "good")] if said else []),
        heading(title),
        words(book.name, weight="bolder", spacing="none"),
        *section(_rules(book.access, language)),
        *section([_line(row, language) for row in page]),
        small(which(len(page), len(rows), language), spacing="medium"),
    ]
    buttons: list[Element] = []
    edit = MembersEdit(book.id, shown.page, shown.who)
    may_edit = reader.may(Role.OWNER) and not book.archived
    if may_edit:
        buttons.append(press(edit, say(language, "Change"), main=True))
    buttons += _turns(MembersShow, book, shown.page, shown.who, len(rows), language)
    buttons.append(press(CalendarShow(book.id), say(language, "Back")))
    if may_edit:
        buttons.append(window(edit, say(language, "Change in a window")))
    return card(body, buttons, language=language, fallback=title)


def _rules(access: Access, language: str) -> list[Element]:
    rules: list[Element] = [fact(say(language, "Who writes"), say(language, MODES[access.mode]))]
    if access.mode is Sharing.CUSTOM:
        rules.append(fact(say(language, "All others"), say(language, NAMES[access.others])))
    if access.guests < access.everybody:
        rules.append(fact(say(language, "Guests"), say(language, NAMES[access.guests])))
    return rules


def _line(row: Row, language: str) -> Element:
    facts = [say(language, NAMES[row.role])]
    if row.is_named:
        facts.append(say(language, "by name"))
    if row.is_guest:
        facts.append(say(language, "guest"))
    name = fold(row.name, 80) or say(language, "somebody")
    return Container(items=[words(name), small(" · ".join(facts))], spacing="small")


def which(shown: int, all_of_them: int, language: str) -> str:
    """Return how many of the members are on the page."""
    return count(
        language, "{shown} of one person", "{shown} of {n} people", all_of_them, shown=shown
    )


def _turns(
    kind: type[MembersShow], book: Book, page: int, who: str | None, rows: int, language: str
) -> list[Element]:
    buttons: list[Element] = []
    if page:
        buttons.append(press(kind(book.id, page - 1, who), say(language, "Earlier names")))
    if (page + 1) * PAGE < rows:
        buttons.append(press(kind(book.id, page + 1, who), say(language, "More names")))
    return buttons
