"""OneDrive as Teams uses it for files of chats: addresses to fetch from and to upload to."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from aiohttp import web

from tests._teams_connector import Posted

__all__ = ["CONSENT", "TeamsDrive", "attached", "offered"]

CONSENT = "application/vnd.microsoft.teams.card.file.consent"


@dataclass
class TeamsDrive:
    """What people have sent, and what was uploaded for them."""

    sent: dict[str, bytes] = field(default_factory=dict)
    uploaded: dict[str, bytes] = field(default_factory=dict)
    is_full: bool = False
    _numbers: Any = field(default_factory=lambda: count(1))

    def add_routes(self, app: web.Application) -> None:
        app.router.add_get("/drive/sent/{id}", self._fetch)
        app.router.add_put("/drive/upload/{id}", self._upload)

    def put(self, data: bytes) -> str:
        """Keep a file that somebody sends; return its id."""
        id = str(next(self._numbers))
        self.sent[id] = data
        return id

    async def _fetch(self, request: web.Request) -> web.Response:
        data = self.sent.get(request.match_info["id"])
        if data is None:
            return web.Response(status=404)
        return web.Response(body=data, content_type="application/octet-stream")

    async def _upload(self, request: web.Request) -> web.Response:
        data = await request.read()
        span = f"bytes 0-{len(data) - 1}/{len(data)}"
        if self.is_full or request.headers.get("Content-Range") != span:
            return web.Response(status=507)
        self.uploaded[request.match_info["id"]] = data
        return web.json_response({"id": "x"}, status=201)


def attached(name: str, where: str) -> dict[str, Any]:
    """Return a file as it comes with a message; ``where`` is the address to fetch it from."""
    return {
        "contentType": "application/vnd.microsoft.teams.file.download.info",
        "contentUrl": f"https://harbour-my.sharepoint.com/personal/x/Documents/{name}",
        "name": name,
        "content": {"downloadUrl": where, "uniqueId": "1", "fileType": name.split(".")[-1]},
    }


def offered(posted: Posted) -> dict[str, Any]:
    """Return the file consent card of a message."""
    [card] = [a for a in posted.activity["attachments"] if a["contentType"] == CONSENT]
    assert card["content"]["sizeInBytes"] > 0
    return dict(card)
