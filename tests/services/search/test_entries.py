from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from services.model.contact_lists import FieldId
from services.model.contacts import (
    Address,
    Contact,
    ContactContent,
    CustomValue,
    Phone,
    PhoneKind,
)
from services.model.errors import Damaged, ReadOnlyReason
from services.model.events import Author, Event, Mirror, SeriesException
from services.search.entries import MOST_LETTERS, contact_entry, event_entry
from services.storage.codec import encode
from services.storage.sealed import Opened
from tests._builders import LONG_AGO, a_contact, an_event, an_event_content, timed


def opened(record: Contact | Event) -> Opened:
    return Opened("", record.id, encode(record), record.revision, record.etag)


def test_a_contact_is_found_by_its_name_first_and_by_each_other_word_once() -> None:
    ada = a_contact(
        name="Ada Byron",
        company="Byron Engines",
        job="Engines of all kinds",
        emails=("ada@engines.example",),
        phones=(Phone(PhoneKind.HOME, "070 12"), Phone(PhoneKind.MOBILE, "-")),
    )
    entry = contact_entry(opened(ada))
    assert entry.names == ["ada", "byron"]
    assert entry.others == ["@byron", "@engines", "of", "all", "kinds", "example", "7012"]
    assert entry.initials == ["ab"]
    assert not entry.is_gone


def test_a_contact_is_found_by_every_field_that_it_has() -> None:
    """Whatever field is added to a contact: its words are found, or it is said here why not."""
    values: dict[str, Any] = {
        field.name: f"{field.name.replace('_', '')}x"
        for field in fields(ContactContent)
        if field.type == "str"
    }
    author = Author(None, "owner Sam")
    rich: dict[str, Any] = {
        "children": ("Kim",),
        "emails": ("mail@x.example",),
        "chats": ("chat@x.example",),
        "phones": (Phone(PhoneKind.HOME, "070 12"),),
        "business_address": Address(street="Quay 1", city="Harbour"),
        "home_address": Address(postal_code="8000", region="Jutland"),
        "other_address": Address(country="Danmark"),
        "links": ("https://social.example/ada",),
        "tags": ("vip",),
        "groups": ("North Sea",),
        "owner": author,
        "custom": (CustomValue(FieldId("number"), "K77"),),
    }
    ada = a_contact(**values, **rich)
    entry = contact_entry(opened(ada))
    words = {*entry.names, *entry.others}
    told = {value for name, value in values.items() if name not in UNSEARCHED | {"company"}}
    assert told <= words
    assert {"@companyx", "#north", "#sea", "~vip", "kim", "mail", "chat", "7012", "quay"} <= words
    assert {"harbour", "8000", "jutland", "danmark", "social", "sam", "k77"} <= words
    seen = {*values, *rich, *UNSEARCHED}
    assert {field.name for field in fields(ContactContent)} == seen


UNSEARCHED = {
    *("title", "suffix", "initials"),  # parts of the name as it is shown
    *("birthday", "anniversary"),  # days, of which there is a calendar
    "photo",
}


@pytest.mark.parametrize(
    ("name", "names", "initials"),
    [
        ("Jürgen Weiß", ["jurgen", "weiss", "juergen"], ["jw"]),
        ("Юрий Гагарин", ["iurii", "gagarin", "yuriy"], ["ig"]),
        ("Ada King Byron", ["ada", "king", "byron"], ["akb", "ab"]),
        ("Ada", ["ada"], []),
    ],
)
def test_a_name_is_kept_as_people_write_it_and_by_its_initials(
    name: str, names: list[str], initials: list[str]
) -> None:
    entry = contact_entry(opened(a_contact(name=name)))
    assert (entry.names, entry.initials) == (names, initials)


def test_an_event_is_found_by_its_title_first_and_by_all_its_fields() -> None:
    moved = an_event_content(title="Late lunch", place="Quay", tags=("food",))
    event = an_event(
        title="Lunch",
        place="Harbour lunch room",
        text="With the **drafts**",
        tags=("travel", "fair"),
        exceptions=(SeriesException(timed().start, moved), SeriesException(timed().end, None)),
        mirror=Mirror(ReadOnlyReason.HAS_ATTENDEES, "Omar Haddad"),
    )
    entry = event_entry(opened(event))
    assert entry.names == ["lunch"]
    place, tags, people = ["harbour", "room", "quay"], ["travel", "fair", "food"], ["ines", "omar"]
    assert {*place, *tags, *people, "drafts", "late"} <= {*entry.others}


def test_of_a_very_long_description_the_beginning_is_looked_for() -> None:
    entry = event_entry(opened(an_event(text="first " + "x " * MOST_LETTERS + "last")))
    assert "first" in entry.others and "last" not in entry.others


def test_names_in_ideographs_are_found_by_any_two_signs_that_follow_each_other() -> None:
    assert contact_entry(opened(a_contact(name="王小明"))).names == ["王小明", "小明", "明"]


def test_a_tombstone_is_gone() -> None:
    assert contact_entry(opened(a_contact(deleted_at=LONG_AGO))).is_gone


@pytest.mark.parametrize("body", [b"{}", b"[]", b"x", b'{"content":{"name":1}}'])
def test_anything_else_is_damaged(body: bytes) -> None:
    with pytest.raises(Damaged):
        contact_entry(Opened("", "id", body, 1, ""))
