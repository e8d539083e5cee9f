"""Commands in other languages than English, on Wednesday 18 November 2026, 13:00 in Berlin."""

from __future__ import annotations

from datetime import date

import pytest

from cards.help import OWN, PHRASES
from cards.people.administration import COMMANDS as ADMINISTRATION
from cards.welcome import TRY_ALONE
from cards.wording import say
from services.model.books import BookKind
from services.model.new_time import NewTime
from services.model.settings import View
from services.phrases import (
    Called,
    Command,
    DeleteEvent,
    EndOrganisation,
    EraseDataOf,
    ExportDataOf,
    FindContacts,
    FindEvents,
    FindTime,
    Help,
    MoveEvent,
    NewCalendar,
    NewContact,
    NewEvent,
    RenameCalendar,
    RenameEvent,
    ShowAccount,
    ShowAdmin,
    ShowAgenda,
    ShowBin,
    ShowFreeBusy,
    Unknown,
)
from services.phrases.contact_words import NewGroup, RenameGroup, ShowGroups
from services.phrases.table import PHRASES as TABLE
from services.phrases.tongues.commands import COMMANDS, commands_in
from tests.services.phrases.test_drafts import spoken
from tests.services.phrases.test_grammar import asked, away, days

FRIDAY, TOMORROW = date(2026, 11, 20), date(2026, 11, 19)
THIS_WEEK = (date(2026, 11, 16), date(2026, 11, 22))
OTHERS = tuple(COMMANDS)
CALENDAR, CONTACTS = BookKind.CALENDAR, BookKind.CONTACTS


def in_calendar(name: str) -> ShowAgenda:
    return ShowAgenda(date(2026, 11, 18), date(2026, 11, 24), None, calendar=name)


def moved(said: str, **to: object) -> MoveEvent:
    return MoveEvent(Called(said, said), NewTime(**to))  # type: ignore[arg-type]


def renamed(said: str, title: str) -> RenameEvent:
    return RenameEvent(Called(said, said), title, or_calendar=True)


