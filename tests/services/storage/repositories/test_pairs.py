"""A pair comes back as it was, however little of it was written."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from services.model.accounts import RemoteId
from services.model.events import EventContent, EventId
from services.model.pairs import Observation, Pair
from services.storage.codec import encode
from services.storage.repositories.pairs import pair_body, read_pair
from services.storage.sealed import Opened
from tests._builders import an_event_content

LUNCH = an_event_content(title="Lunch", text="Bring a hat")
DINNER = an_event_content(title="Dinner")


def a_pair(**given: Any) -> Pair:
    seen = Observation(change_key="k", content=LUNCH)
    known: dict[str, Any] = {"remote": RemoteId("r"), "team": EventId("e"), "observed": seen}
    return Pair(**known | {"agreed": LUNCH, "echo": LUNCH} | given)


def read(body: bytes) -> Pair:
    return read_pair(Opened("pair", "r", body, 7, '"7"'))


@pytest.mark.parametrize("agreed", [None, LUNCH, DINNER])
@pytest.mark.parametrize("echo", [None, LUNCH, DINNER])
@pytest.mark.parametrize("is_seen", [False, True])
def test_a_pair_comes_back_as_it_was(
    agreed: EventContent | None, echo: EventContent | None, *, is_seen: bool
) -> None:
    pair = a_pair(agreed=agreed, echo=echo, **({} if is_seen else {"observed": None}))
    again = read(pair_body(pair))
    assert replace(again, etag="") == pair
    assert again.etag


def test_what_it_says_three_times_is_written_once() -> None:
    assert pair_body(a_pair()).count(b"Bring a hat") == 1


def test_what_was_kept_whole_is_read_as_well() -> None:
    assert replace(read(encode(a_pair())), etag="") == a_pair()
