"""Pictures that can be told from one another, whatever was made of their bytes."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from services.contacts.pictures import is_like, portrait

__all__ = ["BLUE", "GREEN", "RED", "drawn", "encoded", "shows"]


def drawn(color: str | tuple[int, int, int], side: int = 64) -> bytes:
    """Return a picture of one color, as a file that somebody sends."""
    file = BytesIO()
    Image.new("RGB", (side, side), color).save(file, "PNG")
    return file.getvalue()


def encoded(picture: bytes, quality: int) -> bytes:
    """Return a picture in other bytes."""
    file = BytesIO()
    with Image.open(BytesIO(picture)) as opened:
        opened.save(file, "JPEG", quality=quality)
    return file.getvalue()


RED, BLUE, GREEN = (drawn(each) for each in ("red", "blue", "green"))


def shows(picture: bytes, meant: bytes) -> bool:
    return bool(picture) and is_like(portrait(picture), portrait(meant))