@pytest.mark.parametrize(
    ("language", "text", "command"),
    [
        ("de", "Hilfe!", Help()),
        ("de", "Hallo", Help()),
        ("de", "Kalender morgen", days("2026-11-19")),
        ("de", "kalender in Reisen", in_calendar("Reisen")),
        ("de", "agenda für freitag", days("2026-11-20")),
        ("de", "agenda mit Ines", days("2026-11-18", "2026-12-18", who="Ines")),
        ("de", "Termine nächste Woche", days("2026-11-23", "2026-11-29")),
        ("de", "was steht an morgen?", days("2026-11-19")),
        ("de", "woche 49", days("2026-12-03", view=View.WEEK)),
        ("de", "monat märz", days("2027-03-01", "2027-03-31", view=View.MONTH)),
        ("de", "zeig mir freitag", days("2026-11-20")),
        ("de", "bitte suche Budget", FindEvents("Budget", contacts=True)),
        ("de", "wann ist die Sitzung?", FindEvents("Sitzung")),
        ("de", "wann ist Ines frei", ShowFreeBusy("Ines", date(2026, 11, 18))),
        ("de", "frei Ines, Omar am freitag", ShowFreeBusy("Ines, Omar", FRIDAY)),
        (
            "de",
            "finde termin mit Ines für 45 min diese woche",
            FindTime("Ines", *THIS_WEEK, 45),
        ),
        ("de", "wer ist weg", away("2026-11-16", "2026-11-22")),
        ("de", "wer hat urlaub im dezember", away("2026-12-01", "2026-12-31")),
        ("de", "verschiebe Essen mit Ines auf 14 Uhr", moved("Essen mit Ines", start=840)),
        ("de", "verschiebe Essen auf Freitag", moved("Essen", day=FRIDAY)),
        ("de", "verschiebe Essen um 2 Stunden", moved("Essen", later=120)),
        ("de", "verschiebe Essen um eine Woche früher", moved("Essen", later=-7 * 24 * 60)),
        ("de", "neuer kalender Reisen", NewCalendar(BookKind.CALENDAR, "Reisen")),
        ("de", "kontakte Ines", FindContacts("Ines")),
        ("de", "neuer Kontakt Ada Byron", NewContact("Ada Byron")),
        ("de", "Papierkorb", ShowBin()),
        ("de", "konto", ShowAccount()),
        ("fr", "aide", Help()),
        ("fr", "calendrier demain", days("2026-11-19")),
        ("fr", "calendrier dans Voyages", in_calendar("Voyages")),
        ("fr", "agenda de demain", days("2026-11-19")),
        ("fr", "agenda la semaine prochaine", days("2026-11-23", "2026-11-29")),
        ("fr", "mes rendez-vous demain", days("2026-11-19")),
        ("fr", "evenements avec Ines", FindEvents("Ines")),
        ("fr", "quand est la réunion budget", FindEvents("réunion budget")),
        ("fr", "quand est Ines libre", ShowFreeBusy("Ines", date(2026, 11, 18))),
        ("fr", "trouve un créneau avec Ines demain", FindTime("Ines", TOMORROW, TOMORROW, 30)),
        ("fr", "qui est absent la semaine prochaine", away("2026-11-23", "2026-11-29")),
        ("fr", "déplace le déjeuner à 14h", moved("déjeuner", start=840)),
        ("fr", "décale la réunion d'une heure", moved("réunion", later=60)),
        ("fr", "qui est Ines", FindContacts("Ines")),
        ("es", "ayuda", Help()),
        ("es", "calendario manana", days("2026-11-19")),
        ("es", "calendario en Viajes", in_calendar("Viajes")),
        ("es", "agenda para el viernes", days("2026-11-20")),
        ("es", "mis citas la semana que viene", days("2026-11-23", "2026-11-29")),
        ("es", "libre Inés mañana", ShowFreeBusy("Inés", TOMORROW)),
        ("es", "busca un hueco con Inés mañana", FindTime("Inés", TOMORROW, TOMORROW, 30)),
        ("es", "quién está de vacaciones en diciembre", away("2026-12-01", "2026-12-31")),
        ("es", "mueve el almuerzo al viernes", moved("almuerzo", day=FRIDAY)),
        ("es", "mueve el almuerzo a las 14", moved("almuerzo", start=840)),
        ("es", "quien es Inés", FindContacts("Inés")),
        ("da", "hjælp", Help()),
        ("da", "hjaelp", Help()),
        ("da", "kalender i morgen", days("2026-11-19")),
        ("da", "kalender i Rejser", in_calendar("Rejser")),
        ("da", "agenda i næste uge", days("2026-11-23", "2026-11-29")),
        ("da", "mine aftaler i dag", days("2026-11-18")),
        ("da", "hvornår er Ines ledig", ShowFreeBusy("Ines", date(2026, 11, 18))),
        ("da", "find en tid med Ines i 45 min i morgen", FindTime("Ines", TOMORROW, TOMORROW, 45)),
        ("da", "hvem er væk i næste uge", away("2026-11-23", "2026-11-29")),
        ("da", "flyt frokost til kl. 14", moved("frokost", start=840)),
        ("da", "udskyd frokost med 2 timer", moved("frokost", later=120)),
        # how far alone, but for what is a time of day as well
        ("en", "postpone review one week", moved("review", later=7 * 24 * 60)),
        ("en", "push lunch 30 min", moved("lunch", later=30)),
        ("en", "bring forward review 2 days", moved("review", later=-2 * 24 * 60)),
        ("en", "move sprint 2 to friday", moved("sprint 2", day=FRIDAY)),
        ("fr", "décale réunion 2 jours", moved("réunion", later=2 * 24 * 60)),
        ("fr", "déplace déjeuner 14 h", moved("déjeuner", start=840)),
        ("es", "aplaza el informe dos días", moved("informe", later=2 * 24 * 60)),
        ("es", "adelanta el informe dos días", moved("informe", later=-2 * 24 * 60)),
        # other names
        (
            "de",
            "benenne das Mittagessen in Fest am Fluss um",
            renamed("Mittagessen", "Fest am Fluss"),
        ),
        ("de", "umbenennen Mittagessen in Fest", renamed("Mittagessen", "Fest")),
        (
            "de",
            "benenne den Termin Essen in Fest um",
            RenameEvent(Called("Essen", "Essen"), "Fest"),
        ),
        (
            "fr",
            "renomme le déjeuner en Dîner s'il te plaît",
            renamed("déjeuner", "Dîner s'il te plaît"),
        ),
        (
            "fr",
            "renommer l\u2019événement Budget en Bilan",
            RenameEvent(Called("Budget", "Budget"), "Bilan"),
        ),
        ("es", "renombra la comida a Cena", renamed("comida", "Cena")),
        ("es", "cambia el nombre del almuerzo por 'Cena'", renamed("almuerzo", "Cena")),
        ("da", "omdøb frokost til Middag tak", renamed("frokost", "Middag")),
        ("de", "rename lunch in Rome to Dinner", renamed("lunch in Rome", "Dinner")),
        (
            "de",
            "benenne Kalender Reisen in Fahrten um",
            RenameCalendar(CALENDAR, "Fahrten", "Reisen"),
        ),
        ("de", "benenne den Kalender um in Fahrten", RenameCalendar(CALENDAR, "Fahrten")),
        (
            "fr",
            "renomme le calendrier Voyages en Sorties",
            RenameCalendar(CALENDAR, "Sorties", "Voyages"),
        ),
        ("es", "cambia el nombre del calendario a Rutas", RenameCalendar(CALENDAR, "Rutas")),
        (
            "da",
            "omdøb kontaktlisten Presse til Medier",
            RenameCalendar(CONTACTS, "Medier", "Presse"),
        ),
        ("de", "Gruppe umbenennen See in Meer", RenameGroup("See", "Meer")),
        ("fr", "renomme le groupe Mer en Océan", RenameGroup("Mer", "Océan")),
        ("en", "omdøb gruppen Sø til Hav", RenameGroup("Sø", "Hav")),
        ("fr", "nouveau groupe Marins", NewGroup("Marins")),
        ("es", "mis grupos", ShowGroups()),
        # of administrators
        ("de", "Verwaltung", ShowAdmin()),
        ("de", "lösche die Daten von 8a1d", EraseDataOf("8a1d")),
        ("fr", "exporte les données de 8a1d", ExportDataOf("8a1d")),
        ("es", "borra los datos de 8a1d", EraseDataOf("8a1d")),
        ("da", "eksporter data om 8a1d", ExportDataOf("8a1d")),
        ("fr", "effacer cette organisation", EndOrganisation()),
        ("es", "administración", ShowAdmin()),
        ("da", "slet organisationen", EndOrganisation()),
        # English is always understood, and so is every other language, in its own words.
        ("de", "agenda tomorrow", days("2026-11-19")),
        ("en", "hilfe", Help()),
        ("en", "kalender übermorgen", days("2026-11-20")),
        ("fr", "verschiebe Essen auf Freitag", moved("Essen", day=FRIDAY)),
    ],
)
def test_a_command_is_understood_in_the_language_of_the_person(
    language: str, text: str, command: Command
) -> None:
    assert asked(text, language) == command


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "neuer Termin Zahnarzt Freitag 10 Uhr"),
        ("de", "Termin Zahnarzt Freitag 10 Uhr"),
        ("fr", "rdv Zahnarzt vendredi 10h"),
        ("fr", "nouveau rendez-vous Zahnarzt vendredi 10h"),
        ("es", "cita Zahnarzt viernes a las 10"),
        ("es", "nuevo evento Zahnarzt viernes 10:00"),
        ("da", "ny aftale Zahnarzt fredag kl. 10"),
        ("en", "cita Zahnarzt viernes a las 10"),
        ("en", "remind me friday at 10 to Zahnarzt"),
    ],
)
def test_an_event_is_made_in_the_words_of_the_person(language: str, text: str) -> None:
    found = asked(text, language)
    assert isinstance(found, NewEvent)
    assert found.draft is not None
    assert (found.draft.title, spoken(found.draft.when)) == ("Zahnarzt", "20.11.26 10:00-11:00")


