from __future__ import annotations

from dataclasses import replace

from services.sync.content.merge import Base, merge
from services.sync.content.shape import CONTACT, EVENT, shape_of
from tests._builders import a_contact_content, an_event_content

LUNCH = an_event_content(title="Lunch")


def test_a_content_has_the_shape_of_its_kind() -> None:
    assert shape_of(LUNCH) is EVENT
    assert shape_of(a_contact_content()) is CONTACT
    assert (EVENT.title(LUNCH), CONTACT.title(a_contact_content())) == ("Lunch", "Ada Byron")


def test_two_who_tag_an_event_at_once_lose_no_tag() -> None:
    base = replace(LUNCH, tags=("Sea", "Harbour"))
    team, remote = replace(base, tags=("Harbour", "Quay")), replace(base, tags=("sea", "Ship"))
    merged = merge(team, remote, Base(base, base))
    assert set(merged.content.tags) == {"Ship", "Quay"}
    assert merged.clashes == ()


def test_a_meeting_has_the_tags_that_outlook_says() -> None:
    team, remote = replace(LUNCH, tags=("Quay",)), replace(LUNCH, tags=("Ship",))
    assert merge(team, remote, Base(LUNCH, LUNCH), read_only=True).content.tags == ("Ship",)


def test_without_a_common_past_all_tags_stay() -> None:
    team, remote = replace(LUNCH, tags=("Quay",)), replace(LUNCH, tags=("Ship",))
    assert set(merge(team, remote, None).content.tags) == {"Ship", "Quay"}
