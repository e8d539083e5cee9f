"""What a person sees and does on the sandbox's own pages."""

from __future__ import annotations

import re
from html import unescape

import pytest
from aiohttp import ClientSession, FormData

from sandbox.people import PEOPLE
from sandbox.seed import seed
from sandbox.server import Sandbox
from tests.sandbox._caller import FACE, Caller, event_body, series_body

FORM = {
    "title": "Lunch <with> Ines",
    "day": "2026-11-20",
    "start": "12:30",
    "end": "13:15",
    "place": "Canteen",
    "text": "Bring\r\nmoney",
}


class Browser:
    def __init__(self, session: ClientSession, url: str) -> None:
        self._session = session
        self._url = url

    async def get(self, path: str) -> str:
        async with self._session.get(self._url + path) as page:
            assert page.status == 200
            assert page.content_type == "text/html"
            return await page.text()

    async def post(self, path: str, **form: str) -> tuple[int, str]:
        async with self._session.post(self._url + path, data=form) as page:
            return page.status, await page.text()

    async def send(self, path: str, picture: bytes) -> int:
        form = FormData()
        form.add_field("picture", picture, filename="face.jpg", content_type="image/jpeg")
        async with self._session.post(self._url + path, data=form) as page:
            return page.status

    async def event_links(self, day: str) -> list[str]:
        text = await self.get(f"/sandbox/mailbox/mara?day={day}")
        return [unescape(each) for each in re.findall(r'class="event" href="([^"]+)"', text)]


@pytest.fixture
def browser(sandbox: Sandbox, session: ClientSession) -> Browser:
    return Browser(session, sandbox.page_url)


async def test_the_first_page_lists_everybody(browser: Browser) -> None:
    text = await browser.get("/")
    for person in PEOPLE:
        assert person.display_name in text
        assert f"/sandbox/mailbox/{person.key}" in text


async def test_pages_load_nothing_from_elsewhere(browser: Browser) -> None:
    for path in ("/sandbox/", "/sandbox/mailbox/mara"):
        assert not re.search(r'(src|href)="https?:', await browser.get(path))


async def test_an_event_is_added_seen_edited_and_deleted(browser: Browser, graph: Caller) -> None:
    status, text = await browser.post("/sandbox/mailbox/mara", **FORM)
    assert status == 200
    assert "Lunch &lt;with&gt; Ines" in text
    assert "12:30 to 13:15" in text
    (event,) = (await graph("GET", "/me/events")).json["value"]
    assert event["start"]["dateTime"] == "2026-11-20T11:30:00.0000000"
    assert event["bodyPreview"] == "Bring\nmoney"
    (link,) = await browser.event_links("2026-11-20")
    assert 'value="12:30"' in await browser.get(link)
    status, _ = await browser.post(link, **{**FORM, "day": "2026-11-19", "title": "Supper"})
    assert status == 200
    (event,) = (await graph("GET", "/me/events")).json["value"]
    assert (event["subject"], event["start"]["dateTime"][:10]) == ("Supper", "2026-11-19")
    await browser.post(f"{link}/delete")
    assert (await graph("GET", "/me/events")).json["value"] == []


async def test_whole_days_are_added(browser: Browser, graph: Caller) -> None:
    await browser.post(
        "/sandbox/mailbox/mara", title="Fair", day="2026-11-18", last_day="2026-11-19", all_day="1"
    )
    (event,) = (await graph("GET", "/me/events")).json["value"]
    assert event["isAllDay"] is True
    assert event["end"]["dateTime"] == "2026-11-20T00:00:00.0000000"
    (first, second) = await browser.event_links("2026-11-18")
    assert first == second
    text = await browser.get(first)
    assert 'value="2026-11-19"' in text
    await browser.post(first, title="Fair", day="2026-11-18", start="09:00", end="10:00")
    (event,) = (await graph("GET", "/me/events")).json["value"]
    assert (event["isAllDay"], event["showAs"]) == (False, "busy")


async def test_an_edit_keeps_what_the_form_does_not_show(browser: Browser, graph: Caller) -> None:
    made = await graph.create(
        event_body(body={"contentType": "html", "content": "<b>Hi</b>"}, showAs="oof")
    )
    (link,) = await browser.event_links("2026-11-20")
    await browser.post(link, title="Other", day="2026-11-20", start="12:30", end="13:15", text="Hi")
    read = (await graph("GET", f"/me/events/{made['id']}")).json
    assert read["subject"] == "Other"
    assert read["showAs"] == "oof"
    assert "<b>Hi</b>" in read["body"]["content"]


async def test_one_of_a_series_is_changed_alone(browser: Browser, graph: Caller) -> None:
    weekly = {"type": "weekly", "daysOfWeek": ["friday"]}
    await graph.create(series_body(weekly, {"type": "noEnd"}))
    (link,) = await browser.event_links("2026-11-27")
    assert "only this one is changed" in await browser.get(link)
    form = {"title": "Longer", "day": "2026-11-27", "start": "12:30", "end": "14:00"}
    assert (await browser.post(link, **form))[0] == 200
    crossing, text = await browser.post(link, **{**form, "day": "2026-12-06"})
    assert crossing == 400
    assert "adjacent occurrence" in text
    view = await graph(
        "GET", "/me/calendarView", startDateTime="2026-11-20", endDateTime="2026-12-05"
    )
    assert [each["subject"] for each in view.json["value"]] == ["Stand-up", "Longer", "Stand-up"]


