"""Accounts: the record of a person's connection, and its end."""

from __future__ import annotations

from services.model.accounts import Account
from services.model.identity import Person
from services.storage.repositories import places
from services.storage.repositories.batches import remove_all
from services.storage.repositories.leases import LEASE
from services.storage.repositories.links import LinkRecords
from services.storage.repositories.stamps import bare, restamped, stamped
from services.storage.sealed import Remove, Seal
from services.storage.vault import Vault

__all__ = ["AccountRecords"]

_KIND = "account"


class AccountRecords:
    """The account of each person, who has at most one."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def get(self, person: Person) -> Account | None:
        """Return the person's account, or ``None``."""
        opened = await (await places.account(self._vault, person)).get(_KIND, _KIND)
        return None if opened is None else stamped(Account, opened)

    async def save(self, account: Account) -> Account:
        """Store it; a new one has no etag.

        Raises:
            Stale: it has changed since it was read, or a new one exists already.
        """
        partition = await places.account(self._vault, account.person)
        seal = Seal(kind=_KIND, id=_KIND, body=bare(account), expect=account.etag)
        return restamped(account, await partition.commit([seal]))

    async def erase(self, person: Person) -> None:
        """Take away the account with its links, pairs, cursors and intents.

        The lease goes first: a worker that still holds it can commit nothing more.
        """
        partition = await places.account(self._vault, person)
        await partition.commit([Remove(kind=LEASE, id=LEASE), Remove(kind=_KIND, id=_KIND)])
        links = LinkRecords(self._vault)
        for link in await links.of_person(person):
            await links.remove(link)
        rest, _ = await partition.changes(0)
        await remove_all(partition, rest)
