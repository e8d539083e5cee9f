"""Whom an event of a shared calendar takes time of, as far as it says so.

Pure rules, from the most to the least that an event says:

* The people that it is with, where it says so, and who wrote it.
* Else whom its title names, and who wrote it: ``Lunch with Ines``, as what comes from Outlook has
  it. The organiser counts as the writer of a meeting from there.
* Being away or elsewhere is a matter of whom it names or, where it names nobody, of who wrote it.
* What names nobody else is the team's, and takes time of everybody.

A name is a word of the title that is a member's first name, or their whole name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from services.model.conversations import Member
from services.model.events import EventContent, Occurrence, ShowAs
from services.model.filters import folded

__all__ = ["OUT", "concerned", "is_named", "named_in"]

OUT = frozenset({ShowAs.AWAY, ShowAs.ELSEWHERE})
WORD = re.compile(r"\w+")


def concerned(occurrence: Occurrence, members: Sequence[Member]) -> tuple[Member, ...]:
    """Return those of the members whose time an occurrence takes, whatever it shows them as."""
    people = {each.person for each in occurrence.written.people}
    if people:
        named = [member for member in members if member.person in people]
    else:
        named = list(named_in(occurrence.written, members))
    writers = [member for member in members if _wrote(member, occurrence)]
    if occurrence.written.show_as in OUT:
        return tuple(named or writers)
    if named or people:
        return tuple(dict.fromkeys((*writers, *named)))
    return tuple(members)


def named_in(content: EventContent, members: Sequence[Member]) -> tuple[Member, ...]:
    """Return those of the members whom a title names."""
    return tuple(member for member in members if is_named(member, content.title))


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
