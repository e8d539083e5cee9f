"""``/me`` and ``/me/mailboxSettings``.

https://learn.microsoft.com/graph/api/resources/user, .../resources/mailboxsettings
"""

from __future__ import annotations

from typing import Any

from aiohttp import web

from sandbox.graph.call import call_of, reply
from sandbox.graph.odata import check_options, select
from sandbox.people import TENANT, SamplePerson

__all__ = ["get_user", "routes", "user_json", "working_hours"]

_ON_REQUEST = ("companyName", "mailNickname", "userType", "accountEnabled")


def routes(prefix: str) -> list[web.RouteDef]:
    """Return the resource's routes under ``/me`` or ``/users/{person}``."""
    return [web.get(f"{prefix}/mailboxSettings", get_mailbox_settings)]


async def get_user(request: web.Request) -> web.Response:
    """Answer with a person: the usual properties, or those chosen."""
    call = call_of(request)
    query = check_options(call, "$select")
    user = select(user_json(call.subject), query)
    if not query.get("$select"):
        user = {name: value for name, value in user.items() if name not in _ON_REQUEST}
    return reply({"@odata.context": f"{call.base_url}/$metadata#users/$entity", **user})


async def get_mailbox_settings(request: web.Request) -> web.Response:
    """Answer with zone, language and working hours of a mailbox."""
    call = call_of(request)
    person = call.mailbox.person
    settings: dict[str, Any] = {
        "archiveFolder": None,
        "timeZone": person.zone,
        "delegateMeetingMessageDeliveryOptions": "sendToDelegateOnly",
        "dateFormat": "yyyy-MM-dd",
        "timeFormat": "HH:mm",
        "userPurpose": "user",
        "automaticRepliesSetting": {"status": "disabled", "externalAudience": "all"},
        "language": {"locale": person.language, "displayName": person.language},
        "workingHours": working_hours(person),
    }
    chosen = select(settings, check_options(call, "$select"))
    return reply({"@odata.context": call.context("mailboxSettings"), **chosen})


def working_hours(person: SamplePerson) -> dict[str, Any]:
    """Return when somebody works, in their own zone."""
    return {
        "daysOfWeek": ["monday", "tuesday", "wednesday", "thursday", "friday"],
        "startTime": "08:00:00.0000000",
        "endTime": "17:00:00.0000000",
        "timeZone": {"name": person.zone},
    }


def user_json(person: SamplePerson) -> dict[str, Any]:
    """Return a person as a ``user``."""
    return {
        "businessPhones": [],
        "displayName": person.display_name,
        "givenName": person.given_name,
        "jobTitle": person.job_title,
        "mail": person.mail,
        "mobilePhone": person.mobile_phone,
        "officeLocation": person.office,
        "preferredLanguage": person.language,
        "surname": person.surname,
        "userPrincipalName": person.user_principal_name,
        "id": person.object_id,
        "companyName": TENANT.name,
        "mailNickname": person.key,
        "userType": "Member",
        "accountEnabled": True,
    }
