"""Rosters of Teams, in the words that Microsoft's pages and its own SDKs know."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from microsoft_teams.api import TeamsChannelAccount

from bot.connector import Connector, open_session
from bot.places import member
from bot.roster import TeamsRoster
from bot.trust.clouds import ServiceUrls
from bot.trust.credentials import Anonymous
from services.model.conversations import Member
from services.model.errors import Unreachable
from services.model.identity import ObjectId, Person, TenantId
from tests._builders import TENANT, a_channel
from tests._fakes import FrozenClock

LARRY = {
    "id": "29:larry",
    "objectId": "9D3E08F9-a7ae-43aa-a4d3-de3f319a8a9c",
    "givenName": "Larry",
    "surname": "Brown",
    "tenantId": "72f988bf-86f1-41af-91ab-2d7cd011db47",
    "userRole": "owner",
}
"""As a roster names somebody of another organisation."""
INES = {"id": "29:ines", "aadObjectId": "ines", "name": "Ines Moreau"}
"""As an activity does."""
BOT = {"id": "28:almanac", "name": "Almanac"}


def read(account: dict[str, Any]) -> Member | None:
    return member(account, TENANT)


def test_whoever_a_roster_names_is_known() -> None:
    larry = Person(TenantId(LARRY["tenantId"]), ObjectId(LARRY["objectId"].lower()))
    assert read(LARRY) == Member(larry, "Larry Brown", "29:larry", owns=True)
    assert read(INES) == Member(Person(TENANT, ObjectId("ines")), "Ines Moreau", "29:ines")
    assert read(LARRY | {"name": "Larry B."}) == Member(larry, "Larry B.", "29:larry", owns=True)
    assert read(BOT) is None


@pytest.mark.parametrize("account", [LARRY, INES])
def test_microsofts_sdk_reads_the_same(account: dict[str, Any]) -> None:
    theirs, ours = TeamsChannelAccount.model_validate(account), read(account)
    assert ours is not None and theirs.aad_object_id is not None
    assert ours.person.object_id == theirs.aad_object_id.lower()


class Answers:
    """A connector that lists whatever it was given."""

    def __init__(self) -> None:
        self.accounts: list[dict[str, Any]] = []

    async def members(self, request: web.Request) -> web.Response:
        return web.json_response({"members": self.accounts})


@pytest.fixture
def answers() -> Answers:
    return Answers()


@pytest_asyncio.fixture
async def roster(answers: Answers) -> AsyncIterator[tuple[TeamsRoster, str]]:
    app = web.Application()
    app.router.add_get("/v3/conversations/{chat}/pagedmembers", answers.members)
    async with TestServer(app, host="127.0.0.1") as server, open_session() as session:
        origin = str(server.make_url("")).rstrip("/")
        urls = ServiceUrls(origins=frozenset({origin}))
        yield TeamsRoster(Connector(session, Anonymous(), urls, FrozenClock())), origin


async def test_all_who_are_people_are_in_it(
    roster: tuple[TeamsRoster, str], answers: Answers
) -> None:
    answers.accounts = [LARRY, BOT, INES]
    read_of, origin = roster
    found = await read_of.members(a_channel(service_url=origin))
    assert [one.name for one in found] == ["Larry Brown", "Ines Moreau"]


@pytest.mark.parametrize("accounts", [[], [BOT]], ids=["empty", "a bot alone"])
async def test_a_roster_without_anybody_is_no_answer(
    roster: tuple[TeamsRoster, str], answers: Answers, accounts: list[dict[str, Any]]
) -> None:
    """It would take everybody's access and roles away: who asks is in the place, after all."""
    answers.accounts = accounts
    read_of, origin = roster
    with pytest.raises(Unreachable):
        await read_of.members(a_channel(service_url=origin))
