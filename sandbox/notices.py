"""Subscriptions, and the notices that go out when a mailbox changes.

Each write in a mailbox is matched with the subscriptions; what belongs to one address and was
written in one go leaves as one POST, as the real service gathers them. Nothing is promised about
order or time, except to tests: ``await notices.settle()`` returns when all have been delivered.
https://learn.microsoft.com/graph/change-notifications-overview
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol
from uuid import uuid4

from aiohttp import ClientError, ClientSession, ClientTimeout

from sandbox.clock import Clock
from sandbox.endpoints import Endpoints, Standing
from sandbox.faults import Faults
from sandbox.people import TENANT, SamplePerson
from sandbox.refusal import Refusal

__all__ = ["NOTICE", "Notices", "Subscription"]

NOTICE = "NOTICE"
"""What the sending of a notice is called where faults are matched by their method."""
_ANSWER_WITHIN = ClientTimeout(total=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """Somebody's wish to hear of changes."""

    id: str
    client_id: str
    person: SamplePerson
    resource: str
    """As it was given."""
    what: str
    """``Event`` or ``Contact``."""
    place: str | None
    """The calendar or contact folder it looks at; ``None`` = any."""
    change_types: frozenset[str]
    notification_url: str
    lifecycle_url: str | None
    client_state: str | None
    expires_at: datetime
    immutable_ids: bool


class News(Protocol):
    """One write, of whichever kind of item."""

    @property
    def kind(self) -> str:
        """``created``, ``updated`` or ``deleted``."""

    @property
    def owner(self) -> str:
        """The object id of whose mailbox it is."""

    @property
    def what(self) -> str:
        """``Event`` or ``Contact``."""

    @property
    def place(self) -> str:
        """The id of the calendar or folder."""

    @property
    def key(self) -> str:
        """The item's change key."""

    def id(self, *, immutable: bool) -> str:
        """Return the item's id."""


