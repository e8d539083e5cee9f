"""The message that counts a first sync says in the end that it is over, whenever it is heard."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from services.jobs.first_sync import FirstSync
from services.jobs.now_and_then import NowAndThen
from services.model.errors import Unreachable
from services.model.notices import Notice, ProgressNotice
from services.storage.store import Store
from tests._builders import a_link
from tests._fakes import FrozenClock


@dataclass
class Chat:
    """Cannot be reached at first."""

    is_away: bool = True
    heard: list[Notice] = field(default_factory=list)

    async def announce(self, notice: Notice) -> None:
        if self.is_away:
            raise Unreachable("Teams")
        self.heard.append(notice)


async def test_an_end_that_could_not_be_told_is_told_after_the_next_pass(
    store: Store, clock: FrozenClock
) -> None:
    link, chat = await store.links.add(a_link()), Chat()
    await store.counts.put(link.person, link.id, "the message that counts")
    synced = replace(link, synced_at=clock.now())
    for now in (link, synced):
        passed = FirstSync(now, chat, store.counts, NowAndThen(clock))
        await passed.finish(150)
        chat.is_away = False
    (told,) = chat.heard
    assert isinstance(told, ProgressNotice) and (told.done, told.total) == (150, 150)


async def test_a_link_that_nobody_counts_for_is_said_nothing_of(
    store: Store, clock: FrozenClock
) -> None:
    link, chat = await store.links.add(a_link()), Chat(is_away=False)
    await FirstSync(link, chat, store.counts, NowAndThen(clock)).finish(150)
    assert chat.heard == []
