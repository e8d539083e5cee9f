"""Contacts with everything that they can have, and what their cards lead to, for the table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

from cards.contacts.contact import Addresses, contact_card
from cards.contacts.contact_actions import ContactCreate, ContactSave
from cards.contacts.contact_form import contact_form, contact_values
from cards.contacts.contact_history import history_card
from cards.contacts.contact_list_actions import ContactsShow
from cards.contacts.contact_pages import (
    company_card,
    merge_question,
    notes_form,
    photo_form,
    picture_card,
)
from cards.contacts.fields_form import field_values, fields_form
from cards.contacts.groups import group_card, group_question, groups_card
from cards.contacts.list_actions import FieldsSave
from cards.elements import Card
from cards.events.live import live_contact
from cards.form import Mode
from cards.viewer import Everyone, Viewer
from cards.watching.digest import changes_card
from cards.watching.watch_actions import WatchSave
from cards.watching.watch_form import watch_form, wish_values
from services.model.access import Role
from services.model.contact_lists import CustomField, FieldId, FieldKind, ListShape
from services.model.contacts import (
    Address,
    ContactContent,
    CustomValue,
    Phone,
    PhoneKind,
    PhotoId,
)
from services.model.errors import Problem, Wrong
from services.model.events import Author
from services.model.notices import News, What
from services.model.watching import Wishes
from tests._builders import BERLIN, a_contact, a_contact_list, a_person
from tests.services._contacts import FULL

__all__ = ["contact_samples"]

INES = Viewer(BERLIN, "en", Role.EDITOR, a_person())
OWNER = Viewer(BERLIN, "en", Role.OWNER, a_person())
GUEST = Viewer(BERLIN, "en", Role.READER)
LATER = datetime(2026, 11, 20, 9, 15, tzinfo=UTC)
SHAPE = ListShape(
    groups=("Board", "Suppliers, north"),
    fields=(
        CustomField(FieldId("f1"), "Customer number", FieldKind.NUMBER),
        CustomField(FieldId("f2"), "Contract until", FieldKind.DATE),
        CustomField(FieldId("f3"), "Level", FieldKind.CHOICE, ("Gold", "Silver")),
        CustomField(FieldId("f4"), "Wiki", FieldKind.LINK),
        CustomField(FieldId("f5"), "Allergies"),
    ),
)
LIST = replace(a_contact_list(name="Harbour contacts"), shape=SHAPE)
ALL = replace(
    FULL,
    groups=("Board", "Suppliers, north"),
    owner=Author(None, "Mara Lindqvist"),
    links=("https://www.linkedin.com/in/ada", "http://old.example/ada"),
    anniversary=date(1835, 7, 8),
    phones=(*FULL.phones, Phone(PhoneKind.FAX, "+44 20 5550 0199")),
    notes="Wrote the **first** program.\n- likes music\n- [her page](https://ada.example)",
    custom=(
        CustomValue(FieldId("f1"), "1250.5"),
        CustomValue(FieldId("f2"), "2027-05-31"),
        CustomValue(FieldId("f3"), "Gold"),
        CustomValue(FieldId("f4"), "https://wiki.example/ada"),
        CustomValue(FieldId("f9"), "of a field that is gone"),
    ),
    photo=PhotoId("p1"),
)
GROUPS = [(f"Group {number}", number) for number in range(45)]
AT = Addresses("https://almanac.example/photos/abc", "https://almanac.example/c/contact-1")


def contact_samples(hostile: str, long: str) -> dict[str, Callable[[], Card]]:
    whole = a_contact(ALL, updated_at=LATER, updated_by=Author(None, "Ines Moreau"))
    before = replace(whole, content=replace(ALL, job="Poet", photo=PhotoId("")))
    first = replace(before, deleted_at=LATER, content=ContactContent(name="Ada", notes="x"))
    odd = a_contact(
        replace(
            ALL,
            name=hostile,
            website="javascript:alert(1)",
            links=(f"https://x.example/{hostile}",),
            notes=hostile,
            groups=(hostile,),
            tags=(hostile,),
            home_address=Address(street=hostile, city=hostile),
            chats=(hostile,),
            birthday=date(1604, 2, 29),
        )
    )
    bare = a_contact(ContactContent(name="Ines", company="Sea"))
    colleagues = [a_contact(name=f"Robin Number{n:02}", company="Engines") for n in range(32)]
    create, save = ContactCreate(LIST.id, "f1"), ContactSave(LIST.id, whole.id, "7")
    wrong = (
        Problem("business_city", Wrong.TOO_LONG, 200),
        Problem("links", Wrong.NOT_A_LINK),
        Problem("custom_f1", Wrong.NOT_A_NUMBER),
        Problem("birthday", Wrong.OUT_OF_RANGE),
    )
    values = contact_values(ALL)
    fields = FieldsSave(LIST.id, "7")
    news = [News(What.NEW, whole), News(What.CHANGED, odd), News(What.DELETED, whole)]
    return {
        "contact-whole": lambda: contact_card(whole, LIST, INES, at=AT),
        "contact-whole-reader": lambda: contact_card(whole, LIST, GUEST, at=AT),
        "contact-whole-post": lambda: contact_card(whole, LIST, Everyone(LIST)),
        "contact-opened": lambda: contact_card(whole, LIST, INES, at=AT, back=ContactsShow(page=2)),
        "contact-opened-reader": lambda: contact_card(bare, LIST, GUEST, back=ContactsShow()),
        "contact-live": lambda: live_contact(whole, LIST, Everyone(LIST), [a_person().object_id]),
        "contact-whole-hostile": lambda: contact_card(odd, LIST, INES, at=AT),
        "contact-form-whole": lambda: contact_form(save, values, LIST, INES),
        "contact-form-fields": lambda: contact_form(create, {}, LIST, INES, mode=Mode.DIALOG),
        "contact-form-parts": lambda: contact_form(save, values, LIST, INES, problems=wrong),
        "contact-history": lambda: history_card((whole, before, first), INES),
        "contact-history-restored": lambda: history_card((first, before), INES),
        "contact-history-long": lambda: history_card((whole, before) * 20, INES),
        "contact-company": lambda: company_card("Engines", colleagues, whole, INES),
        "contact-company-bare": lambda: company_card("Sea", [bare], bare, INES),
        "contact-company-one": lambda: company_card(hostile, [whole], whole, INES),
        "contact-notes": lambda: notes_form(whole, "Call *after* ten.", INES),
        "contact-notes-wrong": lambda: notes_form(
            whole, long, INES, problems=[Problem("my_note", Wrong.TOO_LONG, 5_000)]
        ),
        "contact-photo": lambda: photo_form(whole, INES, is_personal=True),
        "contact-photo-none": lambda: photo_form(bare, GUEST, is_personal=True),
        "contact-photo-wrong": lambda: photo_form(
            odd, INES, url="http://x", said="No picture.", is_personal=False
        ),
        "contact-changes": lambda: changes_card(news, LIST, Everyone(LIST)),
        "contact-watch": lambda: watch_form(
            WatchSave(LIST.id, everyone=True), wish_values(Wishes()), LIST, INES
        ),
        "contact-watch-mine": lambda: watch_form(
            WatchSave(LIST.id, everyone=False), wish_values(Wishes()), LIST, INES
        ),
        "contact-groups": lambda: groups_card(LIST, GROUPS, INES, said="Renamed."),
        "contact-groups-owner": lambda: groups_card(
            LIST, [], OWNER, typed="Sea", problems=[Problem("group_name", Wrong.TAKEN)]
        ),
        "contact-groups-reader": lambda: groups_card(LIST, [(hostile, 1), *GROUPS], GUEST),
        "contact-group": lambda: group_card(LIST, "Board", 12, INES),
        "contact-group-joined": lambda: group_card(LIST, "Board", 13, INES, said="Ada is in it."),
        "contact-group-reader": lambda: group_card(LIST, hostile, 1, GUEST),
        "contact-group-wrong": lambda: group_card(
            LIST, "Board", 0, INES, typed="", problems=[Problem("group_name", Wrong.MISSING)]
        ),
        "contact-group-delete": lambda: group_question(LIST, long, 12, INES),
        "contact-fields": lambda: fields_form(fields, field_values(SHAPE.fields), LIST, OWNER),
        "contact-fields-wrong": lambda: fields_form(
            fields,
            {"field_name_0": hostile, "field_kind_5": "choice"},
            LIST,
            OWNER,
            problems=[Problem("field_choices_5", Wrong.MISSING)],
            mode=Mode.DIALOG,
        ),
        "contact-picture": lambda: picture_card("token", [], INES),
        "contact-picture-found": lambda: picture_card("token", [whole, odd], INES),
        "contact-merge": lambda: merge_question(whole, LIST, INES),
        "contact-merge-hostile": lambda: merge_question(odd, LIST, INES),
    }
