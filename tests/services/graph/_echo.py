"""What Outlook would say about an event that it was given: times in UTC, every field filled."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from typing import Any

from services.graph.zones import zone_from_graph

__all__ = ["an_item", "as_html", "echo"]


def echo(body: dict[str, Any], *, html: bool = False) -> dict[str, Any]:
    """Return the item that a body for ``POST /events`` becomes, read with UTC preferred."""
    item = {
        "id": "AAMk=",
        "changeKey": "CQ==",
        "type": "seriesMaster" if body.get("recurrence") else "singleInstance",
        "isOrganizer": True,
        "isCancelled": False,
        "isOnlineMeeting": False,
        "attendees": [],
        "recurrence": None,
        "reminderMinutesBeforeStart": 15,
        "originalStartTimeZone": body["start"]["timeZone"],
        "originalEndTimeZone": body["end"]["timeZone"],
        "lastModifiedDateTime": "2026-11-18T12:00:00.1234567Z",
        **body,
    }
    if not body["isAllDay"]:
        item |= {"start": _in_utc(body["start"]), "end": _in_utc(body["end"])}
    else:
        item |= {edge: body[edge] | {"timeZone": "UTC"} for edge in ("start", "end")}
    if html and body["body"]["contentType"] == "text":
        item["body"] = {"contentType": "html", "content": as_html(body["body"]["content"])}
    return item


def _in_utc(value: dict[str, str]) -> dict[str, str]:
    zone = zone_from_graph(value["timeZone"])
    instant = datetime.fromisoformat(value["dateTime"]).replace(tzinfo=zone).astimezone(UTC)
    return {"dateTime": f"{instant:%Y-%m-%dT%H:%M:%S}.0000000", "timeZone": "UTC"}


def as_html(text: str) -> str:
    lines = "<br>\r\n".join(escape(line) for line in text.split("\n"))
    head = "<head><style>p {}</style></head>"
    return f'<html>{head}<body><div class="PlainText">{lines}</div></body></html>'


def an_item(**given: Any) -> dict[str, Any]:
    """A single event as Graph shows it: tomorrow's lunch, made in Berlin."""
    return {
        "@odata.etag": 'W/"CQ=="',
        "id": "AAMk=",
        "changeKey": "CQ==",
        "type": "singleInstance",
        "subject": "Lunch with Ines",
        "isAllDay": False,
        "start": {"dateTime": "2026-11-20T11:30:00.0000000", "timeZone": "UTC"},
        "end": {"dateTime": "2026-11-20T12:30:00.0000000", "timeZone": "UTC"},
        "originalStartTimeZone": "W. Europe Standard Time",
        "originalEndTimeZone": "W. Europe Standard Time",
        "location": {"displayName": "Café"},
        "body": {"contentType": "text", "content": "Bring the maps"},
        "showAs": "busy",
        "sensitivity": "normal",
        "isReminderOn": False,
        "reminderMinutesBeforeStart": 15,
        "isOrganizer": True,
        "isCancelled": False,
        "isOnlineMeeting": False,
        "attendees": [],
        "organizer": {"emailAddress": {"name": "Ines", "address": "ines@harbour.example"}},
        "recurrence": None,
        "categories": ["Harbour"],
        "importance": "normal",
        "responseStatus": {"response": "organizer", "time": "0001-01-01T00:00:00Z"},
        "lastModifiedDateTime": "2026-11-18T12:00:00.1234567Z",
        **given,
    }
