"""What administrators see: the questions before a deed, and what was done so far."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cards.buttons import link, press
from cards.elements import Card, Element, Execute, card, words
from cards.parts import fold, heading, note, section, small
from cards.people.admin_actions import (
    AdminEnd,
    AdminEndYes,
    AdminEraseYes,
    AdminExportYes,
    AdminShow,
    AdminStay,
)
from cards.viewer import Reader
from cards.when import moment
from cards.wording import count, say
from services.model.administration import AdminDeed, AdminEntry
from services.model.identity import ObjectId

__all__ = [
    "admin_card",
    "done_for_card",
    "end_question",
    "erase_for_question",
    "export_for_question",
]

DEEDS = {
    AdminDeed.EXPORT: "{by} had the data of {whom} put together",
    AdminDeed.ERASE: "{by} had the data of {whom} erased",
    AdminDeed.END: "{by} set the end of the organisation's data",
    AdminDeed.STAY: "{by} took the end back",
}
DONE = {
    "export_ready": "All that is kept of this person can be fetched: a zip file with JSON, ICS and "
    "vCard. The link is good once, for {hours} hours, and for whoever has it.",
    "export_failed": "There is too much of it for one file. Please ask who runs Almanac.",
    "erased": "All that was kept of this person is erased.",
}
COMMANDS = (
    ("export data of …", "all that is kept of a person, for you to hand to them"),
    ("erase data of …", "erase a person, as if they had asked"),
)


def admin_card(
    deeds: Sequence[AdminEntry], ends_at: datetime | None, reader: Reader, *, said: str = ""
) -> Card:
    """Return how the organisation stands; ``said`` is a sentence on top."""
    language = reader.language
    title = say(language, "Administration")
    body: list[Element] = [*([note(said, "good")] if said else []), heading(title)]
    if ends_at is None:
        body.append(words(say(language, "The data of your organisation stays.")))
    else:
        told = "Everything of your organisation is erased on {when}. Until then that can be undone."
        body.append(note(say(language, told, when=moment(ends_at, reader)), "attention"))
    for said_so, meant in COMMANDS:
        body.append(words(say(language, said_so), weight="bolder", spacing="small"))
        body.append(small(say(language, meant)))
    hint = "With the object id that Entra shows for them, such as {example}."
    example = "8a1d6c3f-7b52-4e0e-9c47-d35b0e82f614"
    body.append(small(say(language, hint, example=example), spacing="small"))
    body += section([line for deed in deeds for line in _line(deed, reader)])
    end = press(AdminEnd(), say(language, "Erase the organisation"), grave=True)
    stay = press(AdminStay(), say(language, "Do not erase"), main=True)
    again = press(AdminShow(), say(language, "Show again"))
    return card(body, [stay if ends_at else end, again], language=language, fallback=title)


def _line(entry: AdminEntry, reader: Reader) -> list[Element]:
    sentence = say(reader.language, DEEDS[entry.deed], by=entry.by, whom=entry.whom)
    return [words(sentence, spacing="small"), small(moment(entry.at, reader))]


def export_for_question(whom: ObjectId, name: str, reader: Reader) -> Card:
    """Return the question before somebody else's data is put together."""
    language = reader.language
    told = say(
        language,
        "You get a message here with a link to a file of everything that is kept of this person. "
        "Please hand it to nobody else. The log says that you asked, by your object id.",
    )
    question = say(language, "Export the data of this person?")
    yes = press(AdminExportYes(whom), say(language, "Put it together"), main=True)
    return _question(question, whom, name, told, yes, reader)


def erase_for_question(whom: ObjectId, name: str, reader: Reader) -> Card:
    """Return the question before somebody else is erased."""
    language = reader.language
    told = say(
        language,
        "Their own calendars and contact lists are erased for good, their Microsoft account is "
        "disconnected, and their name is taken out of what they wrote for others; that stays. "
        "There is no way back. The log says that you asked, by your object id.",
    )
    question = say(language, "Erase all that is kept of this person?")
    yes = press(AdminEraseYes(whom), say(language, "Erase all"), grave=True)
    return _question(question, whom, name, told, yes, reader)


def done_for_card(what: str, whom: ObjectId, url: str, hours: int, reader: Reader) -> Card:
    """Return what became of a deed: ``export_ready``, ``export_failed`` or ``erased``."""
    language = reader.language
    sentence = say(language, DONE[what], hours=hours)
    title = say(language, "On behalf of a person")
    fetch = link(url, say(language, "Fetch the file"), own=True) if url else None
    body = [heading(title), small(whom), words(sentence)]
    return card(body, [fetch] if fetch else [], language=language, fallback=sentence)


def end_question(days: int, reader: Reader) -> Card:
    """Return the question before the end of an organisation's data is set."""
    language = reader.language
    question = say(language, "Erase everything of your organisation?")
    told = count(
        language,
        "After {n} day the keys to every calendar, contact list, account and log of your "
        "organisation are destroyed, and the records after them. Until then everything works as "
        "before, and any administrator can take it back here.",
        "After {n} days the keys to every calendar, contact list, account and log of your "
        "organisation are destroyed, and the records after them. Until then everything works as "
        "before, and any administrator can take it back here.",
        days,
    )
    yes = press(AdminEndYes(), say(language, "Erase everything"), grave=True)
    no = press(AdminShow(), say(language, "Keep it"))
    return card([heading(question), words(told)], [yes, no], language=language, fallback=question)


def _question(
    question: str, whom: ObjectId, name: str, told: str, yes: Execute, reader: Reader
) -> Card:
    language = reader.language
    known = fold(name, 80) or say(language, "Nobody here has a name for this id.")
    body = [heading(question), words(known, weight="bolder"), small(whom), words(told)]
    no = press(AdminShow(), say(language, "Do nothing"))
    return card(body, [yes, no], language=language, fallback=question)
