"""One of everything that Graph is asked for, and the shape of each answer.

The tour goes through a calendar and a contact folder of its own and takes them away again; nobody
is invited, so nobody is mailed. Made at two services, two tours show where their shapes differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from tests.sandbox._caller import BERLIN, FACE, Answer, Caller, event_body, series_body

__all__ = ["Shape", "Tour", "differences", "shape_of"]

Shape = Any
"""A mapping for an object, a list of at most one shape for a list, else the name of a type."""
WINDOW = {"startDateTime": "2026-11-01T00:00:00Z", "endDateTime": "2026-12-20T00:00:00Z"}
TAG = "String {5e5c1a46-0b3d-4f3a-9a5c-30b5d4a0a001} Name tour"
WEEKLY = {"type": "weekly", "daysOfWeek": ["friday"]}


@dataclass(slots=True)
class Tour:
    """Asks a service, and notes what it answers.

    Attributes:
        shapes: for each step its status and the shape of its answer.
    """

    graph: Caller
    shapes: dict[str, Shape] = field(default_factory=dict)

    async def go(self) -> dict[str, Shape]:
        """Make all steps; return the shapes."""
        name = f"Almanac tour {uuid4()}"
        calendar = (
            await self._ask("make a calendar", "POST", "/me/calendars", {"name": name})
        ).json
        folder = (
            await self._ask("make a folder", "POST", "/me/contactFolders", {"displayName": name})
        ).json
        try:
            await self._reads()
            await self._events(f"/me/calendars/{calendar['id']}", name)
            await self._contacts(f"/me/contactFolders/{folder['id']}")
        finally:
            await self._ask("drop the calendar", "DELETE", f"/me/calendars/{calendar['id']}")
            await self._ask("drop the folder", "DELETE", f"/me/contactFolders/{folder['id']}")
        return self.shapes

    async def _reads(self) -> None:
        await self._ask("me", "GET", "/me")
        await self._ask("mailbox settings", "GET", "/me/mailboxSettings")
        await self._ask("calendars", "GET", "/me/calendars")
        await self._ask("folders", "GET", "/me/contactFolders")
        await self._ask("an option that is none", "GET", "/me/calendars?$colour=red")
        await self._ask("a segment that is none", "GET", "/me/nonsense")
        await self._ask("an id that is none", "GET", "/me/events/nonsense")
        me = (await self._ask("me again", "GET", "/me?$select=userPrincipalName")).json
        at = {"dateTime": "2026-11-20T12:00:00", "timeZone": BERLIN}
        question = {
            "schedules": [me["userPrincipalName"], "nobody@example.com"],
            "startTime": at,
            "endTime": {**at, "dateTime": "2026-11-20T15:00:00"},
        }
        await self._ask("schedules", "POST", "/me/calendar/getSchedule", question)
        parts = [{"id": "1", "method": "GET", "url": "/me"}]
        await self._ask("a batch", "POST", "/$batch", {"requests": parts})

    async def _events(self, calendar: str, name: str) -> None:
        tagged: dict[str, Any] = {"singleValueExtendedProperties": [{"id": TAG, "value": name}]}
        sent = event_body(transactionId=str(uuid4()), **tagged)
        made = (await self._ask("make an event", "POST", f"{calendar}/events", sent)).json
        await self._ask("make it again", "POST", f"{calendar}/events", sent)
        one = f"/me/events/{made['id']}"
        found = f"$filter=singleValueExtendedProperties/Any(ep: ep/id eq '{TAG}' and "
        found += f"ep/value eq '{name}')"
        await self._ask("find it by its tag", "GET", f"{calendar}/events?{found}")
        expand = f"$expand=singleValueExtendedProperties($filter=id eq '{TAG}')"
        await self._ask("read it with its tag", "GET", f"{one}?{expand}")
        await self._ask("change it", "PATCH", one, {"subject": "Brunch", "isReminderOn": False})
        await self._ask("a zone that is none", "PATCH", one, _moved("Nowhere"))
        await self._ask("a property that is none", "PATCH", one, {"colour": "red"})
        ids = {
            "inputIds": [made["id"]],
            "sourceIdType": "restImmutableEntryId",
            "targetIdType": "restId",
        }
        await self._ask("translate its id", "POST", "/me/translateExchangeIds", ids)
        whole = series_body(WEEKLY, {"type": "numbered", "numberOfOccurrences": 3})
        series = (await self._ask("make a series", "POST", f"{calendar}/events", whole)).json
        path = f"/me/events/{series['id']}/instances"
        instances = (await self._ask("its instances", "GET", path, **WINDOW)).json["value"]
        second = f"/me/events/{instances[1]['id']}"
        await self._ask("change an instance", "PATCH", second, {"subject": "Longer"})
        await self._ask("cancel an instance", "DELETE", f"/me/events/{instances[2]['id']}")
        await self._ask("the view", "GET", f"{calendar}/calendarView", **WINDOW)
        delta = await self._ask("a round", "GET", f"{calendar}/calendarView/delta", **WINDOW)
        await self._ask("delete it", "DELETE", one)
        await self._ask("delete it again", "DELETE", one)
        link = delta.json.get("@odata.deltaLink") or delta.json["@odata.nextLink"]
        await self._ask("the next round", "GET", link)
        await self._ask("a token that is none", "GET", f"{link.partition('?')[0]}?$deltatoken=x")

    async def _contacts(self, folder: str) -> None:
        person = {
            "givenName": "Ana",
            "surname": "Beltrán",
            "emailAddresses": [{"name": "Ana", "address": "ana@papelera.example"}],
            "businessPhones": ["+34 955 55 01 10"],
        }
        made = (await self._ask("make a contact", "POST", f"{folder}/contacts", person)).json
        one = f"/me/contacts/{made['id']}"
        await self._ask("read the contact", "GET", one)
        await self._ask("change the contact", "PATCH", one, {"mobilePhone": "+34 600 55 01 10"})
        await self._ask("a photo that is none", "GET", f"{one}/photo")
        await self.graph.put(f"{one}/photo/$value", FACE)
        await self._ask("its photo", "GET", f"{one}/photo")
        await self._ask("take its photo away", "DELETE", f"{one}/photo/$value")
        many = [{"address": f"{n}@papelera.example"} for n in range(4)]
        await self._ask("a fourth address", "PATCH", one, {"emailAddresses": many})
        delta = (await self._ask("a round of contacts", "GET", f"{folder}/contacts/delta")).json
        await self._ask("delete the contact", "DELETE", one)
        link = delta.get("@odata.deltaLink") or delta["@odata.nextLink"]
        await self._ask("the next round of contacts", "GET", link)

    async def _ask(
        self, step: str, method: str, path: str, body: Any = None, **params: str
    ) -> Answer:
        answer = await self.graph(method, path, body, **params)
        said: Shape = shape_of(answer.json)
        if answer.status >= 400:
            # Sentences may differ, codes may not.
            said = {"code": answer.json.get("error", {}).get("code")}
        self.shapes[step] = {"status": answer.status, "answer": said}
        return answer


def _moved(zone: str) -> dict[str, Any]:
    at = {"dateTime": "2026-11-20T12:30:00", "timeZone": zone}
    return {"start": at, "end": at}


def shape_of(value: Any) -> Shape:
    """Return the shape of JSON: what there is, not what it says."""
    if isinstance(value, dict):
        return {name: shape_of(part) for name, part in value.items()}
    if isinstance(value, list):
        merged: Shape = None
        for each in map(shape_of, value):
            merged = _merged(merged, each)
        return [merged] if value else []
    return None if value is None else type(value).__name__


def _merged(one: Shape, other: Shape) -> Shape:
    if isinstance(one, dict) and isinstance(other, dict):
        names = [*one, *(name for name in other if name not in one)]
        return {name: _merged(one.get(name), other.get(name)) for name in names}
    return other if one is None else one


def differences(ours: Shape, theirs: Shape, where: str = "") -> Iterator[str]:
    """Yield where two shapes differ; nothing can be said of what is null or empty."""
    if ours is None or theirs is None or ours == [] or theirs == []:
        return
    if isinstance(ours, list) and isinstance(theirs, list):
        yield from differences(ours[0], theirs[0], f"{where}[]")
    elif isinstance(ours, Mapping) and isinstance(theirs, Mapping):
        for name in sorted(ours.keys() | theirs.keys()):
            if name not in theirs:
                yield f"{where}.{name}: only the sandbox has it"
            elif name not in ours:
                yield f"{where}.{name}: the sandbox lacks it"
            else:
                yield from differences(ours[name], theirs[name], f"{where}.{name}")
    elif ours != theirs:
        yield f"{where}: {ours} in the sandbox, {theirs} there"
