"""Who makes way for whom is told by what outlives an id, and nothing is guessed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.model.accounts import RemoteId
from services.model.errors import ReadOnlyReason
from services.model.events import EventId, Mirror
from services.model.pairs import Intent, Observation, Pair
from services.sync.pull.identity import KNOWN_FOR, gone
from services.sync.pull.replacements import Returned, former_of, returned
from services.sync.sides.expanded import occurrence_id
from tests._builders import an_event_content
from tests._fakes import NOON

LUNCH = an_event_content(title="Lunch")
DAY = date(2026, 11, 20)
HOUR = timedelta(hours=1)


def a_pair(id: str, *, ours: bool = False, transaction: str = "", uid: str = "") -> Pair:
    seen = Observation(change_key="k", content=LUNCH, transaction_id=transaction, uid=uid)
    known = EventId(f"e-{id}")
    return Pair(remote=RemoteId(id), team=known, agreed=LUNCH, echo=LUNCH, observed=seen, ours=ours)


def in_place_of(pair: Pair) -> Pair:
    """What was made when its item was gone."""
    former = former_of(gone(pair, NOON))
    return replace(a_pair("new", ours=True, transaction="t2", uid="u2"), former=former)


def shown(id: str, transaction: str = "", uid: str = "") -> Pair:
    """What a round shows, and nobody has tied yet."""
    return replace(a_pair(id, transaction=transaction, uid=uid), team=None, agreed=None, echo=None)


def a_meeting(pair: Pair) -> Pair:
    assert pair.observed is not None
    mirror = Mirror(ReadOnlyReason.HAS_ATTENDEES)
    return replace(pair, observed=replace(pair.observed, mirror=mirror))


OURS = in_place_of(a_pair("old", ours=True, transaction="t", uid="u"))
THEIRS = in_place_of(a_pair("old", uid="u"))
NAMELESS = in_place_of(a_pair("old"))


@pytest.mark.parametrize(
    ("pairs", "found"),
    [
        ([OURS, shown("back", "t", "u")], {"new": "back"}),
        ([OURS, shown("copy", "", "u")], {}),
        ([OURS, shown("x", "t3", "u3")], {}),
        ([THEIRS, shown("back", "", "u")], {"new": "back"}),
        ([THEIRS, shown("a", "", "u"), shown("b", "", "u")], {}),
        ([THEIRS, shown("a", "", "u"), a_pair("b", uid="u")], {}),
        ([THEIRS, a_pair("tied", uid="u")], {}),
        ([NAMELESS, shown("x")], {}),
        ([NAMELESS, shown("old")], {"new": "old"}),
        ([a_meeting(OURS), shown("back", "t", "u")], {"new": "back"}),
        ([a_meeting(THEIRS), shown("back", "", "u")], {}),
        ([a_pair("new", ours=True, transaction="t2"), shown("back", "t", "u")], {}),
    ],
    ids=[
        *("ours", "a copy of ours", "another", "theirs", "two of theirs", "one was there before"),
        *("somebody's already", "nameless", "by its own id", "ours, and a meeting by now"),
        *("theirs, and a meeting by now", "in nobody's place"),
    ],
)
def test_what_shows_after_all_is_known_if_one_name_says_so(
    pairs: Sequence[Pair], found: dict[str, str]
) -> None:
    told = returned(pairs)
    names = {
        (a.replacement.remote, a.shown.remote) for a in told if isinstance(a.replacement, Pair)
    }
    assert names == {*found.items()}


def test_a_create_that_has_not_ended_stands_in_as_well() -> None:
    begun = Intent(
        team=EventId("e-old"),
        transaction_id="t2",
        tag="tag",
        payload=b"{}",
        content=LUNCH,
        team_revision=1,
        former=OURS.former,
    )
    back = shown("back", "t", "u")
    assert OURS.former is not None
    assert returned([back], [begun]) == [Returned(begun, OURS.former, back)]
    assert former_of(begun) == OURS.former


def test_what_was_never_gone_or_is_one_date_of_a_series_has_no_former() -> None:
    lunch = a_pair("old", uid="u")
    assert former_of(lunch) is None
    part = replace(lunch, team=occurrence_id(EventId("walks"), DAY))
    assert former_of(gone(part, NOON)) is None
    known = former_of(gone(lunch, NOON))
    assert known is not None and known.origin == known.remote == lunch.remote
    moved = replace(lunch, origin=RemoteId("first"))
    again = former_of(gone(moved, NOON))
    assert again is not None and (again.origin, again.remote) == ("first", "old")


def test_each_replacement_knows_of_those_before_it() -> None:
    """And of several that show at once, the newest comes first: it gives way in its turn."""
    first = OURS.former
    second = former_of(gone(OURS, NOON + HOUR))
    third = former_of(gone(replace(a_pair("third", uid="u3"), former=second), NOON + 2 * HOUR))
    assert first and second and third
    assert third.older == (replace(second, older=()), first)
    assert third.previous == second and second.previous == first and first.previous is None
    replacement = replace(a_pair("fourth", ours=True, transaction="t4"), former=third)
    for back, former in ((shown("a", "t", "u"), first), (shown("b", "t2", "u2"), second)):
        (found,) = returned([replacement, back])
        assert replace(found.former, older=()) == replace(former, older=())
    both = returned([replacement, shown("a", "t", "u"), shown("b", "t2", "u2")])
    assert [each.shown.remote for each in both] == ["b", "a"]
    late = former_of(gone(OURS, NOON + KNOWN_FOR))
    assert late and late.older == (), "what is forgotten by then"
