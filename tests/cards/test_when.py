from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from cards.viewer import Everyone, Viewer
from cards.when import (
    day_long,
    days_between,
    days_of,
    describe,
    first_day,
    hours_on,
    moment,
    time_short,
    zone_name,
)
from services.model.times import When
from tests._builders import BERLIN, NEW_YORK, REGINA, a_book, all_day, timed

INES = Viewer(BERLIN, "en")
BEN = Viewer(NEW_YORK, "en-US")
DASH = "\N{EN DASH}"


@pytest.mark.parametrize(
    ("when", "sentence"),
    [
        (timed(), "Fri, 20 Nov 2026, 12:30 - 13:30"),
        (timed(minutes=0), "Fri, 20 Nov 2026, 12:30"),
        (timed("2026-11-20T22:00", 300), "Fri, 20 Nov 2026, 22:00 - Sat, 21 Nov 2026, 03:00"),
        (all_day(), "Fri, 20 Nov 2026, all day"),
        (all_day(days=3), "Fri, 20 - Sun, 22 Nov 2026"),
        (timed(zone=ZoneInfo("Europe/Paris")), "Fri, 20 Nov 2026, 12:30 - 13:30"),
        (timed(zone=ZoneInfo("UTC")), "Fri, 20 Nov 2026, 13:30 - 14:30"),
        (
            timed(zone=NEW_YORK),
            "Fri, 20 Nov 2026, 18:30 - 19:30 (12:30 New York time)",
        ),
        (
            timed("2026-11-20T22:00", zone=NEW_YORK),
            "Sat, 21 Nov 2026, 04:00 - 05:00 (Fri 20 Nov, 22:00 New York time)",
        ),
    ],
)
def test_a_time_is_told_as_the_reader_would_write_it(when: When, sentence: str) -> None:
    told = describe(when, INES).replace(DASH, "-").replace("\u2009", " ")
    assert told.replace("20 Nov -", "20 -") == sentence.replace("20 Nov -", "20 -")


def test_an_american_reads_american_times() -> None:
    told = describe(timed(), BEN).replace("\u202f", " ")
    assert told == f"Fri, Nov 20, 2026, 6:30 AM {DASH} 7:30 AM (12:30 PM Berlin time)"


def test_a_post_names_its_zone() -> None:
    told = describe(timed(zone=NEW_YORK), Everyone(a_book()))
    assert told == f"Fri, 20 Nov 2026, 18:30 {DASH} 19:30 (Berlin time)"


def test_summer_time_is_kept_apart() -> None:
    assert "14:30" in describe(timed("2026-07-20T14:30"), INES)
    assert "20:30" in describe(timed("2026-07-20T14:30", zone=NEW_YORK), INES)
    assert "20:30" in describe(timed("2026-11-20T13:30", zone=REGINA), INES)


@pytest.mark.parametrize(
    ("when", "day", "lines"),
    [
        (timed(), "2026-11-20", ("12:30", "13:30")),
        (timed(minutes=0), "2026-11-20", ("12:30", "")),
        (all_day(), "2026-11-20", ("All day", "")),
        (timed("2026-11-20T22:00", 52 * 60), "2026-11-20", ("22:00", "…")),
        (timed("2026-11-20T22:00", 52 * 60), "2026-11-21", ("All day", "")),
        (timed("2026-11-20T22:00", 52 * 60), "2026-11-23", ("until", "02:00")),
        (timed("2026-11-20T22:00", 120), "2026-11-20", ("22:00", "00:00")),
    ],
)
def test_an_agenda_line_has_the_hours_of_its_day(
    when: When, day: str, lines: tuple[str, str]
) -> None:
    assert hours_on(when, date.fromisoformat(day), INES) == lines


def test_who_ends_at_midnight_ends_the_day_before() -> None:
    assert days_of(timed("2026-11-20T22:00", 120), BERLIN)[1] == date(2026, 11, 20)
    assert days_of(timed("2026-11-20T00:00", 0), BERLIN)[1] == date(2026, 11, 20)
    assert days_of(all_day(days=2), BERLIN)[1] == date(2026, 11, 21)
    abroad = timed("2026-11-20T22:00", zone=NEW_YORK)
    assert first_day(abroad, BERLIN) == date(2026, 11, 21)
    assert days_of(abroad, BERLIN) == (date(2026, 11, 21), date(2026, 11, 21))
    assert first_day(all_day(), BERLIN) == date(2026, 11, 20)


def test_a_moment_is_told_in_the_reader_s_zone() -> None:
    at = datetime(2026, 11, 20, 23, 30, tzinfo=ZoneInfo("UTC"))
    assert moment(at, INES) == "Sat, 21 Nov 2026, 00:30"


def test_one_day_is_no_range() -> None:
    day = date(2026, 11, 20)
    assert days_between(day, day, "en") == day_long(day, "en")


@pytest.mark.parametrize("language", ["en", "en-XX", "xx", "", "en-!!", "tlh-KX"])
def test_an_unknown_language_or_region_reads_british_english(language: str) -> None:
    assert time_short(time(14, 30), language) == "14:30"


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("de-DE", "Fr., 20. Nov. 2026"),
        ("de", "Fr., 20. Nov. 2026"),
        ("fr-FR", "ven. 20 nov. 2026"),
        ("es-ES", "vie, 20 nov 2026"),
        ("da-DK", "fre. 20. nov. 2026"),
        ("pl-PL", "Fri, 20 Nov 2026"),
    ],
)
def test_days_are_in_the_language_of_the_sentences(language: str, day: str) -> None:
    assert day_long(date(2026, 11, 20), language) == day


@pytest.mark.parametrize(
    ("zone", "name"),
    [
        ("Europe/Berlin", "Berlin time"),
        ("UTC", "UTC"),
        ("Etc/UTC", "UTC"),
        ("America/Argentina/Ushuaia", "Ushuaia time"),
    ],
)
def test_a_zone_is_called_after_its_city(zone: str, name: str) -> None:
    assert zone_name(ZoneInfo(zone), "en") == name
