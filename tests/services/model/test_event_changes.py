"""What somebody has changed about an event, version beside version."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from services.model.books import BookId
from services.model.deeds import Deed
from services.model.event_changes import changes_of
from services.model.events import EventId, Whereabouts
from services.model.settings import Color
from tests._builders import an_author, an_event, an_event_content

MADE = an_event(title="Review", created_by=an_author("mara"))
LATER = datetime(2026, 11, 20, 9, tzinfo=UTC)
MOVED = replace(
    MADE,
    content=an_event_content(title="Retro", color=Color.RED),
    updated_by=an_author("ines"),
    updated_at=LATER,
)
GONE = replace(MOVED, deleted_at=LATER, updated_at=LATER + timedelta(hours=1))
BACK = replace(GONE, deleted_at=None, updated_at=LATER + timedelta(hours=2))


def test_each_version_is_told_beside_the_one_before() -> None:
    back, gone, changed, made = changes_of([MADE, MOVED, GONE, BACK])
    assert (made.deed, made.by, made.fields) == (Deed.CREATED, MADE.created_by, ())
    assert (changed.deed, changed.by) == (Deed.CHANGED, an_author("ines"))
    assert changed.fields == ("title", "color") and changed.at == LATER
    assert changed.before == MADE.content and changed.after == MOVED.content
    assert (gone.deed, back.deed) == (Deed.DELETED, Deed.RESTORED) and gone.fields == ()


def test_a_move_to_another_calendar_is_called_so_on_both_sides() -> None:
    there = Whereabouts(BookId("travel"), EventId("e2"))
    away = replace(GONE, went_to=there)
    assert [each.deed for each in changes_of([MADE, away])] == [Deed.MOVED, Deed.CREATED]
    here = replace(MOVED, came_from=there)
    assert changes_of([MADE, here])[0].deed is Deed.MOVED
    assert changes_of([here])[0].deed is Deed.MOVED, "what was before is no longer kept"


def test_what_is_no_longer_known_is_a_change_without_a_before() -> None:
    changed, made = changes_of([MOVED])
    assert changed.before is None and changed.by == an_author("ines")
    assert made.by == MADE.created_by and made.at == MADE.created_at
