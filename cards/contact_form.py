"""The form of a contact, and the reading of what comes back from it.

:func:`contact_form` draws it from strings: :func:`contact_values` gives those of a contact,
:func:`typed_contact` those that were submitted; :func:`read_contact_form` turns them into
content. The form has room for two addresses and a phone of each kind; what a contact has beyond
that is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from cards.actions import ContactCreate, ContactDetails, ContactSave, FormCancel
from cards.elements import Card, Element
from cards.form import Form, Mode, side_by_side
from cards.parts import small
from cards.submitted import Submitted
from cards.viewer import Reader
from cards.wording import say
from services.model.books import Book
from services.model.contacts import ContactContent, Phone, PhoneKind
from services.model.errors import Problem, Wrong

__all__ = ["contact_form", "contact_values", "read_contact_form", "typed_contact"]

EMAILS = ("email", "email_2")
PHONES = {
    "phone_business": PhoneKind.BUSINESS,
    "phone_mobile": PhoneKind.MOBILE,
    "phone_home": PhoneKind.HOME,
}
FIELDS = ("name", "company", "job", "department", *EMAILS, *PHONES, "notes")
LINE, ADDRESS, NUMBER, NOTES = 200, 254, 50, 10_000


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
    """
    language = reader.language
    form = Form(values, problems, language)
    inputs = form.books(beside, book.id, say(language, "Contact list"))
    if book.name and not inputs:
        inputs.append(small(book.name))
    inputs += [*_who(form), *_reach(form)]
    inputs += form.line("notes", say(language, "Notes"), most=NOTES, lines=True)
    if isinstance(save, ContactSave):
        title, button = say(language, "Edit contact"), say(language, "Save")
        cancel: ContactDetails | FormCancel = ContactDetails(save.book, save.contact)
    else:
        title, button = say(language, "New contact"), say(language, "Create")
        cancel = FormCancel()
    return form.drawn(title, inputs, save=save, button=button, cancel=cancel, mode=mode, said=said)


def contact_values(content: ContactContent) -> dict[str, str]:
    """Return the content as the strings of a form."""
    emails = dict(zip(EMAILS, content.emails, strict=False))
    phones = {name: _numbers(content, kind)[:1] for name, kind in PHONES.items()}
    return {
        "name": content.name,
        "company": content.company,
        "job": content.job,
        "department": content.department,
        **emails,
        **{name: numbers[0] for name, numbers in phones.items() if numbers},
        "notes": content.notes[:NOTES],
    }


def typed_contact(data: Mapping[str, Any]) -> dict[str, str]:
    """Return what was typed."""
    return dict(Submitted.of(data, FIELDS).values)


def read_contact_form(
    data: Mapping[str, Any], kept: ContactContent | None = None
) -> ContactContent:
    """Return the content that a submitted form describes; ``kept`` is what it was before.

    Raises:
        InvalidInput: something cannot be taken; names each input and what is wrong.
    """
    got = Submitted.of(data, FIELDS)
    content = replace(
        kept or ContactContent(name=""),
        name=got.text("name", LINE, required=True),
        company=got.text("company", LINE),
        job=got.text("job", LINE),
        department=got.text("department", LINE),
        emails=_read_emails(got, kept),
        phones=_read_phones(got, kept),
        notes=_read_notes(got, kept),
    )
    return got.settle(content)


def _who(form: Form) -> list[Element]:
    language = form.language
    missing = say(language, "Please give the contact a name.")
    return [
        *form.line("name", say(language, "Name"), most=LINE, missing=missing),
        side_by_side(
            form.line("company", say(language, "Company"), most=LINE),
            form.line("job", say(language, "Job title"), most=LINE),
        ),
        *form.line("department", say(language, "Department"), most=LINE),
    ]


def _reach(form: Form) -> list[Element]:
    language = form.language
    return [
        side_by_side(
            form.line("email", say(language, "E-mail"), most=ADDRESS, style="email"),
            form.line("email_2", say(language, "Second e-mail"), most=ADDRESS, style="email"),
        ),
        side_by_side(
            form.line("phone_business", say(language, "Work phone"), most=NUMBER, style="tel"),
            form.line("phone_mobile", say(language, "Mobile"), most=NUMBER, style="tel"),
        ),
        *form.line("phone_home", say(language, "Home phone"), most=NUMBER, style="tel"),
    ]


def _read_emails(got: Submitted, kept: ContactContent | None) -> tuple[str, ...]:
    """Return the addresses, each once, then those that the form has no room for."""
    emails = [got.text(name, ADDRESS) for name in EMAILS]
    for name, email in zip(EMAILS, emails, strict=True):
        before, at, after = email.rpartition("@")
        if email and (not before or not at or "." not in after or set(email) & set(' <>,;"')):
            got.refuse(name, Wrong.NOT_AN_EMAIL)
    beyond = kept.emails[len(EMAILS) :] if kept else ()
    return tuple(dict.fromkeys(email for email in (*emails, *beyond) if email))


def _read_phones(got: Submitted, kept: ContactContent | None) -> tuple[Phone, ...]:
    phones: list[Phone] = []
    for name, kind in PHONES.items():
        number = got.text(name, NUMBER)
        if number and sum(sign.isdigit() for sign in number) < 3:
            got.refuse(name, Wrong.NOT_A_PHONE)
        beyond = _numbers(kept, kind)[1:] if kept else []
        phones += [Phone(kind, each) for each in (number, *beyond) if each]
    return tuple(phones)


def _read_notes(got: Submitted, kept: ContactContent | None) -> str:
    """Return the notes; very long ones that were not touched stay whole."""
    if kept and got.raw("notes") == kept.notes[:NOTES].strip():
        return kept.notes
    return got.text("notes", NOTES)


def _numbers(content: ContactContent, kind: PhoneKind) -> list[str]:
    return [phone.number for phone in content.phones if phone.kind is kind]
