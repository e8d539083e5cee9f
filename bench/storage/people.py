"""A contact list to search in: names of many countries' sounds, few of them common, most rare."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from bench.storage.samples import BEGIN, TENANT, ZONE
from services.model.books import Book, BookId, BookKind
from services.model.contacts import Contact, ContactContent, ContactId, Phone, PhoneKind
from services.model.events import Author
from services.model.identity import ObjectId, Person, PersonHome

__all__ = ["CONTACT_LIST", "OWNER", "contacts"]

OWNER = Person(TENANT, ObjectId("77777777-0000-0000-0000-000000000000"))
AUTHOR = Author(OWNER, "Ines Diaz")
CONTACT_LIST = Book(
    id=BookId("contacts"),
    kind=BookKind.CONTACTS,
    tenant=TENANT,
    home=PersonHome(OWNER),
    name="",
    zone=ZONE,
    created_at=BEGIN,
)
BEGINNINGS = (
    *("b", "br", "c", "ch", "d", "dr", "f", "g", "gr", "h", "j", "k", "kl", "kr", "l", "m"),
    *("n", "o", "p", "pr", "qu", "r", "s", "sch", "sh", "st", "t", "th", "v", "w", "y", "z"),
)
MIDDLES = (
    *("a", "an", "ar", "e", "el", "en", "er", "i", "il", "in", "is", "o", "ol", "on", "or"),
    *("u", "ul", "un", "ay", "ei", "ie", "oo", "au", "ää", "ø"),
)
ENDINGS = (
    *("a", "berg", "da", "e", "el", "en", "er", "ez", "i", "ian", "ic", "in", "ina", "ki"),
    *("ko", "la", "ley", "li", "mann", "na", "ov", "sen", "ski", "son", "ta"),
)
JOBS = ("Designer", "Engineer", "Buyer", "Editor", "Director", "Nurse", "Teacher", "Lawyer")
KINDS = ("GmbH", "Ltd", "SA", "Partners", "Press", "Foods", "AB", "Group")
FIRST_NAMES, LAST_NAMES, COMPANIES = 4_000, 80_000, 6_000
SIZES = (1, 2, 2, 3)
"""Syllables of a name, but for its ending."""
SKEW = 2.2
"""How much more often the first of a list is taken than the last."""


def contacts(many: int) -> Iterator[Contact]:
    """Yield the list's contacts: always the same."""
    dice = Random(20261121)
    first, last, firms = (
        [_word(dice).title() for _ in range(size)] for size in (FIRST_NAMES, LAST_NAMES, COMPANIES)
    )
    for number in range(many):
        one, other, firm = (_pick(dice, words) for words in (first, last, firms))
        yield Contact(
            id=ContactId(f"{dice.getrandbits(128):032x}"),
            book=CONTACT_LIST.id,
            content=ContactContent(
                name=f"{one} {other}",
                company=f"{firm} {dice.choice(KINDS)}",
                job=dice.choice(JOBS),
                emails=(f"{one}.{other}{number % 97}@{firm}.example".lower(),),
                phones=(Phone(PhoneKind.BUSINESS, f"+49 30 {dice.randrange(10**6, 10**7)}"),),
            ),
            created_by=AUTHOR,
            created_at=BEGIN,
            updated_by=AUTHOR,
            updated_at=BEGIN,
        )


def _word(dice: Random) -> str:
    syllables = [dice.choice(BEGINNINGS) + dice.choice(MIDDLES) for _ in range(dice.choice(SIZES))]
    return "".join(syllables) + dice.choice(ENDINGS)


def _pick(dice: Random, words: list[str]) -> str:
    return words[int(len(words) * dice.random() ** SKEW)]
