"""What was deleted comes back; who changed what; one's own data, had and erased."""

from __future__ import annotations

import io
import json
import zipfile

from tests._teams import FakeTeams, Someone
from tests._teams_cards import buttons
from tests.scenarios._house import House, a_contact, address_in, agenda_of, an_event, words


async def test_what_was_deleted_is_restored_from_the_bin(teams: FakeTeams, mara: Someone) -> None:
    lunch = await an_event(teams, mara, "lunch with Ines friday 12:30")
    ada = await a_contact(teams, mara, {"name": "Ada Byron"})
    for post in (lunch, ada):
        await teams.click(mara, post, "Delete")
        await teams.click(mara, post, "Delete")
    assert "lunch" not in await agenda_of(teams, mara)

    bin = await teams.message(mara, "recycle bin")
    assert "lunch with Ines" in words(bin.card) and "Ada Byron" in words(bin.card)
    restored = await teams.click(mara, bin.post, "Restore")
    again = await teams.click(mara, bin.post, "Restore")
    assert "Restored." in words(restored.card)
    assert "Nothing was deleted" in words(again.card)
    assert "lunch with Ines" in await agenda_of(teams, mara)
    assert "Ada Byron" in words((await teams.message(mara, "contacts ada")).card)


async def test_an_owner_reads_who_changed_what(teams: FakeTeams, mara: Someone) -> None:
    post = await an_event(teams, mara, "lunch friday 12:30")
    await teams.click(mara, post, "Delete")
    await teams.click(mara, post, "Delete")
    told = words((await teams.message(mara, "audit")).card)
    assert f"{mara.name} created “lunch”" in told and f"{mara.name} deleted “lunch”" in told


async def test_in_a_channel_the_log_is_for_the_owners_of_the_team(
    teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    channel = teams.channel("General", [mara, ines], owners=[mara])
    await an_event(teams, ines, "lunch friday 12:30", channel)
    told = words((await teams.message(mara, "audit", channel)).card)
    assert f"{ines.name} created “lunch”" in told
    assert "owners of the team" in (await teams.message(ines, "audit", channel)).text


async def test_who_is_an_owner_is_asked_of_teams_each_time(
    teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    channel = teams.channel("General", [mara, ines], owners=[mara])
    assert (await teams.message(mara, "audit", channel)).post.card
    channel.owners = [ines]  # of this Teams tells nobody
    assert "owners of the team" in (await teams.message(mara, "audit", channel)).text
    assert (await teams.message(ines, "audit", channel)).post.card


async def test_while_teams_does_not_answer_the_last_known_owner_counts(
    teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    channel = teams.channel("General", [mara, ines], owners=[mara])
    assert (await teams.message(mara, "audit", channel)).post.card
    teams.connector.fail(400)
    assert (await teams.message(mara, "audit", channel)).post.card


async def test_in_a_group_chat_the_log_is_everybodys(
    teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    chat = teams.group_chat("Lunch", [mara, ines])
    await an_event(teams, ines, "lunch friday 12:30", chat)
    assert "lunch" in words((await teams.message(mara, "audit", chat)).card)


async def test_all_that_is_kept_is_fetched_with_a_link_that_is_good_once(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await an_event(teams, mara, "lunch friday 12:30")
    assert "put together" in words((await teams.message(mara, "export my data")).card)
    await house.settle()
    post = teams.connector.posts[-1]
    url = address_in(post.card)
    async with house.browser.get(url) as page:
        assert "Fetch my data" in await page.text()
    async with house.browser.post(url) as answer:
        data = await answer.read()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        told = json.loads(archive.read("almanac.json"))
    assert "lunch" in json.dumps(told)
    async with house.browser.post(url) as answer:
        assert answer.status == 404


async def test_all_is_erased_after_a_question(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await house.connect(mara)
    await an_event(teams, mara, "lunch friday 12:30")
    await house.settle()
    question = await teams.message(mara, "erase my data")
    assert {"Export first", "Erase all", "Keep it"} <= {a["title"] for a in buttons(question.card)}
    begun = await teams.click(mara, question.post, "Erase all")
    assert "being erased" in words(begun.card)
    await house.settle()
    assert "Your data is erased" in words(teams.connector.posts[-1].card)
    assert "No account is connected." in words((await teams.message(mara, "account")).card)
    assert "lunch" not in await agenda_of(teams, mara)


async def test_ones_data_is_no_business_of_a_channel(
    teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    channel = teams.channel("General", [mara, ines])
    for sentence in ("export my data", "erase my data"):
        heard = await teams.message(mara, sentence, channel)
        assert "our own chat" in heard.text
