"""Reminders in sentences, on Wednesday 18 November 2026, 13:00 in Berlin."""

from __future__ import annotations

import pytest

from services.phrases.reminding import Remind
from tests.services.phrases.test_drafts import draft, spoken

FRIDAY_AT_TEN = "20.11.26 10:00-11:00"
DAY = 24 * 60


@pytest.mark.parametrize(
    ("language", "text", "minutes"),
    [
        ("en", "dentist friday 10:00 remind me 30 min before", 30),
        ("en", "dentist friday 10:00, remind me an hour before", 60),
        ("en", "dentist friday 10:00 remind me about it the day before", DAY),
        ("en", "remind me 2 hours before dentist friday 10:00", 120),
        ("en", "dentist friday 10:00 with a reminder 2 days before", 2 * DAY),
        ("en", "dentist friday 10:00 with a 5 minute reminder", 5),
        ("en", "dentist friday 10:00 reminder half an hour before", 30),
        ("en", "dentist friday 10:00 reminder 15 min", 15),
        ("en", "dentist friday 10:00 reminder: 1 week", 7 * DAY),
        ("en", "dentist friday 10:00 no reminder", None),
        ("en", "dentist friday 10:00 without a reminder", None),
        ("de", "dentist Freitag 10 Uhr erinnere mich 30 min vorher", 30),
        ("de", "dentist Freitag 10 Uhr, eine Stunde vorher erinnern", 60),
        ("de", "dentist Freitag 10 Uhr mit Erinnerung am Tag davor", DAY),
        ("de", "dentist Freitag 10 Uhr ohne Erinnerung", None),
        ("fr", "dentist vendredi 10h rappel 30 min avant", 30),
        ("fr", "dentist vendredi 10h rappelle-moi une heure avant", 60),
        ("fr", "dentist vendredi 10h rappel la veille", DAY),
        ("fr", "dentist vendredi 10h sans rappel", None),
        ("es", "dentist viernes 10:00 recuerdame 30 min antes", 30),
        ("es", "dentist viernes 10:00 con recordatorio 1 hora antes", 60),
        ("es", "dentist viernes 10:00 avísame un día antes", DAY),
        ("es", "dentist viernes 10:00 sin recordatorio", None),
        ("da", "dentist fredag kl. 10 påmind mig 30 min før", 30),
        ("da", "dentist fredag kl. 10 mind mig om det dagen før", DAY),
        ("da", "dentist fredag kl. 10 påmindelse en time før", 60),
        ("da", "dentist fredag kl. 10 uden påmindelse", None),
    ],
)
def test_a_sentence_says_when_to_remind(language: str, text: str, minutes: int | None) -> None:
    found = draft(text, language)
    assert (found.title, spoken(found.when)) == ("dentist", FRIDAY_AT_TEN)
    assert found.reminder == Remind(minutes)


@pytest.mark.parametrize(
    ("language", "text", "title"),
    [
        ("en", "dentist friday 10:00 remind me at 9:30", "dentist remind me at 9:30"),
        (
            "en",
            "dentist friday 10:00 remind me the day before at 18:00",
            "dentist remind me the day before at 18:00",
        ),
        ("de", "dentist Freitag um 10 erinnere mich um 9", "dentist erinnere mich um 9"),
        ("fr", "dentist vendredi 10h rappel la veille à 18h", "dentist rappel la veille à 18h"),
        ("en", "reminder for Tom friday 10:00", "reminder for Tom"),
        ("en", "dentist friday 10:00 remind me 9 weeks before", "dentist remind me 9 weeks before"),
    ],
)
def test_a_reminder_that_cannot_be_stays_to_be_seen_and_gives_no_hour(
    language: str, text: str, title: str
) -> None:
    found = draft(text, language)
    assert (found.title, spoken(found.when)) == (title, FRIDAY_AT_TEN)
    assert found.reminder is None


def test_who_says_nothing_of_it_gets_what_the_calendar_has() -> None:
    assert draft("dentist friday 10:00").reminder is None
