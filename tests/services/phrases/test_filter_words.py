"""What narrows a search for events down, as it is typed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from services.model.filters import Sought
from services.phrases.asker import Asker
from services.phrases.filter_words import read_filters

ASKER = Asker(datetime(2026, 11, 20, 9, tzinfo=UTC), ZoneInfo("Europe/Copenhagen"), "en")
CALENDARS = ("Your calendar", "Travel", "Travel costs", "Sales · General", "May Fair")


@pytest.mark.parametrize(
    ("text", "words", "calendar"),
    [
        ("lunch in Travel", "lunch", "Travel"),
        ("in travel costs", "", "Travel costs"),
        ("in travel c", "c", "Travel"),
        ("hotel in general", "hotel", "Sales · General"),
        ("in gen hotel", "hotel", "Sales · General"),
        ("swim in the sea in general", "swim in the sea", "Sales · General"),
        ("in tra", "in tra", ""),
        ("in g", "in g", ""),
        ("hotel in Paris", "hotel in Paris", ""),
        ("in ", "in", ""),
    ],
)
def test_a_calendar_is_named_behind_in_or_its_beginning_where_no_other_begins_so(
    text: str, words: str, calendar: str
) -> None:
    assert read_filters(text, ASKER, CALENDARS) == Sought(words=words, calendar=calendar)


def test_days_are_days_before_they_begin_a_name() -> None:
    found = read_filters("lunch in may", ASKER, CALENDARS)
    assert (found.words, found.calendar) == ("lunch", "")
    assert (found.first, found.last) == (date(2027, 5, 1), date(2027, 5, 31))
    assert read_filters("lunch in may fair", ASKER, CALENDARS).calendar == "May Fair"
