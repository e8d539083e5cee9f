"""The table of phrases, and how a message is looked up in it.

A phrase is a few words at the beginning of a message and a reader for the rest; the longest
phrase wins. A reader that cannot make sense of the rest returns ``None``, and the message is
unknown: the answer then names what comes nearest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from rapidfuzz import fuzz

from services.model.books import BookKind
from services.model.errors import Wrong
from services.phrases.asker import Asker
from services.phrases.calendar_words import CALENDAR_PHRASES
from services.phrases.change_words import CHANGE_PHRASES
from services.phrases.commands import (
    Command,
    Connect,
    ConnectDirectory,
    DeleteBook,
    Disconnect,
    EndOrganisation,
    EraseData,
    EraseDataOf,
    ExportData,
    ExportDataOf,
    FindContacts,
    Help,
    NewContact,
    ShowAccount,
    ShowAdmin,
    ShowAudit,
    ShowBin,
    ShowNotifications,
    Unknown,
)
from services.phrases.contact_file_words import CONTACT_FILE_PHRASES
from services.phrases.contact_words import CONTACT_PHRASES
from services.phrases.days import take_days
from services.phrases.drafts import read_draft
from services.phrases.event_words import EVENT_PHRASES
from services.phrases.file_words import FILE_PHRASES
from services.phrases.meetings import MEETING_PHRASES
from services.phrases.names import names_in
from services.phrases.rests import FEW_WORDS, briefly
from services.phrases.search_words import SEARCH_PHRASES
from services.phrases.text import Sentence, clean
from services.phrases.views import VIEW_PHRASES, dated_view

__all__ = ["PHRASES", "Phrase", "read"]

NEAR_ENOUGH = 70
"""Likeness of words, out of 100, that is worth an offer."""
MOST_OFFERS = 3
SHORTEST_OFFER = 3
"""Letters: ``is`` alone leads nowhere."""
DEFAULT_OFFERS = ("help", "agenda", "new event")
FULL_STOP = re.compile(r"(?<=\D)\.+$")
POLITE = re.compile(r"^/?(?:(?:please|pls|can you|could you|would you|will you)\s+)*", re.I)
"""What people say before they ask, and the sign by which other chat programs know a command."""
LONGEST = 2_000
"""Letters of a message that are read: more than anything that is understood ever needs."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Some ways to say the same thing; the first is the one that is offered."""

    words: tuple[str, ...]
    reader: Callable[[str, Asker], Command | None]


def read(text: str, now: datetime, zone: ZoneInfo, language: str = "en") -> Command:
    """Return what the message asks for; never raises.

    Args:
        text: the message, without the bot's name. Of a very long one the beginning is read:
            patterns that are quick on a sentence would take minutes on many pages.
        now: the present.
        zone: the person's zone.
        language: the person's language, such as ``de-DE``.
    """
    text = POLITE.sub("", clean(text[:LONGEST]))
    asker = Asker(now, zone, language)
    for phrase, rest in _candidates(text):
        command = phrase.reader(rest, asker)
        if command is not None:
            return command
    return dated_view(_bare(text), asker) or Unknown(_nearest(text, asker), _wrong_day(text, asker))


def _candidates(text: str) -> Iterator[tuple[Phrase, str]]:
    """Yield the phrases that the text begins with and what follows, the longest first."""
    plain = text.replace("\u2019", "'")
    folded = plain.casefold()
    if len(folded) != len(plain):  # a letter that folds to two: the rest would shift
        folded = plain.lower() if len(plain.lower()) == len(plain) else plain
    found = []
    for phrase in PHRASES:
        lengths = [len(words) for words in phrase.words if _begins_with(folded, words)]
        found += [(length, phrase) for length in lengths]
    for length, phrase in sorted(found, key=lambda one: -one[0]):
        yield phrase, _bare(text[length:])


def _begins_with(text: str, words: str) -> bool:
    return text.startswith(words) and not text[len(words) : len(words) + 1].isalnum()


def _bare(rest: str) -> str:
    """Return the words without punctuation around them; ``24.12.`` keeps its dot."""
    return FULL_STOP.sub("", rest.lstrip(" ?!.,:;").rstrip(" ?!,:;"))


def _always(command: Command) -> Callable[[str, Asker], Command | None]:
    return lambda _rest, _asker: command


def _delete(kind: BookKind) -> Callable[[str, Asker], Command | None]:
    """Accept the name of one of several, not a story."""
    return lambda rest, _: DeleteBook(kind, rest) if len(rest.split()) <= FEW_WORDS else None


def _find(rest: str, _asker: Asker) -> Command:
    return FindContacts(rest)


def _find_something(rest: str, _asker: Asker) -> Command | None:
    return FindContacts(rest) if rest else None


