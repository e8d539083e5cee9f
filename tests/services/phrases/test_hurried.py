"""Sentences as hurried people type them, on Wednesday 18 November 2026, 13:00 in Berlin.

Each of them was once read as another day or hour than the one that was meant.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.model.errors import Wrong
from services.model.recurrence import Pattern, Rule, Week, Weekday
from services.model.times import Timed
from tests.services.phrases.test_drafts import draft, spoken

MON, TUE, WED, THU, FRI, SAT, SUN = Weekday


@pytest.mark.parametrize(
    ("language", "text", "title", "when"),
    [
        # hours behind a day and its month are no days
        ("en", "lunch 2 dec 10-11", "lunch", "02.12.26 10:00-11:00"),
        ("en", "lunch 2nd of december 9-10", "lunch", "02.12.26 09:00-10:00"),
        ("en", "board third friday of january 10-12", "board", "15.01.27 10:00-12:00"),
        ("en", "board last friday in november 10", "board", "27.11.26 10:00-11:00"),
        ("en", "trip dec 24 - 26", "trip", "24.12.26-26.12."),
        ("de", "Treffen 2. Dez 10-11", "Treffen", "02.12.26 10:00-11:00"),
        ("fr", "réunion 2 décembre 10-11", "réunion", "02.12.26 10:00-11:00"),
        ("da", "møde 2. december 10-11", "møde", "02.12.26 10:00-11:00"),
        # weeks counted from a day
        ("en", "meeting a week on tuesday 10", "meeting", "01.12.26 10:00-11:00"),
        ("en", "meeting friday in 2 weeks 10", "meeting", "04.12.26 10:00-11:00"),
        ("en", "meeting week after next monday 10", "meeting", "30.11.26 10:00-11:00"),
        ("en", "meeting friday after next 10", "meeting", "04.12.26 10:00-11:00"),
        ("en", "gym for 2 weeks on monday 10", "gym for 2 weeks", "23.11.26 10:00-11:00"),
        ("de", "Treffen Dienstag in einer Woche 10 Uhr", "Treffen", "01.12.26 10:00-11:00"),
        ("de", "Treffen Dienstag in 14 Tagen um 9", "Treffen", "08.12.26 09:00-10:00"),
        ("de", "Treffen heute in einer Woche 10 Uhr", "Treffen", "25.11.26 10:00-11:00"),
        ("de", "Treffen morgen in 8 Tagen", "Treffen", "26.11.26"),
        ("de", "Treffen morgen in 3 Tagen", "Treffen", "22.11.26"),
        ("de", "Treffen übernächste Woche Montag 9", "Treffen", "30.11.26 09:00-10:00"),
        ("de", "Treffen Montag übernächste Woche 9 Uhr", "Treffen", "30.11.26 09:00-10:00"),
        ("de", "Treffen übernächsten Freitag 9", "Treffen", "04.12.26 09:00-10:00"),
        ("fr", "dentiste vendredi en huit 9h", "dentiste", "27.11.26 09:00-10:00"),
        ("fr", "dentiste lundi en quinze 9h", "dentiste", "07.12.26 09:00-10:00"),
        ("da", "tandlæge tirsdag om en uge kl. 9", "tandlæge", "01.12.26 09:00-10:00"),
        # days in short
        ("en", "meet ines 25th 10am", "meet ines", "25.11.26 10:00-11:00"),
        ("en", "5th anniversary friday 19", "5th anniversary", "20.11.26 19:00-20:00"),
        ("de", "Mittag mit Tom fr 12:30", "Mittag mit Tom", "20.11.26 12:30-13:30"),
        ("de", "das geht so 12 uhr", "das geht so", "19.11.26 12:00-13:00"),
        # parts of hours, and hours
        ("en", "call mom 6 tonight", "call mom", "18.11.26 18:00-19:00"),
        ("en", "dinner for 6 tonight", "dinner for 6", "18.11.26 19:00-20:00"),
        ("en", "call mom at 8 tonight", "call mom", "18.11.26 20:00-21:00"),
        ("en", "taxi 5.30am tomorrow", "taxi", "19.11.26 05:30-06:30"),
        ("en", "1:1 with Ines thu 3-3.30pm", "1:1 with Ines", "19.11.26 15:00-15:30"),
        ("en", "call tuesday 10 to 11", "call", "24.11.26 10:00-11:00"),
        ("en", "read chapters 3 to 5 friday", "read chapters 3 to 5", "20.11.26"),
        ("fr", "réunion demain à 8h et demie", "réunion", "19.11.26 08:30-09:30"),
        ("fr", "réunion demain à 9 heures et quart", "réunion", "19.11.26 09:15-10:15"),
        ("fr", "réunion demain à 10h moins le quart", "réunion", "19.11.26 09:45-10:45"),
        ("fr", "réunion demain à midi et demi", "réunion", "19.11.26 12:30-13:30"),
        ("fr", "3 litres et demi demain", "3 litres et demi", "19.11.26"),
        ("es", "reunión mañana a las 9 y media", "reunión", "19.11.26 09:30-10:30"),
        ("es", "reunión mañana a las 10 menos cuarto", "reunión", "19.11.26 09:45-10:45"),
        ("es", "comida viernes a la 1 y media", "comida", "20.11.26 13:30-14:30"),
        ("es", "2 y media raciones mañana", "2 y media raciones", "19.11.26"),
        # lengths
        ("en", "workshop fri 13:00 for two hours", "workshop", "20.11.26 13:00-15:00"),
        ("en", "call for ten minutes tomorrow 9:00", "call", "19.11.26 09:00-09:10"),
        ("de", "Workshop Freitag 13 Uhr für drei Stunden", "Workshop", "20.11.26 13:00-16:00"),
    ],
)
def test_it_is_when_they_meant(language: str, text: str, title: str, when: str) -> None:
    found = draft(text, language)
    assert (found.title, spoken(found.when)) == (title, when)
    assert found.rule is None and found.problems == ()


@pytest.mark.parametrize(
    ("language", "text", "when", "rule"),
    [
        ("en", "x 7-8 every morning", "19.11.26 07:00-08:00", Rule(pattern=Pattern.DAILY)),
        ("en", "x every evening", "18.11.26 19:00-20:00", Rule(pattern=Pattern.DAILY)),
        ("de", "x jeden Morgen 7 Uhr", "19.11.26 07:00-08:00", Rule(pattern=Pattern.DAILY)),
        ("es", "x cada mañana a las 7", "19.11.26 07:00-08:00", Rule(pattern=Pattern.DAILY)),
        (
            "en",
            "x 10:00 monthly first tue",
            "01.12.26 10:00-11:00",
            Rule(pattern=Pattern.MONTHLY_BY_WEEKDAY, week=Week.FIRST, weekdays=(TUE,)),
        ),
        (
            "de",
            "x mo mi fr 7 uhr",
            "20.11.26 07:00-08:00",
            Rule(pattern=Pattern.WEEKLY, weekdays=(MON, WED, FRI)),
        ),
    ],
)
def test_it_is_as_often_as_they_meant(language: str, text: str, when: str, rule: Rule) -> None:
    found = draft(text, language)
    assert (found.title, spoken(found.when), found.rule) == ("x", when, rule)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Zahnarzt am vierten Dezember 9 Uhr"),
        ("de", "Zahnarzt 4.12 um 9"),
        ("da", "tandlæge 4.12 kl. 9"),
        ("fr", "dentiste le quatre décembre à 9h"),
        ("en", "dentist on the fourth of december 9:00"),
    ],
)
def test_a_day_that_was_not_understood_is_asked_for(language: str, text: str) -> None:
    (problem,) = draft(text, language).problems
    assert (problem.field, problem.wrong) == ("start_date", Wrong.MISSING)


@pytest.mark.parametrize("zone", ["PST", "pst", "(PST)"])
def test_letters_of_a_zone_may_be_small(zone: str) -> None:
    found = draft(f"webinar thu 9am {zone}")
    assert found.title == "webinar"
    assert isinstance(found.when, Timed)
    assert found.when.start == datetime(2026, 11, 19, 17, tzinfo=UTC)


def test_a_word_that_is_spelt_as_a_zone_is_none() -> None:
    assert draft("réunion demain 9h est annulée", "fr").title == "réunion est annulée"
