"""An event as Graph shows it: every property, times in the zone asked for, bodies as HTML.

https://learn.microsoft.com/graph/api/resources/event
"""

from __future__ import annotations

import html
import re
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.graph.call import Call
from sandbox.graph.online_meetings import join_link
from sandbox.items import Appearance, Content
from sandbox.recurrence import Recurrence

__all__ = ["bare_json", "cancelled_of", "event_json", "instant", "text_of"]

_AS_KEPT = (
    *("subject", "importance", "sensitivity", "showAs", "categories", "locations", "attendees"),
    *("isReminderOn", "reminderMinutesBeforeStart", "responseRequested", "allowNewTimeProposals"),
    *("hideAttendees", "isOnlineMeeting", "onlineMeetingProvider", "isCancelled"),
)
"""Properties that are shown as they are kept."""
_TEXT_HEAD = (
    '<html><head>\r\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
    '<meta name="Generator" content="Microsoft Exchange Server">\r\n'
    "<!-- converted from text --><style><!-- .EmailQuote { margin-left: 1pt; padding-left: 4pt; "
    "border-left: #800000 2px solid; } --></style></head>\r\n"
    '<body>\r\n<font size="2"><span style="font-size:11pt;"><div class="PlainText">'
)
_TEXT_TAIL = "</div></span></font>\r\n</body>\r\n</html>\r\n"
_HTML_HEAD = (
    '<html><head>\r\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
    "</head><body>"
)


def event_json(call: Call, seen: Appearance, *, own_zone: bool = False) -> dict[str, Any]:
    """Return all properties of an event.

    ``own_zone``: answers to POST and PATCH show the times as they were sent; the Prefer header
    is for reading only.
    """
    item, content = seen.item, seen.content
    plain = content.plain
    key = call.mailbox.change_key(item.change)
    return {
        "@odata.etag": f'W/"{key}"',
        "id": _id(call, seen),
        "createdDateTime": instant(item.created_at),
        "lastModifiedDateTime": instant(item.modified_at),
        "changeKey": key,
        **{name: plain[name] for name in _AS_KEPT},
        **({"transactionId": item.transaction_id} if item.transaction_id else {}),
        "originalStartTimeZone": content.start_zone,
        "originalEndTimeZone": content.end_zone,
        "iCalUId": f"040000008200E00074C5B7101A82E008{item.origin or item.serial:032X}",
        "hasAttachments": False,
        "bodyPreview": text_of(plain["body"])[:255],
        "isAllDay": content.is_all_day,
        "isOrganizer": item.is_organizer,
        "seriesMasterId": None if seen.day is None else _id(call, Appearance(item, item.content)),
        "type": seen.type,
        "webLink": f"{call.request.url.origin()}/sandbox/mailbox/{call.mailbox.person.key}",
        "onlineMeetingUrl": None,
        "isDraft": False,
        "responseStatus": _response(seen),
        "body": _body(call, plain["body"]),
        "start": _moment(call, content.start, content.start_zone, content, own_zone),
        "end": _moment(call, content.end, content.end_zone, content, own_zone),
        "location": _location(plain["locations"]),
        "recurrence": recurrence_json(content.recurrence),
        "organizer": {"emailAddress": {"name": item.organizer[0], "address": item.organizer[1]}},
        "onlineMeeting": join_link(content),
        **_original_start(seen),
    }


def bare_json(call: Call, seen: Appearance) -> dict[str, Any]:
    """Return an occurrence as a delta query gives it: little more than its times."""
    content = seen.content
    return {
        "@odata.type": "#microsoft.graph.event",
        "@odata.etag": f'W/"{call.mailbox.change_key(seen.item.change)}"',
        "id": _id(call, seen),
        "seriesMasterId": _id(call, Appearance(seen.item, seen.item.content)),
        "type": seen.type,
        "start": _moment(call, content.start, content.start_zone, content, False),
        "end": _moment(call, content.end, content.end_zone, content, False),
    }


