"""The views of a calendar, where their pictures alone would not tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from cards.events.event_actions import AgendaShow
from cards.views.agenda_form import agenda_values, read_agenda_form, typed_agenda
from cards.views.basis import Basis
from cards.views.calendar import calendar_card
from cards.views.find_actions import AwayShow, FindShow
from cards.views.free_busy import free_busy_card
from cards.views.time_actions import FreeBusyShow, TimesFind
from services.model.availability import Known, Live
from services.model.books import BookId
from services.model.errors import InvalidInput, Problem, Wrong
from services.model.events import Occurrence, ShowAs
from services.model.posts import Days
from services.model.settings import BookSettings, Holiday, View
from tests._builders import all_day, an_event, an_event_content, timed
from tests._teams_cards import buttons
from tests.cards._reading import words
from tests.cards._time_samples import block, diary
from tests.cards._view_samples import BOOK, INES, TODAY, of


def one(**given: Any) -> Occurrence:
    content = an_event_content(**given)
    return Occurrence.of(an_event(content))


def drawn(shown: AgendaShow, *found: Occurrence, **more: Any) -> str:
    return words(calendar_card(found, shown, BOOK, INES, today=TODAY, **more))


def test_a_day_says_what_overlaps_and_a_free_event_overlaps_with_nothing() -> None:
    long, inside = one(title="Long", when=timed(minutes=120)), one(title="Inside")
    free = one(title="Music", show_as=ShowAs.FREE)
    later = one(title="Later", when=timed("2026-11-20T14:30"))
    whole = one(title="Fair", when=all_day())
    said = drawn(of(View.DAY), whole, long, inside, free, later)
    assert said.count("overlaps with another") == 2
    assert "overlaps" not in drawn(of(View.DAY), long, later)


def test_a_day_shows_nothing_of_other_days() -> None:
    before, after = timed("2026-11-19T12:30"), all_day("2026-11-21", days=3)
    said = drawn(of(View.DAY), one(title="Past", when=before), one(title="Next", when=after))
    assert "Past" not in said and "Next" not in said and "Nothing is planned." in said


def test_a_very_full_day_has_pages() -> None:
    many = [one(title=f"Event {n:02}", when=timed(minutes=0)) for n in range(25)]
    first = calendar_card(many, of(View.DAY), BOOK, INES, today=TODAY)
    assert "1 to 20 of 25 entries" in words(first)
    (more,) = (a for a in buttons(first) if a["title"] == "More")
    second = AgendaShow.from_data(more["data"])
    assert "21 to 25 of 25 entries" in drawn(second, *many)
    assert "21 to 25 of 25 entries" in drawn(replace(second, page=9), *many)


def test_a_filter_is_named_and_can_be_lifted() -> None:
    travel = one(title="Trip", tags=("travel",))
    said = drawn(replace(of(View.WEEK), tag="#travel", who="Ines"), travel, one(title="Numbers"))
    assert "Only #travel with Ines. Show all" in said
    assert "Numbers" not in said


@pytest.mark.parametrize("view", View)
def test_a_holiday_stands_in_every_view_and_is_left_out_by_a_filter(view: View) -> None:
    holidays = [Holiday(TODAY, "Harbour day"), Holiday(TODAY, "Second name")]
    said = drawn(of(view), holidays=holidays)
    assert "Harbour day" in said and "Second name" in said
    assert "Harbour day" not in drawn(replace(of(view), tag="travel"), holidays=holidays)


def test_weekends_may_be_left_out_of_a_week_and_a_month() -> None:
    working = replace(BOOK, settings=BookSettings(weekends=False))
    for view in (View.WEEK, View.MONTH):
        said = words(calendar_card([], of(view), working, INES, today=TODAY)).splitlines()
        assert "Fri" in said and "Sat" not in said and "Sun" not in said


def test_the_second_day_of_an_event_says_until_when_it_lasts() -> None:
    shift = one(title="Shift", when=timed("2026-11-19T22:00", 8 * 60))
    said = drawn(of(View.WEEK), shift)
    assert "until 06:00" in said and "until-" not in said


def test_the_agenda_ends_where_calendars_do() -> None:
    last = date(2200, 12, 31)
    shown = AgendaShow(BOOK.id, last, 31)
    card = calendar_card([], shown, BOOK, INES, today=TODAY)
    (later,) = (a for a in buttons(card) if a["title"] == "Later")
    assert AgendaShow.from_data(later["data"]).first == last


NOW = AgendaShow(BookId("book-1"), date(2026, 11, 20), 31, 2, "week", "travel", "Ines")


def test_a_form_that_nobody_has_touched_shows_the_same_from_its_first_page() -> None:
    assert read_agenda_form(agenda_values(NOW), NOW) == replace(NOW, page=0)


def test_a_form_chooses_day_view_calendar_and_filters() -> None:
    typed = {
        "day": "2027-03-01",
        "kind": "agenda",
        "calendar": "book-2",
        "only_tag": "# fair",
        "only_who": " Omar ",
    }
    chosen = read_agenda_form(typed, NOW)
    expected = AgendaShow(BookId("book-2"), date(2027, 3, 1), 7, 0, "agenda", "fair", "Omar")
    assert chosen == expected
    emptied = read_agenda_form({name: "" for name in typed}, NOW)
    assert emptied == AgendaShow(NOW.book, None, 31, 0, "week")


def test_each_bad_value_of_the_form_is_named() -> None:
    typed = {
        "day": "2027-02-31",
        "kind": "year",
        "calendar": "x" * 101,
        "only_tag": "x" * 101,
        "only_who": "x" * 101,
    }
    with pytest.raises(InvalidInput) as refused:
        read_agenda_form(typed, NOW)
    assert set(refused.value.problems) == {
        Problem("day", Wrong.NOT_A_DATE),
        Problem("kind", Wrong.NOT_A_CHOICE),
        Problem("calendar", Wrong.NOT_A_CHOICE),
        Problem("only_tag", Wrong.TOO_LONG, 100),
        Problem("only_who", Wrong.TOO_LONG, 100),
    }
    assert typed_agenda(typed | {"verb": "x"}) == typed
    assert "day" not in typed_agenda({"day": 7})


@pytest.mark.parametrize(
    "action",
    [
        lambda: AgendaShow(view="year"),
        lambda: AgendaShow(tag="x" * 201),
        lambda: FindShow("x" * 201),
        lambda: FindShow(page=51),
        lambda: AwayShow(days=93),
        lambda: AwayShow(first=date(1899, 12, 31)),
        lambda: FreeBusyShow(first=date(2201, 1, 1)),
        lambda: FreeBusyShow(who="x" * 501),
        lambda: TimesFind(days=32),
        lambda: TimesFind(minutes=4),
    ],
)
def test_a_button_that_no_card_of_ours_has_is_refused(action: Any) -> None:
    with pytest.raises(ValueError, match="not"):
        action()


def test_an_hour_that_is_taken_in_part_has_a_sign_of_its_own() -> None:
    half = diary("Mara", block(9, 9.5), block(9.75, 10, ShowAs.TENTATIVE), block(11, 12))
    basis = Basis(Known((half,), Live.ANSWERED))
    shown = FreeBusyShow(BOOK.id, TODAY, live=True)
    card = free_busy_card(basis, shown, INES, today=TODAY, shared=False)
    said = words(card)
    assert "\N{CIRCLE WITH LEFT HALF BLACK}" in said.splitlines()
    assert "busy 09:00-09:30, 11:00-12:00; tentative 09:45-10:00" in said


def test_the_days_of_a_post_know_their_last() -> None:
    assert Days(TODAY, 7).last == TODAY + timedelta(days=6)
