"""Files in Teams: what comes in with a message, and what is offered to be put into OneDrive.

A file that somebody sends in the personal chat is an attachment with an address from which it can
be fetched for some minutes; a calendar that is pasted as text is as good as a file. On its way out
a file is offered by a *file consent card*; whoever accepts has Teams send an address to upload to.
Both exist in the personal chat alone.

https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.wire import Json, items, part, text

__all__ = [
    "Consent",
    "FileDone",
    "FileOffer",
    "SentFile",
    "file_attachment",
    "read_consent",
    "read_files",
]

DOWNLOAD = "application/vnd.microsoft.teams.file.download.info"
CONSENT = "application/vnd.microsoft.teams.card.file.consent"
INFO = "application/vnd.microsoft.teams.card.file.info"
PASTED = ("BEGIN:VCALENDAR", "BEGIN:VCARD")


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that somebody sent: where it lies, or what it says."""

    name: str = ""
    url: str = field(default="", repr=False)
    data: bytes = field(default=b"", repr=False)
    """Of pasted text; a sent file has to be fetched."""


@dataclass(frozen=True, slots=True)
class Consent:
    """Somebody accepted or declined a file."""

    accepted: bool
    token: str
    """Leads to the file; the card carried it."""
    upload_url: str = field(default="", repr=False)
    content_url: str = field(default="", repr=False)
    """Where it can be opened, once it is there."""
    name: str = ""
    unique_id: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class FileOffer:
    """A file that somebody may have put into their OneDrive."""

    name: str
    description: str
    size: int
    token: str


@dataclass(frozen=True, slots=True)
class FileDone:
    """A file that is there now."""

    name: str
    url: str
    unique_id: str
    kind: str


def read_files(body: Json) -> tuple[SentFile, ...]:
    """Return the files of a message; a pasted calendar or contact is one."""
    sent = tuple(
        SentFile(text(each, "name"), text(part(each, "content"), "downloadUrl"))
        for each in items(body, "attachments")
        if each.get("contentType") == DOWNLOAD
    )
    pasted = _pasted(text(body, "text"))
    return (*sent, SentFile(data=pasted.encode("utf-8", "replace"))) if pasted else sent


def read_consent(value: Json) -> Consent:
    """Return what somebody decided about a file; ``Malformed`` where it is no decision."""
    info = part(value, "uploadInfo")
    return Consent(
        accepted=text(value, "action") == "accept",
        token=text(part(value, "context"), "token"),
        upload_url=text(info, "uploadUrl"),
        content_url=text(info, "contentUrl"),
        name=text(info, "name"),
        unique_id=text(info, "uniqueId"),
        kind=text(info, "fileType"),
    )


def file_attachment(file: FileOffer | FileDone) -> Mapping[str, Any]:
    """Return the attachment that shows a file in a message."""
    if isinstance(file, FileOffer):
        context = {"token": file.token}
        return {
            "contentType": CONSENT,
            "name": file.name,
            "content": {
                "description": file.description,
                "sizeInBytes": file.size,
                "acceptContext": context,
                "declineContext": context,
            },
        }
    return {
        "contentType": INFO,
        "contentUrl": file.url,
        "name": file.name,
        "content": {"uniqueId": file.unique_id, "fileType": file.kind},
    }


def _pasted(words: str) -> str:
    """Return what was pasted, from its first line on; nothing where that is no such text."""
    plain = html.unescape(words.replace("<br>", "\n").replace("<br/>", "\n")).strip()
    head = plain[:200].upper()
    starts = [head.find(word) for word in PASTED if word in head]
    return plain[min(starts) :] if starts else ""
