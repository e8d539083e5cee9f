"""``python app.py export FILE`` and ``python app.py import FILE``: a store as a file, and back.

Both tell how far they are, may be stopped at any time (Ctrl-C) and go on when they are called
again. The store is the one that the settings name, so the way from a file to Cosmos DB is an
export, another setting, and an import. Stop Almanac before: an export of a running one holds parts
that are seconds apart, and an import must be alone.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

from services.model.errors import Broken
from services.model.identity import TenantId
from services.model.ports import Records
from services.model.times import Clock
from services.storage.keychain import DIRECTORY, Keychain
from services.storage.keys import Wrapping
from services.storage.moving.incoming import bring
from services.storage.moving.outgoing import export
from services.storage.moving.progress import now_and_then
from services.storage.vault import Vault

__all__ = ["MOVES", "move"]

MOVES = ("export", "import")


async def move(
    records: Records,
    keys: Wrapping,
    clock: Clock,
    chosen: argparse.Namespace,
    say: Callable[[str], None],
) -> None:
    """Carry the command out and tell of it.

    Raises:
        Broken: and why; nothing is lost.
    """
    tell = now_and_then(say, clock)
    if chosen.command == "import":
        contents = await bring(records, keys, clock, chosen.file, tell)
    elif await Keychain(records, keys).find(DIRECTORY) is None:
        raise Broken("there is nothing in the store that the settings name")
    else:
        vault = Vault(records, keys, clock)
        await vault.open()
        tenant = chosen.tenant and TenantId(chosen.tenant)
        contents = await export(vault, chosen.file, tell, tenant)
    parts, number = len(contents.sections), contents.records
    say(f"{chosen.command}ed and verified: {parts:,} parts, {number:,} records")
