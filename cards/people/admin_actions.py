"""What the buttons of administrators carry; see :mod:`cards.action`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cards.action import Action
from services.model.identity import ObjectId

__all__ = ["AdminEnd", "AdminEndYes", "AdminEraseYes", "AdminExportYes", "AdminShow", "AdminStay"]


@dataclass(frozen=True, slots=True)
class AdminShow(Action):
    """Show what was done, and whether the organisation's data is to end."""

    verb: ClassVar[str] = "admin.show"


@dataclass(frozen=True, slots=True)
class AdminExportYes(Action):
    """Put together everything that is kept of somebody else."""

    verb: ClassVar[str] = "admin.export_yes"
    whom: ObjectId


@dataclass(frozen=True, slots=True)
class AdminEraseYes(Action):
    """Erase everything of somebody else."""

    verb: ClassVar[str] = "admin.erase_yes"
    whom: ObjectId


@dataclass(frozen=True, slots=True)
class AdminEnd(Action):
    """Ask whether to erase the whole organisation."""

    verb: ClassVar[str] = "admin.end"


@dataclass(frozen=True, slots=True)
class AdminEndYes(Action):
    """Erase it, after the grace."""

    verb: ClassVar[str] = "admin.end_yes"


@dataclass(frozen=True, slots=True)
class AdminStay(Action):
    """Take that back."""

    verb: ClassVar[str] = "admin.stay"
