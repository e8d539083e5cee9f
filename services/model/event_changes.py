"""What somebody has changed about an event: each version beside the one before. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import pairwise

from services.model.deeds import Deed
from services.model.events import Author, Event, EventContent

__all__ = ["Change", "changes_of"]

QUIET = frozenset({"zone_guessed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that somebody did."""

    deed: Deed
    by: Author
    at: datetime
    before: EventContent | None = None
    """``None`` where nothing is known of it: it was made then, or too long ago."""
    after: EventContent

    @property
    def fields(self) -> tuple[str, ...]:
        """Return the names of the fields of the content that differ."""
        before = self.before
        if before is None:
            return ()
        names = (field.name for field in fields(EventContent) if field.name not in QUIET)
        return tuple(name for name in names if getattr(before, name) != getattr(self.after, name))


def changes_of(versions: Sequence[Event]) -> tuple[Change, ...]:
    """Return what was done, the newest first.

    Args:
        versions: of one event, as somebody may see them: the oldest that is known first, what is
            there now last.
    """
    first = versions[0]
    made = Change(deed=Deed.CREATED, by=first.created_by, at=first.created_at, after=first.content)
    found = [made]
    if first.updated_at != first.created_at:  # what was before is no longer known
        deed = Deed.MOVED if first.came_from else Deed.CHANGED
        found.append(
            Change(deed=deed, by=first.updated_by, at=first.updated_at, after=first.content)
        )
    for before, after in pairwise(versions):
        found.append(
            Change(
                deed=_deed(before, after),
                by=after.updated_by,
                at=after.updated_at,
                before=before.content,
                after=after.content,
            )
        )
    return tuple(reversed(found))


def _deed(before: Event, after: Event) -> Deed:
    if after.deleted_at is not None:
        return Deed.MOVED if after.went_to else Deed.DELETED
    if before.deleted_at is not None:
        return Deed.RESTORED
    return Deed.CHANGED if after.came_from == before.came_from else Deed.MOVED
