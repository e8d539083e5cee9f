"""Query options: which of them a resource takes, and how a list is cut, sorted and paged.

https://learn.microsoft.com/graph/query-parameters
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from sandbox.graph.call import Call, reply
from sandbox.refusal import Refusal

__all__ = [
    "DIRECTORY",
    "OUTLOOK",
    "Paging",
    "check_names",
    "check_options",
    "page",
    "select",
    "sort",
]

_ON_READS = """
    $select $expand $filter $orderby $search $top $skip $count $format $skiptoken $deltatoken
"""
_ON_WRITES = "$select $expand"
_ORDERS = ("start/dateTime", "end/dateTime", "subject", "createdDateTime", "lastModifiedDateTime")
_ALWAYS = ("@odata.etag", "id")
_EXPANDED = ("exceptionOccurrences", "singleValueExtendedProperties")
_AT_TIMES = frozenset({"cancelledOccurrences", "originalStart", "transactionId"})
"""Properties that an event may lack, and that can be selected all the same."""


@dataclass(frozen=True, slots=True)
class Paging:
    """How a service cuts its lists."""

    usual: int
    most: int
    goes_on_by: str
    """The option of its next links."""


OUTLOOK = Paging(usual=10, most=1000, goes_on_by="$skip")
DIRECTORY = Paging(usual=100, most=999, goes_on_by="$skiptoken")


def check_names(request: web.Request) -> None:
    """Refuse options that OData does not have, and those that make no sense in a write."""
    known = (_ON_READS if request.method in ("GET", "HEAD") else _ON_WRITES).split()
    strangers = [name for name in request.query if name.startswith("$") and name not in known]
    if strangers:
        raise Refusal(400, "BadRequest", f"The query parameter '{strangers[0]}' is not supported.")


def check_options(call: Call, *allowed: str) -> Mapping[str, str]:
    """Return the query, having refused every ``$option`` that is not in ``allowed``."""
    query = dict(call.request.query)
    strangers = [name for name in query if name.startswith("$") and name not in allowed]
    if strangers:
        raise Refusal(
            400,
            "ErrorInvalidUrlQuery",
            f"The following parameters are not supported: '{', '.join(strangers)}'.",
        )
    return query


def _number(query: Mapping[str, str], name: str, default: int) -> int:
    """Return a number among the options."""
    text = query.get(name, str(default))
    if not text.isdecimal():
        raise Refusal(
            400,
            "BadRequest",
            f"Invalid value '{text}' for {name} query option found. "
            f"The {name} query option requires a non-negative integer value.",
        )
    return int(text)


def select(item: Mapping[str, Any], query: Mapping[str, str]) -> dict[str, Any]:
    """Return the properties that ``$select`` names, all without it."""
    wanted = query.get("$select")
    if not wanted:
        return dict(item)
    names = {name.strip() for name in wanted.split(",")}
    unknown = names - set(item) - _AT_TIMES
    if unknown:
        raise Refusal(
            400,
            "RequestBroker--ParseUri",
            f"Could not find a property named '{sorted(unknown)[0]}' on type "
            "'Microsoft.OutlookServices.Event'.",
        )
    expanded = {name for name in _EXPANDED if name in query.get("$expand", "")}
    return {
        name: value
        for name, value in item.items()
        if name in names or name in _ALWAYS or name in expanded or "@odata" in name
    }


def sort(items: list[dict[str, Any]], query: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return items in the order of ``$orderby``."""
    order = query.get("$orderby", "")
    for part in reversed([each.split() for each in order.split(",") if each.strip()]):
        if part[0] not in _ORDERS or part[1:] not in ([], ["asc"], ["desc"]):
            raise Refusal(400, "ErrorInvalidUrlQuery", "The $orderby expression is not valid.")
        items = sorted(items, key=_by(part[0].split("/")), reverse=part[1:] == ["desc"])
    return items


def _by(path: Sequence[str]) -> Callable[[dict[str, Any]], str]:
    def value(item: dict[str, Any]) -> str:
        found: Any = item
        for step in path:
            found = found[step]
        return str(found)

    return value


def page(
    call: Call,
    items: Sequence[dict[str, Any]],
    query: Mapping[str, str],
    what: str,
    paging: Paging = OUTLOOK,
) -> web.Response:
    """Answer with one page of a list: ``$top`` or maxpagesize of them, from where it goes on."""
    preferred = min(call.prefer.page_size or paging.usual, paging.most)
    top = _number(query, "$top", preferred)
    if not 0 < top <= paging.most:
        raise Refusal(
            400,
            "ErrorInvalidUrlQuery",
            f"The $top query option must be between 1 and {paging.most}.",
        )
    skip = _number(query, paging.goes_on_by, 0)
    body: dict[str, Any] = {"@odata.context": call.context(what)}
    if query.get("$count") == "true":
        body["@odata.count"] = len(items)
    body["value"] = list(items[skip : skip + top])
    if skip + top < len(items):
        body["@odata.nextLink"] = call.link(**{**query, paging.goes_on_by: str(skip + top)})
    return reply(body)
