"""When colleagues are free, as Graph tells it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from typing import Any

import pytest

from sandbox.people import PEOPLE
from sandbox.server import Sandbox
from services.graph.mailbox import Mailbox
from services.graph.schedule import schedules
from services.model.availability import Block, WorkHours
from services.model.errors import Throttled
from services.model.events import ShowAs
from tests._builders import BERLIN
from tests.services.graph._server import Scripted
from tests.services.sync._scene import outlook_event

MARA, INES = PEOPLE[:2]
START, END = datetime(2026, 11, 20, tzinfo=UTC), datetime(2026, 11, 21, tzinfo=UTC)


def at(clock: str) -> datetime:
    return datetime.combine(START.date(), time.fromisoformat(clock), BERLIN).astimezone(UTC)


async def test_a_colleague_is_busy_and_works_on_their_own_clock(
    mailbox: Mailbox, office: Sandbox
) -> None:
    office.mailbox(INES).add(outlook_event("Dentist", at="12:30"))
    told = await schedules(mailbox, [INES.mail.upper(), "nobody@lindenhof.example"], START, END)
    ines = told[INES.mail]
    assert ines.blocks == (Block(at("12:30"), at("13:30")),)
    assert ines.hours is not None and ines.hours.zone.key == "Europe/Paris"
    assert (ines.hours.opens, ines.hours.closes) == (8 * 60, 17 * 60)
    assert list(told) == [INES.mail]


def item(status: str, start: str = "12:00", end: str = "13:00") -> dict[str, Any]:
    return {
        "status": status,
        "start": {"dateTime": f"2026-11-20T{start}:00.0000000", "timeZone": "UTC"},
        "end": {"dateTime": f"2026-11-20T{end}:00.0000000", "timeZone": "UTC"},
    }


HOURS = {
    "daysOfWeek": ["monday", "friday"],
    "startTime": "07:30:00.0000000",
    "endTime": "16:00:00.0000000",
    "timeZone": {"name": "W. Europe Standard Time"},
}


async def test_every_state_has_its_word(graph: Scripted, scripted_mailbox: Mailbox) -> None:
    states = ["free", "tentative", "busy", "oof", "workingElsewhere", "unknown", "surprise"]
    items = [item(state, f"{n + 8:02}:00", f"{n + 9:02}:00") for n, state in enumerate(states)]
    graph.will_answer({"value": [{"scheduleId": "a@b.example", "scheduleItems": items}]})
    told = await schedules(scripted_mailbox, ["a@b.example"], START, END)
    assert [block.show_as for block in told["a@b.example"].blocks] == [
        ShowAs.TENTATIVE,
        ShowAs.BUSY,
        ShowAs.AWAY,
        ShowAs.ELSEWHERE,
        ShowAs.TENTATIVE,
    ]
    assert told["a@b.example"].hours is None
    sent = json.loads(graph.bodies[0])
    assert sent["startTime"] == {"dateTime": "2026-11-20T00:00:00", "timeZone": "UTC"}


@pytest.mark.parametrize(
    ("change", "is_read"),
    [
        ({}, True),
        ({"timeZone": {"name": "Customized Time Zone"}}, False),
        ({"timeZone": None}, False),
        ({"daysOfWeek": []}, False),
        ({"startTime": "late"}, False),
        ({"startTime": "17:00:00", "endTime": "09:00:00"}, False),
        ({"endTime": None}, False),
    ],
)
async def test_hours_that_cannot_be_read_are_nobodys(
    graph: Scripted, scripted_mailbox: Mailbox, change: dict[str, Any], is_read: bool
) -> None:
    graph.will_answer({"value": [{"scheduleId": "a@b.example", "workingHours": HOURS | change}]})
    hours = (await schedules(scripted_mailbox, ["a@b.example"], START, END))["a@b.example"].hours
    expected = WorkHours(
        zone=BERLIN, days=(item_day(0), item_day(4)), opens=7 * 60 + 30, closes=16 * 60
    )
    assert hours == (expected if is_read else None)


def item_day(number: int) -> Any:
    return WorkHours(zone=BERLIN).days[number]


async def test_an_item_that_cannot_be_read_takes_no_other_with_it(
    graph: Scripted, scripted_mailbox: Mailbox
) -> None:
    odd = [item("busy") | {"start": None}, item("busy", "13:00", "12:00"), item("busy")]
    graph.will_answer(
        {
            "value": [
                {"scheduleId": 7},
                {"scheduleId": "b@b.example", "error": {"responseCode": "ErrorX"}},
                {"scheduleId": "a@b.example", "scheduleItems": odd},
            ]
        }
    )
    told = await schedules(scripted_mailbox, ["a@b.example", "b@b.example"], START, END)
    assert list(told) == ["a@b.example"]
    assert len(told["a@b.example"].blocks) == 1


async def test_a_busy_service_is_a_busy_service(graph: Scripted, scripted_mailbox: Mailbox) -> None:
    graph.will_refuse(429, "TooManyRequests", {"Retry-After": "7"})
    with pytest.raises(Throttled):
        await schedules(scripted_mailbox, ["a@b.example"], START, END)
