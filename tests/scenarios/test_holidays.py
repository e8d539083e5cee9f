"""Holidays of countries, regions and of one's own, in every view and never as events."""

from __future__ import annotations

from tests._teams import Chat, FakeTeams, Someone
from tests.scenarios._house import House, typed_in, words


async def test_holidays_of_several_countries_stand_in_every_view(
    teams: FakeTeams, mara: Someone
) -> None:
    form = await teams.message(mara, "holidays Germany, Denmark")
    assert typed_in(form.card)["holidays_more"] == "Germany, Denmark"
    saved = await teams.click(mara, form.post, "Save")
    assert "You may choose regions now." in words(saved.card)
    assert "Bayern" in words(saved.card)
    await teams.click(mara, form.post, "Save", {"holidays of DE": "DE-BY"})
    agenda = words((await teams.message(mara, "agenda 25 december 2026")).card)
    assert "Holiday" in agenda and "Christmas Day (DE-BY, DK)" in agenda
    assert "Epiphany" in words((await teams.message(mara, "day 6 january 2027")).card)
    week = words((await teams.message(mara, "week 25 december 2026")).card)
    assert "Christmas Day" in week
    month = words((await teams.message(mara, "month december 2026")).card)
    assert "★" in month and "Christmas Day" in month


async def test_days_off_of_ones_own(teams: FakeTeams, mara: Someone) -> None:
    form = await teams.message(mara, "holidays")
    own = "2026-11-19 Company outing\n2026-12-24 to 2026-12-26 Winter break"
    saved = await teams.click(mara, form.post, "Save", {"own_holidays": own})
    assert "4 days of its own" in words(saved.card)
    assert "Company outing" in words((await teams.message(mara, "agenda")).card)
    assert typed_in((await teams.message(mara, "holidays")).card)["own_holidays"] == own


async def test_what_is_no_holiday_is_said_and_nothing_is_lost(
    teams: FakeTeams, mara: Someone
) -> None:
    form = await teams.message(mara, "holidays Narnia, Denmark")
    saved = await teams.click(mara, form.post, "Save")
    assert "No such country or region is known: Narnia." in words(saved.card)
    assert typed_in(saved.card)["holidays_more"] == "Narnia"
    assert typed_in(saved.card)["holidays of DK"] == "DK"
    wrong = await teams.click(mara, form.post, "Save", {"own_holidays": "24.12. Closed"})
    assert "Line 1 is no day with a name." in words(wrong.card)
    assert typed_in(wrong.card)["own_holidays"] == "24.12. Closed"


async def test_days_off_that_two_owners_write_at_once_are_not_lost(
    teams: FakeTeams, mara: Someone
) -> None:
    first, second = [(await teams.message(mara, "holidays")).post for _ in range(2)]
    await teams.click(mara, first, "Save", {"own_holidays": "2026-11-19 Outing"})
    assert words(first.card) == "Saved.\nLook at it", "the message is no form any more"
    own = "2026-12-24 Winter break"
    overtaken = await teams.click(mara, second, "Save", {"own_holidays": own})
    assert "Somebody changed this while you were writing." in words(overtaken.card)
    assert typed_in(overtaken.card)["own_holidays"] == own
    await teams.click(mara, second, "Save", {"own_holidays": own})
    assert typed_in((await teams.message(mara, "holidays")).card)["own_holidays"] == own


async def test_holidays_are_shown_to_all_and_never_synced(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    channel.owners.append(mara)
    form = await teams.message(mara, "holidays", channel)
    await teams.click(mara, form.post, "Save", {"own_holidays": "2026-11-19 Harbour day"})
    await house.connect(ines)
    await house.settle()
    account = await teams.message(ines, "account")
    await teams.message(ines, "agenda", channel)
    await teams.click(ines, account.post, "Link another")
    await teams.click(ines, account.post, "Link")
    await house.settle()
    assert "Harbour day" in words((await teams.message(ines, "agenda", channel)).card)
    mailbox = house.outlook()
    there = {i.content.subject for each in mailbox.calendars for i in mailbox.items(each.id)}
    assert "Harbour day" not in there


async def test_a_country_is_taken_away_again(teams: FakeTeams, mara: Someone) -> None:
    form = await teams.message(mara, "holidays Denmark")
    await teams.click(mara, form.post, "Save")
    await teams.click(mara, form.post, "Save", {"holidays of DK": ""})
    assert "Christmas" not in words((await teams.message(mara, "agenda 25 december")).card)
