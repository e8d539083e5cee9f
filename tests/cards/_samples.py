"""Every card of the product with ordinary, empty, long, foreign and hostile models.

One table for the lint, the snapshots and the gallery: ``SAMPLES[name]()`` is a card.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from cards.books.audit import audit_card
from cards.books.recycle_bin import recycle_bin_card
from cards.books.whole_book import book_deleted, book_question
from cards.contacts.contact import contact_card, contact_delete_question, contact_deleted
from cards.contacts.contact_actions import ContactCreate, ContactSave
from cards.contacts.contact_form import contact_form, contact_values
from cards.elements import Card
from cards.events.event import event_card, event_details
from cards.events.event_actions import AgendaShow, EventCreate, EventSave
from cards.events.event_form import blank_values, event_form, form_values
from cards.events.event_questions import delete_question, event_confirm, event_deleted
from cards.form import Mode
from cards.help import help_card, unknown_card
from cards.notice import ACCOUNT, account_notice, done_card, gone_card, problem_card
from cards.people.my_data import (
    erase_question,
    erased_card,
    export_begun_card,
    export_failed_card,
    export_ready_card,
)
from cards.viewer import Everyone
from cards.views.calendar import calendar_card
from cards.welcome import welcome_card
from services.model.accounts import LinkId
from services.model.audit import AuditEntry
from services.model.contacts import Contact, ContactContent, Phone, PhoneKind
from services.model.deeds import Deed
from services.model.deleted_books import DeletedBook, Stock
from services.model.errors import Problem, ReadOnlyReason, Wrong
from services.model.events import (
    Author,
    Event,
    Mirror,
    Occurrence,
    ShowAs,
)
from services.model.identity import ConversationKind
from services.model.recurrence import Pattern, Rule
from tests._builders import (
    BERLIN,
    NEW_YORK,
    a_book,
    a_contact,
    a_contact_list,
    an_author,
    an_event,
    an_event_content,
    timed,
)
from tests.cards._account_samples import account_samples
from tests.cards._calendar_samples import calendar_samples
from tests.cards._change_samples import change_samples
from tests.cards._contact_samples import contact_samples
from tests.cards._duplicate_samples import duplicate_samples
from tests.cards._event_samples import event_samples
from tests.cards._file_samples import file_samples
from tests.cards._find_samples import find_samples
from tests.cards._list_samples import list_samples
from tests.cards._offer_samples import offer_samples
from tests.cards._series_samples import series_samples
from tests.cards._subjects import (
    ADA,
    ARABIC,
    BAD,
    BEN,
    BOOK,
    FORM,
    FULL,
    GUEST,
    HOLIDAY,
    HOSTILE,
    INES,
    INVITED,
    LIST,
    LONG,
    LUNCH,
    MEETING,
    NOW,
    RARE,
    TODAY,
    occurrence,
)
from tests.cards._time_samples import time_samples
from tests.cards._view_samples import view_samples
from tests.cards._watch_samples import watch_samples


def a_day(count: int) -> list[Occurrence]:
    """So many events, three a day from 8 o'clock."""
    made = []
    for n in range(count):
        hours = f"{20 + n // 3}T{8 + 3 * (n % 3):02}:30"
        content = an_event_content(
            title=("Stand-up", "Lunch with Ines", "Drawing class for beginners and others")[n % 3],
            when=timed(f"2026-11-{hours}", 45),
            place=("", "Café am Hafen", "Room 4")[n % 3],
            show_as=ShowAs.TENTATIVE if n % 4 == 3 else ShowAs.BUSY,
        )
        made.append(Occurrence.of(an_event(content)))
    return made


WEEK = sorted(
    [*a_day(7), occurrence(HOLIDAY), occurrence(FULL)],
    key=lambda o: (o.content.when is HOLIDAY.content.when, str(o.content.when.start)),
)
AGENDA = AgendaShow(BOOK.id, TODAY, 7)
SAVE = EventSave(BOOK.id, LUNCH.id, "e1")
CREATE = EventCreate(BOOK.id, FORM)
NEW_CONTACT = ContactCreate(LIST.id, FORM)
SAVE_CONTACT = ContactSave(LIST.id, ADA.id, "e1")
WRONG_FORM = {
    "title": "",
    "start_date": "2026-02-31",
    "start_time": "25:99",
    "end_date": "2026-11-20",
    "end_time": "09:00",
    "zone": "Mars/Olympus, Mons",
    "place": HOSTILE,
    "repeats": "weekly",
    "until": "2020-01-01",
    "reminder": "7",
    "text": "x" * 50,
}
WRONG_PROBLEMS = (
    Problem("title", Wrong.MISSING),
    Problem("start_date", Wrong.NOT_A_DATE),
    Problem("start_time", Wrong.NOT_A_TIME),
    Problem("zone", Wrong.UNKNOWN_ZONE),
    Problem("until", Wrong.OUT_OF_RANGE),
)
ENDS_EARLY = form_values(LUNCH.content, BERLIN) | {"end_time": "09:00"}


