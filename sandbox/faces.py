"""Faces of sample people, drawn in a few colors: there are no pictures of real ones in the tree."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

__all__ = ["Face"]

SIDE = 240


@dataclass(frozen=True, slots=True)
class Face:
    """What somebody looks like."""

    ground: str
    """Behind them."""
    skin: str
    hair: str
    shirt: str

    def drawn(self) -> bytes:
        """Return the picture as a JPEG."""
        # A large library that few runs of the sandbox need.
        from PIL import Image, ImageDraw  # noqa: PLC0415

        picture = Image.new("RGB", (SIDE, SIDE), self.ground)
        pen = ImageDraw.Draw(picture)
        pen.ellipse((30, 175, 210, 330), fill=self.shirt)
        pen.ellipse((66, 34, 174, 156), fill=self.hair)
        pen.rounded_rectangle((100, 140, 140, 195), 18, fill=self.skin)
        pen.ellipse((76, 62, 164, 172), fill=self.skin)
        for eye in (101, 131):
            pen.ellipse((eye, 106, eye + 8, 116), fill="#2b2420")
        pen.arc((104, 118, 136, 146), 25, 155, fill="#8c3f37", width=4)
        file = BytesIO()
        picture.save(file, "JPEG", quality=90)
        return file.getvalue()
