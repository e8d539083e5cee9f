"""Whom a name means among some people: the one way in which typed names become people. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from services.model.conversations import Member
from services.model.filters import folded

__all__ = ["fitting"]

WORD = re.compile(r"\w+")


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
