"""Our events against Microsoft's own client: what one of us writes the other reads, by field.

The SDK is lenient (what it does not understand becomes ``None``), so every value is compared.
"""

from __future__ import annotations

import datetime
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from msgraph.generated.models.body_type import BodyType
from msgraph.generated.models.date_time_time_zone import DateTimeTimeZone
from msgraph.generated.models.day_of_week import DayOfWeek
from msgraph.generated.models.event import Event
from msgraph.generated.models.free_busy_status import FreeBusyStatus
from msgraph.generated.models.importance import Importance as SdkImportance
from msgraph.generated.models.item_body import ItemBody
from msgraph.generated.models.location import Location
from msgraph.generated.models.recurrence_pattern_type import RecurrencePatternType
from msgraph.generated.models.recurrence_range_type import RecurrenceRangeType
from msgraph.generated.models.response_type import ResponseType
from msgraph.generated.models.sensitivity import Sensitivity as SdkSensitivity

from sandbox.people import PEOPLE
from sandbox.server import Sandbox
from sandbox.writing import answered, attended_by, called_off, timed
from services.graph.mailbox import Mailbox
from services.model.accounts import RemoteId
from services.model.events import Importance, Response, Sensitivity, ShowAs
from services.model.recurrence import Pattern, Rule, Weekday
from tests._builders import an_event_content
from tests.sandbox._sdk import sdk_client

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:GetQueryParameters is deprecated"),
    pytest.mark.filterwarnings("ignore:This class is deprecated. Please use the generic"),
]

BERLIN = "W. Europe Standard Time"
INES = (PEOPLE[1].display_name, PEOPLE[1].mail)
WHOLE = an_event_content(
    title="Lunch",
    place="Quay 3",
    text="**Bring** a [hat](https://hats.example)\n- red",
    show_as=ShowAs.AWAY,
    sensitivity=Sensitivity.CONFIDENTIAL,
    importance=Importance.HIGH,
    tags=("fair", "Blue hat"),
    reminder_minutes=25,
    rule=Rule(pattern=Pattern.WEEKLY, weekdays=(Weekday.MONDAY, Weekday.FRIDAY), count=7),
)


@pytest.fixture
async def me(office: Sandbox) -> AsyncIterator[Any]:
    async with sdk_client(office) as client:
        yield client.users.by_user_id(PEOPLE[0].object_id)


async def test_what_we_write_microsofts_client_reads(mailbox: Mailbox, me: Any) -> None:
    calendar = (await mailbox.calendars())[0].id
    made = await mailbox.create_event(calendar, mailbox.payload_for(WHOLE, "t-1", "tag-1"))
    read = await me.events.by_event_id(made.id).get()
    assert read.subject == "Lunch"
    assert read.body.content_type is BodyType.Html
    assert (
        '<div><b>Bring</b> a <a href="https://hats.example">hat</a></div><ul><li>red</li></ul>'
        in read.body.content
    )
    assert read.location.display_name == "Quay 3"
    assert (read.show_as, read.sensitivity) == (FreeBusyStatus.Oof, SdkSensitivity.Confidential)
    assert (read.importance, read.categories) == (SdkImportance.High, ["fair", "Blue hat"])
    assert (read.is_reminder_on, read.reminder_minutes_before_start) == (True, 25)
    assert (read.original_start_time_zone, read.is_all_day) == (BERLIN, False)
    assert (read.start.date_time, read.start.time_zone) == ("2026-11-20T11:30:00.0000000", "UTC")
    assert (read.transaction_id, read.attendees) == ("t-1", [])
    pattern, span = read.recurrence.pattern, read.recurrence.range
    assert pattern.type is RecurrencePatternType.Weekly
    assert pattern.days_of_week == [DayOfWeek.Monday, DayOfWeek.Friday]
    assert span.type is RecurrenceRangeType.Numbered
    assert (span.number_of_occurrences, span.start_date) == (7, datetime.date(2026, 11, 20))


async def test_what_microsofts_client_writes_we_read(mailbox: Mailbox, me: Any) -> None:
    def at(text: str) -> DateTimeTimeZone:
        return DateTimeTimeZone(date_time=text, time_zone=BERLIN)

    made = await me.events.post(
        Event(
            subject="Lunch",
            start=at("2026-11-20T12:30:00"),
            end=at("2026-11-20T13:30:00"),
            body=ItemBody(
                content_type=BodyType.Html,
                content="<p><b>Bring</b> a <a href='https://hats.example'>hat</a></p>"
                "<ul><li>red</li></ul><script>x()</script>",
            ),
            location=Location(display_name="Quay 3"),
            show_as=FreeBusyStatus.Oof,
            sensitivity=SdkSensitivity.Confidential,
            importance=SdkImportance.High,
            categories=["fair", "Blue hat"],
            is_reminder_on=True,
            reminder_minutes_before_start=25,
        )
    )
    seen = await mailbox.get_event(RemoteId(made.id))
    assert seen.content == replace(WHOLE, rule=None)
    assert seen.mirror is None


async def test_a_change_of_ours_touches_nothing_else(mailbox: Mailbox, me: Any) -> None:
    calendar = (await mailbox.calendars())[0].id
    made = await mailbox.create_event(calendar, mailbox.payload_for(WHOLE, "t-1", "tag-1"))
    before = await me.events.by_event_id(made.id).get()
    new = replace(WHOLE, tags=("fair",), importance=Importance.LOW)
    await mailbox.update_event(made.id, mailbox.patch_for(WHOLE, new), made.change_key)
    after = await me.events.by_event_id(made.id).get()
    assert (after.importance, after.categories) == (SdkImportance.Low, ["fair"])
    assert untouched(after) == untouched(before)


def untouched(event: Any) -> tuple[Any, ...]:
    pattern = event.recurrence.pattern
    return (
        *(event.subject, event.body.content, event.location.display_name, event.show_as),
        *(event.start.date_time, event.end.date_time, event.sensitivity, event.is_reminder_on),
        *(pattern.type, pattern.days_of_week, event.recurrence.range.number_of_occurrences),
    )


async def test_both_read_the_answer_to_a_meeting_and_that_it_was_called_off(
    mailbox: Mailbox, office: Sandbox, me: Any
) -> None:
    box = office.mailbox(PEOPLE[0])
    content = timed("Review", datetime.date(2026, 11, 20), datetime.time(12), 60, BERLIN)
    meeting = attended_by(content, (PEOPLE[0].display_name, PEOPLE[0].mail))
    item = box.add(answered(meeting, "tentativelyAccepted"), organizer=INES)
    ours = await mailbox.get_event(RemoteId(box.id_of(item)))
    theirs = await me.events.by_event_id(box.id_of(item)).get()
    assert ours.mirror is not None
    assert ours.mirror.response is Response.TENTATIVE
    assert theirs.response_status.response is ResponseType.TentativelyAccepted
    assert theirs.organizer.email_address.address == INES[1]
    seen = box.get(box.id_of(item))
    box.edit(seen, called_off(seen.content))
    ours = await mailbox.get_event(RemoteId(box.id_of(item)))
    theirs = await me.events.by_event_id(box.id_of(item)).get()
    assert ours.is_cancelled
    assert (theirs.is_cancelled, theirs.subject) == (True, "Canceled: Review")