def _new_contact(rest: str, _asker: Asker) -> Command:
    return NewContact(rest)


def _wrong_day(text: str, asker: Asker) -> Wrong | None:
    days = take_days(Sentence(text), asker.today, names_in(asker.language))
    return days.wrong if days else None


def _nearest(text: str, asker: Asker) -> tuple[str, ...]:
    """Return up to three sentences that would be understood, the likeliest first."""
    words = text.casefold().split()
    scored: dict[str, float] = {}
    for phrase in PHRASES:
        for said in phrase.words:
            length = len(said.split())
            likeness = fuzz.ratio(said, " ".join(words[:length]))
            if likeness >= NEAR_ENOUGH:
                rest = " ".join(text.split()[length:])
                offer = f"{phrase.words[0]} {rest}".strip()
                if phrase.reader(rest, asker) is None:
                    offer = phrase.words[0]
                if len(offer) < SHORTEST_OFFER:
                    continue
                scored[offer] = max(likeness, scored.get(offer, 0))
    offers = sorted(scored, key=lambda offer: -scored[offer])
    if not offers and words and read_draft(text, asker.now, asker.zone, asker.language).when:
        offers = [f"new event {text}"]
    return tuple(dict.fromkeys([*offers, *DEFAULT_OFFERS]))[:MOST_OFFERS]


PHRASES: tuple[Phrase, ...] = (
    Phrase(("help", "?", "what can you do", "commands"), _always(Help())),
    Phrase(("hi", "hello", "hey", "good morning", "start"), briefly(Help())),
    Phrase(("contacts", "contact", "find contact", "search contacts", "show contacts"), _find),
    Phrase(
        (
            "who is",
            "show contact",
            "edit contact",  # whoever is found comes with the buttons for that
            "change contact",
            "delete contact",
            "remove contact",
        ),
        _find_something,
    ),
    Phrase(
        ("new contact", "add contact", "create contact", "add a contact"),
        _new_contact,
    ),
    Phrase(
        ("connect directory", "connect the directory", "search directory"),
        _always(ConnectDirectory()),
    ),
    Phrase(("connect", "sign in", "signin", "log in", "login"), briefly(Connect())),
    Phrase(("account", "my account", "status", "sync", "sync now"), briefly(ShowAccount())),
    Phrase(
        ("recycle bin", "bin", "trash", "show recycle bin", "deleted", "restore", "undelete"),
        briefly(ShowBin()),
    ),
    Phrase(
        (
            "delete calendar",
            "delete this calendar",
            "delete the calendar",
            "delete my calendar",
            "delete the whole calendar",
            "remove calendar",
        ),
        _delete(BookKind.CALENDAR),
    ),
    Phrase(
        (
            "delete contact list",
            "delete this contact list",
            "delete the contact list",
            "delete my contact list",
            "delete all contacts",
            "remove contact list",
        ),
        _delete(BookKind.CONTACTS),
    ),
    Phrase(("audit", "audit log", "who changed what", "who changed"), briefly(ShowAudit())),
    Phrase(
        ("export my data", "export all my data", "my data", "give me my data"),
        briefly(ExportData()),
    ),
    Phrase(
        ("erase my data", "erase all my data", "delete my data", "delete all my data", "forget me"),
        briefly(EraseData()),
    ),
    Phrase(("export data of", "export the data of"), lambda rest, _: ExportDataOf(rest)),
    Phrase(("erase data of", "erase the data of"), lambda rest, _: EraseDataOf(rest)),
    Phrase(
        ("erase this organisation", "erase the organisation", "erase our organisation"),
        briefly(EndOrganisation()),
    ),
    Phrase(("admin", "administration", "administrator"), briefly(ShowAdmin())),
    *(Phrase(words, reader) for words, reader in (*VIEW_PHRASES, *EVENT_PHRASES)),
    *(Phrase(words, reader) for words, reader in (*CALENDAR_PHRASES, *FILE_PHRASES)),
    *(Phrase(words, reader) for words, reader in CONTACT_PHRASES),
    *(Phrase(words, reader) for words, reader in CONTACT_FILE_PHRASES),
    *(Phrase(words, reader) for words, reader in CHANGE_PHRASES),
    *(Phrase(words, reader) for words, reader in (*MEETING_PHRASES, *SEARCH_PHRASES)),
    Phrase(
        (
            "notifications",
            "notification settings",
            "my notifications",
            "notify me",
            "reminders",
            "digest",
            "quiet hours",
        ),
        briefly(ShowNotifications()),
    ),
    Phrase(("disconnect", "sign out", "log out", "logout"), briefly(Disconnect())),
)
"""English. A language of its own gets a table of its own."""
