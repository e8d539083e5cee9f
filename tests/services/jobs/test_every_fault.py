"""Each trouble that Microsoft 365 can make, in the middle of a sync of both sides.

The whole background is at work over HTTP: sign-in, queue, worker, engine, SQLite. Both sides are
edited, added to and deleted from, the trouble comes, time passes. In the end each side shows what
both wanted, once; nothing was mailed, nothing set aside, and reading all anew writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from services.model.accounts import AccountState
from services.model.events import Author, Event
from services.model.tasks import renewal_task
from tests._builders import an_event_content, timed
from tests.services._office import MARA, MARA_ID, Office, an_office
from tests.services.jobs._hook import answering_hook
from tests.services.sync._scene import outlook_event, renamed

AUTHOR = Author(MARA_ID, "Mara")
LUNCH = an_event_content(title="Lunch", text="Bring **money**", when=timed("2026-11-21T12:00"))
WANTED = ["Late lunch", "Supper", "Tea", "Walk"]
A_MINUTE = 60
LONGEST = 45
"""Minutes in which all has to be well."""


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with answering_hook() as url, an_office(tmp_path, notification_url=url) as made:
        await made.sign_in()
        await made.work()
        await made.work(15)
        assert (await made.link()).subscription is not None
        yield made


async def furnish(office: Office) -> None:
    """Give both sides two events each, that the other side has as well."""
    book = (await office.book()).id
    for title in ("Lunch", "Off the team"):
        await office.events.create(AUTHOR, book, replace(LUNCH, title=title))
    for title in ("Dinner", "Off Outlook"):
        office.sandbox.mailbox(MARA).add(outlook_event(title))
    await office.links.sync_now(MARA_ID)
    await office.work()
    await office.work(A_MINUTE)
    assert office.subjects() == ["Dinner", "Lunch", "Off Outlook", "Off the team"]


async def edit(office: Office) -> None:
    """Edit, add and delete on both sides."""
    book, mailbox = (await office.book()).id, office.sandbox.mailbox(MARA)
    team = {event.content.title: event for event in await office.team()}
    await office.events.edit(AUTHOR, book, team["Lunch"].id, replace(LUNCH, title="Late lunch"))
    await office.events.delete(AUTHOR, book, team["Off the team"].id)
    await office.events.create(AUTHOR, book, replace(LUNCH, title="Tea"))
    items = {item.content.subject: item for item in mailbox.items(mailbox.default_calendar.id)}
    dinner = mailbox.get(mailbox.id_of(items["Dinner"]))
    mailbox.edit(dinner, renamed("Supper")(dinner.content))
    mailbox.remove(mailbox.get(mailbox.id_of(items["Off Outlook"])))
    mailbox.add(outlook_event("Walk"))
    await office.links.sync_now(MARA_ID)


async def pass_time(office: Office) -> None:
    """Let minutes go by until both sides show what both wanted."""
    for _ in range(LONGEST):
        await office.work(A_MINUTE)
        if office.sandbox.faults.is_quiet and await is_right(office):
            return


async def is_right(office: Office) -> bool:
    return office.subjects() == WANTED == sorted(e.content.title for e in await office.team())


def writes(office: Office) -> list[str]:
    assert all(each.immutable_ids for each in office.sandbox.door.seen)
    made = [f"{each.method} {each.path}" for each in office.sandbox.door.seen]
    office.sandbox.door.seen.clear()
    return [each for each in made if not re.match(r"GET|.*/subscriptions", each)]


async def rest(office: Office) -> None:
    """Let what is remembered for some minutes, in case it shows up, be forgotten."""
    for _ in range(3):
        await office.links.sync_now(MARA_ID)
        await office.expire_tokens()
        await office.work(3 * A_MINUTE)


async def check(office: Office) -> None:
    """Assert that all is as it should be, and stays so when all is read anew."""
    await rest(office)
    assert office.subjects() == WANTED
    team: list[Event] = await office.team()
    assert sorted(event.content.title for event in team) == WANTED
    assert {e.content.text for e in team if e.content.title in ("Tea", "Late lunch")} == {
        LUNCH.text
    }
    stored = await office.store.links.pairs(await office.link())
    pairs = [pair for pair in stored if not pair.is_remembered]
    assert len({pair.remote for pair in pairs}) == len({pair.team for pair in pairs}) == 4
    assert await office.store.links.intents(await office.link()) == []
    assert not office.sandbox.mailbox(MARA).mails
    assert not any(pair.refused for pair in pairs)
    assert office.failures == []
    assert (await office.link()).last_problem == ""
    for lost in (False, True):
        if lost:
            office.sandbox.order("NOW mara -> expire-delta")
        await office.links.sync_now(MARA_ID)
        await office.expire_tokens()
        await office.work(A_MINUTE)
        writes(office)
        await office.links.sync_now(MARA_ID)
        await office.work(A_MINUTE)
        assert writes(office) == [] and await is_right(office)


TROUBLES = (
    *("throttle", "throttle retry-after=date+30", "429", "concurrency", "500", "502"),
    *("503", "503 retry-after=7.5", "504", "challenge", "401", "conflict"),
    *("cut times=2", "slow seconds=0.05", "500 times=3"),
)
OF_WRITES = (
    *("cut when=after", "500 when=after", "503 when=after", "504 when=after"),
    *("412 times=3", "409 code=ErrorConflict"),
)
READ, WRITES = "GET */events/*", ("POST */events", "PATCH */events/*", "DELETE */events/*")
OF_LISTS = (
    *("gone", "410 code=syncStateNotFound", "sync-state-lost", "410 code=syncStateInvalid"),
    *("400 code=resyncRequired", "empty-page", "repeat", "reverse", "replay"),
)
EACH = (
    *(f"GET */delta* -> {trouble}" for trouble in (*TROUBLES, *OF_LISTS)),
    *(f"POST */events -> {trouble}" for trouble in OF_WRITES),
    *(f"{call} -> delete-item of=Lunch" for call in (READ, "PATCH */events/*")),
    "DELETE */events/* -> delete-item of='Off the team'",
    "PATCH */events/* -> not-found",
)
"""Each trouble, where it is most at home."""
EVERYWHERE = (
    *(f"{READ} -> {trouble}" for trouble in TROUBLES),
    *(f"POST */events -> {trouble}" for trouble in TROUBLES),
    *(f"{write} -> {trouble}" for write in WRITES[1:] for trouble in (*TROUBLES, *OF_WRITES)),
)
ORDERS = (*EACH, *(pytest.param(order, marks=pytest.mark.slow) for order in EVERYWHERE))


@pytest.mark.parametrize("order", ORDERS)
async def test_whatever_an_answer_is_both_sides_come_right(office: Office, order: str) -> None:
    await furnish(office)
    await edit(office)
    office.sandbox.order(order)
    await pass_time(office)
    assert office.sandbox.faults.is_quiet, "it never came"
    await check(office)


@pytest.mark.parametrize(
    "order",
    [
        *("expire-delta", "change-ids of=Lunch", "change-ids of=Dinner"),
        *("lag seconds=20", "normalise"),
        *("challenge-tokens", "partial-items", "small-pages", "lose-subscriptions"),
        *("remove-subscriptions", "reauthorize", "miss-notices", "take-twins"),
    ],
)
@pytest.mark.parametrize(
    "is_before", [True, pytest.param(False, marks=pytest.mark.slow)], ids=["before", "amid"]
)
async def test_whatever_befalls_a_mailbox_both_sides_come_right(
    office: Office, order: str, is_before: bool
) -> None:
    await furnish(office)
    if is_before:
        office.sandbox.order(f"NOW mara -> {order}")
    await edit(office)
    if not is_before:
        office.sandbox.order(f"* */events* -> {order}")
    await pass_time(office)
    assert office.sandbox.faults.is_quiet
    office.sandbox.order("NOW mara -> lag seconds=0")
    await check(office)


@pytest.mark.parametrize(
    ("order", "state"),
    [
        ("revoke", AccountState.SIGN_IN_NEEDED),
        ("revoke code=50076", AccountState.SIGN_IN_NEEDED),
        ("revoke code=700084", AccountState.SIGN_IN_NEEDED),
        ("revoke code=70008", AccountState.SIGN_IN_NEEDED),
        ("expire-refresh", AccountState.SIGN_IN_NEEDED),
        ("withdraw-consent", AccountState.AWAITING_APPROVAL),
    ],
)
async def test_when_a_sign_in_ends_edits_wait_for_the_next(
    office: Office, order: str, state: AccountState
) -> None:
    await furnish(office)
    office.sandbox.order(f"NOW mara -> {order}")
    await office.expire_tokens()
    await edit(office)
    before = office.subjects()
    for _ in range(5):
        await office.work(A_MINUTE)
    status = await office.accounts.status(MARA_ID)
    assert status.account is not None and status.account.state is state
    assert office.subjects() == before
    assert len(office.announcer.words()) == len(set(office.announcer.words()))
    await office.sign_in()
    await pass_time(office)
    await check(office)


async def test_twins_of_a_subscription_are_ended_within_a_day(office: Office) -> None:
    await furnish(office)
    office.sandbox.order("NOW mara -> take-twins")
    (one,) = office.sandbox.notices.all_to(MARA)
    office.sandbox.notices.add(replace(one, id="twin"))
    link = await office.link()
    assert link.subscription is not None
    await office.expire_tokens()
    await office.store.tasks.put(renewal_task(MARA_ID, link.id, office.clock.now()))
    await office.work(86_400)
    await office.work(A_MINUTE)
    (left,) = office.sandbox.notices.all_to(MARA)
    assert left.id == link.subscription.id
