"""A container of the fake Cosmos DB: items in partitions, etags, time to live, atomic batches.

Each write makes a new version of its partition (a dictionary that is never changed), so a batch is
undone by not keeping what it made, and a replica that lags behind answers from an old version.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.model.times import Clock

Item = dict[str, Any]
Version = Mapping[str, Item]

MOST_OPERATIONS = 100
MOST_BYTES = 2 * 1024 * 1024
_ID_BYTES = 1023


class Refused(Exception):
    """The service says no."""

    def __init__(self, status: int, why: str, sub_status: int = 0) -> None:
        super().__init__(why)
        self.status = status
        self.sub_status = sub_status


@dataclass
class Container:
    properties: dict[str, Any]
    clock: Clock
    lsn: int = 1
    """Counts the writes; it is what a session token holds."""
    versions: dict[str, list[tuple[int, Version]]] = field(default_factory=dict)
    _etags: itertools.count[int] = field(default_factory=itertools.count)

    def items(self, partition: str, lsn: int | None = None) -> Version:
        """The live items of a partition, as of a write (``None`` = now)."""
        version: Version = {}
        for at, candidate in self.versions.get(partition, []):
            if lsn is None or at <= lsn:
                version = candidate
        return {id: item for id, item in version.items() if not self._is_over(item)}

    def batch(self, partition: str, operations: Sequence[Mapping[str, Any]]) -> list[Item]:
        """Do all operations or none; the answers of all of them."""
        if not 0 < len(operations) <= MOST_OPERATIONS:
            raise Refused(400, "a batch has 1 to 100 operations")
        version = dict(self.items(partition))
        answers: list[Item] = []
        for operation in operations:
            try:
                answers.append(self._apply(partition, version, operation))
            except Refused as refused:
                failed = [{"statusCode": 424}] * len(operations)
                failed[len(answers)] = {"statusCode": refused.status}
                return failed
        self.lsn += 1
        self.versions.setdefault(partition, []).append((self.lsn, version))
        return answers

    def forget_the_past(self) -> None:
        """Keep the newest version alone, as all replicas do some time."""
        for versions in self.versions.values():
            del versions[:-1]

    def _apply(self, partition: str, version: Item, operation: Mapping[str, Any]) -> Item:
        does = operation["operationType"]
        item: Item | None = operation.get("resourceBody")
        id = operation["id"] if item is None else operation.get("id", item.get("id"))
        old = version.get(id)
        self._check(does, old, operation)
        if does == "Delete":
            del version[id]
            return {"statusCode": 204}
        if does not in {"Create", "Upsert", "Replace"} or item is None:
            raise Refused(400, f"{does} is not imitated")
        version[id] = self._stored(partition, id, item)
        created = {"statusCode": 201 if old is None else 200}
        return created | {"eTag": version[id]["_etag"], "resourceBody": version[id]}

    def _check(self, does: str, old: Item | None, operation: Mapping[str, Any]) -> None:
        if does == "Create" and old is not None:
            raise Refused(409, "there is one")
        if does in {"Delete", "Replace"} and old is None:
            raise Refused(404, "there is none")
        if "ifNoneMatch" in operation:
            raise Refused(400, "If-None-Match is not imitated")
        expected = operation.get("ifMatch")
        if expected is not None and (old is None or old["_etag"] != expected):
            raise Refused(412, "it has changed")

    def _stored(self, partition: str, id: str, item: Item) -> Item:
        if item.get("id") != id:
            raise Refused(400, "the body is of another id")
        if item.get("partition") != partition:
            raise Refused(400, "the body is of another partition")
        check_id(id)
        ttl = item.get("ttl", -1)
        if not isinstance(ttl, int) or (ttl != -1 and not 0 < ttl < 2**31):
            raise Refused(400, "a time to live is -1 or a positive number of 32 bits")
        if len(json.dumps(item).encode()) > MOST_BYTES:
            raise Refused(413, "an item has 2 MB at most")
        now = int(self.clock.now().timestamp())
        return item | {"_etag": f'"{next(self._etags):08x}"', "_ts": now, "_rid": "r", "_self": "s"}

    def _is_over(self, item: Item) -> bool:
        ttl = item.get("ttl", self.properties.get("defaultTtl"))
        if "defaultTtl" not in self.properties or ttl == -1:
            return False
        return bool(item["_ts"] + ttl <= self.clock.now().timestamp())


def check_id(id: Any) -> None:
    if not isinstance(id, str) or not 0 < len(id.encode()) <= _ID_BYTES or set(id) & set("/\\?#"):
        raise Refused(400, "that is no id")
