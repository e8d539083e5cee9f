"""The one container, through the SDK: read an item, ask a query, send a batch.

Each names its partition, each is patient, and each notes its request units: one unit is a point
read of 1 KB, and the currency of the bill. Where they go is seen in the log at debug, by kind of
request, and in whatever counts beside (:data:`Meter`).

The session is kept by the SDK, but for the answers to batches, which version 4.17.1 of its
asynchronous half leaves out: whoever read after a commit could see what was before it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from azure.cosmos.aio import ContainerProxy, CosmosClient
from azure.cosmos.exceptions import CosmosBatchOperationError, CosmosResourceNotFoundError

from services.storage.cosmos.batches import Operation
from services.storage.cosmos.queries import Query
from services.storage.cosmos.trouble import Patience

__all__ = ["Container", "Meter"]

log = logging.getLogger(__name__)

Meter = Callable[[str, float], None]
"""Is told what kind of request it was, and what it cost in request units."""
_CHARGE = "x-ms-request-charge"
_REFUSED = {404, 409, 412}


class Container:
    """What the rest of the store knows of the SDK."""

    def __init__(
        self, client: CosmosClient, proxy: ContainerProxy, patience: Patience, meter: Meter
    ) -> None:
        self._client = client
        self._proxy = proxy
        self._patience = patience
        self._meter = meter

    async def read(self, partition: str, id: str) -> Mapping[str, Any] | None:
        """Return one item, or ``None`` where there is none."""

        async def ask() -> Mapping[str, Any] | None:
            try:
                item = await self._proxy.read_item(id, partition_key=partition)
            except CosmosResourceNotFoundError as err:
                if err.sub_status:  # something else is missing: the session's state, the container
                    raise
                self._note("read", err.headers)
                return None
            self._note("read", item.get_response_headers())
            found: Mapping[str, Any] = item
            return found

        return await self._patience.through(ask)

    async def query(self, partition: str, query: Query, limit: int) -> list[dict[str, Any]]:
        """Return up to ``limit`` items, over as many pages as the service makes of them."""

        async def ask() -> list[dict[str, Any]]:
            found: list[dict[str, Any]] = []
            answer = self._proxy.query_items(
                query.text,
                parameters=query.parameters,
                partition_key=partition,
                max_item_count=limit,
                response_hook=lambda headers, _: self._note("query", headers),
            )
            async for item in answer:
                found.append(item)
                if len(found) == limit:
                    break
            return found

        return await self._patience.through(ask)

    async def batch(self, partition: str, operations: Sequence[Operation]) -> list[str] | int:
        """Apply all operations or none.

        Returns:
            The etags that the items have now (empty for what was deleted), or the number of the
            operation that was refused, since what it insists on is not so.
        """

        async def ask() -> list[str] | int:
            try:
                answer = await self._proxy.execute_item_batch(
                    [operation.for_sdk() for operation in operations], partition_key=partition
                )
            except CosmosBatchOperationError as err:
                self._keep_session(err.headers)
                self._note("batch", err.headers)
                if err.status_code in _REFUSED:
                    return int(err.error_index)
                raise
            self._keep_session(answer.get_response_headers())
            self._note("batch", answer.get_response_headers())
            return [result.get("eTag", "") for result in answer]

        return await self._patience.through(ask)

    def _keep_session(self, headers: Mapping[str, Any]) -> None:
        connection = self._client.client_connection
        if connection.session is not None:
            connection.session.update_session(connection, {}, headers)  # type: ignore[no-untyped-call]

    def _note(self, request: str, headers: Mapping[str, Any]) -> None:
        units = float(headers.get(_CHARGE, 0))
        log.debug("%s: %.2f request units", request, units)
        self._meter(request, units)
