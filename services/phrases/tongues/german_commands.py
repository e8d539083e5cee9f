"""What commands are called in German; see :mod:`services.phrases.tongues.commands`."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["COMMANDS"]

COMMANDS: Mapping[str, str] = {
    "help": "hilfe, befehle, was kannst du, was kann ich schreiben",
    "hi": "hallo, guten tag, guten morgen, moin, servus",
    "agenda": "agenda, meine agenda, zeige die agenda, was steht an, was ist los, was habe ich",
    "calendar": "kalender, mein kalender, zeige kalender, zeige den kalender",
    "day": "tag, tagesansicht, mein tag",
    "week": "woche, wochenansicht, meine woche",
    "month": "monat, monatsansicht, mein monat",
    "events": "termine, meine termine, zeige termine, zeige meine termine, besprechungen",
    "new event": "neuer termin, neuen termin, neue besprechung, neues treffen, neues meeting, "
    "termin anlegen, termin erstellen, termin eintragen, erstelle termin, "
    "erstelle einen termin",
    "add to the calendar": "termin, eintragen",
    "find": "suche, finde, suchen, such",
    "show": "zeige, zeig, zeige mir, zeig mir",
    "find event": "suche termine, finde termine, termine mit, besprechungen mit",
    "when is": "wann ist, wann sind, wann findet",
    "who is away": "wer ist weg, wer ist abwesend, wer fehlt, wer hat urlaub, abwesend, "
    "wer ist im urlaub, wer ist nicht da, abwesenheiten",
    "free busy": "frei, wer ist frei, frei gebucht, verfügbarkeit",
    "find a time": "finde einen termin, finde termin, suche einen termin, suche termin, "
    "finde eine zeit, terminvorschlag, terminvorschläge, wann können wir uns treffen",
    "move": "verschiebe, verschieben, verschieb, verlege, verlegen, termin verschieben",
    "delete": "lösche, löschen, entferne, storniere, streiche, absagen, termin löschen, "
    "termin absagen",
    "calendars": "alle kalender, meine kalender, welche kalender",
    "new calendar": "neuer kalender, neuen kalender, kalender anlegen, kalender erstellen",
    "settings": "einstellungen, kalendereinstellungen",
    "my settings": "meine einstellungen, meine zeitzone, meine sprache",
    "members": "mitglieder, rechte, berechtigungen",
    "holidays": "feiertage",
    "contacts": "kontakte, kontakt, meine kontakte, suche kontakt, finde kontakt, zeige kontakte",
    "who is": "wer ist",
    "new contact": "neuer kontakt, neuen kontakt, kontakt anlegen, kontakt erstellen",
    "birthdays": "geburtstage",
    "duplicates": "dubletten, duplikate",
    "notifications": "benachrichtigungen, meldungen, erinnerungen",
    "import": "importieren",
    "export": "exportieren",
    "print": "drucken",
    "recycle bin": "papierkorb",
    "delete calendar": "kalender löschen, lösche kalender, lösche den kalender",
    "delete contact list": "kontaktliste löschen, lösche kontaktliste, lösche die kontaktliste",
    "import contacts": "kontakte importieren, importiere kontakte",
    "export contacts": "kontakte exportieren, exportiere kontakte",
    "subscribe": "abonnieren, abonniere",
    "export my data": "meine daten exportieren, exportiere meine daten, meine daten",
    "erase my data": "meine daten löschen, lösche meine daten",
    "audit": "protokoll",
    "connect": "verbinden, verbinde, anmelden, einloggen",
    "account": "konto, mein konto",
    "disconnect": "trennen, abmelden, ausloggen",
    "contact lists": "kontaktlisten, meine kontaktlisten",
    "new contact list": "neue kontaktliste, kontaktliste anlegen, kontaktliste erstellen",
    "rename contact list": "kontaktliste umbenennen, benenne kontaktliste, "
    "benenne die kontaktliste",
    "groups": "gruppen, meine gruppen",
    "new group": "neue gruppe, gruppe anlegen, gruppe erstellen",
    "rename group": "gruppe umbenennen, benenne gruppe, benenne die gruppe",
    "delete group": "gruppe löschen, lösche gruppe, lösche die gruppe",
    "fields": "felder",
    "rename calendar": "kalender umbenennen, benenne kalender, benenne den kalender",
    "rename event": "termin umbenennen, benenne termin, benenne den termin",
    "rename": "umbenennen, benenne, benenn",
    "bring forward": "vorverlegen",
    "connect directory": "verzeichnis verbinden, verbinde das verzeichnis",
    "admin": "verwaltung, verwalter, administratoren",
    "export data of": "exportiere die daten von, exportiere daten von, daten exportieren von",
    "erase data of": "lösche die daten von, lösche daten von, daten löschen von",
    "erase this organisation": "lösche die organisation, lösche diese organisation, "
    "organisation löschen",
}
