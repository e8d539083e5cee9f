"""What the buttons about links carry; see :mod:`cards.action`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cards.action import Action
from services.model.accounts import LinkId
from services.model.books import BookId
from services.model.links import Word

__all__ = [
    "LinkAdd",
    "LinkAgain",
    "LinkAnswer",
    "LinkListYes",
    "LinkOfList",
    "LinkOffers",
    "LinkRemove",
    "LinkRemoveYes",
    "LinkSave",
    "LinkSettingsEdit",
    "LinkShow",
]


@dataclass(frozen=True, slots=True)
class LinkShow(Action):
    """Show how one link stands."""

    verb: ClassVar[str] = "link.show"
    link: LinkId


@dataclass(frozen=True, slots=True)
class LinkOffers(Action):
    """Show what else could be linked."""

    verb: ClassVar[str] = "link.offers"


@dataclass(frozen=True, slots=True)
class LinkAdd(Action):
    """Link what was chosen in the form."""

    verb: ClassVar[str] = "link.add"


@dataclass(frozen=True, slots=True)
class LinkOfList(Action):
    """Show how a contact list stands in the Outlook of whoever presses."""

    verb: ClassVar[str] = "link.of_list"
    book: BookId


@dataclass(frozen=True, slots=True)
class LinkListYes(Action):
    """Link a contact list with a folder of its own."""

    verb: ClassVar[str] = "link.list_yes"
    book: BookId


@dataclass(frozen=True, slots=True)
class LinkSettingsEdit(Action):
    """Open the form with a link's settings."""

    verb: ClassVar[str] = "link.settings"
    link: LinkId


@dataclass(frozen=True, slots=True)
class LinkSave(Action):
    """Save that form."""

    verb: ClassVar[str] = "link.save"
    link: LinkId


@dataclass(frozen=True, slots=True)
class LinkAnswer(Action):
    """Answer what a link asks of its owner."""

    verb: ClassVar[str] = "link.answer"
    link: LinkId
    word: str
    """One of :class:`services.model.links.Word`."""
    about: str = ""
    """The key of the list that was shown; an answer is good for no other."""

    def __post_init__(self) -> None:
        Word(self.word)


@dataclass(frozen=True, slots=True)
class LinkAgain(Action):
    """Make a calendar anew that is gone from Outlook."""

    verb: ClassVar[str] = "link.again"
    link: LinkId


@dataclass(frozen=True, slots=True)
class LinkRemove(Action):
    """Ask whether to let a link go, and what should become of its copies."""

    verb: ClassVar[str] = "link.remove"
    link: LinkId


@dataclass(frozen=True, slots=True)
class LinkRemoveYes(Action):
    """Let it go."""

    verb: ClassVar[str] = "link.remove_yes"
    link: LinkId
    keep: bool
    """Whether the copies in Outlook stay."""
