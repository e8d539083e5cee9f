"""What series leave out, on Wednesday 18 November 2026, 13:00 in Berlin."""

from __future__ import annotations

from datetime import date

import pytest

from services.model.recurrence import Pattern, Weekday
from tests.services.phrases.test_drafts import draft, spoken

MON, TUE, WED, THU, FRI, SAT, SUN = Weekday


@pytest.mark.parametrize(
    ("language", "text", "weekdays"),
    [
        ("en", "swim every weekday 9:15 except fridays", (MON, TUE, WED, THU)),
        ("en", "swim every weekday except fri 9:15", (MON, TUE, WED, THU)),
        ("en", "swim weekdays 9:15 (except friday)", (MON, TUE, WED, THU)),
        ("en", "swim daily 9:15 except on weekends", (MON, TUE, WED, THU, FRI)),
        ("en", "swim every day 9:15 but not on sundays", (MON, TUE, WED, THU, FRI, SAT)),
        ("en", "swim mon wed fri 9:15 except wed", (MON, FRI)),
        ("de", "swim werktags 9:15 außer freitags", (MON, TUE, WED, THU)),
        ("de", "swim jeden Tag 9:15 ausser Samstag und Sonntag", (MON, TUE, WED, THU, FRI)),
        ("fr", "swim tous les jours ouvrés 9h15 sauf le vendredi", (MON, TUE, WED, THU)),
        ("fr", "swim tous les jours 9h15 sauf le week-end", (MON, TUE, WED, THU, FRI)),
        ("es", "swim todos los días 9:15 menos los fines de semana", (MON, TUE, WED, THU, FRI)),
        ("es", "swim todos los días laborables 9:15 excepto los viernes", (MON, TUE, WED, THU)),
        ("da", "swim hver hverdag 9.15 undtagen om fredagen", (MON, TUE, WED, THU)),
        ("da", "swim hver dag kl. 9.15 undtagen i weekenden", (MON, TUE, WED, THU, FRI)),
    ],
)
def test_weekdays_go_from_the_rule(language: str, text: str, weekdays: tuple[Weekday, ...]) -> None:
    found = draft(text, language)
    assert found.title == "swim"
    assert found.when is not None
    assert found.when.start.weekday() in weekdays
    assert found.rule is not None
    assert (found.rule.pattern, found.rule.weekdays) == (Pattern.WEEKLY, weekdays)
    assert found.skipped == ()


@pytest.mark.parametrize(
    ("language", "text", "skipped"),
    [
        ("en", "swim every weekday 9:15 except 24 december", ["2026-12-24"]),
        ("en", "swim every weekday 9:15 except 24 and 31 december", ["2026-12-24", "2026-12-31"]),
        (
            "en",
            "swim every friday 9:15 except 24 december to 2 january until march",
            ["2026-12-25", "2027-01-01"],
        ),
        ("en", "swim every friday 9:15 except good friday", ["2027-03-26"]),
        ("en", "swim every weekday 9:15, except tomorrow", ["2026-11-19"]),
        ("en", "swim every monday 9:15 except 24 december", []),
        ("en", "swim mon-fri 9:15 except wednesday", ["2026-11-25"]),
        ("de", "swim werktags 9:15 außer am 24. Dezember", ["2026-12-24"]),
        ("de", "swim werktags 9:15 außer 24. und 31. Dezember", ["2026-12-24", "2026-12-31"]),
        ("fr", "swim tous les vendredis 9h15 sauf le 25 décembre", ["2026-12-25"]),
        ("es", "swim todos los viernes 9:15 salvo el 25 de diciembre", ["2026-12-25"]),
        ("da", "swim hver fredag 9.15 undtagen den 25. december", ["2026-12-25"]),
    ],
)
def test_days_become_dates_on_which_it_is_not(language: str, text: str, skipped: list[str]) -> None:
    found = draft(text, language)
    assert found.title == "swim"
    assert found.rule is not None
    assert found.skipped == tuple(map(date.fromisoformat, skipped))


@pytest.mark.parametrize(
    ("language", "text", "title", "when"),
    [
        ("en", "vacation next week except friday", "vacation except friday", "23.11.26-29.11."),
        (
            "en",
            "run every other day 7:00 except sundays",
            "run except sundays",
            "19.11.26 07:00-08:00",
        ),
        (
            "en",
            "board every month on the 1st except mondays",
            "board except mondays",
            "01.12.26",
        ),
        (
            "en",
            "swim every friday 9:15 except fridays",
            "swim except fridays",
            "20.11.26 09:15-10:15",
        ),
        (
            "en",
            "all except the kitchen friday 10:00",
            "all except the kitchen",
            "20.11.26 10:00-11:00",
        ),
        ("fr", "point vendredi 10h sauf le lundi", "point sauf le lundi", "20.11.26 10:00-11:00"),
    ],
)
def test_what_cannot_be_left_out_stays_to_be_seen_and_moves_nothing(
    language: str, text: str, title: str, when: str
) -> None:
    found = draft(text, language)
    assert (found.title, spoken(found.when)) == (title, when)
    assert found.skipped == ()
