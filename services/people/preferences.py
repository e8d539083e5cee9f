"""A person's own zone and language: looked up at every turn, set by themselves alone.

A turn waits for no store here: what was looked up lately is kept in mind for a while, and who sets
something sees it at once in the process that took it, in the others within a minute.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from datetime import datetime, timedelta

from services.model.identity import Person
from services.model.preferences import Preferences
from services.model.times import Clock
from services.storage.store import Store

__all__ = ["PersonalSettings"]

REMEMBERED = 10_000
FRESH = timedelta(minutes=1)


class PersonalSettings:
    """Use cases of what a person has set for themselves."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._recent: OrderedDict[Person, tuple[Preferences, datetime]] = OrderedDict()

    async def of(self, person: Person) -> Preferences:
        """Return what somebody has set; a fresh start where they have set nothing."""
        known = self._recent.get(person)
        if known and self._clock.now() - known[1] < FRESH:
            return known[0]
        return self._keep(person, await self._store.preferences.get(person))

    async def set(self, person: Person, wanted: Preferences) -> Preferences:
        """Keep what somebody has set; to what it is already, nothing is written.

        Raises:
            Stale: they have set something else at the same moment.
        """
        before = await self._store.preferences.get(person)
        wanted = replace(wanted, etag=before.etag)
        if wanted != before:
            wanted = await self._store.preferences.save(person, wanted)
        return self._keep(person, wanted)

    def _keep(self, person: Person, preferences: Preferences) -> Preferences:
        self._recent[person] = preferences, self._clock.now()
        self._recent.move_to_end(person)
        while len(self._recent) > REMEMBERED:
            self._recent.popitem(last=False)
        return preferences
