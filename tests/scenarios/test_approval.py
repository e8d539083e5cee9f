"""An organisation must approve first: the person asks, the administrator decides, all are told."""

from __future__ import annotations

import ssl
from datetime import timedelta

import pytest
from yarl import URL

from sandbox.people import TENANT
from tests._teams import FakeTeams, Posted, Someone
from tests.scenarios._house import MARA, House, a_contact, address_in, an_event, words
from tests.scenarios.test_links import connected, contacts_in


async def turned_away(house: House, who: Someone) -> Posted:
    """Try to connect where nobody may approve for themselves; return the word in the chat."""
    house.sandbox.directory.needs_admin = True
    await house.teams.install(who)
    page = await house.connect(who, decision="deny")
    assert "Your organisation must approve Almanac first." in page
    told = house.teams.connector.posts[-1]
    assert "Your organisation must approve Almanac before you can connect." in words(told.card)
    return told


async def approval_link(house: House, who: Someone) -> str:
    told = await turned_away(house, who)
    shown = await house.teams.click(who, told, "Ask for approval")
    return address_in(shown.card)


async def decided(house: House, link: str, decision: str = "approve") -> str:
    """Open the page as an administrator, go on to Microsoft, decide; return the last page."""
    async with house.browser.get(link) as page:
        text = await page.text()
        assert page.status == 200, text
    assert "Calendars.ReadWrite" in text and "It reads no mail" in text
    address = text.split('class="go" href="')[1].split('"')[0].replace("&amp;", "&")
    form = {"decision": decision}
    trusted = ssl.create_default_context(cafile=str(house.sandbox.ca_file))
    address_of_page = URL(address, encoded=True)
    async with house.browser.post(
        address_of_page, data=form, ssl=trusted, allow_redirects=False
    ) as answer:
        back = answer.headers["Location"]
    async with house.browser.get(URL(back, encoded=True)) as page:
        return await page.text()


