"""One vCard becomes a contact: what each of its lines says, in our fields.

Pure; a line that cannot be understood says nothing, and those that are told of are counted in the
:class:`Card`. Types differ by version and program (``CELL``, ``type=cell,voice``, ``iPhone``): what
is meant is looked for in all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from services.formats.contact_names import EVERYBODYS, name_in
from services.formats.content_lines import Line, parameters, text_of
from services.formats.vcard_values import day_in, fields_of, kinds_of, photo_in, plain_of, words_of
from services.model.contacts import Address, ContactContent, Phone, PhoneKind

__all__ = ["Card", "card_of"]

KINDS = (
    ("FAX", PhoneKind.FAX),
    ("CELL", PhoneKind.MOBILE),
    ("IPHONE", PhoneKind.MOBILE),
    ("WORK", PhoneKind.BUSINESS),
    ("HOME", PhoneKind.HOME),
)
"""The first that a line has is taken: a fax at work is a fax."""
PEOPLE = {"SPOUSE": "spouse", "AGENT": "assistant", "MANAGER": "manager"}
OTHER = "other_address"
"""Where a second address of a kind goes, too."""
NOT_PREFERRED = 101
"""Behind all that version 4 counts, from 1 to 100."""


@dataclass(frozen=True, slots=True)
class Card:
    """What one card says."""

    content: ContactContent
    """Without a name where nothing in it could be one."""
    uid: str = ""
    photo: bytes = b""
    has_bad_photo: bool = False
    has_bad_day: bool = False
    is_group: bool = False
    """A list of other cards, which is no contact."""


@dataclass(slots=True)
class _Found:
    """What has been read of a card so far."""

    fields: dict[str, Any] = field(default_factory=dict)
    lists: dict[str, list[Any]] = field(default_factory=dict)
    uid: str = ""
    photo: bytes | None = b""
    has_bad_day: bool = False
    is_group: bool = False

    def say(self, name: str, value: object) -> None:
        """Keep the first word on a field, which is the preferred one."""
        if value:
            self.fields.setdefault(name, value)

    def also(self, name: str, value: object) -> None:
        """Add to a list what is not yet in it."""
        there = self.lists.setdefault(name, [])
        if value and value not in there:
            there.append(value)


def card_of(lines: Sequence[Line]) -> Card:
    """Return what the lines of a card say."""
    found = _Found()
    for line in sorted(lines, key=_preference):
        read = READERS.get(line.name)
        if read is not None:
            given = parameters(line)
            read(found, line._replace(value=plain_of(line, given)), given)
    given_fields = found.fields | {name: tuple(each) for name, each in found.lists.items()}
    name = given_fields.pop("name", "") or name_in(given_fields)
    return Card(
        content=ContactContent(name=name, **given_fields),
        uid=found.uid,
        photo=found.photo or b"",
        has_bad_photo=found.photo is None,
        has_bad_day=found.has_bad_day,
        is_group=found.is_group,
    )


def _preference(line: Line) -> int:
    """Return how far in front a line stands: ``PREF=1`` of version 4, a bare ``pref`` before it."""
    if "pref" not in line.parameters.casefold():
        return NOT_PREFERRED
    place = parameters(line).get("PREF", "")[:3]
    if place.isdecimal():
        return int(place)
    return 1 if "PREF" in kinds_of(line) else NOT_PREFERRED


Read = Callable[[_Found, Line, Mapping[str, str]], None]


def _text(name: str) -> Read:
    return lambda found, line, _: found.say(name, text_of(line.value).strip())


def _list(name: str) -> Read:
    return lambda found, line, _: found.also(name, text_of(line.value).strip())


def _tags(found: _Found, line: Line, _: Mapping[str, str]) -> None:
    for word in words_of(line.value):
        if word.casefold() not in EVERYBODYS:
            found.also("tags", word)


def _day(name: str) -> Read:
    def read(found: _Found, line: Line, given: Mapping[str, str]) -> None:
        value = line.value.strip()
        day = day_in(value)
        if value and day is None and given.get("VALUE", "").casefold() != "text":
            found.has_bad_day = True
        elif day is not None and given.get("X-APPLE-OMIT-YEAR") == str(day.year):
            day = date(1604, day.month, day.day)
        found.say(name, day)

    return read


def _day_by_label(found: _Found, line: Line, given: Mapping[str, str]) -> None:
    """Read a day of Apple's and Google's, of which a label beside it says what it is."""
    if "ANNIVERSARY" in kinds_of(line):
        _day("anniversary")(found, line, given)


def _structured_name(found: _Found, line: Line, _: Mapping[str, str]) -> None:
    names = ("family_name", "given_name", "middle_name", "title", "suffix")
    for name, value in zip(names, fields_of(line.value), strict=False):
        found.say(name, value)


def _organisation(found: _Found, line: Line, _: Mapping[str, str]) -> None:
    company, *units = fields_of(line.value)
    found.say("company", company)
    found.say("department", ", ".join(filter(None, units)))


def _email(found: _Found, line: Line, _: Mapping[str, str]) -> None:
    found.also("emails", text_of(line.value).strip().removeprefix("mailto:"))


def _phone(found: _Found, line: Line, _: Mapping[str, str]) -> None:
    number = text_of(line.value).strip()
    number = number[4:] if number[:4].casefold() == "tel:" else number
    kinds = kinds_of(line)
    kind = next((kind for word, kind in KINDS if word in kinds), PhoneKind.OTHER)
    found.also("phones", Phone(kind, number) if number else None)


def _address(found: _Found, line: Line, _: Mapping[str, str]) -> None:
    box, more, street, city, region, code, country = (*fields_of(line.value), *[""] * 7)[:7]
    street = "\n".join(filter(None, (street, more, box)))
    address = Address(street=street, city=city, region=region, postal_code=code, country=country)
    kinds = kinds_of(line)
    name = "business_address" if "WORK" in kinds else "home_address" if "HOME" in kinds else OTHER
    if address != Address():
        found.say(OTHER if name in found.fields else name, address)


def _page(found: _Found, line: Line, _: Mapping[str, str]) -> None:
    """Read a page of the web; the first is the website, unless it is of a social network."""
    url = text_of(line.value).strip()
    is_page = url.casefold().startswith(("http://", "https://"))
    if line.name == "URL" and "website" not in found.fields:
        found.say("website", url)
    elif is_page:
        found.also("links", url)


def _related(found: _Found, line: Line, _: Mapping[str, str]) -> None:
    kinds, name = kinds_of(line), text_of(line.value).strip()
    if name.casefold().startswith(("urn:", "http:", "https:")):
        return  # leads to another card
    if "CHILD" in kinds:
        found.also("children", name)
    for word, field_name in PEOPLE.items():
        if word in kinds:
            found.say(field_name, name)


def _photo(found: _Found, line: Line, _: Mapping[str, str]) -> None:
    if not found.photo:
        found.photo = photo_in(line)


def _uid(found: _Found, line: Line, _: Mapping[str, str]) -> None:
    found.uid = text_of(line.value).strip()[:500]


def _kind(found: _Found, line: Line, _: Mapping[str, str]) -> None:
    found.is_group = line.value.strip().casefold() == "group"


READERS: Mapping[str, Read] = {
    "FN": _text("name"),
    "N": _structured_name,
    "NICKNAME": _text("nickname"),
    "X-INITIALS": _text("initials"),
    "ORG": _organisation,
    "TITLE": _text("job"),
    "ROLE": _text("profession"),
    "EMAIL": _email,
    "TEL": _phone,
    "ADR": _address,
    "URL": _page,
    "X-SOCIALPROFILE": _page,
    "SOCIALPROFILE": _page,
    "IMPP": _list("chats"),
    "X-IM": _list("chats"),
    "X-SKYPE": _list("chats"),
    "X-SKYPE-USERNAME": _list("chats"),
    "X-JABBER": _list("chats"),
    "BDAY": _day("birthday"),
    "ANNIVERSARY": _day("anniversary"),
    "X-ANNIVERSARY": _day("anniversary"),
    "X-MS-ANNIVERSARY": _day("anniversary"),
    "X-EVOLUTION-ANNIVERSARY": _day("anniversary"),
    "X-ABDATE": _day_by_label,
    "NOTE": _text("notes"),
    "CATEGORIES": _tags,
    "X-GROUP": _list("groups"),
    "PHOTO": _photo,
    "UID": _uid,
    "KIND": _kind,
    "X-ADDRESSBOOKSERVER-KIND": _kind,
    "RELATED": _related,
    "X-ABRELATEDNAMES": _related,
    "X-SPOUSE": _text("spouse"),
    "X-MS-SPOUSE": _text("spouse"),
    "X-ASSISTANT": _text("assistant"),
    "X-MS-ASSISTANT": _text("assistant"),
    "X-MANAGER": _text("manager"),
    "X-MS-MANAGER": _text("manager"),
    "X-OFFICE": _text("office"),
    "X-PHONETIC-FIRST-NAME": _text("phonetic_given_name"),
    "X-PHONETIC-LAST-NAME": _text("phonetic_family_name"),
    "X-PHONETIC-ORG": _text("phonetic_company"),
}
"""What each line means; a line of another name says nothing to us."""
