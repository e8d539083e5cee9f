"""What a contact is called, and by what it is known again, where a file does not say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.ids import id_of
from services.model.contacts import ContactContent

__all__ = ["name_in", "row_uid"]


def name_in(given: Mapping[str, Any]) -> str:
    """Return the best name that the fields of a contact hold; empty where they hold none."""
    parts = (given.get(each, "") for each in ("given_name", "middle_name", "family_name"))
    whole = " ".join(filter(None, parts))
    emails = given.get("emails", ())
    return str(
        whole or given.get("company", "") or given.get("nickname", "") or "".join(emails[:1])
    )


def row_uid(content: ContactContent) -> str:
    """Return what stands for a UID: name and first address, or name and company."""
    beside = next(iter(content.emails), "") or content.company
    return id_of("row", content.name.casefold(), beside.casefold())
