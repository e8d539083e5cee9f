"""The form of a copy of a calendar or contact list, and the word that a large one is complete."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cards.books.calendar_actions import CalendarCloneYes, CalendarShow
from cards.buttons import press
from cards.colors import mark
from cards.elements import Card, Element, Toggle, card, words
from cards.events.event_actions import AgendaShow
from cards.form import Form, Mode
from cards.parts import small
from cards.submitted import Submitted
from cards.viewer import Reader
from cards.wording import count, say
from services.model.books import Book, BookKind
from services.model.errors import Problem

__all__ = ["Copying", "clone_form", "clone_values", "copied_card", "read_clone", "typed_clone"]

NAME, ITEMS, RIGHTS = "set_name", "copy_items", "copy_rights"
FIELDS = (NAME, ITEMS, RIGHTS)
LETTERS = 100
YES, NO = "true", "false"


@dataclass(frozen=True, slots=True)
class Copying:
    """What the form says."""

    name: str
    items: bool
    rights: bool


def clone_form(
    book: Book,
    held: int,
    save: CalendarCloneYes,
    values: Mapping[str, str],
    reader: Reader,
    *,
    problems: Sequence[Problem] = (),
    with_rights: bool = True,
) -> Card:
    """Return the form.

    Args:
        book: what is to be copied, named.
        held: how many events or contacts are in it.
        save: what its button does.
        values: what stands in it.
        reader: who fills it in.
        problems: what is wrong with the values.
        with_rights: whether the copy can have the rights of the original: in the same place.
    """
    language = reader.language
    form = Form(values, problems, language)
    missing = say(language, "Please give it a name.")
    inputs: list[Element] = [
        small(mark(book)),
        *form.line(NAME, say(language, "Name of the copy"), most=LETTERS, missing=missing),
        _toggle(form, ITEMS, _items(book, held, language)),
    ]
    if with_rights:
        inputs.append(_toggle(form, RIGHTS, say(language, "With who may do what")))
    told = say(language, "Settings, colours, tags and holidays go with it. The two are not linked.")
    inputs.append(small(told, spacing="medium"))
    return form.drawn(
        say(language, "Make a copy"),
        inputs,
        save=save,
        button=say(language, "Copy"),
        cancel=CalendarShow(book.id),
        mode=Mode.CHAT,
    )


def clone_values(name: str) -> dict[str, str]:
    """Return what stands in a fresh form; ``name`` is a proposal."""
    return {NAME: name[:LETTERS], ITEMS: YES, RIGHTS: YES}


def typed_clone(data: Mapping[str, Any]) -> dict[str, str]:
    """Return what was typed."""
    return dict(Submitted.of(data, FIELDS).values)


def read_clone(data: Mapping[str, Any]) -> Copying:
    """Return what a submitted form says.

    Raises:
        InvalidInput: there is no name, or one that is too long.
    """
    got = Submitted.of(data, FIELDS)
    name = got.text(NAME, LETTERS, required=True)
    return got.settle(Copying(name, got.raw(ITEMS) != NO, got.raw(RIGHTS) != NO))


def copied_card(book: Book, held: int, reader: Reader) -> Card:
    """Return the word that a copy is complete."""
    language = reader.language
    title = say(language, "Your copy is complete")
    body: list[Element] = [
        words(title, weight="bolder"),
        words(mark(book), spacing="small"),
        small(_held(book, held, language)),
    ]
    buttons = [press(CalendarShow(book.id), say(language, "Look at it"), main=True)]
    if book.kind is BookKind.CALENDAR:
        buttons.append(press(AgendaShow(book.id), say(language, "Show the agenda")))
    return card(body, buttons, language=language, fallback=title)


def _items(book: Book, held: int, language: str) -> str:
    return say(language, "With what is in it: {what}", what=_held(book, held, language))


def _held(book: Book, held: int, language: str) -> str:
    if book.kind is BookKind.CALENDAR:
        return count(language, "one event", "{n} events", held)
    return count(language, "one contact", "{n} contacts", held)


def _toggle(form: Form, name: str, title: str) -> Toggle:
    value = YES if form.values.get(name, YES) == YES else NO
    return Toggle(id=name, title=title, spacing="medium", value=value)
