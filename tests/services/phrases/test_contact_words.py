from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from services.phrases import read
from services.phrases.contact_words import (
    ContactCommand,
    DeleteGroup,
    NewGroup,
    RenameGroup,
    ShowFields,
    ShowGroups,
)

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("groups", ShowGroups()),
        ("Show groups!", ShowGroups()),
        ("new group", NewGroup()),
        ("new group called “Suppliers, north”", NewGroup("Suppliers, north")),
        ("rename group Sea to Sailors of Kiel", RenameGroup("Sea", "Sailors of Kiel")),
        ("rename the group 'Sea' into Ocean", RenameGroup("Sea", "Ocean")),
        ("delete group Sea", DeleteGroup("Sea")),
        ("fields", ShowFields()),
        ("custom fields", ShowFields()),
    ],
)
def test_groups_and_fields_are_asked_for_in_words(text: str, command: ContactCommand) -> None:
    assert read(text, NOW, ZoneInfo("UTC")) == command


@pytest.mark.parametrize("text", ["rename group Sea", "groups of people who like the sea"])
def test_what_is_only_like_it_is_something_else(text: str) -> None:
    assert not isinstance(read(text, NOW, ZoneInfo("UTC")), ShowGroups | RenameGroup)
