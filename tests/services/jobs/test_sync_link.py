from __future__ import annotations

import asyncio
import math
from dataclasses import replace
from datetime import timedelta

import pytest

from services.jobs.sync_link import JITTER
from services.model.accounts import AccountState, Subscription
from services.model.books import BookId
from services.model.errors import Damaged, StoreAway, StoreBusy
from services.model.events import Author
from services.model.identity import PersonHome
from services.model.links import Word
from services.model.tasks import sync_task
from services.sync.engine import Engine, Outcome
from tests._builders import a_book, an_event_content, timed
from tests._fakes import NOON
from tests.services._office import MARA, MARA_ID, Office
from tests.services.sync._scene import outlook_event, renamed

AUTHOR = Author(MARA_ID, "Mara")
JITTERED = timedelta(seconds=JITTER)


async def test_what_the_team_writes_is_in_outlook_without_waiting_for_a_sweep(
    office: Office,
) -> None:
    await office.sign_in()
    await office.work()
    content = an_event_content(title="Lunch", when=timed("2026-11-21T12:00"))
    await office.events.create(AUTHOR, (await office.book()).id, content)
    await office.work()
    assert office.subjects() == ["Lunch"]


async def test_the_sweep_finds_what_nobody_told(office: Office) -> None:
    await office.sign_in()
    await office.work()
    office.sandbox.mailbox(MARA).add(outlook_event("Dinner"))
    await office.work(17 * 60)
    assert [event.content.title for event in await office.team()] == ["Dinner"]
    mailbox = office.sandbox.mailbox(MARA)
    (item,) = mailbox.items(mailbox.default_calendar.id)
    seen = mailbox.get(mailbox.id_of(item))
    mailbox.edit(seen, renamed("Supper")(seen.content))
    await office.work(17 * 60)
    assert [event.content.title for event in await office.team()] == ["Supper"]


async def test_a_throttled_mailbox_rests_and_the_link_says_so(office: Office) -> None:
    await office.sign_in()
    office.sandbox.faults.fail(status=429, retry_after=90, path="/calendarView")
    await office.work()
    account = (await office.accounts.status(MARA_ID)).account
    assert account is not None
    assert account.not_before == office.clock.now() + timedelta(seconds=90)
    assert (await office.link()).last_problem == "throttled"
    office.sandbox.door.seen.clear()
    await office.links.sync_now(MARA_ID)
    await office.work(30)
    assert not office.sandbox.door.seen
    await office.work(61)
    assert (await office.link()).last_problem == ""
    account = (await office.accounts.status(MARA_ID)).account
    assert account is not None and account.not_before is None  # nobody is shown that it rests
    assert office.failures == []


async def test_a_service_that_is_down_is_asked_again(office: Office) -> None:
    await office.sign_in()
    office.sandbox.faults.fail(status=503, path="/calendarView")
    await office.work()
    assert (await office.link()).last_problem == "unreachable"
    await office.work(10)
    assert (await office.link()).last_problem == ""


async def test_f25_a_closed_account_is_told_once_and_left_in_peace(office: Office) -> None:
    await office.sign_in()
    await office.work()
    office.sandbox.faults.fail(status=401, times=2, path="/calendarView")
    await office.links.sync_now(MARA_ID)
    await office.work()
    status = await office.accounts.status(MARA_ID)
    assert status.account is not None
    assert status.account.state is AccountState.SIGN_IN_NEEDED
    assert status.links[0].last_problem == "sign_in_needed"
    office.sandbox.door.seen.clear()
    await office.work(3600)
    assert not office.sandbox.door.seen
    assert office.announcer.words() == ["connected", "sign_in_needed"]


async def test_edits_wait_for_the_next_sign_in(office: Office) -> None:
    await office.sign_in()
    await office.work()
    await office.accounts.close(MARA_ID, AccountState.SIGN_IN_NEEDED)
    content = an_event_content(title="Lunch", when=timed("2026-11-21T12:00"))
    await office.events.create(AUTHOR, (await office.book()).id, content)
    await office.work(60)
    assert office.subjects() == []
    await office.sign_in()
    await office.work()
    assert office.subjects() == ["Lunch"]


async def test_a_paused_link_is_told_once_and_waits_for_its_owner(office: Office) -> None:
    mailbox = office.sandbox.mailbox(MARA)
    for day in range(1, 13):
        mailbox.add(outlook_event(f"Dinner {day}", day=f"2026-12-{day:02}"))
    await office.sign_in()
    await office.work()
    for item in mailbox.items(mailbox.default_calendar.id)[:11]:
        mailbox.remove(mailbox.get(mailbox.id_of(item)))
    await office.links.sync_now(MARA_ID)
    for _ in range(3):
        await office.work(60)
    assert office.announcer.words() == ["connected", "link_paused"]
    await office.links.sync_now(MARA_ID)  # whoever asks again is told again
    await office.work(60)
    assert office.announcer.words()[2:] == ["link_paused"]
    assert len(await office.team()) == 12
    await office.links.answer(MARA_ID, (await office.link()).id, Word.DELETE)
    await office.work()
    assert len(await office.team()) == 1


