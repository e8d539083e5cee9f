"""What disconnecting asks for is in ``test_accounts.py``; here is what disturbs."""

from __future__ import annotations

from services.model.events import Author
from tests._builders import an_event_content, timed
from tests.services._office import MARA, MARA_ID, Office

AUTHOR = Author(MARA_ID, "Mara")


async def disconnected(office: Office) -> None:
    await office.sign_in()
    book = await office.book()
    for day in (21, 22):
        content = an_event_content(title=f"Lunch {day}", when=timed(f"2026-11-{day}T12:00"))
        await office.events.create(AUTHOR, book.id, content)
    await office.work()
    assert len(office.subjects()) == 2
    await office.accounts.disconnect(MARA_ID, keep_copies=False)


async def test_an_interrupted_withdrawal_goes_on(office: Office) -> None:
    await disconnected(office)
    office.sandbox.faults.fail(status=429, retry_after=20, method="DELETE")
    await office.work()
    assert office.subjects() != []
    await office.work(21)
    assert office.subjects() == []


async def test_copies_that_are_gone_already_are_no_trouble(office: Office) -> None:
    await disconnected(office)
    mailbox = office.sandbox.mailbox(MARA)
    (first, _) = mailbox.items(mailbox.default_calendar.id)
    mailbox.remove(mailbox.get(mailbox.id_of(first)))
    await office.work()
    assert office.subjects() == []
    assert office.failures == []


async def test_without_a_grant_nothing_is_left_to_do(office: Office) -> None:
    await disconnected(office)
    office.sandbox.faults.fail(status=401, times=9)
    await office.work()
    await office.work(3600)
    assert office.failures == []
