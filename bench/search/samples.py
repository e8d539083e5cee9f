"""A contact list of an international team: always the same contacts, with all that people fill in.

A fifth of those whose language has letters of its own are written without them, as in a list that
came out of an old system: ``Juergen Mueller``, ``Dmitriy Ivanov``. What is written how is said by
:mod:`bench.search.latin`, which the engine that is measured knows nothing of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from bench.search.languages import LANGUAGES, Language
from bench.search.latin import latin
from bench.storage.people import AUTHOR, CONTACT_LIST
from bench.storage.samples import BEGIN
from services.model.contact_lists import FieldId
from services.model.contacts import (
    Address,
    Contact,
    ContactContent,
    ContactId,
    CustomValue,
    Phone,
    PhoneKind,
)

__all__ = ["Sample", "samples"]

WEIGHTS = (3, 2, 1, 1, 1, 1, 1, 1, 1, 0.5)
"""How many contacts there are of each language; Chinese family names are few."""
FIRMS = "Nova Delta Arbor Vertex Lumen Orbis Fjord Solid Quant Ember Marin Polar Terra Astra Zenit"
TRADES = "Foods Press Steel Energy Shipping Consult Glass Paper Tools Media Textil Pharma Logistik"
FORMS = "GmbH Ltd SA AB Group Partners"
TAGS = [
    "customer",
    "supplier",
    "partner",
    "press",
    "board",
    "newsletter",
    "conference",
    "vip",
    "former",
    "lead",
]
GROUPS = ["north", "south", "east", "west", "board"]
NOTES = (
    "Met at the fair in {town}; likes to be called before noon.",
    "Prefers letters. Knows {other}.",
    "Asked for the price list of {firm} again.",
    "Moved from {town}, ask {other} for the new address.",
)
MANY_FIRMS = 8_000
PLAIN = 0.2


@dataclass(frozen=True, slots=True)
class Sample:
    """A contact, and the parts that questions are made of, as they were written."""

    contact: Contact
    language: Language
    given: str
    family: str
    firm: str
    town: str
    national: str
    """The digits of the phone inside its country, without what is dialled in front."""


def samples(many: int) -> Iterator[Sample]:
    """Yield the first contacts of the list."""
    dice = Random(20261121)
    firms = list(dict.fromkeys(_firm(dice) for _ in range(MANY_FIRMS)))
    for number in range(many):
        (language,) = dice.choices(LANGUAGES, WEIGHTS)
        yield _sample(dice, language, dice.choice(firms), number)


def _sample(dice: Random, language: Language, firm: str, number: int) -> Sample:
    given, family = dice.choice(language.given), _family(dice, language)
    town = dice.choice(language.towns)
    if dice.random() < PLAIN:
        given, family, town = (latin(part, language.code) for part in (given, family, town))
    national = str(dice.randrange(2 * 10**8, 10**9))
    host = "".join(part for part in latin(firm).lower().split()[:2] if part.isalnum())
    local = f"{latin(given, language.code)}.{latin(family, language.code)}".lower()
    emails = (f"{local}@{host}.example",)
    other = _family(dice, language)
    content = ContactContent(
        name=f"{family}{given}" if _is_joined(family) else f"{given} {family}",
        given_name=given,
        family_name=family,
        company=firm,
        job=dice.choice(language.jobs),
        emails=emails if dice.random() < 0.85 else (*emails, f"info{number}@{host}.example"),
        phones=tuple(_phones(dice, language, national)),
        business_address=Address(
            street=f"{_family(dice, language)} {dice.randrange(1, 200)}",
            city=town,
            postal_code=str(dice.randrange(10_000, 99_999)),
            country=language.country,
        ),
        notes=dice.choice(NOTES).format(town=town, other=other, firm=firm)
        if dice.random() < 0.3
        else "",
        tags=tuple(sorted(dice.sample(TAGS, dice.randrange(3)))),
        groups=tuple(sorted(dice.sample(GROUPS, dice.randrange(2)))),
        custom=(CustomValue(FieldId("number"), f"K{number:05}"),) if number % 5 == 0 else (),
    )
    contact = Contact(
        id=ContactId(f"{dice.getrandbits(128):032x}"),
        book=CONTACT_LIST.id,
        content=content,
        created_by=AUTHOR,
        created_at=BEGIN,
        updated_by=AUTHOR,
        updated_at=BEGIN,
    )
    return Sample(contact, language, given, family, firm, town, national)


def _family(dice: Random, language: Language) -> str:
    return dice.choice(language.beginnings) + dice.choice(language.endings)


def _is_joined(family: str) -> bool:
    return family[0] >= "\u2e80"


def _firm(dice: Random) -> str:
    """Return a company: some are called after a family."""
    (language,) = dice.choices(LANGUAGES, WEIGHTS)
    name = _family(dice, language) if dice.random() < 0.6 else dice.choice(FIRMS.split())
    return f"{name} {dice.choice(TRADES.split())} {dice.choice(FORMS.split())}"


def _phones(dice: Random, language: Language, national: str) -> Iterator[Phone]:
    """Yield one or two phones: most international, a third as people at home write them."""
    groups = f"{national[:2]} {national[2:5]} {national[5:]}"
    at_home = dice.random() < 1 / 3
    number = language.trunk + groups if at_home else f"+{language.dial} {groups}"
    yield Phone(PhoneKind.BUSINESS, number)
    if dice.random() < 0.4:
        mobile = dice.randrange(10**8, 10**9)
        yield Phone(PhoneKind.MOBILE, f"+{language.dial} ({language.trunk or '0'}){mobile}")
