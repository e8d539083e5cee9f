"""A bare caller of Graph, and events as one would type them, for tests at the wire."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from aiohttp import ClientSession
from PIL import Image

from sandbox.entra.directory import Registration

__all__ = [
    "BERLIN",
    "CLIENT",
    "FACE",
    "IMMUTABLE",
    "Answer",
    "Caller",
    "event_body",
    "picture",
    "series_body",
]

CALLBACK = "http://127.0.0.1:3978/auth/callback"
CLIENT = Registration("client-1", "a secret", frozenset({CALLBACK}))
IMMUTABLE = {"Prefer": 'IdType="ImmutableId"'}
BERLIN = "W. Europe Standard Time"


def picture(width: int, height: int, kind: str = "JPEG", color: str = "teal") -> bytes:
    file = BytesIO()
    Image.new("RGB", (width, height), color).save(file, kind)
    return file.getvalue()


FACE = picture(96, 96)


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    json: dict[str, Any]
    headers: Mapping[str, str]

    @property
    def code(self) -> str:
        return str(self.json["error"]["code"])


@dataclass(frozen=True, slots=True)
class Caller:
    session: ClientSession
    base_url: str
    token: str

    async def __call__(
        self,
        method: str,
        path: str,
        json: Any = None,
        headers: Any = None,
        **params: str,
    ) -> Answer:
        url = path if path.startswith("http") else self.base_url + path
        sent = {**({"Authorization": f"Bearer {self.token}"} if self.token else {})}
        sent |= dict(IMMUTABLE if headers is None else headers)
        options = {f"${name[1:]}" if name[0] == "_" else name: v for name, v in params.items()}
        async with self.session.request(
            method, url, json=json, headers=sent, params=options or None
        ) as answer:
            body = await answer.json() if answer.content_type == "application/json" else {}
            return Answer(answer.status, body, answer.headers)

    async def put(self, path: str, picture: bytes, method: str = "PUT") -> Answer:
        headers = {**IMMUTABLE, "Authorization": f"Bearer {self.token}"}
        headers["Content-Type"] = "image/jpeg"
        url = self.base_url + path
        async with self.session.request(
            method, url, data=BytesIO(picture), headers=headers
        ) as answer:
            body = await answer.json() if answer.content_type == "application/json" else {}
            return Answer(answer.status, body, answer.headers)

    async def create(self, body: dict[str, Any] | None = None) -> dict[str, Any]:
        answer = await self("POST", "/me/events", body or event_body())
        assert answer.status == 201, answer.json
        return answer.json

    async def changes(self, link: str = "", **window: str) -> tuple[list[dict[str, Any]], str]:
        """Read a whole delta round; return its entries and the delta link."""
        answer = await self("GET", link or "/me/calendarView/delta", **(window or {}))
        entries = []
        while True:
            assert answer.status == 200, answer.json
            entries += answer.json["value"]
            if "@odata.deltaLink" in answer.json:
                return entries, answer.json["@odata.deltaLink"]
            answer = await self("GET", answer.json["@odata.nextLink"])


def event_body(subject: str = "Lunch", **more: Any) -> dict[str, Any]:
    return {
        "subject": subject,
        "start": {"dateTime": "2026-11-20T12:30:00", "timeZone": BERLIN},
        "end": {"dateTime": "2026-11-20T13:15:00", "timeZone": BERLIN},
        **more,
    }


def series_body(pattern: dict[str, Any], end: dict[str, Any], **more: Any) -> dict[str, Any]:
    week = {"firstDayOfWeek": "sunday"} if pattern["type"] == "weekly" else {}
    recurrence = {
        "pattern": {"interval": 1, **week, **pattern},
        "range": {"startDate": "2026-11-20", **end},
    }
    return event_body("Stand-up", recurrence=recurrence, **more)
