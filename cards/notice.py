"""Short cards that say one thing: it is done, it did not work, it is gone."""

from __future__ import annotations

from collections.abc import Sequence

from cards.accounts.account_actions import AccountApproval, AccountConnect, AccountShow
from cards.accounts.link_actions import LinkShow
from cards.action import Action
from cards.buttons import press
from cards.elements import Card, card, words
from cards.events.event_actions import AgendaShow, EventNew
from cards.general_actions import HelpShow
from cards.parts import fold, note
from cards.viewer import Reader
from cards.wording import say
from services.model.accounts import LinkId
from services.model.books import Book

__all__ = ["account_notice", "done_card", "gone_card", "problem_card"]

ACCOUNT = {
    "connected": "Your Microsoft account is connected. The first sync is on its way.",
    "sign_in_needed": "Microsoft asks you to sign in again. Until then nothing is synced; nothing "
    "is lost.",
    "approval_needed": "Your organisation must approve Almanac before you can connect. You can "
    "send its administrator a link.",
    "approved": "Your organisation has approved Almanac. Please sign in to go on.",
    "approved_again": "Your organisation has approved Almanac. Syncing goes on.",
    "more_needed": "Your organisation must approve that first. You can send its administrator a "
    "link. What is connected stays in step meanwhile.",
    "more_approved": "Your organisation has approved Almanac. What it did not allow before can be "
    "tried again.",
    "link_paused": "Syncing of “{name}” is paused and waits for your word.",
    "link_lost": "You no longer see what is behind “{name}” here. Its copies are being removed "
    "from your Outlook.",
    "put_back": "What you changed in “{name}” in Outlook was put back: that is changed in "
    "Almanac, by those who may. What you added there stays in your Outlook only.",
}

GOOD = frozenset({"connected", "approved", "approved_again", "more_approved"})


def done_card(sentence: str, reader: Reader, *, steps: Sequence[tuple[Action, str]] = ()) -> Card:
    """Return that something is done; ``steps`` are buttons with what to do next."""
    buttons = [press(action, title) for action, title in steps]
    return card([words(sentence)], buttons, language=reader.language, fallback=sentence)


def problem_card(sentence: str, reader: Reader, *, retry: Action | None = None) -> Card:
    """Return what did not work, and a way on."""
    language = reader.language
    buttons = [press(HelpShow(), say(language, "Help"))]
    if retry is not None:
        buttons.insert(0, press(retry, say(language, "Try again")))
    return card([note(sentence, "attention")], buttons, language=language, fallback=sentence)


def gone_card(sentence: str, book: Book, reader: Reader) -> Card:
    """Return that what a button was about is gone, and what is there instead."""
    language = reader.language
    buttons = [
        press(AgendaShow(book.id), say(language, "Show the agenda")),
        press(EventNew(book.id), say(language, "New event")),
    ]
    return card([note(sentence, "warning")], buttons, language=language, fallback=sentence)


def account_notice(
    what: str, reader: Reader, *, name: str = "", link: LinkId | None = None
) -> Card:
    """Return what a person should know of their account now.

    Args:
        what: an AccountNotice's.
        reader: the person.
        name: the Outlook calendar that it is about, where it is about one.
        link: its link, where there is something to be looked at.
    """
    language = reader.language
    sentence = say(language, ACCOUNT[what], name=fold(name, 80) or say(language, "Calendar"))
    step = press(AccountShow(), say(language, "Account"))
    if what == "sign_in_needed":
        step = press(AccountConnect(), say(language, "Sign in again"))
    elif what == "approved":
        step = press(AccountConnect(), say(language, "Sign in"), main=True)
    elif what in ("approval_needed", "more_needed"):
        step = press(AccountApproval(), say(language, "Ask for approval"), main=True)
    elif what == "link_paused" and link is not None:
        step = press(LinkShow(link), say(language, "Show"), main=True)
    told = note(sentence, "good" if what in GOOD else "warning")
    return card([told], [step], language=language, fallback=sentence)
