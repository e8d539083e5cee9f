"""An event that is about to go, is gone, or is only proposed."""

from __future__ import annotations

from dataclasses import replace

from cards.action import Action
from cards.buttons import press
from cards.elements import Card, Element, card, words
from cards.events.choices import REACHES, before, shown_as
from cards.events.event_actions import (
    EventBack,
    EventCreate,
    EventDeleteYes,
    EventDetails,
    EventNew,
    EventUndo,
    Listed,
)
from cards.events.event_face import head, place_in, who
from cards.events.event_form import form_values
from cards.events.event_title import title_of
from cards.events.skipped import skipped_days
from cards.general_actions import FormCancel
from cards.parts import fact, fold, heading, note, small
from cards.viewer import Reader
from cards.when import day_long, describe
from cards.wording import say
from services.model.books import Book
from services.model.errors import ReadOnlyReason
from services.model.events import Event, EventContent, Occurrence, ShowAs
from services.model.reach import Reach

__all__ = ["delete_question", "event_confirm", "event_deleted"]

GONE = {
    False: "Deleted by {name}.",
    True: "{name} moved it to another calendar.",
}
"""What became of it, by whether it is in another calendar since."""


def delete_question(
    event: Event,
    book: Book,
    reader: Reader,
    occurrence: Occurrence | None = None,
    back: Listed | None = None,
) -> Card:
    """Return the question before an event goes, or which occurrences of a series do.

    ``back`` is the list that it was opened from.
    """
    seen = reader.sees(occurrence or Occurrence.of(event))
    event, occurrence = seen.event, seen if occurrence else None
    if occurrence is not None and occurrence.original is not None:
        return _which_go(event, occurrence, occurrence.original.isoformat(), book, reader, back)
    language = reader.language
    question = (
        say(language, "Delete the whole series, with every occurrence?")
        if event.content.rule
        else say(language, "Delete this event?")
    )
    delete = EventDeleteYes(event.book, event.id, back=back)
    keep: Action = EventBack(event.book, event.id)
    if back is not None:
        keep = EventDetails(event.book, event.id, back=back)
    yes = press(delete, say(language, "Delete"), grave=True)
    no = press(keep, say(language, "Keep it"))
    body = [heading(question), head(event.content, book, reader)]
    return card(body, [yes, no], language=language, fallback=question)


def _which_go(
    event: Event,
    occurrence: Occurrence,
    original: str,
    book: Book,
    reader: Reader,
    back: Listed | None,
) -> Card:
    language = reader.language
    question = say(language, "Which of these events shall be deleted?")
    buttons = [
        press(
            EventDeleteYes(event.book, event.id, original, reach.value, back),
            say(language, REACHES[reach]),
            grave=True,
        )
        for reach in Reach
    ]
    keep = EventDetails(event.book, event.id, original, back)
    shown = replace(occurrence.content, rule=event.content.rule)
    body = [heading(question), head(shown, book, reader)]
    buttons.append(press(keep, say(language, "Keep them all")))
    return card(body, buttons, language=language, fallback=question)


def event_deleted(
    event: Event,
    book: Book,
    reader: Reader,
    undo: EventUndo | None = None,
    back: Listed | None = None,
) -> Card:
    """Return what is left of a deleted event: its name, struck out, and who did it.

    ``undo`` brings it back, for the one who has just deleted it; ``back`` is the list that it was
    opened from.
    """
    language = reader.language
    event = reader.sees(Occurrence.of(event)).event
    title = fold(title_of(event.content, language), 200)
    is_private = event.mirror is not None and event.mirror.reason is ReadOnlyReason.PRIVATE
    by = say(language, "somebody") if is_private else who(event.updated_by, language)
    body = [
        small(place_in(book, reader)),
        words(title, weight="bolder", strikethrough=True, spacing="small"),
        words(describe(event.content.when, reader), subtle=True, spacing="none"),
        note(say(language, GONE[event.went_to is not None], name=by)),
    ]
    buttons = [
        *([press(undo, say(language, "Undo"))] if undo else []),
        *([press(back, say(language, "Back"))] if back else []),
    ]
    return card(body, buttons, language=language, fallback=say(language, "This event was deleted."))


def event_confirm(draft: EventContent, book: Book, reader: Reader, form: str) -> Card:
    """Return what was understood from a message, to be created or corrected.

    The draft travels in both buttons as the values of the event form, so one reader of forms
    serves them too.
    """
    language = reader.language
    typed = {name: text for name, text in form_values(draft, reader.zone).items() if text}
    create, correct = EventCreate(book.id, form), EventNew(book.id, form)
    question = say(language, "Create this event?")
    buttons = [
        press(create, say(language, "Create"), main=True, typed=typed),
        press(correct, say(language, "Correct"), typed=typed),
        press(FormCancel(), say(language, "Cancel")),
    ]
    body: list[Element] = [heading(question), head(draft, book, reader)]
    if left_out := skipped_days(draft):
        dates = " · ".join(day_long(day, language) for day in left_out)
        body.append(fact(say(language, "Not on"), fold(dates, 300)))
    if draft.reminder_minutes != book.settings.reminder_minutes:
        minutes = draft.reminder_minutes
        told = say(language, "No reminder") if minutes is None else before(minutes, language)
        body.append(fact(say(language, "Reminder"), told))
    if draft.show_as is not ShowAs.BUSY:
        body.append(fact(say(language, "Shown as"), shown_as(draft.show_as, language)))
    return card(body, buttons, language=language, fallback=question)
