"""How many requests a sync needs, counted by the benchmark itself."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from bench.sync.office import running
from bench.sync.rows import Row, rows_of, told_by

pytestmark = pytest.mark.slow

EVENTS = 120


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Row]:
    folder = tmp_path_factory.mktemp("office")
    with running(folder, people=3, events=EVENTS):
        return rows_of("ours", str(folder), str(EVENTS))


def asked(row: Row) -> int:
    return sum(row.requests.values())


def test_a_create_is_one_request(ours: Mapping[str, Row]) -> None:
    assert asked(ours["out: first sync"]) <= 1.05 * EVENTS


def test_a_change_is_a_look_and_a_write(ours: Mapping[str, Row]) -> None:
    row = ours["out: 100 changed"]
    assert asked(row) <= 2.05 * row.items


def test_what_comes_in_comes_by_fifties(ours: Mapping[str, Row]) -> None:
    assert asked(ours["in: first sync"]) <= EVENTS / 50 + 1


@pytest.mark.parametrize("side", ["out", "in"])
def test_where_nothing_changed_one_question_is_asked(ours: Mapping[str, Row], side: str) -> None:
    assert ours[f"{side}: nothing changed"].requests == {"GET": 1}


def test_the_bare_loop_sends_as_many(tmp_path: Path) -> None:
    with running(tmp_path, people=3, events=EVENTS):
        bare = rows_of("bare", str(tmp_path), str(EVENTS))
    assert {name: asked(row) for name, row in bare.items()} == {
        "out: first sync": EVENTS,
        "out: 100 changed": 200,
        "in: first sync": 3,
    }


def test_a_crowd_gets_into_step(tmp_path: Path) -> None:
    with running(tmp_path, people=12, events=0):
        first, idle, inwards, outwards = told_by("crowd", str(tmp_path), "12", "6")
    assert first["items"] == idle["items"] == 12
    assert 0 < inwards["p50"] <= inwards["longest"]
    assert 0 < outwards["p50"] <= outwards["longest"]
