"""Whatever is sent as an event is either an event or refused: never an accident."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sandbox.graph.event_body import read_event
from sandbox.items import PLAIN_DEFAULTS
from sandbox.mailbox import Mailbox
from sandbox.people import PEOPLE
from sandbox.refusal import Refusal
from tests._fakes import FrozenClock
from tests.sandbox._caller import event_body

leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
leaves |= st.sampled_from(["html", "text", "2026-11-20", "2026-11-20T00:00:00", "UTC", "daily"])
names = st.sampled_from(
    [
        *PLAIN_DEFAULTS, "start", "end", "isAllDay", "location", "recurrence", "transactionId",
        "singleValueExtendedProperties", "contentType", "content", "dateTime", "timeZone",
        "displayName", "emailAddress", "address", "pattern", "range", "type", "interval",
        "daysOfWeek", "startDate", "endDate", "numberOfOccurrences", "id", "value",
    ]
)  # fmt: skip
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(names, inner, max_size=4),
    max_leaves=12,
)
WINDOW = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)


@given(change=st.dictionaries(names, values, max_size=4))
def test_any_event_is_taken_or_refused(change: dict[str, Any]) -> None:
    box = Mailbox(PEOPLE[0], FrozenClock())
    with suppress(Refusal):
        draft = read_event({**event_body(), **change})
        item = box.add(draft.content, tags=draft.tags)
        again = read_event(change, draft.content)
        box.edit(box.get(box.id_of(item)), again.content)
        box.between(box.default_calendar.id, *WINDOW)


@given(
    at=st.datetimes(),
    end=st.datetimes(),
    zone=st.sampled_from(["UTC", "Tokyo Standard Time", "Europe/Berlin", "Samoa Standard Time"]),
    whole=st.booleans(),
)
def test_any_time_is_taken_or_refused(at: datetime, end: datetime, zone: str, whole: bool) -> None:
    box = Mailbox(PEOPLE[0], FrozenClock())
    body = event_body(
        start={"dateTime": at.isoformat(), "timeZone": zone},
        end={"dateTime": end.isoformat(), "timeZone": zone},
        isAllDay=whole,
    )
    with suppress(Refusal):
        box.add(read_event(body).content)
        box.between(box.default_calendar.id, *WINDOW)
