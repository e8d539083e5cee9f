"""One vCard becomes a contact: what each of its lines says, in our fields.

Pure; a line that cannot be understood says nothing, and those that are told of are counted in the
:class:`~services.formats.vcard_found.Card`. Types differ by version and program (``CELL``,
``type=cell,voice``, ``iPhone``): what is meant is looked for in all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from services.formats.contact_names import EVERYBODYS
from services.formats.content_lines import Line, parameters, text_of
from services.formats.vcard_found import Card, Found
from services.formats.vcard_values import (
    OWN,
    day_in,
    fields_of,
    kinds_of,
    photo_in,
    plain_of,
    words_of,
)
from services.model.contact_lists import FieldKind
from services.model.contacts import Address, Phone, PhoneKind

__all__ = ["LABEL", "card_of"]

LABEL = "X-ABLABEL"
"""What a line is called, which stands beside it in its group, and here among its parameters."""
KINDS = (
    ("FAX", PhoneKind.FAX),
    ("CELL", PhoneKind.MOBILE),
    ("IPHONE", PhoneKind.MOBILE),
    ("WORK", PhoneKind.BUSINESS),
    ("HOME", PhoneKind.HOME),
)
"""The first that a line has is taken: a fax at work is a fax."""
PEOPLE = {"SPOUSE": "spouse", "AGENT": "assistant", "MANAGER": "manager"}
CHATS = (
    *("IM", "SKYPE", "SKYPE-USERNAME", "JABBER", "AIM", "ICQ", "MSN", "YAHOO", "GOOGLE-TALK"),
    *("MS-IMADDRESS", "GROUPWISE", "KADDRESSBOOK-X-IMADDRESS"),
)
NOT_PREFERRED = 101
"""Behind all that version 4 counts, from 1 to 100."""


def card_of(lines: Sequence[Line], own: Mapping[str, FieldKind]) -> Card:
    """Return what the lines of a card say.

    Args:
        lines: those of one card, each without its group.
        own: the list's own fields, by their names in small letters.
    """
    found = Found(own)
    for line in sorted(lines, key=_preference):
        read = READERS.get(line.name)
        if read is None and line.name.startswith("X-") and own:
            read = _unknown
        if read is not None:
            given = parameters(line)
            read(found, line._replace(value=plain_of(line, given)), given)
    return found.card()


def _preference(line: Line) -> int:
    """Return how far in front a line stands: ``PREF=1`` of version 4, a bare ``pref`` before it."""
    if "pref" not in line.parameters.casefold():
        return NOT_PREFERRED
    place = parameters(line).get("PREF", "")[:3]
    if place.isdecimal():
        return int(place)
    return 1 if "PREF" in kinds_of(line) else NOT_PREFERRED


Read = Callable[[Found, Line, Mapping[str, str]], None]


def _text(name: str) -> Read:
    return lambda found, line, _: found.say(name, text_of(line.value).strip())


def _list(name: str) -> Read:
    return lambda found, line, _: found.also(name, text_of(line.value).strip())


def _tags(found: Found, line: Line, _: Mapping[str, str]) -> None:
    for word in words_of(line.value):
        if word.casefold() not in EVERYBODYS:
            found.also("tags", word)


def _day(name: str) -> Read:
    def read(found: Found, line: Line, given: Mapping[str, str]) -> None:
        value = text_of(line.value).strip()
        day = day_in(value)
        if value and day is None and given.get("VALUE", "").casefold() != "text":
            found.has_bad_day = True
        elif day is None:
            found.beside(name.capitalize(), value)  # circa 1800
        elif given.get("X-APPLE-OMIT-YEAR") == str(day.year):
            day = date(1604, day.month, day.day)
        found.say(name, day)

    return read


def _day_by_label(found: Found, line: Line, given: Mapping[str, str]) -> None:
    """Read a day of Apple's and Google's, of which a label beside it says what it is."""
    label, value = given.get(LABEL, ""), text_of(line.value).strip()
    day = day_in(value)
    if found.is_own(label, day.isoformat() if day else value, FieldKind.DATE):
        return
    if "ANNIVERSARY" in kinds_of(line):
        _day("anniversary")(found, line, given)
    else:
        found.beside(label or "Date", day.isoformat() if day and day.year > 1604 else value)


def _own(found: Found, line: Line, given: Mapping[str, str]) -> None:
    """Read a field of a list's own; where this list has none of that name, it is a note."""
    label, value = given.get(LABEL, ""), text_of(line.value).strip()
    if not found.is_own(label, value, *FieldKind):
        found.beside(label, value)


def _unknown(found: Found, line: Line, _: Mapping[str, str]) -> None:
    """Read what some program has invented, if the list has a field that is called so."""
    found.is_own(line.name[2:].replace("-", " "), text_of(line.value).strip(), *FieldKind)


def _beside(label: str) -> Read:
    return lambda found, line, _: found.beside(label, text_of(line.value))


def _note(found: Found, line: Line, _: Mapping[str, str]) -> None:
    if text := text_of(line.value).strip():
        found.notes.append(text)


