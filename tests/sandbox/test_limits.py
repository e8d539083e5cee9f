"""What Graph serves in a stretch of time: the tables of graph/throttling-limits, at the wire."""

from __future__ import annotations

from io import BytesIO

import pytest

from sandbox.entra.directory import Registration
from sandbox.graph.limits import LIMITS, BadLimit, Limits
from sandbox.people import PEOPLE, SamplePerson
from sandbox.server import Sandbox
from tests._fakes import FrozenClock
from tests.sandbox._caller import Answer, Caller, event_body

MARA, INES, *_ = PEOPLE
LUNCH = "/me/events"


async def look(graph: Caller, times: int = 1) -> list[int]:
    return [(await graph("GET", LUNCH)).status for _ in range(times)]


def told(answer: Answer) -> tuple[int, str, str, str]:
    error = answer.json["error"]
    return answer.status, error["code"], error["message"], answer.headers["Retry-After"]


def test_the_numbers_are_those_of_the_documents() -> None:
    assert {name: (each.most, each.seconds) for name, each in LIMITS.items()} == {
        "requests": (10_000, 600),
        "upload": (150_000_000, 300),
        "all-requests": (130_000, 10),
        "subscription-writes": (1_000, 20),
        "tenant-subscription-writes": (2_000, 20),
        "subscription-requests": (5_000, 20),
    }


def test_ten_thousand_calls_are_served_and_no_other_in_ten_minutes(clock: FrozenClock) -> None:
    limits = Limits(clock)

    def ask(person: SamplePerson = MARA, client: str = "one") -> bool:
        return limits.take(client, person.key, "GET", LUNCH, 0) is None

    assert all(ask() for _ in range(10_000)) and not ask()
    assert ask(INES) and ask(client="another")
    clock.advance(600)
    assert not ask()  # ten minutes to the second lie behind the first
    clock.advance(1)
    assert ask()


async def test_a_mailbox_is_served_again_when_it_was_said(
    graph: Caller, sandbox: Sandbox, clock: FrozenClock
) -> None:
    sandbox.limits.set("requests=3")
    assert await look(graph, 2) == [200, 200]
    clock.advance(60)
    assert await look(graph) == [200]
    refused = await graph("GET", LUNCH)
    assert told(refused) == (
        429,
        "ApplicationThrottled",
        "Application is over its RequestRate limit.",
        "541",
    )
    clock.advance(540)
    assert await look(graph) == [429]
    clock.advance(1)
    assert await look(graph) == [429]  # the one before counts: it did not wait
    clock.advance(600)
    assert await look(graph) == [200]
    assert sandbox.limits.peaks["requests"] == 5


async def test_who_waits_as_long_as_told_is_served(
    graph: Caller, sandbox: Sandbox, clock: FrozenClock
) -> None:
    sandbox.limits.set("requests=5")
    for _ in range(4):
        while (answer := await graph("GET", LUNCH)).status == 200:
            clock.advance(7)
        clock.advance(float(answer.headers["Retry-After"]))
        assert await look(graph) == [200]


async def test_each_mailbox_and_each_application_has_its_own_count(
    graph: Caller, sandbox: Sandbox
) -> None:
    sandbox.limits.set("requests=1")
    assert await look(graph, 2) == [200, 429]
    ines = Caller(graph.session, graph.base_url, sandbox.token_for(INES))
    assert await look(ines, 2) == [200, 429]
    sandbox.register(Registration("another", "a secret", frozenset({"http://127.0.0.1/x"})))
    token = sandbox.directory.issue_tokens("another", MARA, frozenset({"Calendars.Read"}))
    assert await look(Caller(graph.session, graph.base_url, token.access_token)) == [200]


async def test_each_part_of_a_batch_counts_and_the_batch_does_not(
    graph: Caller, sandbox: Sandbox
) -> None:
    parts = [{"id": str(n), "method": "GET", "url": LUNCH} for n in range(6)]
    assert (await graph("POST", "/$batch", {"requests": parts})).status == 200
    assert sandbox.limits.peaks["requests"] == 6  # the two that were too many at a time, too
    sandbox.limits.set("requests=7 at-once=off")
    answer = await graph("POST", "/$batch", {"requests": parts[:3]})
    responses = answer.json["responses"]
    assert sorted(each["status"] for each in responses) == [200, 429, 429]
    late = next(each for each in responses if each["status"] == 429)
    assert late["headers"]["Retry-After"] == "601"
    assert late["body"]["error"]["code"] == "ApplicationThrottled"


