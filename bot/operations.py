"""What an operator asks of ``app.py`` in a shell: ``python app.py tasks`` and the like.

:mod:`bot.arguments` lists the commands. The program itself may be running meanwhile or not.
"""

from __future__ import annotations

import argparse
import asyncio
import os
from collections.abc import Callable

from bot.moves import MOVES, move
from bot.process import SystemClock
from bot.stores import open_records
from services.model.identity import ObjectId, Person, TenantId
from services.model.times import Clock
from services.people.operators import Operators
from services.settings import Settings
from services.storage.master_keys import master_keys
from services.storage.store import Store, open_store

__all__ = ["run_operation"]


async def run_operation(
    settings: Settings, chosen: argparse.Namespace, say: Callable[[str], None]
) -> None:
    """Do what an operator asks for, beside a running program or without one.

    Raises:
        Broken: the store or its keys cannot be used, or what was asked cannot be done; and why.
        OSError: a file cannot be read or written, or is there already.
    """
    clock = SystemClock()
    records = await open_records(settings, clock)
    try:
        async with master_keys(settings.keys, settings.key_vault_key) as keys:
            if chosen.command in MOVES:
                return await move(records, keys, clock, chosen, say)
            store = await open_store(records, keys, clock)
            for line in await _operate(store, clock, chosen):
                say(line)
    finally:
        await records.close()


async def _operate(store: Store, clock: Clock, chosen: argparse.Namespace) -> list[str]:
    """Carry the command out; return what there is to say."""
    operators = Operators(store, clock)
    if chosen.command == "tasks":
        return await operators.tasks() + await operators.erasures()
    if chosen.command == "erase-tenant":
        await operators.erase_tenant(TenantId(chosen.tenant.lower()))
        return ["It is in the queue: a running Almanac erases the organisation within minutes."]
    person = Person(TenantId(chosen.tenant.lower()), ObjectId(chosen.person.lower()))
    if chosen.command == "erase-person":
        await operators.erase_person(person)
        return ["It is in the queue: a running Almanac erases the person within minutes."]
    data = await operators.export_person(person)
    await asyncio.to_thread(_write_private, chosen.file, data)
    return [f"{chosen.file} holds everything that is kept of the person, unsealed."]


def _write_private(path: str, data: bytes) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
