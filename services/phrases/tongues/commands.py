"""What the main commands are called in other languages than English, which is always understood.

One row a command, under the first words of its phrase in :mod:`services.phrases.table`; the first
name is the one that is offered. What stands behind it is read with the words of the same language.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from services.phrases.vocabulary import plainly

__all__ = ["COMMANDS", "commands_in", "offered_in"]

COMMANDS: Mapping[str, Mapping[str, str]] = {
    "de": {
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
        "contacts": "kontakte, kontakt, meine kontakte, suche kontakt, finde kontakt, "
        "zeige kontakte",
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
    },
    "fr": {
        "help": "aide, aide-moi, que peux-tu faire, que puis-je écrire, commandes",
        "hi": "bonjour, salut, bonsoir, coucou",
        "agenda": "agenda, mon agenda, montre l'agenda, affiche l'agenda, qu'est-ce que j'ai, "
        "qu'est-ce qui est prévu",
        "calendar": "calendrier, mon calendrier, montre le calendrier, affiche le calendrier",
        "day": "jour, journée, ma journée",
        "week": "semaine, ma semaine",
        "month": "mois, mon mois",
        "events": "événements, mes événements, rendez-vous, mes rendez-vous, réunions, "
        "mes réunions",
        "new event": "nouvel événement, nouveau rendez-vous, nouveau rdv, nouvelle réunion, "
        "créer un événement, crée un événement, ajouter un événement, ajoute un événement, "
        "ajoute une réunion, planifie une réunion",
        "add to the calendar": "rendez-vous, rdv, ajoute, ajouter",
        "find": "cherche, chercher, trouve, trouver, recherche, rechercher",
        "show": "montre, montre-moi, affiche, voir",
        "find event": "cherche des événements, événements avec, réunions avec",
        "when is": "quand est, quand a lieu, c'est quand",
        "who is away": "qui est absent, qui est absente, qui est en congé, qui est en congés, "
        "qui est en vacances, absences, absents",
        "free busy": "libre, qui est libre, disponibilités, disponibilité, dispo",
        "find a time": "trouve un créneau, trouver un créneau, cherche un créneau, "
        "trouve une date, quand pouvons-nous nous voir",
        "move": "déplace, déplacer, décale, décaler, reporte, reporter, repousse, repousser",
        "delete": "supprime, supprimer, annule, annuler, efface, effacer",
        "calendars": "calendriers, mes calendriers, tous les calendriers",
        "new calendar": "nouveau calendrier, créer un calendrier, ajouter un calendrier",
        "settings": "paramètres, réglages",
        "my settings": "mes paramètres, mes réglages, mes préférences, préférences, "
        "mon fuseau horaire, ma langue",
        "members": "membres, droits",
        "holidays": "jours fériés",
        "contacts": "contacts, contact, mes contacts, cherche contact, montre les contacts",
        "who is": "qui est",
        "new contact": "nouveau contact, ajouter un contact, ajoute un contact, créer un contact",
        "birthdays": "anniversaires",
        "duplicates": "doublons",
        "notifications": "notifications, mes notifications, rappels",
        "import": "importer",
        "export": "exporter",
        "print": "imprimer",
        "recycle bin": "corbeille",
        "delete calendar": "supprimer le calendrier, supprime le calendrier, supprimer calendrier",
        "delete contact list": "supprimer la liste de contacts, supprime la liste de contacts",
        "import contacts": "importer des contacts, importer contacts",
        "export contacts": "exporter les contacts, exporter contacts",
        "subscribe": "s'abonner, s'abonner à, abonner",
        "export my data": "exporter mes données, exporte mes données, mes données",
        "erase my data": "effacer mes données, efface mes données, supprimer mes données",
        "audit": "journal",
        "connect": "connecter, se connecter, me connecter, connexion",
        "account": "compte, mon compte",
        "disconnect": "déconnecter, se déconnecter, déconnexion",
    },
    "es": {
        "help": "ayuda, ayúdame, qué puedes hacer, qué puedo escribir, comandos",
        "hi": "hola, buenos días, buenas tardes, buenas",
        "agenda": "agenda, mi agenda, muestra la agenda, ver agenda, qué tengo, qué hay",
        "calendar": "calendario, mi calendario, muestra el calendario, ver calendario",
        "day": "día, mi día",
        "week": "semana, mi semana",
        "month": "mes, mi mes",
        "events": "eventos, mis eventos, citas, mis citas, reuniones, mis reuniones",
        "new event": "nuevo evento, nueva cita, nueva reunión, crear evento, crear un evento, "
        "crea un evento, añadir evento, añade un evento, programa una reunión",
        "add to the calendar": "cita, añade, añadir",
        "find": "busca, buscar, encuentra, encontrar",
        "show": "muestra, muéstrame, ver",
        "find event": "busca eventos, eventos con, citas con, reuniones con",
        "when is": "cuándo es, cuándo está, cuándo son",
        "who is away": "quién está fuera, quién está ausente, quién falta, ausencias, "
        "quién está de vacaciones",
        "free busy": "libre, quién está libre, disponibilidad",
        "find a time": "busca un hueco, buscar un hueco, encuentra un hueco, busca una hora, "
        "cuándo podemos reunirnos",
        "move": "mueve, mover, aplaza, aplazar, pospón, posponer, retrasa, retrasar",
        "delete": "borra, borrar, elimina, eliminar, cancela, cancelar, anula, anular",
        "calendars": "calendarios, mis calendarios, todos los calendarios",
        "new calendar": "nuevo calendario, crear calendario, crear un calendario",
        "settings": "configuración, ajustes",
        "my settings": "mi configuración, mis ajustes, mis preferencias, preferencias, "
        "mi zona horaria, mi idioma",
        "members": "miembros, permisos",
        "holidays": "festivos, días festivos",
        "contacts": "contactos, contacto, mis contactos, busca contacto, buscar contacto",
        "who is": "quién es",
        "new contact": "nuevo contacto, añadir contacto, crear contacto",
        "birthdays": "cumpleaños",
        "duplicates": "duplicados",
        "notifications": "notificaciones, mis notificaciones, avisos, recordatorios",
        "import": "importar",
        "export": "exportar",
        "print": "imprimir",
        "recycle bin": "papelera",
        "delete calendar": "borrar calendario, borra el calendario, eliminar calendario, "
        "borrar el calendario",
        "delete contact list": "borrar lista de contactos, borra la lista de contactos",
        "import contacts": "importar contactos",
        "export contacts": "exportar contactos",
        "subscribe": "suscribir, suscribirse a",
        "export my data": "exportar mis datos, exporta mis datos, mis datos",
        "erase my data": "borrar mis datos, borra mis datos, eliminar mis datos",
        "audit": "auditoría",
        "connect": "conectar, iniciar sesión",
        "account": "cuenta, mi cuenta",
        "disconnect": "desconectar, cerrar sesión",
    },
    "da": {
        "help": "hjælp, hvad kan du, hvad kan jeg skrive, kommandoer",
        "hi": "hej, goddag, godmorgen, hejsa",
        "agenda": "agenda, dagsorden, vis agenda, hvad sker der, hvad har jeg",
        "calendar": "kalender, min kalender, kalenderen, vis kalender, vis kalenderen",
        "day": "dag, dagsvisning, min dag",
        "week": "uge, ugevisning, min uge",
        "month": "måned, månedsvisning, min måned",
        "events": "aftaler, mine aftaler, vis aftaler, begivenheder, møder, mine møder",
        "new event": "ny aftale, ny begivenhed, nyt møde, opret aftale, opret begivenhed, "
        "opret møde, opret et møde, tilføj aftale, tilføj begivenhed",
        "add to the calendar": "aftale, tilføj",
        "find": "find, søg, søg efter, led efter",
        "show": "vis, vis mig",
        "find event": "find aftaler, aftaler med, møder med",
        "when is": "hvornår er",
        "who is away": "hvem er væk, hvem er fraværende, hvem har fri, hvem har ferie, "
        "hvem er på ferie, fravær",
        "free busy": "ledig, hvem er ledig, ledige tider",
        "find a time": "find en tid, find tid, find et tidspunkt, hvornår kan vi mødes",
        "move": "flyt, udskyd, ryk",
        "delete": "slet, aflys, fjern, annuller",
        "calendars": "kalendere, mine kalendere, alle kalendere",
        "new calendar": "ny kalender, opret kalender",
        "settings": "indstillinger, kalenderindstillinger",
        "my settings": "mine indstillinger, min tidszone, mit sprog",
        "members": "medlemmer, rettigheder",
        "holidays": "helligdage",
        "contacts": "kontakter, kontakt, mine kontakter, find kontakt, søg kontakt",
        "who is": "hvem er",
        "new contact": "ny kontakt, opret kontakt, tilføj kontakt",
        "birthdays": "fødselsdage",
        "duplicates": "dubletter",
        "notifications": "notifikationer, mine notifikationer, påmindelser",
        "import": "importer",
        "export": "eksporter",
        "print": "udskriv",
        "recycle bin": "papirkurv, papirkurven",
        "delete calendar": "slet kalender, slet kalenderen",
        "delete contact list": "slet kontaktliste, slet kontaktlisten",
        "import contacts": "importer kontakter",
        "export contacts": "eksporter kontakter",
        "subscribe": "abonner, abonner på",
        "export my data": "eksporter mine data, mine data",
        "erase my data": "slet mine data",
        "audit": "log",
        "connect": "forbind, tilslut, log ind",
        "account": "konto, min konto",
        "disconnect": "afbryd, log ud",
    },
}


@lru_cache(maxsize=64)
def commands_in(language: str) -> Mapping[str, tuple[str, ...]]:
    """Return what each command is called in a language such as ``de``, as people type it."""
    return {
        command: tuple(dict.fromkeys(p for name in names.split(", ") for p in plainly(name)))
        for command, names in COMMANDS.get(language, {}).items()
    }


def offered_in(language: str, command: str) -> str:
    """Return the name under which a command is offered."""
    return commands_in(language).get(command, (command,))[0]
