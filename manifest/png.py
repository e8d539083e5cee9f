"""Paint shapes into a PNG file with the standard library alone.

A shape is a function that gives a point's distance to its edge, negative inside. That is enough
for smooth edges: a pixel that the edge runs through is covered by the part that lies inside.
File format: https://www.w3.org/TR/png-3/ ; distances: https://iquilezles.org/articles/distfunctions2d
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

__all__ = [
    "Colour",
    "Layer",
    "Shape",
    "both",
    "box",
    "disc",
    "either",
    "line",
    "outline",
    "paint",
    "without",
]

Shape = Callable[[float, float], float]
Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Layer:
    """A shape filled with one colour; later layers lie above earlier ones."""

    shape: Shape
    colour: Colour


def disc(x: float, y: float, radius: float) -> Shape:
    """A filled circle."""
    return lambda px, py: math.hypot(px - x, py - y) - radius


def box(left: float, top: float, right: float, bottom: float, radius: float = 0.0) -> Shape:
    """A rectangle with round corners."""
    x, y = (left + right) / 2, (top + bottom) / 2
    width, height = (right - left) / 2 - radius, (bottom - top) / 2 - radius

    def distance(px: float, py: float) -> float:
        dx, dy = abs(px - x) - width, abs(py - y) - height
        return math.hypot(max(dx, 0.0), max(dy, 0.0)) + min(max(dx, dy), 0.0) - radius

    return distance


def line(x1: float, y1: float, x2: float, y2: float, thickness: float) -> Shape:
    """A stroke with round ends."""
    dx, dy = x2 - x1, y2 - y1

    def distance(px: float, py: float) -> float:
        along = ((px - x1) * dx + (py - y1) * dy) / (dx * dx + dy * dy)
        along = min(max(along, 0.0), 1.0)
        return math.hypot(px - x1 - along * dx, py - y1 - along * dy) - thickness / 2

    return distance


def outline(shape: Shape, thickness: float) -> Shape:
    """The edge of a shape, drawn inwards."""
    return lambda x, y: max(shape(x, y), -thickness - shape(x, y))


def either(*shapes: Shape) -> Shape:
    """All of them together."""
    return lambda x, y: min(shape(x, y) for shape in shapes)


def both(*shapes: Shape) -> Shape:
    """What they have in common."""
    return lambda x, y: max(shape(x, y) for shape in shapes)


def without(shape: Shape, *holes: Shape) -> Shape:
    """A shape with others cut out of it."""
    return lambda x, y: max(shape(x, y), *(-hole(x, y) for hole in holes))


def paint(size: int, layers: Sequence[Layer]) -> bytes:
    """Return a square picture of ``size`` pixels as a PNG file, transparent where nothing is."""
    rows = bytearray()
    for y in range(size):
        rows.append(0)  # this row is stored as it is
        for x in range(size):
            rows += _pixel(x + 0.5, y + 0.5, layers)
    head = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)  # 8 bits each of RGBA
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", head),
            _chunk(b"IDAT", zlib.compress(bytes(rows), 9)),
            _chunk(b"IEND", b""),
        )
    )


def _pixel(x: float, y: float, layers: Sequence[Layer]) -> bytes:
    red = green = blue = alpha = 0.0
    for layer in layers:
        cover = min(max(0.5 - layer.shape(x, y), 0.0), 1.0)
        if not cover:
            continue
        kept = alpha * (1 - cover)
        alpha = cover + kept
        red, green, blue = (
            (new * cover + old * kept) / alpha
            for new, old in zip(layer.colour, (red, green, blue), strict=True)
        )
    return bytes((round(red), round(green), round(blue), round(alpha * 255)))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
