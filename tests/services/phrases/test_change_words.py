"""What people say of events that are there already; Wednesday 18 November 2026 in Berlin."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.model.errors import Problem, Wrong
from services.model.new_time import MOST_MINUTES, NewTime
from services.phrases import (
    Called,
    Command,
    DeleteBook,
    DeleteEvent,
    MoveEvent,
    RenameEvent,
    Unknown,
    read,
)
from services.phrases.days import Days
from tests._builders import BERLIN
from tests._fakes import NOON

TOMORROW = date(2026, 11, 19)
FRIDAY = date(2026, 11, 20)


def asked(text: str, language: str = "en") -> Command:
    return read(text, NOON, BERLIN, language)


def on(day: date, *, weekday: bool = False) -> Days:
    return Days(day, day, weekday=weekday)


@pytest.mark.parametrize(
    ("text", "words", "to"),
    [
        ("move lunch with Ines to 14:00", "lunch with Ines", NewTime(start=840)),
        ("Move the lunch to 2pm please", "lunch", NewTime(start=840)),
        ("move lunch to 3", "lunch", NewTime(start=900)),
        ("move lunch to 12:30-13:15", "lunch", NewTime(start=750, end=795)),
        ("move lunch to 14:00 for 45 min", "lunch", NewTime(start=840, lasts=45)),
        ("reschedule review to friday", "review", NewTime(day=FRIDAY)),
        ("reschedule review for friday at 9", "review", NewTime(day=FRIDAY, start=540)),
        ("move trip to Rome to 24 december", "trip to Rome", NewTime(day=date(2026, 12, 24))),
        ("move “Kick-off” to next week", "Kick-off", NewTime(week=date(2026, 11, 23))),
        ("move Kick-off to tomorrow noon", "Kick-off", NewTime(day=TOMORROW, start=720)),
        ("move lunch to tomorrow morning", "lunch", NewTime(day=TOMORROW, start=540)),
        ("can you move lunch to friday?", "lunch", NewTime(day=FRIDAY)),
        ("change lunch to 14:00", "lunch", NewTime(start=840)),
        ("reschedule lunch friday 14:00", "lunch", NewTime(day=FRIDAY, start=840)),
        ("postpone review by 30 min", "review", NewTime(later=30)),
        ("move review one hour later", "review", NewTime(later=60)),
        ("postpone review by an hour", "review", NewTime(later=60)),
        ("push back review by 2 days", "review", NewTime(later=2880)),
        ("postpone review by a week", "review", NewTime(later=10080)),
        ("move review 2 hours later", "review", NewTime(later=120)),
        ("move review half an hour earlier", "review", NewTime(later=-30)),
        ("bring forward review by 1 hour", "review", NewTime(later=-60)),
    ],
)
def test_an_event_is_moved_in_words(text: str, words: str, to: NewTime) -> None:
    command = asked(text)
    assert isinstance(command, MoveEvent), command
    assert (command.which.words, command.to, command.problems) == (words, to, ())


@pytest.mark.parametrize(
    ("text", "which"),
    [
        ("delete standup tomorrow", Called("standup tomorrow", "standup", on(TOMORROW))),
        ("cancel the standup!", Called("standup", "standup")),
        ("cancel tomorrow", Called("tomorrow", "", on(TOMORROW))),
        ("call off lunch at 12:30", Called("lunch at 12:30", "lunch", None, 750)),
        (
            "delete Friday drinks",
            Called("Friday drinks", "drinks", on(FRIDAY, weekday=True)),
        ),
        ("remove event 31 February", Called("31 February", "31 February")),
        ("delete calendars of old", Called("calendars of old", "calendars of old")),
    ],
)
def test_an_event_is_called_off_in_words(text: str, which: Called) -> None:
    assert asked(text) == DeleteEvent(which)


def test_an_event_that_is_moved_may_be_named_by_its_day() -> None:
    command = asked("move lunch tomorrow at 12 to friday 15:00")
    assert isinstance(command, MoveEvent)
    assert (command.which.words, command.which.at) == ("lunch", 720)
    assert command.which.days == on(TOMORROW)
    assert command.to == NewTime(day=FRIDAY, start=900)


def test_an_event_is_renamed_in_words() -> None:
    which = Called("lunch with Ines", "lunch with Ines")
    assert asked("rename event lunch with Ines to Dinner at Luigi's") == RenameEvent(
        which, "Dinner at Luigi's"
    )
    assert asked("rename lunch with Ines to Dinner") == RenameEvent(which, "Dinner", True)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("move lunch to 31 February", Problem("start_date", Wrong.NOT_A_DATE)),
        ("move lunch to 25:00", Problem("start_time", Wrong.NOT_A_TIME)),
    ],
)
def test_a_time_that_cannot_be_is_told(text: str, problem: Problem) -> None:
    command = asked(text)
    assert isinstance(command, MoveEvent)
    assert command.problems == (problem,)


@pytest.mark.parametrize(
    "text",
    [
        *("move", "move lunch", "move to 14:00", "move lunch to the garden", "rename lunch"),
        *("delete", "cancel this", "move lunch by far", "postpone lunch by friday"),
        *("move lunch to friday in the garden", "rename event to Dinner", "bring forward tea"),
    ],
)
def test_what_says_no_change_is_not_understood(text: str) -> None:
    assert isinstance(asked(text), Unknown)


def test_deleting_a_calendar_is_still_that() -> None:
    assert isinstance(asked("delete calendar Travel"), DeleteBook)


def test_days_are_said_in_the_language_of_the_person() -> None:
    command = asked("move Essen to Freitag 15:00", "de")
    assert isinstance(command, MoveEvent)
    assert command.to == NewTime(day=FRIDAY, start=900)


minutes = st.integers(0, 24 * 60)
new_times = st.builds(
    NewTime,
    day=st.none() | st.dates(),
    week=st.none() | st.dates(),
    start=st.none() | minutes,
    end=st.none() | minutes,
    lasts=st.none() | st.integers(0, MOST_MINUTES),
    later=st.none() | st.integers(-MOST_MINUTES, MOST_MINUTES),
)


@given(new_times)
@settings(max_examples=100)
def test_a_new_time_comes_back_from_its_text(to: NewTime) -> None:
    assert NewTime.of(to.text) == to


@pytest.mark.slow
@given(
    st.from_regex(r"[a-zA-Z]{3,12}( [a-zA-Z]{3,12}){0,2}", fullmatch=True),
    st.integers(0, 23),
    st.integers(0, 59),
)
@settings(max_examples=100, deadline=None)
def test_any_title_is_moved_to_any_hour(title: str, hour: int, minute: int) -> None:
    command = asked(f"move event {title} to {hour}:{minute:02}")
    assert isinstance(command, MoveEvent)
    assert command.to == NewTime(start=hour * 60 + minute)
    assert title.split()[-1] in command.which.said
