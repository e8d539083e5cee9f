"""A link ends while a pass is in the middle of its creates: nothing of ours is left in Outlook."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from math import inf
from pathlib import Path
from typing import Any

import pytest

from services.accounts import outlook_folders
from services.accounts.link_ends import end_links
from services.accounts.withdrawals import added_by, withdrawals
from services.books.sharing import Sharing
from services.contacts.contacts import Contacts
from services.graph.contacts import ContactFolder
from services.graph.folders import create_folder
from services.graph.mailbox import Mailbox
from services.model.accounts import Link, RemoteId
from services.model.errors import NotFound
from services.model.events import Author
from services.model.links import Word
from services.sync.state.link_pass import HANDS
from tests._builders import a_contact_content, an_event_content, timed
from tests.services._office import MARA, MARA_ID, Office, an_office
from tests.services.accounts.test_lists_to_link import asked_for, list_of
from tests.services.sync._scene import outlook_event

AUTHOR = Author(MARA_ID, "Mara")
MANY = 90
"""More than go out together."""


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with an_office(tmp_path) as made:
        yield made


async def connected(office: Office, events: int) -> None:
    """Somebody has an event of their own in Outlook, and new ones here that are to go there."""
    office.sandbox.mailbox(MARA).add(outlook_event("Dentist"))
    await office.sign_in()
    await office.work()
    book = await office.book()
    for n in range(events):
        when = timed(f"2026-11-{1 + n % 28:02}T12:{n % 60:02}")
        content = an_event_content(title=f"Lunch {n}", when=when)
        await office.events.create(AUTHOR, book.id, content)


async def twice(office: Office) -> None:
    """Let the worker go on; another link of the mailbox may have its turn first."""
    for _ in range(2):
        await office.work(40)


class Gate:
    """Lets the answers to so many creates through; later ones wait until it is opened."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.left: float = inf
        self._waiting = asyncio.Semaphore(0)
        self._opened = asyncio.Event()
        monkeypatch.setattr(Mailbox, "create_event", self._behind(Mailbox.create_event))
        monkeypatch.setattr(ContactFolder, "create", self._behind(ContactFolder.create))

    def _behind(self, create: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def let_through(*args: Any) -> Any:
            is_held = not self.left
            self.left -= not is_held
            made = await create(*args)
            if is_held:
                self._waiting.release()
                await self._opened.wait()
            return made

        return let_through

    async def begun(self, office: Office, creates: int) -> asyncio.Task[None]:
        """Let the worker go on until so many creates are answered, and one more by each hand."""
        self.left = creates
        work = asyncio.create_task(twice(office))
        for _ in range(HANDS):
            waits = asyncio.ensure_future(self._waiting.acquire())
            await asyncio.wait({waits, work}, return_when=asyncio.FIRST_COMPLETED)
            assert not work.done()
        return work

    async def ended(self, work: asyncio.Task[None]) -> None:
        """Let all through, and wait for the worker."""
        assert not work.done()
        self.left = inf
        self._opened.set()
        await work


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    return Gate(monkeypatch)


async def in_time(office: Office) -> None:
    for _ in range(8):
        await office.work(60)
    assert office.failures == []


@pytest.mark.parametrize("there", [1, 45, 70])
@pytest.mark.parametrize("disconnects", [True, False])
async def test_what_a_pass_was_just_making_is_taken_back_as_well(
    office: Office, gate: Gate, there: int, disconnects: bool
) -> None:
    await connected(office, MANY)
    work = await gate.begun(office, there)
    if disconnects:
        await office.accounts.disconnect(MARA_ID, keep_copies=False)
    else:
        await office.links.remove(MARA_ID, (await office.link()).id, keep_copies=False)
    await gate.ended(work)
    await in_time(office)
    assert office.subjects() == ["Dentist"]


async def test_what_a_pass_was_just_making_may_stay_and_is_joined_once_they_are_back(
    office: Office, gate: Gate
) -> None:
    await connected(office, MANY)
    work = await gate.begun(office, 45)
    await office.accounts.disconnect(MARA_ID, keep_copies=True)
    await gate.ended(work)
    await in_time(office)
    assert len(office.subjects()) == 1 + 45 + HANDS
    await office.sign_in()
    await in_time(office)
    assert (await office.link()).last_problem == "preview"
    await office.links.answer(MARA_ID, (await office.link()).id, Word.START)
    await in_time(office)
    assert len(office.subjects()) == len(await office.team()) == MANY + 1


async def test_a_folder_of_contacts_goes_with_what_a_pass_was_just_making(
    office: Office, gate: Gate
) -> None:
    await office.sign_in()
    book = await list_of(office, MARA_ID.tenant)
    contacts = Contacts(office.store, Sharing(office.store), office.clock)
    for n in range(50):
        await contacts.create(AUTHOR, book.id, a_contact_content(name=f"Ada {n}"))
    await office.accounts.finish(await asked_for(office, book))
    address_book = office.sandbox.mailbox(MARA).contacts

    def cards() -> list[object]:
        return [one for each in address_book.folders for one in address_book.cards(each.id)]

    work = await gate.begun(office, 5)
    assert len(cards()) == 5 + HANDS
    link = await office.links.of_book(MARA_ID, book.id)
    assert link
    await office.links.remove(MARA_ID, link.id, keep_copies=False)
    await gate.ended(work)
    await in_time(office)
    assert cards() == []
    assert "Fair (Almanac)" not in [each.name for each in address_book.folders]
    assert len(await office.store.contacts.all(book)) == 50


def folders_of(office: Office, name: str) -> int:
    """Return how many calendars and contact folders of the mailbox are called so."""
    mailbox = office.sandbox.mailbox(MARA)
    calendars = [each.name for each in mailbox.calendars]
    return [*calendars, *(each.name for each in mailbox.contacts.folders)].count(name)


async def to_be_made(office: Office, *, is_list: bool) -> Link:
    """Return a new link for which Outlook is to make a calendar, or a contact folder."""
    await office.sign_in()
    if is_list:
        book = await list_of(office, MARA_ID.tenant)
        await office.accounts.finish(await asked_for(office, book))
        link = await office.links.of_book(MARA_ID, book.id)
        assert link
        return link
    book = await office.book()
    await office.links.remove(MARA_ID, (await office.link()).id, keep_copies=True)
    return await office.links.add(MARA_ID, book.id, name="Fair (Almanac)")


@pytest.mark.parametrize("is_list", [False, True])
@pytest.mark.parametrize("disconnects", [False, True])
async def test_what_outlook_is_just_making_for_a_link_that_ends_goes_as_well(
    office: Office, monkeypatch: pytest.MonkeyPatch, is_list: bool, disconnects: bool
) -> None:
    made = []

    async def let_go_meanwhile(*args: Any) -> RemoteId:
        made.append(await create_folder(*args))
        if disconnects:
            await office.accounts.disconnect(MARA_ID, keep_copies=False)
        else:
            await office.links.remove(MARA_ID, link.id, keep_copies=False)
        return made[0]

    monkeypatch.setattr(outlook_folders, "create_folder", let_go_meanwhile)
    link = await to_be_made(office, is_list=is_list)
    for _ in range(2 if is_list else 1):  # the calendar has its turn first
        await office.work(40)
    assert len(made) == 1 == folders_of(office, "Fair (Almanac)")
    await in_time(office)
    assert folders_of(office, "Fair (Almanac)") == 0


async def test_what_was_made_for_a_link_that_ended_is_the_next_ones(office: Office) -> None:
    """Also while nobody has found it yet: Outlook asks to wait."""
    link = await to_be_made(office, is_list=False)
    office.sandbox.faults.cut(after_effect=True, method="POST", path="/calendars")
    await office.work(40)
    office.failures.clear()  # the answer never came
    await office.links.remove(MARA_ID, link.id, keep_copies=False)
    await office.links.add(MARA_ID, link.book, name="Fair (Almanac)")
    account = await office.store.accounts.get(MARA_ID)
    assert account
    until = office.clock.now() + timedelta(minutes=7)
    await office.store.accounts.save(replace(account, not_before=until))
    await in_time(office)
    (again,) = await office.store.links.of_person(MARA_ID)
    assert again.calendar and folders_of(office, "Fair (Almanac)") == 1


async def test_a_calendar_that_somebody_has_used_already_stays(office: Office) -> None:
    link = await to_be_made(office, is_list=False)
    office.sandbox.faults.cut(after_effect=True, method="POST", path="/calendars")
    await office.work(40)
    office.failures.clear()
    mailbox = office.sandbox.mailbox(MARA)
    (made,) = [each for each in mailbox.calendars if each.name == "Fair (Almanac)"]
    mailbox.add(outlook_event("Dinner"), calendar_id=made.id)
    await office.links.remove(MARA_ID, link.id, keep_copies=False)
    await in_time(office)
    assert folders_of(office, "Fair (Almanac)") == 1


async def test_who_links_again_before_the_copies_are_gone_keeps_them(office: Office) -> None:
    """The new link is about to join them: each one taken back would be deleted here as well."""
    await connected(office, 3)
    await office.work()
    link, book = await office.link(), await office.book()
    await office.links.remove(MARA_ID, link.id, keep_copies=False)
    await office.links.add(MARA_ID, book.id, name="Calendar", calendar=link.calendar)
    await in_time(office)
    assert len(office.subjects()) == len(await office.team(book)) == 4


async def test_the_tasks_of_a_death_in_between_leave_what_is_still_linked(office: Office) -> None:
    await connected(office, 3)
    await office.work()
    account = await office.store.accounts.get(MARA_ID)
    assert account
    stopped = await office.store.links.stop(await office.link())
    added = await added_by(office.store, stopped)
    for stays in (True, False):
        for task in withdrawals(account, added, office.clock.now(), stays=stays):
            await office.store.tasks.put(task)
    await in_time(office)
    assert len(office.subjects()) == 4

    await office.accounts.disconnect(MARA_ID, keep_copies=False)
    await in_time(office)
    assert office.subjects() == ["Dentist"]


async def test_a_link_that_is_gone_meanwhile_is_passed_over(office: Office) -> None:
    await connected(office, 1)
    await office.work()
    link = await office.link()
    account = await office.store.accounts.get(MARA_ID)
    await office.links.remove(MARA_ID, link.id, keep_copies=True)
    with pytest.raises(NotFound):
        await office.store.links.get(MARA_ID, link.id)
    mailbox = office.mailbox_of(MARA_ID)
    now = office.clock.now()
    assert await end_links(office.store, mailbox, [link], now, taken_from=account, stays=True) == []
