"""Whatever one value of a good activity is replaced by, nobody ever sees a 500."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests._teams import FakeTeams
from tests.bot._wired import Save, Wired

ODD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8"), max_size=20)
    | st.sampled_from(["", "\u202e", "<at>", "&#0;", "../..", "x" * 5000]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
VALUES: dict[str, dict[str, Any]] = {
    "adaptiveCard/action": {
        "action": {"type": "Action.Execute", "verb": Save.verb, "data": {"id": "7"}},
        "trigger": "manual",
    },
    "task/fetch": {"data": {"verb": Save.verb, "id": "7"}, "context": {"theme": "default"}},
    "composeExtension/query": {
        "commandId": "searchThings",
        "parameters": [{"name": "text", "value": "x"}],
        "queryOptions": {"skip": 0, "count": 25},
    },
    "composeExtension/fetchTask": {
        "commandId": "newThing",
        "commandContext": "message",
        "messagePayload": {
            "body": {"contentType": "html", "content": "x"},
            "from": {"user": {"displayName": "Otto"}},
        },
    },
}


def activities(teams: FakeTeams) -> list[dict[str, Any]]:
    ines = teams.person("Ines")
    channel = teams.channel("General", [ines])
    mention = {"type": "mention", "text": "<at>A</at>", "mentioned": {"id": teams.bot_id}}
    said = teams.activity("message", ines, channel, text="<at>A</at> hello")
    said["entities"].append(mention)
    came = [{"id": "29:x", "aadObjectId": "x"}]
    return [
        said,
        teams.activity("message", ines, channel, value={"verb": Save.verb, "id": "7"}),
        teams.activity("installationUpdate", ines, channel, action="add"),
        teams.activity("conversationUpdate", ines, channel, membersAdded=came, topicName="x"),
        teams.activity("conversationUpdate", ines, channel, membersRemoved=came),
        *[
            teams.activity("invoke", ines, channel, name=name, value=copy.deepcopy(value))
            for name, value in VALUES.items()
        ],
    ]


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a JSON value at which something else could stand."""
    if path:
        yield path
    inner: Any = ()
    if isinstance(value, dict):
        inner = value.items()
    elif isinstance(value, list):
        inner = enumerate(value)
    for key, one in inner:
        yield from places(one, (*path, key))


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data())
async def test_no_value_in_any_place_makes_a_500(wired: Wired, data: st.DataObject) -> None:
    teams = wired.teams
    activity = data.draw(st.sampled_from(activities(teams)))
    path = data.draw(st.sampled_from(list(places(activity))))
    target = activity
    for key in path[:-1]:
        target = target[key]
    target[path[-1]] = data.draw(ODD)
    token = teams.signer.token(teams.service_url)
    raw = json.dumps(activity).encode()
    status, _ = await teams.post(raw=raw, token=token)
    assert status in (200, 201, 400, 401, 501), (status, path)
