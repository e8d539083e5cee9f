from __future__ import annotations

from typing import Any

import pytest

from sandbox.people import PEOPLE
from sandbox.server import Sandbox
from sandbox.writing import attended_by
from tests.sandbox._caller import BERLIN, Caller, event_body, series_body

WEEKLY = {"type": "weekly", "daysOfWeek": ["friday"]}
TAG = "String {5e5c1a46-0b3d-4f3a-9a5c-30b5d4a0a001} Name almanac"


def moment(at: str, zone: str = BERLIN) -> dict[str, str]:
    return {"dateTime": at, "timeZone": zone}


async def test_what_was_sent_is_what_is_read(graph: Caller) -> None:
    made = await graph.create(
        event_body(
            "Lunch with Ines",
            location={"displayName": "Canteen"},
            showAs="tentative",
            sensitivity="private",
            importance="high",
            isReminderOn=False,
            reminderMinutesBeforeStart=5,
            categories=["Blue"],
        )
    )
    read = (await graph("GET", f"/me/events/{made['id']}")).json
    assert read["subject"] == "Lunch with Ines"
    assert read["location"]["displayName"] == "Canteen"
    assert [each["displayName"] for each in read["locations"]] == ["Canteen"]
    assert (read["showAs"], read["sensitivity"]) == ("tentative", "private")
    assert (read["importance"], read["isReminderOn"]) == ("high", False)
    assert (read["reminderMinutesBeforeStart"], read["categories"]) == (5, ["Blue"])
    assert read["type"] == "singleInstance"
    assert read["originalStartTimeZone"] == BERLIN


async def test_times_are_read_in_utc_or_the_zone_preferred(graph: Caller) -> None:
    made = await graph.create()
    utc = (await graph("GET", f"/me/events/{made['id']}")).json
    assert utc["start"] == moment("2026-11-20T11:30:00.0000000", "UTC")
    tokyo = await graph(
        "GET",
        f"/me/events/{made['id']}",
        headers={"Prefer": 'outlook.timezone="Tokyo Standard Time"'},
    )
    assert tokyo.json["start"] == moment("2026-11-20T20:30:00.0000000", "Tokyo Standard Time")


async def test_the_answer_to_a_write_shows_the_zone_it_was_written_in(graph: Caller) -> None:
    answer = await graph(
        "POST", "/me/events", event_body(), headers={"Prefer": 'outlook.timezone="UTC"'}
    )
    assert answer.json["start"] == moment("2026-11-20T12:30:00.0000000")


async def test_a_day_stays_the_same_day_in_every_zone(graph: Caller) -> None:
    made = await graph.create(
        event_body(
            isAllDay=True, start=moment("2026-11-20T00:00:00"), end=moment("2026-11-22T00:00:00")
        )
    )
    read = (await graph("GET", f"/me/events/{made['id']}")).json
    assert read["start"] == moment("2026-11-20T00:00:00.0000000", "UTC")
    assert read["end"] == moment("2026-11-22T00:00:00.0000000", "UTC")


async def test_a_body_comes_back_wrapped_as_a_page(graph: Caller) -> None:
    made = await graph.create(event_body(body={"contentType": "text", "content": "a <b>\nc"}))
    page = (await graph("GET", f"/me/events/{made['id']}")).json["body"]
    assert page["contentType"] == "html"
    assert page["content"].startswith("<html>")
    assert "a &lt;b&gt;<br>\r\nc" in page["content"]
    plain = await graph(
        "GET",
        f"/me/events/{made['id']}",
        headers={"Prefer": 'outlook.body-content-type="text"'},
    )
    assert plain.json["body"] == {"contentType": "text", "content": "a <b>\nc"}


async def test_half_a_body_is_made_whole(graph: Caller) -> None:
    made = await graph.create(event_body(body={"content": "Hi"}))
    assert "Hi" in made["body"]["content"]
    assert (await graph.create(event_body(body={"contentType": "html"})))["bodyPreview"] == ""


async def test_each_write_gives_another_change_key(graph: Caller) -> None:
    made = await graph.create()
    path = f"/me/events/{made['id']}"
    changed = (await graph("PATCH", path, {"subject": "Brunch"})).json
    assert changed["subject"] == "Brunch"
    assert changed["start"] == made["start"]
    assert changed["changeKey"] != made["changeKey"]
    assert changed["@odata.etag"] == f'W/"{changed["changeKey"]}"'


