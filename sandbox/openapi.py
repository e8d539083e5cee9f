"""What the sandbox's Graph understands, as an OpenAPI document.

The types of answers are those of Microsoft's own SDK (``graph/schema.json``, computed from its
model classes); ``GET /sandbox/openapi.json`` shows the document, and schemathesis makes requests
from it, right ones and wrong ones. https://spec.openapis.org/oas/v3.1.0
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

from sandbox.graph.event_body import WRITABLE
from sandbox.operations import PICTURE, Operation, operations

__all__ = ["openapi"]


def openapi() -> dict[str, Any]:
    """Return the OpenAPI 3.1 document."""
    paths: dict[str, dict[str, Any]] = {}
    for each in operations():
        paths.setdefault(each.path, {})[each.method.lower()] = _described(each)
    answers = json.loads(files("sandbox.graph").joinpath("schema.json").read_text())
    return {
        "openapi": "3.1.0",
        "info": {"title": "The sandbox's Microsoft Graph", "version": "1.0"},
        "servers": [{"url": "/v1.0"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {name: _object(kinds) for name, kinds in answers.items()} | _bodies(answers),
        },
    }


def _described(operation: Operation) -> dict[str, Any]:
    good: dict[str, Any] = {"description": "As asked."}
    if operation.answer:
        good["content"] = _json(operation.answer)
    elif operation.path.endswith("$value") and operation.method == "GET":
        good["content"] = {PICTURE: {}}
    elif operation.body == PICTURE:
        pass  # a new picture is answered with nothing
    elif operation.status == 200:
        good["content"] = {"application/json": {"schema": {"type": "object"}}}
    refusal = {"description": "Refused.", "content": _json("ODataError")}
    refusals = ("400", "401", "403", "404", "409", "410", "412", "429")
    described: dict[str, Any] = {
        "parameters": [*_path_parameters(operation.path), *_query(operation.options)],
        "responses": {str(operation.status): good, **dict.fromkeys(refusals, refusal)},
    }
    if operation.body:
        sent = {PICTURE: {}} if operation.body == PICTURE else _json(operation.body)
        described["requestBody"] = {"required": True, "content": sent}
    return described


def _json(name: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}


def _path_parameters(path: str) -> Iterator[dict[str, Any]]:
    for name in re.findall(r"{(\w+)}", path):
        schema = {"type": "string", "minLength": 1}
        yield {"name": name, "in": "path", "required": True, "schema": schema}


_OPTION_TYPES: Mapping[str, dict[str, Any]] = {
    "$top": {"type": "integer", "minimum": 1, "maximum": 1000},
    "$skip": {"type": "integer", "minimum": 0},
    "$count": {"type": "boolean"},
    "startDateTime": {"type": "string", "format": "date-time"},
    "endDateTime": {"type": "string", "format": "date-time"},
}


def _query(options: str) -> Iterator[dict[str, Any]]:
    for option in options.split():
        name = option.rstrip("!")
        schema = _OPTION_TYPES.get(name, {"type": "string"})
        yield {"name": name, "in": "query", "required": option != name, "schema": schema}


_TYPES: Mapping[str, dict[str, Any]] = {
    "anything": {},
    "string": {"type": ["string", "null"]},
    "boolean": {"type": ["boolean", "null"]},
    "integer": {"type": ["integer", "null"]},
    "number": {"type": ["number", "null"]},
}
"""The SDK's types; all others (moments, ids) travel as strings."""


def _object(kinds: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of a class: its properties, and annotations."""
    return {
        "type": "object",
        "properties": {name: _type(kind) for name, kind in kinds.items()},
        "patternProperties": {"@": {}},
        "additionalProperties": False,
    }


def _type(kind: Any) -> dict[str, Any]:
    if isinstance(kind, str):
        return dict(_TYPES.get(kind, _TYPES["string"]))
    if "enum" in kind:
        return {"enum": [*kind["enum"], None]}
    if "list" in kind:
        return {"type": ["array", "null"], "items": _type(kind["list"])}
    return {"anyOf": [{"$ref": f"#/components/schemas/{kind['object']}"}, {"type": "null"}]}


def _bodies(answers: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the schemas of what can be sent."""
    event = {name: _type(kind) for name, kind in answers["Event"].items() if name in WRITABLE}
    event |= {"start": _MOMENT, "end": _MOMENT}
    calendar = {name: _type(answers["Calendar"][name]) for name in ("color", "name")}
    contact = {
        name: _type(kind) for name, kind in answers["Contact"].items() if name in _CONTACT.split()
    }
    return {
        "NewEvent": _sent(event, "start end"),
        "EventText": _sent(event),
        "CalendarText": _sent(calendar),
        "ContactText": _sent(contact),
        "FolderText": _sent({"displayName": {"type": "string"}}),
        "NewSubscription": _SUBSCRIPTION,
        "Renewal": _sent({"expirationDateTime": _INSTANT}, "expirationDateTime"),
        "ScheduleQuestion": _SCHEDULE_QUESTION,
        "IdQuestion": _ID_QUESTION,
        "MeetingAnswer": _sent({"comment": _WORD, "sendResponse": {"type": "boolean"}}),
        "Cancellation": _sent({"comment": _WORD}),
        "Batch": _sent({"requests": {"type": "array", "items": _PART, "minItems": 1}}, "requests"),
    }


_CONTACT = """
    displayName givenName surname companyName jobTitle emailAddresses businessPhones homePhones
    mobilePhone homeAddress birthday categories personalNotes
"""
"""What of a contact is described: not all that can be sent, but one of each kind."""


def _sent(properties: Mapping[str, Any], required: str = "") -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": required.split(),
        "additionalProperties": False,
    }


_MOMENT = _sent(
    {
        "dateTime": {
            "type": "string",
            "pattern": "^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])"
            "T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$",
        },
        "timeZone": {"enum": ["UTC", "W. Europe Standard Time", "Europe/Berlin"]},
    },
    "dateTime timeZone",
)
_WORD = {"type": "string"}
_INSTANT = {"type": "string", "format": "date-time"}
_SUBSCRIPTION = _sent(
    {
        "changeType": {"enum": ["created", "updated,deleted"]},
        "notificationUrl": {"type": "string", "format": "uri"},
        "resource": {"enum": ["/me/events", "/me/calendar/events"]},
        "expirationDateTime": _INSTANT,
        "clientState": {"type": "string", "maxLength": 128},
    },
    "changeType notificationUrl resource expirationDateTime",
)
_WORDS = {"type": "array", "items": {"type": "string"}, "minItems": 1}
_SCHEDULE_QUESTION = _sent(
    {
        "schedules": {**_WORDS, "maxItems": 20},
        "startTime": _MOMENT,
        "endTime": _MOMENT,
        "availabilityViewInterval": {"type": "integer", "minimum": 5, "maximum": 1440},
    },
    "schedules startTime endTime",
)
_FORM = {"enum": ["restId", "restImmutableEntryId"]}
_ID_QUESTION = _sent(
    {"inputIds": _WORDS, "sourceIdType": _FORM, "targetIdType": _FORM},
    "inputIds sourceIdType targetIdType",
)
_PART = _sent(
    {
        "id": {"type": "string", "minLength": 1},
        "method": {"enum": ["GET", "POST", "PATCH", "DELETE"]},
        "url": {"enum": ["/me", "/me/events", "/me/calendars/none"]},
        "dependsOn": {"type": "array", "items": {"type": "string"}},
    },
    "id method url",
)
