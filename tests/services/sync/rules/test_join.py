from __future__ import annotations

from services.model.accounts import RemoteId
from services.model.events import EventContent, EventId
from services.model.pairs import Observation, Pair
from services.sync.rules.join import join
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