def _events() -> dict[str, Callable[[], Card]]:
    london = replace(LUNCH, content=replace(LUNCH.content, when=timed(zone=NEW_YORK)))
    return {
        "event": lambda: event_card(LUNCH, BOOK, INES),
        "event-saved": lambda: event_card(LUNCH, BOOK, INES, said="Saved."),
        "event-series": lambda: event_card(FULL, BOOK, INES, occurrence=occurrence(FULL)),
        "event-post": lambda: event_card(LUNCH, BOOK, Everyone(BOOK), refresh_for=["29:ines"]),
        "event-all-day": lambda: event_card(HOLIDAY, BOOK, INES),
        "event-other-zone": lambda: event_card(london, BOOK, INES),
        "event-american": lambda: event_card(LUNCH, BOOK, BEN),
        "event-night": lambda: event_card(
            an_event(when=timed("2026-11-20T22:00", 300)), BOOK, INES
        ),
        "event-guessed": lambda: event_card(
            an_event(when=timed("2026-11-20T12:00"), zone_guessed=True), BOOK, INES
        ),
        "details-guessed": lambda: event_details(
            an_event(rule=FULL.content.rule, zone_guessed=True), BOOK, INES
        ),
        "event-moment": lambda: event_card(an_event(when=timed(minutes=0)), BOOK, INES),
        "event-reader": lambda: event_card(LUNCH, BOOK, GUEST),
        "event-meeting": lambda: event_card(MEETING, BOOK, INES),
        "event-elsewhere": lambda: event_card(
            replace(MEETING, mirror=Mirror(ReadOnlyReason.OTHER_ORGANISER)), BOOK, INES
        ),
        "event-hostile": lambda: event_card(BAD, a_book(name=HOSTILE), INES),
        "event-long": lambda: event_card(an_event(title=LONG, place=LONG), a_book(), INES),
        "event-arabic": lambda: event_card(an_event(title=ARABIC, place=ARABIC), BOOK, INES),
        "details": lambda: event_details(FULL, BOOK, INES),
        "details-from-agenda": lambda: event_details(
            FULL, BOOK, INES, occurrence=occurrence(FULL), back=AGENDA
        ),
        "details-plain": lambda: event_details(an_event(), a_book(), GUEST),
        "details-meeting": lambda: event_details(MEETING, BOOK, INES),
        "details-marks": lambda: event_details(INVITED, BOOK, INES),
        "details-apart": lambda: event_details(
            an_event(rule=Rule(pattern=Pattern.MONTHLY_BY_DAYS, days=(-1, 15)), tags=("pay",)),
            BOOK,
            INES,
        ),
        "details-many-links": lambda: event_details(
            an_event(text="\n".join(f"[{n}](https://a.example/{'x' * 900})" for n in range(30))),
            BOOK,
            INES,
        ),
        "details-hostile": lambda: event_details(BAD, BOOK, INES),
        "details-long": lambda: event_details(
            an_event(text="One more line.\n" * 200, created_by=Author(LUNCH.created_by.person, "")),
            BOOK,
            INES,
        ),
        "delete": lambda: delete_question(LUNCH, BOOK, INES),
        "delete-series": lambda: delete_question(FULL, BOOK, INES),
        "deleted": lambda: event_deleted(LUNCH, BOOK, Everyone(BOOK)),
        "deleted-hostile": lambda: event_deleted(BAD, BOOK, INES),
        "confirm": lambda: event_confirm(LUNCH.content, BOOK, INES, FORM),
        "confirm-hostile": lambda: event_confirm(BAD.content, BOOK, INES, FORM),
    }


