"""Every sentence that a person reads goes through :func:`say`.

The English sentence is the message id, with named places: ``say(language, "Until {day}", day=…)``.
A language that has no catalogue yet reads English. Failures have their sentences here:
:func:`sentence_of` for an error, :func:`beside` for one input of a form.
"""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from services.model.errors import (
    AlmanacError,
    BadPicture,
    BeingErased,
    Broken,
    ConsentNeeded,
    Damaged,
    InvalidInput,
    LastOwner,
    NoMailbox,
    NoRoom,
    NotAllowed,
    NotFound,
    OnlyOwn,
    OnlyOwners,
    Problem,
    ReadOnly,
    ReadOnlyReason,
    Rejected,
    SignInNeeded,
    Stale,
    StoreAway,
    StoreBusy,
    Throttled,
    UnknownZone,
    Unreachable,
    Unreadable,
    Wrong,
)
from services.model.imports import BadFile, FileWrong
from services.model.web_links import NotFetched

__all__ = ["LANGUAGES", "beside", "catalogue_file", "count", "say", "sentence_of"]

LANGUAGES = ("da", "de", "es", "fr")
"""Those that have a catalogue in ``cards/languages``; everybody else reads English."""


def say(language: str, message: str, /, **values: object) -> str:
    """Return the sentence in the reader's language, with the values in their places."""
    return _catalogue(language).gettext(message).format(**values)


def count(language: str, one: str, many: str, n: int, /, **values: object) -> str:
    """Return the sentence for ``n`` things; ``{n}`` is the number."""
    return _catalogue(language).ngettext(one, many, n).format(n=n, **values)


def catalogue_file(language: str) -> Path:
    """Return where the sentences of one of :data:`LANGUAGES` are."""
    return Path(__file__).parent / "languages" / f"{language}.po"


@cache
def _catalogue(language: str) -> NullTranslations:
    """Return the sentences of ``de-AT`` or ``de``; English, where there are none."""
    name = language[:2].lower()
    if name not in LANGUAGES:
        return NullTranslations()
    compiled = BytesIO()
    with catalogue_file(name).open("rb") as file:
        write_mo(compiled, read_po(file, locale=name))
    compiled.seek(0)
    return GNUTranslations(compiled)


