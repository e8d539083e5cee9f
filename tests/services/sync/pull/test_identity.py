"""An item is known again by what outlives its id, and nothing is guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from services.graph.remote_event import RemoteEvent
from services.model.accounts import RemoteId
from services.model.events import EventId
from services.model.pairs import Observation, Pair
from services.sync.pull.identity import KNOWN_FOR, gone, may_be_elsewhere, may_show_again, moved_to
from services.sync.pull.known_again import remembered
from services.sync.sides.expanded import occurrence_id
from services.sync.state.link_pass import READS_LAG
from tests._builders import an_event_content
from tests._fakes import NOON

LUNCH = an_event_content(title="Lunch")


def a_pair(id: str, *, ours: bool = False, transaction: str = "", uid: str = "") -> Pair:
    seen = Observation(change_key="k", content=LUNCH, transaction_id=transaction, uid=uid)
    known = EventId(f"e-{id}")
    return Pair(remote=RemoteId(id), team=known, agreed=LUNCH, echo=LUNCH, observed=seen, ours=ours)


def left(pair: Pair) -> Pair:
    """Its item is gone since a round before."""
    return gone(pair, NOON)


def ended(pair: Pair) -> Pair:
    """It is only remembered."""
    return remembered(left(pair))


def an_item(id: str, transaction: str = "", uid: str = "") -> RemoteEvent:
    return RemoteEvent(
        id=RemoteId(id), change_key="k", content=LUNCH, transaction_id=transaction, uid=uid
    )


def moves(pairs: Sequence[Pair], seen: Mapping[str, RemoteEvent | None]) -> dict[str, str]:
    by_id = {RemoteId(id): item for id, item in seen.items()}
    moved = moved_to({pair.remote: pair for pair in pairs}, by_id)
    return {str(id): str(pair.remote) for id, pair in moved.items()}


OURS = a_pair("old", ours=True, transaction="t", uid="u")
THEIRS = a_pair("old", uid="u")


@pytest.mark.parametrize(
    ("pairs", "seen", "found"),
    [
        ([OURS], {"old": None, "new": an_item("new", "t", "u")}, {"new": "old"}),
        ([OURS], {"old": None, "copy": an_item("copy", "", "u")}, {}),
        ([OURS], {"old": an_item("old", "t"), "new": an_item("new", "t")}, {}),
        ([THEIRS], {"old": None, "new": an_item("new", uid="u")}, {"new": "old"}),
        ([THEIRS], {"old": None, "a": an_item("a", uid="u"), "b": an_item("b", uid="u")}, {}),
        (
            [THEIRS, a_pair("other", uid="u")],
            {"old": None, "other": None, "a": an_item("a", uid="u")},
            {},
        ),
        ([a_pair("old")], {"old": None, "new": an_item("new")}, {}),
        ([left(OURS)], {"new": an_item("new", "t", "u")}, {"new": "old"}),
        ([left(THEIRS)], {"new": an_item("new", uid="u")}, {"new": "old"}),
        ([left(THEIRS)], {"old": an_item("old", uid="u"), "new": an_item("new", uid="u")}, {}),
        ([left(a_pair("old"))], {"new": an_item("new")}, {}),
        ([ended(OURS)], {"new": an_item("new", "t", "u")}, {"new": "old"}),
        ([ended(THEIRS)], {"new": an_item("new", uid="u")}, {"new": "old"}),
        ([ended(THEIRS), a_pair("copy", uid="u")], {"new": an_item("new", uid="u")}, {}),
        (
            [ended(THEIRS), a_pair("copy", uid="u")],
            {"copy": None, "new": an_item("new", uid="u")},
            {"new": "copy"},
        ),
        (
            [ended(THEIRS), a_pair("a", uid="u"), a_pair("b", uid="u")],
            {"a": None, "b": None, "new": an_item("new", uid="u")},
            {},
        ),
    ],
    ids=[
        *("ours", "a copy of ours", "still there", "theirs", "two new", "two gone", "nameless"),
        *("ours, gone before", "theirs, gone before", "there again", "nameless, gone before"),
        *("ours, remembered", "theirs, remembered", "another has its name"),
        *("another is gone just now", "two others are gone just now"),
    ],
)
def test_what_is_gone_and_what_is_new_are_one_if_one_name_says_so(
    pairs: Sequence[Pair], seen: Mapping[str, RemoteEvent | None], found: dict[str, str]
) -> None:
    assert moves(pairs, seen) == found


def test_what_is_gone_may_show_elsewhere_for_two_minutes() -> None:
    assert may_be_elsewhere(left(THEIRS), NOON)
    assert not may_be_elsewhere(left(THEIRS), NOON + READS_LAG)
    assert not may_be_elsewhere(THEIRS, NOON) and not may_be_elsewhere(left(a_pair("x")), NOON)
    assert gone(left(THEIRS), NOON + READS_LAG) == left(THEIRS), "since the first look"


def test_what_has_ended_is_known_for_a_week_unless_it_was_one_date_of_a_series() -> None:
    later = NOON + KNOWN_FOR
    for pair in (left(THEIRS), left(a_pair("nameless"))):
        assert may_show_again(pair, later - READS_LAG) and not may_show_again(pair, later)
    part = replace(left(THEIRS), team=occurrence_id(EventId("walks"), NOON.date()))
    assert not may_show_again(part, NOON) and not may_show_again(THEIRS, NOON)
    assert not may_show_again(replace(left(THEIRS), team=None), NOON)
