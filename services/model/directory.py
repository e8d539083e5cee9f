"""People of one's own organisation, as Microsoft 365 knows them."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Colleague"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody from the organisation's directory: shown, and never kept."""

    id: str
    name: str
    job: str = ""
    office: str = ""
    email: str = ""
    phones: tuple[str, ...] = ()
