"""Pictures that people send: looked at with suspicion, scaled, and written anew as PNG.

What comes out was drawn by us, pixel by pixel: no metadata, no second image, no trailing bytes.
Only PNG, JPEG, GIF and WebP are read, the kind is told by the bytes and not by a name, and the
size that a picture claims is asked before it is unpacked, so that a bomb stays packed.

https://pillow.readthedocs.io/en/stable/reference/Image.html#PIL.Image.open
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from services.model.errors import BadPicture

if TYPE_CHECKING:
    from PIL import Image

__all__ = ["MAX_BYTES", "SIDE", "as_jpeg", "is_like", "is_picture", "portrait"]

MAX_BYTES = 5_000_000
MAX_PIXELS = 40_000_000
"""Of a good camera; unpacked it takes 120 MB for a moment."""
SIDE = 192
"""Pixels of the square that is kept."""
FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
STARTS = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8")
BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")
"""What stands behind ``ftyp`` in pictures that telephones make and nobody reads here."""
ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".heic", ".heif", ".avif", ".tif", ".tiff")


CELLS = 12
"""Of each side, where two pictures are compared."""
ALIKE = 32
"""Of 255: so much the mean of a cell may differ where a picture was only encoded anew."""
QUALITY = 92


def is_picture(name: str, data: bytes) -> bool:
    """Whether a file that was sent is meant to be a picture, by its bytes or its name."""
    is_webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    is_of_phone = data[4:8] == b"ftyp" and data[8:12] in BRANDS
    is_told = is_webp or is_of_phone or data.startswith(STARTS)
    return is_told or name.lower().endswith(ENDINGS)


def portrait(data: bytes) -> bytes:
    """Return a picture as a small square PNG, its middle cut out.

    Takes up to some tenths of a second: call it in a thread.

    Raises:
        BadPicture: it is none, or too large.
    """
    # A large library that few runs of the program need.
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415

    if len(data) > MAX_BYTES:
        raise BadPicture(is_too_large=True)
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as picture:
            width, height = picture.size
            if width * height > MAX_PIXELS:
                raise BadPicture(is_too_large=True)
            picture.draft("RGB", (SIDE * 2, SIDE * 2))
            upright = ImageOps.exif_transpose(picture)
            square = ImageOps.fit(upright.convert("RGBA"), (SIDE, SIDE))
    except Image.DecompressionBombError as err:
        raise BadPicture(is_too_large=True) from err
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as err:
        raise BadPicture from err
    file = BytesIO()
    square.save(file, "PNG", optimize=True)
    return file.getvalue()


def as_jpeg(portrait: bytes) -> bytes:
    """Return a portrait of ours as a JPEG, on white where it lets something through."""
    file = BytesIO()
    _on_white(portrait).save(file, "JPEG", quality=QUALITY, subsampling=0)
    return file.getvalue()


def is_like(one: bytes, other: bytes) -> bool:
    """Tell whether two portraits of ours show the same, as after an encoding with losses."""
    from PIL import Image, ImageChops  # noqa: PLC0415 - see above

    cells = [_on_white(each).resize((CELLS, CELLS), Image.Resampling.BOX) for each in (one, other)]
    return max(ImageChops.difference(*cells).tobytes()) <= ALIKE


def _on_white(portrait: bytes) -> Image.Image:
    from PIL import Image  # noqa: PLC0415 - see above

    with Image.open(BytesIO(portrait), formats=["PNG"]) as picture:
        drawn = picture.convert("RGBA")
    white = Image.new("RGBA", drawn.size, "white")
    return Image.alpha_composite(white, drawn).convert("RGB")