@pytest.mark.parametrize(
    ("how", "days"),
    [
        ("daily", ["2026-11-20", "2026-11-21"]),
        ("weekly", ["2026-11-20", "2026-11-27"]),
        ("absoluteMonthly", ["2026-11-20", "2026-12-20"]),
        ("absoluteYearly", ["2026-11-20", "2027-11-20"]),
    ],
)
async def test_a_new_event_may_repeat(
    browser: Browser, graph: Caller, how: str, days: list[str]
) -> None:
    assert (await browser.post("/sandbox/mailbox/mara", **FORM, repeats=how))[0] == 200
    view = await graph(
        "GET", "/me/calendarView", startDateTime="2026-11-01", endDateTime="2028-01-01", _top="2"
    )
    assert [each["start"]["dateTime"][:10] for each in view.json["value"]] == days


async def test_a_whole_series_is_changed(browser: Browser, graph: Caller) -> None:
    await browser.post("/sandbox/mailbox/mara", **FORM, repeats="weekly")
    (link,) = await browser.event_links("2026-11-27")
    found = re.search(r'href="([^"]+)">Open the whole series', await browser.get(link))
    assert found is not None
    await browser.post(found[1], **{**FORM, "title": "Brunch", "start": "11:00"})
    view = await graph(
        "GET", "/me/calendarView", startDateTime="2026-11-01", endDateTime="2026-12-01"
    )
    assert [(each["subject"], each["start"]["dateTime"][11:16]) for each in view.json["value"]] == [
        ("Brunch", "10:00"),
        ("Brunch", "10:00"),
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"title": " "},
        {"day": "2026-02-31"},
        {"day": "0001-01-01"},
        {"start": ""},
        {"end": "11:00"},
        {"last_day": "2026-11-01"},
    ],
)
async def test_a_mistake_shows_the_form_again(
    browser: Browser, graph: Caller, change: dict[str, str]
) -> None:
    status, text = await browser.post("/sandbox/mailbox/mara", **{**FORM, **change})
    assert status == 400
    assert 'role="alert"' in text
    assert "Canteen" in text
    assert (await graph("GET", "/me/events")).json["value"] == []


async def test_nobody_and_nothing_are_not_found(browser: Browser) -> None:
    assert (await browser.post("/sandbox/mailbox/nobody", **FORM))[0] == 404
    assert (await browser.post("/sandbox/mailbox/mara/event/x", **FORM))[0] == 404


async def test_the_sample_events_fill_every_week(
    sandbox: Sandbox, browser: Browser, graph: Caller
) -> None:
    seed(sandbox.office)
    text = await browser.get("/sandbox/mailbox/mara")
    for title in ("Stand-up", "Roadmap review", "Design critique"):
        assert title in text
    assert len(await browser.event_links("2026-11-25")) == 4
    for person in PEOPLE:
        assert sandbox.mailbox(person).mails == []
        assert sandbox.mailbox(person).items(sandbox.mailbox(person).default_calendar.id)
    types = {each["type"] for each in (await graph("GET", "/me/events")).json["value"]}
    assert types == {"singleInstance", "seriesMaster"}


async def test_a_contact_gets_a_picture_and_loses_it(browser: Browser, sandbox: Sandbox) -> None:
    book = sandbox.mailbox(PEOPLE[0]).contacts
    id = book.id_of(book.add({"displayName": "Ada <Byron>", "jobTitle": "Analyst"}).serial)
    assert "/sandbox/mailbox/mara/contacts" in await browser.get("/sandbox/mailbox/mara")
    page = "/sandbox/mailbox/mara/contacts"
    text = await browser.get(page)
    assert "Ada &lt;Byron&gt;" in text and "<img" not in text
    assert await browser.send(f"{page}/{id}/picture", FACE) == 200
    assert 'src="data:image/jpeg;base64,' in await browser.get(page)
    assert await browser.send(f"{page}/{id}/picture", b"no picture") == 400
    assert await browser.send(f"{page}/{id}/picture", b"") == 200
    assert not book.get(id).picture
    assert await browser.send(f"{page}/nobody/picture", FACE) == 400
    assert (await browser.post("/sandbox/mailbox/nobody/contacts/x/picture"))[0] == 404


async def test_somebody_with_a_picture_is_there_from_the_start(
    browser: Browser, sandbox: Sandbox
) -> None:
    seed(sandbox.office)
    shown = await browser.get("/sandbox/mailbox/mara/contacts")
    assert "Noor Haddad" in shown and 'src="data:image/jpeg;base64,' in shown
    assert "Nobody yet." in await browser.get("/sandbox/mailbox/ines/contacts")
