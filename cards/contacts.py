"""Several contacts as a list: the answer to ``contacts Ines`` in a chat."""

from __future__ import annotations

from collections.abc import Sequence

from cards.actions import ContactDetails, ContactNew
from cards.buttons import press, tap
from cards.contact import initials, position
from cards.elements import Card, Column, ColumnSet, Element, card, words
from cards.parts import fold, heading, small
from cards.viewer import Reader
from cards.wording import count, say
from services.model.contacts import Contact

__all__ = ["MOST", "contacts_card"]

MOST = 20


def contacts_card(found: Sequence[Contact], text: str, reader: Reader) -> Card:
    """Return the first contacts of what was found for ``text``; empty = all were asked for."""
    language = reader.language
    title = (
        count(language, "One contact", "{n} contacts", len(found))
        if found
        else say(language, "No contact was found.")
    )
    body: list[Element] = [heading(title)]
    if text:
        body.append(small(say(language, "for “{text}”", text=fold(text, 60))))
    body += [_line(contact) for contact in found[:MOST]]
    if len(found) > MOST:
        more = say(language, "Only the first {n} are shown: write more letters.", n=MOST)
        body.append(small(more, spacing="medium"))
    buttons = [press(ContactNew(), say(language, "New contact"))]
    return card(body, buttons, language=language, fallback=title)


def _line(contact: Contact) -> Element:
    content = contact.content
    name = fold(content.name, 120)
    lines: list[Element] = [words(name, weight="bolder")]
    beside = position(content) or next(iter(content.emails), "")
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
        action=tap(ContactDetails(contact.book, contact.id), name),
    )
