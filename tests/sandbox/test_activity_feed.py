"""The activity feed of the sandbox refuses what Teams refuses."""

from __future__ import annotations

from typing import Any

import pytest
from aiohttp import ClientSession

from sandbox.entra.directory import Registration
from sandbox.people import PEOPLE
from sandbox.server import Sandbox
from tests.sandbox._caller import Caller

MARA = PEOPLE[0]
APP = Registration("app-1", "a secret", frozenset(), activities={"news": "{actor} says {line}"})
GOOD: dict[str, Any] = {
    "topic": {"source": "text", "value": "Calendar", "webUrl": "https://teams.microsoft.com/l/x"},
    "activityType": "news",
    "chainId": 7,
    "previewText": {"content": "Lunch"},
    "templateParameters": [{"name": "line", "value": "hello"}],
}
PATH = f"/users/{MARA.object_id}/teamwork/sendActivityNotification"


@pytest.fixture
def app(sandbox: Sandbox, session: ClientSession) -> Caller:
    """Graph as an application sees it that Mara has installed."""
    sandbox.register(APP)
    sandbox.directory.tellers.allow(APP.client_id, MARA)
    return Caller(session, sandbox.graph_url, sandbox.directory.tellers.issue_token(APP.client_id))


async def test_an_entry_takes_the_place_of_another_of_its_chain(
    app: Caller, sandbox: Sandbox
) -> None:
    for preview in ("Lunch", "Dinner"):
        answer = await app("POST", PATH, json=GOOD | {"previewText": {"content": preview}})
        assert answer.status == 204
    await app("POST", PATH, json=GOOD | {"chainId": 8})
    told = sandbox.office.feeds.of(MARA)
    assert [each.preview for each in told] == ["Dinner", "Lunch"]
    assert told[0].title == "{actor} says hello"


@pytest.mark.parametrize(
    "wrong",
    [
        {"activityType": "gossip"},
        {"activityType": ""},
        {"topic": None},
        {"topic": {"source": "text", "value": "x", "webUrl": "https://evil.example/"}},
        {"topic": {"source": "text", "value": "x"}},
        {"topic": {"source": "text", "value": "x", "webUrl": GOOD["topic"]["webUrl"] * 60}},
        {"topic": {"source": "entityUrl", "value": "https://graph.microsoft.com/v1.0/me"}},
        {"topic": {"source": "elsewhere", "value": "x"}},
        {"templateParameters": []},
        {"templateParameters": [{"name": "other", "value": "x"}]},
        {"templateParameters": [{"value": "x"}]},
        {"chainId": "7"},
        {"chainId": 2**63},
        {"previewText": {}},
        {"recipient": "x"},
    ],
)
async def test_what_teams_would_not_take_is_refused(
    app: Caller, sandbox: Sandbox, wrong: dict[str, Any]
) -> None:
    assert (await app("POST", PATH, json=GOOD | wrong)).status == 400
    assert sandbox.office.feeds.of(MARA) == ()


async def test_nobody_is_told_anything_without_their_consent(
    app: Caller, graph: Caller, sandbox: Sandbox
) -> None:
    other = f"/users/{PEOPLE[1].object_id}/teamwork/sendActivityNotification"
    assert (await app("POST", other, json=GOOD)).status == 403
    assert (await graph("POST", PATH, json=GOOD)).status == 403, "a person is no application"
    assert (await app("GET", f"/users/{MARA.object_id}/calendars")).status == 403
    sandbox.directory.tellers.forbid(APP.client_id, MARA)
    assert (await app("POST", PATH, json=GOOD)).status == 403