async def test_a_mailbox_in_other_hands_is_tried_again_soon(office: Office) -> None:
    await office.sign_in()
    lease = await office.store.links.acquire(MARA_ID, "other", 2)
    assert lease is not None
    await office.work()
    assert (await office.link()).synced_at is None
    await office.work(4)
    assert (await office.link()).synced_at is not None


async def test_a_link_that_was_removed_is_nobodys_work(office: Office) -> None:
    await office.sign_in()
    await office.work()
    link = await office.link()
    await office.store.links.remove(link)
    await office.store.tasks.put(sync_task(MARA_ID, link.id, office.clock.now()))
    await office.work()
    await office.work(3600)
    assert office.failures == []


async def test_a_calendar_that_came_back_is_taken_up_by_sync_now(office: Office) -> None:
    await office.sign_in()
    await office.work()
    link = await office.link()
    paused = replace(link, active=False, last_problem="calendar_gone")
    await office.store.links.save(paused)
    await office.links.sync_now(MARA_ID)
    await office.work()
    assert (await office.link()).last_problem == ""


async def test_f26_a_sync_leaves_room_in_the_mailbox_for_people(office: Office) -> None:
    await office.sign_in()
    await office.work()
    lease = await office.store.links.acquire(MARA_ID, "another instance", 60)
    assert lease is not None
    while lease.budget.take(office.clock.now()) == 0.0:
        pass  # it has sent all that a sync may
    await office.store.links.release(lease)
    office.sandbox.door.seen.clear()
    await office.links.sync_now(MARA_ID)
    await office.work()
    assert not office.sandbox.door.seen
    assert (await office.link()).last_problem == "throttled"
    assert await office.mailbox_of(MARA_ID).calendars()  # people are let through
    await office.expire_tokens()
    await office.work(661)
    assert (await office.link()).last_problem == ""
    assert office.failures == []


async def test_where_nobody_tells_of_changes_the_sweep_comes_in_five_minutes(
    office: Office,
) -> None:
    await office.sign_in()
    await office.work()
    assert (await office.link()).last_problem == ""
    office.sandbox.mailbox(MARA).add(outlook_event("Dinner"))
    await office.work(7 * 60)
    assert [event.content.title for event in await office.team()] == ["Dinner"]


async def test_f23_a_storm_of_notices_becomes_one_pass(office: Office) -> None:
    await office.sign_in()
    await office.work()
    link = await office.link()
    office.sandbox.door.seen.clear()
    for _ in range(200):
        await office.store.tasks.put(sync_task(MARA_ID, link.id, office.clock.now()))
    await office.work()
    assert len(office.sandbox.door.seen) == 1


async def test_f23_a_storm_during_a_pass_becomes_one_more(office: Office) -> None:
    await office.sign_in()
    await office.work()
    link = await office.link()
    office.sandbox.door.seen.clear()
    await office.store.tasks.put(sync_task(MARA_ID, link.id, office.clock.now()))
    office.sandbox.faults.slow(0.2)
    await office.worker.run_due()
    await asyncio.gather(
        *(
            office.store.tasks.put(sync_task(MARA_ID, link.id, office.clock.now()))
            for _ in range(50)
        )
    )
    await office.work()
    assert len(office.sandbox.door.seen) == 2


async def test_two_links_of_one_mailbox_are_never_in_two_hands(office: Office) -> None:
    await office.sign_in()
    await office.work()
    theirs = a_book(id=BookId("marketing"), tenant=MARA_ID.tenant, home=PersonHome(MARA_ID))
    book = await office.store.books.add(theirs)
    second = await office.links.add(MARA_ID, book.id, name="Marketing")
    office.sandbox.door.most_in_flight.clear()
    office.sandbox.faults.slow(0.02, times=20)
    await office.links.sync_now(MARA_ID)
    for _ in range(4):
        await office.work(4)
    assert (await office.store.links.get(MARA_ID, second.id)).synced_at is not None
    # A pass over one reads its delta with one request; both at once would be two in flight.
    assert office.sandbox.door.most_in_flight[MARA.key] == 1
    assert office.failures == []


@pytest.mark.parametrize("status", [400, 403])
async def test_f36_a_mailbox_that_refuses_again_and_again_is_no_link_in_step(
    office: Office, status: int
) -> None:
    await office.sign_in()
    await office.work()
    office.sandbox.faults.fail(status=status, code="ErrorAccessDenied", times=math.inf)
    for _ in range(8):
        await office.work(1000)
    link = await office.link()
    assert (link.last_problem, link.active) == ("failed", True)
    office.sandbox.faults.clear()
    for _ in range(2):
        await office.work(1000)
    assert (await office.link()).last_problem == ""