WRONG = {
    Wrong.MISSING: "Please fill this in.",
    Wrong.TOO_LONG: "This is too long: {limit} characters at most.",
    Wrong.NOT_A_DATE: "There is no such day.",
    Wrong.NOT_A_TIME: "This is no time of day. Write it as 14:30.",
    Wrong.NOT_A_NUMBER: "This must be a number.",
    Wrong.NOT_A_CHOICE: "Please choose one of the list.",
    Wrong.NOT_AN_EMAIL: "This is no e-mail address.",
    Wrong.NOT_A_PHONE: "This is no phone number.",
    Wrong.NOT_A_LINK: "This is no address of a web page: such begin with https:// or http://.",
    Wrong.NOT_A_RULE: "This is no rule for repeating.",
    Wrong.TOO_OFTEN: "An event repeats once a day at most. Make one series for each time of day.",
    Wrong.UNKNOWN_ZONE: "This time zone is not known. Please choose one of the list.",
    Wrong.ENDS_BEFORE_START: "The end is before the start.",
    Wrong.SKIPPED_BY_CLOCK_CHANGE: "The clocks go forward then: this time does not exist.",
    Wrong.OUT_OF_RANGE: "This is outside of what is possible.",
    Wrong.TAKEN: "There is one with this name here already.",
    Wrong.TOO_MANY: "There are too many: {limit} at most.",
}
HERE = {
    ("emoji", Wrong.NOT_A_CHOICE): "Please put in one emoji, such as 🎉, and nothing else.",
    ("people", Wrong.NOT_A_CHOICE): "Somebody is in no place with Almanac. Write their name below.",
    ("owner_person", Wrong.NOT_A_CHOICE): "They are in no place with Almanac. Write their name "
    "beside it.",
    ("others", Wrong.TAKEN): "Several people are called so. Please write the whole name.",
    ("title", Wrong.MISSING): "Please give the event a title.",
    ("name", Wrong.MISSING): "Please give the contact a name.",
    ("start_date", Wrong.MISSING): "On which day does it start?",
    ("start_time", Wrong.MISSING): "When does it start? Or choose “All day”.",
    ("end_time", Wrong.MISSING): "When does it end?",
    ("own_holidays", Wrong.NOT_A_DATE): "Line {limit} is no day with a name. Write it as "
    "2026-12-24 Closed, one day a line.",
    ("own_holidays", Wrong.ENDS_BEFORE_START): "Line {limit} ends before it begins, or is longer "
    "than two months.",
    ("own_holidays", Wrong.TOO_LONG): "Each day needs a name of at most {limit} letters.",
    ("holidays", Wrong.NOT_A_CHOICE): "No such country or region is known.",
    ("set_name", Wrong.MISSING): "Please give it a name.",
    ("set_closes", Wrong.ENDS_BEFORE_START): "Business ends before it begins.",
    ("set_business_days", Wrong.MISSING): "Please choose one day at least.",
    ("roles", Wrong.NOT_A_CHOICE): "Somebody is no longer here, or cannot be that: a guest can be "
    "no owner.",
    ("until", Wrong.OUT_OF_RANGE): "The last day is before the first.",
    ("repeats", Wrong.MISSING): "Please say below how it repeats.",
    ("unit", Wrong.NOT_A_RULE): "No date fits all that is said here.",
    ("which", Wrong.NOT_A_RULE): "This is for months and years alone.",
    ("times", Wrong.NOT_A_CHOICE): "Either a last day or a number of times, please.",
    ("repeats", Wrong.OUT_OF_RANGE): "The event does not start on a day of this repetition.",
}
"""Where a field has a better sentence than the general one."""

