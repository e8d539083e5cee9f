"""What each person has set for themselves, and which contacts they use."""

from __future__ import annotations

from services.model.identity import Person
from services.model.preferences import Preferences
from services.model.uses import Uses
from services.storage.emptying import empty
from services.storage.repositories import places
from services.storage.repositories.stamps import bare, restamped, stamping
from services.storage.sealed import Seal
from services.storage.vault import Vault

__all__ = ["PreferenceRecords"]

_KIND = "preferences"
_USES = "uses"
_REMEMBERED = 500


class PreferenceRecords:
    """A record of each kind a person, in a partition of their own."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._open = stamping(Preferences, remember=_REMEMBERED)
        self._open_uses = stamping(Uses, remember=_REMEMBERED)

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

    async def uses(self, person: Person) -> Uses:
        """Return which contacts the person uses; where nothing is stored, none without an etag."""
        opened = await (await places.preferences(self._vault, person)).get(_USES, _USES)
        return Uses() if opened is None else self._open_uses(opened)

    async def save_uses(self, person: Person, uses: Uses) -> Uses:
        """Store it.

        Raises:
            Stale: it has changed since it was read.
        """
        partition = await places.preferences(self._vault, person)
        seal = Seal(kind=_USES, id=_USES, body=bare(uses), expect=uses.etag)
        return restamped(uses, await partition.commit([seal]))

    async def erase(self, person: Person) -> None:
        """Forget all of it."""
        partition = await places.preferences(self._vault, person)
        await empty(self._vault.records, partition.name, self._vault.clock.now())
