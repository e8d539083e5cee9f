"""Shelves: the books that a person has met, which a search from any chat looks through."""

from __future__ import annotations

from services.model.books import BookId
from services.model.identity import Person, TenantId
from services.storage.emptying import empty
from services.storage.repositories import places
from services.storage.sealed import Remove, Seal
from services.storage.vault import Vault

__all__ = ["ShelfRecords"]

_KIND = "met"


class ShelfRecords:
    """A person's shelf. Being on it gives no right: roles are asked again at each use."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def of_person(self, person: Person) -> tuple[BookId, ...]:
        """Return the books, in the order in which they were met."""
        opened = await (await places.shelf(self._vault, person)).find(_KIND)
        return tuple(BookId(each.id) for each in sorted(opened, key=lambda each: each.revision))

    async def put(self, person: Person, book: BookId, owner: TenantId | None = None) -> None:
        """Put a book on the shelf; a single read where it is there already.

        ``owner`` is the book's organisation, where it is another one than the person's: they are
        a guest there.
        """
        partition = await places.shelf(self._vault, person)
        if await partition.get(_KIND, book) is None:
            host = owner if owner != person.tenant else None
            await partition.commit([Seal(kind=_KIND, id=book, body=(host or "").encode())])

    async def owner_of(self, person: Person, book: BookId) -> TenantId:
        """Return the organisation whose book this is, as far as the person's shelf knows."""
        opened = await (await places.shelf(self._vault, person)).get(_KIND, book)
        return TenantId(opened.body.decode()) if opened and opened.body else person.tenant

    async def hosts(self, person: Person) -> set[TenantId]:
        """Return the organisations whose books the person has met, their own among them."""
        opened = await (await places.shelf(self._vault, person)).find(_KIND)
        foreign = {TenantId(each.body.decode()) for each in opened if each.body}
        return foreign | {person.tenant}

    async def remove(self, person: Person, book: BookId) -> None:
        """Take a book off the shelf: it is gone for good."""
        await (await places.shelf(self._vault, person)).commit([Remove(kind=_KIND, id=book)])

    async def erase(self, person: Person) -> None:
        """Forget what the person has met."""
        partition = await places.shelf(self._vault, person)
        await empty(self._vault.records, partition.name, self._vault.clock.now())
