"""The table of phrases: a few words at the beginning of a message, and a reader for the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from services.model.books import BookKind
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
)
from services.phrases.contact_file_words import CONTACT_FILE_PHRASES
from services.phrases.contact_words import CONTACT_PHRASES
from services.phrases.event_words import EVENT_PHRASES
from services.phrases.file_words import FILE_PHRASES
from services.phrases.meetings import MEETING_PHRASES
from services.phrases.rests import FEW_WORDS, briefly
from services.phrases.search_words import SEARCH_PHRASES
from services.phrases.views import VIEW_PHRASES

__all__ = ["PHRASES", "Phrase"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Some ways to say the same thing; the first is the one that is offered."""

    words: tuple[str, ...]
    reader: Callable[[str, Asker], Command | None]


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
"""English; what other languages say for the same is in :mod:`services.phrases.tongues.commands`."""
