"""Contacts as vCard 4.0 (RFC 6350), for any address book.

Written by hand: the format of what a contact holds is some two dozen kinds of lines, and the
library that is kept writes version 3.0 alone (see docs/decisions.md).
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date

from services.formats.content_lines import escaped, folded
from services.formats.vcard_values import OWN
from services.model.contact_lists import CustomField, FieldKind
from services.model.contacts import Address, Contact, ContactContent, PhoneKind, PhotoId

__all__ = ["vcards"]

TYPES = {
    PhoneKind.BUSINESS: "work,voice",
    PhoneKind.MOBILE: "cell,voice",
    PhoneKind.HOME: "home",
    PhoneKind.FAX: "work,fax",
    PhoneKind.OTHER: "voice",
}
LABELLED = {FieldKind.DATE: "X-ABDATE", FieldKind.LINK: "URL"}
SOME_YEAR = 1604
"""Stands for a year that nobody knows."""


def vcards(
    contacts: Iterable[Contact],
    pictures: Mapping[PhotoId, bytes] | None = None,
    fields: Sequence[CustomField] = (),
) -> bytes:
    """Return all contacts as one file.

    Args:
        contacts: the contacts.
        pictures: PNGs, by what leads to them; a contact whose picture is not among them has none.
        fields: the fields of the list's own, in their order.
    """
    shown = pictures or {}
    lines = (
        line
        for each in contacts
        for line in _lines(each, shown.get(each.content.photo, b""), fields)
    )
    return b"".join(piece + b"\r\n" for line in lines for piece in folded(line))


def _lines(contact: Contact, png: bytes, fields: Sequence[CustomField]) -> Iterator[str]:
    content = contact.content
    yield "BEGIN:VCARD"
    yield "VERSION:4.0"
    yield "PRODID:-//Almanac//EN"
    yield f"UID:{_text(contact.id)}"
    yield f"REV:{contact.updated_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield from _names(content)
    yield from _work(content)
    yield from _reach(content)
    yield from _life(content)
    yield from _own(content, fields)
    if png:
        yield f"PHOTO:data:image/png;base64,{base64.b64encode(png).decode()}"
    yield "END:VCARD"


def _names(content: ContactContent) -> Iterator[str]:
    yield f"FN:{_text(content.name)}"
    parts = (content.family_name, content.given_name, content.middle_name)
    if any((*parts, content.title, content.suffix)):
        yield f"N:{_row(*parts, content.title, content.suffix)}"
    yield from _said("NICKNAME", content.nickname)
    yield from _said("X-INITIALS", content.initials)
    yield from _said("X-PHONETIC-FIRST-NAME", content.phonetic_given_name)
    yield from _said("X-PHONETIC-LAST-NAME", content.phonetic_family_name)
    yield from _said("X-PHONETIC-ORG", content.phonetic_company)


def _work(content: ContactContent) -> Iterator[str]:
    if content.department:
        yield f"ORG:{_row(content.company, content.department)}"
    else:
        yield from _said("ORG", content.company)
    yield from _said("TITLE", content.job)
    yield from _said("ROLE", content.profession)
    yield from _said("X-OFFICE", content.office)
    yield from _said("X-MANAGER", content.manager)
    yield from _said("RELATED;VALUE=text;TYPE=agent", content.assistant)


def _reach(content: ContactContent) -> Iterator[str]:
    for email in content.emails:
        yield f"EMAIL:{_text(email)}"
    for phone in content.phones:
        yield f'TEL;VALUE=text;TYPE="{TYPES[phone.kind]}":{_text(phone.number)}'
    for chat in content.chats:
        yield f"X-IM:{_text(chat)}"
    for kind, address in (
        (";TYPE=work", content.business_address),
        (";TYPE=home", content.home_address),
        ("", content.other_address),
    ):
        if address != Address():
            city = (address.city, address.region, address.postal_code, address.country)
            yield f"ADR{kind}:{_row('', '', address.street, *city)}"
    yield from _said("URL", content.website, escaped=False)
    for each in content.links:
        yield from _said("X-SOCIALPROFILE", each, escaped=False)


def _life(content: ContactContent) -> Iterator[str]:
    yield from _day("BDAY", content.birthday)
    yield from _day("ANNIVERSARY", content.anniversary)
    yield from _said("RELATED;VALUE=text;TYPE=spouse", content.spouse)
    for child in content.children:
        yield f"RELATED;VALUE=text;TYPE=child:{_text(child)}"
    if content.tags:
        yield f"CATEGORIES:{','.join(map(_text, content.tags))}"
    for group in content.groups:
        yield f"X-GROUP:{_text(group)}"
    yield from _said("NOTE", content.notes)


def _own(content: ContactContent, fields: Sequence[CustomField]) -> Iterator[str]:
    """Yield the fields of the list's own, each with its name as a label in the same group.

    Apple and Google show days and addresses of the web under such labels; others are for us alone.
    """
    given = {each.field: each.value for each in content.custom}
    there = ((field, value) for field in fields if (value := given.get(field.id, "")))
    for number, (field, value) in enumerate(there, start=1):
        said = _one_line(value) if field.kind is FieldKind.LINK else _text(value)
        yield f"item{number}.{LABELLED.get(field.kind, OWN)}:{said}"
        yield f"item{number}.X-ABLabel:{_text(field.name)}"


def _day(name: str, day: date | None) -> Iterator[str]:
    if day is not None:
        year = f"{day:%Y}" if day.year != SOME_YEAR else "--"
        yield f"{name}:{year}{day:%m%d}"


def _said(name: str, value: str, *, escaped: bool = True) -> Iterator[str]:
    """Yield a line, if there is anything to say; an address of the web has no escapes."""
    if value:
        yield f"{name}:{_text(value) if escaped else _one_line(value)}"


def _row(*values: str) -> str:
    return ";".join(map(_text, values))


def _one_line(value: str) -> str:
    return "".join(value.split())


def _text(value: str) -> str:
    return escaped(value)
