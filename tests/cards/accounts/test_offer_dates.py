from __future__ import annotations

from dataclasses import replace

from cards.accounts.offer_dates import said_apart
from cards.viewer import Viewer
from services.model.books import Role
from services.model.events import EventContent, SeriesException
from services.model.recurrence import Pattern, Rule
from tests._builders import BERLIN, an_event_content, timed

INES = Viewer(BERLIN, "en", Role.EDITOR)
LUNCH = an_event_content(
    title="Lunch", when=timed("2026-11-20T12:00"), rule=Rule(pattern=Pattern.WEEKLY, count=5)
)
DAY = timed("2026-11-27T12:00").start
LATER = replace(LUNCH, rule=None, when=timed("2026-11-27T18:00"))


def excepted(content: EventContent | None) -> EventContent:
    return replace(LUNCH, exceptions=(SeriesException(DAY, content),))


def test_of_a_date_only_what_the_other_says_otherwise_is_told() -> None:
    brunch, supper = (excepted(replace(LATER, title=title)) for title in ("Brunch", "Supper"))
    assert said_apart(brunch, supper, "when", INES) == ["Fri, 27 Nov 2026: Brunch"]
    assert said_apart(supper, brunch, "when", INES) == ["Fri, 27 Nov 2026: Supper"]
    bare = excepted(replace(LATER, title="Brunch", text="Bring cake"))
    assert said_apart(bare, brunch, "when", INES) == ["Fri, 27 Nov 2026: Bring cake"]
    assert said_apart(brunch, bare, "when", INES) == ["Fri, 27 Nov 2026: nothing"]


def test_a_date_that_is_regular_or_cancelled_is_told_so() -> None:
    cancelled, moved = excepted(None), excepted(LATER)
    assert said_apart(cancelled, LUNCH, "when", INES) == ["Fri, 27 Nov 2026: cancelled"]
    assert said_apart(LUNCH, cancelled, "when", INES) == ["Fri, 27 Nov 2026: as the series"]
    (line,) = said_apart(moved, LUNCH, "when", INES)
    assert line.startswith("Fri, 27 Nov 2026: Lunch · Fri, 27 Nov 2026, 18:00")


def test_other_times_of_the_series_are_told_as_well() -> None:
    moved = replace(LUNCH, when=timed("2026-11-20T13:00"))
    lines = said_apart(replace(excepted(None), when=moved.when), LUNCH, "when", INES)
    assert lines[0].startswith("Fri, 20 Nov 2026, 13:00")
    assert lines[-1] == "Fri, 27 Nov 2026: cancelled"
    assert said_apart(moved, LUNCH, "title", INES) == ["Lunch"]
