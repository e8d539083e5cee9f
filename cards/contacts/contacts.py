"""Contacts as a list: all from A to Z, a group, or what was looked for; page by page.

Names stand under the letter with which they are spelled in Latin: ``Юлия`` under I, ``Åse`` under
A. The letters are there as soon as one page does not hold everybody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from cards.buttons import press, tap
from cards.contacts.colleague import colleague_lines
from cards.contacts.contact import position
from cards.contacts.contact_actions import ContactDetails, ContactNew
from cards.contacts.contact_choices import contact_field
from cards.contacts.contact_list_actions import (
    KEYS,
    MOST_LETTERS,
    ContactOpen,
    ContactsShow,
    ContactsSort,
)
from cards.elements import Card, Choice, ChoiceSet, Column, ColumnSet, Element, card, words
from cards.face import person_line
from cards.parts import TOUCHED, fold, heading, small
from cards.viewer import Reader
from cards.wording import count, say
from services.model.books import Book, BookId
from services.model.contact_order import FIELDS, MOST_READ, ContactOrder
from services.model.contacts import Contact
from services.model.directory import Colleague

__all__ = ["ORDER", "PAGE", "People", "contacts_card"]

PAGE = 12
IN_A_ROW = 5
DASH = "\N{EN DASH}"
MOST_GROUPS = 11
GROUPS_IN_A_ROW = 4
ORDERS = {
    ContactOrder.NAME: "Name",
    ContactOrder.COMPANY: "Company",
    ContactOrder.RECENT: "Newest first",
    ContactOrder.JOB: "Job title",
    ContactOrder.DEPARTMENT: "Department",
    ContactOrder.EMAIL: "E-mail",
    ContactOrder.MOBILE: "Mobile",
}
ORDER = "sort_by"
"""The input in which an order is chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """A page of contacts, and what else there is."""

    records: Sequence[Contact]
    total: int
    """Of all pages; of what was looked for, one more than a page says that there is more."""
    letters: Mapping[str, int] = field(default_factory=dict)
    """How many stand under each letter."""
    groups: Sequence[str] = ()
    books: Mapping[BookId, Book] = field(default_factory=dict)
    """The lists, by the names that the reader knows; given where there are several."""
    colleagues: Sequence[Colleague] = ()
    """Whom the organisation's directory knows besides, by the same words."""


def contacts_card(people: People, shown: ContactsShow, reader: Reader) -> Card:
    """Return a page of contacts.

    Args:
        people: who is on it.
        shown: what was asked for; its page is one that there is.
        reader: for whom.
    """
    language = reader.language
    title = _title(people, shown, language)
    body: list[Element] = [heading(title)]
    if shown.words:
        body.append(small(say(language, "for “{text}”", text=fold(shown.words, 60))))
    else:
        body += _groups(people.groups, shown, language)
        body += _letters(people.letters, shown, language)
    body += [_line(contact, people.books, shown) for contact in people.records]
    body += colleague_lines(people.colleagues, shown, language)
    if sum(people.letters.values()) > PAGE:
        body.append(contact_field(language))
    if people.total > PAGE and not shown.words:
        body.append(small(_which(shown.page, people.total, language), spacing="medium"))
    if _is_sorted(people, shown):
        body.append(_order(people, shown, language))
    return card(body, _buttons(people, shown, language), language=language, fallback=title)


def _title(people: People, shown: ContactsShow, language: str) -> str:
    if not people.records:
        return say(language, "No contact was found.")
    if shown.words:
        many = people.total > PAGE or shown.page
        if many:
            return say(language, "Contacts")
        return count(language, "One contact", "{n} contacts", len(people.records))
    return count(language, "One contact", "{n} contacts", people.total)


def _which(page: int, total: int, language: str) -> str:
    """Return which of all contacts are on the page."""
    return count(
        language,
        "{first} to {last} of one entry",
        "{first} to {last} of {n} entries",
        total,
        first=page * PAGE + 1,
        last=min((page + 1) * PAGE, total),
    )


