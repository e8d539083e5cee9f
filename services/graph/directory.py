"""Look somebody up among the users of an organisation, with the token of whoever asks.

Each word must begin a word of the name, or all of it the address. Needs ``User.ReadBasic.All``,
which people approve for themselves.

Source: Microsoft Graph ``user: list`` with ``$search``, an advanced query.
https://learn.microsoft.com/graph/api/user-list
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from services.graph.mailbox import Mailbox
from services.graph.odata import values
from services.model.directory import Colleague

__all__ = ["colleagues_called"]

FIELDS = "id,displayName,jobTitle,officeLocation,mail,userPrincipalName,businessPhones,mobilePhone"
ADVANCED = {"ConsistencyLevel": "eventual"}
SYNTAX = re.compile(r'["\\:]+')
"""What means something inside of a search."""


async def colleagues_called(mailbox: Mailbox, text: str, most: int) -> tuple[Colleague, ...]:
    """Return whom a few letters find.

    Args:
        mailbox: of whoever asks.
        text: not empty.
        most: at most so many.

    Raises:
        SignInNeeded: the person who asks must sign in again.
        Upstream: what :meth:`Mailbox.request` raises.
    """
    term = " ".join(SYNTAX.sub(" ", text).split())
    if not term:
        return ()
    params = {
        "$search": f'"displayName:{term}" OR "mail:{term}"',
        "$select": FIELDS,
        "$top": str(most),
    }
    answer = await mailbox.request("GET", "/users", params=params, headers=ADVANCED)
    return tuple(_colleague(user) for user in values(answer.body) if user.get("displayName"))


def _colleague(user: Mapping[str, Any]) -> Colleague:
    numbers = [*(user.get("businessPhones") or ()), user.get("mobilePhone")]
    return Colleague(
        id=str(user.get("id") or ""),
        name=str(user["displayName"]),
        job=str(user.get("jobTitle") or ""),
        office=str(user.get("officeLocation") or ""),
        email=str(user.get("mail") or user.get("userPrincipalName") or ""),
        phones=tuple(str(number) for number in numbers if number),
    )
