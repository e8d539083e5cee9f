"""Public holidays, of several places at once, and a team's own."""

from __future__ import annotations

from datetime import date

import pytest

from services.events.holiday_places import country_name, sets_meant
from services.events.holidays import Holidays, is_off
from services.model.errors import InvalidInput
from services.model.settings import BookSettings, Holiday, HolidaySet

YEAR = date(2026, 1, 1), date(2026, 12, 31)
BAVARIA, DENMARK, NOWHERE = HolidaySet("DE", "BY"), HolidaySet("DK"), HolidaySet("XX")


@pytest.fixture
def holidays() -> Holidays:
    return Holidays()


async def test_one_country_has_its_days_by_their_names(holidays: Holidays) -> None:
    found = await holidays.between(BookSettings(holidays=(DENMARK,)), *YEAR, "en-GB")
    assert Holiday(date(2026, 12, 25), "Christmas Day") in found
    assert is_off(date(2026, 4, 3), found), "Good Friday"
    assert not is_off(date(2026, 6, 17), found)
    danish = await holidays.between(BookSettings(holidays=(DENMARK,)), *YEAR, "da-DK")
    assert Holiday(date(2026, 12, 25), "Juledag") in danish
    unknown = await holidays.between(BookSettings(holidays=(DENMARK,)), *YEAR, "tlh")
    assert Holiday(date(2026, 12, 25), "Juledag") in unknown, "then the country's own names"


async def test_a_region_has_more_than_its_country(holidays: Holidays) -> None:
    whole = await holidays.between(BookSettings(holidays=(HolidaySet("DE"),)), *YEAR, "de")
    region = await holidays.between(BookSettings(holidays=(BAVARIA,)), *YEAR, "de")
    assert set(whole) < set(region)
    assert date(2026, 1, 6) in {each.day for each in region}, "Epiphany"


async def test_of_several_places_each_day_says_whose_it_is(holidays: Holidays) -> None:
    settings = BookSettings(
        holidays=(BAVARIA, DENMARK, NOWHERE),
        own_holidays=(
            Holiday(date(2026, 12, 24), "Closed"),
            Holiday(date(2027, 1, 2), "Stocktaking"),
        ),
    )
    found = await holidays.between(settings, date(2026, 12, 20), date(2026, 12, 31), "en")
    assert found == (
        Holiday(date(2026, 12, 24), "Closed"),
        Holiday(date(2026, 12, 25), "Christmas Day (DE-BY, DK)"),
        Holiday(date(2026, 12, 26), "Second Day of Christmas (DE-BY, DK)"),
    )


async def test_a_span_over_new_year_has_both_years(holidays: Holidays) -> None:
    settings = BookSettings(holidays=(DENMARK,))
    found = await holidays.between(settings, date(2026, 12, 25), date(2027, 1, 1), "en")
    assert {each.day.year for each in found} == {2026, 2027}


async def test_nothing_is_asked_for_and_nothing_found(holidays: Holidays) -> None:
    assert await holidays.between(BookSettings(), *YEAR, "en") == ()


async def test_the_end_of_all_time_is_no_trouble(holidays: Holidays) -> None:
    settings = BookSettings(own_holidays=(Holiday(date.max, "The end"),))
    assert await holidays.between(settings, date.max, date.max, "en") == settings.own_holidays


async def test_what_is_not_known_is_refused(holidays: Holidays) -> None:
    await holidays.check([BAVARIA, DENMARK])
    for unknown in (NOWHERE, HolidaySet("DE", "ZZ"), HolidaySet("__doc__")):
        with pytest.raises(InvalidInput):
            await holidays.check([unknown])
    assert await holidays.regions("XX") == {}
    assert len(await holidays.countries()) > 200


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (("Germany",), (HolidaySet("DE"),)),
        (("germany and denmark",), (HolidaySet("DE"), DENMARK)),
        (("Bosnia and Herzegovina",), (HolidaySet("BA"),)),
        (
            ("Bayern", "US-CA", "the Netherlands", "usa"),
            (
                BAVARIA,
                HolidaySet("US", "CA"),
                HolidaySet("NL"),
                HolidaySet("US"),
            ),
        ),
        (("Deutschland", "DE"), (HolidaySet("DE"),)),
    ],
)
async def test_places_are_understood_by_their_names(
    holidays: Holidays, said: tuple[str, ...], meant: tuple[HolidaySet, ...]
) -> None:
    found = await sets_meant(said, holidays, "de-DE")
    assert (found.sets, found.unknown) == (meant, ())


async def test_what_names_no_place_is_given_back(holidays: Holidays) -> None:
    found = await sets_meant(["Narnia", "Denmark and Mordor"], holidays, "en")
    assert (found.sets, found.unknown) == ((DENMARK,), ("Narnia", "Mordor"))


def test_a_country_has_a_name_in_every_language() -> None:
    assert country_name("DE", "da-DK") == "Tyskland"
    assert country_name("DE", "tlh") == "Germany"
    assert country_name("XX1", "../..") == "XX1"