def _groups(groups: Sequence[str], shown: ContactsShow, language: str) -> list[Element]:
    """Return the groups to choose from, and everybody."""
    if not groups:
        return []
    few = [group for group in groups if len(group) <= MOST_LETTERS][:MOST_GROUPS]
    choices = [(say(language, "Everybody"), ""), *((fold(group, 40), group) for group in few)]
    steps = [(text, replace(shown, group=group, letters="", page=0)) for text, group in choices]
    return _rows(steps, replace(shown, letters="", page=0), GROUPS_IN_A_ROW)


def _letters(letters: Mapping[str, int], shown: ContactsShow, language: str) -> list[Element]:
    """Return the letters under which somebody stands, where one page does not hold all."""
    if sum(letters.values()) <= PAGE:
        return []
    there = [key for key in KEYS if any(letters.get(each) for each in key)]
    titles = [f"{key[0]}{DASH}{key[-1]}".upper() if key.isalpha() else key for key in there]
    choices = [(say(language, "All"), ""), *zip(titles, there, strict=True)]
    steps = [(text, replace(shown, letters=key, page=0)) for text, key in choices]
    return _rows(steps, replace(shown, page=0), IN_A_ROW)


def _order(people: People, shown: ContactsShow, language: str) -> ChoiceSet:
    """Return by what the list can be sorted; a very long one by fewer fields."""
    is_short = sum(people.letters.values()) <= MOST_READ
    return ChoiceSet(
        id=ORDER,
        label=say(language, "Sorted by"),
        spacing="medium",
        choices=[
            Choice(title=say(language, title), value=order.value)
            for order, title in ORDERS.items()
            if is_short or order not in FIELDS
        ],
        value=shown.order,
        style="compact",
    )


def _rows(
    steps: Sequence[tuple[str, ContactsShow]], shown: ContactsShow, in_a_row: int
) -> list[Element]:
    """Return choices side by side; the one that is shown is bold, the others can be pressed."""
    columns = [_choice(text, step, step == shown) for text, step in steps]
    short = -len(columns) % in_a_row if len(columns) > in_a_row else 0
    columns += [Column(items=[], width="stretch") for _ in range(short)]
    starts = range(0, len(columns), in_a_row)
    return [ColumnSet(columns=columns[at : at + in_a_row], spacing="small") for at in starts]


def _choice(text: str, step: ContactsShow, is_shown: bool) -> Column:
    bold = words(text, weight="bolder", align="center")
    return Column(
        items=[bold if is_shown else words(text, color="accent", align="center")],
        width="stretch",
        min_height=TOUCHED,
        vertical="center",
        action=None if is_shown else tap(step, text),
    )


def _line(contact: Contact, books: Mapping[BookId, Book], shown: ContactsShow) -> Element:
    content, book = contact.content, books.get(contact.book)
    beside = [position(content) or next(iter(content.emails), ""), book.name if book else ""]
    told = " · ".join(fold(part, 120) for part in beside if part)
    return person_line(content.name, told, ContactDetails(contact.book, contact.id, shown))


def _is_sorted(people: People, shown: ContactsShow) -> bool:
    return people.total > 1 and not shown.words


def _buttons(people: People, shown: ContactsShow, language: str) -> list[Element]:
    buttons: list[Element] = []
    if shown.page:
        buttons.append(press(replace(shown, page=shown.page - 1), say(language, "Back")))
    left = people.total - (0 if shown.words else shown.page * PAGE)
    if left > PAGE:
        buttons.append(press(replace(shown, page=shown.page + 1), say(language, "More")))
    if sum(people.letters.values()) > PAGE:
        buttons.append(press(ContactOpen(shown), say(language, "Open"), form=True))
    if _is_sorted(people, shown):
        buttons.append(press(ContactsSort(shown), say(language, "Sort"), form=True))
    buttons.append(press(ContactNew(), say(language, "New contact")))
    return buttons
