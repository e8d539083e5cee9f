"""Contacts for tests: one with every field, and many for hypothesis, of few values."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from hypothesis import strategies as st

from services.model.contacts import Address, ContactContent, Phone, PhoneKind
from services.model.imports import Incoming, Reading, Trouble

__all__ = ["FULL", "contact_contents", "whole"]

FULL = ContactContent(
    name="Countess Ada Lovelace",
    title="Dr",
    given_name="Augusta",
    middle_name="Ada",
    family_name="Lovelace",
    suffix="II",
    initials="A.A.L.",
    nickname="Ada",
    phonetic_given_name="オーガスタ",
    phonetic_family_name="ラブレス",
    phonetic_company="エンジン",
    company="Difference Engines",
    job="Analyst",
    department="Notes",
    office="Room G",
    profession="Mathematician",
    manager="Charles",
    assistant="Mary",
    spouse="William",
    children=("Byron", "Anne", "Ralph"),
    emails=("countess@engines.example", "ada@lovelace.example", "notes@engines.example"),
    chats=("ada@chat.example",),
    phones=(
        Phone(PhoneKind.BUSINESS, "+44 20 5550 0101"),
        Phone(PhoneKind.BUSINESS, "+44 20 5550 0102"),
        Phone(PhoneKind.HOME, "+44 20 5550 0103"),
        Phone(PhoneKind.HOME, "+44 20 5550 0104"),
        Phone(PhoneKind.MOBILE, "+44 7700 900105"),
    ),
    business_address=Address(
        street="1 Dorset St\nSecond floor", city="London", postal_code="W1U", country="UK"
    ),
    home_address=Address(street="12 St James's Sq", city="London", region="Westminster"),
    other_address=Address(city="Kirkby Mallory", country="UK"),
    website="https://engines.example/ada",
    birthday=date(1815, 12, 10),
    notes="Wrote the first program.\nLikes music.",
    tags=("Harbour", "Sea"),
)

_emails = st.lists(
    st.sampled_from([f"{letter}@engines.example" for letter in "abcde"]), unique=True, max_size=5
)
_phones = st.lists(
    st.builds(Phone, st.sampled_from(PhoneKind), st.sampled_from(["+45 1", "+45 2", "+45 3"])),
    unique=True,
    max_size=6,
)
contact_contents = st.builds(
    ContactContent,
    name=st.sampled_from(["Ada", "Ben"]),
    company=st.sampled_from(["", "Engines"]),
    emails=_emails.map(tuple),
    phones=_phones.map(tuple),
    tags=st.lists(st.sampled_from(["sea", "harbour"]), unique=True).map(tuple),
)


def whole(portions: Iterable[Reading[ContactContent]]) -> Reading[ContactContent]:
    """Return the portions of a file as one."""
    items: tuple[Incoming[ContactContent], ...] = ()
    troubles: tuple[Trouble, ...] = ()
    notes: tuple[str, ...] = ()
    for each in portions:
        items, troubles, notes = items + each.items, troubles + each.troubles, notes + each.notes
    return Reading(items, troubles, notes=notes)
