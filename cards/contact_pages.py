"""What else a contact's card leads to: its company, its picture, one's own notes."""

from __future__ import annotations

from collections.abc import Sequence

from cards.buttons import press, tap
from cards.contact_actions import (
    ContactCompany,
    ContactDetails,
    ContactNotesSave,
    ContactPhotoDrop,
    ContactPhotoFetch,
    PhotoFor,
    PhotoGive,
)
from cards.contact_facts import contact_facts
from cards.elements import Card, Column, ColumnSet, Element, card, words
from cards.face import initials
from cards.form import Form, Mode
from cards.parts import fold, heading, note, quoting, section, small
from cards.viewer import Reader
from cards.wording import count, say
from services.model.contact_lists import ListShape
from services.model.contacts import Contact, ContactContent
from services.model.errors import Problem

__all__ = [
    "company_card",
    "notes_form",
    "photo_form",
    "picture_card",
]

MOST = 20
NOTE, ADDRESS, NAME = 5_000, 2_000, 200


def company_card(company: str, people: Sequence[Contact], asked: Contact, reader: Reader) -> Card:
    """Return a company with its people.

    Args:
        company: its name.
        people: everybody who is of it, by name.
        asked: from whose card it was opened.
        reader: for whom.
    """
    language = reader.language
    body: list[Element] = [
        quoting(fold(company, 200)),
        small(count(language, "one contact", "{n} contacts", len(people))),
    ]
    body += section(_shared(people, language))
    for person in people[:MOST]:
        back = ContactCompany(asked.book, asked.id)
        body.append(_line(person, ContactDetails(person.book, person.id, back)))
    if len(people) > MOST:
        body.append(small(say(language, "Only the first {n} are shown.", n=MOST)))
    return card(body, [_back(asked, language)], language=language, fallback=fold(company, 200))


def notes_form(
    contact: Contact,
    text: str,
    reader: Reader,
    *,
    problems: Sequence[Problem] = (),
    mode: Mode = Mode.CHAT,
) -> Card:
    """Return the form of somebody's own notes about a contact."""
    language = reader.language
    form = Form({"my_note": text}, problems, language)
    hint = say(language, "**bold**, _italics_, - a list, [a link](https://…)")
    inputs: list[Element] = [
        words(fold(contact.content.name, 200), weight="bolder"),
        small(say(language, "Only you see what you write here.")),
        *form.line("my_note", say(language, "My notes"), most=NOTE, lines=True, hint=hint),
    ]
    return form.drawn(
        say(language, "My notes"),
        inputs,
        save=ContactNotesSave(contact.book, contact.id),
        button=say(language, "Save"),
        cancel=ContactDetails(contact.book, contact.id),
        mode=mode,
    )


def photo_form(
    contact: Contact, reader: Reader, *, url: str = "", said: str = "", is_personal: bool
) -> Card:
    """Return how a picture comes in.

    Args:
        contact: whose.
        reader: who brings it.
        url: what was typed.
        said: what was wrong with it.
        is_personal: in their own chat, where files can be sent.
    """
    language, content = reader.language, contact.content
    form = Form({"photo_url": url}, (), language)
    way = say(language, "Send the picture here as a file, or give its address.")
    if not is_personal:
        way = say(language, "Give its address, or send it as a file in your own chat with me.")
    title = say(language, "Photo of {name}", name=fold(content.name, 100))
    body: list[Element] = [
        quoting(title),
        *([note(said, "attention")] if said else []),
        words(way),
        *form.line("photo_url", say(language, "Address"), most=ADDRESS, hint="https://…"),
    ]
    fetch = ContactPhotoFetch(contact.book, contact.id)
    buttons: list[Element] = [press(fetch, say(language, "Fetch it"), main=True, form=True)]
    if content.photo:
        drop = ContactPhotoDrop(contact.book, contact.id)
        buttons.append(press(drop, say(language, "Take it away"), grave=True))
    buttons.append(_back(contact, language))
    return card(body, buttons, language=language, fallback=title)


def picture_card(token: str, typed: str, found: Sequence[Contact] | None, reader: Reader) -> Card:
    """Return the question whose picture it is that was sent.

    Args:
        token: leads to the picture.
        typed: the name that was looked for, or that the file bears.
        found: who goes by that; ``None`` = nobody has looked yet.
        reader: who sent it.
    """
    language = reader.language
    form = Form({"whose": typed}, (), language)
    title = say(language, "Whose picture is this?")
    body: list[Element] = [heading(title)]
    if found is not None:
        nobody = say(language, "No contact was found.")
        body += [_line(each, PhotoGive(each.book, each.id, token)) for each in found]
        body += [] if found else [words(nobody)]
    body += form.line("whose", say(language, "Name"), most=NAME)
    look = press(PhotoFor(token), say(language, "Look them up"), main=True, form=True)
    return card(body, [look], language=language, fallback=title)


def _shared(people: Sequence[Contact], language: str) -> list[Element]:
    """Return where the company is, as far as its people say."""
    first = ContactContent(name="")
    websites = [each.content.website for each in people if each.content.website]
    places = [
        each.content.business_address
        for each in people
        if each.content.business_address != first.business_address
    ]
    known = ContactContent(
        name="",
        website=websites[0] if websites else "",
        business_address=places[0] if places else first.business_address,
    )
    return contact_facts(known, ListShape(), language)


def _line(contact: Contact, action: ContactDetails | PhotoGive) -> Element:
    content = contact.content
    name = fold(content.name, 120)
    lines: list[Element] = [words(name, weight="bolder")]
    beside = " · ".join(part for part in (content.job, content.department) if part)
    beside = beside or next(iter(content.emails), "")
    if beside:
        lines.append(small(fold(beside, 120)))
    letters = words(initials(content.name), weight="bolder", color="accent", align="center")
    return ColumnSet(
        columns=[
            Column(items=[letters], width="36px", vertical="center"),
            Column(items=lines, width="stretch", vertical="center"),
        ],
        spacing="small",
        min_height="24px",
        action=tap(action, name),
    )


def _back(contact: Contact, language: str) -> Element:
    return press(ContactDetails(contact.book, contact.id), say(language, "Back"))
