"""The same tour at the sandbox and, when there are settings for it, at the real Graph.

``ALMANAC_GRAPH_TOKEN`` is an access token with Calendars.ReadWrite, Contacts.ReadWrite, User.Read
and MailboxSettings.Read of an account that may be written to; ``ALMANAC_GRAPH_URL`` is another
address than ``https://graph.microsoft.com/v1.0``. The test prints where shapes differ.
"""

from __future__ import annotations

import asyncio
import os
import sys
from typing import Any

import pytest

from sandbox.people import PEOPLE
from sandbox.server import Sandbox
from tests._fakes import FrozenClock
from tests.sandbox._caller import CLIENT, Caller
from tests.sandbox._tour import Tour, differences, shape_of


async def test_the_tour_goes_well_at_the_sandbox_and_leaves_nothing_behind(graph: Caller) -> None:
    shapes = await Tour(graph).go()
    statuses = {step: shape["status"] for step, shape in shapes.items()}
    refused = {step: status for step, status in statuses.items() if status >= 400}
    assert refused == {
        "an option that is none": 400,
        "a segment that is none": 400,
        "an id that is none": 404,
        "a zone that is none": 400,
        "a property that is none": 400,
        "a photo that is none": 404,
        "take its photo away": 405,
        "a fourth address": 400,
        "delete it again": 404,
        "a token that is none": 410,
    }
    assert len((await graph("GET", "/me/calendars")).json["value"]) == 1
    assert (await graph("GET", "/me/contactFolders")).json["value"] == []
    assert list(differences(shapes, await Tour(graph).go())) == []


async def test_the_sandbox_has_the_shapes_of_the_real_graph(
    graph: Caller, real_graph: Caller
) -> None:
    ours, theirs = await Tour(graph).go(), await Tour(real_graph).go()
    found = list(differences(ours, theirs))
    assert not found, "\n".join(["the sandbox differs from the real Graph:", *found])


async def compared_with(other: Sandbox) -> tuple[int, str]:
    """Run the comparison as somebody with settings would; return its exit code and its words."""
    settings = {
        "ALMANAC_GRAPH_TOKEN": other.token_for(PEOPLE[1]),
        "ALMANAC_GRAPH_URL": other.graph_url,
    }
    test = f"{__file__}::{test_the_sandbox_has_the_shapes_of_the_real_graph.__name__}"
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", test),
        env=os.environ | settings,  # noqa: TID251  (as the fixture reads them)
        stdout=asyncio.subprocess.PIPE,
    )
    told, _ = await process.communicate()
    return process.returncode or 0, told.decode()


@pytest.mark.slow
async def test_settings_point_the_comparison_at_any_graph_and_it_says_what_differs() -> None:
    """A second sandbox plays the real Graph, for a process that knows its address and token."""
    other = Sandbox(FrozenClock(), [CLIENT])
    await other.start(port=0)
    try:
        code, told = await compared_with(other)
        assert (code, "1 passed" in told) == (0, True), told
        assert len(other.mailbox(PEOPLE[1]).calendars) == 1  # it has tidied up
        other.order("GET /me/mailboxSettings -> 403 code=ErrorAccessDenied")
        code, told = await compared_with(other)
        assert code == 1
        assert "the sandbox differs from the real Graph:" in told
        assert "mailbox settings.status: 200 in the sandbox, 403 there" in told
    finally:
        await other.stop()


@pytest.mark.parametrize(
    ("theirs", "difference"),
    [
        ({"a": 1}, None),
        ({"a": None}, None),
        ({"a": "x"}, ".a: int in the sandbox, str there"),
        ({}, ".a: only the sandbox has it"),
        ({"a": 1, "b": 1}, ".b: the sandbox lacks it"),
    ],
)
def test_differences_are_named(theirs: Any, difference: str | None) -> None:
    found = list(differences(shape_of({"a": 2}), shape_of(theirs)))
    assert found == ([difference] if difference else [])


def test_all_entries_of_a_list_have_one_shape_together() -> None:
    one = shape_of({"value": [{"a": 1}, {"b": None}, {"b": "x"}]})
    assert one == {"value": [{"a": "int", "b": "str"}]}
    assert list(differences(one, shape_of({"value": []}))) == []
    assert list(differences(one, shape_of({"value": [{"a": 1, "b": 2}]}))) == [
        ".value[].b: str in the sandbox, int there"
    ]
