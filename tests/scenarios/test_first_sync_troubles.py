"""A first sync of many items meets trouble, or its owner presses a button, in the middle of it."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from sandbox.faults import Fault
from services.books.sharing import Sharing
from services.events.events import Events
from services.model.events import Author
from tests._builders import an_event_content
from tests._teams import Answer, FakeTeams, Someone
from tests.scenarios._house import House, words
from tests.scenarios.test_links import OWN, links_of


async def with_events(house: House, mara: Someone, count: int) -> None:
    """Somebody has had a calendar here for long, and connects now."""
    await house.teams.install(mara)
    await house.teams.message(mara, "agenda")
    store = house.almanac.store
    (book,) = await store.books.all(house.person(mara).tenant)
    events = Events(store, Sharing(store), house.clock)
    author = Author(house.person(mara), "Mara")
    for number in range(count):
        content = an_event_content(title=f"Visit {number}")
        await events.create(author, book.id, content)
    await house.connect(mara)


@pytest.mark.parametrize(
    "order",
    [
        "POST */events -> throttle skip=60 times=2",
        "POST */events -> concurrency skip=50 times=4",
        "POST */events -> challenge skip=60",
        "POST */events -> cut skip=50 times=2",
    ],
)
async def test_trouble_in_the_middle_of_a_first_sync_doubles_nothing_and_its_message_counts_on(
    house: House, teams: FakeTeams, mara: Someone, order: str
) -> None:
    await with_events(house, mara, 120)
    await house.settle()
    house.sandbox.order(order)
    heard = await teams.message(mara, "account")
    await teams.click(mara, heard.post, OWN)
    before = len(teams.connector.posts)
    await teams.click(mara, heard.post, "Start")
    await house.settle()
    await house.pass_time(timedelta(minutes=10))
    (counted,) = teams.connector.posts[before:]
    assert "120 of 120 items" in words(counted.card)
    titles = [each.content.subject for each in house.events_in_outlook()]
    assert len(titles) == len(set(titles)) == 120


@pytest.mark.parametrize("sent", [0, 2, 8])
@pytest.mark.parametrize(
    ("before", "press", "typed"),
    [
        (["Settings"], "Save", {"direction": "to_outlook"}),
        (["Unlink"], "Unlink, remove the copies", {}),
        (["Back", "Disconnect"], "Disconnect, remove the copies", {}),
        (["Back"], "Sync now", {}),
    ],
    ids=["settings", "unlink", "disconnect", "sync now"],
)
async def test_what_its_owner_presses_in_the_middle_of_a_pass_is_so(
    house: House,
    teams: FakeTeams,
    mara: Someone,
    sent: int,
    before: list[str],
    press: str,
    typed: dict[str, str],
) -> None:
    await with_events(house, mara, 15)
    heard = await teams.message(mara, "account")
    for title in (OWN, *before):
        await teams.click(mara, heard.post, title)
    pressed: list[asyncio.Task[Answer]] = []

    def slip_in() -> None:
        pressed.append(asyncio.create_task(teams.click(mara, heard.post, press, typed)))

    house.sandbox.faults.order(Fault(action=slip_in, skip=sent, method="POST", path="*/events"))
    await house.settle()
    (answer,) = await asyncio.gather(*pressed)
    assert answer.card, answer.text
    for _ in range(4):
        await house.pass_time(timedelta(minutes=3))
    links = await links_of(house, mara)
    if "remove" in press:
        assert (links, house.events_in_outlook()) == ((), [])
        return
    assert len(house.events_in_outlook()) == 15
    assert links[0].settings.direction == typed.get("direction", "both")
