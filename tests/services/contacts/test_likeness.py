"""Who is likely the same person or company said twice, and who only looks like it."""

from __future__ import annotations

import time
from random import Random

import pytest

from services.contacts.likeness import LIKELY, Index, likeness, pairs_in
from services.contacts.profiles import profile_of
from services.model.contacts import ContactContent, Phone, PhoneKind


def a(name: str, company: str = "", email: str = "", phone: str = "") -> ContactContent:
    phones = (Phone(PhoneKind.MOBILE, phone),) if phone else ()
    return ContactContent(
        name=name, company=company, emails=(email,) if email else (), phones=phones
    )


SAME = {
    "an address, in capitals": (
        a("Ada Byron", email="ada@x.example"),
        a("A. Byron", email="ADA@X.example"),
    ),
    "a number, with and without its country": (
        a("Ada Byron", phone="+45 70 12 34 56"),
        a("Byron, Ada", phone="70123456"),
    ),
    "a name in another order": (a("Ada Byron", "Engines"), a("Byron, Ada", "Engines Ltd")),
    "a slip in the name": (a("Ada Byron", "Engines"), a("Ada Byrom", "Engines")),
    "accents": (a("Jürgen Müller", "Söhne GmbH"), a("Jurgen Muller", "Sohne")),
    "a middle name": (a("Ada Byron", "Engines"), a("Ada Augusta Byron", "Engines")),
}
APART = {
    "a switchboard": (
        a("Ada Byron", "Crane", phone="70123456"),
        a("Robin Miller", "Crane", phone="70123456"),
    ),
    "a mailbox of many": (
        a("Ada Byron", email="info@x.example"),
        a("Robin Miller", email="info@x.example"),
    ),
    "a common name": (
        a("Anna Smith", email="anna@x.example"),
        a("Anna Smith", email="smith@y.example"),
    ),
    "another company": (a("Ada Byron", "Engines"), a("Ada Byron", "Harbour Crane")),
    "a first name alone": (a("Ada"), a("Ada")),
    "siblings": (a("Ada Byron", "Engines"), a("Allegra Byron", "Engines")),
    "nothing": (a("?"), a("!")),
}


@pytest.mark.parametrize("pair", SAME.values(), ids=list(SAME))
def test_these_are_likely_the_same(pair: tuple[ContactContent, ContactContent]) -> None:
    one, other = map(profile_of, pair)
    assert likeness(one, other) == likeness(other, one) >= LIKELY
    assert [(first, second) for _, first, second in pairs_in([one, other])] == [(0, 1)]


@pytest.mark.parametrize("pair", APART.values(), ids=list(APART))
def test_these_are_not(pair: tuple[ContactContent, ContactContent]) -> None:
    one, other = map(profile_of, pair)
    assert likeness(one, other) < LIKELY
    assert pairs_in([one, other]) == []


def test_the_closest_of_several_is_found() -> None:
    index = Index()
    for content in (a("Ada Byrom", "Engines"), a("Ada Byron", "Engines")):
        index.add(profile_of(content))
    found = index.closest(profile_of(a("Ada Byron", "Engines")))
    assert found is not None and found.number == 1
    assert index.closest(profile_of(a("Robin Miller"))) is None


@pytest.mark.slow
def test_a_block_of_thousands_costs_no_square() -> None:
    """All of one name, of one company: each is compared with a bounded number of others."""
    chance = Random(1)
    people = [
        profile_of(a(f"Ada {''.join(chance.choices('abcdef', k=8))}", "Engines"))
        for _ in range(4_000)
    ]
    began = time.process_time()
    pairs_in(people)
    assert time.process_time() - began < 3
