"""Reads ``singleValueExtendedProperties``: what applications write on items for themselves.

https://learn.microsoft.com/graph/api/resources/singlevaluelegacyextendedproperty
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sandbox.graph.checks import Checker, list_of, record, text
from sandbox.refusal import Refusal

__all__ = ["TAGS", "read_tags"]

TAGS: Mapping[str, Checker] = {
    "singleValueExtendedProperties": list_of(record(id=text, value=text)),
}
"""What a body may say of them."""
_TAG = re.compile(
    r"(String|Integer|Boolean|Double|SystemTime|CLSID) \{[0-9A-Fa-f-]{36}\} "
    r"(Name \S.*|Id 0x[0-9A-Fa-f]{1,8})"
)


def read_tags(given: Mapping[str, Any]) -> dict[str, str]:
    """Return id and value of each property in what was sent.

    Raises:
        Refusal: 400, an id is none, or a value is no text.
    """
    tags: dict[str, str] = {}
    for each in given.get("singleValueExtendedProperties") or []:
        if not _TAG.fullmatch(each.get("id") or "") or not isinstance(each.get("value"), str):
            raise Refusal(400, "ErrorInvalidPropertyId", "The property ID is not valid.")
        tags[each["id"]] = each["value"]
    return tags
