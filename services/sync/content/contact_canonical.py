"""A contact's content in canonical form: two spellings of the same are equal.

:mod:`services.sync.content.canonical` is the same for events. Only what has a place in Outlook is
compared (:func:`services.graph.contact_places.fit`). Names are one group, since Outlook makes a
display name of its parts by itself. Addresses, numbers and tags are merged entry by entry, by
:func:`mix`: with more of them than Outlook takes, its list is never the whole one. Two pictures
that look the same have one id (:mod:`services.sync.sides.pictures`), and are compared like any
field.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import astuple, replace
from enum import StrEnum
from typing import Any

from services.graph.contact_places import fit
from services.model.contacts import Address, ContactContent, Phone, PhotoId
from services.sync.content.canonical import Canonical
from services.sync.content.entries import mixed

__all__ = [
    "ENTRIES",
    "ContactGroup",
    "blank",
    "canonical",
    "created",
    "differing",
    "likeness",
    "mix",
    "overlay",
    "unsaid",
]


class ContactGroup(StrEnum):
    """Fields that are taken from one side as a whole."""

    NAMES = "names"
    NICKNAME = "nickname"
    PHONETIC = "phonetic"
    COMPANY = "company"
    JOB = "job"
    DEPARTMENT = "department"
    OFFICE = "office"
    PROFESSION = "profession"
    MANAGER = "manager"
    ASSISTANT = "assistant"
    SPOUSE = "spouse"
    CHILDREN = "children"
    EMAILS = "emails"
    CHATS = "chats"
    PHONES = "phones"
    BUSINESS_ADDRESS = "business_address"
    HOME_ADDRESS = "home_address"
    OTHER_ADDRESS = "other_address"
    WEBSITE = "website"
    BIRTHDAY = "birthday"
    NOTES = "notes"
    TAGS = "tags"
    PHOTO = "photo"


_NAMES = ("name", "title", "given_name", "middle_name", "family_name", "suffix", "initials")
_PHONETIC = ("phonetic_given_name", "phonetic_family_name", "phonetic_company")
_FIELDS: Mapping[ContactGroup, tuple[str, ...]] = {
    group: (group.value,) for group in ContactGroup
} | {ContactGroup.NAMES: _NAMES, ContactGroup.PHONETIC: _PHONETIC}


def canonical(content: ContactContent) -> Canonical:
    """Return the content's values group by group, in a form that can be compared."""
    placed = fit(content)
    return tuple(
        tuple(_value(field, getattr(placed, field)) for field in fields)
        for fields in (_FIELDS[group] for group in ContactGroup)
    )


def differing(one: ContactContent, other: ContactContent) -> frozenset[ContactGroup]:
    """Return the groups in which the two say different things."""
    values = zip(ContactGroup, canonical(one), canonical(other), strict=True)
    return frozenset(group for group, mine, theirs in values if mine != theirs)


def overlay(
    base: ContactContent, top: ContactContent, groups: Iterable[ContactGroup]
) -> ContactContent:
    """Return ``base`` with the given groups taken from ``top``."""
    taken: dict[str, Any] = {
        field: getattr(top, field) for group in groups for field in _FIELDS[group]
    }
    return replace(base, **taken)


def mix(
    team: ContactContent,
    remote: ContactContent,
    agreed: ContactContent | None,
    echo: ContactContent | None,
    groups: Iterable[ContactGroup],
) -> ContactContent:
    """Return the team's content with some lists merged entry by entry.

    Args:
        team: what the team says.
        remote: what Outlook says.
        agreed: the base as the team spells it; ``None`` = it is not known.
        echo: the base as Outlook spells it.
        groups: which lists; of :data:`ENTRIES`.
    """
    nothing = ContactContent(name="")
    before, then = fit(agreed or nothing), echo or nothing
    lists: dict[str, Any] = {
        group.value: mixed(
            getattr(team, group.value),
            getattr(remote, group.value),
            getattr(before, group.value),
            getattr(then, group.value),
            ENTRIES[group],
        )
        for group in groups
    }
    return replace(team, **lists)


def blank(content: ContactContent) -> ContactContent:
    """Return what two joined contacts have in common for certain: their name."""
    return overlay(ContactContent(name=""), content, [ContactGroup.NAMES])


def created(content: ContactContent) -> ContactContent:
    """Return what a create carries: a picture is sent by itself."""
    return replace(content, photo=PhotoId("")) if content.photo else content


def unsaid(content: ContactContent) -> frozenset[ContactGroup]:
    """Return what a contact says nothing of, if it is not known what it said before.

    A contact comes in before its picture does.
    """
    return frozenset() if content.photo else frozenset({ContactGroup.PHOTO})


def likeness(content: ContactContent) -> Canonical:
    """Return the key by which contacts are joined: the name, and an address, number or company."""
    reached: Hashable = next(iter(map(_folded, content.emails)), "")
    reached = reached or next(iter(map(_number, content.phones)), ()) or _folded(content.company)
    return _folded(content.name), reached


def _value(field: str, value: Any) -> object:
    match value:
        case str():
            return _lines(value) if field == "notes" else _line(value)
        case Address():
            street, *rest = astuple(value)
            return (_lines(street), *map(_line, rest))
        case tuple() if field == "tags":
            return frozenset(map(_folded, value))
        case tuple():
            return tuple(map(_ENTRY.get(field, _line), value))
        case _:
            return value


def _line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _lines(text: str) -> str:
    return "\n".join(line for line in map(_line, text.splitlines()) if line)


def _folded(text: str) -> str:
    return _line(text).casefold()


def _number(phone: Phone) -> Canonical:
    return phone.kind, _line(phone.number)


ENTRIES: Mapping[ContactGroup, Callable[[Any], Hashable]] = {
    ContactGroup.EMAILS: _folded,
    ContactGroup.CHATS: _folded,
    ContactGroup.PHONES: _number,
    ContactGroup.TAGS: _folded,
}
"""The lists that are merged entry by entry, and the key that all spellings of an entry share."""
_ENTRY: Mapping[str, Callable[[Any], Hashable]] = {
    group.value: key for group, key in ENTRIES.items()
}
