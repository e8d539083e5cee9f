"""The door to Graph: what it sends, what it refuses, what it makes of answers."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from email.utils import format_datetime
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from services.graph import client
from services.graph.client import GraphClient, open_session, quoted
from services.model.errors import Expired, NoMailbox, Rejected, Throttled, Unreachable, Unreadable
from tests._builders import a_person
from tests._fakes import FrozenClock
from tests._ports import held
from tests.services.graph._server import Scripted

INES = a_person()


async def get(graph: Scripted, target: str = "/me", **how: Any) -> dict[str, Any]:
    return (await graph.client.request(INES, "secret", "GET", target, **how)).body


async def test_every_request_asks_for_immutable_ids_and_utc(graph: Scripted) -> None:
    graph.will_answer({"id": "1"})
    assert await get(graph, params={"$filter": "a eq 'b c'"}) == {"id": "1"}
    sent = graph.requests[0]
    assert sent.headers["Authorization"] == "Bearer secret"
    assert 'IdType="ImmutableId"' in sent.headers["Prefer"]
    assert 'outlook.timezone="UTC"' in sent.headers["Prefer"]
    assert "odata.maxpagesize" in sent.headers["Prefer"]
    assert sent.query["$filter"] == "a eq 'b c'"
    assert len(sent.headers["client-request-id"]) == 36


async def test_bytes_are_sent_as_they_are(graph: Scripted) -> None:
    graph.will_answer({}, 201)
    body = b'{ "subject" :  "as it was" }'
    await graph.client.request(INES, "t", "POST", "/me/events", body=body)
    assert graph.bodies == [body]
    assert graph.requests[0].content_type == "application/json"


async def test_an_answer_without_a_body_is_empty(graph: Scripted) -> None:
    graph.will_answer(b"", 204)
    answer = await graph.client.request(INES, "t", "DELETE", "/me/events/1")
    assert (answer.status, answer.body) == (204, {})


async def test_what_one_person_is_given_to_keep_is_not_sent_for_another(graph: Scripted) -> None:
    graph.will_answer({}, headers={"Set-Cookie": "exchange=of-ines; Path=/"})
    # Nobody keeps a cookie of a bare address.
    by_name = graph.url.replace("127.0.0.1", "localhost")
    async with open_session() as session:
        everybodys = GraphClient(session, by_name, FrozenClock())
        for person in (INES, a_person("bo")):
            await everybodys.request(person, "t", "GET", "/me")
    assert [request.headers.get("Cookie") for request in graph.requests] == [None, None]


async def test_a_link_is_followed_exactly_as_given(graph: Scripted) -> None:
    graph.will_answer({})
    link = f"{graph.url}/me/events?$skiptoken=R%2B%3d%20x%252F"
    await get(graph, link)
    assert graph.requests[0].raw_path == "/v1.0/me/events?$skiptoken=R%2B%3d%20x%252F"


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example/v1.0/me",
        "{origin}.evil.example/v1.0/me",
        "{origin}@evil.example/v1.0/me",
        "{origin}/beta/me",
        "{origin}/v1.0evil/me",
        "{origin}/v1.0/../beta/me",
        "{origin}/v1.0/%2e%2e/beta/me",
        "{origin}/v1.0/..%5cbeta/me",
        "ftp://evil.example",
        "me",
    ],
)
async def test_a_link_that_leads_elsewhere_never_gets_the_token(graph: Scripted, link: str) -> None:
    with pytest.raises(Unreadable, match="foreign_link"):
        await get(graph, link.replace("{origin}", graph.url.removesuffix("/v1.0")))
    assert graph.requests == []


async def test_a_redirect_is_not_followed(graph: Scripted) -> None:
    graph.will_answer(b"", 302, {"Location": "https://evil.example/"})
    with pytest.raises(Rejected) as caught:
        await get(graph)
    assert caught.value.status == 302


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7.0),
        ("2.128", 2.128),
        ("0", 0.1),
        ("-3", 0.1),
        ("99999", 3600.0),
        ("soon", 10.0),
        ("nan", 10.0),
        (None, 10.0),
    ],
)
async def test_asked_to_wait_it_says_how_long(
    graph: Scripted, header: str | None, seconds: float
) -> None:
    graph.will_refuse(429, "TooManyRequests", {"Retry-After": header} if header else None)
    with pytest.raises(Throttled) as caught:
        await get(graph)
    assert caught.value.retry_after == seconds
    assert len(graph.requests) == 1


async def test_a_date_to_come_back_is_turned_into_seconds(graph: Scripted) -> None:
    until = graph.clock.now() + timedelta(seconds=90)
    graph.will_refuse(503, "Busy", {"Retry-After": format_datetime(until, usegmt=True)})
    with pytest.raises(Throttled) as caught:
        await get(graph)
    assert caught.value.retry_after == 90


@pytest.mark.parametrize("status", [500, 502, 503, 504])
async def test_a_failing_service_is_unreachable(graph: Scripted, status: int) -> None:
    graph.will_answer(b"<html>gateway</html>", status)
    with pytest.raises(Unreachable):
        await graph.client.request(INES, "t", "POST", "/me/events", json={})
    assert len(graph.requests) == 1


async def test_a_cut_connection_is_unreachable_and_a_create_is_never_repeated(
    graph: Scripted,
) -> None:
    async def cut(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    graph.replies.append(cut)
    with pytest.raises(Unreachable):
        await graph.client.request(INES, "t", "POST", "/me/events", json={})
    assert len(graph.requests) == 1


async def test_an_answer_that_breaks_off_is_unreachable(graph: Scripted) -> None:
    async def half(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "100"})
        await response.prepare(request)
        await response.write(b'{"id":')
        assert request.transport is not None
        request.transport.close()
        return response

    graph.replies.append(half)
    with pytest.raises(Unreachable):
        await get(graph)


async def test_an_answer_that_never_comes_is_unreachable(
    graph: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph.go_on.clear()
    monkeypatch.setattr(client, "LONGEST", 0.0)
    monkeypatch.setattr(client, "LOOKED_AT_EVERY", 0.0)
    async with aiohttp.ClientSession() as session:
        hasty = GraphClient(session, graph.url, FrozenClock())
        with pytest.raises(Unreachable):
            await hasty.request(INES, "t", "GET", "/me")
        graph.go_on.set()


async def test_nobody_listening_is_unreachable() -> None:
    async with aiohttp.ClientSession() as session:
        with held() as silent, pytest.raises(Unreachable):
            url = f"http://127.0.0.1:{silent.getsockname()[1]}/v1.0"
            lonely = GraphClient(session, url, FrozenClock())
            await lonely.request(INES, "t", "GET", "/me")


@pytest.mark.parametrize(
    ("status", "code"),
    [(410, "Gone"), (400, "syncStateNotFound"), (400, "SyncStateInvalid"), (409, "resyncRequired")],
)
async def test_a_lost_cursor_has_expired(graph: Scripted, status: int, code: str) -> None:
    graph.will_refuse(status, code)
    with pytest.raises(Expired):
        await get(graph)


async def test_a_refusal_carries_its_code(graph: Scripted) -> None:
    graph.will_refuse(404, "ErrorItemNotFound")
    with pytest.raises(Rejected) as caught:
        await get(graph)
    assert (caught.value.status, caught.value.code) == (404, "ErrorItemNotFound")


@pytest.mark.parametrize("code", ["MailboxNotEnabledForRESTAPI", "ErrorNonExistentMailbox"])
async def test_no_mailbox_is_no_item_that_is_gone(graph: Scripted, code: str) -> None:
    graph.will_refuse(404, code)
    with pytest.raises(NoMailbox):
        await get(graph)


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"error": "text"}', b'{"error": {}}'])
async def test_a_refusal_without_a_code_is_still_one(graph: Scripted, body: bytes) -> None:
    graph.will_answer(body, 400)
    with pytest.raises(Rejected) as caught:
        await get(graph)
    assert caught.value.code == ""


async def test_a_success_that_is_no_object_cannot_be_read(graph: Scripted) -> None:
    graph.will_answer(b"[1]")
    with pytest.raises(Unreadable, match="not_json"):
        await get(graph)


async def test_a_conflict_while_reading_is_asked_once_more(graph: Scripted) -> None:
    graph.will_refuse(412, "ErrorIrresolvableConflict")
    graph.will_answer({"id": "1"})
    assert await get(graph) == {"id": "1"}


async def test_a_conflict_while_writing_is_the_callers_business(graph: Scripted) -> None:
    graph.will_refuse(412, "ErrorIrresolvableConflict")
    with pytest.raises(Rejected) as caught:
        await graph.client.request(INES, "t", "PATCH", "/me/events/1", json={})
    assert caught.value.status == 412
    assert len(graph.requests) == 1


async def test_a_mailbox_has_four_requests_in_flight_at_most(graph: Scripted) -> None:
    graph.will_answer({})
    assert await graph.most_of(4, [get(graph) for _ in range(12)]) == 4


async def test_the_background_has_two_of_them(graph: Scripted) -> None:
    graph.will_answer({})
    assert await graph.most_of(2, [get(graph, background=True) for _ in range(12)]) == 2


async def test_people_do_not_wait_behind_the_background(graph: Scripted) -> None:
    graph.will_answer({})
    waiting = [get(graph, "/slow", background=True) for _ in range(6)]
    assert await graph.most_of(3, [*waiting, get(graph, "/person")]) == 3
    assert "/v1.0/person" in [request.path for request in graph.requests[:3]]


async def test_what_waits_in_the_background_is_not_sent_once_a_pause_is_asked_for(
    graph: Scripted,
) -> None:
    graph.will_refuse(429, "ApplicationThrottled", {"Retry-After": "7"})
    calls = [get(graph, background=True) for _ in range(6)]
    ended = await asyncio.gather(*calls, return_exceptions=True)
    assert [getattr(each, "retry_after", None) for each in ended] == [7.0] * 6
    assert len(graph.requests) == 2  # those under way
    with pytest.raises(Throttled):
        await get(graph, background=True)
    assert len(graph.requests) == 3  # who comes later, asks


async def test_the_next_request_leaves_before_an_answer_is_looked_at(graph: Scripted) -> None:
    graph.will_answer({})
    seen: list[str] = []

    async def note_sent(*about: Any) -> None:
        seen.append("sent")

    watched = aiohttp.TraceConfig()
    watched.on_request_chunk_sent.append(note_sent)
    async with aiohttp.ClientSession(trace_configs=[watched]) as session:
        client = GraphClient(session, graph.url, FrozenClock())

        async def create() -> None:
            await client.request(INES, "t", "POST", "/me/events", json={}, background=True)
            seen.append("looked at")

        await asyncio.gather(*(create() for _ in range(6)))
    looks = [number for number, what in enumerate(seen) if what == "looked at"]
    for answers, number in enumerate(looks):
        assert seen[:number].count("sent") >= min(answers + 3, 6)


async def test_each_mailbox_has_its_own_lanes(graph: Scripted) -> None:
    graph.will_answer({})
    people = [a_person("ines"), a_person("bo")]
    calls = [graph.client.request(each, "t", "GET", "/me") for each in people for _ in range(6)]
    assert await graph.most_of(8, calls) == 8


def test_an_id_is_one_segment_of_a_path() -> None:
    assert quoted("AA/b+c=") == "AA%2Fb%2Bc%3D"
