"""What the buttons carry that are about a person's own account and data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cards.action import Action

__all__ = [
    "AccountApproval",
    "AccountConnect",
    "AccountDisconnect",
    "AccountDisconnectYes",
    "AccountShow",
    "AccountSyncNow",
    "DataErase",
    "DataEraseYes",
    "DataExport",
]


@dataclass(frozen=True, slots=True)
class DataExport(Action):
    """Put together everything that is kept of the person who presses."""

    verb: ClassVar[str] = "data.export"


@dataclass(frozen=True, slots=True)
class DataErase(Action):
    """Ask whether to erase everything of the person who presses."""

    verb: ClassVar[str] = "data.erase"


@dataclass(frozen=True, slots=True)
class DataEraseYes(Action):
    """Erase it."""

    verb: ClassVar[str] = "data.erase_yes"


@dataclass(frozen=True, slots=True)
class AccountShow(Action):
    """Show how the person's Microsoft account stands."""

    verb: ClassVar[str] = "account.show"


@dataclass(frozen=True, slots=True)
class AccountSyncNow(Action):
    """Bring everything of the person into step now."""

    verb: ClassVar[str] = "account.sync_now"


@dataclass(frozen=True, slots=True)
class AccountApproval(Action):
    """Show the link to send to the administrator who has to approve."""

    verb: ClassVar[str] = "account.approval"


@dataclass(frozen=True, slots=True)
class AccountDisconnect(Action):
    """Ask whether to disconnect, and what should become of the copies."""

    verb: ClassVar[str] = "account.disconnect"


@dataclass(frozen=True, slots=True)
class AccountDisconnectYes(Action):
    """Disconnect."""

    verb: ClassVar[str] = "account.disconnect_yes"
    keep: bool
    """Whether the copies in Outlook stay."""


@dataclass(frozen=True, slots=True)
class AccountConnect(Action):
    """Offer to sign in."""

    verb: ClassVar[str] = "account.connect"
