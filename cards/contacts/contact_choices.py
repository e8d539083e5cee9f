"""Contacts as what a field proposes while somebody types into it.

A field names a set of data. Behind a ``?`` may stand a contact list, where its contacts alone are
meant, as Microsoft's own set of people names its scope there.

https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/dynamic-search
"""

from __future__ import annotations

from cards.contacts.contact import position
from cards.elements import Choice, ChoiceSet
from cards.parts import fold
from cards.submitted import as_choice
from cards.text import clean
from cards.wording import say
from services.model.books import BookId
from services.model.contacts import Contact, ContactId
from services.model.directory import Colleague

__all__ = [
    "CHOSEN",
    "COMPANIES",
    "CONTACTS",
    "NAMES",
    "NOBODY_YET",
    "colleague_choice",
    "contact_choice",
    "contact_field",
    "name_choice",
    "read_chosen",
    "read_colleague",
]

CONTACTS = "almanac.contacts"
"""Whom somebody may look at, and behind them, without a list, the people of the organisation."""
NAMES = "almanac.names"
"""The same contacts by their names alone."""
COMPANIES = "almanac.companies"
"""Where they work."""
CHOSEN = "chosen_contact"
NOBODY = "-"
NOBODY_YET = "Choose somebody first."
"""What a button says that needs somebody."""
COLLEAGUE = "@"
"""Stands for the directory where another choice names a list."""


def contact_field(language: str, book: BookId | None = None) -> ChoiceSet:
    """Return a field for one contact, of one list where a ``book`` is given.

    Clients that propose nothing show whom nobody has looked for: no one.
    """
    dataset = f"{CONTACTS}?{book}" if book else CONTACTS
    return ChoiceSet(
        id=CHOSEN,
        label=say(language, "Find somebody"),
        choices=[Choice(title=say(language, "Nobody"), value=NOBODY)],
        query={"type": "Data.Query", "dataset": dataset},
        style="compact",
    )


def contact_choice(contact: Contact) -> tuple[str, str]:
    """Return the words and the value that stand for a contact."""
    return _title(contact), f"{contact.book}/{contact.id}"


def colleague_choice(colleague: Colleague, language: str) -> tuple[str, str]:
    """Return those of somebody of the organisation, marked as the directory's."""
    where = say(language, "Directory")
    parts = (colleague.name, where, colleague.job or colleague.email)
    title = " · ".join(part for part in parts if part)
    return clean(fold(title, 120)), f"{COLLEAGUE}/{colleague.email}/{colleague.name}"


def name_choice(contact: Contact) -> tuple[str, str]:
    """Return the words and the value that stand for a contact's name, one of several."""
    return _title(contact), as_choice(clean(contact.content.name))


def read_chosen(value: object) -> tuple[BookId, ContactId] | None:
    """Return which contact was chosen; ``None`` = none, or something that no field of ours says."""
    book, _, contact = str(value or "").partition("/")
    is_one = bool(book and contact) and book != COLLEAGUE
    return (BookId(book), ContactId(contact)) if is_one else None


def read_colleague(value: object) -> tuple[str, str] | None:
    """Return name and address of the colleague that was chosen; ``None`` = no colleague was."""
    mark, _, rest = str(value or "").partition("/")
    email, _, name = rest.partition("/")
    return (name, email) if mark == COLLEAGUE and name else None


def _title(contact: Contact) -> str:
    content = contact.content
    beside = position(content) or next(iter(content.emails), "")
    title = " · ".join(part for part in (content.name, beside) if part)
    return clean(fold(title, 120))
