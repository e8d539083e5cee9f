from __future__ import annotations

from typing import Any

import pytest

from sandbox.people import PEOPLE
from sandbox.server import Sandbox
from tests.sandbox._caller import BERLIN, Answer, Caller, event_body

MARA, INES = PEOPLE[:2]


def at(clock: str, zone: str = BERLIN) -> dict[str, str]:
    return {"dateTime": f"2026-11-20T{clock}:00", "timeZone": zone}


async def ask(graph: Caller, *addresses: str, **more: Any) -> Answer:
    body = {"schedules": list(addresses), "startTime": at("12:00"), "endTime": at("15:00")}
    return await graph("POST", "/me/calendar/getSchedule", body | more)


def busy(start: str, end: str, **more: Any) -> dict[str, Any]:
    return event_body(start=at(start), end=at(end), **more)


async def test_each_slot_shows_the_busiest(graph: Caller) -> None:
    await graph.create(busy("12:30", "13:00", showAs="tentative"))
    await graph.create(busy("12:45", "13:15", showAs="busy"))
    await graph.create(busy("14:00", "14:30", showAs="oof"))
    await graph.create(busy("14:30", "15:00", showAs="workingElsewhere"))
    (shown,) = (await ask(graph, MARA.mail)).json["value"]
    assert shown["availabilityView"] == "022030"
    assert [each["status"] for each in shown["scheduleItems"]] == [
        "tentative",
        "busy",
        "oof",
        "workingElsewhere",
    ]
    assert shown["workingHours"]["timeZone"] == {"name": MARA.zone}
    (hourly,) = (await ask(graph, MARA.mail, availabilityViewInterval=60)).json["value"]
    assert hourly["availabilityView"] == "223"


async def test_times_are_in_the_zone_asked_for(graph: Caller) -> None:
    await graph.create(busy("12:30", "13:00"))
    (shown,) = (await ask(graph, MARA.mail)).json["value"]
    assert shown["scheduleItems"][0]["start"] == {
        "dateTime": "2026-11-20T11:30:00.0000000",
        "timeZone": "UTC",
    }


async def test_the_own_titles_are_told_and_those_of_others_are_not(
    graph: Caller, sandbox: Sandbox
) -> None:
    ines = Caller(graph.session, graph.base_url, sandbox.token_for(INES))
    await ines.create(busy("12:30", "13:00", location={"displayName": "Canteen"}))
    await ines.create(busy("13:00", "13:30", sensitivity="private"))
    for caller, told in ((ines, ["Lunch", None]), (graph, [None, None])):
        (shown,) = (await ask(caller, INES.mail)).json["value"]
        assert [each.get("subject") for each in shown["scheduleItems"]] == told
        assert [each["isPrivate"] for each in shown["scheduleItems"]] == [False, True]


async def test_an_address_of_nobody_gets_an_error_of_its_own(graph: Caller) -> None:
    answer = await ask(graph, "nobody@lindenhof.example", MARA.mail)
    nobody, mara = answer.json["value"]
    assert nobody["error"]["responseCode"] == "ErrorMailRecipientNotFound"
    assert mara["availabilityView"] == "000000"


async def test_reading_calendars_is_enough(graph: Caller, sandbox: Sandbox) -> None:
    for scopes, status in (("Calendars.Read", 200), ("User.Read", 403)):
        token = sandbox.token_for(MARA, scopes)
        answer = await ask(Caller(graph.session, graph.base_url, token), MARA.mail)
        assert answer.status == status


@pytest.mark.parametrize(
    "change",
    [
        {"schedules": []},
        {"schedules": ["a@b.example"] * 21},
        {"schedules": [1]},
        {"startTime": None},
        {"endTime": at("11:00")},
        {"endTime": {"dateTime": "2027-11-20T12:00:00", "timeZone": "UTC"}},
        {"endTime": at("12:04")},
        {"availabilityViewInterval": 4},
        {"availabilityViewInterval": 1441},
        {"startTime": at("12:00", "Nowhere")},
        {"colour": "red"},
    ],
)
async def test_a_wrong_question_is_refused(graph: Caller, change: dict[str, Any]) -> None:
    assert (await ask(graph, MARA.mail, **change)).status == 400
