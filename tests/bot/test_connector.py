from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from email.utils import format_datetime

import pytest
import pytest_asyncio

from bot.connector import Connector, open_session
from bot.trust.clouds import ServiceUrls
from services.model.errors import Rejected, Throttled, Unreachable
from tests._fakes import FrozenClock
from tests._teams import FakeTeams
from tests.bot._wired import APP_ID, FakeCredentials, Sleeps

HELLO = {"type": "message", "text": "hello"}


class Bench:
    def __init__(self, teams: FakeTeams, clock: FrozenClock, connector: Connector) -> None:
        self.teams, self.clock, self.connector = teams, clock, connector
        self.sleeps = Sleeps()
        self.credentials = FakeCredentials(teams.bot_token)
        self.chat = teams.personal_chat(teams.person("Ines"))

    async def send(self) -> str:
        return await self.connector.send(self.teams.service_url, self.chat.id, HELLO)


@pytest_asyncio.fixture
async def bench() -> AsyncIterator[Bench]:
    clock = FrozenClock()
    async with FakeTeams(APP_ID, clock.now) as teams, open_session() as session:
        trusted = ServiceUrls(origins=frozenset({teams.origin}))
        sleeps, credentials = Sleeps(), FakeCredentials(teams.bot_token)
        connector = Connector(
            session, credentials, trusted, clock, sleep=sleeps, chance=lambda: 0.5
        )
        bench = Bench(teams, clock, connector)
        bench.sleeps, bench.credentials = sleeps, credentials
        yield bench


async def test_a_message_goes_out_and_its_id_comes_back(bench: Bench) -> None:
    id = await bench.send()
    [posted] = bench.teams.connector.posts
    assert (posted.id, posted.text) == (id, "hello")


async def test_ids_with_odd_letters_arrive_as_they_are(bench: Bench) -> None:
    teams = bench.teams
    channel = teams.channel("General", [teams.person("Ines")])
    where = f"{channel.id};messageid=17"
    await bench.connector.reply(teams.service_url, where, "17/../18?x", HELLO)
    [posted] = teams.connector.posts
    assert (posted.chat, posted.thread, posted.reply_to) == (channel, "17", "17/../18?x")


async def test_a_message_can_be_replaced_and_taken_back(bench: Bench) -> None:
    id, url = await bench.send(), bench.teams.service_url
    await bench.connector.update(url, bench.chat.id, id, {"type": "message", "text": "bye"})
    [posted] = bench.teams.connector.posts
    assert (posted.text, posted.edits) == ("bye", 1)
    await bench.connector.delete(url, bench.chat.id, id)
    assert posted.deleted


async def test_a_short_wait_is_waited_and_the_message_sent(bench: Bench) -> None:
    bench.teams.connector.fail(429, retry_after="1.5", times=2)
    await bench.send()
    assert bench.sleeps.all == [1.5, 1.5]


async def test_a_date_to_wait_for_is_understood(bench: Bench) -> None:
    moment = bench.clock.now() + timedelta(seconds=3)
    bench.teams.connector.fail(429, retry_after=format_datetime(moment, usegmt=True))
    await bench.send()
    assert bench.sleeps.all == [3.0]


async def test_a_wait_without_a_readable_time_is_a_short_one(bench: Bench) -> None:
    bench.teams.connector.fail(429, retry_after="soon")
    await bench.send()
    assert bench.sleeps.all == [1.5]


async def test_a_long_wait_is_the_callers(bench: Bench) -> None:
    bench.teams.connector.fail(429, retry_after="60")
    with pytest.raises(Throttled) as caught:
        await bench.send()
    assert caught.value.retry_after == 60
    assert bench.sleeps.all == []


@pytest.mark.parametrize("status", [412, 502, 503, 504])
async def test_what_may_pass_is_tried_again_with_growing_pauses(bench: Bench, status: int) -> None:
    bench.teams.connector.fail(status, times=2)
    await bench.send()
    assert len(bench.sleeps.all) == 2
    assert bench.sleeps.all[0] < bench.sleeps.all[1]


async def test_the_tries_come_to_an_end(bench: Bench) -> None:
    bench.teams.connector.fail(503, times=10)
    with pytest.raises(Unreachable):
        await bench.send()
    assert len(bench.teams.connector.calls) == 4


async def test_a_500_is_not_sent_again(bench: Bench) -> None:
    bench.teams.connector.fail(500)
    with pytest.raises(Unreachable):
        await bench.send()
    assert len(bench.teams.connector.calls) == 1


async def test_a_refused_token_is_forgotten_and_another_one_tried(bench: Bench) -> None:
    bench.teams.connector.fail(401)
    await bench.send()
    assert bench.credentials.forgotten == [bench.teams.bot_token]


async def test_a_block_is_told_by_its_name(bench: Bench) -> None:
    bench.teams.connector.block(bench.chat)
    with pytest.raises(Rejected) as caught:
        await bench.send()
    assert (caught.value.status, caught.value.code) == (403, "MessageWritesBlocked")


async def test_what_is_unknown_or_too_big_is_rejected(bench: Bench) -> None:
    url = bench.teams.service_url
    with pytest.raises(Rejected) as caught:
        await bench.connector.send(url, "a:nobody", HELLO)
    assert (caught.value.status, caught.value.code) == (404, "ConversationNotFound")
    with pytest.raises(Rejected) as caught:
        big = {"type": "message", "text": "x" * 60_000}
        await bench.connector.send(url, bench.chat.id, big)
    assert caught.value.status == 413


async def test_nothing_is_sent_to_an_address_that_is_not_on_the_list(bench: Bench) -> None:
    with pytest.raises(Rejected) as caught:
        await bench.connector.send("https://attacker.trafficmanager.net", "a", HELLO)
    assert caught.value.code == "ServiceUrlNotTrusted"


async def test_a_port_where_nobody_listens_is_unreachable(bench: Bench) -> None:
    url = bench.teams.service_url
    await bench.teams.__aexit__()
    with pytest.raises(Unreachable):
        await bench.connector.send(url, bench.chat.id, HELLO)
    assert len(bench.sleeps.all) == 3


async def test_a_message_that_meets_the_end_of_an_idle_connection_is_sent_on_another() -> None:
    """Servers close what was idle for seconds; who sends at that moment hears nothing at all."""
    connections: list[list[bytes]] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard: list[bytes] = []
        connections.append(heard)
        while head := await reader.readuntil(b"\r\n\r\n"):
            (length,) = re.findall(rb"Content-Length: (\d+)", head)
            heard.append(await reader.readexactly(int(length)))
            if len(heard) == 2:
                break
            writer.write(b'HTTP/1.1 201 Created\r\nContent-Length: 10\r\n\r\n{"id":"1"}')
        writer.close()

    async with (
        await asyncio.start_server(serve, "127.0.0.1", 0) as server,
        open_session() as session,
    ):
        origin = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        trusted = ServiceUrls(origins=frozenset({origin}))
        sleeps = Sleeps()
        connector = Connector(session, FakeCredentials(""), trusted, FrozenClock(), sleep=sleeps)
        assert [await connector.send(origin, "a", HELLO) for _ in range(2)] == ["1", "1"]
    assert list(map(len, connections)) == [2, 1]
    assert len(sleeps.all) == 1


async def test_members_come_in_pages(bench: Bench) -> None:
    teams = bench.teams
    many = [teams.person(f"Person {n}") for n in range(450)]
    chat = teams.group_chat("crowd", many)
    members = await bench.connector.members(teams.service_url, chat.id)
    assert [one["objectId"] for one in members] == [one.object_id for one in many]
    assert len(teams.connector.calls) == 3
