"""The address by which somebody follows a calendar elsewhere: made, shown once, taken back."""

from __future__ import annotations

from cards.buttons import press
from cards.elements import Card, Element, TextInput, card, words
from cards.files.file_actions import FeedMake, FeedRevoke, FeedShow
from cards.parts import fact, fold, heading, note, quoting, section, small
from cards.viewer import Reader
from cards.when import moment
from cards.wording import say
from services.model.books import Book
from services.model.feeds import Feed

__all__ = ["feed_card", "feed_offer"]


def feed_offer(book: Book, reader: Reader) -> Card:
    """Return what leads to one's own feed, where many read the same message."""
    language = reader.language
    title = say(language, "Follow this calendar elsewhere")
    told = say(
        language,
        "Outlook, Google Calendar or a phone can follow {name} by an address of your own. It is "
        "shown to you alone.",
        name=_name(book, language),
    )
    show = press(FeedShow(book.id), say(language, "My address"), main=True)
    return card([heading(title), words(told)], [show], language=language, fallback=title)


def feed_card(book: Book, feed: Feed | None, reader: Reader, *, url: str = "") -> Card:
    """Return how a person's feed stands; ``url`` is there only right after it was made."""
    language = reader.language
    title = say(language, "{name}, followed elsewhere", name=_name(book, language))
    body: list[Element] = [quoting(title)]
    if feed is None:
        body.append(
            words(
                say(
                    language,
                    "You can follow this calendar in Outlook, in Google Calendar or on a phone: "
                    "by an address of your own, which only reads.",
                )
            )
        )
        buttons = [
            press(FeedMake(book.id, False), say(language, "Make an address"), main=True),
            press(FeedMake(book.id, True), say(language, "Only when it is busy")),
        ]
        return card(body, buttons, language=language, fallback=title)
    body += _address(url, language) if url else []
    shows = say(language, "only when something is on") if feed.busy_only else say(language, "all")
    body += section(
        [
            fact(say(language, "Shows"), shows),
            fact(say(language, "Made"), moment(feed.made_at, reader)),
        ]
    )
    if not url:
        told = say(language, "The address was shown when it was made. Lost? Make a new one.")
        body.append(small(told, spacing="small"))
    other = not feed.busy_only
    change = say(language, "New, busy times only") if other else say(language, "New, with all")
    buttons = [
        press(FeedMake(book.id, feed.busy_only), say(language, "New address")),
        press(FeedMake(book.id, other), change),
        press(FeedRevoke(book.id), say(language, "Take it back"), grave=True),
    ]
    return card(body, buttons, language=language, fallback=title)


def _address(url: str, language: str) -> list[Element]:
    told = say(
        language,
        "Copy it now: it is shown this once. Whoever has it can read what you can read here, so "
        "keep it to yourself. In Outlook: Add calendar, From the internet.",
    )
    address = TextInput(id="address", label=say(language, "Your address"), value=url)
    return [note(told, "good"), address]


def _name(book: Book, language: str) -> str:
    return fold(book.name, 80) or say(language, "Calendar")
