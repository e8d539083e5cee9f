"""Events, both ways."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, tzinfo
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.graph.convert import from_graph, patch_for, to_graph
from services.graph.tags import TAG
from services.graph.zones import UTC_ZONE
from services.model.errors import ReadOnlyReason, Unreadable
from services.model.events import (
    EventContent,
    Importance,
    Mirror,
    Response,
    SeriesException,
    ShowAs,
)
from services.model.recurrence import Pattern, Rule
from services.model.times import AllDay, Timed
from tests._builders import BERLIN, NEW_YORK, all_day, an_event_content, timed
from tests.services.graph._echo import an_item, echo
from tests.services.graph._strategies import contents

DAILY = Rule(pattern=Pattern.DAILY)
DAILY_SENT = {
    "pattern": {"type": "daily", "interval": 1},
    "range": {
        "type": "noEnd",
        "startDate": "2026-11-20",
        "recurrenceTimeZone": "W. Europe Standard Time",
    },
}


def instants(content: EventContent) -> EventContent:
    """The same content with times in UTC: a single event may change its zone, never its time."""
    if isinstance(content.when, AllDay):
        return content
    start, end = (each.astimezone(UTC_ZONE) for each in (content.when.start, content.when.end))
    return replace(content, when=Timed(start, end))


def zone_of(content: EventContent) -> tzinfo | None:
    assert isinstance(content.when, Timed)
    return content.when.start.tzinfo


# -- both ways -------------------------------------------------------------------------------


@given(contents())
def test_what_outlook_is_told_it_tells_back(content: EventContent) -> None:
    told = from_graph(echo(to_graph(content))).content
    if content.rule is None:
        assert instants(told) == instants(content)
    else:
        assert told == content


@given(contents())
def test_a_body_that_outlook_turned_into_html_says_the_same(content: EventContent) -> None:
    assert from_graph(echo(to_graph(content), html=True)).content.text == content.text


@given(contents(), contents())
def test_a_patch_makes_of_the_old_event_the_new_one(old: EventContent, new: EventContent) -> None:
    assert to_graph(old) | patch_for(old, new) == to_graph(new) | (
        {"recurrence": None} if old.rule and not new.rule else {}
    ) | ({"reminderMinutesBeforeStart": old.reminder_minutes} if _reminder_lost(old, new) else {})


def _reminder_lost(old: EventContent, new: EventContent) -> bool:
    return old.reminder_minutes is not None and new.reminder_minutes is None


@given(contents(), contents())
def test_neither_a_create_nor_a_patch_ever_invites_anybody(
    old: EventContent, new: EventContent
) -> None:
    assert "attendees" not in to_graph(new)
    assert "attendees" not in patch_for(old, new)


# -- what is sent ----------------------------------------------------------------------------


def test_a_patch_has_changed_groups_alone() -> None:
    old = an_event_content(text="with a join link", place="Room 1")
    assert patch_for(old, replace(old, title="Dinner")) == {"subject": "Dinner"}
    assert patch_for(old, replace(old, tags=("Blue",))) == {"categories": ["Blue"]}
    assert patch_for(old, replace(old, importance=Importance.HIGH)) == {"importance": "high"}
    assert patch_for(old, replace(old, place="Room 2")) == {"location": {"displayName": "Room 2"}}
    assert patch_for(old, replace(old, reminder_minutes=5)) == {
        "isReminderOn": True,
        "reminderMinutesBeforeStart": 5,
    }
    assert patch_for(old, old) == {}


def test_a_body_of_which_only_the_beginning_was_seen_is_never_written_over() -> None:
    seen = from_graph(an_item(body={"contentType": "text", "content": "word " * 60_000})).content
    assert patch_for(seen, replace(seen, text="Mine", title="Dinner")) == {"subject": "Dinner"}


def test_times_are_sent_together() -> None:
    old = an_event_content()
    patch = patch_for(old, replace(old, when=timed(minutes=90)))
    assert patch.keys() == {"start", "end", "isAllDay"}


def test_another_hour_of_a_series_leaves_its_rule_alone() -> None:
    old = an_event_content(rule=DAILY)
    later = patch_for(old, replace(old, when=timed("2026-11-20T15:00")))
    another_day = patch_for(old, replace(old, when=timed("2026-11-21T15:00")))
    assert "recurrence" not in later
    assert another_day["recurrence"]["range"]["startDate"] == "2026-11-21"


def test_a_series_becomes_a_single_event() -> None:
    old = an_event_content(rule=DAILY)
    assert patch_for(old, replace(old, rule=None)) == {"recurrence": None}


def test_the_second_of_two_equal_hours_is_sent_as_an_instant() -> None:
    second = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1)
    sent = to_graph(an_event_content(when=Timed(second, second)))
    assert sent["start"] == {"dateTime": "2026-10-25T01:30:00", "timeZone": "UTC"}


def test_whole_days_begin_at_the_mailboxes_midnight() -> None:
    sent = to_graph(an_event_content(when=all_day("2026-11-20", 2)), all_day_zone=NEW_YORK)
    assert sent["start"] == {"dateTime": "2026-11-20T00:00:00", "timeZone": "Eastern Standard Time"}
    assert sent["end"] == {"dateTime": "2026-11-22T00:00:00", "timeZone": "Eastern Standard Time"}


# -- what is read ----------------------------------------------------------------------------


def test_an_event_is_put_back_on_its_own_clock() -> None:
    event = from_graph(an_item())
    assert event.content == an_event_content(place="Café", text="Bring the maps", tags=("Harbour",))
    assert zone_of(event.content) == BERLIN
    assert not event.content.zone_guessed
    assert event.changed_at == datetime(2026, 11, 18, 12, tzinfo=UTC)


@pytest.mark.parametrize("name", ["tzone://Microsoft/Custom", "Customized Time Zone", None])
def test_a_single_event_of_an_unknown_zone_keeps_its_instant(name: str | None) -> None:
    event = from_graph(an_item(originalStartTimeZone=name), fallback=NEW_YORK)
    assert event.content.zone_guessed
    assert isinstance(event.content.when, Timed)
    assert event.content.when.start == datetime(2026, 11, 20, 11, 30, tzinfo=UTC_ZONE)
    assert event.content.when.start.tzinfo == UTC_ZONE


def test_a_series_of_an_unknown_zone_takes_the_mailboxes() -> None:
    series = {**DAILY_SENT, "range": {"type": "noEnd", "startDate": "2026-11-20"}}
    item = an_item(originalStartTimeZone="tzone://Microsoft/Custom", recurrence=series)
    event = from_graph(item, fallback=NEW_YORK)
    assert event.content.zone_guessed
    assert zone_of(event.content) == NEW_YORK


def test_the_zone_of_the_rule_goes_before_that_of_the_start() -> None:
    event = from_graph(an_item(originalStartTimeZone="UTC", recurrence=DAILY_SENT))
    assert zone_of(event.content) == BERLIN


@pytest.mark.parametrize(
    ("start", "end", "zone"),
    [
        ("2026-11-20T00:00:00.0000000", "2026-11-22T00:00:00.0000000", "W. Europe Standard Time"),
        ("2026-11-19T23:00:00.0000000", "2026-11-21T23:00:00.0000000", "W. Europe Standard Time"),
        ("2026-11-20T05:00:00.0000000", "2026-11-22T05:00:00.0000000", "Eastern Standard Time"),
        ("2026-11-19T23:00:00.0000000", "2026-11-21T23:00:00.0000000", "tzone://Microsoft/Custom"),
    ],
)
def test_whole_days_stay_the_days_they_are(start: str, end: str, zone: str) -> None:
    item = an_item(
        isAllDay=True,
        start={"dateTime": start, "timeZone": "UTC"},
        end={"dateTime": end, "timeZone": "UTC"},
        originalStartTimeZone=zone,
    )
    event = from_graph(item)
    assert event.content.when == AllDay(date(2026, 11, 20), date(2026, 11, 22))
    assert not event.content.zone_guessed


def test_an_all_day_event_takes_at_least_a_day() -> None:
    same = {"dateTime": "2026-11-20T00:00:00.0000000", "timeZone": "UTC"}
    event = from_graph(an_item(isAllDay=True, start=same, end=same))
    assert event.content.when == all_day("2026-11-20")


@pytest.mark.parametrize(
    "times",
    [
        {"start": {"dateTime": "0001-01-01T00:00:00.0000000", "timeZone": "UTC"}},
        {"end": {"dateTime": "9999-12-31T23:59:59.9999999", "timeZone": "UTC"}},
        {"start": {"dateTime": "2027-01-01T00:00:00", "timeZone": "UTC"}},
        {"start": {"dateTime": "soon", "timeZone": "UTC"}},
        {"start": {"dateTime": "2026-11-20T11:30:00", "timeZone": "Mars"}},
        {"start": None},
        {"end": {}},
    ],
)
def test_impossible_times_are_named(times: dict[str, Any]) -> None:
    with pytest.raises(Unreadable, match="times"):
        from_graph(an_item(**times))


ODD = st.sampled_from([None, 7, "x", "", [], [3], {}, {"type": "daily"}, True, -1.5])


@given(st.dictionaries(st.sampled_from(sorted(an_item())), ODD, max_size=4))
def test_an_item_of_any_shape_is_read_or_named(odd: dict[str, Any]) -> None:
    with suppress(Unreadable):
        from_graph(an_item(**odd), exceptions=[an_exception("2026-11-21T11:30:00Z", **odd)])


def test_unknown_words_are_read_with_care() -> None:
    event = from_graph(an_item(showAs="unknown", sensitivity="secret", isReminderOn=True))
    assert event.content.show_as is ShowAs.BUSY
    assert event.content.sensitivity == "private"
    assert event.content.reminder_minutes == 15
    assert from_graph(an_item(importance="urgent")).content.importance is Importance.NORMAL


def test_categories_are_tags_each_of_them_once() -> None:
    event = from_graph(an_item(categories=["Blue", " blue ", "Hafen", ""]))
    assert event.content.tags == ("Blue", "Hafen")


def test_a_category_that_is_no_text_is_named() -> None:
    with pytest.raises(Unreadable, match="categories"):
        from_graph(an_item(categories=["Blue", 7]))


@pytest.mark.parametrize(
    ("word", "show_as"),
    [("oof", ShowAs.AWAY), ("workingElsewhere", ShowAs.ELSEWHERE), ("free", ShowAs.FREE)],
)
def test_free_and_busy_have_their_own_words(word: str, show_as: ShowAs) -> None:
    assert from_graph(an_item(showAs=word)).content.show_as is show_as


def test_nothing_said_is_nothing_known() -> None:
    bare = {"id": "A", "start": an_item()["start"], "end": an_item()["end"]}
    event = from_graph(bare)
    assert event.content.title == ""
    assert event.mirror is None


def test_our_own_tag_is_found_among_others() -> None:
    held = [{"id": "String {0} Name X", "value": "y"}, {"id": TAG.upper(), "value": "t-1"}]
    assert from_graph(an_item(singleValueExtendedProperties=held)).tag == "t-1"


# -- meetings --------------------------------------------------------------------------------

GUEST = {"emailAddress": {"address": "bo@harbour.example"}}


@pytest.mark.parametrize(
    ("given", "reason", "attendees"),
    [
        ({"attendees": [GUEST]}, ReadOnlyReason.HAS_ATTENDEES, 1),
        ({"isOrganizer": False, "attendees": [GUEST]}, ReadOnlyReason.OTHER_ORGANISER, 1),
        ({"isOnlineMeeting": True, "isOrganizer": None}, ReadOnlyReason.ONLINE_MEETING, 0),
        ({"isOnlineMeeting": True, "attendees": [GUEST]}, ReadOnlyReason.HAS_ATTENDEES, 1),
    ],
)
def test_a_meeting_is_only_mirrored(
    given: dict[str, Any], reason: ReadOnlyReason, attendees: int
) -> None:
    join = {"onlineMeeting": {"joinUrl": "https://teams.example/j"}}
    mirror = from_graph(an_item(**given, **join)).mirror
    assert mirror == Mirror(
        reason, "Ines", attendees, "https://teams.example/j", Response.ORGANISER
    )


@pytest.mark.parametrize(
    ("word", "response"),
    [
        ("notResponded", Response.WAITING),
        ("tentativelyAccepted", Response.TENTATIVE),
        ("accepted", Response.ACCEPTED),
        ("declined", Response.DECLINED),
        ("none", Response.NONE),
        ("delegated", Response.NONE),
    ],
)
def test_what_the_person_answered_is_known(word: str, response: Response) -> None:
    item = an_item(isOrganizer=False, attendees=[GUEST], responseStatus={"response": word})
    mirror = from_graph(item).mirror
    assert mirror is not None and mirror.response is response


@pytest.mark.slow
@given(contents(), contents())
def test_neither_a_create_nor_a_patch_ever_answers_an_invitation(
    old: EventContent, new: EventContent
) -> None:
    assert "responseStatus" not in to_graph(new) | patch_for(old, new)


def test_an_event_of_ones_own_is_no_mirror() -> None:
    assert from_graph(an_item()).mirror is None


def test_an_online_meeting_without_guests_is_ones_own_but_for_its_text() -> None:
    online = {"isOnlineMeeting": True, "onlineMeeting": {"joinUrl": "https://teams.example/j"}}
    event = from_graph(an_item(**online))
    assert (event.mirror, event.keeps_text) == (None, True)
    assert event.content.meeting_url == "https://teams.example/j"
    assert from_graph(an_item()).keeps_text is False


def test_only_a_web_address_can_be_joined() -> None:
    item = an_item(isOnlineMeeting=True, onlineMeetingUrl="javascript:alert(1)")
    assert from_graph(item).content.meeting_url == ""
    mirror = from_graph({**item, "attendees": [GUEST]}).mirror
    assert mirror is not None and mirror.join_url == ""


def test_a_cancelled_meeting_says_so() -> None:
    assert from_graph(an_item(isCancelled=True, isOrganizer=False)).is_cancelled


# -- series ----------------------------------------------------------------------------------


def an_exception(original: str, **given: Any) -> dict[str, Any]:
    return an_item(**({"type": "exception", "originalStart": original} | given))


def test_a_series_carries_its_exceptions_in_its_own_zone() -> None:
    moved = an_exception(
        "2026-11-21T11:30:00Z",
        subject="Late lunch",
        start={"dateTime": "2026-11-21T13:00:00.0000000", "timeZone": "UTC"},
        end={"dateTime": "2026-11-21T14:00:00.0000000", "timeZone": "UTC"},
    )
    event = from_graph(
        an_item(recurrence=DAILY_SENT), exceptions=[moved], cancelled=[date(2027, 4, 2)]
    )
    first, second = event.content.exceptions
    assert event.content.rule == DAILY
    assert first.original == datetime(2026, 11, 21, 12, 30, tzinfo=BERLIN)
    assert first.content is not None
    assert first.content.title == "Late lunch"
    assert first.content.when == timed("2026-11-21T14:00")
    # In summer time still at half past twelve on the wall.
    assert second == SeriesException(datetime(2027, 4, 2, 12, 30, tzinfo=BERLIN), None)


def test_an_occurrence_that_the_organiser_called_off_is_cancelled() -> None:
    off = an_exception("2026-11-21T11:30:00Z", isCancelled=True)
    event = from_graph(an_item(recurrence=DAILY_SENT), exceptions=[off])
    assert [each.content for each in event.content.exceptions] == [None]


def test_exceptions_of_whole_days_are_kept_under_days() -> None:
    day = {"dateTime": "2026-11-20T00:00:00.0000000", "timeZone": "UTC"}
    following = {"dateTime": "2026-11-21T00:00:00.0000000", "timeZone": "UTC"}
    whole: dict[str, Any] = {"isAllDay": True, "start": day, "end": following}
    series = an_item(recurrence=DAILY_SENT, **whole)
    changed = an_exception("2026-11-23T00:00:00Z", **(whole | {"subject": "Quiet day"}))
    event = from_graph(series, exceptions=[changed], cancelled=[date(2026, 11, 22)])
    assert [each.original for each in event.content.exceptions] == [
        date(2026, 11, 22),
        date(2026, 11, 23),
    ]


def test_an_exception_of_an_unknown_zone_keeps_to_its_series() -> None:
    odd = an_exception("2026-11-21T11:30:00Z", originalStartTimeZone="tzone://Microsoft/Custom")
    event = from_graph(an_item(recurrence=DAILY_SENT), exceptions=[odd])
    content = event.content.exceptions[0].content
    assert content is not None
    assert zone_of(content) == BERLIN


def test_an_exception_without_its_original_start_is_named() -> None:
    with pytest.raises(Unreadable, match="original_start"):
        from_graph(an_item(recurrence=DAILY_SENT), exceptions=[an_item()])
