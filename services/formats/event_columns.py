"""What the columns of a table of events are called, wherever it comes from.

Our own template, Outlook, Google Calendar and people name them in English, German, French, Spanish
and Danish.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["FIELDS"]

_NAMES = {
    "title": "title|subject|summary|event|name|titel|betreff|titre|objet|asunto|título|emne",
    "start_day": "start date|start|date|begin|from|day|beginnt am|startdatum|datum|beginn"
    "|date de début|début|fecha de comienzo|fecha de inicio|fecha|inicio|startdato|dato",
    "start_time": "start time|time|beginnt um|startzeit|uhrzeit|heure de début|hora de comienzo"
    "|hora de inicio|hora|starttidspunkt|tid",
    "end_day": "end date|end|to|until|endet am|enddatum|ende|date de fin|fin"
    "|fecha de finalización|fecha de fin|slutdato",
    "end_time": "end time|endet um|endzeit|heure de fin|hora de finalización|hora de fin"
    "|sluttidspunkt",
    "all_day": "all day|all day event|all-day|ganztägig|ganztägiges ereignis|journée entière"
    "|todo el día|hele dagen|heldagsbegivenhed",
    "zone": "time zone|timezone|zone|zeitzone|fuseau horaire|zona horaria|tidszone",
    "place": "place|location|where|ort|lieu|emplacement|ubicación|lugar|sted|placering",
    "text": "description|notes|text|beschreibung|descripción|beskrivelse",
    "tags": "tags|categories|category|kategorien|catégories|categorías|kategorier",
    "show_as": "show as|show time as|busy|zeitspanne zeigen als|status"
    "|afficher la disponibilité|mostrar la hora como|vis tid som",
    "sensitivity": "sensitivity|vertraulichkeit|critère de diffusion|confidencialidad",
    "is_reminded": "reminder on/off|erinnerung ein/aus|rappel actif/inactif",
    "reminder_day": "reminder date|erinnerung am|date de rappel",
    "reminder_time": "reminder time|erinnerung um|heure du rappel",
    "required": "required attendees|erforderliche teilnehmer|participants obligatoires",
    "optional": "optional attendees|optionale teilnehmer|participants facultatifs",
    "private": "private|privat|privé|privado",
    "importance": "importance|priority|wichtigkeit|priorität|priorité|prioridad",
    "reminder": "reminder|reminder minutes|erinnerung (minuten)|erinnerung",
    "repeats": "repeats|rrule|recurrence|wiederholung",
    "color": "color|colour|farbe|couleur|farve",
    "emoji": "emoji",
    "meeting_url": "meeting link|link to the meeting|besprechungslink|lien de la réunion"
    "|enlace de la reunión|mødelink",
    "links": "links|files|dateien|liens|fichiers|enlaces|archivos|filer",
    "people": "people|participants|with|teilnehmer|personen|personnes|participantes|personas"
    "|deltagere|personer",
    "uid": "uid|id",
}

FIELDS: Mapping[str, str] = {
    name: field for field, names in _NAMES.items() for name in names.split("|")
}
"""The field that a heading means, by its name in small letters."""
