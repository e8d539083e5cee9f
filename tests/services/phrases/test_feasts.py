"""Days that are called by a feast, on Wednesday 18 November 2026, 13:00 in Berlin."""

from __future__ import annotations

from datetime import date

import pytest
from dateutil.easter import easter

from services.phrases.feasts import easter_of
from services.phrases.tongues.feasts import FEASTS
from tests.services.phrases.test_drafts import draft, spoken
from tests.services.phrases.test_grammar import asked, days


def test_easter_is_when_dateutil_has_it() -> None:
    for year in range(1583, 4100):
        assert easter_of(year) == easter(year)


@pytest.mark.parametrize(
    ("language", "text", "title", "when"),
    [
        ("en", "lunch good friday 12:00", "lunch", "26.03.27 12:00-13:00"),
        ("en", "lunch on Easter Monday", "lunch", "29.03.27"),
        ("en", "hike whit monday 2028", "hike", "05.06.28"),
        ("en", "dinner christmas eve 18:00", "dinner", "24.12.26 18:00-19:00"),
        ("en", "Christmas Eve dinner 18:00", "dinner", "24.12.26 18:00-19:00"),
        ("en", "party new year\u2019s eve 22:00", "party", "31.12.26 22:00-23:00"),
        ("en", "trip good friday to easter monday", "trip", "26.03.27-29.03."),
        ("en", "trip christmas eve to new year's day", "trip", "24.12.26-01.01."),
        ("en", "dinner thursday christmas eve 18:00", "dinner", "24.12.26 18:00-19:00"),
        ("en", "dinner christmas eve, thursday 18:00", "dinner", "24.12.26 18:00-19:00"),
        ("de", "Essen Karfreitag 12 Uhr", "Essen", "26.03.27 12:00-13:00"),
        ("de", "Wanderung am Pfingstmontag", "Wanderung", "17.05.27"),
        ("de", "Essen Heiligabend 18 Uhr", "Essen", "24.12.26 18:00-19:00"),
        ("de", "Party Silvester 22 Uhr", "Party", "31.12.26 22:00-23:00"),
        ("de", "Brunch 2. Weihnachtstag 11 Uhr", "Brunch", "26.12.26 11:00-12:00"),
        ("fr", "déjeuner vendredi saint 12h", "déjeuner", "26.03.27 12:00-13:00"),
        ("fr", "rando lundi de Pentecote", "rando", "17.05.27"),
        ("fr", "dîner réveillon de Noël 19h", "dîner", "24.12.26 19:00-20:00"),
        ("es", "comida Viernes Santo 14:00", "comida", "26.03.27 14:00-15:00"),
        ("es", "cena en Nochebuena 20:00", "cena", "24.12.26 20:00-21:00"),
        ("es", "fiesta Nochevieja 22:00", "fiesta", "31.12.26 22:00-23:00"),
        ("da", "frokost langfredag kl. 12", "frokost", "26.03.27 12:00-13:00"),
        ("da", "tur 2. pinsedag", "tur", "17.05.27"),
        ("da", "middag juleaften kl. 18", "middag", "24.12.26 18:00-19:00"),
        ("da", "fest nytaarsaften kl. 22", "fest", "31.12.26 22:00-23:00"),
    ],
)
def test_a_feast_is_a_day(language: str, text: str, title: str, when: str) -> None:
    found = draft(text, language)
    assert (found.title, spoken(found.when)) == (title, when)
    assert found.problems == ()


@pytest.mark.parametrize(
    ("language", "text", "title", "when"),
    [
        ("en", "christmas eve menu tomorrow 10:00", "christmas eve menu", "19.11.26 10:00-11:00"),
        ("en", "plan christmas eve friday 10:00", "plan christmas eve", "20.11.26 10:00-11:00"),
        ("en", "christmas party friday 18:00", "christmas party", "20.11.26 18:00-19:00"),
        ("en", "easter egg hunt saturday 10:00", "easter egg hunt", "21.11.26 10:00-11:00"),
        ("de", "Essen mit Silvester Freitag 12:30", "Essen mit Silvester", "20.11.26 12:30-13:30"),
        ("de", "Essen mit Silvester", "Essen mit Silvester", "-"),
        ("de", "Neujahrsempfang planen morgen", "Neujahrsempfang planen", "19.11.26"),
        ("fr", "cena de navidad jueves 20:00", "cena de navidad jueves", "18.11.26 20:00-21:00"),
    ],
)
def test_a_feast_in_a_title_is_none(language: str, text: str, title: str, when: str) -> None:
    found = draft(text, language)
    assert (found.title, spoken(found.when)) == (title, when)


def test_a_view_and_an_end_may_be_a_feast() -> None:
    assert asked("agenda good friday") == days("2027-03-26")
    rule = draft("swim every monday 18:00 until easter monday").rule
    assert rule is not None
    assert rule.until == date(2027, 3, 29)


def test_no_name_means_two_days_in_one_language() -> None:
    for language in ("en", "de", "fr", "es", "da"):
        names = [name for _, by in FEASTS for name in by.get(language, ())]
        assert len(names) == len(set(names))
