from __future__ import annotations

import logging
from typing import Any

import aiohttp
import pytest

from bot.web.notifications import Watch
from services.graph.subscriptions import secret_hash
from services.model.accounts import Subscription
from services.model.errors import Broken
from services.model.tasks import Task, TaskKind
from tests._builders import OTHER_TENANT, TENANT
from tests._fakes import NOON
from tests.bot._wired import APP_ID, Wired

PAGES = [
    "/privacy",
    "/terms",
    "/e/4f1c",
    "/c/4f1c",
    "/export/t",
    "/files/t",
    "/feeds/t.ics",
    "/auth/start?state=bad",
    "/auth/callback",
]


@pytest.mark.parametrize("path", [*PAGES, "/nowhere", "/healthz"])
async def test_every_page_and_error_is_harmless(
    wired: Wired, browser: aiohttp.ClientSession, path: str
) -> None:
    async with browser.get(wired.url + path) as answer:
        headers = answer.headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cache-Control"] == "no-store"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "aiohttp" not in headers["Server"]
        text = await answer.text()
    assert "http://" not in text
    assert "<script" not in text


@pytest.mark.parametrize("path", ["/privacy", "/terms"])
async def test_the_pages_of_the_manifest_are_there(
    wired: Wired, browser: aiohttp.ClientSession, path: str
) -> None:
    async with browser.get(wired.url + path, headers={"Accept-Language": "de-CH,de;q=0.9"}) as page:
        assert page.status == 200
        assert page.content_type == "text/html"
        assert '<html lang="de-CH">' in await page.text()


async def test_a_language_that_is_none_is_english(
    wired: Wired, browser: aiohttp.ClientSession
) -> None:
    headers = {"Accept-Language": '"><script>'}
    async with browser.get(f"{wired.url}/terms", headers=headers) as page:
        assert '<html lang="en">' in await page.text()


async def test_a_link_leads_back_into_teams_and_says_nothing_more(
    wired: Wired, browser: aiohttp.ClientSession
) -> None:
    async with browser.get(f"{wired.url}/e/4f1c") as page:
        text = await page.text()
    assert f"https://teams.microsoft.com/l/chat/0/0?users=28:{APP_ID}" in text
    assert "4f1c" not in text
    async with browser.get(f"{wired.url}/e/..%2f<b>") as page:
        assert page.status == 404


