from __future__ import annotations

from dataclasses import replace

from services.model.tasks import sync_task
from tests.services._office import MARA_ID, Office


async def pause(office: Office) -> None:
    """Lose the calendar, and look."""
    await office.sign_in()
    await office.work()
    office.sandbox.faults.fail(status=404, path="/calendarView")
    link = await office.link()
    await office.store.tasks.put(sync_task(MARA_ID, link.id, office.clock.now()))


async def test_a_chat_that_is_out_of_reach_delays_the_word_and_does_not_lose_it(
    office: Office,
) -> None:
    await pause(office)
    office.announcer.failures = 2
    await office.work()
    assert not (await office.link()).active
    assert office.announcer.words() == ["connected"]
    for _ in range(3):
        await office.work(601)
    assert office.announcer.words() == ["connected", "link_paused"]


async def test_a_link_that_goes_on_meanwhile_is_not_told_of(office: Office) -> None:
    await pause(office)
    office.announcer.failures = 1
    await office.work()
    link = await office.link()
    await office.store.links.save(replace(link, active=True, last_problem=""))
    await office.work(601)
    assert office.announcer.words() == ["connected"]


async def test_a_process_that_died_before_it_told_tells_afterwards(office: Office) -> None:
    await office.sign_in()
    await office.work()
    link = await office.link()
    # It wrote down that the link rests, and then it was gone.
    await office.store.links.save(replace(link, active=False, last_problem="calendar_gone"))
    await office.work(1100)
    await office.work(1100)
    assert office.announcer.words() == ["connected", "link_paused"]
