"""Notices of Outlook at the program's own door: their troubles, their storms, and strangers."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations

import pytest
import pytest_asyncio

from sandbox.faults import Fault
from sandbox.notices import NOTICE, Subscription
from sandbox.people import PEOPLE
from tests._teams import FakeTeams, Someone
from tests.scenarios._house import House, agenda_of
from tests.services.sync._scene import outlook_event

MARA = PEOPLE[0]


@pytest_asyncio.fixture
async def home(house: House, teams: FakeTeams, mara: Someone) -> House:
    """Mara, connected, and Outlook tells of changes."""
    await teams.install(mara)
    await house.connect(mara)
    await house.settle()
    await house.pass_time(timedelta(seconds=30))
    assert len(house.sandbox.notices.all_to(MARA)) == 1
    return house


def subscription(home: House) -> Subscription:
    (one,) = home.sandbox.notices.all_to(MARA)
    return one


async def test_f22_a_subscription_that_is_taken_away_is_made_anew_and_nothing_is_missed(
    home: House, teams: FakeTeams, mara: Someone
) -> None:
    first = subscription(home)
    home.sandbox.notices.remove(first.id)
    home.outlook().add(outlook_event("Dentist"))  # nobody is told of it
    home.sandbox.notices.tell_lifecycle(first, "subscriptionRemoved")
    await home.settle()
    await home.settle()
    assert subscription(home).id != first.id
    assert "Dentist" in await agenda_of(teams, mara)


async def test_f22_what_was_missed_is_looked_for(
    home: House, teams: FakeTeams, mara: Someone
) -> None:
    home.sandbox.faults.order(Fault(method=NOTICE, twist="lost"))
    home.outlook().add(outlook_event("Dentist"))
    home.sandbox.notices.tell_lifecycle(subscription(home), "missed")
    await home.settle()
    assert "Dentist" in await agenda_of(teams, mara)


async def test_f22_a_subscription_that_graph_wants_renewed_is_renewed(home: House) -> None:
    first = subscription(home)
    home.clock.advance(timedelta(hours=1))
    home.sandbox.notices.tell_lifecycle(first, "reauthorizationRequired")
    await home.settle()
    second = subscription(home)
    assert (second.id, second.expires_at > first.expires_at) == (first.id, True)


async def test_f23_what_is_told_twice_is_there_once(
    home: House, teams: FakeTeams, mara: Someone
) -> None:
    home.outlook().add(outlook_event("Told once"))
    await home.settle()
    home.sandbox.faults.order(Fault(method=NOTICE, twist="doubled", times=5))
    for number in range(5):
        home.outlook().add(outlook_event(f"Told twice {number}"))
    await home.settle()
    shown = await agenda_of(teams, mara)
    times = {shown.count(f"Told twice {number}") for number in range(5)}
    assert times == {shown.count("Told once")}


async def test_f23_what_is_told_out_of_order_is_there(
    home: House, teams: FakeTeams, mara: Someone
) -> None:
    home.sandbox.order("NOTICE * -> late\nNOTICE * -> doubled skip=1")
    for title in ("Dentist", "Choir", "Supper"):
        home.outlook().add(outlook_event(title))
        await home.settle()
    assert home.sandbox.faults.is_quiet
    agenda = await agenda_of(teams, mara)
    assert [agenda.count(title) for title in ("Choir", "Dentist")] == [agenda.count("Supper")] * 2


async def test_f22_what_is_lost_without_a_word_is_found_by_the_sweep(
    home: House, teams: FakeTeams, mara: Someone
) -> None:
    home.sandbox.order("NOTICE * -> lost times=2")
    home.outlook().add(outlook_event("Dentist"))
    home.outlook().add(outlook_event("Choir"))
    await home.settle()
    assert "Dentist" not in await agenda_of(teams, mara)
    await home.pass_time(timedelta(minutes=18))
    agenda = await agenda_of(teams, mara)
    assert "Dentist" in agenda and "Choir" in agenda


async def test_f24_an_endpoint_that_was_slow_is_told_nothing_and_misses_nothing(
    home: House, teams: FakeTeams, mara: Someone
) -> None:
    url, now = subscription(home).notification_url, home.clock.now()
    home.sandbox.notices.endpoints.note(url, now - timedelta(seconds=4), now)
    home.outlook().add(outlook_event("Dentist"))
    await home.settle()
    assert "Dentist" not in await agenda_of(teams, mara)
    await home.pass_time(timedelta(minutes=18))
    assert "Dentist" in await agenda_of(teams, mara)
    home.outlook().add(outlook_event("Choir"))  # ten minutes later it is told again
    await home.settle()
    assert "Choir" in await agenda_of(teams, mara)


async def test_a_stranger_learns_nothing_and_causes_nothing(home: House) -> None:
    url = f"{home.url}/api/notifications"
    one = subscription(home)
    guess = {"subscriptionId": one.id, "clientState": "guess", "tenantId": "nobody"}
    home.sandbox.door.seen.clear()
    async with home.browser.post(url, json={"value": [guess, {"subscriptionId": "x"}]}) as answer:
        assert (answer.status, await answer.text()) == (202, "")
    async with home.browser.post(url, params={"validationToken": "hello"}) as answer:
        assert answer.status == 400
    await home.almanac.worker.drain()
    assert not home.sandbox.door.seen


@pytest.mark.parametrize(
    "words",
    list(permutations(("missed", "reauthorizationRequired", "subscriptionRemoved"))),
    ids=lambda words: "-".join(word[0] for word in words),
)
async def test_f22_the_words_of_a_subscriptions_life_may_come_in_any_order_and_at_once(
    home: House, teams: FakeTeams, mara: Someone, words: tuple[str, ...]
) -> None:
    first = subscription(home)
    home.clock.advance(timedelta(hours=1))
    for word in words:
        if word == "subscriptionRemoved":
            home.sandbox.notices.remove(first.id)
            home.outlook().add(outlook_event("Dentist"))
        home.sandbox.notices.tell_lifecycle(first, word)
    for _ in range(3):
        await home.settle()
    assert subscription(home).id != first.id
    home.outlook().add(outlook_event("Surgeon"))
    await home.settle()
    shown = await agenda_of(teams, mara)
    assert "Dentist" in shown and "Surgeon" in shown
