from dataclasses import fields
from datetime import date
from typing import Any

import pytest

from cards.accounts.account_actions import AccountDisconnectYes
from cards.action import Action
from cards.contacts.contact_actions import ContactDetails, ContactSave
from cards.contacts.contact_list_actions import (
    ColleagueShow,
    ContactOpen,
    ContactsShow,
    ContactsSort,
)
from cards.events.event_actions import AgendaShow, EventDetails, EventNew, EventSave
from services.model.accounts import LinkId
from services.model.books import BookId
from services.model.contacts import ContactId
from services.model.events import EventId
from tests.cards._actions import ACTIONS
from tests.cards._reading import read_back

BOOK, EVENT = BookId("book-1"), EventId("event-1")
AGENDA = AgendaShow(BOOK, date(2026, 11, 20), 14, 2)
PEOPLE = ContactsShow(page=2, letters="abc")


def an_action(kind: type[Action]) -> Action:
    """Return an action of the kind with something in every field."""
    values: dict[str, Any] = {
        "book": BOOK,
        "event": EVENT,
        "contact": ContactId("contact-1"),
        "etag": "e7",
        "form": "f1",
        "original": "2026-11-20",
        "how_far": "following",
        "to": "day=2026-11-20;start=840",
        "called": "Dinner",
        "mail": "ines@harbour.example",
        "answer": "maybe",
        "made": "event-2",
        "rule": "pattern=daily;interval=3",
        "back": AGENDA,
        "of": EventDetails(BOOK, EVENT, "2026-11-20", AGENDA),
        "first": date(2026, 11, 20),
        "days": 14,
        "page": 2,
        "everyone": True,
        "minutes": 5,
        "keep": False,
        "link": LinkId("link-1"),
        "word": "keep",
        "about": "k1",
        "offer": "offer-1",
        "holds": "contacts",
        "whom": "8a1d6c3f",
        "view": "month",
        "tag": "travel",
        "who": "Ines",
        "now": AGENDA,
        "live": True,
        "words": "budget",
        "contacts": True,
        "ending": "csv",
        "token": "t1",
        "is_month": True,
        "only_busy": True,
        "feed": "feed-1",
        "one": ContactId("contact-1"),
        "other": ContactId("contact-2"),
        "etag_one": "1",
        "etag_other": "2",
        "revision": 7,
        "shown": True,
        "text": "ada",
        "kind": "contacts",
        "order": "company",
        "letters": "abc",
        "group": "Press",
    }
    if kind in (ColleagueShow, ContactDetails, ContactOpen, ContactsSort):
        values["back"] = PEOPLE
    return kind(**{field.name: values[field.name] for field in fields(kind)})


@pytest.mark.parametrize("verb", ACTIONS)
def test_an_action_comes_back_as_it_went(verb: str) -> None:
    action = an_action(ACTIONS[verb])
    assert read_back(action.to_data()) == action


@pytest.mark.parametrize("verb", ACTIONS)
def test_a_verb_is_subject_dot_action(verb: str) -> None:
    subject, _, what = verb.partition(".")
    assert subject.isidentifier() and what.isidentifier()


def test_every_kind_of_action_has_a_verb_of_its_own_in_a_module_of_actions() -> None:
    kinds, found = [*Action.__subclasses__()], set()
    for kind in kinds:
        kinds += kind.__subclasses__()
        found |= {kind.__name__} if kind.verb else set()
    assert {kind.__name__ for kind in ACTIONS.values()} == found


def test_what_may_be_missing_may_be_missing() -> None:
    assert read_back(AgendaShow().to_data()) == AgendaShow()
    assert read_back(EventDetails(BOOK, EVENT).to_data()) == EventDetails(BOOK, EVENT)


def test_the_inputs_of_a_form_are_left_alone() -> None:
    data = {"title": "Lunch", **EventNew(BOOK).to_data()}
    assert EventNew.from_data(data) == EventNew(BOOK)


def test_a_button_of_an_older_release_raises_a_key_error() -> None:
    data = EventSave(BOOK, EVENT, "e7").to_data()
    del data["etag"]
    with pytest.raises(KeyError):
        read_back(data)


@pytest.mark.parametrize("data", [{}, {"verb": "event.explode"}, {"verb": {}}])
def test_data_of_somebody_else_raises_a_key_error(data: dict[str, Any]) -> None:
    with pytest.raises(KeyError):
        read_back(data)


def test_the_data_of_another_verb_is_refused() -> None:
    with pytest.raises(ValueError):
        ContactSave.from_data(EventNew(BOOK).to_data())


@pytest.mark.parametrize(
    ("action", "key", "value"),
    [
        (AGENDA, "first", "2026-02-31"),
        (AGENDA, "first", 7),
        (AGENDA, "days", "7"),
        (AGENDA, "days", True),
        (AGENDA, "days", 0),
        (AGENDA, "days", 100_000),
        (AGENDA, "page", -1),
        (AGENDA, "first", "0001-01-01"),
        (AGENDA, "book", None),
        (AccountDisconnectYes(True), "keep", "true"),
        (EventDetails(BOOK, EVENT), "back", "2026-11-20"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(action: Action, key: str, value: object) -> None:
    with pytest.raises(ValueError):
        read_back({**action.to_data(), key: value})
