"""The picture that an item's content names; only contacts have one. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from services.model.contacts import ContactContent, PhotoId
from services.model.items import Content

__all__ = ["NO_PICTURE", "picture_of", "with_picture"]

C = TypeVar("C", bound=Content)

NO_PICTURE = PhotoId("")


def picture_of(content: Content | None) -> PhotoId:
    """Return what leads to the picture; empty = there is none."""
    return content.photo if isinstance(content, ContactContent) else NO_PICTURE


def with_picture(content: C, photo: PhotoId) -> C:
    """Return a content that names another picture; the same object where it does already."""
    if not isinstance(content, ContactContent) or content.photo == photo:
        return content
    return replace(content, photo=photo)
