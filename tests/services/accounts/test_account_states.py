"""An account that comes into another state while somebody else writes it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from services.accounts.account_states import put_into
from services.model.accounts import Account, AccountState
from services.model.conversations import Conversation
from services.model.identity import ConversationId, ConversationKind
from services.model.notices import AccountNotice, Notice
from services.model.tasks import Task, TaskKind
from tests.services._office import MARA_ID, Office, an_office

CHAT = Conversation(
    tenant=MARA_ID.tenant,
    id=ConversationId("a:mara"),
    kind=ConversationKind.PERSONAL,
    service_url="https://smba.example/",
    person=MARA_ID,
)
CONNECTED, CLOSED = AccountState.CONNECTED, AccountState.SIGN_IN_NEEDED


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with an_office(tmp_path) as made:
        yield made


async def the_account(office: Office) -> Account:
    account = await office.store.accounts.get(MARA_ID)
    assert account is not None
    return account


def renewed_while_told(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process keeps a new token while the owner is being told."""
    announce = office.announcer.announce

    async def told(notice: Notice) -> None:
        await announce(notice)
        if isinstance(notice, AccountNotice):
            account = await the_account(office)
            await office.store.accounts.save(replace(account, tokens=account.tokens + " "))

    monkeypatch.setattr(office.announcer, "announce", told)


async def test_an_account_that_is_closed_beside_a_renewal_is_told_of_once(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    await office.sign_in()
    renewed_while_told(office, monkeypatch)
    for _ in range(2):
        await office.accounts.close(MARA_ID, CLOSED)
    assert office.announcer.words() == ["connected", "sign_in_needed"]
    account = await the_account(office)
    assert account.state is CLOSED and account.tokens.endswith(" ")


async def test_who_waits_for_approval_is_told_once_beside_a_renewal(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    await office.sign_in()
    await office.accounts.close(MARA_ID, AccountState.AWAITING_APPROVAL)
    renewed_while_told(office, monkeypatch)
    approved = Task(
        kind=TaskKind.TELL_APPROVED, tenant=MARA_ID.tenant, key="a", due_at=office.clock.now()
    )
    await office.store.conversations.save(CHAT)
    for _ in range(2):
        await office.store.tasks.put(approved)
        await office.work()
    assert office.announcer.words() == ["connected", "approval_needed", "approved_again"]
    assert (await the_account(office)).state is CONNECTED


async def test_a_connection_that_is_made_anew_meanwhile_is_let_be(office: Office) -> None:
    await office.sign_in()
    seen = await the_account(office)
    later = seen.connected_at + timedelta(minutes=1)
    await office.store.accounts.save(replace(seen, connected_at=later))
    await put_into(office.store.accounts, seen, CLOSED)
    assert (await the_account(office)).state is CONNECTED


async def test_an_account_that_is_gone_meanwhile_does_not_come_back(office: Office) -> None:
    await office.sign_in()
    seen = await the_account(office)
    await office.store.accounts.erase(MARA_ID)
    await put_into(office.store.accounts, seen, CLOSED)
    assert await office.store.accounts.get(MARA_ID) is None
