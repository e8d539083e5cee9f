"""What an event or a contact says in one group of its fields, in lines for a person.

The groups are those of the sync, which merges each of them as a whole; a test holds the names here
equal to those there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from cards.events.choices import before, important, shown_as
from cards.events.repeats import in_words
from cards.viewer import Reader
from cards.when import day_long, describe
from cards.wording import say
from services.model.contacts import Address, ContactContent, Phone
from services.model.events import EventContent, Sensitivity
from services.model.items import Content

__all__ = ["EVENT_GROUPS", "NAMES", "said"]

NAMES = {
    "when": "When",
    "title": "Title",
    "place": "Place",
    "text": "Description",
    "show_as": "Shown as",
    "sensitivity": "Sensitivity",
    "reminder": "Reminder",
    "importance": "Importance",
    "tags": "Tags",
    "names": "Name",
    "nickname": "Nickname",
    "phonetic": "How the name sounds",
    "company": "Company",
    "job": "Job",
    "department": "Department",
    "office": "Office",
    "profession": "Profession",
    "manager": "Manager",
    "assistant": "Assistant",
    "spouse": "Partner",
    "children": "Children",
    "emails": "E-mail addresses",
    "chats": "Chat addresses",
    "phones": "Phone numbers",
    "business_address": "Business address",
    "home_address": "Home address",
    "other_address": "Other address",
    "website": "Website",
    "birthday": "Birthday",
    "notes": "Notes",
    "photo": "Photo",
}
"""What each group is called."""
_SENSITIVITIES = {
    Sensitivity.NORMAL: "Normal",
    Sensitivity.PERSONAL: "Personal",
    Sensitivity.PRIVATE: "Private",
    Sensitivity.CONFIDENTIAL: "Confidential",
}


def said(content: Content, field: str, reader: Reader) -> list[str]:
    """Return the lines of a group; empty ones where there is nothing.

    Args:
        content: an event's or a contact's.
        field: a key of :data:`NAMES`, of that kind.
        reader: for whom.
    """
    if isinstance(content, EventContent):
        return _EVENT[field](content, reader)
    if field in _CONTACT:
        return _CONTACT[field](content)
    if field == "photo":
        return [say(reader.language, "Photo")] if content.photo else []
    return _lines(getattr(content, field), reader)


def _when(content: EventContent, reader: Reader) -> list[str]:
    rule = in_words(content.rule, reader.language) if content.rule else ""
    return [describe(content.when, reader), rule]


def _reminder(content: EventContent, reader: Reader) -> list[str]:
    minutes = content.reminder_minutes
    return [] if minutes is None else [before(minutes, reader.language)]


def _sensitivity(content: EventContent, reader: Reader) -> list[str]:
    return [say(reader.language, _SENSITIVITIES[content.sensitivity])]


def _names(content: ContactContent) -> list[str]:
    parts = (content.title, content.given_name, content.middle_name, content.family_name)
    whole = " ".join(part for part in (*parts, content.suffix) if part)
    return [content.name, whole if whole != content.name else ""]


def _phonetic(content: ContactContent) -> list[str]:
    person = (content.phonetic_given_name, content.phonetic_family_name)
    return [" ".join(part for part in person if part), content.phonetic_company]


def _lines(value: Any, reader: Reader) -> list[str]:
    match value:
        case tuple():
            return [line for each in value for line in _lines(each, reader)]
        case Phone():
            return [value.number]
        case Address():
            city = " ".join(part for part in (value.postal_code, value.city) if part)
            return [value.street, city, value.region, value.country]
        case date():
            return [day_long(value, reader.language)]
        case None:
            return []
        case _:
            return [str(value)]


_EVENT: Mapping[str, Callable[[EventContent, Reader], list[str]]] = {
    "when": _when,
    "title": lambda content, reader: [content.title],
    "place": lambda content, reader: [content.place],
    "text": lambda content, reader: [content.text],
    "show_as": lambda content, reader: [shown_as(content.show_as, reader.language)],
    "sensitivity": _sensitivity,
    "reminder": _reminder,
    "importance": lambda content, reader: [important(content.importance, reader.language)],
    "tags": lambda content, reader: list(content.tags),
}
EVENT_GROUPS = tuple(_EVENT)
"""The groups of an event."""
_CONTACT: Mapping[str, Callable[[ContactContent], list[str]]] = {
    "names": _names,
    "phonetic": _phonetic,
}
