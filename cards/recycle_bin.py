"""What was deleted in a place, line by line, each with a button that brings it back."""

from __future__ import annotations

from collections.abc import Sequence

from cards.actions import Action, BinRestoreContact, BinRestoreEvent, BinShow
from cards.buttons import press
from cards.elements import ActionSet, Card, Column, ColumnSet, Element, card, words
from cards.parts import fold, heading, note, small
from cards.viewer import Reader
from cards.when import describe, moment
from cards.wording import say
from services.model.books import Role
from services.model.contacts import Contact
from services.model.events import Event

__all__ = ["MOST", "recycle_bin_card"]

MOST = 15


def recycle_bin_card(deleted: Sequence[Event | Contact], reader: Reader, *, said: str = "") -> Card:
    """Return the bin, the last deleted first; ``said`` is a sentence on top."""
    language = reader.language
    title = say(language, "Recycle bin")
    body: list[Element] = [*([note(said, "good")] if said else []), heading(title)]
    if not deleted:
        body.append(words(say(language, "Nothing was deleted in the last 30 days."), subtle=True))
    body += [_line(thing, reader) for thing in deleted[:MOST]]
    if len(deleted) > MOST:
        more = say(language, "Only the last {n} are shown.", n=MOST)
        body.append(small(more, spacing="medium"))
    if deleted:
        kept = say(language, "After 30 days deleted things are gone for good.")
        body.append(small(kept, spacing="medium"))
    again = press(BinShow(), say(language, "Show again"))
    return card(body, [again], language=language, fallback=title)


def _line(thing: Event | Contact, reader: Reader) -> Element:
    language = reader.language
    if isinstance(thing, Event):
        name, beside = thing.content.title, describe(thing.content.when, reader)
        restore: Action = BinRestoreEvent(thing.book, thing.id)
    else:
        name, beside = thing.content.name, thing.content.company
        restore = BinRestoreContact(thing.book, thing.id)
    lines: list[Element] = [words(fold(name, 120), weight="bolder")]
    if beside:
        lines.append(small(fold(beside, 120)))
    lines.append(small(_deleted(thing, reader)))
    columns = [Column(items=lines, width="stretch", vertical="center")]
    if reader.may(Role.EDITOR):
        tooltip = say(language, "Restore “{name}”", name=fold(name, 60))
        button = press(restore, say(language, "Restore"), tooltip=tooltip)
        columns.append(Column(items=[ActionSet(actions=[button])], width="auto", vertical="center"))
    return ColumnSet(columns=columns, spacing="medium")


def _deleted(thing: Event | Contact, reader: Reader) -> str:
    return say(
        reader.language,
        "Deleted by {name}, {when}",
        name=thing.updated_by.name or say(reader.language, "somebody"),
        when=moment(thing.updated_at, reader),
    )
