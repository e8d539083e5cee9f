"""Our tag: the extended property that marks an item of a mailbox as written by us.

It is sent with a create (:func:`tagged_payload`), expanded by name (:data:`WITH_TAG`), and finds
the item again (:func:`having_tag`). Graph shows it neither in a delta nor in the answer to a
create, and people copy it along with the item: so it is a hint, and no proof that an item is ours.

Source: Microsoft Graph ``singleValueLegacyExtendedProperty``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from services.model.errors import Unreadable

__all__ = ["TAG", "WITH_TAG", "having_tag", "tag_of", "tagged", "tagged_payload"]

TAG = "String {9c2f7c1e-6a0b-4f0d-8d0e-5b7a3e1f4c62} Name AlmanacLink"
_PROPERTIES = "singleValueExtendedProperties"
WITH_TAG = f"{_PROPERTIES}($filter=id eq '{TAG}')"
"""What ``$expand`` asks for."""


def tagged(body: Mapping[str, Any], tag: str) -> dict[str, Any]:
    """Return the body of a create with our tag."""
    return {**body, _PROPERTIES: [{"id": TAG, "value": tag}]}


def tagged_payload(body: Mapping[str, Any], tag: str) -> bytes:
    """Return the exact body of a create, to be kept and sent as often as it takes."""
    return msgspec.json.encode(tagged(body, tag))


def having_tag(tag: str) -> dict[str, str]:
    """Return the query that finds our own item, and every copy that a person made of it."""
    value = tag.replace("'", "''")
    return {
        "$filter": f"{_PROPERTIES}/Any(ep: ep/id eq '{TAG}' and ep/value eq '{value}')",
        "$expand": WITH_TAG,
    }


def tag_of(item: Mapping[str, Any]) -> str:
    """Return the tag of an item that was asked for with it, or nothing.

    Raises:
        Unreadable: the properties are no such list.
    """
    properties = item.get(_PROPERTIES) or []
    if not isinstance(properties, list) or not all(isinstance(each, dict) for each in properties):
        raise Unreadable(_PROPERTIES)
    for each in properties:
        # Exchange may spell the property's GUID in either case.
        if str(each.get("id")).casefold() == TAG.casefold():
            return str(each.get("value") or "")
    return ""