def _forms() -> dict[str, Callable[[], Card]]:
    rare = replace(LUNCH.content, rule=RARE, reminder_minutes=25)
    return {
        "form-new": lambda: event_form(CREATE, blank_values(NOW, BERLIN), BOOK, INES),
        "form-new-dialog": lambda: event_form(
            CREATE, blank_values(NOW, BERLIN), BOOK, INES, mode=Mode.DIALOG
        ),
        "form-new-rare": lambda: event_form(CREATE, form_values(rare, BERLIN), BOOK, INES),
        "form-edit": lambda: event_form(
            SAVE, form_values(FULL.content, BERLIN), BOOK, INES, kept=FULL.content
        ),
        "form-edit-rare": lambda: event_form(
            SAVE, form_values(rare, BERLIN), a_book(), BEN, kept=rare
        ),
        "form-all-day": lambda: event_form(
            SAVE, form_values(HOLIDAY.content, BERLIN), BOOK, INES, kept=HOLIDAY.content
        ),
        "form-wrong": lambda: event_form(CREATE, WRONG_FORM, BOOK, INES, problems=WRONG_PROBLEMS),
        "form-ends-early": lambda: event_form(
            SAVE,
            ENDS_EARLY,
            BOOK,
            INES,
            problems=[Problem("end_time", Wrong.ENDS_BEFORE_START)],
            kept=LUNCH.content,
            mode=Mode.DIALOG,
        ),
        "form-stale": lambda: event_form(
            SAVE, form_values(LUNCH.content, BERLIN), BOOK, INES, said="Somebody was faster."
        ),
        "form-hostile": lambda: event_form(SAVE, form_values(BAD.content, BERLIN), BOOK, INES),
        "contact-form-new": lambda: contact_form(NEW_CONTACT, {}, LIST, INES),
        "contact-form-edit": lambda: contact_form(
            SAVE_CONTACT, contact_values(ADA.content), a_contact_list(), INES, mode=Mode.DIALOG
        ),
        "contact-form-wrong": lambda: contact_form(
            NEW_CONTACT,
            {"name": "", "email": "ada at home", "phone_mobile": "none"},
            LIST,
            INES,
            problems=[
                Problem("name", Wrong.MISSING),
                Problem("email", Wrong.NOT_AN_EMAIL),
                Problem("phone_mobile", Wrong.NOT_A_PHONE),
            ],
        ),
    }


def _lists() -> dict[str, Callable[[], Card]]:
    hostile = [
        occurrence(BAD),
        occurrence(an_event(title=LONG)),
        occurrence(an_event(title=ARABIC)),
    ]
    later = AgendaShow(BOOK.id, TODAY, 31, 1)
    everyone = Everyone(BOOK)
    return {
        "agenda": lambda: calendar_card(WEEK, AGENDA, BOOK, INES, today=TODAY),
        "agenda-post": lambda: calendar_card(WEEK, AGENDA, BOOK, everyone, today=TODAY),
        "agenda-empty": lambda: calendar_card([], AgendaShow(BOOK.id), a_book(), INES, today=TODAY),
        "agenda-one": lambda: calendar_card(
            [occurrence(LUNCH)], AgendaShow(BOOK.id, days=1), BOOK, GUEST, today=TODAY
        ),
        "agenda-night": lambda: calendar_card(
            [occurrence(an_event(when=timed("2026-11-20T22:00", 26 * 60)))],
            AGENDA,
            BOOK,
            BEN,
            today=TODAY,
        ),
        "agenda-25": lambda: calendar_card(
            a_day(25), AgendaShow(BOOK.id, TODAY, 31), BOOK, INES, today=TODAY
        ),
        "agenda-25-more": lambda: calendar_card(a_day(25), later, BOOK, INES, today=TODAY),
        "agenda-hostile": lambda: calendar_card(
            hostile, AGENDA, a_book(name=HOSTILE), INES, today=TODAY
        ),
    }


def _people() -> dict[str, Callable[[], Card]]:
    bad = ContactContent(
        name=HOSTILE,
        company=HOSTILE,
        job=HOSTILE,
        emails=(HOSTILE,),
        phones=(Phone(PhoneKind.HOME, HOSTILE),),
        notes=HOSTILE,
    )
    return {
        "contact": lambda: contact_card(ADA, LIST, INES),
        "contact-saved": lambda: contact_card(ADA, LIST, INES, said="Saved."),
        "contact-reader": lambda: contact_card(ADA, LIST, GUEST),
        "contact-bare": lambda: contact_card(
            a_contact(ContactContent(name="Ines")), a_contact_list(), INES
        ),
        "contact-arabic": lambda: contact_card(
            a_contact(name="ليلى حداد", job="مهندسة"), LIST, INES
        ),
        "contact-long": lambda: contact_card(a_contact(name=LONG, company=LONG), LIST, INES),
        "contact-hostile": lambda: contact_card(a_contact(bad), LIST, INES),
        "contact-delete": lambda: contact_delete_question(ADA, LIST, INES),
        "contact-deleted": lambda: contact_deleted(ADA, INES),
    }


