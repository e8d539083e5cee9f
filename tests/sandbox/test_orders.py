from __future__ import annotations

import math

import pytest

from sandbox.faults import Fault, Faults
from sandbox.mishaps import MISHAPS
from sandbox.orders import TROUBLES, BadOrder, read_order, read_orders


def test_a_line_says_when_where_what_and_how_often() -> None:
    fault = read_order("POST */events -> 503 times=3 skip=1 when=after person=mara code=Busy")
    assert (fault.method, fault.path, fault.status) == ("POST", "*/events", 503)
    assert (fault.times, fault.skip, fault.after_effect) == (3, 1, True)
    assert (fault.person, fault.code) == ("mara", "Busy")


def test_stars_mean_any_and_always_has_no_end() -> None:
    fault = read_order('* * -> throttle times=always retry-after="Wed, 18 Nov 2026 12:00:05 GMT"')
    assert (fault.method, fault.path, fault.times) == ("", "", math.inf)
    assert fault.retry_after == "Wed, 18 Nov 2026 12:00:05 GMT"


def test_every_named_trouble_can_be_ordered() -> None:
    for name in TROUBLES:
        method = "NOTICE" if name in ("lost", "doubled", "late") else "GET"
        assert read_order(f"{method} * -> {name}") == Fault(
            **{each: getattr(TROUBLES[name], each) for each in _FIELDS} | {"method": method}
        )
    for name in MISHAPS:
        assert read_order(f"NOW mara -> {name}").mishap == name


_FIELDS = Fault.__slots__


def test_an_order_changes_nothing_for_the_next_one() -> None:
    faults = Faults()
    faults.order(read_order("GET * -> conflict times=2"))
    assert faults.take("GET", "/me") is not None
    assert TROUBLES["conflict"].times == 1


def test_lines_may_be_empty_or_comments() -> None:
    assert [each.status for each in read_orders("\n# none\nGET * -> 500 # one\n  \n")] == [500]


@pytest.mark.parametrize(
    "line",
    [
        "GET */me",
        "GET */me 503",
        "FETCH */me -> 503",
        "GET */me -> 200",
        "GET */me -> 999",
        "GET */me -> tea",
        "GET */me -> 503 often=2",
        "GET */me -> 503 times=two",
        "GET */me -> 503 when=later",
        "GET */me -> lost",
        "NOTICE * -> 503",
        "NOW mara -> 503",
        "GET '*/me -> 503",
    ],
)
def test_what_cannot_be_done_is_refused_with_a_sentence(line: str) -> None:
    with pytest.raises(BadOrder) as refused:
        read_order(line)
    assert len(str(refused.value)) > 10


def test_only_the_calls_that_match_suffer() -> None:
    faults = Faults()
    faults.order(read_order("PATCH */events/* -> 412 skip=1 person=mara"))
    assert faults.take("GET", "/v1.0/me/events/1", "mara") is None
    assert faults.take("PATCH", "/v1.0/me/events", "mara") is None
    assert faults.take("PATCH", "/v1.0/me/events/1", "ines") is None
    assert faults.take("PATCH", "/v1.0/me/events/1", "mara") is None
    assert not faults.is_quiet
    assert faults.take("PATCH", "/v1.0/me/events/1", "mara") is not None
    assert faults.is_quiet
