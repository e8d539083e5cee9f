"""Connecting a Microsoft account: by its owner alone, seen in ``account``, and let go again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.model.tasks import TaskKind
from tests._builders import BERLIN
from tests._teams import FakeTeams, Someone
from tests.scenarios._house import INES, MARA, House, address_in, an_event, words
from tests.services.sync._scene import outlook_event


async def is_connected(house: House, who: Someone) -> bool:
    heard = await house.teams.message(who, "account")
    return "No account is connected." not in words(heard.card)


async def test_whoever_signs_in_is_connected_and_told_so(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await teams.install(mara)
    before = len(teams.connector.posts)
    page = await house.connect(mara)
    assert "Your account is connected" in page
    told = teams.connector.posts[before + 1]
    assert "Your Microsoft account is connected." in words(told.card)
    assert await is_connected(house, mara)


async def test_the_account_card_shows_how_it_stands(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await house.connect(mara)
    fresh = words((await teams.message(mara, "account")).card)
    assert "Connected" in fresh and "mara@lindenhof.example" in fresh
    assert "Not yet: the first one is on its way." in fresh
    await house.settle()
    heard = await teams.message(mara, "account")
    assert "Wed, 18 Nov 2026, 13:00" in words(heard.card)
    assert "Calendar" in words(heard.card)


async def next_sync(teams: FakeTeams, mara: Someone) -> str:
    """Return what the card says of the next run; nothing, if it says nothing."""
    lines = words((await teams.message(mara, "account")).card).splitlines()
    return lines[lines.index("Next sync") + 1] if "Next sync" in lines else ""


async def test_the_account_card_says_when_the_next_run_is_and_not_when_there_is_none(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await house.connect(mara)
    await house.settle()
    first = await next_sync(teams, mara)
    minutes = ("15", "16", "17")  # Outlook tells of changes by then: the sweep is the net below
    assert first in {f"Wed, 18 Nov 2026, 13:{each} at the latest" for each in minutes}

    # Who is told to wait for an hour is not looked at before.
    house.sandbox.order("GET */delta* -> 429 retry-after=3600")
    await house.pass_time(timedelta(minutes=20))
    assert await next_sync(teams, mara) == "Wed, 18 Nov 2026, 14:20 at the latest"

    # Who does not answer is asked again within minutes, and not at a time that has gone by.
    await house.pass_time(timedelta(minutes=61))
    house.sandbox.order("GET */delta* -> 503 times=always")
    await house.pass_time(timedelta(minutes=20))
    asked_again = (await next_sync(teams, mara)).removeprefix("Wed, 18 Nov 2026, ")[:5]
    now = house.clock.now().astimezone(BERLIN)
    assert f"{now:%H:%M}" <= asked_again <= f"{now + timedelta(minutes=11):%H:%M}"
    house.sandbox.faults.clear()

    # Until somebody signs in there is none, and each link says what it waits for.
    house.sandbox.directory.revoke(MARA)
    house.clock.advance(timedelta(hours=2))
    await house.settle()
    assert await next_sync(teams, mara) == ""
    shown = words((await teams.message(mara, "account")).card)
    assert "Waiting for your sign-in" in shown and "In step" not in shown


async def test_the_account_card_says_that_syncs_break_off_and_when_the_next_one_is(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    """Five processes have died with a pass, perhaps of it: what it keeps in step is not in step."""
    await house.connect(mara)
    await house.settle()
    house.clock.advance(timedelta(minutes=20))
    for _ in range(5):
        taken = await house.almanac.store.tasks.claim("mortal", 100, 60)
        assert TaskKind.SYNC_LINK in {task.kind for task in taken}
        house.clock.advance(timedelta(minutes=1))
    await house.settle()
    shown = words((await teams.message(mara, "account")).card)
    assert "Waiting: its last syncs broke off before their end" in shown and "In step" not in shown
    assert await next_sync(teams, mara) == "Wed, 18 Nov 2026, 14:25 at the latest"

    # What wakes it sooner is no pass yet that has come to its end; the one that has puts it right.
    house.outlook().add(outlook_event("Dentist"))
    assert "broke off" in words((await teams.message(mara, "account")).card)
    await house.settle()
    shown = words((await teams.message(mara, "account")).card)
    assert "In step" in shown and "broke off" not in shown


async def test_the_account_card_says_how_long_it_rests_and_nothing_of_a_rest_that_is_over(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await teams.install(mara)
    await house.connect(mara)
    await house.settle()
    house.sandbox.order("POST */events -> 429 retry-after=60")
    await an_event(teams, mara, "Review friday 9:00")
    await house.settle()
    resting = words((await teams.message(mara, "account")).card)
    assert "Rests until" in resting and "Microsoft 365 asks to wait a little" in resting
    await house.pass_time(timedelta(minutes=2))
    assert "Rests until" not in words((await teams.message(mara, "account")).card)


async def test_sync_now_brings_both_sides_into_step(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await house.connect(mara)
    await house.settle()
    house.sandbox.notices.is_held = True
    house.outlook().add(outlook_event("Dentist"))
    heard = await teams.message(mara, "account")
    pressed = await teams.click(mara, heard.post, "Sync now")
    assert "The sync is on its way" in words(pressed.card)
    await house.almanac.worker.drain()
    assert "Dentist" in words((await teams.message(mara, "agenda")).card)


@pytest.mark.parametrize("way", ["words", "button"])
async def test_disconnecting_can_keep_the_copies(
    house: House, teams: FakeTeams, mara: Someone, way: str
) -> None:
    await house.connect(mara)
    await an_event(teams, mara, "Review friday 9:00")
    await house.settle()
    if way == "words":
        heard = await teams.message(mara, "disconnect")
    else:
        heard = await teams.message(mara, "account")
        await teams.click(mara, heard.post, "Disconnect")

    gone = await teams.click(mara, heard.post, "Disconnect, keep the copies")

    assert "Disconnected" in words(gone.card)
    await house.settle()
    assert [item.content.subject for item in house.events_in_outlook()] == ["Review"]
    assert not await is_connected(house, mara)
    assert "Review" in words((await teams.message(mara, "agenda")).card)
    assert house.outlook().mails == []


async def test_disconnecting_can_remove_the_copies_and_nothing_else(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    house.outlook().add(outlook_event("Dentist"))
    await house.connect(mara)
    await an_event(teams, mara, "Review friday 9:00")
    await house.settle()
    assert len(house.events_in_outlook()) == 2

    heard = await teams.message(mara, "disconnect")
    await teams.click(mara, heard.post, "Disconnect, remove the copies")
    await house.settle()

    assert [item.content.subject for item in house.events_in_outlook()] == ["Dentist"]
    assert "Review" in words((await teams.message(mara, "agenda")).card)
    assert house.outlook().mails == []


async def test_after_disconnecting_nothing_is_synced(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await house.connect(mara)
    await house.settle()
    heard = await teams.message(mara, "disconnect")
    await teams.click(mara, heard.post, "Disconnect, keep the copies")
    await house.settle()
    house.outlook().add(outlook_event("Dentist"))
    await an_event(teams, mara, "Review friday 9:00")
    calls = len(house.sandbox.door.seen)
    await house.pass_time(timedelta(hours=1))
    assert len(house.sandbox.door.seen) == calls
    assert "Dentist" not in words((await teams.message(mara, "agenda")).card)


async def test_staying_connected_is_a_choice_too(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await house.connect(mara)
    heard = await teams.message(mara, "disconnect")
    stayed = await teams.click(mara, heard.post, "Stay connected")
    assert "Connected" in words(stayed.card)


async def test_connecting_again_doubles_nothing(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await house.connect(mara)
    await an_event(teams, mara, "Review friday 9:00")
    await house.settle()
    heard = await teams.message(mara, "disconnect")
    await teams.click(mara, heard.post, "Disconnect, keep the copies")
    await house.settle()
    await house.connect(mara)
    await house.settle()
    assert len(house.events_in_outlook()) == 1
    agenda = words((await teams.message(mara, "agenda")).card).splitlines()
    assert agenda.count("Review") == 1


async def test_a_sign_in_by_somebody_else_is_refused_and_nothing_is_stored(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    heard = await teams.message(mara, "connect")
    page = await house.sign_in(address_in(heard.card), INES.object_id)
    assert "This is the account of somebody else." in page
    assert not await is_connected(house, mara)
    assert not await is_connected(house, house.someone(INES))
    for who in (mara, house.someone(INES)):
        assert await house.almanac.store.accounts.get(house.person(who)) is None
        assert await house.almanac.store.links.of_person(house.person(who)) == ()
    await house.settle()
    assert list(house.sandbox.door.seen) == []


async def test_whoever_declines_is_not_connected(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    page = await house.connect(mara, decision="deny")
    assert "You did not agree, so nothing was connected." in page
    assert not await is_connected(house, mara)


async def test_an_organisation_that_has_not_approved_is_named_as_the_reason(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    house.sandbox.directory.needs_admin = True
    page = await house.connect(mara, decision="deny")
    assert "Not connected" in page and "Your organisation must approve" in page
    account = await teams.message(mara, "account")
    assert "Waiting for approval" in words(account.card)


async def test_a_state_is_good_for_one_use(house: House, teams: FakeTeams, mara: Someone) -> None:
    heard = await teams.message(mara, "connect")
    start = address_in(heard.card)
    answer = await house.signed_in_answer(start, MARA.object_id)
    async with house.browser.post(f"{house.url}/auth/callback", data=answer) as first:
        assert first.status == 200
    async with house.browser.post(f"{house.url}/auth/callback", data=answer) as second:
        assert (second.status, "was used before" in await second.text()) == (400, True)
    async with house.browser.get(start) as third:
        assert (third.status, "was used before" in await third.text()) == (400, True)


async def test_a_state_is_good_for_ten_minutes(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    heard = await teams.message(mara, "connect")
    answer = await house.signed_in_answer(address_in(heard.card), MARA.object_id)
    house.clock.advance(timedelta(minutes=11))
    async with house.browser.post(f"{house.url}/auth/callback", data=answer) as page:
        assert (page.status, "too old" in await page.text()) == (400, True)
    assert not await is_connected(house, mara)


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"state": "made-up", "code": "x"},
        {"state": "made-up", "error": "access_denied"},
        {"state": "x" * 20_000, "code": "y" * 20_000},
        {"code": "x"},
    ],
)
async def test_an_answer_with_a_wrong_state_gets_a_page_with_a_sentence(
    house: House, teams: FakeTeams, mara: Someone, answer: dict[str, str]
) -> None:
    await teams.message(mara, "connect")
    async with house.browser.post(f"{house.url}/auth/callback", data=answer) as page:
        assert (page.status, "Not connected" in await page.text()) == (400, True)
    assert not await is_connected(house, mara)


async def test_a_state_of_one_person_does_not_serve_another(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    """Ines sends Mara's state along with her own code."""
    of_mara = await teams.message(mara, "connect")
    of_ines = await teams.message(ines, "connect")
    answer = await house.signed_in_answer(address_in(of_mara.card), MARA.object_id)
    other = await house.signed_in_answer(address_in(of_ines.card), INES.object_id)
    mixed = answer | {"code": other["code"]}
    async with house.browser.post(f"{house.url}/auth/callback", data=mixed) as page:
        assert (page.status, "Not connected" in await page.text()) == (400, True)
    assert not await is_connected(house, mara)
    assert not await is_connected(house, ines)


