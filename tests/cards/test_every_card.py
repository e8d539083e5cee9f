"""What holds for each card: lint, snapshot, size, and an independent list of properties."""

import json
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import microsoft_teams.cards.core as oracle
import pytest
from pydantic import BaseModel
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.json import JSONSnapshotExtension

from cards.accounts.link_form import FIELDS as LINK_FIELDS
from cards.accounts.links import BOOK, CALENDAR
from cards.contacts.contact_values import FIELDS as CONTACT_FIELDS
from cards.events.event_values import FIELDS as EVENT_FIELDS
from cards.views.agenda_form import FIELDS as AGENDA_FIELDS
from cards.watching.watch_form import FIELDS as WATCH_FIELDS
from tests.cards._actions import ACTIONS
from tests.cards._lint import PROPERTIES, SOFT_LIMIT, lint
from tests.cards._reading import read_back
from tests.cards._samples import SAMPLES

TALL = {"agenda-25", "agenda-25-more", "agenda-hostile", "contacts-25"}
TALL |= {name for name in SAMPLES if name.startswith(("view-month", "view-week-full"))}
"""Lists: these may be large, up to the hard limit."""


@pytest.mark.parametrize("name", SAMPLES)
def test_a_card_has_no_fault(name: str) -> None:
    assert lint(SAMPLES[name]()) == []


@pytest.mark.parametrize("name", SAMPLES)
def test_a_card_is_as_it_was(name: str, snapshot: SnapshotAssertion) -> None:
    assert SAMPLES[name]() == snapshot(extension_class=JSONSnapshotExtension)


def test_every_card_is_small() -> None:
    for name in SAMPLES.keys() - TALL:
        whole = json.dumps(SAMPLES[name](), ensure_ascii=False)
        assert len(whole.encode("utf-16-le")) < SOFT_LIMIT, name


def test_every_card_is_plain_json() -> None:
    for name, make in SAMPLES.items():
        card = make()
        assert json.loads(json.dumps(card)) == card, name


def _known_to_the_oracle(kind: str) -> set[str]:
    model = {
        model.model_fields["type"].default: model
        for model in vars(oracle).values()
        if isinstance(model, type) and issubclass(model, BaseModel) and "type" in model.model_fields
    }[kind]
    names: set[str] = set()
    for name, field in model.model_fields.items():
        names |= {name, field.alias or name, field.serialization_alias or name}
    return {name.lower().replace("_", "") for name in names}


@pytest.mark.parametrize("kind", PROPERTIES)
def test_every_property_is_known_to_an_independent_library(kind: str) -> None:
    ours = {name.lower() for name in PROPERTIES[kind]}
    assert ours - _known_to_the_oracle(kind) - {"separator"} == set()


def _data_in(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if str(value.get("type")) in ("Action.Execute", "Action.Submit"):
            yield value["data"]
        for child in value.values():
            yield from _data_in(child)
    elif isinstance(value, list):
        for child in value:
            yield from _data_in(child)


def test_every_button_holds_an_action() -> None:
    for name, make in SAMPLES.items():
        for data in _data_in(make()):
            action = read_back(data)
            assert action.to_data().items() <= data.items(), name


def test_no_input_is_called_like_a_part_of_an_action() -> None:
    parts = {field.name for action in ACTIONS.values() for field in fields(action)}
    inputs = {
        *EVENT_FIELDS,
        *CONTACT_FIELDS,
        *LINK_FIELDS,
        *AGENDA_FIELDS,
        *WATCH_FIELDS,
        BOOK,
        CALENDAR,
    }
    assert not parts & inputs


def test_a_button_that_opens_a_window_comes_after_one_that_does_not() -> None:
    for make in SAMPLES.values():
        windows: list[dict[str, Any]] = [
            action for action in make().get("actions", []) if "msteams" in action.get("data", {})
        ]
        assert all(action["mode"] == "secondary" for action in windows)
