"""Links, and what a sync knows of each: pairs, intents and the cursor.

All of it is in the account's partition, so a step of a sync is one commit, fenced by the
mailbox's lease. A small index in the book's tenant leads from a book to its links.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

from services.model.accounts import Link, LinkId, RemoteId
from services.model.books import BookId
from services.model.errors import BeingErased, NotFound
from services.model.identity import Person, TenantId
from services.model.items import ItemId
from services.model.pairs import Cursor, Intent, Pair
from services.storage.codec import decode, encode
from services.storage.repositories import places
from services.storage.repositories.batches import remove_all
from services.storage.repositories.intents import IntentBatch, batch_body, read_intents
from services.storage.repositories.leases import LEASE, MailboxLease, MailboxLeases
from services.storage.repositories.pairs import pair_body, read_pair
from services.storage.repositories.stamps import bare, restamped, stamped
from services.storage.sealed import Remove, Seal, SealedPartition, SealedWrite

__all__ = ["LinkChanges", "LinkRecords"]

_LINK = "link"
_CURSOR = "cursor"
_PAIR = "pair"
_INTENT = "intent"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkChanges:
    """What one step of a sync writes, all or nothing."""

    put_pairs: tuple[Pair, ...] = ()
    drop_pairs: tuple[RemoteId, ...] = ()
    put_intents: tuple[Intent, ...] = ()
    drop_intents: tuple[ItemId, ...] = ()
    put_batches: tuple[IntentBatch, ...] = ()
    """Those alone lie in ``put_intents`` and ``drop_intents`` that have a record of their own."""
    cursor: Cursor | None = None
    link: Link | None = None
    """The link itself, where it has changed; its etag is expected."""


@dataclass(frozen=True, slots=True)
class _IndexEntry:
    person: Person
    link: LinkId


class LinkRecords(MailboxLeases):
    """Links of every account, read by anyone and changed by who holds the mailbox's lease."""

    async def add(self, link: Link) -> Link:
        """Store a new link.

        Raises:
            Stale: there is one with this id.
        """
        # The index first: an entry without a link is skipped, a link without one is never found.
        await self._index(link, Seal(kind=_LINK, id=_index_id(link), body=_index_body(link)))
        return await self._write(link, expect="")

    async def get(self, person: Person, id: LinkId) -> Link:
        """Return a link of a person.

        Raises:
            NotFound: no such link, or it is somebody else's.
        """
        opened = await (await places.account(self._vault, person)).get(_LINK, id)
        if opened is None:
            raise NotFound(_LINK)
        return stamped(Link, opened)

    async def save(self, link: Link) -> Link:
        """Store a changed link, without a lease.

        Raises:
            Stale: it has changed since it was read.
        """
        return await self._write(link, expect=link.etag)

    async def restart(self, link: Link) -> Link:
        """Store a changed link, and have both sides looked through from the start.

        Pairs stay, so nothing is doubled. The lease goes: a pass that is under way ends.

        Raises:
            Stale: it has changed since it was read.
        """
        anew = replace(link, team_revision=0)
        writes: list[SealedWrite] = [
            _sealed_link(anew, link.etag),
            Remove(kind=_CURSOR, id=link.id),
            Remove(kind=LEASE, id=LEASE),
        ]
        return restamped(anew, await (await self._partition(link)).commit(writes))

    async def stop(self, link: Link) -> Link:
        """Store a link as one over which no pass goes any more.

        The lease goes as well: a pass that is under way can commit nothing from now on, so what is
        known of the link stays so.

        Raises:
            Stale: it has changed since it was read.
        """
        at_rest = replace(link, active=False)
        lease = Remove(kind=LEASE, id=LEASE)
        writes: list[SealedWrite] = [_sealed_link(at_rest, link.etag), lease]
        return restamped(at_rest, await (await self._partition(link)).commit(writes))

    async def remove(self, link: Link) -> None:
        """Take away the link and all that is known of it.

        The lease goes with it: a worker that is in the middle of a pass can commit nothing more.
        """
        partition = await places.account(self._vault, link.person)
        await partition.commit(
            [
                Remove(kind=_LINK, id=link.id),
                Remove(kind=_CURSOR, id=link.id),
                Remove(kind=LEASE, id=LEASE),
            ]
        )
        for kind in (_PAIR, _INTENT):
            await remove_all(partition, await partition.find(kind, [link.id]))
        with suppress(BeingErased):  # the hosts of a guest are gone, and the entry goes with them
            await self._index(link, Remove(kind=_LINK, id=_index_id(link)))

    async def of_person(self, person: Person) -> tuple[Link, ...]:
        """Return a person's links, the oldest first."""
        opened = await (await places.account(self._vault, person)).find(_LINK)
        links = [stamped(Link, each) for each in opened]
        return tuple(sorted(links, key=lambda link: (link.created_at, link.id)))

    async def of_book(self, tenant: TenantId, id: BookId) -> tuple[tuple[Person, LinkId], ...]:
        """Return whose links a book has; one that is just being made may not be there yet."""
        opened = await (await places.book_links(self._vault, tenant, id)).find(_LINK)
        entries = [decode(_IndexEntry, each.body) for each in opened]
        return tuple((entry.person, entry.link) for entry in entries)

    async def cursor(self, link: Link) -> Cursor | None:
        """Return how far the remote side has been read; ``None`` = not at all."""
        opened = await (await self._partition(link)).get(_CURSOR, link.id)
        return None if opened is None else decode(Cursor, opened.body)

    async def pairs(self, link: Link) -> list[Pair]:
        """Return all pairs of a link."""
        partition = await self._partition(link)
        # Read as they are opened: what ten thousand say is not there twice.
        return await partition.find_read(
            _PAIR, [partition.token(link.id)], lambda each: read_pair(partition.opened(each))
        )

    async def some_pairs(
        self, link: Link, remotes: Iterable[RemoteId], items: Collection[ItemId]
    ) -> list[Pair]:
        """Return the pairs of these remote items, and of these items of the team."""
        partition = await self._partition(link)
        got = [await partition.get(_PAIR, f"{link.id}/{remote}") for remote in remotes]
        opened = [each for each in got if each is not None]
        if items:
            opened += await partition.find(_PAIR, [_team_label(link.id, item) for item in items])
        return [read_pair(each) for each in opened]

    async def remembered_pairs(self, link: Link, names: Iterable[str]) -> list[Pair]:
        """Return pairs that have ended, of items that would be known again by one of these."""
        partition = await self._partition(link)
        labels = [_name_label(link.id, name) for name in names]
        return [read_pair(each) for each in await partition.find(_PAIR, labels)]

    async def pair_of_team(self, link: Link, item: ItemId) -> Pair | None:
        """Return the pair of a team's item."""
        opened = await (await self._partition(link)).find(_PAIR, [_team_label(link.id, item)])
        return read_pair(opened[0]) if opened else None

    async def pair_of_remote(self, link: Link, remote: RemoteId) -> Pair | None:
        """Return the pair of a remote item."""
        opened = await (await self._partition(link)).get(_PAIR, f"{link.id}/{remote}")
        return None if opened is None else read_pair(opened)

    async def intents(self, link: Link) -> list[Intent]:
        """Return the creates of a link that have begun and not ended."""
        opened = await (await self._partition(link)).find(_INTENT, [link.id])
        return [intent for each in opened for intent in read_intents(each)]

    async def commit(self, lease: MailboxLease, link: Link, changes: LinkChanges) -> Link:
        """Write one step of a sync, all or nothing; return the link as it is stored now.

        Raises:
            Stale: the lease is lost, or the link was changed by somebody else.
            ValueError: more than fits into one commit.
        """
        revision = await self._write_under(lease, _writes(link.id, changes))
        return link if changes.link is None else restamped(changes.link, revision)

    async def _write(self, link: Link, expect: str) -> Link:
        partition = await self._partition(link)
        return restamped(link, await partition.commit([_sealed_link(link, expect)]))

    async def _partition(self, link: Link) -> SealedPartition:
        return await places.account(self._vault, link.person)

    async def _index(self, link: Link, write: SealedWrite) -> None:
        place = await places.book_links(self._vault, link.book_tenant, link.book)
        await place.commit([write])


