"""Photos of contacts: what they are, the picture itself, and another one in its place.

Whatever is put is encoded anew, as a JPEG of 648 pixels at most, so that no client may count on
its own bytes. A new photo moves the contact's change key, and no delta tells why. There is no way
to take a photo away: only those of users and groups can be deleted.
https://learn.microsoft.com/graph/api/profilephoto-get,
https://learn.microsoft.com/graph/api/profilephoto-update
"""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO

from aiohttp import web

from sandbox.address_book import Card
from sandbox.graph.call import Call, call_of, reply
from sandbox.graph.contacts import card_of
from sandbox.graph.odata import check_options
from sandbox.refusal import Refusal

__all__ = ["MOST", "as_kept", "routes", "size_of"]

MOST = 648
"""Pixels of the longer side; the largest of the sizes that Exchange lists."""
QUALITY = 80
FORMATS = ("JPEG", "PNG", "GIF", "BMP")


def routes(prefix: str) -> list[web.RouteDef]:
    """Return the resource's routes under ``/me`` or ``/users/{person}``."""
    found: list[web.RouteDef] = []
    for place in ("", "/contactFolders/{folder}"):
        photo = f"{prefix}{place}/contacts/{{contact}}/photo"
        found += [
            web.get(photo, describe),
            web.get(f"{photo}/$value", show),
            web.put(f"{photo}/$value", replace),
            web.patch(f"{photo}/$value", replace),
        ]
    return found


async def describe(request: web.Request) -> web.Response:
    """Answer with the size of a contact's photo."""
    call = call_of(request)
    check_options(call)
    picture = _picture_of(card_of(call))
    width, height = size_of(picture)
    body = {
        "@odata.mediaContentType": "image/jpeg",
        "@odata.mediaEtag": f'"{sha256(picture).hexdigest()[:8].upper()}"',
        "id": f"{width}X{height}",
        "width": width,
        "height": height,
    }
    return reply({"@odata.context": call.context("contacts/$entity/photo/$entity"), **body})


async def show(request: web.Request) -> web.Response:
    """Answer with the photo itself."""
    call = call_of(request)
    return web.Response(body=_picture_of(card_of(call)), content_type="image/jpeg")


async def replace(request: web.Request) -> web.Response:
    """Give a contact another photo."""
    call = call_of(request)
    _check_type(call)
    data = await request.read()
    card = card_of(call)
    call.mailbox.contacts.picture(card, as_kept(data))
    return web.Response(status=200)


def as_kept(data: bytes) -> bytes:
    """Return a photo as it is kept.

    Raises:
        Refusal: 400, it is none.
    """
    # A large library that few runs of the sandbox need.
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415

    try:
        with Image.open(BytesIO(data), formats=FORMATS) as picture:
            drawn = picture.convert("RGB")
    except Image.DecompressionBombError as err:
        raise _no_picture() from err
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as err:
        raise _no_picture() from err
    drawn.thumbnail((MOST, MOST))
    file = BytesIO()
    drawn.save(file, "JPEG", quality=QUALITY)
    return file.getvalue()


def size_of(picture: bytes) -> tuple[int, int]:
    """Return width and height of a photo that is kept, in pixels."""
    from PIL import Image  # noqa: PLC0415 - see above

    with Image.open(BytesIO(picture)) as opened:
        return opened.size


def _picture_of(card: Card) -> bytes:
    if not card.picture:
        raise Refusal(404, "ErrorItemNotFound", "The photo wasn't found.")
    return card.picture


def _check_type(call: Call) -> None:
    # Microsoft's own client names no kind of picture.
    if not call.request.content_type.startswith(("image/", "application/octet-stream")):
        raise Refusal(
            400, "BadRequest", "The Content-Type of a photo must be that of an image: image/jpeg."
        )


def _no_picture() -> Refusal:
    return Refusal(400, "ErrorInvalidRequest", "The photo is not a picture that can be read.")
