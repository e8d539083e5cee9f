"""What an event may have beside what, when and where, as a form says it."""

from __future__ import annotations

from typing import Any

import pytest

from cards.events.event_extras import names_people, picked
from cards.events.event_form import form_values, read_event_form
from services.model.conversations import Member
from services.model.errors import InvalidInput, Problem, Wrong
from services.model.events import (
    EventContent,
    Importance,
    Participant,
    Sensitivity,
    ShowAs,
    WebLink,
)
from services.model.settings import Color
from tests._builders import BERLIN, a_person, an_event_content

INES = Member(a_person("ines"), "Inès Moreau", "29:ines")
OMAR = Member(a_person("omar"), "Omar Haddad", "29:omar")
AROUND = [INES, OMAR, Member(a_person("omar2"), "Omar Sy", "29:omar2")]
FULL = an_event_content(
    color=Color.RED,
    emoji="\N{PARTY POPPER}",
    meeting_url="https://meet.example/1",
    links=(WebLink("https://a.example/x", "Agenda"), WebLink("https://b.example")),
    people=(Participant("Inès Moreau", INES.person), Participant("Mr Ortega")),
    sensitivity=Sensitivity.PERSONAL,
    importance=Importance.HIGH,
    show_as=ShowAs.TENTATIVE,
    tags=("fair",),
)
NEW = {"title": "x", "start_date": "2026-11-20", "start_time": "12:30", "end_time": "13:00"}


def read(*, kept: EventContent | None = None, **typed: str) -> EventContent:
    before: dict[str, Any] = form_values(kept, BERLIN) if kept else NEW
    return read_event_form(before | typed, BERLIN, kept, AROUND)


def wrong(*, kept: EventContent | None = None, **typed: str) -> tuple[Problem, ...]:
    with pytest.raises(InvalidInput) as caught:
        read(kept=kept, **typed)
    return caught.value.problems


def test_a_form_that_nobody_touched_changes_nothing() -> None:
    assert read(kept=FULL) == FULL


def test_a_client_that_sends_no_hidden_inputs_changes_nothing() -> None:
    names = ("color", "emoji", "meeting_url", "links", "tags", "show_as", "importance", "private")
    hidden = {*names, "people", "others"}
    typed = {name: text for name, text in form_values(FULL, BERLIN).items() if name not in hidden}
    assert read_event_form(typed, BERLIN, FULL, AROUND) == FULL
    blank = read()
    assert (blank.color, blank.emoji, blank.people) == (Color.NONE, "", ())


def test_what_was_typed_becomes_content() -> None:
    content = read(
        color="blue",
        emoji=" ✈️ ",
        meeting_url="meet.example/7",
        links="Agenda: https://a.example/x\n\nb.example\nb.example",
        people=f"{OMAR.person.object_id}, ",
        others="ines; Mr Ortega, Mr Ortega",
        private="true",
    )
    assert content.color is Color.BLUE and content.emoji == "✈️"
    assert content.meeting_url == "https://meet.example/7"
    assert content.links == (
        WebLink("https://a.example/x", "Agenda"),
        WebLink("https://b.example"),
    )
    omar, ines = Participant(OMAR.name, OMAR.person), Participant(INES.name, INES.person)
    assert content.people == (omar, ines, Participant("Mr Ortega"))
    assert content.sensitivity is Sensitivity.PRIVATE


def test_a_colour_and_all_else_is_taken_away_again() -> None:
    bare = read(
        kept=FULL,
        **dict.fromkeys(("emoji", "meeting_url", "links", "people", "others"), ""),
        color="none",
        private="false",
    )
    assert (bare.color, bare.emoji, bare.links, bare.people) == (Color.NONE, "", (), ())
    assert bare.sensitivity is Sensitivity.NORMAL


def test_who_has_left_since_stays_on_the_event() -> None:
    gone = Participant("Ben Ortega", a_person("ben"))
    kept = an_event_content(people=(gone, Participant("A guest")))
    more = read(kept=kept, others="A guest, ines")
    assert more.people == (gone, Participant("A guest"), Participant(INES.name, INES.person))


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"color": "mauve"}, Problem("color", Wrong.NOT_A_CHOICE)),
        ({"emoji": "ab"}, Problem("emoji", Wrong.NOT_A_CHOICE)),
        ({"meeting_url": "javascript:alert(1)"}, Problem("meeting_url", Wrong.NOT_A_LINK)),
        ({"links": "Agenda"}, Problem("links", Wrong.NOT_A_LINK)),
        (
            {"links": "\n".join(f"https://a.example/{n}" for n in range(21))},
            Problem("links", Wrong.TOO_MANY, 20),
        ),
        ({"people": "nobody"}, Problem("people", Wrong.NOT_A_CHOICE)),
        ({"others": "omar"}, Problem("others", Wrong.TAKEN)),
        ({"others": ",".join(f"n{n}" for n in range(101))}, Problem("others", Wrong.TOO_MANY, 100)),
    ],
)
def test_what_cannot_be_is_told_beside_its_input(typed: dict[str, str], problem: Problem) -> None:
    assert wrong(kept=None, **typed) == (problem,)
    assert wrong(kept=FULL, **typed) == (problem,)


def test_who_is_named_in_a_form_is_known_before_it_is_read() -> None:
    assert picked({"people": " a, b,"}) == ("a", "b") and picked({"people": 7}) == ()
    assert names_people({"others": "Ines"}) and names_people({"people": "a"})
    assert not names_people({"others": " "})


def test_while_only_dates_are_asked_for_nobody_is_looked_up() -> None:
    typed = form_values(FULL, BERLIN) | {"people": "somebody", "others": "omar"}
    assert read_event_form(typed, BERLIN, FULL).people == FULL.people
    assert read_event_form(NEW | {"people": "somebody"}, BERLIN).people == ()


def test_chosen_contacts_are_people_by_their_names() -> None:
    assert names_people({"from_contacts": "Ada Byron"})
    event = read(
        people=INES.person.object_id, from_contacts="Byron%2C Ada,Omar", others="Mr Ortega"
    )
    names = [(each.name, each.person) for each in event.people]
    ours = ("Inès Moreau", INES.person)
    assert names == [ours, ("Byron, Ada", None), ("Omar", None), ("Mr Ortega", None)]
    again = read(kept=FULL, from_contacts="Ada")
    assert {each.name for each in again.people} == {"Inès Moreau", "Mr Ortega", "Ada"}
