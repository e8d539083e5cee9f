"""What goes on until a day, and begins on no other, on Wednesday 18 November 2026."""

from __future__ import annotations

import pytest

from services.model.errors import Wrong
from tests.services.phrases.test_drafts import draft, spoken

BEGUN = "18.11.26-20.11."
"""From today until Friday."""


@pytest.mark.parametrize(
    ("language", "text", "title"),
    [
        ("en", "vacation until friday", "vacation"),
        ("en", "vacation Tom till friday", "vacation Tom"),
        ("en", "Tom on vacation through friday inclusive", "Tom on vacation"),
        ("en", "Ines away until 20 november", "Ines away"),
        ("de", "Urlaub bis Freitag", "Urlaub"),
        ("de", "Urlaub Tom bis zum 20. November", "Urlaub Tom"),
        ("de", "krank bis einschließlich 20.11.", "krank"),
        ("de", "Urlaub bis Freitag einschließlich", "Urlaub"),
        ("fr", "congés jusqu'à vendredi", "congés"),
        ("fr", "congés jusqu\u2019au 20 novembre inclus", "congés"),
        ("es", "vacaciones hasta el viernes", "vacaciones"),
        ("es", "vacaciones hasta el 20 de noviembre inclusive", "vacaciones"),
        ("da", "ferie til fredag", "ferie"),
        ("da", "ferie indtil den 20. november", "ferie"),
        ("da", "ferie til og med fredag", "ferie"),
    ],
)
def test_whoever_is_away_until_a_day_is_away_from_today(
    language: str, text: str, title: str
) -> None:
    found = draft(text, language)
    assert (found.title, spoken(found.when), found.is_away) == (title, BEGUN, True)
    assert found.problems == ()


@pytest.mark.parametrize(
    ("language", "text", "title"),
    [
        ("en", "trip until friday", "trip"),
        ("en", "visit Omar until friday in Rome", "visit Omar"),
        ("fr", "salon jusqu'à vendredi", "salon"),
        ("es", "feria hasta viernes", "feria"),
        ("de", "Messe bis einschließlich Freitag", "Messe"),
        ("da", "messe indtil fredag", "messe"),
        ("da", "until friday", ""),
    ],
)
def test_whatever_goes_on_until_a_day_begins_today(language: str, text: str, title: str) -> None:
    found = draft(text, language)
    assert (found.title, spoken(found.when), found.is_away) == (title, BEGUN, False)


@pytest.mark.parametrize(
    ("language", "text", "when"),
    [
        ("de", "Bericht bis Freitag", "20.11.26"),
        ("da", "kage til fredag", "20.11.26"),
        ("en", "report by friday", "20.11.26"),
        # another day, or an hour, says when it begins
        ("en", "vacation from friday until sunday", "20.11.26-22.11."),
        ("en", "vacation tomorrow until friday", "19.11.26-20.11."),
        ("de", "Urlaub Donnerstag bis Freitag", "19.11.26-20.11."),
        ("en", "report until friday 14:00", "20.11.26 14:00-15:00"),
        ("en", "work until friday for 2 hours", "20.11.26 09:00-11:00"),
        ("en", "swim every friday 9:00 until 24 december", "20.11.26 09:00-10:00"),
        # it ends today, or has ended
        ("en", "trip until today", "18.11.26"),
        ("en", "trip until yesterday", "17.11.26"),
    ],
)
def test_what_is_due_or_begins_by_itself_does_not_begin_today(
    language: str, text: str, when: str
) -> None:
    assert spoken(draft(text, language).when) == when


def test_a_last_day_that_cannot_be_is_told() -> None:
    found = draft("vacation until 29 february 2027")
    assert found.title == "vacation"
    (problem,) = found.problems
    assert (problem.field, problem.wrong) == ("start_date", Wrong.NOT_A_DATE)
    assert problem.typed == "29 february 2027"


def test_more_than_a_day_is_no_last_day() -> None:
    assert draft("trip until 3-5 december").title == "trip until"