def _structured_name(found: Found, line: Line, _: Mapping[str, str]) -> None:
    names = ("family_name", "given_name", "middle_name", "title", "suffix")
    for name, value in zip(names, fields_of(line.value), strict=False):
        found.say(name, value)


def _organisation(found: Found, line: Line, _: Mapping[str, str]) -> None:
    company, *units = fields_of(line.value)
    found.say("company", company)
    found.say("department", ", ".join(filter(None, units)))


def _email(found: Found, line: Line, _: Mapping[str, str]) -> None:
    found.also("emails", text_of(line.value).strip().removeprefix("mailto:"))


def _phone(found: Found, line: Line, _: Mapping[str, str]) -> None:
    number = text_of(line.value).strip()
    number = number[4:] if number[:4].casefold() == "tel:" else number
    kinds = kinds_of(line)
    kind = next((kind for word, kind in KINDS if word in kinds), PhoneKind.OTHER)
    found.also("phones", Phone(kind, number) if number else None)


def _address(found: Found, line: Line, given: Mapping[str, str]) -> None:
    box, more, street, city, region, code, country = (*fields_of(line.value), *[""] * 7)[:7]
    street = "\n".join(filter(None, (street, more, box)))
    address = Address(street=street, city=city, region=region, postal_code=code, country=country)
    found.place(kinds_of(line), address, given.get(LABEL, ""))


def _printed(found: Found, line: Line, _: Mapping[str, str]) -> None:
    found.print(kinds_of(line), text_of(line.value).strip())


def _page(found: Found, line: Line, given: Mapping[str, str]) -> None:
    """Read a page of the web; the first is the website, unless it is of a social network."""
    url, label = text_of(line.value).strip(), given.get(LABEL, "")
    is_page = url.casefold().startswith(("http://", "https://"))
    if line.name == "URL" and found.is_own(label, url, FieldKind.LINK):
        return
    if line.name == "URL" and "website" not in found.fields:
        found.say("website", url)
    elif is_page:
        found.also("links", url)
    elif url != found.fields.get("website"):
        kind = given.get("TYPE", "").replace("pref", "").strip(",").capitalize()
        found.beside(label or kind or "Web", given.get("X-USER", "") or url)


def _related(found: Found, line: Line, given: Mapping[str, str]) -> None:
    kinds, name = kinds_of(line), text_of(line.value).strip()
    if name.casefold().startswith(("urn:", "http:", "https:")):
        return  # leads to another card
    known = [field_name for word, field_name in PEOPLE.items() if word in kinds]
    for field_name in known:
        found.say(field_name, name)
    if "CHILD" in kinds:
        found.also("children", name)
    elif not known:
        said = given.get(LABEL) or ", ".join(sorted(kinds - {"PREF"})).capitalize()
        found.beside(said or "Related", name)


def _photo(found: Found, line: Line, _: Mapping[str, str]) -> None:
    if not found.photo:
        found.photo = photo_in(line)


def _uid(found: Found, line: Line, _: Mapping[str, str]) -> None:
    found.uid = text_of(line.value).strip()[:500]


def _kind(found: Found, line: Line, _: Mapping[str, str]) -> None:
    found.is_group = line.value.strip().casefold() == "group"


def _member(found: Found, line: Line, _: Mapping[str, str]) -> None:
    if uid := text_of(line.value).strip():
        found.members.append(uid)


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
    "LABEL": _printed,
    "URL": _page,
    "X-SOCIALPROFILE": _page,
    "SOCIALPROFILE": _page,
    "IMPP": _list("chats"),
    **{f"X-{name}": _list("chats") for name in CHATS},
    "BDAY": _day("birthday"),
    "ANNIVERSARY": _day("anniversary"),
    "X-ANNIVERSARY": _day("anniversary"),
    "X-MS-ANNIVERSARY": _day("anniversary"),
    "X-EVOLUTION-ANNIVERSARY": _day("anniversary"),
    "X-ABDATE": _day_by_label,
    "NOTE": _note,
    **{name: _beside(name.capitalize()) for name in ("HOBBY", "INTEREST", "EXPERTISE")},
    "BIRTHPLACE": _beside("Birthplace"),
    OWN: _own,
    "CATEGORIES": _tags,
    "X-GROUP": _list("groups"),
    "PHOTO": _photo,
    "UID": _uid,
    "KIND": _kind,
    "X-ADDRESSBOOKSERVER-KIND": _kind,
    "MEMBER": _member,
    "X-ADDRESSBOOKSERVER-MEMBER": _member,
    "RELATED": _related,
    "X-ABRELATEDNAMES": _related,
    **{
        f"X-{maker}{name.upper()}": _text(name)
        for maker in ("", "MS-", "EVOLUTION-")
        for name in ("spouse", "assistant", "manager")
    },
    "X-MANAGERSNAME": _text("manager"),
    "X-MAIDENNAME": _beside("Maiden name"),
    "X-OFFICE": _text("office"),
    "X-PHONETIC-FIRST-NAME": _text("phonetic_given_name"),
    "X-PHONETIC-LAST-NAME": _text("phonetic_family_name"),
    "X-PHONETIC-ORG": _text("phonetic_company"),
}
"""What each line means; a line of another name says nothing to us."""
