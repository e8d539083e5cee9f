"""Tables of events as Outlook exports them in several languages, and as people type them."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from services.formats.event_table import events_in
from services.formats.tables import Row, read_table
from services.model.events import EventContent, Importance, Sensitivity, ShowAs
from services.model.imports import Snag
from services.model.times import AllDay, Timed

BERLIN = ZoneInfo("Europe/Berlin")
GERMAN = (
    '"Betreff","Beginnt am","Beginnt um","Endet am","Endet um","Ganztägiges Ereignis",'
    '"Erinnerung Ein/Aus","Erinnerung am","Erinnerung um","Besprechungsplanung",'
    '"Erforderliche Teilnehmer","Optionale Teilnehmer","Beschreibung","Kategorien","Ort",'
    '"Priorität","Privat","Vertraulichkeit","Zeitspanne zeigen als"\r\n'
    '"Messe","4.1.2027","09:00:00","4.1.2027","10:30:00","Aus","Ein","4.1.2027","08:45:00","Mia",'
    '"Jo; Bo","Al","Text","Rot","Halle","Hoch","Aus","Vertraulich","2"\r\n'
    '"Urlaub","5.1.2027","00:00:00","7.1.2027","00:00:00","Ein","Ein","4.1.2027","06:00:00","",'
    '"","","","","","Niedrig","Ein","Normal","4"\r\n'
)
FRENCH = (
    "Objet;Début;Début;Fin;Fin;Journée entière;Rappel actif/inactif;Date de rappel;"
    "Heure du rappel;Afficher la disponibilité;Catégories;Critère de diffusion;Emplacement;"
    "Priorité;Privé\r\n"
    "Salon;04/01/2027;09:00:00;04/01/2027;10:00:00;Faux;Vrai;03/01/2027;09:00:00;Provisoire;"
    "Rouge;Privé;Halle;Haute;Faux\r\n"
)


def read(table: str, encoding: str, language: str) -> list[EventContent]:
    reading = events_in(list(read_table(table.encode(encoding))), BERLIN, language)
    assert not reading.troubles
    return [item.content for item in reading.items]


def at(hour: int, minute: int = 0, day: int = 4) -> datetime:
    return datetime(2027, 1, day, hour, minute, tzinfo=BERLIN)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-le"])
def test_outlook_in_german(encoding: str) -> None:
    fair, leave = read(GERMAN, encoding, "de")
    assert fair.when == Timed(at(9), at(10, 30)) and fair.reminder_minutes == 15
    assert (fair.importance, fair.sensitivity) == (Importance.HIGH, Sensitivity.CONFIDENTIAL)
    assert [each.name for each in fair.people] == ["Jo", "Bo", "Al"]
    assert leave.when == AllDay(date(2027, 1, 5), date(2027, 1, 7)), "two days, and no third"
    assert leave.reminder_minutes == 18 * 60
    assert (leave.show_as, leave.sensitivity) == (ShowAs.AWAY, Sensitivity.PRIVATE)
    assert leave.importance is Importance.LOW


def test_outlook_in_french_calls_the_day_and_the_hour_the_same() -> None:
    [fair] = read(FRENCH, "cp1252", "fr")
    assert fair.when == Timed(at(9), at(10)) and fair.reminder_minutes == 24 * 60
    assert (fair.show_as, fair.sensitivity) == (ShowAs.TENTATIVE, Sensitivity.PRIVATE)
    assert (fair.place, fair.importance) == ("Halle", Importance.HIGH)


@pytest.mark.parametrize(
    ("start", "hour", "minute"),
    [
        ("4.1.2027 9 Uhr", 9, 0),
        ("4. Januar 2027, 9.30 Uhr", 9, 30),
        ("4 janv. 2027 9h30", 9, 30),
        ("Jan 4, 2027 9:30 PM", 21, 30),
        ("Monday, January 4, 2027 9 am", 9, 0),
        ("2027-01-04T09:30", 9, 30),
        ("2027-01-04T08:30:00Z", 9, 30),
        ("2027-01-04T03:30:00-05:00", 9, 30),
        ("2027-01-04 09:30:00", 9, 30),
    ],
)
def test_day_and_hour_in_one_cell(start: str, hour: int, minute: int) -> None:
    [item] = events_in([("Title", "Start"), ("x", start)], BERLIN, "de").items
    assert item.content.when.start == at(hour, minute)


def test_a_day_alone_is_a_whole_day_and_a_number_of_a_spreadsheet_may_be_either() -> None:
    rows: list[Row] = [("Title", "Start"), ("x", "4.1.2027"), ("y", 46391.0), ("z", 46391.375)]
    found = [item.content.when for item in events_in(rows, BERLIN, "de").items]
    assert found[:2] == [AllDay(date(2027, 1, 4), date(2027, 1, 5))] * 2
    assert found[2].start == at(9)


def test_hours_by_themselves_and_headings_below_a_title() -> None:
    rows: list[Row] = [
        ("Season 2027",),
        (),
        ("Title", "Date", "Start time", "End time"),
        ("x", "4.1.2027", 9, "17 Uhr"),
        ("y", "4.1.2027", "nine", ""),
    ]
    reading = events_in(rows, BERLIN, "de")
    [item] = reading.items
    assert (item.row, item.content.when) == (4, Timed(at(9), at(17)))
    assert [(each.row, each.snag) for each in reading.troubles] == [(5, Snag.NOT_A_TIME)]
    assert reading.notes == ("heading:3",)
