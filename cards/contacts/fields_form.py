"""The form in which owners say which fields their contact list has, and the reading of it.

A row for each field and some for new ones. What a field holds is chosen once: its values were
checked for that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cards.contacts.list_actions import FieldsSave, GroupsShow
from cards.elements import Card, Choice, Element
from cards.form import Form, Mode, side_by_side
from cards.parts import small
from cards.submitted import Submitted
from cards.viewer import Reader
from cards.wording import say
from services.model.books import Book
from services.model.contact_lists import CustomField, FieldId, FieldKind
from services.model.errors import Problem, Wrong

__all__ = ["FieldRow", "field_values", "fields_form", "read_fields", "typed_fields"]

MOST, NEW = 20, 3
NAME, CHOICES = 60, 2_000
KINDS = {
    FieldKind.TEXT: "Text",
    FieldKind.NUMBER: "Number",
    FieldKind.DATE: "Date",
    FieldKind.CHOICE: "Choice",
    FieldKind.LINK: "Web address",
}


@dataclass(frozen=True, slots=True)
class FieldRow:
    """What one row says."""

    id: FieldId | None
    name: str
    kind: FieldKind
    choices: tuple[str, ...]


def fields_form(
    save: FieldsSave,
    values: Mapping[str, str],
    book: Book,
    reader: Reader,
    *,
    problems: Sequence[Problem] = (),
    mode: Mode = Mode.CHAT,
    said: str = "",
) -> Card:
    """Return the form; ``values`` stand in it, ``said`` is a sentence about all of it."""
    language = reader.language
    form = Form(values, problems, language)
    inputs: list[Element] = [
        small(book.name or say(language, "Contacts")),
        small(say(language, "An empty name takes a field away, with what contacts hold in it.")),
    ]
    fields = book.shape.fields
    for number in range(min(MOST, len(fields) + NEW)):
        inputs += _row(form, number, fields[number] if number < len(fields) else None)
    return form.drawn(
        say(language, "Fields of this list"),
        inputs,
        save=save,
        button=say(language, "Save"),
        cancel=GroupsShow(book.id),
        mode=mode,
        said=said,
    )


def field_values(fields: Sequence[CustomField]) -> dict[str, str]:
    """Return what stands in the form of a list with these fields."""
    values: dict[str, str] = {}
    for number, field in enumerate(fields):
        values |= {f"field_name_{number}": field.name, f"field_kind_{number}": field.kind.value}
        values |= {f"field_choices_{number}": ", ".join(field.choices)}
    return values


def typed_fields(data: Mapping[str, Any]) -> dict[str, str]:
    """Return what was typed."""
    names = ("field_name", "field_kind", "field_choices")
    inputs = tuple(f"{name}_{number}" for name in names for number in range(MOST))
    return dict(Submitted.of(data, inputs).values)


def read_fields(data: Mapping[str, Any], fields: Sequence[CustomField]) -> list[FieldRow]:
    """Return the rows of a form over a list that has these fields.

    Raises:
        InvalidInput: something cannot be taken; names each input and what is wrong.
    """
    got = Submitted(typed_fields(data))
    rows: list[FieldRow] = []
    for number in range(MOST):
        name = got.text(f"field_name_{number}", NAME)
        kept = fields[number] if number < len(fields) else None
        if kept is None and not name:
            continue
        kind = kept.kind if kept else got.choice(f"field_kind_{number}", FieldKind, FieldKind.TEXT)
        written = got.text(f"field_choices_{number}", CHOICES)
        choices = tuple(part.strip() for part in written.split(",") if part.strip())
        if name and kind is FieldKind.CHOICE and not choices:
            got.refuse(f"field_choices_{number}", Wrong.MISSING)
        rows.append(FieldRow(kept.id if kept else None, name, kind, choices))
    return got.settle(rows)


def _row(form: Form, number: int, kept: CustomField | None) -> list[Element]:
    language = form.language
    name, choices = f"field_name_{number}", f"field_choices_{number}"
    if kept is None:
        kinds = [
            Choice(title=say(language, each), value=kind.value) for kind, each in KINDS.items()
        ]
        chosen = Form(
            {f"field_kind_{number}": FieldKind.TEXT.value, **form.values}, form.problems, language
        )
        label = say(language, "New field {n}", n=number + 1)
        row: list[Element] = [
            side_by_side(
                form.line(name, label, most=NAME),
                chosen.choose(f"field_kind_{number}", say(language, "Holds"), kinds),
            )
        ]
    else:
        kind = say(language, KINDS[kept.kind])
        label = say(language, "Field {n} ({kind})", n=number + 1, kind=kind)
        row = form.line(name, label, most=NAME)
    if kept is None or kept.kind is FieldKind.CHOICE:
        hint = say(language, "Gold, Silver, Bronze")
        row += form.line(choices, say(language, "Choices"), most=CHOICES, hint=hint)
    return row
