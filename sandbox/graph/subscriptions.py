"""``/subscriptions``: ask for change notifications of a person's events or contacts.

https://learn.microsoft.com/graph/api/resources/subscription
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from aiohttp import web

from sandbox.graph.call import Call, call_of, json_of, reply
from sandbox.graph.checks import record, text
from sandbox.graph.event_json import instant
from sandbox.graph.scopes import check_scopes
from sandbox.notices import Notices, Subscription
from sandbox.people import find_person
from sandbox.refusal import Refusal

__all__ = ["SubscriptionResource"]

_LONGEST = timedelta(minutes=10_080)
_SHORTEST = timedelta(minutes=45)
_MOST = 1_000
"""Living subscriptions to a mailbox, of all applications."""
_APART = timedelta(minutes=10)
"""What lies between a renewal and a reauthorization, at least."""
_RESOURCE = re.compile(
    r"/?(?:me|users/(?P<person>[^/]+))(?:(?:/calendars/(?P<calendar>[^/]+)|/calendar)?/events"
    r"|(?:/contactFolders/(?P<folder>[^/]+))?/contacts)",
    re.IGNORECASE,
)
_CREATE = record(
    changeType=text,
    notificationUrl=text,
    lifecycleNotificationUrl=text,
    resource=text,
    expirationDateTime=text,
    clientState=text,
    latestSupportedTlsVersion=text,
)
_UPDATE = record(expirationDateTime=text)


class SubscriptionResource:
    """The resource; notices themselves are the business of :mod:`sandbox.notices`."""

    def __init__(self, notices: Notices) -> None:
        self._notices = notices
        self._extended: dict[str, tuple[str, datetime]] = {}
        """How, and when, a subscription was last kept alive."""

    def routes(self) -> list[web.RouteDef]:
        """Return the resource's routes."""
        one = "/subscriptions/{subscription}"
        return [
            web.get("/subscriptions", self.list_all),
            web.post("/subscriptions", self.create),
            web.get(one, self.get),
            web.patch(one, self.update),
            web.delete(one, self.delete),
            web.post(f"{one}/reauthorize", self.reauthorize),
        ]

    async def list_all(self, request: web.Request) -> web.Response:
        """Answer with the caller's subscriptions."""
        call = call_of(request)
        found = self._notices.all_of(call.client_id, call.mailbox.person)
        context = f"{call.base_url}/$metadata#subscriptions"
        return reply({"@odata.context": context, "value": [_json(each) for each in found]})

    async def create(self, request: web.Request) -> web.Response:
        """Make a subscription, once its address has proved that it wants it."""
        call = call_of(request)
        body = await json_of(request)
        _CREATE("subscription", body)
        subscription = _read(call, body)
        own = self._notices.all_of(call.client_id, call.mailbox.person)
        if len(self._notices.all_to(call.mailbox.person)) >= _MOST:
            raise Refusal(403, "Forbidden", f"A mailbox has at most {_MOST} subscriptions.")
        is_twin = any(_same_wish(each, subscription) for each in own)
        if is_twin and not self._notices.takes_twins:
            raise Refusal(
                409,
                "Conflict",
                "A subscription already exists for the same resource and change type.",
            )
        for url in (subscription.notification_url, subscription.lifecycle_url):
            if url:
                await self._notices.validate(url)
        self._notices.add(subscription)
        return _answer(call, subscription, 201)

    async def get(self, request: web.Request) -> web.Response:
        """Answer with one subscription."""
        call = call_of(request)
        return _answer(call, self._find(call))

    async def update(self, request: web.Request) -> web.Response:
        """Renew a subscription."""
        call = call_of(request)
        body = await json_of(request)
        _UPDATE("subscription", body)
        expires_at = _expiry(call, body.get("expirationDateTime"))
        found = self._find(call)
        self._extend(call, found, "renewed")
        return _answer(call, self._notices.renew(found, expires_at))

    async def delete(self, request: web.Request) -> web.Response:
        """End a subscription."""
        self._notices.remove(self._find(call_of(request)).id)
        return web.Response(status=204)

    async def reauthorize(self, request: web.Request) -> web.Response:
        """Take note that the application still has its rights."""
        call = call_of(request)
        self._extend(call, self._find(call), "reauthorized")
        return web.Response(status=204)

    def _extend(self, call: Call, subscription: Subscription, how: str) -> None:
        """Refuse one of the two ways so soon after the other."""
        before, at = self._extended.get(subscription.id, (how, call.now))
        if before != how and call.now - at < _APART:
            raise Refusal(409, "Conflict", f"The subscription was {before} a moment ago.")
        self._extended[subscription.id] = how, call.now

    def _find(self, call: Call) -> Subscription:
        wanted = call.request.match_info["subscription"]
        for each in self._notices.all_of(call.client_id, call.mailbox.person):
            if each.id == wanted:
                return each
        raise Refusal(404, "ResourceNotFound", "The object was not found.")