def recurrence_json(rule: Recurrence | None) -> dict[str, Any] | None:
    """Return a recurrence with the zeros that Graph puts in unused fields."""
    if rule is None:
        return None
    range_type = "numbered" if rule.count else "endDate" if rule.ends_on else "noEnd"
    return {
        "pattern": {
            "type": rule.type,
            "interval": rule.interval,
            "month": rule.month,
            "dayOfMonth": rule.day_of_month,
            **({"daysOfWeek": list(rule.days_of_week)} if rule.days_of_week else {}),
            "firstDayOfWeek": rule.first_day_of_week,
            "index": rule.index,
        },
        "range": {
            "type": range_type,
            "startDate": rule.starts_on.isoformat(),
            "endDate": (rule.ends_on or date.min).isoformat(),
            "recurrenceTimeZone": rule.zone,
            "numberOfOccurrences": rule.count or 0,
        },
    }


def cancelled_of(call: Call, seen: Appearance) -> list[str]:
    """Return ``cancelledOccurrences`` of a series."""
    master = _id(call, Appearance(seen.item, seen.item.content))
    return [f"OID.{master}.{day.isoformat()}" for day in sorted(seen.item.cancelled)]


def instant(at: datetime) -> str:
    """Return a DateTimeOffset: ``2026-11-24T09:30:00.1234567Z``."""
    at = at.astimezone(UTC)
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond:06}0Z"


def text_of(body: dict[str, str]) -> str:
    """Return a body as plain text."""
    if body["contentType"] == "text":
        return body["content"]
    visible = re.sub(r"(?is)<(style|head)\b.*?</\1>|<!--.*?-->", "", body["content"])
    broken = re.sub(r"(?i)<br\s*/?>|</p>|</div>", "\r\n", visible)
    return html.unescape(re.sub(r"<[^>]+>", "", broken)).strip()


def _id(call: Call, seen: Appearance) -> str:
    return call.mailbox.id_of(seen.item, seen.day, immutable=call.prefer.immutable_ids)


def _moment(
    call: Call, at: datetime, zone_name: str, content: Content, own_zone: bool
) -> dict[str, str]:
    name, zone = (zone_name, at.tzinfo) if own_zone else (call.prefer.zone_name, call.prefer.zone)
    # Whole days float: midnight stays midnight, whatever zone is asked for.
    local = at if content.is_all_day else at.astimezone(zone)
    return {
        "dateTime": f"{local:%Y-%m-%dT%H:%M:%S}.{local.microsecond:06}0",
        "timeZone": name,
    }


def _body(call: Call, body: dict[str, str]) -> dict[str, str]:
    if call.prefer.text_body:
        return {"contentType": "text", "content": text_of(body)}
    content = body["content"]
    if not content:
        return {"contentType": "html", "content": ""}
    if body["contentType"] == "text":
        lines = html.escape(content, quote=False).replace("\r\n", "\n").split("\n")
        content = _TEXT_HEAD + "<br>\r\n".join(lines) + _TEXT_TAIL
    elif "<html" not in content.lower():
        content = f"{_HTML_HEAD}{content}</body></html>"
    return {"contentType": "html", "content": content}


def _location(locations: list[dict[str, Any]]) -> dict[str, Any]:
    if locations:
        return dict(locations[0])
    return {
        "displayName": "",
        "locationType": "default",
        "uniqueIdType": "unknown",
        "address": {},
        "coordinates": {},
    }


def _response(seen: Appearance) -> dict[str, str]:
    if seen.item.is_organizer:
        return {"response": "organizer", "time": "0001-01-01T00:00:00Z"}
    answer = seen.content.plain["response"]
    at = "0001-01-01T00:00:00Z" if answer == "notResponded" else instant(seen.item.modified_at)
    return {"response": answer, "time": at}


def _original_start(seen: Appearance) -> dict[str, str]:
    """An occurrence says where the rule would have put it."""
    if seen.day is None:
        return {}
    start = seen.item.content.start
    zone = start.tzinfo if isinstance(start.tzinfo, ZoneInfo) else UTC
    return {"originalStart": instant(datetime.combine(seen.day, start.time(), zone))}
