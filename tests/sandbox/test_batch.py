from __future__ import annotations

from base64 import b64decode
from typing import Any

import pytest

from sandbox.people import PEOPLE
from sandbox.server import Sandbox
from tests.sandbox._caller import Answer, Caller, event_body

JSON = {"Content-Type": "application/json"}


def part(number: int, **more: Any) -> dict[str, Any]:
    return {"id": str(number), "method": "GET", "url": "/me/events", **more}


def write(number: int, **more: Any) -> dict[str, Any]:
    body = event_body(f"Event {number}")
    return part(number, method="POST", headers=JSON, body=body, **more)


async def batch(graph: Caller, *parts: dict[str, Any]) -> dict[str, dict[str, Any]]:
    answer = await graph("POST", "/$batch", {"requests": list(parts)})
    assert answer.status == 200, answer.json
    return {each["id"]: each for each in answer.json["responses"]}


def statuses(answers: dict[str, dict[str, Any]]) -> dict[str, int]:
    return {name: each["status"] for name, each in sorted(answers.items())}


async def test_each_part_has_its_own_answer(graph: Caller) -> None:
    answers = await batch(
        graph,
        write(1),
        part(2, url="/me/events/nonsense"),
        part(3, url="/me/photo/$value"),
    )
    assert statuses(answers) == {"1": 201, "2": 404, "3": 200}
    assert answers["1"]["body"]["subject"] == "Event 1"
    assert answers["1"]["headers"]["Location"].endswith("')")
    assert answers["2"]["body"]["error"]["code"] == "ErrorItemNotFound"
    assert b64decode(answers["3"]["body"]).startswith(b"\xff\xd8")
    made = answers["1"]["body"]["id"]
    gone = await batch(graph, part(1, method="delete", url=f"/me/events/{made}"))
    assert statuses(gone) == {"1": 204}
    assert "body" not in gone["1"]


async def test_answers_come_in_another_order(graph: Caller) -> None:
    sent = {"requests": [part(1), part(2)]}
    answer = await graph("POST", "/$batch", sent)
    assert [each["id"] for each in answer.json["responses"]] == ["2", "1"]


async def test_four_parts_of_a_mailbox_run_and_the_others_are_throttled(
    graph: Caller, sandbox: Sandbox
) -> None:
    answers = await batch(graph, *(write(number) for number in range(6)))
    assert sorted(statuses(answers).values()) == [201] * 4 + [429] * 2
    late = answers["5"]
    assert "MailboxConcurrency" in late["body"]["error"]["message"]
    assert late["headers"]["Retry-After"] == "1"
    assert sandbox.door.most_in_flight["mara"] <= 4


async def test_a_chain_runs_one_after_another(graph: Caller) -> None:
    links = [write(0), *(write(n, dependsOn=[str(n - 1)]) for n in range(1, 20))]
    answers = await batch(graph, *links)
    assert set(statuses(answers).values()) == {201}
    listed = (await graph("GET", "/me/events", _top="50")).json["value"]
    assert [each["subject"] for each in listed] == [f"Event {n}" for n in range(20)]


async def test_what_depends_on_a_failure_is_not_tried(graph: Caller) -> None:
    missing = part(1, url="/me/events/nonsense")
    chain = await batch(graph, missing, write(2, dependsOn=["1"]), write(3, dependsOn=["2"]))
    assert statuses(chain) == {"1": 404, "2": 424, "3": 424}
    fan = await batch(graph, missing, write(2, dependsOn=["1"]), write(4), part(5))
    assert statuses(fan) == {"1": 404, "2": 424, "4": 201, "5": 200}


async def test_those_that_wait_for_the_same_one_run_one_after_another(
    graph: Caller, sandbox: Sandbox
) -> None:
    answers = await batch(graph, part(0), *(write(n, dependsOn=["0"]) for n in range(1, 9)))
    assert set(statuses(answers).values()) == {200, 201}
    assert sandbox.door.most_in_flight["mara"] == 1


