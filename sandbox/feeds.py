"""Activity feeds of Teams: what an application has told whom, as people find it under Activity."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sandbox.people import SamplePerson

__all__ = ["Activity", "Feeds"]


@dataclass(frozen=True, slots=True)
class Activity:
    """One notification."""

    client_id: str
    kind: str
    """The type that the application's manifest declares."""
    title: str
    """Its template with the parameters in their places."""
    preview: str
    topic: str
    url: str
    chain: int | None = None
    """A later one of the same chain takes the place of this one."""


class Feeds:
    """Everybody's feed, the newest last."""

    def __init__(self) -> None:
        self._of: defaultdict[str, list[Activity]] = defaultdict(list)

    def of(self, person: SamplePerson) -> tuple[Activity, ...]:
        """Return what somebody finds."""
        return tuple(self._of[person.object_id])

    def add(self, person: SamplePerson, activity: Activity) -> None:
        """Tell somebody."""
        kept = self._of[person.object_id]
        if activity.chain is not None:
            same = (activity.client_id, activity.chain)
            kept[:] = [each for each in kept if (each.client_id, each.chain) != same]
        kept.append(activity)