class Notices:
    """All subscriptions, and the sender.

    Attributes:
        is_held: keep notices back until :meth:`release`.
        takes_twins: let a subscription have a like, as the real service has done since 2026.
        endpoints: how quickly subscribers answer.
        pauses: seconds before a notice is tried again; the real service goes on for four hours.
    """

    def __init__(self, clock: Clock, faults: Faults | None = None) -> None:
        self.is_held = self.takes_twins = False
        self.endpoints = Endpoints()
        self.pauses: tuple[float, ...] = (0.2, 1.0, 5.0)
        self._clock = clock
        self._faults = faults or Faults()
        self._subscriptions: dict[str, Subscription] = {}
        self._waiting: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        self._late: list[tuple[str, dict[str, Any]]] = []
        self._sending: set[asyncio.Task[None]] = set()
        self._flush: asyncio.Handle | None = None
        self._session: ClientSession | None = None

    async def start(self) -> None:
        """Get ready to send."""
        self._session = ClientSession(timeout=_ANSWER_WITHIN)

    async def stop(self) -> None:
        """Drop what has not been sent."""
        if self._flush is not None:
            self._flush.cancel()
        for task in self._sending:
            task.cancel()
        await asyncio.gather(*self._sending, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
            self._session = None  # what is written from now on is heard by nobody

    # -- subscriptions -----------------------------------------------------------------------

    def all_to(self, person: SamplePerson) -> list[Subscription]:
        """Return every application's subscriptions to one person's mailbox."""
        return [each for each in self._subscriptions.values() if each.person == person]

    def all_of(self, client_id: str, person: SamplePerson) -> list[Subscription]:
        """Return an application's living subscriptions to one person's mailbox."""
        now = self._clock.now()
        for dead in [each for each in self._subscriptions.values() if each.expires_at <= now]:
            del self._subscriptions[dead.id]
        return [
            each
            for each in self._subscriptions.values()
            if (each.client_id, each.person) == (client_id, person)
        ]

    def add(self, subscription: Subscription) -> None:
        """Begin to send notices."""
        self._subscriptions[subscription.id] = subscription

    def renew(self, subscription: Subscription, expires_at: datetime) -> Subscription:
        """Let a subscription live longer."""
        renewed = replace(subscription, expires_at=expires_at)
        self._subscriptions[renewed.id] = renewed
        return renewed

    def remove(self, subscription_id: str) -> None:
        """End a subscription; tests use it to lose one without a word."""
        self._subscriptions.pop(subscription_id, None)

    async def validate(self, url: str) -> None:
        """Ask an address whether it wants notices.

        Raises:
            Refusal: 400, it did not answer with the token.
        """
        token = f"Validation: Testing client application reachability for {uuid4()}"
        try:
            async with self._open().post(
                url, params={"validationToken": token}, data=b"", headers=_PLAIN
            ) as answer:
                is_right = answer.status == 200 and answer.content_type == "text/plain"
                text = await answer.text()
        except (ClientError, TimeoutError) as err:
            raise _invalid("Subscription validation request failed.") from err
        if not is_right or text != token:
            raise _invalid(
                "Subscription validation request failed. Notification endpoint must respond with "
                "200 OK to validation request."
            )

    # -- sending -----------------------------------------------------------------------------

    def hear(self, news: News) -> None:
        """Note a write; a mailbox's listener, and its contacts'."""
        for each in list(self._subscriptions.values()):
            if each.person.object_id != news.owner or each.expires_at <= self._clock.now():
                continue
            is_there = each.what == news.what and each.place in (None, news.place)
            if news.kind in each.change_types and is_there:
                self._post_or_suffer(each, _notice(each, news))

    def tell_lifecycle(self, subscription: Subscription, event: str) -> None:
        """Send ``reauthorizationRequired``, ``subscriptionRemoved`` or ``missed``.

        Whoever has given no address for these hears none of them.
        """
        if subscription.lifecycle_url is not None:
            notice = {**_envelope(subscription), "lifecycleEvent": event}
            self._post(subscription.lifecycle_url, notice)

    def release(self) -> None:
        """Send what was held back, and what was late."""
        self.is_held = False
        self._send_all()
        for url, notice in self._late:
            self._waiting[url].append(notice)
        self._late.clear()
        self._send_all()

    async def settle(self) -> None:
        """Return when everything has been delivered or given up."""
        while self._flush is not None or self._sending:
            await asyncio.gather(*self._sending)
            await asyncio.sleep(0)

    def _post_or_suffer(self, subscription: Subscription, notice: dict[str, Any]) -> None:
        """Send a notice unless an order loses, doubles or delays it."""
        url, person = subscription.notification_url, subscription.person.key
        fault = self._faults.take(NOTICE, notice["resource"], person)
        standing = self.endpoints.standing(url, self._clock.now())
        twist = fault.twist if fault else "" if standing is Standing.GOOD else standing.value
        if twist == "late":
            self._late.append((url, notice))
        elif twist != "lost":
            self._post(url, notice)
        if twist == "doubled":
            self._post(url, notice)
        if not twist:
            # What was late leaves behind the next one that is not.
            for late_url, late in self._late:
                self._post(late_url, late)
            self._late.clear()

    def _post(self, url: str, notice: dict[str, Any]) -> None:
        if self._session is None:
            return
        self._waiting[url].append(notice)
        if self._flush is None and not self.is_held:
            self._flush = asyncio.get_running_loop().call_soon(self._send_all)

    def _send_all(self) -> None:
        self._flush = None
        for url, notices in self._waiting.items():
            task = asyncio.create_task(self._deliver(url, {"value": notices}))
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)
        self._waiting.clear()

    async def _deliver(self, url: str, body: dict[str, Any]) -> None:
        for pause in (*self.pauses, None):
            began = self._clock.now()
            try:
                async with self._open().post(url, json=body) as answer:
                    self.endpoints.note(url, began, self._clock.now())
                    if answer.status < 300:
                        return
            except (ClientError, TimeoutError):
                pass  # tried again below, like an answer that is no success
            if pause is not None:
                await asyncio.sleep(pause)

    def _open(self) -> ClientSession:
        if self._session is None:
            raise RuntimeError("not started")
        return self._session


_PLAIN = {"Content-Type": "text/plain; charset=utf-8"}


def _envelope(subscription: Subscription) -> dict[str, Any]:
    return {
        "subscriptionId": subscription.id,
        "subscriptionExpirationDateTime": subscription.expires_at.isoformat(),
        "clientState": subscription.client_state,
        "tenantId": TENANT.id,
    }


def _notice(subscription: Subscription, news: News) -> dict[str, Any]:
    item_id = news.id(immutable=subscription.immutable_ids)
    path = f"Users/{news.owner}/{news.what}s/{item_id}"
    return {
        **_envelope(subscription),
        "changeType": news.kind,
        "resource": path,
        "resourceData": {
            "@odata.type": f"#Microsoft.Graph.{news.what}",
            "@odata.id": path,
            "@odata.etag": f'W/"{news.key}"',
            "id": item_id,
        },
    }


def _invalid(message: str) -> Refusal:
    return Refusal(400, "ValidationError", message)
