from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from services.contacts.pictures import MAX_BYTES, SIDE, as_jpeg, is_like, is_picture, portrait
from services.model.errors import BadPicture


def drawn(kind: str, size: tuple[int, int] = (300, 100), mode: str = "RGB") -> bytes:
    file = BytesIO()
    Image.new(mode, size, 128).save(file, kind)
    return file.getvalue()


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("PNG", "RGBA"), ("PNG", "P"), ("JPEG", "RGB"), ("GIF", "P"), ("WEBP", "RGB")],
)
def test_a_picture_becomes_a_small_square_png(kind: str, mode: str) -> None:
    data = drawn(kind, mode=mode)
    assert is_picture("unnamed", data)
    with Image.open(BytesIO(portrait(data))) as picture:
        assert (picture.format, picture.size) == ("PNG", (SIDE, SIDE))


def test_what_a_camera_wrote_into_a_picture_is_gone() -> None:
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    file = BytesIO()
    Image.new("RGB", (50, 80)).save(file, "JPEG", exif=exif, comment=b"secret place")
    small = portrait(file.getvalue())
    assert b"home" in file.getvalue() and b"home" not in small and b"secret" not in small


def claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says that it is large."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize(
    ("data", "is_too_large"),
    [
        (b"", False),
        (b"words", False),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", False),
        (drawn("PNG")[:60], False),
        (drawn("JPEG")[:200], False),
        (drawn("BMP"), False),
        (drawn("TIFF"), False),
        (claiming(10, 10), False),
        (claiming(50_000, 50_000), True),
        (claiming(8_000, 8_000), True),
        (b"\x89PNG\r\n" + b"\0" * MAX_BYTES, True),
    ],
)
def test_what_is_no_picture_or_too_large_is_refused(data: bytes, is_too_large: bool) -> None:
    with pytest.raises(BadPicture) as caught:
        portrait(data)
    assert caught.value.is_too_large is is_too_large


def test_a_file_is_taken_for_a_picture_by_its_bytes_or_name() -> None:
    assert is_picture("Ada.JPEG", b"words") and is_picture("x", drawn("WEBP"))
    assert is_picture("IMG_1.HEIC", b"") and is_picture("x", b"\0\0\0\x18ftypheic\0\0\0\0mif1")
    assert not is_picture("calendar.ics", b"BEGIN:VCALENDAR")


def a_face(eyes: str = "black") -> bytes:
    """A portrait with edges, and with corners that let something through."""
    picture = Image.new("RGBA", (SIDE, SIDE))
    pen = ImageDraw.Draw(picture)
    pen.ellipse((20, 10, 170, 190), fill="peachpuff")
    for left in (60, 110):
        pen.ellipse((left, 70, left + 20, 90), fill=eyes)
    file = BytesIO()
    picture.save(file, "PNG")
    return portrait(file.getvalue())


def encoded(jpeg: bytes, side: int, quality: int) -> bytes:
    file = BytesIO()
    with Image.open(BytesIO(jpeg)) as picture:
        picture.resize((side, side)).save(file, "JPEG", quality=quality)
    return file.getvalue()


@pytest.mark.parametrize("quality", [60, 75, 90])
@pytest.mark.parametrize("side", [96, SIDE, 648])
def test_what_an_encoder_has_lost_makes_no_other_picture(side: int, quality: int) -> None:
    ours = a_face()
    again = portrait(encoded(as_jpeg(ours), side, quality))
    assert again != ours
    assert is_like(again, ours) and is_like(ours, again)


def test_a_face_with_other_eyes_is_another_picture() -> None:
    assert not is_like(a_face(), a_face(eyes="deepskyblue"))
    assert is_like(a_face(), a_face())


def test_what_lets_something_through_is_sent_on_white() -> None:
    with Image.open(BytesIO(as_jpeg(a_face()))) as picture:
        assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (SIDE, SIDE))
        assert picture.getpixel((0, 0)) == (255, 255, 255)
