"""Pages for anybody, and links of ours pasted into messages."""

from __future__ import annotations

import json

import pytest

from manifest.package import manifest_text
from tests._teams import Chat, FakeTeams, Someone
from tests._teams_cards import buttons
from tests.scenarios._house import House, a_contact, an_event, words

APP_ID = "6f1d7d0e-53a4-4a7c-9d43-0c3a6f2a9b11"
PUBLIC = "https://almanac.example.com"


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/", "Open Almanac in Teams"),
        ("/privacy", "Sealed with AES-256-GCM"),
        ("/terms", "without warranty"),
        ("/e/abc", "Paste the link into a message in Teams"),
        ("/c/abc", "Paste the link into a message in Teams"),
    ],
)
async def test_a_page_is_there_for_anybody(house: House, path: str, says: str) -> None:
    async with house.browser.get(house.url + path) as page:
        assert (page.status, page.content_type) == (200, "text/html")
        assert says in await page.text()


async def test_each_address_that_the_app_package_names_is_a_page(house: House) -> None:
    """Whoever approves an app in Teams follows them."""
    developer = json.loads(manifest_text(APP_ID, PUBLIC))["developer"]
    paths = {name: url.removeprefix(PUBLIC) for name, url in developer.items() if "Url" in name}
    assert len(paths) == 3
    for path in paths.values():
        async with house.browser.get(house.url + path) as page:
            assert page.status == 200, path


async def test_a_page_of_a_link_leads_into_teams_and_tells_nothing(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    post = await an_event(teams, mara, "Secret review friday 9:00")
    async with house.browser.get(f"{house.url}/e/{id_in(post.card, 'event')}") as page:
        known = await page.text()
    async with house.browser.get(f"{house.url}/e/{'0' * 32}") as page:
        unknown = await page.text()
    assert known == unknown, "not even whether it exists"
    assert "https://teams.microsoft.com/l/chat/" in known and "Secret" not in known


@pytest.mark.parametrize("path", ["/e/", "/e/a/b", "/e/" + "x" * 65, "/e/%3Cscript%3E", "/x"])
async def test_an_address_that_is_none_is_not_found(house: House, path: str) -> None:
    async with house.browser.get(house.url + path) as page:
        assert page.status == 404


async def test_the_doors_for_operators_answer(house: House) -> None:
    for path in ("/healthz", "/readyz"):
        async with house.browser.get(house.url + path) as page:
            assert page.status == 200


async def test_a_pasted_link_becomes_the_card_of_its_event(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    post = await an_event(teams, mara, "Review friday 9:00")
    pasted = await teams.unfurl(mara, f"{house.url}/e/{id_in(post.card, 'event')}")
    [row] = pasted.rows
    assert "Review" in words(row.card) and row.title == "Review"


async def test_a_pasted_link_becomes_the_card_of_its_contact(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    post = await a_contact(teams, mara, {"name": "Ada Byron", "job": "Engineer"})
    pasted = await teams.unfurl(mara, f"{house.url}/c/{id_in(post.card, 'contact')}")
    assert "Engineer" in words(pasted.rows[0].card)


async def test_a_member_who_never_spoke_sees_what_a_link_in_the_channel_names(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    post = await an_event(teams, mara, "Review friday 9:00", channel)
    url = f"{house.url}/e/{id_in(post.card, 'event')}"
    assert (await teams.unfurl(ines, url, where=channel)).rows


async def test_a_link_that_is_not_for_somebody_stays_a_link(
    house: House, teams: FakeTeams, mara: Someone, priya: Someone
) -> None:
    post = await an_event(teams, mara, "Review friday 9:00")
    url = f"{house.url}/e/{id_in(post.card, 'event')}"
    pasted = await teams.unfurl(priya, url)
    assert (pasted.status, pasted.rows, pasted.text) == (200, [], "")


@pytest.mark.parametrize(
    "url", ["https://elsewhere.example/e/", "no address", "http://[::1", "/e/x/y", "javascript:1"]
)
async def test_any_address_can_be_pasted(teams: FakeTeams, mara: Someone, url: str) -> None:
    pasted = await teams.unfurl(mara, url)
    assert (pasted.status, pasted.rows, pasted.text) == (200, [], "")


async def test_a_link_to_what_was_deleted_shows_nothing(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    post = await an_event(teams, mara, "Review friday 9:00")
    url = f"{house.url}/e/{id_in(post.card, 'event')}"
    await teams.click(mara, post, "Delete")
    await teams.click(mara, post, "Delete")
    assert (await teams.unfurl(mara, url)).rows == []


def id_in(card: dict[str, object], kind: str) -> str:
    return str(next(a["data"][kind] for a in buttons(card) if kind in a.get("data", {})))
