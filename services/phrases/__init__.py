"""What people say to the bot, in words: :func:`read` turns a message into a command.

A grammar of our own: :mod:`table` has the phrases, :mod:`grammar` looks them up, :mod:`drafts`
reads an event from a sentence, :mod:`days`, :mod:`clock`, :mod:`zones`, :mod:`lengths`,
:mod:`repeats`, :mod:`left_out`, :mod:`reminding` and :mod:`places` read its parts, and
:mod:`commands` is what comes out. Nothing here knows Teams, storage or the present: the time, the
person's zone and language are arguments.
"""

from __future__ import annotations

from services.phrases.calendar_words import (
    NewCalendar,
    RenameCalendar,
    ShowCalendars,
    ShowHolidays,
    ShowMembers,
    ShowPreferences,
    ShowSettings,
)
from services.phrases.change_words import Called, DeleteEvent, MoveEvent, RenameEvent
from services.phrases.commands import (
    Command,
    Connect,
    ConnectDirectory,
    DeleteBook,
    Disconnect,
    EndOrganisation,
    EraseData,
    EraseDataOf,
    EventDraft,
    ExportData,
    ExportDataOf,
    FindContacts,
    FindEvents,
    Help,
    NewContact,
    NewEvent,
    ShowAccount,
    ShowAdmin,
    ShowAgenda,
    ShowAudit,
    ShowBin,
    ShowNotifications,
    Unknown,
    WhoIsAway,
)
from services.phrases.drafts import read_draft
from services.phrases.fragments import warm
from services.phrases.grammar import read
from services.phrases.meetings import FindTime, ShowFreeBusy

__all__ = [
    "Called",
    "Command",
    "Connect",
    "ConnectDirectory",
    "DeleteBook",
    "DeleteEvent",
    "Disconnect",
    "EndOrganisation",
    "EraseData",
    "EraseDataOf",
    "EventDraft",
    "ExportData",
    "ExportDataOf",
    "FindContacts",
    "FindEvents",
    "FindTime",
    "Help",
    "MoveEvent",
    "NewCalendar",
    "NewContact",
    "NewEvent",
    "RenameCalendar",
    "RenameEvent",
    "ShowAccount",
    "ShowAdmin",
    "ShowAgenda",
    "ShowAudit",
    "ShowBin",
    "ShowCalendars",
    "ShowFreeBusy",
    "ShowHolidays",
    "ShowMembers",
    "ShowNotifications",
    "ShowPreferences",
    "ShowSettings",
    "Unknown",
    "WhoIsAway",
    "read",
    "read_draft",
    "warm",
]