def _rest() -> dict[str, Callable[[], Card]]:
    kinds = {kind.name.lower(): kind for kind in ConversationKind}
    nearest = ("agenda", "new event lunch friday 12:30", "help")
    return {
        **{
            f"welcome-{name}": lambda kind=kind: welcome_card(kind, INES)  # type: ignore[misc]
            for name, kind in kinds.items()
        },
        "help-personal": lambda: help_card(ConversationKind.PERSONAL, INES),
        "help-channel": lambda: help_card(ConversationKind.CHANNEL, INES),
        "unknown": lambda: unknown_card("agnda pleas", nearest, INES, steps=nearest),
        "unknown-hostile": lambda: unknown_card(HOSTILE, (), INES),
        "unknown-empty": lambda: unknown_card("", ("agenda",), INES, steps=("agenda",)),
        "problem": lambda: problem_card("Microsoft 365 does not answer right now.", INES),
        "problem-retry": lambda: problem_card("It is busy.", INES, retry=AGENDA),
        "done": lambda: done_card("Nothing was saved.", INES, steps=[(AGENDA, "Show the agenda")]),
        "gone": lambda: gone_card("This event is gone.", BOOK, INES),
        **{
            f"notice-{what.replace('_', '-')}": lambda what=what: account_notice(
                what, INES, name="Harbour (Almanac)", link=LinkId("link-1")
            )  # type: ignore[misc]
            for what in ACCOUNT
        },
        **offer_samples(),
    }


def _kept() -> dict[str, Callable[[], Card]]:
    gone: dict[str, Any] = {"deleted_at": NOW, "updated_at": NOW}
    things: list[Event | Contact] = [
        an_event(place="Room 4", **gone),
        an_event(title=HOSTILE, updated_by=Author(None, ""), **gone),
        a_contact(company="Engines", **gone),
        a_contact(ContactContent(name=ARABIC), **gone),
    ]
    deeds = [
        (AuditEntry(at=NOW, by=an_author(), deed=deed, kind="event", item="e"), title)
        for deed, title in zip(Deed, ("Lunch", HOSTILE, ARABIC, LONG), strict=False)
    ]
    nobody = Author(None, "")
    whole = AuditEntry(at=NOW, by=an_author(), deed=Deed.RESTORED, kind="book", item="b")
    lost = AuditEntry(at=NOW, by=nobody, deed=Deed.DELETED, kind="contact", item="c")
    counts = dict.fromkeys(("books", "events", "contacts", "names", "memberships"), 3)
    books = [
        DeletedBook(BOOK, NOW, an_author(), 42),
        DeletedBook(a_contact_list(name=HOSTILE), NOW, Author(None, HOSTILE), 1),
        DeletedBook(a_book(name=""), NOW, Author(None, ""), 0),
    ]
    return {
        "bin-books": lambda: recycle_bin_card(things, INES, books=books),
        "bin-books-reader": lambda: recycle_bin_card([], GUEST, books=books),
        "book-question": lambda: book_question(Stock(BOOK, 42, 0), INES),
        "book-question-linked": lambda: book_question(Stock(LIST, 1, 3), INES),
        "book-deleted": lambda: book_deleted(BOOK, "Ines", INES),
        "book-deleted-hostile": lambda: book_deleted(a_contact_list(name=HOSTILE), HOSTILE, INES),
        "bin": lambda: recycle_bin_card(things, INES, said="Restored."),
        "bin-reader": lambda: recycle_bin_card(things, GUEST),
        "bin-empty": lambda: recycle_bin_card([], Everyone(BOOK)),
        "bin-many": lambda: recycle_bin_card(things * 5, Everyone(BOOK)),
        "audit": lambda: audit_card([*deeds, (lost, ""), (whole, "")], INES),
        "audit-empty": lambda: audit_card([], INES),
        "data-begun": lambda: export_begun_card(INES),
        "data-ready": lambda: export_ready_card("https://almanac.example/export/t", 24, INES),
        "data-nowhere": lambda: export_ready_card("javascript:alert(1)", 24, INES),
        "data-failed": lambda: export_failed_card(INES),
        "data-erase": lambda: erase_question(INES),
        "data-erasing": lambda: erased_card(None, INES),
        "data-erased": lambda: erased_card(counts, INES),
    }


SAMPLES: dict[str, Callable[[], Card]] = {
    **_events(),
    **event_samples(),
    **contact_samples(HOSTILE, LONG),
    **_forms(),
    **_lists(),
    **view_samples(HOSTILE, LONG),
    **calendar_samples(HOSTILE, LONG),
    **series_samples(),
    **time_samples(HOSTILE),
    **find_samples(HOSTILE, LONG),
    **list_samples(HOSTILE, LONG),
    **change_samples(HOSTILE, LONG),
    **watch_samples(HOSTILE, LONG),
    **file_samples(HOSTILE, LONG),
    **duplicate_samples(HOSTILE, LONG),
    **_people(),
    **account_samples(),
    **_kept(),
    **_rest(),
}
