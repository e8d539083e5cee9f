"""Events as nobody expects them: very long ones, odd titles, years that no calendar has."""

from __future__ import annotations

import re

import pytest

from tests._teams import FakeTeams, Someone
from tests.scenarios._house import agenda_of, an_event, words


async def test_an_event_of_five_years_is_told_to_be_too_long_and_one_of_a_year_is_shown(
    teams: FakeTeams, mara: Someone
) -> None:
    form = await teams.message(mara, "new event")
    typed = {"title": "Renovation", "all_day": "true", "start_date": "2026-03-01"}
    long = await teams.click(mara, form.post, "Create", typed | {"end_date": "2031-02-28"})
    assert "This is outside of what is possible." in words(long.card)
    created = await teams.click(mara, form.post, "Create", typed | {"end_date": "2027-02-28"})
    assert "Created." in words(created.card)
    for asked in ("agenda today", "day 28 february 2027", "week", "month march 2026"):
        assert "Renovation" in words((await teams.message(mara, asked)).card), asked
    assert "Nothing is planned." in await agenda_of(teams, mara, "1 march 2027")
    [row] = (await teams.query(mara, "searchEvents", "renovation today")).rows
    assert row.title == "Renovation"


LETTERS = re.compile(r"\w{3,}")
TITLES = (
    "🎉 Fête 👩‍👩‍👧‍👦",
    "اجتماع الفريق",
    "פגישת צוות",
    "<at>Ines</at> [x](https://evil.example) **bold** `code`",
)


@pytest.mark.parametrize("title", TITLES)
async def test_a_title_is_shown_and_found_as_it_was_written(
    teams: FakeTeams, mara: Someone, title: str
) -> None:
    form = await teams.message(mara, "new event")
    await teams.click(mara, form.post, "Create", {"title": title, "start_date": "2026-11-20"})
    card = (await teams.message(mara, "agenda")).card
    assert title in words(card)
    assert "evil.example)" not in str([e for e in str(card).split("'url'")[1:]]), "it is no link"
    assert title in words((await teams.message(mara, f"find {LETTERS.findall(title)[-1]}")).card)


@pytest.mark.parametrize("year", ["0001", "1899", "2201", "9999"])
async def test_a_year_that_no_calendar_has_is_told_beside_its_field(
    teams: FakeTeams, mara: Someone, year: str
) -> None:
    form = await teams.message(mara, "new event")
    typed = {"title": "Long ago", "start_date": f"{year}-01-02", "end_date": f"{year}-01-02"}
    answer = await teams.click(mara, form.post, "Create", typed)
    assert "This is outside of what is possible." in words(answer.card)
    assert "Long ago" not in await agenda_of(teams, mara)


async def test_what_is_moved_out_of_all_calendars_is_told(teams: FakeTeams, mara: Someone) -> None:
    await an_event(teams, mara, "Lunch friday 12:00")
    heard = await teams.message(mara, "move lunch to 2 january 9999")
    assert heard.text == "This is outside of what is possible."
