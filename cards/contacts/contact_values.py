"""A contact as the strings of its form, and back.

:func:`contact_values` gives those of a contact, :func:`typed_contact` those that were submitted,
:func:`read_contact_form` turns them into content. An input that holds several (numbers, addresses,
links, tags) parts them by ``;``, by commas or by lines; one that nobody touched changes nothing,
whatever is in it. What is a number or a link is for :mod:`services.contacts.contact_checks` to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

from cards.submitted import Submitted, as_choice, choices_in
from services.model.celebrations import SOME_YEAR
from services.model.contact_lists import FieldId
from services.model.contacts import Address, ContactContent, CustomValue, Phone, PhoneKind
from services.model.conversations import Member
from services.model.errors import Wrong
from services.model.events import Author
from services.model.identity import ObjectId
from services.model.picking import fitting

__all__ = [
    "ADDRESSES",
    "ADDRESS_PARTS",
    "FIELDS",
    "LINE",
    "LONG",
    "NOTES",
    "PHONES",
    "contact_values",
    "custom_input",
    "owner_typed",
    "read_contact_form",
    "typed_contact",
]

LINE, LONG, NOTES = 200, 2_000, 10_000
"""Letters of one value, of several in one input, of notes."""
LINES = (
    *("name", "title", "given_name", "middle_name", "family_name", "suffix", "nickname"),
    *("phonetic_given_name", "phonetic_family_name", "phonetic_company"),
    *("company", "job", "department", "office", "profession", "manager", "assistant"),
)
PHONES = {f"phone_{kind}": kind for kind in PhoneKind}
ADDRESSES = {
    "business": "business_address",
    "home": "home_address",
    "other": "other_address",
}
ADDRESS_PARTS = tuple(part.name for part in fields(Address))
PLACES = tuple(f"{name}_{part}" for name in ADDRESSES for part in ADDRESS_PARTS)
DAYS = {"birthday": "birthday_no_year", "anniversary": "anniversary_no_year"}
"""With the inputs that say that nobody knows the year."""
SHOWN_YEAR = "2000"
"""What an input shows in its place: it has to show one, and this has a 29 February."""
FIELDS = (
    *LINES,
    *("email", "email_2", *PHONES, *PLACES, "website", "links", *DAYS, *DAYS.values()),
    *("known_company", "owner_person", "owner", "groups", "new_group", "tags", "notes"),
)
OWNER = ("owner_person", "owner")
CUSTOM = "custom_"
EMAIL = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+\.[^\s@<>,;\".]+")
_BETWEEN = re.compile(r"[;,\s]+")
_LINES = re.compile(r"[;\n]+")
_NAMES = re.compile(r"[,;\n]+")

Touched = Callable[..., bool]
"""Whether somebody has changed any of the inputs of these names."""


def custom_input(field: FieldId) -> str:
    """Return the name of the input for a field of the list's own."""
    return f"{CUSTOM}{field}"


def contact_values(content: ContactContent) -> dict[str, str]:
    """Return the content as the strings of a form."""
    values = {name: getattr(content, name) for name in LINES}
    values |= {"email": "".join(content.emails[:1]), "email_2": "; ".join(content.emails[1:])}
    values |= {name: "; ".join(_numbers(content, kind)) for name, kind in PHONES.items()}
    for place, field in ADDRESSES.items():
        address = getattr(content, field)
        values |= {f"{place}_{part}": getattr(address, part) for part in ADDRESS_PARTS}
    for name in DAYS:
        values |= _day_values(name, getattr(content, name))
    values |= {custom_input(each.field): each.value for each in content.custom}
    values |= {
        "website": content.website,
        "links": "\n".join(content.links),
        **_owner_values(content.owner),
        "groups": ",".join(map(as_choice, content.groups)),
        "tags": ", ".join(content.tags),
        "notes": content.notes[:NOTES],
    }
    return {name: value for name, value in values.items() if value}


def typed_contact(data: Mapping[str, Any]) -> dict[str, str]:
    """Return what was typed."""
    return dict(Submitted.of(data, (*FIELDS, *_custom_inputs(data))).values)


def read_contact_form(
    data: Mapping[str, Any],
    kept: ContactContent | None = None,
    around: Sequence[Member] = (),
) -> ContactContent:
    """Return the content that a submitted form describes.

    Args:
        data: the submit's data.
        kept: what it was before.
        around: whom the names and ids of people can mean.

    Raises:
        InvalidInput: something cannot be taken; names each input and what is wrong.
    """
    got = Submitted.of(data, (*FIELDS, *_custom_inputs(data)))
    before = contact_values(kept) if kept else {}
    content = kept or ContactContent(name="")

    def is_touched(*names: str) -> bool:
        return any(got.raw(name) != before.get(name, "").strip() for name in names)

    changes = {
        **_read_lines(got, is_touched),
        **_read_ways(got, content, is_touched),
        **_read_beside(got, content, is_touched, around),
        "custom": _read_custom(got, content),
    }
    return got.settle(replace(content, **changes))


def _read_lines(got: Submitted, is_touched: Touched) -> dict[str, Any]:
    """Return the names and the work, each a line; without a name nothing is taken."""
    lines = {
        name: got.text(name, LINE, required=name == "name")
        for name in LINES
        if is_touched(name) or name == "name"
    }
    if known := got.text("known_company", LINE):  # it is empty until somebody chooses
        lines["company"] = known
    return lines


