"""What commands are called in French; see :mod:`services.phrases.tongues.commands`."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["COMMANDS"]

COMMANDS: Mapping[str, str] = {
    "help": "aide, aide-moi, que peux-tu faire, que puis-je écrire, commandes",
    "hi": "bonjour, salut, bonsoir, coucou",
    "agenda": "agenda, mon agenda, montre l'agenda, affiche l'agenda, qu'est-ce que j'ai, "
    "qu'est-ce qui est prévu",
    "calendar": "calendrier, mon calendrier, montre le calendrier, affiche le calendrier",
    "day": "jour, journée, ma journée",
    "week": "semaine, ma semaine",
    "month": "mois, mon mois",
    "events": "événements, mes événements, rendez-vous, mes rendez-vous, réunions, mes réunions",
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
    "contact lists": "listes de contacts, mes listes de contacts",
    "new contact list": "nouvelle liste de contacts, créer une liste de contacts",
    "rename contact list": "renommer la liste de contacts, renomme la liste de contacts",
    "groups": "groupes, mes groupes",
    "new group": "nouveau groupe, créer un groupe, ajouter un groupe",
    "rename group": "renommer le groupe, renomme le groupe",
    "delete group": "supprimer le groupe, supprime le groupe",
    "fields": "champs",
    "rename calendar": "renommer le calendrier, renomme le calendrier",
    "rename event": "renommer l'événement, renomme l'événement, renomme le rendez-vous, "
    "renomme la réunion",
    "rename": "renommer, renomme",
    "bring forward": "avance, avancer",
    "connect directory": "connecter l'annuaire, connecte l'annuaire",
    "admin": "administration, administrateur, administrateurs",
    "export data of": "exporter les données de, exporte les données de",
    "erase data of": "effacer les données de, efface les données de, supprimer les données de",
    "erase this organisation": "effacer l'organisation, effacer cette organisation, "
    "efface cette organisation",
}
