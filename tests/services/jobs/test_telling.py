"""Nothing is lost and nothing said twice, wherever the process dies or the chat is out of reach."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random

import pytest

from services.books.sharing import Sharing
from services.contacts.birthdays import Birthdays
from services.events.answers import Answers
from services.events.events import Events
from services.events.holidays import Holidays
from services.events.marks import Marks
from services.events.transfers import Transfers
from services.events.watching import Watching
from services.jobs.telling import telling_jobs
from services.model.answers import Answer
from services.model.books import Book, BookId
from services.model.errors import Stale
from services.model.events import Event
from services.model.notices import (
    ChangesNotice,
    DigestNotice,
    News,
    Notice,
    ReminderNotice,
    WatchNotice,
    What,
)
from services.model.tasks import Task
from services.model.watching import Changes, Digest, Watcher, Wishes
from services.storage.keys import KeyRing
from services.storage.sqlite import SqliteRecords
from services.storage.store import Store, open_store
from services.sync.worker import Worker
from tests._builders import (
    BERLIN,
    a_book,
    a_channel,
    a_channel_home,
    a_member,
    a_person,
    a_person_home,
    an_author,
    an_event_content,
    timed,
)
from tests._fakes import FrozenClock
from tests.services.sync._crashing import Crash, CrashingRecords

EVERYTHING = Wishes(
    changes=Changes.ALL, reminders=(60,), digest=Digest.DAILY, digest_hour=14, as_event_says=False
)


@dataclass
class Announced:
    """Keeps what was sent; a process that is dead sends nothing."""

    records: CrashingRecords
    notices: list[WatchNotice] = field(default_factory=list)
    meanwhile: Callable[[], Awaitable[object]] | None = None
    """What happens while a message is on its way."""

    async def announce(self, notice: Notice) -> None:
        if self.records.is_dead:
            raise Crash
        assert isinstance(notice, WatchNotice)
        self.notices.append(notice)
        if self.meanwhile is not None:
            await self.meanwhile()


class Desk:
    """A channel's calendar that Ines watches while Mara writes."""

    async def open(self, folder: Path) -> Desk:
        self.clock = FrozenClock()
        self.sqlite = await SqliteRecords.open(folder / "db", self.clock)
        self.records = CrashingRecords(self.sqlite)
        self.store: Store = await open_store(self.records, KeyRing.generate("k"), self.clock)
        self.sharing = Sharing(self.store)
        self.events = Events(self.store, self.sharing, self.clock)
        self.watching = Watching(self.store, self.sharing, self.clock)
        self.announced = Announced(self.records)
        self.book: Book = await self.store.books.add(a_book(home=a_channel_home()))
        await self.store.conversations.save(a_channel())
        for name in ("ines", "mara"):
            member = a_member(name)
            await self.store.conversations.put_members(self.book.tenant, a_channel().id, [member])
        return self

    def worker(self) -> Worker:
        marks = Marks(Holidays(), Birthdays(self.store, self.sharing))
        jobs = telling_jobs(self.store, self.watching, marks, self.announced, self.clock)

        def report(failure: BaseException, task: Task) -> None:
            raise failure

        return Worker(
            self.store.tasks, jobs, self.clock, random=Random(1), report=report, owner="here"
        )

    async def watch(self, wishes: Wishes) -> None:
        await self.watching.choose(
            a_person("ines"), self.book.id, wishes, zone=BERLIN, language="en"
        )

    async def note(self) -> None:
        """Do as another task of the same watcher does: keep how far they were told."""
        watcher = await self.store.watchers.find(self.book, Watcher.key_of(a_person("ines")))
        assert watcher is not None
        with suppress(Stale):  # two tell at once: the other one's note is as good
            await self.store.watchers.save(watcher, self.book)

    async def write(self, title: str = "Review", start: str = "2026-11-18T15:00") -> Event:
        content = an_event_content(title=title, when=timed(start))
        return await self.events.create(an_author("mara"), self.book.id, content)

    async def pass_hours(self, hours: float, *, dies_at: int | None = None) -> None:
        """Look every half minute; after a death another process goes on."""
        self.records.countdown = dies_at
        end = self.clock.now() + timedelta(hours=hours)
        while self.clock.now() < end:
            self.clock.advance(30)
            try:
                await self.worker().drain()
            except Crash:
                self.records.countdown = None
                self.clock.advance(300)  # what it held is free again


@pytest.mark.slow
@pytest.mark.parametrize("is_after", [False, True])
@pytest.mark.parametrize("commit", range(1, 13))
async def test_a_death_at_any_commit_loses_nothing(
    tmp_path: Path, commit: int, is_after: bool
) -> None:
    """Said twice is only what was sent by the very process that died before it could note so."""
    desk = await Desk().open(tmp_path)
    try:
        await desk.watch(EVERYTHING)
        await desk.pass_hours(0.1)
        await desk.write()
        desk.records.is_after = is_after
        await desk.pass_hours(3, dies_at=commit)
        kinds = [type(notice) for notice in desk.announced.notices]
        for kind in (ChangesNotice, ReminderNotice, DigestNotice):
            assert 1 <= kinds.count(kind) <= 2
        assert len(kinds) <= 4
    finally:
        await desk.sqlite.close()


async def test_each_is_said_once(tmp_path: Path) -> None:
    desk = await Desk().open(tmp_path)
    try:
        await desk.watch(EVERYTHING)
        await desk.write()
        await desk.pass_hours(3)
        changes, *both = desk.announced.notices  # which of two tasks comes first, nobody knows
        digest, reminder = sorted(both, key=lambda notice: type(notice).__name__)
        assert isinstance(changes, ChangesNotice) and isinstance(digest, DigestNotice)
        assert isinstance(reminder, ReminderNotice)
        assert [news.what for news in changes.news] == [What.NEW]
        assert reminder.now.astimezone(BERLIN).strftime("%H:%M") == "14:00"
    finally:
        await desk.sqlite.close()


