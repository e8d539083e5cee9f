"""Graph's own count of a mailbox's requests, and ours that is to stay below it (F26)."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from services.model.budgets import REQUESTS, Budgets
from services.model.events import Author
from tests._builders import an_event_content, timed
from tests.services._office import MARA, MARA_ID, Office, an_instance, an_office
from tests.services.jobs._hook import answering_hook

AUTHOR = Author(MARA_ID, "Mara")
MANY = 130
A_MINUTE = 60


async def write(office: Office) -> list[str]:
    """Let the team write many events; return their titles."""
    titles = [f"Lunch {number:03}" for number in range(MANY)]
    book = (await office.book()).id
    for title in titles:
        content = an_event_content(title=title, when=timed("2026-11-21T12:00"))
        await office.events.create(AUTHOR, book, content)
    return titles


def refused(office: Office) -> int:
    return Counter(call.status for call in office.sandbox.door.seen)[429]


async def another(office: Office, budgets: Budgets) -> Office:
    """One more process over the same store and the same Microsoft 365."""
    return an_instance(office.clock, office.store, office.sandbox, office.browser, None, budgets)


def test_a_sync_takes_six_parts_of_ten() -> None:
    assert REQUESTS == 6_000


async def test_f26_instances_that_share_a_budget_stay_below_graphs_own_limit(
    office: Office,
) -> None:
    """All numbers are a hundredth: Graph serves 100 in ten minutes, of which a sync takes 60."""
    office.sandbox.limits.set("requests=100")
    one, two = [await another(office, Budgets(limit=60)) for _ in range(2)]
    await one.sign_in()
    await one.work()
    titles = await write(one)
    most = clicks = 0
    for _ in range(45):
        for instance in (one, two):
            await instance.work(A_MINUTE / 2)
            most = max(most, office.sandbox.limits.peaks["requests"])
        if clicks < 20:
            clicks += 1
            assert await one.mailbox_of(MARA_ID).calendars()  # somebody clicks each minute
    assert one.subjects() == titles
    assert refused(office) == 0
    # What the sync takes, and the clicks of eleven minutes beside it.
    assert 60 <= most <= 60 + 11 + 5
    assert one.failures == two.failures == []
    assert (await one.link()).last_problem == ""


async def test_f26_without_a_budget_the_limit_is_hit(office: Office) -> None:
    """The test above can fail."""
    office.sandbox.limits.set("requests=100")
    one = await another(office, Budgets(limit=10_000))
    await one.sign_in()
    await one.work()
    await write(one)
    await one.work()
    assert refused(office) > 0


@pytest.mark.parametrize("limit", ["requests=40", "upload=30000"])
async def test_f26_when_graph_says_wait_nothing_is_sent_until_then_and_nothing_is_lost(
    office: Office, limit: str
) -> None:
    await office.sign_in()
    await office.work()
    titles = await write(office)
    office.sandbox.limits.set(limit)
    rests = 0
    for _ in range(30):
        before = refused(office)
        await office.work()
        if refused(office) == before:
            break
        rests += 1
        assert refused(office) - before <= 2  # no more than were under way
        assert (await office.link()).last_problem == "throttled"
        until = await not_before(office)
        wait = (until - office.clock.now()).total_seconds()
        assert wait > 60
        asked = len(office.sandbox.door.seen)
        await office.links.sync_now(MARA_ID)
        await office.work(wait - 1)
        assert len(office.sandbox.door.seen) == asked
        office.clock.advance(2)
    await office.work(A_MINUTE)
    assert rests >= 2
    assert office.subjects() == titles
    assert len(await office.team()) == MANY
    assert not office.sandbox.mailbox(MARA).mails
    assert office.failures == []
    assert (await office.link()).last_problem == ""


async def not_before(office: Office) -> datetime:
    account = (await office.accounts.status(MARA_ID)).account
    assert account is not None and account.not_before is not None
    return account.not_before


async def test_f26_a_subscription_that_graph_has_no_room_for_is_made_when_it_said(
    tmp_path: Path,
) -> None:
    async with answering_hook() as url, an_office(tmp_path, notification_url=url) as office:
        office.sandbox.limits.set("subscription-writes=0")
        await office.sign_in()
        await office.work()
        await office.work(15)
        assert refused(office) > 0
        assert (await office.link()).subscription is None
        asked = len(office.sandbox.door.seen)
        office.sandbox.limits.set("subscription-writes=usual")
        await office.work(5)
        assert len(office.sandbox.door.seen) == asked
        await office.work(16)
        assert (await office.link()).subscription is not None
        assert office.failures == []
