"""The jobs that tell people of their calendars, by the kind of their tasks."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from services.events.marks import Marks
from services.events.watching import Watching
from services.jobs.follow_calendar import FollowCalendar
from services.jobs.remind import Remind
from services.jobs.remind_again import RemindAgain
from services.jobs.send_digest import SendDigest
from services.jobs.tell_changes import TellChanges
from services.model.notices import Announcer
from services.model.tasks import TaskKind
from services.model.times import Clock
from services.storage.store import Store
from services.sync.worker import Job

__all__ = ["telling_jobs"]


def telling_jobs(
    store: Store, watching: Watching, marks: Marks, announcer: Announcer, clock: Clock
) -> dict[TaskKind, Job]:
    """Return what follows a calendar, and what tells each of those who watch it."""
    telling: dict[TaskKind, Callable[..., Job]] = {
        TaskKind.REMIND: Remind,
        TaskKind.REMIND_AGAIN: RemindAgain,
        TaskKind.TELL_CHANGES: TellChanges,
        TaskKind.SEND_DIGEST: partial(SendDigest, marks=marks),
    }
    jobs = {
        kind: job(store=store, watching=watching, announcer=announcer, clock=clock)
        for kind, job in telling.items()
    }
    follow = FollowCalendar(store=store, watching=watching, clock=clock)
    return {TaskKind.FOLLOW_CALENDAR: follow, **jobs}
