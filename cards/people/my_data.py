"""What is kept of a person: asked for, put together, erased. For that person alone."""

from __future__ import annotations

from collections.abc import Mapping

from cards.accounts.account_actions import DataEraseYes, DataExport
from cards.buttons import link, press
from cards.elements import Card, Element, card, words
from cards.general_actions import HelpShow
from cards.parts import fact, heading, section
from cards.viewer import Reader
from cards.wording import say

__all__ = [
    "erase_question",
    "erased_card",
    "export_begun_card",
    "export_failed_card",
    "export_ready_card",
]

ERASED = {
    "books": "Your own calendars and contact lists",
    "events": "Their events",
    "contacts": "Their contacts",
    "names": "Places where your name stood",
    "memberships": "Lists of members",
}
"""What is counted, and what it is called."""


def export_begun_card(reader: Reader) -> Card:
    """Return that it is being put together."""
    language = reader.language
    title = say(language, "Your data is being put together")
    told = say(language, "You get a message here as soon as it can be fetched.")
    return card([heading(title), words(told)], language=language, fallback=title)


def export_ready_card(url: str, hours: int, reader: Reader) -> Card:
    """Return the way to the file."""
    language = reader.language
    title = say(language, "Your data can be fetched")
    told = say(
        language,
        "A zip file with everything that is kept of you: JSON, your calendars as ICS and your "
        "contacts as vCard. The link is good once, for {hours} hours, and for whoever has it: "
        "please do not pass it on.",
        hours=hours,
    )
    fetch = link(url, say(language, "Fetch my data"), own=True)
    buttons = [fetch] if fetch else []
    return card([heading(title), words(told)], buttons, language=language, fallback=title)


def export_failed_card(reader: Reader) -> Card:
    """Return that there is too much of it for a file."""
    language = reader.language
    title = say(language, "Your data could not be put together")
    told = say(language, "There is too much of it for one file. Please ask who runs Almanac.")
    return card([heading(title), words(told)], language=language, fallback=title)


def erase_question(reader: Reader) -> Card:
    """Return what would go, and what would stay."""
    language = reader.language
    title = say(language, "Erase all that is kept of you?")
    body: list[Element] = [
        heading(title),
        words(
            say(
                language,
                "Your own calendar and contacts are erased for good, your Microsoft account is "
                "disconnected, and your name is taken out of everything that you wrote into the "
                "calendars and contact lists of others. There is no way back.",
            )
        ),
        words(
            say(
                language,
                "What you wrote there stays, without your name, and so do the events in your "
                "Outlook. Whoever goes on using Almanac is known to it again.",
            ),
            subtle=True,
            spacing="small",
        ),
    ]
    buttons = [
        press(DataExport(), say(language, "Export first")),
        press(DataEraseYes(), say(language, "Erase all"), grave=True),
        press(HelpShow(), say(language, "Keep it")),
    ]
    return card(body, buttons, language=language, fallback=title)


def erased_card(counts: Mapping[str, int] | None, reader: Reader) -> Card:
    """Return what was erased; ``None`` = it has only begun."""
    language = reader.language
    if counts is None:
        title = say(language, "Your data is being erased")
        told = say(language, "You get a last message here when it is done.")
        return card([heading(title), words(told)], language=language, fallback=title)
    title = say(language, "Your data is erased")
    facts = [fact(say(language, name), str(counts[what])) for what, name in ERASED.items()]
    told = say(language, "Your Microsoft account is no longer connected.")
    body = [heading(title), words(told), *section(facts)]
    return card(body, language=language, fallback=title)
