"""How long an answer waits for Microsoft 365, and what it says instead."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from services.books.sharing import Sharing
from services.events import free_time
from services.events.events import Events
from services.events.free_time import FreeTime
from services.graph.client import Answer
from services.graph.mailbox import Mailbox
from services.model.accounts import AccountState
from services.model.availability import Block, Live, Source
from services.model.books import Book
from services.model.conversations import Member
from services.model.errors import (
    NotFound,
    Rejected,
    SignInNeeded,
    Throttled,
    Unreachable,
    Unreadable,
)
from services.model.events import ShowAs
from services.model.identity import Person
from services.people.conversations import Conversations
from services.storage.store import Store
from tests._builders import (
    OTHER_TENANT,
    a_member,
    a_person,
    all_day,
    an_account,
    an_author,
    an_event_content,
    timed,
)
from tests._fakes import NOON

START, END = NOON, NOON + timedelta(days=7)


class Told(Mailbox):
    """A mailbox that answers with what a test says, or never."""

    def __init__(self, person: Person, reply: Any) -> None:
        self.person = person
        self.asked: list[Any] = []
        self._reply = reply

    async def request(self, method: str, target: str, **how: Any) -> Answer:
        self.asked.append(how["json"]["schedules"])
        if self._reply is None:
            await asyncio.Event().wait()
        if isinstance(self._reply, Exception):
            raise self._reply
        return Answer(200, self._reply)


async def known_by(
    store: Store,
    sharing: Sharing,
    calendar: Book,
    reply: Any,
    *members: Member,
    live: bool = True,
) -> tuple[Any, Told]:
    mailbox = Told(a_person(), reply)
    asking = FreeTime(store, sharing, lambda _: mailbox)
    people = members or (a_member("ines"), a_member("tom"))
    known = await asking.of(a_person(), people, [calendar.id], START, END, live=live)
    return known, mailbox


@pytest.mark.parametrize(
    ("reply", "live"),
    [
        (None, Live.SLOW),
        (Unreachable("503"), Live.SLOW),
        (Throttled(9), Live.SLOW),
        (Rejected(403, "ErrorAccessDenied"), Live.REFUSED),
        (Unreadable("not_json"), Live.REFUSED),
        (SignInNeeded(), Live.NOT_CONNECTED),
    ],
)
async def test_trouble_at_microsoft_leaves_what_the_calendar_knows(
    store: Store,
    sharing: Sharing,
    events: Events,
    calendar: Book,
    reply: Any,
    live: Live,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(free_time, "PATIENCE", 0.01)
    await store.accounts.save(an_account())
    await events.create(an_author(), calendar.id, an_event_content(title="Review"))
    known, _ = await known_by(store, sharing, calendar, reply)
    assert known.live is live
    assert [len(diary.blocks) for diary in known.diaries] == [1, 1]
    assert {diary.source for diary in known.diaries} == {Source.CALENDAR}


async def test_who_has_no_mailbox_here_asks_nothing_of_microsoft(
    store: Store, sharing: Sharing, calendar: Book
) -> None:
    for account in (None, an_account(state=AccountState.SIGN_IN_NEEDED)):
        if account:
            await store.accounts.save(account)
        known, mailbox = await known_by(store, sharing, calendar, {})
        assert known.live is Live.NOT_CONNECTED and not mailbox.asked


async def test_outlook_is_not_asked_unasked(store: Store, sharing: Sharing, calendar: Book) -> None:
    await store.accounts.save(an_account())
    known, mailbox = await known_by(store, sharing, calendar, {}, live=False)
    assert known.live is Live.NOT_ASKED and not mailbox.asked


async def test_only_connected_people_of_the_own_organisation_are_asked_for(
    store: Store, sharing: Sharing, calendar: Book
) -> None:
    await store.accounts.save(an_account())
    guest = a_person("gus", OTHER_TENANT)
    await store.accounts.save(an_account(person=guest, username="gus@other.example"))
    people = (a_member("ines"), a_member("tom"), a_member("gus", OTHER_TENANT))
    known, mailbox = await known_by(store, sharing, calendar, {"value": []}, *people)
    assert mailbox.asked == [["ines@harbour.example"]]
    assert known.live is Live.ANSWERED


async def test_nobody_connected_but_somebody_else_is_asked_for(
    store: Store, sharing: Sharing, calendar: Book
) -> None:
    await store.accounts.save(an_account())
    known, mailbox = await known_by(store, sharing, calendar, {}, a_member("tom"))
    assert known.live is Live.ANSWERED and not mailbox.asked


async def test_what_outlook_and_the_calendar_know_is_put_together(
    store: Store, sharing: Sharing, events: Events, calendar: Book
) -> None:
    await store.accounts.save(an_account())
    await events.create(an_author(), calendar.id, an_event_content(title="Review"))
    item = {
        "status": "oof",
        "start": {"dateTime": "2026-11-19T08:00:00", "timeZone": "UTC"},
        "end": {"dateTime": "2026-11-19T09:00:00", "timeZone": "UTC"},
    }
    reply = {"value": [{"scheduleId": "INES@harbour.example", "scheduleItems": [item]}]}
    known, _ = await known_by(store, sharing, calendar, reply)
    ines, tom = known.diaries
    assert [block.show_as for block in ines.blocks] == [ShowAs.AWAY, ShowAs.BUSY]
    assert (ines.source, tom.source) == (Source.OUTLOOK, Source.CALENDAR)
    assert len(tom.blocks) == 1


async def test_what_is_free_or_a_moment_takes_no_time(
    store: Store, sharing: Sharing, events: Events, calendar: Book
) -> None:
    for content in (
        an_event_content(title="Festival", when=all_day(), show_as=ShowAs.FREE),
        an_event_content(title="Bell", when=timed(minutes=0)),
    ):
        await events.create(an_author(), calendar.id, content)
    known, _ = await known_by(store, sharing, calendar, {}, live=False)
    assert [diary.blocks for diary in known.diaries] == [(), ()]


async def test_a_calendar_of_others_is_not_looked_into(
    store: Store, sharing: Sharing, calendar: Book
) -> None:
    asking = FreeTime(store, sharing, lambda person: Told(person, {}))
    with pytest.raises(NotFound):
        await asking.of(a_person("eve"), [], [calendar.id], START, END, live=False)


async def test_a_day_off_lasts_a_day_of_the_calendar(
    store: Store, sharing: Sharing, events: Events, calendar: Book, conversations: Conversations
) -> None:
    content = an_event_content(title="Tom away", when=all_day(), show_as=ShowAs.AWAY)
    await events.create(an_author(), calendar.id, content)
    known, _ = await known_by(store, sharing, calendar, {}, live=False)
    ines, tom = known.diaries
    assert ines.blocks == ()
    (block,) = tom.blocks
    assert isinstance(block, Block) and block.end - block.start == timedelta(days=1)
