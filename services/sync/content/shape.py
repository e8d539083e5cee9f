"""Everything in which events and contacts differ for a sync, as one table of functions.

:func:`shape_of` returns the :class:`Shape` of a content. The engine asks the shape and never looks
into a content itself, so that one engine keeps both kinds in step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from services.model.contacts import ContactContent
from services.model.events import EventContent
from services.model.items import Content
from services.model.pairs import Cursor, Side
from services.sync.content import contact_canonical
from services.sync.content.canonical import (
    Canonical,
    Group,
    canonical,
    differing,
    overlay,
    rejoined,
    tag_key,
)
from services.sync.content.dates import following, keep_time, mixed_dates
from services.sync.content.entries import mixed
from services.sync.content.window import covers

__all__ = ["CONTACT", "EVENT", "Shape", "shape_of"]

C = TypeVar("C")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape(Generic[C]):
    """How contents of one kind are compared, merged and sent."""

    groups: tuple[StrEnum, ...]
    """Fields that are taken from one side as a whole, in the order of ``canonical``."""
    canonical: Callable[[C], Canonical]
    """Returns the content group by group, in a form that can be compared."""
    differing: Callable[[C, C], frozenset[StrEnum]]
    """Returns the groups in which two contents say different things."""
    overlay: Callable[[C, C, Iterable[Any]], C]
    """Returns the first content with some groups taken from the second."""
    entries: Callable[[C, C, C | None, C | None], frozenset[StrEnum]]
    """Returns the groups that are merged entry by entry, of the same contents as ``mix``: what
    either side added stays."""
    mix: Callable[[C, C, C | None, C | None, Iterable[Any], Side], C]
    """Returns the team's content with some of these lists merged with Outlook's, given what both
    said when they last agreed, as the team says it and as Outlook does, and whose word counts where
    both have changed one entry."""
    following: Callable[[C, C], C]
    """Returns what comes of a merge, its parts following it as they do in Outlook's content."""
    rejoined: Callable[[C, C, C], C]
    """Returns the first content with what no group holds, where Outlook's, the second, has replaced
    what it said when both last agreed, the third."""
    sent: Callable[[C], C]
    """Returns what Outlook has of the team's content, where nobody has heard how it spells that."""
    likeness: Callable[[C], Canonical]
    """Returns what two items share that are one and the same, though nobody paired them yet."""
    alike_in: frozenset[StrEnum]
    """The groups that make the likeness, where items may be one without it; else none."""
    blank: Callable[[C], C]
    """Returns what the team's content has in common with its like in Outlook: the rest is taken
    from where it is not empty."""
    created: Callable[[C], C]
    """Returns the part of a content that a create carries; what is left follows as a change."""
    unsaid: Callable[[C], frozenset[StrEnum]]
    """Returns the groups in which a content is no word of anybody's, where the base is unknown."""
    covers: Callable[[Cursor, C, ZoneInfo], bool]
    """Tells whether an item lies in what a full round of the cursor reads."""
    title: Callable[[C], str]
    """Returns what a card calls the item."""
    has_transactions: bool
    """Whether Microsoft 365 drops a create that it has got already, by its transaction id."""


def shape_of(content: Content) -> Shape[Any]:
    """Return the shape of a content."""
    return _SHAPES[type(content)]


def _when_and_title(content: EventContent) -> Canonical:
    # A series that differs in single dates is the same series.
    bare = replace(content, exceptions=()) if content.exceptions else content
    when, title, *_ = canonical(bare)
    return when, title


def _entries(
    team: EventContent, remote: EventContent, agreed: EventContent | None, echo: EventContent | None
) -> frozenset[Group]:
    if agreed and echo and keep_time(team, remote, agreed, echo):
        return frozenset({Group.TAGS, Group.WHEN})
    return frozenset({Group.TAGS})


def _mix(
    team: EventContent,
    remote: EventContent,
    agreed: EventContent | None,
    echo: EventContent | None,
    groups: Iterable[Group],
    prefer: Side,
) -> EventContent:
    if Group.WHEN in groups and agreed and echo:
        team = replace(team, exceptions=mixed_dates(team, remote, agreed, echo, prefer))
    if Group.TAGS in groups:
        # Names have no row, so what Outlook had is told by its own spelling of each alone.
        had = echo.tags if echo else ()
        team = replace(team, tags=mixed(team.tags, remote.tags, had, had, tag_key))
    return team


EVENT = Shape(
    groups=tuple(Group),
    canonical=canonical,
    differing=differing,
    overlay=overlay,
    entries=_entries,
    mix=_mix,
    following=following,
    rejoined=rejoined,
    sent=lambda content: replace(content, meeting_url="") if content.meeting_url else content,
    likeness=_when_and_title,
    alike_in=frozenset({Group.WHEN, Group.TITLE}),
    blank=lambda content: replace(content, place="", text="", tags=(), exceptions=()),
    created=lambda content: replace(content, exceptions=()) if content.exceptions else content,
    unsaid=lambda content: frozenset(),
    covers=covers,
    title=lambda content: content.title,
    has_transactions=True,
)

CONTACT = Shape(
    groups=tuple(contact_canonical.ContactGroup),
    canonical=contact_canonical.canonical,
    differing=contact_canonical.differing,
    overlay=contact_canonical.overlay,
    entries=lambda *_: frozenset(contact_canonical.ENTRIES),
    mix=lambda team, remote, agreed, echo, groups, _: contact_canonical.mix(
        team, remote, agreed, echo, groups
    ),
    following=lambda content, _: content,
    rejoined=lambda content, *_: content,
    sent=lambda content: content,
    likeness=contact_canonical.likeness,
    alike_in=frozenset(),
    blank=contact_canonical.blank,
    created=contact_canonical.created,
    unsaid=contact_canonical.unsaid,
    covers=lambda cursor, content, zone: True,
    title=lambda content: content.name,
    has_transactions=False,
)

_SHAPES: Mapping[type[Content], Shape[Any]] = {EventContent: EVENT, ContactContent: CONTACT}
