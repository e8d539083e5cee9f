"""The first card in a new place: what Almanac is, and what to try now."""

from __future__ import annotations

from cards.buttons import press
from cards.elements import Card, card, words
from cards.general_actions import HelpShow
from cards.help import first_steps, phrase
from cards.parts import heading
from cards.viewer import Reader
from cards.wording import say
from services.model.identity import ConversationKind

__all__ = ["welcome_card"]

HELLO = {
    ConversationKind.PERSONAL: (
        "Hello, this is Almanac",
        "Your calendar and contacts inside Teams, in step with your Outlook.",
    ),
    ConversationKind.GROUP: (
        "This chat has a calendar now",
        "Everybody in this chat sees and edits it. Write @Almanac in front of what you want.",
    ),
    ConversationKind.CHANNEL: (
        "This channel has a calendar now",
        "It belongs to the channel: every member sees and edits it. Write @Almanac in front of "
        "what you want.",
    ),
}
TRY = (
    ("agenda", "what is on this week"),
    ("new event lunch friday 12:30 for 45 min", "understood, and shown to you before it is made"),
)
TRY_ALONE = (*TRY, ("connect", "tie your Outlook calendar to Almanac"))


def welcome_card(kind: ConversationKind, reader: Reader) -> Card:
    """Return the welcome for a personal chat, a group chat or a channel."""
    language = reader.language
    title, sentence = HELLO[kind]
    title = say(language, title)
    body = [
        heading(title),
        words(say(language, sentence)),
        words(say(language, "Things to try:"), weight="bolder", spacing="medium"),
        *(
            phrase(said, meant, language)
            for said, meant in (TRY_ALONE if kind is ConversationKind.PERSONAL else TRY)
        ),
    ]
    buttons = [*first_steps(kind, language), press(HelpShow(), say(language, "Help"))]
    return card(body, buttons, language=language, fallback=title)
