"""A list in the order of a field that the lines of an index have no order for. Pure.

Each contact is read for it, so it is for lists of some thousands: up to
:data:`~services.model.contact_order.MOST_READ`, whoever stands behind them in the order of names
is not among them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from services.model.contact_order import ContactOrder
from services.model.contacts import Contact, ContactContent, PhoneKind
from services.spelling import fold

__all__ = ["by_field"]


def by_field(contacts: Iterable[Contact], order: ContactOrder) -> list[Contact]:
    """Return contacts by a field, those without it last, and then by name."""
    value = VALUES[order]

    def key(contact: Contact) -> tuple[bool, str, str]:
        text = value(contact.content)
        return not text, fold(text), fold(contact.content.name)

    return sorted(contacts, key=key)


def _mobile(content: ContactContent) -> str:
    return next((each.number for each in content.phones if each.kind is PhoneKind.MOBILE), "")


VALUES: Mapping[ContactOrder, Callable[[ContactContent], str]] = {
    ContactOrder.JOB: lambda content: content.job,
    ContactOrder.DEPARTMENT: lambda content: content.department,
    ContactOrder.EMAIL: lambda content: next(iter(content.emails), ""),
    ContactOrder.MOBILE: _mobile,
}