def _read(call: Call, body: dict[str, Any]) -> Subscription:
    kinds = frozenset((body.get("changeType") or "").replace(" ", "").split(","))
    if not kinds <= {"created", "updated", "deleted"}:
        raise _invalid("The value of changeType is invalid.")
    if len(body.get("clientState") or "") > 128:
        raise _invalid("The value of clientState is too long.")
    found = _RESOURCE.fullmatch(body.get("resource") or "")
    if found is None:
        raise _invalid("The resource is not supported.")
    if found["person"] and find_person(found["person"]) is not call.mailbox.person:
        raise Refusal(403, "ExtensionError", "Operation: Create; Exception: [Status Code: 403]")
    is_of_contacts = found[0].lower().endswith("/contacts")
    check_scopes("GET", "/contacts" if is_of_contacts else "/events", call.scopes)
    return Subscription(
        id=str(uuid4()),
        client_id=call.client_id,
        person=call.mailbox.person,
        resource=body["resource"],
        what="Contact" if is_of_contacts else "Event",
        place=_folder(call, found) if is_of_contacts else _calendar(call, found),
        change_types=kinds,
        notification_url=_url(body.get("notificationUrl")),
        lifecycle_url=_url(body["lifecycleNotificationUrl"])
        if body.get("lifecycleNotificationUrl")
        else None,
        client_state=body.get("clientState"),
        expires_at=_expiry(call, body.get("expirationDateTime")),
        immutable_ids=call.prefer.immutable_ids,
    )


def _calendar(call: Call, found: re.Match[str]) -> str | None:
    if found["calendar"]:
        return call.mailbox.calendar(found["calendar"]).id
    return call.mailbox.default_calendar.id if "/calendar/" in found[0].lower() else None


def _folder(call: Call, found: re.Match[str]) -> str:
    book = call.mailbox.contacts
    return book.folder(found["folder"]).id if found["folder"] else book.default_folder.id


def _same_wish(one: Subscription, other: Subscription) -> bool:
    return (one.resource, one.change_types) == (other.resource, other.change_types)


def _url(text: str | None) -> str:
    """Take https, and http to this very machine, which the real service would refuse."""
    parts = urlsplit(text or "")
    is_local = parts.hostname in ("127.0.0.1", "localhost")
    if parts.scheme != "https" and not (parts.scheme == "http" and is_local):
        raise _invalid("The notificationUrl must use the https protocol.")
    return text or ""


def _expiry(call: Call, text: str | None) -> datetime:
    try:
        at = datetime.fromisoformat(text or "")
    except ValueError as err:
        raise _invalid("The value of expirationDateTime is invalid.") from err
    if at.tzinfo is None:
        raise _invalid("The value of expirationDateTime has no offset.")
    if at <= call.now:
        raise _invalid("Subscription expiration must be in the future.")
    if at > call.now + _LONGEST:
        raise _invalid("Subscription expiration can only be 10080 minutes in the future.")
    return max(at, call.now + _SHORTEST)


def _answer(call: Call, subscription: Subscription, status: int = 200) -> web.Response:
    context = f"{call.base_url}/$metadata#subscriptions/$entity"
    return reply({"@odata.context": context, **_json(subscription)}, status)


def _json(subscription: Subscription) -> dict[str, Any]:
    return {
        "id": subscription.id,
        "resource": subscription.resource,
        "applicationId": subscription.client_id,
        "changeType": ",".join(sorted(subscription.change_types)),
        "clientState": subscription.client_state,
        "notificationUrl": subscription.notification_url,
        "notificationQueryOptions": None,
        "lifecycleNotificationUrl": subscription.lifecycle_url,
        "expirationDateTime": instant(subscription.expires_at),
        "creatorId": subscription.person.object_id,
        "includeResourceData": None,
        "latestSupportedTlsVersion": "v1_2",
        "encryptionCertificate": None,
        "encryptionCertificateId": None,
        "notificationUrlAppId": None,
    }


def _invalid(message: str) -> Refusal:
    return Refusal(400, "ValidationError", message)