async def test_an_old_change_key_is_refused(graph: Caller) -> None:
    made = await graph.create()
    path = f"/me/events/{made['id']}"
    await graph("PATCH", path, {"subject": "Brunch"})
    late = {"If-Match": made["@odata.etag"]}
    for method, body in (("PATCH", {"subject": "Supper"}), ("DELETE", None)):
        refused = await graph(method, path, body, headers=late)
        assert (refused.status, refused.code) == (412, "ErrorIrresolvableConflict")
    now = (await graph("GET", path)).json
    assert now["subject"] == "Brunch"
    fresh = await graph("DELETE", path, headers={"If-Match": now["@odata.etag"]})
    assert fresh.status == 204
    assert (await graph("GET", path)).code == "ErrorItemNotFound"


async def test_a_repeated_create_finds_the_first_ones_event(graph: Caller) -> None:
    body = event_body(transactionId="t-1")
    first = await graph("POST", "/me/events", body)
    again = await graph("POST", "/me/events", body)
    assert (again.status, again.json["id"]) == (201, first.json["id"])
    assert first.json["transactionId"] == "t-1"
    other = await graph("POST", "/me/events", {**body, "subject": "Supper"})
    assert other.code == "ErrorDuplicateTransactionId"
    assert len((await graph("GET", "/me/events")).json["value"]) == 1


async def test_a_tag_is_found_again_and_shown_only_when_asked_for(graph: Caller) -> None:
    made = await graph.create(event_body(singleValueExtendedProperties=[{"id": TAG, "value": "7"}]))
    await graph.create()
    assert "singleValueExtendedProperties" not in made
    found = await graph(
        "GET",
        "/me/events",
        _filter=f"singleValueExtendedProperties/Any(ep: ep/id eq '{TAG}' and ep/value eq '7')",
        _expand=f"singleValueExtendedProperties($filter=id eq '{TAG}')",
    )
    (hit,) = found.json["value"]
    assert hit["id"] == made["id"]
    assert hit["singleValueExtendedProperties"] == [{"id": TAG, "value": "7"}]


async def test_what_is_expanded_brings_nothing_else_along(graph: Caller) -> None:
    made = await graph.create(event_body(singleValueExtendedProperties=[{"id": TAG, "value": "7"}]))
    shown = await graph(
        "GET",
        f"/me/events/{made['id']}",
        _select="subject",
        _expand=f"singleValueExtendedProperties($filter=id eq '{TAG}')",
    )
    named = {name for name in shown.json if "@" not in name}
    assert named == {"id", "subject", "singleValueExtendedProperties"}


async def test_ids_come_in_two_forms_and_both_lead_to_the_event(
    graph: Caller, sandbox: Sandbox
) -> None:
    made = await graph.create()
    usual = (await graph("GET", f"/me/events/{made['id']}", headers={})).json["id"]
    assert usual != made["id"]
    assert (await graph("GET", f"/me/events/{usual}")).json["id"] == made["id"]
    assert [each.immutable_ids for each in sandbox.door.seen] == [True, False, True]
    assert (await graph("GET", f"/me/events/{made['id'].swapcase()}")).status == 404


async def test_lists_are_cut_into_pages(graph: Caller) -> None:
    for number in range(5):
        await graph.create(event_body(f"Event {number}"))
    titles, answer = [], await graph("GET", "/me/events", _top="2", _select="subject")
    while True:
        assert len(answer.json["value"]) <= 2
        titles += [each["subject"] for each in answer.json["value"]]
        if "@odata.nextLink" not in answer.json:
            break
        answer = await graph("GET", answer.json["@odata.nextLink"])
    assert titles == [f"Event {number}" for number in range(5)]
    assert set(answer.json["value"][0]) == {"@odata.etag", "id", "subject"}


async def test_lists_are_sorted_and_filtered(graph: Caller) -> None:
    await graph.create(event_body("B"))
    await graph.create(event_body("A", end=moment("2026-11-20T18:00:00")))
    sorted_ = await graph("GET", "/me/events", _orderby="subject desc")
    assert [each["subject"] for each in sorted_.json["value"]] == ["B", "A"]
    late = await graph("GET", "/me/events", _filter="end/dateTime ge '2026-11-20T15:00:00Z'")
    assert [each["subject"] for each in late.json["value"]] == ["A"]