async def test_alive_and_ready_are_two_things(
    wired: Wired, browser: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    async with browser.get(f"{wired.url}/readyz") as answer:
        assert (answer.status, await answer.text()) == (200, "ready")
    wired.problems.append(Broken("where the database is"))
    with caplog.at_level(logging.ERROR):
        async with browser.get(f"{wired.url}/readyz") as answer:
            assert (answer.status, await answer.text()) == (503, "not ready")
    assert "database" not in caplog.text
    async with browser.get(f"{wired.url}/healthz") as answer:
        assert answer.status == 200


@pytest.mark.parametrize("path", ["/files/t", "/photos/t", "/readyz"])
async def test_a_bug_behind_a_door_leaves_its_place_in_the_log_and_none_of_its_words(
    wired: Wired, browser: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    wired.problems.append(RuntimeError("a secret of Ines"))
    with caplog.at_level(logging.INFO):
        async with browser.get(wired.url + path) as answer:
            assert answer.status == 500
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert "Ines" not in await answer.text()
    assert "RuntimeError at" in caplog.text
    assert "_wired.py" in caplog.text
    assert "Ines" not in caplog.text


@pytest.mark.parametrize(
    "kind",
    [
        "application/x-www-form-urlencoded; charset=utf-8",
        "application/x-www-form-urlencoded; charset=no-such-charset",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
    ],
)
async def test_a_form_that_cannot_be_read_is_the_senders_mistake(
    wired: Wired, browser: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    async with browser.post(
        f"{wired.url}/auth/callback", data=b"state=\xff", headers={"Content-Type": kind}
    ) as answer:
        assert answer.status == 400
    assert not caplog.records


# -- notices from Graph --


def a_watch(id: str = "sub-1") -> Watch:
    task = Task(kind=TaskKind.SYNC_LINK, tenant=TENANT, key="link-1", due_at=NOON)
    return Watch(Subscription(id=id, secret_hash=secret_hash("secret"), expires_at=NOON), (task,))


def notices(*entries: dict[str, str]) -> dict[str, Any]:
    return {"value": [{"subscriptionId": "sub-1", "tenantId": TENANT, **one} for one in entries]}


async def told(wired: Wired, browser: aiohttp.ClientSession, body: Any) -> int:
    async with browser.post(f"{wired.url}/api/notifications", json=body) as answer:
        return answer.status


async def test_a_genuine_notice_puts_its_task(wired: Wired, browser: aiohttp.ClientSession) -> None:
    wired.watches["sub-1"] = a_watch()
    assert await told(wired, browser, notices({"clientState": "secret"})) == 202
    assert wired.tasks == [*a_watch().tasks]


async def test_a_wrong_secret_is_dropped_with_the_same_answer(
    wired: Wired, browser: aiohttp.ClientSession
) -> None:
    wired.watches["sub-1"] = a_watch()
    foreign = {"clientState": "secret", "tenantId": OTHER_TENANT}
    body = notices({"clientState": "guess"}, {}, foreign, {"clientState": "secret"})
    assert await told(wired, browser, body) == 202
    assert len(wired.tasks) == 1


async def test_an_unknown_subscription_is_dropped_with_the_same_answer(
    wired: Wired, browser: aiohttp.ClientSession
) -> None:
    assert await told(wired, browser, notices({"clientState": "secret"})) == 202
    assert wired.tasks == []


async def test_what_is_no_collection_of_notices_is_400(
    wired: Wired, browser: aiohttp.ClientSession
) -> None:
    bodies: list[Any] = [[], {}, {"value": 5}, "words"]
    for body in bodies:
        assert await told(wired, browser, body) == 400
    deep = b'{"value": [' + b"[" * 100_000
    async with browser.post(f"{wired.url}/api/notifications", data=deep) as answer:
        assert answer.status == 400


async def test_graph_is_answered_that_somebody_listens(
    wired: Wired, browser: aiohttp.ClientSession
) -> None:
    url = f"{wired.url}/api/notifications"
    token = "Validation: Testing client application reachability & more"
    async with browser.post(url, params={"validationToken": token}) as answer:
        assert (answer.status, await answer.text()) == (200, token)
        assert answer.content_type == "text/plain"
    for bad in ("<b>", "x" * 1025, "caf\u00e9", "a\nb", ""):
        async with browser.post(url, params={"validationToken": bad}) as answer:
            assert answer.status == 400


# -- signing in --


async def test_the_sign_in_leads_to_microsoft(wired: Wired, browser: aiohttp.ClientSession) -> None:
    url = f"{wired.url}/auth/start?state=good"
    async with browser.get(url, allow_redirects=False) as answer:
        assert answer.status == 302
        assert answer.headers["Location"] == "https://login.example/authorize"
    async with browser.head(url) as answer:
        assert answer.status == 405


@pytest.mark.parametrize(
    ("state", "status", "sentence"),
    [("used", 400, "too old, or was used before"), ("down", 503, "does not answer right now")],
)
async def test_a_sign_in_that_cannot_begin_says_why(
    wired: Wired, browser: aiohttp.ClientSession, state: str, status: int, sentence: str
) -> None:
    async with browser.get(f"{wired.url}/auth/start", params={"state": state}) as page:
        assert page.status == status
        assert sentence in await page.text()


async def test_the_answer_of_microsoft_is_taken_from_a_form(
    wired: Wired, browser: aiohttp.ClientSession
) -> None:
    form = {"code": "c", "state": "s", "stranger": "x", "error_description": "x" * 9000}
    async with browser.post(f"{wired.url}/auth/callback", data=form) as page:
        assert page.status == 200
        assert "Your account is connected" in await page.text()
    assert wired.sign_in.answers == [{"code": "c", "state": "s"}]


async def test_a_refusal_of_microsoft_comes_in_the_address(
    wired: Wired, browser: aiohttp.ClientSession
) -> None:
    wired.sign_in.problem = "denied"
    url = f"{wired.url}/auth/callback?error=access_denied&state=s"
    async with browser.get(url) as page:
        assert page.status == 400
        assert "You did not agree" in await page.text()
    assert wired.sign_in.answers == [{"error": "access_denied", "state": "s"}]


async def test_any_problem_has_a_sentence(wired: Wired, browser: aiohttp.ClientSession) -> None:
    sentences = {
        "other_person": "This is the account of somebody else.",
        "no_mailbox": "Microsoft 365 has no mailbox for this account.",
        "something new": "The account could not be connected.",
    }
    for problem, sentence in sentences.items():
        wired.sign_in.problem = problem
        async with browser.post(f"{wired.url}/auth/callback", data={}) as page:
            assert page.status == 400
            text = await page.text()
        assert "Not connected" in text and sentence in text


async def test_data_is_handed_out_once_and_to_a_press_alone(
    wired: Wired, browser: aiohttp.ClientSession
) -> None:
    wired.files["token-1"] = b"PK"
    for _ in range(2):  # a program that looks at links ahead of people uses nothing up
        async with browser.get(f"{wired.url}/export/token-1") as page:
            assert page.status == 200
            assert '<form method="post"><button' in await page.text()
    async with browser.post(f"{wired.url}/export/token-1") as file:
        assert (file.status, file.content_type) == (200, "application/zip")
        assert file.headers["Content-Disposition"] == 'attachment; filename="almanac-data.zip"'
        assert await file.read() == b"PK"
    for method in ("GET", "POST"):
        async with browser.request(method, f"{wired.url}/export/token-1") as page:
            assert page.status == 404
            assert "export my data" in await page.text()
