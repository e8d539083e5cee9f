"""Rounds of changes: against the sandbox, and against answers of every odd kind."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web

from sandbox.people import PEOPLE
from sandbox.server import Sandbox
from services.graph.delta import Window, read_changes
from services.graph.delta_pages import pages
from services.graph.mailbox import Mailbox, RemoteEvent
from services.graph.remote_item import DeltaPage, UnreadItem
from services.model.accounts import RemoteId
from services.model.errors import Expired, Throttled, Unreadable
from services.model.events import EventContent
from services.model.recurrence import Pattern, Rule
from tests._builders import an_event_content, timed
from tests.services.graph._echo import an_item
from tests.services.graph._server import Scripted

MARA = PEOPLE[0]
WINDOW = Window(datetime(2026, 9, 1, tzinfo=UTC), datetime(2028, 5, 1, tzinfo=UTC))
DAILY = Rule(pattern=Pattern.DAILY, count=10)
CALENDAR = RemoteId("calendar")


async def pages_of(
    mailbox: Mailbox, since: Window | str = WINDOW, calendar: RemoteId | None = None
) -> list[DeltaPage[EventContent]]:
    calendar = calendar or (await mailbox.calendars())[0].id
    return [page async for page in read_changes(mailbox, calendar, since)]


async def round_of(
    mailbox: Mailbox, since: Window | str = WINDOW
) -> tuple[DeltaPage[EventContent], str]:
    """Return a round as one page, and where the next one goes on."""
    pages = await pages_of(mailbox, since)
    assert pages[-1].delta_link is not None
    whole = DeltaPage(
        changed=tuple(event for page in pages for event in page.changed),
        removed=tuple(id for page in pages for id in page.removed),
        unread=tuple(item for page in pages for item in page.unread),
    )
    return whole, pages[-1].delta_link


async def create(mailbox: Mailbox, number: int = 1, **content: Any) -> RemoteEvent:
    payload = mailbox.payload_for(an_event_content(**content), f"t-{number}", f"g-{number}")
    return await mailbox.create_event((await mailbox.calendars())[0].id, payload)


async def occurrences(mailbox: Mailbox, series: RemoteId) -> list[RemoteId]:
    span = {"startDateTime": "2026-11-01T00:00:00Z", "endDateTime": "2027-01-01T00:00:00Z"}
    return [
        RemoteId(item["id"]) async for item in mailbox.items(f"/me/events/{series}/instances", span)
    ]


# -- against the sandbox ---------------------------------------------------------------------


async def test_a_full_round_tells_everything_once(mailbox: Mailbox) -> None:
    single = await create(mailbox, 1)
    series = await create(mailbox, 2, title="Standup", rule=DAILY)
    found, _ = await round_of(mailbox)
    assert {event.id: event.content for event in found.changed} == {
        single.id: single.content,
        series.id: series.content,
    }
    assert {event.transaction_id for event in found.changed} == {"t-1", "t-2"}
    assert not found.removed and not found.unread


async def test_the_next_round_tells_what_is_new(mailbox: Mailbox) -> None:
    first, second = await create(mailbox, 1), await create(mailbox, 2)
    _, link = await round_of(mailbox)
    await mailbox.update_event(first.id, {"subject": "Dinner"})
    await mailbox.delete_event(second.id)
    found, link = await round_of(mailbox, link)
    assert [event.content.title for event in found.changed] == ["Dinner"]
    assert found.removed == (second.id,)
    quiet, _ = await round_of(mailbox, link)
    assert quiet == DeltaPage()


async def test_an_occurrence_cancelled_in_outlook_is_seen(mailbox: Mailbox) -> None:
    series = await create(mailbox, rule=DAILY)
    ids = await occurrences(mailbox, series.id)
    _, link = await round_of(mailbox)
    await mailbox.delete_event(ids[3])
    found, _ = await round_of(mailbox, link)
    (changed,) = {event.id: event for event in found.changed}.values()
    assert changed.id == series.id
    (exception,) = changed.content.exceptions
    assert exception.original == timed("2026-11-23T12:30").start
    assert exception.content is None


async def test_an_occurrence_changed_in_outlook_is_seen(mailbox: Mailbox) -> None:
    series = await create(mailbox, rule=DAILY)
    ids = await occurrences(mailbox, series.id)
    _, link = await round_of(mailbox)
    patch = mailbox.patch_for(an_event_content(), an_event_content(when=timed("2026-11-23T15:00")))
    await mailbox.update_event(ids[3], {k: patch[k] for k in ("start", "end")})
    found, _ = await round_of(mailbox, link)
    (exception,) = found.changed[0].content.exceptions
    assert exception.original == timed("2026-11-23T12:30").start
    assert exception.content == an_event_content(when=timed("2026-11-23T15:00"))


async def test_many_pages_are_one_round(mailbox: Mailbox) -> None:
    for number in range(120):
        await create(mailbox, number)
    pages = await pages_of(mailbox)
    assert len(pages) == 3
    assert [page.delta_link is None for page in pages] == [True, True, False]
    assert sum(len(page.changed) for page in pages) == 120


async def test_the_next_page_is_on_its_way_while_one_is_read_and_no_other(
    graph: Scripted, scripted_mailbox: Mailbox
) -> None:
    is_asked = asyncio.Event()

    async def second(request: web.Request) -> web.Response:
        is_asked.set()
        return web.json_response({"value": [], "@odata.nextLink": f"{graph.url}/me/third"})

    graph.will_answer({"value": [], "@odata.nextLink": f"{graph.url}/me/second"})
    graph.replies.append(second)
    rounds = pages(scripted_mailbox, "/me/first")
    await anext(rounds)
    await is_asked.wait()
    for _ in range(100):
        await asyncio.sleep(0)
    assert [request.path for request in graph.requests] == ["/v1.0/me/first", "/v1.0/me/second"]
    await rounds.aclose()


async def test_an_empty_page_may_lead_on(mailbox: Mailbox, office: Sandbox) -> None:
    await create(mailbox)
    office.order("GET */calendarView/delta -> empty-page\nGET */calendarView/delta -> repeat")
    pages = await pages_of(mailbox)
    assert pages[0] == DeltaPage()
    assert len(pages[1].changed) == 1


async def test_a_forgotten_link_has_expired(mailbox: Mailbox, office: Sandbox) -> None:
    _, link = await round_of(mailbox)
    office.office.delta(MARA).expire()
    with pytest.raises(Expired):
        await round_of(mailbox, link)


async def test_what_left_the_window_looks_removed(mailbox: Mailbox) -> None:
    event = await create(mailbox)
    _, link = await round_of(mailbox)
    away = an_event_content(when=timed("2035-01-01T10:00"))
    await mailbox.update_event(event.id, mailbox.patch_for(event.content, away))
    found, _ = await round_of(mailbox, link)
    assert found.removed == (event.id,)
    assert (await mailbox.get_event(event.id)).content == away


# -- odd answers -----------------------------------------------------------------------------


def a_page(*items: Any, **more: Any) -> dict[str, Any]:
    return {"value": list(items), "@odata.deltaLink": "the-end", **more}


async def test_an_item_told_twice_counts_as_told_last(
    graph: Scripted, scripted_mailbox: Mailbox
) -> None:
    graph.will_answer(a_page(an_item(subject="Old"), an_item(subject="New")))
    (page,) = await pages_of(scripted_mailbox, calendar=CALENDAR)
    assert [event.content.title for event in page.changed] == ["New"]


async def test_an_item_told_and_then_removed_is_removed(
    graph: Scripted, scripted_mailbox: Mailbox
) -> None:
    gone = {"id": "AAMk=", "@removed": {"reason": "deleted"}}
    graph.will_answer(a_page(an_item(), gone))
    (page,) = await pages_of(scripted_mailbox, calendar=CALENDAR)
    assert page == DeltaPage(removed=(RemoteId("AAMk="),), delta_link="the-end")


async def test_an_item_that_cannot_be_said_does_not_stop_the_others(
    graph: Scripted, scripted_mailbox: Mailbox
) -> None:
    never = {"dateTime": "0001-01-01T00:00:00.0000000", "timeZone": "UTC"}
    graph.will_answer(a_page(an_item(id="bad", subject="Fair", start=never), an_item(id="good")))
    (page,) = await pages_of(scripted_mailbox, calendar=CALENDAR)
    assert [event.id for event in page.changed] == ["good"]
    assert page.unread == (UnreadItem(RemoteId("bad"), "times", "Fair"),)


async def test_half_an_item_is_asked_for_whole(graph: Scripted, scripted_mailbox: Mailbox) -> None:
    graph.will_answer(a_page({"id": "AAMk=", "subject": "New"}))
    graph.will_answer(an_item(subject="New"))
    (page,) = await pages_of(scripted_mailbox, calendar=CALENDAR)
    assert page.changed[0].content == an_event_content(
        title="New", place="Café", text="Bring the maps", tags=("Harbour",)
    )
    assert graph.requests[1].path == "/v1.0/me/events/AAMk="


async def test_a_series_that_is_gone_meanwhile_is_gone(
    graph: Scripted, scripted_mailbox: Mailbox
) -> None:
    graph.will_answer(a_page({"id": "o-1", "seriesMasterId": "s-1", "type": "occurrence"}))
    graph.will_refuse(404, "ErrorItemNotFound")
    (page,) = await pages_of(scripted_mailbox, calendar=CALENDAR)
    assert page.removed == ("s-1",)


async def test_an_exception_without_its_series_is_an_event_of_its_own(
    graph: Scripted, scripted_mailbox: Mailbox
) -> None:
    graph.will_answer(a_page(an_item(type="exception", seriesMasterId="s-1", isOrganizer=False)))
    graph.will_refuse(404, "ErrorItemNotFound")
    (page,) = await pages_of(scripted_mailbox, calendar=CALENDAR)
    assert [event.id for event in page.changed] == ["AAMk="]


async def test_stubs_of_a_series_cost_one_question(
    graph: Scripted, scripted_mailbox: Mailbox
) -> None:
    stubs = [{"id": f"o-{n}", "seriesMasterId": "AAMk=", "type": "occurrence"} for n in range(9)]
    graph.will_answer(a_page(*stubs))
    graph.will_answer(an_item())
    await pages_of(scripted_mailbox, calendar=CALENDAR)
    assert len(graph.requests) == 2


async def test_asked_to_wait_in_the_middle_of_a_page_nothing_of_it_counts(
    graph: Scripted, scripted_mailbox: Mailbox
) -> None:
    graph.will_answer(a_page(an_item(), {"id": "half"}))
    graph.will_refuse(429, "TooManyRequests", {"Retry-After": "3"})
    with pytest.raises(Throttled):
        await pages_of(scripted_mailbox, calendar=CALENDAR)


@pytest.mark.parametrize("body", [{}, {"value": []}, {"value": [{}], "@odata.deltaLink": "x"}])
async def test_a_page_that_leads_nowhere_cannot_be_read(
    graph: Scripted, scripted_mailbox: Mailbox, body: dict[str, Any]
) -> None:
    graph.will_answer(body)
    with pytest.raises(Unreadable, match="delta"):
        await pages_of(scripted_mailbox, calendar=CALENDAR)


async def test_a_poisoned_link_is_not_followed(graph: Scripted, scripted_mailbox: Mailbox) -> None:
    graph.will_answer({"value": [], "@odata.nextLink": "https://evil.example/v1.0/x"})
    with pytest.raises(Unreadable, match="foreign_link"):
        await pages_of(scripted_mailbox, calendar=CALENDAR)
    assert len(graph.requests) == 1