@pytest.mark.parametrize("chooses", [False, True])
async def test_what_is_told_while_the_watcher_changes_is_told_once(
    tmp_path: Path, chooses: bool
) -> None:
    desk = await Desk().open(tmp_path)
    try:
        await desk.watch(EVERYTHING)
        await desk.write()
        anew = replace(EVERYTHING, reminders=(60, 55))
        desk.announced.meanwhile = partial(desk.watch, anew) if chooses else desk.note
        await desk.pass_hours(3)
        desk.announced.meanwhile = None
        await desk.write("Retrospective", start="2026-11-25T09:00")  # everything is looked at again
        await desk.pass_hours(0.1)
        kinds = [type(notice).__name__ for notice in desk.announced.notices]
        later = ["ReminderNotice"] * chooses  # the one that they have chosen in between
        wanted = ["ChangesNotice", "ChangesNotice", "DigestNotice", "ReminderNotice", *later]
        assert sorted(kinds) == wanted
        told = [each for each in desk.announced.notices if isinstance(each, ChangesNotice)]
        assert [len(each.news) for each in told] == [1, 1]
    finally:
        await desk.sqlite.close()


async def test_what_was_undone_again_is_no_news(tmp_path: Path) -> None:
    desk = await Desk().open(tmp_path)
    try:
        await desk.watch(Wishes(changes=Changes.ALL))
        kept = await desk.write("Kept")
        await desk.pass_hours(0.1)
        gone = await desk.write("Gone")
        await desk.events.delete(an_author("mara"), desk.book.id, gone.id)
        await desk.events.delete(an_author("mara"), desk.book.id, kept.id)
        await desk.pass_hours(0.1)
        first, second = desk.announced.notices
        assert isinstance(first, ChangesNotice) and isinstance(second, ChangesNotice)
        told = [
            (news.what, news.item.content.title)
            for news in second.news
            if isinstance(news.item, Event)
        ]
        assert told == [(What.DELETED, "Kept")]
        assert all(isinstance(news, News) for news in first.news)
    finally:
        await desk.sqlite.close()


async def test_a_team_calendar_that_nobody_watches_costs_no_task(tmp_path: Path) -> None:
    desk = await Desk().open(tmp_path)
    try:
        await desk.write()
        assert await desk.store.tasks.soonest() is None
    finally:
        await desk.sqlite.close()


async def test_who_is_erased_watches_no_more(tmp_path: Path) -> None:
    desk = await Desk().open(tmp_path)
    try:
        await desk.watch(EVERYTHING)
        await desk.store.watchers.remove(desk.book, a_person("ines"))
        await desk.store.watchers.remove(desk.book, a_person("ines"))
        await desk.write()
        await desk.pass_hours(2)
        assert desk.announced.notices == []
    finally:
        await desk.sqlite.close()


async def test_a_calendar_of_ones_own_has_one_watcher_unasked(tmp_path: Path) -> None:
    desk = await Desk().open(tmp_path)
    try:
        own = await desk.store.books.add(a_book(id="own", home=a_person_home()))
        content = an_event_content(when=timed("2026-11-18T15:00"), reminder_minutes=30)
        await desk.events.create(an_author(), own.id, content)
        await desk.pass_hours(2)
        (watcher,) = await desk.store.watchers.of_book(own)
        assert watcher.is_unasked and watcher.key == Watcher.key_of(a_person())
        (reminder,) = desk.announced.notices
        assert isinstance(reminder, ReminderNotice)
        assert reminder.now.astimezone(BERLIN).strftime("%H:%M") == "14:30"
    finally:
        await desk.sqlite.close()


async def test_nobody_is_reminded_of_what_they_do_not_come_to(tmp_path: Path) -> None:
    desk = await Desk().open(tmp_path)
    answers, ines = Answers(desk.store, desk.sharing, desk.clock), an_author("ines")
    try:
        await desk.watch(replace(EVERYTHING, changes=Changes.NONE, digest=Digest.NEVER))
        review, lunch = await desk.write("Review"), await desk.write("Lunch")
        await answers.give(ines, desk.book.id, review.id, Answer.NO)
        await answers.give(ines, desk.book.id, lunch.id, Answer.NO)
        await answers.give(ines, desk.book.id, lunch.id, Answer.YES)
        for _ in range(5):
            desk.clock.advance(1800)
            await desk.worker().drain()
        told = [each for each in desk.announced.notices if isinstance(each, ReminderNotice)]
        assert [one.event.id for each in told for one in each.found] == [lunch.id]
    finally:
        await desk.sqlite.close()


async def test_what_went_to_another_calendar_is_told_so(tmp_path: Path) -> None:
    desk = await Desk().open(tmp_path)
    try:
        await desk.watch(Wishes(changes=Changes.ALL))
        fair = await desk.write("Fair")
        await desk.pass_hours(0.1)
        other = await desk.store.books.add(a_book(id=BookId("other"), home=a_channel_home()))
        move = Transfers(desk.store, desk.sharing, desk.clock).move
        await move(an_author("mara"), desk.book.id, fair.id, other.id, etag=fair.etag)
        await desk.pass_hours(0.1)
        *_, last = desk.announced.notices
        assert isinstance(last, ChangesNotice)
        assert [(news.what, news.is_gone) for news in last.news] == [(What.MOVED, True)]
    finally:
        await desk.sqlite.close()
