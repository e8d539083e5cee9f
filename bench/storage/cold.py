"""A process that has just started, and searches: ``python -m bench.storage.cold FILE KEYS``.

Writes as JSON how long it took until the index was complete, what memory it takes, and how long
searches take. Then it waits until what was to be stored of the index is stored.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

from bench.process import memory_mib
from bench.storage.people import CONTACT_LIST, contacts
from bench.storage.sealed import opened
from bench.storage.timing import Question, Times, taking_turns
from services.search.entries import contact_entry
from services.search.index import Index
from services.search.shelf import Indexes
from services.search.wanted import wanted_of
from services.spelling import fold
from services.storage.keys import KeyRing
from services.storage.store import Store

__all__ = ["Cold", "main"]

TIMES = 1_000
PATIENCE = 600
OFTEN = 0.1
"""Seconds."""
MOST_BYTES = 10**9


@dataclass(frozen=True, slots=True, kw_only=True)
class Cold:
    """What was measured; times are milliseconds."""

    complete: float
    """Until a search was answered from the complete index."""
    complete_cpu: float
    index_mib: float
    """As the index says itself."""
    grown_mib: float
    """By how much the process has grown, the store's own page cache included."""
    three_letters: Times
    rare_letters: Times
    slips: Times
    stored_mib: float
    """What is stored of the index, sealed."""


async def main(file: Path, keys: str) -> None:
    """Measure, and write it down."""
    async with opened(file, KeyRing.parse(keys)) as store:
        gc.collect()
        before = memory_mib(os.getpid())
        indexes = Indexes(
            store.contacts, store.segments, contact_entry, MOST_BYTES, patience=PATIENCE
        )
        began = time.perf_counter(), time.process_time()
        index = await indexes.of(CONTACT_LIST)
        index.search(wanted_of("mar"), 25)
        took = time.perf_counter() - began[0], time.process_time() - began[1]
        gc.collect()
        grown = memory_mib(os.getpid()) - before
        stored = await _stored(store)
        three, rare, slips = [await _searches(index, each) for each in _words(Random(1))]
        cold = Cold(
            complete=1000 * took[0],
            complete_cpu=1000 * took[1],
            index_mib=index.size / 2**20,
            grown_mib=grown,
            three_letters=three,
            rare_letters=rare,
            slips=slips,
            stored_mib=stored / 2**20,
        )
        print(json.dumps(asdict(cold)), flush=True)
        await indexes.close()


async def _stored(store: Store) -> int:
    """Wait until the index is stored, and return how many bytes it takes."""
    listed = await store.segments.listed(CONTACT_LIST)
    if not listed.segments:
        await asyncio.sleep(OFTEN)
        return await _stored(store)
    return sum(
        [
            len(piece)
            for segment in listed.segments
            async for piece in store.segments.pieces(CONTACT_LIST, listed, segment)
        ]
    )


def _words(dice: Random) -> tuple[list[str], list[str], list[str]]:
    """Return the first letters of names, letters that hardly a name begins with, and slips."""
    names = [fold(word) for one in contacts(2_000) for word in one.content.name.split()]
    long = [name for name in names if len(name) >= 6]
    rare = ["".join(dice.choice("bcdfgklmnprst") for _ in range(3)) for _ in range(300)]
    return [name[:3] for name in names], rare, [_slip(dice, name) for name in long]


def _slip(dice: Random, name: str) -> str:
    """Return a name with two letters that have changed places, and one more doubled."""
    at = dice.randrange(1, len(name) - 2)
    slipped = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return slipped[:3] + slipped[2] + slipped[3:]


async def _searches(index: Index, words: Sequence[str]) -> Times:
    async def ask(number: int) -> object:
        return index.search(wanted_of(words[number % len(words)]), 25)

    (times,) = await taking_turns([Question(ask)], TIMES)
    return times


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))
