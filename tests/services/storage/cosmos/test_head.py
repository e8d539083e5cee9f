from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.storage.cosmos.head import NO_HEAD, Grave, PartitionHead
from services.storage.cosmos.items import stamp
from tests._fakes import NOON

DAY = timedelta(days=1)


def after(
    head: PartitionHead, *buried: Grave, mark: str = "m", now: datetime = NOON
) -> PartitionHead:
    return head.after(mark, buried, 0, now)


def test_a_commit_is_known_by_its_mark_for_a_while() -> None:
    head = NO_HEAD
    for number in range(1, 51):
        head = after(head, mark=str(number))
    assert head.revision_of("50") == 50
    assert head.revision_of("19") == 19
    assert (head.revision_of("18"), head.revision_of("never")) == (None, None)
    assert head.remembers(19) and not head.remembers(18)


def test_the_marks_of_another_time_are_forgotten_when_a_partition_is_restored() -> None:
    head = after(NO_HEAD, mark="mine")
    assert head.restored(1, 0, [], NOON).revision_of("mine") == 1
    assert head.restored(9, 0, [], NOON).revision_of("mine") is None
    assert after(head.restored(9, 0, [], NOON), mark="next").revision_of("next") == 10


@given(
    st.lists(st.tuples(st.integers(0, 90), st.integers(0, 40)), max_size=120),
    st.integers(0, 200),
)
def test_the_horizon_never_comes_late_however_many_are_buried(
    burials: list[tuple[int, int]], then: int
) -> None:
    """Each burial: hours since the one before, and days that the tombstone lasts."""
    head, now = NO_HEAD, NOON
    ends: list[tuple[datetime, int]] = []
    for hours, days in burials:
        now += timedelta(hours=hours)
        ends.append((now + days * DAY, head.revision + 1))
        head = after(head, Grave(stamp(ends[-1][0]), head.revision + 1), now=now)
        assert len(head.graves) <= 20
    now += timedelta(hours=then)
    expired = [revision for end, revision in ends if end <= now]
    assert max(expired, default=0) <= head.horizon(now) <= head.revision
    if len(burials) <= 20:
        assert head.horizon(now) == max(expired, default=0)


def test_a_head_comes_back_as_it_was_stored() -> None:
    head = after(NO_HEAD, Grave(stamp(NOON + DAY), 1))
    assert PartitionHead.of(head.item("p") | {"_etag": ""}) == head