async def test_f36_an_account_that_has_lost_its_mailbox_deletes_nothing_and_goes_on_once_it_is_back(
    office: Office,
) -> None:
    """No licence any more, say, or it was moved to a server of one's own."""
    office.sandbox.mailbox(MARA).add(outlook_event("Dinner"))
    await office.sign_in()
    await office.work()
    office.sandbox.faults.fail(status=404, code="MailboxNotEnabledForRESTAPI", times=math.inf)
    for _ in range(8):
        await office.work(1000)
    link = await office.link()
    assert (link.last_problem, link.active) == ("no_mailbox", True)
    assert [event.content.title for event in await office.team()] == ["Dinner"]
    office.sandbox.faults.clear()
    office.sandbox.mailbox(MARA).add(outlook_event("Supper"))
    for _ in range(2):
        await office.work(1000)
    assert (await office.link()).last_problem == ""
    assert len(await office.team()) == 2


async def next_pass(office: Office) -> timedelta:
    link = await office.link()
    wait = await office.store.tasks.wait_of(sync_task(MARA_ID, link.id, office.clock.now()))
    assert wait is not None
    return wait.until - office.clock.now()


@pytest.mark.parametrize(("hours", "minutes"), [(1, 15), (-1, 5)], ids=["told", "no longer told"])
async def test_the_sweep_is_seldom_only_while_somebody_tells_of_changes(
    office: Office, hours: int, minutes: int
) -> None:
    await office.sign_in()
    await office.work()
    until = office.clock.now() + timedelta(hours=hours)
    subscription = Subscription(id="sub-1", secret_hash="hash", expires_at=until)
    await office.store.links.save(replace(await office.link(), subscription=subscription))
    await office.links.sync_now(MARA_ID)
    await office.work()
    assert timedelta() <= await next_pass(office) - timedelta(minutes=minutes) <= JITTERED


async def test_what_is_still_moving_is_looked_at_soon(office: Office) -> None:
    """We made it and it is gone at once: nobody believes that before reads have caught up."""
    await office.sign_in()
    await office.work()
    content = an_event_content(title="Lunch", when=timed("2026-11-21T12:00"))
    event = await office.events.create(AUTHOR, (await office.book()).id, content)
    await office.work()
    mailbox = office.sandbox.mailbox(MARA)
    (item,) = mailbox.items(mailbox.default_calendar.id)
    mailbox.remove(mailbox.get(mailbox.id_of(item)))
    changed = replace(content, place="Quay 4")
    await office.events.edit(AUTHOR, (await office.book()).id, event.id, changed)
    await office.work()
    assert timedelta() <= await next_pass(office) - timedelta(seconds=10) <= JITTERED


@pytest.mark.parametrize("failure", [StoreBusy(90), StoreAway()])
async def test_what_the_store_says_is_not_said_of_microsoft_365(
    office: Office, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    await office.sign_in()
    await office.work()

    async def fail(*_: object, **__: object) -> Outcome:
        raise failure

    with monkeypatch.context() as patched:
        patched.setattr(Engine, "sync", fail)
        await office.links.sync_now(MARA_ID)
        await office.work()
    account = (await office.accounts.status(MARA_ID)).account
    assert account is not None and account.not_before is None
    assert (await office.link()).last_problem == ""


async def test_f36_a_record_that_is_damaged_is_no_link_in_step(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    await office.sign_in()
    await office.work()

    async def fail(*_: object, **__: object) -> Outcome:
        raise Damaged

    with monkeypatch.context() as patched:
        patched.setattr(Engine, "sync", fail)
        await office.links.sync_now(MARA_ID)
        await office.work()
    assert (await office.link()).last_problem == "failed"


async def test_a_paused_link_is_told_once_however_often_outlook_tells_of_changes(
    office: Office,
) -> None:
    mailbox = office.sandbox.mailbox(MARA)
    for number in range(21):
        mailbox.add(outlook_event(f"Dinner {number}"))
    await office.sign_in()
    for number in range(21, 44):
        content = an_event_content(title=f"Lunch {number}", when=timed("2026-11-21T12:00"))
        await office.events.create(AUTHOR, (await office.book()).id, content)
    for _ in range(4):
        await office.store.tasks.put(sync_task(MARA_ID, (await office.link()).id, NOON))
        await office.work(60)
    assert (await office.link()).last_problem == "preview"
    assert office.announcer.words() == ["connected", "link_paused"]


async def test_f34_a_rest_from_before_the_clock_was_set_back_stops_no_mailbox(
    office: Office,
) -> None:
    await office.sign_in()
    await office.work()
    today = office.clock.now()
    await office.expire_tokens()
    office.sandbox.faults.fail(status=429, retry_after=90, path="/calendarView")
    await office.work(86_400)
    assert (await office.link()).last_problem == "throttled"
    office.clock.move_to(today + timedelta(minutes=5))
    await office.links.sync_now(MARA_ID)
    await office.work()
    link = await office.link()
    assert (link.last_problem, link.synced_at) == ("", office.clock.now())
