"""What can be said: the help card, and the answer to what was not understood."""

from __future__ import annotations

from collections.abc import Sequence

from cards.accounts.account_actions import AccountConnect, AccountShow
from cards.action import Action
from cards.buttons import press, window
from cards.contacts.contact_actions import ContactNew
from cards.elements import Card, Element, RichTextBlock, TextRun, card, words
from cards.events.event_actions import AgendaShow, EventNew
from cards.files.file_actions import ImportHelp
from cards.general_actions import BinShow, HelpShow
from cards.parts import fold, heading, small
from cards.text import clean
from cards.viewer import Reader
from cards.watching.watch_actions import WatchShow
from cards.wording import beside, say
from services.model.errors import Problem, Wrong
from services.model.identity import ConversationKind
from services.model.version import VERSION

__all__ = ["first_steps", "help_card", "phrase", "unknown_card"]

PHRASES = (
    ("agenda", "what is on this week"),
    ("agenda tomorrow, agenda 24 December", "another day, or “next week”"),
    ("day, week 12 December, month March", "the same as a day, a week, a month"),
    ("agenda #travel, week with Ines", "only what bears a tag, or has to do with somebody"),
    ("find budget, events with Ines", "events, wherever the words stand, and people"),
    ("who is away this week", "person by person"),
    ("free busy Ines, Omar tomorrow", "when they are free"),
    ("find a time with Ines for 45 min this week", "times that suit all"),
    ("new event lunch with Ines friday 12:30 for 45 min", "an event in one sentence"),
    ("new event", "an empty form"),
    ("move lunch to 14:00, delete standup tomorrow", "change an event, after a look at it"),
    ("calendars, new calendar Travel, agenda in Travel", "several in one place"),
    ("settings, members, holidays Germany, Denmark", "for its owners: how it looks, who writes"),
    ("my settings", "your own time zone and language"),
    ("contacts Ines, contacts company:acme", "find somebody"),
    ("new contact", "add somebody"),
    ("import contacts, export contacts", "vCards, Excel, CSV; all, a group, what is found"),
    ("duplicates, birthdays", "who is here twice, and whose day is next"),
    ("notifications", "news, reminders and a digest, as you like them"),
    ("import, export, print", "files: .ics, Excel, CSV, and a page to pin up"),
    ("feed, subscribe https://…", "follow this calendar elsewhere, or others here"),
    ("recycle bin", "have back what was deleted"),
    ("delete calendar, delete contact list", "put all of it into the recycle bin"),
)
OWN = (
    ("connect", "tie your Outlook calendar to Almanac"),
    ("account", "how your connection stands"),
    ("audit", "who changed what in your calendar and contacts"),
    ("export my data, erase my data", "all that is kept of you"),
)
BUTTONS: dict[str, tuple[Action, str]] = {
    "agenda": (AgendaShow(), "Show the agenda"),
    "new event": (EventNew(), "New event"),
    "new contact": (ContactNew(), "New contact"),
    "connect": (AccountConnect(), "Connect Outlook"),
    "account": (AccountShow(), "Account"),
    "notifications": (WatchShow(), "Notifications"),
    "recycle bin": (BinShow(), "Recycle bin"),
    "import": (ImportHelp(), "Import events"),
    "help": (HelpShow(), "Help"),
}
"""The phrases that a button can stand for."""


def help_card(kind: ConversationKind, reader: Reader) -> Card:
    """Return all that can be said in this kind of place."""
    language = reader.language
    title = say(language, "What you can write")
    own = kind is ConversationKind.PERSONAL
    body = [
        heading(title),
        *([] if own else [small(say(language, "Here, write @Almanac in front of it."))]),
        *(phrase(said, meant, language) for said, meant in (*PHRASES, *(OWN if own else ()))),
        words(
            say(
                language,
                "Anywhere in Teams: search contacts and events from the compose box, and turn a "
                "message into an event from its menu.",
            ),
            subtle=True,
            spacing="medium",
        ),
        small(f"Almanac {VERSION}", spacing="medium"),
    ]
    return card(body, first_steps(kind, language), language=language, fallback=title)


def unknown_card(
    said: str,
    nearest: Sequence[str],
    reader: Reader,
    wrong: Wrong | None = None,
    steps: Sequence[str] = (),
) -> Card:
    """Return the answer to what was not understood.

    Args:
        said: what was written.
        nearest: sentences that would be understood.
        reader: who wrote it.
        wrong: what is wrong with the day in it.
        steps: commands among them, by their English names: a button may stand for one.
    """
    language = reader.language
    title = say(language, "That was not understood.")
    if wrong is not None:
        title = beside(language, Problem("", wrong))
    body: list[Element] = [heading(title)]
    if said:
        body.append(small(say(language, "You wrote: {text}", text=fold(said, 80)), spacing="small"))
    if nearest:
        body.append(words(say(language, "Did you mean one of these?")))
        body += [words(each, weight="bolder", spacing="small") for each in nearest]
    known = [BUTTONS[each] for each in steps if each in BUTTONS]
    if BUTTONS["help"] not in known:
        known.append(BUTTONS["help"])
    buttons = [press(action, say(language, button)) for action, button in known]
    return card(body, buttons, language=language, fallback=title)


def phrase(said: str, meant: str, language: str) -> Element:
    """Return something to write, in the words of the language, and what it does."""
    return RichTextBlock(
        inlines=[
            TextRun(text=clean(say(language, said)), weight="bolder"),
            TextRun(text=f"  {say(language, meant)}", subtle=True),
        ],
        spacing="small",
    )


def first_steps(kind: ConversationKind, language: str) -> list[Element]:
    """Return the buttons for what most people want first."""
    wanted = ["agenda", "new event"]
    wanted += ["connect"] if kind is ConversationKind.PERSONAL else ["new contact"]
    buttons: list[Element] = []
    for name in wanted:
        action, title = BUTTONS[name]
        buttons.append(press(action, say(language, title)))
    return [*buttons, window(EventNew(), say(language, "New event in a window"))]
