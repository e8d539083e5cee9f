"""What of a calendar somebody wants to see: by tag, and by person.

A person is meant where their name, or a name or word of the title, begins with each word that was
typed: teams write ``Lunch with Ines`` as often as they invite her. Capitals and accents do not
count. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from services.model.events import Event, EventContent, Occurrence

__all__ = ["Sought", "fits", "folded", "has_tag", "names_of", "speaks_of"]

WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What somebody looks for among events."""

    words: str = ""
    """Letters of any field; empty = any event."""
    first: date | None = None
    """The first day; ``None`` = from whenever."""
    last: date | None = None
    """The last day, included."""
    tag: str = ""
    who: str = ""
    calendar: str = ""
    """The name of one; empty = all."""

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but words is asked for."""
        return any((self.first, self.last, self.tag, self.who, self.calendar))


def fits(occurrence: Occurrence, *, tag: str = "", who: str = "") -> bool:
    """Whether an occurrence bears the tag and is of, or names, the person; empty = any."""
    content = occurrence.written
    return (not tag or has_tag(content, tag)) and (
        not who or speaks_of(occurrence.event, content, who)
    )


def has_tag(content: EventContent, tag: str) -> bool:
    """Whether the content bears a tag, however that is spelled."""
    wanted = folded(tag.lstrip("#"))
    return any(folded(each) == wanted for each in content.tags)


def speaks_of(event: Event, content: EventContent, who: str) -> bool:
    """Whether each word of a name begins one of those who have to do with it, or of its title."""
    words = WORD.findall(folded(" ".join((*names_of(event, content), content.title))))
    wanted = WORD.findall(folded(who))
    return bool(wanted) and all(any(word.startswith(part) for word in words) for part in wanted)


def names_of(event: Event, content: EventContent) -> tuple[str, ...]:
    """Return the names of who made it, who organises it, and whom it is with."""
    organiser = event.mirror.organiser if event.mirror else ""
    people = (each.name for each in content.people)
    return tuple(name for name in (event.created_by.name, organiser, *people) if name)


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Return the text without capitals and accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
