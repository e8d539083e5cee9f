"""What each person has set for themselves."""

from __future__ import annotations

from services.model.identity import Person
from services.model.preferences import Preferences
from services.storage.emptying import empty
from services.storage.repositories import places
from services.storage.repositories.stamps import bare, restamped, stamping
from services.storage.sealed import Seal
from services.storage.vault import Vault

__all__ = ["PreferenceRecords"]

_KIND = "preferences"
_REMEMBERED = 500


class PreferenceRecords:
    """One record a person, in a partition of its own."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._open = stamping(Preferences, remember=_REMEMBERED)

    async def get(self, person: Person) -> Preferences:
        """Return what the person has set; where nothing is stored, an empty one without an etag."""
        opened = await (await places.preferences(self._vault, person)).get(_KIND, _KIND)
        return Preferences() if opened is None else self._open(opened)

    async def save(self, person: Person, preferences: Preferences) -> Preferences:
        """Store it.

        Raises:
            Stale: it has changed since it was read.
        """
        partition = await places.preferences(self._vault, person)
        seal = Seal(kind=_KIND, id=_KIND, body=bare(preferences), expect=preferences.etag)
        return restamped(preferences, await partition.commit([seal]))

    async def erase(self, person: Person) -> None:
        """Forget it."""
        partition = await places.preferences(self._vault, person)
        await empty(self._vault.records, partition.name, self._vault.clock.now())
