"""What else a contact's card leads to: its company, its picture, one's own notes."""

from __future__ import annotations

from collections.abc import Sequence

from cards.buttons import press
from cards.contacts.contact_actions import (
    ContactCompany,
    ContactDetails,
    ContactMergeWith,
    ContactNotesSave,
    ContactPhotoDrop,
    ContactPhotoFetch,
    PhotoFor,
    PhotoGive,
)
from cards.contacts.contact_choices import contact_field
from cards.contacts.contact_facts import contact_facts
from cards.elements import Card, Element, card, words
from cards.face import person_line
from cards.form import Form, Mode
from cards.parts import fold, heading, note, quoting, section, small
from cards.viewer import Reader
from cards.wording import count, say
from services.model.books import Book
from services.model.contact_lists import ListShape
from services.model.contacts import Contact, ContactContent
from services.model.errors import Problem

__all__ = [
    "company_card",
    "merge_question",
    "notes_form",
    "photo_form",
    "picture_card",
]

MOST = 20
NOTE, ADDRESS = 5_000, 2_000


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


STAYS = (
    "Where this list is linked with Outlook, a picture that you take away here stays in Outlook."
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
        body.append(small(say(language, STAYS), spacing="medium"))
        drop = ContactPhotoDrop(contact.book, contact.id)
        buttons.append(press(drop, say(language, "Take it away"), grave=True))
    buttons.append(_back(contact, language))
    return card(body, buttons, language=language, fallback=title)


def picture_card(token: str, found: Sequence[Contact], reader: Reader) -> Card:
    """Return the question whose picture it is that was sent.

    Args:
        token: leads to the picture.
        found: who goes by the name that the file bears.
        reader: who sent it.
    """
    language = reader.language
    title = say(language, "Whose picture is this?")
    body: list[Element] = [heading(title)]
    body += [_line(each, PhotoGive(each.book, each.id, token)) for each in found]
    body.append(contact_field(language))
    give = press(PhotoFor(token), say(language, "It is theirs"), main=True, form=True)
    return card(body, [give], language=language, fallback=title)


def merge_question(contact: Contact, book: Book, reader: Reader) -> Card:
    """Return the question who is the same person as a contact."""
    language = reader.language
    title = say(language, "Who is the same person?")
    body: list[Element] = [
        heading(title),
        words(fold(contact.content.name, 200), weight="bolder"),
        contact_field(language, book.id),
    ]
    look = ContactMergeWith(contact.book, contact.id)
    buttons: list[Element] = [
        press(look, say(language, "Compare them"), main=True, form=True),
        _back(contact, language),
    ]
    return card(body, buttons, language=language, fallback=title)


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
    beside = " · ".join(part for part in (content.job, content.department) if part)
    beside = beside or next(iter(content.emails), "")
    return person_line(content.name, fold(beside, 120), action)


def _back(contact: Contact, language: str) -> Element:
    return press(ContactDetails(contact.book, contact.id), say(language, "Back"))
