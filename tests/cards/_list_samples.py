"""Lists of contacts, for the table of samples."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from cards.contacts.colleague import colleague_card, connect_directory_card
from cards.contacts.contact_list_actions import ContactsShow
from cards.contacts.contacts import PAGE, People, contacts_card
from cards.elements import Card
from cards.viewer import Everyone, Viewer
from services.model.access import Role
from services.model.contacts import Contact, ContactContent, ContactId
from services.model.directory import Colleague
from tests._builders import BERLIN, a_book, a_contact

__all__ = ["list_samples"]

INES = Viewer(BERLIN, "en", Role.EDITOR)
BOOK = a_book(name="Harbour contacts")
ABC = "abcdefghijklmnopqrstuvwxyz"


def someone(name: str, company: str = "", job: str = "") -> Contact:
    content = ContactContent(name=name, company=company, job=job)
    return a_contact(content, id=ContactId(name[:9]), book=BOOK.id)


def list_samples(hostile: str, long: str) -> dict[str, Callable[[], Card]]:
    found = [
        someone("Ada Byron", "Analytical Engines", "Engineer"),
        someone("Ines Moura"),
        someone("王小明", job="Designer"),
    ]
    few = People(records=found, total=3)
    crowd = People(
        records=[someone(f"Robin {letter}") for letter in ABC[:PAGE]],
        total=1234,
        letters=dict.fromkeys(ABC, 47) | {"#": 12, "q": 0},
        groups=["Board", "Customers", "Press", "Suppliers", "Harbour and all around it"],
        books={BOOK.id: BOOK},
    )
    bad = People(
        records=[someone(hostile, hostile), someone(long, long)],
        total=2,
        groups=[hostile],
        books={BOOK.id: a_book(name=hostile)},
    )
    rest = replace(few, letters={"a": 1, "i": 1, "#": 1}, groups=["Press"])
    colleague = Colleague(
        id="1",
        name="Ines Moreau",
        job="Designer",
        office="Quay 2",
        email="ines@lindenhof.example",
        phones=("+45 70 12 34 56", "+45 20 30 40 50"),
    )
    bare = Colleague(id="2", name=hostile, job=long, email="no address")
    return {
        "colleague": lambda: colleague_card(colleague, INES),
        "colleague-opened": lambda: colleague_card(colleague, INES, back=ContactsShow("Ines")),
        "colleague-hostile": lambda: colleague_card(bare, INES),
        "connect-directory": lambda: connect_directory_card("https://almanac.example/x", INES),
        "contacts": lambda: contacts_card(few, ContactsShow("Ines"), INES),
        "contacts-colleagues": lambda: contacts_card(
            replace(few, colleagues=(colleague, bare)), ContactsShow("Ines"), INES
        ),
        "contacts-none": lambda: contacts_card(
            People(records=[], total=0), ContactsShow(hostile[:200]), INES
        ),
        "contacts-all": lambda: contacts_card(crowd, ContactsShow(page=1), INES),
        "contacts-letters": lambda: contacts_card(
            replace(crowd, total=47), ContactsShow(letters="pqrs", order="company"), Everyone(BOOK)
        ),
        "contacts-thousands": lambda: contacts_card(
            replace(crowd, letters=dict.fromkeys(ABC, 400), groups=()), ContactsShow(), INES
        ),
        "contacts-more-found": lambda: contacts_card(
            replace(crowd, total=21), ContactsShow("Robin", page=1), INES
        ),
        "contacts-group": lambda: contacts_card(
            rest, ContactsShow(group="Press", order="recent"), INES
        ),
        "contacts-hostile": lambda: contacts_card(bad, ContactsShow(group=hostile[:200]), INES),
    }
