"""The same walk on the other engine: the program works there, and leaves no word there either."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from services.model.ports import Records
from services.model.times import Clock
from services.storage.cosmos.account import CosmosAccount
from services.storage.cosmos.records import CosmosRecords
from services.storage.cosmos.trouble import Patience
from tests.scenarios._house import INES, MARA, a_house, line_of, opened, typed_in, words
from tests.scenarios.test_nothing_readable import ABOUT, PLANTED, the_walk
from tests.services.storage._cosmos import KEY, FakeCosmos, Fault


@dataclass
class OnCosmos:
    """Opens a store at an account that tests may disturb."""

    patience: Patience | None = None
    accounts: list[FakeCosmos] = field(default_factory=list)

    @asynccontextmanager
    async def __call__(self, folder: Path, clock: Clock) -> AsyncIterator[Records]:
        async with FakeCosmos(clock).running() as fake:
            self.accounts.append(fake)
            account = CosmosAccount(endpoint=fake.url, key=KEY, database="almanac")
            records = await CosmosRecords.open(account, clock, patience=self.patience)
            yield records
            await records.close()


@pytest.mark.slow
async def test_the_walk_on_cosmos_db_leaves_no_word_there(tmp_path: Path) -> None:
    on_cosmos = OnCosmos()
    async with a_house(tmp_path, on_cosmos) as house:
        await the_walk(house, house.teams, house.someone(MARA), house.someone(INES))

    (account,) = on_cosmos.accounts
    held = held_in(account)
    assert len(held) > 50_000
    assert [word for word in (*PLANTED, *ABOUT) if word.lower().encode() in held] == []


async def test_while_the_store_is_away_or_busy_people_read_so(tmp_path: Path) -> None:
    on_cosmos = OnCosmos(Patience(Random(1), seconds=0))
    async with a_house(tmp_path, on_cosmos) as house:
        mara, (account,) = house.someone(MARA), on_cosmos.accounts
        await house.teams.message(mara, "agenda")

        account.fail(*(Fault("query", 503) for _ in range(20)))
        away = await house.teams.message(mara, "contacts Ada")
        account.faults.clear()
        account.is_busy_until = house.clock.now() + timedelta(minutes=1)
        busy = await house.teams.message(mara, "contacts Ada")
        account.is_busy_until = None
        heard = await house.teams.message(mara, "contacts Ada")

    assert away.text.startswith("Almanac cannot reach what it has stored right now.")
    assert busy.text.startswith("There is much to do right now")
    assert heard.post.card


async def test_a_window_that_a_busy_store_does_not_take_keeps_what_was_typed(
    tmp_path: Path,
) -> None:
    on_cosmos = OnCosmos(Patience(Random(1), seconds=0))
    async with a_house(tmp_path, on_cosmos) as house:
        teams, mara, (account,) = house.teams, house.someone(MARA), on_cosmos.accounts
        channel = teams.channel("Launch", [mara], owners=[mara])
        await teams.install(mara)
        await house.connect(mara)
        await house.settle()
        watched = (await teams.message(mara, "notifications", channel)).post
        linked = (await teams.message(mara, "account")).post
        await teams.click(mara, linked, line_of(linked.card, "Calendar"))
        listed = (await teams.message(mara, "calendars", channel)).post
        for post, title, press, typed in (
            (watched, "For me, in a window", "Save", {"digest": "weekly"}),
            (linked, "Settings in a window", "Save", {"category": "Team"}),
            (listed, "New calendar in a window", "Create", {"set_name": "Travel"}),
        ):
            dialog = await opened(teams, mara, post, title)
            account.fail(*(Fault("batch", 503) for _ in range(20)))
            refused = await teams.submit_dialog(mara, dialog, press, typed)
            account.faults.clear()
            assert refused.dialog, refused.text
            assert "Almanac cannot reach what it has stored" in words(refused.dialog.card)
            assert typed.items() <= typed_in(refused.dialog.card).items()
            taken = await teams.submit_dialog(mara, refused.dialog, press)
            assert taken.dialog is None, words(taken.dialog.card)


def held_in(account: FakeCosmos) -> bytes:
    """Everything that the account has, in lower case, bodies as they are before base64."""
    container = account.databases["almanac"]["records"]
    items = [
        item
        for versions in container.versions.values()
        for _, version in versions
        for item in version.values()
    ]
    bodies = [base64.b64decode(item["body"]) for item in items if "body" in item]
    return b"\n".join([json.dumps(items, ensure_ascii=False).encode(), *bodies]).lower()
