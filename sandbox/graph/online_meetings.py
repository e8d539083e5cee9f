"""What makes an event an online meeting: a block in its text, and the link to join by.

The service writes the block when an event becomes a meeting. Whoever sends another text without
it takes the meeting away, for good.
https://learn.microsoft.com/graph/api/event-update, microsoft-graph-docs#16336
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.items import Content

__all__ = ["as_meeting", "join_link"]

_LINK = "https://teams.example/l/meetup-join/sandbox"
_BLOCK = (
    '<div class="me-email-text"><a class="me-email-headline" href="'
    f'{_LINK}">Join the meeting now</a></div>'
)
_MARK = "/meetup-join/"


def as_meeting(
    plain: Mapping[str, Any], given: Mapping[str, Any], base: Content | None
) -> dict[str, Any]:
    """Return what an event says that is, or becomes, an online meeting."""
    was = base.plain if base and base.plain["isOnlineMeeting"] else None
    said = {**plain, "isOnlineMeeting": True, "onlineMeetingProvider": "teamsForBusiness"}
    if was is None:
        return {**said, "body": _with_block(said["body"])}
    has_lost = _MARK in was["body"]["content"] and _MARK not in said["body"]["content"]
    return {**said, "isMeetingLost": said["isMeetingLost"] or ("body" in given and has_lost)}


def join_link(content: Content) -> dict[str, str] | None:
    """Return ``onlineMeeting``."""
    is_one = content.plain["isOnlineMeeting"] and not content.plain["isMeetingLost"]
    return {"joinUrl": _LINK} if is_one else None


def _with_block(body: Mapping[str, str]) -> dict[str, str]:
    content = body["content"]
    if _MARK in content:
        return dict(body)
    head, end, tail = content.partition("</body>")
    if body["contentType"] == "text":
        head = "".join(f"<p>{line}</p>" for line in _escaped(content).split("\n") if line)
        end = tail = ""
    return {"contentType": "html", "content": f"{head}{_BLOCK}{end}{tail}"}


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
