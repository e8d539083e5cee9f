from __future__ import annotations

import pytest

from services.model.contacts import Contact, Phone, PhoneKind
from services.model.errors import Damaged, ReadOnlyReason
from services.model.events import Event, Mirror, SeriesException
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
    assert entry.others == ["engines", "of", "all", "kinds", "example", "7012"]
    assert not entry.is_gone


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
