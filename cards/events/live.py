"""Cards that stay right in a message which is not the bot's own.

A bot can edit only what it has sent itself. What somebody inserts from the compose box, or pastes
as a link, fetches itself anew instead, for those who are named in it: they see the event or the
contact as it is when they look, in their own zone and language. All others see it as it was sent.

https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/search-commands/universal-actions-for-search-based-message-extensions
"""

from __future__ import annotations

from collections.abc import Sequence

from cards.action import Action
from cards.buttons import press
from cards.contacts.contact import NOWHERE, Addresses, contact_card
from cards.elements import Card
from cards.events.event import event_card
from cards.events.live_actions import ContactLive, EventLive
from cards.viewer import Reader
from cards.wording import say
from services.model.books import Book
from services.model.contacts import Contact
from services.model.events import Event, Occurrence
from services.model.identity import ObjectId

__all__ = ["MOST_READERS", "live_card", "live_contact"]

MOST_READERS = 60
"""For more, clients do not ask by themselves."""


def live_card(
    event: Event,
    book: Book,
    reader: Reader,
    readers: Sequence[ObjectId],
    *,
    occurrence: Occurrence | None = None,
) -> Card:
    """Return the event in short.

    Args:
        event: the event, or the whole series.
        book: the calendar it is in.
        reader: for whom it is drawn: everyone, or the one whose client has asked.
        readers: whose clients ask for their own view, by the ids that Entra gives them.
        occurrence: the one of a series that is meant.
    """
    original = occurrence.original.isoformat() if occurrence and occurrence.original else ""
    card = event_card(event, book, reader, occurrence=occurrence)
    return _anew(card, EventLive(event.book, event.id, original), readers, reader.language)


def live_contact(
    contact: Contact,
    book: Book,
    reader: Reader,
    readers: Sequence[ObjectId],
    *,
    at: Addresses = NOWHERE,
) -> Card:
    """Return a contact in the same way; ``at``: where its picture and its page are."""
    card = contact_card(contact, book, reader, at=at)
    return _anew(card, ContactLive(contact.book, contact.id), readers, reader.language)


def _anew(card: Card, action: Action, readers: Sequence[ObjectId], language: str) -> Card:
    refresh = press(action, say(language, "Refresh"))
    ids = [f"8:orgid:{id}" for id in readers[:MOST_READERS]]
    return {**card, "refresh": {"action": refresh.render(), "userIds": ids}}