GONE = {
    "event": "This event is gone. Somebody may have deleted it.",
    "subscription": "This subscription has ended.",
    "contact": "This contact is gone. Somebody may have deleted it.",
    "calendar": "There is no calendar of that name here. Write “calendars” to see all.",
    "contacts": "There is no contact list of that name here. Write “contact lists” to see all.",
    "nobody": "No contact was found.",
    "group": "There is no group of that name here. Write “groups” to see all.",
    "book": "This calendar or contact list is no longer here for you.",
    "": "This is no longer here.",  # whatever else it was
}
READ_ONLY = {
    ReadOnlyReason.HAS_ATTENDEES: "This is a meeting with attendees. Please change it in Outlook.",
    ReadOnlyReason.OTHER_ORGANISER: "Somebody else organises this. It can be read here only.",
    ReadOnlyReason.ONLINE_MEETING: "This is an online meeting. Please change it in Outlook.",
    ReadOnlyReason.BUSY_ONLY: "Its owner shows only when this is. It is changed in their Outlook.",
    ReadOnlyReason.ARCHIVED: "This is archived: it can be read, not changed.",
    ReadOnlyReason.PRIVATE: "This is private to its author. Nobody else can change it.",
    ReadOnlyReason.SUBSCRIBED: "This comes from a subscribed calendar. It can be read here only.",
}
BAD_FILE = {
    FileWrong.TOO_LARGE: "This file is too large: 16 MB and 50,000 rows at most.",
    FileWrong.TOO_COMPLEX: "This file holds more than can be read: too deep, too long or packed "
    "too tightly.",
    FileWrong.UNKNOWN_KIND: "This is no file that can be imported. Send an .ics, .vcf, .csv or "
    ".xlsx.",
    FileWrong.NOT_A_CALENDAR: "There is no calendar in this file.",
    FileWrong.NOT_CONTACTS: "There are no contacts in this file.",
    FileWrong.NOT_A_TABLE: "This table cannot be read. Save it as .xlsx or .csv and send it again.",
    FileWrong.NO_COLUMNS: "The first row must name the columns; Title and Start date are needed. "
    "Write “import template” for an example.",
    FileWrong.NO_CONTACT_COLUMNS: "The first row must name the columns; a name, an e-mail or a "
    "company is needed. Write “import contacts template” for an example.",
    FileWrong.NO_KNOWN_COLUMNS: "The first row must name the columns: Title and Start date of "
    "events; a name, an e-mail or a company of contacts. Write “import template” or “import "
    "contacts template” for an example.",
    FileWrong.EMPTY: "There is nothing in this file.",
    FileWrong.EXPIRED: "This file is no longer here. Please send it again.",
    FileWrong.SOMEBODY_ELSES: "Somebody else has sent this file, so it is theirs to import. To "
    "import it yourself, please send it yourself.",
    FileWrong.UNREACHABLE: "The file could not be fetched from Teams. Please send it again.",
}
LARGE_PICTURE = (
    "This picture is too large: 5 MB and 40 million pixels at most. Please send a smaller one."
)
FAILED: dict[type[AlmanacError], str] = {
    BadPicture: "This is no picture that can be read. Please send a PNG, JPEG, GIF or WebP.",
    NotFetched: "No calendar could be read at this address. It must begin with https:// and be "
    "open to everybody who knows it.",
    NotAllowed: "You may read this, but not change it.",
    OnlyOwn: "You may change what you have added yourself; this is somebody else's.",
    OnlyOwners: "Only an owner can do that. In a channel these are the owners of the team, and "
    "whom they have made one.",
    LastOwner: "Somebody has to own this: please make somebody else an owner first.",
    BeingErased: "Everything of your organisation is being erased. Please come back in an hour.",
    SignInNeeded: "Please connect your Microsoft account first: write “connect”.",
    ConsentNeeded: "Your organisation has not approved Almanac yet. Please ask your administrator.",
    Stale: "Somebody else has just changed this. Nothing was saved.",
    StoreBusy: "There is much to do right now, so this was not done. Please try again in a moment.",
    StoreAway: "Almanac cannot reach what it has stored right now. Please try again in a minute.",
    Unreachable: "Microsoft 365 does not answer right now. Please try again in a minute.",
    NoMailbox: "Microsoft 365 has no mailbox for this account. Whoever runs Microsoft 365 in your "
    "organisation can tell why.",
    Rejected: "Microsoft 365 did not accept this. Please try something else.",
    Unreadable: "Microsoft 365 gave an answer that cannot be used. Please try again later.",
    NoRoom: "There is no room left to store this. Nothing was saved. Please tell who runs Almanac.",
    Damaged: "What was stored here is damaged and cannot be shown. Please tell who runs Almanac.",
    Broken: "Something went wrong on our side. It has been noted.",
    AlmanacError: "That did not work. Please try again.",
}


def beside(language: str, problem: Problem) -> str:
    """Return the sentence that stands at the input with the problem."""
    message = HERE.get((problem.field, problem.wrong), WRONG[problem.wrong])
    return say(language, message, limit=problem.limit)


def sentence_of(language: str, error: AlmanacError) -> str:
    """Return what happened and what to do, for a person."""
    match error:
        case InvalidInput(problems=problems) if problems:
            return beside(language, problems[0])
        case UnknownZone():
            return say(language, WRONG[Wrong.UNKNOWN_ZONE])
        case NotFound(what=what):
            return say(language, GONE.get(what, GONE[""]))
        case BadFile(why=why):
            return say(language, BAD_FILE[why])
        case ReadOnly(reason=reason):
            return say(language, READ_ONLY[reason])
        case BadPicture(is_too_large=True):
            return say(language, LARGE_PICTURE)
        case Throttled(retry_after=seconds) if not isinstance(error, StoreBusy):
            return _busy(language, seconds)
        case _:
            kind = next(kind for kind in type(error).__mro__ if kind in FAILED)
            return say(language, FAILED[kind])


def _busy(language: str, seconds: float) -> str:
    return count(
        language,
        "Microsoft 365 is busy. Please try again in a minute.",
        "Microsoft 365 is busy. Please try again in {n} minutes.",
        max(1, round(seconds / 60)),
    )
