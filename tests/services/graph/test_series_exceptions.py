"""Exceptions of a series, made what they should be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sandbox.people import PEOPLE
from sandbox.server import Sandbox
from services.graph.mailbox import Mailbox
from services.graph.series_exceptions import settle_exceptions
from services.model.accounts import RemoteId
from services.model.errors import Rejected
from services.model.events import EventContent, SeriesException
from services.model.recurrence import Pattern, Rule, Weekday
from services.model.times import Timed
from tests._builders import NEW_YORK, all_day, an_event_content, timed

MARA = PEOPLE[0]
DAILY = Rule(pattern=Pattern.DAILY, count=30)
SERIES = an_event_content(title="Standup", when=timed("2026-11-16T09:30", 15), rule=DAILY)


def exception(day: str, content: EventContent | None) -> SeriesException:
    return SeriesException(timed(f"{day}T09:30").start, content)


LATE = an_event_content(title="Late standup", when=timed("2026-11-18T10:00", 15))
CANCELLED = exception("2026-11-20", None)
CHANGED = exception("2026-11-18", LATE)


async def created(mailbox: Mailbox, content: EventContent) -> RemoteId:
    payload = mailbox.payload_for(content, "t", "g")
    return (await mailbox.create_event((await mailbox.calendars())[0].id, payload)).id


async def test_a_series_gets_its_exceptions(mailbox: Mailbox) -> None:
    wanted = replace(SERIES, exceptions=(CHANGED, CANCELLED))
    series = await settle_exceptions(mailbox, await created(mailbox, SERIES), wanted)
    assert series.content == wanted


async def test_a_second_time_writes_nothing(mailbox: Mailbox, office: Sandbox) -> None:
    wanted = replace(SERIES, exceptions=(CHANGED, CANCELLED))
    id = await created(mailbox, SERIES)
    first = await settle_exceptions(mailbox, id, wanted)
    office.door.seen.clear()
    assert await settle_exceptions(mailbox, id, wanted) == first
    assert {call.method for call in office.door.seen} == {"GET"}


async def test_a_changed_occurrence_changes_again_wherever_it_is(mailbox: Mailbox) -> None:
    id = await created(mailbox, SERIES)
    await settle_exceptions(mailbox, id, replace(SERIES, exceptions=(CHANGED,)))
    again = exception("2026-11-18", replace(LATE, place="Kitchen"))
    wanted = replace(SERIES, exceptions=(again,))
    assert (await settle_exceptions(mailbox, id, wanted)).content == wanted


async def test_a_changed_occurrence_is_cancelled(mailbox: Mailbox) -> None:
    id = await created(mailbox, SERIES)
    await settle_exceptions(mailbox, id, replace(SERIES, exceptions=(CHANGED,)))
    wanted = replace(SERIES, exceptions=(exception("2026-11-18", None),))
    assert (await settle_exceptions(mailbox, id, wanted)).content == wanted


async def test_a_changed_occurrence_says_again_what_its_series_says(mailbox: Mailbox) -> None:
    id = await created(mailbox, SERIES)
    await settle_exceptions(mailbox, id, replace(SERIES, exceptions=(CHANGED,)))
    series = await settle_exceptions(mailbox, id, SERIES)
    assert series.content == SERIES


async def test_the_same_instant_in_another_zone_is_no_difference(
    mailbox: Mailbox, office: Sandbox
) -> None:
    id = await created(mailbox, SERIES)
    await settle_exceptions(mailbox, id, replace(SERIES, exceptions=(CHANGED,)))
    assert isinstance(LATE.when, Timed)
    start, end = (each.astimezone(NEW_YORK) for each in (LATE.when.start, LATE.when.end))
    elsewhere = replace(LATE, when=Timed(start, end))
    office.door.seen.clear()
    wanted = replace(SERIES, exceptions=(exception("2026-11-18", elsewhere),))
    await settle_exceptions(mailbox, id, wanted)
    assert {call.method for call in office.door.seen} == {"GET"}


async def test_whole_days_have_exceptions_too(mailbox: Mailbox) -> None:
    rule = Rule(pattern=Pattern.WEEKLY, weekdays=(Weekday.MONDAY,))
    series = an_event_content(when=all_day("2026-11-16"), rule=rule)
    changed = an_event_content(title="Longer", when=all_day("2026-11-23", 2))
    wanted = replace(
        series,
        exceptions=(
            SeriesException(date(2026, 11, 23), changed),
            SeriesException(date(2026, 11, 30), None),
        ),
    )
    assert (await settle_exceptions(mailbox, await created(mailbox, series), wanted)).content == (
        wanted
    )


async def test_an_occurrence_that_is_not_there_is_passed_over(mailbox: Mailbox) -> None:
    weekly = replace(SERIES, rule=Rule(pattern=Pattern.WEEKLY, weekdays=(Weekday.MONDAY,)))
    wanted = replace(weekly, exceptions=(exception("2026-11-17", None),))
    series = await settle_exceptions(mailbox, await created(mailbox, weekly), wanted)
    assert series.content == weekly


async def test_crossing_a_neighbour_is_refused(mailbox: Mailbox) -> None:
    far = replace(LATE, when=timed("2026-11-25T10:00", 15))
    wanted = replace(SERIES, exceptions=(exception("2026-11-18", far),))
    with pytest.raises(Rejected) as caught:
        await settle_exceptions(mailbox, await created(mailbox, SERIES), wanted)
    assert caught.value.code == "ErrorOccurrenceCrossingBoundary"


async def test_a_single_event_has_none(mailbox: Mailbox) -> None:
    id = await created(mailbox, an_event_content())
    assert (await settle_exceptions(mailbox, id, an_event_content())).content == an_event_content()


async def test_to_bring_back_a_cancelled_occurrence_the_rule_is_given_anew(
    mailbox: Mailbox, office: Sandbox
) -> None:
    # Exchange is known to forget exceptions then; the sandbox does so only if the times changed.
    id = await created(mailbox, SERIES)
    await settle_exceptions(mailbox, id, replace(SERIES, exceptions=(CANCELLED,)))
    office.door.seen.clear()
    await settle_exceptions(mailbox, id, SERIES)
    assert [call.method for call in office.door.seen if call.method != "GET"] == ["PATCH"]


async def test_what_outlook_forgot_with_the_old_times_is_written_again(mailbox: Mailbox) -> None:
    id = await created(mailbox, SERIES)
    await settle_exceptions(mailbox, id, replace(SERIES, exceptions=(CHANGED, CANCELLED)))
    later = replace(SERIES, when=timed("2026-11-16T09:45", 15))
    wanted = replace(
        later,
        exceptions=(
            SeriesException(timed("2026-11-18T09:45").start, LATE),
            SeriesException(timed("2026-11-20T09:45").start, None),
        ),
    )
    moved = await mailbox.update_event(id, mailbox.patch_for(SERIES, later))
    assert moved.content == later
    assert (await settle_exceptions(mailbox, id, wanted)).content == wanted
