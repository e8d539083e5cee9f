"""Each trouble that can be ordered, as a caller meets it."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from datetime import timedelta

import pytest
from aiohttp import ClientError

from sandbox.orders import BadOrder
from sandbox.people import PEOPLE
from sandbox.server import Sandbox
from tests._fakes import FrozenClock
from tests.sandbox._caller import Caller, event_body, series_body

MARA, INES = PEOPLE[:2]
WINDOW = {"startDateTime": "2026-11-01T00:00:00Z", "endDateTime": "2026-12-20T00:00:00Z"}


@pytest.mark.parametrize(
    ("trouble", "status", "code", "retry_after"),
    [
        ("throttle", 429, "ApplicationThrottled", "2.128"),
        ("throttle retry-after=date+10", 429, "ApplicationThrottled", None),
        ("concurrency", 429, "ApplicationThrottled", "1"),
        ("500", 500, "InternalServerError", None),
        ("502", 502, "BadGateway", None),
        ("503 retry-after=30", 503, "ServiceUnavailable", "30"),
        ("504", 504, "GatewayTimeout", None),
        ("not-found", 404, "ErrorItemNotFound", None),
        ("gone", 410, "resyncRequired", None),
        ("410 code=syncStateNotFound", 410, "syncStateNotFound", None),
        ("sync-state-lost", 400, "syncStateNotFound", None),
        ("412", 412, "ErrorIrresolvableConflict", None),
        ("conflict", 412, "ErrorIrresolvableConflict", None),
        ("418", 418, "UnknownError", None),
    ],
)
async def test_an_error_comes_once_in_the_shape_of_graph(
    graph: Caller, sandbox: Sandbox, trouble: str, status: int, code: str, retry_after: str | None
) -> None:
    sandbox.order(f"GET */me/events -> {trouble}")
    failed = await graph("GET", "/me/events")
    assert (failed.status, failed.code) == (status, code)
    if "date" in trouble:
        assert failed.headers["Retry-After"] == "Wed, 18 Nov 2026 12:00:10 GMT"
    else:
        assert failed.headers.get("Retry-After") == retry_after
    assert failed.json["error"]["innerError"]["request-id"] == failed.headers["request-id"]
    if status == 410:
        assert failed.headers["Location"].endswith("/me/events")
    assert (await graph("GET", "/me/events")).status == 200


async def test_the_limit_of_a_mailbox_is_named(graph: Caller, sandbox: Sandbox) -> None:
    sandbox.order("* * -> concurrency")
    assert "MailboxConcurrency" in (await graph("GET", "/me")).json["error"]["message"]


def claims_in(header: str) -> dict[str, object]:
    assert 'error="insufficient_claims"' in header
    found = re.search(r'claims="([^"]+)"', header)
    assert found is not None
    claims: dict[str, object] = json.loads(b64decode(found[1]))
    return claims


async def test_a_call_is_challenged_for_claims(graph: Caller, sandbox: Sandbox) -> None:
    sandbox.order("GET */me -> challenge")
    refused = await graph("GET", "/me")
    assert (refused.status, refused.code) == (401, "InvalidAuthenticationToken")
    assert "access_token" in claims_in(refused.headers["WWW-Authenticate"])
    assert (await graph("GET", "/me")).status == 200


async def test_the_tokens_of_today_are_challenged_until_there_are_new_ones(
    graph: Caller, sandbox: Sandbox
) -> None:
    sandbox.order("NOW mara -> challenge-tokens")
    for _ in range(2):
        refused = await graph("GET", "/me")
        assert refused.status == 401
        assert claims_in(refused.headers["WWW-Authenticate"])
    newer = Caller(graph.session, graph.base_url, sandbox.token_for(MARA))
    assert (await newer("GET", "/me")).status == 200
    ines = Caller(graph.session, graph.base_url, sandbox.token_for(INES))
    assert (await ines("GET", "/me")).status == 200


@pytest.mark.parametrize(("when", "left"), [("before", 0), ("after", 1)])
async def test_a_connection_is_cut_before_or_after_the_effect(
    graph: Caller, sandbox: Sandbox, when: str, left: int
) -> None:
    sandbox.order(f"POST */events -> cut when={when}")
    with pytest.raises(ClientError):
        await graph("POST", "/me/events", event_body())
    assert len((await graph("GET", "/me/events")).json["value"]) == left


@pytest.mark.parametrize(("when", "left"), [("before", 0), ("after", 1)])
async def test_an_error_comes_before_or_after_the_effect(
    graph: Caller, sandbox: Sandbox, when: str, left: int
) -> None:
    sandbox.order(f"POST */events -> 504 when={when}")
    assert (await graph("POST", "/me/events", event_body())).status == 504
    assert len((await graph("GET", "/me/events")).json["value"]) == left


async def test_a_slow_answer_is_an_answer(graph: Caller, sandbox: Sandbox) -> None:
    sandbox.order("GET */events -> slow seconds=0.01")
    assert (await graph("GET", "/me/events")).status == 200
    assert sandbox.faults.is_quiet


async def test_a_page_is_empty_and_leads_on(graph: Caller, sandbox: Sandbox) -> None:
    made = await graph.create()
    sandbox.order("GET */calendarView/delta -> empty-page")
    first = await graph("GET", "/me/calendarView/delta", **WINDOW)
    assert first.json["value"] == []
    entries, _ = await graph.changes(first.json["@odata.nextLink"])
    assert [each["id"] for each in entries] == [made["id"]]


async def test_a_page_is_told_again_before_the_next_one(graph: Caller, sandbox: Sandbox) -> None:
    old = await graph.create()
    _, link = await graph.changes(**WINDOW)
    new = await graph.create(event_body("Supper"))
    sandbox.order("GET */calendarView/delta -> replay")
    entries, link = await graph.changes(link)
    assert [each["id"] for each in entries] == [old["id"], new["id"]]
    assert (await graph.changes(link))[0] == []


async def test_nothing_is_replayed_before_there_was_a_page(graph: Caller, sandbox: Sandbox) -> None:
    sandbox.order("GET */calendarView/delta -> replay")
    assert (await graph.changes(**WINDOW))[0] == []


async def test_entries_come_twice_or_in_another_order(graph: Caller, sandbox: Sandbox) -> None:
    one, two = await graph.create(), await graph.create(event_body("Supper"))
    sandbox.order("GET */calendarView/delta -> repeat\nGET */calendarView/delta -> reverse")
    twice, _ = await graph.changes(**WINDOW)
    assert [each["id"] for each in twice] == [one["id"], one["id"], two["id"], two["id"]]
    turned, _ = await graph.changes(**WINDOW)
    assert [each["id"] for each in turned] == [two["id"], one["id"]]


async def test_a_round_may_forget_what_it_should_tell(graph: Caller, sandbox: Sandbox) -> None:
    await graph.create()
    sandbox.order("GET */calendarView/delta -> forget")
    told, link = await graph.changes(**WINDOW)
    assert told == []
    assert (await graph("GET", link)).json["value"] == []


async def test_an_order_that_twists_leaves_answers_without_a_list_alone(
    graph: Caller, sandbox: Sandbox
) -> None:
    sandbox.order("GET */me -> reverse")
    assert (await graph("GET", "/me")).json["id"] == MARA.object_id
    sandbox.order("GET */photo/$value -> slow seconds=0\nGET */photo/$value -> repeat")
    for _ in range(2):
        assert (await graph("GET", "/me/photo/$value")).status == 200
    assert sandbox.faults.is_quiet


async def test_reads_see_writes_later(graph: Caller, sandbox: Sandbox, clock: FrozenClock) -> None:
    old = await graph.create()
    _, link = await graph.changes(**WINDOW)
    sandbox.order("NOW mara -> lag seconds=5")
    new = await graph.create(event_body("Supper"))
    await graph("PATCH", f"/me/events/{old['id']}", {"subject": "Brunch"})
    entries, link = await graph.changes(link)
    assert entries == []
    assert (await graph("GET", f"/me/events/{new['id']}")).status == 404
    assert (await graph("GET", f"/me/events/{old['id']}")).json["subject"] == "Lunch"
    clock.advance(timedelta(seconds=6))
    entries, link = await graph.changes(link)
    assert [each["subject"] for each in entries] == ["Brunch", "Supper"]
    await graph("DELETE", f"/me/events/{new['id']}")
    assert (await graph("GET", f"/me/events/{new['id']}")).status == 200
    sandbox.order("NOW mara -> lag seconds=0")
    (gone,), _ = await graph.changes(link)
    assert gone["@removed"] == {"reason": "deleted"}


async def test_writes_are_never_late(graph: Caller, sandbox: Sandbox) -> None:
    sandbox.order("NOW * -> lag seconds=60")
    made = await graph.create(event_body(transactionId="t-1"))
    again = await graph.create(event_body(transactionId="t-1"))
    assert again["id"] == made["id"]
    changed = await graph("PATCH", f"/me/events/{made['id']}", {"subject": "Brunch"})
    assert changed.json["subject"] == "Brunch"


async def test_ids_change_and_all_else_stays(graph: Caller, sandbox: Sandbox) -> None:
    made = await graph.create(series_body({"type": "daily"}, {"type": "noEnd"}))
    _, link = await graph.changes(**WINDOW)
    sandbox.order("NOW mara -> change-ids of=Stand-up")
    assert (await graph("GET", f"/me/events/{made['id']}")).status == 404
    (moved,) = (await graph("GET", "/me/events")).json["value"]
    assert moved["id"] != made["id"]
    assert {moved[name] == made[name] for name in ("iCalUId", "subject", "createdDateTime")} == {
        True
    }
    entries, _ = await graph.changes(link)
    assert {each["id"] for each in entries if "@removed" in each} >= {made["id"]}
    assert moved["id"] in {each["id"] for each in entries if "@removed" not in each}


async def test_an_item_is_deleted_under_the_hands_of_a_reader(
    graph: Caller, sandbox: Sandbox
) -> None:
    lunch, supper = await graph.create(), await graph.create(event_body("Supper"))
    sandbox.order("GET */events/* -> delete-item of=Lunch")
    gone = await graph("GET", f"/me/events/{lunch['id']}")
    assert (gone.status, gone.code) == (404, "ErrorItemNotFound")
    assert (await graph("GET", f"/me/events/{supper['id']}")).status == 200
    sandbox.order("NOW mara -> delete-item")
    assert (await graph("GET", "/me/events")).json["value"] == []
    for name in ("Ada", "Bob"):
        await graph("POST", "/me/contacts", {"displayName": name})
    sandbox.order("NOW mara -> delete-item of=Ada")
    left = (await graph("GET", "/me/contacts")).json["value"]
    assert [each["displayName"] for each in left] == ["Bob"]


async def test_a_calendar_is_deleted_under_the_hands_of_a_reader(
    graph: Caller, sandbox: Sandbox
) -> None:
    for name in ("Team", "Choir"):
        await graph("POST", "/me/calendars", {"name": name})
    listed = (await graph("GET", "/me/calendars")).json["value"]
    team = next(each["id"] for each in listed if each["name"] == "Team")
    sandbox.order("GET */calendarView/delta -> delete-calendar of=Team")
    gone = await graph("GET", f"/me/calendars/{team}/calendarView/delta", **WINDOW)
    assert (gone.status, gone.code) == (404, "ErrorItemNotFound")
    sandbox.order("NOW mara -> delete-calendar")
    listed = (await graph("GET", "/me/calendars")).json["value"]
    assert [each["name"] for each in listed] == ["Calendar"]


async def test_delta_tokens_expire(graph: Caller, sandbox: Sandbox) -> None:
    _, link = await graph.changes(**WINDOW)
    sandbox.order("NOW mara -> expire-delta")
    assert (await graph("GET", link)).code == "syncStateNotFound"


@pytest.mark.parametrize("mishap", ["revoke", "expire-refresh", "revoke code=50076"])
async def test_tokens_are_refused(graph: Caller, sandbox: Sandbox, mishap: str) -> None:
    sandbox.order(f"NOW mara -> {mishap}")
    assert (await graph("GET", "/me")).status == 401


async def test_what_was_sent_is_kept_in_another_spelling(graph: Caller, sandbox: Sandbox) -> None:
    sandbox.order("NOW mara -> normalise")
    sent = event_body(
        " Lunch ",
        start={"dateTime": "2026-11-20T12:30:17", "timeZone": "Europe/Berlin"},
        end={"dateTime": "2026-11-20T13:15:42.5", "timeZone": "Europe/Berlin"},
        body={"contentType": "html", "content": "<P>Bring\n  <B>money</B><BR /></P>"},
    )
    made = await graph.create(sent)
    assert made["subject"] == "Lunch"
    assert made["start"]["dateTime"] == "2026-11-20T12:30:00.0000000"
    assert made["originalStartTimeZone"] == "W. Europe Standard Time"
    assert "<div><p>Bring <b>money</b><br></p></div>" in made["body"]["content"]
    again = await graph("PATCH", f"/me/events/{made['id']}", {"body": made["body"]})
    assert again.json["body"] == made["body"]
    sandbox.order("NOW mara -> keep-as-sent")
    plain = await graph.create(event_body(" Supper "))
    assert plain["subject"] == " Supper "


async def test_a_series_and_a_text_are_kept_in_another_spelling(
    graph: Caller, sandbox: Sandbox
) -> None:
    sandbox.order("NOW mara -> normalise")
    made = await graph.create(
        series_body(
            {"type": "daily"},
            {"type": "noEnd", "recurrenceTimeZone": "Europe/Berlin"},
            body={"contentType": "text", "content": "Bring  <money>"},
        )
    )
    assert made["recurrence"]["range"]["recurrenceTimeZone"] == "W. Europe Standard Time"
    assert "Bring  &lt;money&gt;" in made["body"]["content"]


async def test_nobody_has_no_mishaps(sandbox: Sandbox) -> None:
    with pytest.raises(BadOrder):
        sandbox.order("NOW nobody -> revoke")
