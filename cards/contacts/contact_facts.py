"""What a card tells of a contact: how it is reached, where it is, and what else is known.

Each address, number and page is itself the link that uses it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple
from datetime import date

from babel.dates import format_skeleton

from cards.buttons import call, link, mail
from cards.elements import Element, RichTextBlock, TextRun, words
from cards.parts import fact, fact_of, fold, small
from cards.text import clean
from cards.viewer import Reader
from cards.when import locale_of, moment
from cards.wording import say
from services.model.celebrations import SOME_YEAR
from services.model.contact_lists import FieldKind, ListShape
from services.model.contacts import Address, Contact, ContactContent, PhoneKind
from services.model.web_links import link_name, map_of, web_link

__all__ = ["PHONES", "contact_facts", "contact_traces", "day_of"]

PHONES = {
    PhoneKind.BUSINESS: "Work phone",
    PhoneKind.MOBILE: "Mobile",
    PhoneKind.HOME: "Home phone",
    PhoneKind.FAX: "Fax",
    PhoneKind.OTHER: "Other phone",
}
PLACES = {
    "business_address": "Work address",
    "home_address": "Home address",
    "other_address": "Other address",
}
MOST = 10
"""Of what a mailbox may hold any number of."""


def contact_facts(content: ContactContent, shape: ListShape, language: str) -> list[Element]:
    """Return the facts of a contact, each under its name."""
    return [
        *_reached(content, language),
        *_placed(content, language),
        *_known(content, language),
        *_own(content, shape, language),
    ]


def contact_traces(contact: Contact, reader: Reader) -> list[Element]:
    """Return who made a contact, who touched it last where that was later, and its id."""
    language = reader.language
    made = say(
        language,
        "Created by {name}, {when}",
        name=contact.created_by.name or say(language, "Somebody"),
        when=moment(contact.created_at, reader),
    )
    lines = [small(made)]
    if contact.updated_at != contact.created_at:
        changed = say(
            language,
            "Changed by {name}, {when}",
            name=contact.updated_by.name or say(language, "Somebody"),
            when=moment(contact.updated_at, reader),
        )
        lines.append(small(changed))
    return [*lines, small(say(language, "Number of the contact: {id}", id=contact.id))]


def day_of(day: date, language: str) -> str:
    """Return a birthday; without its year, where nobody knows that."""
    skeleton = "yMMMd" if day.year != SOME_YEAR else "MMMd"
    return format_skeleton(skeleton, day, locale=locale_of(language))


def _reached(content: ContactContent, language: str) -> Iterator[Element]:
    if content.emails:
        emails = [_linked(each, mail(each, clean(each))) for each in content.emails[:MOST]]
        yield fact_of(say(language, "E-mail"), *emails)
    for kind, label in PHONES.items():
        numbers = [phone.number for phone in content.phones if phone.kind is kind][:MOST]
        lines = [_linked(each, call(each, clean(fold(each, 60)))) for each in numbers]
        if lines:
            yield fact_of(say(language, label), *lines)
    if content.chats:
        yield fact(say(language, "Chat address"), *content.chats[:MOST])
    pages = [each for each in (content.website, *content.links[:MOST]) if each]
    if pages:
        yield fact_of(say(language, "Web"), *map(_page, pages))


def _placed(content: ContactContent, language: str) -> Iterator[Element]:
    for field, label in PLACES.items():
        address: Address = getattr(content, field)
        lines = _lines(address)
        if lines:
            way = link(map_of(", ".join(lines)), say(language, "Map"))
            told = [words(line, spacing="none") for line in lines]
            to_map = [_linked(say(language, "Map"), way)] if way else []
            yield fact_of(say(language, label), *told, *to_map)


def _known(content: ContactContent, language: str) -> Iterator[Element]:
    spoken = " ".join(
        part for part in (content.phonetic_given_name, content.phonetic_family_name) if part
    )
    told = {
        say(language, "Department"): content.department,
        say(language, "Office"): content.office,
        say(language, "Profession"): content.profession,
        say(language, "Manager"): content.manager,
        say(language, "Assistant"): content.assistant,
        say(language, "Nickname"): content.nickname,
        say(language, "Spoken as"): spoken,
        say(language, "Partner"): content.spouse,
        say(language, "Children"): ", ".join(content.children[:MOST]),
        say(language, "Birthday"): _day(content.birthday, language),
        say(language, "Anniversary"): _day(content.anniversary, language),
        say(language, "Groups"): ", ".join(content.groups),
        say(language, "Tags"): " ".join(f"#{tag}" for tag in content.tags),
        say(language, "Owner"): content.owner.name if content.owner else "",
    }
    yield from (fact(label, fold(value, 300)) for label, value in told.items() if value)


def _own(content: ContactContent, shape: ListShape, language: str) -> Iterator[Element]:
    """Yield the fields of the list's own, in its order; one that it has no more is not shown."""
    values = {each.field: each.value for each in content.custom}
    for field in shape.fields:
        value = values.get(field.id, "")
        if value:
            if field.kind is FieldKind.DATE:
                value = day_of(date.fromisoformat(value), language)
            shown = words(fold(value, 300), spacing="none")
            label = clean(fold(field.name, 60))
            yield fact_of(label, _page(value) if field.kind is FieldKind.LINK else shown)


def _day(day: date | None, language: str) -> str:
    return day_of(day, language) if day else ""


def _lines(address: Address) -> list[str]:
    street, city, region, postal_code, country = astuple(address)
    parts = [*street.split("\n"), f"{postal_code} {city}".strip(), region, country]
    return [fold(part, 120) for part in parts if part.strip()]


def _page(url: str) -> Element:
    """Return a page by what it is; one that Teams would not follow by its address."""
    whole = web_link(url)
    to_page = link(whole, clean(link_name(whole))) if whole else None
    return _linked(fold(url, 120) if to_page is None else link_name(whole or url), to_page)


def _linked(text: str, action: Element | None) -> Element:
    if action is None:
        return words(text, spacing="none")
    run = TextRun(text=clean(fold(text, 120)), color="accent", action=action)
    return RichTextBlock(inlines=[run], spacing="none")