async def test_an_occurrence_can_be_changed_and_cancelled(graph: Caller) -> None:
    made = await graph.create(series_body(WEEKLY, {"type": "numbered", "numberOfOccurrences": 4}))
    path = f"/me/events/{made['id']}/instances"
    window = {"startDateTime": "2026-11-01", "endDateTime": "2027-01-01"}
    first, second, third, fourth = (await graph("GET", path, **window)).json["value"]
    assert {each["type"] for each in (first, fourth)} == {"occurrence"}
    assert second["seriesMasterId"] == made["id"]
    changed = await graph("PATCH", f"/me/events/{second['id']}", {"subject": "Long stand-up"})
    assert (changed.json["type"], changed.json["id"]) == ("exception", second["id"])
    assert (await graph("DELETE", f"/me/events/{third['id']}")).status == 204
    after = (await graph("GET", path, **window)).json["value"]
    assert [each["subject"] for each in after] == ["Stand-up", "Long stand-up", "Stand-up"]
    assert (await graph("GET", f"/me/events/{third['id']}")).status == 404
    master = await graph(
        "GET",
        f"/me/events/{made['id']}",
        _select="subject,cancelledOccurrences",
        _expand="exceptionOccurrences",
    )
    assert master.json["cancelledOccurrences"] == [f"OID.{made['id']}.2026-12-04"]
    (exception,) = master.json["exceptionOccurrences"]
    assert exception["originalStart"] == "2026-11-27T11:30:00.0000000Z"


async def test_an_occurrence_cannot_pass_its_neighbour(graph: Caller) -> None:
    made = await graph.create(series_body(WEEKLY, {"type": "noEnd"}))
    path = f"/me/events/{made['id']}/instances"
    window = {"startDateTime": "2026-11-01", "endDateTime": "2027-01-01"}
    first = (await graph("GET", path, **window)).json["value"][0]
    moved = {"start": moment("2026-11-28T12:30:00"), "end": moment("2026-11-28T13:00:00")}
    refused = await graph("PATCH", f"/me/events/{first['id']}", moved)
    assert refused.code == "ErrorOccurrenceCrossingBoundary"
    nearby = {"start": moment("2026-11-26T12:30:00"), "end": moment("2026-11-26T13:00:00")}
    assert (await graph("PATCH", f"/me/events/{first['id']}", nearby)).status == 200


async def test_a_series_keeps_its_wall_clock_over_a_change_of_summer_time(graph: Caller) -> None:
    made = await graph.create(series_body(WEEKLY, {"type": "noEnd"}))
    shown = await graph(
        "GET",
        f"/me/events/{made['id']}/instances",
        startDateTime="2027-03-25",
        endDateTime="2027-04-05",
    )
    starts = [each["start"]["dateTime"][:16] for each in shown.json["value"]]
    assert starts == ["2027-03-26T11:30", "2027-04-02T10:30"]


async def test_moving_a_series_forgets_its_exceptions(graph: Caller) -> None:
    made = await graph.create(series_body(WEEKLY, {"type": "noEnd"}))
    window = {"startDateTime": "2026-11-01", "endDateTime": "2026-12-10"}
    path = f"/me/events/{made['id']}"
    first = (await graph("GET", f"{path}/instances", **window)).json["value"][0]
    await graph("PATCH", f"/me/events/{first['id']}", {"subject": "Other"})
    await graph(
        "PATCH",
        path,
        {"start": moment("2026-11-20T14:00:00"), "end": moment("2026-11-20T15:00:00")},
    )
    after = (await graph("GET", f"{path}/instances", **window)).json["value"]
    assert {each["subject"] for each in after} == {"Stand-up"}
    assert after[0]["start"]["dateTime"] == "2026-11-20T13:00:00.0000000"


async def test_a_series_that_only_gets_another_name_keeps_its_exceptions(graph: Caller) -> None:
    made = await graph.create(series_body(WEEKLY, {"type": "noEnd"}))
    path, window = f"/me/events/{made['id']}", {"startDateTime": "2026-11-01"}
    window["endDateTime"] = "2026-12-05"
    first, second, _ = (await graph("GET", f"{path}/instances", **window)).json["value"]
    await graph("PATCH", f"/me/events/{first['id']}", {"subject": "Other"})
    await graph("DELETE", f"/me/events/{second['id']}")
    await graph("PATCH", path, {"subject": "Morning round"})
    after = (await graph("GET", f"{path}/instances", **window)).json["value"]
    assert [each["subject"] for each in after] == ["Other", "Morning round"]


async def test_a_single_event_becomes_a_series_and_single_again(graph: Caller) -> None:
    made = await graph.create()
    path = f"/me/events/{made['id']}"
    rule = series_body(WEEKLY, {"type": "noEnd"})["recurrence"]
    series = (await graph("PATCH", path, {"recurrence": rule})).json
    assert (series["id"], series["type"]) == (made["id"], "seriesMaster")
    single = (await graph("PATCH", path, {"recurrence": None})).json
    assert (single["id"], single["type"]) == (made["id"], "singleInstance")


