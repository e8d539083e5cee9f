from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from jwt.algorithms import RSAAlgorithm

from bot.trust.signing_keys import SigningKeys
from tests._fakes import FrozenClock
from tests._signer import rsa_key


def a_key(kid: str, **given: Any) -> dict[str, Any]:
    public: dict[str, Any] = json.loads(RSAAlgorithm.to_jwk(rsa_key("key-1").public_key()))
    return public | {"kid": kid, "endorsements": ["msteams"]} | given


@dataclass
class Issuer:
    """Publishes whatever a test tells it to."""

    keys: Any = field(default_factory=lambda: {"keys": [a_key("one")]})
    jwks_uri: Any = None
    status: int = 200
    fetches: int = 0
    go_on: asyncio.Event = field(default_factory=asyncio.Event)
    base: str = ""

    async def metadata(self, request: web.Request) -> web.Response:
        self.fetches += 1
        await self.go_on.wait()
        return web.json_response({"jwks_uri": self.jwks_uri or f"{self.base}/keys"})

    async def list(self, request: web.Request) -> web.Response:
        return web.json_response(self.keys, status=self.status)


@dataclass
class Bench:
    issuer: Issuer
    keys: SigningKeys
    clock: FrozenClock


@asynccontextmanager
async def bench() -> AsyncIterator[Bench]:
    issuer, clock = Issuer(), FrozenClock()
    issuer.go_on.set()
    app = web.Application()
    app.router.add_get("/metadata", issuer.metadata)
    app.router.add_get("/keys", issuer.list)
    server = TestServer(app)
    await server.start_server()
    issuer.base = f"http://127.0.0.1:{server.port}"
    async with aiohttp.ClientSession() as session:
        keys = SigningKeys(session, f"{issuer.base}/metadata", clock)
        yield Bench(issuer, keys, clock)
        await keys.close()
    await server.close()


async def test_many_who_wait_share_one_fetch() -> None:
    async with bench() as it:
        it.issuer.go_on.clear()
        waiting = [asyncio.create_task(it.keys.find("one")) for _ in range(20)]
        await asyncio.sleep(0)
        waiting[0].cancel()  # who hangs up does not stop the fetch
        it.issuer.go_on.set()
        found = await asyncio.gather(*waiting[1:])
        assert all(key is not None for key in found)
        assert it.issuer.fetches == 1


async def test_keys_are_kept_for_a_day_and_then_fetched_while_nobody_waits() -> None:
    async with bench() as it:
        await it.keys.find("one")
        it.clock.advance(timedelta(hours=24))
        await it.keys.find("one")
        assert it.issuer.fetches == 1
        it.clock.advance(1)
        assert await it.keys.find("one")
        await it.keys.close()
        assert it.issuer.fetches == 2


async def test_a_key_that_is_withdrawn_is_no_longer_good() -> None:
    async with bench() as it:
        await it.keys.find("one")
        it.issuer.keys = {"keys": [a_key("two")]}
        it.clock.advance(timedelta(minutes=5))
        assert await it.keys.find("two")
        assert await it.keys.find("one") is None


async def test_a_clock_that_was_set_back_holds_up_no_new_key() -> None:
    async with bench() as it:
        await it.keys.find("one")
        it.clock.advance(timedelta(days=-1))
        it.issuer.keys = {"keys": [a_key("two")]}
        assert await it.keys.find("two")


BAD: dict[str, Any] = {
    "a list": [],
    "a word": "keys",
    "no keys": {},
    "keys are a word": {"keys": "x"},
    "keys are words": {"keys": ["x"]},
    "an empty list": {"keys": []},
    "only keys of another kind": {"keys": [{"kty": "EC", "kid": "three"}]},
    "a key without numbers": {"keys": [{"kty": "RSA", "kid": "three"}]},
    "odd numbers": {"keys": [a_key("three", n="!", e="?")]},
    "more than anybody reads": {"keys": [a_key("three")], "padding": "x" * 1_000_000},
    "odd endorsements": {"keys": [a_key("three", endorsements=[[]])]},
}


@pytest.mark.parametrize("case", BAD)
async def test_an_answer_that_is_no_key_list_leaves_the_old_keys(case: str) -> None:
    async with bench() as it:
        await it.keys.find("one")
        it.issuer.keys = BAD[case]
        it.clock.advance(timedelta(minutes=6))
        assert await it.keys.find("three") is None
        assert await it.keys.find("one")


async def test_one_bad_key_does_not_spoil_the_others() -> None:
    async with bench() as it:
        it.issuer.keys = {"keys": [{"kty": "RSA", "kid": "bad", "n": "", "e": ""}, a_key("good")]}
        assert await it.keys.find("good")
        assert await it.keys.find("bad") is None


async def test_keys_of_a_lesser_address_are_not_believed() -> None:
    async with bench() as it:
        for address in ("ftp://127.0.0.1/keys", "keys", 5):
            it.issuer.jwks_uri = address
            it.clock.advance(timedelta(minutes=6))
            assert await it.keys.find("one") is None
