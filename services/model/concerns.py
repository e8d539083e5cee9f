"""Whom an event of a shared calendar takes time of, as far as it says so.

Pure rules, from the most to the least that an event says:

* Whom its title names, and who wrote it: ``Lunch with Ines``. The organiser counts as the writer
  of a meeting that came from Outlook.
* Being away or elsewhere is a matter of whom the title names or, where it names nobody, of who
  wrote it.
* What names nobody else is the team's, and takes time of everybody.

A name is a word of the title that is a member's first name, or their whole name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from services.model.conversations import Member
from services.model.events import Occurrence, ShowAs
from services.model.filters import folded

__all__ = ["OUT", "concerned", "is_named"]

OUT = frozenset({ShowAs.AWAY, ShowAs.ELSEWHERE})
WORD = re.compile(r"\w+")


def concerned(occurrence: Occurrence, members: Sequence[Member]) -> tuple[Member, ...]:
    """Return those of the members whose time an occurrence takes, whatever it shows them as."""
    named = [member for member in members if is_named(member, occurrence.content.title)]
    writers = [member for member in members if _wrote(member, occurrence)]
    if occurrence.content.show_as in OUT:
        return tuple(named or writers)
    if named:
        return tuple(dict.fromkeys((*writers, *named)))
    return tuple(members)


def is_named(member: Member, text: str) -> bool:
    """Whether a text names somebody by their first name or their whole name."""
    words = WORD.findall(folded(text))
    name = WORD.findall(folded(member.name))
    return bool(name) and name[0] in words


def _wrote(member: Member, occurrence: Occurrence) -> bool:
    event = occurrence.event
    if event.mirror is not None:
        return bool(event.mirror.organiser) and folded(event.mirror.organiser) == folded(
            member.name
        )
    return event.created_by.person == member.person
