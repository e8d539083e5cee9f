"""Microsoft's own client reads and writes through the sandbox: an independent judge.

It is lenient (what it does not understand becomes ``None``), so every value is compared.
"""

from __future__ import annotations

import datetime
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession
from msgraph import GraphServiceClient
from msgraph.generated.models.attendee import Attendee
from msgraph.generated.models.body_type import BodyType
from msgraph.generated.models.calendar import Calendar
from msgraph.generated.models.date_time_time_zone import DateTimeTimeZone
from msgraph.generated.models.day_of_week import DayOfWeek
from msgraph.generated.models.event import Event
from msgraph.generated.models.event_type import EventType
from msgraph.generated.models.free_busy_status import FreeBusyStatus
from msgraph.generated.models.importance import Importance
from msgraph.generated.models.item_body import ItemBody
from msgraph.generated.models.location import Location
from msgraph.generated.models.mailbox_settings import MailboxSettings
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph.generated.models.patterned_recurrence import PatternedRecurrence
from msgraph.generated.models.recurrence_pattern import RecurrencePattern
from msgraph.generated.models.recurrence_pattern_type import RecurrencePatternType
from msgraph.generated.models.recurrence_range import RecurrenceRange
from msgraph.generated.models.recurrence_range_type import RecurrenceRangeType
from msgraph.generated.models.sensitivity import Sensitivity
from msgraph.generated.models.single_value_legacy_extended_property import (
    SingleValueLegacyExtendedProperty,
)
from msgraph.generated.models.user import User
from msgraph.generated.models.week_index import WeekIndex

from sandbox.people import PEOPLE
from sandbox.server import Sandbox
from tests.sandbox._caller import Caller, series_body
from tests.sandbox._sdk import prefer, sdk_client

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:GetQueryParameters is deprecated"),
    pytest.mark.filterwarnings("ignore:This class is deprecated. Please use the generic"),
]
"""The SDK's generated modules warn of themselves when they are first imported."""

BERLIN = "W. Europe Standard Time"
TAG = "String {5e5c1a46-0b3d-4f3a-9a5c-30b5d4a0a001} Name almanac"


@pytest.fixture
async def graph(sandbox: Sandbox) -> AsyncIterator[GraphServiceClient]:
    async with sdk_client(sandbox) as client:
        yield client


@pytest.fixture
def me(graph: GraphServiceClient) -> Any:
    # ``graph.me`` is an address under /users too, which only the SDK's own client mends.
    return graph.users.by_user_id(PEOPLE[0].object_id)


def at(text: str, zone: str = BERLIN) -> DateTimeTimeZone:
    return DateTimeTimeZone(date_time=text, time_zone=zone)


def same_time(one: DateTimeTimeZone | None, text: str, zone: str) -> bool:
    return one is not None and (one.date_time, one.time_zone) == (text, zone)


def lunch(**more: Any) -> Event:
    return Event(
        **{
            "subject": "Lunch",
            "start": at("2026-11-20T12:30:00"),
            "end": at("2026-11-20T13:15:00"),
            **more,
        }
    )


def window(builder: Any, start: str = "2026-11-01", end: str = "2026-12-31") -> Any:
    return builder(start_date_time=start, end_date_time=end)


async def create(me: Any, event: Event) -> Event:
    made = await me.events.post(event)
    assert made is not None
    assert made.id is not None
    return made


async def test_an_event_is_written_and_read_field_by_field(me: Any) -> None:
    sent = lunch(
        body=ItemBody(content_type=BodyType.Html, content="<p>Bring <b>money</b></p>"),
        location=Location(display_name="Canteen"),
        show_as=FreeBusyStatus.Tentative,
        sensitivity=Sensitivity.Private,
        importance=Importance.High,
        is_reminder_on=True,
        reminder_minutes_before_start=5,
        categories=["Blue"],
        transaction_id="t-1",
        single_value_extended_properties=[
            SingleValueLegacyExtendedProperty(id=TAG, value="7"),
        ],
    )
    made = await create(me, sent)
    assert same_time(made.start, "2026-11-20T12:30:00.0000000", BERLIN)
    read = await me.events.by_event_id(made.id or "").get(prefer(None, 'outlook.timezone="UTC"'))
    assert read is not None
    assert read.id != ""
    assert read.subject == "Lunch"
    assert same_time(read.start, "2026-11-20T11:30:00.0000000", "UTC")
    assert same_time(read.end, "2026-11-20T12:15:00.0000000", "UTC")
    assert (read.original_start_time_zone, read.original_end_time_zone) == (BERLIN, BERLIN)
    assert read.body is not None
    assert read.body.content_type is BodyType.Html
    assert "<p>Bring <b>money</b></p>" in (read.body.content or "")
    assert read.body_preview == "Bring money"
    assert read.location is not None
    assert read.location.display_name == "Canteen"
    assert [each.display_name for each in read.locations or []] == ["Canteen"]
    assert read.show_as is FreeBusyStatus.Tentative
    assert read.sensitivity is Sensitivity.Private
    assert read.importance is Importance.High
    assert (read.is_reminder_on, read.reminder_minutes_before_start) == (True, 5)
    assert read.categories == ["Blue"]
    assert read.transaction_id == "t-1"
    assert read.type is EventType.SingleInstance
    assert (read.is_all_day, read.is_cancelled, read.is_draft) == (False, False, False)
    assert (read.is_organizer, read.is_online_meeting) == (True, False)
    assert read.organizer is not None
    assert read.organizer.email_address is not None
    assert read.organizer.email_address.address == PEOPLE[0].mail
    assert read.attendees == []
    assert read.recurrence is None
    assert read.created_date_time == datetime.datetime(2026, 11, 18, 12, tzinfo=datetime.UTC)
    assert read.change_key == made.change_key
    assert read.i_cal_u_id


