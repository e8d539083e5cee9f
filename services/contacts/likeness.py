"""Which contacts are likely the same person or company, said twice. Pure.

Nobody compares everybody with everybody: a contact is put into a few *blocks* (each of its
addresses and numbers, each word of its name beside the first letters of the others, its company
beside its initials), and is compared only with what shares one, with a bounded number in each. So
the work grows with the list, not with its square. A typo in one word of a name leaves the block of
the other word; one in the company leaves both.

Two of the same address or number are the same where their names are not wholly different: a house
has one switchboard, and ``info@`` is read by many. Two of nearly the same name are the same where
nothing speaks against it: another company, or other addresses while a name is as common as few.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from rapidfuzz import fuzz

from services.contacts.likeness_blocks import Blocks
from services.contacts.profiles import Profile

__all__ = ["LIKELY", "Index", "Match", "likeness", "pairs_in"]

LIKELY = 80
"""Out of 100: what is worth a question."""
MOST_IN_BLOCK = 24
"""With how many of a block a contact is compared: the last that were put there."""
ALIKE = 88
"""Likeness of names, out of 100, that a slip of the pen leaves."""
RELATED = 60
"""Likeness that a nickname or a missing middle name leaves."""
COMPANY_ALIKE = 80


@dataclass(frozen=True, slots=True)
class Match:
    """Two that are likely the same."""

    number: int
    """Of the one that was there."""
    score: int
    """Out of 100."""


def likeness(one: Profile, other: Profile) -> int:
    """Return how likely two are the same, out of 100; the order of the two does not matter."""
    names = fuzz.ratio(one.name, other.name)
    shorter, longer = sorted((one.name, other.name), key=len)
    if names < ALIKE and set(shorter.split()) < set(longer.split()) and " " in shorter:
        names = ALIKE  # a middle name, a title
    if one.emails & other.emails:
        return 100 if names >= ALIKE else 90 if names >= RELATED else 50
    companies = _companies(one.company, other.company)
    if one.phones & other.phones:
        return 95 if names >= ALIKE else 70 if names >= RELATED and companies else 40
    if names < ALIKE or " " not in shorter or companies is False:
        return 0
    if companies is None and one.emails and other.emails:
        return 75  # the same name, and nothing else in common
    return round(60 + names * 0.3) if companies else round(55 + names * 0.3)


def _companies(one: str, other: str) -> bool | None:
    """Return whether two companies are alike; ``None`` = nobody can say."""
    if not (one and other):
        return None
    return fuzz.token_set_ratio(one, other) >= COMPANY_ALIKE


class Index:
    """Profiles, each by its number in the order they were put in, found by what is like them."""

    def __init__(self) -> None:
        self._profiles: list[str] = []
        """Each in one text: objects would take four times the memory, and most are never asked."""
        self._blocks = Blocks()
        self._asked: tuple[Profile | None, tuple[int, ...]] = (None, ())
        """Whom was asked about last, and their blocks: they are often who is put in next."""

    def add(self, profile: Profile) -> None:
        """Put one behind the others; the first is 0."""
        number = len(self._profiles)
        self._profiles.append(_folded(profile))
        for block in self._blocks_of(profile):
            self._blocks.add(block, number)

    def closest(self, profile: Profile) -> Match | None:
        """Return what is most like a profile, if anything is likely the same."""
        return max(self.near(profile), key=lambda match: match.score, default=None)

    def near(self, profile: Profile) -> Iterator[Match]:
        """Yield each that is likely the same, once."""
        glance, profiles = _Glance(profile), self._profiles
        seen: set[int] = set()
        for block in self._blocks_of(profile):
            for number in islice(self._blocks.latest(block), MOST_IN_BLOCK):
                if number in seen:
                    continue
                seen.add(number)
                if glance.may_be(profiles[number]):
                    score = likeness(profile, _unfolded(profiles[number]))
                    if score >= LIKELY:
                        yield Match(number, score)

    def _blocks_of(self, profile: Profile) -> tuple[int, ...]:
        if self._asked[0] is not profile:
            self._asked = (profile, tuple(_blocks(profile)))
        return self._asked[1]


class _Glance:
    """Tells of most that share a block that they are not the same, before they are unfolded."""

    def __init__(self, profile: Profile) -> None:
        self._name = profile.name
        self._words = set(profile.name.split())
        self._ways = (*profile.emails, *profile.phones)

    def may_be(self, other: str) -> bool:
        """Whether a folded profile has a name that is alike, or an address or number in common."""
        name = other.partition(_FIELD)[0]
        if fuzz.ratio(self._name, name, score_cutoff=ALIKE):
            return True
        for way in self._ways:
            if way in other:
                return True
        words = set(name.split())
        return words < self._words or self._words < words


_FIELD, _ENTRY = "\x1f", "\x1e"


def _folded(profile: Profile) -> str:
    emails, phones = _ENTRY.join(profile.emails), _ENTRY.join(profile.phones)
    return _FIELD.join((profile.name, profile.company, emails, phones))


def _unfolded(text: str) -> Profile:
    name, company, emails, phones = text.split(_FIELD)
    return Profile(name, company, _entries(emails), _entries(phones))


def _entries(text: str) -> frozenset[str]:
    return frozenset(text.split(_ENTRY)) if text else frozenset()


def pairs_in(profiles: Iterable[Profile]) -> list[tuple[int, int, int]]:
    """Return all that are likely the same: score, and the numbers of two, the likeliest first.

    Numbers count from 0, in the order of ``profiles``; the smaller of two comes first.
    """
    index, found = Index(), []
    for number, profile in enumerate(profiles):
        for match in index.near(profile):
            found.append((match.score, match.number, number))
        index.add(profile)
    return sorted(found, key=lambda each: (-each[0], each[1], each[2]))


def _blocks(profile: Profile) -> Iterator[int]:
    """Yield where a profile belongs, as numbers: texts would take thrice the memory."""
    for email in profile.emails:
        yield hash(("email", email))
    for phone in profile.phones:
        yield hash(("phone", phone))
    words = profile.name.split()
    for word in words:
        beside = "".join(other[0] for other in words if other is not word)
        for letter in sorted(set(beside)):
            yield hash(("name", word, letter))
    if profile.company and words:
        yield hash(("company", profile.company, "".join(word[0] for word in words)))
