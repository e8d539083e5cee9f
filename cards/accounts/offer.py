"""Two people changed the same thing: what shows now, what lost, and what should become of it."""

from __future__ import annotations

from cards.accounts.offer_actions import OfferBoth, OfferKeep, OfferTake
from cards.accounts.offer_dates import said_apart
from cards.accounts.offer_values import NAMES
from cards.buttons import press
from cards.elements import Card, Element, card, words
from cards.face import Image
from cards.parts import fact, fact_of, fold, heading, note, small
from cards.viewer import Reader
from cards.when import day_long
from cards.wording import say
from services.model.books import Book, BookKind
from services.model.contacts import Contact
from services.model.events import Event, EventContent
from services.model.items import Content
from services.model.offers import Offer
from services.model.pairs import Side

__all__ = ["offer_card", "offer_settled"]

LETTERS = 400
NAMELESS = {BookKind.CALENDAR: "Calendar", BookKind.CONTACTS: "Contact list"}

_MINE = {
    Side.TEAM: "You wrote here",
    Side.REMOTE: "You wrote in Outlook",
}


def offer_card(
    offer: Offer,
    item: Event | Contact,
    book: Book,
    reader: Reader,
    *,
    said: str = "",
    faces: tuple[str, str] = ("", ""),
) -> Card:
    """Return the question to the author of the value that lost.

    Args:
        offer: the value.
        item: what is there now; maybe a tombstone.
        book: where.
        reader: its author.
        said: a sentence on top: why the question is asked again.
        faces: addresses of the pictures, of what shows now and of what lost; empty = none.
    """
    language = reader.language
    title = say(language, "Changed twice at once")
    name = fold(_name_of(item.content), 120)
    if offer.day is not None:
        name = f"{name}, {day_long(offer.day, language)}"
    happened = say(
        language,
        "“{name}” was changed here and in Outlook at nearly the same time. One of the two shows "
        "now; yours is kept for 30 days.",
        name=name,
    )
    body: list[Element] = [
        *([note(said, "warning")] if said else []),
        small(book.name or say(language, NAMELESS[book.kind]), spacing=None),
        heading(title, spacing="none"),
        words(happened),
        words(say(language, NAMES[offer.field]), weight="bolder", spacing="medium"),
        *_beside(offer, item, faces, reader),
    ]
    buttons = [
        press(OfferTake(offer.id, item.etag), say(language, "Use mine"), main=True),
        press(OfferBoth(offer.id), say(language, "Keep both")),
        press(OfferKeep(offer.id), say(language, "Leave it so")),
    ]
    if item.deleted_at is not None:
        body.append(note(say(language, "It has been deleted since."), "warning"))
        buttons = buttons[1:]
    return card(body, buttons, language=language, fallback=title)


def offer_settled(sentence: str, reader: Reader) -> Card:
    """Return what became of it."""
    return card([note(sentence, "good")], [], language=reader.language, fallback=sentence)


def _beside(
    offer: Offer, item: Event | Contact, faces: tuple[str, str], reader: Reader
) -> list[Element]:
    """Return what shows now, and what its author meant."""
    titles = (say(reader.language, "Shows now"), say(reader.language, _MINE[offer.side]))
    if offer.field == "photo":
        return [_face(title, url, reader) for title, url in zip(titles, faces, strict=True)]
    now = _lines(item.content, offer.value, offer.field, reader)
    mine = _lines(offer.value, item.content, offer.field, reader)
    return [fact(title, *lines) for title, lines in zip(titles, (now, mine), strict=True)]


def _face(title: str, url: str, reader: Reader) -> Element:
    if not url:
        return fact(title, say(reader.language, "nothing"))
    return fact_of(title, Image(url=url, alt=title, width="64px", style="person"))


def _name_of(content: Content) -> str:
    return content.title if isinstance(content, EventContent) else content.name


def _lines(content: Content, other: Content, field: str, reader: Reader) -> list[str]:
    """Return what a content says in a group of fields, or that it says nothing."""
    lines = [fold(line, LETTERS) for line in said_apart(content, other, field, reader) if line]
    return lines or [say(reader.language, "nothing")]
