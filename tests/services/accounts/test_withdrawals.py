"""How fast copies are taken back, once their link has gone."""

from __future__ import annotations

from datetime import timedelta

from services.accounts.withdrawals import Added, withdrawal_of, withdrawals
from services.model.accounts import RemoteId
from services.model.budgets import REQUESTS
from tests._builders import an_account
from tests._fakes import NOON

REQUESTS_A_COPY = 2
"""It is looked at, and deleted."""


def test_f26_many_copies_are_taken_back_within_what_a_sync_may_send() -> None:
    copies = tuple(RemoteId(f"event-{number}") for number in range(10_000))
    tasks = [*withdrawals(an_account(), Added(copies), NOON)]
    asked = [withdrawal_of(task).added.copies for task in tasks]
    assert tuple(copy for some in asked for copy in some) == copies
    for first in tasks:
        until = first.due_at + timedelta(minutes=10)
        due = [
            some
            for task, some in zip(tasks, asked, strict=True)
            if first.due_at <= task.due_at < until
        ]
        assert sum(map(len, due)) * REQUESTS_A_COPY <= REQUESTS
