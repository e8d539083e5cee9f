"""A believable fortnight in each mailbox, so that nobody starts with an empty calendar.

Dates are relative to now and to each person's own zone. Mara's calendar shows one of each kind:
single, all-day, series with an exception and a cancelled day, and meetings that belong to others.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from sandbox.faces import Face
from sandbox.items import Content
from sandbox.mailbox import Mailbox
from sandbox.office import Office
from sandbox.people import PEOPLE
from sandbox.writing import all_day, attended_by, timed, weekly
from sandbox.zones import zone_named

__all__ = ["seed"]

_MARA, _INES, _PRIYA, _SAMUEL, _DANA = PEOPLE


def seed(office: Office) -> None:
    """Fill all mailboxes with sample events, and the first one with somebody whom it knows."""
    for mailbox in office.mailboxes:
        today = _today(office.clock.now(), mailbox)
        _OWN[mailbox.person.key](mailbox, _on(today, -today.weekday()))
        if mailbox.person is _MARA:
            _near(mailbox, today)
            _known(mailbox)


def _mara(mailbox: Mailbox, monday: date) -> None:
    zone = mailbox.person.zone
    standup = weekly(
        timed("Stand-up", monday, time(9, 15), 15, zone, place="Studio kitchen"),
        "monday",
        "wednesday",
        "friday",
    )
    series = mailbox.add(standup)
    later = mailbox.id_of(series, _on(monday, 9))
    occurrence = mailbox.get(later)
    moved = occurrence.content.start.replace(hour=11, minute=0)
    mailbox.edit(
        occurrence,
        replace(occurrence.content, start=moved, end=moved + timedelta(minutes=15)),
    )
    mailbox.remove(mailbox.get(mailbox.id_of(mailbox.get(later).item, _on(monday, 11))))
    mailbox.add(timed("Roadmap review", _on(monday, 1), time(14, 0), 60, zone, place="Room Linde"))
    mailbox.add(timed("Dentist", _on(monday, 3), time(8, 30), 45, zone))
    mailbox.add(
        timed(
            "Write the release notes",
            _on(monday, 4),
            time(10, 0),
            120,
            zone,
            text="Draft is in the wiki.\nAsk Priya about the new search.",
        )
    )
    mailbox.add(all_day("Trade fair in Leipzig", _on(monday, 9), _on(monday, 10), zone))
    _meeting(mailbox, timed("Design critique", _on(monday, 2), time(15, 0), 60, zone), _INES)


def _ines(mailbox: Mailbox, monday: date) -> None:
    zone = mailbox.person.zone
    mailbox.add(weekly(timed("Sketching hour", _on(monday, 1), time(9, 0), 60, zone)))
    mailbox.add(timed("Paper samples", _on(monday, 3), time(16, 30), 30, zone, place="Atelier"))


def _priya(mailbox: Mailbox, monday: date) -> None:
    zone = mailbox.person.zone
    mailbox.add(weekly(timed("On call hand-over", monday, time(10, 0), 30, zone)))
    mailbox.add(timed("Database upgrade", _on(monday, 5), time(22, 0), 180, zone))


def _samuel(mailbox: Mailbox, monday: date) -> None:
    zone = mailbox.person.zone
    mailbox.add(timed("Customer round table", _on(monday, 2), time(11, 0), 90, zone))
    mailbox.add(all_day("Annual leave", _on(monday, 7), _on(monday, 11), zone))


def _dana(mailbox: Mailbox, monday: date) -> None:
    zone = mailbox.person.zone
    mailbox.add(weekly(timed("Pipeline review", _on(monday, 1), time(13, 0), 45, zone)))
    _meeting(mailbox, timed("Quarter planning", _on(monday, 8), time(9, 0), 120, zone), _MARA)


_OWN = {"mara": _mara, "ines": _ines, "priya": _priya, "samuel": _samuel, "dana": _dana}


def _meeting(mailbox: Mailbox, content: Content, organizer: object) -> None:
    """Put somebody else's invitation in a mailbox."""
    boss = next(person for person in PEOPLE if person is organizer)
    guest = (mailbox.person.display_name, mailbox.person.mail)
    mailbox.add(attended_by(content, guest), organizer=(boss.display_name, boss.mail))


def _near(mailbox: Mailbox, today: date) -> None:
    """Put something in today and tomorrow, whatever day of the week it is."""
    zone = mailbox.person.zone
    mailbox.add(timed("Coffee with Samuel", today, time(16, 30), 30, zone, place="Café Linde"))
    mailbox.add(timed("Call the printer", _on(today, 1), time(11, 30), 15, zone))


def _known(mailbox: Mailbox) -> None:
    """Put somebody in the address book, with a picture."""
    says = {
        "displayName": "Noor Haddad",
        "givenName": "Noor",
        "surname": "Haddad",
        "companyName": "Lumen Fairs",
        "jobTitle": "Hall manager",
        "emailAddresses": [{"name": "Noor Haddad", "address": "noor@lumen.example"}],
    }
    book = mailbox.contacts
    book.picture(book.add(says), Face("#dfe8d8", "#c99a74", "#221a17", "#3d6b52").drawn())


def _today(now: datetime, mailbox: Mailbox) -> date:
    """Return the day that it is where a person is."""
    return now.astimezone(zone_named(mailbox.person.zone)).date()


def _on(monday: date, days: int) -> date:
    return monday + timedelta(days=days)
