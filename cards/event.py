"""An event as a card: short, with all details, about to be deleted, deleted, or only proposed.

Each builder takes the event and for whom the card is (:mod:`cards.viewer`). A calendar without a
name of its own is shown by the name of its home: the caller passes ``replace(book, name=…)``.
"""

from __future__ import annotations

from collections.abc import Sequence

from cards.actions import (
    AgendaShow,
    EventBack,
    EventCreate,
    EventDelete,
    EventDeleteYes,
    EventDetails,
    EventEdit,
    EventNew,
    FormCancel,
)
from cards.buttons import link, press, window
from cards.choices import before, important, shown_as
from cards.description import description
from cards.elements import Card, Column, ColumnSet, Element, card, words
from cards.event_form import form_values
from cards.parts import calendar_leaf, fact, fold, heading, note, section, small
from cards.repeats import in_words
from cards.viewer import Reader
from cards.when import describe, first_day, moment
from cards.wording import count, say
from services.model.books import Book
from services.model.events import (
    Author,
    Event,
    EventContent,
    Importance,
    Mirror,
    Occurrence,
    Response,
    Sensitivity,
)
from services.model.recurrence import is_outlooks

__all__ = ["delete_question", "event_card", "event_confirm", "event_deleted", "event_details"]

TAG_LETTERS = 300


def event_card(
    event: Event,
    book: Book,
    reader: Reader,
    *,
    occurrence: Occurrence | None = None,
    said: str = "",
    refresh_for: Sequence[str] = (),
) -> Card:
    """Return the event in short.

    Args:
        event: the event, or the whole series.
        book: the calendar it is in.
        reader: for whom.
        occurrence: the one of a series that is meant.
        said: a sentence on top, such as "Saved.".
        refresh_for: on a post, the ``29:`` ids of those who get a view of their own.
    """
    content = occurrence.content if occurrence else event.content
    head = [_head(content, book, reader), *_mirror(event.mirror, reader)]
    body = [*_said(said), *head, *_guessed(event.content, reader)]
    original = occurrence.original.isoformat() if occurrence and occurrence.original else ""
    details = EventDetails(event.book, event.id, original)
    buttons = [
        *_change(event, book, reader),
        press(details, say(reader.language, "Details")),
        *_join(event.mirror, reader),
        *_window(event, book, reader),
    ]
    refresh = press(EventBack(event.book, event.id), say(reader.language, "Refresh"))
    return card(
        body,
        buttons,
        language=reader.language,
        fallback=_in_short(content, reader),
        refresh=refresh if refresh_for else None,
        refresh_for=refresh_for,
    )


def event_details(
    event: Event,
    book: Book,
    reader: Reader,
    *,
    occurrence: Occurrence | None = None,
    back: AgendaShow | None = None,
) -> Card:
    """Return all there is to know; ``back`` is the agenda that it was opened from."""
    content = occurrence.content if occurrence else event.content
    body = [
        _head(content, book, reader),
        *_mirror(event.mirror, reader),
        *_guessed(event.content, reader),
        *section(_facts(event, content, reader)),
        *section(description(content.text)),
        *section(_history(event, reader)),
    ]
    buttons = [
        *_change(event, book, reader),
        *_join(event.mirror, reader),
        press(back or EventBack(event.book, event.id), say(reader.language, "Back")),
        *_window(event, book, reader),
    ]
    return card(body, buttons, language=reader.language, fallback=_in_short(content, reader))


def delete_question(event: Event, book: Book, reader: Reader) -> Card:
    """Return the question before an event goes."""
    language = reader.language
    question = (
        say(language, "Delete the whole series, with every occurrence?")
        if event.content.rule
        else say(language, "Delete this event?")
    )
    yes = press(EventDeleteYes(event.book, event.id), say(language, "Delete"), grave=True)
    no = press(EventBack(event.book, event.id), say(language, "Keep it"))
    body = [heading(question), _head(event.content, book, reader)]
    return card(body, [yes, no], language=language, fallback=question)


def event_deleted(event: Event, book: Book, reader: Reader) -> Card:
    """Return what is left of a deleted event: its name, struck out, and who did it."""
    language = reader.language
    body = [
        small(_place_in(book, reader)),
        words(fold(event.content.title, 200), weight="bolder", strikethrough=True, spacing="small"),
        words(describe(event.content.when, reader), subtle=True, spacing="none"),
        note(say(language, "Deleted by {name}.", name=_who(event.updated_by, language))),
    ]
    return card(body, language=language, fallback=say(language, "This event was deleted."))


def event_confirm(draft: EventContent, book: Book, reader: Reader, form: str) -> Card:
    """Return what was understood from a message, to be created or corrected.

    The draft travels in both buttons as the values of the event form, so one reader of forms
    serves them too.
    """
    language = reader.language
    typed = form_values(draft, reader.zone)
    create, correct = EventCreate(book.id, form), EventNew(book.id, form)
    question = say(language, "Create this event?")
    buttons = [
        press(create, say(language, "Create"), main=True, typed=typed),
        press(correct, say(language, "Correct"), typed=typed),
        press(FormCancel(), say(language, "Cancel")),
    ]
    body = [heading(question), _head(draft, book, reader)]
    return card(body, buttons, language=language, fallback=question)


