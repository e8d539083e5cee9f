from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from io import BytesIO

import pytest
from aiohttp import ClientError

from sandbox.people import PEOPLE
from sandbox.server import Sandbox
from tests._fakes import FrozenClock
from tests.sandbox._caller import Caller, event_body


async def test_without_a_token_nobody_comes_in(graph: Caller) -> None:
    for token in ("", "nonsense"):
        refused = await Caller(graph.session, graph.base_url, token)("GET", "/me")
        assert (refused.status, refused.code) == (401, "InvalidAuthenticationToken")
        assert "WWW-Authenticate" in refused.headers


async def test_a_token_runs_out(graph: Caller, clock: FrozenClock) -> None:
    assert (await graph("GET", "/me")).status == 200
    clock.advance(timedelta(hours=1))
    assert (await graph("GET", "/me")).status == 401


async def test_a_token_opens_the_own_mailbox_only(graph: Caller) -> None:
    mara, ines, *_ = PEOPLE
    own = await graph("GET", f"/users/{mara.object_id}/calendars")
    assert own.status == 200
    refused = await graph("GET", f"/users/{ines.user_principal_name}/calendars")
    assert (refused.status, refused.code) == (403, "ErrorAccessDenied")


async def test_an_event_of_another_mailbox_is_not_found(graph: Caller, sandbox: Sandbox) -> None:
    made = await graph.create()
    ines = Caller(graph.session, graph.base_url, sandbox.token_for(PEOPLE[1]))
    assert (await ines("GET", f"/me/events/{made['id']}")).status == 404


async def test_a_token_does_what_was_approved(graph: Caller, sandbox: Sandbox) -> None:
    reader = Caller(graph.session, graph.base_url, sandbox.token_for(PEOPLE[0], "Calendars.Read"))
    assert (await reader("GET", "/me/events")).status == 200
    assert (await reader("POST", "/me/events", event_body())).status == 403
    assert (await reader("GET", "/me/mailboxSettings")).status == 403
    assert (await reader("GET", "/me")).status == 403


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/subscriptions?$colour=red", 400),
        ("GET", "/me/events?$colour=red", 400),
        ("GET", "/me/events?colour=red", 200),
        ("POST", "/me/events?$top=2", 400),
        ("POST", "/me/events?$select=subject", 201),
        ("DELETE", "/me/events/nonsense?$filter=x", 400),
    ],
)
async def test_options_that_nobody_knows_are_refused(
    graph: Caller, method: str, path: str, status: int
) -> None:
    body = event_body() if method == "POST" else None
    assert (await graph(method, path, body)).status == status


@pytest.mark.parametrize(("megabytes", "status"), [(2, 201), (4, 413)])
async def test_a_request_of_more_than_four_megabytes_is_refused(
    graph: Caller, megabytes: int, status: int
) -> None:
    text = {"contentType": "text", "content": "x" * (megabytes * 1024**2)}
    large = BytesIO(json.dumps(event_body(body=text)).encode())
    headers = {"Authorization": f"Bearer {graph.token}", "Content-Type": "application/json"}
    url = f"{graph.base_url}/me/events"
    async with graph.session.post(url, data=large, headers=headers) as answer:
        assert answer.status == status
        if status == 413:
            assert (await answer.json())["error"]["code"] == "RequestEntityTooLarge"


async def test_four_calls_at_a_time_and_no_more(graph: Caller, sandbox: Sandbox) -> None:
    sandbox.faults.slow(1.0, times=4)
    answers = await asyncio.gather(*(graph("GET", "/me/events") for _ in range(5)))
    assert sorted(each.status for each in answers) == [200, 200, 200, 200, 429]
    (late,) = (each for each in answers if each.status == 429)
    assert late.code == "ApplicationThrottled"
    assert "MailboxConcurrency" in late.json["error"]["message"]
    assert late.headers["Retry-After"] == "1"
    assert sandbox.door.most_in_flight["mara"] == 5


async def test_ordered_faults_come_in_order_and_end(graph: Caller, sandbox: Sandbox) -> None:
    sandbox.faults.fail(times=2, status=429, retry_after=2.128, method="GET")
    sandbox.faults.fail(status=503, path="/me/events")
    made = [await graph("GET", "/me/events") for _ in range(4)]
    assert [each.status for each in made] == [429, 429, 503, 200]
    assert made[0].headers["Retry-After"] == "2.128"


async def test_a_fault_can_strike_before_or_after_the_effect(
    graph: Caller, sandbox: Sandbox
) -> None:
    sandbox.faults.fail(status=503, method="POST")
    assert (await graph("POST", "/me/events", event_body())).status == 503
    assert (await graph("GET", "/me/events")).json["value"] == []
    sandbox.faults.fail(status=503, method="POST", after_effect=True)
    assert (await graph("POST", "/me/events", event_body())).status == 503
    assert len((await graph("GET", "/me/events")).json["value"]) == 1


@pytest.mark.parametrize(("after_effect", "left"), [(False, 0), (True, 1)])
async def test_a_cut_connection_answers_nothing(
    graph: Caller, sandbox: Sandbox, after_effect: bool, left: int
) -> None:
    sandbox.faults.cut(after_effect=after_effect, method="POST")
    with pytest.raises(ClientError):
        await graph("POST", "/me/events", event_body())
    assert len((await graph("GET", "/me/events")).json["value"]) == left


async def test_an_edit_can_slip_in_before_a_call(graph: Caller, sandbox: Sandbox) -> None:
    made = await graph.create()
    box = sandbox.mailbox(PEOPLE[0])
    sandbox.faults.interpose(lambda: box.remove(box.get(made["id"])), method="PATCH")
    late = await graph("PATCH", f"/me/events/{made['id']}", {"subject": "Late"})
    assert late.status == 404


async def test_trouble_can_be_ordered_from_another_process(graph: Caller, sandbox: Sandbox) -> None:
    url = sandbox.page_url
    lines = "# one call fails, another one\nGET */me -> 503\n\nGET */me -> slow seconds=0"
    async with graph.session.post(f"{url}/sandbox/order", data=lines) as answer:
        assert answer.status == 204
    assert (await graph("GET", "/me")).status == 503
    assert (await graph("GET", "/me")).status == 200
    async with graph.session.get(f"{url}/sandbox/state") as answer:
        state = await answer.json()
    assert (state["calls"], state["is_quiet"]) == (2, True)
    async with graph.session.post(f"{url}/sandbox/order", data="GET /me -> tea") as answer:
        assert (answer.status, await answer.text()) == (400, "nobody knows the trouble tea")
    async with graph.session.post(f"{url}/sandbox/order", data="* * -> 503") as answer:
        assert answer.status == 204
    async with graph.session.post(f"{url}/sandbox/clear") as answer:
        assert answer.status == 204
    assert (await graph("GET", "/me")).status == 200


async def test_notices_are_held_and_released_from_another_process(
    graph: Caller, sandbox: Sandbox
) -> None:
    for word, is_held in (("hold", True), ("release", False)):
        async with graph.session.post(f"{sandbox.page_url}/sandbox/{word}-notices") as answer:
            assert answer.status == 204
        assert sandbox.notices.is_held is is_held
