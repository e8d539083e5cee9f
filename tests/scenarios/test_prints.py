"""A week or a month of a calendar on paper."""

from __future__ import annotations

from tests._teams import FakeTeams, Someone
from tests._teams_files import offered
from tests.scenarios._house import an_event, words
from tests.scenarios.test_calendars import a_calendar


async def test_a_month_and_a_week_come_as_pages(teams: FakeTeams, mara: Someone) -> None:
    await an_event(teams, mara, "lunch with Ines friday 12:30")
    for said, name in (
        ("print", "Your calendar 2026-11.pdf"),
        ("print week", "Your calendar 2026-11-16.pdf"),
        ("print december", "Your calendar 2026-12.pdf"),
        ("print next week", "Your calendar 2026-11-23.pdf"),
    ):
        offer = await teams.message(mara, said)
        assert offered(offer.post)["name"] == name
        await teams.decide_file(mara, offer.post)
        data = teams.drive.uploaded[offer.post.id]
        assert data.startswith(b"%PDF-") and data.count(b"/Type /Page\n") == 1


async def test_a_calendar_is_named_that_is_to_be_printed_exported_or_followed(
    teams: FakeTeams, mara: Someone
) -> None:
    await a_calendar(teams, mara, "Gym")
    for said, name in (
        ("print Gym", "Gym 2026-11.pdf"),
        ("print next week of Gym", "Gym 2026-11-23.pdf"),
        ("export Gym as csv", "Gym.csv"),
    ):
        assert offered((await teams.message(mara, said)).post)["name"] == name
    assert "Gym" in words((await teams.message(mara, "feed Gym")).card)
    nowhere = "There is no calendar of that name here. Write “calendars” to see all."
    for said in ("print Travel", "export Travel", "feed Travel"):
        assert (await teams.message(mara, said)).text == nowhere
