from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest
from aiohttp.test_utils import TestServer

pytest.importorskip("azure.keyvault.keys", reason="pip install -r requirements-azure.txt")

from services.model.errors import Broken, Damaged, Unreachable
from services.model.ports import Records
from services.storage.azure_keys import AzureKeys
from services.storage.keys import KeyRing
from services.storage.sealed import Seal
from services.storage.store import open_store
from tests._builders import TENANT
from tests._fakes import FrozenClock
from tests.services.storage._key_vault import KEY_URL, FakeKeyVault, OurIdentity, ToFake

KEY = b"k" * 300
"""Longer than the service wraps by itself."""


Open = Callable[..., Awaitable[AzureKeys]]


@pytest.fixture
def service() -> FakeKeyVault:
    vault = FakeKeyVault()
    vault.rotate()
    return vault


@pytest.fixture
async def opened(service: FakeKeyVault) -> AsyncIterator[Open]:
    """Opens the key as the program does; what was opened is closed at the end."""
    server = TestServer(service.app())
    await server.start_server()

    def options() -> dict[str, Any]:
        return {"transport": ToFake(server.port or 0), "retry_total": 0}

    async with AsyncExitStack() as stack:

        async def open_keys(ring: KeyRing | None = None) -> AzureKeys:
            keys = await AzureKeys.open(KEY_URL, OurIdentity(), ring, client_options=options)
            stack.push_async_callback(keys.close)
            return keys

        yield open_keys
    await server.close()


async def test_what_the_service_wrapped_it_unwraps(opened: Open, service: FakeKeyVault) -> None:
    keys = await opened()
    wrapped = await keys.wrap(b"for", KEY)
    assert KEY not in wrapped and keys.is_current(wrapped)
    assert await keys.unwrap(b"for", wrapped) == KEY
    assert "unwrapkey" in service.asked


async def test_a_version_that_was_rotated_away_still_opens(
    opened: Open, service: FakeKeyVault
) -> None:
    wrapped = await (await opened()).wrap(b"for", KEY)
    service.rotate()
    keys = await opened()
    assert not keys.is_current(wrapped)
    assert await keys.unwrap(b"for", wrapped) == KEY
    assert keys.is_current(await keys.wrap(b"for", KEY))


async def test_a_wrapped_key_is_good_for_its_purpose_only(
    opened: Open, service: FakeKeyVault
) -> None:
    keys = await opened()
    wrapped = await keys.wrap(b"for one", KEY)
    with pytest.raises(Damaged):
        await keys.unwrap(b"for another", wrapped)


@pytest.mark.slow
async def test_flipped_bytes_and_cuts_are_noticed(opened: Open, service: FakeKeyVault) -> None:
    keys = await opened()
    wrapped = await keys.wrap(b"for", KEY)
    for position in range(0, len(wrapped), 7):
        flipped = bytearray(wrapped)
        flipped[position] ^= 1
        for damaged in (bytes(flipped), wrapped[:position]):
            with pytest.raises(Damaged):
                await keys.unwrap(b"for", damaged)


async def test_a_key_vault_of_somebody_else_is_never_asked(
    opened: Open, service: FakeKeyVault
) -> None:
    keys = await opened()
    wrapped = await keys.wrap(b"for", KEY)
    foreign = wrapped.replace(b"harbour", b"pirates")
    with pytest.raises(Damaged, match="somebody else"):
        await keys.unwrap(b"for", foreign)


@pytest.mark.parametrize(
    ("status", "error"), [(403, Broken), (429, Unreachable), (503, Unreachable), (404, Damaged)]
)
async def test_refusals_become_our_errors(
    opened: Open, service: FakeKeyVault, status: int, error: type[Exception]
) -> None:
    keys = await opened()
    wrapped = await keys.wrap(b"for", KEY)
    service.fails_with = status
    with pytest.raises(error):
        await keys.unwrap(b"for", wrapped)


async def test_an_address_that_is_none_and_a_key_of_another_kind_are_refused(
    opened: Open, service: FakeKeyVault
) -> None:
    with pytest.raises(Broken):
        await AzureKeys.open("https://harbour.vault.azure.net/", OurIdentity())
    service.kind = "EC"
    with pytest.raises(Broken, match="RSA"):
        await opened()


async def test_an_installation_moves_from_its_ring_into_the_service(
    opened: Open, records: Records, ring: KeyRing, clock: FrozenClock
) -> None:
    seal = Seal(kind="event", id="a", body=b"body")
    before = await open_store(records, ring, clock)
    await (await before.vault.partition(TENANT, "p")).commit([seal])
    moving = await open_store(records, await opened(ring), clock)
    assert await moving.rotation.rewrap() == 1  # the directory's was at the start
    with_ring, without = await opened(ring), await opened()
    wrapped = await ring.wrap(b"for", KEY)
    assert (with_ring.missing(wrapped), without.missing(wrapped)) == ("", "k1")
    assert without.missing(await without.wrap(b"for", KEY)) == ""
    after = await open_store(records, without, clock)
    assert await (await after.vault.partition(TENANT, "p")).get("event", "a") is not None
    with pytest.raises(Damaged):
        await open_store(records, ring, clock)