def _head(content: EventContent, book: Book, reader: Reader) -> Element:
    """Return the leaf of the day, and beside it what, when and where."""
    lines: list[Element] = [
        small(_place_in(book, reader)),
        words(fold(content.title, 200), size="large", weight="bolder", spacing="none"),
        words(describe(content.when, reader), spacing="small"),
    ]
    if content.place:
        lines.append(words(fold(content.place, 200), subtle=True, spacing="none"))
    if content.rule:
        lines.append(small(in_words(content.rule, reader.language), spacing="small"))
    leaf = calendar_leaf(first_day(content.when, reader.zone), reader.language)
    return ColumnSet(columns=[leaf, Column(items=lines, width="stretch", vertical="center")])


def _facts(event: Event, content: EventContent, reader: Reader) -> list[Element]:
    language = reader.language
    facts: list[Element] = [fact(say(language, "Shown as"), shown_as(content.show_as, language))]
    if content.reminder_minutes is not None:
        facts.append(fact(say(language, "Reminder"), before(content.reminder_minutes, language)))
    if content.importance is not Importance.NORMAL:
        facts.append(fact(say(language, "Importance"), important(content.importance, language)))
    if content.sensitivity in SENSITIVITIES:
        secret = say(language, SENSITIVITIES[content.sensitivity])
        facts.append(fact(say(language, "Sensitivity"), secret))
    if content.tags:
        facts.append(fact(say(language, "Tags"), fold(", ".join(content.tags), TAG_LETTERS)))
    if content.rule and not is_outlooks(content.rule):
        apart = say(language, "Outlook has no such repetition: it shows each date as an event.")
        facts.append(fact(say(language, "In Outlook"), apart))
    if event.content.exceptions:
        changed = count(
            language,
            "One occurrence differs from the rule",
            "{n} occurrences differ from the rule",
            len(event.content.exceptions),
        )
        facts.append(fact(say(language, "Exceptions"), changed))
    return facts


def _history(event: Event, reader: Reader) -> list[Element]:
    """Return who made it and, where that is another moment, who touched it last."""
    language = reader.language
    made = say(
        language,
        "Created by {name}, {when}",
        name=_who(event.created_by, language),
        when=moment(event.created_at, reader),
    )
    if event.updated_at == event.created_at:
        return [small(made)]
    changed = say(
        language,
        "Changed by {name}, {when}",
        name=_who(event.updated_by, language),
        when=moment(event.updated_at, reader),
    )
    return [small(made), small(changed)]


def _who(author: Author, language: str) -> str:
    if author.person is None:
        return "Outlook"
    return author.name or say(language, "somebody")


def _place_in(book: Book, reader: Reader) -> str:
    return book.name or say(reader.language, "Calendar")


def _said(sentence: str) -> list[Element]:
    return [note(sentence, "good")] if sentence else []


def _mirror(mirror: Mirror | None, reader: Reader) -> list[Element]:
    """Return whose meeting it is, and that it is changed elsewhere."""
    if mirror is None:
        return []
    language = reader.language
    organiser = mirror.organiser or say(language, "somebody else")
    whose = say(language, "A meeting of {name}.", name=organiser)
    if mirror.attendees:
        people = count(
            language, "One person is invited.", "{n} people are invited.", mirror.attendees
        )
        whose = f"{whose} {people}"
    if mirror.response in ANSWERS:
        whose = f"{whose} {say(language, ANSWERS[mirror.response])}"
    where = say(language, "It can be changed in Outlook only.")
    return [note(f"{whose} {where}")]


def _guessed(content: EventContent, reader: Reader) -> list[Element]:
    """Return that nobody knows the zone which Outlook gives, where that is so."""
    if not content.zone_guessed:
        return []
    told = GUESSED_SERIES if content.rule else GUESSED
    return [note(say(reader.language, told), "warning")]


GUESSED = "Outlook gives it a time zone that Almanac does not know. The time shown is right."
GUESSED_SERIES = (
    "Outlook gives it a time zone that Almanac does not know, so it repeats by the clocks of your "
    "mailbox: after a change of the clocks it may be an hour off."
)
ANSWERS = {
    Response.WAITING: "The invitation is not answered yet.",
    Response.TENTATIVE: "The invitation is accepted tentatively.",
    Response.ACCEPTED: "The invitation is accepted.",
    Response.DECLINED: "The invitation is declined.",
}
SENSITIVITIES = {
    Sensitivity.PERSONAL: "Personal",
    Sensitivity.PRIVATE: "Private",
    Sensitivity.CONFIDENTIAL: "Confidential",
}


def _join(mirror: Mirror | None, reader: Reader) -> list[Element]:
    button = link(mirror.join_url, say(reader.language, "Join")) if mirror else None
    return [button] if button else []


def _change(event: Event, book: Book, reader: Reader) -> list[Element]:
    """Return the buttons that change the event, for those who may."""
    if not _changeable(event, book, reader):
        return []
    return [
        press(EventEdit(event.book, event.id), say(reader.language, "Edit")),
        press(EventDelete(event.book, event.id), say(reader.language, "Delete")),
    ]


def _window(event: Event, book: Book, reader: Reader) -> list[Element]:
    if not _changeable(event, book, reader):
        return []
    return [window(EventEdit(event.book, event.id), say(reader.language, "Edit in a window"))]


def _changeable(event: Event, book: Book, reader: Reader) -> bool:
    return event.mirror is None and not book.archived and reader.may_change(event.created_by)


def _in_short(content: EventContent, reader: Reader) -> str:
    return f"{fold(content.title, 200)}, {describe(content.when, reader)}"
