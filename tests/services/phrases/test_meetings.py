"""Questions about people's time, on Wednesday 18 November 2026 in Berlin."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.phrases import Command, FindTime, ShowFreeBusy, Unknown, read
from services.phrases.meetings import MEETING_PHRASES
from tests._builders import BERLIN
from tests._fakes import NOON


def asked(text: str) -> Command:
    return read(text, NOON, BERLIN, "en")


def free(who: str, day: str = "2026-11-18") -> ShowFreeBusy:
    return ShowFreeBusy(who, date.fromisoformat(day))


def time(
    who: str, first: str = "2026-11-18", last: str = "2026-11-24", minutes: int = 30
) -> FindTime:
    return FindTime(who, date.fromisoformat(first), date.fromisoformat(last), minutes)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("free busy", free("")),
        ("free/busy ines, omar tomorrow", free("ines, omar", "2026-11-19")),
        ("Free busy tomorrow ines and omar", free("ines and omar", "2026-11-19")),
        ("free busy of Ines on friday", free("Ines", "2026-11-20")),
        ("availability of Ines Moreau 24 December", free("Ines Moreau", "2026-12-24")),
        ("when is Ines free tomorrow?", free("Ines", "2026-11-19")),
        ("when are Ines and Omar available on friday", free("Ines and Omar", "2026-11-20")),
        ("free busy next week", free("", "2026-11-23")),
        ("free busy Jan", free("Jan")),
        ("find a time", time("")),
        ("find a time with ines", time("ines")),
        (
            "find a time with ines and omar for 45 min this week",
            time("ines and omar", "2026-11-16", "2026-11-22", 45),
        ),
        (
            "find a time next week with Ines Moreau, Omar for 1 hour",
            time("Ines Moreau, Omar", "2026-11-23", "2026-11-29", 60),
        ),
        ("find a time for half an hour tomorrow", time("", "2026-11-19", "2026-11-19")),
        ("find a time for 1.5 hours with omar", time("omar", minutes=90)),
        ("when can we meet tomorrow?", time("", "2026-11-19", "2026-11-19")),
        ("find a time for 3 min", time("", minutes=5)),
        ("free thursday afternoon for Ines and Omar", free("Ines and Omar", "2026-11-19")),
        ("free busy Ines tomorrow at 3", free("Ines", "2026-11-19")),
        ("am I free tomorrow at 3?", free("I", "2026-11-19")),
        ("is Ines free on friday", free("Ines", "2026-11-20")),
        ("find 45 min with Ines tomorrow", time("Ines", "2026-11-19", "2026-11-19", 45)),
        ("when can Ines and Omar meet", time("Ines and Omar")),
        ("when can I meet Ines tomorrow", time("Ines", "2026-11-19", "2026-11-19")),
        ("suggest a time ines, omar friday", time("ines, omar", "2026-11-20", "2026-11-20")),
    ],
)
def test_a_question_about_time(text: str, command: Command) -> None:
    assert asked(text) == command


@pytest.mark.parametrize("text", ["free busy 31 February", "suggest a time 31 February"])
def test_what_cannot_be_is_not_understood(text: str) -> None:
    assert isinstance(asked(text), Unknown)


@given(
    st.sampled_from([word for words, _ in MEETING_PHRASES for word in words]),
    st.text(max_size=60),
)
@settings(max_examples=100, deadline=None)
def test_every_question_gets_an_answer(lead: str, rest: str) -> None:
    command = asked(f"{lead} {rest}")
    if isinstance(command, FindTime):
        assert command.first <= command.last and 5 <= command.minutes <= 24 * 60
