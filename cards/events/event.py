"""An event as a card: short, or with all details.

Each builder takes the event and for whom the card is (:mod:`cards.viewer`). A calendar without a
name of its own is shown by the name of its home: the caller passes ``replace(book, name=…)``.
What is about to go, gone, or only proposed is drawn by :mod:`cards.events.event_questions`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cards.action import Action
from cards.buttons import link, link_column, press, window
from cards.elements import Card, ColumnSet, Element, card
from cards.events.answers import answer_buttons, answer_names
from cards.events.description import description
from cards.events.event_actions import (
    EventBack,
    EventDelete,
    EventDetails,
    EventEdit,
    Listed,
    SeriesDates,
)
from cards.events.event_face import head, in_short, whose_meeting, zone_guessed
from cards.events.event_facts import facts, history
from cards.events.transfer_actions import EventCopy, EventHistory, EventTransfer
from cards.files.file_actions import EventFile
from cards.parts import note, section
from cards.viewer import Reader
from cards.wording import say
from services.model.answers import Tally
from services.model.books import Book, Role
from services.model.errors import ReadOnlyReason
from services.model.events import Event, EventContent, Occurrence
from services.model.identity import Person

__all__ = ["event_card", "event_details"]

MOST_BUTTONS = 6
"""As many as are drawn, those of the menu included."""


def event_card(
    event: Event,
    book: Book,
    reader: Reader,
    *,
    occurrence: Occurrence | None = None,
    said: str = "",
    undo: Action | None = None,
    refresh_for: Sequence[str] = (),
    answers: Tally | None = None,
    me: Person | None = None,
    back: Listed | None = None,
) -> Card:
    """Return the event in short.

    Args:
        event: the event, or the whole series.
        book: the calendar it is in.
        reader: for whom.
        occurrence: the one of a series that is meant.
        said: a sentence on top, such as "Saved.".
        undo: what takes back that which was just done.
        refresh_for: on a post, the ``29:`` ids of those who get a view of their own.
        answers: who comes, where people are asked.
        me: whose own view it is: their own answer is marked.
        back: the list that it was opened from.
    """
    event, occurrence = _seen(event, occurrence, reader)
    content = _content(event, occurrence)
    face = [head(content, book, reader), *whose_meeting(event, reader)]
    body = [*_said(said), *face, *zone_guessed(event.content, reader)]
    original = _original(occurrence)
    if answers is not None and not _is_veiled(event):
        body.append(answer_buttons(event, answers, me, reader.language, original or "", back))
    details = EventDetails(event.book, event.id, original or "", back)
    buttons = [
        *([press(undo, say(reader.language, "Undo"))] if undo else []),
        *_change(event, original, book, reader, back),
        press(details, say(reader.language, "Details")),
        *([press(back, say(reader.language, "Back"))] if back else []),
        *([] if undo else _dates(event, original, reader, back)),
        *_join(event, content, reader),
    ]
    room = MOST_BUTTONS - len(buttons)
    buttons += _further(event, original, book, reader)[-room:] if room > 0 else []
    refresh = press(EventBack(event.book, event.id), say(reader.language, "Refresh"))
    return card(
        body,
        buttons,
        language=reader.language,
        fallback=in_short(content, reader),
        refresh=refresh if refresh_for else None,
        refresh_for=refresh_for,
    )


def event_details(
    event: Event,
    book: Book,
    reader: Reader,
    *,
    occurrence: Occurrence | None = None,
    back: Listed | None = None,
    answers: Tally | None = None,
    me: Person | None = None,
) -> Card:
    """Return all there is to know.

    Args:
        event: the event, or the whole series.
        book: the calendar it is in.
        reader: for whom.
        occurrence: the one of a series that is meant.
        back: the list that it was opened from.
        answers: who comes, where people are asked.
        me: as of :func:`event_card`.
    """
    event, occurrence = _seen(event, occurrence, reader)
    content, original = _content(event, occurrence), _original(occurrence)
    body = [
        head(content, book, reader),
        *whose_meeting(event, reader),
        *zone_guessed(event.content, reader),
        *section(facts(event, content, reader)),
        *section(description(content.text)),
        *_answers(event, answers, me, reader, original, back),
        *([] if _is_veiled(event) else section(history(event, reader))),
    ]
    body += _beside(event, original, book, reader, back)
    buttons = [
        *_change(event, original, book, reader, back),
        *_join(event, content, reader),
        press(back or EventBack(event.book, event.id), say(reader.language, "Back")),
        *_further(event, original, book, reader),
    ]
    return card(body, buttons, language=reader.language, fallback=in_short(content, reader))


def _answers(
    event: Event,
    answers: Tally | None,
    me: Person | None,
    reader: Reader,
    original: str | None,
    back: Listed | None,
) -> list[Element]:
    """Return who comes, and the buttons to say so: of one date, where it is one."""
    if answers is None:
        return []
    buttons = answer_buttons(event, answers, me, reader.language, original or "", back)
    return [*section(answer_names(answers, reader.language)), buttons]


def _seen(
    event: Event, occurrence: Occurrence | None, reader: Reader
) -> tuple[Event, Occurrence | None]:
    """Return what is shown as the reader may see it."""
    seen = reader.sees(occurrence or Occurrence.of(event))
    return seen.event, seen if occurrence else None


def _is_veiled(event: Event) -> bool:
    return event.mirror is not None and event.mirror.reason is ReadOnlyReason.PRIVATE


def _content(event: Event, occurrence: Occurrence | None) -> EventContent:
    """Return what is shown: of an occurrence, also how its series repeats."""
    if occurrence is None:
        return event.content
    return replace(occurrence.content, rule=event.content.rule)


def _said(sentence: str) -> list[Element]:
    return [note(sentence, "good")] if sentence else []


def _join(event: Event, content: EventContent, reader: Reader) -> list[Element]:
    url = (event.mirror.join_url if event.mirror else "") or content.meeting_url
    button = link(url, say(reader.language, "Join"))
    return [button] if button else []


def _original(occurrence: Occurrence | None) -> str | None:
    """Return which one of a series is meant, as buttons name it."""
    return occurrence.original.isoformat() if occurrence and occurrence.original else None


def _dates(
    event: Event, original: str | None, reader: Reader, back: Listed | None
) -> list[Element]:
    """Return what leads from a series to each of its dates."""
    if event.content.rule is None or original is not None:
        return []
    return [press(SeriesDates(event.book, event.id, back), say(reader.language, "Dates"))]


def _change(
    event: Event, original: str | None, book: Book, reader: Reader, back: Listed | None
) -> list[Element]:
    """Return the buttons that change the event, for those who may."""
    asked = EventDelete(event.book, event.id, original, back)
    delete = press(asked, say(reader.language, "Delete"))
    if not _changeable(event, book, reader):
        is_owners = _is_veiled(event) and not book.archived and reader.may(Role.OWNER)
        return [delete] if is_owners else []
    return [
        press(EventEdit(event.book, event.id, original, back), say(reader.language, "Edit")),
        delete,
    ]


def _further(event: Event, original: str | None, book: Book, reader: Reader) -> list[Element]:
    """Return what stands in the menu of further actions."""
    edit = EventEdit(event.book, event.id, original)
    file = EventFile(event.book, event.id)
    may_change = _changeable(event, book, reader)
    windows = [window(edit, say(reader.language, "Edit in a window"))]
    return [
        *(windows if may_change else []),
        press(file, say(reader.language, "Add to Outlook"), more=True),
    ]


def _beside(
    event: Event, original: str | None, book: Book, reader: Reader, back: Listed | None
) -> list[Element]:
    """Return the way to a copy, to another calendar, and back in time; as links, as in a calendar.

    A card has room for six buttons.
    """
    if _is_veiled(event):
        return []
    history = EventHistory(event.book, event.id, original, back)
    asked: list[tuple[Action, str]] = [(history, say(reader.language, "History"))]
    if _changeable(event, book, reader):
        transfer = EventTransfer(event.book, event.id, original=original, back=back)
        asked.insert(0, (transfer, say(reader.language, "Move to …")))
    if reader.may(Role.CONTRIBUTOR) and not book.archived:
        copy = EventCopy(event.book, event.id, original, back)
        asked.insert(0, (copy, say(reader.language, "Copy")))
    links = [link_column(action, name) for action, name in asked]
    return [ColumnSet(columns=links, spacing="medium", separator=True)]


def _changeable(event: Event, book: Book, reader: Reader) -> bool:
    return not (event.mirror or event.feed or book.archived) and reader.may_change(event.created_by)
