"""Contacts as what a field proposes while somebody types into it.

https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/dynamic-search
"""

from __future__ import annotations

from cards.contact import position
from cards.elements import Choice, ChoiceSet
from cards.parts import fold
from cards.text import clean
from cards.wording import say
from services.model.books import BookId
from services.model.contacts import Contact, ContactId

__all__ = ["CHOSEN", "DATASET", "contact_choice", "contact_field", "read_chosen"]

DATASET = "almanac.contacts"
CHOSEN = "chosen_contact"
NOBODY = "-"


def contact_field(language: str) -> ChoiceSet:
    """Return the field; clients that propose nothing show whom nobody has looked for: no one."""
    return ChoiceSet(
        id=CHOSEN,
        label=say(language, "Find somebody"),
        choices=[Choice(title=say(language, "Nobody"), value=NOBODY)],
        query={"type": "Data.Query", "dataset": DATASET},
        style="compact",
    )


def contact_choice(contact: Contact) -> tuple[str, str]:
    """Return the words and the value that stand for a contact."""
    content = contact.content
    beside = position(content) or next(iter(content.emails), "")
    title = " · ".join(part for part in (content.name, beside) if part)
    return clean(fold(title, 120)), f"{contact.book}/{contact.id}"


def read_chosen(value: object) -> tuple[BookId, ContactId] | None:
    """Return which contact was chosen; ``None`` = none, or something that no field of ours says."""
    book, _, contact = str(value or "").partition("/")
    return (BookId(book), ContactId(contact)) if book and contact else None