async def test_an_event_is_changed_and_deleted(me: Any) -> None:
    made = await create(me, lunch())
    one = me.events.by_event_id(made.id or "")
    changed = await one.patch(Event(subject="Supper"))
    assert changed is not None
    assert (changed.id, changed.subject) == (made.id, "Supper")
    assert changed.change_key != made.change_key
    await one.delete()
    with pytest.raises(ODataError) as gone:
        await one.get()
    assert gone.value.response_status_code == 404
    assert gone.value.error is not None
    assert gone.value.error.code == "ErrorItemNotFound"


async def test_a_list_is_paged(me: Any) -> None:
    from_builder = type(me.events).EventsRequestBuilderGetQueryParameters
    for number in range(5):
        await create(me, lunch(subject=f"Event {number}"))
    titles = []
    page = await me.events.get(prefer(from_builder(top=2, select=["subject"])))
    while page is not None:
        titles += [each.subject for each in page.value or []]
        if not page.odata_next_link:
            break
        page = await me.events.with_url(page.odata_next_link).get()
    assert titles == [f"Event {number}" for number in range(5)]


def every_week(**more: Any) -> PatternedRecurrence:
    return PatternedRecurrence(
        pattern=RecurrencePattern(
            type=RecurrencePatternType.Weekly,
            interval=1,
            days_of_week=[DayOfWeek.Friday],
            first_day_of_week=DayOfWeek.Monday,
        ),
        range=RecurrenceRange(
            type=RecurrenceRangeType.Numbered,
            start_date=datetime.date(2026, 11, 20),
            number_of_occurrences=3,
            **more,
        ),
    )


async def test_a_series_and_its_instances(me: Any) -> None:
    made = await create(me, lunch(recurrence=every_week()))
    assert made.type is EventType.SeriesMaster
    assert made.recurrence is not None
    assert made.recurrence.pattern is not None
    assert made.recurrence.pattern.type is RecurrencePatternType.Weekly
    assert made.recurrence.pattern.days_of_week == [DayOfWeek.Friday]
    assert made.recurrence.pattern.first_day_of_week is DayOfWeek.Monday
    assert made.recurrence.pattern.index is WeekIndex.First
    assert made.recurrence.range is not None
    assert made.recurrence.range.type is RecurrenceRangeType.Numbered
    assert made.recurrence.range.number_of_occurrences == 3
    assert made.recurrence.range.start_date == datetime.date(2026, 11, 20)
    instances = me.events.by_event_id(made.id or "").instances
    chosen = window(type(instances).InstancesRequestBuilderGetQueryParameters)
    shown = await instances.get(prefer(chosen))
    assert shown is not None
    assert shown.value is not None
    assert [each.type for each in shown.value] == [EventType.Occurrence] * 3
    assert {each.series_master_id for each in shown.value} == {made.id}
    assert [((each.start and each.start.date_time) or "")[:10] for each in shown.value] == [
        "2026-11-20",
        "2026-11-27",
        "2026-12-04",
    ]
    second = me.events.by_event_id(shown.value[1].id or "")
    changed = await second.patch(Event(subject="Supper"))
    assert changed is not None
    assert changed.type is EventType.Exception
    assert changed.original_start == datetime.datetime(2026, 11, 27, 11, 30, tzinfo=datetime.UTC)


async def test_a_calendar_view_shows_occurrences_in_the_preferred_zone(
    me: Any,
) -> None:
    await create(me, lunch(recurrence=every_week()))
    view = me.calendar_view
    chosen = window(type(view).CalendarViewRequestBuilderGetQueryParameters)
    shown = await view.get(prefer(chosen, 'outlook.timezone="Tokyo Standard Time"'))
    assert shown is not None
    assert shown.value is not None
    assert [each.subject for each in shown.value] == ["Lunch"] * 3
    first = shown.value[0].start
    assert same_time(first, "2026-11-20T20:30:00.0000000", "Tokyo Standard Time")


