"""Subscriptions, asked of the sandbox."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from services.graph.mailbox import Mailbox
from services.graph.subscriptions import (
    LONGEST_LIFE,
    create_subscription,
    delete_subscription,
    list_subscriptions,
    renew_subscription,
    resource_of,
    secret_hash,
)
from services.model.accounts import RemoteId, Subscription
from services.model.books import BookKind
from services.model.errors import Rejected, Unreadable
from tests._fakes import NOON
from tests.services.graph._server import Scripted

EVENTS = "/me/events"
SECRET = "only Graph and we know"


@pytest.fixture
async def hooks() -> AsyncIterator[str]:
    """An address that proves itself as Graph wants it."""

    async def echo(request: web.Request) -> web.Response:
        return web.Response(text=request.query.get("validationToken", ""))

    app = web.Application()
    app.router.add_post("/{rest:.*}", echo)
    async with TestServer(app) as server:
        yield str(server.make_url("")).rstrip("/")


async def create(
    mailbox: Mailbox, hooks: str, expires_at: datetime = NOON + LONGEST_LIFE
) -> Subscription:
    return await create_subscription(
        mailbox,
        notification_url=f"{hooks}/changes",
        lifecycle_url=f"{hooks}/lifecycle",
        client_state=SECRET,
        expires_at=expires_at,
        resource=EVENTS,
    )


async def test_a_subscription_keeps_the_secret_as_a_hash(mailbox: Mailbox, hooks: str) -> None:
    made = await create(mailbox, hooks)
    assert made.secret_hash == secret_hash(SECRET)
    assert SECRET not in repr(made)
    assert made.expires_at == NOON + LONGEST_LIFE


async def test_what_was_asked_for_is_listed(mailbox: Mailbox, hooks: str) -> None:
    made = await create(mailbox, hooks)
    (listed,) = await list_subscriptions(mailbox)
    assert (listed.id, listed.resource) == (made.id, EVENTS)
    assert listed.notification_url == f"{hooks}/changes"


def test_what_is_watched_is_the_links_own_folder() -> None:
    calendar, folder = RemoteId("AAMk-_="), RemoteId("AAMkB")
    assert resource_of(BookKind.CALENDAR, calendar) == "/me/calendars/AAMk-_=/events"
    assert resource_of(BookKind.CONTACTS, folder) == "/me/contactFolders/AAMkB/contacts"


async def test_the_answers_word_on_its_life_counts(mailbox: Mailbox, hooks: str) -> None:
    made = await create(mailbox, hooks, NOON + timedelta(minutes=1))
    assert made.expires_at == NOON + timedelta(minutes=45)


async def test_a_subscription_is_renewed(mailbox: Mailbox, hooks: str) -> None:
    made = await create(mailbox, hooks, NOON + timedelta(days=1))
    until = await renew_subscription(mailbox, made.id, NOON + timedelta(days=3))
    assert until == NOON + timedelta(days=3)


async def test_a_second_one_is_refused(mailbox: Mailbox, hooks: str) -> None:
    await create(mailbox, hooks)
    with pytest.raises(Rejected) as caught:
        await create(mailbox, hooks)
    assert caught.value.status == 409


async def test_ending_it_twice_is_ending_it(mailbox: Mailbox, hooks: str) -> None:
    made = await create(mailbox, hooks)
    await delete_subscription(mailbox, made.id)
    await delete_subscription(mailbox, made.id)
    assert await list_subscriptions(mailbox) == []
    with pytest.raises(Rejected) as caught:
        await renew_subscription(mailbox, made.id, NOON + timedelta(days=3))
    assert caught.value.status == 404


async def test_ending_it_without_the_right_is_told(
    graph: Scripted, scripted_mailbox: Mailbox
) -> None:
    graph.will_refuse(403, "Forbidden")
    with pytest.raises(Rejected):
        await delete_subscription(scripted_mailbox, "s-1")


@pytest.mark.parametrize(
    "item", [{}, {"id": "s-1"}, {"id": 7, "expirationDateTime": "2026-11-20T00:00:00Z"}]
)
async def test_half_a_subscription_cannot_be_read(
    graph: Scripted, scripted_mailbox: Mailbox, item: dict[str, Any]
) -> None:
    graph.will_answer({"value": [item]})
    with pytest.raises(Unreadable, match="subscription"):
        await list_subscriptions(scripted_mailbox)
