"""A person's connection to Microsoft 365: how it stands, how to make it, how to end it.

These cards are for the person alone; nobody else is shown a name or an address of theirs.
"""

from __future__ import annotations

from collections.abc import Sequence

from cards.accounts.account_actions import (
    AccountApproval,
    AccountConnect,
    AccountDisconnect,
    AccountDisconnectYes,
    AccountShow,
    AccountSyncNow,
)
from cards.accounts.link_actions import LinkAnswer, LinkOffers, LinkShow
from cards.accounts.linked import Fate, Linked, facts, fate_of_copies, names, state
from cards.accounts.set_aside import set_aside
from cards.buttons import link, press, tap
from cards.elements import ActionSet, Card, Color, Container, Element, card, words
from cards.parts import fact, heading, note, section
from cards.viewer import Reader
from cards.when import moment
from cards.wording import say
from services.model.accounts import Account, AccountState
from services.model.links import Word

__all__ = [
    "account_card",
    "connect_card",
    "connect_contacts_card",
    "disconnect_question",
    "disconnected_card",
]

MOST, MOST_ASIDE = 10, 3
STATES: dict[AccountState, tuple[str, Color, str]] = {
    AccountState.CONNECTED: ("Connected", "good", ""),
    AccountState.AWAITING_APPROVAL: (
        "Waiting for approval",
        "warning",
        "Your organisation must approve Almanac first. You get a message when it has.",
    ),
    AccountState.SIGN_IN_NEEDED: (
        "Sign-in needed",
        "attention",
        "Microsoft asks you to sign in again. Until then nothing is synced; nothing is lost.",
    ),
}

MORE = (
    "Your organisation must approve what you asked for beyond this. You get a message when it has."
)


def account_card(
    account: Account | None, links: Sequence[Linked], reader: Reader, *, said: str = ""
) -> Card:
    """Return how the connection and each link stands; ``said`` is a sentence on top."""
    language = reader.language
    title = say(language, "Your Microsoft account")
    top: list[Element] = [*([note(said, "good")] if said else []), heading(title)]
    if account is None:
        none = words(say(language, "No account is connected."), subtle=True)
        connect = press(AccountConnect(), say(language, "Connect"), main=True)
        return card([*top, none], [connect], language=language, fallback=title)
    body: list[Element] = [*top, *_state(account, reader)]
    body += [element for each in links[:MOST] for element in _link(each, reader)]
    return card(body, _buttons(account, language), language=language, fallback=title)


def connect_card(url: str, reader: Reader) -> Card:
    """Return the way to the sign-in page, and what happens there."""
    language = reader.language
    title = say(language, "Connect your Outlook calendar")
    body = [
        heading(title),
        words(
            say(
                language,
                "Sign in to Microsoft and approve. From then on your calendar here and your "
                "Outlook calendar stay in step, both ways.",
            )
        ),
        words(
            say(
                language,
                "The sign-in opens in your browser. Almanac never sees your password and never "
                "mails anybody. You can disconnect at any time.",
            ),
            subtle=True,
            spacing="small",
        ),
    ]
    sign_in = link(url, say(language, "Sign in to Microsoft"), own=True)
    return card(body, [sign_in] if sign_in else [], language=language, fallback=title)


def connect_contacts_card(url: str, reader: Reader) -> Card:
    """Return the way to approve contacts too, which nobody was asked for before."""
    language = reader.language
    title = say(language, "Contacts need your approval too")
    body = [
        heading(title),
        words(
            say(
                language,
                "So far Almanac may read and write your calendars. To keep a contact list in step "
                "with a contact folder of its own, Microsoft asks you once more.",
            )
        ),
    ]
    sign_in = link(url, say(language, "Approve contacts"), own=True)
    back = press(AccountShow(), say(language, "Back"))
    buttons = [*([sign_in] if sign_in else []), back]
    return card(body, buttons, language=language, fallback=title)


def disconnect_question(reader: Reader) -> Card:
    """Return the question what should become of the copies."""
    language = reader.language
    title = say(language, "Disconnect your Microsoft account?")
    body = [
        heading(title),
        words(
            say(
                language,
                "Syncing ends and the sign-in is forgotten. Your calendar in Almanac stays as it "
                "is. What should become of the events that Almanac added to your Outlook?",
            )
        ),
    ]
    buttons = [
        press(AccountDisconnectYes(keep=True), say(language, "Disconnect, keep the copies")),
        press(
            AccountDisconnectYes(keep=False),
            say(language, "Disconnect, remove the copies"),
            grave=True,
        ),
        press(AccountShow(), say(language, "Stay connected")),
    ]
    return card(body, buttons, language=language, fallback=title)


def disconnected_card(reader: Reader, fate: Fate) -> Card:
    """Return what has happened."""
    language = reader.language
    title = say(language, "Disconnected")
    told = fate_of_copies(language, fate)
    again = press(AccountConnect(), say(language, "Connect again"))
    return card([heading(title), words(told)], [again], language=language, fallback=title)


def _state(account: Account, reader: Reader) -> list[Element]:
    language = reader.language
    name, color, sentence = STATES[account.state]
    lines: list[Element] = [words(say(language, name), weight="bolder", color=color)]
    if account.state is AccountState.CONNECTED and account.awaits_more:
        sentence = MORE
    if sentence:
        lines.append(words(say(language, sentence), spacing="small"))
    found: list[Element] = []
    if account.username:
        found.append(fact(say(language, "Account"), account.username))
    if account.not_before is not None:
        found.append(fact(say(language, "Rests until"), moment(account.not_before, reader)))
    return [*lines, *section(found)]


def _link(linked: Linked, reader: Reader) -> list[Element]:
    """Return a link in some lines; pressed, all of it is shown."""
    language = reader.language
    title = names(linked, language)
    open_it = tap(LinkShow(linked.link.id), say(language, "Show {name}", name=title))
    lines = [
        words(title, weight="bolder"),
        state(linked, language),
        *facts(linked, reader),
        *set_aside(linked.set_aside, language, most=MOST_ASIDE),
    ]
    found: list[Element] = [
        Container(items=lines, style="emphasis", spacing="medium", action=open_it)
    ]
    if linked.set_aside:
        retry = LinkAnswer(linked.link.id, Word.RETRY.value)
        found.append(ActionSet(actions=[press(retry, say(language, "Retry"))], spacing="small"))
    return found


def _buttons(account: Account, language: str) -> list[Element]:
    disconnect = press(AccountDisconnect(), say(language, "Disconnect"))
    if account.state is AccountState.CONNECTED:
        ask = press(AccountApproval(), say(language, "Ask for approval"))
        return [
            press(AccountSyncNow(), say(language, "Sync now"), main=True),
            press(LinkOffers(), say(language, "Link another")),
            *([ask] if account.awaits_more else []),
            disconnect,
        ]
    again = press(AccountConnect(), say(language, "Sign in again"), main=True)
    if account.state is AccountState.AWAITING_APPROVAL:
        return [press(AccountApproval(), say(language, "Ask for approval")), again, disconnect]
    return [again, disconnect]
