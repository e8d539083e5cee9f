"""What of a contact has a place in Outlook.

A team's contact may have as many addresses and numbers as people write; Exchange has a few places
for each. :func:`fit` returns the part that is sent and that comes back; all comparison with
Outlook is of that part alone, so that what does not fit is never taken for deleted.

Source: Microsoft Graph ``contact`` refuses a fourth e-mail address and a third business phone with
400; that there are two places for home phones is inferred from Exchange, which has as many; three
for instant messages are the ``ImAddressKey`` of Exchange Web Services.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from services.model.contacts import ContactContent, Phone, PhoneKind

__all__ = ["fit"]

EMAILS = 3
CHATS = 3
PHONES = {
    PhoneKind.BUSINESS: 2,
    PhoneKind.HOME: 2,
    PhoneKind.MOBILE: 1,
    PhoneKind.FAX: 0,
    PhoneKind.OTHER: 0,
}


def fit(content: ContactContent) -> ContactContent:
    """Return the content with as much as Outlook has places for, the first of each first."""
    return replace(
        content,
        emails=content.emails[:EMAILS],
        chats=content.chats[:CHATS],
        phones=tuple(_placed(content.phones)),
    )


def _placed(phones: Iterable[Phone]) -> Iterator[Phone]:
    """Yield the phones that have a place, by kind: their order among kinds is nobody's wish."""
    used: Counter[PhoneKind] = Counter()
    for phone in sorted(phones, key=lambda phone: list(PHONES).index(phone.kind)):
        used[phone.kind] += 1
        if used[phone.kind] <= PHONES[phone.kind]:
            yield phone
