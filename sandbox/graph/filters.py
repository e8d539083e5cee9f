"""``$filter`` on events: a few comparisons joined by ``and``, and a look-up by extended property.

What is not understood is refused, as Graph refuses what Outlook cannot restrict by.
https://learn.microsoft.com/graph/filter-query-parameter
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from sandbox.items import Item
from sandbox.refusal import Refusal

__all__ = ["Test", "read_filter", "read_tag_expand", "read_tag_filter"]

Test = Callable[[Item, dict[str, Any]], bool]
"""Says whether an event, as item and as JSON in UTC, is wanted."""

_QUOTED = r"'((?:[^']|'')*)'"
_TAG = re.compile(
    rf"singleValueExtendedProperties/any\(\s*(\w+)\s*:\s*\1/id eq {_QUOTED} "
    rf"and \1/value eq {_QUOTED}\s*\)",
    re.IGNORECASE,
)
_COMPARISON = re.compile(
    rf"(subject|start/dateTime|end/dateTime|isAllDay|showAs|sensitivity|importance|type|iCalUId|"
    rf"createdDateTime|lastModifiedDateTime|isCancelled|isOrganizer) (eq|ne|ge|gt|le|lt) "
    rf"(?:{_QUOTED}|([\w:.+-]+))"
)
_FUNCTION = re.compile(rf"(startswith|contains)\(\s*(subject)\s*,\s*{_QUOTED}\s*\)")
_EXPAND = re.compile(
    rf"singleValueExtendedProperties\(\$filter=(?:(?: or )?id eq {_QUOTED})+\)", re.IGNORECASE
)
_ORDER: dict[str, Callable[[str, str], bool]] = {
    "eq": lambda left, right: left == right,
    "ne": lambda left, right: left != right,
    "ge": lambda left, right: left >= right,
    "gt": lambda left, right: left > right,
    "le": lambda left, right: left <= right,
    "lt": lambda left, right: left < right,
}


def read_filter(text: str) -> Test:
    """Return the test that a filter asks for.

    Raises:
        Refusal: 400, it is not understood.
    """
    tests: list[Test] = []
    rest = text.strip()
    while rest:
        for pattern, make in ((_TAG, _by_tag), (_FUNCTION, _by_function), (_COMPARISON, _by_value)):
            found = pattern.match(rest)
            if found:
                tests.append(make(found))
                rest = rest[found.end() :]
                break
        else:
            raise _not_understood(text)
        if rest and not rest.startswith(" and "):
            raise _not_understood(text)
        rest = rest.removeprefix(" and ").strip()
    return lambda item, event: all(test(item, event) for test in tests)


def read_tag_filter(text: str) -> Callable[[Mapping[str, str]], bool]:
    """Return the test of an item's tags that a filter asks for, where it may ask for no more.

    Raises:
        Refusal: 400, it is not understood.
    """
    found = _TAG.fullmatch(text.strip())
    if found is None and text:
        raise _not_understood(text)
    return (lambda tags: True) if found is None else _tagged(found)


def read_tag_expand(text: str, *others: str) -> list[str]:
    """Return the ids of the extended properties that ``$expand`` asks for.

    Raises:
        Refusal: 400, it asks for something that is neither these nor one of the ``others``.
    """
    found = _EXPAND.search(text)
    rest = text.replace(found[0], "") if found else text
    strangers = {part.strip() for part in rest.split(",")} - {"", *others}
    if strangers:
        raise Refusal(
            400,
            "RequestBroker--ParseUri",
            f"Could not find a property named '{sorted(strangers)[0]}' to expand.",
        )
    return [_plain(each) for each in re.findall(_QUOTED, found[0])] if found else []


def _by_tag(found: re.Match[str]) -> Test:
    is_tagged = _tagged(found)
    return lambda item, event: is_tagged(item.tags)


def _tagged(found: re.Match[str]) -> Callable[[Mapping[str, str]], bool]:
    tag, value = _plain(found[2]), _plain(found[3]).lower()
    # The name is compared as written, the value without regard to case.
    return lambda tags: tags.get(tag, "").lower() == value and tag in tags


def _by_function(found: re.Match[str]) -> Test:
    name, part = found[1], _plain(found[3]).lower()

    def test(item: Item, event: dict[str, Any]) -> bool:
        subject = str(event["subject"]).lower()
        return subject.startswith(part) if name == "startswith" else part in subject

    return test


def _by_value(found: re.Match[str]) -> Test:
    path, order = found[1].split("/"), _ORDER[found[2]]
    wanted = _plain(found[3]) if found[3] is not None else found[4]
    is_time = path[-1].lower().endswith("datetime")

    def test(item: Item, event: dict[str, Any]) -> bool:
        value: Any = event
        for step in path:
            value = value[step]
        text = str(value).lower() if isinstance(value, bool) else str(value)
        return order(text[:19], wanted[:19]) if is_time else order(text, wanted)

    return test


def _plain(quoted: str) -> str:
    return quoted.replace("''", "'")


def _not_understood(text: str) -> Refusal:
    return Refusal(
        400,
        "ErrorInvalidUrlQueryFilter",
        f"The query filter contains one or more invalid nodes: {text}",
    )
