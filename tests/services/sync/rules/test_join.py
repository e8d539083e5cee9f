from __future__ import annotations

from dataclasses import replace

from services.model.accounts import RemoteId
from services.model.events import EventContent, EventId, SeriesException
from services.model.pairs import Observation, Pair
from services.model.recurrence import Pattern, Rule
from services.sync.rules.join import join, join_by_uid
from services.sync.sides.team import TeamItem, item_of
from tests._builders import an_event, an_event_content, timed


def seen(remote: str, content: EventContent) -> Pair:
    observed = Observation(change_key="k", content=content)
    return Pair(remote=RemoteId(remote), team=None, agreed=None, observed=observed)


def an_item(id: str = "1", text: str = "") -> TeamItem[EventContent]:
    return item_of(an_event(id=EventId(id), content=an_event_content(text=text)))


def test_items_of_one_title_and_time_are_one() -> None:
    event = an_item(text="Bring a hat")
    pair = seen("r", an_event_content(place="Quay 3"))
    assert join([pair], [event]) == {"r": event}


def test_another_time_or_title_is_another_event() -> None:
    later = seen("r", an_event_content(when=timed("2026-11-20T13:00")))
    renamed = seen("s", an_event_content(title="Dinner"))
    assert join([later, renamed], [an_item()]) == {}


def test_each_item_is_used_once() -> None:
    first, second = an_item("1"), an_item("2")
    pairs = [seen(remote, an_event_content()) for remote in ("c", "a", "b")]
    assert join(pairs, [second, first]) == {"a": first, "b": second}


def test_an_item_that_is_gone_is_nobodys() -> None:
    gone = Pair(remote=RemoteId("r"), team=None, agreed=None, observed=None)
    assert join([gone], [an_item()]) == {}


def from_file(uid: str, id: str = "1") -> TeamItem[EventContent]:
    event = an_event(id=EventId(id), content=an_event_content(title="As filed"))
    return item_of(replace(event, uid=uid))


def named(remote: str, uid: str) -> Pair:
    pair = seen(remote, an_event_content())
    assert pair.observed
    return replace(pair, observed=replace(pair.observed, uid=uid))


def test_what_came_from_a_file_is_known_by_its_uid_whatever_it_says_now() -> None:
    event = from_file("a@elsewhere")
    pairs = [named("s", "b@elsewhere"), named("r", "a@elsewhere"), seen("t", an_event_content())]
    assert join_by_uid(pairs, [an_item("2"), event]) == {"r": event}


def test_each_uid_is_used_once() -> None:
    first, second = from_file("a", "1"), from_file("a", "2")
    assert join_by_uid([named("s", "a"), named("r", "a")], [second, first]) == {"r": first}


def test_exchange_wraps_the_uid_of_another_program() -> None:
    event = from_file("a@elsewhere")
    head = "040000008200E00074C5B7101A82E008" + "00" * 20 + "2A000000"
    wrapped = head + (b"vCal-Uid\1\0\0\0" + b"a@elsewhere\0").hex().upper()
    assert join_by_uid([named("r", wrapped)], [event]) == {"r": event}
    assert join_by_uid([named("r", wrapped + "0C")], [event]) == {}
    assert join_by_uid([named("r", wrapped + "?")], [event]) == {}


def test_a_series_is_the_same_series_with_other_dates_moved() -> None:
    daily = Rule(pattern=Pattern.DAILY)
    moved = SeriesException(timed("2026-11-21T12:30").start, None)
    event = item_of(an_event(content=an_event_content(rule=daily, exceptions=(moved,))))
    pair = seen("r", an_event_content(rule=daily))
    assert join([pair], [event]) == {"r": event}
    assert join([seen("r", an_event_content(rule=replace(daily, interval=2)))], [event]) == {}