async def test_an_online_meeting_stays_one(graph: Caller) -> None:
    made = await graph.create(event_body(isOnlineMeeting=True))
    assert made["onlineMeeting"]["joinUrl"].startswith("https://")
    changed = await graph("PATCH", f"/me/events/{made['id']}", {"isOnlineMeeting": False})
    assert changed.json["isOnlineMeeting"] is True
    assert changed.json["onlineMeetingProvider"] == "teamsForBusiness"


async def test_mails_that_would_have_been_sent_are_on_record(
    graph: Caller, sandbox: Sandbox
) -> None:
    box = sandbox.mailbox(PEOPLE[0])
    await graph.create()
    assert box.mails == []
    guest = {"emailAddress": {"name": "Ines", "address": PEOPLE[1].mail}, "type": "required"}
    made = await graph.create(event_body(attendees=[guest]))
    await graph("PATCH", f"/me/events/{made['id']}", {"subject": "Dinner"})
    await graph("DELETE", f"/me/events/{made['id']}")
    assert [(mail.kind, mail.to) for mail in box.mails] == [
        ("invitation", PEOPLE[1].mail),
        ("update", PEOPLE[1].mail),
        ("cancellation", PEOPLE[1].mail),
    ]


async def test_a_guest_cannot_change_a_meeting(graph: Caller, sandbox: Sandbox) -> None:
    box = sandbox.mailbox(PEOPLE[0])
    own = await graph.create()
    content = attended_by(box.get(own["id"]).content, ("Mara", PEOPLE[0].mail))
    item = box.add(content, organizer=(PEOPLE[1].display_name, PEOPLE[1].mail))
    path = f"/me/events/{box.id_of(item)}"
    assert (await graph("GET", path)).json["isOrganizer"] is False
    assert (await graph("PATCH", path, {"subject": "Mine"})).status == 400
    assert (await graph("PATCH", path, {"showAs": "free"})).status == 200
    assert box.mails == []


async def test_a_copy_keeps_the_tag_and_not_the_transaction(
    graph: Caller, sandbox: Sandbox
) -> None:
    box = sandbox.mailbox(PEOPLE[0])
    tags = [{"id": TAG, "value": "7"}]
    made = await graph.create(event_body(transactionId="t-1", singleValueExtendedProperties=tags))
    copy = box.copy(box.get(made["id"]).item)
    assert (copy.tags, copy.transaction_id) == ({TAG: "7"}, None)


GUEST = {"emailAddress": {"address": "ada@engines.example"}}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"titel": "Lunch"}, "RequestBodyRead"),
        ({"subject": 5}, "RequestBodyRead"),
        ({"showAs": "nope"}, "RequestBodyRead"),
        ({"isReminderOn": "yes"}, "RequestBodyRead"),
        ({"body": {"contentType": "text", "text": "x"}}, "RequestBodyRead"),
        ({"attendees": [{"mail": "x"}]}, "RequestBodyRead"),
        ({"attendees": [{"type": "required"}]}, "ErrorInvalidRecipients"),
        ({"attendees": [GUEST] * 501}, "ErrorPropertyValidationFailure"),
        ({"id": "x"}, "ErrorInvalidPropertySet"),
        ({"start": moment("2026-11-20T12:30:00", "Mars")}, "TimeZoneNotSupportedException"),
        ({"start": moment("2026-11-20T12:30:00", "Greenwich Mean Time")},
         "TimeZoneNotSupportedException"),
        ({"start": moment("2026-11-20T14:30:00")}, "ErrorPropertyValidationFailure"),
        ({"start": moment("2026-11-31T12:30:00")}, "ErrorPropertyValidationFailure"),
        ({"start": moment("2026-11-20T12:30:00+01:00")}, "ErrorPropertyValidationFailure"),
        ({"start": None}, "ErrorPropertyValidationFailure"),
        ({"isAllDay": True}, "ErrorInvalidRequest"),
        ({"isAllDay": True, "start": moment("2026-11-20T00:00:00"),
          "end": moment("2026-11-20T00:00:00")}, "ErrorInvalidRequest"),
        ({"isAllDay": True, "start": moment("2026-11-20T00:00:00"),
          "end": moment("2026-11-21T00:00:00", "UTC")}, "ErrorInvalidRequest"),
        ({"singleValueExtendedProperties": [{"id": "almanac", "value": "7"}]},
         "ErrorInvalidPropertyId"),
    ],
)  # fmt: skip
async def test_a_wrong_event_is_refused(graph: Caller, change: dict[str, Any], code: str) -> None:
    refused = await graph("POST", "/me/events", event_body(**change))
    assert (refused.status, refused.code) == (400, code)
    assert set(refused.json["error"]) == {"code", "message", "innerError"}
    assert (await graph("GET", "/me/events")).json["value"] == []


