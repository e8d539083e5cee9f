"""The table of sentences, as people write them on Wednesday 18 November 2026, 13:00 in Berlin."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from services.model.errors import Wrong
from services.model.recurrence import Pattern, Rule, Week, Weekday, check
from services.model.times import AllDay, Timed
from services.phrases import EventDraft, read_draft
from tests._builders import BERLIN
from tests._fakes import NOON

MON, TUE, WED, THU, FRI, SAT, SUN = Weekday
WORKING_DAYS = (MON, TUE, WED, THU, FRI)


def draft(text: str, language: str = "en") -> EventDraft:
    return read_draft(text, NOON, BERLIN, language)


def spoken(when: object) -> str:
    """``20.11. 12:30-13:15``, ``20.11.-22.11.`` for whole days (the last included), or ``-``."""
    if isinstance(when, AllDay):
        last = date.fromordinal(when.end.toordinal() - 1)
        return f"{when.start:%d.%m.%y}" + (f"-{last:%d.%m.}" if last != when.start else "")
    if isinstance(when, Timed):
        assert when.start.tzinfo is BERLIN
        return f"{when.start:%d.%m.%y %H:%M}-{when.end:%H:%M}"
    return "-"


@pytest.mark.parametrize(
    ("text", "title", "when"),
    [
        ("lunch with Ines friday 12:30 for 45 min", "lunch with Ines", "20.11.26 12:30-13:15"),
        ("lunch", "lunch", "-"),
        ("", "", "-"),
        # noon and midnight at an end
        ("lunch friday noon-1:30", "lunch", "20.11.26 12:00-13:30"),
        ("lunch noon to 2pm friday", "lunch", "20.11.26 12:00-14:00"),
        ("lunch friday 11:30-noon", "lunch", "20.11.26 11:30-12:00"),
        ("lunch at noon", "lunch", "19.11.26 12:00-13:00"),
        ("gym between noon and 2 friday", "gym", "20.11.26 12:00-14:00"),
        ("soup noon and 2 rolls friday", "soup and 2 rolls", "20.11.26 12:00-13:00"),
        ("party friday 8pm-midnight", "party", "20.11.26 20:00-00:00"),
        ("party friday from 8 until midnight", "party", "20.11.26 20:00-00:00"),
        ("party friday 20:00 to midnight", "party", "20.11.26 20:00-00:00"),
        ("shift midnight to 3am saturday", "shift", "22.11.26 00:00-03:00"),
        ("backup midnight", "backup", "19.11.26 00:00-01:00"),
        # days
        ("lunch friday", "lunch", "20.11.26"),
        ("meet third friday of january 9:00", "meet", "15.01.27 09:00-10:00"),
        ("meet the last friday of next month", "meet", "25.12.26"),
        ("meet second tuesday of march 2028", "meet", "14.03.28"),
        ("meet on the third wednesday 9:00", "meet", "16.12.26 09:00-10:00"),
        ("meet on the first friday 9:00", "meet", "04.12.26 09:00-10:00"),
        ("First Friday drinks friday 18:00", "First Friday drinks", "20.11.26 18:00-19:00"),
        ("lunch today 14:00", "lunch", "18.11.26 14:00-15:00"),
        ("tomorrow 9:00 dentist", "dentist", "19.11.26 09:00-10:00"),
        ("dentist day after tomorrow at 9", "dentist", "20.11.26 09:00-10:00"),
        ("meet wednesday 14:00", "meet", "18.11.26 14:00-15:00"),
        ("meet wednesday 12:00", "meet", "25.11.26 12:00-13:00"),
        ("meet on Thursday 12:00", "meet", "19.11.26 12:00-13:00"),
        ("meet next friday noon", "meet", "27.11.26 12:00-13:00"),
        ("gym sat 10am", "gym", "21.11.26 10:00-11:00"),
        ("gym on fri.", "gym", "20.11.26"),
        ("demo in 3 days 11:00", "demo", "21.11.26 11:00-12:00"),
        ("demo in two weeks", "demo", "02.12.26"),
        ("demo in a month", "demo", "18.12.26"),
        ("demo in 2 weeks on monday", "demo", "30.11.26"),
        ("demo a week from monday", "demo", "30.11.26"),
        ("demo thursday next week 9:00", "demo", "26.11.26 09:00-10:00"),
        ("demo next week on thursday 9:00", "demo", "26.11.26 09:00-10:00"),
        ("demo Thu 26th 9:00", "demo", "26.11.26 09:00-10:00"),
        ("demo Thursday the 26th 9:00", "demo", "26.11.26 09:00-10:00"),
        ("demo a week from today", "demo", "25.11.26"),
        ("demo end of month", "demo", "30.11.26"),
        ("demo at the end of march 10:00", "demo", "31.03.27 10:00-11:00"),
        ("demo end of the year", "demo", "31.12.26"),
        ("minutes yesterday 9:00", "minutes", "17.11.26 09:00-10:00"),
        ("minutes last friday 9:00", "minutes", "13.11.26 09:00-10:00"),
        ("demo tomorow 9:00", "demo", "19.11.26 09:00-10:00"),
        ("demo thrusday 9:00", "demo", "19.11.26 09:00-10:00"),
        ("dinner 24 December 19:00", "dinner", "24.12.26 19:00-20:00"),
        ("dinner on the 24th of December 19:00", "dinner", "24.12.26 19:00-20:00"),
        ("dinner December 24th, 2027 19:00", "dinner", "24.12.27 19:00-20:00"),
        ("dinner dec 24 7pm", "dinner", "24.12.26 19:00-20:00"),
        ("dinner 24.12. 19:00", "dinner", "24.12.26 19:00-20:00"),
        ("dinner 24.12.", "dinner", "24.12.26"),
        ("dinner 24.12.2027", "dinner", "24.12.27"),
        ("dinner 2026-12-24 19:00", "dinner", "24.12.26 19:00-20:00"),
        ("dinner 2026-12-24T19:00", "dinner", "24.12.26 19:00-20:00"),
        ("dinner 2026-12-24 19:00:00", "dinner", "24.12.26 19:00-20:00"),
        ("dinner 24/12 19:00", "dinner", "24.12.26 19:00-20:00"),
        ("dinner 12/24 19:00", "dinner", "24.12.26 19:00-20:00"),
        ("tax return 3 March", "tax return", "03.03.27"),
        ("sprint 24-26 December", "sprint", "24.12.26-26.12."),
        ("sprint Dec 24 - 26", "sprint", "24.12.26-26.12."),
        ("sprint 24/12-26/12", "sprint", "24.12.26-26.12."),
        ("sprint 12/24 - 12/26", "sprint", "24.12.26-26.12."),
        ("trip tomorrow until friday", "trip", "19.11.26-20.11."),
        ("trip from today to friday", "trip", "18.11.26-20.11."),
        ("holiday 24 December to 2 January", "holiday", "24.12.26-02.01."),
        ("offsite all day friday", "offsite", "20.11.26"),
        ("all-day offsite", "offsite", "18.11.26"),
        ("offsite friday for 2 days", "offsite", "20.11.26-21.11."),
        # times
        ("review at 3", "review", "18.11.26 15:00-16:00"),
        ("review at 9", "review", "19.11.26 09:00-10:00"),
        ("review tomorrow 12", "review", "19.11.26 12:00-13:00"),
        ("review tomorrow 12 of 15", "review 12 of 15", "19.11.26"),
        ("review tonight 8", "review", "18.11.26 20:00-21:00"),
        ("review friday 9 at night", "review", "20.11.26 21:00-22:00"),
        ("review friday 9 in the morning", "review", "20.11.26 09:00-10:00"),
        ("review tonight", "review", "18.11.26 19:00-20:00"),
        ("review tomorrow morning", "review", "19.11.26 09:00-10:00"),
        ("review this afternoon", "review", "18.11.26 14:00-15:00"),
        ("review friday evening", "review", "20.11.26 19:00-20:00"),
        ("review tomorrow in the afternoon at 2", "review", "19.11.26 14:00-15:00"),
        ("review tomorrow at half past three", "review", "19.11.26 15:30-16:30"),
        ("review tomorrow quarter to 9 pm", "review", "19.11.26 20:45-21:45"),
        ("review tomorrow at three", "review", "19.11.26 15:00-16:00"),
        ("review tomorrow eleven am", "review", "19.11.26 11:00-12:00"),
        ("review half past 13 tomorrow", "review half past 13", "19.11.26"),
        ("review friday at 10.30 am", "review", "20.11.26 10:30-11:30"),
        ("review friday 5pm-6", "review", "20.11.26 17:00-18:00"),
        ("review friday 11pm-1", "review", "20.11.26 23:00-01:00"),
        ("review at 9 o'clock tomorrow", "review", "19.11.26 09:00-10:00"),
        ("review 9am friday", "review", "20.11.26 09:00-10:00"),
        ("review 9 AM friday", "review", "20.11.26 09:00-10:00"),
        ("review friday 12am", "review", "20.11.26 00:00-01:00"),
        ("review friday 9:30 p.m.", "review", "20.11.26 21:30-22:30"),
        ("review friday 14h30", "review", "20.11.26 14:30-15:30"),
        ("review friday at 14.30", "review", "20.11.26 14:30-15:30"),
        ("party friday midnight", "party", "21.11.26 00:00-01:00"),
        ("call friday 9-10:30", "call", "20.11.26 09:00-10:30"),
        ("call friday 9-10", "call", "20.11.26 09:00-10:00"),
        ("call friday from 9 to 10", "call", "20.11.26 09:00-10:00"),
        ("call friday from 9 to 5", "call", "20.11.26 09:00-17:00"),
        ("call friday between 9 and 10", "call", "20.11.26 09:00-10:00"),
        ("call friday 10-11am", "call", "20.11.26 10:00-11:00"),
        ("call friday 11-1pm", "call", "20.11.26 11:00-13:00"),
        ("call friday 2 pm to 4 pm", "call", "20.11.26 14:00-16:00"),
        ("call friday 12:30-1:30", "call", "20.11.26 12:30-13:30"),
        ("night shift friday 22:00-2:00", "night shift", "20.11.26 22:00-02:00"),
        ("trip 20-21 November 17:00-09:00", "trip", "20.11.26 17:00-09:00"),
        # durations
        ("deep work tomorrow 9:00 for 1.5 hours", "deep work", "19.11.26 09:00-10:30"),
        ("deep work tomorrow 9:00 1h30", "deep work", "19.11.26 09:00-10:30"),
        ("deep work tomorrow 9:00 for 1 hour and 15 minutes", "deep work", "19.11.26 09:00-10:15"),
        ("deep work tomorrow 9:00 2h", "deep work", "19.11.26 09:00-11:00"),
        ("deep work tomorrow 9:00 half an hour", "deep work", "19.11.26 09:00-09:30"),
        (
            "deep work tomorrow 9:00 for a quarter of an hour",
            "deep work",
            "19.11.26 09:00-09:15",
        ),
        ("deep work tomorrow for 3 hours", "deep work", "19.11.26 09:00-12:00"),
        ("deep work for 20 minutes", "deep work", "18.11.26 14:00-14:20"),
        ("tea friday 45 minutes at 9:00", "tea", "20.11.26 09:00-09:45"),
        ("ride friday 0h30 at 9:00", "ride", "20.11.26 09:00-09:30"),
        ("shift tomorrow 9:00 for 10h", "shift", "19.11.26 09:00-19:00"),
        ("10m wall tomorrow 9:00", "10m wall", "19.11.26 09:00-10:00"),
        ("7h15 train tomorrow", "train", "19.11.26 07:15-08:15"),
        ("A to B and 9:00 to 10:00 tomorrow", "A to B", "19.11.26 09:00-10:00"),
        ("play 50-60 rounds tomorrow", "play 50-60 rounds", "19.11.26"),
        ("pay 9:00 and 10:00 tomorrow", "pay 9:00", "19.11.26 10:00-11:00"),
        ("run every 0 days tomorrow", "run every 0 days", "19.11.26"),
        ("run every 6 hours tomorrow", "run every 6 hours", "19.11.26"),
        ("call in two hours", "call", "18.11.26 15:00-16:00"),
        ("call in 1.5 hours", "call", "18.11.26 14:30-15:30"),
        ("coffee in 30 minutes", "coffee", "18.11.26 13:30-14:30"),
        ("coffee in an hour for 15 min", "coffee", "18.11.26 14:00-14:15"),
        # what stays in the title
        (
            "Q3 review 4 to 5 people tomorrow 9:00",
            "Q3 review 4 to 5 people",
            "19.11.26 09:00-10:00",
        ),
        ("release 3.11 friday 9:00", "release 3.11", "20.11.26 09:00-10:00"),
        ("sun protection course tomorrow 10:00", "sun protection course", "19.11.26 10:00-11:00"),
        ("friday's numbers monday 9:00", "friday's numbers", "23.11.26 09:00-10:00"),
        ("may I come in", "may I come in", "-"),
        ("1:1 with Bo friday 9:00", "1:1 with Bo", "20.11.26 09:00-10:00"),
        ("Überblick für Ida, friday, 9:00", "Überblick für Ida", "20.11.26 09:00-10:00"),
    ],
)
def test_a_sentence_becomes_a_title_and_a_time(text: str, title: str, when: str) -> None:
    found = draft(text)
    assert (found.title, spoken(found.when)) == (title, when)
    assert found.rule is None and found.problems == () and found.place == ""


@pytest.mark.parametrize(
    ("text", "title", "place"),
    [
        ("dinner friday 19:00 at Luigi's", "dinner", "Luigi's"),
        ("dinner at Luigi's with Tom friday 19:00", "dinner with Tom", "Luigi's"),
        ("can we meet friday 19:00 at Luigi's?", "can we meet?", "Luigi's"),
        ("can we meet friday at 3pm in Room Linde?!", "can we meet?!", "Room Linde"),
        ("friday 19:00?", "", ""),
        ("dinner at Chez Marie in Paris friday", "dinner", "Chez Marie in Paris"),
        ("review friday 9:00 room 5", "review", "room 5"),
        ("review in Room B2.14 friday 9:00", "review", "Room B2.14"),
        ("room booking friday 9:00", "room booking", ""),
        ("dinner at home friday", "dinner at home", ""),
        ("planning in December friday", "planning in December", ""),
        ("work @ Harbour friday", "work", "Harbour"),
    ],
)
def test_only_what_is_clearly_a_place_is_taken_for_one(text: str, title: str, place: str) -> None:
    found = draft(text)
    assert (found.title, found.place) == (title, place)


@pytest.mark.parametrize(
    ("text", "when", "rule"),
    [
        ("x every day 9:00", "19.11.26 09:00-10:00", Rule(pattern=Pattern.DAILY)),
        ("x daily", "18.11.26", Rule(pattern=Pattern.DAILY)),
        (
            "x every weekday 9:15-9:30",
            "19.11.26 09:15-09:30",
            Rule(pattern=Pattern.WEEKLY, weekdays=WORKING_DAYS),
        ),
        (
            "x every friday at 9",
            "20.11.26 09:00-10:00",
            Rule(pattern=Pattern.WEEKLY, weekdays=(FRI,)),
        ),
        (
            "x every monday and thursday 18:00 10 times",
            "19.11.26 18:00-19:00",
            Rule(pattern=Pattern.WEEKLY, weekdays=(MON, THU), count=10),
        ),
        (
            "x every monday 9:00 until march",
            "23.11.26 09:00-10:00",
            Rule(pattern=Pattern.WEEKLY, weekdays=(MON,), until=date(2027, 3, 31)),
        ),
        (
            "x every monday 9:00 until the end of the year",
            "23.11.26 09:00-10:00",
            Rule(pattern=Pattern.WEEKLY, weekdays=(MON,), until=date(2026, 12, 31)),
        ),
        (
            "x mon wed fri 7:00",
            "20.11.26 07:00-08:00",
            Rule(pattern=Pattern.WEEKLY, weekdays=(MON, WED, FRI)),
        ),
        (
            "x mon/wed at 7:00",
            "23.11.26 07:00-08:00",
            Rule(pattern=Pattern.WEEKLY, weekdays=(MON, WED)),
        ),
        (
            "x tuesday and thursday 7:00",
            "19.11.26 07:00-08:00",
            Rule(pattern=Pattern.WEEKLY, weekdays=(TUE, THU)),
        ),
        (
            "x mondays and fridays 7:00",
            "20.11.26 07:00-08:00",
            Rule(pattern=Pattern.WEEKLY, weekdays=(MON, FRI)),
        ),
        (
            "x every third wednesday 9:00",
            "16.12.26 09:00-10:00",
            Rule(pattern=Pattern.MONTHLY_BY_WEEKDAY, week=Week.THIRD, weekdays=(WED,)),
        ),
        (
            "x every 4th friday 9:00",
            "27.11.26 09:00-10:00",
            Rule(pattern=Pattern.MONTHLY_BY_WEEKDAY, week=Week.FOURTH, weekdays=(FRI,)),
        ),
        (
            "x every second wednesday 9:00",
            "25.11.26 09:00-10:00",
            Rule(pattern=Pattern.WEEKLY, interval=2, weekdays=(WED,)),
        ),
        (
            "x alternate mondays 9:00",
            "23.11.26 09:00-10:00",
            Rule(pattern=Pattern.WEEKLY, interval=2, weekdays=(MON,)),
        ),
        (
            "x every third week on monday 9:00",
            "23.11.26 09:00-10:00",
            Rule(pattern=Pattern.WEEKLY, interval=3, weekdays=(MON,)),
        ),
        (
            "x every 14 days on tuesday 9:00",
            "24.11.26 09:00-10:00",
            Rule(pattern=Pattern.WEEKLY, interval=2, weekdays=(TUE,)),
        ),
        (
            "x mon-fri 9:15",
            "23.11.26 09:15-10:15",
            Rule(pattern=Pattern.DAILY, until=date(2026, 11, 27)),
        ),
        (
            "x weekdays 9:15",
            "19.11.26 09:15-10:15",
            Rule(pattern=Pattern.WEEKLY, weekdays=WORKING_DAYS),
        ),
        (
            "x on workdays at 9:15",
            "19.11.26 09:15-10:15",
            Rule(pattern=Pattern.WEEKLY, weekdays=WORKING_DAYS),
        ),
        (
            "x monday to friday 9:15",
            "23.11.26 09:15-10:15",
            Rule(pattern=Pattern.DAILY, until=date(2026, 11, 27)),
        ),
        (
            "x every three weeks on tuesday 10:00",
            "24.11.26 10:00-11:00",
            Rule(pattern=Pattern.WEEKLY, interval=3, weekdays=(TUE,)),
        ),
        (
            "x bi-weekly tuesday 10:00",
            "24.11.26 10:00-11:00",
            Rule(pattern=Pattern.WEEKLY, interval=2, weekdays=(TUE,)),
        ),
        (
            "x on mondays 7:00",
            "23.11.26 07:00-08:00",
            Rule(pattern=Pattern.WEEKLY, weekdays=(MON,)),
        ),
        (
            "x every other friday",
            "20.11.26",
            Rule(pattern=Pattern.WEEKLY, interval=2, weekdays=(FRI,)),
        ),
        (
            "x every 2 weeks on thursday 15:00",
            "19.11.26 15:00-16:00",
            Rule(pattern=Pattern.WEEKLY, interval=2, weekdays=(THU,)),
        ),
        (
            "x every 2 weeks on monday 15:00",
            "23.11.26 15:00-16:00",
            Rule(pattern=Pattern.WEEKLY, interval=2, weekdays=(MON,)),
        ),
        (
            "x weekly monday 10:00 until 24 December",
            "23.11.26 10:00-11:00",
            Rule(pattern=Pattern.WEEKLY, weekdays=(MON,), until=date(2026, 12, 24)),
        ),
        (
            "x first monday of every month 9:00",
            "07.12.26 09:00-10:00",
            Rule(pattern=Pattern.MONTHLY_BY_WEEKDAY, week=Week.FIRST, weekdays=(MON,)),
        ),
        (
            "x every first of the month 9:00",
            "01.12.26 09:00-10:00",
            Rule(pattern=Pattern.MONTHLY_BY_DAY, day=1),
        ),
        (
            "x every quarter on the first monday 9:00",
            "07.12.26 09:00-10:00",
            Rule(pattern=Pattern.MONTHLY_BY_WEEKDAY, interval=3, week=Week.FIRST, weekdays=(MON,)),
        ),
        (
            "x 9:00 quarterly",
            "19.11.26 09:00-10:00",
            Rule(pattern=Pattern.MONTHLY_BY_DAY, interval=3, day=19),
        ),
        (
            "x first tuesday every month 9:00",
            "01.12.26 09:00-10:00",
            Rule(pattern=Pattern.MONTHLY_BY_WEEKDAY, week=Week.FIRST, weekdays=(TUE,)),
        ),
        (
            "x biweekly friday 9:00 from 4 december",
            "04.12.26 09:00-10:00",
            Rule(pattern=Pattern.WEEKLY, interval=2, weekdays=(FRI,)),
        ),
        (
            "x 24 December every month",
            "24.12.26",
            Rule(pattern=Pattern.MONTHLY_BY_DAY, day=24),
        ),
        (
            "x every month on the 1st and the 15th 9:00",
            "01.12.26 09:00-10:00",
            Rule(pattern=Pattern.MONTHLY_BY_DAYS, days=(1, 15)),
        ),
        (
            "x on the 3rd, 20th and last day of each month 9:00 until 24 December",
            "20.11.26 09:00-10:00",
            Rule(pattern=Pattern.MONTHLY_BY_DAYS, days=(-1, 3, 20), until=date(2026, 12, 24)),
        ),
        (
            "x every month on the 15th 9:00",
            "15.12.26 09:00-10:00",
            Rule(pattern=Pattern.MONTHLY_BY_DAY, day=15),
        ),
        (
            "x every second tuesday 9:00 until 3 march",
            "24.11.26 09:00-10:00",
            Rule(pattern=Pattern.WEEKLY, interval=2, weekdays=(TUE,), until=date(2027, 3, 3)),
        ),
        (
            "x every 2nd tuesday 9:00",
            "24.11.26 09:00-10:00",
            Rule(pattern=Pattern.WEEKLY, interval=2, weekdays=(TUE,)),
        ),
        (
            "x every 3rd friday of the month 9:00",
            "20.11.26 09:00-10:00",
            Rule(pattern=Pattern.MONTHLY_BY_WEEKDAY, week=Week.THIRD, weekdays=(FRI,)),
        ),
        (
            "x every month on the last friday 9:00",
            "27.11.26 09:00-10:00",
            Rule(pattern=Pattern.MONTHLY_BY_WEEKDAY, week=Week.LAST, weekdays=(FRI,)),
        ),
        (
            "x on the last working day of every month 9:00",
            "30.11.26 09:00-10:00",
            Rule(pattern=Pattern.MONTHLY_BY_WEEKDAY, week=Week.LAST, weekdays=WORKING_DAYS),
        ),
        (
            "x every quarter 9:00",
            "19.11.26 09:00-10:00",
            Rule(pattern=Pattern.MONTHLY_BY_DAY, interval=3, day=19),
        ),
        (
            "x every weekend 9:00",
            "21.11.26 09:00-10:00",
            Rule(pattern=Pattern.WEEKLY, weekdays=(SAT, SUN)),
        ),
        (
            "x every wednesday 9:00 for 6 weeks",
            "25.11.26 09:00-10:00",
            Rule(pattern=Pattern.WEEKLY, weekdays=(WED,), until=date(2027, 1, 5)),
        ),
        (
            "x every day 9:00 for 3 months",
            "19.11.26 09:00-10:00",
            Rule(pattern=Pattern.DAILY, until=date(2027, 2, 18)),
        ),
        (
            "x on the last day of every month 9:00",
            "30.11.26 09:00-10:00",
            Rule(pattern=Pattern.MONTHLY_BY_DAY, day=31),
        ),
        (
            "x every year 10 December",
            "10.12.26",
            Rule(pattern=Pattern.YEARLY_BY_DAY, day=10, month=12),
        ),
    ],
)
def test_a_sentence_says_how_often(text: str, when: str, rule: Rule) -> None:
    found = draft(text)
    assert (found.title, spoken(found.when), found.rule) == ("x", when, rule)
    assert found.problems == ()


def test_an_adverb_at_the_front_belongs_to_the_title_too() -> None:
    found = draft("Weekly review monday 10:00")
    assert found.title == "Weekly review"
    assert found.rule == Rule(pattern=Pattern.WEEKLY, weekdays=(MON,))


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("trip 28 december 2026 to 3 january 2027", "28.12.26-03.01."),
        ("trip Dec 28, 2026 - Jan 3, 2027", "28.12.26-03.01."),
        ("trip 28.12.2026-3.1.2028", "28.12.26-03.01."),
        ("trip 28 december 2030 to 3 january", "28.12.30-03.01."),
        ("trip 28 december to 3 january 2029", "28.12.28-03.01."),
    ],
)
def test_either_end_of_a_journey_may_have_its_year(text: str, when: str) -> None:
    found = draft(text)
    assert (found.title, spoken(found.when)) == ("trip", when)


@pytest.mark.parametrize(
    ("text", "title", "start"),
    [
        ("call friday 15:00 UTC", "call", "2026-11-20T15:00:00+00:00"),
        ("call friday 3pm-4pm EST with Bo", "call with Bo", "2026-11-20T15:00:00-05:00"),
        ("call friday 3pm New York time", "call", "2026-11-20T15:00:00-05:00"),
        ("call friday 15:00 (Europe/London)", "call", "2026-11-20T15:00:00+00:00"),
        ("call 2026-12-10T18:00:00Z", "call", "2026-12-10T18:00:00+00:00"),
        ("call friday 15:00 GMT+1", "call GMT+1", "2026-11-20T15:00:00+01:00"),
        ("call 18:00 Tokyo time", "call", "2026-11-19T18:00:00+09:00"),
        ("call friday 15:00 IST", "call IST", "2026-11-20T15:00:00+01:00"),
        ("call friday 15:00 tea time", "call tea time", "2026-11-20T15:00:00+01:00"),
        ("call friday 15:00 Europe/Nowhere", "call Europe/Nowhere", "2026-11-20T15:00:00+01:00"),
    ],
)
def test_a_time_may_be_said_in_another_zone(text: str, title: str, start: str) -> None:
    found = draft(text)
    assert found.when is not None
    assert (found.title, found.when.start.isoformat()) == (title, start)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("vacation next week", "vacation"),
        ("Tom on vacation next week", "Tom on vacation"),
    ],
)
def test_somebody_may_be_away_for_a_week(text: str, title: str) -> None:
    found = draft(text)
    assert (found.title, spoken(found.when), found.is_away) == (title, "23.11.26-29.11.", True)
    assert spoken(draft("planning of next week").when) == "-"


@pytest.mark.parametrize(
    ("text", "language", "when"),
    [
        ("x Mo Mi Fr 7:00", "de", "20.11.26 07:00-08:00"),
        ("x jeden Montag 9 Uhr bis Ende März", "de", "23.11.26 09:00-10:00"),
        ("x morgen um viertel nach acht", "de", "19.11.26 08:15-09:15"),
        ("x alle sechs Wochen am Montag 9 Uhr", "de", "23.11.26 09:00-10:00"),
        ("x am Monatsende 9 Uhr", "de", "30.11.26 09:00-10:00"),
        ("x Donnerstag nächster Woche 9 Uhr", "de", "26.11.26 09:00-10:00"),
        ("x jeudi de la semaine prochaine 9h", "fr", "26.11.26 09:00-10:00"),
        ("x torsdag i næste uge kl. 9", "da", "26.11.26 09:00-10:00"),
        ("x tous les lundis à 9h jusqu'à fin mars", "fr", "23.11.26 09:00-10:00"),
        ("x cet après-midi à 3h", "fr", "18.11.26 15:00-16:00"),
        ("x ce soir", "fr", "18.11.26 19:00-20:00"),
        ("x todos los lunes a las 9 hasta marzo", "es", "23.11.26 09:00-10:00"),
        ("x esta tarde a las 5", "es", "18.11.26 17:00-18:00"),
        ("x i morgen kvart over 9", "da", "19.11.26 09:15-10:15"),
        ("x i eftermiddag kl. 3", "da", "18.11.26 15:00-16:00"),
    ],
)
def test_other_languages_say_it_in_their_own_words(text: str, language: str, when: str) -> None:
    found = draft(text, language)
    assert (found.title, spoken(found.when)) == ("x", when)


@pytest.mark.parametrize(
    ("text", "field", "wrong"),
    [
        ("party 31 February", "start_date", Wrong.NOT_A_DATE),
        ("party 31.02.", "start_date", Wrong.NOT_A_DATE),
        ("party 2026-13-01 9:00", "start_date", Wrong.NOT_A_DATE),
        ("party 1 May 9999", "start_date", Wrong.OUT_OF_RANGE),
        ("party 26-24 December", "end_date", Wrong.ENDS_BEFORE_START),
        ("party friday 25:00", "start_time", Wrong.NOT_A_TIME),
        ("party friday 13pm", "start_time", Wrong.NOT_A_TIME),
        ("party friday 9:75", "start_time", Wrong.NOT_A_TIME),
        ("party 28 March 2027 2:30", "start_time", Wrong.SKIPPED_BY_CLOCK_CHANGE),
        ("party 28 March 2027 1:00-2:30", "end_time", Wrong.SKIPPED_BY_CLOCK_CHANGE),
        ("party every day until 1 January 2020", "until", Wrong.OUT_OF_RANGE),
        ("party every day until 31 February", "until", Wrong.NOT_A_DATE),
        ("party every day until 1 May 9999", "until", Wrong.OUT_OF_RANGE),
    ],
)
def test_what_cannot_be_is_named_with_its_field(text: str, field: str, wrong: Wrong) -> None:
    found = draft(text)
    assert found.title == "party"
    assert [(problem.field, problem.wrong) for problem in found.problems] == [(field, wrong)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "review in May at 9:00"),
        ("de", "Treffen im Januar 9 Uhr"),
        ("da", "møde i maj kl. 9"),
    ],
)
def test_what_is_in_some_month_at_an_hour_lacks_its_day(language: str, text: str) -> None:
    (problem,) = draft(text, language).problems
    assert (problem.field, problem.wrong) == ("start_date", Wrong.MISSING)


def test_what_cannot_be_is_quoted_and_the_rest_of_the_sentence_is_kept() -> None:
    found = draft("party on 2026-02-30 10:00-11:30 at Harbour Hall")
    assert [problem.typed for problem in found.problems] == ["2026-02-30"]
    assert (found.title, found.place) == ("party", "Harbour Hall")
    assert spoken(found.when).endswith("10:00-11:30")
    found = draft("party every day at 25:00 until 31 February")
    assert [problem.typed for problem in found.problems] == ["25:00", "31 February"]
    assert found.rule == Rule(pattern=Pattern.DAILY)


def test_the_order_of_day_and_month_follows_the_language() -> None:
    assert spoken(draft("x 2/3", "en-US").when) == "03.02.27"
    assert spoken(draft("x 2/3", "en-GB").when) == "02.03.27"
    assert spoken(draft("x 24/12", "en-US").when) == "24.12.26"


def test_days_and_months_are_known_in_the_language_of_the_person() -> None:
    found = draft("Mittagessen mit Ines Freitag 12:30", "de-DE")
    assert (found.title, spoken(found.when)) == ("Mittagessen mit Ines", "20.11.26 12:30-13:30")
    assert spoken(draft("fête 24 décembre", "fr-FR").when) == "24.12.26"
    assert spoken(draft("fiesta 24 de diciembre", "es").when) == "24.12.26"
    assert spoken(draft("x friday", "no such language").when) == "20.11.26"


def test_the_persons_own_zone_says_what_today_is() -> None:
    late = datetime(2026, 11, 18, 23, 30, tzinfo=UTC)
    when = read_draft("call tomorrow 9:00", late, ZoneInfo("Asia/Tokyo"), "en").when
    assert when is not None and when.start.isoformat() == "2026-11-20T09:00:00+09:00"


def test_a_very_long_text_is_a_title_and_nothing_else() -> None:
    text = "friday 9:00 " * 500
    assert draft(text) == EventDraft(title=text.strip())


def test_control_characters_and_overrides_of_direction_are_left_out() -> None:
    assert draft("lu\x00nch\u202e \x1f here\n\tnow").title == "lu nch here now"


WORDS = re.findall(
    r"\S+",
    """
    every each other monday fri friday next this on at in from to until
    for of and 9 10 24 31 12:30
    9am 25:00 1h30 14h30 45 min hours days times December dec 24.12. 30.02. 12/24 2026-12-24 0/0
    9999-99-99 all day weekly tomorrow noon room Berlin lunch , - . ' 999 0 1.5 half an hour a
    month year week weeks first last mondays
    """,
)


@pytest.mark.slow
@given(st.text(max_size=80) | st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
@example("AT UNTIL 20.2.WEEKLY 24;20/2")
@example("every 2 weeks on friday and monday until 31 February 999 times at 24:00")
@settings(max_examples=400, deadline=None)
def test_no_text_makes_the_reader_stumble(text: str) -> None:
    found = draft(text, "de")
    if found.rule is not None and found.when is not None:
        start = found.when.start
        check(found.rule, start.date() if isinstance(start, datetime) else start)


@pytest.mark.parametrize(
    ("text", "title", "tags"),
    [
        ("Lunch tomorrow 12:00 #fair #print-run", "Lunch", ("fair", "print-run")),
        ("#fair Lunch, #print, tomorrow 12:00", "Lunch", ("fair", "print")),
        ("Issue #42 and C# tomorrow 12:00", "Issue #42 and C#", ()),
        ("a#b tomorrow 12:00", "a#b", ()),
    ],
)
def test_a_word_behind_a_sign_is_a_tag(text: str, title: str, tags: tuple[str, ...]) -> None:
    found = draft(text)
    assert (found.title, found.tags) == (title, tags)
    assert spoken(found.when) == "19.11.26 12:00-13:00"