def _writes(link: LinkId, changes: LinkChanges) -> Iterator[SealedWrite]:
    if changes.link is not None:
        yield _sealed_link(changes.link, changes.link.etag)
    if changes.cursor is not None:
        yield Seal(kind=_CURSOR, id=link, body=encode(changes.cursor))
    yield from (_sealed_pair(link, pair) for pair in changes.put_pairs)
    yield from (Remove(kind=_PAIR, id=f"{link}/{remote}") for remote in changes.drop_pairs)
    yield from (_sealed_intent(link, intent) for intent in changes.put_intents)
    yield from (Remove(kind=_INTENT, id=f"{link}/{item}") for item in changes.drop_intents)
    yield from (_sealed_batch(link, batch) for batch in changes.put_batches)


def _sealed_link(link: Link, expect: str) -> Seal:
    return Seal(kind=_LINK, id=link.id, body=bare(link), expect=expect)


def _sealed_pair(link: LinkId, pair: Pair) -> Seal:
    labels = [link] if pair.team is None else [link, _team_label(link, pair.team)]
    if pair.is_remembered and pair.trace is not None:
        names = {pair.trace.transaction_id, pair.trace.uid} - {""}
        labels += [_name_label(link, name) for name in sorted(names)]
    body = pair_body(pair)
    return Seal(kind=_PAIR, id=f"{link}/{pair.remote}", body=body, labels=labels)


def _sealed_intent(link: LinkId, intent: Intent) -> Seal:
    body = bare(intent)
    return Seal(kind=_INTENT, id=f"{link}/{intent.team}", body=body, labels=[link])


def _sealed_batch(link: LinkId, batch: IntentBatch) -> SealedWrite:
    id = f"{link}/{batch.name}"
    if not batch.intents:
        return Remove(kind=_INTENT, id=id)
    return Seal(kind=_INTENT, id=id, body=batch_body(batch), labels=[link])


def _team_label(link: LinkId, item: ItemId) -> str:
    return f"{link}/{item}"


def _name_label(link: LinkId, name: str) -> str:
    return f"{link}/known as {name}"


def _index_id(link: Link) -> str:
    return f"{link.person.object_id}/{link.id}"


def _index_body(link: Link) -> bytes:
    return encode(_IndexEntry(link.person, link.id))
