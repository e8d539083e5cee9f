"""Every answer of the sandbox is held against what Microsoft's own SDK expects of Graph.

:class:`JudgedSandbox` is a sandbox with one more eye: whatever its Graph answers must fit the
model class that the SDK would read it into, by names, rough types and words of enumerations.
It complains when it is stopped. The classes are in ``sandbox/graph/schema.json``, computed from
the SDK by :mod:`tests.sandbox._sdk_schema`, so that no test has to import two thousand modules.
"""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from aiohttp import web

from sandbox.clock import Clock
from sandbox.entra.directory import Registration
from sandbox.people import PEOPLE, SamplePerson
from sandbox.server import Sandbox

__all__ = ["SCHEMA_FILE", "JudgedSandbox", "class_of", "misfits"]

SCHEMA_FILE = Path(__file__).parent.parent / "sandbox" / "graph" / "schema.json"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_ME = r"/v1\.0/(?:me|users/[^/]+)"
_FOLDER = rf"{_ME}/contactFolders/[^/]+"
_CLASSES = tuple(
    (re.compile(path), name)
    for path, name in (
        (r"/v1\.0/\$batch", ""),
        (
            r".*/calendarView/[\w.]*delta(\(\))?",
            "users.item.calendar_view.delta.delta_get_response",
        ),
        (
            rf"{_FOLDER}/contacts/[\w.]*delta(\(\))?",
            "users.item.contact_folders.item.contacts.delta.delta_get_response",
        ),
        (
            rf"{_ME}/contacts/[\w.]*delta(\(\))?",
            "users.item.contact_folders.item.contacts.delta.delta_get_response",
        ),
        (
            rf"{_ME}/contactFolders/[\w.]*delta(\(\))?",
            "users.item.contact_folders.delta.delta_get_response",
        ),
        (r".*/calendarView", "EventCollectionResponse"),
        (r".*/events", "EventCollectionResponse"),
        (r".*/instances", "EventCollectionResponse"),
        (r".*/events/[^/]+", "Event"),
        (
            r".*/calendar/[\w.]*getSchedule",
            "users.item.calendar.get_schedule.get_schedule_post_response",
        ),
        (
            r".*/[\w.]*translateExchangeIds",
            "users.item.translate_exchange_ids.translate_exchange_ids_post_response",
        ),
        (rf"{_ME}/calendars", "CalendarCollectionResponse"),
        (rf"{_ME}/calendars/[^/]+", "Calendar"),
        (rf"{_ME}/calendar", "Calendar"),
        (r".*/events/[^/]+/calendar", "Calendar"),
        (r".*/contacts", "ContactCollectionResponse"),
        (r".*/contacts/[^/]+", "Contact"),
        (r".*/(contactFolders|childFolders)", "ContactFolderCollectionResponse"),
        (r".*/(contactFolders|childFolders)/[^/]+", "ContactFolder"),
        (rf"{_ME}/mailboxSettings", "MailboxSettings"),
        (r".*/photo", "ProfilePhoto"),
        (r".*/photos/[^/]+", "ProfilePhoto"),
        (r"/v1\.0/subscriptions", "SubscriptionCollectionResponse"),
        (r"/v1\.0/subscriptions/[^/]+", "Subscription"),
        (r"/v1\.0/users", "UserCollectionResponse"),
        (_ME, "User"),
    )
)
"""Path of a call, and the class that its answer is read into; the first that fits."""

_DAY = r"\d{4}-\d\d-\d\d"
_CLOCK = r"\d\d:\d\d:\d\d(\.\d{1,7})?"
_SHAPES: Mapping[str, Callable[[Any], bool]] = {
    "anything": lambda value: True,
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "uuid": lambda value: _looks_like(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", value),
    "datetime": lambda value: _looks_like(rf"{_DAY}T{_CLOCK}(Z|[+-]\d\d:\d\d)", value),
    "date": lambda value: _looks_like(_DAY, value),
    "time": lambda value: _looks_like(_CLOCK, value),
    "duration": lambda value: _looks_like(r"-?P[\dYMWDTHS.]+", value),
    "bytes": lambda value: _looks_like(r"[A-Za-z0-9+/_=-]*", value),
}


class JudgedSandbox(Sandbox):
    """A sandbox whose answers are judged; :meth:`stop` fails the test when one did not fit."""

    def __init__(
        self,
        clock: Clock,
        registrations: Sequence[Registration] = (),
        people: Sequence[SamplePerson] = PEOPLE,
    ) -> None:
        super().__init__(clock, registrations, people, middlewares=[self._judge])
        self.complaints: list[str] = []

    async def stop(self) -> None:
        await super().stop()
        assert not self.complaints, "\n".join(self.complaints)

    @web.middleware
    async def _judge(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        answer = await handler(request)
        if isinstance(answer, web.Response) and answer.content_type == "application/json":
            name = class_of(request.method, request.rel_url.path, answer.status)
            body = json.loads(answer.text or "null")
            where = f"{request.method} {request.rel_url.path}: {answer.status}"
            self.complaints += [f"{where}: {each}" for each in misfits(name, body)]
        return answer


def class_of(method: str, path: str, status: int) -> str:
    """Return the name of the class that an answer is read into; empty for a batch."""
    if status >= 400:
        return "ODataError"
    found = next((name for pattern, name in _CLASSES if pattern.fullmatch(path)), "nothing")
    is_made = method == "POST" and status == 201
    return found.removesuffix("CollectionResponse") if is_made else found


def misfits(name: str, body: Any) -> list[str]:
    """Return what is wrong with an answer that should be read into a class."""
    if name and name not in _schema():
        return [f"nobody knows which class this is: {name}"]
    return list(_misfits({"object": name}, body, "")) if name else []


@cache
def _schema() -> dict[str, dict[str, Any]]:
    loaded: dict[str, dict[str, Any]] = json.loads(SCHEMA_FILE.read_text())
    # The one known place where the service leaves out the offset that its own type demands.
    loaded["InnerError"]["date"] = "string"
    return loaded


def _misfits(kind: Any, value: Any, where: str) -> Iterator[str]:
    if value is None:
        return
    if isinstance(kind, str):
        if not _SHAPES[kind](value):
            yield f"{where} should be a {kind}: {value!r}"
    elif "enum" in kind:
        words = value.split(",") if isinstance(value, str) else [value]
        if not set(words) <= set(kind["enum"]):
            yield f"{where} is none of the words of its enumeration: {value!r}"
    elif "list" in kind:
        if not isinstance(value, list):
            yield f"{where} should be a list: {value!r}"
            return
        for each in value:
            yield from _misfits(kind["list"], each, f"{where}[]")
    else:
        yield from _of_object(_schema()[kind["object"]], value, where)


def _of_object(properties: Mapping[str, Any], value: Any, where: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{where} should be an object: {value!r}"
        return
    for name, part in value.items():
        # Annotations may stand anywhere; where the class reads one, it must fit.
        if name in properties:
            yield from _misfits(properties[name], part, f"{where}.{name}")
        elif "@" not in name:
            yield f"{where} has no property {name}"


def _looks_like(pattern: str, value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(pattern, value) is not None
