"""An item is known again by what outlives its id, and nothing is guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from services.graph.remote_event import RemoteEvent
from services.model.accounts import RemoteId
from services.model.events import EventId
from services.model.pairs import Observation, Pair
from services.sync.pull.identity import gone, may_be_elsewhere, moved_to
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
    ],
    ids=[
        *("ours", "a copy of ours", "still there", "theirs", "two new", "two gone", "nameless"),
        *("ours, gone before", "theirs, gone before", "there again", "nameless, gone before"),
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
