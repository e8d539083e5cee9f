"""The groups of a contact list: all of them, one of them, and the question before one goes."""

from __future__ import annotations

from collections.abc import Sequence

from cards.buttons import press, tap
from cards.contacts.contact_choices import contact_field
from cards.contacts.contact_list_actions import ContactsShow
from cards.contacts.list_actions import (
    FieldsEdit,
    GroupDelete,
    GroupDeleteYes,
    GroupJoin,
    GroupMake,
    GroupRename,
    GroupShow,
    GroupsShow,
)
from cards.elements import Card, Column, ColumnSet, Element, card, words
from cards.form import Form
from cards.parts import fold, heading, note, quoting, small
from cards.viewer import Reader
from cards.wording import count, say
from services.model.books import Book, Role
from services.model.errors import Problem

__all__ = ["group_card", "group_question", "groups_card"]

MOST = 25
NAME = 100


def groups_card(
    book: Book,
    groups: Sequence[tuple[str, int]],
    reader: Reader,
    *,
    typed: str = "",
    problems: Sequence[Problem] = (),
    said: str = "",
) -> Card:
    """Return the groups of a list, and where an editor makes one more.

    Args:
        book: the list.
        groups: each with the number of its members.
        reader: for whom.
        typed: the name of a new one.
        problems: what is wrong with it.
        said: a sentence on top.
    """
    language = reader.language
    title = say(language, "Groups")
    body: list[Element] = [
        *([note(said, "good")] if said else []),
        heading(title),
        small(book.name or say(language, "Contacts")),
    ]
    if not groups:
        body.append(words(say(language, "There are no groups yet."), subtle=True))
    body += [_line(book, name, members, language) for name, members in groups[:MOST]]
    if len(groups) > MOST:
        body.append(small(say(language, "Only the first {n} are shown.", n=MOST)))
    buttons: list[Element] = []
    if reader.may(Role.EDITOR) and not book.archived:
        form = Form({"group_name": typed}, problems, language)
        body += form.line("group_name", say(language, "New group"), most=NAME)
        make = press(GroupMake(book.id), say(language, "Make it"), main=True, form=True)
        buttons.append(make)
    if reader.may(Role.OWNER) and not book.archived:
        fields = press(FieldsEdit(book.id), say(language, "Fields of this list"))
        buttons.append(fields)
    return card(body, buttons, language=language, fallback=title)


def group_card(
    book: Book,
    name: str,
    members: int,
    reader: Reader,
    *,
    typed: str | None = None,
    problems: Sequence[Problem] = (),
    said: str = "",
) -> Card:
    """Return one group; editors put somebody in, rename it or take it away.

    Args:
        book: the list.
        name: the group.
        members: how many are in it.
        reader: for whom.
        typed: its new name; ``None`` = as it is.
        problems: what is wrong with that.
        said: a sentence on top.
    """
    language = reader.language
    body: list[Element] = [
        *([note(said, "good")] if said else []),
        quoting(fold(name, NAME)),
        small(count(language, "one contact", "{n} contacts", members)),
    ]
    show = press(ContactsShow(group=name), say(language, "Show them"))
    back = press(GroupsShow(book.id), say(language, "All groups"))
    buttons: list[Element] = [show, back]
    if reader.may(Role.EDITOR) and not book.archived:
        form = Form({"group_name": name if typed is None else typed}, problems, language)
        body += form.line("group_name", say(language, "Name"), most=NAME)
        body.append(contact_field(language, book.id))
        join = press(GroupJoin(book.id, name), say(language, "Put them in"), form=True)
        rename = press(GroupRename(book.id, name), say(language, "Rename"), main=True, form=True)
        gone = press(GroupDelete(book.id, name), say(language, "Delete"), grave=True)
        buttons = [join, rename, *buttons, gone]
    return card(body, buttons, language=language, fallback=fold(name, NAME))


def group_question(book: Book, name: str, members: int, reader: Reader) -> Card:
    """Return the question before a group goes."""
    language = reader.language
    title = say(language, "Delete this group?")
    body: list[Element] = [
        heading(title),
        words(fold(name, NAME), weight="bolder"),
        words(
            count(
                language,
                "The contact in it stays.",
                "The {n} contacts in it stay.",
                members,
            )
        ),
    ]
    yes = press(GroupDeleteYes(book.id, name), say(language, "Delete"), grave=True)
    no = press(GroupShow(book.id, name), say(language, "Keep it"))
    return card(body, [yes, no], language=language, fallback=title)


def _line(book: Book, name: str, members: int, language: str) -> Element:
    shown = fold(name, 80)
    told = count(language, "one contact", "{n} contacts", members)
    return ColumnSet(
        columns=[
            Column(items=[words(shown, weight="bolder")], width="stretch", vertical="center"),
            Column(items=[small(told)], width="auto", vertical="center"),
        ],
        spacing="small",
        min_height="24px",
        action=tap(GroupShow(book.id, name), shown),
    )
