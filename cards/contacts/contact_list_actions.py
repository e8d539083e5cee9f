"""What the buttons of a list of contacts carry; see :mod:`cards.action`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cards.action import Action
from cards.views.find_actions import FindShow
from services.model.contact_order import ContactOrder

__all__ = ["KEYS", "MOST_LETTERS", "ColleagueShow", "ContactOpen", "ContactsShow", "ContactsSort"]

MOST_LETTERS = 200
MOST_PAGES = 50
KEYS = ("abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz", "#")
"""Letters together, as on the keys of a phone; names that begin otherwise are the last."""


@dataclass(frozen=True, slots=True)
class ContactsShow(Action):
    """Show contacts: those that words find, or else a part of all; in a team, of its lists."""

    verb: ClassVar[str] = "contacts.show"
    words: str = ""
    """What was typed; empty = all, as the other fields say."""
    page: int = 0
    order: str = ContactOrder.NAME.value
    letters: str = ""
    """One of :data:`KEYS`, with one of which names begin; empty = any."""
    group: str = ""

    def __post_init__(self) -> None:
        if max(len(self.words), len(self.group)) > MOST_LETTERS:
            raise ValueError("so many letters are not looked for")
        if not 0 <= self.page <= MOST_PAGES:
            raise ValueError("there is no such page")
        if self.letters and self.letters not in KEYS:
            raise ValueError("no name stands under that")
        ContactOrder(self.order)


@dataclass(frozen=True, slots=True)
class ContactOpen(Action):
    """Show the contact that was chosen in the field that finds as one types."""

    verb: ClassVar[str] = "contacts.open"
    back: ContactsShow | None = None
    """The list that the field stands in."""


@dataclass(frozen=True, slots=True)
class ContactsSort(Action):
    """Show the list in the order that was chosen in it."""

    verb: ClassVar[str] = "contacts.sort"
    back: ContactsShow | None = None
    """The list."""


@dataclass(frozen=True, slots=True)
class ColleagueShow(Action):
    """Show somebody of the organisation, as its directory knows them when it is pressed."""

    verb: ClassVar[str] = "colleague.show"
    called: str
    mail: str
    back: ContactsShow | FindShow | None = None
    """The list to go back to."""
