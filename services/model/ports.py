"""The narrow doors through which the lower floors are reached.

``Records`` keeps sealed bodies in partitions; the contract suite in
``tests/services/storage/contract.py`` states every promise and runs on each implementation.
``Tokens`` hands out a mailbox's access token; accounts fill it, sync uses it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from services.model.conversations import Conversation, Member
from services.model.errors import BadName, TooLarge
from services.model.identity import Person

__all__ = [
    "MAX_COMMIT_BYTES",
    "MAX_COMMIT_WRITES",
    "Head",
    "Page",
    "Put",
    "Record",
    "Records",
    "Remove",
    "Roster",
    "Tokens",
    "Write",
    "check_name",
    "check_writes",
    "etag_of",
    "size_of",
]

MAX_COMMIT_WRITES = 98
"""A transactional batch of Cosmos DB takes 100 operations; the head is one, and one is spare."""
MAX_COMMIT_BYTES = 1_400_000
"""It also takes 2 MB, in which bodies are base64: four characters for three bytes."""
_TOKEN_COSTS = 4
_NAME = re.compile(r"(?![.\s])[^\x00-\x1f\x7f\ud800-\udfff/\\?#]{1,255}(?<!\s)")


class Record(NamedTuple):
    """One stored thing. Everything but ``body`` and ``tokens`` is clear, and says nothing.

    A tuple, since an agenda may read thousands: a frozen dataclass takes five times as long.
    """

    partition: str
    id: str
    kind: str
    revision: int
    etag: str
    body: bytes
    tokens: tuple[str, ...] = ()
    deleted_at: datetime | None = None
    expires_at: datetime | None = None
    due_at: datetime | None = None


class Put(NamedTuple):
    """Write a whole record, new or not. A tuple for the reason that a :class:`Record` is one."""

    id: str
    kind: str
    body: bytes
    tokens: tuple[str, ...] = ()
    expect: str | None = None
    """The etag that the record must have; ``""`` = it must not exist; ``None`` = do not look."""
    deleted_at: datetime | None = None
    expires_at: datetime | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Remove:
    """Take a record away without a trace (a tombstone is a ``Put`` with ``deleted_at``)."""

    id: str
    expect: str | None = None


Write = Put | Remove


def check_writes(writes: Sequence[Write | Record]) -> None:
    """Refuse what no engine takes as one commit.

    Raises:
        TooLarge: no writes, more than the limits, or two of one record.
        BadName: an id that not every engine takes.
    """
    if not 0 < len(writes) <= MAX_COMMIT_WRITES:
        raise TooLarge(f"a commit holds 1 to {MAX_COMMIT_WRITES} writes, not {len(writes)}")
    if len(writes) > 1 and len({write.id for write in writes}) < len(writes):
        raise TooLarge("a commit writes a record once")
    size = 0
    for write in writes:
        check_name(write.id)
        size += 0 if isinstance(write, Remove) else size_of(write)
    if size > MAX_COMMIT_BYTES:
        raise TooLarge(f"a commit holds at most {MAX_COMMIT_BYTES:,} bytes, not {size:,}")


def check_name(name: str) -> None:
    """Refuse a partition or an id that not every engine takes.

    Letters of any script will do, up to 255; a dot in front is the engines' own.

    Raises:
        BadName: it is empty, too long, or holds what has a meaning in an address.
    """
    if _NAME.fullmatch(name) is None:
        raise BadName("a name has 1 to 255 characters, none of / \\ ? #, and no dot in front")


def size_of(write: Put | Record) -> int:
    """Return what a record counts for in a commit, in bytes."""
    tokens = len("".join(write.tokens).encode()) + _TOKEN_COSTS * len(write.tokens)
    return len(write.body) + tokens


def etag_of(revision: int) -> str:
    """Return the etag of what a commit has written; only one commit ever gets a revision."""
    return str(revision)


@dataclass(frozen=True, slots=True)
class Page:
    """Some records, and where to go on (``None`` = that was all)."""

    records: tuple[Record, ...]
    next: str | None = None
    revision: int = 0
    """Every change of the partition up to here has been seen, once ``next`` is ``None``."""


@dataclass(frozen=True, slots=True)
class Head:
    """A partition by its name, which says nothing, and how far it has come."""

    partition: str
    revision: int
    horizon: int
    """The newest tombstone that has expired: changes since before it are ``TooOld``."""


class Records(Protocol):
    """Sealed records in partitions. Every call names its partition; none can reach across.

    What a distant store answers late, or not at all, is tried again for some seconds; after that
    every call may raise ``Throttled`` (nothing was done) or ``Unreachable`` (who knows).
    """

    async def get(self, partition: str, id: str) -> Record | None:
        """Return the record (tombstones too), or ``None`` where there is none or it has expired."""

    async def revision(self, partition: str) -> int:
        """Return the partition's last revision; 0 where nothing was ever written."""

    async def changes(
        self,
        partition: str,
        since: int,
        *,
        kind: str | None = None,
        limit: int = 500,
        after: str | None = None,
    ) -> Page:
        """Return what has a revision above ``since``, oldest first, tombstones included.

        Who knows nothing asks ``since`` 0, which is never too old.

        Raises:
            TooOld: a tombstone younger than ``since`` has expired.
        """

    async def find(
        self,
        partition: str,
        kind: str,
        tokens: Sequence[str] | None = None,
        *,
        limit: int = 500,
        after: str | None = None,
    ) -> Page:
        """Return live records of a kind that carry any of ``tokens`` (``None`` = all), by id."""

    async def due(self, partition: str, until: datetime, *, limit: int = 100) -> Sequence[Record]:
        """Return live records of one shard whose ``due_at`` has come, the longest due first."""

    async def commit(self, partition: str, writes: Sequence[Write]) -> int:
        """Apply all writes or none, under the partition's next revision, which is returned.

        Raises:
            Stale: an expectation did not hold; nothing was written.
            TooLarge: no writes, more than ``MAX_COMMIT_WRITES`` or ``MAX_COMMIT_BYTES``, or two
                of one record.
            BadName: an id or the partition cannot be a name.
        """

    async def partitions(self, *, after: str = "", limit: int = 500) -> Sequence[Head]:
        """Return all partitions that were ever written, by name, those behind ``after``.

        For the few who look after the store as a whole: a copy, an erasure. Fewer than ``limit``
        means that these were the last.
        """

    async def restore(self, head: Head, records: Sequence[Record]) -> None:
        """Write records as they were elsewhere, revisions and all; doing it again changes nothing.

        The partition reaches at least the head's revision and horizon. There may be no records;
        the limits of ``commit`` hold. Nobody else writes to the partition meanwhile.

        Raises:
            TooLarge: more than the limits.
        """

    async def ready(self) -> None:
        """Return when the store answers; raise what is wrong otherwise."""

    async def close(self) -> None:
        """Finish what was begun and let go of everything."""


class Tokens(Protocol):
    """Where a mailbox's access token comes from."""

    async def token_for(self, person: Person, *, refused: str = "", claims: str = "") -> str:
        """Return a token good for at least five minutes.

        Args:
            person: whose mailbox.
            refused: a token that Graph has just refused, before its time: another one is wanted.
            claims: what the other one must prove, where Graph says so.

        Raises:
            SignInNeeded: the person must sign in again.
            Unreachable: Entra did not answer.
        """


class Roster(Protocol):
    """Who is in a conversation, asked of Teams itself."""

    async def members(self, conversation: Conversation) -> tuple[Member, ...]:
        """Return everybody who is in it now.

        Raises:
            Unreachable: Teams did not answer; ask later.
            NotFound: the app is no longer there.
        """
