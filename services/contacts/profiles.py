"""What a contact is compared by: its words, addresses and numbers, folded. Pure.

Apart from :mod:`services.contacts.likeness`, which compares, since the process that reads a file
makes the profiles of its contacts and compares nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from services.model.contacts import ContactContent
from services.spelling import digits_of, words_of

__all__ = ["Profile", "profile_of"]

FEWEST_DIGITS = 6
LAST_DIGITS = 9
"""By which numbers are compared: with and without the code of a country they end alike."""
LEGAL = frozenset({"gmbh", "ag", "ltd", "limited", "inc", "llc", "as", "aps", "sa", "sarl", "co"})


@dataclass(frozen=True, slots=True)
class Profile:
    """What a contact is compared by."""

    name: str
    """Its words, folded and in order of the alphabet."""
    company: str
    emails: frozenset[str]
    phones: frozenset[str]
    """Their last digits."""


def profile_of(content: ContactContent) -> Profile:
    """Return what a contact is compared by."""
    company = [word for word in words_of(content.company) if word not in LEGAL]
    numbers = [digits_of(phone.number) for phone in content.phones]
    return Profile(
        name=" ".join(sorted(words_of(content.name))),
        company=" ".join(company),
        emails=frozenset([" ".join(email.casefold().split()) for email in content.emails]),
        phones=frozenset([each[-LAST_DIGITS:] for each in numbers if len(each) >= FEWEST_DIGITS]),
    )
