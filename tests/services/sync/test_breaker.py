from __future__ import annotations

from dataclasses import dataclass, field, replace
from random import Random

import pytest

from services.model.errors import Rejected, StoreAway, Throttled, Unreachable
from services.model.tasks import Task, TaskKind
from services.sync.breaker import MAILBOXES, OUTWARD, REST, SPREAD, Breaker, Guarded, guarded
from services.sync.state.link_pass import LeaseLost
from services.sync.worker import MailboxBusy
from tests._builders import TENANT
from tests._fakes import NOON, FrozenClock


@dataclass
class Service:
    """Answers, or fails as it is told."""

    failure: Exception | None = field(default_factory=Unreachable)
    asked: list[str] = field(default_factory=list)

    async def __call__(self, task: Task) -> None:
        self.asked.append(task.payload["person"])
        if self.failure is not None:
            raise self.failure


@pytest.fixture
def service() -> Service:
    return Service()


@pytest.fixture
def job(service: Service, clock: FrozenClock) -> Guarded:
    return Guarded(job=service, breaker=Breaker(clock), random=Random(1))


def a_task(person: str) -> Task:
    payload = {"person": person}
    return Task(kind=TaskKind.SYNC_LINK, tenant=TENANT, key=person, payload=payload, due_at=NOON)


async def ask(job: Guarded, *people: str) -> list[type[BaseException] | None]:
    found: list[type[BaseException] | None] = []
    for person in people:
        try:
            await job(a_task(person))
        except (Unreachable, Throttled, Rejected, MailboxBusy, LeaseLost) as err:
            found.append(type(err))
        else:
            found.append(None)
    return found


CROWD = [f"p{number}" for number in range(MAILBOXES)]


async def test_a_service_that_answers_nobody_is_left_alone(job: Guarded, service: Service) -> None:
    assert await ask(job, *CROWD) == [Unreachable] * MAILBOXES
    with pytest.raises(Throttled) as caught:
        await job(a_task("another"))
    assert REST.total_seconds() <= caught.value.retry_after <= REST.total_seconds() + SPREAD
    assert service.asked == CROWD


async def test_one_probe_at_a_time_finds_out_that_it_is_back(
    job: Guarded, service: Service, clock: FrozenClock
) -> None:
    await ask(job, *CROWD)
    clock.advance(REST)
    assert await ask(job, "probe", "waits") == [Unreachable, Throttled]
    clock.advance(REST)
    service.failure = None
    assert await ask(job, "probe", "goes", "on") == [None, None, None]


async def test_one_mailbox_in_trouble_is_no_reason_to_stop_the_others(
    job: Guarded, service: Service
) -> None:
    assert await ask(job, *["p0"] * 20) == [Unreachable] * 20
    service.failure = None
    assert await ask(job, "another") == [None]


async def test_a_refusal_is_an_answer(job: Guarded, service: Service) -> None:
    await ask(job, *CROWD[1:])
    service.failure = Rejected(403, "ErrorAccessDenied")
    await ask(job, "p0")
    service.failure = Unreachable()
    assert await ask(job, *CROWD[1:], "p1") == [Unreachable] * MAILBOXES


@pytest.mark.parametrize("failure", [StoreAway(), MailboxBusy(), LeaseLost()])
async def test_what_has_nothing_to_do_with_the_service_says_nothing_of_it(
    job: Guarded, service: Service, failure: Exception
) -> None:
    await ask(job, *CROWD[1:])
    service.failure = failure
    await ask(job, *[f"q{number}" for number in range(20)])
    service.failure = Unreachable()
    assert await ask(job, "p0", "another") == [Unreachable, Throttled]


@pytest.mark.parametrize("kind", [TaskKind.RENEW_SUBSCRIPTION, TaskKind.WITHDRAW_COPIES])
async def test_what_one_kind_of_work_meets_is_known_to_the_others(
    service: Service, clock: FrozenClock, kind: TaskKind
) -> None:
    jobs = guarded(dict.fromkeys(TaskKind, service), clock, Random(1))
    for person in CROWD:
        with pytest.raises(Unreachable):
            await jobs[TaskKind.SYNC_LINK](a_task(person))
    with pytest.raises(Throttled):
        await jobs[kind](replace(a_task("another"), kind=kind))


async def test_only_what_goes_out_is_guarded(service: Service, clock: FrozenClock) -> None:
    jobs = guarded(dict.fromkeys(TaskKind, service), clock, Random(1))
    assert {kind for kind, job in jobs.items() if isinstance(job, Guarded)} == OUTWARD
