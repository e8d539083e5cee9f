"""Where a browser finds a contact's picture, and the page that leads back into Teams."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from cards.contacts.contact import Addresses
from services.model.books import Book
from services.model.contacts import Contact, ContactContent
from services.model.events import Event
from services.model.items import Content

__all__ = ["At", "addresses", "faces_of"]

At = Callable[[Book, Contact], Addresses]


def addresses(public_url: str, photo: Callable[[Book, Contact], str]) -> At:
    """Return what finds a contact's addresses.

    Args:
        public_url: where browsers reach us, without a slash at the end.
        photo: returns the last part of a picture's address, empty where there is none.
    """

    def at(book: Book, contact: Contact) -> Addresses:
        picture = photo(book, contact)
        return Addresses(
            photo=f"{public_url}/photos/{picture}" if picture else "",
            page=f"{public_url}/c/{contact.id}" if public_url.startswith("https:") else "",
        )

    return at


def faces_of(at: At, book: Book, item: Event | Contact, value: Content) -> tuple[str, str]:
    """Return where the pictures are of a contact, and of what it was meant to say.

    Both are empty where there is none, as for events.
    """
    if not isinstance(item, Contact) or not isinstance(value, ContactContent):
        return "", ""
    return at(book, item).photo, at(book, replace(item, content=value)).photo
