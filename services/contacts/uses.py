"""Which contacts a person uses: noted when one is opened, put into a message or called up by name.

Kept sealed for the person alone; it goes with "export my data" and "erase my data". Searches ask
for it while somebody types, so what was looked up lately is kept in mind for a while.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from services.model.books import BookId
from services.model.contacts import ContactId
from services.model.errors import Stale
from services.model.identity import Person
from services.model.times import Clock
from services.model.uses import Uses
from services.storage.store import Store

__all__ = ["ContactUses"]

REMEMBERED = 10_000
FRESH = timedelta(minutes=1)
AGAIN = timedelta(minutes=1)
"""Looking at somebody several times in a row is one use."""


class ContactUses:
    """Use cases of what a person uses."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._recent: OrderedDict[Person, tuple[Uses, datetime]] = OrderedDict()

    async def of(self, person: Person) -> Mapping[ContactId, float]:
        """Return what the contacts that somebody uses are worth to them, the most used first."""
        now = self._clock.now()
        worth = {one.contact: one.worth(now) for one in (await self._known(person)).uses}
        return dict(sorted(worth.items(), key=lambda one: -one[1]))

    async def note(self, person: Person, book: BookId, contact: ContactId) -> None:
        """Note that somebody has used a contact; of two at the same moment one may be lost."""
        now, known = self._clock.now(), await self._known(person)
        if any(one.contact == contact and now - one.at < AGAIN for one in known.uses):
            return
        with suppress(Stale):
            before = await self._store.preferences.uses(person)
            after = replace(before, uses=before.after(book, contact, now))
            self._keep(person, await self._store.preferences.save_uses(person, after))

    async def _known(self, person: Person) -> Uses:
        known = self._recent.get(person)
        if known and self._clock.now() - known[1] < FRESH:
            return known[0]
        return self._keep(person, await self._store.preferences.uses(person))

    def _keep(self, person: Person, uses: Uses) -> Uses:
        self._recent[person] = uses, self._clock.now()
        self._recent.move_to_end(person)
        while len(self._recent) > REMEMBERED:
            self._recent.popitem(last=False)
        return uses
