"""Reads a contact that was sent, and refuses what Graph refuses.

:func:`read_contact` gives what the contact says then: whole for a POST, laid over what it said
for a PATCH. Each property has a checker in one table; a name that is not in it does not exist.
https://learn.microsoft.com/graph/api/resources/contact
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sandbox.graph.checks import Checker, failed, list_of, record, text, unknown_property
from sandbox.graph.tags import read_tags
from sandbox.refusal import Refusal

__all__ = ["ContactDraft", "read_contact"]

_ADDRESS = record(street=text, city=text, state=text, countryOrRegion=text, postalCode=text)
_TABLE: Mapping[str, Checker] = {
    "assistantName": text,
    "birthday": text,
    "businessAddress": _ADDRESS,
    "businessHomePage": text,
    "businessPhones": list_of(text),
    "categories": list_of(text),
    "children": list_of(text),
    "companyName": text,
    "department": text,
    "displayName": text,
    "emailAddresses": list_of(record(name=text, address=text)),
    "fileAs": text,
    "generation": text,
    "givenName": text,
    "homeAddress": _ADDRESS,
    "homePhones": list_of(text),
    "imAddresses": list_of(text),
    "initials": text,
    "jobTitle": text,
    "manager": text,
    "middleName": text,
    "mobilePhone": text,
    "nickName": text,
    "officeLocation": text,
    "otherAddress": _ADDRESS,
    "parentFolderId": text,
    "personalNotes": text,
    "profession": text,
    "spouseName": text,
    "surname": text,
    "title": text,
    "yomiCompanyName": text,
    "yomiGivenName": text,
    "yomiSurname": text,
    "singleValueExtendedProperties": list_of(record(id=text, value=text)),
}
_ASIDE = ("parentFolderId", "singleValueExtendedProperties")
_READ_ONLY = "id changeKey createdDateTime lastModifiedDateTime photo"
_LIMITS = {"emailAddresses": 3, "businessPhones": 2, "homePhones": 2, "imAddresses": 3}
"""The first two are what the service says in its refusals (issue 560 of its documentation); the
others are inferred, and refused in the same words."""
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?(Z|[+-]\d\d:\d\d)", re.ASCII)
_NAME_PARTS = ("title", "givenName", "middleName", "surname", "generation")


@dataclass(frozen=True, slots=True)
class ContactDraft:
    """A contact as somebody wants it."""

    says: Mapping[str, Any]
    tags: Mapping[str, str]


def read_contact(body: Mapping[str, Any], base: Mapping[str, Any] | None = None) -> ContactDraft:
    """Return the contact in a POST, or with ``base`` in a PATCH.

    Raises:
        Refusal: 400, with the code that Graph has for it.
    """
    given = {name: value for name, value in body.items() if "@" not in name}
    for name, value in given.items():
        _check(name, value)
    said = {name: _kept(name, value) for name, value in given.items() if name not in _ASIDE}
    says = {**(base or {}), **said}
    if given.get("displayName") is None and any(map(says.get, _NAME_PARTS)):
        # Whoever does not name it in an update gets the name that Outlook makes of its parts.
        says["displayName"] = " ".join(says[part] for part in _NAME_PARTS if says.get(part))
    return ContactDraft({name: each for name, each in says.items() if each}, read_tags(given))


def _check(name: str, value: Any) -> None:
    if name in _READ_ONLY.split():
        raise Refusal(
            400, "ErrorInvalidPropertySet", f"The property '{name}' is read-only and cannot be set."
        )
    if name not in _TABLE:
        raise unknown_property(name, "microsoft.graph.contact")
    _TABLE[name](name, value)
    most, held = _LIMITS.get(name), len(value or ())
    if most is not None and held > most:
        shown = name[0].upper() + name[1:]
        raise Refusal(
            400,
            "ErrorInvalidRequest",
            f"The multi value property {shown} has {held} entries, that exceeds the max allowed "
            f"value of {most}",
        )


def _kept(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name == "birthday":
        return _birthday(value)
    if name == "emailAddresses":
        return [{**each, "name": each.get("name") or each.get("address")} for each in value]
    if name.endswith("Address"):
        return {part: each for part, each in value.items() if each}
    return value


def _birthday(value: str) -> str:
    if not _INSTANT.fullmatch(value):
        raise failed()
    try:
        datetime.fromisoformat(value[:19])
    except ValueError as err:
        raise failed() from err
    return value
