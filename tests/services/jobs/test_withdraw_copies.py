"""What disconnecting asks for is in ``test_accounts.py``; here is what disturbs."""

from __future__ import annotations

from dataclasses import replace

from services.model.accounts import AccountState
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


async def test_what_is_unlinked_while_a_sign_in_is_missing_goes_after_it(office: Office) -> None:
    await office.sign_in()
    book = await office.book()
    await office.events.create(AUTHOR, book.id, an_event_content(title="Lunch"))
    await office.work()
    await office.accounts.close(MARA_ID, AccountState.SIGN_IN_NEEDED)
    await office.links.remove(MARA_ID, (await office.link()).id, keep_copies=False)
    for _ in range(8):  # longer than a job that fails is tried
        await office.work(3600)
    assert office.subjects() == ["Lunch"]
    account = await office.store.accounts.get(MARA_ID)
    assert account
    await office.store.accounts.save(replace(account, state=AccountState.CONNECTED))
    await office.work(3600)
    assert (office.subjects(), office.failures) == ([], [])


async def test_what_waits_for_a_sign_in_ends_with_the_account(office: Office) -> None:
    await office.sign_in()
    book = await office.book()
    await office.events.create(AUTHOR, book.id, an_event_content(title="Lunch"))
    await office.work()
    await office.accounts.close(MARA_ID, AccountState.SIGN_IN_NEEDED)
    await office.links.remove(MARA_ID, (await office.link()).id, keep_copies=False)
    await office.work(3600)
    await office.accounts.disconnect(MARA_ID, keep_copies=True)
    await office.work(7200)
    assert (office.subjects(), office.failures) == (["Lunch"], [])
