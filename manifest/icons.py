"""Almanac's mark: a calendar's page with the sun coming up on it.

``colour_icon()`` is the picture of 192 pixels for Teams' app gallery; the mark keeps to the middle
half, since Teams crops it to a circle or a rounded square. ``outline_icon()`` is the one of
32 pixels for its side bar, white on nothing, as Teams demands.
Rules: https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/apps-package
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from manifest.png import Layer, Shape, both, box, disc, either, line, outline, paint, without

__all__ = ["colour_icon", "outline_icon"]

INDIGO = (0x3D, 0x4A, 0x8F)
DEEP = (0x2B, 0x35, 0x6B)
MIST = (0xC9, 0xCE, 0xE6)
SUN = (0xF2, 0xA9, 0x3B)
WHITE = (0xFF, 0xFF, 0xFF)
RAYS = (15, 52.5, 90, 127.5, 165)


def colour_icon() -> bytes:
    """Return the full-colour icon, 192 by 192 pixels."""
    page = box(46, 50, 146, 150, 14)
    sun = without(_sun(96, 122, 22, RAYS, (31, 41), 6), box(46, 122, 146, 150))
    return paint(
        192,
        [
            Layer(box(-1, -1, 193, 193), INDIGO),
            Layer(box(46, 56, 146, 156, 14), DEEP),  # a little shade below the page
            Layer(page, WHITE),
            Layer(both(sun, page), SUN),
            Layer(line(62, 122, 130, 122, 6), DEEP),
            Layer(line(76, 137, 116, 137, 5), MIST),
            Layer(either(line(72, 42, 72, 60, 9), line(120, 42, 120, 60, 9)), SUN),
        ],
    )


def outline_icon() -> bytes:
    """Return the transparent icon, 32 by 32 pixels: fewer lines, and all of them on the grid."""
    page = outline(box(4, 6, 28, 29, 4), 2)
    rings = either(box(9, 2, 11, 9, 1), box(21, 2, 23, 9, 1))
    sun = without(_sun(16, 22, 4, (40, 90, 140), (6.5, 8.5), 2), box(0, 22, 32, 32))
    return paint(32, [Layer(either(page, rings, sun, box(9, 23, 23, 25)), WHITE)])


def _sun(
    x: float,
    y: float,
    radius: float,
    rays: Sequence[float],
    reach: tuple[float, float],
    thickness: float,
) -> Shape:
    """A disc and the rays around it, at so many degrees from the right."""
    angles = [math.radians(degrees) for degrees in rays]
    near, far = reach
    return either(
        disc(x, y, radius),
        *(
            line(
                x + near * math.cos(angle),
                y - near * math.sin(angle),
                x + far * math.cos(angle),
                y - far * math.sin(angle),
                thickness,
            )
            for angle in angles
        ),
    )
