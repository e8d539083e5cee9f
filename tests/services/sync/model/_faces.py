"""The pictures of the model test: each has one color, and is told by it whatever was made of it.

Both sides name a picture as the program does, by an id that follows from what it shows. Outlook
encodes what it is sent anew, and each time the color comes out a little lighter: whoever takes that
for another picture sends it round for ever.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from io import BytesIO

import pytest
from PIL import Image

from services.contacts.photos import photo_id
from services.contacts.pictures import portrait
from services.model.books import BookId
from services.model.contacts import PhotoId

__all__ = ["LIST", "Color", "Faces", "encoded", "lighter", "on_the_spot", "seen_in"]

LIST = BookId("list")
Color = tuple[int, int, int]
STEP = 48
"""Between the colors of two pictures: more than what counts as the same."""
LIGHTER = 5
LEVELS = 5


class Faces:
    """All pictures that were ever shown, and the value that each stands for."""

    def __init__(self) -> None:
        self._values: list[str] = []
        self._colors: dict[PhotoId, Color] = {}

    def new(self, value: str) -> PhotoId:
        """Return a picture of which nobody has a like."""
        number = len(self._values)
        self._values.append(value)
        levels = (number % LEVELS, number // LEVELS % LEVELS, number // LEVELS**2)
        red, green, blue = (level * STEP for level in levels)
        return self.known((red, green, blue))

    def known(self, color: Color) -> PhotoId:
        """Return the picture of a color."""
        id = photo_id(LIST, as_kept(color))
        self._colors[id] = color
        return id

    def color(self, photo: PhotoId) -> Color:
        return self._colors[photo]

    def kept(self, photo: PhotoId) -> bytes:
        """Return what the program keeps of a picture that somebody has sent."""
        return as_kept(self._colors[photo])

    def value(self, photo: PhotoId) -> str:
        """Return what a picture stands for, however often it was encoded."""
        red, green, blue = ((part + LIGHTER) // STEP for part in self._colors[photo])
        return self._values[red + green * LEVELS + blue * LEVELS**2]


@cache
def as_kept(color: Color) -> bytes:
    """Return the portrait that the program keeps."""
    return portrait(encoded(color))


@cache
def encoded(color: Color) -> bytes:
    file = BytesIO()
    Image.new("RGB", (8, 8), color).save(file, "PNG")
    return file.getvalue()


def lighter(color: Color) -> Color:
    """Return what Outlook makes of a color."""
    red, green, blue = (min(part + LIGHTER, 255) for part in color)
    return red, green, blue


def seen_in(picture: bytes) -> Color:
    """Return the color of a picture that was sent."""
    with Image.open(BytesIO(picture)) as opened:
        color = opened.convert("RGB").getpixel((0, 0))
    assert isinstance(color, tuple)
    red, green, blue = map(int, color)
    return red, green, blue


@contextmanager
def on_the_spot() -> Iterator[None]:
    """Draw without a thread, so that a walk goes the same way when it is replayed."""

    async def at_once(job: object, *given: object) -> object:
        assert callable(job)
        return job(*given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("services.sync.sides.pictures.to_thread", at_once)
        yield
