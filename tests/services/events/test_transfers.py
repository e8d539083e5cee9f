"""An event goes to another calendar: once, with its author, by whoever may do both."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.books.recycle_bin import RecycleBin
from services.books.sharing import Sharing
from services.events.answers import Answers
from services.events.event_histories import EventHistories
from services.events.events import Events
from services.events.transfers import Transfers
from services.model.access import Access, Grant, Mode, Role
from services.model.answers import Answer
from services.model.books import Book, BookId
from services.model.deeds import Deed
from services.model.errors import NotAllowed, NotFound, ReadOnly, ReadOnlyReason, Stale
from services.model.events import Mirror, Sensitivity
from services.model.identity import PersonHome
from services.model.settings import Color
from services.storage.store import Store
from tests._builders import a_person, an_author, an_event_content
from tests._fakes import FrozenClock

INES, TOM = an_author("ines"), an_author("tom")
CONTENT = an_event_content(title="Fair", color=Color.RED)


@pytest.fixture
async def other(store: Store, calendar: Book) -> Book:
    """A second calendar of the same place."""
    return await store.books.save(replace(calendar, id=BookId("other"), name="Travel", etag=""))


@pytest.fixture
def transfers(store: Store, sharing: Sharing, clock: FrozenClock) -> Transfers:
    return Transfers(store, sharing, clock)


@pytest.fixture
def answers(store: Store, sharing: Sharing, clock: FrozenClock) -> Answers:
    return Answers(store, sharing, clock)


async def test_it_is_there_and_no_longer_here_with_its_author_and_age(
    store: Store, events: Events, transfers: Transfers, calendar: Book, other: Book
) -> None:
    event = await events.create(INES, calendar.id, CONTENT)
    moved = await transfers.move(TOM, calendar.id, event.id, other.id, etag=event.etag)
    assert moved.content == event.content and moved.book == other.id
    assert (moved.created_by, moved.created_at) == (INES, event.created_at)
    assert moved.updated_by == TOM
    gone = await store.events.find(calendar, event.id)
    assert gone is not None and gone.deleted_at is not None, "a sync sees a delete here"
    assert (await events.get(a_person("ines"), other.id, moved.id)) == moved


async def test_pressed_again_or_after_a_crash_it_is_there_once(
    store: Store, events: Events, transfers: Transfers, calendar: Book, other: Book
) -> None:
    event = await events.create(INES, calendar.id, CONTENT)
    moved = await transfers.move(INES, calendar.id, event.id, other.id, etag=event.etag)
    again = await transfers.move(INES, calendar.id, event.id, other.id, etag=event.etag)
    assert again == moved
    # A crash between the two writes: it is there, and here as well.
    gone = await store.events.find(calendar, event.id)
    assert gone is not None
    here = await store.events.save(replace(gone, deleted_at=None), calendar)
    back = await transfers.move(INES, calendar.id, here.id, other.id, etag=here.etag)
    finished = await transfers.move(INES, calendar.id, here.id, other.id, etag=here.etag)
    assert back == finished
    await events.delete(INES, other.id, back.id)
    with pytest.raises(NotFound):
        await transfers.move(INES, calendar.id, here.id, other.id, etag=here.etag)


async def test_answers_and_history_go_along_and_come_back(
    store: Store,
    sharing: Sharing,
    events: Events,
    answers: Answers,
    transfers: Transfers,
    calendar: Book,
    other: Book,
) -> None:
    histories = EventHistories(store, sharing)
    ines, tom = a_person("ines"), a_person("tom")
    event = await events.create(INES, calendar.id, replace(CONTENT, title="Trip"))
    event = await events.edit(INES, calendar.id, event.id, CONTENT)
    await answers.give(TOM, calendar.id, event.id, Answer.YES)
    moved = await transfers.move(INES, calendar.id, event.id, other.id, etag=event.etag)
    tally = await answers.of(ines, other.id, moved.id)
    assert tally is not None and tally.of(tom) is Answer.YES
    assert await store.answers.of_event(calendar, event.id) == ()
    told = await histories.of(tom, other.id, moved.id)
    assert [each.deed for each in told] == [Deed.MOVED, Deed.CHANGED, Deed.CREATED]
    assert told[0].fields == () and told[1].fields == ("title",)

    await answers.give(TOM, other.id, moved.id, Answer.NO)
    back = await transfers.move_back(TOM, other.id, moved.id, etag=moved.etag)
    assert (back.id, back.content, back.went_to) == (event.id, CONTENT, None)
    assert await transfers.move_back(TOM, other.id, moved.id, etag=moved.etag) == back
    tally = await answers.of(ines, calendar.id, event.id)
    assert tally is not None and tally.of(tom) is Answer.NO
    told = await histories.of(ines, calendar.id, event.id)
    deeds = [Deed.RESTORED, Deed.MOVED, Deed.CHANGED, Deed.CREATED]
    assert [each.deed for each in told] == deeds
    again = await transfers.move(INES, calendar.id, back.id, other.id, etag=back.etag)
    told = await histories.of(ines, other.id, again.id)
    assert [each.deed for each in told] == [Deed.MOVED, *deeds]


async def test_what_is_had_back_from_the_bin_has_not_gone_anywhere(
    store: Store,
    sharing: Sharing,
    events: Events,
    transfers: Transfers,
    clock: FrozenClock,
    calendar: Book,
    other: Book,
) -> None:
    event = await events.create(INES, calendar.id, CONTENT)
    moved = await transfers.move(INES, calendar.id, event.id, other.id, etag=event.etag)
    bin, ines = RecycleBin(store, sharing, clock), a_person("ines")
    assert await bin.contents(ines, calendar.id) == (), "it is in the other calendar"
    with pytest.raises(NotFound):
        await bin.restore_event(INES, calendar.id, event.id)
    toms = await store.books.save(replace(other, home=PersonHome(a_person("tom"))))
    assert [each.id for each in await bin.contents(ines, calendar.id)] == [event.id]
    back = await bin.restore_event(INES, calendar.id, event.id)
    assert back.went_to is None
    await store.books.save(replace(toms, home=other.home))
    await events.edit(INES, calendar.id, event.id, replace(CONTENT, title="Kept here"))
    with pytest.raises(Stale):
        await transfers.move_back(INES, other.id, moved.id, etag=moved.etag)
    await events.delete(INES, calendar.id, event.id)
    told = await EventHistories(store, sharing).of(a_person("ines"), calendar.id, event.id)
    deeds = [Deed.DELETED, Deed.CHANGED, Deed.RESTORED, Deed.MOVED]
    assert [each.deed for each in told[:4]] == deeds


async def test_a_move_is_taken_back_only_as_it_was_and_by_whoever_may(
    store: Store, events: Events, transfers: Transfers, calendar: Book, other: Book
) -> None:
    event = await events.create(INES, calendar.id, CONTENT)
    with pytest.raises(NotFound):
        await transfers.move_back(INES, calendar.id, event.id, etag=event.etag)
    moved = await transfers.move(INES, calendar.id, event.id, other.id, etag=event.etag)
    reader = Access(mode=Mode.CUSTOM, others=Role.READER)
    closed = await store.books.save(replace(calendar, access=reader))
    with pytest.raises(NotAllowed):
        await transfers.move_back(INES, other.id, moved.id, etag=moved.etag)
    await store.books.save(replace(closed, access=Access()))
    await events.edit(TOM, other.id, moved.id, replace(CONTENT, title="New"))
    with pytest.raises(Stale):
        await transfers.move_back(INES, other.id, moved.id, etag=moved.etag)
    await events.delete(TOM, other.id, moved.id)
    with pytest.raises(NotFound):
        await transfers.move_back(INES, other.id, moved.id, etag=moved.etag)


async def test_rights_are_asked_for_in_both(
    store: Store, events: Events, transfers: Transfers, calendar: Book, other: Book
) -> None:
    event = await events.create(INES, calendar.id, CONTENT)
    reader = Access(mode=Mode.CUSTOM, others=Role.READER)
    other = await store.books.save(replace(other, access=reader))
    with pytest.raises(NotAllowed):
        await transfers.move(INES, calendar.id, event.id, other.id, etag=event.etag)
    grant = Grant(a_person("tom"), Role.CONTRIBUTOR)
    await store.books.save(replace(other, access=replace(reader, grants=(grant,))))
    here = await store.books.save(
        replace(calendar, access=replace(reader, others=Role.CONTRIBUTOR))
    )
    with pytest.raises(NotAllowed):
        await transfers.move(TOM, here.id, event.id, other.id, etag=event.etag)
    for author, to in ((an_author("mallory"), other.id), (INES, calendar.id), (INES, "none")):
        with pytest.raises(NotFound):
            await transfers.move(author, calendar.id, event.id, BookId(to), etag=event.etag)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"mirror": Mirror(ReadOnlyReason.HAS_ATTENDEES)}, ReadOnlyReason.HAS_ATTENDEES),
        ({"feed": "a-feed"}, ReadOnlyReason.SUBSCRIBED),
        (
            {"content": replace(CONTENT, sensitivity=Sensitivity.PRIVATE)},
            ReadOnlyReason.PRIVATE,
        ),
    ],
)
async def test_what_is_changed_elsewhere_or_private_stays(
    store: Store,
    events: Events,
    transfers: Transfers,
    calendar: Book,
    other: Book,
    changes: dict[str, object],
    reason: ReadOnlyReason,
) -> None:
    event = await events.create(INES, calendar.id, CONTENT)
    event = await store.events.save(replace(event, **changes), calendar)  # type: ignore[arg-type]
    with pytest.raises(ReadOnly) as caught:
        await transfers.move(TOM, calendar.id, event.id, other.id, etag=event.etag)
    assert caught.value.reason is reason
    assert await store.events.changes(other, 0) == ([], 0), "nothing is there"


async def test_what_somebody_has_changed_meanwhile_is_not_moved_unseen(
    events: Events, transfers: Transfers, calendar: Book, other: Book
) -> None:
    event = await events.create(INES, calendar.id, CONTENT)
    await events.edit(TOM, calendar.id, event.id, replace(CONTENT, title="New"))
    with pytest.raises(Stale):
        await transfers.move(INES, calendar.id, event.id, other.id, etag=event.etag)
    with pytest.raises(NotFound):
        await transfers.move(an_author("x"), calendar.id, event.id, other.id, etag=event.etag)


async def test_a_history_tells_who_and_what_and_veils_what_was_private(
    store: Store, sharing: Sharing, events: Events, calendar: Book
) -> None:
    histories = EventHistories(store, sharing)
    event = await events.create(INES, calendar.id, replace(CONTENT, title="Secret fair"))
    hidden = replace(CONTENT, title="Secret fair", sensitivity=Sensitivity.PRIVATE)
    await events.edit(INES, calendar.id, event.id, hidden)
    with pytest.raises(ReadOnly):
        await histories.of(a_person("tom"), calendar.id, event.id)
    await events.edit(INES, calendar.id, event.id, CONTENT)
    opened, hid, made = await histories.of(a_person("tom"), calendar.id, event.id)
    assert made.deed is Deed.CREATED and hid.after.title == "Busy" and opened.after == CONTENT
    own, *_ = await histories.of(a_person("ines"), calendar.id, event.id)
    assert own.before == hidden
    with pytest.raises(NotFound):
        await histories.of(a_person("ines"), calendar.id, type(event.id)("none"))


async def test_what_its_owner_shows_as_busy_alone_has_no_history_for_others(
    store: Store, sharing: Sharing, events: Events, calendar: Book
) -> None:
    histories, ines = EventHistories(store, sharing), a_person("ines")
    event = await events.create(INES, calendar.id, replace(CONTENT, title="Secret fair"))
    masked = await events.write_from_sync(
        ines,
        calendar.id,
        event.id,
        replace(CONTENT, title="Busy"),
        Mirror(ReadOnlyReason.BUSY_ONLY),
        expect_revision=event.revision,
    )
    with pytest.raises(ReadOnly) as refused:
        await histories.of(a_person("tom"), calendar.id, masked.id)
    assert refused.value.reason is ReadOnlyReason.BUSY_ONLY
    assert (await histories.of(ines, calendar.id, masked.id))[0].before is not None
