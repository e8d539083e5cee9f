"""Translate contacts to and from Graph's JSON; pure, and the only place that knows both.

:func:`contact_to_graph` makes the body of a create, :func:`contact_patch` that of an update: what
has changed alone, and always the display name, since Outlook makes one up from the parts of the
name if an update lacks it. A cleared field is sent as null or empty, never left out.
:func:`contact_from_graph` reads an item.

Source: Microsoft Graph ``contact``, ``physicalAddress``, ``contact: update``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from services.graph.contact_places import fit
from services.graph.remote_contact import RemoteContact
from services.graph.tags import tag_of
from services.graph.times import instant_from_graph
from services.model.accounts import RemoteId
from services.model.contacts import Address, ContactContent, Phone, PhoneKind
from services.model.errors import Unreadable

__all__ = ["READ", "contact_from_graph", "contact_patch", "contact_to_graph"]

TEXTS: Mapping[str, str] = {
    "displayName": "name",
    "title": "title",
    "givenName": "given_name",
    "middleName": "middle_name",
    "surname": "family_name",
    "generation": "suffix",
    "initials": "initials",
    "nickName": "nickname",
    "yomiGivenName": "phonetic_given_name",
    "yomiSurname": "phonetic_family_name",
    "yomiCompanyName": "phonetic_company",
    "companyName": "company",
    "jobTitle": "job",
    "department": "department",
    "officeLocation": "office",
    "profession": "profession",
    "manager": "manager",
    "assistantName": "assistant",
    "spouseName": "spouse",
    "businessHomePage": "website",
    "personalNotes": "notes",
}
LISTS: Mapping[str, str] = {"children": "children", "imAddresses": "chats", "categories": "tags"}
ADDRESSES: Mapping[str, str] = {
    "businessAddress": "business_address",
    "homeAddress": "home_address",
    "otherAddress": "other_address",
}
PARTS: Mapping[str, str] = {
    "street": "street",
    "city": "city",
    "state": "region",
    "postalCode": "postal_code",
    "countryOrRegion": "country",
}
PHONES: Mapping[str, PhoneKind] = {
    "businessPhones": PhoneKind.BUSINESS,
    "homePhones": PhoneKind.HOME,
}
READ = frozenset(
    {*TEXTS, *LISTS, *ADDRESSES, *PHONES, "mobilePhone", "emailAddresses", "birthday"}
    | {"changeKey", "createdDateTime", "lastModifiedDateTime"}
)
"""What a contact that comes whole has: what it says, and nothing where it says nothing."""
BIRTHDAYS_AT = time(11, 59)
"""Outlook's own hour for a day that has none: in UTC, it is that day almost everywhere."""
HALF_A_DAY = timedelta(hours=12)
FIRST_YEAR = 1601
"""Of Outlook's calendar: what is earlier is a placeholder."""


def contact_to_graph(
    content: ContactContent, email_names: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Return the whole contact as Graph says it, as far as it has a place there.

    Args:
        content: what to say.
        email_names: what Outlook shows in place of an address; the contact's name where it is new.
    """
    content, names = fit(content), email_names or {}
    numbers = {kind: [p.number for p in content.phones if p.kind is kind] for kind in PhoneKind}
    return {
        **{theirs: getattr(content, ours) or None for theirs, ours in TEXTS.items()},
        **{theirs: list(getattr(content, ours)) for theirs, ours in LISTS.items()},
        **{theirs: _address(getattr(content, ours)) for theirs, ours in ADDRESSES.items()},
        **{theirs: numbers[kind] for theirs, kind in PHONES.items()},
        "mobilePhone": next(iter(numbers[PhoneKind.MOBILE]), None),
        "emailAddresses": [
            {"address": email, "name": names.get(email) or content.name or email}
            for email in content.emails
        ],
        "birthday": _birthday_to_graph(content.birthday),
    }


def contact_patch(seen: RemoteContact, content: ContactContent) -> dict[str, Any]:
    """Return what to send so that a contact that is as ``seen`` says ``content``."""
    before = contact_to_graph(seen.content, seen.email_names)
    after = contact_to_graph(content, seen.email_names)
    patch = {field: value for field, value in after.items() if value != before[field]}
    return {**patch, "displayName": after["displayName"]} if patch else {}


def contact_from_graph(item: Mapping[str, Any]) -> RemoteContact:
    """Read an item of a contact folder.

    Raises:
        Unreadable: the model cannot express it; names the field.
    """
    try:
        return _contact(item)
    except Unreadable as err:
        raise Unreadable(err.why, item.get("displayName")) from err


def _contact(item: Mapping[str, Any]) -> RemoteContact:
    if not item.get("id"):
        raise Unreadable("id")
    emails = _records(item, "emailAddresses")
    numbered = [Phone(kind, each) for field, kind in PHONES.items() for each in _texts(item, field)]
    mobile = _text(item, "mobilePhone")
    said: dict[str, Any] = {ours: _text(item, theirs) for theirs, ours in TEXTS.items()}
    said |= {ours: _texts(item, theirs) for theirs, ours in LISTS.items()}
    said |= {ours: _address_from(item, theirs) for theirs, ours in ADDRESSES.items()}
    content = ContactContent(
        **said,
        emails=tuple(address for each in emails if (address := _text(each, "address"))),
        phones=(*numbered, *([Phone(PhoneKind.MOBILE, mobile)] if mobile else ())),
        birthday=_birthday_from_graph(item.get("birthday")),
    )
    return RemoteContact(
        id=RemoteId(_text(item, "id")),
        change_key=_text(item, "changeKey"),
        content=content,
        tag=tag_of(item),
        created_at=instant_from_graph(item.get("createdDateTime")),
        changed_at=instant_from_graph(item.get("lastModifiedDateTime")),
        email_names={_text(each, "address"): _text(each, "name") for each in emails},
    )


def _address(address: Address) -> dict[str, str | None]:
    # Every part: one that is left out might stay as it was.
    return {theirs: getattr(address, ours) or None for theirs, ours in PARTS.items()}


def _address_from(item: Mapping[str, Any], field: str) -> Address:
    held = item.get(field) or {}
    if not isinstance(held, dict):
        raise Unreadable(field)
    return Address(**{ours: _text(held, theirs) for theirs, ours in PARTS.items()})


def _birthday_to_graph(birthday: date | None) -> str | None:
    return f"{datetime.combine(birthday, BIRTHDAYS_AT).isoformat()}Z" if birthday else None


def _birthday_from_graph(value: Any) -> date | None:
    """Return the day whose midnight in UTC is nearest.

    Some programs write the midnight of their own zone, half a day away from ours at most.
    """
    try:
        day = (datetime.fromisoformat(value).astimezone(UTC) + HALF_A_DAY).date()
    except (TypeError, ValueError, OverflowError):
        return None
    return day if day.year >= FIRST_YEAR else None


def _text(item: Mapping[str, Any], field: str) -> str:
    value = item.get(field)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Unreadable(field)
    return value.replace("\r\n", "\n")


def _texts(item: Mapping[str, Any], field: str) -> tuple[str, ...]:
    values = item.get(field) or []
    if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
        raise Unreadable(field)
    return tuple(filter(None, values))


def _records(item: Mapping[str, Any], field: str) -> list[dict[str, Any]]:
    values = item.get(field) or []
    if not isinstance(values, list) or not all(isinstance(each, dict) for each in values):
        raise Unreadable(field)
    return values
