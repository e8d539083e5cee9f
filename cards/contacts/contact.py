"""A contact as a card, as a question before it goes, and as a line of search results."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from cards.action import Action
from cards.buttons import call, link, mail, press, window
from cards.contacts.contact_actions import (
    ContactCompany,
    ContactCopy,
    ContactDelete,
    ContactDeleteYes,
    ContactDetails,
    ContactEdit,
    ContactFile,
    ContactHistory,
    ContactMeet,
    ContactMerge,
    ContactNotes,
    ContactPhoto,
    ContactPost,
)
from cards.contacts.contact_facts import contact_facts, contact_traces
from cards.elements import ActionSet, Card, Column, ColumnSet, Element, OpenUrl, card, words
from cards.events.description import description
from cards.face import face, initials
from cards.folding import Part, folded
from cards.parts import fold, heading, note, section, small
from cards.preview import thumbnail
from cards.viewer import Reader
from cards.wording import say
from services.model.books import Book
from services.model.contacts import Contact, ContactContent

__all__ = [
    "NOWHERE",
    "Addresses",
    "contact_card",
    "contact_delete_question",
    "contact_deleted",
    "contact_preview",
    "initials",
    "position",
]

SHARE = "https://teams.microsoft.com/share?href="
CHAT = "https://teams.microsoft.com/l/chat/0/0?users="
"""https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/share-to-teams-overview
and deep-link-teams."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a browser finds what belongs to a contact; empty = nowhere."""

    photo: str = ""
    page: str = ""
    """Leads back into Teams, and becomes this card in a message there."""


NOWHERE = Addresses()
MORE = "more_of_it"
"""The id of what is folded away."""


def contact_card(
    contact: Contact,
    book: Book,
    reader: Reader,
    *,
    said: str = "",
    at: Addresses = NOWHERE,
    back: Action | None = None,
) -> Card:
    """Return all there is to know of a contact.

    Args:
        contact: the contact.
        book: its list.
        reader: for whom.
        said: a sentence on top, such as "Saved.".
        at: where its picture and its page are.
        back: the list that it was opened from.
    """
    language, content = reader.language, contact.content
    body = [
        *([note(said, "good")] if said else []),
        _head(content, book, reader, at.photo),
        *section(contact_facts(content, book.shape, language)),
        *section(description(content.notes)),
        *section(contact_traces(contact, reader)),
        *_further(contact, book, reader, at, back),
    ]
    buttons = [*_reach(contact, language), *_change(contact, book, reader, back)]
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


def position(content: ContactContent) -> str:
    """Return what somebody does, and where."""
    return " · ".join(part for part in (content.job, content.company) if part)


def _head(content: ContactContent, book: Book, reader: Reader, photo: str = "") -> Element:
    lines: list[Element] = [
        small(book.name or say(reader.language, "Contacts")),
        words(fold(content.name, 200), size="large", weight="bolder", spacing="none"),
    ]
    named = (content.title, content.given_name, content.middle_name, content.family_name)
    whole = " ".join(part for part in (*named, content.suffix) if part)
    if whole and whole != content.name:
        lines.append(small(fold(whole, 300)))
    what = position(content)
    if what:
        lines.append(words(fold(what, 300), spacing="none"))
    beside = Column(items=lines, width="stretch", vertical="center")
    return ColumnSet(columns=[face(content.name, photo), beside])


def _reach(contact: Contact, language: str) -> list[Element]:
    """Return the buttons that write, call or meet; one each, the first of several."""
    content = contact.content
    calls = (call(phone.number, say(language, "Call")) for phone in content.phones)
    first = content.emails[:1]
    chats = (link(f"{CHAT}{quote(each, safe='@')}", say(language, "Chat")) for each in first)
    return [
        *(mail(address, say(language, "E-mail")) for address in first),
        *[button for button in calls if button is not None][:1],
        *[button for button in chats if button is not None],
        press(ContactMeet(contact.book, contact.id), say(language, "Schedule")),
    ]


def _change(contact: Contact, book: Book, reader: Reader, back: Action | None) -> list[Element]:
    """Return what changes it; the way back takes the place of one of six."""
    language = reader.language
    last: list[Element] = [press(back, say(language, "Back"))] if back else []
    if not _changeable(contact, book, reader):
        return last
    edit = press(ContactEdit(contact.book, contact.id), say(language, "Edit"))
    return [edit, *(last or [_delete(contact, language)])]


def _delete(contact: Contact, language: str) -> Element:
    return press(ContactDelete(contact.book, contact.id), say(language, "Delete"))


def _further(
    contact: Contact, book: Book, reader: Reader, at: Addresses, back: Action | None
) -> list[Element]:
    """Return what else can be done, behind one button: a card has room for six below it."""
    language, id = reader.language, contact.id
    notes = press(ContactNotes(contact.book, id), say(language, "My notes"))
    history = press(ContactHistory(contact.book, id), say(language, "History"))
    about: list[Element] = [notes, history]
    if contact.content.company:
        about.insert(0, press(ContactCompany(contact.book, id), say(language, "Company")))
    out: list[Element] = [
        *_share(at, language),
        press(ContactPost(contact.book, id), say(language, "Post here")),
        press(ContactFile(contact.book, id), say(language, "vCard")),
        press(ContactCopy(contact.book, id), say(language, "Copy")),
    ]
    if _changeable(contact, book, reader):
        about.append(press(ContactPhoto(contact.book, id), say(language, "Photo")))
        edit = ContactEdit(contact.book, id)
        out.append(window(edit, say(language, "Edit in a window")))
        about.append(press(ContactMerge(contact.book, id), say(language, "Merge")))
        out += [_delete(contact, language)] if back else []
    rows = [ActionSet(actions=about, spacing="small"), ActionSet(actions=out, spacing="small")]
    return folded([Part(MORE, say(language, "More"), rows)])


def _share(at: Addresses, language: str) -> list[OpenUrl]:
    """Return what hands the contact's page to another chat or channel; Teams asks which."""
    button = link(f"{SHARE}{quote(at.page, safe='')}", say(language, "Share"))
    return [button] if button is not None and at.page else []


def _changeable(contact: Contact, book: Book, reader: Reader) -> bool:
    return not book.archived and reader.may_change(contact.created_by)


def _in_short(content: ContactContent) -> str:
    return ", ".join(part for part in (content.name, content.job, content.company) if part)