async def test_an_administrator_approves_and_the_person_is_told_and_connects(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    link = await approval_link(house, mara)
    assert "Almanac is approved" in await decided(house, link)
    house.sandbox.directory.needs_admin = False
    await house.settle()
    told = teams.connector.posts[-1]
    assert "Your organisation has approved Almanac." in words(told.card)
    pressed = await teams.click(mara, told, "Sign in")
    page = await house.sign_in(address_in(pressed.card), MARA.object_id)
    assert "Your account is connected" in page
    await an_event(teams, mara, "Review friday 9:00")
    await house.settle()
    assert [each.content.subject for each in house.events_in_outlook()] == ["Review"]


async def test_everybody_who_waits_is_told_once(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    await turned_away(house, ines)
    await decided(house, await approval_link(house, mara))
    await house.settle()
    await house.pass_time(timedelta(minutes=20))
    told = [words(p.card) for p in teams.connector.posts if p.card]
    assert sum("has approved Almanac" in each for each in told) == 2


async def test_who_waits_is_told_of_it_once_however_often_they_try(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await turned_away(house, mara)
    await house.connect(mara, decision="deny")
    told = [words(p.card) for p in teams.connector.posts if p.card]
    assert sum("before you can connect" in each for each in told) == 1
    account = await teams.message(mara, "account")
    assert "Waiting for approval" in words(account.card)
    shown = await teams.click(mara, account.post, "Ask for approval")
    assert "/auth/approve?" in address_in(shown.card)
    assert address_in(shown.card) in words(shown.card)


async def test_an_administrator_who_declines_can_think_again(house: House, mara: Someone) -> None:
    link = await approval_link(house, mara)
    assert "Nothing was approved." in await decided(house, link, "deny")
    assert "Almanac is approved" in await decided(house, link)


async def test_an_approval_that_comes_twice_is_one(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    """The page is loaded again, or two administrators have got the link."""
    link = await approval_link(house, mara)
    for _ in range(2):
        assert "Almanac is approved" in await decided(house, link)
    await house.settle()
    assert "Almanac is approved" in await decided(house, link)
    await house.settle()
    told = [words(p.card) for p in teams.connector.posts if p.card]
    assert sum("has approved Almanac" in each for each in told) == 1


async def test_the_approval_of_another_organisation_is_none_for_those_who_wait(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    link = await approval_link(house, mara)
    other = "0d3f1b52-7c1e-4a9e-9a55-0d8c5a6f1b11"
    answer = {"admin_consent": "True", "tenant": other, "state": URL(link).query["state"]}
    async with house.browser.get(f"{house.url}/auth/callback", params=answer) as page:
        assert (page.status, "for another organisation" in await page.text()) == (400, True)
    await house.settle()
    account = await teams.message(mara, "account")
    assert "Waiting for approval" in words(account.card)
    assert "Almanac is approved" in await decided(house, link)


async def test_a_link_is_good_for_a_month(house: House, mara: Someone) -> None:
    link = await approval_link(house, mara)
    house.clock.advance(timedelta(days=31))
    assert "This link is not known, or too old." in await decided(house, link)


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"tenant": TENANT.id},
        {"tenant": TENANT.id, "state": "x"},
        {"tenant": "../evil", "state": "approval-1"},
    ],
)
async def test_a_made_up_link_leads_nowhere(house: House, query: dict[str, str]) -> None:
    async with house.browser.get(f"{house.url}/auth/approve", params=query) as page:
        assert (page.status, "Not approved" in await page.text()) == (400, True)


async def test_a_made_up_answer_approves_nothing(house: House, mara: Someone) -> None:
    await turned_away(house, mara)
    answer = {"admin_consent": "True", "tenant": TENANT.id, "state": "approval-made-up"}
    async with house.browser.get(f"{house.url}/auth/callback", params=answer) as page:
        assert (page.status, "Not approved" in await page.text()) == (400, True)


async def test_an_approval_that_was_withdrawn_and_comes_back_lets_the_sync_go_on(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await teams.install(mara)
    await house.connect(mara)
    await house.settle()
    (before,) = house.sandbox.notices.all_to(MARA)
    house.sandbox.directory.withdraw_consent(MARA)
    house.sandbox.notices.remove(before.id)
    house.clock.advance(timedelta(hours=2))
    await an_event(teams, mara, "Review friday 9:00")
    await house.settle()
    account = await teams.message(mara, "account")
    assert "Waiting for approval" in words(account.card)
    shown = await teams.click(mara, account.post, "Ask for approval")
    assert "Almanac is approved" in await decided(house, address_in(shown.card))
    await house.settle()
    assert [each.content.subject for each in house.events_in_outlook()] == ["Review"]
    told = [words(p.card) for p in teams.connector.posts if p.card]
    assert sum("Syncing goes on." in each for each in told) == 1
    # Outlook tells of changes again at once, though its word had ended meanwhile.
    (subscription,) = house.sandbox.notices.all_to(MARA)
    assert subscription.id != before.id


async def test_what_an_organisation_has_to_approve_beyond_calendars_keeps_these_in_step(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await connected(house, mara)
    await a_contact(teams, mara, {"name": "Ada Byron"})
    account = (await teams.message(mara, "account")).post
    await teams.click(mara, account, "Link another")
    house.sandbox.directory.needs_admin = True
    for _ in range(2):  # whoever tries again is not told again
        asked = await teams.click(mara, account, "Link")
        page = await house.sign_in(address_in(asked.card), mara.object_id, "deny")
        assert "Your organisation must approve Almanac first." in page
        await teams.click(mara, account, "Back")
        await teams.click(mara, account, "Link another")
    told = [p for p in teams.connector.posts if "must approve that first" in words(p.card)]
    assert len(told) == 1

    await an_event(teams, mara, "Review friday 9:00")
    await house.settle()
    assert [each.content.subject for each in house.events_in_outlook()] == ["Review"]
    shown = await teams.message(mara, "account")
    assert "Connected" in words(shown.card)
    assert "must approve what you asked for beyond this" in words(shown.card)

    ask = await teams.click(mara, told[0], "Ask for approval")
    assert "Almanac is approved" in await decided(house, address_in(ask.card))
    await house.settle()
    assert "can be tried again" in words(teams.connector.posts[-1].card)
    asked = await teams.click(mara, account, "Link")
    await house.sign_in(address_in(asked.card), mara.object_id)
    await house.settle()
    assert contacts_in(house) == ["Ada Byron"]
    assert "beyond this" not in words((await teams.message(mara, "account")).card)
