"""Who changed what of a contact, the newest first, as far back as that is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from itertools import pairwise

from cards.buttons import press
from cards.contacts.contact_actions import ContactDetails
from cards.contacts.contact_values import contact_values
from cards.elements import Card, Element, card, words
from cards.parts import fact, fold, heading, section, small
from cards.viewer import Reader
from cards.when import moment
from cards.wording import say
from services.model.contacts import Contact, ContactContent

__all__ = ["history_card"]

MOST = 20
NOTHING = "\N{EN DASH}"
DETAILS = "Name in detail"
LABELS: Mapping[str, str] = {
    "name": "Name",
    "company": "Company",
    "job": "Job title",
    "department": "Department",
    "emails": "E-mail",
    "phones": "Phones",
    "notes": "Notes",
    "groups": "Groups",
    "tags": "Tags",
    "owner": "Owner",
    "photo": "Photo",
    "website": "Web",
    "links": "Web",
    "birthday": "Birthday",
    "anniversary": "Anniversary",
    "business_address": "Work address",
    "home_address": "Home address",
    "other_address": "Other address",
    "custom": "Fields of this list",
}
"""What a change is called; all other fields are details of the name and of the work."""


def history_card(versions: Sequence[Contact], reader: Reader) -> Card:
    """Return who changed what.

    Args:
        versions: the contact as it is and as it was before, the newest first.
        reader: for whom.
    """
    language, newest = reader.language, versions[0]
    title = say(language, "History")
    body: list[Element] = [heading(title), words(fold(newest.content.name, 200), spacing="none")]
    for after, before in pairwise(versions[: MOST + 1]):
        body += section(_change(after, before, reader))
    if len(versions) <= MOST:
        body += section(_origin(newest, reader))
    told = say(language, "What a change replaced is kept for 30 days.")
    body.append(small(told, spacing="medium"))
    back = press(ContactDetails(newest.book, newest.id), say(language, "Back"))
    return card(body, [back], language=language, fallback=title)


def _change(after: Contact, before: Contact, reader: Reader) -> list[Element]:
    language = reader.language
    name = after.updated_by.name or say(language, "Somebody")
    who = say(language, "{name}, {when}", name=name, when=moment(after.updated_at, reader))
    lines: list[Element] = [words(who, weight="bolder")]
    if after.deleted_at and not before.deleted_at:
        return [*lines, words(say(language, "deleted it"), spacing="none")]
    if before.deleted_at and not after.deleted_at:
        lines.append(words(say(language, "brought it back"), spacing="none"))
    for label in _changed(after.content, before.content):
        was, now = _told(label, before.content), _told(label, after.content)
        told = f"{was or NOTHING} → {now or NOTHING}" if was or now else say(language, "changed")
        lines.append(fact(say(language, label), told))
    return lines


def _origin(newest: Contact, reader: Reader) -> list[Element]:
    language = reader.language
    name = newest.created_by.name or say(language, "Somebody")
    who = say(language, "{name}, {when}", name=name, when=moment(newest.created_at, reader))
    return [words(who, weight="bolder"), words(say(language, "created it"), spacing="none")]


def _changed(after: ContactContent, before: ContactContent) -> list[str]:
    """Return what the fields are called that differ, each once."""
    names = [each.name for each in fields(ContactContent)]
    differing = [each for each in names if getattr(after, each) != getattr(before, each)]
    return list(dict.fromkeys(LABELS.get(each, DETAILS) for each in differing))


def _told(label: str, content: ContactContent) -> str:
    """Return what stood under a name, shortly; nothing for what cannot be said in a line."""
    values = contact_values(content)
    told = {
        "Name": values.get("name", ""),
        "Company": values.get("company", ""),
        "Job title": values.get("job", ""),
        "Department": values.get("department", ""),
        "E-mail": ", ".join(content.emails),
        "Phones": ", ".join(phone.number for phone in content.phones),
        "Notes": content.notes,
        "Groups": ", ".join(content.groups),
        "Tags": ", ".join(content.tags),
        "Owner": content.owner.name if content.owner else "",
        "Birthday": values.get("birthday", ""),
        "Anniversary": values.get("anniversary", ""),
        "Fields of this list": ", ".join(each.value for each in content.custom),
    }
    return fold(" ".join(told.get(label, "").split()), 120)
