"""What a person can ask for in words: one class a command, plain data.

:func:`services.phrases.read` makes them, the bot's handlers carry them out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.model.books import BookKind
from services.model.errors import Problem, Wrong
from services.model.recurrence import Rule
from services.model.settings import View
from services.model.times import When
from services.phrases.calendar_words import CalendarCommand
from services.phrases.change_words import ChangeCommand
from services.phrases.contact_file_words import ContactFileCommand
from services.phrases.contact_words import ContactCommand
from services.phrases.file_words import FileCommand
from services.phrases.meetings import MeetingCommand
from services.phrases.reminding import Remind

__all__ = [
    "Command",
    "Connect",
    "ConnectDirectory",
    "DeleteBook",
    "Disconnect",
    "EndOrganisation",
    "EraseData",
    "EraseDataOf",
    "EventDraft",
    "ExportData",
    "ExportDataOf",
    "FindContacts",
    "FindEvents",
    "Help",
    "NewContact",
    "NewEvent",
    "ShowAccount",
    "ShowAdmin",
    "ShowAgenda",
    "ShowAudit",
    "ShowBin",
    "ShowNotifications",
    "Unknown",
    "WhoIsAway",
]


@dataclass(frozen=True, slots=True)
class Help:
    """What can I do here?"""


@dataclass(frozen=True, slots=True)
class ShowAgenda:
    """What is on from ``first`` to ``last``, both included, or around ``first`` in a view."""

    first: date
    last: date
    view: View | None = View.AGENDA
    """``None`` = as the calendar is shown when nobody says how."""
    tag: str = ""
    """Only what bears this tag."""
    who: str = ""
    """Only what has to do with this person."""
    calendar: str = ""
    """Only what is in this calendar; empty = all of the place."""


@dataclass(frozen=True, slots=True)
class FindEvents:
    """Which events, and people if they are asked for, have to do with these words?"""

    text: str
    contacts: bool = False


@dataclass(frozen=True, slots=True)
class WhoIsAway:
    """Who is out from ``first`` to ``last``, both included?"""

    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDraft:
    """An event as far as a sentence told it, to be confirmed or corrected."""

    title: str = ""
    """In the person's own writing; may be empty, or longer than an event allows."""
    when: When | None = None
    place: str = ""
    rule: Rule | None = None
    skipped: tuple[date, ...] = ()
    """Dates of the rule on which it is not."""
    reminder: Remind | None = None
    """``None`` = nothing was said of it."""
    tags: tuple[str, ...] = ()
    is_away: bool = False
    """Whole days on which somebody is not there, as the title says: *Vacation Ines*."""
    problems: tuple[Problem, ...] = ()
    """What was understood but cannot be: 31 February, a time that the clocks skip."""


@dataclass(frozen=True, slots=True)
class NewEvent:
    """Make an event; without a draft, from an empty form."""

    draft: EventDraft | None = None


@dataclass(frozen=True, slots=True)
class FindContacts:
    """Look somebody up; an empty text shows the first of all."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class NewContact:
    """Make a contact, perhaps with a name already."""

    name: str = ""


@dataclass(frozen=True, slots=True)
class Connect:
    """Tie my Outlook to Almanac."""


@dataclass(frozen=True, slots=True)
class ConnectDirectory:
    """Let me find the people of my organisation."""


@dataclass(frozen=True, slots=True)
class ShowAccount:
    """How does my connection stand?"""


@dataclass(frozen=True, slots=True)
class Disconnect:
    """Untie my Outlook."""


@dataclass(frozen=True, slots=True)
class ShowBin:
    """What was deleted here, to have it back?"""


@dataclass(frozen=True, slots=True)
class ShowNotifications:
    """What do I want to hear of my calendars?"""


@dataclass(frozen=True, slots=True)
class DeleteBook:
    """Put a calendar or contact list of this place into the recycle bin."""

    kind: BookKind
    name: str = ""
    """Empty = the first one."""


@dataclass(frozen=True, slots=True)
class ShowAudit:
    """Who changed what here?"""


@dataclass(frozen=True, slots=True)
class ExportData:
    """Give me everything that is kept of me."""


@dataclass(frozen=True, slots=True)
class EraseData:
    """Forget me."""


@dataclass(frozen=True, slots=True)
class ShowAdmin:
    """How does my organisation stand?"""


@dataclass(frozen=True, slots=True)
class ExportDataOf:
    """Give me, an administrator, everything that is kept of somebody."""

    whom: str
    """As it was written; an object id, if it is understood."""


@dataclass(frozen=True, slots=True)
class EraseDataOf:
    """Forget somebody, says an administrator."""

    whom: str


@dataclass(frozen=True, slots=True)
class EndOrganisation:
    """Forget all of us, says an administrator."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Not understood; ``nearest`` are sentences that would be, the likeliest first."""

    nearest: tuple[str, ...] = ()
    wrong: Wrong | None = None
    """What is wrong with the day that was named; ``None`` = nothing, or there is none."""
    steps: tuple[str, ...] = ()
    """Those of them that are a command and nothing more, by its English name."""


Command = (
    Help
    | ShowAgenda
    | FindEvents
    | WhoIsAway
    | NewEvent
    | FindContacts
    | NewContact
    | Connect
    | ConnectDirectory
    | ShowAccount
    | Disconnect
    | ShowBin
    | ShowNotifications
    | DeleteBook
    | ShowAudit
    | ExportData
    | EraseData
    | ShowAdmin
    | ExportDataOf
    | EraseDataOf
    | EndOrganisation
    | FileCommand
    | ContactFileCommand
    | ContactCommand
    | CalendarCommand
    | ChangeCommand
    | MeetingCommand
    | Unknown
)
