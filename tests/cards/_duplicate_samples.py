"""Contact lists as files, their duplicates and birthdays, for the table of samples."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from cards.accounts.links import list_offer
from cards.contacts.birthdays import birthdays_card
from cards.contacts.duplicates import apart_card, duplicates_card, merge_card, merged_card
from cards.elements import Card
from cards.files.export_card import contacts_export_choice
from cards.viewer import Everyone, Viewer
from services.model.access import Role
from services.model.celebrations import Celebrated, Celebration
from services.model.contact_lists import ListShape
from services.model.contacts import Contact, ContactId, PhotoId
from services.model.settings import BookSettings, Marked
from tests._builders import BERLIN, a_contact, a_contact_list, an_author
from tests.services._contacts import FULL

__all__ = ["duplicate_samples"]

INES = Viewer(BERLIN, "en", Role.EDITOR)
LIST = replace(a_contact_list(name="Customers"), shape=ListShape(groups=("Board", "Sea")))
OWNER = Viewer(BERLIN, "en", Role.OWNER)
SHOWN = replace(LIST, settings=BookSettings(celebrations=True))


def _celebrated(name: str, year: int = 1985, what: Marked = Marked.BIRTHDAY) -> Celebration:
    began = date(year, 12, 1)
    return Celebration(date(2026, 12, 1), Celebrated(ContactId("contact-1"), name, began, what))


CELEBRATED = [
    _celebrated("Ada Byron"),
    _celebrated("Crane Ltd", 2025, Marked.ANNIVERSARY),
    _celebrated("Leap Lee", 1604),
]


def duplicate_samples(hostile: str, long: str) -> dict[str, Callable[[], Card]]:
    ada = a_contact(FULL, photo=PhotoId("p1"), birthday=date(1604, 12, 10))
    other = _second(
        name="Ada Byrom",
        company="Mills",
        job="Countess",
        birthday=date(1815, 12, 10),
        photo=PhotoId("p2"),
        owner=an_author(),
        emails=("ada@mills.example",),
    )
    twin = replace(a_contact(name="Ada Byron"), id=ContactId("contact-2"))
    bad, tall = (
        a_contact(name=hostile, notes=hostile),
        _second(name=long, job=long, company=hostile),
    )
    return {
        "duplicates": lambda: duplicates_card(LIST, [(ada, other)] * 12, 30, INES),
        "duplicates-one": lambda: duplicates_card(LIST, [(ada, twin)], 1, INES, said="Done."),
        "duplicates-none": lambda: duplicates_card(replace(LIST, name=""), [], 0, INES),
        "duplicates-hostile": lambda: duplicates_card(
            replace(LIST, name=hostile), [(bad, tall)], 1, INES
        ),
        "merge": lambda: merge_card(LIST, ada, other, INES),
        "merge-alike": lambda: merge_card(LIST, a_contact(name="Ada Byron"), twin, INES),
        "merge-hostile": lambda: merge_card(LIST, bad, tall, INES),
        "merged": lambda: merged_card(LIST, ada, other, INES),
        "merged-hostile": lambda: merged_card(LIST, bad, tall, INES),
        "merged-undone": lambda: apart_card(LIST, INES),
        "birthdays": lambda: birthdays_card(LIST, CELEBRATED * 15, 60, OWNER),
        "birthdays-shown": lambda: birthdays_card(SHOWN, CELEBRATED, 60, INES),
        "birthdays-none": lambda: birthdays_card(replace(SHOWN, name=""), [], 60, OWNER),
        "birthdays-hostile": lambda: birthdays_card(
            replace(LIST, name=hostile), [_celebrated(hostile), _celebrated(long)], 60, OWNER
        ),
        "link-list-offer": lambda: list_offer(LIST, INES),
        "link-list-offer-hostile": lambda: list_offer(replace(LIST, name=hostile), INES),
        "contacts-export": lambda: contacts_export_choice(LIST, INES),
        "contacts-export-found": lambda: contacts_export_choice(
            a_contact_list(name=""), Everyone(LIST), text=hostile
        ),
        "contacts-export-hostile": lambda: contacts_export_choice(
            replace(LIST, name=long, shape=ListShape(groups=(hostile, long))), INES
        ),
    }


def _second(**content: Any) -> Contact:
    return replace(a_contact(**content), id=ContactId("contact-2"))
