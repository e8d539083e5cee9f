"""From a file to a store.

``await bring(records, wrapping, clock, path, say)``. The store is empty, or of the same
installation without what the file holds, or an earlier run was stopped there: then this one goes
on behind it. Nothing is written before the whole file was checked, the master keys have opened its
keys, and each of its partitions was compared with what the store holds already. While an import is
under way the store has a mark, and nobody can open it.

At the end every partition is read back and compared with the file, by count and digest.
"""

from __future__ import annotations

from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from services.model.errors import Broken, Damaged
from services.model.ports import Head, Record, Records
from services.model.times import Clock
from services.storage.keychain import DIRECTORY, PARTITION, Keychain
from services.storage.keys import Wrapping
from services.storage.moving.archive import Contents, Section, batches, in_batches, scan
from services.storage.moving.progress import Progress, Say, Stage
from services.storage.moving.sums import Sum, lasting

__all__ = ["bring"]

_PAGE = 50


async def bring(
    records: Records, wrapping: Wrapping, clock: Clock, path: Path, say: Say
) -> Contents:
    """Write what the file holds to the store.

    Raises:
        Broken: the file is incomplete or no such file, or the store holds something else already.
        Damaged: the file was changed since it was written, or the master keys are not those that
            it was written with.
    """
    with path.open("rb") as file:
        contents = scan(file)
        if not contents.is_whole:
            raise Broken("the file is not complete; run the export again, it goes on by itself")
        await _Import(records, Keychain(records, wrapping), clock, file, contents, say).run()
    return contents


class _Import:
    """One run."""

    def __init__(
        self,
        records: Records,
        keychain: Keychain,
        clock: Clock,
        file: BinaryIO,
        contents: Contents,
        say: Say,
    ) -> None:
        self._records = records
        self._keychain = keychain
        self._clock = clock
        self._file = file
        self._say = say
        self._sections = [s for name, s in contents.sections.items() if name != PARTITION]
        self._keys = contents.sections.get(PARTITION)

    async def run(self) -> None:
        if self._keys is None:
            raise Broken("the file holds no keys")
        missing = await self._missing_keys(self._keys)
        there = await self._compare()
        await self._keychain.import_begins()
        for batch in in_batches(missing):
            await self._records.restore(self._keys.head, batch)
        records = 0
        for done, (section, present) in enumerate(zip(self._sections, there, strict=True), start=1):
            await self._section(section, present)
            records += section.records
            self._tell(Stage.IMPORTING, done, records)
        await self._verify(self._keys)
        await self._keychain.import_ends()

    async def _missing_keys(self, keys: Section) -> list[Record]:
        """Return the keys that the store has not, once all of them are found to fit."""
        missing = []
        is_empty = await self._keychain.find(DIRECTORY) is None
        for batch in batches(self._file, keys):
            for record in batch:
                theirs = await self._keychain.open(record) if record.body else b""
                present = await self._keychain.find(record.id)
                if present is None and (is_empty or record.id != DIRECTORY):
                    missing.append(record)
                elif present is None or present.kind != record.kind:
                    raise Broken("a tenant of the file is being erased in this store")
                elif present.body and await self._keychain.open(present) != theirs:
                    raise Broken("the store is of another installation; take an empty one")
        return missing

    async def _compare(self) -> list[int]:
        """Return for each partition how many of its batches the store has already."""
        there = []
        for done, section in enumerate(self._sections, start=1):
            there.append(await self._batches_there(section))
            self._tell(Stage.COMPARING, done, 0)
        return there

    async def _batches_there(self, section: Section) -> int:
        """Compare what is there with how the file begins: an import writes in its order."""
        now = self._clock.now()
        held = await self._sum(section.partition, now)
        found = Sum()
        number = 0
        for batch in batches(self._file, section):
            if found.count == held.count:
                break
            found.add_all(lasting(batch, now))
            number += 1
        if found != held:
            raise Broken("the store already holds other records where those of the file belong")
        return number

    async def _section(self, section: Section, present: int) -> None:
        """Write a partition, but for as many batches as are there."""
        for batch in islice(batches(self._file, section), present, None):
            await self._records.restore(Head(section.partition, batch[-1].revision, 0), batch)
        await self._records.restore(section.head, [])

    async def _verify(self, keys: Section) -> None:
        """Compare the store with the file, once everything is written."""
        wrong = bool(await self._missing_keys(keys))
        records = 0
        for done, section in enumerate(self._sections, start=1):
            now = self._clock.now()
            written = Sum()
            for batch in batches(self._file, section):
                written.add_all(lasting(batch, now))
            wrong = wrong or await self._sum(section.partition, now) != written
            records += section.records
            self._tell(Stage.VERIFYING, done, records)
        if wrong:
            raise Damaged("the store does not hold what was written to it; take another, empty one")

    async def _sum(self, partition: str, now: datetime) -> Sum:
        """Return the sum of what the store holds in a partition and will hold for a while."""
        sum = Sum()
        after: str | None = None
        while True:
            page = await self._records.changes(partition, 0, limit=_PAGE, after=after)
            sum.add_all(lasting(page.records, now))
            if page.next is None:
                return sum
            after = page.next

    def _tell(self, stage: Stage, done: int, records: int) -> None:
        self._say(Progress(stage, done, len(self._sections), records))
