"""Whom a name means among some people: the one way in which typed names become people. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from services.model.conversations import Member
from services.model.filters import folded

__all__ = ["fitting", "spoken_of"]

WORD = re.compile(r"\w+")
MONTHS = frozenset({"jan", "april", "may", "mai", "june", "august"})
"""Months that people are called, too."""


def fitting(name: str, members: Sequence[Member]) -> list[Member]:
    """Return who bears the name: whole words before beginnings, all of it before a part."""
    parts = WORD.findall(folded(name))
    words = {member: WORD.findall(folded(member.name)) for member in members}
    exact = [member for member in members if parts and set(parts) <= set(words[member])]
    if exact:
        return exact
    return [
        member
        for member in members
        if parts and all(any(word.startswith(part) for word in words[member]) for part in parts)
    ]


def spoken_of(text: str, members: Sequence[Member]) -> list[Member]:
    """Return whom a text names, in the order of the members: in full, or by a first name.

    A first name counts with a capital, where only one of them bears it and it is no month.
    """
    said = WORD.findall(text)
    line = f" {' '.join(map(folded, said))} "
    capitals = {folded(word) for word in said if word[:1].isupper()} - MONTHS
    names = {member: WORD.findall(folded(member.name)) for member in members}
    firsts = Counter(parts[0] for parts in names.values() if parts)

    def is_named(parts: list[str]) -> bool:
        if len(parts) > 1 and f" {' '.join(parts)} " in line:
            return True
        return bool(parts) and firsts[parts[0]] == 1 and parts[0] in capitals

    return [member for member, parts in names.items() if is_named(parts)]
