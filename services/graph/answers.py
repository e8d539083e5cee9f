"""Turn a response of Graph into data or one typed error; the only place that knows how.

:func:`read_answer` looks at the status, at ``Retry-After`` and at Graph's error code, never at a
message: messages are translated and change.

Source: Microsoft Graph error responses, throttling guidance.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from services.model.errors import Expired, Failing, NoMailbox, Rejected, Throttled, Unreadable
from services.model.retry_after import seconds_asked

__all__ = ["Answer", "read_answer"]

DEFAULT_WAIT = 10.0
LONGEST_WAIT = 3600.0
SHORTEST_WAIT = 0.1
"""Seconds; whatever the service says, a task comes back within the hour."""

CLAIMS = re.compile(r'\bclaims="([A-Za-z0-9+/=]+)"')
_read = msgspec.json.Decoder(dict[str, Any]).decode
LOST_CURSOR = frozenset(
    {"syncstatenotfound", "syncstateinvalid", "resyncrequired", "errorinvalidsyncstatedata"}
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back when all went well."""

    status: int
    body: dict[str, Any]
    """Empty where there was none (204), or a picture."""
    picture: bytes = b""
    """The bytes of an image, where one was asked for."""


def read_answer(status: int, headers: Mapping[str, str], body: bytes, now: datetime) -> Answer:
    """Return the answer.

    Raises:
        Throttled: asked to wait.
        Failing: 5xx without a time to come back.
        Expired: the delta cursor is no longer known.
        NoMailbox: it is the mailbox that is not there, and not what was asked for in it.
        Rejected: anything else that is no success.
        Unreadable: a success that is neither a JSON object nor a picture.
    """
    if 200 <= status < 300:
        if headers.get("Content-Type", "").startswith("image/"):
            return Answer(status, {}, body)
        return Answer(status, _json(body))
    if status == 429 or (status == 503 and "Retry-After" in headers):
        raise Throttled(_wait(headers.get("Retry-After"), now))
    if status >= 500:
        raise Failing(str(status))
    code = _code(body)
    if status == 410 or code.casefold() in LOST_CURSOR:
        raise Expired(f"{status} {code}")
    if status == 404 and "mailbox" in code.casefold():  # MailboxNotEnabledForRESTAPI and its like
        raise NoMailbox(code)
    raise Rejected(status, code, _claims(headers) if status == 401 else "")


def _json(body: bytes) -> dict[str, Any]:
    if not body:
        return {}
    try:
        return _read(body)
    except msgspec.DecodeError as err:
        raise Unreadable("not_json") from err


def _claims(headers: Mapping[str, str]) -> str:
    """Return the claims challenge of continuous access evaluation; empty where there is none."""
    found = CLAIMS.search(headers.get("WWW-Authenticate", ""))
    try:
        return b64decode(found[1], validate=True).decode() if found else ""
    except ValueError:
        return ""


def _code(body: bytes) -> str:
    """Return Graph's error code; an answer from something between us and Graph has none."""
    try:
        error = _json(body).get("error")
    except Unreadable:
        return ""
    code = error.get("code") if isinstance(error, dict) else None
    return code if isinstance(code, str) else ""


def _wait(retry_after: str | None, now: datetime) -> float:
    """Return seconds: as many as are asked for, within reason."""
    asked = seconds_asked(retry_after, now) if retry_after else None
    return min(max(DEFAULT_WAIT if asked is None else asked, SHORTEST_WAIT), LONGEST_WAIT)