def _read_ways(got: Submitted, kept: ContactContent, is_touched: Touched) -> dict[str, Any]:
    """Return the ways to reach somebody."""
    ways: dict[str, Any] = {}
    if is_touched("email", "email_2"):
        ways["emails"] = _read_emails(got)
    if is_touched(*PHONES):
        ways["phones"] = _read_phones(got, kept, is_touched)
    for place, field in ADDRESSES.items():
        inputs = {part: f"{place}_{part}" for part in ADDRESS_PARTS}
        if is_touched(*inputs.values()):
            parts = {part: got.text(name, LINE) for part, name in inputs.items()}
            ways[field] = Address(**parts)
    if is_touched("website"):
        ways["website"] = got.text("website", LONG)
    if is_touched("links"):
        ways["links"] = _parted(got.text("links", LONG * 5), _BETWEEN)
    return ways


def _read_beside(
    got: Submitted, kept: ContactContent, is_touched: Touched, around: Sequence[Member]
) -> dict[str, Any]:
    """Return the days, and what people put to a contact: owner, groups, tags and notes."""
    beside: dict[str, Any] = {
        name: _read_day(got, name) for name, no_year in DAYS.items() if is_touched(name, no_year)
    }
    if is_touched("owner", "owner_person"):
        beside["owner"] = _read_owner(got, kept.owner, around)
    if is_touched("groups") or got.raw("new_group"):
        new = _parted(got.text("new_group", LINE), _NAMES)
        beside["groups"] = (*choices_in(got.raw("groups")), *new)
    if is_touched("tags"):
        beside["tags"] = _parted(got.text("tags", LONG), _NAMES)
    if is_touched("notes"):
        beside["notes"] = got.text("notes", NOTES)
    return beside


def _read_emails(got: Submitted) -> tuple[str, ...]:
    emails = {name: _parted(got.text(name, LONG), _BETWEEN) for name in ("email", "email_2")}
    for name, several in emails.items():
        if not all(map(EMAIL.fullmatch, several)):
            got.refuse(name, Wrong.NOT_AN_EMAIL)
    return tuple(dict.fromkeys((*emails["email"], *emails["email_2"])))


def _read_phones(got: Submitted, kept: ContactContent, is_touched: Touched) -> tuple[Phone, ...]:
    """Return the numbers by kind, those of an input that nobody touched as they were."""
    phones: list[Phone] = []
    for name, kind in PHONES.items():
        numbers: tuple[str, ...] = tuple(_numbers(kept, kind))
        if is_touched(name):
            numbers = _parted(got.text(name, LONG), _LINES)
            if any(sum(sign.isdigit() for sign in number) < 3 for number in numbers):
                got.refuse(name, Wrong.NOT_A_PHONE)
        phones += [Phone(kind, number) for number in numbers]
    return tuple(phones)


def _read_day(got: Submitted, name: str) -> date | None:
    """Return a day of any year: a birthday may be older than a calendar is."""
    value = got.raw(name)
    try:
        day = date.fromisoformat(value) if value else None
        return day.replace(year=SOME_YEAR) if day and got.raw(DAYS[name]) == "true" else day
    except ValueError:
        got.refuse(name, Wrong.NOT_A_DATE)
        return None


def owner_typed(data: Mapping[str, Any]) -> tuple[tuple[str, ...], str]:
    """Return the ids of whoever was picked as owner in a submitted form, and what was typed."""
    got = Submitted.of(data, OWNER)
    return choices_in(got.raw("owner_person")), got.raw("owner")


def _owner_values(owner: Author | None) -> dict[str, str]:
    if owner is None:
        return {}
    return {"owner_person": owner.person.object_id} if owner.person else {"owner": owner.name}


def _read_owner(got: Submitted, kept: Author | None, around: Sequence[Member]) -> Author | None:
    """Return who was picked; else whom the name means, or nobody but a name.

    A name that was typed beside the owner until now is of another one.
    """
    ids, name = owner_typed(got.values)
    same = _owner_values(kept).get("owner_person") == got.raw("owner_person")
    if ids and not (same and name):
        known = {one.person.object_id: Author(one.person, one.name) for one in around}
        if kept and kept.person:
            known[kept.person.object_id] = kept
        if ids[0] not in known:
            got.refuse("owner_person", Wrong.NOT_A_CHOICE)
        return known.get(ObjectId(ids[0]))
    meant = fitting(name, around)
    if len(meant) == 1:
        return Author(meant[0].person, meant[0].name)
    name = got.text("owner", LINE)
    return Author(None, name) if name else None


def _read_custom(got: Submitted, kept: ContactContent) -> tuple[CustomValue, ...]:
    """Return the values of the inputs that the form had, after those that it had none for."""
    inputs = [name for name in got.values if name.startswith(CUSTOM)]
    others = [each for each in kept.custom if custom_input(each.field) not in got.values]
    typed = [CustomValue(FieldId(name.removeprefix(CUSTOM)), got.raw(name)) for name in inputs]
    return (*others, *(each for each in typed if each.value))


def _custom_inputs(data: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(name for name in data if name.startswith(CUSTOM))


def _parted(text: str, between: re.Pattern[str]) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip() for part in between.split(text))))


def _numbers(content: ContactContent, kind: PhoneKind) -> list[str]:
    return [phone.number for phone in content.phones if phone.kind is kind]


def _day_values(name: str, day: date | None) -> dict[str, str]:
    if day is None or day.year != SOME_YEAR:
        return {name: day.isoformat() if day else ""}
    return {name: f"{SHOWN_YEAR}-{day:%m-%d}", DAYS[name]: "true"}
