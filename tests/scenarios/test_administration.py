"""An administrator acts for others, from within Teams; everybody else reads a sentence."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests._teams import FakeTeams, Someone
from tests._teams_cards import buttons
from tests.scenarios._house import (
    INES,
    MARA,
    House,
    a_house,
    address_in,
    agenda_of,
    an_event,
    words,
)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """Mara is an administrator here."""
    async with a_house(tmp_path, admins=[MARA]) as built:
        yield built


ASKED = ("admin", "erase this organisation", f"export data of {MARA.object_id}", "erase data of x")


@pytest.mark.parametrize("sentence", ASKED)
async def test_who_is_no_administrator_reads_a_sentence(
    teams: FakeTeams, ines: Someone, sentence: str
) -> None:
    assert "Only the administrators" in (await teams.message(ines, sentence)).text


@pytest.mark.parametrize("sentence", ASKED)
async def test_it_is_no_business_of_a_channel(
    teams: FakeTeams, mara: Someone, ines: Someone, sentence: str
) -> None:
    channel = teams.channel("General", [mara, ines])
    assert "our own chat" in (await teams.message(mara, sentence, channel)).text


async def test_the_buttons_of_an_administrator_are_no_use_to_others(
    teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    question = await teams.message(mara, "erase this organisation")
    own = await teams.message(ines, "help")
    asked = buttons(question.card)
    assert [button["title"] for button in asked] == ["Erase everything", "Keep it"]
    for button in asked:
        pressed = await teams.execute(ines, own.post, button["verb"], button["data"])
        assert "Only the administrators" in pressed.text


async def test_somebodys_data_is_fetched_for_them(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    await an_event(teams, ines, "lunch friday 12:30")
    question = await teams.message(mara, f"export data of {INES.object_id}")
    assert INES.display_name in words(question.card) and INES.object_id in words(question.card)
    begun = await teams.click(mara, question.post, "Put it together")
    assert f"{MARA.object_id} had the data of {INES.object_id} put together" in words(begun.card)
    await house.settle()
    post = teams.connector.posts[-1]
    assert post.chat is teams.personal_chat(mara)
    async with house.browser.post(address_in(post.card)) as answer:
        data = await answer.read()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert "lunch" in json.dumps(json.loads(archive.read("almanac.json")))


async def test_somebody_is_erased_after_a_question(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    await an_event(teams, ines, "lunch friday 12:30")
    question = await teams.message(mara, f"erase data of {INES.object_id.upper()}")
    kept = await teams.click(mara, question.post, "Do nothing")
    assert "Administration" in words(kept.card)
    question = await teams.message(mara, f"erase data of {INES.object_id}")
    await teams.click(mara, question.post, "Erase all")
    await house.settle()
    told = {post.chat.id: words(post.card) for post in teams.connector.posts[-2:]}
    assert "Your data is erased" in told[teams.personal_chat(ines).id]
    assert "All that was kept of this person is erased." in told[teams.personal_chat(mara).id]
    assert "lunch" not in await agenda_of(teams, ines)


async def test_a_person_is_named_by_their_object_id(teams: FakeTeams, mara: Someone) -> None:
    for sentence in ("export data of Ines Moreau", "erase data of"):
        assert "object id" in (await teams.message(mara, sentence)).text


async def test_the_end_of_an_organisation_is_set_and_taken_back(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await teams.install(mara)
    await an_event(teams, mara, "lunch friday 12:30")
    question = await teams.message(mara, "erase this organisation")
    assert "After 30 days" in words(question.card)
    set_at = await teams.click(mara, question.post, "Erase everything")
    assert "is erased on" in words(set_at.card)
    taken_back = await teams.click(mara, question.post, "Do not erase")
    assert "Nothing is erased." in words(taken_back.card)
    await house.pass_time(timedelta(days=31))
    assert "stays" in words((await teams.message(mara, "admin")).card)

    question = await teams.message(mara, "admin")
    await teams.click(mara, question.post, "Erase the organisation")
    await teams.click(mara, question.post, "Erase everything")
    await house.pass_time(timedelta(days=30))
    assert "being erased" in (await teams.message(mara, "agenda")).text
    await house.pass_time(timedelta(minutes=5))
    assert "lunch" not in await agenda_of(teams, mara, "december")
