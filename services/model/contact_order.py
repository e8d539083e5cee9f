"""In which order a list of contacts is shown."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["FIELDS", "MOST_READ", "ContactOrder"]


class ContactOrder(StrEnum):
    """What contacts are sorted by."""

    NAME = "name"
    COMPANY = "company"
    """Those without one come last; as with the fields that follow."""
    JOB = "job"
    DEPARTMENT = "department"
    EMAIL = "email"
    """By the first."""
    MOBILE = "mobile"
    """By the first of these numbers."""
    RECENT = "recent"
    """Written last comes first."""


FIELDS = (ContactOrder.JOB, ContactOrder.DEPARTMENT, ContactOrder.EMAIL, ContactOrder.MOBILE)
"""Orders for which each contact is read: an index has no order of its own for them."""
MOST_READ = 5_000
"""Contacts: more are not put into such an order, which takes some tens of milliseconds."""
