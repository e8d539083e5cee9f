"""Which master keys an installation has: a ring in its settings, or a key in a key vault."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from typing import Any

from services.model.errors import Broken
from services.storage.keys import KeyRing, Wrapping

__all__ = ["master_keys"]


@asynccontextmanager
async def master_keys(ring: str, key_vault_key: str = "") -> AsyncIterator[Wrapping]:
    """Open what wraps all other keys; let go of it at the end.

    Args:
        ring: the ring as text; may be empty beside a key vault, and opens what it wrapped before.
        key_vault_key: the address of a key in Azure Key Vault; empty = the ring wraps.

    Raises:
        Broken: the key vault cannot be used as it is set up.
        StoreAway: it does not answer.
    """
    if not key_vault_key:
        yield KeyRing.parse(ring)
        return
    try:  # an extra: who keeps a ring needs none of its packages
        azure: Any = import_module("services.storage.azure_keys")
    except ModuleNotFoundError as err:
        raise Broken("for ALMANAC_KEY_VAULT_KEY: pip install -r requirements-azure.txt") from err
    async with azure.this_program() as identity:
        old = KeyRing.parse(ring) if ring else None
        keys = await azure.AzureKeys.open(key_vault_key, identity, old)
        try:
            yield keys
        finally:
            await keys.close()
