"""The form in which a calendar's view is chosen: a day, a view, and what to leave out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from cards.elements import Card, Choice, Element
from cards.events.event_actions import AgendaChosen, AgendaShow
from cards.form import Form, Mode, side_by_side
from cards.submitted import Submitted
from cards.text import clean
from cards.viewer import Reader
from cards.wording import say
from services.model.books import Book, BookId
from services.model.errors import Problem, Wrong
from services.model.settings import View

__all__ = ["FIELDS", "agenda_form", "agenda_values", "read_agenda_form", "typed_agenda"]

FIELDS = ("day", "kind", "calendar", "only_tag", "only_who")
MOST = 100
"""Letters of a filter."""
NAMES = {View.AGENDA: "Agenda", View.DAY: "Day", View.WEEK: "Week", View.MONTH: "Month"}


def agenda_form(
    now: AgendaShow,
    values: Mapping[str, str],
    calendars: Sequence[Book],
    reader: Reader,
    *,
    problems: Sequence[Problem] = (),
) -> Card:
    """Return the form.

    Args:
        now: what is shown now, to which its other button leads back.
        values: what stands in it.
        calendars: between which the reader may choose, each by its name.
        reader: who fills it in.
        problems: what is wrong with the values.
    """
    language = reader.language
    form = Form(values, problems, language)
    views = [Choice(title=say(language, NAMES[view]), value=view.value) for view in View]
    inputs: list[Element] = [
        side_by_side(
            form.day("day", say(language, "Day")),
            form.choose("kind", say(language, "View"), views),
        )
    ]
    if len(calendars) > 1:
        named = [Choice(title=_name(book, language), value=book.id) for book in calendars]
        inputs += form.choose("calendar", say(language, "Calendar"), named)
    inputs += [
        *form.line("only_tag", say(language, "Only with the tag"), most=MOST, hint="#travel"),
        *form.line("only_who", say(language, "Only with the person"), most=MOST, hint="Ines"),
    ]
    return form.drawn(
        say(language, "What to show"),
        inputs,
        save=AgendaChosen(now),
        button=say(language, "Show"),
        cancel=now,
        mode=Mode.CHAT,
    )


def agenda_values(shown: AgendaShow) -> dict[str, str]:
    """Return what stands in the form for what is shown; the day may be left empty for today."""
    return {
        "day": shown.first.isoformat() if shown.first else "",
        "kind": shown.kind.value,
        "calendar": shown.book,
        "only_tag": shown.tag or "",
        "only_who": shown.who or "",
    }


def typed_agenda(data: Mapping[str, Any]) -> dict[str, str]:
    """Return what was typed, right or wrong."""
    return dict(Submitted.of(data, FIELDS).values)


def read_agenda_form(data: Mapping[str, Any], now: AgendaShow) -> AgendaShow:
    """Return what is to be shown.

    Args:
        data: the submit's data.
        now: what was shown before.

    Raises:
        InvalidInput: something cannot be taken; names each input and what is wrong.
    """
    got = Submitted.of(data, FIELDS)
    day = got.day("day")
    view = got.choice("kind", View, now.kind)
    book = got.raw("calendar") or now.book
    if len(book) > MOST:
        got.refuse("calendar", Wrong.NOT_A_CHOICE)
    tag, who = got.text("only_tag", MOST).lstrip("# "), got.text("only_who", MOST)
    got.settle(view)
    same_days = now.days if view is now.kind else 7
    return replace(
        now,
        book=BookId(book),
        first=day,
        days=same_days,
        page=0,
        view=view.value,
        tag=tag or None,
        who=who or None,
    )


def _name(book: Book, language: str) -> str:
    return clean(book.name) or say(language, "Calendar")
