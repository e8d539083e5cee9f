"""The fake is strict: what the service would refuse, or what nobody has looked into, fails."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from azure.cosmos import PartitionKey
from azure.cosmos.aio import ContainerProxy, CosmosClient
from azure.cosmos.exceptions import CosmosBatchOperationError, CosmosHttpResponseError

from tests._fakes import FrozenClock
from tests.services.storage._cosmos import KEY, FakeCosmos
from tests.services.storage._cosmos_sql import Unknown, parse

pytestmark = pytest.mark.filterwarnings("ignore:Sending a large body:ResourceWarning")


@pytest.fixture
async def container(clock: FrozenClock) -> AsyncIterator[ContainerProxy]:
    async with (
        FakeCosmos(clock).running() as fake,
        CosmosClient(fake.url, KEY, enable_endpoint_discovery=False) as client,
    ):
        database = await client.create_database("d")
        key = PartitionKey("/partition")
        yield await database.create_container("c", key, default_ttl=-1)


def an_item(id: str = "a", partition: str = "p", **given: Any) -> dict[str, Any]:
    return {"id": id, "partition": partition} | given


async def refusal_of(container: ContainerProxy, operations: Any, partition: str = "p") -> int:
    with pytest.raises((CosmosHttpResponseError, CosmosBatchOperationError)) as caught:
        await container.execute_item_batch(operations, partition_key=partition)
    return int(caught.value.status_code or 0)


async def test_a_batch_that_is_refused_leaves_nothing(container: ContainerProxy) -> None:
    await container.execute_item_batch([("create", (an_item(),))], partition_key="p")
    with pytest.raises(CosmosBatchOperationError) as caught:
        await container.execute_item_batch(
            [
                ("upsert", (an_item("b"),)),
                ("delete", ("a",)),
                ("create", (an_item("b"),)),
                ("create", (an_item("c"),)),
            ],
            partition_key="p",
        )
    assert caught.value.error_index == 2
    statuses = [answer["statusCode"] for answer in caught.value.operation_responses]
    assert statuses == [424, 424, 409, 424]
    query = container.query_items("SELECT c.id FROM c", partition_key="p")
    assert [item async for item in query] == [{"id": "a"}]


async def test_what_a_batch_may_hold(container: ContainerProxy) -> None:
    assert await refusal_of(container, [("create", (an_item(str(n)),)) for n in range(101)]) == 400
    big = "x" * 2**20
    assert await refusal_of(container, [("create", (an_item(str(n), b=big),)) for n in "ab"]) == 413
    for refused in (an_item(partition="other"), an_item(ttl=0), an_item(ttl="1"), an_item("a/b")):
        assert await refusal_of(container, [("create", (refused,))]) == 400
    assert await refusal_of(container, [("patch", ("a", []))]) in {400, 404}
    assert await refusal_of(container, [("replace", ("a", an_item()))]) == 404
    assert await refusal_of(container, [("delete", ("a",))]) == 404


async def test_partitions_are_apart_and_nothing_is_asked_across_them(
    container: ContainerProxy,
) -> None:
    for partition in "pq":
        item = an_item(partition=partition, secret=partition)
        await container.execute_item_batch([("create", (item,))], partition_key=partition)
    found = container.query_items(
        "SELECT c.secret FROM c WHERE c.partition = @q",
        parameters=[{"name": "@q", "value": "q"}],
        partition_key="p",
    )
    assert [item async for item in found] == []
    with pytest.raises(CosmosHttpResponseError):
        async for _ in container.query_items("SELECT * FROM c"):
            raise AssertionError("nobody may see this")


async def test_an_item_is_gone_when_its_time_is_over(
    container: ContainerProxy, clock: FrozenClock
) -> None:
    await container.execute_item_batch([("create", (an_item(ttl=60),))], partition_key="p")
    clock.advance(59)
    await container.read_item("a", partition_key="p")
    clock.advance(1)
    with pytest.raises(CosmosHttpResponseError):
        await container.read_item("a", partition_key="p")


@pytest.mark.parametrize(
    "text",
    [
        "SELECT TOP 1 * FROM c",
        "SELECT * FROM c WHERE c.a = 1",
        "SELECT * FROM c WHERE c.a = 'x'",
        "SELECT * FROM c WHERE c.order = @a",
        "SELECT * FROM c WHERE c.a LIKE @a",
        "SELECT * FROM c WHERE CONTAINS(c.a, @a)",
        "SELECT * FROM c WHERE c.a = @a; DROP",
        "SELECT * FROM c ORDER BY c.a, c.b",
        "SELECT VALUE COUNT(1) FROM c",
        "SELECT * FROM c JOIN t IN c.tokens",
        "SELECT * FROM records",
        "SELECT",
        "",
    ],
)
def test_queries_that_are_not_imitated_are_refused(text: str) -> None:
    with pytest.raises(Unknown):
        parse(text)


def test_parameters_must_be_those_of_the_text() -> None:
    query = parse("SELECT * FROM c WHERE c.a = @a")
    for values in ({}, {"@a": 1, "@b": 2}, {"@b": 2}):
        with pytest.raises(Unknown):
            query.ask([], values)


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("c.n > @v", []),  # a text is not compared with a number
        ("NOT c.n > @v", []),  # and the contrary of undefined is undefined
        ("c.t > @v", ["b"]),
        ("NOT c.t > @v", ["a"]),
        ("NOT IS_DEFINED(c.t)", ["n"]),
        ("NOT IS_DEFINED(c.t) OR c.t > @v", ["b", "n"]),
        ("c.t = @v OR c.t IN (@v)", ["a"]),
        ("ARRAY_CONTAINS(c.l, @v)", ["a"]),
        ("c.t > @v AND (c.id = @v OR c.id != @v)", ["b"]),
    ],
)
def test_what_is_absent_or_of_another_type_is_undefined(where: str, found: list[str]) -> None:
    items: list[dict[str, Any]] = [
        {"id": "a", "t": "1", "l": ["1"]},
        {"id": "b", "t": "2", "l": []},
        {"id": "n", "n": 5},
    ]
    values = {"@v": "1"} if "@v" in where else {}
    query = parse(f"SELECT c.id FROM c WHERE {where} ORDER BY c.id")
    assert [item["id"] for item in query.ask(items, values)] == found
