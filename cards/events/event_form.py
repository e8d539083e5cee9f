"""The form of an event, in the chat and in a dialog.

:func:`event_form` draws it from strings: ``form_values`` gives those of an event,
``blank_values`` those of an empty form, ``typed_values`` those that were submitted, and
``read_event_form`` turns them into content. These four live in :mod:`cards.events.event_values`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cards.action import Action
from cards.colors import color_choices
from cards.contacts.contact_choices import NAMES
from cards.elements import (
    ActionSet,
    Card,
    Choice,
    Container,
    Element,
    ShowMore,
    Toggle,
)
from cards.events.choices import (
    importances,
    reaches,
    reminders,
    said_minutes,
    shown_as_choices,
    zones,
)
from cards.events.event_actions import EventBack, EventCreate, EventDetails, EventSave
from cards.events.event_extras import LINKS, MEETING, NO, OTHERS, YES
from cards.events.event_values import (
    PLACE,
    TAGS,
    TEXT,
    TITLE,
    blank_values,
    draft_values,
    form_values,
    read_event_form,
    read_reach_form,
    typed_values,
)
from cards.events.repeat_form import repeat_inputs
from cards.form import Form, Mode, side_by_side
from cards.general_actions import FormCancel
from cards.parts import small
from cards.text import clean
from cards.viewer import Reader
from cards.wording import say
from services.model.books import Book
from services.model.errors import Problem
from services.model.events import EventContent
from services.model.identity import ConversationHome
from services.model.reach import Reach

__all__ = [
    "Mode",
    "blank_values",
    "draft_values",
    "event_form",
    "form_values",
    "read_event_form",
    "read_reach_form",
    "typed_values",
]

MORE = "more"
"""The part of the form that is hidden at first."""
KEPT_TEXT = (
    "If this is an online meeting in Outlook, that keeps its own text: notes written here then "
    "stay with the team."
)
HIDDEN = frozenset({"color", "emoji", "tags", "meeting_url", "links", "show_as", "importance"})


def event_form(
    save: EventCreate | EventSave,
    values: Mapping[str, str],
    book: Book,
    reader: Reader,
    *,
    problems: Sequence[Problem] = (),
    kept: EventContent | None = None,
    mode: Mode = Mode.CHAT,
    said: str = "",
    beside: Sequence[Book] = (),
    own: bool = True,
    keeps_text: bool = False,
) -> Card:
    """Return the form of a new event or, with ``kept``, of one that exists.

    Args:
        save: what its button does.
        values: what stands in it.
        book: the calendar.
        reader: who fills it in.
        problems: what is wrong with the values.
        kept: the event's content before.
        mode: in the chat or in a dialog.
        said: a sentence about the whole form.
        beside: the calendars between which a new event may be put, if there are several.
        own: whether it is the reader's own event: they alone say whether it is private.
        keeps_text: whether Outlook may have a text of its own for it, as of an online meeting.
    """
    language = reader.language
    form = Form(values, problems, language)
    inputs = form.books(beside, book.id, say(language, "Calendar"))
    if book.name and not inputs:
        inputs.append(small(book.name))
    inputs += _reach(form, save, kept)
    repeating = repeat_inputs(form, save, kept, mode, reader)
    inputs += [*_what(form), *_when(form, book, reader), *_where(form), *repeating]
    inputs += _whom(form, book, kept, mode)
    inputs += _below(form, kept)
    if keeps_text:
        inputs.append(small(say(language, KEPT_TEXT), spacing="small"))
    inputs += _more(form, own)
    if isinstance(save, EventCreate):
        title, button = say(language, "New event"), say(language, "Create")
    else:
        title, button = say(language, "Edit event"), say(language, "Save")
    return form.drawn(
        title,
        inputs,
        save=save,
        button=button,
        cancel=_way_back(save),
        mode=mode,
        said=said,
    )


def _way_back(save: EventCreate | EventSave) -> Action:
    if isinstance(save, EventCreate):
        return save.of or FormCancel()
    if save.original is None and save.back is None:
        return EventBack(save.book, save.event)
    return EventDetails(save.book, save.event, save.original or "", save.back)


def _reach(form: Form, save: EventCreate | EventSave, kept: EventContent | None) -> list[Element]:
    """Return how far changes reach: said of a whole series, asked of one occurrence."""
    language = form.language
    if kept is None or kept.rule is None:
        return []
    if not isinstance(save, EventSave) or save.original is None:
        return [small(say(language, "Changes hold for the whole series."))]
    form = replace(form, values={"reach": Reach.ONE.value, **form.values})
    return form.choose("reach", say(language, "Changes hold for"), reaches(language))


def _what(form: Form) -> list[Element]:
    return form.line(
        "title",
        say(form.language, "Title"),
        most=TITLE,
        missing=say(form.language, "Please give the event a title."),
        hint=say(form.language, "What is it about?"),
    )


def _when(form: Form, book: Book, reader: Reader) -> list[Element]:
    language = form.language
    missing = say(language, "On which day does it start?")
    near = (form.values.get("zone", ""), reader.zone.key, book.zone.key)
    return [
        Toggle(
            id="all_day",
            title=say(language, "All day (the times do not count)"),
            spacing="medium",
            value=YES if form.values.get("all_day") == YES else NO,
        ),
        side_by_side(
            form.day("start_date", say(language, "Starts on"), missing=missing),
            form.clock("start_time", say(language, "Start time")),
        ),
        side_by_side(
            form.day("end_date", say(language, "Ends on (optional)")),
            form.clock("end_time", say(language, "End time")),
        ),
        *form.choose("zone", say(language, "Time zone"), zones(near)),
    ]


def _where(form: Form) -> list[Element]:
    language = form.language
    hint = say(language, "A room or an address")
    return form.line("place", say(language, "Place"), most=PLACE, hint=hint)


def _whom(form: Form, book: Book, kept: EventContent | None, mode: Mode) -> list[Element]:
    """Return the people: picked from the directory or from contacts, and the others by name."""
    language = form.language
    of_place = mode is Mode.CHAT and isinstance(book.home, ConversationHome)
    known = [
        Choice(title=clean(each.name) or "?", value=each.person.object_id)
        for each in (kept.people if kept else ())
        if each.person is not None
    ]
    return [
        *form.people("people", say(language, "People"), known, of_place=of_place),
        *form.proposed("from_contacts", say(language, "From your contacts"), NAMES, several=True),
        *form.line(
            "others",
            say(language, "People by name"),
            most=OTHERS,
            hint=say(language, "Ines, Mr Ortega of Harbour Ltd"),
        ),
    ]


def _below(form: Form, kept: EventContent | None) -> list[Element]:
    language = form.language
    minutes = kept.reminder_minutes if kept else said_minutes(form.values.get("reminder", ""))
    return [
        *form.choose("reminder", say(language, "Reminder"), reminders(minutes, language)),
        *form.line(
            "text",
            say(language, "Notes"),
            most=TEXT,
            lines=True,
            hint=say(language, "**bold**, _italics_, - a list, [a link](https://…)"),
        ),
    ]


def _more(form: Form, own: bool) -> list[Element]:
    """Return what few events need: hidden, until somebody asks or something is wrong there."""
    language = form.language
    inputs = [
        side_by_side(
            form.choose("color", say(language, "Color"), color_choices(language)),
            form.line("emoji", say(language, "Emoji"), most=40, hint="\N{PARTY POPPER}"),
        ),
        *form.line("tags", say(language, "Tags"), most=TAGS, hint="#fair, #print"),
        *form.line(
            "meeting_url",
            say(language, "Link to the meeting"),
            most=MEETING,
            hint="https://teams.microsoft.com/…",
        ),
        *form.line(
            "links",
            say(language, "Links and files, one in each line"),
            most=LINKS,
            lines=True,
            hint=say(language, "Agenda https://…"),
        ),
        side_by_side(
            form.choose("show_as", say(language, "Show as"), shown_as_choices(language)),
            form.choose("importance", say(language, "Importance"), importances(language)),
        ),
        *([_private(form)] if own else []),
    ]
    button = ShowMore(title=say(language, "More"), targets=[MORE])
    is_open = any(problem.field in HIDDEN for problem in form.problems)
    return [
        ActionSet(actions=[button], spacing="medium"),
        Container(id=MORE, items=inputs, visible=is_open, spacing="medium"),
    ]


def _private(form: Form) -> Element:
    return Toggle(
        id="private",
        title=say(form.language, "Private: others see only when it is"),
        spacing="medium",
        value=YES if form.values.get("private") == YES else NO,
    )
