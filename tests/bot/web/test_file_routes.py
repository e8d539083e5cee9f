"""The doors of files and feeds: what a browser and a calendar program are told."""

from __future__ import annotations

import aiohttp

from services.model.errors import StoreAway
from tests.bot._wired import Wired


async def test_a_file_is_looked_at_by_anybody_and_fetched_by_a_press(
    wired: Wired, browser: aiohttp.ClientSession
) -> None:
    wired.files["t"] = b"a,b"
    async with browser.get(f"{wired.url}/files/t") as page:
        assert page.status == 200 and "Download" in await page.text()
    for _ in range(2):  # it stays until its time is over
        async with browser.post(f"{wired.url}/files/t") as answer:
            assert await answer.read() == b"a,b"
            assert answer.content_type == "text/csv"
            told = "attachment; filename=\"_bersicht.csv\"; filename*=UTF-8''%C3%9Cbersicht.csv"
            assert answer.headers["Content-Disposition"] == told
            assert answer.content_disposition is not None
            assert answer.content_disposition.filename == "Übersicht.csv"


async def test_a_file_that_is_not_there_is_a_page_that_says_so(
    wired: Wired, browser: aiohttp.ClientSession
) -> None:
    for method in ("GET", "POST"):
        async with browser.request(method, f"{wired.url}/files/nothing") as page:
            assert page.status == 404 and "too old" in await page.text()


async def test_a_store_that_is_away_is_a_page_that_says_so(
    wired: Wired, browser: aiohttp.ClientSession
) -> None:
    wired.problems.append(StoreAway())
    for path in ("/files/t", "/export/t", "/photos/known"):
        async with browser.get(f"{wired.url}{path}", headers={"Accept-Language": "de"}) as page:
            assert page.status == 503 and "Almanac erreicht" in await page.text()


async def test_a_feed_is_given_once_and_then_only_when_it_has_changed(
    wired: Wired, browser: aiohttp.ClientSession
) -> None:
    url = f"{wired.url}/feeds/good.ics"
    async with browser.get(url) as answer:
        assert answer.status == 200 and answer.content_type == "text/calendar"
        assert answer.headers["ETag"] == '"a"' and await answer.read() == b"BEGIN:VCALENDAR"
    for known in ('"a"', 'W/"a"'):
        async with browser.get(url, headers={"If-None-Match": known}) as answer:
            assert answer.status == 304 and not await answer.read()


async def test_a_wrong_address_and_a_lost_right_look_alike(
    wired: Wired, browser: aiohttp.ClientSession
) -> None:
    for secret, status in (("bad", 404), ("lost", 404), ("busy", 503)):
        async with browser.get(f"{wired.url}/feeds/{secret}.ics") as answer:
            assert answer.status == status
