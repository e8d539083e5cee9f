"""The form of a calendar's settings, or of a new calendar; in the chat and in a dialog.

Its strings are read and written by :mod:`cards.books.calendar_values`. A contact list has no days:
its form asks for its name, colour, zone and language alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from cards.books.calendar_actions import CalendarCreate, CalendarSave, CalendarShow, CalendarsShow
from cards.books.calendar_values import (
    AS_READER,
    LANGUAGES,
    NAME,
    NO,
    NO_REMINDER,
    REMINDERS,
    YES,
    Field,
)
from cards.colors import color_choices
from cards.elements import Card, Choice, ChoiceSet, Element, Toggle
from cards.events.choices import before, zones
from cards.form import Form, Mode, side_by_side
from cards.viewer import Reader
from cards.when import locale_of
from cards.wording import say
from services.model.books import BookKind
from services.model.errors import Problem
from services.model.recurrence import Weekday
from services.model.settings import View

__all__ = ["VIEWS", "language_name", "languages", "settings_form", "title_of", "weekday_name"]

MONDAY = date(2026, 1, 5)
VIEWS = {
    View.AGENDA: "Agenda",
    View.DAY: "Day",
    View.WEEK: "Week",
    View.MONTH: "Month",
}
TITLES = {
    BookKind.CALENDAR: ("New calendar", "Settings of the calendar"),
    BookKind.CONTACTS: ("New contact list", "Settings of the contact list"),
}


def settings_form(
    save: CalendarCreate | CalendarSave,
    kind: BookKind,
    values: Mapping[str, str],
    reader: Reader,
    *,
    problems: Sequence[Problem] = (),
    mode: Mode = Mode.CHAT,
    said: str = "",
) -> Card:
    """Return the form.

    Args:
        save: what its button does.
        kind: what the book holds, or will.
        values: what stands in it.
        reader: who fills it in.
        problems: what is wrong with the values.
        mode: in the chat or in a dialog.
        said: a sentence about the whole form.
    """
    language = reader.language
    form = Form(values, problems, language)
    is_new = isinstance(save, CalendarCreate)
    inputs = [*_name(form, is_new=is_new), *_color(form)]
    if kind is BookKind.CALENDAR:
        inputs += [*_views(form), *_business(form), *_events(form)]
    inputs += _readers(form, reader)
    return form.drawn(
        title_of(kind, language, is_new=is_new),
        inputs,
        save=save,
        button=say(language, "Create" if is_new else "Save"),
        cancel=CalendarShow(save.book)
        if isinstance(save, CalendarSave)
        else CalendarsShow(save.holds),
        mode=mode,
        said=said,
    )


def title_of(kind: BookKind, language: str, *, is_new: bool) -> str:
    """Return what stands over the form."""
    return say(language, TITLES[kind][0 if is_new else 1])


def languages(also: str) -> list[Choice]:
    """Return the languages of the list by their own names; ``also``, what is set now, is first."""
    tags = dict.fromkeys(tag for tag in (also, *LANGUAGES) if tag)
    return [Choice(title=language_name(tag), value=tag) for tag in tags]


def language_name(tag: str) -> str:
    """Return how a language calls itself, as ``Deutsch (Schweiz)``; its tag where nobody knows."""
    try:
        name = Locale.parse(tag, sep="-").get_display_name() or tag
    except (UnknownLocaleError, ValueError):
        return tag
    return name[:1].upper() + name[1:]


def weekday_name(day: Weekday, language: str) -> str:
    """Return ``Monday``."""
    return format_date(MONDAY + timedelta(days=int(day)), "cccc", locale=locale_of(language))


def _name(form: Form, *, is_new: bool) -> list[Element]:
    missing = say(form.language, "Please give it a name.") if is_new else None
    hint = say(form.language, "As that of its place, where it is left empty")
    return form.line(
        Field.NAME,
        say(form.language, "Name"),
        most=NAME,
        missing=missing,
        hint=None if is_new else hint,
    )


def _color(form: Form) -> list[Element]:
    return form.choose(Field.COLOR, say(form.language, "Colour"), color_choices(form.language))


def _views(form: Form) -> list[Element]:
    language = form.language
    views = [Choice(title=say(language, VIEWS[each]), value=each.value) for each in VIEWS]
    reader = Choice(title=say(language, "As each reader's language has it"), value=AS_READER)
    return [
        side_by_side(
            form.choose(Field.VIEW, say(language, "Shown first"), views),
            form.choose(
                Field.FIRST_WEEKDAY, say(language, "Weeks begin on"), [reader, *_weekdays(language)]
            ),
        ),
        _toggle(form, Field.WEEKENDS, say(language, "Show weekends in weeks and months")),
        _toggle(form, Field.WEEK_NUMBERS, say(language, "Show the numbers of weeks")),
    ]


def _business(form: Form) -> list[Element]:
    language = form.language
    days = ChoiceSet(
        id=Field.DAYS,
        label=say(language, "Business days"),
        spacing="medium",
        choices=_weekdays(language),
        value=form.typed(Field.DAYS),
        several=True,
        style="compact",
    )
    return [
        days,
        *form.below(Field.DAYS),
        side_by_side(
            form.clock(Field.OPENS, say(language, "Business begins at")),
            form.clock(Field.CLOSES, say(language, "Business ends at")),
        ),
    ]


def _events(form: Form) -> list[Element]:
    language = form.language
    value = form.values.get(Field.REMINDER, "")
    minutes = sorted({*REMINDERS, *([int(value)] if value.isdecimal() else [])})
    choices = [
        Choice(title=say(language, "No reminder"), value=NO_REMINDER),
        *(Choice(title=before(n, language), value=str(n)) for n in minutes),
    ]
    return form.choose(Field.REMINDER, say(language, "Reminder of new events"), choices)


def _readers(form: Form, reader: Reader) -> list[Element]:
    language = form.language
    near = (form.values.get(Field.ZONE, ""), reader.zone.key)
    return [
        side_by_side(
            form.choose(Field.ZONE, say(language, "Time zone of posts"), zones(near)),
            form.choose(
                Field.LANGUAGE,
                say(language, "Language of posts"),
                languages(form.values.get(Field.LANGUAGE, "")),
            ),
        )
    ]


def _weekdays(language: str) -> list[Choice]:
    return [Choice(title=weekday_name(day, language), value=str(int(day))) for day in Weekday]


def _toggle(form: Form, name: str, title: str) -> Toggle:
    on = form.values.get(name) == YES
    return Toggle(id=name, title=title, spacing="small", value=YES if on else NO)
