"""One person's mailbox: its calendars and events, read and written in the model's terms.

A :class:`Mailbox` holds a client, where tokens come from and whose mailbox it is. Events come as
:class:`RemoteEvent`; a series is one event with its exceptions inside. What a series' exceptions
should become is written by :func:`services.graph.series_exceptions.settle_exceptions`.

Source: Microsoft Graph ``user: list events``, ``event``, ``singleValueExtendedProperty``.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from services.graph.client import Answer, GraphClient, quoted
from services.graph.convert import from_graph, patch_for, to_graph
from services.graph.odata import if_match, values
from services.graph.remote_event import RemoteCalendar, RemoteEvent, address_of
from services.graph.tags import WITH_TAG, having_tag, tagged_payload
from services.graph.zones import UTC_ZONE, zone_from_graph
from services.model.accounts import RemoteId
from services.model.errors import Rejected, SignInNeeded, Unreadable
from services.model.events import EventContent
from services.model.identity import Person
from services.model.ports import Tokens

__all__ = ["DUPLICATE", "Mailbox", "Me", "RemoteCalendar", "RemoteEvent"]

DUPLICATE = "ErrorDuplicateTransactionId"
"""The code of ``Rejected`` when a create was sent before, under the same transaction id."""

FIELDS = (
    "id,changeKey,type,seriesMasterId,subject,body,start,end,isAllDay,originalStartTimeZone,"
    "originalEndTimeZone,location,recurrence,showAs,sensitivity,isReminderOn,"
    "reminderMinutesBeforeStart,attendees,organizer,isOrganizer,isOnlineMeeting,onlineMeeting,"
    "onlineMeetingUrl,isCancelled,lastModifiedDateTime,categories,importance,responseStatus,iCalUId"
)
"""What is asked of a series by name, because its cancelled occurrences come by name alone. Not
among them is what an event may lack: ``transactionId`` is there only where it was once set."""

EXCEPTIONS = "exceptionOccurrences"


@dataclass(frozen=True, slots=True)
class Me:
    """Who a token belongs to, as Graph says it."""

    object_id: str
    name: str
    username: str


class Mailbox:
    """The mailbox of one person.

    Args:
        client: the client.
        tokens: where this person's token comes from.
        person: whose mailbox it is.
        zone: the mailbox's own zone: where all-day events begin, and the zone of a series whose
            own nobody knows.
        background: nobody waits for what is asked.
    """

    def __init__(
        self,
        client: GraphClient,
        tokens: Tokens,
        person: Person,
        *,
        zone: ZoneInfo = UTC_ZONE,
        background: bool = False,
    ) -> None:
        self._client = client
        self._tokens = tokens
        self._background = background
        self.person = person
        self.zone = zone

    async def request(self, method: str, target: str, **how: Any) -> Answer:
        """Send one request with the person's token; a token refused once is asked for anew.

        Takes what :meth:`GraphClient.request` takes, and raises what it raises.

        Raises:
            SignInNeeded: Graph refuses the newest token.
        """
        token = await self._tokens.token_for(self.person)
        try:
            return await self._send(token, method, target, **how)
        except Rejected as err:
            if err.status != 401:
                raise
            # Nothing was done, so even a create may be sent again.
            newest = await self._tokens.token_for(self.person, refused=token, claims=err.claims)
            if newest == token:
                raise SignInNeeded from err
        try:
            return await self._send(newest, method, target, **how)
        except Rejected as err:
            if err.status == 401:
                raise SignInNeeded from err
            raise

    async def _send(self, token: str, method: str, target: str, **how: Any) -> Answer:
        return await self._client.request(
            self.person, token, method, target, background=self._background, **how
        )

    async def me(self) -> Me:
        """Return who this mailbox's token belongs to."""
        params = {"$select": "id,displayName,userPrincipalName"}
        user = (await self.request("GET", "/me", params=params)).body
        return Me(
            str(user.get("id") or ""),
            str(user.get("displayName") or ""),
            str(user.get("userPrincipalName") or ""),
        )

    async def own_zone(self) -> ZoneInfo | None:
        """Return the zone that the mailbox is set to, or ``None`` when nobody knows it."""
        params = {"$select": "timeZone"}
        settings = (await self.request("GET", "/me/mailboxSettings", params=params)).body
        return zone_from_graph(settings.get("timeZone"))

    async def calendars(self) -> tuple[RemoteCalendar, ...]:
        """Return the calendars that the mailbox lists, the default one first."""
        params = {"$select": "id,name,isDefaultCalendar,canEdit,owner"}
        found = [
            RemoteCalendar(
                id=RemoteId(item["id"]),
                name=item.get("name") or "",
                is_default=bool(item.get("isDefaultCalendar")),
                can_edit=item.get("canEdit") is not False,
                owner=address_of(item.get("owner")),
            )
            async for item in self.items("/me/calendars", params)
        ]
        return tuple(sorted(found, key=lambda calendar: not calendar.is_default))

    async def items(
        self, target: str, params: Mapping[str, str] | None = None
    ) -> AsyncIterator[dict[str, Any]]:
        """Yield the items of a collection, page after page."""
        following: str | None = target
        while following:
            body = (await self.request("GET", following, params=params)).body
            for item in values(body):
                yield item
            following, params = body.get("@odata.nextLink"), None

    async def delete(self, target: str, change_key: str = "") -> None:
        """Delete what a path names; if it is gone already, that is as good.

        Raises:
            Rejected: 412 changed meanwhile.
        """
        try:
            await self.request("DELETE", target, headers=if_match(change_key))
        except Rejected as err:
            if not err.is_gone:
                raise

    async def create_event(self, calendar: RemoteId, payload: bytes) -> RemoteEvent:
        """Create an event from the exact bytes of :meth:`payload_for`.

        Raises:
            Rejected: among others with the code ``DUPLICATE``.
        """
        target = f"/me/calendars/{quoted(calendar)}/events"
        answer = await self.request("POST", target, body=payload)
        return self.read(answer.body)

    async def get_event(self, id: RemoteId) -> RemoteEvent:
        """Return an event with its tag, and a series with its exceptions.

        Raises:
            Rejected: status 404 when there is none.
            Unreadable: the model cannot express it.
        """
        item = (await self.request("GET", path(id), params={"$expand": WITH_TAG})).body
        return await self.get_series(id, item) if is_series(item) else self.read(item)

    async def get_series(self, id: RemoteId, seen: Mapping[str, Any] | None = None) -> RemoteEvent:
        """Return a series with its tag and its exceptions, changed and cancelled.

        ``seen`` is the item as it was just read, for what only that has.
        """
        params = {
            "$select": f"{FIELDS},cancelledOccurrences,{EXCEPTIONS}",
            "$expand": f"{EXCEPTIONS},{WITH_TAG}",
        }
        item = (await self.request("GET", path(id), params=params)).body
        return self.read(
            {**(seen or {}), **item},
            exceptions=await self._exceptions(item),
            cancelled=[_day(name) for name in item.get("cancelledOccurrences") or ()],
        )

    async def _exceptions(self, item: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Return the changed occurrences of a series; those that a page has no room for, as well.

        Were they taken to be gone, the next write would make them so.
        """
        found, following = values(item, EXCEPTIONS), item.get(f"{EXCEPTIONS}@odata.nextLink")
        return found + ([each async for each in self.items(following)] if following else [])

    async def update_event(
        self, id: RemoteId, patch: Mapping[str, Any], change_key: str = ""
    ) -> RemoteEvent:
        """Change an event; return it as it is now.

        ``If-Match`` is sent although nobody documents it for events: compare the change key first.

        Raises:
            Rejected: 404 gone, 412 changed meanwhile.
        """
        if not patch:
            return await self.get_event(id)
        item = (
            await self.request("PATCH", path(id), json=dict(patch), headers=if_match(change_key))
        ).body
        return await self.get_series(id, item) if is_series(item) else self.read(item)

    async def calendar_of(self, id: RemoteId) -> RemoteId | None:
        """Return in which calendar an event is; ``None`` where Graph does not say."""
        params = {"$select": "id"}
        try:
            body = (await self.request("GET", f"{path(id)}/calendar", params=params)).body
        except Rejected:
            return None
        calendar = body.get("id")
        return RemoteId(calendar) if isinstance(calendar, str) else None

    async def delete_event(self, id: RemoteId, change_key: str = "") -> None:
        """Delete an event; see :meth:`delete`."""
        await self.delete(path(id), change_key)

    async def find_by_tag(self, calendar: RemoteId, tag: str) -> list[RemoteEvent]:
        """Return what carries a tag: our own item, and every copy that a person made of it."""
        target = f"/me/calendars/{quoted(calendar)}/events"
        return [self.read(item) async for item in self.items(target, having_tag(tag))]

    def read(
        self,
        item: Mapping[str, Any],
        *,
        exceptions: list[dict[str, Any]] | None = None,
        cancelled: list[date] | None = None,
    ) -> RemoteEvent:
        """Read an item of this mailbox: see :func:`services.graph.convert.from_graph`."""
        return from_graph(
            item, fallback=self.zone, exceptions=exceptions or (), cancelled=cancelled or ()
        )

    def payload_for(self, content: EventContent, transaction_id: str, tag: str) -> bytes:
        """Return the exact body of a create, to be kept and sent as often as it takes."""
        body = to_graph(content, all_day_zone=self.zone)
        return tagged_payload({**body, "transactionId": transaction_id}, tag)

    def patch_for(self, old: EventContent | None, new: EventContent) -> dict[str, Any]:
        """Return what to send so that an event that says ``old`` says ``new``."""
        return patch_for(old, new, all_day_zone=self.zone)


def path(id: str) -> str:
    """Return the path of an event."""
    return f"/me/events/{quoted(id)}"


def is_series(item: Mapping[str, Any]) -> bool:
    """Whether an item is the master of a series."""
    return item.get("type") == "seriesMaster" or bool(item.get("recurrence"))


def _day(occurrence_id: Any) -> date:
    """Return the day of a cancelled occurrence: the end of ``OID.<series>.2026-11-24``."""
    try:
        return date.fromisoformat(str(occurrence_id)[-10:])
    except ValueError as err:
        raise Unreadable("cancelled_occurrence") from err
