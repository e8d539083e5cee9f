"""Photos of people: one picture for all, and none for those who never set one.

https://learn.microsoft.com/graph/api/profilephoto-get
"""

from __future__ import annotations

from base64 import b64decode

from aiohttp import web

from sandbox.graph.call import call_of, reply
from sandbox.graph.odata import check_options
from sandbox.people import SamplePerson
from sandbox.refusal import Refusal

__all__ = ["routes"]

_SIDE = 48
_PICTURE = b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAEMuMjoyKkM6NjpLR0NPZKZsZFxcZMySmnmm8dT++u3U6eX//////////+Xp"
    "////////////////////////////wAALCAAwADABAREA/8QAGAABAQEBAQAAAAAAAAAAAAAAAAQDAQL/xAAfEAADAAIC"
    "AgMAAAAAAAAAAAAAAQIDMREhEmFCUXH/2gAIAQEAAD8AqAAABhkytviXwjkZal9ttFGwASVLmmmcSbfC2VyuJS+kdA0Y"
    "3lh9ePkcjJE/Hj3s3TTXK0AYZsjbcrSMge8eRw/T2Ugj2ACuO4n8P//Z"
)
"""A grey head and shoulders, drawn for the sandbox: a JPEG of 48 by 48."""
_WITHOUT = frozenset({"samuel", "dana"})
"""Keys of the people who have no photo."""


def routes(prefix: str) -> list[web.RouteDef]:
    """Return the resource's routes under ``/me`` or ``/users/{colleague}``."""
    found = [web.get(f"{prefix}/photo", describe), web.get(f"{prefix}/photo/$value", show)]
    found += [
        web.get(f"{prefix}/photos/{{size}}", describe),
        web.get(f"{prefix}/photos/{{size}}/$value", show),
    ]
    return found


async def describe(request: web.Request) -> web.Response:
    """Answer with the size of a photo."""
    call = call_of(request)
    check_options(call)
    _check(call.subject, request.match_info.get("size"))
    size = f"{_SIDE}x{_SIDE}"
    body = {"@odata.mediaContentType": "image/jpeg", "id": size, "width": _SIDE, "height": _SIDE}
    return reply({"@odata.context": f"{call.base_url}/$metadata#photo", **body})


async def show(request: web.Request) -> web.Response:
    """Answer with the photo itself."""
    _check(call_of(request).subject, request.match_info.get("size"))
    return web.Response(body=_PICTURE, content_type="image/jpeg")


def _check(person: SamplePerson, size: str | None) -> None:
    if person.key in _WITHOUT:
        raise Refusal(404, "ImageNotFound", "The photo wasn't found.")
    if size not in (None, f"{_SIDE}x{_SIDE}"):
        raise Refusal(404, "ImageNotFound", f"There is no photo of the size {size}.")
