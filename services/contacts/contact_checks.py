"""What a person may write into a contact, and how it is tidied before it is kept.

:func:`tidy_contact` returns the content as it will be stored, or raises ``InvalidInput`` with every
problem at once, each named after its input in the form. What comes from Outlook is not checked:
what a mailbox holds is true, however long it is; and a person who edits such a contact is not
blamed for what they left as it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sized
from dataclasses import dataclass, fields
from datetime import date
from operator import attrgetter
from typing import Any

from services.contacts import custom_values, phone_numbers
from services.model.contact_lists import ListShape
from services.model.contacts import Address, ContactContent, CustomValue, Phone
from services.model.errors import InvalidInput, Problem, Wrong
from services.model.events import Author
from services.model.web_links import LONGEST, web_link
from services.storage.wires import copied
from services.tidy_text import names, one_line, several_lines

__all__ = [
    *("ADDRESSES", "ADDRESS_PARTS", "LINES"),
    *("MAX_NAME", "MAX_NOTES", "MAX_TAGS", "MAX_WAYS", "tidy_contact"),
]

MAX_NAME = 200
MAX_NOTES = 10_000
MAX_EMAIL = 254
MAX_PHONE = 50
MAX_WAYS = 10
"""Of e-mail addresses, of phones, of links."""
MAX_TAG, MAX_TAGS = 100, 25
MAILTO = "mailto:"
EMAIL = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+\.[^\s@<>,;\".]+")
YEARS = range(1604, 2201)

LINES = (
    *("name", "title", "given_name", "middle_name", "family_name", "suffix", "initials"),
    *("nickname", "phonetic_given_name", "phonetic_family_name", "phonetic_company"),
    *("company", "job", "department", "office", "profession", "manager", "assistant", "spouse"),
)
"""Fields of one line; their inputs have the same names."""
ADDRESSES = {
    "business_address": "business",
    "home_address": "home",
    "other_address": "other",
}
"""With what the names of their inputs begin."""
ADDRESS_PARTS = tuple(field.name for field in fields(Address))


@dataclass(frozen=True, slots=True)
class _Of:
    """What a check knows besides the value."""

    shape: ListShape | None
    region: str


def tidy_contact(
    content: ContactContent,
    kept: ContactContent | None = None,
    *,
    shape: ListShape | None = None,
    region: str = "",
) -> ContactContent:
    """Return the contact as it will be kept.

    Args:
        content: what the person wrote.
        kept: what the contact was before, where there was one.
        shape: the groups and fields of its list; without it, both are taken as they are.
        region: where its numbers are at home, as :func:`phone_numbers.region_of` says.

    Raises:
        InvalidInput: something cannot be taken.
    """
    of = _Of(shape, region)
    tidied: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, value, empty in zip(TIDY, FIELDS(content), EMPTY, strict=True):
        if (value is empty or value == empty) and name != "name":
            continue
        before = getattr(kept, name) if kept else None
        if value == before:
            continue
        fitting = TIDY[name](name, value, before, of, problems)
        if fitting != value:
            tidied[name] = fitting
    if problems:
        raise InvalidInput(*problems)
    return copied(content, **tidied) if tidied else content


def _line(name: str, value: str, kept: object, of: _Of, problems: list[Problem]) -> str:
    text = one_line(value)
    if name == "name" and not text:
        problems.append(Problem(name, Wrong.MISSING))
    _length(name, text, MAX_NAME, problems)
    return text


def _children(
    name: str, value: tuple[str, ...], kept: object, of: _Of, problems: list[Problem]
) -> tuple[str, ...]:
    texts = tuple(filter(None, map(one_line, value)))
    _number(name, texts, MAX_WAYS, problems)
    for text in texts:
        _length(name, text, MAX_NAME, problems)
    return texts


def _emails(
    name: str, value: tuple[str, ...], kept: object, of: _Of, problems: list[Problem]
) -> tuple[str, ...]:
    emails = tuple(dict.fromkeys(filter(None, map(_bare_email, map(one_line, value)))))
    _number("email_2", emails, MAX_WAYS, problems)
    for place, email in enumerate(emails):
        field = "email_2" if place else "email"
        _length(field, email, MAX_EMAIL, problems)
        if len(email) <= MAX_EMAIL and not EMAIL.fullmatch(email):
            problems.append(Problem(field, Wrong.NOT_AN_EMAIL))
    return emails


def _bare_email(written: str) -> str:
    """Return an address without what programs copy along: ``mailto:``, or a name beside it."""
    if written.endswith(">"):
        written = written[written.rfind("<") + 1 : -1].strip()
    return written[len(MAILTO) :] if written[: len(MAILTO)].lower() == MAILTO else written


def _phones(
    name: str,
    value: tuple[Phone, ...],
    kept: tuple[Phone, ...] | None,
    of: _Of,
    problems: list[Problem],
) -> tuple[Phone, ...]:
    phones: dict[Phone, None] = {}
    for phone in value:
        if kept and phone in kept:
            phones[phone] = None
            continue
        field, number = f"phone_{phone.kind}", one_line(phone.number)
        if not number:
            continue
        _length(field, number, MAX_PHONE, problems)
        written = phone_numbers.tidied(number, of.region) if len(number) <= MAX_PHONE else number
        if written is None:
            problems.append(Problem(field, Wrong.NOT_A_PHONE))
        phones[Phone(phone.kind, written or number)] = None
    if len(phones) > MAX_WAYS:
        for kind in {phone.kind for phone in phones}:
            same = [phone for phone in phones if phone.kind is kind]
            _number(f"phone_{kind}", same, MAX_WAYS, problems)
    return tuple(phones)


def _address(name: str, value: Address, kept: object, of: _Of, problems: list[Problem]) -> Address:
    parts = {
        part: several_lines(text) if part == "street" else one_line(text)
        for part in ADDRESS_PARTS
        if (text := getattr(value, part))
    }
    for part, text in parts.items():
        _length(f"{ADDRESSES[name]}_{part}", text, MAX_NAME, problems)
    return Address(**parts)


def _website(name: str, value: str, kept: object, of: _Of, problems: list[Problem]) -> str:
    return _link(name, value, problems)


def _links(
    name: str,
    value: tuple[str, ...],
    kept: tuple[str, ...] | None,
    of: _Of,
    problems: list[Problem],
) -> tuple[str, ...]:
    links = [each if kept and each in kept else _link(name, each, problems) for each in value]
    _number(name, links, MAX_WAYS, problems)
    return tuple(dict.fromkeys(filter(None, links)))


def _day(
    name: str, value: date | None, kept: object, of: _Of, problems: list[Problem]
) -> date | None:
    if value is not None and value.year not in YEARS:
        problems.append(Problem(name, Wrong.OUT_OF_RANGE))
    return value


def _notes(name: str, value: str, kept: object, of: _Of, problems: list[Problem]) -> str:
    text = several_lines(value)
    _length(name, text, MAX_NOTES, problems)
    return text


def _names(
    name: str, value: tuple[str, ...], kept: object, of: _Of, problems: list[Problem]
) -> tuple[str, ...]:
    found = names(value)
    if name == "groups" and of.shape is not None:
        found = names(of.shape.group(each) or each for each in found)
    _number(name, found, MAX_TAGS, problems)
    for text in found:
        _length(name, text, MAX_TAG, problems)
    return found


def _owner(
    name: str, value: Author | None, kept: object, of: _Of, problems: list[Problem]
) -> Author | None:
    text = one_line(value.name) if value else ""
    _length(name, text, MAX_NAME, problems)
    return Author(value.person, text) if value and text else None


def _custom(
    name: str,
    value: tuple[CustomValue, ...],
    kept: tuple[CustomValue, ...] | None,
    of: _Of,
    problems: list[Problem],
) -> tuple[CustomValue, ...]:
    """Return the values of fields that there are; what a field held that is gone is let go."""
    if of.shape is None:
        return value
    before = {each.field: each for each in kept or ()}
    given = {each.field: each for each in value if each.value.strip()}
    found: list[CustomValue] = []
    for field in of.shape.fields:
        each = given.get(field.id)
        if each is None:
            continue
        if each != before.get(field.id):
            read = custom_values.tidied(field, each.value)
            if isinstance(read, Wrong):
                limit = custom_values.MAX_VALUE if read is Wrong.TOO_LONG else None
                problems.append(Problem(f"custom_{field.id}", read, limit))
            else:
                each = CustomValue(field.id, read)
        found.append(each)
    return tuple(found)


def _link(field: str, written: str, problems: list[Problem]) -> str:
    text = one_line(written)
    link = web_link(text) if text else ""
    if link is None:
        too_long = len(text) > LONGEST
        problems.append(
            Problem(field, Wrong.TOO_LONG, LONGEST)
            if too_long
            else Problem(field, Wrong.NOT_A_LINK)
        )
    return link or ""


def _length(field: str, text: str, limit: int, problems: list[Problem]) -> None:
    if len(text) > limit:
        problems.append(Problem(field, Wrong.TOO_LONG, limit))


def _number(field: str, entries: Sized, limit: int, problems: list[Problem]) -> None:
    if len(entries) > limit:
        problems.append(Problem(field, Wrong.TOO_MANY, limit))


Tidy = Callable[[str, Any, Any, _Of, list[Problem]], Any]
TIDY: Mapping[str, Tidy] = {
    **dict.fromkeys(LINES, _line),
    "children": _children,
    "emails": _emails,
    "chats": _children,
    "phones": _phones,
    **dict.fromkeys(ADDRESSES, _address),
    "website": _website,
    "links": _links,
    "birthday": _day,
    "anniversary": _day,
    "notes": _notes,
    "tags": _names,
    "groups": _names,
    "owner": _owner,
    "custom": _custom,
}
"""By the field of a contact: what tidies it, and notes what is wrong with it."""
FIELDS = attrgetter(*TIDY)
EMPTY = FIELDS(ContactContent(name=""))
"""What has nothing in it, and so nothing to be tidied: most fields of most contacts."""
