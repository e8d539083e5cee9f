"""From a store to a file.

``await export(store.vault, path, say)``, with a tenant or without. What is written goes to
``<path>.part``, which gets its name once it is complete and was read again. An export that was
stopped goes on from there: partitions that have changed since are written anew.

Each partition is as it was at one revision. Partitions of a store that is in use are copied some
moments apart, which recovery takes for a crash; who wants one moment stops Almanac first.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from services.model.errors import Broken, Damaged
from services.model.identity import TenantId
from services.model.ports import Head, Record, Records
from services.storage.keychain import DIRECTORY, PARTITION
from services.storage.moving.archive import Contents, Opening, Writer, in_batches, scan
from services.storage.moving.progress import Progress, Say, Stage
from services.storage.moving.sums import Sum
from services.storage.vault import Vault

__all__ = ["export"]

_PAGE = 50
_TRIES = 5
"""How often a partition is begun anew that changes while it is read, and how often all of them are
gone through for what has changed."""


@dataclass(frozen=True, slots=True)
class _Selection:
    """What of a store is moved."""

    group: str = ""
    keys: frozenset[str] | None = None
    """Which keys of the keychain; ``None`` = all."""

    def takes(self, record: Record) -> bool:
        return record.partition != PARTITION or self.keys is None or record.id in self.keys


async def export(vault: Vault, path: Path, say: Say, tenant: TenantId | None = None) -> Contents:
    """Write the whole store, or one tenant, to a new file.

    Raises:
        Broken: there is such a file already, or a part of another export; the store knows no such
            tenant; or a partition changes all the time.
    """
    selection = await _selection(vault, tenant)
    opening = Opening(vault.group(TenantId("")), selection.group)
    part = _part(path)
    with part.open("r+b") as file:
        contents = await _Export(vault.records, file, opening, selection, say).run()
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    return contents


def _part(path: Path) -> Path:
    """Return where to write before all is written; only this user may read it."""
    if path.exists():
        raise Broken("there is such a file already; name another")
    part = path.with_name(path.name + ".part")
    os.close(os.open(part, os.O_RDWR | os.O_CREAT, 0o600))
    return part


async def _selection(vault: Vault, tenant: TenantId | None) -> _Selection:
    if tenant is None:
        return _Selection()
    keys = await vault.keychain.find(vault.key_id(tenant))
    if keys is None or vault.keychain.is_erased(keys):
        raise Broken("the store knows no such tenant, or is erasing it")
    return _Selection(vault.group(tenant), frozenset({DIRECTORY, keys.id}))


class _Export:
    """One run."""

    def __init__(
        self, records: Records, file: BinaryIO, opening: Opening, selection: _Selection, say: Say
    ) -> None:
        self._records = records
        self._file = file
        self._opening = opening
        self._selection = selection
        self._say = say
        self._held: dict[str, Head] = {}
        """The partitions that the file holds, as they were."""
        self._copied = 0

    async def run(self) -> Contents:
        writer = self._writer()
        for _ in range(_TRIES):
            heads = [head async for head in self._heads()]
            changed = [head for head in heads if self._held.get(head.partition) != head]
            if not changed:
                break
            for head in changed:
                self._held[head.partition] = await self._partition(writer, head)
                self._tell(Stage.EXPORTING, len(heads))
        writer.close()
        self._file.flush()
        self._tell(Stage.VERIFYING, len(self._held))
        contents = scan(self._file)
        if not contents.is_whole or len(contents.sections) != len(self._held):
            raise Damaged("the file does not hold what was written to it")
        return contents

    def _writer(self) -> Writer:
        """Begin the file, or go on where an earlier run has stopped."""
        if os.fstat(self._file.fileno()).st_size == 0:
            return Writer(self._file, self._opening)
        contents = scan(self._file)
        if contents.opening != self._opening:
            raise Broken("the .part file beside it is of another export; remove it")
        self._held = {name: section.head for name, section in contents.sections.items()}
        self._copied = contents.records
        return Writer(self._file, self._opening, contents)

    async def _heads(self) -> AsyncIterator[Head]:
        """Yield the partitions that are wanted."""
        after = ""
        while heads := await self._records.partitions(after=after):
            for head in heads:
                if head.partition == PARTITION or head.partition.startswith(self._selection.group):
                    yield head
            after = heads[-1].partition

    async def _partition(self, writer: Writer, head: Head) -> Head:
        """Write a partition as it is at one revision, and return that."""
        place = writer.place
        for _ in range(_TRIES):
            sum, first, last = await self._copy(writer, head.partition)
            if first == last:
                now = Head(head.partition, last, head.horizon)
                writer.section(now, sum, place.at)
                self._copied += sum.count
                return now
            writer.back(place)  # somebody wrote to it between two pages
        raise Broken("a part of the store changes all the time; stop Almanac and export again")

    async def _copy(self, writer: Writer, partition: str) -> tuple[Sum, int, int]:
        """Write all records; return their sum, and the revision of the first and last page."""
        sum = Sum()
        page = await self._records.changes(partition, 0, limit=_PAGE)
        first = page.revision
        while True:
            for batch in in_batches(filter(self._selection.takes, page.records)):
                writer.batch(batch)
                sum.add_all(batch)
            if page.next is None:
                return sum, first, page.revision
            page = await self._records.changes(partition, 0, limit=_PAGE, after=page.next)

    def _tell(self, stage: Stage, of: int) -> None:
        self._say(Progress(stage, len(self._held), of, self._copied))
