"""What messages ask for, on Wednesday 18 November 2026 in Berlin."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.model.settings import View
from services.phrases import (
    Command,
    Connect,
    ConnectDirectory,
    Disconnect,
    EraseData,
    ExportData,
    FindContacts,
    FindEvents,
    Help,
    NewContact,
    NewEvent,
    ShowAccount,
    ShowAgenda,
    ShowAudit,
    ShowBin,
    Unknown,
    WhoIsAway,
    read,
)
from services.phrases.grammar import PHRASES
from tests._builders import BERLIN
from tests._fakes import NOON


def asked(text: str, language: str = "en") -> Command:
    return read(text, NOON, BERLIN, language)


def days(first: str, last: str | None = None, **more: Any) -> ShowAgenda:
    return ShowAgenda(date.fromisoformat(first), date.fromisoformat(last or first), **more)


def away(first: str, last: str) -> WhoIsAway:
    return WhoIsAway(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("help", Help()),
        ("Help!", Help()),
        ("?", Help()),
        ("Hi", Help()),
        ("hello there", Help()),
        ("agenda", days("2026-11-18", "2026-11-24")),
        ("Agenda today", days("2026-11-18")),
        ("agenda tomorrow?", days("2026-11-19")),
        ("agenda for friday", days("2026-11-20")),
        ("agenda next friday", days("2026-11-27")),
        ("agenda this week", days("2026-11-16", "2026-11-22")),
        ("agenda next week", days("2026-11-23", "2026-11-29")),
        ("agenda weekend", days("2026-11-21", "2026-11-22")),
        ("agenda next month", days("2026-12-01", "2026-12-31")),
        ("agenda this month", days("2026-11-01", "2026-11-30")),
        ("agenda January", days("2027-01-01", "2027-01-31")),
        ("agenda this year", days("2026-01-01", "2026-12-31")),
        ("agenda next year", days("2027-01-01", "2027-12-31")),
        ("agenda last year", days("2025-01-01", "2025-12-31")),
        ("agenda 2028", days("2028-01-01", "2028-12-31")),
        ("agenda end of march", days("2027-03-31")),
        ("agenda last friday", days("2026-11-13")),
        ("day after tomorrow", days("2026-11-20", view=View.DAY)),
        ("agenda next 3 days", days("2026-11-18", "2026-11-20")),
        ("agenda next two weeks", days("2026-11-18", "2026-12-01")),
        ("agenda next weekend", days("2026-11-28", "2026-11-29")),
        ("agenda thursday next week", days("2026-11-26")),
        ("agenda 24 December", days("2026-12-24")),
        ("agenda 24.12.", days("2026-12-24")),
        ("agenda 24.12", days("2026-12-24")),
        ("agenda 12/24/2027", days("2027-12-24")),
        ("agenda 2026-12-24", days("2026-12-24")),
        ("agenda 24-26 December", days("2026-12-24", "2026-12-26")),
        ("agenda 2 days ago", days("2026-11-16")),
        ("calendar tomorrow", days("2026-11-19")),
        ("What do I have tomorrow?", days("2026-11-19")),
        ("my meetings today", days("2026-11-18")),
        ("show me next week", days("2026-11-23", "2026-11-29")),
        ("/agenda tomorrow", days("2026-11-19")),
        ("what's on tomorrow?", days("2026-11-19")),
        ("what\u2019s on on friday", days("2026-11-20")),
        ("show my calendar", days("2026-11-18", "2026-11-24", view=None)),
        ("day", days("2026-11-18", view=View.DAY)),
        ("day tomorrow", days("2026-11-19", view=View.DAY)),
        ("week", days("2026-11-18", view=View.WEEK)),
        ("week 12 december", days("2026-12-12", view=View.WEEK)),
        ("week next friday", days("2026-11-27", view=View.WEEK)),
        ("week 49", days("2026-12-03", view=View.WEEK)),
        ("week 3", days("2027-01-21", view=View.WEEK)),
        ("week view next friday", days("2026-11-27", view=View.WEEK)),
        ("my week", days("2026-11-18", view=View.WEEK)),
        ("Month", days("2026-11-18", view=View.MONTH)),
        ("month march", days("2027-03-01", "2027-03-31", view=View.MONTH)),
        ("show month of December 2027", days("2027-12-01", "2027-12-31", view=View.MONTH)),
        ("agenda #travel", days("2026-11-18", "2026-12-18", tag="travel")),
        ("agenda tomorrow #trade-fair", days("2026-11-19", tag="trade-fair")),
        ("agenda next month with Ines", days("2026-12-01", "2026-12-31", who="Ines")),
        ("month with Ines Moreau", days("2026-11-18", view=View.MONTH, who="Ines Moreau")),
        ("week #travel with Ines", days("2026-11-18", view=View.WEEK, tag="travel", who="Ines")),
        ("today", days("2026-11-18")),
        ("tomorrow", days("2026-11-19")),
        ("this week", days("2026-11-16", "2026-11-22")),
        ("next week", days("2026-11-23", "2026-11-29")),
        ("friday", days("2026-11-20")),
        ("new event", NewEvent()),
        ("contacts", FindContacts()),
        ("find Ada", FindEvents("Ada", contacts=True)),
        ("search for budget 2027", FindEvents("budget 2027", contacts=True)),
        ("find event budget", FindEvents("budget")),
        ("show budget", FindEvents("budget", contacts=True)),
        ("remind me 10 min before the standup", FindEvents("standup")),
        ("is Ines away on friday?", away("2026-11-20", "2026-11-20")),
        ("is Ines on vacation", away("2026-11-16", "2026-11-22")),
        ("please open the budget", FindEvents("budget", contacts=True)),
        ("edit event budget", FindEvents("budget")),
        ("when's standup", FindEvents("standup")),
        ("events with ines", FindEvents("ines")),
        ("when is the next Board meeting?", FindEvents("Board meeting")),
        ("events budget", FindEvents("budget")),
        ("events tomorrow", days("2026-11-19")),
        ("events tomorrow with Ines", days("2026-11-19", who="Ines")),
        ("events", days("2026-11-18", "2026-11-24")),
        ("who is away", away("2026-11-16", "2026-11-22")),
        ("Who's away this week?", away("2026-11-16", "2026-11-22")),
        ("who is away next month", away("2026-12-01", "2026-12-31")),
        ("who's on vacation next month", away("2026-12-01", "2026-12-31")),
        ("who is out on friday", away("2026-11-20", "2026-11-20")),
        ("find contact Ada Byron", FindContacts("Ada Byron")),
        ("who is Ada?", FindContacts("Ada")),
        ("delete contact Ada", FindContacts("Ada")),
        ("edit contact Ada Byron", FindContacts("Ada Byron")),
        ("new contact", NewContact()),
        ("add contact Ada Byron", NewContact("Ada Byron")),
        ("connect", Connect()),
        ("connect directory", ConnectDirectory()),
        ("Sign in please", Connect()),
        ("connect my outlook calendar", Connect()),
        ("account", ShowAccount()),
        ("status", ShowAccount()),
        ("sync now", ShowAccount()),
        ("disconnect", Disconnect()),
        ("recycle bin", ShowBin()),
        ("show recycle bin please", ShowBin()),
        ("audit", ShowAudit()),
        ("who changed what?", ShowAudit()),
        ("export my data", ExportData()),
        ("erase my data", EraseData()),
        ("Delete all my data!", EraseData()),
    ],
)
def test_a_message_asks_for_one_thing(text: str, command: Command) -> None:
    assert asked(text) == command


@pytest.mark.parametrize(
    "text",
    [
        "new event lunch with Ines friday 12:30 for 45 min",
        "New Event: lunch with Ines friday 12:30 for 45 min",
        "add event lunch with Ines friday 12:30 for 45 min.",
        "schedule lunch with Ines friday 12:30 for 45 min",
        "set up a meeting lunch with Ines friday 12:30 for 45 min",
        "Can you add lunch with Ines friday 12:30 for 45 min?",
    ],
)
def test_a_new_event_may_be_told_in_one_sentence(text: str) -> None:
    command = asked(text)
    assert isinstance(command, NewEvent) and command.draft is not None
    assert command.draft.title == "lunch with Ines"
    assert command.draft.when is not None
    assert command.draft.when.start == datetime(2026, 11, 20, 12, 30, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("agneda tomorrow", "agenda tomorrow"),
        ("new evnt lunch", "new event lunch"),
        ("conect", "connect"),
        ("acount", "account"),
        ("agenda blub", "agenda"),
        ("add Ada", "add to the calendar"),
        ("is friday a holiday", "new event is friday a holiday"),
        ("is Ines away on 31 february", "new event is Ines away on 31 february"),
        ("when can you help", "when can"),
        ("remind me", "remind me"),
        ("lunch with Ines friday 12:30", "new event lunch with Ines friday 12:30"),
        ("", "help"),
        ("the quick brown fox", "help"),
    ],
)
def test_an_unknown_message_is_answered_with_what_comes_nearest(text: str, first: str) -> None:
    command = asked(text)
    assert isinstance(command, Unknown)
    assert command.nearest[0] == first
    assert 1 <= len(command.nearest) <= 3


@pytest.mark.parametrize(
    "text",
    [
        "agenda 31 February",
        "agenda 1 May 9999",
        "agenda of the board",
        "week of the board",
        "week 54",
    ],
)
def test_an_agenda_of_no_day_is_not_understood(text: str) -> None:
    assert isinstance(asked(text), Unknown)


def test_days_may_be_said_in_the_language_of_the_person() -> None:
    assert asked("agenda Freitag", "de-DE") == days("2026-11-20")
    assert asked("agenda übermorgen", "de-DE") == days("2026-11-20")
    assert asked("agenda 24 décembre", "fr") == days("2026-12-24")
    assert asked("agenda die nächsten zwei Wochen", "de-DE") == days("2026-11-18", "2026-12-01")
    assert asked("agenda le week-end prochain", "fr") == days("2026-11-21", "2026-11-22")
    assert asked("agenda dieses Jahr", "de-DE") == days("2026-01-01", "2026-12-31")
    assert asked("agenda cette année", "fr") == days("2026-01-01", "2026-12-31")
    assert asked("agenda el año que viene", "es") == days("2027-01-01", "2027-12-31")
    assert asked("agenda sidste år", "da") == days("2025-01-01", "2025-12-31")


def test_today_is_the_persons_own() -> None:
    late = datetime(2026, 11, 18, 23, 30, tzinfo=UTC)
    assert read("today", late, BERLIN) == days("2026-11-19")


def test_no_way_to_say_something_is_in_the_table_twice() -> None:
    said = [words for phrase in PHRASES for words in phrase.words]
    assert len(said) == len(set(said))
    assert said == [words.casefold() for words in said]


@given(st.text(max_size=60), st.sampled_from(["", *(p.words[0] + " " for p in PHRASES)]))
@settings(max_examples=300, deadline=None)
def test_every_message_gets_an_answer(text: str, lead: str) -> None:
    command = asked(lead + text, "de")
    if isinstance(command, Unknown):
        assert command.nearest
    if isinstance(command, ShowAgenda):
        assert command.first <= command.last


@pytest.mark.parametrize(
    "text", ["move" + " to" * 9_000, "move" + " a" * 14_000, "delay x" + "," * 28_000]
)
def test_a_message_of_many_pages_takes_no_longer_than_a_sentence(text: str) -> None:
    began = time.process_time()
    assert isinstance(asked(text), Unknown)
    assert time.process_time() - began < 2  # all of it would take minutes
