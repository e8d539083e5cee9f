"""Where a browser finds a contact's picture, and the page that leads back into Teams."""

from __future__ import annotations

from collections.abc import Callable

from cards.contacts.contact import Addresses
from services.model.books import Book
from services.model.contacts import Contact

__all__ = ["At", "addresses"]

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