@pytest.mark.parametrize(
    "waits",
    [
        {1: ["0"], 2: ["0"], 3: ["2"]},
        {2: ["0"], 3: ["1"]},
        {1: ["0"], 3: ["2"]},
        {1: ["0"], 2: ["0", "1"]},
    ],
    ids=["a tree", "two roots", "a chain with a gap", "two at once"],
)
async def test_dependencies_have_one_of_three_forms(
    graph: Caller, sandbox: Sandbox, waits: dict[int, list[str]]
) -> None:
    """Nobody waits, each waits for the one before, or all that wait do so for the same one."""
    parts = [write(n, dependsOn=waits.get(n, [])) for n in range(4)]
    await refused(graph, {"requests": parts})
    box = sandbox.mailbox(PEOPLE[0])
    assert not box.items(box.default_calendar.id), "nothing of it was done"


async def test_a_part_has_no_header_of_the_batch_but_the_token(
    graph: Caller, sandbox: Sandbox
) -> None:
    """Who wants immutable ids, or a zone, says so in each part."""
    told = {"Prefer": 'IdType="ImmutableId"'}
    sent = {"requests": [part(1), part(2, headers=told)]}
    await graph("POST", "/$batch", sent, headers=told)
    inner = [call for call in sandbox.door.seen if call.path.endswith("/me/events")]
    assert sorted(call.immutable_ids for call in inner) == [False, True]


async def test_trouble_strikes_single_parts(graph: Caller, sandbox: Sandbox) -> None:
    sandbox.order("GET */me/calendars -> throttle\nPOST */events -> cut")
    answers = await batch(
        graph, part(1), part(2, url="/me/calendars"), part(3, url="/me", dependsOn=["2"])
    )
    assert statuses(answers) == {"1": 200, "2": 429, "3": 424}
    assert answers["2"]["headers"]["Retry-After"] == "2.128"
    assert statuses(await batch(graph, write(1))) == {"1": 502}


async def test_rights_are_those_of_the_batch(graph: Caller, sandbox: Sandbox) -> None:
    other = {**part(1), "headers": {"Authorization": "Bearer other", "Prefer": "x"}}
    assert statuses(await batch(graph, other)) == {"1": 200}
    stranger = Caller(graph.session, graph.base_url, "nonsense")
    assert (await stranger("POST", "/$batch", {"requests": [part(1)]})).status == 401


async def refused(graph: Caller, body: Any) -> Answer:
    answer = await graph("POST", "/$batch", body)
    assert (answer.status, answer.code) == (400, "BadRequest"), answer.json
    return answer


async def test_twenty_parts_and_no_more(graph: Caller) -> None:
    answer = await refused(graph, {"requests": [part(n) for n in range(21)]})
    assert "max value of 20" in answer.json["error"]["message"]


@pytest.mark.parametrize(
    "change",
    [
        {"id": None},
        {"id": 1},
        {"id": ""},
        {"method": "BREW"},
        {"method": None},
        {"url": None},
        {"url": "https://graph.microsoft.com/v1.0/me"},
        {"url": "//example.com"},
        {"url": "/$batch"},
        {"headers": "none"},
        {"headers": {"A": 1}},
        {"headers": {"A": "two\nlines"}},
        {"headers": {"A\r": "x"}},
        {"dependsOn": ["nobody"]},
        {"dependsOn": "1"},
        {"dependsOn": {"1": "2"}},
        {"headers": ["A"]},
        {"body": {"a": 1}},
    ],
)
async def test_a_wrong_part_spoils_the_batch(graph: Caller, change: dict[str, Any]) -> None:
    await refused(graph, {"requests": [part(1, **change)]})


@pytest.mark.parametrize("body", [{}, {"requests": []}, {"requests": [1]}, {"requests": {}}])
async def test_a_batch_needs_requests(graph: Caller, body: Any) -> None:
    await refused(graph, body)


async def test_ids_are_unique_whatever_their_case(graph: Caller) -> None:
    await refused(graph, {"requests": [part(1, id="a"), part(2, id="A")]})
