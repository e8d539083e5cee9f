"""Who is in a contact list twice: the pairs, two beside each other, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from cards.buttons import press, tap
from cards.contacts.contact import initials, position
from cards.contacts.contact_actions import ContactDetails
from cards.contacts.contact_facts import day_of
from cards.contacts.contact_file_actions import (
    DuplicateApart,
    DuplicateLook,
    DuplicateMerge,
    DuplicatesShow,
    DuplicateUndo,
)
from cards.contacts.contact_history import DETAILS, LABELS
from cards.elements import Card, Choice, ChoiceSet, Column, ColumnSet, Element, card, words
from cards.parts import fold, heading, note, quoting, section, small
from cards.text import clean
from cards.viewer import Reader
from cards.wording import count, say
from services.model.books import Book
from services.model.contacts import Address, Contact, ContactContent

__all__ = [
    "MOST",
    "apart_card",
    "chosen_content",
    "duplicates_card",
    "merge_card",
    "merged_card",
]

MOST = 12
"""Pairs that a card shows."""
ONE, OTHER = "one", "other"
INPUT = "take_{name}"
_LONGEST = 120
CHOICE = 32
_EMPTY = ContactContent(name="")
CHOSEN = (
    *("name", "company", "job", "department", "website", "birthday", "anniversary"),
    *("business_address", "home_address", "other_address", "owner", "photo"),
    *("title", "given_name", "middle_name", "family_name", "suffix", "initials", "nickname"),
    *("phonetic_given_name", "phonetic_family_name", "phonetic_company", "office"),
    *("profession", "manager", "assistant", "spouse"),
)
"""Fields of which one holds one thing: where two differ, somebody chooses."""
DETAIL_NAMES = {
    "title": "Title before the name",
    "given_name": "Given name",
    "middle_name": "Middle name",
    "family_name": "Family name",
    "suffix": "Suffix",
    "initials": "Initials",
    "nickname": "Nickname",
    "phonetic_given_name": "Given name as it sounds",
    "phonetic_family_name": "Family name as it sounds",
    "phonetic_company": "Company as it sounds",
    "office": "Office",
    "profession": "Profession",
    "manager": "Manager",
    "assistant": "Assistant",
    "spouse": "Spouse",
}


def duplicates_card(
    book: Book,
    pairs: Sequence[tuple[Contact, Contact]],
    total: int,
    reader: Reader,
    *,
    said: str = "",
) -> Card:
    """Return who is likely there twice, the likeliest first.

    Args:
        book: the list.
        pairs: the first of them.
        total: how many there are.
        reader: for whom.
        said: a sentence on top.
    """
    language = reader.language
    name = fold(book.name, 80) or say(language, "Contacts")
    title = say(language, "Duplicates in {name}", name=name)
    body: list[Element] = [quoting(title), *([note(said, "good")] if said else [])]
    if not pairs:
        body.append(words(say(language, "Nobody is here twice, as far as can be seen.")))
        return card(body, [], language=language, fallback=title)
    told = count(language, "One pair is likely the same.", "{n} pairs are likely the same.", total)
    body.append(words(told))
    body += [_line(book, *pair) for pair in pairs[:MOST]]
    if total > MOST:
        body.append(small(say(language, "These {n} come first.", n=MOST), spacing="medium"))
    return card(body, [], language=language, fallback=title)


def merge_card(book: Book, one: Contact, other: Contact, reader: Reader) -> Card:
    """Return two contacts, and a choice for each field in which they differ."""
    language = reader.language
    title = say(language, "Are these the same?")
    body: list[Element] = [
        heading(title),
        ColumnSet(
            columns=[
                Column(items=_told(one), width="stretch"),
                Column(items=_told(other), width="stretch"),
            ]
        ),
    ]
    choices = [
        _choice(name, one.content, other.content, language)
        for name in _differing(one.content, other.content)
    ]
    body += section([*choices]) if choices else []
    kept = "E-mails, phones, links, groups, tags and notes of both are kept."
    body.append(small(say(language, kept), spacing="medium"))
    ids = (book.id, one.id, other.id)
    buttons = [
        press(
            DuplicateMerge(*ids, one.etag, other.etag),
            say(language, "Merge"),
            main=True,
            form=bool(choices),
        ),
        press(DuplicateApart(*ids), say(language, "Not the same")),
        press(DuplicatesShow(book.id), say(language, "Back")),
    ]
    return card(body, buttons, language=language, fallback=title)


def merged_card(book: Book, kept: Contact, gone: Contact, reader: Reader) -> Card:
    """Return that two are one now, and the way back."""
    language = reader.language
    title = say(language, "Merged into “{name}”", name=fold(kept.content.name, 120))
    told = say(language, "“{name}” is in the recycle bin.", name=fold(gone.content.name, 120))
    buttons = [
        press(DuplicatesShow(book.id), say(language, "Next"), main=True),
        press(DuplicateUndo(book.id, kept.id, gone.id, kept.revision), say(language, "Undo")),
        press(ContactDetails(book.id, kept.id), say(language, "Show")),
    ]
    return card([quoting(title), words(told)], buttons, language=language, fallback=title)


def apart_card(book: Book, reader: Reader) -> Card:
    """Return that a merge was taken back."""
    language = reader.language
    title = say(language, "They are two again.")
    back = press(DuplicatesShow(book.id), say(language, "Back"))
    return card([heading(title)], [back], language=language, fallback=title)


def chosen_content(
    joined: ContactContent, one: ContactContent, other: ContactContent, data: Mapping[str, Any]
) -> ContactContent:
    """Return what two contacts say together, with what was chosen where they differ.

    Args:
        joined: both together, where the first has its way.
        one: the first.
        other: the second.
        data: what was submitted.
    """
    taken = {
        name: getattr(other, name)
        for name in _differing(one, other)
        if data.get(INPUT.format(name=name)) == OTHER
    }
    return replace(joined, **taken)


def _differing(one: ContactContent, other: ContactContent) -> list[str]:
    """Return the fields in which both say something, and not the same."""
    found = []
    for name in CHOSEN:
        said = {getattr(one, name), getattr(other, name)}
        if len(said) == 2 and getattr(_EMPTY, name) not in said:
            found.append(name)
    return found


def _choice(name: str, one: ContactContent, other: ContactContent, language: str) -> Element:
    label = DETAIL_NAMES.get(name) or LABELS.get(name, DETAILS)
    return ChoiceSet(
        id=INPUT.format(name=name),
        label=say(language, label),
        choices=[
            Choice(title=_shown(name, getattr(one, name), language, 1), value=ONE),
            Choice(title=_shown(name, getattr(other, name), language, 2), value=OTHER),
        ],
        value=ONE,
        style="compact",
    )


def _shown(name: str, value: Any, language: str, number: int) -> str:
    """Return a value in a line; of a picture, whose it is."""
    if name == "photo":
        return say(language, "The first one's" if number == 1 else "The second one's")
    if name in ("birthday", "anniversary"):
        return day_of(value, language)
    if isinstance(value, Address):
        parts = (value.street, value.postal_code, value.city, value.region, value.country)
        return _short(", ".join(part for part in parts if part))
    return _short(value.name if name == "owner" else value)


def _short(text: str) -> str:
    """Return what a list of choices has room for on a phone."""
    return clean(fold(" ".join(text.split()), CHOICE))


def _told(contact: Contact) -> list[Element]:
    content = contact.content
    lines: list[Element] = [words(fold(content.name, _LONGEST), weight="bolder")]
    ways = [*content.emails[:3], *(phone.number for phone in content.phones[:3])]
    for text in (position(content), *ways):
        if text:
            lines.append(small(fold(text, _LONGEST), spacing="none"))
    if content.notes:
        lines.append(small(fold(" ".join(content.notes.split()), _LONGEST), spacing="small"))
    return lines


def _line(book: Book, one: Contact, other: Contact) -> Element:
    names = [fold(each.content.name, 80) for each in (one, other)]
    sides = [
        Column(
            items=[
                words(name, weight="bolder"),
                small(fold(_beside(each.content), 80), spacing="none"),
            ],
            width="stretch",
        )
        for name, each in zip(names, (one, other), strict=True)
    ]
    letters = words(initials(names[0]), weight="bolder", color="accent", align="center")
    return ColumnSet(
        columns=[Column(items=[letters], width="36px", vertical="center"), *sides],
        spacing="small",
        min_height="24px",
        action=tap(DuplicateLook(book.id, one.id, other.id), " / ".join(names)),
    )


def _beside(content: ContactContent) -> str:
    numbers = (phone.number for phone in content.phones)
    return position(content) or next(iter((*content.emails, *numbers)), "\N{EN DASH}")