def test_a_deletion_is_of_an_event_or_of_what_it_names() -> None:
    gone = asked("lösche Standup morgen", "de")
    assert isinstance(gone, DeleteEvent)
    assert gone.which.words == "Standup"
    assert not isinstance(asked("lösche meine Daten", "de"), DeleteEvent)


@pytest.mark.parametrize(
    ("language", "text", "nearest"),
    [
        ("de", "kalneder morgen", "kalender morgen"),
        ("de", "papierkorp", "papierkorb"),
        ("fr", "calendreir demain", "calendrier demain"),
        ("es", "contatcos Inés", "contactos Inés"),
        ("da", "hjlæp", "hjælp"),
        ("en", "agneda tomorrow", "agenda tomorrow"),
    ],
)
def test_what_is_misspelt_is_answered_with_the_nearest_of_that_language(
    language: str, text: str, nearest: str
) -> None:
    found = asked(text, language)
    assert isinstance(found, Unknown)
    assert found.nearest[0] == nearest


def test_what_nobody_understands_is_answered_with_what_can_be_said() -> None:
    found = asked("xyzzy", "de")
    assert found == Unknown(
        ("hilfe", "agenda", "neuer termin"), steps=("help", "agenda", "new event")
    )


def test_every_row_names_a_phrase_and_no_name_means_two() -> None:
    known = {phrase.words[0] for phrase in TABLE}
    for language in OTHERS:
        rows = commands_in(language)
        assert set(rows) <= known
        assert set(rows) >= {"help", "agenda", "calendar", "new event", "find", "move", "contacts"}
        names = [name for names in rows.values() for name in names]
        twice = {name for name in names if names.count(name) > 1}
        # Both a list and what can be added to it: with a day and a title it is the latter.
        assert twice <= {"rendez-vous"}


@pytest.mark.parametrize("language", OTHERS)
def test_help_names_sentences_that_are_understood_in_the_language_of_the_reader(
    language: str,
) -> None:
    for said, _ in (*PHRASES, *OWN, *TRY_ALONE, *ADMINISTRATION):
        told = say(language, said)
        for english, own in zip(_parts(said), _parts(told), strict=True):
            assert type(asked(own, language)) is type(asked(english)), own
            assert not isinstance(asked(own, language), Unknown), own


def _parts(examples: str) -> list[str]:
    """Return the examples of a line; names in a list of names belong to the one before."""
    parts: list[str] = []
    for part in examples.split(", "):
        if parts and part[:1].isupper():
            parts[-1] += f", {part}"
        else:
            parts.append(part)
    return parts
