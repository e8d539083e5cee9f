"""What Outlook has no place for outlives what it writes."""

from __future__ import annotations

from datetime import UTC, datetime

from services.model.events import Participant, SeriesException, WebLink
from services.model.recurrence import Pattern, Rule, Weekday
from services.model.settings import Color
from services.model.team_fields import FIELDS, with_kept, with_unsaid
from tests._builders import BERLIN, a_person, an_event_content

WEEKLY = Rule(pattern=Pattern.WEEKLY, weekdays=(Weekday.FRIDAY,))
FIRST, SECOND, THIRD = (datetime(2026, 11, day, 12, 30, tzinfo=BERLIN) for day in (13, 20, 27))
OURS = an_event_content(
    color=Color.RED,
    emoji="\N{PARTY POPPER}",
    meeting_url="https://meet.example",
    links=(WebLink("https://a.example"),),
    people=(Participant("Ines"),),
    rule=WEEKLY,
    exceptions=(SeriesException(FIRST, an_event_content(title="Own", color=Color.BLUE)),),
)


def test_what_only_the_team_knows_stays() -> None:
    theirs = an_event_content(title="From Outlook")
    merged = with_kept(theirs, OURS)
    assert merged.title == "From Outlook"
    assert all(getattr(merged, name) == getattr(OURS, name) for name in FIELDS)


def test_a_link_to_join_is_the_one_of_which_a_merge_has_told_or_stays() -> None:
    told = an_event_content(meeting_url="https://teams.example/j")
    assert with_kept(told, an_event_content()).meeting_url == "https://teams.example/j"
    assert with_kept(told, OURS).meeting_url == "https://teams.example/j"
    assert with_kept(an_event_content(), OURS).meeting_url == "https://meet.example"


def test_a_changed_date_has_its_own_or_what_its_series_has() -> None:
    changed = (
        SeriesException(FIRST.astimezone(UTC), an_event_content(title="Later")),
        SeriesException(SECOND, an_event_content(title="New")),
        SeriesException(THIRD, None),
    )
    own, new, gone = with_kept(an_event_content(rule=WEEKLY, exceptions=changed), OURS).exceptions
    assert own.content and own.content.color is Color.BLUE and own.content.title == "Later"
    assert new.content and new.content.color is Color.RED and new.content.people == OURS.people
    assert gone.content is None


def test_what_a_file_says_counts_and_of_the_rest_nothing_is_lost() -> None:
    ines = Participant("Ines", a_person("ines"))
    ours = an_event_content(color=Color.RED, emoji="\N{FISH}", people=(ines,))
    said = an_event_content(color=Color.BLUE, people=(Participant("Ines"), Participant("Tom")))
    merged = with_unsaid(said, ours)
    assert (merged.color, merged.emoji) == (Color.BLUE, ours.emoji)
    assert merged.people == (ines, Participant("Tom"))
    assert with_unsaid(an_event_content(), ours).people == (ines,)
