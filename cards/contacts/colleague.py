"""Somebody from the organisation's directory: as a card, as a line of results, and the way there.

They are nobody's contact, so nothing can be edited, and the card says where it comes from.
"""

from __future__ import annotations

from collections.abc import Sequence

from cards.action import Action
from cards.buttons import call, link, mail, press
from cards.contacts.contact_list_actions import ColleagueShow, ContactsShow
from cards.elements import Card, Column, ColumnSet, Element, card, words
from cards.face import face, initials, person_line
from cards.parts import fact, fold, heading, section, small, subheading
from cards.preview import Attachment, thumbnail
from cards.viewer import Reader
from cards.views.find_actions import FindShow
from cards.wording import say
from services.model.directory import Colleague

__all__ = [
    "colleague_card",
    "colleague_lines",
    "colleague_preview",
    "connect_directory_card",
]


def colleague_card(colleague: Colleague, reader: Reader, *, back: Action | None = None) -> Card:
    """Return what the directory says of somebody; ``back`` leads to where it was opened."""
    language, name = reader.language, fold(colleague.name, 200)
    head: list[Element] = [
        small(say(language, "From your organisation")),
        words(name, size="large", weight="bolder", spacing="none"),
    ]
    beside = " · ".join(part for part in (colleague.job, colleague.office) if part)
    if beside:
        head.append(small(fold(beside, 200)))
    facts: list[Element] = []
    if colleague.email:
        facts.append(fact(say(language, "E-mail"), colleague.email))
    if colleague.phones:
        facts.append(fact(say(language, "Phone"), *colleague.phones))
    body = [
        ColumnSet(columns=[face(colleague.name, ""), Column(items=head, width="stretch")]),
        *section(facts),
    ]
    buttons = [
        *([mail(colleague.email, say(language, "E-mail"))] if colleague.email else []),
        *(call(number, say(language, "Call")) for number in colleague.phones[:1]),
        *([press(back, say(language, "Back"))] if back else []),
    ]
    return card(body, [one for one in buttons if one], language=language, fallback=name)


def colleague_lines(
    colleagues: Sequence[Colleague], back: ContactsShow | FindShow, language: str
) -> list[Element]:
    """Return colleagues as the end of a list, under a heading that says where they are from."""
    if not colleagues:
        return []
    return [
        subheading(say(language, "From your organisation")),
        *(_line(one, back) for one in colleagues),
    ]


def _line(colleague: Colleague, back: ContactsShow | FindShow) -> Element:
    show = ColleagueShow(colleague.name, colleague.email, back)
    return person_line(colleague.name, fold(colleague.job or colleague.email, 120), show)


def colleague_preview(colleague: Colleague, reader: Reader) -> Attachment:
    """Return the line that stands for somebody, marked as the directory's."""
    where = say(reader.language, "Directory")
    parts = [where, colleague.job or colleague.email]
    title = f"{initials(colleague.name)} · {colleague.name}"
    return thumbnail(title, " · ".join(part for part in parts if part))


def connect_directory_card(url: str, reader: Reader) -> Card:
    """Return the way to approve that the organisation's people are found, too."""
    language = reader.language
    title = say(language, "Find the people of your organisation, too")
    why = say(
        language,
        "Microsoft asks you once more, to let Almanac look up names, jobs, addresses and numbers "
        "of your colleagues when you search. Nothing of it is kept.",
    )
    approve = link(url, say(language, "Sign in to Microsoft"), own=True)
    body = [heading(title), words(why)]
    return card(body, [approve] if approve else [], language=language, fallback=title)
