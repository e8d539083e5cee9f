"""``/users``: find colleagues by the beginning of a name or an address, and look at one.

https://learn.microsoft.com/graph/api/user-list
"""

from __future__ import annotations

import re
from collections.abc import Callable

from aiohttp import web

from sandbox.graph import photos
from sandbox.graph.call import Call, call_of
from sandbox.graph.me import get_user, user_json
from sandbox.graph.odata import DIRECTORY, check_options, page, select
from sandbox.people import PEOPLE, SamplePerson
from sandbox.refusal import Refusal

__all__ = ["routes"]

_FIELDS: dict[str, Callable[[SamplePerson], str]] = {
    "displayName": lambda person: person.display_name,
    "givenName": lambda person: person.given_name,
    "surname": lambda person: person.surname,
    "mail": lambda person: person.mail,
    "userPrincipalName": lambda person: person.user_principal_name,
}
_NAMES = "|".join(_FIELDS)
_TERM = re.compile(rf'"({_NAMES}):([^"]+)"')
_STARTS = re.compile(rf"startswith\(({_NAMES}),\s*'((?:[^']|'')*)'\)")
_DEFAULT = (
    "businessPhones,displayName,givenName,jobTitle,mail,mobilePhone,officeLocation,"
    "preferredLanguage,surname,userPrincipalName,id"
)


def routes() -> list[web.RouteDef]:
    """Return the resource's routes."""
    found = [web.get("/users", list_users)]
    for one in ("/me", "/users/{colleague}"):
        found += [web.get(one, get_user), *photos.routes(one)]
    return found


async def list_users(request: web.Request) -> web.Response:
    """Answer with the people whom ``$search`` or ``$filter`` finds."""
    call = call_of(request)
    query = check_options(call, "$search", "$filter", "$select", "$top", "$count", "$skiptoken")
    tests = [_by_search(call, query["$search"])] if "$search" in query else []
    tests += [_by_filter(query["$filter"])] if "$filter" in query else []
    chosen = {"$select": query.get("$select") or _DEFAULT}
    wanted = [each for each in PEOPLE if all(test(each) for test in tests)]
    found = [select(user_json(each), chosen) for each in wanted]
    return page(call, found, query, "users", DIRECTORY)


Wanted = Callable[[SamplePerson], bool]


def _by_search(call: Call, text: str) -> Wanted:
    """Each word of the value must begin a word of the property; terms are joined by OR."""
    if call.request.headers.get("ConsistencyLevel", "").lower() != "eventual":
        raise Refusal(
            400,
            "Request_UnsupportedQuery",
            "Request with $search query parameter only works through MSGraph with a special "
            "request header: 'ConsistencyLevel: eventual'",
        )
    terms = _TERM.findall(text)
    if not terms:
        raise Refusal(400, "Request_BadRequest", f"Syntax error: character ':' in '{text}'.")
    return lambda person: any(_has(_FIELDS[name](person), value) for name, value in terms)


def _has(text: str, value: str) -> bool:
    words = re.split(r"\W+", text.lower())
    return all(any(word.startswith(part) for word in words) for part in value.lower().split())


def _by_filter(text: str) -> Wanted:
    terms = _STARTS.findall(text)
    if not terms or re.sub(_STARTS, "", text).replace(" or ", "").strip():
        raise Refusal(400, "Request_UnsupportedQuery", "Unsupported Query.")
    return lambda person: any(
        _FIELDS[name](person).lower().startswith(value.lower()) for name, value in terms
    )
