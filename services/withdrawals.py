"""The tasks that take back what this program added to an Outlook, once its account is gone.

:func:`withdrawals` writes them, :func:`withdrawal_of` reads one. By the time they run nothing else
is known of the account, so a task holds all it needs: it is sealed like everything that is stored.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.model.accounts import Account, RemoteId
from services.model.identity import ObjectId, Person
from services.model.tasks import Task, TaskKind

__all__ = ["Withdrawal", "withdrawal_of", "withdrawals"]

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Copies to be taken back, and the tokens to do it with."""

    person: Person
    tokens: str
    copies: tuple[RemoteId, ...]


def withdrawals(account: Account, copies: Sequence[RemoteId], now: datetime) -> Iterator[Task]:
    """Yield the tasks that take back these copies."""
    for first in range(0, len(copies), AT_ONCE):
        yield Task(
            kind=TaskKind.WITHDRAW_COPIES,
            tenant=account.person.tenant,
            key=secrets.token_hex(16),
            payload={
                "person": account.person.object_id,
                "tokens": account.tokens,
                "copies": json.dumps(copies[first : first + AT_ONCE]),
            },
            due_at=now,
        )


def withdrawal_of(task: Task) -> Withdrawal:
    """Return what a task is about."""
    return Withdrawal(
        Person(task.tenant, ObjectId(task.payload["person"])),
        task.payload["tokens"],
        tuple(RemoteId(id) for id in json.loads(task.payload["copies"])),
    )
