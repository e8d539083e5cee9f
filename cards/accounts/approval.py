"""What a person needs whose organisation has to approve Almanac: a link to send on."""

from __future__ import annotations

from cards.accounts.account_actions import AccountConnect, AccountShow
from cards.buttons import link, press
from cards.elements import Card, Element, card, words
from cards.parts import heading
from cards.viewer import Reader
from cards.wording import say

__all__ = ["approval_card"]


def approval_card(url: str, reader: Reader) -> Card:
    """Return the link to the page for the administrator, to be copied and sent on."""
    language = reader.language
    title = say(language, "Your organisation must approve Almanac")
    body: list[Element] = [
        heading(title),
        words(
            say(
                language,
                "Please send this link to whoever administers Microsoft 365 with you. The page "
                "says what is asked for, and why. It is good for a month.",
            )
        ),
        words(url, spacing="small", weight="bolder"),
        words(
            say(language, "You get a message here as soon as it is approved."),
            subtle=True,
            spacing="small",
        ),
    ]
    open_it = link(url, say(language, "Open the page"), own=True)
    buttons = [
        *([open_it] if open_it else []),
        press(AccountConnect(), say(language, "Sign in again")),
        press(AccountShow(), say(language, "Back")),
    ]
    return card(body, buttons, language=language, fallback=title)
