"""What is private to its author, as others see it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from services.model.errors import ReadOnlyReason
from services.model.events import (
    Author,
    Event,
    Occurrence,
    Participant,
    Sensitivity,
    SeriesException,
    ShowAs,
    WebLink,
)
from services.model.recurrence import Pattern, Rule, Weekday
from services.model.settings import Color
from services.model.veil import (
    BUSY,
    all_seen_by,
    busy_only,
    content_in_words,
    has_secrets,
    in_words,
    is_bare,
    is_veiled,
    one_seen_by,
    seen_by,
)
from services.storage.codec import encode
from tests._builders import BERLIN, a_person, an_author, an_event, an_event_content, timed

MARA, INES = a_person("mara"), a_person("ines")
WEEKLY = Rule(pattern=Pattern.WEEKLY, weekdays=(Weekday.FRIDAY,))
FRIDAY = datetime(2026, 11, 27, 12, 30, tzinfo=BERLIN)
SECRET = an_event(
    title="Clinic",
    place="Ward 4",
    text="Blood",
    tags=("health",),
    emoji="\N{SYRINGE}",
    color=Color.RED,
    meeting_url="https://clinic.example",
    links=(WebLink("https://clinic.example/x", "Result"),),
    people=(Participant("Dr Blood", None),),
    rule=WEEKLY,
    exceptions=(SeriesException(FRIDAY, an_event_content(title="Clinic, late")),),
    sensitivity=Sensitivity.PRIVATE,
    show_as=ShowAs.AWAY,
    created_by=an_author("mara"),
)


def test_its_author_sees_all_of_it() -> None:
    assert seen_by(SECRET, MARA) is SECRET
    one = Occurrence.of(SECRET)
    assert one_seen_by(one, MARA) is one


@pytest.mark.parametrize("person", [INES, None])
def test_nobody_else_reads_a_word_of_it(person: object) -> None:
    event = seen_by(SECRET, person)  # type: ignore[arg-type]
    one = one_seen_by(Occurrence.of(SECRET)._replace(original=FRIDAY), person)  # type: ignore[arg-type]
    for written in (encode(event), encode(one.content), encode(one.event)):
        for word in (b"Clinic", b"Ward", b"Blood", b"health", b"clinic", b"mara", b"red"):
            assert word not in written
    assert event.content.title == one.content.title == BUSY
    assert event.content.when == SECRET.content.when and event.content.rule == WEEKLY
    assert event.content.show_as is ShowAs.AWAY
    assert event.mirror is not None and event.mirror.reason is ReadOnlyReason.PRIVATE


def test_an_exception_is_veiled_with_its_series_even_where_it_is_not_secret() -> None:
    exception = SECRET.content.exceptions[0].content
    assert exception is not None
    assert (
        one_seen_by(Occurrence(SECRET, exception, exception.when, FRIDAY), INES).content.title
        == BUSY
    )


def test_a_date_of_an_open_series_may_be_private() -> None:
    late = replace(SECRET.content.exceptions[0].content or SECRET.content, title="Late clinic")
    secret = replace(late, sensitivity=Sensitivity.CONFIDENTIAL)
    cancelled = SeriesException(FRIDAY.replace(month=12, day=4), None)
    series = an_event(
        title="Stand-up",
        rule=WEEKLY,
        exceptions=(SeriesException(FRIDAY, secret), cancelled),
        created_by=an_author("mara"),
    )
    seen = seen_by(series, INES)
    assert seen.content.title == "Stand-up" and seen.mirror is None
    assert [each.content and each.content.title for each in seen.content.exceptions] == [BUSY, None]
    assert one_seen_by(Occurrence(series, secret, secret.when, FRIDAY), INES).content.title == BUSY
    usual = Occurrence.of(series)._replace(written=an_event_content(title="Stand-up"))
    assert one_seen_by(usual, INES).content.title == "Stand-up"
    open_one = replace(series, content=replace(series.content, exceptions=(cancelled,)))
    assert seen_by(open_one, INES) is open_one


@pytest.mark.parametrize(
    ("event", "is_hidden"),
    [
        (an_event(created_by=an_author("mara")), False),
        (replace(SECRET, created_by=Author(None, "Outlook")), False),
        (replace(SECRET, created_by=Author(None, "Outlook"), mailbox=MARA), True),
        (replace(SECRET, created_by=Author(None, "Outlook"), mailbox=INES), False),
    ],
)
def test_what_came_from_outlook_is_private_to_whose_mailbox_it_was(
    event: Event, is_hidden: bool
) -> None:
    assert is_veiled(event, INES) is is_hidden


def test_it_is_written_in_words_of_whoever_reads_it_and_what_people_wrote_is_not() -> None:
    seen = in_words(seen_by(SECRET, INES), "Occupé")
    assert seen.content.title == "Occupé"
    assert [each.content and each.content.title for each in seen.content.exceptions] == ["Occupé"]
    lunch = an_event(title="Lunch")
    assert in_words(lunch, "Occupé") is lunch and not is_bare(lunch.content)
    named_so = an_event_content(title=BUSY, place="Ward 4")
    assert content_in_words(named_so, "Occupé") is named_so


def test_a_feed_may_tell_times_alone_also_of_what_is_open() -> None:
    lunch = an_event(title="Lunch", when=timed())
    told = busy_only(lunch)
    assert told.content == an_event_content(title=BUSY, when=lunch.content.when)
    assert told.mirror is None and told.created_by == Author(None, "")
    assert all_seen_by([lunch, SECRET], INES)[0] is lunch


def test_only_what_is_private_depends_on_who_looks() -> None:
    late = SECRET.content.exceptions[0].content
    assert late is not None
    private = SeriesException(FRIDAY, replace(late, sensitivity=Sensitivity.PERSONAL))
    cancelled = SeriesException(FRIDAY.replace(month=12, day=4), None)
    usual = an_event(rule=WEEKLY, exceptions=(cancelled, SeriesException(FRIDAY, late)))
    assert has_secrets(SECRET) and has_secrets(an_event(rule=WEEKLY, exceptions=(private,)))
    assert not has_secrets(usual) and not has_secrets(an_event())
