"""Reminders, news, digests and the form that asks for them, for the table of samples."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from cards.elements import Card
from cards.form import Mode
from cards.viewer import Everyone, Viewer
from cards.watching.activity_note import with_why_here
from cards.watching.digest import changes_card, digest_card
from cards.watching.reminder import reminder_card, snoozed_card
from cards.watching.watch_actions import WatchSave
from cards.watching.watch_form import watch_card, watch_form, wish_values
from services.model.access import Role
from services.model.errors import Problem, ReadOnlyReason, Wrong
from services.model.events import Event, Mirror, Occurrence
from services.model.notices import News, What
from services.model.settings import Holiday, Marked
from services.model.watching import Changes, Digest, Wishes
from tests._builders import (
    BERLIN,
    NEW_YORK,
    a_book,
    all_day,
    an_author,
    an_event,
    an_event_content,
    timed,
)

__all__ = ["watch_samples"]

NOW = datetime(2026, 11, 20, 11, 15, tzinfo=UTC)
INES = Viewer(BERLIN, "en", Role.READER)
BEN = Viewer(NEW_YORK, "en-US", Role.READER)
BOOK = a_book(name="Harbour design")


def shown(event: Event) -> Occurrence:
    return Occurrence.of(event)


def watch_samples(hostile: str, long: str) -> dict[str, Callable[[], Card]]:
    """Return a maker of each card by its name."""
    lunch = shown(an_event(place="Café at the harbour"))
    call = an_event(
        title="Call",
        when=timed("2026-11-20T12:15"),
        mirror=Mirror(ReadOnlyReason.ONLINE_MEETING, join_url="https://teams.example/join"),
    )
    fair = shown(an_event(title="Harbour fair", when=all_day("2026-11-21", 3)))
    bad = shown(an_event(title=hostile, place=hostile))
    many = [shown(an_event(title=f"Stand-up {n}")) for n in range(20)]
    anybody: dict[str, Any] = {"updated_by": an_author("Mara")}
    news = [
        News(What.NEW, an_event(**anybody)),
        News(What.CHANGED, an_event(title=hostile, **anybody)),
        News(What.DELETED, an_event(title=long, **anybody)),
        News(What.MOVED, an_event(title="Harbour fair", **anybody)),
    ]
    wishes = Wishes(
        changes=Changes.ALL, reminders=(60, 5), digest=Digest.WEEKLY, quiet_from=18, quiet_until=7
    )
    save = WatchSave(BOOK.id, everyone=False)
    wrong = [Problem("reminder_1", Wrong.NOT_A_CHOICE)]
    typed = wish_values(wishes) | {"reminder_1": "7"}
    first, last = date(2026, 11, 20), date(2026, 11, 26)
    marks = [
        Holiday(first, "Foundation Day"),
        Holiday(last, "\N{BIRTHDAY CAKE} Ada Byron (41)", Marked.BIRTHDAY),
    ]
    return {
        "reminder": lambda: reminder_card([lunch], BOOK, INES, NOW),
        "reminder-now": lambda: reminder_card([shown(call)], BOOK, INES, NOW),
        "reminder-day": lambda: reminder_card([fair], BOOK, BEN, NOW),
        "reminder-hostile": lambda: reminder_card([bad], BOOK, INES, NOW),
        "reminder-many": lambda: reminder_card(many, BOOK, Everyone(BOOK), NOW),
        "reminder-again": lambda: snoozed_card(an_event_content(title=hostile), 5, INES),
        "news": lambda: changes_card(news, BOOK, INES),
        "news-instead": lambda: with_why_here(changes_card(news[:1], BOOK, INES), "en"),
        "news-many": lambda: changes_card(news * 7, BOOK, Everyone(BOOK)),
        "digest-day": lambda: digest_card([lunch, shown(call)], BOOK, INES, first, first),
        "digest-birthdays": lambda: digest_card([lunch], BOOK, INES, first, last, marks),
        "digest-week": lambda: digest_card(many, BOOK, Everyone(BOOK), first, last),
        "watch": lambda: watch_card([BOOK, replace(BOOK, name=hostile)], None, INES),
        "watch-place": lambda: watch_card((), BOOK, INES, said="Saved."),
        "watch-form": lambda: watch_form(save, wish_values(wishes), BOOK, INES),
        "watch-form-everyone": lambda: watch_form(
            WatchSave(BOOK.id, everyone=True), wish_values(Wishes()), BOOK, BEN, mode=Mode.DIALOG
        ),
        "watch-form-wrong": lambda: watch_form(save, typed, BOOK, INES, problems=wrong),
    }