async def test_a_token_that_microsoft_refuses_before_its_time_bothers_nobody(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await house.connect(mara)
    await house.settle()
    house.clock.advance(timedelta(hours=2))  # the sandbox's, not the one that msal goes by
    await an_event(teams, mara, "Review friday 9:00")
    await house.settle()
    assert [item.content.subject for item in house.events_in_outlook()] == ["Review"]
    assert "Connected" in words((await teams.message(mara, "account")).card)


async def test_a_sign_in_that_ended_is_told_once_and_edits_wait(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await teams.install(mara)
    await house.connect(mara)
    await house.settle()
    house.sandbox.directory.revoke(MARA)
    house.clock.advance(timedelta(hours=2))
    before = len(teams.connector.posts)
    await an_event(teams, mara, "Review friday 9:00")
    await house.settle()
    await house.pass_time(timedelta(minutes=30))
    told = [words(p.card) for p in teams.connector.posts[before:]]
    assert sum("Microsoft asks you to sign in again." in each for each in told) == 1
    account = await teams.message(mara, "account")
    assert "Sign-in needed" in words(account.card)

    pressed = await teams.click(mara, account.post, "Sign in again")
    page = await house.sign_in(address_in(pressed.card), mara.object_id)
    assert "Your account is connected" in page
    await house.settle()
    assert [item.content.subject for item in house.events_in_outlook()] == ["Review"]


async def test_a_token_that_must_prove_more_is_asked_for_with_that(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    """Continuous access evaluation: Graph refuses today's token and says what a new one needs."""
    await house.connect(mara)
    await house.settle()
    house.sandbox.directory.challenge(MARA)
    await an_event(teams, mara, "Review friday 9:00")
    await house.settle()
    assert [item.content.subject for item in house.events_in_outlook()] == ["Review"]
    assert "Connected" in words((await teams.message(mara, "account")).card)


async def test_nobody_is_told_that_copies_go_which_cannot(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await teams.install(mara)
    await house.connect(mara)
    await an_event(teams, mara, "Review friday 9:00")
    await house.settle()
    house.sandbox.directory.revoke(MARA)
    await house.pass_time(timedelta(hours=2))
    assert "Sign-in needed" in words((await teams.message(mara, "account")).card)
    heard = await teams.message(mara, "disconnect")
    done = await teams.click(mara, heard.post, "Disconnect, remove the copies")
    assert "so the copies stay in your Outlook" in words(done.card)
    await house.settle()
    assert [each.content.subject for each in house.events_in_outlook()] == ["Review"]
