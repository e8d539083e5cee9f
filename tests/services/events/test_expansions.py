"""What was expanded lately is not expanded again, and never shown when it is no longer so."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from services.events.expansions import Expansions
from services.model.books import BookId
from services.model.events import Event, EventId, Occurrence
from services.model.recurrence import Pattern, Rule
from tests._builders import BERLIN, an_event, an_event_content, timed

START = datetime(2026, 11, 16, tzinfo=BERLIN)
WEEK = timedelta(days=7)
BOOK = BookId("b1")
DAILY = Rule(pattern=Pattern.DAILY)


def event(number: int, title: str = "Stand-up") -> Event:
    content = an_event_content(title=title, when=timed("2026-11-16T09:00"), rule=DAILY)
    return replace(an_event(content), id=EventId(f"e{number}"))


def titles(found: tuple[Occurrence, ...]) -> list[str]:
    return [one.content.title for one in found]


def test_the_same_question_has_the_same_answer_at_once() -> None:
    expansions, events = Expansions(), [event(1), event(2)]
    first = expansions.between(BOOK, events, START, START + WEEK, BERLIN)
    assert len(first) == 14
    again = expansions.between(BOOK, list(events), START, START + WEEK, BERLIN)
    assert again is first


def test_what_has_changed_is_expanded_again_and_the_rest_is_not() -> None:
    expansions, one, two = Expansions(), event(1), event(2)
    first = expansions.between(BOOK, [one, two], START, START + WEEK, BERLIN)
    changed = event(2, "Retro")
    second = expansions.between(BOOK, [one, changed], START, START + WEEK, BERLIN)
    assert titles(second).count("Retro") == 7
    kept = {id(each) for each in first if each.event is one}
    assert {id(each) for each in second if each.event is one} == kept
    assert titles(expansions.between(BOOK, [one], START, START + WEEK, BERLIN)) == ["Stand-up"] * 7


def test_other_windows_and_other_calendars_are_other_questions() -> None:
    expansions = Expansions()
    ours, theirs = [event(1)], [event(1, "Retro")]
    a = expansions.between(BOOK, ours, START, START + WEEK, BERLIN)
    b = expansions.between(BookId("b2"), theirs, START, START + WEEK, BERLIN)
    c = expansions.between(BOOK, ours, START, START + 2 * WEEK, BERLIN)
    assert (titles(a), titles(b), len(c)) == (["Stand-up"] * 7, ["Retro"] * 7, 14)
    assert expansions.between(BOOK, ours, START, START + WEEK, BERLIN) is a


def test_windows_that_nobody_asks_for_are_forgotten() -> None:
    expansions, events = Expansions(most=20), [event(1)]
    first = expansions.between(BOOK, events, START, START + WEEK, BERLIN)
    for weeks in (1, 2, 3):
        expansions.between(BOOK, events, START + weeks * WEEK, START + (weeks + 1) * WEEK, BERLIN)
    again = expansions.between(BOOK, events, START, START + WEEK, BERLIN)
    assert again == first and again is not first
