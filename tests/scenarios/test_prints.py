"""A week or a month of a calendar on paper."""

from __future__ import annotations

from tests._teams import FakeTeams, Someone
from tests._teams_files import offered
from tests.scenarios._house import an_event


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
