"""The table of sentences in other languages, on Wednesday 18 November 2026, 13:00 in Berlin."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.model.new_time import NewTime
from services.model.recurrence import Pattern, Rule, Week, Weekday, check
from services.model.times import Timed
from services.phrases import MoveEvent, ShowAgenda, read, read_draft
from tests._builders import BERLIN
from tests._fakes import NOON
from tests.services.phrases.test_drafts import draft, spoken

MON, TUE, WED, THU, FRI, SAT, SUN = Weekday

DRAFTS = {
    "de": [
        (
            "Mittagessen mit Ines am Freitag um 12:30",
            "Mittagessen mit Ines",
            "20.11.26 12:30-13:30",
        ),
        ("Treffen Freitag 12:30 bis 13:15", "Treffen", "20.11.26 12:30-13:15"),
        ("Treffen morgen um 14 Uhr", "Treffen", "19.11.26 14:00-15:00"),
        ("Treffen morgen 14.30 Uhr für 45 Minuten", "Treffen", "19.11.26 14:30-15:15"),
        ("Treffen morgen 14.30-15.30", "Treffen", "19.11.26 14:30-15:30"),
        ("Review übermorgen 9 Uhr 30", "Review", "20.11.26 09:30-10:30"),
        ("Review am Donnerstag von 9 bis 11 Uhr", "Review", "19.11.26 09:00-11:00"),
        ("Nachtschicht Freitag 22 Uhr bis 6 Uhr", "Nachtschicht", "20.11.26 22:00-06:00"),
        ("Kino heute Abend um 8", "Kino", "18.11.26 20:00-21:00"),
        ("Frühstück morgen früh um 8", "Frühstück", "19.11.26 08:00-09:00"),
        ("Party Samstag um halb acht", "Party", "21.11.26 07:30-08:30"),
        ("Party am Samstag halb 3", "Party", "21.11.26 14:30-15:30"),
        ("Test nächsten Freitag 10 Uhr", "Test", "27.11.26 10:00-11:00"),
        ("Test am kommenden Mittwoch um 10", "Test", "25.11.26 10:00-11:00"),
        ("Treffen am Montag, den 23. November um 10", "Treffen", "23.11.26 10:00-11:00"),
        ("Essen am 24. um 12", "Essen", "24.11.26 12:00-13:00"),
        ("Treffen Mi 10:00", "Treffen", "25.11.26 10:00-11:00"),
        ("Urlaub vom 3. bis 14. August", "Urlaub", "03.08.27-14.08."),
        ("Urlaub 24.12.-2.1.", "Urlaub", "24.12.26-02.01."),
        ("Urlaub 3.-5.12.", "Urlaub", "03.12.26-05.12."),
        ("Messe Montag bis Mittwoch", "Messe", "23.11.26-25.11."),
        ("Messe ganztägig 5.12.", "Messe", "05.12.26"),
        ("Anruf in 2 Stunden", "Anruf", "18.11.26 15:00-16:00"),
        ("Anruf in einer halben Stunde", "Anruf", "18.11.26 13:30-14:30"),
        ("Anruf in einer Woche", "Anruf", "25.11.26"),
        ("Guten Morgen Freitag 9:00", "Guten Morgen", "20.11.26 09:00-10:00"),
        ("Essen Freitag 12:00 im Hafen treffen", "Essen im Hafen treffen", "20.11.26 12:00-13:00"),
        ("Urlaub 3. Maerz", "Urlaub", "03.03.27"),
        ("Essen uebermorgen um 12", "Essen", "20.11.26 12:00-13:00"),
        ("Stufe halb 99 Freitag", "Stufe halb 99", "20.11.26"),
        ("Treffen Freitag 9-10.30", "Treffen", "20.11.26 09:00-10:30"),
        ("Treffen Freitag von 9 bis 10.30 Uhr", "Treffen", "20.11.26 09:00-10:30"),
        ("Treffen Freitag 9.30-11 Uhr", "Treffen", "20.11.26 09:30-11:00"),
        ("Party Samstag 20 Uhr bis Mitternacht", "Party", "21.11.26 20:00-00:00"),
        ("Treffen am 2. Dienstag im Januar 9 Uhr", "Treffen", "12.01.27 09:00-10:00"),
        ("Treffen letzter Freitag im November 10 Uhr", "Treffen", "27.11.26 10:00-11:00"),
        ("alle Kollegen am 3. Quartal", "alle Kollegen am 3. Quartal", "-"),
    ],
    "fr": [
        ("déjeuner avec Ines vendredi à 12h30", "déjeuner avec Ines", "20.11.26 12:30-13:30"),
        ("réunion demain de 14h à 15h30", "réunion", "19.11.26 14:00-15:30"),
        ("réunion demain 14 h 30", "réunion", "19.11.26 14:30-15:30"),
        ("réunion demain 14 heures", "réunion", "19.11.26 14:00-15:00"),
        ("réunion demain à 3 h pendant 2 heures", "réunion", "19.11.26 03:00-05:00"),
        ("réunion jeudi 3 décembre à 10h", "réunion", "03.12.26 10:00-11:00"),
        ("dîner ce soir à 8h", "dîner", "18.11.26 20:00-21:00"),
        ("congés du 3 au 14 août", "congés", "03.08.27-14.08."),
        ("congés du 24 décembre au 2 janvier", "congés", "24.12.26-02.01."),
        ("point lundi prochain à 10h", "point", "23.11.26 10:00-11:00"),
        ("salon toute la journée le 5 décembre", "salon", "05.12.26"),
        ("déjeuner à midi vendredi", "déjeuner", "20.11.26 12:00-13:00"),
        ("point le 24 à 9h", "point", "24.11.26 09:00-10:00"),
        ("appel dans une heure", "appel", "18.11.26 14:00-15:00"),
        ("Paul a 3 rendez-vous vendredi", "Paul a 3 rendez-vous", "20.11.26"),
        ("déjeuner vendredi midi-13h30", "déjeuner", "20.11.26 12:00-13:30"),
        ("fête samedi de 20h à minuit", "fête", "21.11.26 20:00-00:00"),
        ("point le deuxième mardi de janvier à 9h", "point", "12.01.27 09:00-10:00"),
        ("fete le 24 decembre a 19h", "fete", "24.12.26 19:00-20:00"),
    ],
    "es": [
        ("cena manana a las 9", "cena", "19.11.26 09:00-10:00"),
        ("cena el miercoles a las 21", "cena", "18.11.26 21:00-22:00"),
        ("almuerzo con Inés el viernes a las 12:30", "almuerzo con Inés", "20.11.26 12:30-13:30"),
        ("reunión mañana a las 14", "reunión", "19.11.26 14:00-15:00"),
        ("reunión mañana de 14 a 15:30", "reunión", "19.11.26 14:00-15:30"),
        ("reunión mañana entre las 9 y las 11", "reunión", "19.11.26 09:00-11:00"),
        ("reunión pasado mañana a las 9:30", "reunión", "20.11.26 09:30-10:30"),
        ("desayuno mañana por la mañana a las 8", "desayuno", "19.11.26 08:00-09:00"),
        ("cena mañana por la noche a las 9", "cena", "19.11.26 21:00-22:00"),
        ("vacaciones del 3 al 14 de agosto", "vacaciones", "03.08.27-14.08."),
        ("taller el miércoles que viene a las 10", "taller", "25.11.26 10:00-11:00"),
        ("comida viernes de mediodía a 13:30", "comida", "20.11.26 12:00-13:30"),
        ("fiesta sábado de 20:00 a medianoche", "fiesta", "21.11.26 20:00-00:00"),
        ("taller el último viernes de noviembre a las 9", "taller", "27.11.26 09:00-10:00"),
        ("dentista el 3 de marzo de 2028 a las 8", "dentista", "03.03.28 08:00-09:00"),
        ("viaje del lunes 9:00 al miércoles 17:00", "viaje", "23.11.26 09:00-17:00"),
    ],
    "da": [
        ("moede paa loerdag kl. 9", "moede", "21.11.26 09:00-10:00"),
        ("frokost med Ines fredag kl. 12.30", "frokost med Ines", "20.11.26 12:30-13:30"),
        ("møde i morgen 14.00-15.30", "møde", "19.11.26 14:00-15:30"),
        ("møde i morgen kl. 14 i 45 minutter", "møde", "19.11.26 14:00-14:45"),
        ("møde i overmorgen mellem 9 og 11", "møde", "20.11.26 09:00-11:00"),
        ("middag i aften kl. 8", "middag", "18.11.26 20:00-21:00"),
        ("middag i morgen aften kl. 19.30", "middag", "19.11.26 19:30-20:30"),
        ("møde torsdag den 3. december kl. 10.00", "møde", "03.12.26 10:00-11:00"),
        ("møde på næste fredag kl. 9", "møde", "27.11.26 09:00-10:00"),
        ("ferie fra 24. december til 2. januar", "ferie", "24.12.26-02.01."),
        ("messe hele dagen 5. december", "messe", "05.12.26"),
        ("frokost fredag kl. 12-13.30", "frokost", "20.11.26 12:00-13:30"),
        ("fest lørdag kl. 20 til midnat", "fest", "21.11.26 20:00-00:00"),
        ("møde sidste fredag i november kl. 9", "møde", "27.11.26 09:00-10:00"),
        ("opkald om en halv time", "opkald", "18.11.26 13:30-14:30"),
    ],
}


@pytest.mark.parametrize(
    ("language", "text", "title", "when"),
    [(language, *row) for language, rows in DRAFTS.items() for row in rows],
)
def test_a_sentence_is_read_in_the_language_of_the_person(
    language: str, text: str, title: str, when: str
) -> None:
    found = draft(text, language)
    assert (found.title, spoken(found.when)) == (title, when)
    assert found.rule is None and found.problems == ()


@pytest.mark.parametrize(
    ("language", "text", "is_away"),
    [
        ("en", "Vacation 3-14 August", True),
        ("en", "Ines vacation next friday", True),
        ("en", "Holiday party friday", False),
        ("en", "Vacation friday 10:00", False),
        ("de", "Urlaub Tom Berg vom 3. bis 14. August", True),
        ("de", "Urlaub planen Freitag", False),
        ("fr", "congés du 3 au 14 août", True),
        ("es", "vacaciones del 3 al 14 de agosto", True),
        ("da", "ferie 3.-14. august", True),
    ],
)
def test_whole_days_may_say_that_somebody_is_not_there(
    language: str, text: str, is_away: bool
) -> None:
    assert draft(text, language).is_away is is_away


@pytest.mark.parametrize(
    ("text", "title", "when"),
    [
        ("trip from monday 9:00 to wednesday 17:00", "trip", "23.11. 09:00 - 25.11. 17:00"),
        ("flight friday 9am - monday 5pm", "flight", "20.11. 09:00 - 23.11. 17:00"),
        ("shift friday 22:00-saturday 6:00", "shift", "20.11. 22:00 - 21.11. 06:00"),
        ("trip 24 december 18:00 to 26 december 12:00", "trip", "24.12. 18:00 - 26.12. 12:00"),
        ("night shift friday from 22 to 6", "night shift", "20.11. 22:00 - 21.11. 06:00"),
        ("dinner tonight at 8", "dinner", "18.11. 20:00 - 18.11. 21:00"),
        ("dinner tomorrow evening 7 to 8 o'clock", "dinner", "19.11. 19:00 - 19.11. 20:00"),
        ("saturday night 1:00 party", "party", "21.11. 01:00 - 21.11. 02:00"),
        ("meeting thursday 3 december 9:00", "meeting", "03.12. 09:00 - 03.12. 10:00"),
        ("meeting on the 31st at 9", "meeting", "31.12. 09:00 - 31.12. 10:00"),
        ("call in half an hour", "call", "18.11. 13:30 - 18.11. 14:30"),
    ],
)
def test_days_and_hours_may_be_said_in_any_order(text: str, title: str, when: str) -> None:
    found = draft(text)
    assert isinstance(found.when, Timed)
    said = f"{found.when.start:%d.%m. %H:%M} - {found.when.end:%d.%m. %H:%M}"
    assert (found.title, said) == (title, when)


WEEKLY, BY_WEEKDAY = Pattern.WEEKLY, Pattern.MONTHLY_BY_WEEKDAY
WORKING_DAYS = (MON, TUE, WED, THU, FRI)


@pytest.mark.parametrize(
    ("language", "text", "rule"),
    [
        ("en", "x every monday to friday 9:00", Rule(pattern=WEEKLY, weekdays=WORKING_DAYS)),
        ("en", "x every two weeks on mondays", Rule(pattern=WEEKLY, interval=2, weekdays=(MON,))),
        (
            "en",
            "x every first monday 10-12 for 6 times",
            Rule(pattern=BY_WEEKDAY, week=Week.FIRST, weekdays=(MON,), count=6),
        ),
        (
            "en",
            "x every last working day",
            Rule(pattern=BY_WEEKDAY, week=Week.LAST, weekdays=WORKING_DAYS),
        ),
        (
            "de",
            "x jeden letzten Montag",
            Rule(pattern=BY_WEEKDAY, week=Week.LAST, weekdays=(MON,)),
        ),
        (
            "fr",
            "x chaque premier lundi à 10h",
            Rule(pattern=BY_WEEKDAY, week=Week.FIRST, weekdays=(MON,)),
        ),
        (
            "es",
            "x cada primer lunes a las 10",
            Rule(pattern=BY_WEEKDAY, week=Week.FIRST, weekdays=(MON,)),
        ),
        (
            "da",
            "x hver første mandag kl. 10",
            Rule(pattern=BY_WEEKDAY, week=Week.FIRST, weekdays=(MON,)),
        ),
        (
            "de",
            "x jeden dritten Mittwoch 9 Uhr",
            Rule(pattern=BY_WEEKDAY, week=Week.THIRD, weekdays=(WED,)),
        ),
        (
            "fr",
            "x tous les troisièmes mercredis à 9h",
            Rule(pattern=BY_WEEKDAY, week=Week.THIRD, weekdays=(WED,)),
        ),
        (
            "es",
            "x cada tercer miércoles a las 9",
            Rule(pattern=BY_WEEKDAY, week=Week.THIRD, weekdays=(WED,)),
        ),
        (
            "da",
            "x hver tredje onsdag kl. 9",
            Rule(pattern=BY_WEEKDAY, week=Week.THIRD, weekdays=(WED,)),
        ),
        ("de", "x alle 14 Tage dienstags", Rule(pattern=WEEKLY, interval=2, weekdays=(TUE,))),
        ("fr", "x un mardi sur deux à 9h", Rule(pattern=WEEKLY, interval=2, weekdays=(TUE,))),
        ("fr", "x tous les 15 jours le mardi", Rule(pattern=WEEKLY, interval=2, weekdays=(TUE,))),
        ("es", "x cada 15 días los martes", Rule(pattern=WEEKLY, interval=2, weekdays=(TUE,))),
        ("es", "x martes alternos a las 9", Rule(pattern=WEEKLY, interval=2, weekdays=(TUE,))),
        ("da", "x hver 3. uge onsdag kl. 9", Rule(pattern=WEEKLY, interval=3, weekdays=(WED,))),
        ("de", "x jeden Montag 9:00", Rule(pattern=WEEKLY, weekdays=(MON,))),
        ("de", "x jeden Werktag um 9", Rule(pattern=WEEKLY, weekdays=WORKING_DAYS)),
        (
            "de",
            "x jeden zweiten Dienstag 15 Uhr bis 3. März",
            Rule(pattern=WEEKLY, interval=2, weekdays=(TUE,), until=date(2027, 3, 3)),
        ),
        ("de", "x alle zwei Wochen montags", Rule(pattern=WEEKLY, interval=2, weekdays=(MON,))),
        (
            "de",
            "x jeden ersten Montag im Monat",
            Rule(pattern=BY_WEEKDAY, week=Week.FIRST, weekdays=(MON,)),
        ),
        (
            "de",
            "x am letzten Werktag des Monats",
            Rule(pattern=BY_WEEKDAY, week=Week.LAST, weekdays=WORKING_DAYS),
        ),
        ("de", "x jeden Monat am 15.", Rule(pattern=Pattern.MONTHLY_BY_DAY, day=15)),
        ("de", "x täglich 7:00 10 mal", Rule(pattern=Pattern.DAILY, count=10)),
        (
            "fr",
            "x tous les mardis et jeudis à 18h30",
            Rule(pattern=WEEKLY, weekdays=(TUE, THU)),
        ),
        (
            "fr",
            "x toutes les 2 semaines le lundi à 10h",
            Rule(pattern=WEEKLY, interval=2, weekdays=(MON,)),
        ),
        (
            "fr",
            "x chaque jour 9h jusqu'au 5 décembre",
            Rule(pattern=Pattern.DAILY, until=date(2026, 12, 5)),
        ),
        ("es", "x todos los lunes a las 9", Rule(pattern=WEEKLY, weekdays=(MON,))),
        ("es", "x cada mes el día 15", Rule(pattern=Pattern.MONTHLY_BY_DAY, day=15)),
        (
            "es",
            "x el primer lunes de cada mes a las 10",
            Rule(pattern=BY_WEEKDAY, week=Week.FIRST, weekdays=(MON,)),
        ),
        (
            "da",
            "x hver anden uge på mandag kl. 10",
            Rule(pattern=WEEKLY, interval=2, weekdays=(MON,)),
        ),
        ("da", "x hvert år den 3. maj", Rule(pattern=Pattern.YEARLY_BY_DAY, day=3, month=5)),
    ],
)
def test_how_often_is_said_in_the_language_of_the_person(
    language: str, text: str, rule: Rule
) -> None:
    found = draft(text, language)
    assert (found.title, found.rule) == ("x", rule)


@pytest.mark.parametrize(
    ("language", "days", "first", "last"),
    [
        ("de", "nächste Woche", date(2026, 11, 23), date(2026, 11, 29)),
        ("de", "vom 3. bis 5. Dezember", date(2026, 12, 3), date(2026, 12, 5)),
        ("de", "die nächsten 3 Tage", date(2026, 11, 18), date(2026, 11, 20)),
        ("en", "the next 2 weeks", date(2026, 11, 18), date(2026, 12, 1)),
        ("en", "14 days", date(2026, 11, 18), date(2026, 12, 1)),
        ("en", "last month", date(2026, 10, 1), date(2026, 10, 31)),
        ("de", "letzten Monat", date(2026, 10, 1), date(2026, 10, 31)),
        ("fr", "le mois dernier", date(2026, 10, 1), date(2026, 10, 31)),
        ("es", "el mes pasado", date(2026, 10, 1), date(2026, 10, 31)),
        ("da", "sidste måned", date(2026, 10, 1), date(2026, 10, 31)),
        ("en", "in 2 weeks", date(2026, 12, 2), date(2026, 12, 2)),
        ("de", "2 Wochen", date(2026, 11, 18), date(2026, 12, 1)),
        ("fr", "les 2 prochaines semaines", date(2026, 11, 18), date(2026, 12, 1)),
        ("es", "las próximas 2 semanas", date(2026, 11, 18), date(2026, 12, 1)),
        ("da", "næste 2 uger", date(2026, 11, 18), date(2026, 12, 1)),
        ("fr", "la semaine prochaine", date(2026, 11, 23), date(2026, 11, 29)),
        ("fr", "le mois prochain", date(2026, 12, 1), date(2026, 12, 31)),
        ("fr", "les 3 prochains jours", date(2026, 11, 18), date(2026, 11, 20)),
        ("es", "la semana que viene", date(2026, 11, 23), date(2026, 11, 29)),
        ("es", "pasado mañana", date(2026, 11, 20), date(2026, 11, 20)),
        ("da", "denne uge", date(2026, 11, 16), date(2026, 11, 22)),
        ("da", "på mandag", date(2026, 11, 23), date(2026, 11, 23)),
    ],
)
def test_the_days_of_an_agenda_are_said_in_the_language_of_the_person(
    language: str, days: str, first: date, last: date
) -> None:
    assert read(f"agenda {days}", NOON, BERLIN, language) == ShowAgenda(first, last)


def test_an_event_is_moved_to_a_day_in_the_language_of_the_person() -> None:
    moved = read("move Kick-off to morgen um 14 Uhr", NOON, BERLIN, "de")
    assert isinstance(moved, MoveEvent)
    assert moved.to == NewTime(day=date(2026, 11, 19), start=840)
    moved = read("move Kick-off to la semaine prochaine", NOON, BERLIN, "fr")
    assert isinstance(moved, MoveEvent) and moved.to == NewTime(week=date(2026, 11, 23))


WORDS = sorted({word for rows in DRAFTS.values() for text, *_ in rows for word in text.split()})


@given(
    st.lists(st.sampled_from([*WORDS, "31.", "30.2.", "25:00", "0", "-"]), max_size=14),
    st.sampled_from(["de", "fr", "es", "da", "en"]),
)
@settings(max_examples=150, deadline=None)
def test_no_words_in_any_order_make_the_reader_stumble(words: list[str], language: str) -> None:
    found = read_draft(" ".join(words), NOON, BERLIN, language)
    if found.rule is not None and found.when is not None:
        start = found.when.start
        check(found.rule, start.date() if isinstance(start, datetime) else start)
