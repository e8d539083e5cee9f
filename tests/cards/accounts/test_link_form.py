"""The settings of a link, as they come back from their form."""

from __future__ import annotations

import pytest

from cards.accounts.link_form import FIELDS, link_form, link_values, read_link_form, typed_link
from cards.accounts.linked import Linked
from services.model.errors import InvalidInput, Problem, Wrong
from services.model.links import Direction, LinkSettings, Privacy
from tests._builders import a_book, a_contact_list, a_link
from tests.cards._reading import input_ids
from tests.cards._subjects import INES

PICKY = LinkSettings(
    direction=Direction.FROM_OUTLOOK,
    privacy=Privacy.BUSY_ONLY,
    category="Team",
    busy_only=True,
    reminders=False,
    days_back=31,
    days_ahead=731,
)


@pytest.mark.parametrize("settings", [LinkSettings(), PICKY])
def test_settings_come_back_as_they_went(settings: LinkSettings) -> None:
    values = link_values(settings)
    assert typed_link(values | {"other": "x"}) == values
    assert read_link_form(values, LinkSettings()) == settings


def test_days_that_were_set_otherwise_stay_possible() -> None:
    rare = LinkSettings(days_back=7, days_ahead=1000)
    assert read_link_form(link_values(rare), rare) == rare


def test_what_does_not_come_stays_as_it_was() -> None:
    read = read_link_form({"reminders": "false", "busy_only": "true"}, PICKY)
    assert (read.direction, read.privacy) == (PICKY.direction, PICKY.privacy)
    assert (read.days_back, read.days_ahead) == (31, 731)


def test_every_wrong_value_is_named_at_once() -> None:
    typed = {"direction": "sideways", "days_back": "-4", "category": "x" * 101, "privacy": "all"}
    with pytest.raises(InvalidInput) as refused:
        read_link_form(typed, LinkSettings())
    assert set(refused.value.problems) == {
        Problem("direction", Wrong.NOT_A_CHOICE),
        Problem("privacy", Wrong.NOT_A_CHOICE),
        Problem("category", Wrong.TOO_LONG, 100),
        Problem("days_back", Wrong.NOT_A_CHOICE),
    }


def test_what_has_no_effect_on_contacts_is_not_offered() -> None:
    values = link_values(PICKY)
    whole = link_form(Linked(a_link(), a_book()), values, INES)
    assert input_ids(whole) == set(FIELDS)
    contacts = link_form(Linked(a_link(), a_contact_list()), values, INES)
    assert input_ids(contacts) == {"direction", "category"}
    # What was not offered stays as it was, should the same settings ever mean something.
    answered = {"direction": "both", "category": ""}
    read = read_link_form(answered, PICKY)
    assert (read.busy_only, read.reminders, read.privacy) == (True, False, Privacy.BUSY_ONLY)
