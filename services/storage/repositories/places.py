"""Where everything lives: one function for each kind of partition.

A book's ledger is a partition; so is an account, whose lease fences every commit in it. The
others are small and lead to those two, or would only make a ledger's revision move for nothing.
"""

from __future__ import annotations

from services.model.books import BookId
from services.model.identity import ConversationId, Person, TenantId
from services.storage.sealed import SealedPartition
from services.storage.vault import Vault

__all__ = [
    "account",
    "administration",
    "answers",
    "book_links",
    "books",
    "conversations",
    "export",
    "exports",
    "feeds",
    "feeds_of",
    "ledger",
    "notes",
    "offers",
    "photos",
    "posts",
    "preferences",
    "roster",
    "rota",
    "segments",
    "shelf",
    "sign_ins",
    "subscribed",
    "subscriptions",
    "task_shard",
    "tasks",
    "watchers",
]


async def books(vault: Vault, tenant: TenantId) -> SealedPartition:
    """All books of a tenant: what they are, not what they hold."""
    return await vault.partition(tenant, "books")


async def ledger(vault: Vault, tenant: TenantId, book: BookId) -> SealedPartition:
    """What a book holds, and its history."""
    return await vault.partition(tenant, "ledger", book)


async def posts(vault: Vault, tenant: TenantId, book: BookId) -> SealedPartition:
    """The messages that show a book's events."""
    return await vault.partition(tenant, "posts", book)


async def answers(vault: Vault, tenant: TenantId, book: BookId) -> SealedPartition:
    """Who comes to which event of a calendar."""
    return await vault.partition(tenant, "answers", book)


async def watchers(vault: Vault, tenant: TenantId, book: BookId) -> SealedPartition:
    """Who wants to be told of what in a calendar, and how far they have been."""
    return await vault.partition(tenant, "watchers", book)


async def segments(vault: Vault, tenant: TenantId, book: BookId) -> SealedPartition:
    """Pieces of a book's search index, apart from the ledger, whose revision they must not move."""
    return await vault.partition(tenant, "segments", book)


async def book_links(vault: Vault, tenant: TenantId, book: BookId) -> SealedPartition:
    """Which links a book has, whoever's account they are in."""
    return await vault.partition(tenant, "book links", book)


async def account(vault: Vault, person: Person) -> SealedPartition:
    """A person's account with its links, pairs, cursors, intents and the lease."""
    return await vault.partition(person.tenant, "account", person.object_id)


async def shelf(vault: Vault, person: Person) -> SealedPartition:
    """The books that a person has met."""
    return await vault.partition(person.tenant, "shelf", person.object_id)


async def preferences(vault: Vault, person: Person) -> SealedPartition:
    """What a person has set for themselves."""
    return await vault.partition(person.tenant, "preferences", person.object_id)


async def notes(vault: Vault, person: Person) -> SealedPartition:
    """What a person keeps about contacts for themselves."""
    return await vault.partition(person.tenant, "notes", person.object_id)


async def photos(vault: Vault, tenant: TenantId, book: BookId) -> SealedPartition:
    """The pictures of a book's contacts."""
    return await vault.partition(tenant, "photos", book)


async def offers(vault: Vault, person: Person) -> SealedPartition:
    """What lost a merge and is offered back to its author."""
    return await vault.partition(person.tenant, "offers", person.object_id)


async def administration(vault: Vault, tenant: TenantId) -> SealedPartition:
    """What administrators have done."""
    return await vault.partition(tenant, "administration")


async def conversations(vault: Vault, tenant: TenantId) -> SealedPartition:
    """All conversations of a tenant."""
    return await vault.partition(tenant, "conversations")


async def roster(vault: Vault, tenant: TenantId, id: ConversationId) -> SealedPartition:
    """The members of one conversation."""
    return await vault.partition(tenant, "roster", id)


async def export(vault: Vault, person: Person, token: str) -> SealedPartition:
    """What a person has asked for, in pieces, until it is fetched."""
    return await vault.partition(person.tenant, "export", token)


async def exports(vault: Vault) -> SealedPartition:
    """Which files wait to be fetched: whose they are is known only once they are opened."""
    return await vault.directory("exports")


async def feeds(vault: Vault) -> SealedPartition:
    """Which feed a secret leads to: whose it is is known only once it is opened."""
    return await vault.directory("feeds")


async def feeds_of(vault: Vault, person: Person) -> SealedPartition:
    """What a person has published."""
    return await vault.partition(person.tenant, "feeds", person.object_id)


async def subscribed(vault: Vault, tenant: TenantId, book: BookId) -> SealedPartition:
    """The calendars of others that are shown in a book."""
    return await vault.partition(tenant, "subscribed", book)


async def sign_ins(vault: Vault) -> SealedPartition:
    """Sign-ins that have begun: whose they are is known only once they are opened."""
    return await vault.directory("sign-ins")


async def subscriptions(vault: Vault) -> SealedPartition:
    """Which link a change notification is about."""
    return await vault.directory("subscriptions")


async def tasks(vault: Vault, lane: str) -> SealedPartition:
    """The tasks of one tenant; of no tenant's, those of the whole installation."""
    return await vault.directory("tasks", "of", lane)


async def rota(vault: Vault) -> SealedPartition:
    """Which tenants have tasks, and when the soonest of each is due."""
    return await vault.directory("rota")


async def task_shard(vault: Vault, shard: int) -> SealedPartition:
    """Where all tenants' tasks were kept before each had a partition of its own."""
    return await vault.directory("tasks", str(shard))
