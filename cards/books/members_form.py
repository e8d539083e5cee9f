"""The form in which owners say who may do what: rules for all, and roles by name.

It shows a page of the roster with a choice for each; several may be changed at once. What a
member's input is called is said by :func:`input_of`, and read back by :func:`read_members`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cards.books.calendar_actions import MembersSave, MembersShow
from cards.books.members import MODES, NAMES, PAGE, Row, which
from cards.elements import Card, Choice, Element
from cards.form import Form, Mode
from cards.parts import fold, small
from cards.text import clean
from cards.viewer import Viewer
from cards.wording import say
from services.model.access import Access, Role
from services.model.access import Mode as Sharing
from services.model.books import Book
from services.model.errors import InvalidInput, Problem, Wrong
from services.model.identity import ObjectId, Person, TenantId

__all__ = [
    "BASE",
    "GUESTS",
    "MODE",
    "OTHERS",
    "input_of",
    "member_values",
    "members_form",
    "read_members",
    "typed_members",
]

MODE, OTHERS, GUESTS = "who_writes", "what_others_may", "what_guests_may"
ROLE = "role of "
BASE = "none"
"""Of a member: no role by name."""


def input_of(person: Person) -> str:
    """Return what the input of a member is called."""
    return f"{ROLE}{person.tenant}/{person.object_id}"


def members_form(
    book: Book,
    rows: Sequence[Row],
    save: MembersSave,
    values: Mapping[str, str],
    reader: Viewer,
    *,
    problems: Sequence[Problem] = (),
    mode: Mode = Mode.CHAT,
    said: str = "",
) -> Card:
    """Return the form over a page of members.

    Args:
        book: named.
        rows: everybody whose name fits.
        save: what its button does; it says which page.
        values: what stands in it.
        reader: an owner.
        problems: what is wrong with the values.
        mode: in the chat or in a dialog.
        said: a sentence about the whole form.
    """
    language = reader.language
    form = Form(values, problems, language)
    modes = [Choice(title=say(language, MODES[each]), value=each.value) for each in MODES]
    lower = [_choice(role, language) for role in (Role.READER, Role.CONTRIBUTOR, Role.EDITOR)]
    inputs: list[Element] = [
        small(book.name),
        *form.choose(MODE, say(language, "Who writes"), modes),
        *form.choose(OTHERS, say(language, "By name: all others are"), lower),
        *form.choose(GUESTS, say(language, "Guests are at most"), lower),
        *form.below("roles"),
    ]
    page = rows[save.page * PAGE : (save.page + 1) * PAGE]
    inputs += [one for row in page for one in _input(form, row, language)]
    inputs.append(small(which(len(page), len(rows), language), spacing="medium"))
    return form.drawn(
        say(language, "Who may do what"),
        inputs,
        save=save,
        button=say(language, "Save"),
        cancel=MembersShow(book.id, save.page, save.who),
        mode=mode,
        said=said,
    )


def member_values(access: Access, rows: Sequence[Row]) -> dict[str, str]:
    """Return what stands in the form."""
    values = {
        MODE: access.mode.value,
        OTHERS: _value(access.others),
        GUESTS: _value(access.guests),
    }
    for row in rows:
        values[input_of(row.person)] = _value(row.role) if row.is_named else BASE
    return values


def typed_members(data: Mapping[str, Any]) -> dict[str, str]:
    """Return what was typed."""
    names = {MODE, OTHERS, GUESTS}
    return {
        name: value
        for name, value in data.items()
        if isinstance(value, str) and (name in names or name.startswith(ROLE))
    }


def read_members(
    data: Mapping[str, Any], kept: Access
) -> tuple[Sharing, Role, Role, dict[Person, Role | None]]:
    """Return who writes, what others and guests may, and the roles by name; ``None`` = take back.

    Raises:
        InvalidInput: a value that no form of ours has sent.
    """
    typed = typed_members(data)
    mode = typed.get(MODE) or kept.mode.value
    if mode not in Sharing.__members__.values():
        raise InvalidInput(Problem(MODE, Wrong.NOT_A_CHOICE))
    others = _read(typed.get(OTHERS), OTHERS) or kept.others
    guests = _read(typed.get(GUESTS), GUESTS) or kept.guests
    roles = {
        person: _read(value, "roles")
        for name, value in typed.items()
        if (person := _person(name)) is not None
    }
    return Sharing(mode), others, guests, roles


def _input(form: Form, row: Row, language: str) -> list[Element]:
    name = clean(fold(row.name, 80)) or say(language, "somebody")
    label = say(language, "{name} (guest)", name=name) if row.is_guest else name
    roles = [role for role in NAMES if not (row.is_guest and role is Role.OWNER)]
    unnamed = say(language, "Not by name")
    if not row.is_named:
        unnamed = say(language, "{role}, not by name", role=say(language, NAMES[row.role]))
    as_all = Choice(title=unnamed, value=BASE)
    return form.choose(
        input_of(row.person), label, [as_all, *(_choice(role, language) for role in roles)]
    )


def _choice(role: Role, language: str) -> Choice:
    return Choice(title=say(language, NAMES[role]), value=_value(role))


def _value(role: Role) -> str:
    return role.name.lower()


def _read(value: str | None, field: str) -> Role | None:
    if not value or value == BASE:
        return None
    known = {_value(role): role for role in Role}
    if value not in known:
        raise InvalidInput(Problem(field, Wrong.NOT_A_CHOICE))
    return known[value]


def _person(name: str) -> Person | None:
    if not name.startswith(ROLE):
        return None
    tenant, _, object_id = name.removeprefix(ROLE).partition("/")
    return Person(TenantId(tenant), ObjectId(object_id))