@pytest.mark.parametrize(
    ("pattern", "end"),
    [
        ({"type": "hourly"}, {"type": "noEnd"}),
        ({"type": "weekly"}, {"type": "noEnd"}),
        ({"type": "daily", "interval": 0}, {"type": "noEnd"}),
        ({"type": "daily", "dayOfMonth": 3}, {"type": "noEnd"}),
        ({"type": "daily", "every": 3}, {"type": "noEnd"}),
        ({"type": "absoluteMonthly"}, {"type": "noEnd"}),
        ({"type": "absoluteYearly", "dayOfMonth": 3}, {"type": "noEnd"}),
        ({"type": "daily"}, {"type": "numbered"}),
        ({"type": "daily"}, {"type": "endDate"}),
        ({"type": "daily"}, {"type": "endDate", "endDate": "2026-11-01"}),
        ({"type": "daily"}, {"type": "noEnd", "startDate": "2026-11-19"}),
    ],
)
async def test_a_wrong_recurrence_is_refused(
    graph: Caller, pattern: dict[str, Any], end: dict[str, Any]
) -> None:
    refused = await graph("POST", "/me/events", series_body(pattern, end))
    assert refused.status == 400


async def test_a_recurrence_comes_back_with_zeros_and_is_taken_like_that(graph: Caller) -> None:
    made = await graph.create(series_body(WEEKLY, {"type": "noEnd"}))
    assert made["recurrence"] == {
        "pattern": {
            "type": "weekly",
            "interval": 1,
            "month": 0,
            "dayOfMonth": 0,
            "daysOfWeek": ["friday"],
            "firstDayOfWeek": "sunday",
            "index": "first",
        },
        "range": {
            "type": "noEnd",
            "startDate": "2026-11-20",
            "endDate": "0001-01-01",
            "recurrenceTimeZone": BERLIN,
            "numberOfOccurrences": 0,
        },
    }
    again = await graph("POST", "/me/events", event_body(recurrence=made["recurrence"]))
    assert again.json["recurrence"] == made["recurrence"]


async def test_a_series_begins_on_the_first_day_that_fits(graph: Caller) -> None:
    monday = {"type": "weekly", "daysOfWeek": ["monday"]}
    made = await graph.create(series_body(monday, {"type": "noEnd"}))
    assert made["start"]["dateTime"][:10] == "2026-11-23"
    assert made["recurrence"]["range"]["startDate"] == "2026-11-23"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/me/events?$top=x", 400),
        ("/me/events?$top=5000", 400),
        ("/me/events?$search=x", 400),
        ("/me/events?$orderby=body", 400),
        ("/me/events?$orderby=subject sideways", 400),
        ("/me/events?$top=\N{SUPERSCRIPT TWO}", 400),
        ("/me/events?$expand=titel", 400),
        ("/me/events?$expand=exceptionOccurrences", 400),
        ("/me/events?$select=subject,transactionId", 200),
        ("/me/calendarView?startDateTime=0001-01-01&endDateTime=0001-01-02", 400),
        ("/me/events?$select=titel", 400),
        ("/me/events?$filter=subject like 'x'", 400),
        ("/me/calendarView", 400),
        ("/me/calendarView?startDateTime=x&endDateTime=y", 400),
        ("/me/calendarView?startDateTime=2020-01-01&endDateTime=2026-01-01", 400),
        ("/me/events/AAkALgAA", 404),
        ("/me/nothing", 400),
    ],
)
async def test_a_wrong_question_is_refused(graph: Caller, path: str, status: int) -> None:
    await graph.create()
    assert (await graph("GET", path)).status == status


async def test_json_that_is_none_is_refused(graph: Caller) -> None:
    assert (await graph("POST", "/me/events", ["x"])).status == 400
    headers = {"Authorization": f"Bearer {graph.token}", "Content-Type": "application/json"}
    url = f"{graph.base_url}/me/events"
    async with graph.session.post(url, data=b"{", headers=headers) as answer:
        assert answer.status == 400
        assert (await answer.json())["error"]["code"] == "BadRequest"
