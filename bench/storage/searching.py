"""Searching a contact list: after a start with nothing but the ledger, and from stored segments."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.process import ROOT
from bench.storage.people import CONTACT_LIST, contacts
from bench.storage.sealed import opened
from bench.storage.timing import Times
from services.storage.keys import KeyRing

__all__ = ["SEARCHED", "search"]

SEARCHED = (
    *("contacts", "index from", "complete ms", "CPU ms", "index MiB", "process MiB"),
    *("three letters", "three rare ones", "a slip", "stored MiB"),
)
RING = "k1:" + "A" * 43 + "="


def search(folder: Path, sizes: tuple[int, ...]) -> list[list[str]]:
    """Return two rows for each size: the first start, and a later one after some edits."""
    rows = []
    for size in sizes:
        file = folder / f"contacts-{size}.db"
        asyncio.run(_fill(file, size))
        for source in ("the ledger", "segments"):
            rows.append([f"{size:,}", source, *_cells(_cold(file))])
    return rows


def _cold(file: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.storage.cold", str(file), RING]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def _cells(cold: dict[str, Any]) -> list[str]:
    times = [Times(**cold[name]) for name in ("three_letters", "rare_letters", "slips")]
    numbers = ("complete", "complete_cpu", "index_mib", "grown_mib")
    return [
        *(f"{cold[name]:,.0f}" for name in numbers),
        *map(str, times),
        f"{cold['stored_mib']:.0f}",
    ]


async def _fill(file: Path, size: int) -> None:
    """Write contacts as people do, but many at a time."""
    async with opened(file, KeyRing.parse(RING)) as store:
        await store.contacts.save_all([(None, one) for one in contacts(size)], CONTACT_LIST)
