"""Which delegated permissions let a call through: one table.

https://learn.microsoft.com/graph/permissions-reference
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from sandbox.refusal import Refusal

__all__ = ["check_scopes"]

_CALENDARS = "Calendars.Read Calendars.ReadWrite", "Calendars.ReadWrite"
_CONTACTS = "Contacts.Read Contacts.ReadWrite", "Contacts.ReadWrite"
_EITHER = f"{_CALENDARS[0]} {_CONTACTS[0]}"
_PROFILE = "User.Read User.ReadWrite"
_PROFILES = "User.ReadBasic.All User.Read.All Directory.Read.All"
_SCOPES = (
    ("/$batch", "", "*"),
    ("/sendActivityNotification", "", "TeamsActivity.Send TeamsActivity.Send.User"),
    ("getSchedule", "", f"Calendars.ReadBasic {_CALENDARS[0]}"),
    ("translateExchangeIds", "", f"{_PROFILE} {_PROFILES}"),
    ("/mailboxSettings", "MailboxSettings.Read MailboxSettings.ReadWrite", ""),
    ("/calendar", *_CALENDARS),
    ("/events", *_CALENDARS),
    ("/contact", *_CONTACTS),
    ("/subscriptions", _EITHER, _EITHER),
    ("/users", _PROFILES, ""),
    ("/me", _PROFILE, ""),
)
"""The first part of a path that fits says which scopes read it, and which write it; any do: *."""


def check_scopes(method: str, path: str, granted: AbstractSet[str]) -> None:
    """Refuse a call that was not consented to.

    Raises:
        Refusal: 403 ErrorAccessDenied.
    """
    for part, reading, writing in _SCOPES:
        if part not in path:
            continue
        enough = (reading if method in ("GET", "HEAD") else writing).split()
        if enough != ["*"] and granted.isdisjoint(enough):
            raise Refusal(
                403, "ErrorAccessDenied", "Access is denied. Check credentials and try again."
            )
        return
