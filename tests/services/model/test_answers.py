"""Who comes: one answer a person, of a date or of all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from services.model.answers import Answer, Given, from_day, is_answered, own_answer, tally_of
from services.model.errors import ReadOnlyReason
from services.model.events import EventId, Mirror, Occurrence
from services.model.identity import PersonHome
from tests._builders import a_book, a_channel_home, a_person, an_event
from tests._fakes import NOON


def given(name: str, answer: Answer, original: str = "") -> Given:
    return Given(
        event=EventId("e"),
        original=original,
        person=a_person(name),
        name=name.title(),
        answer=answer,
        at=NOON,
    )


def test_what_is_said_of_a_date_goes_before_what_is_said_of_all() -> None:
    all_given = [
        given("omar", Answer.YES),
        given("ines", Answer.YES),
        given("ines", Answer.NO, "2026-11-20"),
        given("tom", Answer.MAYBE, "2026-11-27"),
    ]
    whole, date = tally_of(all_given), tally_of(all_given, "2026-11-20")
    assert whole.names(Answer.YES) == ("Ines", "Omar") and whole.count(Answer.NO) == 0
    assert date.names(Answer.NO) == ("Ines",) and date.names(Answer.YES) == ("Omar",)
    assert date.of(a_person("ines")) is Answer.NO and date.of(a_person("tom")) is None
    assert date.of(None) is None


def test_ones_own_answer_to_a_date_is_that_to_the_date_or_else_to_all() -> None:
    theirs = [given("ines", Answer.YES), given("ines", Answer.NO, "2026-11-20")]
    event = an_event(id="e")
    friday, monday = (
        Occurrence.of(event)._replace(original=date(2026, 11, day)) for day in (20, 23)
    )
    assert own_answer(theirs, friday) is Answer.NO
    assert own_answer(theirs, monday) is own_answer(theirs, Occurrence.of(event))
    assert own_answer(theirs, monday) is Answer.YES
    other = an_event(id="other")
    assert own_answer(theirs, Occurrence.of(other)) is None


def test_an_answer_to_a_date_holds_when_the_series_moves_to_another_hour() -> None:
    early, late = (f"2026-11-20T{hour}:00:00+01:00" for hour in ("09", "16"))
    said = [given("ines", Answer.YES), given("ines", Answer.NO, early)]
    assert tally_of(said, late).names(Answer.NO) == ("Ines",)
    anew = replace(given("ines", Answer.MAYBE, late), at=NOON + timedelta(hours=1))
    assert tally_of([anew, *said], early).names(Answer.MAYBE) == ("Ines",), "the last one counts"


def test_what_follows_a_day_takes_along_what_was_said_of_it_and_of_all() -> None:
    said = [given("ines", Answer.YES), *(given("tom", Answer.NO, f"2026-11-{d}") for d in (20, 27))]
    assert from_day(said, date(2026, 11, 27)) == [said[0], said[2]]


def test_people_are_asked_of_what_a_team_shares_and_can_be_changed_here() -> None:
    team, own = a_book(home=a_channel_home()), a_book(home=PersonHome(a_person()))
    event = an_event()
    assert is_answered(event, team) and not is_answered(event, own)
    meeting = replace(event, mirror=Mirror(ReadOnlyReason.HAS_ATTENDEES))
    for other in (meeting, replace(event, feed="f"), replace(event, deleted_at=NOON)):
        assert not is_answered(other, team)