async def test_rounds_of_a_delta(me: Any, sandbox: Sandbox) -> None:
    kept = await create(me, lunch(subject="Kept"))
    gone = await create(me, lunch(subject="Gone"))
    delta = me.calendar_view.delta
    chosen = window(type(delta).DeltaRequestBuilderGetQueryParameters)
    first = await delta.get(prefer(chosen, "odata.maxpagesize=1"))
    assert first is not None
    assert [each.id for each in first.value or []] == [kept.id]
    second = await delta.with_url(first.odata_next_link or "").get()
    assert second is not None
    assert [each.subject for each in second.value or []] == ["Gone"]
    await me.events.by_event_id(gone.id or "").delete()
    third = await delta.with_url(second.odata_delta_link or "").get()
    assert third is not None
    (removed,) = third.value or []
    assert removed.id == gone.id
    assert removed.additional_data["@removed"] == {"reason": "deleted"}
    sandbox.office.delta(PEOPLE[0]).expire()
    with pytest.raises(ODataError) as lost:
        await delta.with_url(third.odata_delta_link or "").get()
    assert lost.value.response_status_code == 410
    assert lost.value.error is not None
    assert lost.value.error.code == "syncStateNotFound"


async def test_people_calendars_and_settings(graph: GraphServiceClient, me: Any) -> None:
    mara = await me.get()
    assert mara is not None
    assert (mara.id, mara.display_name) == (PEOPLE[0].object_id, PEOPLE[0].display_name)
    assert (mara.mail, mara.given_name, mara.surname) == (PEOPLE[0].mail, "Mara", "Lindqvist")
    settings = await me.mailbox_settings.get()
    assert settings is not None
    assert settings.time_zone == BERLIN
    assert settings.language is not None
    assert settings.language.locale == "en-GB"
    calendars = await me.calendars.get()
    assert calendars is not None
    (default,) = calendars.value or []
    assert (default.name, default.is_default_calendar, default.can_edit) == ("Calendar", True, True)
    assert default.owner is not None
    assert default.owner.address == PEOPLE[0].mail
    from_builder = type(graph.users).UsersRequestBuilderGetQueryParameters
    asked = prefer(from_builder(search='"displayName:ines"', count=True))
    asked.headers.add("ConsistencyLevel", "eventual")
    found = await graph.users.get(asked)
    assert found is not None
    assert (found.odata_count, [each.id for each in found.value or []]) == (
        1,
        [PEOPLE[1].object_id],
    )


async def test_a_zone_that_is_none_is_an_error_of_the_kind_it_knows(
    me: Any,
) -> None:
    with pytest.raises(ODataError) as refused:
        await me.events.post(lunch(start=at("2026-11-20T12:30:00", "Mars")))
    assert refused.value.response_status_code == 400
    assert refused.value.error is not None
    assert refused.value.error.code == "TimeZoneNotSupportedException"
    assert refused.value.error.inner_error is not None
    assert refused.value.error.inner_error.request_id


def strangers(answer: dict[str, Any], known: Any) -> set[str]:
    """Return the properties of an answer that Microsoft's own type does not have."""
    names = {name for name in answer if "@" not in name}
    return names - set(known().get_field_deserializers())


async def test_no_answer_has_a_property_that_the_real_type_lacks(
    sandbox: Sandbox, session: ClientSession
) -> None:
    graph = Caller(session, sandbox.graph_url, sandbox.token_for(PEOPLE[0]))
    weekly = {"type": "weekly", "daysOfWeek": ["friday"]}
    guest = {"emailAddress": {"name": "Ines", "address": PEOPLE[1].mail}, "type": "required"}
    event = await graph.create(
        series_body(
            weekly, {"type": "noEnd"}, attendees=[guest], location={"displayName": "Canteen"}
        )
    )
    instances = await graph(
        "GET",
        f"/me/events/{event['id']}/instances",
        startDateTime="2026-11-01",
        endDateTime="2026-12-01",
    )
    for each in (event, *instances.json["value"]):
        assert strangers(each, Event) == set()
    assert strangers(event["body"], ItemBody) == set()
    assert strangers(event["start"], DateTimeTimeZone) == set()
    assert strangers(event["location"], Location) == set()
    assert strangers(event["attendees"][0], Attendee) == set()
    assert strangers(event["recurrence"]["pattern"], RecurrencePattern) == set()
    assert strangers(event["recurrence"]["range"], RecurrenceRange) == set()
    assert strangers((await graph("GET", "/me")).json, User) == set()
    assert strangers((await graph("GET", "/me/mailboxSettings")).json, MailboxSettings) == set()
    assert strangers((await graph("GET", "/me/calendar")).json, Calendar) == set()


async def test_no_property_of_an_event_is_forgotten(
    sandbox: Sandbox, session: ClientSession
) -> None:
    graph = Caller(session, sandbox.graph_url, sandbox.token_for(PEOPLE[0]))
    made = await graph.create()
    asked_for = """
        attachments calendar cancelledOccurrences exceptionOccurrences extensions instances
        multiValueExtendedProperties originalStart singleValueExtendedProperties transactionId
    """
    assert set(Event().get_field_deserializers()) - set(made) - {"@odata.type"} == set(
        asked_for.split()
    )
