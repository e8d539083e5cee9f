"""A person's own zone and language go before what Teams says, for what they alone read."""

from __future__ import annotations

from tests._teams import Chat, FakeTeams, Someone
from tests.scenarios._house import House, agenda_of, an_event, typed_in, words


async def test_somebody_is_answered_in_their_own_zone_until_they_take_it_back(
    teams: FakeTeams, mara: Someone
) -> None:
    await an_event(teams, mara, "Lunch friday 12:30")
    form = await teams.message(mara, "my settings")
    assert "Berlin time" in words(form.card)
    typed = {"own_zone": "America/New_York", "own_language": "en-US"}
    saved = await teams.click(mara, form.post, "Save", typed)
    assert "You are answered so from now on." in words(saved.card)
    agenda = await agenda_of(teams, mara)
    assert "6:30" in agenda and "AM" in agenda
    form = await teams.message(mara, "my time zone")
    assert typed_in(form.card)["own_zone"] == "America/New_York"
    await teams.click(mara, form.post, "Save", {"own_zone": "teams", "own_language": "teams"})
    assert "12:30" in await agenda_of(teams, mara)


async def test_what_all_read_stays_as_its_calendar_has_it(
    teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    await an_event(teams, mara, "Review friday 9:00", channel)
    form = await teams.message(ines, "my settings")
    await teams.click(ines, form.post, "Save", {"own_zone": "Asia/Tokyo"})
    agenda = await teams.message(ines, "agenda", channel)
    assert "Berlin time" in words(agenda.card) and "09:00" in words(agenda.card)
    own = await teams.click(ines, agenda.post, "Today")
    assert "17:00" in words(own.card), "her own view has her own zone"


async def test_a_zone_that_is_none_is_refused(teams: FakeTeams, mara: Someone) -> None:
    form = await teams.message(mara, "my settings")
    again = await teams.click(mara, form.post, "Save", {"own_zone": "Europe/Narnia"})
    assert "This time zone is not known." in words(again.card)
    again = await teams.click(mara, form.post, "Save", {"own_language": "tlh"})
    assert "Please choose one of the list." in words(again.card)


async def test_news_of_ones_account_come_in_ones_own_language(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    form = await teams.message(mara, "my settings")
    await teams.click(mara, form.post, "Save", {"own_language": "de-DE"})
    before = len(teams.connector.posts)
    await house.connect(mara)
    told = " ".join(words(post.card) for post in teams.connector.posts[before:] if post.card)
    assert "Ihr Microsoft-Konto ist verbunden." in told


async def test_ones_settings_are_among_ones_data_and_go_with_it(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    form = await teams.message(mara, "my settings")
    await teams.click(mara, form.post, "Save", {"own_zone": "Asia/Tokyo"})
    person, store = house.person(mara), house.almanac.store
    assert (await store.preferences.get(person)).zone is not None
    question = await teams.message(mara, "erase my data")
    await teams.click(mara, question.post, "Erase all")
    await house.settle()
    assert (await store.preferences.get(person)).zone is None
