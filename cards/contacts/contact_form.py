"""The form of a contact, in the chat and in a dialog.

:func:`contact_form` draws it from strings; what they are, and how they are read, is in
:mod:`cards.contacts.contact_values`. What most people ask for stands open, the rest is folded
(:mod:`cards.folding`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cards.contacts.contact_actions import ContactCreate, ContactDetails, ContactSave
from cards.contacts.contact_choices import COMPANIES
from cards.contacts.contact_parts import contact_parts, phone_input
from cards.contacts.contact_values import (
    LINE,
    LONG,
    NOTES,
    contact_values,
    custom_input,
    read_contact_form,
    typed_contact,
)
from cards.elements import Card, Choice, ChoiceSet, Element
from cards.folding import folded
from cards.form import Form, Mode, side_by_side
from cards.general_actions import FormCancel
from cards.parts import fold, small
from cards.submitted import as_choice, choices_in
from cards.text import clean
from cards.viewer import Reader
from cards.wording import say
from services.model.books import Book
from services.model.contact_lists import CustomField, FieldKind
from services.model.errors import Problem
from services.model.events import Author
from services.model.identity import ConversationHome

__all__ = ["contact_form", "contact_values", "read_contact_form", "typed_contact"]


def contact_form(
    save: ContactCreate | ContactSave,
    values: Mapping[str, str],
    book: Book,
    reader: Reader,
    *,
    problems: Sequence[Problem] = (),
    mode: Mode = Mode.CHAT,
    said: str = "",
    beside: Sequence[Book] = (),
    owner: Author | None = None,
) -> Card:
    """Return the form of a contact.

    Args:
        save: what its button does.
        values: what stands in it.
        book: the contact list.
        reader: who fills it in.
        problems: what is wrong with the values.
        mode: in the chat or in a dialog.
        said: a sentence about the whole form.
        beside: the lists between which a new contact may be put, if there are several.
        owner: who has looked after the contact until now.
    """
    language = reader.language
    form = Form(values, problems, language)
    inputs = form.books(beside, book.id, say(language, "Contact list"))
    if book.name and not inputs:
        inputs.append(small(book.name))
    inputs += [*_who(form, book), *_reach(form), *_sorted(form, book)]
    inputs.append(_owner(form, book, owner, mode))
    for field in book.shape.fields:
        inputs += _custom(form, field)
    hint = say(language, "**bold**, _italics_, - a list, [a link](https://…)")
    inputs += form.line("notes", say(language, "Notes"), most=NOTES, lines=True, hint=hint)
    inputs += folded(contact_parts(form))
    if isinstance(save, ContactSave):
        title, button = say(language, "Edit contact"), say(language, "Save")
        cancel: ContactDetails | FormCancel = ContactDetails(save.book, save.contact)
    else:
        title, button = say(language, "New contact"), say(language, "Create")
        cancel = FormCancel()
    return form.drawn(title, inputs, save=save, button=button, cancel=cancel, mode=mode, said=said)


def _who(form: Form, book: Book) -> list[Element]:
    language, companies = form.language, f"{COMPANIES}?{book.id}"
    missing = say(language, "Please give the contact a name.")
    return [
        *form.line("name", say(language, "Name"), most=LINE, missing=missing),
        side_by_side(
            form.line("company", say(language, "Company"), most=LINE),
            form.proposed("known_company", say(language, "Or one that is here"), companies),
        ),
        side_by_side(
            form.line("job", say(language, "Job title"), most=LINE),
            form.line("department", say(language, "Department"), most=LINE),
        ),
    ]


def _reach(form: Form) -> list[Element]:
    language = form.language
    return [
        side_by_side(
            form.line("email", say(language, "E-mail"), most=LONG, style="email"),
            form.line("email_2", say(language, "More e-mail addresses"), most=LONG),
        ),
        side_by_side(
            phone_input(form, "phone_business", say(language, "Work phone")),
            phone_input(form, "phone_mobile", say(language, "Mobile")),
        ),
    ]


def _sorted(form: Form, book: Book) -> list[Element]:
    """Return groups and tags: by what a contact is found among many."""
    language = form.language
    chosen = choices_in(form.values.get("groups", ""))
    known = dict.fromkeys([*book.shape.groups, *chosen])
    groups: list[Element] = []
    if known:
        several = ChoiceSet(
            id="groups",
            label=say(language, "Groups"),
            spacing="medium",
            choices=[Choice(title=clean(fold(each, 60)), value=as_choice(each)) for each in known],
            value=",".join(map(as_choice, chosen)) or None,
            several=True,
            style="compact",
        )
        groups = [several, *form.below("groups")]
    return [
        *groups,
        side_by_side(
            form.line("new_group", say(language, "New group"), most=LINE),
            form.line("tags", say(language, "Tags"), most=LONG, hint="#fair, #print"),
        ),
    ]


def _owner(form: Form, book: Book, owner: Author | None, mode: Mode) -> Element:
    """Return who in the team looks after the contact: picked, or else by name."""
    language = form.language
    known = []
    if owner and owner.person:
        name = clean(fold(owner.name, 80)) or "?"
        known = [Choice(title=name, value=owner.person.object_id)]
    of_place = mode is Mode.CHAT and isinstance(book.home, ConversationHome)
    hint = say(language, "Who in the team looks after them")
    return side_by_side(
        form.people(
            "owner_person", say(language, "Owner"), known, of_place=of_place, several=False
        ),
        form.line("owner", say(language, "Owner by name"), most=LINE, hint=hint),
    )


def _custom(form: Form, field: CustomField) -> list[Element]:
    name, label = custom_input(field.id), clean(fold(field.name, 80))
    match field.kind:
        case FieldKind.CHOICE:
            choices = [Choice(title=clean(fold(each, 80)), value=each) for each in field.choices]
            return form.choose(name, label, choices)
        case FieldKind.DATE:
            return form.day(name, label)
        case FieldKind.LINK:
            return form.line(name, label, most=LONG, hint="https://…")
        case _:
            return form.line(name, label, most=500)
