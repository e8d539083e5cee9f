"""A contact as a card, as a question before it goes, and as a line of search results.

Initials stand where others put a picture: they need no address on the web and no permission.
"""

from __future__ import annotations

import unicodedata

from cards.actions import ContactDelete, ContactDeleteYes, ContactDetails, ContactEdit
from cards.buttons import call, mail, press, window
from cards.elements import Card, Column, ColumnSet, Element, card, words
from cards.parts import block, fact, fold, heading, note, paragraphs, section, small
from cards.preview import thumbnail
from cards.viewer import Reader
from cards.wording import say
from services.model.books import Book
from services.model.contacts import Contact, ContactContent, PhoneKind

__all__ = [
    "contact_card",
    "contact_delete_question",
    "contact_deleted",
    "contact_preview",
    "initials",
    "position",
]

PHONES = {
    PhoneKind.BUSINESS: "Work phone",
    PhoneKind.MOBILE: "Mobile",
    PhoneKind.HOME: "Home phone",
    PhoneKind.FAX: "Fax",
    PhoneKind.OTHER: "Other phone",
}


def contact_card(contact: Contact, book: Book, reader: Reader, *, said: str = "") -> Card:
    """Return all there is to know of a contact; ``said`` is a sentence on top."""
    language, content = reader.language, contact.content
    body = [
        *([note(said, "good")] if said else []),
        _head(content, book, reader),
        *section(_facts(content, language)),
        *section(paragraphs(content.notes)),
    ]
    buttons = [*_reach(content, language), *_change(contact, book, reader)]
    return card(body, buttons, language=language, fallback=_in_short(content))


def contact_delete_question(contact: Contact, book: Book, reader: Reader) -> Card:
    """Return the question before a contact goes."""
    language = reader.language
    question = say(language, "Delete this contact?")
    yes = press(ContactDeleteYes(contact.book, contact.id), say(language, "Delete"), grave=True)
    no = press(ContactDetails(contact.book, contact.id), say(language, "Keep it"))
    body = [heading(question), _head(contact.content, book, reader)]
    return card(body, [yes, no], language=language, fallback=question)


def contact_deleted(contact: Contact, reader: Reader) -> Card:
    """Return what is left of a deleted contact."""
    language = reader.language
    sentence = say(language, "This contact was deleted.")
    name = words(
        fold(contact.content.name, 200), weight="bolder", strikethrough=True, spacing="small"
    )
    return card([name, note(sentence)], language=language, fallback=sentence)


def contact_preview(contact: Contact) -> dict[str, object]:
    """Return the line that stands for the contact in a list of results."""
    content = contact.content
    reach = [*content.emails[:1], *(phone.number for phone in content.phones[:1])]
    return thumbnail(
        f"{initials(content.name)} · {content.name}",
        position(content) or " · ".join(reach),
    )


def initials(name: str) -> str:
    """Return the first letters of the first and the last word of a name, ``?`` without any."""
    starts = [letter for word in name.split() if (letter := _first_letter(word))]
    return "".join(starts[:1] + starts[1:][-1:]) or "?"


def _first_letter(word: str) -> str:
    """Return the first letter or digit in upper case, so that "(Ines" is an I."""
    return next((sign.upper()[:1] for sign in word if unicodedata.category(sign)[0] in "LN"), "")


def _head(content: ContactContent, book: Book, reader: Reader) -> Element:
    lines: list[Element] = [
        small(book.name or say(reader.language, "Contacts")),
        words(fold(content.name, 200), size="large", weight="bolder", spacing="none"),
    ]
    what = position(content)
    if what:
        lines.append(words(fold(what, 300), spacing="none"))
    square = block("", initials(content.name), "")
    return ColumnSet(columns=[square, Column(items=lines, width="stretch", vertical="center")])


def _facts(content: ContactContent, language: str) -> list[Element]:
    facts: list[Element] = []
    if content.emails:
        facts.append(fact(say(language, "E-mail"), *content.emails))
    facts += [fact(say(language, PHONES[phone.kind]), phone.number) for phone in content.phones]
    if content.department:
        facts.append(fact(say(language, "Department"), content.department))
    return facts


def _reach(content: ContactContent, language: str) -> list[Element]:
    """Return the buttons that write or call; one each, the first of several."""
    calls = (call(phone.number, say(language, "Call")) for phone in content.phones)
    return [
        *(mail(address, say(language, "E-mail")) for address in content.emails[:1]),
        *[button for button in calls if button is not None][:1],
    ]


def _change(contact: Contact, book: Book, reader: Reader) -> list[Element]:
    if book.archived or not reader.may_change(contact.created_by):
        return []
    language, edit = reader.language, ContactEdit(contact.book, contact.id)
    return [
        press(edit, say(language, "Edit")),
        press(ContactDelete(contact.book, contact.id), say(language, "Delete")),
        window(edit, say(language, "Edit in a window")),
    ]


def position(content: ContactContent) -> str:
    """Return what somebody does, and where."""
    return " · ".join(part for part in (content.job, content.company) if part)


def _in_short(content: ContactContent) -> str:
    return ", ".join(part for part in (content.name, content.job, content.company) if part)