async def test_what_is_sent_is_counted_in_bytes(
    graph: Caller, sandbox: Sandbox, clock: FrozenClock
) -> None:
    sandbox.limits.set("upload=2000")
    long = event_body(body={"contentType": "text", "content": "x" * 1200})
    assert (await graph("POST", LUNCH, long)).status == 201
    clock.advance(10)
    refused = await graph("POST", LUNCH, long)
    assert told(refused) == (
        429,
        "ApplicationThrottled",
        "Application is over its IncomingBytes limit.",
        "301",
    )
    assert await look(graph) == [200]  # reading sends nothing
    clock.advance(301)
    assert (await graph("POST", LUNCH, long)).status == 201


async def test_what_is_sent_in_chunks_is_counted_as_well(graph: Caller, sandbox: Sandbox) -> None:
    sandbox.limits.set("upload=100")
    headers = {"Authorization": f"Bearer {graph.token}", "Content-Type": "application/json"}

    async def chunks() -> object:
        for _ in range(3):
            yield b"x" * 50

    async with graph.session.post(
        f"{graph.base_url}{LUNCH}", data=chunks(), headers=headers
    ) as answer:
        assert answer.status == 429


async def test_a_large_upload_is_measured_before_it_is_read(
    graph: Caller, sandbox: Sandbox
) -> None:
    headers = {"Authorization": f"Bearer {graph.token}", "Content-Type": "application/json"}
    for _ in range(2):
        large = BytesIO(b"x" * 1000)
        url = f"{graph.base_url}{LUNCH}"
        async with graph.session.post(url, data=large, headers=headers) as answer:
            assert answer.status == 400
    assert sandbox.limits.peaks["upload"] == 2000


@pytest.mark.parametrize(
    ("limit", "served"),
    [("subscription-writes=2", 2), ("tenant-subscription-writes=1", 1)],
)
async def test_writes_of_subscriptions_are_counted_for_themselves(
    graph: Caller, sandbox: Sandbox, limit: str, served: int
) -> None:
    sandbox.limits.set(limit)
    answers = [(await graph("DELETE", "/subscriptions/none")).status for _ in range(3)]
    assert answers == [404] * served + [429] * (3 - served)
    assert (await graph("GET", "/subscriptions")).status == 200


async def test_all_calls_about_subscriptions_have_a_limit_and_all_calls_of_an_application(
    graph: Caller, sandbox: Sandbox, clock: FrozenClock
) -> None:
    sandbox.limits.set("subscription-requests=1")
    assert [(await graph("GET", "/subscriptions")).status for _ in range(2)] == [200, 429]
    sandbox.limits.set("*=off all-requests=4")
    ines = Caller(graph.session, graph.base_url, sandbox.token_for(INES))
    assert await look(graph) + await look(ines, 2) == [200, 200, 429]
    clock.advance(11)
    assert await look(graph) == [200]


async def test_limits_are_set_shown_and_lifted_from_another_process(
    graph: Caller, sandbox: Sandbox
) -> None:
    url = f"{sandbox.page_url}/sandbox"
    async with graph.session.post(f"{url}/limits", data="requests=1 at-once=2") as answer:
        assert answer.status == 204
    assert await look(graph, 2) == [200, 429]
    async with graph.session.get(f"{url}/state") as answer:
        state = await answer.json()
    assert (state["limits"]["requests"], state["limits"]["at-once"]) == (1, 2)
    assert state["peaks"]["requests"] == 2
    async with graph.session.post(f"{url}/limits", data="*=off") as answer:
        assert answer.status == 204
    assert await look(graph) == [200]
    assert set(sandbox.limits.shown.values()) == {None}
    async with graph.session.post(f"{url}/limits", data="*=usual") as answer:
        assert answer.status == 204
    assert sandbox.limits.at_once == 4
    async with graph.session.post(f"{url}/limits", data="tea=2") as answer:
        assert (answer.status, await answer.text()) == (400, "nobody knows the limit tea")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("tea=2", "nobody knows the limit tea"),
        ("requests", " is no value for requests"),
        ("requests=5 upload=much", "much is no value for upload"),
    ],
)
def test_what_cannot_be_set_is_said_and_changes_nothing(
    clock: FrozenClock, text: str, sentence: str
) -> None:
    limits = Limits(clock)
    before = limits.shown
    with pytest.raises(BadLimit, match=sentence):
        limits.set(text)
    assert limits.shown == before


def test_what_is_larger_than_its_limit_is_told_to_wait_all_the_same(clock: FrozenClock) -> None:
    limits = Limits(clock)
    limits.set("requests=0")
    refusal = limits.take("one", "mara", "GET", LUNCH, 0)
    assert refusal is not None and refusal.headers == {"Retry-After": "601"}
